//! Budgets are held against what is spent, after every load and on the clock: whatever is reached is raised
//! once, and all of it goes out as one notice to each recipient.
//!
//! What is to be done is noted where it comes from, in the transaction that changes figures, and taken away
//! in the one that raises alerts and puts out their notices. So a program that stops in between makes
//! up for it next time, and tells nothing twice.

mod ahead;
mod forecasts;
mod notice;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use tallyport_ledger::alert::{AlertId, AlertKind, Step, armed_when_cleared};
use tallyport_ledger::budget::{BudgetId, Measure, Threshold};
use tallyport_ledger::{DayRange, Money, SetBudgets};
use tallyport_store::{
    About, AlertFigures, AlertKey, Budget, KnownAlert, NewAlert, Outgoing, SpentAsk, Writes,
};

pub use forecasts::{Forecasted, Trials, forecasts};

pub(crate) use ahead::{Ahead, ahead, history_of, window};
pub(crate) use forecasts::NO_METHOD;
pub(crate) use words::{days_words, figure, span_words};

use self::notice::{Told, grouped, reminder};
use crate::{Context, Grant, WorkspaceError};

/// What an evaluation did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evaluated {
    /// How many budgets were looked at.
    pub budgets: usize,
    /// Alerts raised, for the first time or again.
    pub raised: Vec<AlertId>,
    /// Alerts cleared.
    pub cleared: Vec<AlertId>,
    /// Alerts that were put off until now.
    pub woken: Vec<AlertId>,
}

/// Evaluates what is due; does next to nothing if nothing is.
///
/// # Errors
/// The workspace file's.
pub async fn evaluate(cx: &Context) -> Result<Evaluated, WorkspaceError> {
    let (today, now) = (cx.today(), cx.now());
    let due = cx
        .store
        .read(move |r| Ok::<_, WorkspaceError>(r.evaluation_due(today, now)?))
        .await?;
    if !due.any() {
        return Ok(Evaluated::default());
    }
    cx.store.write(move |w| run(w, today, now)).await
}

/// Evaluates what is due, as somebody who may asks for it.
///
/// # Errors
/// The workspace file's.
pub async fn check(cx: &Context, _by: &Grant<SetBudgets>) -> Result<Evaluated, WorkspaceError> {
    evaluate(cx).await
}

/// As [`evaluate`] and [`forecasts`], after a load: what cannot be done is made up for on the clock, and spoils
/// no load. Where another load is under way it is left to the end of that one: several bills are looked at
/// once, when all are there.
pub async fn after_load(cx: &Context) {
    if cx.loads.are_under_way() {
        return;
    }
    if let Err(error) = evaluate(cx).await {
        tracing::warn!(%error, "budgets were not evaluated; they are next time");
    }
    crate::anomalies::after_load(cx).await;
}

/// How long the clock spends on forecasts of budgets at a time.
const SLICE: jiff::SignedDuration = jiff::SignedDuration::from_secs(5);

/// What the clock does: evaluates what is due and renews some forecasts. Answers in a sentence.
///
/// # Errors
/// The workspace file's.
pub async fn on_clock(cx: &Context, _by: &Grant<SetBudgets>) -> Result<String, WorkspaceError> {
    let done = evaluate(cx).await?;
    crate::anomalies::watch(cx).await?;
    let ahead = forecasts(cx, SLICE).await?;
    Ok(format!(
        "{} budgets evaluated, {} forecasts renewed; {} alerts raised, {} cleared.",
        done.budgets,
        ahead.made,
        done.raised.len() + ahead.raised.len(),
        done.cleared.len() + ahead.cleared.len()
    ))
}

/// One budget in one of its periods.
struct Look<'a> {
    budget: &'a Budget,
    span: DayRange,
    limit: Money,
}

/// An amount that a threshold is held against.
struct Held {
    threshold: Threshold,
    amount: Money,
    /// Whether it may be said that it is below: not where something lies in quarantine.
    may_clear: bool,
    /// What else is to be said of it.
    more: Option<String>,
}

/// What there is to raise and to clear, on its way.
#[derive(Default)]
struct Raising {
    told: Vec<Told>,
    done: Evaluated,
}

fn run(w: &mut Writes<'_>, today: Date, now: Timestamp) -> Result<Evaluated, WorkspaceError> {
    let other_day = w.evaluated_on()? != Some(today);
    let settled = w.settle_sums()?;
    let budgets = w.budgets(false)?;
    let mut looks = Vec::new();
    let mut stale = Vec::new();
    for budget in &budgets {
        let mut changed = false;
        for span in budget.period.watched(today, budget.counting.starts) {
            let touched = settled.touches(budget.scope_id, span);
            changed |= touched;
            if touched || other_day || budget.is_due {
                let limit = budget.limit.of(budget.period, span)?;
                looks.push(Look {
                    budget,
                    span,
                    limit,
                });
            }
        }
        if changed || budget.is_due {
            stale.push(budget.id);
        }
    }
    let asks: Vec<SpentAsk> = looks
        .iter()
        .map(|look| SpentAsk {
            scope: look.budget.scope_id,
            currency: look.budget.counting.currency,
            span: look.span,
        })
        .collect();
    let spent = w.spent_after(&asks, &settled)?;
    let known = known(w, &looks)?;
    let mut raising = Raising::default();
    for (look, spent) in looks.iter().zip(&spent) {
        let amount = spent.believed.counted(&look.budget.counting);
        let actual = look.budget.thresholds.iter().copied();
        for threshold in actual.filter(|threshold| threshold.on == Measure::Actual) {
            let held = Held {
                threshold,
                amount,
                may_clear: spent.quarantined.is_none(),
                more: None,
            };
            raising.hold(w, look, &held, &known, now)?;
        }
    }
    raising.done.cleared.extend(w.clear_orphaned_alerts(now)?);
    raising.done.budgets = looks
        .iter()
        .map(|look| look.budget.id)
        .collect::<BTreeSet<BudgetId>>()
        .len();
    w.forecasts_are_stale(&stale)?;
    post(w, &budgets, &raising.told, now)?;
    raising.done.woken = wake(w, &budgets, now)?;
    w.evaluated(today, now)?;
    Ok(raising.done)
}

fn known(
    w: &Writes<'_>,
    looks: &[Look<'_>],
) -> Result<HashMap<AlertKey, KnownAlert>, WorkspaceError> {
    let firsts: BTreeSet<Date> = looks.iter().map(|look| look.span.from()).collect();
    Ok(w.known_alerts(&firsts)?)
}

impl Raising {
    /// Holds an amount against a threshold and does what follows.
    fn hold(
        &mut self,
        w: &mut Writes<'_>,
        look: &Look<'_>,
        held: &Held,
        known: &HashMap<AlertKey, KnownAlert>,
        now: Timestamp,
    ) -> Result<(), WorkspaceError> {
        let Threshold { id, at, on } = held.threshold;
        let kind = match on {
            Measure::Actual => AlertKind::BudgetActual,
            Measure::Forecast => AlertKind::BudgetForecast,
        };
        let key = AlertKey {
            budget: look.budget.id,
            threshold: id,
            from: look.span.from(),
            kind,
        };
        let before = known.get(&key);
        let standing = at.standing(held.amount, look.limit)?;
        let step = Step::of(before.map(|known| known.raised), standing);
        match (step, before) {
            (Step::Raise | Step::RaiseAgain, _) => {
                let new = alert(look, held, kind, now);
                let id = match before {
                    None => w.raise_alert(&new)?,
                    Some(before) => {
                        w.raise_alert_again(before.id, &new)?;
                        Some(before.id)
                    }
                };
                if let Some(id) = id {
                    self.done.raised.push(id);
                    let per_mille = at.per_mille(look.limit);
                    let told = Told::of(id, look.budget, &new, held.amount, per_mille);
                    self.told.push(told);
                }
            }
            (Step::Reopen, Some(before)) => w.show_alert_again(before.id)?,
            (Step::Clear, Some(before)) if held.may_clear => {
                let other_terms = before.terms != look.budget.terms;
                w.clear_alert(before.id, now, armed_when_cleared(kind, other_terms))?;
                self.done.cleared.push(before.id);
            }
            _ => {}
        }
        Ok(())
    }
}

fn alert(look: &Look<'_>, held: &Held, kind: AlertKind, now: Timestamp) -> NewAlert {
    let (budget, threshold) = (look.budget, held.threshold);
    let (title, text) = words::alert(budget, &threshold, look.span, held.amount, look.limit);
    NewAlert {
        kind,
        about: About::Budget {
            budget: budget.id,
            threshold: threshold.id,
            terms: budget.terms,
        },
        span: look.span,
        severity: threshold.severity(look.limit),
        title,
        text: match &held.more {
            Some(more) => format!("{text} {more}"),
            None => text,
        },
        figures: Some(AlertFigures {
            limit: look.limit,
            amount: held.amount,
        }),
        place: format!("/budgets/{}", budget.id.0),
        at: now,
    }
}

/// Puts out one notice for the desktop and one for each channel that budgets chose.
fn post(
    w: &mut Writes<'_>,
    budgets: &[Budget],
    told: &[Told],
    now: Timestamp,
) -> Result<(), WorkspaceError> {
    let by_id: HashMap<BudgetId, &Budget> =
        budgets.iter().map(|budget| (budget.id, budget)).collect();
    let mut recipients: BTreeMap<Option<tallyport_store::ChannelId>, Vec<&Told>> = BTreeMap::new();
    for one in told {
        let Some(budget) = by_id.get(&one.budget) else {
            continue;
        };
        if budget.muted_until.is_some_and(|until| until > now) {
            continue;
        }
        recipients.entry(None).or_default().push(one);
        for channel in &budget.channels {
            recipients.entry(Some(*channel)).or_default().push(one);
        }
    }
    for (channel, told) in recipients {
        if let Some(notice) = grouped(&told) {
            w.post(&Outgoing {
                channel,
                kind: "alerts",
                notice: &notice,
                at: now,
            })?;
        }
    }
    Ok(())
}

/// Opens alerts that were put off until now and reminds of them, on the desktop.
fn wake(
    w: &mut Writes<'_>,
    budgets: &[Budget],
    now: Timestamp,
) -> Result<Vec<AlertId>, WorkspaceError> {
    let woken = w.wake_alerts(now)?;
    let mut alerts = Vec::new();
    for id in &woken {
        let alert = w.alert(*id)?;
        let muted = alert.budget.as_ref().is_some_and(|(id, _)| {
            let of = budgets.iter().find(|budget| budget.id == *id);
            of.and_then(|budget| budget.muted_until)
                .is_some_and(|until| until > now)
        });
        if !muted {
            alerts.push(alert);
        }
    }
    if let Some(notice) = reminder(&alerts) {
        w.post(&Outgoing {
            channel: None,
            kind: "reminder",
            notice: &notice,
            at: now,
        })?;
    }
    Ok(woken)
}
