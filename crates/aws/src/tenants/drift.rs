//! What is found at AWS, and how it differs from what the ledger says.

use std::collections::BTreeMap;

use aws_sdk_kms::types::KeyState;
use aws_sdk_s3::types::{BucketVersioningStatus, ExpirationStatus, ObjectOwnership};
use aws_sdk_transfer::types::DescribedUser;
use serde_json::{Value, json};
use tallyport_ledger::tenant::{Tenant, TenantUser, TenantUserName};

use super::policy::{self, Reach, WritesTo};
use super::{KeyArn, RoleArn, Server, Site, bucket, key, named, role, says, server, stem, user};
use crate::AwsError;

/// What the ledger says of a tenant.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The tenant.
    pub tenant: &'a Tenant,
    /// The id of the server that its users are on.
    pub server: &'a str,
    /// Its users, and whether each may sign in.
    pub users: &'a [(TenantUser, bool)],
    /// Whether files may be written.
    pub writes: WritesTo,
}

/// A part of a tenant that can be mended by setting it again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The server.
    Server,
    /// The key.
    Key,
    /// The bucket.
    Bucket,
    /// The role.
    Role,
    /// The user of that name.
    User(String),
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// Of what.
    pub part: Part,
    /// In what.
    pub what: &'static str,
    /// What the ledger says.
    pub wanted: String,
    /// What was found.
    pub found: String,
}

/// What was found of a tenant. What is not there is nothing.
#[derive(Debug, Clone)]
pub struct Observed {
    server: Option<Server>,
    key: Option<KeySeen>,
    bucket: Option<BucketSeen>,
    role: Option<RoleSeen>,
    users: BTreeMap<String, UserSeen>,
}

#[derive(Debug, Clone)]
struct KeySeen {
    arn: KeyArn,
    is_enabled: bool,
    rotates: bool,
    policy: String,
}

#[derive(Debug, Clone, Default)]
struct BucketSeen {
    is_closed: bool,
    is_owned: bool,
    key: Option<String>,
    has_bucket_key: bool,
    keeps_versions: bool,
    sweeps: bool,
    policy: Option<String>,
}

#[derive(Debug, Clone)]
struct RoleSeen {
    trust: String,
    policies: BTreeMap<String, String>,
    attached: Vec<String>,
}

#[derive(Debug, Clone, Default)]
struct UserSeen {
    role: String,
    policy: String,
    home: String,
    keys: Vec<String>,
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
    for name in user::with_role(site, server_id, &role_arn(site, tenant)).await? {
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

pub(super) fn role_arn(site: &Site, tenant: &Tenant) -> RoleArn {
    RoleArn(format!(
        "arn:aws:iam::{}:role/{}",
        site.account(),
        stem(tenant)
    ))
}

/// How what was found differs from what is wanted. Asks nobody.
///
/// # Errors
/// A user's policy that would be too long.
pub fn drift(site: &Site, wanted: &Wanted<'_>, found: &Observed) -> Result<Vec<Drift>, AwsError> {
    let mut differences = Differences(Vec::new());
    differences.server(wanted, found.server.as_ref());
    differences.key(site, found.key.as_ref());
    differences.bucket(site, wanted, found);
    differences.role(site, wanted, found);
    differences.users(site, wanted, found)?;
    Ok(differences.0)
}

struct Differences(Vec<Drift>);

const MISSING: &str = "nothing of that name";

impl Differences {
    fn add(
        &mut self,
        part: Part,
        what: &'static str,
        wanted: impl Into<String>,
        found: impl Into<String>,
    ) {
        self.0.push(Drift {
            part,
            what,
            wanted: wanted.into(),
            found: found.into(),
        });
    }

    fn unless(&mut self, holds: bool, part: Part, what: &'static str, wanted: &str, found: &str) {
        if !holds {
            self.add(part, what, wanted, found);
        }
    }

    fn server(&mut self, wanted: &Wanted<'_>, found: Option<&Server>) {
        match found {
            None => self.add(Part::Server, "the server", wanted.server, MISSING),
            Some(server) => {
                let is_online = server.state == server::ServerState::Online;
                self.unless(is_online, Part::Server, "state", "online", "not online");
                let is_logged = server.log_group.is_some();
                self.unless(
                    is_logged,
                    Part::Server,
                    "log",
                    "written as JSON",
                    "not written",
                );
            }
        }
    }

    fn key(&mut self, site: &Site, found: Option<&KeySeen>) {
        let Some(key) = found else {
            return self.add(Part::Key, "the key", "a key", MISSING);
        };
        self.unless(key.is_enabled, Part::Key, "state", "enabled", "not enabled");
        self.unless(key.rotates, Part::Key, "rotation", "every year", "never");
        let policy = policy::key_policy(site.account(), site.region());
        let is_ours = policy::same(&policy, &key.policy);
        self.unless(is_ours, Part::Key, "policy", &policy, &key.policy);
    }

    fn bucket(&mut self, site: &Site, wanted: &Wanted<'_>, found: &Observed) {
        let Some(bucket) = &found.bucket else {
            let name = wanted.tenant.place.bucket.as_str();
            return self.add(Part::Bucket, "the bucket", name, MISSING);
        };
        let part = || Part::Bucket;
        self.unless(
            bucket.is_closed,
            part(),
            "public access",
            "blocked",
            "not all of it blocked",
        );
        self.unless(
            bucket.is_owned,
            part(),
            "ownership",
            "the bucket owner's",
            "by access lists",
        );
        let key = found.key().map_or("", |key| &key.0);
        let encrypted_with = bucket.key.as_deref().unwrap_or_default();
        self.unless(
            encrypted_with == key,
            part(),
            "encryption",
            key,
            encrypted_with,
        );
        self.unless(
            bucket.has_bucket_key,
            part(),
            "bucket key",
            "used",
            "not used",
        );
        self.unless(
            bucket.keeps_versions,
            part(),
            "versions",
            "kept",
            "not kept",
        );
        self.unless(
            bucket.sweeps,
            part(),
            "lifecycle",
            "swept by the rule tallyport",
            "not swept",
        );
        let there = bucket.policy.as_deref();
        let statements = bucket::statements(site, wanted.tenant, there, Some(wanted.writes));
        let policy = policy::document(json!(statements));
        let is_ours = there.is_some_and(|there| same_statements(&policy, there));
        self.unless(
            is_ours,
            part(),
            "policy",
            &policy,
            there.unwrap_or_default(),
        );
    }

    fn role(&mut self, site: &Site, wanted: &Wanted<'_>, found: &Observed) {
        let Some(role) = &found.role else {
            return self.add(Part::Role, "the role", stem(wanted.tenant), MISSING);
        };
        let trust = policy::trust_policy(site.account(), site.region(), wanted.server);
        let is_trusted = policy::same(&trust, &role.trust);
        self.unless(is_trusted, Part::Role, "trust", &trust, &role.trust);
        if let Some(key) = found.key() {
            let policy = reach(site, wanted.tenant, key).role_policy();
            let there = role.policies.get(role::POLICY).cloned().unwrap_or_default();
            self.unless(
                policy::same(&policy, &there),
                Part::Role,
                "policy",
                &policy,
                &there,
            );
        }
        let others = role.policies.keys().filter(|name| *name != role::POLICY);
        for other in others.chain(&role.attached) {
            self.add(Part::Role, "another policy", "none", other);
        }
    }

    fn users(
        &mut self,
        site: &Site,
        wanted: &Wanted<'_>,
        found: &Observed,
    ) -> Result<(), AwsError> {
        let role = role_arn(site, wanted.tenant);
        for (user, signs_in) in wanted.users {
            let name = user.name.as_str();
            let part = || Part::User(name.to_owned());
            let Some(there) = found.users.get(name) else {
                self.add(part(), "the user", name, MISSING);
                continue;
            };
            self.unless(there.role == role.0, part(), "role", &role.0, &there.role);
            let home = format!("/ → {}", wanted.tenant.place.home_target());
            self.unless(
                there.home == home,
                part(),
                "home directory",
                &home,
                &there.home,
            );
            if let Some(key) = found.key() {
                let reach = reach(site, wanted.tenant, key);
                let policy = reach.session_policy(user.role, user.ends_at(), wanted.writes)?;
                let is_ours = policy::same(&policy, &there.policy);
                self.unless(is_ours, part(), "policy", &policy, &there.policy);
            }
            let keys = user::keys_at_aws(user, *signs_in);
            let is_there = |key: &str| there.keys.iter().any(|one| user::is_same(one, key));
            let missing = keys.iter().filter(|key| !is_there(key.text()));
            for key in missing {
                self.add(part(), "key", key.fingerprint(), "not there");
            }
            let is_ours = |key: &String| keys.iter().any(|one| user::is_same(one.text(), key));
            for key in there.keys.iter().filter(|key| !is_ours(key)) {
                self.add(part(), "key", "no other", key);
            }
        }
        let is_known = |name: &&String| {
            wanted
                .users
                .iter()
                .any(|(user, _)| user.name.as_str() == name.as_str())
        };
        for name in found.users.keys().filter(|name| !is_known(name)) {
            self.add(
                Part::User(name.clone()),
                "the user",
                "nobody of that name",
                name,
            );
        }
        Ok(())
    }
}

fn reach<'a>(site: &'a Site, tenant: &'a Tenant, key: &'a KeyArn) -> Reach<'a> {
    Reach {
        region: site.region(),
        place: &tenant.place,
        key,
    }
}

/// Whether two policies have the same statements, in whatever order.
fn same_statements(one: &str, other: &str) -> bool {
    let read = |text: &str| {
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        let mut statements: Vec<String> = match &value["Statement"] {
            Value::Array(statements) => statements.iter().map(Value::to_string).collect(),
            one => vec![one.to_string()],
        };
        statements.sort();
        statements
    };
    read(one) == read(other)
}
