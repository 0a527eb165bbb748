//! Budgets: set, changed, kept for history; how each stands in a month.

mod ask;
mod detail;
mod import;
mod list;
mod stand;
mod suggest;

use std::collections::HashMap;

use jiff::civil::Date;
use serde_json::{Value, json};
use tallyport_ledger::budget::{At, BudgetId, Limit};
use tallyport_ledger::{BillingPeriod, SetBudgets, ViewCosts};
use tallyport_store::{Budget, Reads};

pub use ask::{BudgetAsk, LimitAsk, ScopeAsk, ThresholdAsk};
pub use detail::{BudgetDetail, BudgetMonth, detail};
pub use import::{FoundBudget, ImportAsk, Imported, import};
pub use list::{BudgetOrder, BudgetView, Budgets, BudgetsAsk, Danger, PartsSpent};
pub use stand::{BudgetForecast, Stand};
pub use suggest::{Suggestion, SuggestionAsk, suggest};

use self::list::{Parts, by_risk, in_tree, listed};
use self::stand::standing;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError, evaluate};

/// Budgets and how they stand. What is due is evaluated first.
///
/// # Errors
/// The workspace file's.
pub async fn list(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    ask: BudgetsAsk,
) -> Result<Budgets, WorkspaceError> {
    evaluate::evaluate(cx).await?;
    let today = cx.today();
    cx.store.read(move |r| listed(r, &ask, today)).await
}

/// Budgets that are over their limit in `month`, heading over it or near it, the most endangered first.
pub(crate) async fn at_risk(
    cx: &Context,
    month: BillingPeriod,
) -> Result<Vec<(Budget, Stand)>, WorkspaceError> {
    evaluate::evaluate(cx).await?;
    let today = cx.today();
    // The running month is asked for as today, so that its forecasts are known.
    let month = (BillingPeriod::of(today) != Ok(month)).then_some(month);
    cx.store
        .read(move |r| {
            let (_, mut found) = standing(r, r.budgets(false)?, month, today)?;
            found.retain(|(_, now)| now.state.is_at_risk());
            by_risk(&mut found);
            Ok(found)
        })
        .await
}

/// The budget that `text` names: by name or number.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn named(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    text: String,
) -> Result<BudgetId, WorkspaceError> {
    cx.store.read(move |r| Ok(r.budget_named(&text)?)).await
}

/// Sets a new budget. It is evaluated at once: what is reached already is told.
///
/// # Errors
/// [`WorkspaceError::Invalid`] names the field; the name is taken; nobody is called so.
pub async fn add(
    cx: &Context,
    by: &Grant<SetBudgets>,
    ask: BudgetAsk,
) -> Result<BudgetView, WorkspaceError> {
    let (trail, today) = (Trail::of(cx, by), cx.today());
    let id = cx
        .store
        .write(move |w| {
            let draft = ask.draft(w, today)?;
            let id = w.add_budget(&draft)?;
            let after = w.budget(id)?;
            trail.keep(w, "budget.added", &after.name, &told(&after))?;
            Ok::<_, WorkspaceError>(id)
        })
        .await?;
    shown(cx, id).await
}

/// Changes a budget. Thresholds that stay keep what was told under them.
///
/// # Errors
/// As [`add`]; it would be a part of itself.
pub async fn change(
    cx: &Context,
    by: &Grant<SetBudgets>,
    id: BudgetId,
    ask: BudgetAsk,
) -> Result<BudgetView, WorkspaceError> {
    let (trail, today) = (Trail::of(cx, by), cx.today());
    cx.store
        .write(move |w| {
            let before = w.budget(id)?;
            let draft = ask.draft(w, today)?;
            not_its_own_part(w, id, draft.parent)?;
            w.change_budget(id, &draft)?;
            let after = w.budget(id)?;
            let details = json!({ "before": told(&before), "after": told(&after) });
            trail.keep(w, "budget.changed", &after.name, &details)?;
            Ok::<_, WorkspaceError>(())
        })
        .await?;
    shown(cx, id).await
}

fn not_its_own_part(
    r: &Reads<'_>,
    id: BudgetId,
    parent: Option<BudgetId>,
) -> Result<(), WorkspaceError> {
    let mut above = parent;
    while let Some(next) = above {
        if next == id {
            return Err(WorkspaceError::invalid(
                "parent",
                "the budget would be a part of itself: its parent is one of its own parts",
            ));
        }
        above = r.budget(next)?.parent;
    }
    Ok(())
}

/// Archives a budget, or brings it back. It is kept with all that was told of it.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; another budget has its name by now.
pub async fn archive(
    cx: &Context,
    by: &Grant<SetBudgets>,
    id: BudgetId,
    archived: bool,
) -> Result<BudgetView, WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = w.budget(id)?;
            if before.archived != archived {
                w.archive_budget(id, archived)?;
                let action = if archived {
                    "budget.archived"
                } else {
                    "budget.restored"
                };
                trail.keep(w, action, &before.name, &json!({ "id": id.0 }))?;
            }
            Ok::<_, WorkspaceError>(())
        })
        .await?;
    shown(cx, id).await
}

/// Lets a budget's alerts go to the inbox only until then; `None`: no longer.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn mute(
    cx: &Context,
    by: &Grant<SetBudgets>,
    id: BudgetId,
    until: Option<jiff::Timestamp>,
) -> Result<BudgetView, WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = w.budget(id)?;
            w.mute_budget(id, until)?;
            let details = json!({ "id": id.0, "until": until.map(|at| at.to_string()) });
            trail.keep(w, "budget.muted", &before.name, &details)?;
            Ok::<_, WorkspaceError>(())
        })
        .await?;
    shown(cx, id).await
}

/// A budget as it stands, after what is due was evaluated.
async fn shown(cx: &Context, id: BudgetId) -> Result<BudgetView, WorkspaceError> {
    evaluate::evaluate(cx).await?;
    let today = cx.today();
    cx.store
        .read(move |r| {
            let mut views = views(r, near(r.budgets(true)?, id), today)?.into_iter();
            views
                .find(|view| view.budget.id == id)
                .ok_or_else(|| not_found(id))
        })
        .await
}

fn not_found(id: BudgetId) -> WorkspaceError {
    WorkspaceError::NotFound {
        what: "budget",
        name: id.0.to_string(),
    }
}

/// Budgets of one family as they stand today.
fn views(
    r: &Reads<'_>,
    family: Vec<Budget>,
    today: Date,
) -> Result<Vec<BudgetView>, WorkspaceError> {
    let parts = Parts::of(&family);
    let (_, standing) = standing(r, family, None, today)?;
    parts.views(r, in_tree(standing))
}

/// A budget, its parts and what it is a part of.
fn near(mut budgets: Vec<Budget>, id: BudgetId) -> Vec<Budget> {
    let parents: HashMap<BudgetId, Option<BudgetId>> = budgets
        .iter()
        .map(|budget| (budget.id, budget.parent))
        .collect();
    let above = std::iter::successors(Some(id), |id| parents.get(id).copied().flatten());
    let above: Vec<BudgetId> = above.collect();
    budgets.retain(|budget| budget.parent == Some(id) || above.contains(&budget.id));
    budgets
}

/// A budget, for the audit trail.
pub(crate) fn told(budget: &Budget) -> Value {
    let (amount, plan) = match &budget.limit {
        Limit::Same(amount) => (Some(amount.to_decimal(2)), None),
        Limit::Plan(months) => {
            let months: Vec<String> = months.iter().map(|month| month.to_decimal(2)).collect();
            (None, Some(months))
        }
    };
    let thresholds: Vec<Value> = budget
        .thresholds
        .iter()
        .map(|threshold| match threshold.at {
            At::Percent(percent) => json!({ "percent": percent, "on": threshold.on.word() }),
            At::Amount(at) => json!({ "amount": at.to_decimal(2), "on": threshold.on.word() }),
        })
        .collect();
    let channels: Vec<i64> = budget.channels.iter().map(|channel| channel.0).collect();
    let counting = &budget.counting;
    json!({
        "id": budget.id.0, "name": budget.name,
        "scope": { "kind": budget.scope.kind().word(), "id": budget.scope.number(),
                   "key": budget.scope.key(), "value": budget.scope.value() },
        "period": budget.period.word(), "currency": counting.currency.code(),
        "amount": amount, "plan": plan, "starts": counting.starts.to_string(),
        "metric": counting.metric.word(), "credits": counting.credits, "tax": counting.tax,
        "parent": budget.parent.map(|parent| parent.0), "thresholds": thresholds,
        "channels": channels, "note": budget.note,
    })
}
