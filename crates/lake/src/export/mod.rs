//! The ledger's charges as a FOCUS 1.2 file, in CSV or Parquet.
//!
//! Rows go out as they come in: memory is bounded by one batch of them (CSV keeps none). Amounts are
//! written as the exact decimals they are. What the ledger does not know is null, never a guess;
//! columns that FOCUS 1.2 does not define begin with `x_`, as it demands, those of FOCUS 1.3 for
//! allocated costs among them.

mod columns;
mod csv;
mod decimal;
mod parquet;
mod regions;
mod row;

use std::io::Write;

pub use columns::{Column, Kind, columns};
pub use row::{FocusOwner, FocusRow};

use self::csv::CsvWriter;
use self::parquet::ParquetWriter;

/// What the file is laid out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Comma separated values as RFC 4180 has them.
    Csv,
    /// Columns in row groups.
    Parquet,
}

impl Layout {
    /// How names of such files end, and the word for it on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Whoever takes the bytes does not take them.
    #[error("the export cannot be written: {0}")]
    Io(#[from] std::io::Error),
    /// A value that the columns cannot hold.
    #[error("row {row} of the export cannot be written: {reason}")]
    Value {
        /// The row, counted from one.
        row: u64,
        /// What is the matter with it.
        reason: String,
    },
    /// The columns of a batch do not fit each other.
    #[error("the export cannot be put into columns: {0}")]
    Columns(String),
}

/// Writes charges as FOCUS rows.
pub struct FocusWriter<W: Write + Send> {
    inner: Inner<W>,
    rows: u64,
}

enum Inner<W: Write + Send> {
    Csv(CsvWriter<W>),
    Parquet(Box<ParquetWriter<W>>),
}

impl<W: Write + Send> FocusWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// [`ExportError::Io`].
    pub fn new(to: W, layout: Layout) -> Result<Self, ExportError> {
        let inner = match layout {
            Layout::Csv => Inner::Csv(CsvWriter::new(to)?),
            Layout::Parquet => Inner::Parquet(Box::new(ParquetWriter::new(to)?)),
        };
        Ok(Self { inner, rows: 0 })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// [`ExportError`].
    pub fn add(&mut self, row: &FocusRow<'_>) -> Result<(), ExportError> {
        self.rows += 1;
        match &mut self.inner {
            Inner::Csv(writer) => writer.add(row)?,
            Inner::Parquet(writer) => writer.add(row, self.rows)?,
        }
        Ok(())
    }

    /// How many rows it has.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends the file and gives back what it was written to.
    ///
    /// # Errors
    /// [`ExportError`].
    pub fn finish(self) -> Result<W, ExportError> {
        match self.inner {
            Inner::Csv(writer) => Ok(writer.finish()?),
            Inner::Parquet(writer) => writer.finish(),
        }
    }
}
