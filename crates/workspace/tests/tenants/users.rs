//! Users are let in while they may, and nowhere but into their own place.

use jiff::civil::date;
use tallyport_ledger::tenant::TenantRole;
use tallyport_sandbox::Fault;
use tallyport_workspace::WorkspaceError;
use tallyport_workspace::tenants::{self, BulkAction, UserAsk};

use crate::desk::{KEY, MOVING, OTHER_KEY, ask, desk, user};

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
async fn the_list_says_of_each_tenant_what_it_says_of_itself() {
    let desk = desk().await;
    let (cx, by) = (&desk.cx, desk.scene.may());
    let (acme, umbrella) = (
        desk.set_up("Acme Retail", true).await,
        desk.set_up("Umbrella", false).await,
    );
    let mut two_keys = user("acme-in", TenantRole::UploadOnly);
    two_keys.keys.push(OTHER_KEY.to_owned());
    for (id, user) in [
        (acme, two_keys),
        (acme, user("acme-out", TenantRole::ReadOnly)),
        (umbrella, user("umbrella-in", TenantRole::Admin)),
    ] {
        tenants::add_user(cx, &by, id, user).await.unwrap();
    }
    let file = desk.scene.folder.path().join("some.bin");
    std::fs::write(&file, vec![1_u8; 2_000]).unwrap();
    let begun = tenants::upload(cx, &by, umbrella, vec![file], "", MOVING)
        .await
        .unwrap();
    desk.moved(begun.id).await;
    tenants::measure(cx, &by, umbrella).await.unwrap();

    let listed = tenants::list(cx, &by).await.unwrap();
    let figures: Vec<(u32, u64)> = listed
        .iter()
        .map(|facts| (facts.users, facts.stored_bytes))
        .collect();
    assert_eq!(figures, [(2, 0), (1, 2_000)]);
    for facts in listed {
        assert!(facts.made.folder && facts.client.as_deref() == Some("Northwind"));
        let alone = desk.facts(facts.stored.tenant.id).await;
        assert_eq!(format!("{facts:?}"), format!("{alone:?}"));
    }
}
