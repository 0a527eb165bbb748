//! Letters: sent as notices are, but to somebody outside, and with the files of an invoice.

use jiff::Timestamp;
use serde_json::json;
use tallyport_ledger::alert::{Notice, Severity};
use tallyport_ledger::{ReadInvoices, Role};
use tallyport_notify::SendError;
use tallyport_store::{Attempted, Delivery, InvoiceId, Letter, OutgoingId, Writes};

use super::{PATIENCE, Sendable, Waiting, lease, reference, sent};
use crate::channels::{self, Secrets};
use crate::invoices::enclosed;
use crate::trail::Trail;
use crate::{Context, SignedIn, WorkspaceError};

/// Who reads an invoice that somebody who may has asked to be sent.
const READER: &str = "outbox";

/// Tries a letter that waits at once, and answers what became of it. One that another program is sending is
/// left to it.
pub(crate) async fn send_now(cx: &Context, id: OutgoingId) -> Result<Delivery, WorkspaceError> {
    let now = cx.now();
    let process = cx.jobs.process().to_owned();
    let claimed = cx
        .store
        .write(move |w| {
            let delivery = w.delivery(id)?;
            let (Some(channel), true) = (
                delivery.channel,
                w.claim_letter(id, &process, now, lease(now))?,
            ) else {
                return Ok::<_, WorkspaceError>(None);
            };
            Ok(Some(Sendable {
                channel: w.channel(channel)?,
                secrets: Secrets::from_text(w.channel_secrets(channel)?.as_ref())?,
                recipient: None,
                first: id,
                ids: vec![id],
                notice: delivery.notice,
                letter: delivery.letter,
                attempts: delivery.attempts,
                created_at: delivery.created_at,
            }))
        })
        .await?;
    if let Some(parcel) = claimed {
        let cx = cx.clone();
        // On its own: whoever asked may no longer be there when the server answers, which is noted all the same.
        tokio::spawn(async move { sent(&cx, parcel).await })
            .await
            .map_err(|error| WorkspaceError::Fault(format!("sending ended badly: {error}")))??;
    }
    cx.store.read(move |r| Ok(r.delivery(id)?)).await
}

/// Sends a letter, once.
pub(super) async fn send(
    cx: &Context,
    parcel: &Sendable,
    invoice: InvoiceId,
    letter: &Letter,
) -> Result<Result<(), SendError>, WorkspaceError> {
    let mailer = channels::mailer(cx, &parcel.channel, parcel.secrets.clone()).await?;
    let mailer = match mailer {
        Ok(mailer) => mailer,
        Err(error) => return Ok(Err(error)),
    };
    let by = SignedIn::new(READER, Role::BillingManager).grant::<ReadInvoices>()?;
    let files = enclosed(cx, &by, invoice, letter).await?;
    let first = parcel.first;
    let workspace = cx.store.read(|r| r.workspace()).await?;
    let Letter {
        to,
        copy_to,
        reply_to,
        ..
    } = letter.clone();
    let posted = tallyport_notify::Letter {
        id: reference(&workspace, first),
        sent_at: cx.now(),
        to,
        copy_to,
        reply_to,
        subject: parcel.notice.title.clone(),
        text: parcel.notice.text.clone(),
        files,
    };
    let answer = tokio::time::timeout(PATIENCE, mailer.post(&posted)).await;
    Ok(answer.unwrap_or_else(|_| {
        Err(SendError::TimedOut {
            place: "the channel".to_owned(),
        })
    }))
}

/// Notes with the invoice how sending it ended; that it could not be sent is told on the desktop as well.
pub(super) fn noted(
    w: &mut Writes<'_>,
    (invoice, letter): &(InvoiceId, Letter),
    outcome: &Attempted,
    at: Timestamp,
) -> Result<(), WorkspaceError> {
    let (action, reason) = match outcome {
        Attempted::Again { .. } => return Ok(()),
        Attempted::Sent => ("invoice.sent", None),
        Attempted::Failed(reason) => ("invoice.not_sent", Some(reason)),
    };
    let number = w.invoice(*invoice)?.number;
    let number = number.map_or_else(String::new, |number| number.to_string());
    let to = letter.to.join(", ");
    let mut details = json!({ "invoice": invoice.0, "to": to });
    if let Some(reason) = reason {
        details["reason"] = reason.as_str().into();
        let notice = Notice {
            title: format!("{number} was not sent"),
            text: format!("It could not be sent to {to}: {reason}."),
            severity: Severity::Warning,
            alerts: Vec::new(),
            place: format!("/invoices/{invoice}"),
            lines: Vec::new(),
        };
        w.post_about(*invoice, &notice, at)?;
    }
    Ok(Trail::by(at, letter.asked_by.clone()).keep(w, action, &number, &details)?)
}

/// Whose turn a letter waits for: no two to the same people are sent at once.
pub(super) fn recipients(waiting: &Waiting) -> Option<String> {
    let letter = waiting.letter.as_ref();
    letter.map(|(_, letter)| letter.to.join(", "))
}
