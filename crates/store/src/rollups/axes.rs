//! What was spent each day by one thing alone: the answers to reports that nothing narrows.

use tallyport_ledger::Currency;

use super::daily::Daily;
use super::{RollUps, Sum};
use crate::bulk::Bulk;
use crate::{StoreError, Writes};

/// By what a roll-up tells apart, and by nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Axis {
    Account = 1,
    TagSet = 2,
    Region = 3,
    Category = 4,
}

impl Axis {
    pub const fn number(self) -> i64 {
        self as i64
    }
}

/// What is summed by one thing alone: its number and the currency.
type Alone = Daily<(i64, Currency), Sum>;

impl Writes<'_> {
    /// Adds changes to the rows of each axis.
    pub(super) fn roll_up_axes(
        &mut self,
        stream: i64,
        changes: &RollUps,
        tail: &'static str,
    ) -> Result<(), StoreError> {
        let (mut accounts, mut regions, mut categories) =
            (Alone::default(), Alone::default(), Alone::default());
        for (group, days) in changes.groups.iter() {
            accounts.take_in((group.sub_account, group.currency), days);
            regions.take_in((group.region, group.currency), days);
            categories.take_in((group.category.number(), group.currency), days);
        }
        let mut bulk = Bulk::new(
            self.connection,
            "INSERT OR FAIL INTO axis_spend (stream, axis, day, key_id, currency, charges, billed_units, billed_rest,
                                     effective_units, effective_rest) VALUES",
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            tail,
        );
        // In the order of the table's key, so that pages are written once.
        for (axis, sums) in [
            (Axis::Account, &accounts),
            (Axis::TagSet, &changes.tags),
            (Axis::Region, &regions),
            (Axis::Category, &categories),
        ] {
            sums.by_day(|day, (key, currency), sum| {
                if sum.is_nothing() {
                    return Ok(());
                }
                let [a, b, c, d, e] = sum.values()?;
                bulk.row([
                    stream.into(),
                    axis.number().into(),
                    day.into(),
                    (*key).into(),
                    (*currency).into(),
                    a,
                    b,
                    c,
                    d,
                    e,
                ])
            })?;
        }
        bulk.finish()
    }
}
