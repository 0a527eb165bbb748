use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::ViewCosts;

use super::column::{Of, column, id, key_of, maybe, name_of, off_paper, summed, text};
use super::facts::Facts;
use super::{Table, listed};
use crate::anomalies::{self, AnomaliesAsk, Unusual};
use crate::{Context, Grant, WorkspaceError};

pub(super) const COLUMNS: &[Of<Unusual>] = &[
    column("From", Kind::Day, |one| Cell::Day(one.days.from())),
    column("To", Kind::Day, |one| Cell::Day(one.days.to())),
    off_paper(text("Kind", |one| Cell::text(one.kind.word()))),
    text("About", |one| Cell::text(&one.label)),
    off_paper(text("Client", |one| Cell::text(&one.client))),
    off_paper(text("Billing account", |one| {
        Cell::text(&one.billing_account)
    })),
    off_paper(text("Account", |one| key_of(one.account.as_ref()))),
    off_paper(text("Account name", |one| name_of(one.account.as_ref()))),
    text("Service", |one| Cell::text(&one.service)),
    off_paper(text("Usage type", |one| Cell::text(&one.usage_type))),
    column("Currency", Kind::Currency, |one| {
        Cell::Currency(one.actual.currency())
    }),
    summed("Expected", |one| Cell::Money(one.expected)),
    summed("Actual", |one| Cell::Money(one.actual)),
    summed("Difference", |one| Cell::Money(one.impact)),
    column("Percent", Kind::Percent, |one| {
        Cell::maybe(one.percent, Cell::percent)
    }),
    text("What moved most", |one| {
        maybe(one.causes.first().map(|cause| cause.label.as_str()))
    }),
    off_paper(text("Judged as", |one| {
        maybe(one.feedback.map(anomalies::Verdict::word))
    })),
    off_paper(text("Note", |one| Cell::text(&one.note))),
    off_paper(column("Id", Kind::Count, |one| id(one.id.0))),
];

/// What is unusual on some days, the largest stake first.
///
/// # Errors
/// As [`anomalies::anomalies`].
pub async fn anomalies(
    cx: &Context,
    by: &Grant<ViewCosts>,
    ask: AnomaliesAsk,
) -> Result<Table, WorkspaceError> {
    let facts = Facts::default().days(ask.days).filter(&ask.filter);
    let of = format!("{}-to-{}", ask.days.from(), ask.days.to());
    let rows = anomalies::anomalies(cx, by, ask).await?;
    Ok(Table::kept(&listed::ANOMALIES, of, facts, COLUMNS, rows))
}
