//! A month at a glance.

use axum::extract::State;
use tallyport_ledger::ViewCosts;
use tallyport_workspace::Budget;
use tallyport_workspace::anomalies::Unusual;
use tallyport_workspace::budgets::Stand;
use tallyport_workspace::{Context, forecast, overview};
use utoipa_axum::router::OpenApiRouter;

use crate::band::Band;
use crate::budgets::percent;
use crate::guard::{Caller, guarded_routes};
use crate::input::Query;
use crate::problem::{Answer, Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::periods::PeriodBrief;
use crate::wire::{Amount, Day, Month};

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OverviewQuestion {
    /// The month; the latest loaded if absent.
    pub month: Option<Month>,
    /// As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent.
    pub as_of: Option<Day>,
}

/// A month at a glance.
#[derive(Debug, Serialize, ToSchema)]
pub struct Overview {
    /// Which month; `null` if nothing is loaded.
    #[schema(required)]
    pub month: Option<Month>,
    /// One a currency.
    pub results: Vec<OverviewResult>,
    /// What the figures rest on.
    pub periods: Vec<PeriodBrief>,
    /// What a person should look at.
    pub attention: Vec<Attention>,
    /// What the month will have cost, while it runs; one a currency that can be forecast.
    pub forecast: Vec<MonthEnd>,
    /// Budgets that are over their limit, heading over it or near it: five at most, the most endangered
    /// first.
    pub budgets_at_risk: Vec<BudgetBrief>,
    /// What was unusual in it and is not marked as expected: five at most, the largest stake first.
    pub unusual: Vec<UnusualBrief>,
    /// The day as known on which it is, if one was asked about.
    #[schema(required)]
    pub as_of: Option<Day>,
}

/// A month in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverviewResult {
    /// The currency's code.
    pub currency: String,
    /// What the month cost.
    pub total: Amount,
    /// What the month before cost.
    pub previous_total: Amount,
    /// The services that cost most.
    pub drivers: Vec<Driver>,
    /// The people who spent most.
    pub owners: Vec<Driver>,
    /// What nobody owns.
    pub unowned: Amount,
    /// Day by day.
    pub days: Vec<DayAmount>,
}

/// Something unusual, in brief.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnusualBrief {
    /// Its number, as among the anomalies.
    pub id: i64,
    /// What it is about.
    pub label: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// spike, drop, level, new, drift or one_off.
    pub kind: String,
    /// The currency's code.
    pub currency: String,
    /// What it cost beyond what was expected; negative if less.
    pub impact: Amount,
    /// The same in percent of what was expected; `null` where nothing was.
    #[schema(required)]
    pub percent: Option<i64>,
}

/// What the running month will have cost in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct MonthEnd {
    /// The currency's code.
    pub currency: String,
    /// How it is made, as in a forecast.
    pub method: String,
    /// What it is expected to be.
    #[serde(flatten)]
    pub band: Band,
}

/// A budget in brief.
#[derive(Debug, Serialize, ToSchema)]
pub struct BudgetBrief {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The currency's code.
    pub currency: String,
    /// How much of what counts is spent.
    pub actual: Amount,
    /// How much may be.
    pub limit: Amount,
    /// How much of the limit that is, in percent with one decimal; `null` where the limit is nothing.
    #[schema(required)]
    pub used_percent: Option<String>,
    /// ok, near, over, heading_over or no_data.
    pub state: String,
}

/// A service or a person in a month at a glance.
#[derive(Debug, Serialize, ToSchema)]
pub struct Driver {
    /// What identifies it.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// What it cost.
    pub amount: Amount,
    /// What it cost the month before.
    pub previous: Amount,
}

/// A day and its cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayAmount {
    /// The day.
    pub day: Day,
    /// Its cost.
    pub amount: Amount,
}

/// Something to look at.
#[derive(Debug, Serialize, ToSchema)]
pub struct Attention {
    /// What kind.
    pub kind: String,
    /// A sentence.
    pub text: String,
    /// A place of the interface.
    #[schema(required)]
    pub link: Option<String>,
}

impl From<overview::OverviewResult> for OverviewResult {
    fn from(result: overview::OverviewResult) -> Self {
        let overview::OverviewResult {
            currency,
            total,
            previous_total,
            drivers,
            owners,
            unowned,
            previous_unowned: _,
            days,
        } = result;
        let day = |(day, amount): (_, tallyport_ledger::Money)| DayAmount {
            day: Day(day),
            amount: amount.into(),
        };
        Self {
            currency: currency.to_string(),
            total: total.into(),
            previous_total: previous_total.into(),
            drivers: drivers.into_iter().map(Driver::from).collect(),
            owners: owners.into_iter().map(Driver::from).collect(),
            unowned: unowned.into(),
            days: days.into_iter().map(day).collect(),
        }
    }
}

impl From<overview::Driver> for Driver {
    fn from(driver: overview::Driver) -> Self {
        let overview::Driver {
            key,
            label,
            amount,
            previous,
        } = driver;
        Self {
            key,
            label,
            amount: amount.into(),
            previous: previous.into(),
        }
    }
}

impl From<overview::Attention> for Attention {
    fn from(attention: overview::Attention) -> Self {
        let overview::Attention { kind, text, link } = attention;
        Self {
            kind: kind.to_owned(),
            text,
            link,
        }
    }
}

/// Unusual things in a month at a glance.
const UNUSUAL: usize = 5;

impl From<Unusual> for UnusualBrief {
    fn from(unusual: Unusual) -> Self {
        Self {
            id: unusual.id.0,
            label: unusual.label,
            from: Day(unusual.days.from()),
            to: Day(unusual.days.to()),
            kind: unusual.kind.word().to_owned(),
            currency: unusual.impact.currency().to_string(),
            impact: unusual.impact.into(),
            percent: unusual.percent,
        }
    }
}

/// Budgets in a month at a glance.
const AT_RISK: usize = 5;

impl From<(Budget, Stand)> for BudgetBrief {
    fn from((budget, now): (Budget, Stand)) -> Self {
        Self {
            id: budget.id.0,
            name: budget.name,
            currency: budget.counting.currency.to_string(),
            actual: now.actual.into(),
            limit: now.limit.into(),
            used_percent: now.used_per_mille.map(percent),
            state: now.state.word().to_owned(),
        }
    }
}

impl From<forecast::MonthEnd> for MonthEnd {
    fn from(end: forecast::MonthEnd) -> Self {
        let forecast::MonthEnd {
            currency,
            method,
            band,
        } = end;
        Self {
            currency: currency.to_string(),
            method: method.word().to_owned(),
            band: band.into(),
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(overview))
}

/// A month at a glance.
#[utoipa::path(
    get, path = "/overview", tag = "overview",
    params(OverviewQuestion),
    responses((status = 200, body = Overview), Problem)
)]
async fn overview(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Query(ask): Query<OverviewQuestion>,
) -> Answer<Overview> {
    let OverviewQuestion { month, as_of } = ask;
    let day = as_of.map(|day| day.0);
    let overview::Overview {
        month,
        results,
        periods,
        attention,
        forecast,
        budgets_at_risk,
        unusual,
    } = overview::overview(&context, &by.grant, month.map(|month| month.0), day).await?;
    Ok(axum::Json(Overview {
        month: month.map(Month),
        results: results.into_iter().map(OverviewResult::from).collect(),
        periods: periods.into_iter().map(PeriodBrief::from).collect(),
        attention: attention.into_iter().map(Attention::from).collect(),
        forecast: forecast.into_iter().map(MonthEnd::from).collect(),
        budgets_at_risk: budgets_at_risk
            .into_iter()
            .take(AT_RISK)
            .map(BudgetBrief::from)
            .collect(),
        unusual: unusual
            .into_iter()
            .take(UNUSUAL)
            .map(UnusualBrief::from)
            .collect(),
        as_of,
    }))
}
