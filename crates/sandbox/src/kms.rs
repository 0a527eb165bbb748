//! KMS: keys, their aliases, policies and ends. Nothing is really encrypted; who may use a key is
//! really decided.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::call::{Call, Reply};
use crate::clock::seconds;
use crate::company::Seed;
use crate::dispatch::missing;
use crate::error::SandboxError;
use crate::iam::checked;
use crate::policy::Document;
use crate::refusal::{Refusal, answered, asked, page, required, tags};
use crate::sandbox::State;
use crate::shelf::Shelf;

/// The keys of all accounts and regions. Clones are one.
#[derive(Debug, Clone)]
pub(crate) struct Kms(Shelf<Keys>);

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Keys {
    pub keys: Vec<KeyRecord>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeyRecord {
    pub account: String,
    pub region: String,
    pub id: String,
    pub description: String,
    pub created: i64,
    pub policy: String,
    pub rotates: bool,
    pub state: KeyState,
    /// When it is deleted, in seconds, if that is planned.
    pub deleted_at: Option<i64>,
    pub aliases: Vec<String>,
    pub tags: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum KeyState {
    Enabled,
    Disabled,
    PendingDeletion,
}

impl KeyRecord {
    pub fn arn(&self) -> String {
        format!(
            "arn:aws:kms:{}:{}:key/{}",
            self.region, self.account, self.id
        )
    }

    pub fn document(&self) -> Option<Document> {
        Document::parse(&self.policy).ok()
    }
}

impl Kms {
    pub fn open(folder: &Path) -> Result<Self, SandboxError> {
        Shelf::open(folder.join("keys.json"), Keys::default).map(Self)
    }

    /// The key of that ARN.
    pub fn key(&self, arn: &str) -> Option<KeyRecord> {
        self.0
            .read()
            .keys
            .iter()
            .find(|key| key.arn() == arn)
            .cloned()
    }
}

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    let work = |ask: Value| {
        let desk = Desk {
            keys: &state.permission.kms.0,
            account: call.identity.account,
            region: &call.region,
            now: seconds(call.now),
        };
        Ok(Some(match call.operation.as_str() {
            "CreateKey" => desk.create(&ask)?,
            "DescribeKey" => desk.describe(&ask)?,
            "ListKeys" => desk.list(&ask),
            "CreateAlias" => desk.create_alias(&ask)?,
            "DeleteAlias" => desk.delete_alias(&ask)?,
            "ListAliases" => desk.list_aliases(&ask)?,
            "PutKeyPolicy" => desk.put_policy(&ask)?,
            "GetKeyPolicy" => desk.get_policy(&ask)?,
            "EnableKeyRotation" => desk.rotate(&ask)?,
            "GetKeyRotationStatus" => desk.rotation(&ask)?,
            "EnableKey" => desk.turn(&ask, KeyState::Enabled)?,
            "DisableKey" => desk.turn(&ask, KeyState::Disabled)?,
            "ScheduleKeyDeletion" => desk.schedule_deletion(&ask)?,
            "CancelKeyDeletion" => desk.cancel_deletion(&ask)?,
            "ListResourceTags" => desk.list_tags(&ask)?,
            _ => return Ok(None),
        }))
    };
    match asked(call).and_then(work) {
        Ok(None) => missing("kms", call),
        Ok(Some(value)) => answered(call, Ok(value)),
        Err(refusal) => answered(call, Err(refusal)),
    }
}

/// The keys as one account sees them in one region.
struct Desk<'a> {
    keys: &'a Shelf<Keys>,
    account: &'a str,
    region: &'a str,
    now: i64,
}

impl Desk<'_> {
    fn is_ours(&self, key: &KeyRecord) -> bool {
        key.account == self.account && key.region == self.region
    }

    fn position(&self, keys: &Keys, ask: &Value, name: &str) -> Result<usize, Refusal> {
        let wanted = required(ask, name, "ValidationException")?;
        let is_it = |key: &KeyRecord| {
            let by_alias = || {
                let short = wanted
                    .rsplit_once(":alias/")
                    .map(|(_, alias)| format!("alias/{alias}"));
                let alias = short.as_deref().unwrap_or(wanted);
                key.aliases.iter().any(|one| one == alias)
            };
            self.is_ours(key) && (key.id == wanted || key.arn() == wanted || by_alias())
        };
        keys.keys.iter().position(is_it).ok_or_else(|| {
            Refusal::new(
                "NotFoundException",
                format!("Key '{wanted}' does not exist"),
            )
        })
    }

    fn found(&self, ask: &Value) -> Result<KeyRecord, Refusal> {
        let keys = self.keys.read();
        let at = self.position(&keys, ask, "KeyId")?;
        Ok(keys.keys[at].clone())
    }

    fn change<R>(
        &self,
        ask: &Value,
        name: &str,
        change: impl FnOnce(&mut KeyRecord) -> Result<R, Refusal>,
    ) -> Result<R, Refusal> {
        self.keys.change(|keys| {
            let at = self.position(keys, ask, name)?;
            change(&mut keys.keys[at])
        })
    }

    fn create(&self, ask: &Value) -> Result<Value, Refusal> {
        let usage = ask["KeyUsage"].as_str().unwrap_or("ENCRYPT_DECRYPT");
        let spec = ask["KeySpec"].as_str().unwrap_or("SYMMETRIC_DEFAULT");
        if (usage, spec) != ("ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT") || ask["MultiRegion"] == true {
            return Err(Refusal::not_here(
                "keys other than symmetric ones of one region",
            ));
        }
        let default = root_policy(self.account);
        let policy = ask["Policy"].as_str().unwrap_or(&default);
        checked(policy, "MalformedPolicyDocumentException")?;
        self.keys.change(|keys| {
            let number = keys.keys.len();
            let key = KeyRecord {
                account: self.account.to_owned(),
                region: self.region.to_owned(),
                id: key_id(&format!("{}/{}/{number}", self.account, self.region)),
                description: ask["Description"].as_str().unwrap_or_default().to_owned(),
                created: self.now,
                policy: policy.to_owned(),
                rotates: false,
                state: KeyState::Enabled,
                deleted_at: None,
                aliases: vec![],
                tags: tags(&ask["Tags"], "TagKey", "TagValue"),
            };
            let shown = metadata(&key);
            keys.keys.push(key);
            Ok(json!({ "KeyMetadata": shown }))
        })
    }

    fn describe(&self, ask: &Value) -> Result<Value, Refusal> {
        let key = self.found(ask)?;
        Ok(json!({ "KeyMetadata": metadata(&key) }))
    }

    fn list(&self, ask: &Value) -> Value {
        let keys = self.keys.read();
        let mut ours: Vec<KeyRecord> = keys
            .keys
            .iter()
            .filter(|key| self.is_ours(key))
            .cloned()
            .collect();
        ours.sort_by(|one, two| one.id.cmp(&two.id));
        let most = ask["Limit"]
            .as_u64()
            .and_then(|most| usize::try_from(most).ok());
        let (shown, next) = page(
            ours,
            |key| key.id.clone(),
            ask["Marker"].as_str(),
            most.unwrap_or(100),
        );
        let shown: Vec<Value> = shown
            .iter()
            .map(|key| json!({ "KeyId": key.id, "KeyArn": key.arn() }))
            .collect();
        json!({ "Keys": shown, "Truncated": next.is_some(), "NextMarker": next })
    }

    fn create_alias(&self, ask: &Value) -> Result<Value, Refusal> {
        let alias = required(ask, "AliasName", "ValidationException")?;
        let is_name = alias.strip_prefix("alias/").is_some_and(|name| {
            !name.is_empty() && !name.starts_with("aws/") && alias.len() <= 256
        });
        if !is_name {
            return Err(Refusal::new(
                "InvalidAliasNameException",
                format!("Alias {alias} is not allowed"),
            ));
        }
        self.keys.change(|keys| {
            let taken = keys
                .keys
                .iter()
                .any(|key| self.is_ours(key) && key.aliases.iter().any(|one| one == alias));
            if taken {
                let message = format!("An alias with the name {alias} already exists");
                return Err(Refusal::new("AlreadyExistsException", message));
            }
            let at = self.position(keys, ask, "TargetKeyId")?;
            keys.keys[at].aliases.push(alias.to_owned());
            Ok(json!({}))
        })
    }

    fn delete_alias(&self, ask: &Value) -> Result<Value, Refusal> {
        let alias = required(ask, "AliasName", "ValidationException")?;
        self.change(ask, "AliasName", |key| {
            key.aliases.retain(|one| one != alias);
            Ok(json!({}))
        })
    }

    fn list_aliases(&self, ask: &Value) -> Result<Value, Refusal> {
        let of_key = ask["KeyId"].as_str().map(|_| self.found(ask)).transpose()?;
        let keys = self.keys.read();
        let ours = keys.keys.iter().filter(|key| {
            self.is_ours(key) && of_key.as_ref().is_none_or(|wanted| wanted.id == key.id)
        });
        let mut all: Vec<(String, String)> = ours
            .flat_map(|key| {
                key.aliases
                    .iter()
                    .map(|alias| (alias.clone(), key.id.clone()))
            })
            .collect();
        all.sort();
        let most = ask["Limit"]
            .as_u64()
            .and_then(|most| usize::try_from(most).ok())
            .unwrap_or(50);
        let (shown, next) = page(
            all,
            |(alias, _)| alias.clone(),
            ask["Marker"].as_str(),
            most,
        );
        let shown: Vec<Value> = shown
            .into_iter()
            .map(|(alias, id)| {
                let arn = format!("arn:aws:kms:{}:{}:{alias}", self.region, self.account);
                json!({ "AliasName": alias, "AliasArn": arn, "TargetKeyId": id })
            })
            .collect();
        Ok(json!({ "Aliases": shown, "Truncated": next.is_some(), "NextMarker": next }))
    }

    fn put_policy(&self, ask: &Value) -> Result<Value, Refusal> {
        let policy = required(ask, "Policy", "ValidationException")?;
        checked(policy, "MalformedPolicyDocumentException")?;
        self.change(ask, "KeyId", |key| {
            policy.clone_into(&mut key.policy);
            Ok(json!({}))
        })
    }

    fn get_policy(&self, ask: &Value) -> Result<Value, Refusal> {
        let key = self.found(ask)?;
        Ok(json!({ "Policy": key.policy, "PolicyName": "default" }))
    }

    fn rotate(&self, ask: &Value) -> Result<Value, Refusal> {
        self.change(ask, "KeyId", |key| {
            usable(key)?;
            key.rotates = true;
            Ok(json!({}))
        })
    }

    fn rotation(&self, ask: &Value) -> Result<Value, Refusal> {
        let key = self.found(ask)?;
        Ok(json!({ "KeyId": key.arn(), "KeyRotationEnabled": key.rotates }))
    }

    fn turn(&self, ask: &Value, to: KeyState) -> Result<Value, Refusal> {
        self.change(ask, "KeyId", |key| {
            not_pending(key)?;
            key.state = to;
            Ok(json!({}))
        })
    }

    fn schedule_deletion(&self, ask: &Value) -> Result<Value, Refusal> {
        let days = ask["PendingWindowInDays"].as_i64().unwrap_or(30);
        if !(7..=30).contains(&days) {
            return Err(Refusal::new(
                "ValidationException",
                "PendingWindowInDays must be between 7 and 30.",
            ));
        }
        self.change(ask, "KeyId", |key| {
            not_pending(key)?;
            key.state = KeyState::PendingDeletion;
            let at = self.now.saturating_add(days * 86_400);
            key.deleted_at = Some(at);
            Ok(json!({ "KeyId": key.arn(), "DeletionDate": at, "KeyState": "PendingDeletion", "PendingWindowInDays": days }))
        })
    }

    fn cancel_deletion(&self, ask: &Value) -> Result<Value, Refusal> {
        self.change(ask, "KeyId", |key| {
            if key.state != KeyState::PendingDeletion {
                return Err(invalid_state(key));
            }
            key.state = KeyState::Disabled;
            key.deleted_at = None;
            Ok(json!({ "KeyId": key.arn() }))
        })
    }

    fn list_tags(&self, ask: &Value) -> Result<Value, Refusal> {
        let key = self.found(ask)?;
        let shown: Vec<Value> = key
            .tags
            .iter()
            .map(|(key, value)| json!({ "TagKey": key, "TagValue": value }))
            .collect();
        Ok(json!({ "Tags": shown, "Truncated": false }))
    }
}

fn invalid_state(key: &KeyRecord) -> Refusal {
    let state = match key.state {
        KeyState::Enabled => "not pending deletion",
        KeyState::Disabled => "disabled",
        KeyState::PendingDeletion => "pending deletion",
    };
    Refusal::new(
        "KMSInvalidStateException",
        format!("{} is {state}.", key.arn()),
    )
}

fn not_pending(key: &KeyRecord) -> Result<(), Refusal> {
    if key.state == KeyState::PendingDeletion {
        return Err(invalid_state(key));
    }
    Ok(())
}

fn usable(key: &KeyRecord) -> Result<(), Refusal> {
    not_pending(key)?;
    if key.state == KeyState::Disabled {
        return Err(Refusal::new(
            "DisabledException",
            format!("{} is disabled.", key.arn()),
        ));
    }
    Ok(())
}

/// The id of the key that is made from `unique`, as UUIDs are written.
pub(crate) fn key_id(unique: &str) -> String {
    let hex = Seed(0).hex(unique, 32);
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!(
        "{}-{}-4{}-8{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

/// What KMS writes where nothing is asked: the account's own policies decide.
pub(crate) fn root_policy(account: &str) -> String {
    json!({ "Version": "2012-10-17", "Statement": [{
        "Sid": "Enable IAM User Permissions", "Effect": "Allow",
        "Principal": { "AWS": format!("arn:aws:iam::{account}:root") },
        "Action": "kms:*", "Resource": "*" }] })
    .to_string()
}

fn metadata(key: &KeyRecord) -> Value {
    json!({
        "AWSAccountId": key.account, "KeyId": key.id, "Arn": key.arn(), "CreationDate": key.created,
        "Enabled": key.state == KeyState::Enabled, "Description": key.description,
        "KeyUsage": "ENCRYPT_DECRYPT", "KeySpec": "SYMMETRIC_DEFAULT", "KeyManager": "CUSTOMER",
        "Origin": "AWS_KMS", "MultiRegion": false, "DeletionDate": key.deleted_at,
        "KeyState": match key.state {
            KeyState::Enabled => "Enabled",
            KeyState::Disabled => "Disabled",
            KeyState::PendingDeletion => "PendingDeletion",
        },
    })
}
