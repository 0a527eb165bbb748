//! What an anomaly is made of: its leaf's resources and regions, in its days and in those before.

use std::collections::HashMap;
use std::mem;
use std::ops::RangeInclusive;

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{BillingPeriod, ChargeCategory, ChargeClass, Currency, DayRange, Money};

use super::LeafId;
use crate::number::day_number;
use crate::rollups::COMMITMENTS;
use crate::sql::Sql;
use crate::{AnomalyId, Reads, StoreError, Writes};

/// By what a part is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PartOf {
    /// By region.
    #[serde(rename = "region")]
    Region,
    /// By resource.
    #[serde(rename = "resource")]
    Resource,
}

/// A region or a resource: what was expected of it in an anomaly's days, and what it cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnomalyPart {
    /// Which of both.
    pub of: PartOf,
    /// Its id; empty for charges that name none.
    pub key: String,
    /// As people know it.
    pub label: String,
    /// What was expected.
    pub expected: Money,
    /// What it cost.
    pub actual: Money,
}

/// Which anomaly's parts are asked for.
#[derive(Debug, Clone, Copy)]
pub struct PartsAsk {
    /// Which.
    pub anomaly: AnomalyId,
    /// Its leaf.
    pub leaf: LeafId,
    /// Its days.
    pub days: DayRange,
    /// Days before it, which say what each part usually has.
    pub before: DayRange,
    /// What was expected of its days.
    pub expected: Money,
}

/// Parts of one dimension that are kept.
const KEPT: usize = 12;

#[derive(Serialize, Deserialize)]
struct Kept {
    of: PartOf,
    key: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    label: String,
    expected: String,
    actual: String,
}

pub(super) fn parts_text(parts: &[AnomalyPart]) -> Result<String, StoreError> {
    let kept: Vec<Kept> = parts
        .iter()
        .map(|part| Kept {
            of: part.of,
            key: part.key.clone(),
            label: part.label.clone(),
            expected: part.expected.to_decimal(0),
            actual: part.actual.to_decimal(0),
        })
        .collect();
    serde_json::to_string(&kept).map_err(|_| StoreError::unreadable("parts"))
}

pub(super) fn parts_of(text: &str, currency: Currency) -> Result<Vec<AnomalyPart>, StoreError> {
    let unreadable = || StoreError::unreadable("what an anomaly is made of");
    let kept: Vec<Kept> = serde_json::from_str(text).map_err(|_| unreadable())?;
    let money = |text: &str| Money::parse(text, currency).map_err(|_| unreadable());
    kept.into_iter()
        .map(|part| {
            Ok(AnomalyPart {
                of: part.of,
                expected: money(&part.expected)?,
                actual: money(&part.actual)?,
                key: part.key,
                label: part.label,
            })
        })
        .collect()
}

/// An item of one of the leaves asked for.
struct LeafItem {
    id: i64,
    account: i64,
    leaf: i64,
    region: i64,
    resource: i64,
}

/// The counted charges of a month of a billing account.
struct Stream {
    id: i64,
    account: i64,
    period: i64,
}

/// What a part cost before and in the days.
#[derive(Default, Clone, Copy)]
struct Sums {
    before: i128,
    actual: i128,
}

/// An ask as the charges are laid beside it.
struct Asked<'a> {
    ask: &'a PartsAsk,
    days: RangeInclusive<i64>,
    before: RangeInclusive<i64>,
    periods: RangeInclusive<i64>,
    /// By region and by resource.
    parts: [HashMap<i64, Sums, RandomState>; 2],
    /// Of the item that is read.
    item: Sums,
}

impl<'a> Asked<'a> {
    fn new(ask: &'a PartsAsk) -> Self {
        let within = |days: DayRange| day_number(days.from())..=day_number(days.to());
        let month = |day| BillingPeriod::of(day).map_or(0, |period| i64::from(period.number()));
        Self {
            ask,
            days: within(ask.days),
            before: within(ask.before),
            periods: month(ask.before.from())..=month(ask.days.to()),
            parts: Default::default(),
            item: Sums::default(),
        }
    }

    fn take(&mut self, day: i64, nanos: i64) {
        if self.days.contains(&day) {
            self.item.actual += i128::from(nanos);
        } else if self.before.contains(&day) {
            self.item.before += i128::from(nanos);
        }
    }

    /// Lays what was taken of an item to its parts. An item without anything is a part too: what was
    /// expected may have been expected of it.
    fn end(&mut self, item: &LeafItem) {
        let sum = mem::take(&mut self.item);
        for (parts, key) in self.parts.iter_mut().zip([item.region, item.resource]) {
            let kept = parts.entry(key).or_default();
            kept.before += sum.before;
            kept.actual += sum.actual;
        }
    }
}

impl Writes<'_> {
    /// Finds what each of these anomalies is made of, and keeps it: what was expected of its leaf is parted
    /// by what each part had in the days before, to the nano.
    ///
    /// The charges are read item by item, the way they lie in the file, for all anomalies together: what
    /// lies on one page is read once, however many ask for it.
    ///
    /// # Errors
    /// The file's.
    pub fn find_anomaly_parts(&mut self, asks: &[PartsAsk]) -> Result<(), StoreError> {
        let mut of_leaf: HashMap<i64, Vec<Asked<'_>>, RandomState> = HashMap::default();
        for ask in asks {
            let asked = of_leaf.entry(ask.leaf.0).or_default();
            asked.push(Asked::new(ask));
        }
        self.sum_parts(&mut of_leaf)?;
        let mut keep = self
            .connection
            .prepare_cached("UPDATE anomaly SET parts = ?2 WHERE id = ?1")?;
        for asked in of_leaf.into_values().flatten() {
            let mut parts = Vec::new();
            for (of, sums) in [PartOf::Region, PartOf::Resource]
                .into_iter()
                .zip(asked.parts)
            {
                let mut sums: Vec<(i64, Sums)> = sums.into_iter().collect();
                sums.sort_unstable_by_key(|(id, _)| *id);
                parts.extend(self.parts_by(asked.ask, of, &sums)?);
            }
            keep.execute((asked.ask.anomaly.0, parts_text(&parts)?))?;
        }
        Ok(())
    }
}

impl Reads<'_> {
    fn sum_parts(
        &self,
        of_leaf: &mut HashMap<i64, Vec<Asked<'_>>, RandomState>,
    ) -> Result<(), StoreError> {
        let asked = || of_leaf.values().flatten();
        let first = asked().map(|asked| *asked.periods.start()).min();
        let last = asked().map(|asked| *asked.periods.end()).max();
        let (Some(first), Some(last)) = (first, last) else {
            return Ok(());
        };
        let streams = self.counted_streams(first..=last)?;
        let mut charges = self.connection.prepare_cached(
            "SELECT day, effective FROM charge
             WHERE stream = ?1 AND item_id = ?2 AND until_version IS NULL",
        )?;
        for item in self.items_of(of_leaf)? {
            let Some(asked) = of_leaf.get_mut(&item.leaf) else {
                continue;
            };
            for stream in streams
                .iter()
                .filter(|stream| stream.account == item.account)
            {
                let asks_for = |asked: &&mut Asked<'_>| asked.periods.contains(&stream.period);
                if !asked.iter_mut().any(|asked| asks_for(&asked)) {
                    continue;
                }
                let mut rows = charges.query((stream.id, item.id))?;
                while let Some(row) = rows.next()? {
                    let (day, nanos) = (row.get(0)?, row.get(1)?);
                    for asked in asked.iter_mut().filter(asks_for) {
                        asked.take(day, nanos);
                    }
                }
            }
            asked.iter_mut().for_each(|asked| asked.end(&item));
        }
        Ok(())
    }

    fn counted_streams(&self, periods: RangeInclusive<i64>) -> Result<Vec<Stream>, StoreError> {
        let mut sql = Sql::new("SELECT stream, billing_account_id, period FROM period_version");
        sql.bind("WHERE counts = 1 AND period >= ?", *periods.start())
            .bind("AND period <= ?", *periods.end());
        sql.rows(self.connection, |row| {
            Ok(Stream {
                id: row.get(0)?,
                account: row.get(1)?,
                period: row.get(2)?,
            })
        })
    }

    /// The items of these leaves, in the order in which their charges lie.
    fn items_of<T>(
        &self,
        of_leaf: &HashMap<i64, T, RandomState>,
    ) -> Result<Vec<LeafItem>, StoreError> {
        // One pass over all items: there are far fewer of them than charges.
        let mut sql = Sql::new(
            "SELECT l.id, i.id, l.billing_account_id, i.region_id, i.resource_id FROM item i",
        );
        sql.push(
            "CROSS JOIN sku k ON k.id = i.sku_id
             CROSS JOIN billing_account b
             CROSS JOIN leaf l ON l.billing_account_id = b.id AND l.sub_account_id = i.sub_account_id
                 AND l.service_id = i.service_id AND l.usage_type = k.key AND l.currency = i.currency",
        )
        .bind("WHERE i.category = ?", ChargeCategory::Usage.number())
        .bind("AND i.class = ?", ChargeClass::Regular.number())
        .push("AND i.resource_id NOT IN (")
        .push(COMMITMENTS)
        .push(") ORDER BY i.id");
        let mut items = Vec::new();
        sql.rows(self.connection, |row| {
            let leaf: i64 = row.get(0)?;
            if of_leaf.contains_key(&leaf) {
                items.push(LeafItem {
                    id: row.get(1)?,
                    account: row.get(2)?,
                    leaf,
                    region: row.get(3)?,
                    resource: row.get(4)?,
                });
            }
            Ok::<(), StoreError>(())
        })?;
        Ok(items)
    }

    /// The parts of one dimension that moved most.
    fn parts_by(
        &self,
        ask: &PartsAsk,
        of: PartOf,
        sums: &[(i64, Sums)],
    ) -> Result<Vec<AnomalyPart>, StoreError> {
        let usual = sums.iter().map(|(_, sum)| sum.before.max(0));
        let most = usual.clone().max().unwrap_or(0);
        // Weights of 64 bits are enough to part an amount.
        let shrink = most / i128::from(u32::MAX) + 1;
        let weights: Vec<u64> = usual
            .map(|before| u64::try_from(before / shrink).unwrap_or(0))
            .collect();
        let expected = if sums.is_empty() || (most == 0 && ask.expected.is_zero()) {
            vec![Money::zero(ask.expected.currency()); sums.len()]
        } else {
            ask.expected.split(&weights)?
        };
        let mut parts: Vec<(i64, Money, Money)> = sums
            .iter()
            .zip(expected)
            .map(|((id, sum), expected)| {
                let actual = Money::from_nanos(sum.actual, expected.currency());
                (*id, expected, actual)
            })
            .collect();
        parts.sort_by_key(|(id, expected, actual)| {
            (-(actual.nanos() - expected.nanos()).abs(), *id)
        });
        parts.truncate(KEPT);
        let mut name = self.connection.prepare_cached(match of {
            PartOf::Region => "SELECT key, NULL FROM region WHERE id = ?1",
            PartOf::Resource => "SELECT key, name FROM resource WHERE id = ?1",
        })?;
        parts
            .into_iter()
            .map(|(id, expected, actual)| {
                let named = if id == 0 {
                    (String::new(), None)
                } else {
                    name.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?
                };
                let (key, label): (String, Option<String>) = named;
                Ok(AnomalyPart {
                    of,
                    label: label.unwrap_or_default(),
                    key,
                    expected,
                    actual,
                })
            })
            .collect()
    }
}
