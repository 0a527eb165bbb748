//! How fast transfers may be, and whose turn it is.

use axum::extract::State;
use jiff::civil::{Time, Weekday};
use serde::{Deserialize, Serialize};
use tallyport_ledger::ManageTenants;
use tallyport_ledger::transfer::{LimitWindow, Limits};
use tallyport_workspace::Context;
use tallyport_workspace::tenants::{self, Steer};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use super::{Transfer, steered};
use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::problem::{Answer, Problem, sentence};
use crate::wire::shown;

/// How fast all transfers together may be.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferLimits {
    /// Bytes per second outside the windows; none: as fast as the line.
    #[schema(required)]
    pub usual: Option<u64>,
    /// The zone of the windows, such as Europe/Vienna.
    pub zone: String,
    /// Times of the week with a limit of their own; the first that fits counts.
    pub windows: Vec<TransferWindow>,
}

/// A time of the week with a limit of its own.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferWindow {
    /// The days on which it begins, such as monday; none: every day.
    pub days: Vec<String>,
    /// From this time on.
    #[schema(example = "08:00")]
    pub from: String,
    /// Until this time; one that is not later than `from` is on the next day.
    #[schema(example = "18:00")]
    pub to: String,
    /// Bytes per second; none: as fast as the line.
    #[schema(required)]
    pub limit: Option<u64>,
}

/// How fast one transfer may be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferLimit {
    /// Bytes per second; none: as fast as the line.
    #[schema(required)]
    pub limit: Option<u64>,
}

/// Whose turn it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferTurn {
    /// low, usual or high.
    pub priority: String,
}

const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "monday"),
    (Weekday::Tuesday, "tuesday"),
    (Weekday::Wednesday, "wednesday"),
    (Weekday::Thursday, "thursday"),
    (Weekday::Friday, "friday"),
    (Weekday::Saturday, "saturday"),
    (Weekday::Sunday, "sunday"),
];

impl From<tenants::TransferLimits> for TransferLimits {
    fn from(set: tenants::TransferLimits) -> Self {
        let tenants::TransferLimits {
            limits: Limits { usual, windows },
            zone,
        } = set;
        Self {
            usual,
            zone,
            windows: windows.into_iter().map(TransferWindow::from).collect(),
        }
    }
}

impl From<LimitWindow> for TransferWindow {
    fn from(window: LimitWindow) -> Self {
        let LimitWindow {
            days,
            from,
            to,
            bytes_per_second,
        } = window;
        let word = |day: &Weekday| DAYS.iter().find(|(known, _)| known == day);
        Self {
            days: days
                .iter()
                .filter_map(word)
                .map(|(_, word)| (*word).to_owned())
                .collect(),
            from: from.strftime("%H:%M").to_string(),
            to: to.strftime("%H:%M").to_string(),
            limit: bytes_per_second,
        }
    }
}

impl TryFrom<TransferLimits> for tenants::TransferLimits {
    type Error = Problem;

    fn try_from(ask: TransferLimits) -> Result<Self, Problem> {
        let TransferLimits {
            usual,
            zone,
            windows,
        } = ask;
        let windows = windows.into_iter().map(LimitWindow::try_from);
        Ok(Self {
            limits: Limits {
                usual,
                windows: windows.collect::<Result<_, _>>()?,
            },
            zone,
        })
    }
}

impl TryFrom<TransferWindow> for LimitWindow {
    type Error = Problem;

    fn try_from(ask: TransferWindow) -> Result<Self, Problem> {
        let TransferWindow {
            days,
            from,
            to,
            limit,
        } = ask;
        Ok(Self {
            days: days
                .iter()
                .map(|word| day(word))
                .collect::<Result<_, _>>()?,
            from: time(&from)?,
            to: time(&to)?,
            bytes_per_second: limit,
        })
    }
}

fn day(word: &str) -> Result<Weekday, Problem> {
    let known = DAYS.iter().find(|(_, known)| *known == word);
    known.map(|(day, _)| *day).ok_or_else(|| {
        Problem::invalid(format!(
            "\"{}\" is no day of the week: a word such as monday is expected.",
            shown(word)
        ))
    })
}

fn time(text: &str) -> Result<Time, Problem> {
    Time::strptime("%H:%M", text).map_err(|_| {
        Problem::invalid(format!(
            "\"{}\" is no time of the day: hours and minutes such as 08:30 are expected.",
            shown(text)
        ))
    })
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(transfer_limits))
        .routes(guarded_routes!(set_transfer_limits))
        .routes(guarded_routes!(limit_transfer))
        .routes(guarded_routes!(prioritise_transfer))
}

/// How fast all transfers together may be.
#[utoipa::path(
    get, path = "/transfer-limits", tag = "transfers",
    responses((status = 200, body = TransferLimits), Problem)
)]
async fn transfer_limits(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
) -> Answer<TransferLimits> {
    let found = tenants::transfer_limits(&context, &by.grant).await?;
    Ok(axum::Json(found.into()))
}

/// Sets how fast all transfers together may be, also those under way.
#[utoipa::path(
    put, path = "/transfer-limits", tag = "transfers",
    responses((status = 200, body = TransferLimits), Problem)
)]
async fn set_transfer_limits(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Json(ask): Json<TransferLimits>,
) -> Answer<TransferLimits> {
    let set = tenants::set_transfer_limits(&context, &by.grant, ask.try_into()?).await?;
    Ok(axum::Json(set.into()))
}

/// Sets how fast one transfer may be, also while it is under way.
#[utoipa::path(
    post, path = "/transfers/{id}/limit", tag = "transfers", params(("id" = i64, Path)),
    responses((status = 200, body = Transfer), Problem)
)]
async fn limit_transfer(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(TransferLimit { limit }): Json<TransferLimit>,
) -> Answer<Transfer> {
    steered(&context, &by, id, Steer::Limit(limit)).await
}

/// Sets whose turn it is where several transfers want the line.
#[utoipa::path(
    post, path = "/transfers/{id}/priority", tag = "transfers", params(("id" = i64, Path)),
    responses((status = 200, body = Transfer), Problem)
)]
async fn prioritise_transfer(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(TransferTurn { priority }): Json<TransferTurn>,
) -> Answer<Transfer> {
    let priority = priority
        .parse()
        .map_err(|error: String| Problem::invalid(sentence(&error)))?;
    steered(&context, &by, id, Steer::Prioritise(priority)).await
}
