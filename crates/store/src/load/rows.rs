//! The charges of a period on their way into the file: numbered, and in the order of items and days.

use std::sync::Arc;

use jiff::civil::Date;
use rusqlite::types::ValueRef;
use tallyport_ledger::{BillingPeriod, Charge, Dimensions, Exact, PeriodLoad};

use super::invoices::Invoices;
use crate::bulk::Cell;
use crate::dimensions::Interned;
use crate::item::{Item, Items};
use crate::number::day_number;
use crate::ownership::{Allocator, FactTexts, Stretch};
use crate::{StoreError, Writes};

/// An item of a period, who owns it when, and its charges: a run of [`Rows::charges`].
pub(super) struct ItemRows {
    pub id: i64,
    pub item: Item,
    pub stretches: Arc<[Stretch]>,
    pub charges: std::ops::Range<usize>,
}

/// The charges of a period.
#[derive(Default)]
pub(super) struct Rows {
    /// By number.
    pub items: Vec<ItemRows>,
    /// Places in the load, by item and then by day.
    pub charges: Vec<u32>,
    /// The provider's invoices that they stand on.
    pub invoices: Invoices,
}

/// What stands in a charge's row beside its stream, its item and its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Content {
    pub day: i64,
    pub first_day: Option<i64>,
    pub last_day: Option<i64>,
    pub billed: i64,
    pub effective: i64,
    pub list: Option<i64>,
    pub contracted: Option<i64>,
    /// See [`Invoices::kept`].
    pub invoice: Option<i64>,
}

impl Content {
    pub fn of(charge: &Charge, period: BillingPeriod, invoices: &Invoices) -> Self {
        let day = counting_day(charge.day, period);
        let amounts = charge.amounts;
        let other = |amount: i64| (amount != amounts.billed).then_some(amount);
        Self {
            day: day_number(day),
            first_day: (day != charge.day).then(|| day_number(charge.day)),
            last_day: charge.last_day.map(day_number),
            billed: amounts.billed,
            effective: amounts.effective,
            list: other(amounts.list),
            contracted: other(amounts.contracted),
            invoice: invoices.kept(charge.invoice),
        }
    }

    /// What makes two charges of one item the same fact, whatever it cost.
    pub const fn when(&self) -> (i64, Option<i64>, Option<i64>) {
        (self.day, self.first_day, self.last_day)
    }
}

/// The day a charge counts on: its first, or the nearest one of its billing period.
fn counting_day(day: Date, period: BillingPeriod) -> Date {
    day.clamp(period.first_day(), period.last_day())
}

/// A quantity in nano-units, if that is exact and fits.
pub(super) fn nanos(quantity: Exact) -> Option<i64> {
    i64::try_from(quantity.whole_nanos()?).ok()
}

/// A quantity as it is stored.
pub(super) fn stored(quantity: Exact) -> Cell {
    match nanos(quantity) {
        Some(nanos) => Cell::Integer(nanos),
        None => Cell::from(quantity.to_string()),
    }
}

/// Whether a stored quantity is this one. Files of an older format hold texts only.
pub(super) fn is_stored(found: ValueRef<'_>, quantity: Exact) -> bool {
    match found {
        ValueRef::Integer(number) => nanos(quantity) == Some(number),
        ValueRef::Text(text) => Exact::parse(text).is_ok_and(|same| same == quantity),
        _ => false,
    }
}

impl Writes<'_> {
    /// Numbers the items of a period, finds who owns new ones, and puts its charges in order.
    pub(super) fn rows(
        &mut self,
        period: &PeriodLoad,
        texts: &Dimensions,
        numbers: &Interned,
        items: &mut Items,
        allocator: &mut Allocator<'_>,
    ) -> Result<Rows, StoreError> {
        // An item and a place in the load in one number.
        let mut order: Vec<u64> = Vec::with_capacity(period.charges.len());
        // The items of kinds of charges.
        let mut kinds: Vec<Option<(i64, Arc<[Stretch]>)>> = Vec::new();
        let mut owned = Vec::new();
        for (at, charge) in (0_u32..).zip(&period.charges) {
            let kind = charge.kind as usize;
            if kind >= kinds.len() {
                kinds.resize(kind + 1, None);
            }
            let id = match &kinds[kind] {
                Some((id, _)) => *id,
                None => {
                    let item = item_of(charge, numbers);
                    let (id, new) = items.number(self, &item)?;
                    let stretches = allocator.allocate(item.facts(), &texts_of(charge, texts));
                    if new && !stretches.is_empty() {
                        owned.push((id, Arc::clone(&stretches)));
                    }
                    kinds[kind] = Some((id, stretches));
                    id
                }
            };
            let id = u32::try_from(id).map_err(|_| StoreError::unreadable("an item"))?;
            order.push(u64::from(id) << 32 | u64::from(at));
        }
        items.keep(self)?;
        self.keep_all_stretches(owned.iter().map(|(id, stretches)| (*id, &stretches[..])))?;
        order.sort_unstable();
        let mut rows = Rows {
            items: Vec::new(),
            charges: Vec::with_capacity(order.len()),
            invoices: Invoices::of(period, texts, numbers),
        };
        for number in order {
            let (id, at) = (i64::from((number >> 32) as u32), number as u32);
            let next = rows.charges.len();
            rows.charges.push(at);
            match rows.items.last_mut() {
                Some(last) if last.id == id => last.charges.end = next + 1,
                _ => {
                    let charge = &period.charges[at as usize];
                    let Some((_, stretches)) = &kinds[charge.kind as usize] else {
                        return Err(StoreError::unreadable("an item"));
                    };
                    rows.items.push(ItemRows {
                        id,
                        item: item_of(charge, numbers),
                        stretches: Arc::clone(stretches),
                        charges: next..next + 1,
                    });
                }
            }
        }
        // Charges come by day, as a rule.
        for item in &rows.items {
            rows.charges[item.charges.clone()]
                .sort_by_key(|at| counting_day(period.charges[*at as usize].day, period.period));
        }
        Ok(rows)
    }
}

fn item_of(charge: &Charge, numbers: &Interned) -> Item {
    let maybe = |at: Option<u32>, numbers: &[i64]| at.map_or(0, |at| numbers[at as usize]);
    Item {
        resource: maybe(charge.resource, &numbers.resources),
        service: numbers.services[charge.service as usize],
        sku: numbers.skus[charge.sku as usize],
        tag_set: numbers.tag_sets[charge.tags as usize],
        sub_account: maybe(charge.sub_account, &numbers.sub_accounts),
        region: maybe(charge.region, &numbers.regions),
        unit: numbers.units[charge.unit as usize],
        category: charge.category,
        class: charge.class,
        currency: charge.currency,
    }
}

fn texts_of<'a>(charge: &Charge, texts: &'a Dimensions) -> FactTexts<'a> {
    FactTexts {
        sub_account: charge
            .sub_account
            .map(|at| &texts.sub_accounts[at as usize].0),
        service: &texts.services[charge.service as usize].name,
        region: charge.region.map(|at| texts.regions[at as usize].as_str()),
        resource: charge.resource.map(|at| &texts.resources[at as usize].0),
        tags: &texts.tag_sets[charge.tags as usize],
    }
}
