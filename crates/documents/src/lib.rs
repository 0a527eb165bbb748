//! Paper: invoices as PDF, and room for the reports that follow.
//!
//! [`render_invoice`] turns an issued invoice or a draft into the bytes of an A4 document. A page
//! is first laid out in a model of our own (text at a place, filled boxes), then written; only one
//! module knows the library that writes PDF.
//!
//! Invariants: no I/O, no clock, no random number; the same paper gives the same bytes. Amounts
//! are printed as the ledger rounded them and are never computed here, bar the sum of a service's
//! lines. A character that the embedded font lacks is refused by name. Uses `ledger` only.
#![expect(
    clippy::float_arithmetic,
    reason = "coordinates on paper, in points; amounts never pass through here as floats"
)]

mod error;
mod face;
mod figures;
mod invoice;
mod letterhead;
mod lines;
mod page;
mod paper;
mod pdf;
mod sfnt;
pub mod sheet;
mod subset;
mod table;
mod text;
mod totals;

pub use error::DocumentError;
pub use figures::{figure_with_currency, month as month_in_words};
pub use invoice::render_invoice;
pub use paper::InvoicePaper;
