//! What a budget's period is expected to come to: what is spent, and what the days that are left may cost.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan;
use jiff::civil::Date;
use tallyport_insight::{
    Band, Forecast, PerMille, Scheduled, ScheduledKind, Series, Trial, recurring,
};
use tallyport_ledger::budget::Counting;
use tallyport_ledger::{BillingPeriod, ChargeCategory, DayRange, Money, MoneyError};
use tallyport_store::Parts;

use crate::WorkspaceError;

/// How far a forecast looks back: two years, so that what comes once a year is seen twice.
const DAYS_BACK: i32 = 760;

/// What a scope was charged day by day, as a forecast takes it.
pub(crate) struct History {
    /// Usage.
    usage: Series,
    /// What counts besides: purchases, adjustments, and credits and tax where asked for.
    besides: Vec<Scheduled>,
}

/// What is expected.
#[derive(Debug, Clone)]
pub(crate) struct Ahead {
    forecast: Forecast,
    /// What is spent on days that are known in full.
    spent: BTreeMap<Date, Money>,
    last_known: Date,
}

/// The days that a forecast made on `today` looks back on.
pub(crate) fn window(today: Date) -> DayRange {
    let from = today.checked_sub(DAYS_BACK.days()).unwrap_or(today);
    DayRange::new(from, today).unwrap_or(DayRange::day(today))
}

/// The history of a scope from its charges by day; `None` where there is nothing that could be gone by.
/// Months that are not loaded and days in quarantine are not known; other days without charges cost nothing.
pub(crate) fn history_of(
    daily: &BTreeMap<Date, Option<Parts>>,
    counting: &Counting,
    counted: &HashMap<BillingPeriod, bool>,
    last_counted: Date,
    today: Date,
) -> Result<Option<History>, WorkspaceError> {
    let Some((first, _)) = daily.first_key_value() else {
        return Ok(None);
    };
    let (mut amounts, mut besides) = (Vec::new(), Vec::new());
    let mut day = *first;
    while day <= last_counted {
        let known = BillingPeriod::of(day).is_ok_and(|month| counted.contains_key(&month));
        let zero = Money::zero(counting.currency);
        amounts.push(match daily.get(&day) {
            Some(None) => None,
            None => known.then_some(zero),
            Some(Some(parts)) => {
                besides.extend(besides_usage(day, parts, counting));
                Some(parts.category(ChargeCategory::Usage, counting))
            }
        });
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    let series = Series::with_gaps(*first, counting.currency, amounts)
        .map_err(|error| WorkspaceError::Fault(error.to_string()))?;
    Ok(series
        .settled(today)
        .map(|usage| History { usage, besides }))
}

fn besides_usage(day: Date, parts: &Parts, counting: &Counting) -> Vec<Scheduled> {
    let kinds = [
        (ChargeCategory::Purchase, ScheduledKind::Purchase, true),
        (ChargeCategory::Adjustment, ScheduledKind::Adjustment, true),
        (
            ChargeCategory::Credit,
            ScheduledKind::Credit,
            counting.credits,
        ),
        (ChargeCategory::Tax, ScheduledKind::Tax, counting.tax),
    ];
    let mut found = Vec::new();
    for (category, kind, counts) in kinds {
        let amount = parts.category(category, counting);
        if counts && !amount.is_zero() {
            found.push(Scheduled { day, amount, kind });
        }
    }
    found
}

impl History {
    /// The costly part of a forecast: which method is right for this history.
    pub fn try_methods(&self) -> Trial {
        tallyport_insight::try_methods(&self.usage)
    }
}

/// What is expected until `last_day`, by the method that won a trial.
pub(crate) fn ahead(history: &History, trial: &Trial, last_day: Date) -> Ahead {
    let usage = &history.usage;
    let last_known = usage.last_day();
    let forecast = trial.forecast(usage, last_day);
    let past: Vec<Scheduled> = history
        .besides
        .iter()
        .copied()
        .filter(|event| event.day <= last_known)
        .collect();
    let coming = recurring(&past, usage, &forecast, last_day);
    let mut spent: BTreeMap<Date, Money> = BTreeMap::new();
    let usage_days = usage.amounts().iter().enumerate();
    let usage_days = usage_days.filter_map(|(at, amount)| amount.map(|a| (usage.day(at), a)));
    for (day, amount) in usage_days.chain(past.iter().map(|event| (event.day, event.amount))) {
        let sum = spent
            .entry(day)
            .or_insert_with(|| Money::zero(usage.currency()));
        *sum = sum.plus(amount).unwrap_or(*sum);
    }
    Ahead {
        forecast: forecast.with(&coming),
        spent,
        last_known,
    }
}

impl Ahead {
    /// The method's word.
    pub fn method(&self) -> &'static str {
        self.forecast.method.word()
    }

    /// The last day that is known.
    pub const fn last_known(&self) -> Date {
        self.last_known
    }

    /// What `span` comes to, and how likely it is that that is more than `limit`. `None` where no method
    /// could be found.
    pub fn of(&self, span: DayRange, limit: Money) -> Result<Option<(Band, PerMille)>, MoneyError> {
        let mut spent = Money::zero(limit.currency());
        for amount in self.spent.range(span.from()..=span.to()) {
            spent = spent.plus(*amount.1)?;
        }
        let left = limit.minus(spent)?;
        let (Some(band), Some(chance)) = (
            self.forecast.total(span.from(), span.to()),
            self.forecast
                .chance_of_exceeding(span.from(), span.to(), left),
        ) else {
            return Ok(None);
        };
        let moved = |amount: Money| amount.plus(spent);
        Ok(Some((
            Band {
                expected: moved(band.expected)?,
                low80: moved(band.low80)?,
                high80: moved(band.high80)?,
                low95: moved(band.low95)?,
                high95: moved(band.high95)?,
            },
            chance,
        )))
    }
}
