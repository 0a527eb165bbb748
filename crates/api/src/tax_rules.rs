//! Which lines of an invoice are not taxed at the usual rate.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tallyport_ledger::tax::{self, TaxOverride, TaxedLines};
use tallyport_ledger::{IssueInvoices, LineKind, Pattern, ReadInvoices};
use tallyport_workspace::{Context, taxes};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::buyers::category;
use crate::guard::{Caller, guarded_routes};
use crate::input::Json;
use crate::parties::{given, read, wrong};
use crate::problem::{Answer, Problem};

/// Exceptions from the usual rate of the seller's country.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxRules {
    /// The first that holds for a line counts.
    pub rules: Vec<TaxRule>,
}

/// How some lines are taxed where the usual rate would be charged.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxRule {
    /// The services that it is for; `*` and `?` stand for any characters. Either services or a kind.
    #[schema(required)]
    pub service: Option<String>,
    /// The kind of line that it is for: cost, fee, `one_off`, minimum, discount, credit or usage.
    #[schema(required)]
    pub kind: Option<String>,
    /// standard, reduced, zero or exempt.
    pub category: String,
    /// Why no tax is charged, in words for the buyer; an exemption needs one.
    #[schema(required)]
    pub reason: Option<String>,
}

impl From<tax::TaxRule> for TaxRule {
    fn from(rule: tax::TaxRule) -> Self {
        let TaxOverride { category, reason } = rule.said().clone();
        let (service, kind) = match rule.lines() {
            TaxedLines::Service(pattern) => (Some(pattern.as_str().to_owned()), None),
            TaxedLines::Kind(kind) => (None, Some(kind.word().to_owned())),
        };
        Self {
            service,
            kind,
            category: category.word().to_owned(),
            reason,
        }
    }
}

impl TryFrom<TaxRule> for tax::TaxRule {
    type Error = Problem;

    fn try_from(rule: TaxRule) -> Result<Self, Problem> {
        let TaxRule {
            service,
            kind,
            category: word,
            reason,
        } = rule;
        let lines = match (given(service), given(kind)) {
            (Some(service), None) => TaxedLines::Service(
                Pattern::parse(&service).map_err(|error| wrong("service", &error.to_string()))?,
            ),
            (None, Some(kind)) => TaxedLines::Kind(read::<LineKind>("kind", &kind)?),
            _ => {
                let what = "a rule is either for services or for a kind of line";
                return Err(wrong("service", what));
            }
        };
        let said = TaxOverride {
            category: category(&word)?,
            reason: given(reason),
        };
        Self::new(lines, said).map_err(|error| wrong("category", &error.to_string()))
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(tax_rules))
        .routes(guarded_routes!(put_tax_rules))
}

/// Which lines of an invoice are not taxed at the usual rate of the seller's country.
#[utoipa::path(
    get, path = "/tax-rules", tag = "invoices",
    responses((status = 200, body = TaxRules), Problem)
)]
async fn tax_rules(by: Caller<ReadInvoices>, State(context): State<Context>) -> Answer<TaxRules> {
    Ok(axum::Json(told(taxes::rules(&context, &by.grant).await?)))
}

/// Sets these rules in place of those before; they count from the next draft on.
#[utoipa::path(
    put, path = "/tax-rules", tag = "invoices",
    responses((status = 200, body = TaxRules), Problem)
)]
async fn put_tax_rules(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Json(ask): Json<TaxRules>,
) -> Answer<TaxRules> {
    let rules = ask.rules.into_iter().map(tax::TaxRule::try_from);
    let rules = rules.collect::<Result<Vec<_>, _>>()?;
    Ok(axum::Json(told(
        taxes::set_rules(&context, &by.grant, rules).await?,
    )))
}

fn told(rules: Vec<tax::TaxRule>) -> TaxRules {
    TaxRules {
        rules: rules.into_iter().map(TaxRule::from).collect(),
    }
}
