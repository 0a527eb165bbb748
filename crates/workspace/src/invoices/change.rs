//! What a person puts on a draft by hand: a purchase order, a note, other terms, lines of their own.

use serde_json::json;
use tallyport_ledger::{DraftLine, IssueInvoices, Money};
use tallyport_store::{InvoiceId, InvoiceRecord};

use super::InvoiceView;
use super::draft::at_least_something;
use super::frozen::{ByHand, Frozen};
use super::frozen_line::FrozenLine;
use super::issue::refuse_issued;
use super::show::{self, Shelf};
use super::terms::taxed;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// What stands on a draft by hand. It takes the place of what stood there before.
#[derive(Debug, Clone, Default)]
pub struct DraftChange {
    /// The buyer's own number for it.
    pub purchase_order: Option<String>,
    /// What the seller has to say.
    pub note: Option<String>,
    /// How many days there are to pay it.
    pub due_days: Option<u16>,
    /// Lines of their own: a text and a decimal amount, below nothing where something is taken off.
    pub lines: Vec<(String, String)>,
}

/// So many characters have room.
const PURCHASE_ORDER: usize = 100;
const NOTE: usize = 2_000;
const TEXT: usize = 300;
const LINES: usize = 100;

/// Changes a draft.
///
/// # Errors
/// A conflict if it is approved or issued; [`WorkspaceError::Invalid`] names the field.
pub async fn change(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: InvoiceId,
    ask: DraftChange,
) -> Result<InvoiceView, WorkspaceError> {
    let (today, trail) = (cx.today(), Trail::of(cx, by));
    let by = by.name().to_owned();
    cx.store
        .write(move |w| {
            let record = w.invoice(id)?;
            refuse_fixed(&record)?;
            let mut frozen = Frozen::from_json(record.frozen)?;
            if frozen.credit.is_some() && !ask.lines.is_empty() {
                return Err(WorkspaceError::invalid(
                    "lines",
                    "a credit note takes back lines of its invoice and has none of its own",
                ));
            }
            let by_hand = read(&frozen, ask)?;
            let details = json!({
                "invoice": id.0,
                "purchase_order": by_hand.purchase_order,
                "note": by_hand.note,
                "due_days": by_hand.due_days,
                "lines": by_hand.lines.iter().map(|line| json!([line.text, line.exact])).collect::<Vec<_>>(),
            });
            frozen.by_hand = (by_hand != ByHand::default()).then_some(by_hand);
            taxed(w, &w.settings()?.seller, &mut frozen)?;
            if let Some(reason) = at_least_something(&frozen)? {
                return Err(WorkspaceError::invalid("lines", reason));
            }
            let mut authors = record.drafted_by;
            if !authors.contains(&by) {
                authors.push(by);
            }
            w.change_draft(id, (&frozen.to_json()?, &frozen.figures()?), &authors)?;
            trail.keep(w, "invoice.changed", &id.to_string(), &details)?;
            let record = w.invoice(id)?;
            let shelf = Shelf::of(w, &record, today)?;
            show::view(record, &shelf)
        })
        .await
}

/// What is approved or issued is not changed.
pub(super) fn refuse_fixed(record: &InvoiceRecord) -> Result<(), WorkspaceError> {
    refuse_issued(record)?;
    match &record.approval {
        None => Ok(()),
        Some(approval) => Err(WorkspaceError::Conflict {
            code: "invoice.approved",
            reason: format!("draft {} is approved by {}", record.id, approval.by),
            hint: Some("Withdraw the approval first.".to_owned()),
        }),
    }
}

fn read(frozen: &Frozen, ask: DraftChange) -> Result<ByHand, WorkspaceError> {
    let DraftChange {
        purchase_order,
        note,
        due_days,
        lines,
    } = ask;
    if due_days.is_some_and(|days| days > 365) {
        return Err(WorkspaceError::invalid(
            "due_days",
            "an invoice is due within 365 days",
        ));
    }
    if lines.len() > LINES {
        return Err(WorkspaceError::invalid(
            "lines",
            format!("at most {LINES} lines are put on by hand"),
        ));
    }
    let currency = frozen.currency()?;
    let line = |(text, amount): (String, String)| {
        let text = words("lines", Some(text), TEXT)?
            .ok_or_else(|| WorkspaceError::invalid("lines", "a line needs a text"))?;
        let amount = Money::parse(amount.trim(), currency)
            .map_err(|error| WorkspaceError::invalid("lines", error))?;
        if amount.is_zero() || amount.rounded_to_minor() != amount {
            return Err(WorkspaceError::invalid(
                "lines",
                format!(
                    "\"{text}\" needs an amount in whole smallest units of {currency}, not {amount}"
                ),
            ));
        }
        Ok(FrozenLine::of(&DraftLine::one_off(text, amount)))
    };
    Ok(ByHand {
        purchase_order: words("purchase_order", purchase_order, PURCHASE_ORDER)?,
        note: words("note", note, NOTE)?,
        due_days,
        lines: lines.into_iter().map(line).collect::<Result<_, _>>()?,
    })
}

/// A text of at most `room` characters; none if nothing is in it.
pub(super) fn words(
    field: &'static str,
    text: Option<String>,
    room: usize,
) -> Result<Option<String>, WorkspaceError> {
    let Some(text) = text.map(|text| text.trim().to_owned()) else {
        return Ok(None);
    };
    if text.chars().count() > room {
        return Err(WorkspaceError::invalid(
            field,
            format!("at most {room} characters have room"),
        ));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(WorkspaceError::invalid(
            field,
            "control characters cannot be printed",
        ));
    }
    Ok((!text.is_empty()).then_some(text))
}
