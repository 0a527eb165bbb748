//! A demo workspace from nothing to invoices, as `tally demo` and the first start make it.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod scene;

use scene::{Scene, clock, random};
use tallyport_ledger::{AdministerWorkspace, LoadCosts, Money};
use tallyport_sandbox::{Sandbox, SandboxOptions};
use tallyport_store::{JobState, StoreError};
use tallyport_workspace::demo::{DemoCompany, DemoPerson, DemoTeam, fill};
use tallyport_workspace::{Context, invoices, jobs, sync, verify};

fn company(sandbox: &Sandbox) -> DemoCompany {
    let company = sandbox.company();
    let pairs = |tags: &[tallyport_sandbox::TagValue]| {
        tags.iter()
            .map(|tag| (tag.key.to_owned(), tag.value.to_owned()))
            .collect()
    };
    DemoCompany {
        name: company.name().to_owned(),
        billing_account: company.payer().to_owned(),
        region: None,
        allocation_tag: Some("owner,team".to_owned()),
        export: Some("northwind-focus".to_owned()),
        tenants: Vec::new(),
        teams: company
            .teams()
            .iter()
            .map(|team| DemoTeam {
                name: team.name.to_owned(),
                tags: pairs(&team.tag_values),
            })
            .collect(),
        people: company
            .people()
            .iter()
            .map(|person| DemoPerson {
                name: person.name.to_owned(),
                email: person.email.to_owned(),
                team: person.team.to_owned(),
                tags: pairs(&person.tag_values),
            })
            .collect(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_company_is_synced_owned_billed_and_everything_adds_up() {
    let scene = Scene::demo().await;
    let sandbox = Sandbox::open(SandboxOptions {
        folder: scene.folder.path().join("books.tally.sandbox"),
        today: jiff::civil::date(2026, 11, 22),
        seed: 7,
    })
    .unwrap();
    let config = sandbox.sdk_config();
    let aws: tallyport_workspace::AwsSource = std::sync::Arc::new(move |_, _| {
        let config = config.clone();
        Box::pin(async move { config })
    });
    let cx = Context::new(scene.cx.store.clone(), clock(&scene.time), random(), aws);
    fill(&cx, &scene.me, company(&sandbox)).await.unwrap();
    let job = sync::sync(&cx, &scene.may::<LoadCosts>(), None)
        .await
        .unwrap();
    let job = jobs::wait(&cx, &scene.may(), job.id).await.unwrap();
    assert_eq!(job.state, JobState::Done, "{:?}", job.problem);

    let month = "2026-10".parse().unwrap();
    let drafted = invoices::draft(&cx, &scene.may(), month, None)
        .await
        .unwrap();
    assert!(
        drafted.invoices.len() >= 6,
        "most of eight people have costs: {drafted:?}"
    );
    for draft in &drafted.invoices {
        let issued = invoices::issue(&cx, &scene.may(), draft.id).await.unwrap();
        assert_eq!(issued.mark.as_deref(), Some("Demo data"));
        let paper = invoices::paper(&cx, &scene.may(), issued.id).await.unwrap();
        assert!(paper.starts_with(b"%PDF-"));
    }
    // What was billed to each is what they had, to the nano.
    for draft in &drafted.invoices {
        let (recipient, exact) = (draft.recipient, draft.content.exact().unwrap());
        let had: Vec<Money> = cx
            .store
            .read(move |r| {
                let owner = r.owner_of(recipient)?;
                r.owned_total(owner, month, tallyport_ledger::Metric::Billed)
            })
            .await
            .map_err(|error: StoreError| error.to_string())
            .unwrap();
        assert_eq!(had, [exact], "{}", draft.label);
    }
    let verified = verify::run(&cx, &scene.may::<AdministerWorkspace>())
        .await
        .unwrap();
    assert!(verified.ok(), "{verified:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn demo_data_stays_out_of_a_real_workspace() {
    let scene = Scene::new().await;
    let refused = fill(&scene.cx, &scene.me, DemoCompany::default()).await;
    assert_eq!(refused.unwrap_err().code(), "demo.real-workspace");
}
