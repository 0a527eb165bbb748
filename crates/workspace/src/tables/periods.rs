use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::ViewCosts;
use tallyport_store::{PeriodVersion, Quarantine, VersionTotal};

use super::column::{Of, column, maybe, money, off_paper, summed, text, yes};
use super::costs::{dimension, slug};
use super::facts::Facts;
use super::{Table, listed};
use crate::periods::{self, DiffAsk, DiffRow, PeriodDiff};
use crate::{Context, Grant, WorkspaceError, plausibility};

/// A version in one currency.
pub(super) struct VersionLine {
    version: PeriodVersion,
    total: Option<VersionTotal>,
}

pub(super) const PERIODS: &[Of<VersionLine>] = &[
    text("Month", |line| Cell::owned(line.version.period.to_string())),
    text("Client", |line| Cell::text(&line.version.client.1)),
    text("Billing account", |line| {
        Cell::text(&line.version.billing_account.0)
    }),
    off_paper(text("Account name", |line| {
        maybe(line.version.billing_account.1.as_deref())
    })),
    column("Version", Kind::Count, |line| {
        Cell::Count(line.version.number.into())
    }),
    text("Source", |line| Cell::text(line.version.source.word())),
    off_paper(text("Format", |line| Cell::text(&line.version.format))),
    off_paper(text("File", |line| {
        maybe(line.version.file_name.as_deref())
    })),
    text("Status", |line| Cell::text(line.version.status.word())),
    column("Loaded at", Kind::Moment, |line| {
        Cell::Moment(line.version.loaded_at)
    }),
    off_paper(column("Lines", Kind::Count, |line| {
        Cell::Count(line.version.lines)
    })),
    off_paper(column("Charges", Kind::Count, |line| {
        Cell::Count(line.version.charges)
    })),
    off_paper(column("Rows left out", Kind::Count, |line| {
        Cell::Count(line.version.skipped_count)
    })),
    text("Counts", |line| yes(line.version.counts)),
    off_paper(column("Replaced by version", Kind::Count, |line| {
        Cell::maybe(line.version.replaced_by, |number| {
            Cell::Count(number.into())
        })
    })),
    column("Currency", Kind::Currency, |line| {
        Cell::maybe(line.total, |total| Cell::Currency(total.billed.currency()))
    }),
    // Versions replace one another: their sums are not to be added.
    money("Billed", |line| {
        Cell::maybe(line.total, |total| Cell::Money(total.billed))
    }),
    off_paper(money("Effective", |line| {
        Cell::maybe(line.total, |total| Cell::Money(total.effective))
    })),
];

/// The billing periods that are loaded, every version of each.
///
/// # Errors
/// An unknown client.
pub async fn periods(
    cx: &Context,
    by: &Grant<ViewCosts>,
    client: Option<String>,
) -> Result<Table, WorkspaceError> {
    let facts = match &client {
        Some(client) => Facts::default().with("Only clients", client.clone()),
        None => Facts::default(),
    };
    let rows = periods::list(cx, by, client)
        .await?
        .into_iter()
        .flat_map(|version| {
            let totals: Vec<Option<VersionTotal>> = if version.totals.is_empty() {
                vec![None]
            } else {
                version.totals.iter().copied().map(Some).collect()
            };
            totals.into_iter().map(move |total| VersionLine {
                version: version.clone(),
                total,
            })
        })
        .collect();
    Ok(Table::kept(&listed::PERIODS, "", facts, PERIODS, rows))
}

pub(super) const DIFFERENCES: &[Of<DiffRow>] = &[
    text("Name", |row| Cell::text(&row.name.label)),
    off_paper(text("Key", |row| Cell::text(&row.name.key))),
    column("Currency", Kind::Currency, |row| {
        Cell::Currency(row.change.currency())
    }),
    summed("Before", |row| Cell::Money(row.before)),
    summed("After", |row| Cell::Money(row.after)),
    summed("Change", |row| Cell::Money(row.change)),
];

/// What became different from one version of a billing period to another.
///
/// # Errors
/// As [`periods::diff`].
pub async fn differences(
    cx: &Context,
    by: &Grant<ViewCosts>,
    ask: DiffAsk,
) -> Result<Table, WorkspaceError> {
    let (rows_are, metric) = (dimension(&ask.by), ask.metric);
    let PeriodDiff {
        from,
        to,
        charges,
        results,
    } = periods::diff(cx, by, ask).await?;
    let of = format!(
        "{}-version-{}-to-{}-by-{}",
        from.period,
        from.number,
        to.number,
        slug(&rows_are)
    );
    let facts = Facts::default()
        .with("Rows", rows_are)
        .with(
            "From",
            format!("version {}, {}", from.number, from.status.word()),
        )
        .with("To", format!("version {}, {}", to.number, to.status.word()))
        .metric(metric)
        .with(
            "Compared",
            format!(
                "{} the same, {} changed, {} added, {} removed",
                charges.same, charges.changed, charges.added, charges.removed
            ),
        )
        .basis(&[from, to]);
    let rows = results.into_iter().flat_map(|result| result.rows).collect();
    Ok(Table::kept(
        &listed::DIFFERENCES,
        of,
        facts,
        DIFFERENCES,
        rows,
    ))
}

pub(super) const QUARANTINE: &[Of<Quarantine>] = &[
    text("Month", |held| Cell::owned(held.period.to_string())),
    off_paper(text("Client", |held| Cell::text(&held.client.1))),
    text("Billing account", |held| Cell::text(&held.billing_account)),
    text("What is wrong", |held| {
        Cell::owned(plausibility::sentence(held))
    }),
    off_paper(column("Day", Kind::Day, |held| {
        Cell::maybe(held.day, Cell::Day)
    })),
    column("Currency", Kind::Currency, |held| {
        Cell::Currency(held.actual.currency())
    }),
    money("Expected", |held| Cell::Money(held.expected)),
    money("Actual", |held| Cell::Money(held.actual)),
    column("Since", Kind::Moment, |held| Cell::Moment(held.since)),
    text("Let through by", |held| {
        maybe(held.released.as_ref().map(|release| release.by.as_str()))
    }),
    off_paper(column("Let through at", Kind::Moment, |held| {
        Cell::maybe(held.released.as_ref(), |release| Cell::Moment(release.at))
    })),
    text("Because", |held| {
        maybe(held.released.as_ref().map(|release| release.note.as_str()))
    }),
];

/// Months that are kept from invoices.
///
/// # Errors
/// The workspace file's.
pub async fn quarantine(cx: &Context, by: &Grant<ViewCosts>) -> Result<Table, WorkspaceError> {
    let rows = plausibility::list(cx, by).await?;
    Ok(Table::kept(
        &listed::QUARANTINE,
        "",
        Facts::default(),
        QUARANTINE,
        rows,
    ))
}
