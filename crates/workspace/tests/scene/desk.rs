//! A workspace with one connection to the sandbox's company.

use std::sync::Arc;

use jiff::civil::{Date, date};
use tallyport_ledger::{BillingPeriod, IssueInvoices, LoadCosts, ManageClients, Money, ViewCosts};
use tallyport_sandbox::{Sandbox, SandboxOptions};
use tallyport_store::{ConnectionId, Job, JobState};
use tallyport_workspace::clients::{self, ConnectionDraft};
use tallyport_workspace::reconcile::{Reconciled, reconcile, show};
use tallyport_workspace::rules::MatcherAsk;
use tallyport_workspace::sources;
use tallyport_workspace::{Access, AwsSource, Context, WorkspaceError, invoices, jobs, sync};

use super::{Scene, clock, random};

pub const TODAY: Date = date(2026, 11, 22);
pub const PAYER: &str = "111122223333";

pub struct Desk {
    pub scene: Scene,
    pub sandbox: Sandbox,
    pub cx: Context,
    pub connection: ConnectionId,
}

/// A workspace with one connection to the sandbox's company, which loads `export` if one is named.
pub async fn desk(export: Option<&str>) -> Desk {
    let scene = Scene::demo().await;
    let sandbox = Sandbox::open(SandboxOptions {
        folder: scene.folder.path().join("sandbox"),
        today: TODAY,
        seed: 7,
    })
    .unwrap();
    let config = sandbox.sdk_config();
    let aws: AwsSource = Arc::new(move |_, _| {
        let config = config.clone();
        Box::pin(async move { config })
    });
    let cx = Context::new(scene.cx.store.clone(), clock(&scene.time), random(), aws);
    let by = scene.may::<ManageClients>();
    let client = clients::add(&cx, &by, "Northwind").await.unwrap().id;
    let draft = ConnectionDraft {
        name: "Bills".to_owned(),
        billing_account: PAYER.to_owned(),
        access: Access::Environment,
        region: None,
        allocation_tag: Some("owner".to_owned()),
    };
    let may = scene.may::<LoadCosts>();
    let connection = clients::add_connection(&cx, &may, client, draft)
        .await
        .unwrap()
        .id;
    if let Some(export) = export {
        sources::choose(&cx, &may, connection, Some(export.to_owned()))
            .await
            .unwrap();
    }
    Desk {
        scene,
        sandbox,
        cx,
        connection,
    }
}

pub fn month(text: &str) -> BillingPeriod {
    text.parse().unwrap()
}

impl Desk {
    pub async fn done(&self, job: Job) -> Job {
        let by = self.scene.may::<ViewCosts>();
        let job = jobs::wait(&self.cx, &by, job.id).await.unwrap();
        assert_eq!(job.state, JobState::Done, "{:?}", job.problem);
        job
    }

    pub async fn sync(&self) {
        let by = self.scene.may::<LoadCosts>();
        self.done(sync::sync(&self.cx, &by, None).await.unwrap())
            .await;
    }

    /// Asks AWS about a month, and says how it stands.
    pub async fn reconciled(&self, text: &str) -> Reconciled {
        let by = self.scene.may::<LoadCosts>();
        let job = reconcile(&self.cx, &by, month(text), None).await.unwrap();
        self.done(job).await;
        self.shown(text).await
    }

    pub async fn shown(&self, text: &str) -> Reconciled {
        let by = self.scene.may::<ViewCosts>();
        let shown = show(&self.cx, &by, month(text), None).await.unwrap();
        assert_eq!(shown.accounts.len(), 1, "one account: {shown:?}");
        let account = &shown.accounts[0];
        for compared in &account.differences {
            let parts: Vec<Money> = compared.difference.parts.iter().map(|(_, m)| *m).collect();
            assert_eq!(
                Money::sum(&parts, account.currency).unwrap(),
                compared.difference.amount,
                "parts add up"
            );
        }
        account.clone()
    }

    /// Makes the company's first person who is tagged as an owner one of this workspace.
    pub async fn person(&self) -> String {
        let people = self.sandbox.company().people();
        let tagged = people.iter().find_map(|person| {
            let tag = person.tag_values.iter().find(|tag| tag.key == "owner")?;
            Some((person.name, tag.value))
        });
        let (name, value) = tagged.unwrap();
        let by = self.scene.may();
        tallyport_workspace::people::add(&self.cx, &by, name, None)
            .await
            .unwrap();
        let matcher = MatcherAsk::Tag {
            key: "owner".to_owned(),
            value: value.to_owned(),
        };
        self.scene.rule(&format!("person:{name}"), matcher).await;
        name.to_owned()
    }

    pub async fn draft(&self, text: &str) -> Result<usize, WorkspaceError> {
        let by = self.scene.may::<IssueInvoices>();
        let drafted = invoices::draft(&self.cx, &by, month(text), None).await?;
        Ok(drafted.invoices.len())
    }
}
