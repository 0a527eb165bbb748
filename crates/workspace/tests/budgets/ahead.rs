//! What is expected of a budget: told in time, and again only after it dipped.

use jiff::SignedDuration;
use tallyport_ledger::alert::AlertState;
use tallyport_ledger::budget::{BudgetState, Measure};
use tallyport_workspace::budgets::{self, ThresholdAsk};
use tallyport_workspace::evaluate;

use crate::desk::{Desk, percent};

/// Ana has spent ten dollars a day since May; November is known up to the 20th.
async fn steady(desk: &Desk) {
    for month in 5..=11 {
        for day in 1..=(if month == 11 { 20 } else { 28 }) {
            desk.note(&format!("2026-{month:02}-{day:02}"), "Ana", "10");
        }
    }
    desk.load_noted().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forecast_above_the_limit_is_told_in_time() {
    let desk = Desk::new().await;
    desk.person("Ana").await;
    steady(&desk).await;
    let mut ask = Desk::ask("Ana", "250", &[percent(100)]);
    ask.scope.id = Some("Ana".to_owned());
    ask.thresholds.push(ThresholdAsk {
        percent: Some(100),
        amount: None,
        on: Measure::Forecast,
    });
    desk.add(ask).await;
    assert!(desk.alerts().await.is_empty(), "200 of 250 are spent");
    let slice = SignedDuration::from_secs(60);
    let done = evaluate::forecasts(&desk.scene.cx, slice).await.unwrap();
    assert_eq!((done.made, done.left, done.raised.len()), (1, 0, 1));
    let notices = desk.notices().await;
    assert_eq!(notices[0].title, "Ana is heading over its budget");
    let view = desk.view("Ana").await;
    assert_eq!(view.now.state, BudgetState::HeadingOver);
    let forecast = view.now.forecast.unwrap();
    assert!(
        forecast.band.expected.nanos() > 250_000_000_000,
        "{forecast:?}"
    );
    assert!(forecast.band.low80.nanos() <= forecast.band.expected.nanos());
    assert!(forecast.chance > 500, "{forecast:?}");
    let again = evaluate::forecasts(&desk.scene.cx, slice).await.unwrap();
    assert_eq!(again.made, 0, "nothing is stale");

    let (cx, by, id) = (&desk.scene.cx, desk.scene.may(), desk.id("Ana").await);
    let detail = budgets::detail(cx, &by, id).await.unwrap();
    assert_eq!(detail.months.len(), 16);
    let ahead: Vec<bool> = detail
        .months
        .iter()
        .map(|month| month.forecast.is_some())
        .collect();
    assert_eq!(ahead.iter().filter(|known| **known).count(), 4);
    assert_eq!(detail.months[12].actual.to_decimal(0), "200");
    assert_eq!(detail.months[11].actual.to_decimal(0), "280");
    assert_eq!(detail.alerts.len(), 1);
}

/// Restates a day of November by so much and lets the clock do what it does every hour.
async fn restated(desk: &Desk, by: &str) {
    desk.note("2026-11-02", "Ana", by);
    desk.load_noted().await;
    evaluate::on_clock(&desk.scene.cx, &desk.scene.may())
        .await
        .unwrap();
}

/// How many per mille of its limit are expected.
async fn expected(desk: &Desk) -> i128 {
    let now = desk.view("Ana").await.now;
    let band = now.forecast.unwrap().band;
    band.expected.nanos() * 1_000 / now.limit.nanos()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forecast_is_told_again_after_it_fell_by_five_points_and_not_after_less() {
    let desk = Desk::new().await;
    desk.person("Ana").await;
    steady(&desk).await;
    let mut ask = Desk::ask("Ana", "270", &[]);
    ask.scope.id = Some("Ana".to_owned());
    ask.thresholds.push(ThresholdAsk {
        percent: Some(100),
        amount: None,
        on: Measure::Forecast,
    });
    desk.add(ask).await;
    restated(&desk, "0.01").await;
    assert!(expected(&desk).await > 1_000, "{}", expected(&desk).await);
    assert_eq!(desk.notices().await.len(), 1);

    // Down by less than five points of the limit and up again: it stood all the time.
    restated(&desk, LITTLE_DOWN).await;
    let dipped = expected(&desk).await;
    assert!((951..1_000).contains(&dipped), "{dipped}");
    assert_eq!(desk.alerts().await[0].state, AlertState::Open);
    restated(&desk, LITTLE_UP).await;
    assert!(expected(&desk).await > 1_000);
    assert_eq!(desk.notices().await.len(), 1, "nobody hears of that");

    // Down by more: it is so no longer, and is told again when it is.
    restated(&desk, FAR_DOWN).await;
    let dipped = expected(&desk).await;
    assert!(dipped < 950, "{dipped}");
    assert_eq!(desk.alerts().await[0].state, AlertState::Cleared);
    assert_eq!(desk.notices().await.len(), 1, "falling is no news");
    desk.move_clock(SignedDuration::from_hours(1)).await;
    restated(&desk, FAR_UP).await;
    assert!(expected(&desk).await > 1_000);
    let alerts = desk.alerts().await;
    assert_eq!(alerts.len(), 1, "one alert, raised twice");
    assert_eq!((alerts[0].times, alerts[0].state), (2, AlertState::Open));
    let notices = desk.notices().await;
    assert_eq!(notices.len(), 2);
    assert_eq!(notices[1].title, "Ana is heading over its budget");
    restated(&desk, "0.01").await;
    assert_eq!(desk.notices().await.len(), 2);
}

const LITTLE_DOWN: &str = "-12";
const LITTLE_UP: &str = "12";
const FAR_DOWN: &str = "-40";
const FAR_UP: &str = "40";
