//! Log groups as they are remembered, and the records that an SFTP server writes into one.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Groups {
    pub groups: Vec<Group>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Group {
    pub account: String,
    pub region: String,
    pub name: String,
    pub created: i64,
    pub retention_days: Option<i64>,
    pub events: Vec<Event>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Event {
    pub stream: String,
    /// In milliseconds.
    pub at: i64,
    pub message: String,
}

impl Groups {
    pub fn find(&self, account: &str, region: &str, name: &str) -> Option<&Group> {
        let mut groups = self.groups.iter();
        groups.find(|group| group.is_called(account, region, name))
    }

    pub fn find_mut(&mut self, account: &str, region: &str, name: &str) -> Option<&mut Group> {
        let mut groups = self.groups.iter_mut();
        groups.find(|group| group.is_called(account, region, name))
    }
}

impl Group {
    fn is_called(&self, account: &str, region: &str, name: &str) -> bool {
        self.account == account && self.region == region && self.name == name
    }

    pub fn arn(&self) -> String {
        format!(
            "arn:aws:logs:{}:{}:log-group:{}",
            self.region, self.account, self.name
        )
    }

    pub fn bytes(&self) -> usize {
        self.events.iter().map(|event| event.message.len()).sum()
    }
}

/// One session of an SFTP server, writing its records. Numbers are texts, as Transfer Family writes them.
#[derive(Debug, Clone)]
pub(crate) struct Sftp {
    pub server_arn: String,
    pub role: String,
    pub user: String,
    pub session: String,
    pub address: String,
}

impl Sftp {
    fn event(&self, at: i64, kind: &str, fields: Value) -> Event {
        let mut record = Map::new();
        record.insert("activity-type".to_owned(), json!(kind));
        record.insert("resource-arn".to_owned(), json!(self.server_arn));
        record.insert("session-id".to_owned(), json!(self.session));
        if let Value::Object(fields) = fields {
            record.extend(fields);
        }
        Event {
            stream: format!("{}.{}", self.user, self.session),
            at,
            message: Value::Object(record).to_string(),
        }
    }

    pub fn connected(&self, at: i64, fingerprint: &str, key_type: &str) -> Event {
        let fields = json!({ "role": self.role, "user": self.user, "source-ip": self.address, "home-dir": "/",
            "client": "SSH-2.0-OpenSSH_9.6", "ciphers": "aes256-gcm@openssh.com,aes256-gcm@openssh.com",
            "kex": "mlkem768x25519-sha256", "ssh-public-key-fingerprint": fingerprint, "ssh-public-key-type": key_type });
        self.event(at, "CONNECTED", fields)
    }

    pub fn opened(&self, at: i64, path: &str, mode: &str) -> Event {
        self.event(at, "OPEN", json!({ "path": path, "mode": mode }))
    }

    pub fn closed(&self, at: i64, path: &str, bytes_in: u64, bytes_out: u64) -> Event {
        let fields = json!({ "path": path, "bytes-in": bytes_in.to_string(), "bytes-out": bytes_out.to_string() });
        self.event(at, "CLOSE", fields)
    }

    pub fn deleted(&self, at: i64, path: &str) -> Event {
        self.event(at, "DELETE", json!({ "path": path }))
    }

    pub fn disconnected(&self, at: i64) -> Event {
        self.event(at, "DISCONNECTED", json!({}))
    }

    /// Not let in. Such records stand in a stream of their own.
    pub fn refused(&self, at: i64, message: &str, fingerprint: &str) -> Event {
        let fields = json!({ "user": self.user, "source-ip": self.address, "method": "publickey",
            "message": message, "ssh-public-key-fingerprint": fingerprint });
        Event {
            stream: "ERRORS".to_owned(),
            ..self.event(at, "AUTH_FAILURE", fields)
        }
    }
}
