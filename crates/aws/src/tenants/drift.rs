//! How what is found at AWS differs from what the ledger says.

use serde_json::{Value, json};
use tallyport_ledger::tenant::{Tenant, TenantUser};

use super::observed::{KeySeen, Observed};
use super::policy::{self, Reach, WritesTo};
use super::{KeyArn, Server, ServerState, Site, bucket, role, stem, user};
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
                let is_online = server.state == ServerState::Online;
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
        let role = role::arn(site, wanted.tenant);
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
