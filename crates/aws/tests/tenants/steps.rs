use tallyport_aws::AwsError;
use tallyport_aws::tenants::{
    Part, Premises, ServerState, Wanted, WritesTo, drift, ensure_bucket, ensure_key, ensure_role,
    ensure_server, ensure_user, observe, removal, remove_bucket, remove_folder, remove_key,
    remove_role, remove_server, remove_user, server, servers,
};
use tallyport_ledger::tenant::{Tenant, TenantKey, TenantRole, TenantUser};
use tallyport_sandbox::Fault;

use crate::office::{KEY, Made, OTHER_KEY, Office, TODAY, office, site, tenant, user};

impl Office {
    async fn differences(
        &self,
        made: &Made,
        users: &[(TenantUser, bool)],
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
        office.admit(&made, &users[0].0).await;
        assert_eq!(office.differences(&made, &users).await, []);
        let again = office.make(made.tenant.clone()).await;
        office.admit(&again, &users[0].0).await;
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
    office.admit(&made, &users[0].0).await;
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
    office.admit(&made, &users[0].0).await;
    assert_eq!(
        office.differences(&made, &users).await,
        [(Part::Role, "another policy")],
        "what others wrote is shown and stays"
    );
}

#[tokio::test]
async fn everything_can_be_removed_again_and_removing_twice_is_no_error() {
    let office = office().await;
    let made = office
        .make(tenant("globex", "northwind-globex", "", TenantKey::Own))
        .await;
    let somebody = user("globex-user", TenantRole::Admin, &[KEY]);
    office.admit(&made, &somebody).await;
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
        .admit(&made, &user("globex-user", TenantRole::Admin, &[KEY]))
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

/// Everything that is asked where a tenant is set up for the first time, in its order.
const ASKED: [&str; 22] = [
    "logs:CreateLogGroup",
    "logs:PutRetentionPolicy",
    "iam:CreateRole",
    "iam:PutRolePolicy",
    "transfer:CreateServer",
    "transfer:DescribeServer",
    "kms:DescribeKey",
    "kms:CreateKey",
    "kms:CreateAlias",
    "kms:EnableKeyRotation",
    "s3:CreateBucket",
    "s3:PutPublicAccessBlock",
    "s3:PutBucketOwnershipControls",
    "s3:PutBucketEncryption",
    "s3:PutBucketVersioning",
    "s3:GetBucketLifecycleConfiguration",
    "s3:PutBucketLifecycleConfiguration",
    "s3:GetBucketPolicy",
    "s3:PutBucketPolicy",
    "transfer:DescribeUser",
    "transfer:CreateUser",
    "transfer:ImportSshPublicKey",
];

#[tokio::test]
async fn whatever_fails_it_can_be_done_again_and_leaves_nothing_doubled() {
    let mut office = office().await;
    let faults = [
        Fault::AccessDenied,
        Fault::ConnectionReset,
        Fault::LostAnswer,
    ];
    let cases = ASKED
        .iter()
        .flat_map(|operation| faults.map(|fault| (*operation, fault)));
    for (number, (operation, fault)) in cases.enumerate() {
        // Each in a region in which there is nothing yet.
        office.site = site(&office.sandbox, &format!("us-east-{}", 100 + number)).await;
        let slug = format!("globex-{number}");
        let wanted = tenant(&slug, &format!("northwind-{slug}"), "", TenantKey::Own);
        let users = [(
            user(&format!("{slug}-user"), TenantRole::Admin, &[KEY]),
            true,
        )];
        office.sandbox.faults().next(operation, fault, 1);
        let mut tries = 0;
        while let Err(error) = set_up(&mut office, &wanted, &users[0].0).await {
            tries += 1;
            assert!(tries < 2, "{operation} {fault:?}: {error}");
            let is_denied = matches!(&error, AwsError::Denied { .. });
            assert_eq!(
                is_denied,
                fault == Fault::AccessDenied,
                "{operation}: {error}"
            );
        }
        assert_eq!(office.sandbox.faults().left(), 0, "{operation} was asked");
        let made = office.make(wanted).await;
        assert_eq!(
            office.differences(&made, &users).await,
            [],
            "{operation} {fault:?}"
        );
        assert_eq!(
            servers(&office.site).await.unwrap().len(),
            1,
            "{operation} {fault:?}"
        );
        let kms = aws_sdk_kms::Client::new(office.site.config());
        let keys = kms.list_keys().send().await.unwrap();
        assert_eq!(keys.keys().len(), 1, "{operation} {fault:?}");
    }
}

#[tokio::test]
async fn a_role_that_is_not_known_everywhere_yet_is_waited_for() {
    let mut office = office().await;
    // A region in which there is no server yet.
    office.site = site(&office.sandbox, "us-east-99").await;
    let wanted = tenant("globex", "northwind-globex", "", TenantKey::Own);
    let signs_in = user("globex-user", TenantRole::Admin, &[KEY]);
    for operation in ["transfer:CreateServer", "transfer:CreateUser"] {
        let faults = office.sandbox.faults();
        faults.next(operation, Fault::RoleUnknown, 1);
    }
    set_up(&mut office, &wanted, &signs_in).await.unwrap();
    assert_eq!(office.sandbox.faults().left(), 0);
    let made = office.make(wanted).await;
    let users = [(signs_in, true)];
    assert_eq!(office.differences(&made, &users).await, []);
}

/// Sets a tenant with a user up as far as nothing fails.
async fn set_up(
    office: &mut Office,
    wanted: &Tenant,
    somebody: &TenantUser,
) -> Result<(), AwsError> {
    let site = &office.site;
    office.server = ensure_server(site, None).await?;
    let key = ensure_key(site, wanted).await?;
    ensure_bucket(site, wanted, &key, WritesTo::Open).await?;
    let role = ensure_role(site, wanted, &key, &office.server).await?;
    let premises = Premises {
        server: &office.server.id,
        role: &role,
        key: &key,
        writes: WritesTo::Open,
    };
    ensure_user(site, wanted, &premises, somebody, true).await
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
    let frankfurt = site(&there.sandbox, "eu-central-1").await;
    let server = ensure_server(&frankfurt, None).await.unwrap();
    assert!(server.is_new && server.host.ends_with("eu-central-1.amazonaws.com"));
    (there.site, there.server) = (frankfurt, server);
    let made = there
        .make(tenant("globex", "northwind-globex", "", TenantKey::Own))
        .await;
    assert!(made.key.0.contains(":eu-central-1:"), "{}", made.key.0);
    let users = [(user("globex-user", TenantRole::Admin, &[KEY]), true)];
    there.admit(&made, &users[0].0).await;
    assert_eq!(there.differences(&made, &users).await, []);
    let mut session = there.sign_in("globex-user", KEY, TODAY).unwrap();
    session.put("/a.txt", b"a").await.unwrap();
    assert_eq!(session.get("/a.txt").await.unwrap(), b"a");
    let ohio = site(&there.sandbox, "us-east-2").await;
    let elsewhere = ensure_bucket(&ohio, &made.tenant, &made.key, WritesTo::Open).await;
    let said = elsewhere.unwrap_err().to_string();
    assert!(said.contains("is in eu-central-1"), "{said}");
}
