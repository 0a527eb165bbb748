//! Roles: what Transfer Family becomes when a tenant's user signs in.

use std::time::Duration;

use aws_sdk_iam::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_iam::types::Tag;
use tallyport_ledger::tenant::Tenant;

use super::policy::{self, Reach};
use super::{KeyArn, Server, Site, TAG, incomplete, named, says, stem, unbuildable};
use crate::AwsError;

/// The full name of a role.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RoleArn(pub String);

/// What the one policy of a role is called.
pub(super) const POLICY: &str = "tallyport";

/// Waits for a role to be known everywhere: the first, and the longest; each is twice the one before.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(16);

/// The answer to a request that names a role. IAM makes a role known within seconds, not at once: that one
/// cannot be assumed is believed when it is still said after half a minute.
pub(super) async fn once_known<T, E, F>(ask: impl Fn() -> F) -> Result<T, SdkError<E>>
where
    E: ProvideErrorMetadata,
    F: Future<Output = Result<T, SdkError<E>>>,
{
    let mut wait = FIRST_WAIT;
    loop {
        match ask().await {
            Err(error) if wait <= LONGEST_WAIT && is_unknown(&error) => {
                tokio::time::sleep(wait).await;
                wait *= 2;
            }
            answer => return answer,
        }
    }
}

fn is_unknown<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    let said = error
        .as_service_error()
        .and_then(ProvideErrorMetadata::message);
    says(error, "InvalidRequestException")
        && said.is_some_and(|said| said.to_lowercase().contains("assume"))
}

/// The tenant's role: may be assumed for users of `server` only, and reaches the tenant's place and key and
/// nothing else.
///
/// # Errors
/// [`AwsError`].
pub async fn ensure_role(
    site: &Site,
    tenant: &Tenant,
    key: &KeyArn,
    server: &Server,
) -> Result<RoleArn, AwsError> {
    let reach = Reach {
        region: &site.region,
        place: &tenant.place,
        key,
    };
    let trust = policy::trust_policy(&site.account, &site.region, &server.id);
    ensure(site, &stem(tenant), &trust, &reach.role_policy()).await
}

/// What the tenant's role is called in full, whether it is there or not.
pub(super) fn arn(site: &Site, tenant: &Tenant) -> RoleArn {
    RoleArn(format!(
        "arn:aws:iam::{}:role/{}",
        site.account(),
        stem(tenant)
    ))
}

/// A role of that name with that trust and that one policy.
pub(super) async fn ensure(
    site: &Site,
    name: &str,
    trust: &str,
    may: &str,
) -> Result<RoleArn, AwsError> {
    let iam = site.iam();
    let tag = Tag::builder()
        .key(TAG)
        .value("role")
        .build()
        .map_err(unbuildable)?;
    let created = iam
        .create_role()
        .role_name(name)
        .assume_role_policy_document(trust)
        .description("Made and kept by Tallyport")
        .tags(tag)
        .send()
        .await;
    let arn = match created {
        Ok(answer) => answer.role.ok_or_else(incomplete("the role"))?.arn,
        Err(error) if says(&error, "EntityAlreadyExists") => {
            iam.update_assume_role_policy()
                .role_name(name)
                .policy_document(trust)
                .send()
                .await
                .map_err(named("iam:UpdateAssumeRolePolicy", name))?;
            let answer = iam
                .get_role()
                .role_name(name)
                .send()
                .await
                .map_err(named("iam:GetRole", name))?;
            answer.role.ok_or_else(incomplete("the role"))?.arn
        }
        Err(error) => return Err(named("iam:CreateRole", name)(error)),
    };
    iam.put_role_policy()
        .role_name(name)
        .policy_name(POLICY)
        .policy_document(may)
        .send()
        .await
        .map_err(named("iam:PutRolePolicy", name))?;
    Ok(RoleArn(arn))
}

/// Removes the tenant's role. Whoever is signed in loses what they have within the hour that a session lasts.
///
/// # Errors
/// [`AwsError`].
pub async fn remove_role(site: &Site, tenant: &Tenant) -> Result<(), AwsError> {
    remove(site, &stem(tenant)).await
}

pub(super) async fn remove(site: &Site, name: &str) -> Result<(), AwsError> {
    let iam = site.iam();
    // A role is removed when it has no policy left, whoever wrote them.
    let policies = match iam.list_role_policies().role_name(name).send().await {
        Ok(answer) => answer.policy_names,
        Err(error) if says(&error, "NoSuchEntity") => return Ok(()),
        Err(error) => return Err(named("iam:ListRolePolicies", name)(error)),
    };
    for policy in policies {
        match iam
            .delete_role_policy()
            .role_name(name)
            .policy_name(policy)
            .send()
            .await
        {
            Ok(_) => {}
            Err(error) if says(&error, "NoSuchEntity") => {}
            Err(error) => return Err(named("iam:DeleteRolePolicy", name)(error)),
        }
    }
    match iam.delete_role().role_name(name).send().await {
        Ok(_) => Ok(()),
        Err(error) if says(&error, "NoSuchEntity") => Ok(()),
        Err(error) => Err(named("iam:DeleteRole", name)(error)),
    }
}
