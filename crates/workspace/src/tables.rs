//! Every table of the window as a file: CSV, a workbook or PDF.
//!
//! A table is said once: its columns, and for each how a row gives its cell. Rows come from the same use
//! cases as the screen's, under the same permission and filters. What may be long is read as it goes out; a
//! table that breaks off says so and is never taken for a whole one.

mod alerts;
mod anomalies;
mod audit;
mod budgets;
mod charges;
mod column;
mod comparison;
mod costs;
mod facts;
mod forecast;
mod invoices;
mod listed;
mod owners;
mod periods;
mod prices;
mod reconciliation;
mod resources;
mod rules;
mod schedules;
mod sharing;
mod tenants;
mod terms;
mod transfers;

use tallyport_documents::DocumentError;
use tallyport_documents::sheet::{Cell, Head, Kind, SheetError, SheetWriter};
use tallyport_store::Reads;

pub use self::listed::{LISTED, Listed};
pub use tallyport_documents::sheet::{Column, CsvLook, Layout, Separator};

use self::column::Of;
use self::facts::Facts;
use crate::pieces::{Outgoing, TURN};
use crate::{Context, WorkspaceError};

pub use self::alerts::{alerts, deliveries};
pub use self::anomalies::anomalies;
pub use self::audit::{AuditAsk, audit};
pub use self::budgets::{budget_months, budgets};
pub use self::charges::{ChargesTableAsk, charges};
pub use self::comparison::invoice_comparison;
pub use self::costs::costs;
pub use self::forecast::forecast;
pub use self::invoices::{account, invoice_lines, invoices, restatements};
pub use self::owners::{clients, people, statement, team_members, teams};
pub use self::periods::{differences, periods, quarantine};
pub use self::prices::price_books;
pub use self::reconciliation::reconciliation;
pub use self::resources::{ResourcesTableAsk, resources};
pub use self::rules::rules;
pub use self::schedules::{jobs, runs, schedules};
pub use self::sharing::{shared_costs, sharing};
pub use self::tenants::{tenant_activity, tenant_usage, tenant_users, tenants};
pub use self::terms::{buyers, exchange_rates, tax_rates};
pub use self::transfers::{receipts, transfer_files, transfers};
pub use crate::pieces::Pieces;

/// A table, ready to be written.
pub struct Table {
    name: &'static str,
    /// What tells it from others of its name, such as the month.
    of: String,
    title: String,
    columns: Vec<Column>,
    facts: Facts,
    rows: Rows,
}

/// Where rows go.
type Put<'p> = dyn FnMut(&[Cell<'_>]) -> Result<(), WorkspaceError> + 'p;

/// Hands on rows that are there.
type KeptRows = dyn FnOnce(&mut Put<'_>) -> Result<(), WorkspaceError> + Send;
/// Opens the table, and hands on rows as they are read.
type ReadRows = dyn FnOnce(&Reads<'_>, Opening) -> Result<(), WorkspaceError> + Send;

enum Rows {
    /// They are there.
    Kept(Box<KeptRows>),
    /// They are read as they go out, all from one view of the workspace, and so is what they rest on.
    Read(Box<ReadRows>),
}

/// A table on its way.
#[derive(Debug)]
pub struct TableFile {
    /// What to call it.
    pub name: String,
    /// The file, piece by piece.
    pub pieces: Pieces,
}

/// A table whose head is not written yet.
struct Opening {
    head: Head,
    facts: Facts,
    layout: Layout,
    out: Outgoing,
}

impl Table {
    /// A table whose rows are there.
    fn kept<R: Send + 'static>(
        listed: &Listed,
        of: impl Into<String>,
        facts: Facts,
        columns: &'static [Of<R>],
        rows: Vec<R>,
    ) -> Self {
        let cells = rows.iter().map(|row| column::cells(columns, row));
        let described = repeating(column::described(columns), cells);
        let put_all = move |put: &mut Put<'_>| {
            rows.iter()
                .try_for_each(|row| put(&column::cells(columns, row)))
        };
        let rows = Rows::Kept(Box::new(put_all));
        Self::of(listed, of.into(), facts, described, rows)
    }

    /// A table whose columns depend on what was asked.
    fn made(
        listed: &Listed,
        of: String,
        facts: Facts,
        columns: Vec<Column>,
        rows: Vec<Vec<Cell<'static>>>,
    ) -> Self {
        let columns = repeating(columns, rows.iter());
        let put_all = move |put: &mut Put<'_>| rows.iter().try_for_each(|row| put(row));
        let rows = Rows::Kept(Box::new(put_all));
        Self::of(listed, of, facts, columns, rows)
    }

    /// A table that is read as it goes out: `rows` says what it rests on, opens it and hands on row by row.
    fn read<R: 'static>(
        listed: &Listed,
        of: impl Into<String>,
        facts: Facts,
        columns: &'static [Of<R>],
        rows: impl FnOnce(&Reads<'_>, Opening) -> Result<(), WorkspaceError> + Send + 'static,
    ) -> Self {
        let mut described = column::described(columns);
        for column in &mut described {
            column.repeats_exact = matches!(column.kind, Kind::Money | Kind::Quantity);
        }
        let rows = Rows::Read(Box::new(rows));
        Self::of(listed, of.into(), facts, described, rows)
    }

    fn of(listed: &Listed, of: String, facts: Facts, columns: Vec<Column>, rows: Rows) -> Self {
        Self {
            name: listed.name,
            of,
            title: listed.title.to_owned(),
            columns,
            facts,
            rows,
        }
    }

    fn called(mut self, title: String) -> Self {
        self.title = title;
        self
    }
}

/// The columns, of which a workbook repeats as text those with more digits than its numbers keep.
fn repeating<'c>(
    mut columns: Vec<Column>,
    rows: impl Iterator<Item = impl AsRef<[Cell<'c>]>>,
) -> Vec<Column> {
    for row in rows {
        for (column, cell) in columns.iter_mut().zip(row.as_ref()) {
            column.repeats_exact |= cell.outgrows_a_number();
        }
    }
    columns
}

impl Opening {
    /// Says what the rows rest on and writes the head.
    fn open(
        self,
        says: impl FnOnce(Facts) -> Facts,
    ) -> Result<SheetWriter<Outgoing>, WorkspaceError> {
        let Self {
            mut head,
            facts,
            layout,
            out,
        } = self;
        head.facts = says(facts).into_list();
        Ok(SheetWriter::new(out, head, layout)?)
    }
}

/// Writes a table; it goes out while it is written.
///
/// # Errors
/// The workspace file's.
pub async fn write(
    cx: &Context,
    table: Table,
    layout: Layout,
) -> Result<TableFile, WorkspaceError> {
    let Table {
        name,
        of,
        title,
        columns,
        facts,
        rows,
    } = table;
    let workspace = cx
        .store
        .read(|r| Ok::<_, WorkspaceError>(r.workspace()?))
        .await?;
    let name = [if workspace.demo { "demo-data" } else { "" }, name, &of]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let (out, sender, pieces) = Outgoing::new();
    let opening = Opening {
        head: Head {
            title,
            mark: workspace.demo.then(|| "demo data".to_owned()),
            workspace: workspace.name,
            facts: Vec::new(),
            columns,
            made_at: cx.now(),
        },
        facts,
        layout,
        out,
    };
    let store = cx.store.clone();
    tokio::spawn(async move {
        let outcome = match rows {
            Rows::Kept(rows) => {
                let work = move || {
                    let mut writer = opening.open(|facts| facts)?;
                    rows(&mut |row| Ok(writer.add(row)?))?;
                    finished(writer)
                };
                tokio::task::spawn_blocking(work)
                    .await
                    .unwrap_or_else(|error| Err(WorkspaceError::Fault(error.to_string())))
            }
            Rows::Read(rows) => {
                let Ok(_turn) = TURN.acquire().await else {
                    return;
                };
                store.read(move |r| rows(r, opening)).await
            }
        };
        if let Err(error) = outcome {
            // Nobody may be there any more to be told.
            drop(sender.send(Err(error)).await);
        }
    });
    Ok(TableFile {
        name: format!("{name}.{}", layout.word()),
        pieces,
    })
}

fn finished(writer: SheetWriter<Outgoing>) -> Result<(), WorkspaceError> {
    let mut out = writer.finish()?;
    std::io::Write::flush(&mut out).map_err(SheetError::from)?;
    Ok(())
}

impl From<SheetError> for WorkspaceError {
    fn from(error: SheetError) -> Self {
        match error {
            // Who takes it has gone; what a file cannot hold is said.
            SheetError::Io(error) if error.kind() == std::io::ErrorKind::FileTooLarge => {
                Self::invalid("format", error)
            }
            SheetError::Io(_) => Self::Cancelled,
            SheetError::Money(error) => Self::invalid("days", error),
            SheetError::Document(error @ DocumentError::TooManyRows { .. }) => Self::invalid(
                "format",
                format!("{error}: ask for csv or xlsx, or for fewer rows"),
            ),
            SheetError::Document(error) => Self::Document(error),
        }
    }
}
