//! What stands, what is restated, and what happens when.

use std::collections::BTreeMap;

use aws_sdk_costexplorer::types::{Dimension, Granularity, ResultByTime};
use jiff::civil::{Date, date};
use tallyport_sandbox::Sandbox;

use crate::ask::{Ask, by, by_tag, client, only, sum};
use crate::support::{TODAY, open, reopen};

#[tokio::test]
async fn the_same_seed_and_day_give_the_same_bill_and_another_seed_another() {
    let ask = || Ask {
        granularity: Granularity::Daily,
        ..Ask::grouped(vec![by("USAGE_TYPE"), by_tag("owner")])
    };
    let (one, two) = (open(), open());
    let cells = ask().cells(&client(&one.sandbox), "UnblendedCost").await;
    assert_eq!(
        cells,
        ask().cells(&client(&two.sandbox), "UnblendedCost").await
    );
    let folder = tempfile::tempdir().unwrap();
    let options = tallyport_sandbox::SandboxOptions {
        folder: folder.path().into(),
        today: TODAY,
        seed: 8,
    };
    let other = Sandbox::open(options).unwrap();
    assert_ne!(cells, ask().cells(&client(&other), "UnblendedCost").await);
}

#[tokio::test]
async fn recent_days_are_restated_and_older_ones_are_not() {
    let opened = open();
    let client = client(&opened.sandbox);
    let usage = || Ask {
        granularity: Granularity::Daily,
        from: "2026-11-10".into(),
        ..Ask::filtered(only(Dimension::RecordType, &["Usage"]))
    };
    let days = |pages: Vec<Vec<ResultByTime>>| -> BTreeMap<Date, i128> {
        let day = |result: &ResultByTime| {
            (
                result.time_period().unwrap().start().parse().unwrap(),
                sum(result, "UnblendedCost"),
            )
        };
        pages.iter().flatten().map(day).collect()
    };
    let before = days(usage().pages(&client).await);
    opened.sandbox.set_today(date(2026, 11, 24));
    let after = days(
        Ask {
            to: "2026-11-25".into(),
            ..usage()
        }
        .pages(&client)
        .await,
    );
    for day in 10..=18 {
        assert_eq!(
            before[&date(2026, 11, day)],
            after[&date(2026, 11, day)],
            "day {day} was settled"
        );
    }
    for day in 19..=21 {
        assert!(
            before[&date(2026, 11, day)] < after[&date(2026, 11, day)],
            "day {day} was incomplete"
        );
    }
    assert!(after[&date(2026, 11, 24)] > 0, "new days appear");
}

#[tokio::test]
async fn the_open_month_is_estimated_and_the_last_one_until_its_fifth_day() {
    for (today, last_month_is_open) in [(date(2026, 11, 5), true), (date(2026, 11, 6), false)] {
        let folder = tempfile::tempdir().unwrap();
        let sandbox = reopen(&folder, today);
        let ask = Ask {
            from: "2026-09-01".into(),
            to: "2026-12-01".into(),
            ..Ask::year()
        };
        let pages = ask.pages(&client(&sandbox)).await;
        let estimated: Vec<bool> = pages[0].iter().map(ResultByTime::estimated).collect();
        assert_eq!(estimated, [false, last_month_is_open, true], "on {today}");
    }
}

#[tokio::test]
async fn reopened_on_a_later_day_the_history_stands_where_it_was() {
    let opened = open();
    let ask = || Ask {
        to: "2026-11-01".into(),
        granularity: Granularity::Daily,
        ..Ask::grouped(vec![by("SERVICE")])
    };
    let before = ask().cells(&client(&opened.sandbox), "UnblendedCost").await;
    let later = reopen(&opened.folder, date(2026, 12, 9));
    assert_eq!(before, ask().cells(&client(&later), "UnblendedCost").await);
}

#[tokio::test]
async fn one_cost_runs_away_in_the_current_month() {
    let opened = open();
    let ask = Ask {
        granularity: Granularity::Daily,
        from: "2026-10-26".into(),
        to: "2026-11-16".into(),
        ..Ask::filtered(only(Dimension::Service, &["AmazonCloudWatch"]))
    };
    let days: Vec<i128> = ask
        .pages(&client(&opened.sandbox))
        .await
        .iter()
        .flatten()
        .map(|day| sum(day, "UnblendedCost"))
        .collect();
    // The same weekday before and after.
    let (quiet, loud) = (days[1], days[15]);
    assert!(loud > 4 * quiet, "{quiet} {loud}");
}
