//! What is remembered of servers and users.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Servers {
    pub servers: Vec<ServerRecord>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ServerRecord {
    pub account: String,
    pub region: String,
    pub id: String,
    pub state: String,
    pub security_policy: String,
    pub logging_role: Option<String>,
    pub log_destinations: Vec<String>,
    pub set_stat: String,
    pub listing_optimization: String,
    pub tags: Vec<(String, String)>,
    pub users: BTreeMap<String, UserRecord>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct UserRecord {
    pub role: String,
    pub home_directory: Option<String>,
    pub home_type: String,
    pub mappings: Vec<Mapping>,
    pub policy: Option<String>,
    pub keys: Vec<KeyRecord>,
    /// How many keys it ever had, so that an id is never used twice.
    pub keys_made: usize,
    pub tags: Vec<(String, String)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Mapping {
    pub entry: String,
    pub target: String,
    pub kind: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeyRecord {
    pub id: String,
    pub body: String,
    pub imported: i64,
}

impl ServerRecord {
    pub fn arn(&self) -> String {
        format!(
            "arn:aws:transfer:{}:{}:server/{}",
            self.region, self.account, self.id
        )
    }

    pub fn user_arn(&self, name: &str) -> String {
        format!(
            "arn:aws:transfer:{}:{}:user/{}/{name}",
            self.region, self.account, self.id
        )
    }

    pub fn described(&self) -> Value {
        json!({
            "Arn": self.arn(), "ServerId": self.id, "State": self.state, "Domain": "S3",
            "EndpointType": "PUBLIC", "IdentityProviderType": "SERVICE_MANAGED", "Protocols": ["SFTP"],
            "IdentityProviderDetails": {}, "HostKeyFingerprint": "SHA256:demo/data/only/there/is/no/host/key/behind/it=",
            "SecurityPolicyName": self.security_policy, "LoggingRole": self.logging_role,
            "StructuredLogDestinations": self.log_destinations,
            "ProtocolDetails": { "PassiveIp": "AUTO", "SetStatOption": self.set_stat, "TlsSessionResumptionMode": "ENFORCED" },
            "S3StorageOptions": { "DirectoryListingOptimization": self.listing_optimization },
            "Tags": shown_tags(&self.tags), "UserCount": self.users.len(),
        })
    }

    pub fn listed(&self) -> Value {
        json!({
            "Arn": self.arn(), "ServerId": self.id, "State": self.state, "Domain": "S3",
            "EndpointType": "PUBLIC", "IdentityProviderType": "SERVICE_MANAGED",
            "LoggingRole": self.logging_role, "UserCount": self.users.len(),
        })
    }
}

impl UserRecord {
    pub fn described(&self, server: &ServerRecord, name: &str) -> Value {
        let mappings: Vec<Value> = self
            .mappings
            .iter()
            .map(|one| match &one.kind {
                Some(kind) => json!({ "Entry": one.entry, "Target": one.target, "Type": kind }),
                None => json!({ "Entry": one.entry, "Target": one.target }),
            })
            .collect();
        let keys: Vec<Value> = self
            .keys
            .iter()
            .map(|key| json!({ "SshPublicKeyId": key.id, "SshPublicKeyBody": key.body, "DateImported": key.imported }))
            .collect();
        json!({
            "Arn": server.user_arn(name), "UserName": name, "Role": self.role, "Policy": self.policy,
            "HomeDirectory": self.home_directory, "HomeDirectoryType": self.home_type,
            "HomeDirectoryMappings": mappings, "SshPublicKeys": keys, "Tags": shown_tags(&self.tags),
        })
    }

    pub fn listed(&self, server: &ServerRecord, name: &str) -> Value {
        json!({
            "Arn": server.user_arn(name), "UserName": name, "Role": self.role,
            "HomeDirectory": self.home_directory, "HomeDirectoryType": self.home_type,
            "SshPublicKeyCount": self.keys.len(),
        })
    }
}

pub(super) fn shown_tags(tags: &[(String, String)]) -> Value {
    let shown = tags
        .iter()
        .map(|(key, value)| json!({ "Key": key, "Value": value }));
    shown.collect()
}
