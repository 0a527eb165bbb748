//! Tenants at AWS: what is set up for one, step by step, and what is found there.
//!
//! Each function is one step that may be done again and again: it looks what is there, makes what is
//! missing, and changes what is different. Each has its undoing. Nothing is remembered here; who calls keeps
//! what was done. What others set up is never removed, and what they wrote into a shared thing stays.

mod bucket;
mod drift;
pub mod files;
pub mod isolation;
mod key;
pub mod logs;
pub mod metrics;
mod observed;
mod policy;
mod removal;
mod role;
mod server;
mod user;

use aws_config::{Region as SdkRegion, SdkConfig};
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use tallyport_ledger::tenant::{Region, Tenant};

pub use bucket::{BucketMade, ensure_bucket, ensure_folder, remove_bucket, remove_folder};
pub use drift::{Drift, Part, Wanted, drift};
pub use key::{KeyArn, ensure_key, remove_key};
pub use observed::{Observed, observe};
pub use policy::WritesTo;
pub use removal::{Removal, removal};
pub use role::{RoleArn, ensure_role, remove_role};
pub use server::{Server, ServerState, ensure_server, remove_server, server, servers};
pub use user::{Premises, ensure_user, remove_user};

use crate::{AwsError, identity};

/// What everything of ours is tagged with.
const TAG: &str = "tallyport";

/// An account in a region, where tenants are set up.
#[derive(Debug, Clone)]
pub struct Site {
    config: SdkConfig,
    account: String,
    region: Region,
}

impl Site {
    /// Finds out whose credentials these are, and asks that region from then on.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn open(config: &SdkConfig, region: &Region) -> Result<Self, AwsError> {
        let config = config
            .to_builder()
            .region(SdkRegion::new(region.as_str().to_owned()))
            .build();
        let account = identity(&config).await?.account;
        Ok(Self {
            config,
            account,
            region: region.clone(),
        })
    }

    /// The account.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The region.
    #[must_use]
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// The configuration that leads there.
    #[must_use]
    pub fn config(&self) -> &SdkConfig {
        &self.config
    }

    fn s3(&self) -> aws_sdk_s3::Client {
        aws_sdk_s3::Client::new(&self.config)
    }

    fn iam(&self) -> aws_sdk_iam::Client {
        aws_sdk_iam::Client::new(&self.config)
    }

    fn kms(&self) -> aws_sdk_kms::Client {
        aws_sdk_kms::Client::new(&self.config)
    }

    fn transfer(&self) -> aws_sdk_transfer::Client {
        aws_sdk_transfer::Client::new(&self.config)
    }

    fn logs(&self) -> aws_sdk_cloudwatchlogs::Client {
        aws_sdk_cloudwatchlogs::Client::new(&self.config)
    }
}

/// What the things of a tenant are called at AWS.
fn stem(tenant: &Tenant) -> String {
    format!("tallyport-{}", tenant.slug)
}

/// Whether the service answered with that error.
fn says<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>, code: &str) -> bool {
    error
        .as_service_error()
        .and_then(ProvideErrorMetadata::code)
        == Some(code)
}

/// The SDK's error of `action` as ours, with what it was about. What is asked with HEAD is refused without a
/// word: then the status tells.
fn named<E>(action: &str, what: &str) -> impl FnOnce(SdkError<E>) -> AwsError + use<E>
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    let action = format!("{action} on {what}");
    move |error| {
        let code = error
            .as_service_error()
            .and_then(ProvideErrorMetadata::code);
        let status = error.raw_response().map(|raw| raw.status().as_u16());
        match (code, status) {
            (None, Some(403)) => AwsError::Denied {
                action,
                said: String::new(),
            },
            _ => AwsError::from_call(&action)(error),
        }
    }
}

/// An answer that lacks what it always has.
fn incomplete(what: &str) -> impl FnOnce() -> AwsError + use<> {
    let what = what.to_owned();
    move || AwsError::BadAnswer(format!("{what} is missing from an answer"))
}

/// What was asked for cannot be put together.
fn unbuildable(error: impl std::fmt::Display) -> AwsError {
    AwsError::BadAnswer(error.to_string())
}
