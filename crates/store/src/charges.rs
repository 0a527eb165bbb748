use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::Row;
use rusqlite::types::Value;
use tallyport_ledger::{
    BillingPeriod, ChargeCategory, ChargeClass, Currency, DayRange, Exact, Metric, Money, RuleId,
    TagSet,
};

use crate::grain::Grain;
use crate::number::{currency_of, day_of, nanos_at, period_of};
use crate::rollups::owners_know;
use crate::sql::Sql;
use crate::{ChargeId, Filter, NamedOwner, Reads, StoreError, VersionId};

/// In which order charges are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChargeOrder {
    /// The largest amount first.
    #[default]
    Amount,
    /// The earliest day first.
    Day,
}

/// A part of a long list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many rows are left out before it.
    pub offset: u64,
    /// How many rows it has at most.
    pub limit: u64,
}

/// A charge with everything that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ChargeRow {
    /// Its identity.
    pub id: ChargeId,
    /// The day it counts on.
    pub day: Date,
    /// The day it starts on, where that lies outside its billing period.
    pub first_day: Option<Date>,
    /// The last day it covers, where that is a later one.
    pub last_day: Option<Date>,
    /// Its billing period.
    pub period: BillingPeriod,
    /// The version that brought it, whose lines `line_range` counts; later ones may have it too.
    pub version: VersionId,
    /// The client's name.
    pub client: String,
    /// The payer.
    pub billing_account: String,
    /// The account that used it: id and name.
    pub account: Option<(String, Option<String>)>,
    /// Who provides it.
    pub provider: String,
    /// The service.
    pub service: String,
    /// The region.
    pub region: Option<String>,
    /// SKU or usage type.
    pub sku: String,
    /// What the source says in words.
    pub description: String,
    /// The resource: id and name.
    pub resource: Option<(String, Option<String>)>,
    /// Its tags.
    pub tags: TagSet,
    /// What it is for.
    pub category: ChargeCategory,
    /// Whether it corrects an invoiced period.
    pub class: ChargeClass,
    /// The exact quantity.
    pub quantity: String,
    /// Its unit.
    pub unit: String,
    /// The first and the last line it is made of.
    pub line_range: (u64, u64),
    /// How many lines it is made of.
    pub lines: u32,
    /// FOCUS BilledCost.
    pub billed: Money,
    /// FOCUS EffectiveCost.
    pub effective: Money,
    /// FOCUS ListCost.
    pub list: Money,
    /// FOCUS ContractedCost.
    pub contracted: Money,
    /// Who owns it.
    pub owner: Option<NamedOwner>,
    /// By which rule.
    pub rule: Option<RuleId>,
    /// The provider's invoice that it stands on.
    pub invoice: Option<String>,
}

/// How many charges a question is about, and what they add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeTotals {
    /// How many.
    pub rows: u64,
    /// Their sum, one a currency.
    pub amounts: Vec<Money>,
}

/// What [`charge`] reads, of charges `chosen` in versions whose charges stand for the most part on the
/// invoice `most`.
pub(crate) const COLUMNS: &str = "SELECT s.id, s.day, s.first_day, s.last_day, v.period, s.from_version, c.name, b.key,
    a.key, a.name, e.provider, e.name, g.key, k.key, k.description, r.key, r.name, t.tags, s.category,
    s.class, s.quantity, u.key, s.first_line, s.last_line, s.lines, s.currency, s.billed, s.effective,
    s.list, s.contracted, s.owner_id, s.rule_id,
    (SELECT p.key FROM provider_invoice p WHERE p.id = ifnull(s.invoice_id, most))";

/// Begins to choose charges, by their place and number.
pub(crate) const CHOSEN: &str = "FROM (SELECT s.stream AS its_stream, s.item_id AS its_item, s.id AS chosen, v.invoice_id AS most";

/// Ends choosing and joins what was chosen.
pub(crate) const OF_CHOSEN: &str = ") CROSS JOIN allocated_charge s ON s.stream = its_stream AND s.item_id = its_item AND s.id = chosen";

pub(crate) const TEXTS: &str = "JOIN period_version v ON v.id = s.from_version
    JOIN billing_account b ON b.id = v.billing_account_id
    JOIN client c ON c.id = b.client_id
    JOIN service e ON e.id = s.service_id
    JOIN sku k ON k.id = s.sku_id
    JOIN tag_set t ON t.id = s.tag_set_id
    JOIN unit u ON u.id = s.unit_id
    LEFT JOIN sub_account a ON a.id = s.sub_account_id
    LEFT JOIN region g ON g.id = s.region_id
    LEFT JOIN resource r ON r.id = s.resource_id";

impl Reads<'_> {
    /// One page of the charges of `days`.
    ///
    /// # Errors
    /// The file's.
    pub fn charges(
        &self,
        days: DayRange,
        metric: Metric,
        filter: &Filter,
        order: ChargeOrder,
        page: Page,
    ) -> Result<Vec<ChargeRow>, StoreError> {
        // The page is found on the charges alone; texts are joined to its rows only.
        let mut sql = Sql::new(COLUMNS);
        sql.push(CHOSEN).push(Grain::Charge.table());
        Grain::Charge.counted_in(&mut sql, days, filter);
        filter.narrow(&mut sql);
        let by = match (order, metric) {
            (ChargeOrder::Amount, Metric::Billed) => "ORDER BY s.billed DESC, s.id",
            (ChargeOrder::Amount, Metric::Effective) => "ORDER BY s.effective DESC, s.id",
            (ChargeOrder::Day, _) => "ORDER BY s.day, s.id",
        };
        sql.push(by)
            .bind("LIMIT ?", i64::try_from(page.limit).unwrap_or(i64::MAX))
            .bind("OFFSET ?", i64::try_from(page.offset).unwrap_or(i64::MAX))
            .push(OF_CHOSEN)
            .push(TEXTS)
            .push(by);
        let owners = self.owners()?;
        sql.rows(self.connection, |row| {
            let mut charge = charge(row)?;
            let owner = tallyport_ledger::OwnerId(row.get(30)?);
            charge.owner = owners.get(&owner).cloned();
            Ok(charge)
        })
    }

    /// How many charges [`Reads::charges`] lists over all pages, and their sums.
    ///
    /// # Errors
    /// The file's.
    pub fn charge_totals(
        &self,
        days: DayRange,
        metric: Metric,
        filter: &Filter,
    ) -> Result<ChargeTotals, StoreError> {
        if filter.versions.is_none() && owners_know(None, filter) {
            let mut sums: BTreeMap<Currency, (i64, i128)> = BTreeMap::new();
            self.each_owner_day(days, metric, filter, false, |of| {
                let (rows, nanos) = sums.entry(of.currency).or_default();
                *rows += of.charges;
                *nanos += of.nanos;
                Ok(())
            })?;
            let sums = sums.into_iter();
            return Ok(totals(sums.map(|(currency, (rows, nanos))| {
                (rows, Money::from_nanos(nanos, currency))
            })));
        }
        let grain = if filter.versions.is_some() {
            Grain::Charge
        } else {
            Grain::of(days, filter, None, false)
        };
        let mut sql = Sql::new("SELECT s.currency,");
        sql.push(grain.count())
            .push(grain.sums(metric))
            .push(grain.table());
        grain.counted_in(&mut sql, days, filter);
        filter.narrow(&mut sql);
        sql.push("GROUP BY s.currency ORDER BY s.currency");
        let sums = sql.rows(self.connection, |row| {
            let code: String = row.get(0)?;
            let money = Money::from_nanos(nanos_at(row, 2)?, currency_of(&code)?);
            Ok::<_, StoreError>((row.get(1)?, money))
        })?;
        Ok(totals(sums.into_iter()))
    }
}

/// How many charges there are in all currencies, and what they cost in each.
fn totals(sums: impl Iterator<Item = (i64, Money)>) -> ChargeTotals {
    let (rows, amounts): (Vec<i64>, _) = sums.unzip();
    ChargeTotals {
        rows: u64::try_from(rows.iter().sum::<i64>()).unwrap_or(0),
        amounts,
    }
}

pub(crate) fn charge(row: &Row<'_>) -> Result<ChargeRow, StoreError> {
    let day = |at| -> Result<Option<Date>, StoreError> {
        row.get::<_, Option<i64>>(at)?.map(day_of).transpose()
    };
    let named = |at| -> Result<Option<(String, Option<String>)>, StoreError> {
        Ok(match row.get::<_, Option<String>>(at)? {
            Some(key) => Some((key, row.get(at + 1)?)),
            None => None,
        })
    };
    let code: String = row.get(25)?;
    let currency: Currency = currency_of(&code)?;
    let money = |at| -> Result<Money, StoreError> {
        let nanos: i64 = row.get(at)?;
        Ok(Money::from_nanos(i128::from(nanos), currency))
    };
    let line = |at| -> Result<u64, StoreError> {
        let number: i64 = row.get(at)?;
        Ok(u64::try_from(number).unwrap_or(0))
    };
    Ok(ChargeRow {
        id: ChargeId(row.get(0)?),
        day: day(1)?.ok_or_else(|| StoreError::unreadable("a day"))?,
        first_day: day(2)?,
        last_day: day(3)?,
        period: period_of(row.get(4)?)?,
        version: VersionId(row.get(5)?),
        client: row.get(6)?,
        billing_account: row.get(7)?,
        account: named(8)?,
        provider: row.get(10)?,
        service: row.get(11)?,
        region: row.get(12)?,
        sku: row.get(13)?,
        description: row.get(14)?,
        resource: named(15)?,
        tags: tags_of(&row.get::<_, String>(17)?)?,
        category: ChargeCategory::from_number(row.get(18)?)
            .ok_or_else(|| StoreError::unreadable("a charge category"))?,
        class: ChargeClass::from_number(row.get(19)?)
            .ok_or_else(|| StoreError::unreadable("a charge class"))?,
        quantity: quantity(row, 20)?,
        unit: row.get(21)?,
        line_range: (line(22)?, line(23)?),
        lines: u32::try_from(line(24)?).unwrap_or(u32::MAX),
        billed: money(26)?,
        effective: money(27)?,
        list: money(28)?,
        contracted: money(29)?,
        owner: None,
        rule: row.get::<_, Option<i64>>(31)?.map(RuleId),
        invoice: row.get(32)?,
    })
}

/// A quantity as a decimal text; stored as nano-units where that is exact.
fn quantity(row: &Row<'_>, at: usize) -> Result<String, StoreError> {
    let unreadable = |_| StoreError::unreadable("a quantity");
    match row.get(at)? {
        Value::Integer(nanos) => Ok(Exact::from_nanos(i128::from(nanos))
            .map_err(unreadable)?
            .to_string()),
        Value::Text(text) => Ok(text),
        _ => Err(StoreError::unreadable("a quantity")),
    }
}

/// The tag set of a stored text.
pub(crate) fn tags_of(text: &str) -> Result<TagSet, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::unreadable("a tag set"))
}
