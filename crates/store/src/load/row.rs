use jiff::civil::Date;
use tallyport_ledger::{BillingPeriod, Charge, Dimensions, Owner};

use crate::dimensions::Interned;
use crate::facts::{Allocator, FactKey, FactTexts};
use crate::number::day_number;
use crate::rollups::RolledUp;

/// The numbers of a charge, and who owns it.
pub(super) struct Row {
    pub rolled_up: RolledUp,
    pub first_day: Option<i64>,
    pub sku: i64,
    pub unit: i64,
    pub rule: Option<i64>,
}

impl Row {
    pub fn of(
        charge: &Charge,
        period: BillingPeriod,
        texts: &Dimensions,
        numbers: &Interned,
        allocator: &mut Allocator<'_>,
    ) -> Self {
        let day = counting_day(charge.day, period);
        let maybe = |at: Option<u32>, numbers: &[i64]| at.map_or(0, |at| numbers[at as usize]);
        let key = FactKey {
            sub_account: maybe(charge.sub_account, &numbers.sub_accounts),
            service: numbers.services[charge.service as usize],
            region: maybe(charge.region, &numbers.regions),
            resource: maybe(charge.resource, &numbers.resources),
            tag_set: numbers.tag_sets[charge.tags as usize],
        };
        let allocated = allocator.allocate(
            day,
            key,
            &FactTexts {
                sub_account: charge
                    .sub_account
                    .map(|at| &texts.sub_accounts[at as usize].0),
                service: &texts.services[charge.service as usize].name,
                region: charge.region.map(|at| texts.regions[at as usize].as_str()),
                resource: charge.resource.map(|at| &texts.resources[at as usize].0),
                tags: &texts.tag_sets[charge.tags as usize],
            },
        );
        Self {
            rolled_up: RolledUp {
                day: day_number(day),
                owner: match allocated.owner {
                    Owner::Owned(owner) => owner.0,
                    Owner::Unowned => 0,
                },
                service: key.service,
                sub_account: key.sub_account,
                region: key.region,
                resource: key.resource,
                tag_set: key.tag_set,
                category: charge.category,
                currency: charge.currency,
            },
            first_day: (day != charge.day).then(|| day_number(charge.day)),
            sku: numbers.skus[charge.sku as usize],
            unit: numbers.units[charge.unit as usize],
            rule: allocated.rule.map(|rule| rule.0),
        }
    }
}

/// The day a charge counts on: its first, or the nearest one of its billing period.
fn counting_day(day: Date, period: BillingPeriod) -> Date {
    day.clamp(period.first_day(), period.last_day())
}
