use tallyport_documents::{Block, Chart, ReportTable, month_in_words};
use tallyport_ledger::{BillingPeriod, Money, ViewCosts};

use super::parts::{
    beside, change, figure, figures, height, money, row, scale, share, strong, text,
};
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
        blocks.extend(of_currency(glance, result, month)?);
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

fn of_currency(
    glance: &Overview,
    result: &OverviewResult,
    month: BillingPeriod,
) -> Result<Vec<Block>, WorkspaceError> {
    let mut tiles = vec![
        figure(
            &format!("Total, {}", month_in_words(month)),
            money(result.total),
            beside(result.total, result.previous_total),
        ),
        figure(
            "Owned by nobody",
            money(result.unowned),
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
            money(end.band.expected),
            Some(format!(
                "{} to {} (80 %)",
                money(end.band.low80),
                money(end.band.high80)
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
    blocks.extend(drivers(
        "What drove it",
        ("Service", "Others"),
        result,
        &result.drivers,
    )?);
    blocks.extend(drivers(
        "Who owns it",
        ("Person", "Others and nobody"),
        result,
        &result.owners,
    )?);
    Ok(blocks)
}

/// The largest of a kind, what the rest comes to, and everything.
fn drivers(
    heading: &str,
    (what, others): (&str, &str),
    result: &OverviewResult,
    drivers: &[Driver],
) -> Result<Vec<Block>, WorkspaceError> {
    if drivers.is_empty() {
        return Ok(Vec::new());
    }
    let told = |label: String, amount: Money, previous: Money| {
        vec![
            label,
            money(amount),
            share(amount, result.total),
            money(previous),
            change(amount, previous),
        ]
    };
    let (mut rest, mut rest_before) = (result.total, result.previous_total);
    let mut rows = Vec::new();
    for driver in drivers {
        rest = rest.minus(driver.amount)?;
        rest_before = rest_before.minus(driver.previous)?;
        rows.push(row(told(
            driver.label.clone(),
            driver.amount,
            driver.previous,
        )));
    }
    if !rest.is_zero() || !rest_before.is_zero() {
        rows.push(row(told(others.to_owned(), rest, rest_before)));
    }
    rows.push(strong(vec![
        "Everything".to_owned(),
        money(result.total),
        share(result.total, result.total),
        money(result.previous_total),
        change(result.total, result.previous_total),
    ]));
    Ok(vec![
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
    ])
}
