use tallyport_documents::{Block, ReportRow, ReportTable};
use tallyport_ledger::budget::BudgetState;
use tallyport_ledger::{BillingPeriod, ViewCosts};

use super::parts::{Tongue, figure, figures, text};
use crate::budgets::{BudgetView, BudgetsAsk, Danger, list};
use crate::{Context, Grant, WorkspaceError};

/// The budgets of the month: what was planned, what it came to, what is expected.
pub(super) async fn blocks(
    cx: &Context,
    by: &Grant<ViewCosts>,
    month: BillingPeriod,
    tongue: Tongue,
) -> Result<Vec<Block>, WorkspaceError> {
    let (views, words) = (listed(cx, by, month, false).await?, &tongue.words.budget);
    if views.is_empty() {
        return Ok(vec![Block::Text(words.none.to_owned())]);
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
            figure(words.budgets, views.len().to_string(), None),
            figure(words.in_danger, count(BudgetState::is_at_risk), None),
            figure(
                words.over_limit,
                count(|state| state == BudgetState::Over),
                None,
            ),
        ]),
        table(&views, tongue),
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

pub(super) fn table(views: &[BudgetView], tongue: Tongue) -> Block {
    let words = &tongue.words.budget;
    let columns = vec![
        text(words.budget),
        figures(words.limit),
        figures(words.actual),
        figures(words.used),
        figures(words.expected),
        text(words.state),
    ];
    let rows = views.iter().map(|view| {
        let now = &view.now;
        let used = now.used_per_mille;
        let expected = now.forecast.as_ref();
        let state = BudgetState::ALL.iter().zip(words.states);
        let state = state.filter(|(known, _)| **known == now.state);
        ReportRow {
            cells: vec![
                view.budget.name.to_string(),
                tongue.money(now.limit),
                tongue.money(now.actual),
                used.map_or_else(String::new, |mille| tongue.percent(mille)),
                expected.map_or_else(String::new, |found| tongue.money(found.band.expected)),
                state.map(|(_, word)| word).collect(),
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
