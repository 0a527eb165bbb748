//! What is done by itself: at its time, once, whatever the clock does and however many programs look.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod scene;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use scene::{PASSPHRASE, Scene, clock, count, moment, secret};
use tallyport_ledger::{DayRange, ManageClients, Metric, SetBudgets, ViewCosts};
use tallyport_sandbox::{Fault, Sandbox, SandboxOptions};
use tallyport_store::{By, ConnectionId, Interval, Run, RunId, RunState, Store};
use tallyport_workspace::clients::{self, ConnectionDraft};
use tallyport_workspace::costs::{self, CostsAsk};
use tallyport_workspace::open::{self, Open};
use tallyport_workspace::schedules::{self, Schedule, ScheduleAsk};
use tallyport_workspace::{
    Access, AwsSource, Context, ErrorKind, FilterAsk, Keychain, Unlock, settings, sources,
};

const TODAY: Date = date(2026, 11, 22);
const PAYER: &str = "111122223333";

struct Desk {
    scene: Scene,
    sandbox: Sandbox,
    cx: Context,
    connection: ConnectionId,
}

fn context(scene: &Scene, sandbox: &Sandbox, store: Store, process: u8) -> Context {
    let config = sandbox.sdk_config();
    let aws: AwsSource = Arc::new(move |_, _| {
        let config = config.clone();
        Box::pin(async move { config })
    });
    let random = Arc::new(move |bytes: &mut [u8]| bytes.fill(process));
    Context::new(store, clock(&scene.time), random, aws)
}

/// A workspace at four in the morning, with one connection to the sandbox's company.
async fn desk() -> Desk {
    let scene = Scene::new().await;
    let sandbox = Sandbox::open(SandboxOptions {
        folder: scene.folder.path().join("sandbox"),
        today: TODAY,
        seed: 7,
    })
    .unwrap();
    let cx = context(&scene, &sandbox, scene.cx.store.clone(), 1);
    let by = scene.may::<ManageClients>();
    let client = clients::add(&cx, &by, "Northwind").await.unwrap().id;
    let draft = ConnectionDraft {
        name: "Bills".to_owned(),
        billing_account: PAYER.to_owned(),
        access: Access::Environment,
        region: None,
        allocation_tag: None,
    };
    let added = clients::add_connection(&cx, &scene.may(), client, draft).await;
    let connection = added.unwrap().id;
    let desk = Desk {
        scene,
        sandbox,
        cx,
        connection,
    };
    desk.at("2026-11-22T04:00:00Z");
    desk
}

/// The same with an export, which is free and has nothing new at the second sync.
async fn desk_with_export() -> Desk {
    let desk = desk().await;
    let export = Some("northwind-focus".to_owned());
    sources::choose(&desk.cx, &desk.scene.may(), desk.connection, export)
        .await
        .unwrap();
    desk
}

impl Desk {
    fn at(&self, time: &str) {
        self.scene.time.store(moment(time), Ordering::SeqCst);
    }

    /// The runs of the connection's schedule that were made now.
    async fn tick(&self) -> Vec<Run> {
        let mut made = schedules::tick(&self.cx).await.unwrap();
        made.retain(|run| run.schedule == self.sync());
        made
    }

    async fn tick_at(&self, time: &str) -> Vec<Run> {
        self.at(time);
        self.tick().await
    }

    fn sync(&self) -> String {
        format!("sync-{}", self.connection)
    }

    async fn runs(&self) -> Vec<Run> {
        schedules::runs(&self.cx, &self.scene.may(), &self.sync())
            .await
            .unwrap()
    }

    async fn planned(&self) -> Vec<String> {
        let runs = self.runs().await;
        let mut planned: Vec<String> = runs
            .iter()
            .filter(|run| run.state != RunState::Missed)
            .map(|run| run.planned_at.to_string())
            .collect();
        planned.sort();
        planned
    }

    async fn schedule(&self) -> Schedule {
        let all = schedules::list(&self.cx, &self.scene.may()).await.unwrap();
        all.into_iter().find(|one| one.id == self.sync()).unwrap()
    }

    async fn change(&self, cron: &str, zone: Option<&str>, enabled: bool) -> Schedule {
        schedules::change(
            &self.cx,
            &self.scene.may::<SetBudgets>(),
            &self.sync(),
            asking(cron, zone, enabled),
        )
        .await
        .unwrap()
    }

    /// Another program on the same workspace.
    async fn another_program(&self, process: u8) -> Context {
        let store = open::open(Open {
            path: self.scene.path(),
            keychain: Keychain::Unused,
            unlock: Unlock::Passphrase(secret(PASSPHRASE)),
        })
        .await
        .unwrap();
        context(&self.scene, &self.sandbox, store, process)
    }
}

fn asking(cron: &str, zone: Option<&str>, enabled: bool) -> ScheduleAsk {
    ScheduleAsk {
        cron: cron.to_owned(),
        zone: zone.map(str::to_owned),
        enabled,
    }
}

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
