//! Tenants are set up whole or not at all, and leave with what they were told would go.

use std::time::Duration;

use tallyport_ledger::tenant::{TenantRole, TenantState};
use tallyport_sandbox::Fault;
use tallyport_store::{JobState, StepState};
use tallyport_workspace::WorkspaceError;
use tallyport_workspace::demo::{DemoCompany, DemoTenant, fill};
use tallyport_workspace::tenants::{self, Retention};

use crate::desk::{Desk, MOVING, ask, context, desk, user};
use crate::scene::Scene;

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
