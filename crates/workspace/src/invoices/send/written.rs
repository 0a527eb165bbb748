//! A letter about a document as it is written: to whom, on which channel, with which files.

use sha2::{Digest, Sha256};
use tallyport_documents::{Covering, Language, covering};
use tallyport_ledger::channel::ChannelKind;
use tallyport_ledger::{Electronic, Invoice, ReadInvoices};
use tallyport_notify::{Enclosed, is_mail_address};
use tallyport_store::{Channel, InvoiceId, LetterFile, Mailing, Reads};

use crate::channels::{ChannelSettings, settings_from};
use crate::invoices::frozen::Frozen;
use crate::invoices::issue::hex;
use crate::invoices::{Syntax, electronic, hybrid, paper};
use crate::{Context, Grant, WorkspaceError};

/// A mail goes to so many at the most.
const RECIPIENTS: usize = 20;

/// All that a letter about one document needs.
pub(super) struct Prepared {
    pub number: String,
    pub covering: Covering,
    pub electronic: Option<Electronic>,
    /// Whom it goes to unless somebody else is named.
    pub to: Vec<String>,
    pub mailing: Mailing,
    pub channel: Result<Channel, WorkspaceError>,
}

pub(super) fn prepared(r: &Reads<'_>, id: InvoiceId) -> Result<Prepared, WorkspaceError> {
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
            hint: Some("Add one: Alerts → Channels, or `tally channels add mail …`.".to_owned()),
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

pub(super) fn sends_mail(channel: &Channel) -> bool {
    channel.enabled && matches!(channel.kind, ChannelKind::Mail | ChannelKind::Ses)
}

pub(super) fn sender(channel: &Channel) -> Result<String, WorkspaceError> {
    match settings_from(channel.kind, &channel.settings)? {
        ChannelSettings::Mail { from, .. } | ChannelSettings::Ses { from, .. } => Ok(from),
        ChannelSettings::Post { .. } | ChannelSettings::Sms { .. } => Err(WorkspaceError::Fault(
            "a channel without mail was chosen for invoices".to_owned(),
        )),
    }
}

/// What goes with a letter about an issued document: the same bytes whenever it is asked for.
pub(super) async fn of(
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

pub(super) fn files(enclosed: &[Enclosed]) -> Vec<LetterFile> {
    let file = |file: &Enclosed| LetterFile {
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        size: u64::try_from(file.bytes.len()).unwrap_or(u64::MAX),
        sha256: hex(&Sha256::digest(&file.bytes)),
    };
    enclosed.iter().map(file).collect()
}

pub(super) fn addresses(
    field: &'static str,
    given: Vec<String>,
) -> Result<Vec<String>, WorkspaceError> {
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

pub(super) fn is_draft(id: InvoiceId) -> WorkspaceError {
    WorkspaceError::Conflict {
        code: "invoice.draft",
        reason: format!("draft {id} is not issued, and a draft is never sent"),
        hint: Some("Issue it first.".to_owned()),
    }
}

pub(super) fn nobody(number: &str) -> WorkspaceError {
    WorkspaceError::Conflict {
        code: "invoice.no-address",
        reason: format!("there is no address that {number} could be sent to"),
        hint: Some(
            "Name one (--to), or enter it with the buyer: `tally buyers set … --invoice-email`."
                .to_owned(),
        ),
    }
}
