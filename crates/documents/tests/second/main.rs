//! The second layout, as poppler sees it.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

#[path = "../gallery/mod.rs"]
mod gallery;
#[path = "../paper/mod.rs"]
#[expect(
    dead_code,
    reason = "the invoices of the first layout are its other half"
)]
mod paper;

#[path = "../../../../tests/oracle/python.rs"]
mod oracle;

mod archived;
mod hybrid;
mod logos;
mod pages;
mod payloads;
mod pixels;
mod reads;
mod reports;
mod scripts;

/// The text with single spaces and no empty lines.
fn compact(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// All text of the document.
fn text(pdf: &[u8]) -> String {
    compact(&paper::pages(pdf).concat())
}
