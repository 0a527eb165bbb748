//! Who signed in, and what went in and out: the server's structured log, read.
//!
//! Numbers are texts there, a file's beginning and end name neither user nor address and are joined to the
//! session by its id, and the time stands beside the record. A session that began before what is read is
//! known by the stream that its records stand in.

use std::collections::BTreeMap;

use aws_sdk_cloudwatchlogs::types::FilteredLogEvent;
use jiff::Timestamp;
use serde_json::Value;

use super::{Site, named};
use crate::AwsError;

/// What a log tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activity {
    /// Sessions, in the order in which they began.
    pub sessions: Vec<Session>,
    /// Files that went in or out.
    pub transfers: Vec<FileMove>,
    /// What was changed without moving bytes.
    pub changes: Vec<Change>,
    /// Those who were not let in.
    pub failures: Vec<SignInFailure>,
    /// Records that could not be understood.
    pub unread: u64,
}

/// Somebody's being signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: String,
    /// Who, if it is known.
    pub user: Option<String>,
    /// From which address.
    pub address: Option<String>,
    /// With which program.
    pub program: Option<String>,
    /// With which key: its fingerprint.
    pub key: Option<String>,
    /// When it began, if that is within what was read.
    pub began: Option<Timestamp>,
    /// When it ended, if it has.
    pub ended: Option<Timestamp>,
}

/// One file that went in or out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileMove {
    /// In which session.
    pub session: String,
    /// Whose, if it is known.
    pub user: Option<String>,
    /// Which file, as the log writes it.
    pub path: String,
    /// When it was done.
    pub at: Timestamp,
    /// Bytes that came in.
    pub bytes_in: u64,
    /// Bytes that went out.
    pub bytes_out: u64,
    /// Whether it was closed as it has to be; otherwise the connection broke.
    pub is_whole: bool,
}

/// A change that moved no bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose, if it is known.
    pub user: Option<String>,
    /// `DELETE`, `MKDIR`, `RENAME`, `RMDIR`, …, as the log says.
    pub kind: String,
    /// Which file or folder.
    pub path: String,
    /// When.
    pub at: Timestamp,
}

/// Somebody who was not let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInFailure {
    /// As whom.
    pub user: Option<String>,
    /// From which address.
    pub address: Option<String>,
    /// How.
    pub method: Option<String>,
    /// Why, in the log's words.
    pub message: String,
    /// When.
    pub at: Timestamp,
}

/// Reads the log group from a moment until before another.
///
/// # Errors
/// [`AwsError`]; a group that does not exist is [`AwsError::Missing`].
pub async fn read(
    site: &Site,
    group: &str,
    from: Timestamp,
    until: Timestamp,
) -> Result<Activity, AwsError> {
    let mut reading = Reading::default();
    let mut pages = site
        .logs()
        .filter_log_events()
        .log_group_name(group)
        .start_time(from.as_millisecond())
        // The end is read too, to the millisecond.
        .end_time(until.as_millisecond().saturating_sub(1))
        .into_paginator()
        .send();
    while let Some(page) = pages.next().await {
        let page = match page {
            Ok(page) => page,
            Err(error) if super::says(&error, "ResourceNotFoundException") => {
                return Err(AwsError::Missing(format!("the log group {group}")));
            }
            Err(error) => return Err(named("logs:FilterLogEvents", group)(error)),
        };
        for event in page.events.unwrap_or_default() {
            reading.event(&event);
        }
    }
    Ok(reading.finish())
}

#[derive(Default)]
struct Reading {
    sessions: BTreeMap<String, Session>,
    found: Activity,
}

impl Reading {
    fn event(&mut self, event: &FilteredLogEvent) {
        let record: Option<Value> = event
            .message
            .as_deref()
            .and_then(|text| serde_json::from_str(text).ok());
        let at = event
            .timestamp
            .and_then(|at| Timestamp::from_millisecond(at).ok());
        match (record, at) {
            (Some(record), Some(at)) => {
                if self
                    .record(&Record(record), event.log_stream_name.as_deref(), at)
                    .is_none()
                {
                    self.found.unread += 1;
                }
            }
            _ => self.found.unread += 1,
        }
    }

    fn record(&mut self, record: &Record, stream: Option<&str>, at: Timestamp) -> Option<()> {
        let kind = record.text("activity-type")?;
        if matches!(
            kind.as_str(),
            "AUTH_FAILURE" | "KEX_FAILURE" | "CONNECTION_REJECTED"
        ) {
            self.found.failures.push(SignInFailure {
                user: record.text("user"),
                address: record.text("source-ip"),
                method: record.text("method"),
                message: record.text("message").unwrap_or_default(),
                at,
            });
            return Some(());
        }
        let id = record.text("session-id")?;
        let session = self.sessions.entry(id.clone()).or_insert_with(|| Session {
            user: stream.and_then(|stream| user_of(stream, &id)),
            id: id.clone(),
            address: None,
            program: None,
            key: None,
            began: None,
            ended: None,
        });
        match kind.as_str() {
            "CONNECTED" => {
                session.user = record.text("user").or(session.user.take());
                session.address = record.text("source-ip");
                session.program = record.text("client");
                session.key = record.text("ssh-public-key-fingerprint");
                session.began = Some(at);
            }
            "DISCONNECTED" | "EXIT_REASON" => session.ended = Some(at),
            "CLOSE" | "PARTIAL_CLOSE" => self.found.transfers.push(FileMove {
                session: id,
                user: None,
                path: record.text("path")?,
                at,
                bytes_in: record.number("bytes-in")?,
                bytes_out: record.number("bytes-out")?,
                is_whole: kind == "CLOSE",
            }),
            // What was opened is told when it is closed; other records say nothing of files.
            "OPEN" | "ERROR" | "SETSTAT" | "TLS_RESUME_FAILURE" => {}
            "DELETE" | "MKDIR" | "RENAME" | "RMDIR" | "CREATE_SYMLINK" => {
                let user = session.user.clone();
                self.found.changes.push(Change {
                    user,
                    path: record.text("path")?,
                    kind,
                    at,
                });
            }
            _ => return None,
        }
        Some(())
    }

    fn finish(mut self) -> Activity {
        for moved in &mut self.found.transfers {
            moved.user = self
                .sessions
                .get(&moved.session)
                .and_then(|session| session.user.clone());
        }
        self.found.sessions = self.sessions.into_values().collect();
        self.found
            .sessions
            .sort_by(|one, two| (one.began, &one.id).cmp(&(two.began, &two.id)));
        self.found
    }
}

struct Record(Value);

impl Record {
    fn text(&self, name: &str) -> Option<String> {
        self.0[name]
            .as_str()
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    }

    /// A number, which is a text here; one that is not there is none moved.
    fn number(&self, name: &str) -> Option<u64> {
        match &self.0[name] {
            Value::Null => Some(0),
            Value::String(text) => text.parse().ok(),
            Value::Number(number) => number.as_u64(),
            _ => None,
        }
    }
}

/// The user of a stream that is called `USER.SESSION`.
fn user_of(stream: &str, session: &str) -> Option<String> {
    let user = stream.strip_suffix(session)?.strip_suffix('.')?;
    (!user.is_empty()).then(|| user.to_owned())
}
