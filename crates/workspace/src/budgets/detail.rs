//! One budget through time.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tallyport_ledger::budget::BudgetId;
use tallyport_ledger::{DayRange, Money, ViewCosts};
use tallyport_store::{Alert, AlertQuery, Budget, Reads, SpentAsk};

use super::list::BudgetView;
use super::stand::BudgetForecast;
use super::{near, not_found, views};
use crate::evaluate::{Ahead, Trials, ahead, history_of, window};
use crate::{Context, Grant, WorkspaceError, evaluate};

/// A budget, its periods and its alerts.
#[derive(Debug, Clone)]
pub struct BudgetDetail {
    /// How it stands.
    pub view: BudgetView,
    /// The budget that it is a part of, with its name.
    pub above: Option<(BudgetId, String)>,
    /// Its parts.
    pub children: Vec<BudgetView>,
    /// Its periods: twelve before the running one, that one, and three after it.
    pub months: Vec<BudgetMonth>,
    /// What was told of it, the newest first.
    pub alerts: Vec<Alert>,
}

/// A budget in one of its periods.
#[derive(Debug, Clone)]
pub struct BudgetMonth {
    /// The period.
    pub span: DayRange,
    /// How much may be spent in it.
    pub limit: Money,
    /// How much is.
    pub actual: Money,
    /// What it is expected to come to; not for those that are over.
    pub forecast: Option<BudgetForecast>,
}

/// Periods before the running one.
const BACK: usize = 12;
/// Periods after it.
const ON: usize = 3;
/// Alerts shown.
const ALERTS: u32 = 100;

/// One budget through time.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn detail(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    id: BudgetId,
) -> Result<BudgetDetail, WorkspaceError> {
    evaluate::evaluate(cx).await?;
    let (today, trials) = (cx.today(), cx.trials.clone());
    cx.store
        .read(move |r| {
            let (mut view, mut above, mut children) = (None, None, Vec::new());
            for one in views(r, near(r.budgets(true)?, id), today)? {
                if one.budget.id == id {
                    view = Some(one);
                } else if one.budget.parent != Some(id) {
                    // Parts come after what they are a part of: the last one above is the nearest.
                    above = Some((one.budget.id, one.budget.name));
                } else if !one.budget.archived {
                    children.push(one);
                }
            }
            let view = view.ok_or_else(|| not_found(id))?;
            let months = months(r, &trials, &view.budget, today)?;
            let alerts = r.alerts(AlertQuery {
                budget: Some(id),
                limit: ALERTS,
                ..AlertQuery::default()
            })?;
            Ok(BudgetDetail {
                view,
                above,
                children,
                months,
                alerts,
            })
        })
        .await
}

fn months(
    r: &Reads<'_>,
    trials: &Trials,
    budget: &Budget,
    today: Date,
) -> Result<Vec<BudgetMonth>, WorkspaceError> {
    let period = budget.period;
    let running = period.of(today);
    let mut spans: Vec<DayRange> =
        std::iter::successors(Some(running), |span| period.before(*span))
            .take(BACK + 1)
            .collect();
    spans.reverse();
    let after = std::iter::successors(period.after(running), |span| period.after(*span));
    spans.extend(after.take(ON));
    let asks: Vec<SpentAsk> = spans
        .iter()
        .map(|span| SpentAsk {
            scope: budget.scope_id,
            currency: budget.counting.currency,
            span: *span,
        })
        .collect();
    let spent = r.spent(&asks)?;
    let last = spans.last().map_or(today, |span| span.to());
    let expected = expected(r, trials, budget, today, last)?;
    let mut months = Vec::new();
    for (span, spent) in spans.into_iter().zip(spent) {
        let limit = budget.limit.of(period, span)?;
        let forecast = match &expected {
            Some(ahead) if span.to() >= today => {
                ahead.of(span, limit)?.map(|(band, chance)| BudgetForecast {
                    method: ahead.method().to_owned(),
                    band,
                    chance: chance.0,
                })
            }
            _ => None,
        };
        months.push(BudgetMonth {
            span,
            limit,
            actual: spent.all().counted(&budget.counting),
            forecast,
        });
    }
    Ok(months)
}

fn expected(
    r: &Reads<'_>,
    trials: &Trials,
    budget: &Budget,
    today: Date,
    last: Date,
) -> Result<Option<Ahead>, WorkspaceError> {
    let Some(last_counted) = r.last_counted_day()? else {
        return Ok(None);
    };
    let daily = r.daily_parts(&[budget.scope_id], window(today))?;
    let nothing = BTreeMap::new();
    let days = daily
        .get(&(budget.scope_id, budget.counting.currency))
        .unwrap_or(&nothing);
    let counted = r.counted_months()?;
    let history = history_of(days, &budget.counting, &counted, last_counted, today)?;
    Ok(history.map(|history| {
        let trial = trials.of(budget, &history, today);
        ahead(&history, &trial, last)
    }))
}
