use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::civil::{Date, date};
use tallyport_ledger::ManageClients;
use tallyport_ledger::tenant::{TenantId, TenantKey, TenantRole, UserState};
use tallyport_ledger::transfer::{OnClash, TransferPriority, TransferState};
use tallyport_sandbox::{Sandbox, SandboxOptions};
use tallyport_store::{Job, JobState, Store, TransferId};
use tallyport_workspace::clients::{self, ConnectionDraft};
use tallyport_workspace::tenants::{
    self, Moving, PlaceAsk, QuotaAsk, TenantAsk, TenantFacts, UserAsk,
};
use tallyport_workspace::{
    Access, AlertQuery, AwsSource, Context, DeliveryQuery, alerts, delivery, jobs,
};

use crate::scene::{Scene, clock, random};

pub const TODAY: Date = date(2026, 11, 22);
pub const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF1SrrF5cWDJMlOuNX1QhfJqEwvBo742bRpgUgS2H9bu anna@example";

pub const OTHER_KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHSfJvuRfQEVMsP9e1q5qc9BA1eXdv8bHVYu1+2khsU/ anna@laptop";

pub struct Desk {
    pub scene: Scene,
    pub sandbox: Sandbox,
    pub cx: Context,
}

/// A workspace with one connection to the sandbox's company.
pub async fn desk() -> Desk {
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

pub fn context(scene: &Scene, sandbox: &Sandbox, store: Store) -> Context {
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

pub fn ask(name: &str, own_bucket: bool) -> TenantAsk {
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

pub fn user(name: &str, role: TenantRole) -> UserAsk {
    UserAsk {
        name: name.to_owned(),
        role,
        keys: vec![KEY.to_owned()],
        expires: None,
        state: UserState::Active,
    }
}

pub const MOVING: Moving = Moving {
    on_clash: OnClash::Skip,
    priority: TransferPriority::Usual,
    limit: None,
};

impl Desk {
    pub fn of(scene: Scene) -> Self {
        let sandbox = Sandbox::open(SandboxOptions {
            folder: scene.folder.path().join("sandbox"),
            today: TODAY,
            seed: 7,
        })
        .unwrap();
        let cx = context(&scene, &sandbox, scene.cx.store.clone());
        Self { scene, sandbox, cx }
    }

    pub async fn ended(&self, job: Job) -> Job {
        jobs::wait(&self.cx, &self.scene.may(), job.id)
            .await
            .unwrap()
    }

    pub async fn add(&self, ask: TenantAsk) -> (TenantId, Job) {
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

    pub async fn set_up(&self, name: &str, own_bucket: bool) -> TenantId {
        let (id, job) = self.add(ask(name, own_bucket)).await;
        assert_eq!(job.state, JobState::Done, "{:?}", job.problem);
        id
    }

    pub async fn facts(&self, id: TenantId) -> TenantFacts {
        tenants::show(&self.cx, &self.scene.may(), id)
            .await
            .unwrap()
    }

    /// What stands in the inbox of all alerts there were: title and state, by title.
    pub async fn alerts(&self) -> Vec<(&'static str, &'static str)> {
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
    pub async fn notices(&self) -> Vec<String> {
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

    pub async fn sign_in(&self, id: TenantId, user: &str) -> bool {
        let server = self.facts(id).await.made.server.unwrap();
        let at = TODAY.at(9, 0, 0, 0);
        self.sandbox
            .sign_in(&server.id, user, KEY, "203.0.113.9", at)
            .is_ok()
    }

    /// Waits until a transfer has ended.
    pub async fn moved(&self, id: TransferId) -> TransferState {
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
