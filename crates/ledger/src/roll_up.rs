//! The roll-up: the lines of a source become the daily charges of billing periods.
//!
//! Its meaning, for every source: lines that agree in all of [`Line`] but the hour and the amounts
//! are one charge; a line longer than a day is kept once, on its first day; amounts are summed
//! exactly and rounded once a period, so that the charges of a period add up to its rounded total.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use jiff::civil::Date;

use crate::{
    Amounts, Apportion, BillingAccountId, BillingPeriod, Charge, ChargeCategory, ChargeClass,
    Currency, Dimensions, Exact, Line, Load, LoadError, Name, PeriodLoad, PeriodStatus, ResourceId,
    Service, Sku, SubAccountId, TagSet, TagSetId,
};

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
    last_group: u32,
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
            last_group: 0,
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
        // A period all of whose lines were refused is none.
        periods.retain(|period| period.lines > 0);
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
        // Most lines are of the same period and account as the one before.
        if self
            .groups
            .get(self.last_group as usize)
            .is_some_and(|group| {
                group.period == line.period
                    && group.billing_account.as_str() == line.billing_account
            })
        {
            return Ok(self.last_group);
        }
        self.scratch.clear();
        // Writing to a string cannot fail.
        let _ = write!(
            self.scratch,
            "{}\u{1f}{}",
            line.period.number(),
            line.billing_account
        );
        let groups = &mut self.groups;
        self.last_group = self.group_numbers.number(&self.scratch, || {
            groups.push(Group {
                billing_account: BillingAccountId::parse(line.billing_account)?,
                billing_account_name: Name::parse(line.billing_account_name).ok(),
                period: line.period,
                lines: 0,
                invoiced: 0,
                estimated: false,
            });
            Ok(())
        })?;
        Ok(self.last_group)
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
