//! Why a number is what it is.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tallyport_ledger::ViewCosts;
use tallyport_workspace::{Context, FilterAsk, SourceFile, why};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::charges::{Labelled, RuleBrief};
use crate::costs::{by, days, metric};
use crate::guard::{Caller, guarded_routes};
use crate::input::Filtered;
use crate::periods::PeriodBrief;
use crate::problem::{Answer, Problem};
use crate::wire::{Amount, Day, Month};

/// A question about a number: that of a report, or of one of its rows.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhyQuestion {
    /// The month.
    pub month: Option<Month>,
    /// The first day, instead of a month.
    pub from: Option<Day>,
    /// The last day, included.
    pub to: Option<Day>,
    /// billed or effective.
    pub metric: Option<String>,
    /// What the rows of the report are, as in /costs.
    pub by: Option<String>,
    /// The row's key; without it the total is asked about.
    pub key: Option<String>,
}

/// Why a number is what it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Why {
    /// One a currency.
    pub results: Vec<WhyResult>,
    /// What is to be known of the sources.
    pub notes: Vec<WhyNote>,
    /// How the months stand to the provider's own totals.
    pub reconciliation: Vec<MonthState>,
    /// What stands behind the question mark to ask /charges for the charges behind the number.
    pub charges_query: String,
}

/// A number in one currency. Each list adds up to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhyResult {
    /// The currency's code.
    pub currency: String,
    /// The number.
    pub amount: Amount,
    /// By version of a billing period.
    pub sources: Vec<WhySource>,
    /// By rule and owner.
    pub rules: Vec<WhyRule>,
    /// By category.
    pub categories: Vec<WhyCategory>,
}

/// What of a number comes from one version of a billing period.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhySource {
    /// The version.
    pub version: PeriodBrief,
    /// The files it was read from; none from Cost Explorer.
    pub files: Vec<String>,
    /// How many lines of the source.
    pub lines: u64,
    /// How many charges.
    pub charges: u64,
    /// How much.
    pub amount: Amount,
}

/// What of a number one rule gave to one owner.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhyRule {
    /// The rule; `null` where none matches.
    #[schema(required)]
    pub rule: Option<RuleBrief>,
    /// The owner; `null` is nobody.
    #[schema(required)]
    pub owner: Option<Labelled>,
    /// How many charges.
    pub charges: u64,
    /// How much.
    pub amount: Amount,
}

/// What of a number is of one category.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhyCategory {
    /// Usage, Purchase, Tax, Credit or Adjustment.
    pub category: String,
    /// How much.
    pub amount: Amount,
}

/// A note on a source.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhyNote {
    /// A stable word.
    pub code: String,
    /// A sentence.
    pub text: String,
}

/// How a month stands to the provider's own totals.
#[derive(Debug, Serialize, ToSchema)]
pub struct MonthState {
    /// The client's name.
    pub client: String,
    /// The month.
    pub month: Month,
    /// agrees, explained, unexplained or incomplete.
    pub state: String,
}

impl From<why::WhyResult> for WhyResult {
    fn from(result: why::WhyResult) -> Self {
        let why::WhyResult {
            currency,
            amount,
            sources,
            rules,
            categories,
        } = result;
        Self {
            currency: currency.to_string(),
            amount: amount.into(),
            sources: sources.into_iter().map(WhySource::from).collect(),
            rules: rules.into_iter().map(WhyRule::from).collect(),
            categories: categories
                .into_iter()
                .map(|(category, amount)| WhyCategory {
                    category: category.word().to_owned(),
                    amount: amount.into(),
                })
                .collect(),
        }
    }
}

impl From<why::WhySource> for WhySource {
    fn from(source: why::WhySource) -> Self {
        let why::WhySource {
            version,
            lines,
            charges,
            amount,
        } = source;
        let file = |file: &SourceFile| file.name.clone();
        Self {
            files: version.files.iter().map(file).collect(),
            version: version.into(),
            lines,
            charges,
            amount: amount.into(),
        }
    }
}

impl From<why::WhyRule> for WhyRule {
    fn from(rule: why::WhyRule) -> Self {
        let why::WhyRule {
            rule,
            owner,
            charges,
            amount,
        } = rule;
        Self {
            rule: rule.map(|(id, text)| RuleBrief { id: id.0, text }),
            owner: owner.map(|owner| Labelled {
                key: owner.key.to_string(),
                label: owner.name,
            }),
            charges,
            amount: amount.into(),
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(why))
}

/// Why a number is what it is: its sources, the rules that gave it away, its kinds of charges, and
/// how it stands to the provider's own totals.
#[utoipa::path(
    get, path = "/why", tag = "costs",
    params(WhyQuestion, crate::costs::Filters),
    responses((status = 200, body = Why), Problem)
)]
async fn why(
    caller: Caller<ViewCosts>,
    State(context): State<Context>,
    Filtered(ask, filters): Filtered<WhyQuestion>,
) -> Answer<Why> {
    let WhyQuestion {
        month,
        from,
        to,
        metric: amounts,
        by: rows,
        key,
    } = ask;
    let days = days(month, from, to)?;
    let metric = metric(amounts.as_deref())?;
    let row = match (rows, key) {
        (Some(rows), Some(key)) => Some((by(&rows)?, key)),
        (None, Some(_)) => {
            return Err(Problem::invalid(
                "A key is the key of a report's row: say by what its rows are.",
            ));
        }
        (_, None) => None,
    };
    let ask = why::WhyAsk {
        days,
        metric,
        row,
        filter: filters.into(),
    };
    let why::Why {
        filter,
        results,
        notes,
        reconciliation,
    } = why::why(&context, &caller.grant, ask).await?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("from", &days.from().to_string())
        .append_pair("to", &days.to().to_string())
        .append_pair("metric", metric.word());
    asked_for(&mut query, &filter);
    Ok(axum::Json(Why {
        results: results.into_iter().map(WhyResult::from).collect(),
        notes: notes
            .into_iter()
            .map(|(code, text)| WhyNote { code, text })
            .collect(),
        reconciliation: reconciliation
            .into_iter()
            .map(|(client, month, state)| MonthState {
                client,
                month: Month(month),
                state: state.word().to_owned(),
            })
            .collect(),
        charges_query: query.finish(),
    }))
}

fn asked_for(query: &mut form_urlencoded::Serializer<'_, String>, filter: &FilterAsk) {
    let FilterAsk {
        person,
        team,
        client,
        provider,
        service,
        category,
        account,
        region,
        tag,
        resource,
        owner,
        as_of,
    } = filter;
    let lists = [
        ("person", person),
        ("team", team),
        ("client", client),
        ("provider", provider),
        ("service", service),
        ("category", category),
        ("account", account),
        ("region", region),
        ("tag", tag),
        ("resource", resource),
        ("owner", owner),
    ];
    for (name, values) in lists {
        for value in values {
            query.append_pair(name, value);
        }
    }
    if let Some(day) = as_of {
        query.append_pair("as_of", &day.to_string());
    }
}
