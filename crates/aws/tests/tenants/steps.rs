use jiff::civil::date;
use tallyport_aws::AwsError;
use tallyport_aws::tenants::{
    Part, ServerState, Site, Wanted, WritesTo, drift, ensure_bucket, ensure_key, ensure_server,
    ensure_user, observe, removal, remove_bucket, remove_folder, remove_key, remove_role,
    remove_server, remove_user, server, servers,
};
use tallyport_ledger::tenant::{Region, TenantKey, TenantRole, UserState};
use tallyport_sandbox::{Fault, SftpRefusal};

use crate::office::{KEY, Made, OTHER_KEY, Office, TODAY, office, tenant, user};

impl Office {
    async fn differences(
        &self,
        made: &Made,
        users: &[(tallyport_ledger::tenant::TenantUser, bool)],
    ) -> Vec<(Part, &'static str)> {
        let found = observe(&self.site, &made.tenant, &self.server.id)
            .await
            .unwrap();
        let wanted = Wanted {
            tenant: &made.tenant,
            server: &self.server.id,
            users,
            writes: WritesTo::Open,
        };
        let drifts = drift(&self.site, &wanted, &found).unwrap();
        drifts
            .into_iter()
            .map(|drift| (drift.part, drift.what))
            .collect()
    }
}

#[tokio::test]
async fn one_server_is_made_for_all_and_found_again() {
    let office = office().await;
    assert!(office.server.is_new && office.server.is_ours);
    assert_eq!(office.server.state, ServerState::Online);
    assert!(office.server.listing_optimised);
    assert_eq!(
        office.server.log_group.as_deref(),
        Some("/aws/transfer/tallyport")
    );
    let again = ensure_server(&office.site, None).await.unwrap();
    assert_eq!(
        (again.id.as_str(), again.is_new),
        (office.server.id.as_str(), false)
    );
    let adopted = ensure_server(&office.site, Some(&again.id)).await.unwrap();
    assert_eq!(adopted.id, again.id);
    let unknown = ensure_server(&office.site, Some("s-00000000000000000")).await;
    assert!(matches!(unknown, Err(AwsError::Missing(_))), "{unknown:?}");
    assert_eq!(servers(&office.site).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_was_set_up_has_no_drift_and_setting_it_up_again_changes_nothing() {
    let office = office().await;
    for made in [
        office.neighbours().await.0,
        office
            .make(tenant("globex", "northwind-globex", "", TenantKey::Own))
            .await,
    ] {
        let name = format!("{}-user", made.tenant.slug);
        let users = [(user(&name, TenantRole::Admin, &[KEY]), true)];
        office
            .put_user(&made, &users[0].0, WritesTo::Open, true)
            .await;
        assert_eq!(office.differences(&made, &users).await, []);
        let again = office.make(made.tenant.clone()).await;
        office
            .put_user(&again, &users[0].0, WritesTo::Open, true)
            .await;
        assert_eq!((&again.key, &again.role), (&made.key, &made.role));
        assert_eq!(office.differences(&made, &users).await, []);
    }
}

#[tokio::test]
async fn what_somebody_changed_is_found_and_setting_it_again_mends_it() {
    let office = office().await;
    let made = office
        .make(tenant("globex", "northwind-globex", "", TenantKey::Own))
        .await;
    let users = [(user("globex-user", TenantRole::ReadOnly, &[KEY]), true)];
    office
        .put_user(&made, &users[0].0, WritesTo::Open, true)
        .await;
    let config = office.site.config();
    let iam = aws_sdk_iam::Client::new(config);
    let wide = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#;
    let put = iam
        .put_role_policy()
        .role_name("tallyport-globex")
        .policy_name("more");
    put.policy_document(wide).send().await.unwrap();
    let s3 = aws_sdk_s3::Client::new(config);
    s3.delete_bucket_policy()
        .bucket("northwind-globex")
        .send()
        .await
        .unwrap();
    let transfer = aws_sdk_transfer::Client::new(config);
    let import = transfer
        .import_ssh_public_key()
        .server_id(&office.server.id);
    import
        .user_name("globex-user")
        .ssh_public_key_body(OTHER_KEY)
        .send()
        .await
        .unwrap();
    let expected = [
        (Part::Bucket, "policy"),
        (Part::Role, "another policy"),
        (Part::User("globex-user".into()), "key"),
    ];
    assert_eq!(office.differences(&made, &users).await, expected);
    office.make(made.tenant.clone()).await;
    office
        .put_user(&made, &users[0].0, WritesTo::Open, true)
        .await;
    assert_eq!(
        office.differences(&made, &users).await,
        [(Part::Role, "another policy")],
        "what others wrote is shown and stays"
    );
}

#[tokio::test]
async fn each_role_can_do_what_it_says_and_nothing_more() {
    let office = office().await;
    let (made, _) = office.neighbours().await;
    for (name, role) in [
        ("acme-admin", TenantRole::Admin),
        ("acme-drop", TenantRole::UploadOnly),
        ("acme-view", TenantRole::ReadOnly),
    ] {
        office
            .put_user(&made, &user(name, role, &[KEY]), WritesTo::Open, true)
            .await;
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
    office
        .put_user(&made, &temporary, WritesTo::Open, true)
        .await;
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
    office
        .put_user(&made, &somebody, WritesTo::Open, true)
        .await;
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
    office
        .put_user(&made, &somebody, WritesTo::Open, true)
        .await;
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
    office
        .put_user(&made, &somebody, WritesTo::Open, true)
        .await;
    office
        .put_user(&neighbour, &other, WritesTo::Open, true)
        .await;
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
    office
        .put_user(&made, &somebody, WritesTo::Open, true)
        .await;
    let mut again = office.sign_in("acme-user", KEY, TODAY).unwrap();
    again.put("/b.txt", b"b").await.unwrap();
}

#[tokio::test]
async fn everything_can_be_removed_again_and_removing_twice_is_no_error() {
    let office = office().await;
    let made = office
        .make(tenant("globex", "northwind-globex", "", TenantKey::Own))
        .await;
    let somebody = user("globex-user", TenantRole::Admin, &[KEY]);
    office
        .put_user(&made, &somebody, WritesTo::Open, true)
        .await;
    let (site, tenant) = (&office.site, &made.tenant);
    let told = removal(site, tenant, &office.server.id).await.unwrap();
    assert_eq!(told.users, ["globex-user"]);
    assert_eq!(told.key.as_ref(), Some(&made.key.0));
    let in_use = remove_server(site, &office.server.id).await;
    assert!(in_use.unwrap_err().to_string().contains("still has users"));
    for _ in 0..2 {
        remove_user(site, tenant, &office.server.id, &somebody.name)
            .await
            .unwrap();
        remove_role(site, tenant).await.unwrap();
        remove_folder(site, tenant).await.unwrap();
        remove_bucket(site, tenant).await.unwrap();
        remove_key(site, tenant, 7).await.unwrap();
        remove_server(site, &office.server.id).await.unwrap();
    }
    assert_eq!(server(site, &office.server.id).await.unwrap(), None);
    let taken_back = ensure_key(site, tenant).await.unwrap();
    assert_eq!(
        taken_back, made.key,
        "a key that waits to be deleted is used again"
    );
}

#[tokio::test]
async fn a_bucket_with_files_in_it_is_not_removed() {
    let office = office().await;
    let made = office
        .make(tenant("globex", "northwind-globex", "", TenantKey::Own))
        .await;
    office
        .put_user(
            &made,
            &user("globex-user", TenantRole::Admin, &[KEY]),
            WritesTo::Open,
            true,
        )
        .await;
    let mut session = office.sign_in("globex-user", KEY, TODAY).unwrap();
    session.put("/a.txt", b"a").await.unwrap();
    session.remove("/a.txt").await.unwrap();
    let refused = remove_bucket(&office.site, &made.tenant).await.unwrap_err();
    assert!(
        refused.to_string().contains("BucketNotEmpty"),
        "an older version is something: {refused}"
    );
}

#[tokio::test]
async fn a_user_of_somebody_else_is_neither_taken_over_nor_removed() {
    let office = office().await;
    let (made, neighbour) = office.neighbours().await;
    let theirs = user("the-user", TenantRole::Admin, &[KEY]);
    office
        .put_user(&neighbour, &theirs, WritesTo::Open, true)
        .await;
    let premises = office.premises(&made, WritesTo::Open);
    let refused = ensure_user(&office.site, &made.tenant, &premises, &theirs, true).await;
    let said = refused.unwrap_err().to_string();
    assert!(said.contains("belongs to the tenant acme-two"), "{said}");
    remove_user(&office.site, &made.tenant, &office.server.id, &theirs.name)
        .await
        .unwrap();
    assert!(office.sign_in("the-user", KEY, TODAY).is_ok());
}

#[tokio::test]
async fn a_step_that_fails_says_which_permission_is_missing_and_can_be_done_again() {
    let office = office().await;
    let made = tenant("globex", "northwind-globex", "", TenantKey::Own);
    for operation in ["kms:CreateKey", "s3:PutBucketPolicy", "iam:PutRolePolicy"] {
        office
            .sandbox
            .faults()
            .next(operation, Fault::AccessDenied, 1);
        let failed = async {
            let key = ensure_key(&office.site, &made).await?;
            ensure_bucket(&office.site, &made, &key, WritesTo::Open).await?;
            tallyport_aws::tenants::ensure_role(&office.site, &made, &key, &office.server).await
        };
        let error = failed.await.unwrap_err();
        assert!(
            matches!(&error, AwsError::Denied { action, .. } if action.starts_with(operation)),
            "{operation}: {error}"
        );
    }
    let made = office.make(made).await;
    assert_eq!(office.differences(&made, &[]).await, []);
}

#[tokio::test]
async fn a_lost_answer_leaves_nothing_doubled() {
    let office = office().await;
    let faults = office.sandbox.faults();
    for operation in [
        "kms:CreateAlias",
        "s3:CreateBucket",
        "iam:CreateRole",
        "transfer:CreateUser",
    ] {
        faults.next(operation, Fault::LostAnswer, 1);
    }
    let wanted = tenant("globex", "northwind-globex", "", TenantKey::Own);
    let mut tries = 0;
    let made = loop {
        tries += 1;
        let key = ensure_key(&office.site, &wanted).await;
        if key.is_ok() || tries > 3 {
            break office.make(wanted.clone()).await;
        }
    };
    let users = [(user("globex-user", TenantRole::Admin, &[KEY]), true)];
    let premises = office.premises(&made, WritesTo::Open);
    for _ in 0..2 {
        // The SDK asks again and is told that it is there already: the next time it is found.
        let _ = ensure_user(&office.site, &made.tenant, &premises, &users[0].0, true).await;
    }
    assert_eq!(office.differences(&made, &users).await, []);
}

#[tokio::test]
async fn what_aws_would_not_take_is_refused_before_it_is_asked() {
    let office = office().await;
    let prefix = format!("{}/", "x".repeat(500));
    let made = office
        .make(tenant(
            "acme",
            "northwind-tenants",
            &prefix,
            TenantKey::Shared,
        ))
        .await;
    let premises = office.premises(&made, WritesTo::Open);
    let somebody = user("acme-user", TenantRole::Admin, &[KEY]);
    let long = ensure_user(&office.site, &made.tenant, &premises, &somebody, true).await;
    let said = long.unwrap_err().to_string();
    assert!(
        said.contains("AWS takes 2048: choose a shorter prefix"),
        "{said}"
    );
    assert_eq!(office.sandbox.requests().of("transfer:CreateUser"), 0);
    let key_of_its_own = tenant("acme", "northwind-tenants", "acme/", TenantKey::Own);
    let refused = ensure_bucket(&office.site, &key_of_its_own, &made.key, WritesTo::Open).await;
    let said = refused.unwrap_err().to_string();
    assert!(said.contains("needs a bucket of its own"), "{said}");
}

#[tokio::test]
async fn what_others_wrote_into_a_shared_bucket_stays() {
    let office = office().await;
    let (made, _) = office.neighbours().await;
    let s3 = aws_sdk_s3::Client::new(office.site.config());
    let theirs = r#"{"Version":"2012-10-17","Statement":[{"Sid":"Theirs","Effect":"Deny","Principal":"*","Action":"s3:GetObjectAcl","Resource":"arn:aws:s3:::northwind-tenants/*"}]}"#;
    s3.put_bucket_policy()
        .bucket("northwind-tenants")
        .policy(theirs)
        .send()
        .await
        .unwrap();
    for writes in [WritesTo::Stopped, WritesTo::Open] {
        ensure_bucket(&office.site, &made.tenant, &made.key, writes)
            .await
            .unwrap();
        let policy = s3
            .get_bucket_policy()
            .bucket("northwind-tenants")
            .send()
            .await
            .unwrap();
        let policy = policy.policy.unwrap();
        assert!(
            policy.contains("\"Theirs\"") && policy.contains("TallyportTlsOnly"),
            "{policy}"
        );
        assert_eq!(
            policy.contains("TallyportStopacme"),
            writes == WritesTo::Stopped
        );
    }
    remove_bucket(&office.site, &made.tenant).await.unwrap();
    let policy = s3
        .get_bucket_policy()
        .bucket("northwind-tenants")
        .send()
        .await
        .unwrap();
    assert!(
        policy.policy.unwrap().contains("\"Theirs\""),
        "and the bucket with it"
    );
}

#[tokio::test]
async fn a_tenant_of_another_region_is_set_up_there() {
    let mut there = office().await;
    let frankfurt = Region::parse("eu-central-1").unwrap();
    let site = Site::open(&there.sandbox.sdk_config(), &frankfurt)
        .await
        .unwrap();
    let server = ensure_server(&site, None).await.unwrap();
    assert!(server.is_new && server.host.ends_with("eu-central-1.amazonaws.com"));
    (there.site, there.server) = (site, server);
    let made = there
        .make(tenant("globex", "northwind-globex", "", TenantKey::Own))
        .await;
    assert!(made.key.0.contains(":eu-central-1:"), "{}", made.key.0);
    let users = [(user("globex-user", TenantRole::Admin, &[KEY]), true)];
    there
        .put_user(&made, &users[0].0, WritesTo::Open, true)
        .await;
    assert_eq!(there.differences(&made, &users).await, []);
    let mut session = there.sign_in("globex-user", KEY, TODAY).unwrap();
    session.put("/a.txt", b"a").await.unwrap();
    assert_eq!(session.get("/a.txt").await.unwrap(), b"a");
    let ohio = Site::open(
        &there.sandbox.sdk_config(),
        &Region::parse("us-east-2").unwrap(),
    )
    .await;
    let elsewhere = ensure_bucket(&ohio.unwrap(), &made.tenant, &made.key, WritesTo::Open).await;
    let said = elsewhere.unwrap_err().to_string();
    assert!(said.contains("is in eu-central-1"), "{said}");
}
