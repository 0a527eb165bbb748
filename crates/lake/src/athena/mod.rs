//! The roll-up as SQL, for an export that is better read where it lies.
//!
//! The statements are rendered from the same plan that the pass over files follows: which columns,
//! which rules, which formulas. What comes home is a FOCUS file in CSV, a row for each group of lines
//! of a day that agree in all but their amounts, and it goes through the same loader as any other.
//! Amounts are DECIMAL(38, 24) from the first sum to the last: a sum that does not fit fails, it is
//! never rounded.

mod expression;
mod footer;
mod price;
mod roll_up;
mod table;

pub use footer::{FooterError, columns_of_footer};
pub use price::{MINIMUM_BYTES, nanos_of_a_dollar_for};
pub use roll_up::roll_up;
pub use table::{Table, create_table};

use tallyport_ledger::meaning::{CUR, FOCUS, Meaning};

use crate::Format;
use crate::columns::detect;
use crate::header::Header;
use crate::plan::Plan;

/// A column of an export, as its files have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceColumn {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: SourceType,
}

/// The types that exports have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceType {
    /// Text.
    Text,
    /// Binary floating point, as AWS writes amounts.
    Double,
    /// A decimal of so many digits, so many of them behind the point.
    Decimal(u8, i8),
    /// A moment.
    Timestamp,
    /// Keys and values, both texts.
    Map,
}

/// Why an export cannot be rolled up where it lies.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AthenaError {
    /// Its columns are no cost export's.
    #[error("the export is neither FOCUS nor a Cost and Usage Report: {0}")]
    NotACostExport(String),
    /// It lacks columns without which no charge can be told.
    #[error("the export lacks: {}", .0.join(", "))]
    Lacking(Vec<String>),
    /// A column has a type that cannot hold what it should.
    #[error("the export's column {column} is of a type that cannot be read as {expected}")]
    Type {
        /// The column.
        column: String,
        /// Such as "a moment".
        expected: &'static str,
    },
    /// A name that no statement can carry safely.
    #[error("\"{0}\" cannot be the name of a table, a database, a partition or a place")]
    Name(String),
}

/// The plan for an export with these columns.
fn plan(columns: &[SourceColumn]) -> Result<(Plan, &'static Meaning), AthenaError> {
    let names = columns.iter().map(|column| column.name.clone()).collect();
    let mut header = Header::new(names);
    let format = detect(&header).map_err(AthenaError::NotACostExport)?;
    let meaning = match format {
        Format::Cur { .. } => &CUR,
        Format::Focus { .. } => &FOCUS,
    };
    let plan = Plan::new(meaning, &mut header, None).map_err(AthenaError::Lacking)?;
    Ok((plan, meaning))
}

/// The columns that the roll-up reads, by number, each once.
fn read_columns(plan: &Plan) -> Vec<usize> {
    let mut read: Vec<usize> = plan
        .texts()
        .iter()
        .chain(plan.figures())
        .copied()
        .chain([plan.from()])
        .chain(plan.to())
        .collect();
    read.sort_unstable();
    read.dedup();
    read
}
