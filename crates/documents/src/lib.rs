//! Paper: invoices and reports as PDF, tables as files, invoices for programs.
//!
//! [`render_invoice`] turns an issued invoice or a draft into the bytes of a document. A page is
//! first laid out in a model of our own (text at a place, boxes, lines), then written. There are two
//! layouts: `first` is kept as it was, for what was issued in it; everything else is of the second.
//!
//! Invariants: no I/O, no clock, no random number; the same paper gives the same bytes. Amounts
//! are printed as the ledger rounded them and are never computed here, bar the sum of a service's
//! lines. A character that no embedded font has is refused by name. Uses `ledger` only.
#![expect(
    clippy::float_arithmetic,
    reason = "coordinates on paper, in points; amounts never pass through here as floats"
)]

mod attached;
mod covering;
pub mod einvoice;
mod error;
mod face;
mod figures;
mod first;
mod invoice;
mod logo;
mod look;
mod page;
mod paper;
mod pdf;
mod report;
mod sfnt;
pub mod sheet;
mod typeset;
mod words;

pub use attached::{Attached, Profile};
pub use covering::{Covering, covering};
pub use error::DocumentError;
pub use figures::{figure_with_currency, month as month_in_words};
pub use invoice::{render_hybrid, render_invoice};
pub use logo::{Logo, LogoError, MOST_LOGO_BYTES};
pub use look::{Language, Look, PaperSize, Rgb, UnknownLook};
pub use paper::InvoicePaper;
pub use report::{
    Block, Chart, Figure, MOST_REPORT_ROWS, Report, ReportColumn, ReportRow, ReportTable,
    render_report,
};
pub use words::filled;
