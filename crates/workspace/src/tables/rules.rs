use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::ViewCosts;

use super::column::{Of, column, id, maybe, off_paper, text};
use super::facts::Facts;
use super::{Table, listed};
use crate::rules::{self, Rule};
use crate::{Context, Grant, WorkspaceError};

pub(super) const COLUMNS: &[Of<Rule>] = &[
    column("Place", Kind::Count, |rule| id(rule.position)),
    text("Owner", |rule| Cell::text(&rule.owner.name)),
    text("Owner kind", |rule| Cell::text(rule.owner.key.kind())),
    text("Matches", |rule| Cell::text(&rule.text)),
    column("From", Kind::Day, |rule| {
        Cell::maybe(rule.validity.from(), Cell::Day)
    }),
    column("To", Kind::Day, |rule| {
        Cell::maybe(rule.validity.to(), Cell::Day)
    }),
    text("Note", |rule| maybe(rule.note.as_deref())),
    off_paper(column("Id", Kind::Count, |rule| id(rule.id.0))),
];

/// Who owns what: the rules in their order.
///
/// # Errors
/// The workspace file's.
pub async fn rules(cx: &Context, by: &Grant<ViewCosts>) -> Result<Table, WorkspaceError> {
    let rows = rules::list(cx, by).await?;
    let facts = Facts::default().with("Order", "the first that matches on a day wins");
    Ok(Table::kept(&listed::RULES, "", facts, COLUMNS, rows))
}
