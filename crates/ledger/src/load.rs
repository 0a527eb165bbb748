//! The roll-up: the lines of a source become the daily charges of billing periods.
//!
//! Its meaning, for every source: lines that agree in all of [`Line`] but the hour and the amounts
//! are one charge; a line longer than a day is kept once, on its first day; amounts are summed
//! exactly and rounded once a period, so that the charges of a period add up to its rounded total.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use jiff::civil::Date;

use crate::{
    Amounts, Apportion, ApportionError, BillingAccountId, BillingPeriod, ChargeCategory,
    ChargeClass, Currency, Exact, ExactError, Name, PeriodStatus, ResourceId, SubAccountId, TagSet,
};

/// One line of a source, borrowed from the reader. Texts are trimmed by the reader and empty where
/// the source has none.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The month the provider bills it in.
    pub period: BillingPeriod,
    /// The payer.
    pub billing_account: &'a str,
    /// The payer's name.
    pub billing_account_name: &'a str,
    /// The account that used it.
    pub sub_account: &'a str,
    /// Its name.
    pub sub_account_name: &'a str,
    /// Who provides it: AWS, Microsoft, Oracle, …
    pub provider: &'a str,
    /// The service's name as people know it.
    pub service: &'a str,
    /// FOCUS ServiceCategory.
    pub service_category: &'a str,
    /// The region's id.
    pub region: &'a str,
    /// SKU or usage type.
    pub sku: &'a str,
    /// What the line says in words.
    pub description: &'a str,
    /// The resource.
    pub resource: &'a str,
    /// Its name.
    pub resource_name: &'a str,
    /// The tags, as the source writes them in one text: equal texts are equal tags. The reader
    /// gives their parsed form to [`RollUp::tags`].
    pub tags: TagSetId,
    /// What it is for.
    pub category: ChargeCategory,
    /// Whether it corrects an invoiced period.
    pub class: ChargeClass,
    /// The UTC day it starts on.
    pub day: Date,
    /// The last UTC day it covers, where that is a later one.
    pub last_day: Option<Date>,
    /// The currency of its amounts.
    pub currency: Currency,
    /// FOCUS BilledCost.
    pub billed: Exact,
    /// FOCUS EffectiveCost.
    pub effective: Exact,
    /// FOCUS ListCost.
    pub list: Exact,
    /// FOCUS ContractedCost.
    pub contracted: Exact,
    /// The quantity consumed or bought.
    pub quantity: Exact,
    /// Its unit.
    pub unit: &'a str,
    /// Where it stands in the source, counted from one.
    pub number: u64,
    /// Whether the provider's invoice for it is out (an invoice id is filled).
    pub invoiced: bool,
    /// Whether the provider says that it may still change.
    pub estimated: bool,
}

/// A set of tags in a [`RollUp`]; the default one is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TagSetId(u32);

/// A daily charge. Dimension fields index into [`Dimensions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    /// The UTC day it counts on.
    pub day: Date,
    /// The last UTC day it covers, where that is a later one.
    pub last_day: Option<Date>,
    /// Index into [`Dimensions::sub_accounts`].
    pub sub_account: Option<u32>,
    /// Index into [`Dimensions::services`].
    pub service: u32,
    /// Index into [`Dimensions::regions`].
    pub region: Option<u32>,
    /// Index into [`Dimensions::skus`].
    pub sku: u32,
    /// Index into [`Dimensions::resources`].
    pub resource: Option<u32>,
    /// Index into [`Dimensions::tag_sets`].
    pub tags: u32,
    /// What it is for.
    pub category: ChargeCategory,
    /// Whether it corrects an invoiced period.
    pub class: ChargeClass,
    /// The currency of its amounts.
    pub currency: Currency,
    /// Its amounts in nano-units.
    pub amounts: Amounts,
    /// The quantity.
    pub quantity: Exact,
    /// Index into [`Dimensions::units`].
    pub unit: u32,
    /// The first line it is made of.
    pub first_line: u64,
    /// The last line it is made of.
    pub last_line: u64,
    /// How many lines it is made of.
    pub lines: u32,
}

/// A service: who provides it, its name, its FOCUS category.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Service {
    /// Who provides it.
    pub provider: String,
    /// Its name.
    pub name: String,
    /// FOCUS ServiceCategory, may be empty.
    pub category: String,
}

/// What was priced: SKU or usage type, and the line's words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sku {
    /// SKU or usage type, may be empty.
    pub id: String,
    /// What the line says in words, may be empty.
    pub description: String,
}

/// The texts that charges refer to by number.
#[derive(Debug, Clone, Default)]
pub struct Dimensions {
    /// Accounts with their names.
    pub sub_accounts: Vec<(SubAccountId, Option<String>)>,
    /// Services.
    pub services: Vec<Service>,
    /// Region ids.
    pub regions: Vec<String>,
    /// SKUs.
    pub skus: Vec<Sku>,
    /// Resources with their names.
    pub resources: Vec<(ResourceId, Option<String>)>,
    /// Tag sets; the first is empty.
    pub tag_sets: Vec<TagSet>,
    /// Units; may hold an empty one.
    pub units: Vec<String>,
}

/// One billing period of one billing account, as a source has it.
#[derive(Debug, Clone)]
pub struct PeriodLoad {
    /// The payer.
    pub billing_account: BillingAccountId,
    /// The payer's name.
    pub billing_account_name: Option<Name>,
    /// The month.
    pub period: BillingPeriod,
    /// How settled it is, as its lines say.
    pub status: PeriodStatus,
    /// Its daily charges.
    pub charges: Vec<Charge>,
    /// How many lines they are made of.
    pub lines: u64,
}

/// What a source holds: periods and the texts they share.
#[derive(Debug, Clone, Default)]
pub struct Load {
    /// The texts.
    pub dimensions: Dimensions,
    /// The periods, by billing account and month.
    pub periods: Vec<PeriodLoad>,
}

/// Why a line cannot be rolled up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// No billing account, or a text that cannot be an identifier.
    #[error(transparent)]
    Id(#[from] crate::IdError),
    /// Amounts that add up to more than can be held.
    #[error(transparent)]
    TooLarge(#[from] ExactError),
    /// A period that adds up to more than can be held.
    #[error(transparent)]
    Period(#[from] ApportionError),
    /// A single charge beyond nine thousand million units.
    #[error("a charge of more than 9,223,372,036 units cannot be held")]
    Charge,
    /// More different texts than 32 bits can number.
    #[error("the source has more different values than can be numbered")]
    TooMany,
}

#[derive(PartialEq, Eq, Hash, Clone, Copy)]
struct Key {
    group: u32,
    day: Date,
    last_day: Option<Date>,
    sub_account: u32,
    service: u32,
    region: u32,
    sku: u32,
    resource: u32,
    tags: u32,
    unit: u32,
    category: ChargeCategory,
    class: ChargeClass,
    currency: Currency,
}

#[derive(Clone, Copy)]
struct Sums {
    billed: Exact,
    effective: Exact,
    list: Exact,
    contracted: Exact,
    quantity: Exact,
    first_line: u64,
    last_line: u64,
    lines: u32,
}

struct Group {
    billing_account: BillingAccountId,
    billing_account_name: Option<Name>,
    period: BillingPeriod,
    lines: u64,
    invoiced: u64,
    estimated: bool,
}

/// Texts numbered in the order in which they came; `NONE` stands for an empty text.
#[derive(Default)]
struct Interner {
    numbers: HashMap<Box<str>, u32, RandomState>,
}

const NONE: u32 = u32::MAX;

impl Interner {
    /// The number of `text`; a new one is numbered only once `keep` has kept its meaning.
    fn number(
        &mut self,
        text: &str,
        keep: impl FnOnce() -> Result<(), LoadError>,
    ) -> Result<u32, LoadError> {
        if let Some(number) = self.numbers.get(text) {
            return Ok(*number);
        }
        let number = u32::try_from(self.numbers.len()).map_err(|_| LoadError::TooMany)?;
        if number == NONE {
            return Err(LoadError::TooMany);
        }
        keep()?;
        self.numbers.insert(text.into(), number);
        Ok(number)
    }
}

/// Rolls lines up as they are read; memory grows with the charges, not with the lines.
pub struct RollUp {
    dimensions: Dimensions,
    sub_accounts: Interner,
    services: Interner,
    regions: Interner,
    skus: Interner,
    resources: Interner,
    tag_sets: Interner,
    units: Interner,
    groups: Vec<Group>,
    group_numbers: Interner,
    charges: HashMap<Key, u32, RandomState>,
    keys: Vec<Key>,
    sums: Vec<Sums>,
    scratch: String,
}

impl Default for RollUp {
    fn default() -> Self {
        Self::new()
    }
}

impl RollUp {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        let mut tag_sets = Interner::default();
        tag_sets.numbers.insert("".into(), 0);
        Self {
            dimensions: Dimensions {
                tag_sets: vec![TagSet::new()],
                ..Dimensions::default()
            },
            sub_accounts: Interner::default(),
            services: Interner::default(),
            regions: Interner::default(),
            skus: Interner::default(),
            resources: Interner::default(),
            tag_sets,
            units: Interner::default(),
            groups: Vec::new(),
            group_numbers: Interner::default(),
            charges: HashMap::default(),
            keys: Vec::new(),
            sums: Vec::new(),
            scratch: String::new(),
        }
    }

    /// Numbers a tag set by the text that the source writes for it; `parse` is called once for
    /// each different text.
    ///
    /// # Errors
    /// What `parse` says, or too many of them.
    pub fn tags<E: From<LoadError>>(
        &mut self,
        text: &str,
        parse: impl FnOnce(&str) -> Result<TagSet, E>,
    ) -> Result<TagSetId, E> {
        if let Some(number) = self.tag_sets.numbers.get(text) {
            return Ok(TagSetId(*number));
        }
        let parsed = parse(text)?;
        let tag_sets = &mut self.dimensions.tag_sets;
        let number = self.tag_sets.number(text, || {
            tag_sets.push(parsed);
            Ok(())
        })?;
        Ok(TagSetId(number))
    }

    /// Adds a line.
    ///
    /// # Errors
    /// [`LoadError`]; the roll-up is as it was before.
    pub fn add(&mut self, line: &Line<'_>) -> Result<(), LoadError> {
        let key = self.key(line)?;
        match self.charges.get(&key) {
            Some(at) => {
                let sums = &mut self.sums[*at as usize];
                let next = Sums {
                    billed: sums.billed.plus(line.billed)?,
                    effective: sums.effective.plus(line.effective)?,
                    list: sums.list.plus(line.list)?,
                    contracted: sums.contracted.plus(line.contracted)?,
                    quantity: sums.quantity.plus(line.quantity)?,
                    first_line: sums.first_line.min(line.number),
                    last_line: sums.last_line.max(line.number),
                    lines: sums.lines.saturating_add(1),
                };
                *sums = next;
            }
            None => {
                let at = u32::try_from(self.sums.len()).map_err(|_| LoadError::TooMany)?;
                self.charges.insert(key, at);
                self.keys.push(key);
                self.sums.push(Sums {
                    billed: line.billed,
                    effective: line.effective,
                    list: line.list,
                    contracted: line.contracted,
                    quantity: line.quantity,
                    first_line: line.number,
                    last_line: line.number,
                    lines: 1,
                });
            }
        }
        let group = &mut self.groups[key.group as usize];
        group.lines += 1;
        group.invoiced += u64::from(line.invoiced);
        group.estimated |= line.estimated;
        Ok(())
    }

    /// How many daily charges there are so far.
    #[must_use]
    pub fn charges(&self) -> usize {
        self.sums.len()
    }

    /// The charges, rounded once a period so that they add up.
    ///
    /// # Errors
    /// Amounts that do not fit.
    pub fn finish(self) -> Result<Load, LoadError> {
        let Self {
            dimensions,
            groups,
            charges,
            keys,
            sums,
            ..
        } = self;
        drop(charges);
        let mut order: Vec<u32> =
            (0..u32::try_from(keys.len()).map_err(|_| LoadError::TooMany)?).collect();
        order.sort_unstable_by_key(|&i| {
            let key = &keys[i as usize];
            (key.group, key.currency, key.day, key.service, i)
        });
        let mut periods: Vec<PeriodLoad> = groups.into_iter().map(PeriodLoad::empty).collect();
        for slice in order.chunk_by(|a, b| {
            let (a, b) = (&keys[*a as usize], &keys[*b as usize]);
            (a.group, a.currency) == (b.group, b.currency)
        }) {
            let nanos = |pick: fn(&Sums) -> Exact| -> Result<Vec<i128>, LoadError> {
                let mut parts = Apportion::new();
                for &i in slice {
                    let key = &keys[i as usize];
                    let category = u32::try_from(key.category.number()).unwrap_or(0);
                    parts.push(category, key.service, pick(&sums[i as usize]));
                }
                Ok(parts.into_nanos()?)
            };
            let (billed, effective) = (nanos(|s| s.billed)?, nanos(|s| s.effective)?);
            let (list, contracted) = (nanos(|s| s.list)?, nanos(|s| s.contracted)?);
            for (at, &i) in slice.iter().enumerate() {
                let key = &keys[i as usize];
                let fit = |nanos: i128| i64::try_from(nanos).map_err(|_| LoadError::Charge);
                let amounts = Amounts {
                    billed: fit(billed[at])?,
                    effective: fit(effective[at])?,
                    list: fit(list[at])?,
                    contracted: fit(contracted[at])?,
                };
                periods[key.group as usize]
                    .charges
                    .push(charge(key, &sums[i as usize], amounts));
            }
        }
        periods.sort_by(|a, b| (&a.billing_account, a.period).cmp(&(&b.billing_account, b.period)));
        Ok(Load {
            dimensions,
            periods,
        })
    }

    fn key(&mut self, line: &Line<'_>) -> Result<Key, LoadError> {
        let group = self.group(line)?;
        let dimensions = &mut self.dimensions;
        let sub_account = if line.sub_account.is_empty() {
            NONE
        } else {
            self.sub_accounts.number(line.sub_account, || {
                let id = SubAccountId::parse(line.sub_account)?;
                dimensions
                    .sub_accounts
                    .push((id, some(line.sub_account_name)));
                Ok(())
            })?
        };
        let resource = if line.resource.is_empty() {
            NONE
        } else {
            self.resources.number(line.resource, || {
                let id = ResourceId::parse(line.resource)?;
                dimensions.resources.push((id, some(line.resource_name)));
                Ok(())
            })?
        };
        let region = if line.region.is_empty() {
            NONE
        } else {
            self.regions.number(line.region, || {
                dimensions.regions.push(line.region.to_owned());
                Ok(())
            })?
        };
        join(
            &mut self.scratch,
            &[line.provider, line.service, line.service_category],
        );
        let service = self.services.number(&self.scratch, || {
            dimensions.services.push(Service {
                provider: line.provider.to_owned(),
                name: line.service.to_owned(),
                category: line.service_category.to_owned(),
            });
            Ok(())
        })?;
        join(&mut self.scratch, &[line.sku, line.description]);
        let sku = self.skus.number(&self.scratch, || {
            let (id, description) = (line.sku.to_owned(), line.description.to_owned());
            dimensions.skus.push(Sku { id, description });
            Ok(())
        })?;
        let unit = self.units.number(line.unit, || {
            dimensions.units.push(line.unit.to_owned());
            Ok(())
        })?;
        Ok(Key {
            group,
            day: line.day,
            last_day: line.last_day,
            sub_account,
            service,
            region,
            sku,
            resource,
            tags: line.tags.0,
            unit,
            category: line.category,
            class: line.class,
            currency: line.currency,
        })
    }

    fn group(&mut self, line: &Line<'_>) -> Result<u32, LoadError> {
        use std::fmt::Write as _;
        self.scratch.clear();
        // Writing to a string cannot fail.
        let _ = write!(
            self.scratch,
            "{}\u{1f}{}",
            line.period.number(),
            line.billing_account
        );
        let groups = &mut self.groups;
        self.group_numbers.number(&self.scratch, || {
            groups.push(Group {
                billing_account: BillingAccountId::parse(line.billing_account)?,
                billing_account_name: Name::parse(line.billing_account_name).ok(),
                period: line.period,
                lines: 0,
                invoiced: 0,
                estimated: false,
            });
            Ok(())
        })
    }
}

/// Joins texts by a control character that no reader lets through.
fn join(into: &mut String, parts: &[&str]) {
    into.clear();
    for part in parts {
        into.push_str(part);
        into.push('\u{1f}');
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn charge(key: &Key, sums: &Sums, amounts: Amounts) -> Charge {
    let present = |number: u32| (number != NONE).then_some(number);
    Charge {
        day: key.day,
        last_day: key.last_day,
        sub_account: present(key.sub_account),
        service: key.service,
        region: present(key.region),
        sku: key.sku,
        resource: present(key.resource),
        tags: key.tags,
        category: key.category,
        class: key.class,
        currency: key.currency,
        amounts,
        quantity: sums.quantity,
        unit: key.unit,
        first_line: sums.first_line,
        last_line: sums.last_line,
        lines: sums.lines,
    }
}

impl PeriodLoad {
    fn empty(group: Group) -> Self {
        // Only the data says final: every line must carry the id of its invoice.
        let status = if group.lines > 0 && group.invoiced == group.lines {
            PeriodStatus::Final
        } else if group.estimated {
            PeriodStatus::Estimated
        } else {
            PeriodStatus::PendingInvoice
        };
        Self {
            billing_account: group.billing_account,
            billing_account_name: group.billing_account_name,
            period: group.period,
            status,
            charges: Vec::new(),
            lines: group.lines,
        }
    }
}
