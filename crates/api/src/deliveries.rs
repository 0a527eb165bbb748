//! What became of each notice.

use axum::extract::State;
use tallyport_ledger::channel::ChannelKind;
use tallyport_ledger::{ManageChannels, ViewCosts};
use tallyport_workspace::channels::DESKTOP_NAME;
use tallyport_workspace::{ChannelId, Context, DeliveryQuery, delivery};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::Query;
use crate::problem::{Answer, Problem};
use crate::wire::Moment;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which deliveries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeliveriesQuestion {
    /// Of this channel; 0 is the desktop's popup.
    pub channel: Option<i64>,
    /// waiting, sent, failed or dropped.
    pub state: Option<String>,
    /// The page, from 1; fifty deliveries each.
    pub page: Option<u32>,
}

/// Deliveries.
#[derive(Debug, Serialize, ToSchema)]
pub struct Deliveries {
    /// The latest first.
    pub deliveries: Vec<Delivery>,
    /// Whether another page follows.
    pub more: bool,
}

/// A notice on a channel, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Delivery {
    /// Its number.
    pub id: i64,
    /// The channel.
    pub channel: DeliveryChannel,
    /// The one of its recipients that it is for; `null`: all of them.
    #[schema(required)]
    pub to: Option<String>,
    /// The alerts it tells of; none in a test.
    pub alerts: Vec<i64>,
    /// What it says, in a line.
    pub title: String,
    /// waiting, sent, failed (not tried any more) or dropped (not sent on purpose).
    pub state: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was put out.
    pub created_at: Moment,
    /// When it is tried next.
    #[schema(required)]
    pub next_attempt_at: Option<Moment>,
    /// When it was taken.
    #[schema(required)]
    pub sent_at: Option<Moment>,
    /// Why it was not.
    #[schema(required)]
    pub error: Option<String>,
}

/// The channel of a delivery, also one that was removed.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryChannel {
    /// Its number; 0 is the desktop's popup.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// popup, mail, ses, slack, teams, webhook or sms.
    pub kind: String,
}

impl From<tallyport_workspace::Delivery> for Delivery {
    fn from(delivery: tallyport_workspace::Delivery) -> Self {
        let tallyport_workspace::Delivery {
            id,
            channel,
            channel_name,
            recipient,
            notice,
            state,
            attempts,
            next_attempt_at,
            created_at,
            sent_at,
            error,
            letter: _,
        } = delivery;
        let (name, kind) = match channel_name {
            Some((name, kind)) => (name, ChannelKind::from_number(kind)),
            None => (DESKTOP_NAME.to_owned(), None),
        };
        Self {
            id: id.0,
            channel: DeliveryChannel {
                id: channel.map_or(0, |channel| channel.0),
                name,
                kind: kind.map_or("popup", ChannelKind::word).to_owned(),
            },
            to: recipient,
            alerts: notice.alerts.iter().map(|alert| alert.0).collect(),
            title: notice.title,
            state: state.word().to_owned(),
            attempts,
            created_at: Moment(created_at),
            next_attempt_at: next_attempt_at.map(Moment),
            sent_at: sent_at.map(Moment),
            error,
        }
    }
}

/// Deliveries on a page.
const PAGE: u32 = 50;

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(deliveries))
        .routes(guarded_routes!(send_deliveries))
}

/// What came of sending.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sent {
    /// Notices that were taken.
    pub sent: usize,
    /// Notices that are not tried any more.
    pub failed: usize,
    /// Notices that are tried again.
    pub waiting: usize,
}

/// Sends what is due now. The window and `tally serve` do so by themselves; this is for a machine on which
/// neither runs.
#[utoipa::path(
    post, path = "/deliveries/send", tag = "channels",
    responses((status = 200, body = Sent), Problem)
)]
async fn send_deliveries(
    _by: Caller<ManageChannels>,
    State(context): State<Context>,
) -> Answer<Sent> {
    let delivery::Delivered {
        sent,
        failed,
        waiting,
    } = delivery::deliver_due(&context).await?;
    Ok(axum::Json(Sent {
        sent,
        failed,
        waiting,
    }))
}

/// What became of each notice, the latest first.
#[utoipa::path(
    get, path = "/deliveries", tag = "channels",
    params(DeliveriesQuestion),
    responses((status = 200, body = Deliveries), Problem)
)]
async fn deliveries(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Query(ask): Query<DeliveriesQuestion>,
) -> Answer<Deliveries> {
    let DeliveriesQuestion {
        channel,
        state,
        page,
    } = ask;
    let state = state
        .map(|word| word.parse())
        .transpose()
        .map_err(|error: String| Problem::invalid(crate::problem::sentence(&error)))?;
    let query = DeliveryQuery {
        channel: channel.map(ChannelId),
        state,
        offset: page.unwrap_or(1).saturating_sub(1).saturating_mul(PAGE),
        limit: PAGE,
    };
    let (found, more) = delivery::log(&context, &by.grant, query).await?;
    Ok(axum::Json(Deliveries {
        deliveries: found.into_iter().map(Delivery::from).collect(),
        more,
    }))
}
