//! What makes two lines one charge, besides their days: a key of numbers, and the texts that they
//! stand for.

use crate::texts::NO_TEXT;
use crate::{
    BillingAccountId, BillingPeriod, ChargeCategory, ChargeClass, Currency, Line, LoadError,
    ResourceId, SubAccountId, TagSet, TagSetId, Texts,
};

/// All that a charge's lines agree in, but for their days.
#[derive(Debug, PartialEq, Eq, Hash, Clone, Copy)]
pub(super) struct Key {
    pub(super) group: u32,
    pub(super) sub_account: u32,
    pub(super) service: u32,
    pub(super) region: u32,
    pub(super) sku: u32,
    pub(super) resource: u32,
    pub(super) tags: u32,
    pub(super) unit: u32,
    pub(super) invoice: u32,
    pub(super) category: ChargeCategory,
    pub(super) class: ChargeClass,
    pub(super) currency: Currency,
}

/// Names that come with ids; the first line with an id tells its name.
#[derive(Debug, PartialEq, Eq, Hash, Clone, Copy)]
pub(super) struct Names {
    pub(super) billing_account: u32,
    pub(super) sub_account: u32,
    pub(super) resource: u32,
}

/// What tells shapes apart.
#[derive(Debug, PartialEq, Eq, Hash, Clone, Copy)]
pub(super) struct ShapeKey {
    pub(super) key: u32,
    pub(super) names: Names,
    pub(super) invoiced: bool,
    pub(super) estimated: bool,
}

/// A billing account and a period.
pub(super) type Group = (u32, BillingPeriod);

/// The texts of all lines.
#[derive(Debug, Default)]
pub(super) struct Dictionaries {
    pub(super) billing_accounts: Texts,
    pub(super) groups: Vec<Group>,
    pub(super) sub_accounts: Texts,
    /// Provider, name and category, joined.
    pub(super) services: Texts,
    pub(super) regions: Texts,
    /// Id and description, joined.
    pub(super) skus: Texts,
    pub(super) resources: Texts,
    /// Keys and values, each after its length; the first is empty.
    pub(super) tag_sets: Texts,
    pub(super) units: Texts,
    pub(super) invoices: Texts,
    pub(super) names: Texts,
    /// What sources write for tag sets, and the numbers of these.
    written: Texts,
    written_as: Vec<TagSetId>,
    last_group: usize,
    scratch: String,
}

impl Dictionaries {
    pub(super) fn new() -> Self {
        let mut new = Self::default();
        // Both empty ones, so that an empty text is the empty set.
        let _ = (new.tag_sets.number(""), new.written.number(""));
        new.written_as.push(TagSetId(0));
        new
    }

    pub(super) fn memory(&self) -> usize {
        [
            &self.billing_accounts,
            &self.sub_accounts,
            &self.services,
            &self.regions,
            &self.skus,
            &self.resources,
            &self.tag_sets,
            &self.units,
            &self.invoices,
            &self.names,
            &self.written,
        ]
        .into_iter()
        .map(Texts::memory)
        .sum()
    }

    pub(super) fn tag_set_of(&self, written: &str) -> Option<TagSetId> {
        let number = self.written.find(written)?;
        self.written_as.get(number as usize).copied()
    }

    pub(super) fn remember_tag_set(
        &mut self,
        written: &str,
        set: TagSetId,
    ) -> Result<TagSetId, LoadError> {
        self.written.number(written).ok_or(LoadError::TooMany)?;
        self.written_as.push(set);
        Ok(set)
    }

    pub(super) fn tag_set(&mut self, tags: &TagSet) -> Result<TagSetId, LoadError> {
        use std::fmt::Write as _;
        self.scratch.clear();
        for text in tags.iter().flat_map(|(key, value)| [key, value]) {
            // Writing to a string cannot fail.
            let _ = write!(self.scratch, "{}:{text}", text.len());
        }
        number(&mut self.tag_sets, &self.scratch).map(TagSetId)
    }

    /// The numbers of what a line says.
    pub(super) fn key(&mut self, line: &Line<'_>) -> Result<Key, LoadError> {
        let group = self.group(line)?;
        let sub_account = known(&mut self.sub_accounts, line.sub_account, |text| {
            SubAccountId::parse(text).map(drop)
        })?;
        let resource = known(&mut self.resources, line.resource, |text| {
            ResourceId::parse(text).map(drop)
        })?;
        let region = known(&mut self.regions, line.region, |_| Ok(()))?;
        let invoice = known(&mut self.invoices, line.invoice, |_| Ok(()))?;
        join(
            &mut self.scratch,
            &[line.provider, line.service, line.service_category],
        );
        let service = number(&mut self.services, &self.scratch)?;
        join(&mut self.scratch, &[line.sku, line.description]);
        let sku = number(&mut self.skus, &self.scratch)?;
        Ok(Key {
            group,
            sub_account,
            service,
            region,
            sku,
            resource,
            tags: line.tags.0,
            unit: number(&mut self.units, line.unit)?,
            invoice,
            category: line.category,
            class: line.class,
            currency: line.currency,
        })
    }

    pub(super) fn names(&mut self, line: &Line<'_>) -> Result<Names, LoadError> {
        Ok(Names {
            billing_account: number(&mut self.names, line.billing_account_name)?,
            sub_account: number(&mut self.names, line.sub_account_name)?,
            resource: number(&mut self.names, line.resource_name)?,
        })
    }

    fn group(&mut self, line: &Line<'_>) -> Result<u32, LoadError> {
        let account = match self.billing_accounts.find(line.billing_account) {
            Some(account) => account,
            None => {
                BillingAccountId::parse(line.billing_account)?;
                number(&mut self.billing_accounts, line.billing_account)?
            }
        };
        self.group_number((account, line.period))
    }

    /// The number of a group. There are few, and most lines are of the one before's.
    pub(super) fn group_number(&mut self, group: Group) -> Result<u32, LoadError> {
        if self.groups.get(self.last_group) != Some(&group) {
            let found = self.groups.iter().position(|known| *known == group);
            self.last_group = found.unwrap_or_else(|| {
                self.groups.push(group);
                self.groups.len() - 1
            });
        }
        u32::try_from(self.last_group).map_err(|_| LoadError::TooMany)
    }
}

/// The number of a text that may be empty; a new one is checked first.
fn known(
    texts: &mut Texts,
    text: &str,
    check: impl FnOnce(&str) -> Result<(), crate::IdError>,
) -> Result<u32, LoadError> {
    if text.is_empty() {
        return Ok(NO_TEXT);
    }
    if let Some(number) = texts.find(text) {
        return Ok(number);
    }
    check(text)?;
    number(texts, text)
}

/// The number of a text.
pub(super) fn number(texts: &mut Texts, text: &str) -> Result<u32, LoadError> {
    texts.number(text).ok_or(LoadError::TooMany)
}

/// Joins texts by a control character that no reader lets through.
fn join(into: &mut String, parts: &[&str]) {
    into.clear();
    for part in parts {
        into.push_str(part);
        into.push('\u{1f}');
    }
}

/// The `N` texts that were joined.
pub(super) fn parts<const N: usize>(joined: &str) -> [String; N] {
    let mut rest = joined.split('\u{1f}');
    std::array::from_fn(|_| rest.next().unwrap_or("").to_owned())
}

/// The tag set that a text stands for.
pub(super) fn tag_set(text: &str) -> TagSet {
    let mut rest = text;
    let mut piece = || {
        let (length, after) = rest.split_once(':')?;
        let (text, after) = after.split_at_checked(length.parse().ok()?)?;
        rest = after;
        Some(text.to_owned())
    };
    let mut tags = TagSet::new();
    while let (Some(key), Some(value)) = (piece(), piece()) {
        tags.insert(key, value);
    }
    tags
}
