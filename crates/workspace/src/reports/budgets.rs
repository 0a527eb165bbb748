use tallyport_documents::{Block, ReportRow, ReportTable};
use tallyport_ledger::budget::BudgetState;
use tallyport_ledger::{BillingPeriod, ViewCosts};

use super::parts::{figure, figures, money, text};
use crate::budgets::{BudgetView, BudgetsAsk, Danger, list};
use crate::{Context, Grant, WorkspaceError};

/// The budgets of the month: what was planned, what it came to, what is expected.
pub(super) async fn blocks(
    cx: &Context,
    by: &Grant<ViewCosts>,
    month: BillingPeriod,
) -> Result<Vec<Block>, WorkspaceError> {
    let views = listed(cx, by, month, false).await?;
    if views.is_empty() {
        return Ok(vec![Block::Text("There are no budgets.".to_owned())]);
    }
    let count = |wanted: fn(BudgetState) -> bool| {
        views
            .iter()
            .filter(|view| wanted(view.now.state))
            .count()
            .to_string()
    };
    Ok(vec![
        Block::Figures(vec![
            figure("Budgets", views.len().to_string(), None),
            figure("In danger", count(BudgetState::is_at_risk), None),
            figure(
                "Over their limit",
                count(|state| state == BudgetState::Over),
                None,
            ),
        ]),
        table(&views),
    ])
}

/// The budgets as they stood in the month; only those in danger if asked for.
pub(super) async fn listed(
    cx: &Context,
    by: &Grant<ViewCosts>,
    month: BillingPeriod,
    in_danger: bool,
) -> Result<Vec<BudgetView>, WorkspaceError> {
    // The running month is asked for as today, so that its forecasts are known.
    let running = BillingPeriod::of(cx.today()) == Ok(month);
    let ask = BudgetsAsk {
        month: (!running).then_some(month),
        only: in_danger.then_some(Danger::AtRisk),
        ..BudgetsAsk::default()
    };
    Ok(list(cx, by, ask).await?.budgets)
}

pub(super) fn table(views: &[BudgetView]) -> Block {
    let columns = vec![
        text("Budget"),
        figures("Limit"),
        figures("Actual"),
        figures("Used"),
        figures("Expected"),
        text("State"),
    ];
    let rows = views.iter().map(|view| {
        let now = &view.now;
        let used = now.used_per_mille.map_or_else(String::new, |mille| {
            format!("{}.{} %", mille / 10, mille % 10)
        });
        let expected = now.forecast.as_ref();
        ReportRow {
            cells: vec![
                view.budget.name.to_string(),
                money(now.limit),
                money(now.actual),
                used,
                expected.map_or_else(String::new, |found| money(found.band.expected)),
                now.state.word().to_owned(),
            ],
            strong: false,
            over: now.state == BudgetState::Over,
        }
    });
    Block::Table(ReportTable {
        columns,
        rows: rows.collect(),
    })
}
