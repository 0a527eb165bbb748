//! Invoices on their way to who is billed: what the mail says, what goes with it, on which channel it goes, and
//! what became of it. A draft is never sent.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use sha2::{Digest, Sha256};
use tallyport_documents::{Covering, Language, covering};
use tallyport_ledger::alert::{Notice, Severity};
use tallyport_ledger::channel::ChannelKind;
use tallyport_ledger::delivery::DeliveryState;
use tallyport_ledger::{Electronic, Invoice, IssueInvoices, ReadInvoices, Role};
use tallyport_notify::{Enclosed, is_mail_address};
use tallyport_store::{
    Channel, Delivery, InvoiceId, Letter, LetterFile, Mailing, NewLetter, OutgoingId, Reads,
    Writes,
};

use super::change::words;
use super::frozen::Frozen;
use super::issue::hex;
use super::{Syntax, electronic, hybrid, paper};
use crate::channels::{ChannelSettings, settings_from};
use crate::delivery::letters;
use crate::trail::Trail;
use crate::{Context, Grant, SignedIn, WorkspaceError};

/// A mail goes to so many at the most.
const RECIPIENTS: usize = 20;
/// So many characters have room in the subject and in the text.
const SUBJECT: usize = 200;
const TEXT: usize = 5_000;

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

/// All that a letter about one document needs.
struct Prepared {
    number: String,
    covering: Covering,
    electronic: Option<Electronic>,
    /// Whom it goes to unless somebody else is named.
    to: Vec<String>,
    mailing: Mailing,
    channel: Result<Channel, WorkspaceError>,
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
pub async fn mailing(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
) -> Result<Mailing, WorkspaceError> {
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

/// Sends one letter after another.
#[derive(Debug, Default)]
pub(super) struct Postman {
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

fn prepared(r: &Reads<'_>, id: InvoiceId) -> Result<Prepared, WorkspaceError> {
    let record = r.invoice(id)?;
    let frozen = Frozen::from_json(record.frozen)?;
    let invoice: Invoice = frozen.invoice()?.ok_or_else(|| is_draft(id))?;
    let language = match &frozen.look {
        Some(look) => look.look(r)?.language,
        None => Language::default(),
    };
    let buyer = r.buyer(record.owner)?;
    let named = buyer.as_ref().map(|buyer| buyer.invoice_emails.clone());
    let to = match named.filter(|named| !named.is_empty()) {
        Some(named) => named,
        None => invoice.draft().buyer().email.iter().cloned().collect(),
    };
    let mailing = r.mailing()?;
    Ok(Prepared {
        number: invoice.number().to_string(),
        covering: covering(&invoice, language),
        electronic: buyer.and_then(|buyer| buyer.electronic),
        to,
        channel: channel(r, &mailing),
        mailing,
    })
}

/// On which channel invoices go out.
fn channel(r: &Reads<'_>, mailing: &Mailing) -> Result<Channel, WorkspaceError> {
    let mut able: Vec<Channel> = r.channels()?.into_iter().filter(sends_mail).collect();
    if let Some(at) = able.iter().position(|one| Some(one.id) == mailing.channel) {
        return Ok(able.swap_remove(at));
    }
    match (able.pop(), able.len()) {
        (Some(only), 0) => Ok(only),
        (None, _) => Err(WorkspaceError::Conflict {
            code: "invoice.no-channel",
            reason: "there is no channel that sends mail".to_owned(),
            hint: Some(
                "Add one: Alerts → Channels, or `tally channels add mail …`.".to_owned(),
            ),
        }),
        (Some(_), _) => Err(WorkspaceError::Conflict {
            code: "invoice.which-channel",
            reason: "several channels send mail".to_owned(),
            hint: Some(
                "Say which one invoices go out on: `tally invoices mailing --channel NAME`."
                    .to_owned(),
            ),
        }),
    }
}

fn sends_mail(channel: &Channel) -> bool {
    channel.enabled && matches!(channel.kind, ChannelKind::Mail | ChannelKind::Ses)
}

fn sender(channel: &Channel) -> Result<String, WorkspaceError> {
    match settings_from(channel.kind, &channel.settings)? {
        ChannelSettings::Mail { from, .. } | ChannelSettings::Ses { from, .. } => Ok(from),
        ChannelSettings::Post { .. } | ChannelSettings::Sms { .. } => Err(WorkspaceError::Fault(
            "a channel without mail was chosen for invoices".to_owned(),
        )),
    }
}

/// What goes with a letter about an issued document: the same bytes whenever it is asked for.
async fn of(
    cx: &Context,
    by: &Grant<ReadInvoices>,
    id: InvoiceId,
    number: &str,
    kind: Option<Electronic>,
) -> Result<Vec<Enclosed>, WorkspaceError> {
    let file = |extension: &str, media_type: &str, bytes: Vec<u8>| Enclosed {
        name: [number, ".", extension].concat(),
        media_type: media_type.to_owned(),
        bytes,
    };
    let syntax = match kind {
        Some(Electronic::FacturX) => {
            let bytes = hybrid(cx, by, id).await?;
            return Ok(vec![file("pdf", "application/pdf", bytes)]);
        }
        Some(Electronic::Ubl) => Some(Syntax::Ubl),
        Some(Electronic::Cii) => Some(Syntax::Cii),
        None => None,
    };
    let mut files = vec![file("pdf", "application/pdf", paper(cx, by, id).await?)];
    if let Some(syntax) = syntax {
        let xml = electronic(cx, by, id, syntax).await?.into_bytes();
        files.push(file("xml", "application/xml", xml));
    }
    Ok(files)
}

fn files(enclosed: &[Enclosed]) -> Vec<LetterFile> {
    let file = |file: &Enclosed| LetterFile {
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        size: u64::try_from(file.bytes.len()).unwrap_or(u64::MAX),
        sha256: hex(&Sha256::digest(&file.bytes)),
    };
    enclosed.iter().map(file).collect()
}

fn addresses(field: &'static str, given: Vec<String>) -> Result<Vec<String>, WorkspaceError> {
    let given = given.into_iter().map(|address| address.trim().to_owned());
    let given: Vec<String> = given.filter(|address| !address.is_empty()).collect();
    if given.len() > RECIPIENTS {
        return Err(WorkspaceError::invalid(
            field,
            format!("at most {RECIPIENTS} addresses have room"),
        ));
    }
    match given.iter().find(|address| !is_mail_address(address)) {
        None => Ok(given),
        Some(other) => Err(WorkspaceError::invalid(
            field,
            format!("\"{other}\" is no address for mail"),
        )),
    }
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

fn is_draft(id: InvoiceId) -> WorkspaceError {
    WorkspaceError::Conflict {
        code: "invoice.draft",
        reason: format!("draft {id} is not issued, and a draft is never sent"),
        hint: Some("Issue it first.".to_owned()),
    }
}

fn nobody(number: &str) -> WorkspaceError {
    WorkspaceError::Conflict {
        code: "invoice.no-address",
        reason: format!("there is no address that {number} could be sent to"),
        hint: Some(
            "Name one (--to), or enter it with the buyer: `tally buyers set … --invoice-email`."
                .to_owned(),
        ),
    }
}
