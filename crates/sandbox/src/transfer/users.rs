//! Users and their keys.

use serde_json::{Value, json};

use super::record::{KeyRecord, Mapping, UserRecord};
use super::{Desk, checks, exists, invalid, most, needed, unknown};
use crate::company::Seed;
use crate::refusal::{Refusal, page, tags};

/// A user has at most so many keys, a server at most so many users.
const MOST_KEYS: usize = 50;
const MOST_USERS: usize = 10_000;

impl Desk<'_> {
    pub(super) fn create_user(&self, ask: &Value) -> Result<Value, Refusal> {
        let (id, name) = (needed(ask, "ServerId")?, needed(ask, "UserName")?);
        checks::user_name(name)?;
        let mut user = UserRecord {
            role: checks::role(needed(ask, "Role")?)?,
            home_directory: None,
            home_type: "PATH".to_owned(),
            mappings: vec![],
            policy: None,
            keys: vec![],
            keys_made: 0,
            tags: tags(&ask["Tags"], "Key", "Value"),
        };
        apply(&mut user, ask)?;
        if let Some(body) = ask["SshPublicKeyBody"]
            .as_str()
            .filter(|body| !body.is_empty())
        {
            self.add_key(&mut user, id, name, body)?;
        }
        self.change(id, |server| {
            if server.users.contains_key(name) {
                return Err(exists("User", name, "User already exists".to_owned()));
            }
            if server.users.len() >= MOST_USERS {
                return Err(Refusal::new(
                    "ServiceQuotaExceededException",
                    "The user limit for this server has been reached.",
                ));
            }
            server.users.insert(name.to_owned(), user);
            Ok(json!({ "ServerId": id, "UserName": name }))
        })
    }

    pub(super) fn describe_user(&self, ask: &Value) -> Result<Value, Refusal> {
        let server = self.server(ask)?;
        let name = needed(ask, "UserName")?;
        let user = server
            .users
            .get(name)
            .ok_or_else(|| unknown("User", name))?;
        Ok(json!({ "ServerId": server.id, "User": user.described(&server, name) }))
    }

    pub(super) fn list_users(&self, ask: &Value) -> Result<Value, Refusal> {
        let server = self.server(ask)?;
        let all: Vec<_> = server.users.iter().collect();
        let (shown, next) = page(
            all,
            |(name, _)| (*name).clone(),
            ask["NextToken"].as_str(),
            most(ask),
        );
        let shown: Vec<Value> = shown
            .iter()
            .map(|(name, user)| user.listed(&server, name))
            .collect();
        Ok(json!({ "ServerId": server.id, "Users": shown, "NextToken": next }))
    }

    pub(super) fn update_user(&self, ask: &Value) -> Result<Value, Refusal> {
        let (id, name) = (needed(ask, "ServerId")?, needed(ask, "UserName")?);
        self.change_user(id, name, |user| {
            if let Some(role) = ask["Role"].as_str() {
                user.role = checks::role(role)?;
            }
            apply(user, ask)
        })?;
        Ok(json!({ "ServerId": id, "UserName": name }))
    }

    pub(super) fn delete_user(&self, ask: &Value) -> Result<Value, Refusal> {
        let name = needed(ask, "UserName")?;
        self.change(needed(ask, "ServerId")?, |server| {
            server
                .users
                .remove(name)
                .ok_or_else(|| unknown("User", name))?;
            Ok(json!({}))
        })
    }

    pub(super) fn import_key(&self, ask: &Value) -> Result<Value, Refusal> {
        let (id, name) = (needed(ask, "ServerId")?, needed(ask, "UserName")?);
        let body = needed(ask, "SshPublicKeyBody")?;
        let key = self.change_user(id, name, |user| self.add_key(user, id, name, body))?;
        Ok(json!({ "ServerId": id, "UserName": name, "SshPublicKeyId": key }))
    }

    pub(super) fn delete_key(&self, ask: &Value) -> Result<Value, Refusal> {
        let key = needed(ask, "SshPublicKeyId")?;
        let (id, name) = (needed(ask, "ServerId")?, needed(ask, "UserName")?);
        self.change_user(id, name, |user| {
            let before = user.keys.len();
            user.keys.retain(|one| one.id != key);
            if user.keys.len() == before {
                return Err(unknown("SshPublicKey", key));
            }
            Ok(json!({}))
        })
    }

    fn change_user<R>(
        &self,
        id: &str,
        name: &str,
        change: impl FnOnce(&mut UserRecord) -> Result<R, Refusal>,
    ) -> Result<R, Refusal> {
        self.change(id, |server| {
            change(
                server
                    .users
                    .get_mut(name)
                    .ok_or_else(|| unknown("User", name))?,
            )
        })
    }

    fn add_key(
        &self,
        user: &mut UserRecord,
        server: &str,
        name: &str,
        body: &str,
    ) -> Result<String, Refusal> {
        let body = checks::public_key(body)?;
        if user
            .keys
            .iter()
            .any(|key| checks::same_key(&key.body, &body))
        {
            return Err(exists(
                "SshPublicKey",
                name,
                "Duplicate SSH public key".to_owned(),
            ));
        }
        if user.keys.len() >= MOST_KEYS {
            return Err(invalid("A user has at most 50 SSH public keys."));
        }
        user.keys_made += 1;
        let unique = format!("{server}/{name}/{}", user.keys_made);
        let id = format!("key-{}", Seed(0).hex(&unique, 17));
        user.keys.push(KeyRecord {
            id: id.clone(),
            body,
            imported: self.now,
        });
        Ok(id)
    }
}

/// What CreateUser and UpdateUser both may set.
fn apply(user: &mut UserRecord, ask: &Value) -> Result<(), Refusal> {
    if let Some(kind) = ask["HomeDirectoryType"].as_str() {
        kind.clone_into(&mut user.home_type);
    }
    if let Some(home) = ask["HomeDirectory"].as_str() {
        if !home.is_empty() && !home.starts_with('/') {
            return Err(invalid("HomeDirectory must be an absolute path"));
        }
        user.home_directory = (!home.is_empty()).then(|| home.to_owned());
    }
    if let Some(mappings) = ask["HomeDirectoryMappings"].as_array() {
        user.mappings = mappings
            .iter()
            .map(|mapping| {
                Ok(Mapping {
                    entry: needed(mapping, "Entry")?.to_owned(),
                    target: needed(mapping, "Target")?.to_owned(),
                    kind: mapping["Type"].as_str().map(str::to_owned),
                })
            })
            .collect::<Result<_, Refusal>>()?;
    }
    checks::home(user)?;
    if let Some(policy) = ask["Policy"].as_str() {
        user.policy = (!policy.is_empty())
            .then(|| checks::session_policy(policy))
            .transpose()?;
    }
    Ok(())
}
