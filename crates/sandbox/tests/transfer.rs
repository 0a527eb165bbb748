//! The real Transfer, IAM and KMS clients: what AWS refuses is refused, and what is set up can be used.
#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use aws_sdk_transfer::Client;
use aws_sdk_transfer::error::ProvideErrorMetadata as _;
use aws_sdk_transfer::types::{HomeDirectoryMapEntry, HomeDirectoryType, Protocol, State, Tag};
use support::{Opened, TODAY, open, reopen};

const ROLE: &str = "arn:aws:iam::111122223333:role/tenant";
const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILPqtLrkepbEyeR2510Mt4A8ZIwfrkI2qb7ZV4MPdjzT one";

struct Desk {
    opened: Opened,
    client: Client,
    server: String,
}

async fn desk() -> Desk {
    let opened = open();
    let client = Client::new(&opened.sandbox.sdk_config());
    let made = client
        .create_server()
        .protocols(Protocol::Sftp)
        .send()
        .await
        .unwrap();
    Desk {
        opened,
        client,
        server: made.server_id,
    }
}

fn home(entry: &str, target: &str) -> HomeDirectoryMapEntry {
    HomeDirectoryMapEntry::builder()
        .entry(entry)
        .target(target)
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_server_is_made_described_switched_listed_and_outlives_the_process() {
    let desk = desk().await;
    let described = desk
        .client
        .describe_server()
        .server_id(&desk.server)
        .send()
        .await
        .unwrap();
    let server = described.server.unwrap();
    assert_eq!(server.state, Some(State::Online));
    assert_eq!(
        server.security_policy_name.as_deref(),
        Some("TransferSecurityPolicy-2024-01")
    );
    let options = server.s3_storage_options.unwrap();
    let listing = options.directory_listing_optimization.unwrap();
    assert_eq!(listing.as_str(), "DISABLED", "off unless it is asked for");
    desk.client
        .stop_server()
        .server_id(&desk.server)
        .send()
        .await
        .unwrap();
    let tag = Tag::builder()
        .key("team")
        .value("platform")
        .build()
        .unwrap();
    desk.client
        .tag_resource()
        .arn(&server.arn)
        .tags(tag)
        .send()
        .await
        .unwrap();
    for _ in 0..3 {
        desk.client.create_server().send().await.unwrap();
    }
    let again = Client::new(&reopen(&desk.opened.folder, TODAY).sdk_config());
    let page = again.list_servers().max_results(3).send().await.unwrap();
    assert_eq!(
        (page.servers().len(), page.next_token().is_some()),
        (3, true)
    );
    let rest = again
        .list_servers()
        .max_results(3)
        .set_next_token(page.next_token)
        .send()
        .await
        .unwrap();
    assert_eq!((rest.servers().len(), rest.next_token()), (1, None));
    let described = again
        .describe_server()
        .server_id(&desk.server)
        .send()
        .await
        .unwrap();
    let server = described.server.unwrap();
    assert_eq!(server.state, Some(State::Offline));
    assert_eq!(server.tags()[0].value, "platform");
    let names = again.list_security_policies().send().await.unwrap();
    assert!(
        names
            .security_policy_names()
            .iter()
            .any(|name| name.contains("2025-03"))
    );
    again
        .delete_server()
        .server_id(&desk.server)
        .send()
        .await
        .unwrap();
    let gone = again
        .describe_server()
        .server_id(&desk.server)
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        gone.into_service_error().code(),
        Some("ResourceNotFoundException")
    );
}

#[tokio::test]
async fn what_aws_refuses_of_a_user_is_refused() {
    let desk = desk().await;
    let long = "x".repeat(2_049);
    let user = |name: &str| {
        desk.client
            .create_user()
            .server_id(&desk.server)
            .user_name(name)
            .role(ROLE)
    };
    let logical = || user("somebody").home_directory_type(HomeDirectoryType::Logical);
    let invalid = [
        ("a short name", user("ab")),
        ("a name that is kept", user("root")),
        ("a sign", user("a b c")),
        ("no role", user("somebody").role("tenant")),
        ("a long policy", user("somebody").policy(&long)),
        ("no policy", user("somebody").policy("{")),
        ("no mapping", logical()),
        (
            "a mapping without type",
            user("somebody").home_directory_mappings(home("/", "/b")),
        ),
        (
            "an entry without /",
            logical().home_directory_mappings(home("in", "/b/x")),
        ),
        (
            "a target that ends with /",
            logical().home_directory_mappings(home("/", "/b/x/")),
        ),
        (
            "a target without /",
            logical().home_directory_mappings(home("/", "b/x")),
        ),
        (
            "two, one of them /",
            logical()
                .home_directory_mappings(home("/", "/b"))
                .home_directory_mappings(home("/x", "/b/x")),
        ),
        (
            "no key",
            user("somebody").ssh_public_key_body("ssh-ed25519 AAAA"),
        ),
        (
            "a private key",
            user("somebody").ssh_public_key_body("-----BEGIN OPENSSH PRIVATE KEY-----"),
        ),
    ];
    for (what, request) in invalid {
        let error = request.send().await.unwrap_err().into_service_error();
        assert_eq!(
            error.code(),
            Some("InvalidRequestException"),
            "{what}: {error:?}"
        );
    }
    let nobody = user("somebody")
        .server_id("s-00000000000000000")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        nobody.into_service_error().code(),
        Some("ResourceNotFoundException")
    );
    user("somebody").send().await.unwrap();
    let twice = user("somebody")
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(twice.code(), Some("ResourceExistsException"));
    let elsewhere = desk
        .client
        .create_server()
        .protocols(Protocol::Ftps)
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        elsewhere.into_service_error().code(),
        Some("NotImplementedInSandbox")
    );
}

#[tokio::test]
async fn keys_come_and_go_and_the_list_only_counts_them() {
    let desk = desk().await;
    let (client, server) = (&desk.client, desk.server.as_str());
    let logical = client
        .create_user()
        .server_id(server)
        .user_name("somebody")
        .role(ROLE);
    let logical = logical.home_directory_type(HomeDirectoryType::Logical);
    logical
        .home_directory_mappings(home("/", "/bucket/acme"))
        .ssh_public_key_body(KEY)
        .send()
        .await
        .unwrap();
    let import = || {
        client
            .import_ssh_public_key()
            .server_id(server)
            .user_name("somebody")
    };
    let twice = import()
        .ssh_public_key_body(KEY.replace(" one", " two"))
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        twice.into_service_error().code(),
        Some("ResourceExistsException")
    );
    let other = KEY.replace("ILPq", "ILPr");
    let imported = import().ssh_public_key_body(other).send().await.unwrap();
    let listed = client.list_users().server_id(server).send().await.unwrap();
    assert_eq!(listed.users()[0].ssh_public_key_count, Some(2));
    let delete = || {
        let delete = client
            .delete_ssh_public_key()
            .server_id(server)
            .user_name("somebody");
        delete.ssh_public_key_id(&imported.ssh_public_key_id).send()
    };
    delete().await.unwrap();
    assert!(delete().await.is_err());
    let described = client
        .describe_user()
        .server_id(server)
        .user_name("somebody")
        .send()
        .await
        .unwrap();
    let user = described.user.unwrap();
    assert_eq!(user.ssh_public_keys().len(), 1);
    assert_eq!(user.home_directory_mappings()[0].target, "/bucket/acme");
}

#[tokio::test]
async fn a_key_that_waits_to_be_deleted_encrypts_nothing_and_can_be_taken_back() {
    let opened = open();
    let config = opened.sandbox.sdk_config();
    let kms = aws_sdk_kms::Client::new(&config);
    let made = kms.create_key().send().await.unwrap().key_metadata.unwrap();
    kms.create_alias()
        .alias_name("alias/files")
        .target_key_id(&made.key_id)
        .send()
        .await
        .unwrap();
    let s3 = aws_sdk_s3::Client::new(&config);
    s3.create_bucket()
        .bucket("northwind-keys")
        .send()
        .await
        .unwrap();
    let put = || {
        let put = s3
            .put_object()
            .bucket("northwind-keys")
            .key("a")
            .body(b"a".to_vec().into());
        let kind = aws_sdk_s3::types::ServerSideEncryption::AwsKms;
        put.server_side_encryption(kind)
            .ssekms_key_id(made.arn().unwrap())
            .send()
    };
    put().await.unwrap();
    let schedule = kms
        .schedule_key_deletion()
        .key_id("alias/files")
        .pending_window_in_days(7);
    schedule.send().await.unwrap();
    assert!(put().await.is_err());
    let read = s3
        .get_object()
        .bucket("northwind-keys")
        .key("a")
        .send()
        .await;
    assert!(read.is_err(), "nor can what it encrypted be read");
    kms.cancel_key_deletion()
        .key_id(&made.key_id)
        .send()
        .await
        .unwrap();
    kms.enable_key().key_id(&made.key_id).send().await.unwrap();
    put().await.unwrap();
}
