//! Tables for other programs and for people: CSV, a workbook for spreadsheets, PDF.
//!
//! A table is said once, by its [`Head`]: its columns and what they hold, and where the figures are
//! from. Rows go out as they come in; only paper, which says how many pages it has, waits for the
//! last of them.
//!
//! Invariants: an amount is written with all its digits, and never becomes a float on the way. No
//! text is a formula, whatever it begins with.

mod csv;
mod paper;
mod totals;
mod value;
mod workbook;

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::Timestamp;
use tallyport_ledger::MoneyError;

use crate::DocumentError;

pub use csv::{CsvLook, Separator};
pub use value::Cell;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// The code of the currency of the amounts beside it.
    Currency,
    /// A day.
    Day,
    /// A moment, in UTC.
    Moment,
    /// An exact amount.
    Money,
    /// An exact quantity.
    Quantity,
    /// A share of a hundred.
    Percent,
    /// A whole number.
    Count,
}

impl Kind {
    /// Its word, for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Currency => "currency",
            Self::Day => "day",
            Self::Moment => "moment",
            Self::Money => "money",
            Self::Quantity => "quantity",
            Self::Percent => "percent",
            Self::Count => "count",
        }
    }

    /// Whether it stands at the end of its column.
    pub(crate) const fn is_figure(self) -> bool {
        matches!(
            self,
            Self::Money | Self::Quantity | Self::Percent | Self::Count
        )
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub title: Cow<'static, str>,
    /// What it holds.
    pub kind: Kind,
    /// Whether its amounts may be added up; one sum a currency.
    pub adds_up: bool,
    /// Whether a workbook repeats as text what has more digits than a spreadsheet's numbers keep.
    pub repeats_exact: bool,
    /// Whether there is room for it on paper.
    pub on_paper: bool,
}

/// What a table is, before its first row.
#[derive(Debug, Clone)]
pub struct Head {
    /// What it is called.
    pub title: String,
    /// Whose it is.
    pub workspace: String,
    /// What is said of everything in it, such as "demo data".
    pub mark: Option<String>,
    /// Where it is from, such as the filters: a name and what there is to say.
    pub facts: Vec<(String, String)>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// When it was made.
    pub made_at: Timestamp,
}

/// As what a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Comma separated values.
    Csv(CsvLook),
    /// A workbook, as Excel and others read it.
    Xlsx,
    /// Paper.
    Pdf,
}

impl Layout {
    /// The end of a file's name.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
        }
    }

    /// What a browser is told.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv(_) => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pdf => "application/pdf",
        }
    }
}

/// Why a table cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// Nobody takes it any more, or the disk does not.
    #[error("the table could not be handed on: {0}")]
    Io(#[from] io::Error),
    /// Amounts that do not add up to an amount.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// What cannot be printed, or is too long for it.
    #[error(transparent)]
    Document(#[from] DocumentError),
}

/// Writes a table as one of the three.
#[derive(Debug)]
pub struct SheetWriter<W: Write> {
    writer: Writer<W>,
    /// What is said in every row, since rows are what gets copied on.
    mark: Option<String>,
}

#[derive(Debug)]
enum Writer<W: Write> {
    Csv(csv::CsvWriter<W>),
    Xlsx(Box<workbook::WorkbookWriter<W>>),
    Pdf(Box<paper::PaperWriter<W>>),
}

impl<W: Write> SheetWriter<W> {
    /// Begins a table.
    ///
    /// # Errors
    /// What `to` says.
    pub fn new(to: W, mut head: Head, layout: Layout) -> Result<Self, SheetError> {
        // Paper bears it on every page.
        let mark = head.mark.clone().filter(|_| layout != Layout::Pdf);
        if mark.is_some() {
            head.columns.push(Column {
                title: "Mark".into(),
                kind: Kind::Text,
                adds_up: false,
                repeats_exact: false,
                on_paper: false,
            });
        }
        let writer = match layout {
            Layout::Csv(look) => Writer::Csv(csv::CsvWriter::new(to, &head, look)?),
            Layout::Xlsx => Writer::Xlsx(Box::new(workbook::WorkbookWriter::new(to, head)?)),
            Layout::Pdf => Writer::Pdf(Box::new(paper::PaperWriter::new(to, head))),
        };
        Ok(Self { writer, mark })
    }

    /// Adds a row: a cell a column.
    ///
    /// # Errors
    /// What `to` says; a sum that is no amount.
    pub fn add(&mut self, row: &[Cell<'_>]) -> Result<(), SheetError> {
        let marked;
        let row = match &self.mark {
            None => row,
            Some(mark) => {
                marked = [row, &[Cell::text(mark)]].concat();
                &marked
            }
        };
        match &mut self.writer {
            Writer::Csv(writer) => Ok(writer.add(row)?),
            Writer::Xlsx(writer) => writer.add(row),
            Writer::Pdf(writer) => writer.add(row),
        }
    }

    /// Ends the table.
    ///
    /// # Errors
    /// What `to` says; what cannot be printed.
    pub fn finish(self) -> Result<W, SheetError> {
        match self.writer {
            Writer::Csv(writer) => Ok(writer.finish()?),
            Writer::Xlsx(writer) => writer.finish(),
            Writer::Pdf(writer) => writer.finish(),
        }
    }
}
