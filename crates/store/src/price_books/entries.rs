//! Entries as rows: one table for every kind, and one for the steps of tiers.

use rusqlite::{Row, params};
use tallyport_ledger::pricing::{
    Entry, Grant, Markup, PriceRule, PriceScope, ServicePattern, Tier, UsageUnit,
};
use tallyport_ledger::{Currency, Money, MoneyError, OwnerId, Validity};

use super::{PriceBookId, unreadable};
use crate::number::{day_number, day_of};
use crate::{Reads, StoreError, Writes};

impl Reads<'_> {
    pub(super) fn price_entries(
        &self,
        id: PriceBookId,
        version: u32,
        currency: Option<Currency>,
    ) -> Result<Vec<Entry>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT e.ordinal, e.kind, e.owner_id, o.kind, e.service, e.from_day, e.to_day, e.percent,
                    e.amount, e.label, e.day, e.unit, e.granted, e.rolls_over
             FROM price_entry e LEFT JOIN owner o ON o.id = e.owner_id
             WHERE e.book_id = ?1 AND e.version = ?2 ORDER BY e.ordinal",
        )?;
        let mut rows = query.query((id.0, version))?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let day = |at| row.get::<_, Option<i64>>(at)?.map(day_of).transpose();
            let service: Option<String> = row.get(4)?;
            let service = service.map(|text| ServicePattern::parse(&text));
            let rule = match row.get(1)? {
                2 => PriceRule::Tiers(self.price_tiers((id, version, row.get(0)?), currency)?),
                kind => rule_at(row, kind, currency)?,
            };
            entries.push(Entry {
                scope: scope_at(row)?,
                service: service.transpose().map_err(|_| unreadable())?,
                validity: Validity::new(day(5)?, day(6)?).map_err(|_| unreadable())?,
                rule,
            });
        }
        Ok(entries)
    }

    fn price_tiers(
        &self,
        (id, version, ordinal): (PriceBookId, u32, i64),
        currency: Option<Currency>,
    ) -> Result<Vec<Tier>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT up_to, percent FROM price_tier
             WHERE book_id = ?1 AND version = ?2 AND ordinal = ?3 ORDER BY step",
        )?;
        let mut rows = query.query((id.0, version, ordinal))?;
        let mut tiers = Vec::new();
        while let Some(row) = rows.next()? {
            tiers.push(Tier {
                up_to: match row.get(0)? {
                    None => None,
                    Some(nanos) => Some(money(nanos, currency)?),
                },
                markup: markup(row.get(1)?)?,
            });
        }
        Ok(tiers)
    }
}

impl Writes<'_> {
    pub(super) fn keep_price_entry(
        &mut self,
        (id, version, ordinal): (PriceBookId, u32, i64),
        entry: &Entry,
    ) -> Result<(), StoreError> {
        let columns = Columns::of(&entry.rule)?;
        self.connection
            .prepare_cached(
                "INSERT INTO price_entry (book_id, version, ordinal, owner_id, service, from_day, to_day, kind,
                     percent, amount, label, day, unit, granted, rolls_over)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?
            .execute(params![
                id.0,
                version,
                ordinal,
                entry.scope.owner().map(|owner| owner.0),
                entry.service.as_ref().map(ServicePattern::text),
                entry.validity.from().map(day_number),
                entry.validity.to().map(day_number),
                columns.kind,
                columns.percent,
                columns.amount,
                columns.label,
                columns.day,
                columns.unit,
                columns.granted,
                columns.rolls_over,
            ])?;
        let PriceRule::Tiers(tiers) = &entry.rule else {
            return Ok(());
        };
        let mut add = self.connection.prepare_cached(
            "INSERT INTO price_tier (book_id, version, ordinal, step, up_to, percent)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for (step, tier) in (1_i64..).zip(tiers) {
            let up_to = tier.up_to.map(stored).transpose()?;
            let percent = tier.markup.parts_per_million();
            add.execute((id.0, version, ordinal, step, up_to, percent))?;
        }
        Ok(())
    }
}

/// What a rule puts into which column.
#[derive(Default)]
struct Columns<'a> {
    kind: i64,
    percent: Option<i32>,
    amount: Option<i64>,
    label: Option<&'a str>,
    day: Option<i64>,
    unit: Option<i64>,
    granted: Option<i64>,
    rolls_over: Option<bool>,
}

impl<'a> Columns<'a> {
    fn of(rule: &'a PriceRule) -> Result<Self, StoreError> {
        let none = Self::default();
        Ok(match rule {
            PriceRule::Markup(markup) => Self {
                kind: 1,
                percent: Some(markup.parts_per_million()),
                ..none
            },
            PriceRule::Tiers(_) => Self { kind: 2, ..none },
            PriceRule::Minimum(least) => Self {
                kind: 3,
                amount: Some(stored(*least)?),
                ..none
            },
            PriceRule::Fee { label, amount } => Self {
                kind: 4,
                amount: Some(stored(*amount)?),
                label: Some(label),
                ..none
            },
            PriceRule::OneOff { day, label, amount } => Self {
                kind: 5,
                amount: Some(stored(*amount)?),
                label: Some(label),
                day: Some(day_number(*day)),
                ..none
            },
            PriceRule::Credit {
                label,
                amount,
                grant,
                rolls_over,
            } => Self {
                kind: 6,
                amount: Some(stored(*amount)?),
                label: Some(label),
                granted: Some(grant.number()),
                rolls_over: Some(*rolls_over),
                ..none
            },
            PriceRule::Usage { unit, per } => Self {
                kind: 7,
                amount: Some(stored(*per)?),
                unit: Some(unit.number()),
                ..none
            },
        })
    }
}

fn rule_at(row: &Row<'_>, kind: i64, currency: Option<Currency>) -> Result<PriceRule, StoreError> {
    let amount = || money(row.get(8)?, currency);
    let label = || row.get::<_, String>(9);
    Ok(match kind {
        1 => PriceRule::Markup(markup(row.get(7)?)?),
        3 => PriceRule::Minimum(amount()?),
        4 => PriceRule::Fee {
            label: label()?,
            amount: amount()?,
        },
        5 => PriceRule::OneOff {
            day: day_of(row.get(10)?)?,
            label: label()?,
            amount: amount()?,
        },
        6 => PriceRule::Credit {
            label: label()?,
            amount: amount()?,
            grant: Grant::from_number(row.get(12)?).ok_or_else(unreadable)?,
            rolls_over: row.get(13)?,
        },
        7 => PriceRule::Usage {
            unit: UsageUnit::from_number(row.get(11)?).ok_or_else(unreadable)?,
            per: amount()?,
        },
        _ => return Err(unreadable()),
    })
}

fn scope_at(row: &Row<'_>) -> Result<PriceScope, StoreError> {
    let Some(id) = row.get::<_, Option<i64>>(2)?.map(OwnerId) else {
        return Ok(PriceScope::All);
    };
    match row.get(3)? {
        1 => Ok(PriceScope::Person(id)),
        2 => Ok(PriceScope::Team(id)),
        3 => Ok(PriceScope::Client(id)),
        4 => Ok(PriceScope::Tenant(id)),
        _ => Err(unreadable()),
    }
}

fn markup(parts: i32) -> Result<Markup, StoreError> {
    Markup::from_parts_per_million(parts).map_err(|_| unreadable())
}

fn money(nanos: i64, currency: Option<Currency>) -> Result<Money, StoreError> {
    let currency = currency.ok_or_else(unreadable)?;
    Ok(Money::from_nanos(i128::from(nanos), currency))
}

fn stored(amount: Money) -> Result<i64, StoreError> {
    i64::try_from(amount.nanos()).map_err(|_| StoreError::Money(MoneyError::TooLarge))
}
