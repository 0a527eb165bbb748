//! What stands below an invoice's lines: the totals, and beside them how to pay.

use tallyport_ledger::InvoiceTotals;

use super::page::{Ink, LEFT, RIGHT};
use super::table::Flow;
use super::text::{Style, printable, wrap_within};
use crate::DocumentError;
use crate::face::{Faces, Weight};
use crate::figures::{figure, figure_with_currency};
use crate::paper::InvoicePaper;

const LABEL: Style = Style::new(Weight::Regular, 8.75, Ink::Soft);
const VALUE: Style = Style::new(Weight::Medium, 8.75, Ink::Text);
const TOTAL: Style = Style::new(Weight::SemiBold, 10.5, Ink::Text);
const HEADING: Style = Style::new(Weight::Medium, 8.75, Ink::Text);
const LINE: Style = Style::new(Weight::Regular, 8.25, Ink::Soft);
const PITCH: f32 = 11.75;
/// Where the labels of the totals start.
const START: f32 = 336.0;
const GAP: f32 = 24.0;
/// So many lines on how to pay fit beside the totals; more go below.
const BESIDE: usize = 4;

/// The height of the block of totals, which never breaks.
pub(crate) const HEIGHT: f32 = 68.0;

/// Subtotal, tax and total, in the room that the table's last row kept for them, and how to pay.
pub(crate) fn totals(
    flow: &mut Flow<'_>,
    paper: &InvoicePaper<'_>,
    totals: InvoiceTotals,
) -> Result<(), DocumentError> {
    let tax = format!("Tax ({})", paper.content().tax());
    let y = flow.y;
    let page = &mut flow.page;
    page.rule(LEFT, RIGHT, y, 0.9, Ink::Text);
    for (label, amount, below) in [
        ("Subtotal", totals.subtotal, 17.0),
        (&tax, totals.tax, 33.0),
    ] {
        page.text(START, y + below, label, LABEL);
        page.figure_to(RIGHT, y + below, &figure(amount), VALUE);
    }
    page.rule(START, RIGHT, y + 42.0, 0.5, Ink::Line);
    page.text(START, y + 59.0, "Total", TOTAL);
    page.figure_to(RIGHT, y + 59.0, &figure_with_currency(totals.total), TOTAL);

    let mut lines = payment(flow.faces, paper, START - GAP)?;
    let beside = lines.len() <= BESIDE;
    if !beside {
        lines = payment(flow.faces, paper, RIGHT)?;
    }
    flow.y += if beside { 17.0 } else { HEIGHT + 30.0 };
    if !lines.is_empty() {
        if !beside {
            flow.reserve(PITCH * 2.0);
        }
        flow.page.text(LEFT, flow.y, "How to pay", HEADING);
        flow.y += 2.0;
    }
    for line in lines {
        if !beside {
            flow.reserve(PITCH);
        }
        flow.y += PITCH;
        flow.page.text(LEFT, flow.y, &line, LINE);
    }
    Ok(())
}

fn payment(
    faces: &Faces,
    paper: &InvoicePaper<'_>,
    end: f32,
) -> Result<Vec<String>, DocumentError> {
    let mut lines = Vec::new();
    for text in paper.payment() {
        let text = printable(faces, text)?;
        lines.extend(wrap_within(faces, &text, LINE, end - LEFT, 2));
    }
    Ok(lines)
}
