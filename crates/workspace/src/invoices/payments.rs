//! What was paid. A payment in error is taken out with a reason and stays in the trail; more than is
//! left to pay is refused, and what was paid before a credit note can be paid back.

use jiff::civil::Date;
use serde_json::json;
use tallyport_ledger::{IssueInvoices, Money};
use tallyport_store::{InvoiceId, NewPayment, RemovedPayment};

use super::InvoiceView;
use super::change::words;
use super::left::Left;
use super::show::{self, Shelf};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// So many characters has what a bank says, and a reason.
const REFERENCE: usize = 140;

/// A payment as a person records it.
#[derive(Debug, Clone)]
pub struct PaymentAsk {
    /// The day the money came, or went back.
    pub day: Date,
    /// A decimal amount; below nothing where it was paid back.
    pub amount: String,
    /// What the bank says.
    pub reference: String,
}

/// Records a payment of an issued invoice.
///
/// # Errors
/// A conflict for a draft or a credit note; [`WorkspaceError::Invalid`] for more than is left to pay.
pub async fn pay(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: InvoiceId,
    ask: PaymentAsk,
) -> Result<InvoiceView, WorkspaceError> {
    let (at, today, trail) = (cx.now(), cx.today(), Trail::of(cx, by));
    let by = by.name().to_owned();
    cx.store
        .write(move |w| {
            let left = Left::of(w, id)?;
            let amount = Money::parse(ask.amount.trim(), left.content.currency())
                .map_err(|error| WorkspaceError::invalid("amount", error))?;
            left.standing
                .takes(amount)
                .map_err(|error| WorkspaceError::invalid("amount", error))?;
            // A day's leeway: where the workspace is, tomorrow may have begun.
            if ask.day > today.tomorrow().unwrap_or(today) {
                return Err(WorkspaceError::invalid(
                    "day",
                    format!(
                        "{} lies ahead: a payment is recorded when it has come",
                        ask.day
                    ),
                ));
            }
            let reference = words("reference", Some(ask.reference), REFERENCE)?.unwrap_or_default();
            let details = json!({
                "invoice": id.0, "day": ask.day.to_string(), "amount": amount.to_decimal(2),
                "reference": reference,
            });
            let payment = NewPayment {
                day: ask.day,
                amount,
                reference,
                by,
                at,
            };
            w.add_payment(id, &payment)?;
            let number = left.record.number.map(|number| number.to_string());
            trail.keep(w, "invoice.paid", &number.unwrap_or_default(), &details)?;
            let record = w.invoice(id)?;
            let shelf = Shelf::of(w, &record, today)?;
            show::view(record, &shelf)
        })
        .await
}

/// Takes a payment out that was recorded in error.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; no reason.
pub async fn unpay(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: InvoiceId,
    payment: u32,
    reason: &str,
) -> Result<InvoiceView, WorkspaceError> {
    let (at, today, trail) = (cx.now(), cx.today(), Trail::of(cx, by));
    let (by, reason) = (by.name().to_owned(), reason.to_owned());
    cx.store
        .write(move |w| {
            let reason = words("reason", Some(reason), REFERENCE)?.ok_or_else(|| {
                WorkspaceError::invalid("reason", "say why the payment is taken out")
            })?;
            let record = w.invoice(id)?;
            let details = json!({ "invoice": id.0, "payment": payment, "reason": reason });
            w.remove_payment(id, payment, &RemovedPayment { by, at, reason })?;
            let number = record.number.as_ref().map(ToString::to_string);
            trail.keep(
                w,
                "invoice.payment_removed",
                &number.unwrap_or_default(),
                &details,
            )?;
            let shelf = Shelf::of(w, &record, today)?;
            show::view(record, &shelf)
        })
        .await
}
