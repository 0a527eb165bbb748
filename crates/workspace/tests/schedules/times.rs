//! When something is due: zones, long sleeps, wrong clocks, nights of another length.

use jiff::Timestamp;
use tallyport_store::{Run, RunState};
use tallyport_workspace::settings;

use crate::desk::desk_with_export;

#[tokio::test(flavor = "multi_thread")]
async fn the_times_are_those_of_the_workspace_unless_the_schedule_has_its_own() {
    let desk = desk_with_export().await;
    let mut set = settings::read(&desk.cx, &desk.scene.may()).await.unwrap();
    set.zone = "America/New_York".to_owned();
    settings::change(&desk.cx, &desk.scene.may(), set)
        .await
        .unwrap();
    let schedule = desk.schedule().await;
    assert_eq!(
        (schedule.zone.as_str(), schedule.own_zone),
        ("America/New_York", false)
    );
    assert_eq!(
        schedule.next_run.unwrap().to_string(),
        "2026-11-22T11:00:00Z"
    );
    let schedule = desk.change("30 5 * * *", Some("Asia/Tokyo"), true).await;
    assert_eq!(
        (schedule.zone.as_str(), schedule.own_zone),
        ("Asia/Tokyo", true)
    );
    assert_eq!(
        schedule.next_run.unwrap().to_string(),
        "2026-11-22T20:30:00Z"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_long_sleep_one_run_makes_up_for_all_and_says_how_many_there_were() {
    let desk = desk_with_export().await;
    desk.tick().await;
    desk.tick_at("2026-11-22T06:00:05Z").await;
    let made = desk.tick_at("2026-11-26T14:00:00Z").await;
    assert_eq!(made.len(), 1);
    assert_eq!(made[0].planned_at.to_string(), "2026-11-26T06:00:00Z");
    let runs = desk.runs().await;
    let missed: Vec<&Run> = runs
        .iter()
        .filter(|run| run.state == RunState::Missed)
        .collect();
    assert_eq!(missed.len(), 1, "one line tells of all");
    assert_eq!(missed[0].planned_at.to_string(), "2026-11-23T06:00:00Z");
    let said = missed[0].text.as_deref().unwrap();
    assert!(
        said.contains("at 3 times, the last at 2026-11-25T06:00:00Z"),
        "{said}"
    );
    assert_eq!(desk.tick().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_a_day_ahead_or_behind_does_nothing_twice_and_leaves_no_day_out() {
    let desk = desk_with_export().await;
    desk.tick().await;
    // Ahead by 25 hours at noon, back, and behind by 25 hours; then the days go on.
    for time in [
        "2026-11-22T12:00:00Z",
        "2026-11-23T13:00:00Z",
        "2026-11-22T12:05:00Z",
        "2026-11-21T11:05:00Z",
        "2026-11-22T12:10:00Z",
        "2026-11-23T05:59:00Z",
        "2026-11-23T06:00:30Z",
        "2026-11-24T06:00:30Z",
        "2026-11-25T06:00:30Z",
    ] {
        desk.tick_at(time).await;
        desk.tick().await;
    }
    assert_eq!(
        desk.planned().await,
        [
            "2026-11-22T06:00:00Z",
            "2026-11-23T06:00:00Z",
            "2026-11-24T06:00:00Z",
            "2026-11-25T06:00:00Z",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_that_a_wrong_clock_began_does_not_wait_for_that_clock() {
    let desk = desk_with_export().await;
    desk.at("2036-01-01T00:00:00Z");
    desk.tick().await;
    desk.tick_at("2026-11-22T04:00:00Z").await;
    assert_eq!(desk.tick_at("2026-11-22T06:00:30Z").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nights_with_an_hour_too_few_or_too_many_month_ends_and_leap_days_have_one_run_each() {
    let desk = desk_with_export().await;
    desk.change("30 2 * * *", Some("Europe/Berlin"), true).await;
    for (from, days) in [("2027-03-26", 5), ("2027-10-29", 4), ("2028-02-27", 4)] {
        let mut now: Timestamp = format!("{from}T00:00:00Z").parse().unwrap();
        desk.at(&now.to_string());
        desk.tick().await;
        let before = desk.planned().await.len();
        for _ in 0..days * 8 {
            now += jiff::SignedDuration::from_hours(3);
            desk.at(&now.to_string());
            desk.tick().await;
        }
        assert_eq!(desk.planned().await.len() - before, days, "from {from}");
    }
    let planned = desk.planned().await;
    for time in [
        "2027-03-28T01:30:00Z", // 02:30 is not there: 03:30 summer time
        "2027-10-31T00:30:00Z", // 02:30 comes twice: the first
        "2028-02-29T01:30:00Z",
    ] {
        assert!(planned.iter().any(|at| at == time), "{time} in {planned:?}");
    }
}
