//! Runs: once for each planned moment, tried again where that can help.

use std::time::Duration;

use jiff::Timestamp;
use tallyport_sandbox::Fault;
use tallyport_store::{Run, RunId, RunState};
use tallyport_workspace::{ErrorKind, clients, schedules};

use crate::desk::desk_with_export;
use crate::scene::count;

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_that_look_at_the_same_moment_run_it_once() {
    let desk = desk_with_export().await;
    desk.tick().await;
    let other = desk.another_program(2).await;
    let mut now: Timestamp = "2026-11-22T06:00:01Z".parse().unwrap();
    let rounds = count("TALLYPORT_SCHEDULE_ROUNDS", 10);
    for _ in 0..rounds {
        desk.at(&now.to_string());
        let (mine, theirs) = tokio::join!(schedules::tick(&desk.cx), schedules::tick(&other));
        let made = [mine.unwrap(), theirs.unwrap()].concat();
        let of = |id: &str| made.iter().filter(|run| run.schedule == id).count();
        assert_eq!((of(&desk.sync()), of("budgets"), made.len()), (1, 1, 2));
        now += jiff::SignedDuration::from_hours(24);
    }
    let planned = desk.planned().await;
    assert_eq!(planned.len(), rounds);
    assert!(planned.windows(2).all(|pair| pair[0] != pair[1]));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_one_program_is_at_it_another_leaves_it_alone() {
    let desk = desk_with_export().await;
    desk.tick().await;
    let other = desk.another_program(2).await;
    desk.at("2026-11-22T06:00:01Z");
    let slow = Fault::Slow(Duration::from_millis(700));
    desk.sandbox.faults().next("s3:ListObjectsV2", slow, 1);
    let at_work = tokio::spawn(async move { schedules::tick(&other).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(desk.runs().await[0].state, RunState::Running);
    assert_eq!(desk.tick().await, []);
    let refused = schedules::run_now(&desk.cx, &desk.scene.may(), &desk.sync()).await;
    assert_eq!(refused.unwrap_err().code(), "schedule.running");
    let made = at_work.await.unwrap().unwrap();
    assert!(made.iter().any(|run| run.schedule == desk.sync()));
    assert_eq!(desk.runs().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_pass_is_tried_again_later_and_later_and_then_no_more() {
    let desk = desk_with_export().await;
    desk.tick().await;
    desk.sandbox
        .faults()
        .rate("*", Fault::ConnectionReset, 100, 1);
    let mut now: Timestamp = "2026-11-22T06:00:01Z".parse().unwrap();
    let mut pauses = Vec::new();
    let mut last: Option<Timestamp> = None;
    for _ in 0..(8 * 60) {
        desk.at(&now.to_string());
        for run in desk.tick().await {
            assert_eq!(run.state, RunState::Failed);
            if let Some(last) = last {
                pauses.push(now.duration_since(last).as_mins());
            }
            last = Some(now);
        }
        now += jiff::SignedDuration::from_mins(1);
    }
    // The pause begins when a run has ended, which is a little after the minute in which it began.
    assert_eq!(pauses, [2, 6, 16, 61, 181]);
    desk.sandbox.faults().clear();
    let next = desk.tick_at("2026-11-23T06:00:01Z").await;
    assert_eq!((next[0].state, next[0].attempt), (RunState::Done, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_has_to_mend_is_told_and_not_tried_again_before_its_time() {
    let desk = desk_with_export().await;
    desk.tick().await;
    desk.sandbox.faults().rate("*", Fault::AccessDenied, 100, 1);
    let made = desk.tick_at("2026-11-22T06:00:01Z").await;
    assert_eq!((made[0].state, made[0].retry_at), (RunState::Failed, None));
    let said = made[0].text.as_deref().unwrap();
    assert!(said.contains("Copy policy"), "the way out is told: {said}");
    assert_eq!(desk.tick_at("2026-11-22T18:00:00Z").await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_whose_program_died_has_failed_and_is_made_again_at_once() {
    let desk = desk_with_export().await;
    desk.tick().await;
    let planned_at: Timestamp = "2026-11-22T06:00:00Z".parse().unwrap();
    let left = Run {
        id: RunId(0),
        schedule: desk.sync(),
        planned_at,
        attempt: 1,
        state: RunState::Running,
        started_at: planned_at,
        ended_at: None,
        retry_at: None,
        text: None,
        job: None,
        process: "deadbeefdeadbeef".to_owned(),
    };
    desk.cx
        .store
        .write(move |w| w.add_run(&left))
        .await
        .unwrap();
    let made = desk.tick_at("2026-11-22T06:01:00Z").await;
    assert_eq!(made.len(), 1);
    assert_eq!((made[0].state, made[0].attempt), (RunState::Done, 2));
    let first = desk.runs().await.pop().unwrap();
    assert_eq!(first.state, RunState::Failed);
    assert_eq!(
        first.text.as_deref(),
        Some("The program ended before this was done.")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_switched_off_or_whose_connection_is_gone_is_not_done() {
    let desk = desk_with_export().await;
    desk.tick().await;
    let off = desk.change("0 6 * * *", None, false).await;
    assert_eq!((off.enabled, off.next_run), (false, None));
    assert_eq!(desk.tick_at("2026-11-22T06:00:01Z").await, []);
    desk.at("2026-11-22T08:00:00Z");
    desk.change("0 6 * * *", None, true).await;
    assert_eq!(
        desk.tick().await,
        [],
        "nothing is made up for from when it was off"
    );
    clients::remove_connection(&desk.cx, &desk.scene.may(), desk.connection)
        .await
        .unwrap();
    assert_eq!(desk.tick_at("2026-11-23T06:00:01Z").await, []);
    let gone = schedules::runs(&desk.cx, &desk.scene.may(), &desk.sync()).await;
    assert_eq!(gone.unwrap_err().kind(), ErrorKind::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_by_hand_is_made_at_once_and_keeps_the_planned_one() {
    let desk = desk_with_export().await;
    desk.tick().await;
    let run = schedules::run_now(&desk.cx, &desk.scene.may(), &desk.sync())
        .await
        .unwrap();
    assert_eq!(run.state, RunState::Running);
    while desk.runs().await[0].state == RunState::Running {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(desk.runs().await[0].state, RunState::Done);
    assert_eq!(desk.tick_at("2026-11-22T06:00:01Z").await.len(), 1);
}
