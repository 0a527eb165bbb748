//! Bills from exports in S3: found, loaded once, restated, refused, resumed.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod scene;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::civil::{Date, date};
use scene::{Scene, clock, random};
use serde_json::Value;
use tallyport_ledger::{LoadCosts, ManageClients};
use tallyport_sandbox::{Disagreement, Fault, Sandbox, SandboxOptions};
use tallyport_store::{ClientId, ConnectionId, Job, JobState, PeriodVersion, Store};
use tallyport_workspace::clients::{self, ConnectionDraft};
use tallyport_workspace::sources::{self, ConnectionChange, DiscoverAsk};
use tallyport_workspace::{Access, AwsSource, Context, NewExport, jobs, periods, sync};

const TODAY: Date = date(2026, 11, 22);
const PAYER: &str = "111122223333";

struct Desk {
    scene: Scene,
    sandbox: Sandbox,
    cx: Context,
    client: ClientId,
    connection: ConnectionId,
}

/// A workspace with one connection to the sandbox's company.
async fn desk() -> Desk {
    let scene = Scene::demo().await;
    let sandbox = Sandbox::open(SandboxOptions {
        folder: scene.folder.path().join("sandbox"),
        today: TODAY,
        seed: 7,
    })
    .unwrap();
    let cx = context(&scene, &sandbox, scene.cx.store.clone());
    let by = scene.may::<ManageClients>();
    let client = clients::add(&cx, &by, "Northwind").await.unwrap().id;
    let mut desk = Desk {
        scene,
        sandbox,
        cx,
        client,
        connection: ConnectionId(0),
    };
    desk.connection = desk.connect("Bills", PAYER).await;
    desk
}

fn context(scene: &Scene, sandbox: &Sandbox, store: Store) -> Context {
    let config = sandbox.sdk_config();
    let aws: AwsSource = Arc::new(move |_, _| {
        let config = config.clone();
        Box::pin(async move { config })
    });
    // Each program has a name of its own, which it takes from here.
    let random = random();
    let programs = scene.time.fetch_add(100, Ordering::SeqCst);
    let mut skipped = vec![0; usize::try_from(programs % 997).unwrap()];
    random(&mut skipped);
    Context::new(store, clock(&scene.time), random, aws)
}

impl Desk {
    async fn connect(&self, name: &str, account: &str) -> ConnectionId {
        let draft = ConnectionDraft {
            name: name.to_owned(),
            billing_account: account.to_owned(),
            access: Access::Environment,
            region: None,
            allocation_tag: None,
        };
        let added = clients::add_connection(&self.cx, &self.scene.may(), self.client, draft).await;
        added.unwrap().id
    }

    async fn choose(&self, export: &str) {
        let by = self.scene.may::<LoadCosts>();
        let chosen = sources::choose(&self.cx, &by, self.connection, Some(export.to_owned()))
            .await
            .unwrap();
        assert_eq!(chosen.source.unwrap().name, export);
    }

    async fn sync(&self) -> Job {
        self.sync_in(&self.cx).await
    }

    async fn sync_in(&self, cx: &Context) -> Job {
        let job = sync::sync(cx, &self.scene.may::<LoadCosts>(), None)
            .await
            .unwrap();
        jobs::wait(cx, &self.scene.may(), job.id).await.unwrap()
    }

    /// Syncs, and it goes well.
    async fn synced(&self) -> Value {
        let job = self.sync().await;
        assert_eq!(job.state, JobState::Done, "{:?}", job.problem);
        job.result.unwrap()["connections"][0].clone()
    }

    async fn versions(&self) -> Vec<PeriodVersion> {
        periods::list(&self.cx, &self.scene.may(), None)
            .await
            .unwrap()
    }

    /// What counts: billed and effective of each month.
    async fn counted(&self) -> BTreeMap<String, (String, String)> {
        let versions = self.versions().await.into_iter();
        versions
            .filter(|version| version.counts)
            .map(|version| {
                assert_eq!(version.totals.len(), 1, "one currency: {version:?}");
                let total = version.totals[0];
                let amounts = (total.billed.to_decimal(2), total.effective.to_decimal(2));
                (version.period.to_string(), amounts)
            })
            .collect()
    }

    fn fetched(&self) -> u64 {
        self.sandbox.requests().answered("s3:GetObject")
    }
}

fn months(result: &Value) -> Vec<&str> {
    let periods = result["periods"].as_array().unwrap().iter();
    periods
        .map(|period| period["period"].as_str().unwrap())
        .collect()
}

fn staging(desk: &Desk) -> std::path::PathBuf {
    let name = format!("books.tally.staging-{}", desk.connection);
    desk.scene.folder.path().join(name)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_export_brings_the_bill_that_cost_explorer_tells_and_a_second_sync_writes_nothing() {
    let desk = desk().await;
    desk.synced().await;
    let told = desk.counted().await;
    assert_eq!(told.len(), 13, "twelve months and the current one");
    for export in ["northwind-focus", "northwind-cur2", "northwind-cur"] {
        desk.choose(export).await;
        let first = desk.synced().await;
        assert_eq!(months(&first).len(), 13, "{export}: {first}");
        let billed = |months: &BTreeMap<String, (String, String)>| -> Vec<String> {
            months.values().map(|amounts| amounts.0.clone()).collect()
        };
        assert_eq!(billed(&desk.counted().await), billed(&told), "{export}");
        assert!(!staging(&desk).exists(), "nothing stays on its way");

        let (versions, fetched) = (desk.versions().await, desk.fetched());
        let second = desk.synced().await;
        assert_eq!(months(&second), [""; 0], "{export}: {second}");
        assert_eq!(desk.versions().await, versions, "{export}");
        assert_eq!(desk.fetched(), fetched, "{export}: not even a manifest");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_that_is_delivered_anew_is_loaded_once() {
    let desk = desk().await;
    desk.choose("northwind-focus").await;
    desk.synced().await;
    desk.sandbox.set_today(date(2026, 11, 24));
    desk.scene.time.fetch_add(2 * 86_400_000, Ordering::SeqCst);
    let by = desk.scene.may::<LoadCosts>();
    let plan = sync::plans(&desk.cx, &by, None).await.unwrap().remove(0);
    let sync::SyncWork::Export(plan) = plan.work else {
        panic!("{plan:?}");
    };
    assert_eq!(plan.periods, ["2026-11".parse().unwrap()]);
    assert!(plan.files > 0 && plan.bytes > 1_000, "{plan:?}");
    let restated = desk.synced().await;
    assert_eq!(months(&restated), ["2026-11"], "{restated}");
    assert_eq!(restated["periods"][0]["outcome"], "replaced");
    assert_eq!(restated["bytes"], plan.bytes, "as it was said before");
    let versions = desk.versions().await;
    let of_november = |version: &&PeriodVersion| version.period.to_string() == "2026-11";
    assert_eq!(versions.iter().filter(of_november).count(), 2);
    assert_eq!(months(&desk.synced().await), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_without_its_last_file_is_refused_by_name_and_the_old_version_stays() {
    let desk = desk().await;
    desk.choose("northwind-focus").await;
    desk.synced().await;
    let before = desk.counted().await;
    desk.sandbox.set_today(date(2026, 11, 24));
    desk.sandbox.disagree(Disagreement::UndeliveredFile {
        month: date(2026, 11, 1),
    });
    let job = desk.sync().await;
    assert_eq!(job.state, JobState::Failed);
    let problem = job.problem.unwrap();
    assert_eq!(problem["code"], "import.incomplete", "{problem}");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("BILLING_PERIOD=2026-11/"), "{detail}");
    assert!(detail.contains("manifest of 2026-11"), "{detail}");
    assert_eq!(desk.counted().await, before);
    desk.sandbox.agree();
    assert_eq!(months(&desk.synced().await), ["2026-11"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_that_cannot_be_read_keeps_no_other_from_being_read() {
    let desk = desk().await;
    desk.choose("northwind-focus").await;
    desk.sandbox.disagree(Disagreement::UndeliveredFile {
        month: date(2026, 3, 1),
    });
    let job = desk.sync().await;
    let problem = job.problem.unwrap();
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.starts_with("2026-03 was not loaded, 12 of the other 12 months"),
        "{detail}"
    );
    assert_eq!(desk.counted().await.len(), 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_sync_goes_on_without_fetching_a_file_twice() {
    let desk = desk().await;
    desk.choose("northwind-cur2").await;
    let by = desk.scene.may::<LoadCosts>();
    let plan = sync::plans(&desk.cx, &by, None).await.unwrap().remove(0);
    let sync::SyncWork::Export(plan) = plan.work else {
        panic!("{plan:?}");
    };
    let files = u64::try_from(plan.files).unwrap();
    assert!(files > 13, "some month has several files: {files}");
    let before = desk.fetched();
    // Thirteen manifests and five files arrive; then access is taken away.
    let faults = desk.sandbox.faults();
    faults.next("s3:GetObject", Fault::Slow(Duration::ZERO), 13 + 5);
    faults.next("s3:GetObject", Fault::AccessDenied, 1);
    let job = desk.sync().await;
    assert_eq!(job.state, JobState::Failed);
    let problem = job.problem.unwrap();
    assert_eq!(problem["code"], "aws.denied", "{problem}");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("northwind-billing"),
        "the bucket is named: {problem}"
    );
    assert_eq!(desk.fetched() - before, 13 + 5);
    let loaded = u64::try_from(desk.counted().await.len()).unwrap();
    assert!(0 < loaded && loaded < 13, "{loaded}");
    desk.synced().await;
    assert_eq!(desk.counted().await.len(), 13);
    assert_eq!(
        desk.fetched() - before,
        13 + (13 - loaded) + files,
        "manifests of what was not loaded are read again, files are not"
    );
    assert!(!staging(&desk).exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_that_sync_at_once_load_each_month_once() {
    let desk = desk().await;
    desk.choose("northwind-focus").await;
    let (path, key) = (desk.scene.path(), desk.cx.store.key().clone());
    let store = tokio::task::spawn_blocking(move || Store::open(&path, &key))
        .await
        .unwrap()
        .unwrap();
    let other = context(&desk.scene, &desk.sandbox, store);
    let (one, two) = tokio::join!(desk.sync(), desk.sync_in(&other));
    for job in [one, two] {
        assert_eq!(job.state, JobState::Done, "{:?}", job.problem);
    }
    let versions = desk.versions().await;
    assert_eq!(versions.len(), 13, "{versions:?}");
    assert!(versions.iter().all(|version| version.number == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_exports_of_one_account_one_counts() {
    let desk = desk().await;
    desk.choose("northwind-focus").await;
    desk.synced().await;
    let by_focus = desk.counted().await;
    let second = desk.connect("The same bill again", PAYER).await;
    let by = desk.scene.may::<LoadCosts>();
    let refused = sources::choose(&desk.cx, &by, second, Some("northwind-cur2".to_owned())).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.code(), "request.in-use");
    assert!(refused.to_string().contains("\"Bills\""), "{refused}");

    // Another export on the same connection takes the place of the first one.
    clients::remove_connection(&desk.cx, &by, second)
        .await
        .unwrap();
    desk.choose("northwind-cur2").await;
    desk.synced().await;
    let by_cur = desk.counted().await;
    let months: Vec<_> = by_focus.keys().collect();
    assert_eq!(by_cur.keys().collect::<Vec<_>>(), months);
    for (month, (billed, _)) in &by_focus {
        assert_eq!(&by_cur[month].0, billed, "{month}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_are_found_with_credentials_and_nothing_else() {
    let desk = desk().await;
    desk.choose("northwind-focus").await;
    let by = desk.scene.may::<LoadCosts>();
    let found = sources::discover(&desk.cx, &by, DiscoverAsk::default())
        .await
        .unwrap();
    assert_eq!(found.account, PAYER);
    assert!(found.missing_permissions.is_empty(), "{found:?}");
    assert!(found.offer.is_none(), "there is one to use");
    let names: Vec<(&str, &str, Option<ConnectionId>)> = found
        .exports
        .iter()
        .map(|(export, user)| (export.name.as_str(), export.kind.word(), *user))
        .collect();
    let expected = [
        ("northwind-cur", "cur", None),
        ("northwind-cur2", "cur2", None),
        ("northwind-focus", "focus", Some(desk.connection)),
    ];
    assert_eq!(names, expected);
    assert!(found.exports.iter().all(|(export, _)| export.usable));

    let faults = desk.sandbox.faults();
    faults.next("cur:DescribeReportDefinitions", Fault::AccessDenied, 1);
    faults.next("bcm-data-exports:ListExports", Fault::AccessDenied, 1);
    let found = sources::discover(&desk.cx, &by, DiscoverAsk::default())
        .await
        .unwrap();
    let expected = [
        "bcm-data-exports:ListExports",
        "cur:DescribeReportDefinitions",
    ];
    assert_eq!(found.missing_permissions, expected);
    let offer = found.offer.unwrap();
    assert!(offer.text.contains("0.02486 USD a month"), "{}", offer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_made_where_there_is_a_bucket_for_it() {
    let desk = desk().await;
    let by = desk.scene.may::<LoadCosts>();
    let ask = |bucket: &str| NewExport {
        name: "tallyport-focus".to_owned(),
        bucket: bucket.to_owned(),
        prefix: "tallyport".to_owned(),
    };
    let nowhere = sources::create(&desk.cx, &by, desk.connection, ask("nobodys-bucket")).await;
    let nowhere = nowhere.unwrap_err();
    assert_eq!(nowhere.code(), "sources.bucket");
    let hint = nowhere.hint().unwrap();
    assert!(hint.contains("bcm-data-exports.amazonaws.com"), "{hint}");
    assert!(hint.contains("arn:aws:s3:::nobodys-bucket"), "{hint}");

    let made = sources::create(&desk.cx, &by, desk.connection, ask("northwind-billing"))
        .await
        .unwrap();
    assert_eq!(made.source.unwrap().name, "tallyport-focus");
    let synced = desk.synced().await;
    assert_eq!(
        months(&synced),
        ["2026-11"],
        "AWS delivers from the month of its making on"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_export_of_another_account_is_refused() {
    let desk = desk().await;
    let other = desk.connect("A member's bill", "222233334444").await;
    let by = desk.scene.may::<LoadCosts>();
    let refused = sources::choose(&desk.cx, &by, other, Some("northwind-focus".to_owned())).await;
    assert_eq!(refused.unwrap_err().code(), "sources.other-account");
    let unknown = sources::choose(&desk.cx, &by, desk.connection, Some("nothing".to_owned())).await;
    assert_eq!(unknown.unwrap_err().code(), "request.not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_takes_another_name_and_a_cap() {
    let desk = desk().await;
    let by = desk.scene.may::<LoadCosts>();
    let change = |name: Option<&str>, cap| ConnectionChange {
        name: name.map(str::to_owned),
        monthly_request_cap: cap,
    };
    let id = desk.connection;
    let changed = sources::change(&desk.cx, &by, id, change(None, Some(Some(40))))
        .await
        .unwrap();
    assert_eq!(
        (changed.name.as_str(), changed.monthly_request_cap),
        ("Bills", Some(40))
    );
    let changed = sources::change(&desk.cx, &by, id, change(Some("Payer"), None))
        .await
        .unwrap();
    assert_eq!(
        (changed.name.as_str(), changed.monthly_request_cap),
        ("Payer", Some(40))
    );
    let changed = sources::change(&desk.cx, &by, id, change(None, Some(None)))
        .await
        .unwrap();
    assert_eq!(changed.monthly_request_cap, None);
}
