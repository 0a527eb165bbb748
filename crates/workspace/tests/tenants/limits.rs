//! What of a tenant needs somebody, and what stops it.

use std::sync::atomic::Ordering;

use tallyport_ledger::BillingPeriod;
use tallyport_ledger::tenant::TenantRole;
use tallyport_workspace::WorkspaceError;
use tallyport_workspace::tenants::{self, QuotaAsk};

use crate::desk::{MOVING, OTHER_KEY, TODAY, desk, user};

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
