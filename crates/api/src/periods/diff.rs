//! What became different from one version of a billing period to another.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tallyport_ledger::ViewCosts;
use tallyport_workspace::{Compared, Context, RowName, VersionId, periods};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use super::Period;
use crate::costs::{by as dimension, metric};
use crate::guard::{Caller, guarded_routes};
use crate::input::Query;
use crate::problem::{Answer, Problem};
use crate::wire::Amount;

/// Which two versions to compare.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DiffQuestion {
    /// The version before: its number in this workspace.
    pub from: i64,
    /// The version after.
    pub to: i64,
    /// service, account, person, team, category, region, resource or any other dimension of costs;
    /// service unless said otherwise.
    pub by: Option<String>,
    /// billed or effective.
    pub metric: Option<String>,
}

/// What became different from one version of a billing period to another.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodDiff {
    /// The version before.
    pub from: Period,
    /// The version after.
    pub to: Period,
    /// What the rows are.
    pub by: String,
    /// billed or effective.
    pub metric: String,
    /// How many charges are the same.
    pub charges: ChargeDiff,
    /// One result a currency.
    pub results: Vec<DiffResult>,
}

/// How many charges two versions share.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChargeDiff {
    /// `charges`, or `daily_sums` (by day, account, service and category) where the two versions are from
    /// different kinds of source, which know no more in common.
    pub compared: String,
    /// The same in both.
    pub same: u64,
    /// In both, with other amounts.
    pub changed: u64,
    /// In the later one only.
    pub added: u64,
    /// In the earlier one only.
    pub removed: u64,
}

/// What became different in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiffResult {
    /// The currency's code.
    pub currency: String,
    /// Rows that changed, the largest change first.
    pub rows: Vec<DiffRow>,
    /// All rows before.
    pub before: Amount,
    /// All rows after.
    pub after: Amount,
    /// What it changed by.
    pub change: Amount,
}

/// A row that changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiffRow {
    /// What identifies it.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// Before.
    pub before: Amount,
    /// After.
    pub after: Amount,
    /// What it changed by.
    pub change: Amount,
}

impl From<tallyport_workspace::ChargeDiff> for ChargeDiff {
    fn from(diff: tallyport_workspace::ChargeDiff) -> Self {
        let tallyport_workspace::ChargeDiff {
            compared,
            same,
            changed,
            added,
            removed,
        } = diff;
        Self {
            compared: match compared {
                Compared::Charges => "charges",
                Compared::DailySums => "daily_sums",
            }
            .to_owned(),
            same,
            changed,
            added,
            removed,
        }
    }
}

impl From<periods::CurrencyDiff> for DiffResult {
    fn from(result: periods::CurrencyDiff) -> Self {
        let periods::CurrencyDiff {
            currency,
            rows,
            before,
            after,
            change,
        } = result;
        Self {
            currency: currency.to_string(),
            rows: rows.into_iter().map(DiffRow::from).collect(),
            before: before.into(),
            after: after.into(),
            change: change.into(),
        }
    }
}

impl From<periods::DiffRow> for DiffRow {
    fn from(row: periods::DiffRow) -> Self {
        let periods::DiffRow {
            name: RowName { key, label },
            before,
            after,
            change,
        } = row;
        Self {
            key,
            label,
            before: before.into(),
            after: after.into(),
            change: change.into(),
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(diff))
}

/// What became different from one version of a billing period to another.
#[utoipa::path(
    get, path = "/periods/diff", tag = "periods",
    params(DiffQuestion),
    responses((status = 200, body = PeriodDiff), Problem)
)]
async fn diff(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Query(ask): Query<DiffQuestion>,
) -> Answer<PeriodDiff> {
    let DiffQuestion {
        from,
        to,
        by: rows,
        metric: amounts,
    } = ask;
    let rows = rows.unwrap_or_else(|| "service".to_owned());
    let metric = metric(amounts.as_deref())?;
    let ask = periods::DiffAsk {
        from: VersionId(from),
        to: VersionId(to),
        by: dimension(&rows)?,
        metric,
    };
    let periods::PeriodDiff {
        from,
        to,
        charges,
        results,
    } = periods::diff(&context, &by.grant, ask).await?;
    Ok(axum::Json(PeriodDiff {
        from: from.into(),
        to: to.into(),
        by: rows,
        metric: metric.word().to_owned(),
        charges: charges.into(),
        results: results.into_iter().map(DiffResult::from).collect(),
    }))
}
