//! Invoices by mail.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{IssueInvoices, ReadInvoices};
use tallyport_workspace::{
    ChannelId, Context, Delivery, InvoiceId, LetterFile, Mailing, WorkspaceError, invoices,
};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::wire::Moment;

/// The mail that an invoice would go out with.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceMessage {
    /// From whom; `null` where nothing sends mail.
    #[schema(required)]
    pub from: Option<String>,
    /// To whom.
    pub to: Vec<String>,
    /// Who gets a copy that the others do not see.
    pub copy_to: Vec<String>,
    /// Where an answer goes, if not to the sender.
    #[schema(required)]
    pub reply_to: Option<String>,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// What goes with it.
    pub attachments: Vec<InvoiceMailFile>,
    /// Why it cannot go out as it is.
    #[schema(required)]
    pub problem: Option<String>,
}

/// A file that goes with a mail.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceMailFile {
    /// Its name.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// How many bytes it has.
    pub size: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
}

/// What is to be different from the usual mail.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvoiceSending {
    /// To whom; who is billed if absent.
    pub to: Option<Vec<String>>,
    /// Its subject.
    pub subject: Option<String>,
    /// Its text.
    pub text: Option<String>,
    /// Whether it goes out although it went out before.
    #[serde(default)]
    pub again: bool,
}

/// The mails that an invoice went out with.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceDeliveries {
    /// The latest first.
    pub deliveries: Vec<InvoiceDelivery>,
}

/// A mail that an invoice went out with, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceDelivery {
    /// Its number.
    pub id: i64,
    /// To whom.
    pub to: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// waiting, sent, failed (not tried any more) or dropped (not sent on purpose).
    pub state: String,
    /// How often it was tried.
    pub attempts: u32,
    /// Who wanted it sent.
    pub asked_by: String,
    /// When.
    pub created_at: Moment,
    /// When it is tried next.
    #[schema(required)]
    pub next_attempt_at: Option<Moment>,
    /// When the server took it.
    #[schema(required)]
    pub sent_at: Option<Moment>,
    /// Why it did not.
    #[schema(required)]
    pub error: Option<String>,
    /// The channel's name.
    pub channel: String,
    /// What went with it.
    pub attachments: Vec<InvoiceMailFile>,
}

/// How far an invoice is on its way to who is billed.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceSent {
    /// waiting, sent, failed or dropped.
    pub state: String,
    /// To whom.
    pub to: Vec<String>,
    /// When the server took it.
    #[schema(required)]
    pub at: Option<Moment>,
    /// Why it did not.
    #[schema(required)]
    pub error: Option<String>,
}

/// How invoices go out.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvoiceMailing {
    /// On which channel, of kind mail or ses; `null` is the only one there is.
    #[schema(required)]
    pub channel: Option<i64>,
    /// Where answers go, if not to the sender.
    #[schema(required)]
    pub reply_to: Option<String>,
    /// Who gets a copy of each that the others do not see.
    #[serde(default)]
    pub copy_to: Vec<String>,
}

impl From<LetterFile> for InvoiceMailFile {
    fn from(file: LetterFile) -> Self {
        let LetterFile {
            name,
            media_type,
            size,
            sha256,
        } = file;
        Self {
            name,
            media_type,
            size,
            hash: sha256,
        }
    }
}

impl From<invoices::Message> for InvoiceMessage {
    fn from(message: invoices::Message) -> Self {
        let invoices::Message {
            from,
            to,
            copy_to,
            reply_to,
            subject,
            text,
            files,
            problem,
        } = message;
        Self {
            from,
            to,
            copy_to,
            reply_to,
            subject,
            text,
            attachments: files.into_iter().map(InvoiceMailFile::from).collect(),
            problem,
        }
    }
}

impl InvoiceDelivery {
    /// None for what is no letter.
    fn of(delivery: Delivery) -> Option<Self> {
        let Delivery {
            id,
            channel: _,
            channel_name,
            recipient: _,
            notice,
            state,
            attempts,
            next_attempt_at,
            created_at,
            sent_at,
            error,
            letter,
        } = delivery;
        let (_, letter) = letter?;
        Some(Self {
            id: id.0,
            to: letter.to,
            subject: notice.title,
            state: state.word().to_owned(),
            attempts,
            asked_by: letter.asked_by,
            created_at: Moment(created_at),
            next_attempt_at: next_attempt_at.map(Moment),
            sent_at: sent_at.map(Moment),
            error,
            channel: channel_name.map(|(name, _)| name).unwrap_or_default(),
            attachments: letter
                .files
                .into_iter()
                .map(InvoiceMailFile::from)
                .collect(),
        })
    }
}

impl InvoiceSent {
    /// None for what is no letter.
    pub(crate) fn of(delivery: Delivery) -> Option<Self> {
        let (_, letter) = delivery.letter?;
        Some(Self {
            state: delivery.state.word().to_owned(),
            to: letter.to,
            at: delivery.sent_at.map(Moment),
            error: delivery.error,
        })
    }
}

impl From<Mailing> for InvoiceMailing {
    fn from(mailing: Mailing) -> Self {
        let Mailing {
            channel,
            reply_to,
            copy_to,
        } = mailing;
        Self {
            channel: channel.map(|id| id.0),
            reply_to,
            copy_to,
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(invoice_mailing))
        .routes(guarded_routes!(set_invoice_mailing))
        .routes(guarded_routes!(invoice_message))
        .routes(guarded_routes!(send_invoice))
        .routes(guarded_routes!(invoice_deliveries))
}

/// How invoices go out.
#[utoipa::path(
    get, path = "/invoices/mailing", tag = "invoices",
    responses((status = 200, body = InvoiceMailing), Problem)
)]
async fn invoice_mailing(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
) -> Answer<InvoiceMailing> {
    let mailing = invoices::mailing(&context, &by.grant).await?;
    Ok(axum::Json(mailing.into()))
}

/// Says how invoices go out from now on.
#[utoipa::path(
    put, path = "/invoices/mailing", tag = "invoices",
    responses((status = 200, body = InvoiceMailing), Problem)
)]
async fn set_invoice_mailing(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Json(ask): Json<InvoiceMailing>,
) -> Answer<InvoiceMailing> {
    let InvoiceMailing {
        channel,
        reply_to,
        copy_to,
    } = ask;
    let ask = Mailing {
        channel: channel.map(ChannelId),
        reply_to,
        copy_to,
    };
    let mailing = invoices::set_mailing(&context, &by.grant, ask).await?;
    Ok(axum::Json(mailing.into()))
}

/// The mail that an invoice would go out with.
#[utoipa::path(
    get, path = "/invoices/{id}/message", tag = "invoices",
    params(("id" = i64, Path)),
    responses((status = 200, body = InvoiceMessage), Problem)
)]
async fn invoice_message(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<InvoiceMessage> {
    let message = invoices::message(&context, &by.grant, InvoiceId(id)).await?;
    Ok(axum::Json(message.into()))
}

/// Sends an invoice or a credit note to who is billed. What the server cannot take now is tried again by itself.
#[utoipa::path(
    post, path = "/invoices/{id}/send", tag = "invoices",
    params(("id" = i64, Path)),
    responses((status = 200, body = InvoiceDelivery), Problem)
)]
async fn send_invoice(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<InvoiceSending>,
) -> Answer<InvoiceDelivery> {
    let InvoiceSending {
        to,
        subject,
        text,
        again,
    } = ask;
    let ask = invoices::LetterAsk {
        to,
        subject,
        text,
        again,
    };
    let delivery = invoices::send(&context, &by.grant, InvoiceId(id), ask).await?;
    let delivery = InvoiceDelivery::of(delivery);
    let no_letter = || WorkspaceError::Fault("what was sent is no letter".to_owned());
    Ok(axum::Json(delivery.ok_or_else(no_letter)?))
}

/// The mails that an invoice went out with.
#[utoipa::path(
    get, path = "/invoices/{id}/deliveries", tag = "invoices",
    params(("id" = i64, Path)),
    responses((status = 200, body = InvoiceDeliveries), Problem)
)]
async fn invoice_deliveries(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<InvoiceDeliveries> {
    let deliveries = invoices::deliveries(&context, &by.grant, InvoiceId(id)).await?;
    let deliveries = deliveries.into_iter().filter_map(InvoiceDelivery::of);
    Ok(axum::Json(InvoiceDeliveries {
        deliveries: deliveries.collect(),
    }))
}
