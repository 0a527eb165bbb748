//! What was spent each day by one thing alone: the answers to reports that nothing narrows.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use tallyport_ledger::Currency;

use super::{Group, RollUps, Sum};
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

/// Which row: axis, day, number of the thing, currency.
type Key = (Axis, u32, i64, Currency);

impl Writes<'_> {
    /// Adds changes to the rows of each axis; `days` is what changed by day and group.
    pub(super) fn roll_up_axes(
        &mut self,
        stream: i64,
        changes: &RollUps,
        days: &[(u32, Group, Sum)],
        tail: &'static str,
    ) -> Result<(), StoreError> {
        let mut rows: HashMap<Key, Sum, RandomState> = HashMap::default();
        for (day, group, sum) in days {
            let keys = [
                (Axis::Account, group.sub_account),
                (Axis::Region, group.region),
                (Axis::Category, group.category.number()),
            ];
            for (axis, key) in keys {
                let row = rows.entry((axis, *day, key, group.currency));
                row.or_default().add(*sum);
            }
        }
        for ((day, tag), sum) in &changes.tagged {
            let (tag_set, currency) = changes.tags[*tag as usize];
            rows.insert((Axis::TagSet, *day, tag_set, currency), *sum);
        }
        // In the order of the table's key, so that pages are written once.
        let mut rows: Vec<(Key, Sum)> = rows.into_iter().collect();
        rows.sort_unstable_by_key(|(key, _)| *key);
        let mut bulk = Bulk::new(
            self.connection,
            "INSERT OR FAIL INTO axis_spend (stream, axis, day, key_id, currency, charges, billed_units, billed_rest,
                                     effective_units, effective_rest) VALUES",
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            tail,
        );
        for ((axis, day, key, currency), sum) in rows {
            if sum.is_nothing() {
                continue;
            }
            let [a, b, c, d, e] = sum.values()?;
            bulk.row([
                stream.into(),
                axis.number().into(),
                day.into(),
                key.into(),
                currency.code().to_owned().into(),
                a,
                b,
                c,
                d,
                e,
            ])?;
        }
        bulk.finish()
    }
}
