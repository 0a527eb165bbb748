//! The real STS client: who am I, and who may I be.
#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_sts::Client;
use aws_sdk_sts::error::ProvideErrorMetadata as _;
use support::{TODAY, open, reopen};

#[tokio::test]
async fn the_starting_credentials_are_a_user_of_the_paying_account() {
    let opened = open();
    let identity = Client::new(&opened.sandbox.sdk_config())
        .get_caller_identity()
        .send()
        .await
        .unwrap();
    assert_eq!(identity.account(), Some("111122223333"));
    assert_eq!(identity.account(), Some(opened.sandbox.company().payer()));
    assert_eq!(identity.arn(), Some("arn:aws:iam::111122223333:user/demo"));
}

#[tokio::test]
async fn an_assumed_role_is_the_member_account_and_sees_only_its_own_bill() {
    let opened = open();
    let config = opened.sandbox.sdk_config();
    let role = opened
        .sandbox
        .roles()
        .into_iter()
        .find(|role| role.arn.contains("444455556666") && role.external_id.is_some())
        .unwrap();
    let request = Client::new(&config)
        .assume_role()
        .role_arn(&role.arn)
        .role_session_name("test");
    let granted = request
        .set_external_id(role.external_id.map(Into::into))
        .send()
        .await
        .unwrap();
    let keys = granted.credentials().unwrap();
    let credentials = Credentials::new(
        keys.access_key_id(),
        keys.secret_access_key(),
        Some(keys.session_token().into()),
        None,
        "test",
    );
    let member = config
        .to_builder()
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build();

    let identity = Client::new(&member)
        .get_caller_identity()
        .send()
        .await
        .unwrap();
    assert_eq!(identity.account(), Some("444455556666"));
    assert!(
        identity
            .arn()
            .unwrap()
            .ends_with("assumed-role/TallyportRead/test")
    );

    let period = aws_sdk_costexplorer::types::DateInterval::builder()
        .start("2026-10-01")
        .end("2026-11-01")
        .build()
        .unwrap();
    let request = aws_sdk_costexplorer::Client::new(&member).get_dimension_values();
    let accounts = request
        .dimension(aws_sdk_costexplorer::types::Dimension::LinkedAccount)
        .time_period(period)
        .send()
        .await
        .unwrap();
    let ids: Vec<_> = accounts
        .dimension_values()
        .iter()
        .filter_map(|value| value.value())
        .collect();
    assert_eq!(ids, ["444455556666"]);
}

#[tokio::test]
async fn a_wrong_external_id_and_an_unknown_role_are_refused_alike() {
    let opened = open();
    let client = Client::new(&opened.sandbox.sdk_config());
    let read = "arn:aws:iam::444455556666:role/TallyportRead";
    for (role, external_id) in [
        (read, Some("wrong")),
        (read, None),
        (
            "arn:aws:iam::444455556666:role/Nobody",
            Some("northwind-demo"),
        ),
    ] {
        let request = client
            .assume_role()
            .role_arn(role)
            .role_session_name("test")
            .set_external_id(external_id.map(Into::into));
        let error = request.send().await.unwrap_err().into_service_error();
        assert_eq!(error.code(), Some("AccessDenied"), "{error:?}");
        assert!(error.message().unwrap().contains(role));
    }
}

#[tokio::test]
async fn a_key_from_elsewhere_is_not_known_here() {
    let opened = open();
    let stranger = Credentials::new(
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        None,
        None,
        "test",
    );
    let config = opened
        .sandbox
        .sdk_config()
        .to_builder()
        .credentials_provider(SharedCredentialsProvider::new(stranger))
        .build();
    let error = Client::new(&config)
        .get_caller_identity()
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.into_service_error().code(),
        Some("InvalidClientTokenId")
    );
}

#[tokio::test]
async fn a_session_ends_with_the_sandbox_that_opened_it() {
    let opened = open();
    let role = "arn:aws:iam::444455556666:role/OrganizationAccountAccessRole";
    let request = Client::new(&opened.sandbox.sdk_config())
        .assume_role()
        .role_arn(role)
        .role_session_name("test");
    let granted = request.send().await.unwrap();
    let keys = granted.credentials().unwrap();
    let credentials = Credentials::new(
        keys.access_key_id(),
        keys.secret_access_key(),
        Some(keys.session_token().into()),
        None,
        "test",
    );
    let provider = SharedCredentialsProvider::new(credentials);
    for (sandbox, is_known) in [
        (opened.sandbox.clone(), true),
        (reopen(&opened.folder, TODAY), false),
    ] {
        let config = sandbox
            .sdk_config()
            .to_builder()
            .credentials_provider(provider.clone())
            .build();
        assert_eq!(
            Client::new(&config)
                .get_caller_identity()
                .send()
                .await
                .is_ok(),
            is_known
        );
    }
}
