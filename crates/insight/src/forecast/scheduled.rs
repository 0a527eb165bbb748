//! Charges that come by the calendar or with the usage and not by habit: tax, support, fees, credits. They
//! are kept out of the series and added to its forecast.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use tallyport_ledger::{BillingPeriod, DayRange, Money};

use super::Forecast;
use crate::border::{money, units};
use crate::series::{Series, days_between};
use crate::statistics::{mean, median};

/// What kind of charge an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ScheduledKind {
    /// Tax: a share of what the month's usage costs.
    Tax,
    /// Something bought: support, an upfront or a recurring fee.
    Purchase,
    /// A credit, mostly negative.
    Credit,
    /// A refund or another correction: never expected again.
    Adjustment,
}

/// A charge on a day: of the past, or expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheduled {
    /// The day.
    pub day: Date,
    /// What it costs.
    pub amount: Money,
    /// Its kind.
    pub kind: ScheduledKind,
}

/// Months that an event must have come in, one after another.
const MONTHS: usize = 3;
/// Its amounts may differ by so much from their middle.
const ALIKE: f64 = 0.25;
/// Days of the last four weeks that a daily credit must have come on.
const DAILY: usize = 20;

/// Which events of the past come again until `last_day`, on days that `usage` is forecast for:
///
/// - tax as its share of the usage in the last months: on the first of a month, and for the running month,
///   whose first is past, day by day; without usage as much as in the months before;
/// - purchases and credits that came on the same day of each of the last three months, or of the last two
///   years, with about the same amount;
/// - credits that come day by day;
/// - adjustments never.
#[must_use]
pub fn recurring(
    past: &[Scheduled],
    usage: &Series,
    forecast: &Forecast,
    last_day: Date,
) -> Vec<Scheduled> {
    let currency = usage.currency();
    let after = usage.last_day();
    let tax: Vec<&Scheduled> = past
        .iter()
        .filter(|event| event.kind == ScheduledKind::Tax)
        .collect();
    let taxes = taxes(&tax, usage, forecast).or_else(|| taxes_alone(&tax, usage, last_day));
    let mut expected = taxes.unwrap_or_default();
    for kind in [ScheduledKind::Purchase, ScheduledKind::Credit] {
        let mut by_day: BTreeMap<Date, f64> = BTreeMap::new();
        for event in past.iter().filter(|event| event.kind == kind) {
            *by_day.entry(event.day).or_default() += units(event.amount);
        }
        let lately: Vec<f64> = by_day
            .iter()
            .filter(|(day, _)| (0..28).contains(&days_between(**day, after)))
            .map(|(_, amount)| *amount)
            .collect();
        let daily = kind == ScheduledKind::Credit && lately.len() >= DAILY;
        for day in after
            .series(1.day())
            .skip(1)
            .take_while(|day| *day <= last_day)
        {
            let amount = if daily {
                Some(mean(&lately))
            } else {
                monthly(&by_day, day, after).or_else(|| yearly(&by_day, day))
            };
            expected.extend(amount.map(|amount| Scheduled {
                day,
                amount: money(amount, currency),
                kind,
            }));
        }
    }
    expected.retain(|event| event.day <= last_day && !event.amount.is_zero());
    expected.sort_by_key(|event| (event.day, event.kind));
    expected
}

/// What came on this day of each of the last months that are known.
fn monthly(by_day: &BTreeMap<Date, f64>, day: Date, after: Date) -> Option<f64> {
    let mut amounts = Vec::new();
    let mut back = 1;
    while amounts.len() < MONTHS {
        let then = day.checked_sub(back.months()).ok()?;
        back += 1;
        if then <= after {
            amounts.push(*by_day.get(&then)?);
        }
    }
    alike(amounts)
}

/// What came on this day of each of the last two years.
fn yearly(by_day: &BTreeMap<Date, f64>, day: Date) -> Option<f64> {
    let then = |years: i32| {
        let day = day.checked_sub(years.years()).ok()?;
        by_day.get(&day).copied()
    };
    alike(vec![then(1)?, then(2)?])
}

/// Their middle, if all lie near it.
fn alike(amounts: Vec<f64>) -> Option<f64> {
    let middle = median(&mut amounts.clone());
    let near = |amount: &f64| (amount - middle).abs() <= ALIKE * middle.abs();
    amounts.iter().all(near).then_some(middle)
}

/// `None` if there is no usage that tax could be a share of.
fn taxes(tax: &[&Scheduled], usage: &Series, forecast: &Forecast) -> Option<Vec<Scheduled>> {
    let share = tax_share(tax, usage)?;
    let currency = usage.currency();
    let mut expected = Vec::new();
    let running = BillingPeriod::of(usage.last_day()).ok()?;
    let (spent, taxed) = of_month(tax, usage, running);
    // The running month: what is still missing, spread as the usage to come is.
    let rest = sum_within(forecast, running.days());
    let missing = (share * (spent + rest) - taxed).max(0.0);
    let each = if rest > 0.0 { missing / rest } else { 0.0 };
    for day in &forecast.days {
        let amount = if running.days().contains(day.day) {
            units(day.band.expected) * each
        } else if day.day.day() == 1 {
            let Ok(month) = BillingPeriod::of(day.day) else {
                continue;
            };
            share * sum_within(forecast, month.days())
        } else {
            continue;
        };
        expected.push(Scheduled {
            day: day.day,
            amount: money(amount, currency),
            kind: ScheduledKind::Tax,
        });
    }
    Some(expected)
}

/// A row of nothing but tax: as much as in the last whole months, what the running one still lacks on the next
/// day.
fn taxes_alone(tax: &[&Scheduled], usage: &Series, last_day: Date) -> Option<Vec<Scheduled>> {
    let running = BillingPeriod::of(usage.last_day()).ok()?;
    let (mut amounts, mut month) = (Vec::new(), running);
    while amounts.len() < MONTHS {
        month = month.previous().ok()?;
        amounts.push(of_month(tax, usage, month).1);
    }
    let usual = alike(amounts)?;
    let missing = usual - of_month(tax, usage, running).1;
    let next = usage.last_day().tomorrow().ok()?;
    let mut expected = Vec::new();
    let mut add = |day, amount| {
        expected.push(Scheduled {
            day,
            amount: money(amount, usage.currency()),
            kind: ScheduledKind::Tax,
        });
    };
    if running.days().contains(next) && missing * usual.signum() > 0.0 {
        add(next, missing);
    }
    let mut month = running.next().ok()?;
    while month.first_day() <= last_day {
        add(month.first_day(), usual);
        month = month.next().ok()?;
    }
    Some(expected)
}

/// Tax as a share of usage: the middle of the last three whole months that had both.
fn tax_share(tax: &[&Scheduled], usage: &Series) -> Option<f64> {
    let mut shares = Vec::new();
    let mut month = BillingPeriod::of(usage.last_day()).ok()?;
    if usage.last_day() != month.last_day() {
        month = month.previous().ok()?;
    }
    while shares.len() < MONTHS && month.first_day() >= usage.first_day() {
        let (spent, taxed) = of_month(tax, usage, month);
        if spent > 0.0 {
            shares.push(taxed / spent);
        }
        month = month.previous().ok()?;
    }
    (!shares.is_empty()).then(|| median(&mut shares))
}

/// Usage and tax of a month.
fn of_month(tax: &[&Scheduled], usage: &Series, month: BillingPeriod) -> (f64, f64) {
    let days = month.days();
    let spent = month.first_day().series(1.day());
    let spent = spent
        .take_while(|day| *day <= days.to())
        .filter_map(|day| usage.on(day));
    let taxed = tax.iter().filter(|event| days.contains(event.day));
    (
        spent.map(units).sum(),
        taxed.map(|event| units(event.amount)).sum(),
    )
}

fn sum_within(forecast: &Forecast, days: DayRange) -> f64 {
    let within = forecast.days.iter();
    let within = within.filter(|day| days.contains(day.day));
    within.map(|day| units(day.band.expected)).sum()
}
