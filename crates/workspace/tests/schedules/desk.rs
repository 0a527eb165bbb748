//! A workspace with one connection, at a time of day.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::civil::{Date, date};
use tallyport_ledger::{ManageClients, SetBudgets};
use tallyport_sandbox::{Sandbox, SandboxOptions};
use tallyport_store::{ConnectionId, Run, RunState, Store};
use tallyport_workspace::clients::ConnectionDraft;
use tallyport_workspace::open::Open;
use tallyport_workspace::schedules::{Schedule, ScheduleAsk};
use tallyport_workspace::{
    Access, AwsSource, Context, Keychain, Unlock, clients, open, schedules, sources,
};

use crate::scene::{PASSPHRASE, Scene, clock, moment, secret};

pub const TODAY: Date = date(2026, 11, 22);
pub const PAYER: &str = "111122223333";

pub struct Desk {
    pub scene: Scene,
    pub sandbox: Sandbox,
    pub cx: Context,
    pub connection: ConnectionId,
}

pub fn context(scene: &Scene, sandbox: &Sandbox, store: Store, process: u8) -> Context {
    let config = sandbox.sdk_config();
    let aws: AwsSource = Arc::new(move |_, _| {
        let config = config.clone();
        Box::pin(async move { config })
    });
    let random = Arc::new(move |bytes: &mut [u8]| bytes.fill(process));
    Context::new(store, clock(&scene.time), random, aws)
}

/// A workspace at four in the morning, with one connection to the sandbox's company.
pub async fn desk() -> Desk {
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
pub async fn desk_with_export() -> Desk {
    let desk = desk().await;
    let export = Some("northwind-focus".to_owned());
    sources::choose(&desk.cx, &desk.scene.may(), desk.connection, export)
        .await
        .unwrap();
    desk
}

impl Desk {
    pub fn at(&self, time: &str) {
        self.scene.time.store(moment(time), Ordering::SeqCst);
    }

    /// The runs of the connection's schedule that were made now.
    pub async fn tick(&self) -> Vec<Run> {
        let mut made = schedules::tick(&self.cx).await.unwrap();
        made.retain(|run| run.schedule == self.sync());
        made
    }

    pub async fn tick_at(&self, time: &str) -> Vec<Run> {
        self.at(time);
        self.tick().await
    }

    pub fn sync(&self) -> String {
        format!("sync-{}", self.connection)
    }

    pub async fn runs(&self) -> Vec<Run> {
        schedules::runs(&self.cx, &self.scene.may(), &self.sync())
            .await
            .unwrap()
    }

    pub async fn planned(&self) -> Vec<String> {
        let runs = self.runs().await;
        let mut planned: Vec<String> = runs
            .iter()
            .filter(|run| run.state != RunState::Missed)
            .map(|run| run.planned_at.to_string())
            .collect();
        planned.sort();
        planned
    }

    pub async fn schedule(&self) -> Schedule {
        let all = schedules::list(&self.cx, &self.scene.may()).await.unwrap();
        all.into_iter().find(|one| one.id == self.sync()).unwrap()
    }

    pub async fn change(&self, cron: &str, zone: Option<&str>, enabled: bool) -> Schedule {
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
    pub async fn another_program(&self, process: u8) -> Context {
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

pub fn asking(cron: &str, zone: Option<&str>, enabled: bool) -> ScheduleAsk {
    ScheduleAsk {
        cron: cron.to_owned(),
        zone: zone.map(str::to_owned),
        enabled,
        recipients: None,
    }
}
