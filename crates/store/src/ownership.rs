//! Who owns which item on which days: found by the rules, kept by item.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use jiff::civil::Date;
use tallyport_ledger::{ChargeFacts, ResourceId, RuleSet, SubAccountId, TagSet};

use crate::bulk::Bulk;
use crate::item::Item;
use crate::number::day_number;
use crate::{Reads, StoreError, Writes};

/// What rules look at, as numbers that are equal where the texts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FactKey {
    pub sub_account: i64,
    pub service: i64,
    pub region: i64,
    pub resource: i64,
    pub tag_set: i64,
}

/// What rules look at, as texts.
pub(crate) struct FactTexts<'a> {
    pub sub_account: Option<&'a SubAccountId>,
    pub service: &'a str,
    pub region: Option<&'a str>,
    pub resource: Option<&'a ResourceId>,
    pub tags: &'a TagSet,
}

/// Days on which one owner has an item, by one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub from: i64,
    pub to: i64,
    pub owner: i64,
    pub rule: i64,
}

/// The first and the last day there is, as they are stored.
pub(crate) const EVER: (i64, i64) = (0, 99_999_999);

/// Who has an item on `day`; 0 is nobody.
pub(crate) fn owner_on(stretches: &[Stretch], day: i64) -> i64 {
    stretch_on(stretches, day).map_or(0, |stretch| stretch.owner)
}

/// The stretch that `day` lies in.
pub(crate) fn stretch_on(stretches: &[Stretch], day: i64) -> Option<&Stretch> {
    stretches
        .iter()
        .find(|stretch| stretch.from <= day && day <= stretch.to)
}

/// Finds owners by a set of rules, once for facts that rules cannot tell apart.
pub(crate) struct Allocator<'a> {
    rules: &'a RuleSet,
    known: HashMap<FactKey, Arc<[Stretch]>, RandomState>,
    nobody: Arc<[Stretch]>,
}

impl<'a> Allocator<'a> {
    pub fn new(rules: &'a RuleSet) -> Self {
        Self {
            rules,
            known: HashMap::default(),
            nobody: Arc::new([]),
        }
    }

    pub fn allocate(&mut self, key: FactKey, texts: &FactTexts<'_>) -> Arc<[Stretch]> {
        let (rules, nobody) = (self.rules, &self.nobody);
        let stretches = self.known.entry(key).or_insert_with(|| {
            let facts = ChargeFacts {
                day: Date::ZERO,
                sub_account: texts.sub_account,
                service: texts.service,
                region: texts.region,
                resource: texts.resource,
                tags: texts.tags,
            };
            let tenures = rules.tenures(&facts);
            if tenures.is_empty() {
                return Arc::clone(nobody);
            }
            tenures
                .into_iter()
                .map(|tenure| Stretch {
                    from: tenure.from.map_or(EVER.0, day_number),
                    to: tenure.to.map_or(EVER.1, day_number),
                    owner: tenure.owner.0,
                    rule: tenure.rule.0,
                })
                .collect()
        });
        Arc::clone(stretches)
    }
}

impl Item {
    pub fn facts(&self) -> FactKey {
        FactKey {
            sub_account: self.sub_account,
            service: self.service,
            region: self.region,
            resource: self.resource,
            tag_set: self.tag_set,
        }
    }
}

impl Reads<'_> {
    /// Who owns an item, as kept.
    pub(crate) fn stretches_of(&self, item: i64) -> Result<Vec<Stretch>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT from_day, to_day, owner_id, rule_id FROM ownership WHERE item_id = ?1
             ORDER BY from_day",
        )?;
        let mut rows = statement.query([item])?;
        let mut stretches = Vec::new();
        while let Some(row) = rows.next()? {
            stretches.push(Stretch {
                from: row.get(0)?,
                to: row.get(1)?,
                owner: row.get(2)?,
                rule: row.get(3)?,
            });
        }
        Ok(stretches)
    }
}

impl Writes<'_> {
    /// Keeps who owns a new item.
    pub(crate) fn keep_stretches(
        &mut self,
        item: i64,
        stretches: &[Stretch],
    ) -> Result<(), StoreError> {
        if stretches.is_empty() {
            return Ok(());
        }
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO ownership (item_id, from_day, to_day, owner_id, rule_id)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for stretch in stretches {
            insert.execute((item, stretch.from, stretch.to, stretch.owner, stretch.rule))?;
        }
        Ok(())
    }

    /// Keeps who owns many new items.
    pub(crate) fn keep_all_stretches<'s>(
        &mut self,
        items: impl Iterator<Item = (i64, &'s [Stretch])>,
    ) -> Result<(), StoreError> {
        let mut bulk = Bulk::new(
            self.connection,
            "INSERT INTO ownership (item_id, from_day, to_day, owner_id, rule_id) VALUES",
            "(?, ?, ?, ?, ?)",
            "",
        );
        for (item, stretches) in items {
            for stretch in stretches {
                bulk.row([
                    item.into(),
                    stretch.from.into(),
                    stretch.to.into(),
                    stretch.owner.into(),
                    stretch.rule.into(),
                ])?;
            }
        }
        bulk.finish()
    }

    /// Keeps who owns an item now, in place of what was kept.
    pub(crate) fn replace_stretches(
        &mut self,
        item: i64,
        stretches: &[Stretch],
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM ownership WHERE item_id = ?1")?
            .execute([item])?;
        self.keep_stretches(item, stretches)
    }
}
