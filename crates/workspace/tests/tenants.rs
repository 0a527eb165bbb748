//! Tenants, against the sandbox: set up whole or not at all, their users let in or not, their files proven.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

mod scene;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::civil::{Date, date};
use scene::{Scene, clock, random};
use tallyport_ledger::tenant::{TenantId, TenantKey, TenantRole, TenantState, UserState};
use tallyport_ledger::transfer::{OnClash, TransferPriority, TransferState};
use tallyport_ledger::{BillingPeriod, ManageClients};
use tallyport_sandbox::{Fault, Sandbox, SandboxOptions};
use tallyport_store::{Job, JobState, StepState, Store};
use tallyport_workspace::clients::{self, ConnectionDraft};
use tallyport_workspace::demo::{DemoCompany, DemoTenant, fill};
use tallyport_workspace::tables::{self, CsvLook, Layout, Table};
use tallyport_workspace::tenants::{
    self, BulkAction, Moving, PlaceAsk, QuotaAsk, Retention, TenantAsk, TenantFacts, UserAsk, Which,
};
use tallyport_workspace::{
    Access, AlertQuery, AwsSource, Context, DeliveryQuery, WorkspaceError, alerts, delivery, jobs,
};

const TODAY: Date = date(2026, 11, 22);
const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF1SrrF5cWDJMlOuNX1QhfJqEwvBo742bRpgUgS2H9bu anna@example";

const OTHER_KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHSfJvuRfQEVMsP9e1q5qc9BA1eXdv8bHVYu1+2khsU/ anna@laptop";

struct Desk {
    scene: Scene,
    sandbox: Sandbox,
    cx: Context,
}

/// A workspace with one connection to the sandbox's company.
async fn desk() -> Desk {
    let Desk { scene, sandbox, cx } = Desk::of(Scene::demo().await);
    let by = scene.may::<ManageClients>();
    let client = clients::add(&cx, &by, "Northwind").await.unwrap().id;
    let draft = ConnectionDraft {
        name: "AWS".to_owned(),
        billing_account: "111122223333".to_owned(),
        access: Access::Environment,
        region: Some("us-east-1".to_owned()),
        allocation_tag: None,
    };
    clients::add_connection(&cx, &scene.may(), client, draft)
        .await
        .unwrap();
    Desk { scene, sandbox, cx }
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
    random(&mut vec![0; usize::try_from(programs % 997).unwrap()]);
    Context::new(store, clock(&scene.time), random, aws)
}

fn ask(name: &str, own_bucket: bool) -> TenantAsk {
    TenantAsk {
        name: name.to_owned(),
        slug: None,
        connection: None,
        assume_role: None,
        server: None,
        client: Some("Northwind".to_owned()),
        region: None,
        place: PlaceAsk {
            own_bucket,
            ..PlaceAsk::default()
        },
        key: if own_bucket {
            TenantKey::Own
        } else {
            TenantKey::Shared
        },
        quota: QuotaAsk::default(),
        rotate_days: Some(90),
    }
}

fn user(name: &str, role: TenantRole) -> UserAsk {
    UserAsk {
        name: name.to_owned(),
        role,
        keys: vec![KEY.to_owned()],
        expires: None,
        state: UserState::Active,
    }
}

const MOVING: Moving = Moving {
    on_clash: OnClash::Skip,
    priority: TransferPriority::Usual,
    limit: None,
};

impl Desk {
    fn of(scene: Scene) -> Self {
        let sandbox = Sandbox::open(SandboxOptions {
            folder: scene.folder.path().join("sandbox"),
            today: TODAY,
            seed: 7,
        })
        .unwrap();
        let cx = context(&scene, &sandbox, scene.cx.store.clone());
        Self { scene, sandbox, cx }
    }

    async fn ended(&self, job: Job) -> Job {
        jobs::wait(&self.cx, &self.scene.may(), job.id)
            .await
            .unwrap()
    }

    async fn add(&self, ask: TenantAsk) -> (TenantId, Job) {
        let job = tenants::create(&self.cx, &self.scene.may(), ask)
            .await
            .unwrap();
        let job = self.ended(job).await;
        let all = tenants::list(&self.cx, &self.scene.may()).await.unwrap();
        let newest = all
            .iter()
            .map(|facts| facts.stored.tenant.id)
            .max()
            .unwrap();
        (newest, job)
    }

    async fn set_up(&self, name: &str, own_bucket: bool) -> TenantId {
        let (id, job) = self.add(ask(name, own_bucket)).await;
        assert_eq!(job.state, JobState::Done, "{:?}", job.problem);
        id
    }

    async fn facts(&self, id: TenantId) -> TenantFacts {
        tenants::show(&self.cx, &self.scene.may(), id)
            .await
            .unwrap()
    }

    /// What stands in the inbox of all alerts there were: title and state, by title.
    async fn alerts(&self) -> Vec<(&'static str, &'static str)> {
        let query = AlertQuery {
            limit: 100,
            ..AlertQuery::default()
        };
        let found = alerts::list(&self.cx, &self.scene.may(), query)
            .await
            .unwrap();
        let mut found: Vec<(&str, &str)> = found
            .alerts
            .into_iter()
            .map(|alert| (&*alert.title.leak(), alert.state.word()))
            .collect();
        found.sort_unstable();
        found
    }

    /// What was put out for the desktop, the first first.
    async fn notices(&self) -> Vec<String> {
        let query = DeliveryQuery {
            limit: 100,
            ..DeliveryQuery::default()
        };
        let (found, _) = delivery::log(&self.cx, &self.scene.may(), query)
            .await
            .unwrap();
        let desktop = found.into_iter().filter(|one| one.channel_name.is_none());
        desktop.map(|one| one.notice.title).rev().collect()
    }

    async fn sign_in(&self, id: TenantId, user: &str) -> bool {
        let server = self.facts(id).await.made.server.unwrap();
        let at = TODAY.at(9, 0, 0, 0);
        self.sandbox
            .sign_in(&server.id, user, KEY, "203.0.113.9", at)
            .is_ok()
    }
}

#[tokio::test]
async fn whichever_step_fails_nothing_is_left_and_setting_up_can_go_on() {
    for operation in [
        "transfer:CreateServer",
        "kms:CreateKey",
        "s3:CreateBucket",
        "iam:CreateRole",
    ] {
        let desk = desk().await;
        desk.sandbox
            .faults()
            .next(operation, Fault::AccessDenied, 1);
        let (id, job) = desk.add(ask("Acme Retail", true)).await;
        assert_eq!(job.state, JobState::Failed, "{operation}");
        assert_eq!(desk.sandbox.faults().left(), 0, "{operation} was asked for");
        let facts = desk.facts(id).await;
        assert_eq!(facts.stored.tenant.state, TenantState::Creating);
        assert!(!facts.steps.is_empty(), "what was tried is written down");
        for step in &facts.steps {
            assert_eq!(step.state, StepState::Undone, "{operation}: {}", step.step);
        }
        assert!(
            facts.steps.iter().any(|step| step.error.is_some()),
            "{operation}: why is kept"
        );

        let by = desk.scene.may();
        let job = tenants::resume(&desk.cx, &by, id).await.unwrap();
        let job = desk.ended(job).await;
        assert_eq!(job.state, JobState::Done, "{operation}: {:?}", job.problem);
        let facts = desk.facts(id).await;
        assert_eq!(facts.stored.tenant.state, TenantState::Active);
        let drift = tenants::drift(&desk.cx, &by, id).await.unwrap();
        assert!(drift.is_empty(), "{operation}: {drift:?}");
    }
}

#[test]
fn a_program_that_dies_between_steps_leaves_a_tenant_that_the_next_one_sets_up() {
    let calm = tokio::runtime::Runtime::new().unwrap();
    let mut desk = calm.block_on(desk());
    desk.sandbox
        .faults()
        .next("kms:CreateKey", Fault::Slow(Duration::from_secs(600)), 1);
    let dying = tokio::runtime::Runtime::new().unwrap();
    let id = dying.block_on(async {
        let (cx, by) = (desk.cx.clone(), desk.scene.may());
        tenants::create(&cx, &by, ask("Acme Retail", true))
            .await
            .unwrap();
        loop {
            let all = tenants::list(&cx, &desk.scene.may()).await.unwrap();
            if all[0].steps.iter().any(|step| step.step == "key") {
                break all[0].stored.tenant.id;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    // The old program's mark goes with its context.
    let store = desk.cx.store.clone();
    desk.cx = context(&desk.scene, &desk.sandbox, store);
    dying.shutdown_timeout(Duration::from_secs(1));
    desk.sandbox.faults().clear();
    calm.block_on(async {
        let before = desk.facts(id).await;
        let states: Vec<StepState> = before.steps.iter().map(|step| step.state).collect();
        assert_eq!(states, [StepState::Done, StepState::Begun]);
        let job = tenants::resume(&desk.cx, &desk.scene.may(), id)
            .await
            .unwrap();
        let job = desk.ended(job).await;
        assert_eq!(job.state, JobState::Done, "{:?}", job.problem);
        let drift = tenants::drift(&desk.cx, &desk.scene.may(), id)
            .await
            .unwrap();
        assert!(drift.is_empty(), "{drift:?}");
    });
}

#[tokio::test]
async fn users_sign_in_while_they_may_and_not_a_day_longer() {
    let desk = desk().await;
    let (cx, by) = (&desk.cx, desk.scene.may());
    let id = desk.set_up("Acme Retail", true).await;
    let added = tenants::add_user(cx, &by, id, user("acme-in", TenantRole::UploadOnly)).await;
    assert!(added.unwrap().stored.applied);
    assert!(desk.sign_in(id, "acme-in").await);

    tenants::suspend(cx, &by, id).await.unwrap();
    assert!(!desk.sign_in(id, "acme-in").await, "suspended");
    let kept = tenants::list_users(cx, &by, id).await.unwrap();
    assert_eq!(kept[0].stored.keys.len(), 1, "the key is kept to give back");
    tenants::reactivate(cx, &by, id).await.unwrap();
    assert!(desk.sign_in(id, "acme-in").await, "given back");

    let ended = UserAsk {
        expires: Some(date(2026, 11, 21)),
        ..user("acme-in", TenantRole::UploadOnly)
    };
    let changed = tenants::change_user(cx, &by, id, ended).await.unwrap();
    assert!(changed.expired && !changed.signs_in);
    assert!(!desk.sign_in(id, "acme-in").await, "their last day is over");

    let refused = tenants::add_user(cx, &by, id, user("acme-in", TenantRole::Admin)).await;
    assert!(matches!(refused, Err(WorkspaceError::Conflict { .. })));
    tenants::remove_user(cx, &by, id, "acme-in").await.unwrap();
    assert!(tenants::list_users(cx, &by, id).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_user_whom_aws_refuses_is_not_added() {
    let desk = desk().await;
    let id = desk.set_up("Acme Retail", false).await;
    let by = desk.scene.may();
    desk.sandbox
        .faults()
        .next("transfer:CreateUser", Fault::AccessDenied, 1);
    let refused = tenants::add_user(&desk.cx, &by, id, user("acme-in", TenantRole::Admin)).await;
    assert!(
        matches!(refused, Err(WorkspaceError::Aws(_))),
        "{refused:?}"
    );
    assert!(
        tenants::list_users(&desk.cx, &by, id)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_table_of_users_is_shown_first_and_refused_whole() {
    let desk = desk().await;
    let (cx, by) = (&desk.cx, desk.scene.may());
    let id = desk.set_up("Acme Retail", false).await;
    let good = format!(
        "name,role,expires,keys\nacme-in,upload-only,2026-12-31,{KEY}\nacme-out,read-only,,\n"
    );
    let shown = tenants::import_users(cx, &by, id, good.as_bytes(), true)
        .await
        .unwrap();
    assert_eq!(shown.len(), 2);
    assert!(
        tenants::list_users(cx, &by, id).await.unwrap().is_empty(),
        "only shown"
    );
    tenants::import_users(cx, &by, id, good.as_bytes(), false)
        .await
        .unwrap();
    let table = tenants::export_users(cx, &by, id).await.unwrap();
    let again = tenants::import_users(cx, &by, id, &table, true)
        .await
        .unwrap();
    assert!(
        again.iter().all(|row| row.action == BulkAction::Unchanged),
        "what goes out comes in again: {again:?}"
    );
    let bad = "name,role\nacme-third,upload-only\nacme-in,owner\n";
    let refused = tenants::import_users(cx, &by, id, bad.as_bytes(), false).await;
    let said = refused.unwrap_err().to_string();
    assert!(said.starts_with("line 3, column role: "), "{said}");
    assert_eq!(
        tenants::list_users(cx, &by, id).await.unwrap().len(),
        2,
        "nothing was added"
    );
}

#[tokio::test]
async fn two_tenants_cannot_share_a_place_and_cannot_reach_each_other() {
    let desk = desk().await;
    let (cx, by) = (&desk.cx, desk.scene.may());
    let acme = desk.set_up("Acme Retail", false).await;
    let mut within = ask("Globex", false);
    within.place.prefix = Some("acme-retail/inner/".to_owned());
    let refused = tenants::create(cx, &by, within).await;
    assert!(matches!(
        refused,
        Err(WorkspaceError::Conflict {
            code: "tenant.place-taken",
            ..
        })
    ));
    desk.set_up("Globex", false).await;
    let user = user("acme-in", TenantRole::Admin);
    tenants::add_user(cx, &by, acme, user).await.unwrap();
    let isolation = tenants::verify(cx, &by, acme).await.unwrap();
    assert!(isolation.holds, "{}", isolation.attempts);
    let kept = desk.facts(acme).await.stored.isolation.unwrap();
    assert_eq!(kept.0, isolation.at, "kept with its date");
}

#[tokio::test]
async fn files_arrive_with_receipts_and_come_back_the_same() {
    let desk = desk().await;
    let (cx, by) = (&desk.cx, desk.scene.may());
    let id = desk.set_up("Acme Retail", true).await;
    let folder = desk.scene.folder.path().join("orders");
    std::fs::create_dir_all(folder.join("may")).unwrap();
    std::fs::write(folder.join("may/a.csv"), b"1,2,3\n").unwrap();
    std::fs::write(folder.join("b.txt"), vec![7_u8; 300_000]).unwrap();
    let begun = tenants::upload(cx, &by, id, vec![folder.clone()], "in", MOVING)
        .await
        .unwrap();
    let done = desk.moved(begun.id).await;
    assert_eq!(done, TransferState::Done);
    let receipts = tenants::receipts(cx, &by, begun.id, None, 10)
        .await
        .unwrap();
    let mut keys: Vec<&str> = receipts.iter().map(|one| one.key.as_str()).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["in/orders/b.txt", "in/orders/may/a.csv"]);
    let listed = tenants::list_files(cx, &by, id, "in/orders/", None, None)
        .await
        .unwrap();
    assert_eq!(
        (listed.folders.len(), listed.files.len()),
        (1, 1),
        "{listed:?}"
    );

    let into = desk.scene.folder.path().join("back");
    let paths = ["in/orders/".to_owned()];
    let begun = tenants::download(cx, &by, id, &paths, into.clone(), MOVING)
        .await
        .unwrap();
    assert_eq!(desk.moved(begun.id).await, TransferState::Done);
    let found = std::fs::read(into.join("orders/b.txt")).unwrap();
    assert_eq!(found, vec![7_u8; 300_000]);
    let table = tables::receipts(cx, &by, begun.id).await.unwrap();
    let table = written(cx, table).await;
    assert_eq!(table.lines().count(), 3, "a header and two files: {table}");
    for receipt in tenants::receipts(cx, &by, begun.id, None, 10)
        .await
        .unwrap()
    {
        let row = table.lines().find(|row| row.contains(&receipt.key));
        for part in [&receipt.crc64nvme, &receipt.sha256] {
            assert!(row.unwrap().contains(part.as_str()), "{table}");
        }
    }
    let table = tables::transfers(cx, &by, Some(id), Which::Listed)
        .await
        .unwrap();
    let table = written(cx, table).await;
    assert_eq!(table.lines().count(), 3, "one up, one down: {table}");
}

/// A table as CSV.
async fn written(cx: &Context, table: Table) -> String {
    let mut file = tables::write(cx, table, Layout::Csv(CsvLook::default()))
        .await
        .unwrap();
    let mut text = Vec::new();
    while let Some(piece) = file.pieces.recv().await {
        text.extend(piece.unwrap());
    }
    String::from_utf8(text).unwrap()
}

#[tokio::test]
async fn what_of_a_tenant_needs_somebody_is_told_once_and_taken_back() {
    let desk = desk().await;
    let (cx, by) = (&desk.cx, desk.scene.may());
    let id = desk.set_up("Acme Retail", true).await;
    let mut leaving = user("acme-in", TenantRole::UploadOnly);
    leaving.expires = Some(TODAY);
    tenants::add_user(cx, &by, id, leaving.clone())
        .await
        .unwrap();
    tenants::watch(cx).await.unwrap();
    assert_eq!(desk.alerts().await, [], "all is well");

    // Keys may be there for ninety days.
    let day = 24 * 3_600_000;
    desk.scene.time.fetch_add(91 * day, Ordering::SeqCst);
    for _ in 0..2 {
        tenants::watch(cx).await.unwrap();
    }
    let told = [
        ("A key of acme-in of Acme Retail is to be changed", "open"),
        ("acme-in of Acme Retail has expired", "open"),
    ];
    assert_eq!(desk.alerts().await, told);
    let notices = desk.notices().await;
    assert_eq!(notices.len(), 1, "both go out together, once: {notices:?}");
    assert_eq!(notices[0], "2 matters of tenants");

    leaving.expires = None;
    leaving.keys = vec![OTHER_KEY.to_owned()];
    tenants::change_user(cx, &by, id, leaving).await.unwrap();
    tenants::watch(cx).await.unwrap();
    let states: Vec<&str> = desk
        .alerts()
        .await
        .iter()
        .map(|(_, state)| *state)
        .collect();
    assert_eq!(states, ["cleared", "cleared"]);
    assert_eq!(
        desk.notices().await.len(),
        1,
        "that it is well tells nobody"
    );
}

#[tokio::test]
async fn a_limit_is_told_when_it_is_near_and_when_it_is_reached_and_not_for_every_byte() {
    let desk = desk().await;
    let (cx, by) = (&desk.cx, desk.scene.may());
    let id = desk.set_up("Acme Retail", true).await;
    let file = desk.scene.folder.path().join("large.bin");
    std::fs::write(&file, vec![1_u8; 2_000]).unwrap();
    let begun = tenants::upload(cx, &by, id, vec![file], "", MOVING)
        .await
        .unwrap();
    desk.moved(begun.id).await;
    tenants::measure(cx, &by, id).await.unwrap();
    let limit = async |bytes| {
        let ask = QuotaAsk {
            stored_bytes: Some(bytes),
            ..QuotaAsk::default()
        };
        tenants::set_quota(cx, &by, id, ask).await.unwrap();
        desk.notices().await.len()
    };
    // It warns at 80 per cent, and is taken back below 75.
    assert_eq!(limit(10_000).await, 0, "20 per cent");
    assert_eq!(limit(2_400).await, 1, "83 per cent");
    assert_eq!(limit(2_600).await, 1, "77 per cent");
    assert_eq!(limit(2_400).await, 1, "83 per cent again");
    assert_eq!(limit(2_000).await, 2, "reached");
    assert_eq!(limit(2_400).await, 2, "83 per cent is no news any more");
    let near = "Acme Retail is near its limit of what is stored";
    let reached = "Acme Retail has reached its limit of what is stored";
    assert_eq!(desk.alerts().await, [(reached, "open")], "one alert of it");
    assert_eq!(limit(10_000).await, 2, "well again");
    assert_eq!(desk.alerts().await, [(reached, "cleared")]);
    assert_eq!(limit(2_400).await, 3, "and near once more, which is news");
    assert_eq!(desk.alerts().await, [(near, "open")]);
    assert_eq!(desk.notices().await, [near, reached, near]);
}

#[tokio::test]
async fn a_limit_that_is_reached_stops_writing_until_it_is_raised() {
    let desk = desk().await;
    let (cx, by) = (&desk.cx, desk.scene.may());
    let id = desk.set_up("Acme Retail", true).await;
    let file = desk.scene.folder.path().join("large.bin");
    std::fs::write(&file, vec![1_u8; 2_000]).unwrap();
    let begun = tenants::upload(cx, &by, id, vec![file.clone()], "", MOVING)
        .await
        .unwrap();
    desk.moved(begun.id).await;
    let limit = |bytes| QuotaAsk {
        stored_bytes: Some(bytes),
        stop: true,
        ..QuotaAsk::default()
    };
    tenants::set_quota(cx, &by, id, limit(1_000)).await.unwrap();
    tenants::measure(cx, &by, id).await.unwrap();
    let facts = desk.facts(id).await;
    assert!(facts.stored.stopped, "{facts:?}");
    let refused = tenants::upload(cx, &by, id, vec![file], "again", MOVING).await;
    assert!(matches!(
        refused,
        Err(WorkspaceError::Conflict {
            code: "tenant.quota",
            ..
        })
    ));
    let raised = tenants::set_quota(cx, &by, id, limit(1_000_000))
        .await
        .unwrap();
    assert!(!raised.stored.stopped);
    let month = BillingPeriod::of(TODAY).unwrap();
    let (days, bill) = tenants::usage(cx, &by, id, month).await.unwrap();
    assert_eq!(bill, None, "no bill is loaded");
    assert_eq!(days.last().unwrap().stored_bytes, 2_000);
}

#[tokio::test]
async fn removing_says_what_it_takes_and_keeps_files_unless_told() {
    let desk = desk().await;
    let (cx, by) = (&desk.cx, desk.scene.may());
    let id = desk.set_up("Acme Retail", true).await;
    tenants::add_user(cx, &by, id, user("acme-in", TenantRole::Admin))
        .await
        .unwrap();
    let file = desk.scene.folder.path().join("kept.txt");
    std::fs::write(&file, b"kept").unwrap();
    let begun = tenants::upload(cx, &by, id, vec![file], "", MOVING)
        .await
        .unwrap();
    desk.moved(begun.id).await;
    let removal = tenants::removal(cx, &by, id).await.unwrap();
    let there = removal.there.unwrap();
    assert_eq!(
        (there.users.len(), there.files.objects),
        (1, 1),
        "{there:?}"
    );
    assert!(removal.server, "nobody else uses it");
    let wrong = tenants::remove(cx, &by, id, "acme", Retention::KeepFiles).await;
    assert!(matches!(
        wrong,
        Err(WorkspaceError::Invalid {
            field: "confirm",
            ..
        })
    ));
    let job = tenants::remove(cx, &by, id, "acme-retail", Retention::EraseFiles)
        .await
        .unwrap();
    let job = desk.ended(job).await;
    assert_eq!(job.state, JobState::Done, "{:?}", job.problem);
    assert!(tenants::list(cx, &by).await.unwrap().is_empty());
    assert_eq!(
        desk.facts(id).await.stored.tenant.state,
        TenantState::Deleted
    );
    // The short name is free again.
    desk.set_up("Acme Retail", false).await;
}

impl Desk {
    /// Waits until a transfer has ended.
    async fn moved(&self, id: tallyport_store::TransferId) -> TransferState {
        for _ in 0..600 {
            let now = tenants::transfer(&self.cx, &self.scene.may(), id)
                .await
                .unwrap();
            if !now.state.is_open() {
                return now.state;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the transfer does not end");
    }
}

#[tokio::test]
async fn the_companys_customers_move_in_where_their_files_are() {
    let desk = Desk::of(Scene::demo().await);
    let (cx, by) = (&desk.cx, desk.scene.may());
    let company = desk.sandbox.company();
    let tenants = company.tenants().iter().map(|tenant| DemoTenant {
        name: tenant.name.to_owned(),
        assume_role: "arn:aws:iam::222233334444:role/OrganizationAccountAccessRole".to_owned(),
        server: "s-0123456789abcdef0".to_owned(),
        bucket: tenant.bucket.to_owned(),
        users: tenant
            .users
            .iter()
            .map(|user| {
                let role = user.role.parse().unwrap();
                (user.name.to_owned(), role, user.public_key.to_owned())
            })
            .collect(),
    });
    let company = DemoCompany {
        name: company.name().to_owned(),
        billing_account: company.payer().to_owned(),
        region: Some("us-east-1".to_owned()),
        tenants: tenants.collect(),
        ..DemoCompany::default()
    };
    fill(cx, &desk.scene.me, company).await.unwrap();
    let all = tenants::list(cx, &by).await.unwrap();
    let names: Vec<&str> = all
        .iter()
        .map(|facts| facts.stored.tenant.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["Acme Retail", "Globex Logistics", "Initech Payroll"]
    );
    for facts in &all {
        let id = facts.stored.tenant.id;
        assert_eq!(facts.stored.tenant.state, TenantState::Active);
        let drift = tenants::drift(cx, &by, id).await.unwrap();
        assert!(drift.is_empty(), "{drift:?}");
        let days = tenants::measure(cx, &by, id).await.unwrap();
        assert!(
            days.iter().any(|day| day.uploaded_bytes > 0),
            "their month of logs counts: {days:?}"
        );
        assert!(days.last().unwrap().stored_bytes > 0, "their files count");
    }
    let listed = tenants::list_files(cx, &by, all[0].stored.tenant.id, "", None, None).await;
    let listed = listed.unwrap();
    assert!(!listed.files.is_empty() || !listed.folders.is_empty());
}
