//! What the months to come cost.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tallyport_ledger::ViewCosts;
use tallyport_workspace::forecast::{self, Backtest, Band, ForecastAsk, MonthOutlook, OutlookDay};
use tallyport_workspace::{Context, RowName};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::costs::{by, metric};
use crate::guard::{Caller, guarded_routes};
use crate::input::Filtered;
use crate::problem::{Answer, Problem};
use crate::wire::{Amount, Day, Month};

/// A question about the months to come.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ForecastQuestion {
    /// person, team, client, provider, service, category, account, region, resource or tag:KEY; without it the
    /// total only.
    pub by: Option<String>,
    /// billed (the basis of the provider's invoice) or effective (amortised).
    pub metric: Option<String>,
    /// How many months, the running one included: 1 to 12, 3 unless said otherwise.
    pub months: Option<u8>,
}

/// What the months to come cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct Forecasts {
    /// The day it is, in UTC.
    pub today: Day,
    /// One result a currency: currencies are never added.
    pub results: Vec<CurrencyForecast>,
}

/// What the months to come cost in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct CurrencyForecast {
    /// The currency's code.
    pub currency: String,
    /// Of everything asked about; forecast by itself, so that rows do not add up to it exactly.
    pub total: RowForecast,
    /// The rows, those that cost most lately first.
    pub rows: Vec<RowForecast>,
    /// The total day by day: the month before the last that is known, the running one, and those to come.
    pub days: Vec<ForecastDay>,
}

/// What the months to come cost of one row.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowForecast {
    /// What identifies it.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// How it is made: seasonal_naive, ets, mstl, theta, calendar, yearly or blend; none if there is none.
    pub method: String,
    /// Why there is none.
    #[schema(required)]
    pub reason: Option<String>,
    /// How far off the method was on days that are known.
    #[schema(required)]
    pub backtest: Option<ForecastBacktest>,
    /// What the running month cost so far.
    pub so_far: Amount,
    /// The running month and those after it.
    pub months: Vec<ForecastMonth>,
}

/// How far off a method was when it forecast days that are known.
#[derive(Debug, Serialize, ToSchema)]
pub struct ForecastBacktest {
    /// The mean error of a day, in parts of that of saying each day as the same weekday a week before.
    pub mase: String,
    /// How many percent of the days lay within the 80 % band.
    pub coverage80: String,
    /// How many percent of the days lay within the 95 % band.
    pub coverage95: String,
    /// How many days of the past were forecast from.
    pub folds: u16,
}

/// A month that is not over.
#[derive(Debug, Serialize, ToSchema)]
pub struct ForecastMonth {
    /// The month.
    pub month: Month,
    /// What it cost so far.
    pub actual: Amount,
    /// What it will have cost.
    #[schema(required)]
    pub expected: Option<Amount>,
    /// The lower end of the 80 % band.
    #[schema(required)]
    pub low80: Option<Amount>,
    /// The upper end of the 80 % band.
    #[schema(required)]
    pub high80: Option<Amount>,
    /// The lower end of the 95 % band.
    #[schema(required)]
    pub low95: Option<Amount>,
    /// The upper end of the 95 % band.
    #[schema(required)]
    pub high95: Option<Amount>,
}

/// A day, known or to come.
#[derive(Debug, Serialize, ToSchema)]
pub struct ForecastDay {
    /// The day.
    pub day: Day,
    /// What it cost, where that is known.
    #[schema(required)]
    pub actual: Option<Amount>,
    /// What it may cost, where that is not settled.
    #[schema(required)]
    pub expected: Option<Amount>,
    /// The lower end of the 80 % band.
    #[schema(required)]
    pub low80: Option<Amount>,
    /// The upper end of the 80 % band.
    #[schema(required)]
    pub high80: Option<Amount>,
    /// The lower end of the 95 % band.
    #[schema(required)]
    pub low95: Option<Amount>,
    /// The upper end of the 95 % band.
    #[schema(required)]
    pub high95: Option<Amount>,
}

/// Expected, and both bands.
pub(crate) fn ends(band: Option<Band>) -> [Option<Amount>; 5] {
    let Some(band) = band else {
        return [const { None }; 5];
    };
    let Band {
        expected,
        low80,
        high80,
        low95,
        high95,
    } = band;
    [expected, low80, high80, low95, high95].map(|amount| Some(amount.into()))
}

impl From<forecast::CurrencyForecast> for CurrencyForecast {
    fn from(result: forecast::CurrencyForecast) -> Self {
        let forecast::CurrencyForecast {
            currency,
            total,
            rows,
            days,
        } = result;
        Self {
            currency: currency.to_string(),
            total: total.into(),
            rows: rows.into_iter().map(RowForecast::from).collect(),
            days: days.into_iter().map(ForecastDay::from).collect(),
        }
    }
}

impl From<forecast::RowForecast> for RowForecast {
    fn from(row: forecast::RowForecast) -> Self {
        let forecast::RowForecast {
            name: RowName { key, label },
            method,
            reason,
            backtest,
            so_far,
            months,
        } = row;
        Self {
            key,
            label,
            method: method.word().to_owned(),
            reason,
            backtest: backtest.map(ForecastBacktest::from),
            so_far: so_far.into(),
            months: months.into_iter().map(ForecastMonth::from).collect(),
        }
    }
}

impl From<Backtest> for ForecastBacktest {
    fn from(backtest: Backtest) -> Self {
        let Backtest {
            mase,
            coverage80,
            coverage95,
            folds,
        } = backtest;
        let decimal =
            |thousandths: u32| format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
        let percent = |per_mille: u16| format!("{}.{}", per_mille / 10, per_mille % 10);
        Self {
            mase: decimal(mase),
            coverage80: percent(coverage80.0),
            coverage95: percent(coverage95.0),
            folds,
        }
    }
}

impl From<MonthOutlook> for ForecastMonth {
    fn from(outlook: MonthOutlook) -> Self {
        let MonthOutlook {
            month,
            actual,
            band,
        } = outlook;
        let [expected, low80, high80, low95, high95] = ends(band);
        Self {
            month: Month(month),
            actual: actual.into(),
            expected,
            low80,
            high80,
            low95,
            high95,
        }
    }
}

impl From<OutlookDay> for ForecastDay {
    fn from(outlook: OutlookDay) -> Self {
        let OutlookDay { day, actual, band } = outlook;
        let [expected, low80, high80, low95, high95] = ends(band);
        Self {
            day: Day(day),
            actual: actual.map(Amount::from),
            expected,
            low80,
            high80,
            low95,
            high95,
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(forecast))
}

/// What the rest of the running month and the next months cost.
#[utoipa::path(
    get, path = "/forecast", tag = "forecast",
    params(ForecastQuestion, crate::costs::Filters),
    responses((status = 200, body = Forecasts), Problem)
)]
async fn forecast(
    caller: Caller<ViewCosts>,
    State(context): State<Context>,
    Filtered(ask, filters): Filtered<ForecastQuestion>,
) -> Answer<Forecasts> {
    let ForecastQuestion {
        by: rows,
        metric: amounts,
        months,
    } = ask;
    let ask = ForecastAsk {
        by: rows.as_deref().map(by).transpose()?,
        metric: metric(amounts.as_deref())?,
        months: months.unwrap_or(3),
        filter: filters.into(),
    };
    let forecast::Forecasts { today, results } =
        forecast::forecast(&context, &caller.grant, ask).await?;
    Ok(axum::Json(Forecasts {
        today: Day(today),
        results: results.into_iter().map(CurrencyForecast::from).collect(),
    }))
}
