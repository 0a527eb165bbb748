use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::{DayRange, Metric, ViewCosts};
use tallyport_store::NamedOwner;

use super::column::{Of, column, id, maybe, off_paper, summed, text};
use super::facts::Facts;
use super::{Table, listed};
use crate::sharing::{self, SharedRow, Sharing};
use crate::{Context, Grant, WorkspaceError};

/// Somebody who takes part in what one owner owns.
pub(super) struct TakerLine {
    rule: i64,
    pot: NamedOwner,
    method: &'static str,
    taker: NamedOwner,
    share: Option<u32>,
    note: Option<String>,
}

pub(super) const SHARING: &[Of<TakerLine>] = &[
    text("What is spread", |line| Cell::text(&line.pot.name)),
    text("How", |line| Cell::text(line.method)),
    text("Over", |line| Cell::text(&line.taker.name)),
    off_paper(text("Kind", |line| Cell::text(line.taker.key.kind()))),
    column("Share", Kind::Quantity, |line| {
        // Parts per million, as percent.
        Cell::maybe(line.share, |parts| Cell::Quantity(percent(parts).into()))
    }),
    text("Note", |line| maybe(line.note.as_deref())),
    off_paper(column("Rule", Kind::Count, |line| id(line.rule))),
];

/// Parts per million in percent, as a decimal.
fn percent(parts: u32) -> String {
    let (whole, rest) = (parts / 10_000, parts % 10_000);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:04}")
        .trim_end_matches('0')
        .to_owned()
}

/// How shared cost is spread.
///
/// # Errors
/// The workspace file's.
pub async fn sharing(cx: &Context, by: &Grant<ViewCosts>) -> Result<Table, WorkspaceError> {
    let rules = sharing::list(cx, by).await?;
    let rows = rules
        .into_iter()
        .flat_map(|rule| {
            let Sharing {
                id,
                pot,
                method,
                takers,
                onward,
                note,
            } = rule;
            takers
                .into_iter()
                .chain(onward)
                .map(move |(taker, share)| TakerLine {
                    rule: id,
                    pot: pot.clone(),
                    method,
                    taker,
                    share,
                    note: note.clone(),
                })
        })
        .collect();
    let facts = Facts::default().with("Share", "in percent of what is spread, where it is fixed");
    Ok(Table::kept(&listed::SHARING, "", facts, SHARING, rows))
}

pub(super) const SHARED_COSTS: &[Of<SharedRow>] = &[
    text("Owner", |row| {
        Cell::text(row.owner.as_ref().map_or("nobody", |owner| &owner.name))
    }),
    off_paper(text("Kind", |row| {
        maybe(row.owner.as_ref().map(|owner| owner.key.kind()))
    })),
    column("Currency", Kind::Currency, |row| {
        Cell::Currency(row.total.currency())
    }),
    summed("Owned", |row| Cell::Money(row.direct)),
    summed("Shared", |row| Cell::Money(row.shared)),
    summed("Total", |row| Cell::Money(row.total)),
];

/// What everybody has once shared cost is spread.
///
/// # Errors
/// The workspace file's.
pub async fn shared_costs(
    cx: &Context,
    by: &Grant<ViewCosts>,
    days: DayRange,
    metric: Metric,
) -> Result<Table, WorkspaceError> {
    let found = sharing::costs(cx, by, days, metric).await?;
    let facts = Facts::default().days(days).metric(metric);
    let of = format!("{}-to-{}", days.from(), days.to());
    let rows = found.into_iter().flat_map(|result| result.rows).collect();
    Ok(Table::kept(
        &listed::SHARED_COSTS,
        of,
        facts,
        SHARED_COSTS,
        rows,
    ))
}
