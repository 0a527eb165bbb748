//! Forecasts of budgets: too costly to be made in a load, so made in slices of time, those first that
//! somebody wants to be told of.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use tallyport_insight::Trial;
use tallyport_ledger::alert::AlertId;
use tallyport_ledger::budget::{BudgetId, Measure};
use tallyport_ledger::{Currency, DayRange, Metric, Money};
use tallyport_store::{Budget, KeptForecast, Reads, ScopeId, Writes};

use super::ahead::{Ahead, History, ahead, history_of, window};
use super::words::figure;
use super::{Held, Look, Raising, known, post};
use crate::{Context, WorkspaceError};

/// What renewing forecasts did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forecasted {
    /// How many were made.
    pub made: usize,
    /// How many are left for next time.
    pub left: usize,
    /// Alerts raised.
    pub raised: Vec<AlertId>,
    /// Alerts cleared.
    pub cleared: Vec<AlertId>,
}

/// What a series of a forecast is of.
type SeriesKey = (ScopeId, Currency, Metric, bool, bool);

/// Methods that won, by series, with the day of the trial: a trial is the costly part of a forecast, and
/// holds for some days.
#[derive(Clone, Default)]
pub struct Trials(Arc<Mutex<HashMap<SeriesKey, (Date, Trial)>>>);

/// Budgets whose forecasts are made at a time.
const BATCH: usize = 64;
/// Days for which a trial holds.
const TRIAL_HOLDS: i32 = 7;

/// Renews forecasts of budgets until none is stale or the time is up; holds thresholds on forecasts against
/// them.
///
/// # Errors
/// The workspace file's.
pub async fn forecasts(cx: &Context, slice: SignedDuration) -> Result<Forecasted, WorkspaceError> {
    let today = cx.today();
    let until = cx.now().saturating_add(slice).unwrap_or(cx.now());
    let mut done = Forecasted::default();
    let mut seen: HashSet<BudgetId> = HashSet::new();
    loop {
        let seen_before = seen.clone();
        let (batch, left) = cx
            .store
            .read(move |r| batch(r, today, &seen_before))
            .await?;
        done.left = left;
        if batch.is_empty() {
            return Ok(done);
        }
        seen.extend(batch.iter().map(|(budget, _)| budget.id));
        let trials = cx.trials.clone();
        let made = tokio::task::spawn_blocking(move || {
            let mut made = Vec::new();
            for (budget, history) in batch {
                let expected = history.map(|history| of_budget(&trials, &budget, &history, today));
                made.push((budget, expected));
            }
            made
        });
        let made = made
            .await
            .map_err(|error| WorkspaceError::Fault(error.to_string()))?;
        let now = cx.now();
        let kept = cx.store.write(move |w| keep(w, made, today, now)).await?;
        done.made += kept.made;
        done.raised.extend(kept.raised);
        done.cleared.extend(kept.cleared);
        if cx.now() >= until && done.left > 0 {
            return Ok(done);
        }
    }
}

type Batch = Vec<(Budget, Option<History>)>;

/// The next budgets whose forecast is missing, stale or of another period, with their histories, and how many
/// are left after them.
fn batch(
    r: &Reads<'_>,
    today: Date,
    seen: &HashSet<BudgetId>,
) -> Result<(Batch, usize), WorkspaceError> {
    let Some(last_counted) = r.last_counted_day()? else {
        return Ok((Vec::new(), 0));
    };
    let known = r.budget_forecasts()?;
    let is_stale = |budget: &Budget| {
        let from = budget.period.of(today).from();
        !seen.contains(&budget.id)
            && known
                .get(&budget.id)
                .is_none_or(|kept| kept.stale || kept.from != from)
    };
    let told = |budget: &Budget| {
        let mut thresholds = budget.thresholds.iter();
        !thresholds.any(|threshold| threshold.on == Measure::Forecast)
    };
    let mut stale: Vec<Budget> = r.budgets(false)?.into_iter().filter(is_stale).collect();
    stale.sort_by_key(|budget| (told(budget), budget.id));
    let left = stale.len().saturating_sub(BATCH);
    stale.truncate(BATCH);
    let scopes: Vec<ScopeId> = stale.iter().map(|budget| budget.scope_id).collect();
    let daily = r.daily_parts(&scopes, window(today))?;
    let counted = r.counted_months()?;
    let nothing = BTreeMap::new();
    let mut batch = Vec::new();
    for budget in stale {
        let days = daily
            .get(&(budget.scope_id, budget.counting.currency))
            .unwrap_or(&nothing);
        let history = history_of(days, &budget.counting, &counted, last_counted, today)?;
        batch.push((budget, history));
    }
    Ok((batch, left))
}

const fn series_key(budget: &Budget) -> SeriesKey {
    let counting = &budget.counting;
    (
        budget.scope_id,
        counting.currency,
        counting.metric,
        counting.credits,
        counting.tax,
    )
}

/// The forecast of a budget's running period.
fn of_budget(trials: &Trials, budget: &Budget, history: &History, today: Date) -> Ahead {
    let trial = trials.of(budget, history, today);
    ahead(history, &trial, budget.period.of(today).to())
}

impl Trials {
    /// The method for a budget's series: one that won within the last days, or the winner of a new trial.
    pub(crate) fn of(&self, budget: &Budget, history: &History, today: Date) -> Trial {
        let key = series_key(budget);
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((on, trial)) = known.get(&key) {
            let days = on.until(today).map_or(i32::MAX, |span| span.get_days());
            if (0..TRIAL_HOLDS).contains(&days) {
                return trial.clone();
            }
        }
        drop(known);
        let trial = history.try_methods();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(key, (today, trial.clone()));
        trial
    }
}

fn keep(
    w: &mut Writes<'_>,
    made: Vec<(Budget, Option<Ahead>)>,
    today: Date,
    now: Timestamp,
) -> Result<Forecasted, WorkspaceError> {
    let mut raising = Raising::default();
    let mut looks = Vec::new();
    let mut kept = Vec::new();
    for (budget, ahead) in &made {
        let span = budget.period.of(today);
        let limit = budget.limit.of(budget.period, span)?;
        // Another change may have come in between: it is evaluated with what it says then.
        let current = w.budget(budget.id)?;
        if current.archived || current.terms != budget.terms {
            continue;
        }
        let forecast = forecast(ahead.as_ref(), span, limit, today)?;
        w.keep_budget_forecast(budget.id, &forecast)?;
        looks.push(Look {
            budget,
            span,
            limit,
        });
        kept.push(forecast);
    }
    let known = known(w, &looks)?;
    for (look, forecast) in looks.iter().zip(&kept) {
        if forecast.method == NO_METHOD || is_over(look.span, today) {
            continue;
        }
        let more = format!(
            "It ends between {} and {} in 80 of 100 cases, and above the budget in {} of 100.",
            figure(forecast.band80.0),
            figure(forecast.band80.1),
            forecast.chance / 10
        );
        let thresholds = look.budget.thresholds.iter().copied();
        for threshold in thresholds.filter(|threshold| threshold.on == Measure::Forecast) {
            let held = Held {
                threshold,
                amount: forecast.expected,
                may_clear: true,
                more: Some(more.clone()),
            };
            raising.hold(w, look, &held, &known, now)?;
        }
    }
    let budgets: Vec<Budget> = made.iter().map(|(budget, _)| budget.clone()).collect();
    post(w, &budgets, &raising.told, now)?;
    Ok(Forecasted {
        made: looks.len(),
        left: 0,
        raised: raising.done.raised,
        cleared: raising.done.cleared,
    })
}

/// Whether nothing of a period is left to be expected.
fn is_over(span: DayRange, today: Date) -> bool {
    span.to() < today
}

/// What is kept where there is too little to go by.
pub(crate) const NO_METHOD: &str = "none";

fn forecast(
    ahead: Option<&Ahead>,
    span: DayRange,
    limit: Money,
    today: Date,
) -> Result<KeptForecast, WorkspaceError> {
    let zero = Money::zero(limit.currency());
    let nothing = |made_on| KeptForecast {
        from: span.from(),
        made_on,
        method: NO_METHOD.to_owned(),
        expected: zero,
        band80: (zero, zero),
        band95: (zero, zero),
        chance: 0,
        stale: false,
    };
    let Some(ahead) = ahead else {
        return Ok(nothing(today));
    };
    Ok(match ahead.of(span, limit)? {
        None => nothing(ahead.last_known()),
        Some((band, chance)) => KeptForecast {
            from: span.from(),
            made_on: ahead.last_known(),
            method: ahead.method().to_owned(),
            expected: band.expected,
            band80: (band.low80, band.high80),
            band95: (band.low95, band.high95),
            chance: chance.0,
            stale: false,
        },
    })
}
