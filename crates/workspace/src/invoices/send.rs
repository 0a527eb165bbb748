//! Invoices on their way to who is billed: what the mail says, what goes with it, on which channel it goes, and
//! what became of it. A draft is never sent.

mod postman;
mod written;

use serde_json::json;
use tallyport_documents::Covering;
use tallyport_ledger::{IssueInvoices, ReadInvoices};
use tallyport_notify::Enclosed;
use tallyport_store::{Delivery, InvoiceId, Letter, LetterFile, Mailing};

use self::written::{
    Prepared, addresses, files, is_draft, nobody, of, prepared, sender, sends_mail,
};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

pub(super) use self::postman::Postman;

/// What is to be different from what a letter usually is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterAsk {
    /// To whom.
    pub to: Option<Vec<String>>,
    /// Its subject.
    pub subject: Option<String>,
    /// Its text.
    pub text: Option<String>,
    /// Whether it goes out although it went out before.
    pub again: bool,
}

/// A letter as it would go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// From whom; nobody where nothing sends mail.
    pub from: Option<String>,
    /// To whom.
    pub to: Vec<String>,
    /// Who gets a copy.
    pub copy_to: Vec<String>,
    /// Where an answer goes, if not to the sender.
    pub reply_to: Option<String>,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// What goes with it.
    pub files: Vec<LetterFile>,
    /// Why it cannot go out as it is.
    pub problem: Option<String>,
}

/// What would be sent.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; a conflict for a draft; [`WorkspaceError::Document`] names what the buyer's
/// electronic invoice lacks.
pub async fn message(
    cx: &Context,
    by: &Grant<ReadInvoices>,
    id: InvoiceId,
) -> Result<Message, WorkspaceError> {
    let Prepared {
        number,
        covering: Covering { subject, text },
        electronic,
        to,
        mailing,
        channel,
    } = cx.store.read(move |r| prepared(r, id)).await?;
    let files = files(&of(cx, by, id, &number, electronic).await?);
    let from = channel.as_ref().ok().map(sender).transpose()?;
    let problem = match channel {
        Err(error) => Some(error.to_string()),
        Ok(_) if to.is_empty() => Some(nobody(&number).to_string()),
        Ok(_) => None,
    };
    Ok(Message {
        from,
        to,
        copy_to: mailing.copy_to,
        reply_to: mailing.reply_to,
        subject,
        text,
        files,
        problem,
    })
}

/// Sends an issued document to who is billed, and answers how far it is: what the server could not take now is
/// tried again by itself.
///
/// # Errors
/// A conflict for a draft, for what went out before unless it is to go again, and where nothing sends mail;
/// [`WorkspaceError::Invalid`] names the field.
pub async fn send(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: InvoiceId,
    ask: LetterAsk,
) -> Result<Delivery, WorkspaceError> {
    Postman::default().post(cx, by, id, ask).await
}

/// The letters that went out with a document, the newest first.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn deliveries(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    id: InvoiceId,
) -> Result<Vec<Delivery>, WorkspaceError> {
    cx.store
        .read(move |r| {
            r.invoice(id)?;
            Ok(r.letters(id)?)
        })
        .await
}

/// How invoices go out.
///
/// # Errors
/// The workspace file's.
pub async fn mailing(cx: &Context, _by: &Grant<ReadInvoices>) -> Result<Mailing, WorkspaceError> {
    cx.store.read(|r| Ok(r.mailing()?)).await
}

/// Says how invoices go out from now on.
///
/// # Errors
/// [`WorkspaceError::Invalid`] names the field; [`WorkspaceError::NotFound`] for a channel.
pub async fn set_mailing(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    ask: Mailing,
) -> Result<Mailing, WorkspaceError> {
    let ask = Mailing {
        channel: ask.channel,
        reply_to: ask
            .reply_to
            .map(|address| addresses("reply_to", vec![address]))
            .transpose()?
            .and_then(|mut one| one.pop()),
        copy_to: addresses("copy_to", ask.copy_to)?,
    };
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            if let Some(id) = ask.channel {
                let channel = w.channel(id)?;
                if !sends_mail(&channel) {
                    return Err(WorkspaceError::invalid(
                        "channel",
                        format!("\"{}\" sends no mail: a channel of kind mail or ses is expected", channel.name),
                    ));
                }
            }
            w.set_mailing(&ask)?;
            let details = json!({
                "channel": ask.channel.map(|id| id.0), "reply_to": ask.reply_to, "copy_to": ask.copy_to,
            });
            trail.keep(w, "invoices.mailing", "invoices", &details)?;
            Ok(w.mailing()?)
        })
        .await
}

/// The files that a letter carries, if they are still those that it was written with.
pub(crate) async fn enclosed(
    cx: &Context,
    by: &Grant<ReadInvoices>,
    id: InvoiceId,
    letter: &Letter,
) -> Result<Vec<Enclosed>, WorkspaceError> {
    let number = cx.store.read(move |r| r.invoice(id)).await?.number;
    let number = number.ok_or_else(|| is_draft(id))?.to_string();
    let electronic = letter.electronic.as_deref().map(str::parse).transpose();
    let electronic = electronic.map_err(WorkspaceError::Fault)?;
    let enclosed = of(cx, by, id, &number, electronic).await?;
    if files(&enclosed) == letter.files {
        Ok(enclosed)
    } else {
        Err(WorkspaceError::Fault(format!(
            "the files of {number} are no longer those that its letter was written with"
        )))
    }
}
