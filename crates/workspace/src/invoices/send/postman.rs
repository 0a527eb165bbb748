//! Letters into the outbox, one after another.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use tallyport_documents::Covering;
use tallyport_ledger::alert::{Notice, Severity};
use tallyport_ledger::delivery::DeliveryState;
use tallyport_ledger::{IssueInvoices, Role};
use tallyport_store::{Delivery, InvoiceId, Letter, LetterFile, NewLetter, OutgoingId, Writes};

use super::LetterAsk;
use super::written::{Prepared, addresses, files, nobody, of, prepared};
use crate::delivery::letters;
use crate::invoices::change::words;
use crate::trail::Trail;
use crate::{Context, Grant, SignedIn, WorkspaceError};

/// So many characters have room in the subject and in the text.
const SUBJECT: usize = 200;
const TEXT: usize = 5_000;

/// Sends one letter after another.
#[derive(Debug, Default)]
pub(in crate::invoices) struct Postman {
    /// The server could not take the last one: the next ones would only wait for it as well.
    waits: bool,
}

impl Postman {
    /// That a document went out before and to whom, if it did.
    pub async fn sent_before(
        &self,
        cx: &Context,
        id: InvoiceId,
    ) -> Result<Option<String>, WorkspaceError> {
        cx.store
            .read(move |r| {
                let last = r.last_letter(id)?;
                let zone = r.settings()?.zone;
                Ok(last.and_then(|last| was_sent(&last, &zone)))
            })
            .await
    }

    /// Puts a letter into the outbox, and tries it at once. One that waits there already is tried instead.
    pub async fn post(
        &mut self,
        cx: &Context,
        by: &Grant<IssueInvoices>,
        id: InvoiceId,
        ask: LetterAsk,
    ) -> Result<Delivery, WorkspaceError> {
        let prepared = cx.store.read(move |r| prepared(r, id)).await?;
        // Whoever may issue them may read them: every role that has the one has the other.
        let reads = SignedIn::new(by.name(), Role::BillingManager).grant()?;
        let enclosed = of(cx, &reads, id, &prepared.number, prepared.electronic).await?;
        let (trail, at, by) = (Trail::of(cx, by), cx.now(), by.name().to_owned());
        let posted = cx
            .store
            .write(move |w| {
                let last = w.last_letter(id)?;
                let zone = w.settings()?.zone;
                if let Some(last) = last.filter(|_| !ask.again) {
                    let is_usual = ask == LetterAsk::default();
                    if last.state == DeliveryState::Waiting && is_usual {
                        return Ok(last.id);
                    }
                    if let Some(reason) = went_out(&last, &zone) {
                        return Err(WorkspaceError::Conflict {
                            code: "invoice.sent",
                            reason: format!("{}: {reason}", prepared.number),
                            hint: Some(
                                "Say that it is to go out again (--again), if so.".to_owned(),
                            ),
                        });
                    }
                }
                write(w, prepared, ask, &files(&enclosed), (id, at, by), &trail)
            })
            .await?;
        if self.waits {
            return cx.store.read(move |r| Ok(r.delivery(posted)?)).await;
        }
        let delivery = letters::send_now(cx, posted).await?;
        self.waits = delivery.state == DeliveryState::Waiting;
        Ok(delivery)
    }
}

/// Puts a letter into the outbox.
fn write(
    w: &mut Writes<'_>,
    prepared: Prepared,
    ask: LetterAsk,
    files: &[LetterFile],
    (id, at, asked_by): (InvoiceId, Timestamp, String),
    trail: &Trail,
) -> Result<OutgoingId, WorkspaceError> {
    let to = match ask.to {
        Some(to) => addresses("to", to)?,
        None => prepared.to,
    };
    if to.is_empty() {
        return Err(nobody(&prepared.number));
    }
    let Covering { subject, text } = prepared.covering;
    let notice = Notice {
        title: words("subject", ask.subject, SUBJECT)?.unwrap_or(subject),
        text: words("text", ask.text, TEXT)?.unwrap_or(text),
        severity: Severity::Notice,
        alerts: Vec::new(),
        place: format!("/invoices/{id}"),
        lines: Vec::new(),
    };
    let details = json!({ "invoice": id.0, "to": to.join(", ") });
    let letter = Letter {
        to,
        copy_to: prepared.mailing.copy_to,
        reply_to: prepared.mailing.reply_to,
        asked_by,
        electronic: prepared.electronic.map(|kind| kind.word().to_owned()),
        files: files.to_vec(),
    };
    let outgoing = w.post_letter(&NewLetter {
        channel: prepared.channel?.id,
        invoice: id,
        notice: &notice,
        letter: &letter,
        at,
    })?;
    trail.keep(w, "invoice.posted", &prepared.number, &details)?;
    Ok(outgoing)
}

/// That a letter is on its way or was taken, if so.
fn went_out(letter: &Delivery, zone: &str) -> Option<String> {
    match letter.state {
        DeliveryState::Waiting => Some(format!("a letter to {} is on its way", to(letter))),
        _ => was_sent(letter, zone),
    }
}

/// That a letter was taken, if it was.
fn was_sent(letter: &Delivery, zone: &str) -> Option<String> {
    let sent_at = letter.sent_at?;
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let day = sent_at.to_zoned(zone).date();
    Some(format!("it was sent to {} on {day}", to(letter)))
}

fn to(letter: &Delivery) -> String {
    let letter = letter.letter.as_ref();
    letter.map_or_else(String::new, |(_, letter)| letter.to.join(", "))
}
