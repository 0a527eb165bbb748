use jiff::civil::date;
use tallyport_aws::tenants::{WritesTo, ensure_bucket, ensure_user, remove_user};
use tallyport_ledger::tenant::{TenantRole, UserState};
use tallyport_sandbox::SftpRefusal;

use crate::office::{KEY, OTHER_KEY, TODAY, office, user};

#[tokio::test]
async fn each_role_can_do_what_it_says_and_nothing_more() {
    let office = office().await;
    let (made, _) = office.neighbours().await;
    for (name, role) in [
        ("acme-admin", TenantRole::Admin),
        ("acme-drop", TenantRole::UploadOnly),
        ("acme-view", TenantRole::ReadOnly),
    ] {
        office.admit(&made, &user(name, role, &[KEY])).await;
    }
    let denied = |result: &Result<(), SftpRefusal>| matches!(result, Err(SftpRefusal::Denied(_)));
    let mut admin = office.sign_in("acme-admin", KEY, TODAY).unwrap();
    admin.put("/in/a.csv", b"1;2;3").await.unwrap();
    assert_eq!(admin.get("/in/a.csv").await.unwrap(), b"1;2;3");
    assert_eq!(admin.list("/").await.unwrap(), ["in/"]);
    assert_eq!(
        admin.list("/../../in").await.unwrap(),
        ["a.csv"],
        "nothing leads above the home"
    );
    let mut drop = office.sign_in("acme-drop", KEY, TODAY).unwrap();
    drop.put("/in/b.csv", b"4").await.unwrap();
    assert!(
        denied(&drop.get("/in/b.csv").await.map(|_| ())),
        "upload only"
    );
    assert!(denied(&drop.remove("/in/b.csv").await));
    let mut view = office.sign_in("acme-view", KEY, TODAY).unwrap();
    assert_eq!(view.get("/in/b.csv").await.unwrap(), b"4");
    assert!(denied(&view.put("/in/c.csv", b"5").await), "read only");
    admin.remove("/in/b.csv").await.unwrap();
    for session in [admin, drop, view] {
        session.end().unwrap();
    }
}

#[tokio::test]
async fn an_expired_user_ends_though_nobody_is_there_to_end_it() {
    let office = office().await;
    let (made, _) = office.neighbours().await;
    let mut temporary = user("acme-guest", TenantRole::Admin, &[KEY]);
    temporary.expires = Some(TODAY);
    office.admit(&made, &temporary).await;
    let mut today = office.sign_in("acme-guest", KEY, TODAY).unwrap();
    today.put("/last.txt", b"good bye").await.unwrap();
    let mut tomorrow = office
        .sign_in("acme-guest", KEY, date(2026, 11, 22))
        .unwrap();
    let refused = tomorrow.get("/last.txt").await;
    assert!(
        matches!(refused, Err(SftpRefusal::Denied(_))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_suspended_user_has_no_key_there_and_gets_it_back() {
    let office = office().await;
    let (made, _) = office.neighbours().await;
    let mut somebody = user("acme-user", TenantRole::Admin, &[KEY, OTHER_KEY]);
    office.admit(&made, &somebody).await;
    assert!(office.sign_in("acme-user", OTHER_KEY, TODAY).is_ok());
    for (state, signs_in, expected) in [
        (UserState::Suspended, true, false),
        (UserState::Active, false, false),
        (UserState::Active, true, true),
    ] {
        somebody.state = state;
        office
            .put_user(&made, &somebody, WritesTo::Open, signs_in)
            .await;
        assert_eq!(
            office.sign_in("acme-user", KEY, TODAY).is_ok(),
            expected,
            "{state:?} {signs_in}"
        );
    }
    somebody.keys.truncate(1);
    office.admit(&made, &somebody).await;
    assert!(
        office.sign_in("acme-user", OTHER_KEY, TODAY).is_err(),
        "a key that was taken away"
    );
}

#[tokio::test]
async fn a_stopped_tenant_reads_and_does_not_write_and_its_neighbour_does_both() {
    let office = office().await;
    let (made, neighbour) = office.neighbours().await;
    let somebody = user("acme-user", TenantRole::Admin, &[KEY]);
    let other = user("two-user", TenantRole::Admin, &[KEY]);
    office.admit(&made, &somebody).await;
    office.admit(&neighbour, &other).await;
    let mut before = office.sign_in("acme-user", KEY, TODAY).unwrap();
    before.put("/a.txt", b"a").await.unwrap();
    ensure_bucket(&office.site, &made.tenant, &made.key, WritesTo::Stopped)
        .await
        .unwrap();
    assert!(
        before.put("/b.txt", b"b").await.is_err(),
        "the bucket stops who is signed in already"
    );
    office
        .put_user(&made, &somebody, WritesTo::Stopped, true)
        .await;
    let mut after = office.sign_in("acme-user", KEY, TODAY).unwrap();
    assert!(after.put("/b.txt", b"b").await.is_err());
    assert_eq!(after.get("/a.txt").await.unwrap(), b"a");
    let mut theirs = office.sign_in("two-user", KEY, TODAY).unwrap();
    theirs.put("/b.txt", b"b").await.unwrap();
    ensure_bucket(&office.site, &made.tenant, &made.key, WritesTo::Open)
        .await
        .unwrap();
    office.admit(&made, &somebody).await;
    let mut again = office.sign_in("acme-user", KEY, TODAY).unwrap();
    again.put("/b.txt", b"b").await.unwrap();
}

#[tokio::test]
async fn a_user_of_somebody_else_is_neither_taken_over_nor_removed() {
    let office = office().await;
    let (made, neighbour) = office.neighbours().await;
    let theirs = user("the-user", TenantRole::Admin, &[KEY]);
    office.admit(&neighbour, &theirs).await;
    let premises = office.premises(&made, WritesTo::Open);
    let refused = ensure_user(&office.site, &made.tenant, &premises, &theirs, true).await;
    let said = refused.unwrap_err().to_string();
    assert!(said.contains("belongs to the tenant acme-two"), "{said}");
    remove_user(&office.site, &made.tenant, &office.server.id, &theirs.name)
        .await
        .unwrap();
    assert!(office.sign_in("the-user", KEY, TODAY).is_ok());
}
