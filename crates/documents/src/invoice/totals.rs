//! What stands below an invoice's lines: the totals, and beside them how to pay.

use super::bill::Bill;
use crate::DocumentError;
use crate::page::{Flow, Ink, Style};
use crate::typeset::{Weight, printable, wrap_within};
use crate::words::filled;

const LABEL: Style = Style::new(Weight::Regular, 8.75, Ink::Soft);
const VALUE: Style = Style::new(Weight::Medium, 8.75, Ink::Text);
const TOTAL: Style = Style::new(Weight::SemiBold, 10.5, Ink::Text);
const HEADING: Style = Style::new(Weight::Medium, 8.75, Ink::Text);
const LINE: Style = Style::new(Weight::Regular, 8.25, Ink::Soft);
const PITCH: f32 = 11.75;
const ROW: f32 = 16.0;
/// How wide the totals are.
const WIDTH: f32 = 234.0;
const GAP: f32 = 24.0;

/// The height of the block of totals, which never breaks.
pub(super) fn height(bill: &Bill<'_>) -> f32 {
    52.0 + bill.taxes.iter().map(|_| ROW).sum::<f32>().max(ROW)
}

/// Subtotal, taxes and total, in the room that the table's last row kept for them; how to pay and
/// what the seller has to say.
pub(super) fn totals(flow: &mut Flow<'_>, bill: &Bill<'_>) -> Result<(), DocumentError> {
    let (frame, top) = (flow.frame, flow.y);
    let start = frame.right - WIDTH;
    flow.page
        .rule(frame.left, frame.right, top, 0.9, Ink::Accent);
    let mut y = top + 1.0;
    for (label, amount) in rows(bill) {
        y += ROW;
        let room = WIDTH - VALUE.figure_width(&amount) - 8.0;
        if let Some(label) = wrap_within(&label, LABEL.font(), room, 1).first() {
            flow.page.text(start, y, label, LABEL);
        }
        flow.page.figure_to(frame.right, y, &amount, VALUE);
    }
    y += 9.0;
    flow.page.rule(start, frame.right, y, 0.5, Ink::Line);
    y += 17.0;
    let label = if bill.is_credit() {
        bill.words.credited_total
    } else {
        bill.words.total
    };
    let total = bill.language.figure_with_currency(bill.totals.total);
    flow.page.text(start, y, label, TOTAL);
    flow.page.figure_to(frame.right, y, &total, TOTAL);
    let end = top + height(bill);

    let payment = payment(bill, start - GAP - frame.left)?;
    let beside = payment.iter().map(|_| PITCH).sum::<f32>() + ROW <= end - top;
    let payment = if beside {
        payment
    } else {
        self::payment(bill, frame.text_width())?
    };
    flow.y = if beside { top + 17.0 } else { end + 26.0 };
    block(flow, bill.words.how_to_pay, &payment, !beside);
    flow.y = flow.y.max(end);
    if let Some(note) = &bill.content.note {
        let mut lines = Vec::new();
        for paragraph in note.lines() {
            let text = printable(paragraph)?;
            lines.extend(crate::typeset::wrap(&text, LINE.font(), frame.text_width()));
        }
        flow.y += 26.0;
        block(flow, bill.words.note, &lines, true);
    }
    Ok(())
}

fn rows(bill: &Bill<'_>) -> Vec<(String, String)> {
    let (words, language) = (bill.words, bill.language);
    let signed = |label: String, sign: Option<&str>| match sign {
        Some(sign) => format!("{label} {sign}"),
        None => label,
    };
    let subtotal = signed(words.subtotal.to_owned(), bill.exchange_sign());
    let mut rows = vec![(subtotal, language.figure(bill.totals.subtotal))];
    for tax in &bill.taxes {
        let sign = bill.reason_of(&tax.treatment).map(|(_, sign)| sign);
        let rate = format!("{} ({})", words.tax, language.rate(tax.treatment.rate()));
        let label = match bill.taxes.as_slice() {
            [_] => rate,
            _ => filled(words.on, &[&rate, &language.figure(tax.base)]),
        };
        rows.push((signed(label, sign), language.figure(tax.tax)));
    }
    rows
}

/// A heading and lines; `may_break` where they stand on their own.
fn block(flow: &mut Flow<'_>, heading: &str, lines: &[String], may_break: bool) {
    if lines.is_empty() {
        return;
    }
    if may_break {
        flow.reserve(PITCH * 2.0);
    }
    flow.page.text(flow.frame.left, flow.y, heading, HEADING);
    flow.y += 2.0;
    for line in lines {
        if may_break {
            flow.reserve(PITCH);
        }
        flow.y += PITCH;
        flow.page.text(flow.frame.left, flow.y, line, LINE);
    }
}

/// Where the money goes; nothing where none is asked for.
fn payment(bill: &Bill<'_>, width: f32) -> Result<Vec<String>, DocumentError> {
    if bill.is_credit() || bill.totals.total.nanos() <= 0 {
        return Ok(Vec::new());
    }
    let mut texts: Vec<String> = bill.paper.payment().to_vec();
    if let Some(account) = &bill.content.seller.bank {
        texts.extend(account.bank.clone());
        texts.push(format!("IBAN {}", account.iban));
        texts.extend(account.bic.as_ref().map(|bic| format!("BIC {bic}")));
        if let Some((number, ..)) = bill.paper.issue() {
            texts.push(format!("{} {number}", bill.words.reference));
        }
    }
    let mut lines = Vec::new();
    for text in texts {
        lines.extend(wrap_within(&printable(&text)?, LINE.font(), width, 2));
    }
    Ok(lines)
}
