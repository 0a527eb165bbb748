//! Forecasts of public series, held against what followed: the numbers are those of today, and a change of
//! method shows here.
#![expect(clippy::expect_used, reason = "a test that cannot go on stops")]

use std::path::Path;

use jiff::civil::Date;
use tallyport_insight::{Method, Series, forecast};
use tallyport_ledger::{Currency, Money};

/// A column of a file of tests/data/daily-series.
fn series(file: &str, column: &str) -> Series {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/daily-series");
    let text = std::fs::read_to_string(folder.join(file)).expect("the file is in the repository");
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    let place = header
        .iter()
        .position(|name| name.trim_matches('"') == column);
    let place = place.expect("the column");
    let mut first = None;
    let amounts = lines.map(|fields| {
        let day = fields[0].trim_matches('"').replace('/', "-");
        first.get_or_insert(day);
        Money::parse(fields[place], Currency::USD).expect("an amount")
    });
    let amounts = amounts.collect();
    let first: Date = first.and_then(|day| day.parse().ok()).expect("a day");
    Series::new(first, amounts).expect("a series")
}

/// What followed six days of the past, each forecast for thirty days without knowing them.
#[derive(Debug, Default)]
struct Outcome {
    /// The sum of the errors, and of saying each day as the same weekday of the week before the forecast.
    error: i128,
    naive_error: i128,
    days: usize,
    within80: usize,
    within95: usize,
}

fn outcome(series: &Series) -> Outcome {
    let mut outcome = Outcome::default();
    let nanos = |at: usize| series.amounts()[at].expect("known").nanos();
    for window in 0..6 {
        let known = series.amounts().len() - 30 - 31 * window;
        let history = series.before(series.day(known)).expect("days");
        let said = forecast(&history, &[], series.day(known + 29));
        assert_ne!(said.method, Method::None);
        for (ahead, day) in said.days.iter().enumerate() {
            let actual = nanos(known + ahead);
            outcome.error += (actual - day.band.expected.nanos()).abs();
            outcome.naive_error += (actual - nanos(known - 7 + ahead % 7)).abs();
            let in80 = day.band.low80.nanos()..=day.band.high80.nanos();
            let in95 = day.band.low95.nanos()..=day.band.high95.nanos();
            outcome.within80 += usize::from(in80.contains(&actual));
            outcome.within95 += usize::from(in95.contains(&actual));
            outcome.days += 1;
        }
    }
    outcome
}

#[test]
fn births_and_weather_are_forecast_better_than_by_the_week_before() {
    let (mut within80, mut within95) = (0, 0);
    for (file, column) in [
        ("daily_female_births.csv", "Births"),
        ("seattle-weather.csv", "temp_max"),
        ("seattle-weather.csv", "temp_min"),
        ("seattle-weather.csv", "wind"),
    ] {
        let outcome = outcome(&series(file, column));
        assert_eq!(outcome.days, 180);
        assert!(
            outcome.error * 100 < outcome.naive_error * 92,
            "{column}: {outcome:?}"
        );
        within80 += outcome.within80;
        within95 += outcome.within95;
    }
    // Of 720 days: 80 and 95 of a hundred, give or take what one warm winter does.
    assert!((520..=634).contains(&within80), "{within80} of 720 days");
    assert!((655..=713).contains(&within95), "{within95} of 720 days");
}

#[test]
fn the_back_test_of_a_public_series_says_how_far_off_it_is() {
    for column in ["temp_max", "temp_min", "wind"] {
        let series = series("seattle-weather.csv", column);
        let said = forecast(&series, &[], series.day(series.amounts().len() + 29));
        let backtest = said.backtest.expect("a back-test");
        assert!(backtest.folds >= 15, "{backtest:?}");
        assert!((1..1000).contains(&backtest.mase), "{column}: {backtest:?}");
        assert!(
            (700..=950).contains(&backtest.coverage80.0),
            "{column}: {backtest:?}"
        );
        assert!(
            backtest.coverage95 > backtest.coverage80,
            "{column}: {backtest:?}"
        );
    }
}
