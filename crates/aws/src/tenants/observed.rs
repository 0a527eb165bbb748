//! What is found at AWS of a tenant.

use std::collections::BTreeMap;

use aws_sdk_kms::types::KeyState;
use aws_sdk_s3::types::{BucketVersioningStatus, ExpirationStatus, ObjectOwnership};
use aws_sdk_transfer::types::DescribedUser;
use tallyport_ledger::tenant::{Tenant, TenantUserName};

use super::{KeyArn, Server, Site, bucket, key, named, role, says, server, stem, user};
use crate::AwsError;

/// What was found of a tenant. What is not there is nothing.
#[derive(Debug, Clone)]
pub struct Observed {
    pub(super) server: Option<Server>,
    pub(super) key: Option<KeySeen>,
    pub(super) bucket: Option<BucketSeen>,
    pub(super) role: Option<RoleSeen>,
    pub(super) users: BTreeMap<String, UserSeen>,
}

#[derive(Debug, Clone)]
pub(super) struct KeySeen {
    pub(super) arn: KeyArn,
    pub(super) is_enabled: bool,
    pub(super) rotates: bool,
    pub(super) policy: String,
}

#[derive(Debug, Clone, Default)]
pub(super) struct BucketSeen {
    pub(super) is_closed: bool,
    pub(super) is_owned: bool,
    pub(super) key: Option<String>,
    pub(super) has_bucket_key: bool,
    pub(super) keeps_versions: bool,
    pub(super) sweeps: bool,
    pub(super) policy: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct RoleSeen {
    pub(super) trust: String,
    pub(super) policies: BTreeMap<String, String>,
    pub(super) attached: Vec<String>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct UserSeen {
    pub(super) role: String,
    pub(super) policy: String,
    pub(super) home: String,
    pub(super) keys: Vec<String>,
}

impl Observed {
    /// The key of the tenant's files, if there is one.
    #[must_use]
    pub fn key(&self) -> Option<&KeyArn> {
        self.key.as_ref().map(|key| &key.arn)
    }

    /// The server, if it is there.
    #[must_use]
    pub fn server(&self) -> Option<&Server> {
        self.server.as_ref()
    }
}

/// Reads all that was set up for a tenant. Users are those who have the tenant's role, whoever made them.
///
/// # Errors
/// [`AwsError`].
pub async fn observe(site: &Site, tenant: &Tenant, server_id: &str) -> Result<Observed, AwsError> {
    Ok(Observed {
        server: server(site, server_id).await?,
        key: key_seen(site, tenant).await?,
        bucket: bucket_seen(site, tenant).await?,
        role: role_seen(site, &stem(tenant)).await?,
        users: users_seen(site, tenant, server_id).await?,
    })
}

async fn key_seen(site: &Site, tenant: &Tenant) -> Result<Option<KeySeen>, AwsError> {
    let alias = key::alias(tenant);
    let Some((arn, state)) = key::find(site, &alias).await? else {
        return Ok(None);
    };
    let kms = site.kms();
    let rotation = kms.get_key_rotation_status().key_id(&arn.0).send().await;
    let rotation = rotation.map_err(named("kms:GetKeyRotationStatus", &alias))?;
    let policy = kms.get_key_policy().key_id(&arn.0).send().await;
    let policy = policy.map_err(named("kms:GetKeyPolicy", &alias))?;
    Ok(Some(KeySeen {
        arn,
        is_enabled: state == Some(KeyState::Enabled),
        rotates: rotation.key_rotation_enabled,
        policy: policy.policy.unwrap_or_default(),
    }))
}

async fn bucket_seen(site: &Site, tenant: &Tenant) -> Result<Option<BucketSeen>, AwsError> {
    let name = tenant.place.bucket.as_str();
    let s3 = site.s3();
    match s3.head_bucket().bucket(name).send().await {
        Ok(_) => {}
        Err(error) if says(&error, "NotFound") => return Ok(None),
        Err(error) => return Err(named("s3:ListBucket", name)(error)),
    }
    let mut seen = BucketSeen::default();
    match s3.get_public_access_block().bucket(name).send().await {
        Ok(answer) => {
            let block = answer.public_access_block_configuration;
            seen.is_closed = block.is_some_and(|block| {
                [
                    block.block_public_acls,
                    block.ignore_public_acls,
                    block.block_public_policy,
                    block.restrict_public_buckets,
                ]
                .iter()
                .all(|closed| *closed == Some(true))
            });
        }
        Err(error) if says(&error, "NoSuchPublicAccessBlockConfiguration") => {}
        Err(error) => return Err(named("s3:GetBucketPublicAccessBlock", name)(error)),
    }
    match s3.get_bucket_ownership_controls().bucket(name).send().await {
        Ok(answer) => {
            seen.is_owned = answer.ownership_controls.is_some_and(|controls| {
                let mut rules = controls.rules.iter();
                rules.any(|rule| rule.object_ownership == ObjectOwnership::BucketOwnerEnforced)
            });
        }
        Err(error) if says(&error, "OwnershipControlsNotFoundError") => {}
        Err(error) => return Err(named("s3:GetBucketOwnershipControls", name)(error)),
    }
    match s3.get_bucket_encryption().bucket(name).send().await {
        Ok(answer) => {
            let configuration = answer.server_side_encryption_configuration;
            let rules = configuration.map(|one| one.rules).unwrap_or_default();
            if let Some(rule) = rules.into_iter().next() {
                seen.has_bucket_key = rule.bucket_key_enabled == Some(true);
                let by_default = rule.apply_server_side_encryption_by_default;
                seen.key = by_default.and_then(|by_default| by_default.kms_master_key_id);
            }
        }
        Err(error) if says(&error, "ServerSideEncryptionConfigurationNotFoundError") => {}
        Err(error) => return Err(named("s3:GetEncryptionConfiguration", name)(error)),
    }
    let versioning = s3.get_bucket_versioning().bucket(name).send().await;
    let versioning = versioning.map_err(named("s3:GetBucketVersioning", name))?;
    seen.keeps_versions = versioning.status == Some(BucketVersioningStatus::Enabled);
    let rules = bucket::rules(site, name).await?;
    seen.sweeps = rules.iter().any(|rule| {
        let aborts = rule.abort_incomplete_multipart_upload.as_ref();
        let expires = rule.noncurrent_version_expiration.as_ref();
        rule.id.as_deref() == Some(bucket::RULE)
            && rule.status == ExpirationStatus::Enabled
            && aborts.and_then(|one| one.days_after_initiation) == Some(bucket::PARTS_DAYS)
            && expires.and_then(|one| one.noncurrent_days) == Some(bucket::VERSIONS_DAYS)
    });
    seen.policy = bucket::policy(site, name).await?;
    Ok(Some(seen))
}

async fn role_seen(site: &Site, name: &str) -> Result<Option<RoleSeen>, AwsError> {
    let iam = site.iam();
    let found = match iam.get_role().role_name(name).send().await {
        Ok(answer) => answer.role,
        Err(error) if says(&error, "NoSuchEntity") => None,
        Err(error) => return Err(named("iam:GetRole", name)(error)),
    };
    let Some(found) = found else {
        return Ok(None);
    };
    let listed = iam.list_role_policies().role_name(name).send().await;
    let listed = listed.map_err(named("iam:ListRolePolicies", name))?;
    let mut policies = BTreeMap::new();
    for policy in listed.policy_names {
        let answer = iam
            .get_role_policy()
            .role_name(name)
            .policy_name(&policy)
            .send()
            .await;
        let answer = answer.map_err(named("iam:GetRolePolicy", name))?;
        policies.insert(policy, decoded(&answer.policy_document));
    }
    let attached = iam
        .list_attached_role_policies()
        .role_name(name)
        .send()
        .await;
    let attached = attached.map_err(named("iam:ListAttachedRolePolicies", name))?;
    let attached = attached.attached_policies.unwrap_or_default();
    Ok(Some(RoleSeen {
        trust: decoded(
            found
                .assume_role_policy_document
                .as_deref()
                .unwrap_or_default(),
        ),
        policies,
        attached: attached
            .into_iter()
            .filter_map(|one| one.policy_arn)
            .collect(),
    }))
}

/// IAM gives documents out percent-encoded.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        let digits = rest
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        match digits.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = rest.get(2..).unwrap_or_default();
            }
            _ => bytes.push(first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn users_seen(
    site: &Site,
    tenant: &Tenant,
    server_id: &str,
) -> Result<BTreeMap<String, UserSeen>, AwsError> {
    let mut seen = BTreeMap::new();
    for name in user::with_role(site, server_id, &role::arn(site, tenant)).await? {
        let Ok(parsed) = TenantUserName::parse(&name) else {
            continue;
        };
        if let Some(described) = user::find(site, server_id, &parsed).await? {
            seen.insert(name, user_seen(&described));
        }
    }
    Ok(seen)
}

fn user_seen(described: &DescribedUser) -> UserSeen {
    let homes = user::homes(described).into_iter();
    let home: Vec<String> = homes
        .map(|(entry, target)| format!("{entry} → {target}"))
        .collect();
    let keys = described.ssh_public_keys().iter();
    UserSeen {
        role: described.role.clone().unwrap_or_default(),
        policy: described.policy.clone().unwrap_or_default(),
        home: home.join(", "),
        keys: keys.map(|key| key.ssh_public_key_body.clone()).collect(),
    }
}
