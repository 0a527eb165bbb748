use tallyport_documents::{Block, Chart, ReportTable, filled};
use tallyport_ledger::{BillingPeriod, Metric, ViewCosts};
use tallyport_store::{By, Interval, UNOWNED};

use super::parts::{Tongue, figures, height, row, strong, text};
use crate::costs::{CostRow, CostsAsk, CurrencyCosts, costs};
use crate::filters::FilterAsk;
use crate::{Context, Grant, WorkspaceError};

/// So many persons get a bar of their own.
const BARS: usize = 12;

/// What each person cost, and what nobody owns.
pub(super) async fn blocks(
    cx: &Context,
    by: &Grant<ViewCosts>,
    month: BillingPeriod,
    tongue: Tongue,
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
            let heading = filled(tongue.words.in_currency, &[result.currency.code()]);
            blocks.push(Block::Heading(heading));
        }
        blocks.extend(of_currency(result, month, tongue));
    }
    Ok(blocks)
}

fn of_currency(result: &CurrencyCosts, month: BillingPeriod, tongue: Tongue) -> Vec<Block> {
    let words = tongue.words;
    let previous = |before: Option<_>| {
        before.unwrap_or_else(|| tallyport_ledger::Money::zero(result.currency))
    };
    let label = |row: &CostRow| match row.name.key.as_str() {
        UNOWNED => words.nobody.to_owned(),
        _ => row.name.label.clone(),
    };
    let shown = result.rows.iter().take(BARS);
    let amounts = shown
        .clone()
        .flat_map(|row| [row.amount, previous(row.previous)]);
    let (top, lines) = tongue.scale(amounts, result.total);
    let bars = shown.map(|row| {
        let before = height(previous(row.previous), top);
        (label(row), height(row.amount, top), Some(before))
    });
    let mut rows: Vec<_> = result
        .rows
        .iter()
        .map(|found| {
            let before = previous(found.previous);
            row(vec![
                label(found),
                tongue.money(found.amount),
                tongue.share(found.amount, result.total),
                tongue.money(before),
                tongue.change(found.amount, before),
            ])
        })
        .collect();
    let before = previous(result.previous_total);
    rows.push(strong(vec![
        words.everybody.to_owned(),
        tongue.money(result.total),
        tongue.share(result.total, result.total),
        tongue.money(before),
        tongue.change(result.total, before),
    ]));
    vec![
        Block::Chart(Chart {
            caption: filled(words.paler_bar, &[&tongue.month(month)]),
            lines,
            bars: bars.collect(),
        }),
        Block::Table(ReportTable {
            columns: vec![
                text(words.person),
                figures(words.cost),
                figures(words.share),
                figures(words.month_before),
                figures(words.change),
            ],
            rows,
        }),
    ]
}
