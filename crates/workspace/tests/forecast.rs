//! Forecasts of a workspace: from loaded bills to the month's end.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod scene;

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use scene::Scene;
use tallyport_ledger::{Currency, Metric, Money, ViewCosts};
use tallyport_workspace::forecast::{
    CurrencyForecast, ForecastAsk, Forecasts, Method, RowForecast, forecast,
};
use tallyport_workspace::overview::overview;
use tallyport_workspace::{By, FilterAsk, WorkspaceError, plausibility};

/// A FOCUS bill of each month from `first` to `last`: machines at 100 a day and 60 at weekends, storage at 10,
/// tax of a tenth of the month's usage and support of 50 on the first.
struct Bills {
    first: Date,
    last: Date,
    /// Months that are left out, as `YYYY-MM`.
    without: Vec<&'static str>,
}

const HEADER: &str = "BilledCost,EffectiveCost,BillingAccountId,BillingCurrency,BillingPeriodStart,\
    ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName,ResourceId,SubAccountId,Tags,\
    InvoiceId\n";

impl Bills {
    fn from_to(first: Date, last: Date) -> Self {
        Self {
            first,
            last,
            without: Vec::new(),
        }
    }

    fn text(&self) -> String {
        let mut text = HEADER.to_owned();
        let mut month_usage = 0;
        for day in self
            .first
            .series(1.day())
            .take_while(|day| *day <= self.last)
        {
            let month = day.strftime("%Y-%m").to_string();
            if self.without.contains(&month.as_str()) {
                continue;
            }
            let machines = if day.weekday().to_monday_zero_offset() < 5 {
                100
            } else {
                60
            };
            month_usage += machines + 10;
            line(&mut text, day, "Machines", "Usage", &machines.to_string());
            line(&mut text, day, "Storage", "Usage", "10");
            if day == day.last_of_month() || day == self.last {
                let first = day.first_of_month();
                let tax = format!("{}.{}", month_usage / 10, month_usage % 10);
                line(&mut text, first, "Tax", "Tax", &tax);
                line(&mut text, first, "Support", "Purchase", "50");
                month_usage = 0;
            }
        }
        text
    }
}

fn line(text: &mut String, day: Date, service: &str, category: &str, amount: &str) {
    let month = day.first_of_month();
    writeln!(
        text,
        "{amount},{amount},123456789012,USD,{month} 00:00:00,{category},{day} 00:00:00,{day} 01:00:00,AWS,\
         {service},,123456789012,,"
    )
    .unwrap();
}

async fn asked(scene: &Scene, ask: ForecastAsk) -> Forecasts {
    forecast(&scene.cx, &scene.may::<ViewCosts>(), ask)
        .await
        .unwrap()
}

fn ask(by: Option<By>, months: u8) -> ForecastAsk {
    ForecastAsk {
        by,
        metric: Metric::Billed,
        months,
        filter: FilterAsk::default(),
    }
}

/// The clock of a scene stands at 22 November 2026.
async fn loaded(bills: &Bills) -> Scene {
    imported(&bills.text()).await
}

async fn imported(text: &str) -> Scene {
    let scene = Scene::new().await;
    scene.bill_of(text).await;
    scene
}

#[track_caller]
fn near(found: Money, wanted: i128, thousandths: i128) {
    let wanted = wanted * 1_000_000_000;
    let far = (found.nanos() - wanted).abs() * 1000;
    assert!(
        far <= wanted * thousandths,
        "{found} is not within {thousandths} thousandths of {wanted} nanos"
    );
}

fn dollars(forecasts: &Forecasts) -> &CurrencyForecast {
    assert_eq!(forecasts.results.len(), 1);
    assert_eq!(forecasts.results[0].currency, Currency::USD);
    &forecasts.results[0]
}

fn row<'a>(result: &'a CurrencyForecast, key: &str) -> &'a RowForecast {
    result.rows.iter().find(|row| row.name.key == key).unwrap()
}

#[tokio::test]
async fn the_month_ends_with_its_usage_its_tax_and_its_support() {
    // The bill reaches to yesterday, the 21st.
    let scene = loaded(&Bills::from_to(date(2025, 11, 1), date(2026, 11, 21))).await;
    let said = asked(&scene, ask(Some(By::Service), 3)).await;
    assert_eq!(said.today, date(2026, 11, 22));
    let result = dollars(&said);
    let months: Vec<String> = result
        .total
        .months
        .iter()
        .map(|m| m.month.to_string())
        .collect();
    assert_eq!(months, ["2026-11", "2026-12", "2027-01"]);
    // November 2026: 21 working days and 9 at weekends, 30 of storage: 2,940; tax 294, support 50.
    let november = result.total.months[0];
    near(november.band.unwrap().expected, 3284, 10);
    assert_eq!(result.total.so_far, november.actual);
    // December: 23 and 8: 3,090; tax 309, support 50.
    near(result.total.months[1].band.unwrap().expected, 3449, 15);
    let machines = row(result, "Machines");
    assert!(machines.method != Method::None && machines.backtest.is_some());
    near(machines.months[0].band.unwrap().expected, 2640, 10);
    // What costs the same every day needs no band; tax alone has no usage to follow.
    let storage = row(result, "Storage").months[0].band.unwrap();
    assert_eq!(
        storage.expected,
        Money::from_nanos(300_000_000_000, Currency::USD)
    );
    assert_eq!(
        (storage.low95, storage.high95),
        (storage.expected, storage.expected)
    );
    near(
        row(result, "Support").months[1].band.unwrap().expected,
        50,
        0,
    );
    near(row(result, "Tax").months[1].band.unwrap().expected, 309, 60);
    // The chart goes on where the bill ends.
    let at = |day| *result.days.iter().find(|d| d.day == day).unwrap();
    assert_eq!(result.days[0].day, date(2026, 10, 1));
    assert!(at(date(2026, 11, 21)).actual.is_some() && at(date(2026, 11, 21)).band.is_none());
    assert!(at(date(2026, 11, 22)).actual.is_none() && at(date(2026, 11, 22)).band.is_some());
    assert_eq!(result.days.last().unwrap().day, date(2027, 1, 31));
    // The overview says the same of the running month, and nothing of one that is over.
    let overview = async |month: &str| {
        let month = month.parse().unwrap();
        overview(&scene.cx, &scene.may::<ViewCosts>(), Some(month), None)
            .await
            .unwrap()
    };
    let ends = overview("2026-11").await.forecast;
    assert_eq!(ends.len(), 1);
    assert_eq!(Some(ends[0].band), november.band);
    assert!(overview("2026-10").await.forecast.is_empty());
}

#[tokio::test]
async fn a_month_that_was_never_loaded_does_not_pull_the_forecast_down() {
    let mut bills = Bills::from_to(date(2025, 11, 1), date(2026, 11, 21));
    bills.without = vec!["2026-09"];
    let scene = loaded(&bills).await;
    let said = asked(&scene, ask(None, 2)).await;
    let result = dollars(&said);
    assert!(result.rows.is_empty(), "only the total was asked for");
    near(result.total.months[1].band.unwrap().expected, 3449, 20);
}

#[tokio::test]
async fn a_month_in_quarantine_is_forecast_as_if_nothing_of_it_were_known() {
    let bills = Bills::from_to(date(2025, 11, 1), date(2026, 11, 21));
    let scene = loaded(&bills).await;
    let before = asked(&scene, ask(None, 2)).await;
    let mut text = bills.text();
    line(&mut text, date(2026, 11, 21), "Machines", "Usage", "250000");
    scene.bill_of(&text).await;
    let by = scene.may::<ViewCosts>();
    let held = plausibility::list(&scene.cx, &by).await.unwrap();
    assert_eq!(held.len(), 1, "{held:?}");
    let said = asked(&scene, ask(None, 2)).await;
    let months = &dollars(&said).total.months;
    assert!(
        months[0].actual.nanos() > 250_000_000_000_000,
        "it is shown"
    );
    near(months[0].band.unwrap().expected, 3284, 20);
    near(months[1].band.unwrap().expected, 3449, 20);
    // Restated to what it was, the month is known again.
    scene.bill_of(&bills.text()).await;
    let held = plausibility::list(&scene.cx, &by).await.unwrap();
    assert!(held.is_empty(), "{held:?}");
    assert_eq!(asked(&scene, ask(None, 2)).await, before);
}

#[tokio::test]
async fn today_and_a_half_billed_yesterday_are_expected_in_full() {
    let mut text = Bills::from_to(date(2025, 11, 1), date(2026, 11, 19)).text();
    line(&mut text, date(2026, 11, 20), "Machines", "Usage", "31");
    line(&mut text, date(2026, 11, 21), "Machines", "Usage", "2");
    let scene = imported(&text).await;
    let said = asked(&scene, ask(None, 1)).await;
    let result = dollars(&said);
    near(result.total.months[0].band.unwrap().expected, 3284, 15);
    let friday = result
        .days
        .iter()
        .find(|d| d.day == date(2026, 11, 20))
        .unwrap();
    near(friday.actual.unwrap(), 31, 0);
    near(friday.band.unwrap().expected, 121, 30);
}

#[tokio::test]
async fn old_bills_and_short_ones_have_a_reason_and_no_figure() {
    let scene = loaded(&Bills::from_to(date(2025, 1, 1), date(2026, 3, 31))).await;
    let said = asked(&scene, ask(None, 2)).await;
    let total = &dollars(&said).total;
    assert_eq!(total.method, Method::None);
    assert_eq!(
        total.reason.as_deref(),
        Some("the bills that are loaded end on 2026-03-31, 236 days ago")
    );
    assert!(total.months.iter().all(|month| month.band.is_none()));
    let scene = loaded(&Bills::from_to(date(2026, 11, 1), date(2026, 11, 21))).await;
    let said = asked(&scene, ask(None, 2)).await;
    assert_eq!(
        dollars(&said).total.reason.as_deref(),
        Some("a forecast needs 28 days of costs and there are 21")
    );
    let nothing = asked(&Scene::new().await, ask(None, 2)).await;
    assert!(nothing.results.is_empty());
}

#[tokio::test]
async fn a_filter_narrows_what_is_forecast_and_an_impossible_question_is_refused() {
    let scene = loaded(&Bills::from_to(date(2025, 11, 1), date(2026, 11, 21))).await;
    let mut storage = ask(None, 1);
    storage.filter.service = vec!["Storage".to_owned()];
    let said = asked(&scene, storage).await;
    near(
        dollars(&said).total.months[0].band.unwrap().expected,
        300,
        0,
    );
    for months in [0, 13] {
        let refused = forecast(&scene.cx, &scene.may::<ViewCosts>(), ask(None, months)).await;
        assert!(matches!(
            refused,
            Err(WorkspaceError::Invalid {
                field: "months",
                ..
            })
        ));
    }
    let mut past = ask(None, 1);
    past.filter.as_of = Some(date(2026, 5, 1));
    let refused = forecast(&scene.cx, &scene.may::<ViewCosts>(), past).await;
    assert!(matches!(
        refused,
        Err(WorkspaceError::Invalid { field: "as_of", .. })
    ));
}
