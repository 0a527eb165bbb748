use jiff::civil::Date;
use jiff::tz::TimeZone;
use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::AdministerWorkspace;
use tallyport_store::AuditRecord;

use super::column::{Of, cells, column, id, off_paper, text};
use super::facts::Facts;
use super::{Table, finished, listed};
use crate::{Context, Grant, WorkspaceError};

/// Which part of the audit trail.
#[derive(Debug, Clone, Copy, Default)]
pub struct AuditAsk {
    /// From this day on, in UTC.
    pub from: Option<Date>,
    /// Up to this day.
    pub to: Option<Date>,
}

/// Lines that are read at once.
const AT_ONCE: u32 = 5_000;

pub(super) const COLUMNS: &[Of<AuditRecord>] = &[
    column("Number", Kind::Count, |record| id(record.number)),
    column("At", Kind::Moment, |record| Cell::Moment(record.at)),
    text("Who", |record| Cell::text(&record.actor)),
    text("What", |record| Cell::text(&record.action)),
    text("To what", |record| Cell::text(&record.subject)),
    off_paper(text("Details", |record| {
        Cell::owned(record.details.to_string())
    })),
];

/// The audit trail, the newest line first.
///
/// # Errors
/// The workspace file's.
pub async fn audit(
    _cx: &Context,
    _by: &Grant<AdministerWorkspace>,
    ask: AuditAsk,
) -> Result<Table, WorkspaceError> {
    let AuditAsk { from, to } = ask;
    let mut facts = Facts::default();
    if let Some(from) = from {
        facts = facts.with("From", from.to_string());
    }
    if let Some(to) = to {
        facts = facts.with("To", to.to_string());
    }
    Ok(Table::read(
        &listed::AUDIT,
        "",
        facts,
        COLUMNS,
        move |r, opening| {
            let head = r.audit_head()?;
            let mut writer =
                opening.open(|facts| facts.with("Lines in all", head.number.to_string()))?;
            let mut before = None;
            loop {
                let records = r.audit_trail(before, AT_ONCE)?;
                let Some(last) = records.last() else { break };
                before = Some(last.number);
                for record in &records {
                    let day = record.at.to_zoned(TimeZone::UTC).date();
                    if from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to) {
                        writer.add(&cells(COLUMNS, record))?;
                    }
                }
            }
            finished(writer)
        },
    ))
}
