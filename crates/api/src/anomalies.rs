//! What is unusual, why, and what people say of it.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{SetBudgets, ViewCosts};
use tallyport_workspace::anomalies::{self, AnomaliesAsk, Unusual, UnusualCause, Verdict};
use tallyport_workspace::{AnomalyId, Context};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::charges::Account;
use crate::costs::days;
use crate::guard::{Caller, guarded_routes};
use crate::input::{Filtered, Json, Path};
use crate::problem::{Answer, Problem};
use crate::wire::{Amount, Day, Month, shown};

/// On which days: a month, or from a day to a day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AnomaliesQuestion {
    /// The month.
    pub month: Option<Month>,
    /// The first day, instead of a month.
    pub from: Option<Day>,
    /// The last day, included.
    pub to: Option<Day>,
}

/// What is unusual.
#[derive(Debug, Serialize, ToSchema)]
pub struct Anomalies {
    /// The largest stake first.
    pub anomalies: Vec<Anomaly>,
}

/// Something unusual: what one account uses of one service, or several usage types of it that moved together.
#[derive(Debug, Serialize, ToSchema)]
pub struct Anomaly {
    /// Its number.
    pub id: i64,
    /// The first day.
    pub from: Day,
    /// The last day; a new level is told for thirty days at most, then it is what is usual.
    pub to: Day,
    /// spike, drop, level (more or less from a day on), new (never used before), drift (little by little) or
    /// one_off (a single charge where there usually is none).
    pub kind: String,
    /// The client's name.
    pub client: String,
    /// The billing account.
    pub billing_account: String,
    /// The account that used it.
    #[schema(required)]
    pub account: Option<Account>,
    /// The service.
    pub service: String,
    /// The usage type or SKU that moved most; may be empty.
    pub usage_type: String,
    /// What it is about, for people.
    pub label: String,
    /// The currency's code.
    pub currency: String,
    /// What these days were expected to cost, amortised.
    pub expected: Amount,
    /// What they cost.
    pub actual: Amount,
    /// The difference: negative if they cost less.
    pub impact: Amount,
    /// The difference in percent of what was expected; `null` where nothing was.
    #[schema(required)]
    pub percent: Option<i64>,
    /// What moved, by service, account, usage type, region and resource.
    pub causes: Vec<AnomalyCause>,
    /// expected or unexpected, if somebody said so.
    #[schema(required)]
    pub feedback: Option<String>,
    /// What they noted; may be empty.
    pub note: String,
}

/// What moved.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnomalyCause {
    /// service, account, usage_type, region or resource: the filter that takes the key.
    pub dimension: String,
    /// What identifies it.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// What it cost beyond what was expected of it.
    pub amount: Amount,
    /// Its percentage of what moved the anomaly's way; negative for what moved the other way.
    pub share: i64,
}

/// What somebody says of something unusual.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFeedback {
    /// expected (the like of it is not told again) or unexpected (watch more closely); `null` takes back what was
    /// said.
    #[schema(required)]
    pub verdict: Option<String>,
    /// A note.
    #[serde(default)]
    pub note: String,
}

impl From<Unusual> for Anomaly {
    fn from(unusual: Unusual) -> Self {
        let Unusual {
            id,
            days,
            kind,
            client,
            billing_account,
            account,
            service,
            usage_type,
            label,
            expected,
            actual,
            impact,
            percent,
            causes,
            feedback,
            note,
        } = unusual;
        Self {
            id: id.0,
            from: Day(days.from()),
            to: Day(days.to()),
            kind: kind.word().to_owned(),
            client,
            billing_account,
            account: account.map(Account::from),
            service,
            usage_type,
            label,
            currency: actual.currency().to_string(),
            expected: expected.into(),
            actual: actual.into(),
            impact: impact.into(),
            percent,
            causes: causes.into_iter().map(AnomalyCause::from).collect(),
            feedback: feedback.map(|verdict| verdict.word().to_owned()),
            note,
        }
    }
}

impl From<UnusualCause> for AnomalyCause {
    fn from(cause: UnusualCause) -> Self {
        let UnusualCause {
            dimension,
            key,
            label,
            amount,
            share,
        } = cause;
        Self {
            dimension: dimension.to_owned(),
            key,
            label,
            amount: amount.into(),
            share,
        }
    }
}

fn verdict(word: Option<&str>) -> Result<Option<Verdict>, Problem> {
    match word {
        None => Ok(None),
        Some("expected") => Ok(Some(Verdict::Expected)),
        Some("unexpected") => Ok(Some(Verdict::Unexpected)),
        Some(word) => Err(Problem::invalid(format!(
            "\"{}\" is no verdict: expected, unexpected or null.",
            shown(word)
        ))
        .details(serde_json::json!({ "field": "verdict" }))),
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(anomalies))
        .routes(guarded_routes!(judge_anomaly))
}

/// What is unusual in what was charged for usage, as it is known now.
#[utoipa::path(
    get, path = "/anomalies", tag = "anomalies",
    params(AnomaliesQuestion, crate::costs::Filters),
    responses((status = 200, body = Anomalies), Problem)
)]
async fn anomalies(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Filtered(ask, filters): Filtered<AnomaliesQuestion>,
) -> Answer<Anomalies> {
    let AnomaliesQuestion { month, from, to } = ask;
    let ask = AnomaliesAsk {
        days: days(month, from, to)?,
        filter: filters.into(),
    };
    let found = anomalies::anomalies(&context, &by.grant, ask).await?;
    Ok(axum::Json(Anomalies {
        anomalies: found.into_iter().map(Anomaly::from).collect(),
    }))
}

/// Says of something unusual whether it was to be expected.
#[utoipa::path(
    post, path = "/anomalies/{id}/feedback", tag = "anomalies", request_body = NewFeedback,
    params(("id" = i64, Path, description = "Its number.")),
    responses((status = 200, body = Anomaly), Problem)
)]
async fn judge_anomaly(
    by: Caller<SetBudgets>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<NewFeedback>,
) -> Answer<Anomaly> {
    let NewFeedback {
        verdict: word,
        note,
    } = ask;
    let verdict = verdict(word.as_deref())?;
    let judged = anomalies::judge(&context, &by.grant, AnomalyId(id), verdict, &note).await?;
    Ok(axum::Json(judged.into()))
}
