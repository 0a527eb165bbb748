//! What a tenant's users did, and what was used.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tallyport_ledger::tenant::{TenantId, UsageDay};
use tallyport_ledger::{BillingPeriod, DayRange, ManageTenants};
use tallyport_workspace::Context;
use tallyport_workspace::tenants;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Path, Query};
use crate::problem::{Answer, Problem, sentence};
use crate::wire::{Day, Moment, Month};

/// Which days, and whose.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ActivityQuestion {
    /// The first day, in UTC; the last seven days if none is given.
    #[param(value_type = Option<Day>)]
    pub from: Option<Day>,
    /// The last day, in UTC; today if none is given.
    #[param(value_type = Option<Day>)]
    pub to: Option<Day>,
    /// Only this user's.
    pub user: Option<String>,
}

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UsageQuestion {
    /// The month; this one if none is given.
    #[param(value_type = Option<Month>)]
    pub month: Option<Month>,
}

/// What a tenant's users did.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantActivity {
    /// Who was signed in, the latest first.
    pub sessions: Vec<SftpSession>,
    /// The files that were sent and fetched, the latest first.
    pub transfers: Vec<SftpTransfer>,
    /// Who failed to sign in under the name of a user, the latest first.
    pub failures: Vec<SignInFailure>,
    /// Lines of the log that cannot be read.
    pub unread: u64,
}

/// Somebody was signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SftpSession {
    /// Its id.
    pub id: String,
    /// Who.
    #[schema(required)]
    pub user: Option<String>,
    /// From where.
    #[schema(required)]
    pub address: Option<String>,
    /// With which program.
    #[schema(required)]
    pub program: Option<String>,
    /// Since when.
    #[schema(required)]
    pub began: Option<Moment>,
    /// Until when.
    #[schema(required)]
    pub ended: Option<Moment>,
}

/// A file was sent or fetched.
#[derive(Debug, Serialize, ToSchema)]
pub struct SftpTransfer {
    /// Who.
    #[schema(required)]
    pub user: Option<String>,
    /// Which file.
    pub path: String,
    /// When.
    pub at: Moment,
    /// How much was sent.
    pub bytes_in: u64,
    /// How much was fetched.
    pub bytes_out: u64,
    /// Whether it came through whole.
    pub is_whole: bool,
}

/// Somebody failed to sign in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignInFailure {
    /// Under which name.
    #[schema(required)]
    pub user: Option<String>,
    /// From where.
    #[schema(required)]
    pub address: Option<String>,
    /// What the server said.
    pub message: String,
    /// When.
    pub at: Moment,
}

/// What a tenant used in a month.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantUsage {
    /// The days that were measured.
    pub days: Vec<TenantUsageDay>,
    /// What was measured of all tenants beside what the bills say of the same days, where one does.
    #[schema(required)]
    pub bill: Option<UsageBeside>,
}

/// What was measured of all tenants beside what the bills say, in bytes. What differs nobody explains: logs come as
/// well as AWS can deliver them, and a server may have users that are no tenant's.
#[derive(Debug, Serialize, ToSchema)]
pub struct UsageBeside {
    /// The last day that the bills tell of.
    pub until: Day,
    /// What all tenants were measured to send.
    pub measured_uploaded: i64,
    /// What the bills say of it.
    pub billed_uploaded: i64,
    /// What all tenants were measured to fetch.
    pub measured_downloaded: i64,
    /// What the bills say of it.
    pub billed_downloaded: i64,
    /// Billed, and not measured: of both together.
    pub residual: i64,
}

impl From<tenants::Reconciled> for UsageBeside {
    fn from(reconciled: tenants::Reconciled) -> Self {
        let tenants::Reconciled {
            until,
            measured,
            billed,
        } = reconciled;
        let shown = |bytes: i128| i64::try_from(bytes).unwrap_or(i64::MAX);
        Self {
            until: Day(until),
            measured_uploaded: shown(measured.0),
            billed_uploaded: shown(billed.0),
            measured_downloaded: shown(measured.1),
            billed_downloaded: shown(billed.1),
            residual: shown(billed.0 + billed.1 - measured.0 - measured.1),
        }
    }
}

/// What a tenant used on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantUsageDay {
    /// The day, in UTC.
    pub day: Day,
    /// What was kept at the end of it, in bytes.
    pub stored_bytes: u64,
    /// What was sent.
    pub uploaded_bytes: u64,
    /// What was fetched.
    pub downloaded_bytes: u64,
    /// How many files were sent, fetched or changed.
    pub requests: u64,
    /// How many users could sign in.
    pub users: u32,
}

impl From<UsageDay> for TenantUsageDay {
    fn from(day: UsageDay) -> Self {
        let UsageDay {
            tenant: _,
            day,
            stored_bytes,
            uploaded_bytes,
            downloaded_bytes,
            requests,
            users,
        } = day;
        Self {
            day: Day(day),
            stored_bytes,
            uploaded_bytes,
            downloaded_bytes,
            requests,
            users,
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(tenant_activity))
        .routes(guarded_routes!(tenant_usage))
        .routes(guarded_routes!(measure_tenant))
}

/// The days that are asked about: seven up to today where nothing is said.
pub(crate) fn days_asked(
    context: &Context,
    from: Option<Day>,
    to: Option<Day>,
) -> Result<DayRange, Problem> {
    let wrong = |error: &dyn std::fmt::Display| Problem::invalid(sentence(&error.to_string()));
    let to = to.map_or_else(|| context.today(), |Day(day)| day);
    let from = match from {
        Some(Day(day)) => day,
        None => to
            .checked_sub(jiff::Span::new().days(6))
            .map_err(|error| wrong(&error))?,
    };
    DayRange::new(from, to).map_err(|error| wrong(&error))
}

/// The month that is asked about: this one where nothing is said.
pub(crate) fn month_asked(
    context: &Context,
    month: Option<Month>,
) -> Result<BillingPeriod, Problem> {
    match month {
        Some(Month(month)) => Ok(month),
        None => BillingPeriod::of(context.today())
            .map_err(|error| Problem::invalid(sentence(&error.to_string()))),
    }
}

/// What a tenant's users did, from the server's log.
#[utoipa::path(
    get, path = "/tenants/{id}/activity", tag = "tenants", params(("id" = i64, Path), ActivityQuestion),
    responses((status = 200, body = TenantActivity), Problem)
)]
async fn tenant_activity(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(ActivityQuestion { from, to, user }): Query<ActivityQuestion>,
) -> Answer<TenantActivity> {
    let days = days_asked(&context, from, to)?;
    let mut found =
        tenants::activity(&context, &by.grant, TenantId(id), days, user.as_deref()).await?;
    found
        .sessions
        .sort_by_key(|one| std::cmp::Reverse(one.began));
    found.transfers.sort_by_key(|one| std::cmp::Reverse(one.at));
    found.failures.sort_by_key(|one| std::cmp::Reverse(one.at));
    let sessions = found.sessions.into_iter().map(|one| SftpSession {
        id: one.id,
        user: one.user,
        address: one.address,
        program: one.program,
        began: one.began.map(Moment),
        ended: one.ended.map(Moment),
    });
    let transfers = found.transfers.into_iter().map(|one| SftpTransfer {
        user: one.user,
        path: one.path,
        at: Moment(one.at),
        bytes_in: one.bytes_in,
        bytes_out: one.bytes_out,
        is_whole: one.is_whole,
    });
    let failures = found.failures.into_iter().map(|one| SignInFailure {
        user: one.user,
        address: one.address,
        message: one.message,
        at: Moment(one.at),
    });
    Ok(axum::Json(TenantActivity {
        sessions: sessions.collect(),
        transfers: transfers.collect(),
        failures: failures.collect(),
        unread: found.unread,
    }))
}

/// What a tenant used on the days of a month that were measured.
#[utoipa::path(
    get, path = "/tenants/{id}/usage", tag = "tenants", params(("id" = i64, Path), UsageQuestion),
    responses((status = 200, body = TenantUsage), Problem)
)]
async fn tenant_usage(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Query(UsageQuestion { month }): Query<UsageQuestion>,
) -> Answer<TenantUsage> {
    usage_of(&context, &by, id, month).await
}

async fn usage_of(
    context: &Context,
    by: &Caller<ManageTenants>,
    id: i64,
    month: Option<Month>,
) -> Answer<TenantUsage> {
    let month = month_asked(context, month)?;
    let (days, bill) = tenants::usage(context, &by.grant, TenantId(id), month).await?;
    Ok(axum::Json(TenantUsage {
        days: days.into_iter().map(TenantUsageDay::from).collect(),
        bill: bill.map(UsageBeside::from),
    }))
}

/// Measures what a tenant used since it was measured last, and holds it against its limits.
#[utoipa::path(
    post, path = "/tenants/{id}/usage/measure", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 200, body = TenantUsage), Problem)
)]
async fn measure_tenant(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<TenantUsage> {
    tenants::measure(&context, &by.grant, TenantId(id)).await?;
    usage_of(&context, &by, id, None).await
}
