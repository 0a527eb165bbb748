//! What stands above an invoice's lines: who bills whom, for when, how much.

use tallyport_ledger::Metric;

use super::bill::Bill;
use super::{foot, parties};
use crate::DocumentError;
use crate::page::{Frame, Ink, Page, Style};
use crate::typeset::{Weight, printable, wrap_within};

const TITLE: Style = Style::new(Weight::SemiBold, 21.0, Ink::Text);
const LABEL: Style = Style::new(Weight::Regular, 8.25, Ink::Soft);
const VALUE: Style = Style::new(Weight::Medium, 8.25, Ink::Text);
const DUE: Style = Style::new(Weight::SemiBold, 17.0, Ink::Text);
const WHEN: Style = Style::new(Weight::Medium, 10.0, Ink::Text);
/// How wide the column of facts is.
const FACTS: f32 = 208.0;

/// The letterhead of the first page; says where it ends.
pub(super) fn letterhead(
    bill: &Bill<'_>,
    frame: Frame,
    page: &mut Page,
) -> Result<f32, DocumentError> {
    page.fill((0.0, 0.0), (frame.width, 5.0), Ink::Accent);
    foot::marks(bill, frame, page);
    let parties_end = parties::parties(bill, frame, page)?;
    let facts_end = facts(bill, frame, page)?;
    Ok(amount_due(
        bill,
        frame,
        page,
        parties_end.max(facts_end) + 16.0,
    ))
}

/// The title, and number, days, month and basis below it; says the last baseline.
fn facts(bill: &Bill<'_>, frame: Frame, page: &mut Page) -> Result<f32, DocumentError> {
    let words = bill.words;
    let title = match (bill.paper.is_draft(), bill.is_credit()) {
        (true, false) => words.draft_invoice,
        (true, true) => words.draft_credit_note,
        (false, false) => words.invoice,
        (false, true) => words.credit_note,
    };
    page.text_to(frame.right, 73.0, title, TITLE);
    let start = frame.right - FACTS;
    let mut y = 81.0;
    for (label, value) in rows(bill) {
        let value = printable(&value)?;
        let limit = FACTS - LABEL.width(label) - 10.0;
        y += 16.0;
        page.text(start, y, label, LABEL);
        if let Some(value) = wrap_within(&value, VALUE.font(), limit, 1).first() {
            page.text_to(frame.right, y, value, VALUE);
        }
        page.rule(start, frame.right, y + 5.5, 0.5, Ink::Line);
    }
    Ok(y + 5.5)
}

fn rows(bill: &Bill<'_>) -> Vec<(&'static str, String)> {
    let (content, words) = (bill.content, bill.words);
    let mut rows = Vec::new();
    if let Some((number, issued_on, due_on)) = bill.paper.issue() {
        if bill.is_credit() {
            rows.push((words.credit_note_number, number));
            rows.push((words.issued_on, bill.language.day(issued_on)));
        } else {
            rows.push((words.invoice_number, number));
            rows.push((words.issued_on, bill.language.day(issued_on)));
            rows.push((words.due_on, bill.language.day(due_on)));
        }
    }
    rows.extend(bill.credited().map(|of| (words.credits_invoice, of)));
    let replaced = content.replaces.as_ref().map(ToString::to_string);
    rows.extend(replaced.map(|of| (words.replaces_invoice, of)));
    rows.push((words.billing_period, bill.language.month(content.period)));
    let order = content.purchase_order.clone();
    rows.extend(order.map(|order| (words.purchase_order, order)));
    let basis = match content.metric {
        Metric::Billed => words.billed_cost,
        Metric::Effective => words.effective_cost,
    };
    rows.push((words.basis, basis.to_owned()));
    rows
}

/// The amount on its panel; says where it ends.
fn amount_due(bill: &Bill<'_>, frame: Frame, page: &mut Page, y: f32) -> f32 {
    let height = 52.0;
    let (left, width) = (frame.left, frame.text_width());
    page.fill((left, y), (width, height), Ink::Wash);
    page.fill((left, y), (2.5, height), Ink::Accent);
    let (total, words) = (bill.totals.total, bill.words);
    let amount = bill.language.figure_with_currency(total);
    let (label, when) = match bill.paper.issue() {
        None => (words.draft_total, None),
        Some(_) if bill.is_credit() || total.nanos() < 0 => (words.amount_credited, None),
        Some(_) if total.is_zero() => (words.nothing_to_pay, None),
        Some((.., due_on)) => (words.amount_due, Some(bill.language.day(due_on))),
    };
    let label = format!("{label} ({})", total.currency());
    page.text(left + 16.0, y + 18.0, &label, LABEL);
    page.figure(left + 16.0, y + 39.0, &amount, DUE);
    let room = width - 48.0 - DUE.figure_width(&amount);
    if let Some(when) = when.filter(|when| WHEN.width(when) < room) {
        let right = frame.right - 16.0;
        page.text_to(right, y + 18.0, words.due_by, LABEL);
        page.text_to(right, y + 37.0, &when, WHEN);
    }
    y + height + 14.0
}
