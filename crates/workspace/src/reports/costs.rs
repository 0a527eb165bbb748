use tallyport_documents::{Block, Chart, ReportTable, month_in_words};
use tallyport_ledger::{BillingPeriod, Metric, ViewCosts};
use tallyport_store::{By, Interval};

use super::parts::{change, figures, height, money, row, scale, share, strong, text};
use crate::costs::{CostsAsk, CurrencyCosts, costs};
use crate::filters::FilterAsk;
use crate::{Context, Grant, WorkspaceError};

/// So many persons get a bar of their own.
const BARS: usize = 12;

/// What each person cost, and what nobody owns.
pub(super) async fn blocks(
    cx: &Context,
    by: &Grant<ViewCosts>,
    month: BillingPeriod,
) -> Result<Vec<Block>, WorkspaceError> {
    let ask = CostsAsk {
        days: month.days(),
        by: By::Person,
        metric: Metric::Billed,
        interval: Interval::None,
        compare: true,
        filter: FilterAsk::default(),
    };
    let found = costs(cx, by, ask).await?;
    let several = found.results.len() > 1;
    let mut blocks = Vec::new();
    for result in &found.results {
        if several {
            blocks.push(Block::Heading(format!("In {}", result.currency)));
        }
        blocks.extend(of_currency(result, month));
    }
    Ok(blocks)
}

fn of_currency(result: &CurrencyCosts, month: BillingPeriod) -> Vec<Block> {
    let previous = |before: Option<_>| {
        before.unwrap_or_else(|| tallyport_ledger::Money::zero(result.currency))
    };
    let shown = result.rows.iter().take(BARS);
    let amounts = shown
        .clone()
        .flat_map(|row| [row.amount, previous(row.previous)]);
    let (top, lines) = scale(amounts, result.total);
    let bars = shown.map(|row| {
        let before = height(previous(row.previous), top);
        (
            row.name.label.clone(),
            height(row.amount, top),
            Some(before),
        )
    });
    let mut rows: Vec<_> = result
        .rows
        .iter()
        .map(|found| {
            let before = previous(found.previous);
            row(vec![
                found.name.label.clone(),
                money(found.amount),
                share(found.amount, result.total),
                money(before),
                change(found.amount, before),
            ])
        })
        .collect();
    let before = previous(result.previous_total);
    rows.push(strong(vec![
        "Everybody".to_owned(),
        money(result.total),
        share(result.total, result.total),
        money(before),
        change(result.total, before),
    ]));
    vec![
        Block::Chart(Chart {
            caption: format!(
                "Costs in {}; the paler bar behind is the month before",
                month_in_words(month)
            ),
            lines,
            bars: bars.collect(),
        }),
        Block::Table(ReportTable {
            columns: vec![
                text("Person"),
                figures("Cost"),
                figures("Share"),
                figures("Month before"),
                figures("Change"),
            ],
            rows,
        }),
    ]
}
