//! What an anomaly is made of: its leaf's resources and regions, in its days and in those before.

use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{BillingPeriod, ChargeCategory, ChargeClass, Currency, DayRange, Money};

use super::LeafId;
use crate::number::day_number;
use crate::rollups::COMMITMENTS;
use crate::sql::Sql;
use crate::{AnomalyId, Reads, StoreError};

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

/// An item of a leaf: its number and what tells its parts apart.
type LeafItem = (i64, i64, i64);

/// What a part cost before and in the days.
#[derive(Default, Clone, Copy)]
struct Sums {
    before: i128,
    actual: i128,
}

impl Reads<'_> {
    /// What each of these anomalies is made of: what was expected of its leaf is parted by what each part
    /// had in the days before, to the nano.
    ///
    /// # Errors
    /// The file's.
    pub fn anomaly_parts(
        &self,
        asks: &[PartsAsk],
    ) -> Result<Vec<(AnomalyId, Vec<AnomalyPart>)>, StoreError> {
        if asks.is_empty() {
            return Ok(Vec::new());
        }
        let items = self.items_of(asks)?;
        let nothing = Vec::new();
        let mut told = Vec::with_capacity(asks.len());
        for ask in asks {
            let items = items.get(&ask.leaf.0).unwrap_or(&nothing);
            told.push((ask.anomaly, self.parts(ask, items)?));
        }
        Ok(told)
    }

    fn items_of(
        &self,
        asks: &[PartsAsk],
    ) -> Result<HashMap<i64, Vec<LeafItem>, RandomState>, StoreError> {
        // One pass over all items: there are far fewer of them than charges.
        let mut sql = Sql::new("SELECT l.id, i.id, i.region_id, i.resource_id FROM item i");
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
        .push(")");
        let wanted: HashSet<i64, RandomState> = asks.iter().map(|ask| ask.leaf.0).collect();
        let mut items: HashMap<i64, Vec<LeafItem>, RandomState> = HashMap::default();
        sql.rows(self.connection, |row| {
            let leaf: i64 = row.get(0)?;
            if wanted.contains(&leaf) {
                let item = (row.get(1)?, row.get(2)?, row.get(3)?);
                items.entry(leaf).or_default().push(item);
            }
            Ok::<(), StoreError>(())
        })?;
        Ok(items)
    }

    fn parts(&self, ask: &PartsAsk, items: &[LeafItem]) -> Result<Vec<AnomalyPart>, StoreError> {
        let months = months(ask.before.from(), ask.days.to());
        let mut charges = self.connection.prepare_cached(
            "SELECT c.day, c.effective
             FROM leaf l CROSS JOIN period_version v ON v.billing_account_id = l.billing_account_id
             CROSS JOIN charge c ON c.stream = v.stream
             WHERE l.id = ?1 AND v.counts = 1 AND v.period BETWEEN ?2 AND ?3 AND c.item_id = ?4
                 AND c.until_version IS NULL",
        )?;
        let within = |days: DayRange| day_number(days.from())..=day_number(days.to());
        let (before, days) = (within(ask.before), within(ask.days));
        let mut sums: BTreeMap<(PartOf, i64), Sums> = BTreeMap::new();
        for (item, region, resource) in items {
            let mut rows = charges.query((ask.leaf.0, months.0, months.1, item))?;
            let mut sum = Sums::default();
            while let Some(row) = rows.next()? {
                let (day, nanos): (i64, i64) = (row.get(0)?, row.get(1)?);
                if days.contains(&day) {
                    sum.actual += i128::from(nanos);
                } else if before.contains(&day) {
                    sum.before += i128::from(nanos);
                }
            }
            for key in [(PartOf::Region, *region), (PartOf::Resource, *resource)] {
                let kept = sums.entry(key).or_default();
                kept.before += sum.before;
                kept.actual += sum.actual;
            }
        }
        let mut parts = Vec::new();
        for of in [PartOf::Region, PartOf::Resource] {
            let of_it = sums.iter().filter(|((kind, _), _)| *kind == of);
            let of_it: Vec<(i64, Sums)> = of_it.map(|((_, id), sum)| (*id, *sum)).collect();
            parts.extend(self.parts_by(ask, of, &of_it)?);
        }
        Ok(parts)
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

fn months(from: jiff::civil::Date, to: jiff::civil::Date) -> (i64, i64) {
    let month = |day| BillingPeriod::of(day).map_or(0, |period| i64::from(period.number()));
    (month(from), month(to))
}
