//! A month that is too large to fetch: announced with its price, rolled up in Athena or not at all. The
//! sandbox has no Athena; what Athena is asked and answers is held in the rooms below.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

mod scene;

use std::sync::Arc;

use jiff::civil::date;
use scene::Scene;
use tallyport_ledger::{LoadCosts, ManageClients, ViewCosts};
use tallyport_sandbox::{Sandbox, SandboxOptions};
use tallyport_store::{ConnectionId, Job, JobState};
use tallyport_workspace::athena::{self, AthenaPlace};
use tallyport_workspace::clients::{self, ConnectionDraft};
use tallyport_workspace::{Access, AwsSource, Context, jobs, periods, sources, sync};

struct Desk {
    scene: Scene,
    sandbox: Sandbox,
    cx: Context,
    connection: ConnectionId,
}

/// A workspace with one connection, which loads an export in columns.
async fn desk(export: &str) -> Desk {
    let scene = Scene::demo().await;
    let sandbox = Sandbox::open(SandboxOptions {
        folder: scene.folder.path().join("sandbox"),
        today: date(2026, 11, 22),
        seed: 7,
    })
    .unwrap();
    let config = sandbox.sdk_config();
    let aws: AwsSource = Arc::new(move |_, _| {
        let config = config.clone();
        Box::pin(async move { config })
    });
    let cx = Context {
        aws,
        ..scene.cx.clone()
    };
    let by = scene.may::<ManageClients>();
    let client = clients::add(&cx, &by, "Northwind").await.unwrap().id;
    let draft = ConnectionDraft {
        name: "Bills".to_owned(),
        billing_account: "111122223333".to_owned(),
        access: Access::Environment,
        region: None,
        allocation_tag: None,
    };
    let added = clients::add_connection(&cx, &scene.may(), client, draft).await;
    let connection = added.unwrap().id;
    let by = scene.may::<LoadCosts>();
    sources::choose(&cx, &by, connection, Some(export.to_owned()))
        .await
        .unwrap();
    Desk {
        scene,
        sandbox,
        cx,
        connection,
    }
}

fn place(above_bytes: u64) -> AthenaPlace {
    AthenaPlace {
        above_bytes,
        workgroup: "tallyport".to_owned(),
        database: "bills".to_owned(),
        output: "s3://northwind-answers/tallyport/".to_owned(),
        agreed_nanos: 5_000_000_000,
    }
}

impl Desk {
    async fn set(&self, place: Option<AthenaPlace>) {
        let by = self.scene.may::<LoadCosts>();
        let set = athena::set(&self.cx, &by, self.connection, place.clone()).await;
        assert_eq!(set.unwrap(), place);
        let by = self.scene.may::<ViewCosts>();
        let kept = athena::get(&self.cx, &by, self.connection).await.unwrap();
        assert_eq!(kept, place);
    }

    async fn sync(&self) -> Job {
        let job = sync::sync(&self.cx, &self.scene.may::<LoadCosts>(), None)
            .await
            .unwrap();
        jobs::wait(&self.cx, &self.scene.may(), job.id)
            .await
            .unwrap()
    }

    async fn calls(&self) -> Vec<String> {
        let by = self.scene.may::<LoadCosts>();
        let plan = sync::plans(&self.cx, &by, None).await.unwrap().remove(0);
        let sync::SyncWork::Export(plan) = plan.work else {
            panic!("{plan:?}");
        };
        plan.calls()
    }

    async fn versions(&self) -> usize {
        let all = periods::list(&self.cx, &self.scene.may(), None).await;
        all.unwrap().len()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_above_the_limit_is_announced_for_athena_with_the_most_it_can_cost() {
    let desk = desk("northwind-cur2").await;
    desk.set(Some(place(0))).await;
    let calls = desk.calls().await.join("\n");
    let expected =
        "2026-10 is rolled up in Athena instead of being fetched, for 0.00005 USD at the most";
    assert!(calls.contains(expected), "{calls}");
    desk.set(Some(place(u64::from(u32::MAX)))).await;
    let calls = desk.calls().await.join("\n");
    assert!(!calls.contains("Athena"), "{calls}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roll_up_that_does_not_come_about_changes_nothing() {
    let desk = desk("northwind-cur2").await;
    desk.set(Some(place(0))).await;
    let job = desk.sync().await;
    assert_eq!(job.state, JobState::Failed);
    let said = job.problem.unwrap().to_string();
    assert!(
        said.contains("athena:GetWorkGroup"),
        "the sandbox has none: {said}"
    );
    assert_eq!(desk.versions().await, 0);
    let fetched = desk.sandbox.requests().answered("s3:GetObject");
    desk.set(None).await;
    let job = desk.sync().await;
    assert_eq!(job.state, JobState::Done, "{:?}", job.problem);
    assert!(desk.versions().await > 0, "fetched again, and loaded");
    assert!(desk.sandbox.requests().answered("s3:GetObject") > fetched);
}

#[tokio::test(flavor = "multi_thread")]
async fn athena_is_asked_for_no_more_than_somebody_agreed_to_pay() {
    let desk = desk("northwind-cur2").await;
    let unasked = AthenaPlace {
        agreed_nanos: 0,
        ..place(0)
    };
    desk.set(Some(unasked)).await;
    let by = desk.scene.may::<LoadCosts>();
    let plan = sync::plans(&desk.cx, &by, None).await.unwrap().remove(0);
    let sync::SyncWork::Export(plan) = plan.work else {
        panic!("{plan:?}");
    };
    let to_agree = plan.to_agree.unwrap();
    let prices: Vec<_> = plan.rolled_up.iter().map(|(_, price)| *price).collect();
    assert_eq!(
        tallyport_ledger::Money::sum(&prices, to_agree.currency()).unwrap(),
        to_agree
    );
    let job = desk.sync().await;
    assert_eq!(job.state, JobState::Failed);
    let problem = job.problem.unwrap();
    assert_eq!(problem["code"], "sync.athena-consent", "{problem}");
    assert!(
        problem["hint"].as_str().unwrap().contains("--athena-up-to"),
        "{problem}"
    );

    let most = u64::try_from(to_agree.nanos()).unwrap();
    let job = sync::agreed(&desk.cx, &by, None, most).await.unwrap();
    let job = jobs::wait(&desk.cx, &desk.scene.may(), job.id)
        .await
        .unwrap();
    let said = job.problem.unwrap().to_string();
    assert!(said.contains("athena:GetWorkGroup"), "it is asked: {said}");
    desk.set(Some(place(0))).await;
    let said = desk.sync().await.problem.unwrap().to_string();
    assert!(
        said.contains("athena:GetWorkGroup"),
        "agreed to once for every sync: {said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_in_lines_is_fetched_whatever_its_size() {
    let desk = desk("northwind-cur").await;
    desk.set(Some(place(0))).await;
    let calls = desk.calls().await.join("\n");
    assert!(!calls.contains("Athena"), "{calls}");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_no_statement_can_carry_are_refused() {
    let desk = desk("northwind-cur2").await;
    for wrong in [
        AthenaPlace {
            database: "bills`".to_owned(),
            ..place(0)
        },
        AthenaPlace {
            output: "s3://it's/".to_owned(),
            ..place(0)
        },
        AthenaPlace {
            workgroup: "a b".to_owned(),
            ..place(0)
        },
    ] {
        let by = desk.scene.may::<LoadCosts>();
        let refused = athena::set(&desk.cx, &by, desk.connection, Some(wrong)).await;
        assert_eq!(refused.unwrap_err().code(), "request.invalid");
    }
}
