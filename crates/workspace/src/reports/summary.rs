use std::collections::BTreeMap;

use tallyport_documents::{Block, Chart, Language, ReportTable, filled};
use tallyport_ledger::{BillingPeriod, Money, ViewCosts};

use super::parts::{Tongue, figure, figures, height, row, strong, text};
use crate::overview::{Driver, Overview, OverviewResult};
use crate::{Context, Grant, WorkspaceError};

/// What the month came to, what drove it, who owns it, what to look at.
pub(super) async fn blocks(
    cx: &Context,
    by: &Grant<ViewCosts>,
    glance: &Overview,
    month: BillingPeriod,
    tongue: Tongue,
) -> Result<Vec<Block>, WorkspaceError> {
    let words = tongue.words;
    let mut blocks = Vec::new();
    for result in &glance.results {
        if glance.results.len() > 1 {
            let heading = filled(words.in_currency, &[result.currency.code()]);
            blocks.push(Block::Heading(heading));
        }
        blocks.extend(of_currency(glance, result, month, tongue)?);
    }
    let attention = attention(glance, tongue);
    if !attention.is_empty() {
        blocks.push(Block::Heading(words.to_look_at.to_owned()));
        blocks.extend(attention.into_iter().map(Block::Text));
    }
    if !glance.budgets_at_risk.is_empty() {
        blocks.push(Block::Heading(words.budgets_in_danger.to_owned()));
        let listed = super::budgets::listed(cx, by, month, true).await?;
        blocks.push(super::budgets::table(&listed, tongue));
    }
    Ok(blocks)
}

/// What to look at: in English each in its own sentence, elsewhere what there is of each kind, as the
/// sentences of screens are in English.
fn attention(glance: &Overview, tongue: Tongue) -> Vec<String> {
    let found = glance.attention.iter();
    if tongue.language() == Language::English {
        return found.map(|found| found.text.clone()).collect();
    }
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for found in found {
        if let Some(words) = tongue.words.attention(found.kind) {
            *kinds.entry(words).or_default() += 1;
        }
    }
    let line = |(words, count)| match count {
        1 => words,
        many => format!("{words} ({many})"),
    };
    kinds
        .into_iter()
        .map(|(words, count)| line((words.to_owned(), count)))
        .collect()
}

fn of_currency(
    glance: &Overview,
    result: &OverviewResult,
    month: BillingPeriod,
    tongue: Tongue,
) -> Result<Vec<Block>, WorkspaceError> {
    let words = tongue.words;
    let of_total = || {
        let share = tongue.share(result.unowned, result.total);
        filled(words.of_the_total, &[&share])
    };
    let mut tiles = vec![
        figure(
            &filled(words.total_of, &[&tongue.month(month)]),
            tongue.money(result.total),
            tongue.beside(result.total, result.previous_total),
        ),
        figure(
            words.nobodys,
            tongue.money(result.unowned),
            (!result.total.is_zero()).then(of_total),
        ),
    ];
    let forecast = glance
        .forecast
        .iter()
        .find(|end| end.band.expected.currency() == result.currency);
    if let Some(end) = forecast {
        let band = [end.band.low80, end.band.high80].map(|amount| tongue.money(amount));
        tiles.push(figure(
            words.expected_at_end,
            tongue.money(end.band.expected),
            Some(filled(words.band, &[&band[0], &band[1]])),
        ));
    }
    let mut blocks = vec![Block::Figures(tiles)];
    if result.days.len() > 1 {
        let amounts = result.days.iter().map(|(_, amount)| *amount);
        let (top, lines) = tongue.scale(amounts, result.total);
        let bar = |(day, amount): &(jiff::civil::Date, _)| {
            (day.day().to_string(), height(*amount, top), None)
        };
        let of = [&tongue.month(month), result.currency.code()];
        blocks.push(Block::Chart(Chart {
            caption: filled(words.day_by_day, &of),
            lines,
            bars: result.days.iter().map(bar).collect(),
        }));
    }
    let nothing = Money::zero(result.currency);
    let nobody = (result.unowned, result.previous_unowned);
    blocks.extend(drivers(
        (words.drivers, words.service),
        result,
        &result.drivers,
        (nothing, nothing),
        tongue,
    )?);
    blocks.extend(drivers(
        (words.owners, words.person),
        result,
        &result.owners,
        nobody,
        tongue,
    )?);
    Ok(blocks)
}

/// The largest of a kind, what the rest comes to, what is nobody's, and everything.
fn drivers(
    (heading, what): (&str, &str),
    result: &OverviewResult,
    drivers: &[Driver],
    nobodys: (Money, Money),
    tongue: Tongue,
) -> Result<Vec<Block>, WorkspaceError> {
    if drivers.is_empty() {
        return Ok(Vec::new());
    }
    let words = tongue.words;
    let told = |label: &str, amount: Money, previous: Money| {
        vec![
            label.to_owned(),
            tongue.money(amount),
            tongue.share(amount, result.total),
            tongue.money(previous),
            tongue.change(amount, previous),
        ]
    };
    let mut others = (
        result.total.minus(nobodys.0)?,
        result.previous_total.minus(nobodys.1)?,
    );
    let mut rows = Vec::new();
    for driver in drivers {
        others.0 = others.0.minus(driver.amount)?;
        others.1 = others.1.minus(driver.previous)?;
        rows.push(row(told(&driver.label, driver.amount, driver.previous)));
    }
    for (label, (now, before)) in [(words.others, others), (words.nobody, nobodys)] {
        if !now.is_zero() || !before.is_zero() {
            rows.push(row(told(label, now, before)));
        }
    }
    rows.push(strong(told(
        words.everything,
        result.total,
        result.previous_total,
    )));
    Ok(vec![
        Block::Heading(heading.to_owned()),
        Block::Table(ReportTable {
            columns: vec![
                text(what),
                figures(words.cost),
                figures(words.share),
                figures(words.month_before),
                figures(words.change),
            ],
            rows,
        }),
    ])
}
