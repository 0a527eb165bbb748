//! Settings of the workspace.

use axum::extract::State;
use tallyport_ledger::{AdministerWorkspace, Name, TaxRate, ViewCosts};
use tallyport_workspace::{Context, settings};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::Json;
use crate::parties::{Party, wrong};
use crate::problem::{Answer, Problem};
use crate::wire::shown;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Settings of the workspace.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The workspace's name.
    pub name: String,
    /// The zone of screens and invoice dates, such as Europe/Vienna.
    pub zone: String,
    /// Who sends the invoices.
    pub seller: Party,
    /// The tax rate in percent, as decimal text.
    #[schema(example = "20")]
    pub tax_rate: String,
    /// How many days an invoice may take to be paid.
    pub payment_days: u16,
    /// What invoice numbers begin with.
    pub invoice_series: String,
    /// What numbers of credit notes begin with.
    #[serde(default = "credit_note_series")]
    #[schema(required, example = "CN")]
    pub credit_note_series: String,
    /// Whether an invoice is approved by somebody who had no hand in its draft.
    #[serde(default)]
    #[schema(required)]
    pub four_eyes: bool,
    /// billed or effective: what invoices are made of.
    pub invoice_metric: String,
    /// How much memory reading a bill may take, in MiB, before it goes on on disk.
    #[serde(default = "import_memory")]
    #[schema(required, example = 256)]
    pub import_memory_mib: u32,
    /// From how much at stake on something unusual is told to people: whole units of the bill's currency.
    #[serde(default = "alert_from")]
    #[schema(required, example = "100")]
    pub anomaly_alert_from: String,
}

/// What a change that does not speak of it leaves it at: the usual bound.
const fn import_memory() -> u32 {
    256
}

/// As [`import_memory`].
fn credit_note_series() -> String {
    "CN".to_owned()
}

/// As [`import_memory`].
fn alert_from() -> String {
    "100".to_owned()
}

impl From<tallyport_workspace::Settings> for Settings {
    fn from(settings: tallyport_workspace::Settings) -> Self {
        let tallyport_workspace::Settings {
            name,
            zone,
            seller,
            tax_rate,
            payment_days,
            invoice_series,
            credit_note_series,
            four_eyes,
            invoice_metric,
            import_memory_mib,
            anomaly_alert_from,
        } = settings;
        Self {
            name: name.to_string(),
            zone,
            seller: seller.into(),
            tax_rate: percent(tax_rate),
            payment_days,
            invoice_series,
            credit_note_series,
            four_eyes,
            invoice_metric: invoice_metric.word().to_owned(),
            import_memory_mib,
            anomaly_alert_from: anomaly_alert_from.to_string(),
        }
    }
}

impl TryFrom<Settings> for tallyport_workspace::Settings {
    type Error = Problem;

    fn try_from(settings: Settings) -> Result<Self, Problem> {
        let Settings {
            name,
            zone,
            seller,
            tax_rate,
            payment_days,
            invoice_series,
            credit_note_series,
            four_eyes,
            invoice_metric,
            import_memory_mib,
            anomaly_alert_from,
        } = settings;
        Ok(Self {
            name: named(&name, "name")?,
            zone,
            seller: seller.try_into()?,
            tax_rate: rate("tax_rate", &tax_rate)?,
            payment_days,
            invoice_series,
            credit_note_series,
            four_eyes,
            invoice_metric: invoice_metric
                .parse()
                .map_err(|error: String| wrong("invoice_metric", &error))?,
            import_memory_mib,
            anomaly_alert_from: anomaly_alert_from.parse().map_err(|_| {
                wrong(
                    "anomaly_alert_from",
                    &format!(
                        "\"{}\" is not a whole amount such as 100",
                        shown(&anomaly_alert_from)
                    ),
                )
            })?,
        })
    }
}

/// The rate in percent, as decimal text without a sign.
pub(crate) fn percent(rate: TaxRate) -> String {
    rate.to_string().trim_end_matches([' ', '%']).to_owned()
}

/// Reads a percentage of at most four decimals.
pub(crate) fn rate(field: &str, text: &str) -> Result<TaxRate, Problem> {
    let refused = || {
        wrong(
            field,
            &format!(
                "\"{}\" is not a tax rate: a percentage such as 20 or 7.7",
                shown(text)
            ),
        )
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 3
        || fraction.len() > 4
        || !digits(whole)
        || !digits(fraction)
    {
        return Err(refused());
    }
    format!("{whole}{fraction:0<4}")
        .parse()
        .ok()
        .and_then(|parts| TaxRate::from_parts_per_million(parts).ok())
        .ok_or_else(refused)
}

fn named(text: &str, field: &str) -> Result<Name, Problem> {
    Name::parse(text).map_err(|error| wrong(field, &error.to_string()))
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(settings))
        .routes(guarded_routes!(change_settings))
}

/// Settings of the workspace.
#[utoipa::path(
    get, path = "/settings", tag = "settings",
    responses((status = 200, body = Settings), Problem)
)]
async fn settings(by: Caller<ViewCosts>, State(context): State<Context>) -> Answer<Settings> {
    let settings = settings::read(&context, &by.grant).await?;
    Ok(axum::Json(settings.into()))
}

/// Changes them.
#[utoipa::path(
    put, path = "/settings", tag = "settings",
    responses((status = 200, body = Settings), Problem)
)]
async fn change_settings(
    by: Caller<AdministerWorkspace>,
    State(context): State<Context>,
    Json(ask): Json<Settings>,
) -> Answer<Settings> {
    let settings = settings::change(&context, &by.grant, ask.try_into()?).await?;
    Ok(axum::Json(settings.into()))
}
