//! Whether tenants are really kept apart: tried, not believed. The tenant's role is assumed, narrowed as it
//! is for each of its users, and made to reach for what is others'.
//!
//! Nothing is written, whatever the outcome: a write is tried with a condition that no object meets.

use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_iam::types::{ContextEntry, ContextKeyTypeEnum, PolicyEvaluationDecisionType};
use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use tallyport_ledger::tenant::{Place, Tenant, TenantUser};

use super::policy::{EXTERNAL_ID, Reach, WritesTo};
use super::{KeyArn, RoleArn, Site, incomplete, named};
use crate::AwsError;

/// How long the tried session lasts, in seconds: the shortest that STS gives.
const LASTS: i32 = 900;
/// A key that nobody has, for trying.
const PROBE: &str = "tallyport-verify-isolation";

/// What was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// As whom: the role, or the user whose policy narrows it.
    pub who: String,
    /// What was tried.
    pub what: &'static str,
    /// On what.
    pub target: String,
    /// Whether it was to be refused.
    pub is_foreign: bool,
    /// What came of it.
    pub outcome: Outcome,
    /// What AWS said.
    pub detail: String,
}

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// AWS refused it.
    Refused,
    /// AWS let it through.
    WentThrough,
    /// AWS could not be asked.
    Unclear,
}

impl Attempt {
    /// Whether it came out as it has to: refused on what is others', let through on what is its own.
    #[must_use]
    pub fn is_as_it_should(&self) -> bool {
        match self.outcome {
            Outcome::Refused => self.is_foreign,
            Outcome::WentThrough => !self.is_foreign,
            Outcome::Unclear => false,
        }
    }
}

/// What is tried: a tenant's role and users against the places of others.
#[derive(Debug, Clone, Copy)]
pub struct Crossing<'a> {
    /// Who tries.
    pub tenant: &'a Tenant,
    /// Its role.
    pub role: &'a RoleArn,
    /// Its key.
    pub key: &'a KeyArn,
    /// Its users; those who have expired cannot even reach what is their own, and are left out by the caller.
    pub users: &'a [TenantUser],
    /// What is others', in the same region: another region answers that it is elsewhere, and not whether one may.
    pub others: &'a [Place],
}

/// Really tries to cross. First each reaches for its own, so that a refusal is known to mean something.
///
/// # Errors
/// The role cannot be assumed, or AWS cannot be reached.
pub async fn try_crossing(site: &Site, crossing: &Crossing<'_>) -> Result<Vec<Attempt>, AwsError> {
    let mut attempts = Vec::new();
    let mut found = Vec::new();
    for place in crossing.others {
        found.push((place, something_in(site, place).await));
    }
    let role_name = crossing.role.0.rsplit('/').next().unwrap_or_default();
    let mut sessions = vec![(format!("role {role_name}"), None)];
    let reach = Reach {
        region: site.region(),
        place: &crossing.tenant.place,
        key: crossing.key,
    };
    for user in crossing.users {
        let policy = reach.session_policy(user.role, user.ends_at(), WritesTo::Open)?;
        sessions.push((format!("user {}", user.name), Some(policy)));
    }
    for (who, policy) in sessions {
        let config = assumed(site, crossing.role, policy).await?;
        let tries = Tries {
            s3: Client::new(&config),
            who,
        };
        attempts.push(tries.list(&crossing.tenant.place, false).await);
        for (place, key) in &found {
            attempts.push(tries.list(place, true).await);
            attempts.push(tries.read(place, key.as_deref()).await);
            attempts.push(tries.write(place).await);
        }
        attempts.push(tries.list_buckets().await);
    }
    Ok(attempts)
}

/// A file of somebody else's, for trying to read it: of one that is not there, refusing says little.
async fn something_in(site: &Site, place: &Place) -> Option<String> {
    let listed = site
        .s3()
        .list_objects_v2()
        .bucket(place.bucket.as_str())
        .prefix(place.prefix.as_str())
        .max_keys(1)
        .send()
        .await;
    listed.ok()?.contents?.into_iter().next()?.key
}

/// The configuration of whoever is the role, narrowed by a policy.
async fn assumed(
    site: &Site,
    role: &RoleArn,
    policy: Option<String>,
) -> Result<SdkConfig, AwsError> {
    let answer = aws_sdk_sts::Client::new(site.config())
        .assume_role()
        .role_arn(&role.0)
        .role_session_name(EXTERNAL_ID)
        .external_id(EXTERNAL_ID)
        .duration_seconds(LASTS)
        .set_policy(policy)
        .send()
        .await
        .map_err(named("sts:AssumeRole", &role.0))?;
    let keys = answer
        .credentials
        .ok_or_else(incomplete("the credentials of a session"))?;
    let credentials = Credentials::new(
        keys.access_key_id,
        keys.secret_access_key,
        Some(keys.session_token),
        None,
        "tallyport-verify",
    );
    Ok(site
        .config()
        .to_builder()
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build())
}

struct Tries {
    s3: Client,
    who: String,
}

impl Tries {
    fn attempt<T, E: ProvideErrorMetadata>(
        &self,
        what: &'static str,
        target: String,
        is_foreign: bool,
        result: Result<T, SdkError<E>>,
    ) -> Attempt {
        let (outcome, detail) = match &result {
            Ok(_) => (Outcome::WentThrough, String::new()),
            Err(SdkError::ServiceError(error)) => {
                let code = error.err().code().unwrap_or("Forbidden").to_owned();
                let outcome = match code.as_str() {
                    "AccessDenied" | "Forbidden" | "AllAccessDisabled" => Outcome::Refused,
                    // It was looked whether the file is there, and that comes after being let in.
                    "NoSuchKey" | "PreconditionFailed" | "InvalidRange" => Outcome::WentThrough,
                    // Throttled, elsewhere, out of order: nothing is known.
                    _ => Outcome::Unclear,
                };
                (outcome, code)
            }
            Err(_) => (Outcome::Unclear, "AWS gave no answer".to_owned()),
        };
        Attempt {
            who: self.who.clone(),
            what,
            target,
            is_foreign,
            outcome,
            detail,
        }
    }

    async fn list(&self, place: &Place, is_foreign: bool) -> Attempt {
        let asked = self
            .s3
            .list_objects_v2()
            .bucket(place.bucket.as_str())
            .prefix(place.prefix.as_str())
            .max_keys(1);
        let what = if is_foreign {
            "list another tenant's files"
        } else {
            "list its own files"
        };
        self.attempt(what, place.to_string(), is_foreign, asked.send().await)
    }

    async fn read(&self, place: &Place, key: Option<&str>) -> Attempt {
        let key = key.map_or_else(|| place.key(PROBE), str::to_owned);
        let asked = self
            .s3
            .get_object()
            .bucket(place.bucket.as_str())
            .key(&key)
            .range("bytes=0-0");
        let target = format!("s3://{}/{key}", place.bucket);
        self.attempt(
            "read another tenant's file",
            target,
            true,
            asked.send().await,
        )
    }

    async fn write(&self, place: &Place) -> Attempt {
        let key = place.key(PROBE);
        let asked = self
            .s3
            .put_object()
            .bucket(place.bucket.as_str())
            .key(&key)
            // No object has this entity tag, so that what is let in changes nothing.
            .if_match("\"00000000000000000000000000000000\"");
        let target = format!("s3://{}/{key}", place.bucket);
        self.attempt(
            "write a file of another tenant",
            target,
            true,
            asked.send().await,
        )
    }

    async fn list_buckets(&self) -> Attempt {
        let asked = self.s3.list_buckets().max_buckets(1);
        self.attempt(
            "list the account's buckets",
            "all buckets".to_owned(),
            true,
            asked.send().await,
        )
    }
}

/// What IAM's simulator says of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulated {
    /// The permission.
    pub action: String,
    /// On what.
    pub resource: String,
    /// Whether it would be allowed.
    pub is_allowed: bool,
    /// Whether it is to be.
    pub is_wanted: bool,
}

/// Asks IAM's simulator what the role may do to its own files and to those of others: without a session, and
/// of deleting too, which is not tried.
///
/// # Errors
/// [`AwsError::Denied`] where the account does not let us simulate.
pub async fn simulate(site: &Site, crossing: &Crossing<'_>) -> Result<Vec<Simulated>, AwsError> {
    const ACTIONS: &[&str] = &["s3:GetObject", "s3:PutObject", "s3:DeleteObject"];
    let resource = |place: &Place| format!("arn:aws:s3:::{}/{}probe", place.bucket, place.prefix);
    let own = resource(&crossing.tenant.place);
    let mut resources = vec![own.clone()];
    resources.extend(crossing.others.iter().map(resource));
    let over_tls = ContextEntry::builder()
        .context_key_name("aws:SecureTransport")
        .context_key_values("true")
        .context_key_type(ContextKeyTypeEnum::Boolean)
        .build();
    let role = &crossing.role.0;
    let answer = site
        .iam()
        .simulate_principal_policy()
        .policy_source_arn(role)
        .set_action_names(Some(
            ACTIONS.iter().map(|&action| action.to_owned()).collect(),
        ))
        .set_resource_arns(Some(resources))
        .context_entries(over_tls)
        .send()
        .await
        .map_err(named("iam:SimulatePrincipalPolicy", role))?;
    let results = answer.evaluation_results.unwrap_or_default();
    Ok(results
        .into_iter()
        .map(|result| {
            let resource = result.eval_resource_name.unwrap_or_default();
            Simulated {
                action: result.eval_action_name,
                is_allowed: result.eval_decision == PolicyEvaluationDecisionType::Allowed,
                is_wanted: resource == own,
                resource,
            }
        })
        .collect())
}
