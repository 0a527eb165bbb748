//! What lies with a document on the wire: its history, its payments, its files.

use serde::Serialize;
use tallyport_workspace::{Attachment, AuditRecord, Payment};
use utoipa::ToSchema;

use crate::wire::{Amount, Day, Moment};

/// Something that was done with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceEvent {
    /// When.
    pub at: Moment,
    /// Who did it.
    pub by: String,
    /// drafted, changed, approved, withdrawn, issued, sent, paid, `payment_removed`, credited, attached and so on.
    pub event: String,
    /// What there is to say about it.
    #[schema(required)]
    pub text: Option<String>,
}

/// A payment.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoicePayment {
    /// Its place, from one.
    pub n: u32,
    /// The day the money came, or went back.
    pub day: Day,
    /// How much; below nothing where it was paid back.
    pub amount: Amount,
    /// What the bank says.
    pub reference: String,
    /// Who recorded it.
    pub recorded_by: String,
    /// When.
    pub recorded_at: Moment,
    /// Who took it out again; it counts for nothing then.
    #[schema(required)]
    pub removed: Option<PaymentRemoved>,
}

/// Why a payment no longer counts.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentRemoved {
    /// When.
    pub at: Moment,
    /// Who took it out.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A file that lies with an invoice.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceAttachment {
    /// Its place, from one.
    pub n: u32,
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// What it is.
    pub media_type: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// Who put it there.
    pub added_by: String,
    /// When.
    pub added_at: Moment,
}

impl From<AuditRecord> for InvoiceEvent {
    fn from(record: AuditRecord) -> Self {
        let event = record.action.strip_prefix("invoice.");
        let said = |key: &str| record.details.get(key).and_then(serde_json::Value::as_str);
        let amount = said("amount").or(said("total"));
        let texts = [
            amount,
            said("credit_note"),
            said("to"),
            said("reference"),
            said("reason"),
        ];
        let text: Vec<&str> = texts
            .into_iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .collect();
        Self {
            at: Moment(record.at),
            event: event.unwrap_or(&record.action).to_owned(),
            text: (!text.is_empty()).then(|| text.join(" · ")),
            by: record.actor,
        }
    }
}

impl From<Payment> for InvoicePayment {
    fn from(payment: Payment) -> Self {
        let Payment {
            number,
            recorded,
            removed,
        } = payment;
        Self {
            n: number,
            day: Day(recorded.day),
            amount: recorded.amount.into(),
            reference: recorded.reference,
            recorded_by: recorded.by,
            recorded_at: Moment(recorded.at),
            removed: removed.map(|removed| PaymentRemoved {
                at: Moment(removed.at),
                by: removed.by,
                reason: removed.reason,
            }),
        }
    }
}

impl From<Attachment> for InvoiceAttachment {
    fn from(attachment: Attachment) -> Self {
        let Attachment {
            number,
            name,
            media_type,
            size,
            sha256,
            added_by,
            added_at,
        } = attachment;
        Self {
            n: number,
            name,
            size,
            media_type,
            hash: sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
            added_by,
            added_at: Moment(added_at),
        }
    }
}
