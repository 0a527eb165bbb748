//! What was spent, by whom or on what.

use axum::extract::State;
use tallyport_ledger::{DayRange, Metric, ViewCosts};
use tallyport_workspace::{By, Context, FilterAsk, Interval, RowName, costs};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::Filtered;
use crate::problem::{Answer, Problem, sentence};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::periods::PeriodBrief;
use crate::wire::{Amount, Day, Month, shown};

/// Which charges. A filter given twice means either value; different filters mean both.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Filters {
    /// Owned by these people: names or numbers.
    pub person: Vec<String>,
    /// Owned by these teams, or by their members on that day: names or numbers.
    pub team: Vec<String>,
    /// On the bills of these clients: names or numbers.
    pub client: Vec<String>,
    /// Providers.
    pub provider: Vec<String>,
    /// Services.
    pub service: Vec<String>,
    /// Charge categories.
    pub category: Vec<String>,
    /// Sub accounts, by id.
    pub account: Vec<String>,
    /// Regions, by id.
    pub region: Vec<String>,
    /// Tags, each KEY=VALUE.
    pub tag: Vec<String>,
    /// Resources, by id.
    pub resource: Vec<String>,
    /// `unowned`: what nobody owns.
    pub owner: Vec<String>,
    /// As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent.
    pub as_of: Option<Day>,
}

/// A question about costs: a month, or days from the first to the last.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CostsQuestion {
    /// The month.
    pub month: Option<Month>,
    /// The first day, instead of a month.
    pub from: Option<Day>,
    /// The last day, included.
    pub to: Option<Day>,
    /// person, team, client, provider, service, category, account, region, resource or tag:KEY; service
    /// unless said otherwise.
    pub by: Option<String>,
    /// billed (the basis of the provider's invoice) or effective (amortised).
    pub metric: Option<String>,
    /// none, day or month: the columns.
    pub interval: Option<String>,
    /// previous: each row and total also for the range just before.
    pub compare: Option<String>,
}

/// What was spent.
#[derive(Debug, Serialize, ToSchema)]
pub struct Costs {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// The first day of the range that is compared with.
    #[schema(required)]
    pub previous_from: Option<Day>,
    /// The last day of the range that is compared with.
    #[schema(required)]
    pub previous_to: Option<Day>,
    /// billed or effective.
    pub metric: String,
    /// What the rows are.
    pub by: String,
    /// What the columns are: none, day or month.
    pub interval: String,
    /// The columns, if there are any.
    pub columns: Vec<Column>,
    /// One result a currency: currencies are never added.
    pub results: Vec<CostResult>,
    /// The billing periods that the figures rest on.
    pub basis: Vec<PeriodBrief>,
    /// The day as known on which they are, if one was asked about; owners are by today's rules.
    #[schema(required)]
    pub as_of: Option<Day>,
}

/// A column: days.
#[derive(Debug, Serialize, ToSchema)]
pub struct Column {
    /// The day or the month.
    pub key: String,
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub to: Day,
}

/// The figures of one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct CostResult {
    /// The currency's code.
    pub currency: String,
    /// The rows, the largest first.
    pub rows: Vec<CostRow>,
    /// The sum of all rows.
    pub total: Amount,
    /// The sum of each column.
    pub column_totals: Vec<Amount>,
    /// The sum in the range before, if asked for.
    #[schema(required)]
    pub previous_total: Option<Amount>,
}

/// One row.
#[derive(Debug, Serialize, ToSchema)]
pub struct CostRow {
    /// What identifies it; `unowned` is what nobody owns.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// Its sum.
    pub amount: Amount,
    /// Its sum in each column.
    pub cells: Vec<Amount>,
    /// Its sum in the range before, if asked for.
    #[schema(required)]
    pub previous: Option<Amount>,
}

impl CostsQuestion {
    fn rows(&self) -> &str {
        self.by.as_deref().unwrap_or("service")
    }

    fn columns(&self) -> &str {
        self.interval.as_deref().unwrap_or("none")
    }

    /// The question as the use case takes it.
    pub(crate) fn ask(self, filters: Filters) -> Result<costs::CostsAsk, Problem> {
        Ok(costs::CostsAsk {
            days: days(self.month, self.from, self.to)?,
            by: by(self.rows())?,
            metric: metric(self.metric.as_deref())?,
            interval: interval(self.columns())?,
            compare: compare(self.compare.as_deref())?,
            filter: filters.into(),
        })
    }
}

impl From<Filters> for FilterAsk {
    fn from(filters: Filters) -> Self {
        let Filters {
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
        } = filters;
        Self {
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
            as_of: as_of.map(|day| day.0),
        }
    }
}

/// The days that a question is about: a month, or from a day to a day.
pub(crate) fn days(
    month: Option<Month>,
    from: Option<Day>,
    to: Option<Day>,
) -> Result<DayRange, Problem> {
    match (month, from, to) {
        (Some(month), None, None) => Ok(month.0.days()),
        (None, Some(from), Some(to)) => DayRange::new(from.0, to.0)
            .map_err(|error| Problem::invalid(sentence(&error.to_string()))),
        _ => Err(Problem::invalid(
            "Either a month is asked about, or days: both from and to.",
        )),
    }
}

/// Which amounts; billed unless said otherwise.
pub(crate) fn metric(word: Option<&str>) -> Result<Metric, Problem> {
    word.map_or(Ok(Metric::Billed), |word| {
        word.parse()
            .map_err(|error: String| Problem::invalid(sentence(&error)))
    })
}

/// What rows are.
pub(crate) fn by(word: &str) -> Result<By, Problem> {
    Ok(match word {
        "person" => By::Person,
        "team" => By::Team,
        "client" => By::Client,
        "provider" => By::Provider,
        "service" => By::Service,
        "category" => By::Category,
        "account" => By::Account,
        "region" => By::Region,
        "resource" => By::Resource,
        _ => match word.strip_prefix("tag:") {
            Some(key) if !key.is_empty() => By::Tag(key.to_owned()),
            _ => {
                return Err(Problem::invalid(format!(
                    "Costs cannot be told by \"{}\".",
                    shown(word)
                ))
                .hint("By person, team, client, provider, service, category, account, region, resource or tag:KEY."));
            }
        },
    })
}

fn interval(word: &str) -> Result<Interval, Problem> {
    match word {
        "none" => Ok(Interval::None),
        "day" => Ok(Interval::Day),
        "month" => Ok(Interval::Month),
        _ => Err(Problem::invalid(format!(
            "\"{}\" is no interval: none, day or month.",
            shown(word)
        ))),
    }
}

fn compare(word: Option<&str>) -> Result<bool, Problem> {
    match word {
        None => Ok(false),
        Some("previous") => Ok(true),
        Some(word) => Err(Problem::invalid(format!(
            "\"{}\" cannot be compared with: previous is known.",
            shown(word)
        ))),
    }
}

impl From<costs::Column> for Column {
    fn from(column: costs::Column) -> Self {
        let costs::Column { key, days } = column;
        Self {
            key,
            from: Day(days.from()),
            to: Day(days.to()),
        }
    }
}

impl From<costs::CurrencyCosts> for CostResult {
    fn from(result: costs::CurrencyCosts) -> Self {
        let costs::CurrencyCosts {
            currency,
            rows,
            total,
            column_totals,
            previous_total,
        } = result;
        Self {
            currency: currency.to_string(),
            rows: rows.into_iter().map(CostRow::from).collect(),
            total: total.into(),
            column_totals: column_totals.into_iter().map(Amount::from).collect(),
            previous_total: previous_total.map(Amount::from),
        }
    }
}

impl From<costs::CostRow> for CostRow {
    fn from(row: costs::CostRow) -> Self {
        let costs::CostRow {
            name: RowName { key, label },
            amount,
            cells,
            previous,
        } = row;
        Self {
            key,
            label,
            amount: amount.into(),
            cells: cells.into_iter().map(Amount::from).collect(),
            previous: previous.map(Amount::from),
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(costs))
}

/// What was spent, by whom or on what.
#[utoipa::path(
    get, path = "/costs", tag = "costs",
    params(CostsQuestion, Filters),
    responses((status = 200, body = Costs), Problem)
)]
async fn costs(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Filtered(ask, filters): Filtered<CostsQuestion>,
) -> Answer<Costs> {
    let (rows, columns) = (ask.rows().to_owned(), ask.columns().to_owned());
    let ask = ask.ask(filters)?;
    let (metric, as_of) = (ask.metric, ask.filter.as_of);
    let costs::Costs {
        days,
        previous_days,
        columns: within,
        results,
        basis,
    } = costs::costs(&context, &by.grant, ask).await?;
    Ok(axum::Json(Costs {
        from: Day(days.from()),
        to: Day(days.to()),
        previous_from: previous_days.map(|days| Day(days.from())),
        previous_to: previous_days.map(|days| Day(days.to())),
        metric: metric.word().to_owned(),
        by: rows,
        interval: columns,
        columns: within.into_iter().map(Column::from).collect(),
        results: results.into_iter().map(CostResult::from).collect(),
        basis: basis.into_iter().map(PeriodBrief::from).collect(),
        as_of: as_of.map(Day),
    }))
}
