//! Reports: figures, charts and tables, by the same painters as invoices.

mod draw;

use jiff::civil::Date;

use crate::page::Document;
use crate::{DocumentError, Look, pdf};

/// The most rows that a table on paper has: nobody reads more, and a file for programs holds them.
pub const MOST_REPORT_ROWS: usize = 20_000;

/// A report. Its texts are written as they should be read, amounts included.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What it is.
    pub title: String,
    /// What it is of, such as the month.
    pub subtitle: String,
    /// Whose it is, such as the workspace's name.
    pub owner: String,
    /// The day it bears.
    pub day: Date,
    /// Printed at the head of every page, such as "Demo data".
    pub mark: Option<String>,
    /// Whether the sheet's long side lies below, for tables of many columns.
    pub landscape: bool,
    /// What it rests on, at the foot of the last page.
    pub sources: String,
    /// What it says, from top to bottom.
    pub blocks: Vec<Block>,
}

/// A part of a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading; readers can jump to it.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Figures side by side.
    Figures(Vec<Figure>),
    /// Upright bars.
    Chart(Chart),
    /// A table.
    Table(ReportTable),
}

/// A figure with what it is, and a remark below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it is.
    pub label: String,
    /// The figure.
    pub figure: String,
    /// A remark, such as how it was the month before.
    pub remark: Option<String>,
}

/// Bars side by side. Heights are in parts of ten thousand of the chart's height.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What it shows, below it.
    pub caption: String,
    /// Lines across, with what they stand for.
    pub lines: Vec<(u32, String)>,
    /// A label, how high its bar is, and how high the paler one behind it, if one is.
    pub bars: Vec<(String, u32, Option<u32>)>,
}

/// A table. Every row has a cell for each column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReportTable {
    /// Its columns.
    pub columns: Vec<ReportColumn>,
    /// Its rows.
    pub rows: Vec<ReportRow>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportColumn {
    /// What is in it.
    pub title: String,
    /// Whether it holds figures, which end on the same edge.
    pub figures: bool,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportRow {
    /// Its cells.
    pub cells: Vec<String>,
    /// Whether it stands out, such as a total.
    pub strong: bool,
    /// Whether it is over its limit.
    pub over: bool,
}

/// The report as a PDF. The same report gives the same bytes.
///
/// # Errors
/// [`DocumentError::MissingGlyph`] names a word that cannot be printed; [`DocumentError::TooManyRows`].
pub fn render_report(report: &Report, look: &Look) -> Result<Vec<u8>, DocumentError> {
    for block in &report.blocks {
        if let Block::Table(table) = block
            && table.rows.len() > MOST_REPORT_ROWS
        {
            return Err(DocumentError::TooManyRows {
                rows: table.rows.len(),
                most: MOST_REPORT_ROWS,
            });
        }
    }
    let document: Document = draw::document(report, look)?;
    pdf::write(&document, None)
}
