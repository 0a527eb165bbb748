//! How budgets stand.

use std::collections::HashMap;

use jiff::civil::Date;
use tallyport_ledger::budget::{
    BudgetId, BudgetPeriod, BudgetState, Measure, Standing, used_per_mille,
};
use tallyport_ledger::{BillingPeriod, DayRange, Money};
use tallyport_store::{Budget, KeptForecast, Reads, Spent, SpentAsk};

use crate::WorkspaceError;
use crate::evaluate::NO_METHOD;
use crate::forecast::Band;

/// How a budget stands in one of its periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// The period.
    pub span: DayRange,
    /// How much may be spent in it.
    pub limit: Money,
    /// How much of what counts is spent.
    pub actual: Money,
    /// The same with credits and tax.
    pub with_credits_and_tax: Money,
    /// How many per mille of the limit that is; `None` where the limit is nothing.
    pub used_per_mille: Option<i128>,
    /// What the period is expected to come to; only for the running one.
    pub forecast: Option<BudgetForecast>,
    /// In a word.
    pub state: BudgetState,
    /// Whether a bill in it is an estimate.
    pub estimated: bool,
    /// Whether something in it lies in quarantine: nothing is told of that.
    pub quarantined: bool,
}

/// What a period is expected to come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetForecast {
    /// By which method.
    pub method: String,
    /// What it is expected to come to, and how sure that is.
    pub band: Band,
    /// How likely it is, per mille, that it ends above the limit.
    pub chance: u16,
}

impl BudgetForecast {
    fn of(kept: &KeptForecast) -> Option<Self> {
        (kept.method != NO_METHOD).then(|| Self {
            method: kept.method.clone(),
            band: Band {
                expected: kept.expected,
                low80: kept.band80.0,
                high80: kept.band80.1,
                low95: kept.band95.0,
                high95: kept.band95.1,
            },
            chance: kept.chance,
        })
    }
}

/// What is known of all budgets, to say how one stands.
pub(super) struct Known {
    counted: HashMap<BillingPeriod, bool>,
    forecasts: HashMap<BudgetId, KeptForecast>,
    today: Date,
}

impl Known {
    pub fn of(r: &Reads<'_>, today: Date) -> Result<Self, WorkspaceError> {
        Ok(Self {
            counted: r.counted_months()?,
            forecasts: r.budget_forecasts()?,
            today,
        })
    }

    /// How `budget` stands in `span`, where `spent` was spent.
    pub fn stand(
        &self,
        budget: &Budget,
        span: DayRange,
        spent: &Spent,
    ) -> Result<Stand, WorkspaceError> {
        let limit = budget.limit.of(budget.period, span)?;
        let all = spent.all();
        let actual = all.counted(&budget.counting);
        let runs = span.contains(self.today);
        let kept = self.forecasts.get(&budget.id);
        let forecast = kept
            .filter(|kept| runs && kept.from == span.from())
            .and_then(BudgetForecast::of);
        let months = span.months().filter_map(|day| BillingPeriod::of(day).ok());
        let estimates: Vec<bool> = months
            .filter_map(|month| self.counted.get(&month).copied())
            .collect();
        let used = used_per_mille(actual, limit)?;
        let mut reached = false;
        for threshold in &budget.thresholds {
            reached |= threshold.on == Measure::Actual
                && threshold.at.standing(actual, limit)? == Standing::Reached;
        }
        let heading_over = forecast
            .as_ref()
            .is_some_and(|forecast| forecast.band.expected.nanos() > limit.nanos());
        // A period in which nothing may be spent is over with the first cent.
        let weighed = used.or((actual.nanos() > 0).then_some(1_000));
        Ok(Stand {
            span,
            limit,
            actual,
            with_credits_and_tax: all.everything(&budget.counting),
            used_per_mille: used,
            forecast,
            state: if estimates.is_empty() {
                BudgetState::NoData
            } else {
                BudgetState::of(weighed, reached, heading_over)
            },
            estimated: estimates.contains(&true),
            quarantined: spent.quarantined.is_some(),
        })
    }
}

/// The day that says which period is meant: of a month that runs, the last known day; of another, its last.
fn day_of(
    period: BudgetPeriod,
    month: Option<BillingPeriod>,
    last_counted: Option<Date>,
    today: Date,
) -> Date {
    let (first, last) = match month {
        Some(month) => (month.first_day(), month.last_day()),
        None => (today.first_of_month(), today),
    };
    match (period, last_counted) {
        (BudgetPeriod::Day, Some(known)) => known.clamp(first, last),
        _ => last,
    }
}

/// Budgets with how they stand.
pub(super) type Standings = Vec<(Budget, Stand)>;

/// How budgets stand, in the order in which they come; and the last day that is known.
pub(super) fn standing(
    r: &Reads<'_>,
    budgets: Vec<Budget>,
    month: Option<BillingPeriod>,
    today: Date,
) -> Result<(Option<Date>, Standings), WorkspaceError> {
    let as_of_day = r.last_counted_day()?;
    let known = Known::of(r, today)?;
    let asks: Vec<SpentAsk> = budgets
        .iter()
        .map(|budget| SpentAsk {
            scope: budget.scope_id,
            currency: budget.counting.currency,
            span: budget
                .period
                .of(day_of(budget.period, month, as_of_day, today)),
        })
        .collect();
    let spent = r.spent(&asks)?;
    let mut standing = Vec::with_capacity(budgets.len());
    for ((budget, ask), spent) in budgets.into_iter().zip(&asks).zip(&spent) {
        let stand = known.stand(&budget, ask.span, spent)?;
        standing.push((budget, stand));
    }
    Ok((as_of_day, standing))
}
