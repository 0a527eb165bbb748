use tallyport_aws::tenants::isolation::{Attempt, Crossing, Outcome, simulate, try_crossing};
use tallyport_ledger::tenant::TenantRole;

use crate::office::{KEY, TODAY, office, user};

#[tokio::test]
async fn neighbours_in_one_bucket_cannot_reach_each_other_and_it_is_tried() {
    let office = office().await;
    let (made, neighbour) = office.neighbours().await;
    let users = [
        user("acme-admin", TenantRole::Admin, &[KEY]),
        user("acme-view", TenantRole::ReadOnly, &[KEY]),
    ];
    let theirs = user("two-user", TenantRole::Admin, &[KEY]);
    office.admit(&neighbour, &theirs).await;
    let mut session = office.sign_in("two-user", KEY, TODAY).unwrap();
    session.put("/secret.txt", b"theirs").await.unwrap();
    let crossing = Crossing {
        tenant: &made.tenant,
        role: &made.role,
        key: &made.key,
        users: &users,
        others: std::slice::from_ref(&neighbour.tenant.place),
    };
    let attempts = try_crossing(&office.site, &crossing).await.unwrap();
    let wrong: Vec<&Attempt> = attempts
        .iter()
        .filter(|one| !one.is_as_it_should())
        .collect();
    assert_eq!(wrong, Vec::<&Attempt>::new());
    // The role and two users: each its own, three of the neighbour's, and the list of buckets.
    assert_eq!(attempts.len(), 3 * 5);
    assert_eq!(
        session.list("/").await.unwrap(),
        ["secret.txt"],
        "nothing was written"
    );
    let simulated = simulate(&office.site, &crossing).await.unwrap();
    assert_eq!(simulated.len(), 6);
    assert!(
        simulated.iter().all(|one| one.is_allowed == one.is_wanted),
        "{simulated:?}"
    );
}

#[tokio::test]
async fn a_role_that_somebody_widened_is_caught_in_the_act() {
    let office = office().await;
    let (made, neighbour) = office.neighbours().await;
    let iam = aws_sdk_iam::Client::new(office.site.config());
    let put = iam
        .put_role_policy()
        .role_name("tallyport-acme")
        .policy_name("tallyport");
    let wide = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*","kms:*"],"Resource":"*"}]}"#;
    put.policy_document(wide).send().await.unwrap();
    let users = [user("acme-admin", TenantRole::Admin, &[KEY])];
    let crossing = Crossing {
        tenant: &made.tenant,
        role: &made.role,
        key: &made.key,
        users: &users,
        others: std::slice::from_ref(&neighbour.tenant.place),
    };
    let attempts = try_crossing(&office.site, &crossing).await.unwrap();
    let through: Vec<(&str, &str)> = attempts
        .iter()
        .filter(|one| one.is_foreign && one.outcome == Outcome::WentThrough)
        .map(|one| (one.who.as_str(), one.what))
        .collect();
    let expected = [
        "list another tenant's files",
        "read another tenant's file",
        "write a file of another tenant",
        "list the account's buckets",
    ];
    assert_eq!(
        through,
        expected.map(|what| ("role tallyport-acme", what)),
        "the user's own policy still holds"
    );
    let s3 = aws_sdk_s3::Client::new(office.site.config());
    let there = s3
        .list_objects_v2()
        .bucket("northwind-tenants")
        .send()
        .await
        .unwrap();
    let keys: Vec<&str> = there
        .contents()
        .iter()
        .filter_map(|object| object.key())
        .collect();
    assert_eq!(
        keys,
        ["acme-two/", "acme/"],
        "what went through wrote nothing"
    );
    let simulated = simulate(&office.site, &crossing).await.unwrap();
    assert!(simulated.iter().any(|one| one.is_allowed && !one.is_wanted));
}

#[tokio::test]
async fn the_role_is_not_lent_to_whoever_asks() {
    let office = office().await;
    let (made, _) = office.neighbours().await;
    let sts = aws_sdk_sts::Client::new(office.site.config());
    for external_id in [None, Some("something-else")] {
        let asked = sts
            .assume_role()
            .role_arn(&made.role.0)
            .role_session_name("somebody");
        let refused = asked
            .set_external_id(external_id.map(str::to_owned))
            .send()
            .await;
        assert!(refused.is_err(), "{external_id:?}");
    }
    // Nor to another server's users.
    let transfer = aws_sdk_transfer::Client::new(office.site.config());
    let other = transfer.create_server().send().await.unwrap().server_id;
    let create = transfer
        .create_user()
        .server_id(&other)
        .user_name("stranger")
        .role(&made.role.0);
    create.ssh_public_key_body(KEY).send().await.unwrap();
    let at = TODAY.at(9, 0, 0, 0);
    let refused = office
        .sandbox
        .sign_in(&other, "stranger", KEY, "203.0.113.9", at);
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("cannot be assumed")
    );
}
