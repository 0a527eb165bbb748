//! What is done: syncs and the look at the budgets.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::date;
use tallyport_ledger::{DayRange, Metric, SetBudgets, ViewCosts};
use tallyport_store::{By, Interval, RunState};
use tallyport_workspace::costs::CostsAsk;
use tallyport_workspace::{FilterAsk, costs, schedules, sources};

use crate::desk::{Desk, asking, desk, desk_with_export};

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_synced_at_its_time_once_and_says_what_that_brought() {
    let desk = desk_with_export().await;
    assert_eq!(
        desk.tick().await,
        [],
        "what was before the first look is not made up for"
    );
    assert_eq!(desk.tick_at("2026-11-22T05:59:30Z").await, []);
    let [run] = &desk.tick_at("2026-11-22T06:00:05Z").await[..] else {
        panic!("one run")
    };
    assert_eq!(run.state, RunState::Done, "{run:?}");
    assert_eq!(run.planned_at.to_string(), "2026-11-22T06:00:00Z");
    let said = run.text.as_deref().unwrap();
    assert!(said.ends_with("months are new or have changed."), "{said}");
    assert!(run.job.is_some(), "the work can be looked at");
    assert_eq!(desk.tick().await, []);
    assert_eq!(desk.tick_at("2026-11-22T23:00:00Z").await, []);
    let schedule = desk.schedule().await;
    assert_eq!(schedule.label, "Sync Northwind");
    assert_eq!(schedule.words, "At 06:00");
    assert_eq!(schedule.last_run.as_ref(), Some(run));
    assert_eq!(
        schedule.next_run.unwrap().to_string(),
        "2026-11-23T06:00:00Z"
    );
    let next = desk.tick_at("2026-11-23T06:00:05Z").await;
    assert_eq!(
        next[0].text.as_deref(),
        Some("Nothing was delivered since the last time.")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn budgets_are_looked_at_every_hour_and_the_run_says_what_came_of_it() {
    let desk = desk_with_export().await;
    desk.tick().await;
    desk.tick_at("2026-11-22T05:00:01Z").await;
    let runs = schedules::runs(&desk.cx, &desk.scene.may(), "budgets")
        .await
        .unwrap();
    assert_eq!(runs.len(), 1);
    assert_eq!(runs[0].state, RunState::Done, "{:?}", runs[0].text);
    let said = runs[0].text.as_deref().unwrap();
    assert!(said.starts_with("0 budgets evaluated"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn cost_explorer_is_not_asked_every_minute_unless_a_cap_holds_it() {
    let desk = desk().await;
    let every_minute = || asking("* * * * *", None, true);
    let by = desk.scene.may::<SetBudgets>();
    let refused = schedules::change(&desk.cx, &by, &desk.sync(), every_minute()).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.code(), "schedule.too-often");
    assert!(
        refused.to_string().contains("1440 times a day"),
        "{refused}"
    );
    let capped = sources::ConnectionChange {
        name: None,
        monthly_request_cap: Some(Some(1)),
    };
    sources::change(&desk.cx, &desk.scene.may(), desk.connection, capped)
        .await
        .unwrap();
    schedules::change(&desk.cx, &by, &desk.sync(), every_minute())
        .await
        .unwrap();
    desk.tick().await;
    let made = desk.tick_at("2026-11-22T04:05:01Z").await;
    assert_eq!((made[0].state, made[0].retry_at), (RunState::Failed, None));
    assert!(made[0].text.as_deref().unwrap().contains("cap"), "{made:?}");
    assert_eq!(
        desk.sandbox.requests().answered("ce:GetCostAndUsage"),
        0,
        "the cap held"
    );
}

/// What each day cost, as the ledger has it.
async fn days(desk: &Desk) -> BTreeMap<String, String> {
    let ask = CostsAsk {
        days: DayRange::new(date(2026, 9, 1), date(2026, 11, 22)).unwrap(),
        by: By::Service,
        metric: Metric::Billed,
        interval: Interval::Day,
        compare: false,
        filter: FilterAsk::default(),
    };
    let found = costs::costs(&desk.cx, &desk.scene.may::<ViewCosts>(), ask)
        .await
        .unwrap();
    let totals = &found.results[0].column_totals;
    let columns = found.columns.iter().zip(totals);
    columns
        .map(|(column, total)| (column.key.clone(), total.to_string()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_under_a_clock_that_is_a_day_wrong_books_no_charge_to_another_day() {
    let mut known: Option<BTreeMap<String, String>> = None;
    for time in [
        "2026-11-22T06:00:05Z",
        "2026-11-21T05:00:05Z",
        "2026-11-23T07:00:05Z",
    ] {
        let desk = desk_with_export().await;
        desk.change("* * * * *", None, true).await;
        desk.at(
            &(time.parse::<Timestamp>().unwrap() - jiff::SignedDuration::from_mins(3)).to_string(),
        );
        desk.tick().await;
        assert_eq!(
            desk.tick_at(time).await[0].state,
            RunState::Done,
            "at {time}"
        );
        let days = days(&desk).await;
        assert_eq!(
            known.get_or_insert_with(|| days.clone()),
            &days,
            "at {time}"
        );
    }
}
