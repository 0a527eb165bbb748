use tallyport_documents::{Block, Chart, ReportTable, figure_with_currency, month_in_words};
use tallyport_ledger::{BillingPeriod, ViewCosts};

use super::parts::{beside, change, figure, figures, height, row, scale, share, strong, text};
use crate::overview::{Driver, Overview, OverviewResult};
use crate::{Context, Grant, WorkspaceError};

/// What the month came to, what drove it, who owns it, what to look at.
pub(super) async fn blocks(
    cx: &Context,
    by: &Grant<ViewCosts>,
    glance: &Overview,
    month: BillingPeriod,
) -> Result<Vec<Block>, WorkspaceError> {
    let mut blocks = Vec::new();
    for result in &glance.results {
        if glance.results.len() > 1 {
            blocks.push(Block::Heading(format!("In {}", result.currency)));
        }
        blocks.extend(of_currency(glance, result, month));
    }
    let attention: Vec<_> = glance
        .attention
        .iter()
        .map(|found| found.text.clone())
        .collect();
    if !attention.is_empty() {
        blocks.push(Block::Heading("What to look at".to_owned()));
        blocks.extend(attention.into_iter().map(Block::Text));
    }
    if !glance.budgets_at_risk.is_empty() {
        blocks.push(Block::Heading("Budgets in danger".to_owned()));
        blocks.push(super::budgets::table(
            &super::budgets::listed(cx, by, month, true).await?,
        ));
    }
    Ok(blocks)
}

fn of_currency(glance: &Overview, result: &OverviewResult, month: BillingPeriod) -> Vec<Block> {
    let mut tiles = vec![
        figure(
            &format!("Total, {}", month_in_words(month)),
            figure_with_currency(result.total),
            beside(result.total, result.previous_total),
        ),
        figure(
            "Owned by nobody",
            figure_with_currency(result.unowned),
            (!result.total.is_zero())
                .then(|| format!("{} of the total", share(result.unowned, result.total))),
        ),
    ];
    let forecast = glance
        .forecast
        .iter()
        .find(|end| end.band.expected.currency() == result.currency);
    if let Some(end) = forecast {
        tiles.push(figure(
            "Expected at the month’s end",
            figure_with_currency(end.band.expected),
            Some(format!(
                "{} to {} (80 %)",
                figure_with_currency(end.band.low80),
                figure_with_currency(end.band.high80)
            )),
        ));
    }
    let mut blocks = vec![Block::Figures(tiles)];
    if result.days.len() > 1 {
        let (top, lines) = scale(result.days.iter().map(|(_, amount)| *amount), result.total);
        let bar = |(day, amount): &(jiff::civil::Date, _)| {
            (day.day().to_string(), height(*amount, top), None)
        };
        blocks.push(Block::Chart(Chart {
            caption: format!(
                "Costs day by day in {}, {}",
                month_in_words(month),
                result.currency
            ),
            lines,
            bars: result.days.iter().map(bar).collect(),
        }));
    }
    blocks.extend(drivers("What drove it", "Service", result, &result.drivers));
    blocks.extend(drivers("Who owns it", "Person", result, &result.owners));
    blocks
}

fn drivers(heading: &str, what: &str, result: &OverviewResult, drivers: &[Driver]) -> Vec<Block> {
    if drivers.is_empty() {
        return Vec::new();
    }
    let mut rows: Vec<_> = drivers
        .iter()
        .map(|driver| {
            row(vec![
                driver.label.clone(),
                figure_with_currency(driver.amount),
                share(driver.amount, result.total),
                figure_with_currency(driver.previous),
                change(driver.amount, driver.previous),
            ])
        })
        .collect();
    rows.push(strong(vec![
        "Everything".to_owned(),
        figure_with_currency(result.total),
        share(result.total, result.total),
        figure_with_currency(result.previous_total),
        change(result.total, result.previous_total),
    ]));
    vec![
        Block::Heading(heading.to_owned()),
        Block::Table(ReportTable {
            columns: vec![
                text(what),
                figures("Cost"),
                figures("Share"),
                figures("Month before"),
                figures("Change"),
            ],
            rows,
        }),
    ]
}
