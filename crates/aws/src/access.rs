use std::sync::LazyLock;

use aws_config::retry::{RetryConfig, RetryMode};
use aws_config::sts::AssumeRoleProvider;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

/// Where a connection's credentials come from. Nothing secret is kept in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// The SDK's own chain: environment, default profile, instance or container role.
    Environment,
    /// A profile of the shared configuration files, single sign-on included.
    Profile(String),
    /// A role, assumed with the credentials of `base`.
    AssumeRole {
        /// Who assumes it.
        base: Box<Access>,
        /// The role's ARN.
        role_arn: String,
        /// The external id that the role's owner agreed on.
        external_id: Option<String>,
    },
}

/// Attempts of one request, the first included. Throttling slows the client down (adaptive mode).
const ATTEMPTS: u32 = 6;

/// One pool of connections for all clients.
static HTTP: LazyLock<SharedHttpClient> = LazyLock::new(|| {
    aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
        .build_https()
});

/// The configuration of the real AWS for `access`. Asks nobody yet: wrong credentials show at the
/// first request.
pub async fn connect(access: &Access, region: Option<&str>) -> SdkConfig {
    let retries = RetryConfig::standard()
        .with_max_attempts(ATTEMPTS)
        .with_retry_mode(RetryMode::Adaptive);
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .retry_config(retries)
        .http_client(HTTP.clone());
    if let Some(region) = region {
        loader = loader.region(Region::new(region.to_owned()));
    }
    match access {
        Access::Environment => loader.load().await,
        Access::Profile(name) => loader.profile_name(name).load().await,
        Access::AssumeRole {
            base,
            role_arn,
            external_id,
        } => {
            let base = Box::pin(connect(base, region)).await;
            assume(&base, role_arn, external_id.as_deref()).await
        }
    }
}

/// The same AWS as `base`, seen as the role `role_arn`.
pub async fn assume(base: &SdkConfig, role_arn: &str, external_id: Option<&str>) -> SdkConfig {
    let mut provider = AssumeRoleProvider::builder(role_arn)
        .session_name("tallyport")
        .configure(base);
    if let Some(external_id) = external_id {
        provider = provider.external_id(external_id);
    }
    let credentials = SharedCredentialsProvider::new(provider.build().await);
    base.to_builder().credentials_provider(credentials).build()
}
