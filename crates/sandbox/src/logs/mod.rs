//! CloudWatch Logs: groups and what was written into them, and what the company's SFTP server logged before
//! anybody looked.

mod history;
mod record;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::call::{Call, Reply};
use crate::company::PRODUCTION;
use crate::dispatch::missing;
use crate::error::SandboxError;
use crate::refusal::{Refusal, answered, asked, page, required};
use crate::sandbox::State;
use crate::shelf::Shelf;
use crate::transfer::{ServerRecord, founding};

pub(crate) use record::{Event, Group, Groups, Sftp};

/// A page has at most so many events.
const MOST_EVENTS: usize = 10_000;
const INVALID: &str = "InvalidParameterException";

/// The log groups of all accounts and regions. Clones are one.
#[derive(Debug, Clone)]
pub(crate) struct Logs(pub Shelf<Groups>);

impl Logs {
    pub fn open(folder: &Path) -> Result<Self, SandboxError> {
        let founded = || Groups {
            groups: vec![Group {
                account: PRODUCTION.to_owned(),
                region: founding::REGION.to_owned(),
                name: founding::log_group(),
                created: 0,
                retention_days: Some(400),
                events: vec![],
            }],
        };
        Shelf::open(folder.join("logs.json"), founded).map(Self)
    }

    /// Writes events into a group, if there is one.
    pub fn write(
        &self,
        account: &str,
        region: &str,
        name: &str,
        events: Vec<Event>,
    ) -> std::io::Result<()> {
        self.0.change(|groups| {
            if let Some(group) = groups.find_mut(account, region, name) {
                group.events.extend(events);
            }
            Ok(())
        })
    }
}

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    let work = |ask: Value| {
        let desk = Desk { state, call };
        Ok(Some(match call.operation.as_str() {
            "CreateLogGroup" => desk.create(&ask)?,
            "DeleteLogGroup" => desk.delete(&ask)?,
            "DescribeLogGroups" => desk.describe(&ask)?,
            "PutRetentionPolicy" => desk.retain(&ask)?,
            "CreateLogStream" => desk.group(&ask).map(|_| json!({}))?,
            "DescribeLogStreams" => desk.streams(&ask)?,
            "PutLogEvents" => desk.put(&ask)?,
            "GetLogEvents" => desk.get(&ask)?,
            "FilterLogEvents" => desk.filter(&ask)?,
            _ => return Ok(None),
        }))
    };
    match asked(call).and_then(work) {
        Ok(None) => missing("logs", call),
        Ok(Some(value)) => answered(call, Ok(value)),
        Err(refusal) => answered(call, Err(refusal)),
    }
}

pub(crate) fn milliseconds(at: DateTime) -> i64 {
    at.to_zoned(TimeZone::UTC)
        .map_or(0, |at| at.timestamp().as_millisecond())
}

struct Desk<'a> {
    state: &'a State,
    call: &'a Call,
}

impl Desk<'_> {
    fn shelf(&self) -> &Shelf<Groups> {
        &self.state.logs.0
    }

    fn name<'a>(&self, ask: &'a Value) -> Result<&'a str, Refusal> {
        required(ask, "logGroupName", INVALID)
    }

    fn group(&self, ask: &Value) -> Result<Group, Refusal> {
        let name = self.name(ask)?;
        let groups = self.shelf().read();
        let found = groups.find(self.call.identity.account, &self.call.region, name);
        found.cloned().ok_or_else(unknown)
    }

    fn change(&self, ask: &Value, change: impl FnOnce(&mut Group)) -> Result<Value, Refusal> {
        let name = self.name(ask)?;
        self.shelf().change(|groups| {
            let found = groups.find_mut(self.call.identity.account, &self.call.region, name);
            change(found.ok_or_else(unknown)?);
            Ok(json!({}))
        })
    }

    fn create(&self, ask: &Value) -> Result<Value, Refusal> {
        let name = self.name(ask)?;
        let (account, region) = (self.call.identity.account, self.call.region.as_str());
        self.shelf().change(|groups| {
            if groups.find(account, region, name).is_some() {
                return Err(Refusal::new(
                    "ResourceAlreadyExistsException",
                    "The specified log group already exists",
                ));
            }
            groups.groups.push(Group {
                account: account.to_owned(),
                region: region.to_owned(),
                name: name.to_owned(),
                created: milliseconds(self.call.now),
                retention_days: None,
                events: vec![],
            });
            Ok(json!({}))
        })
    }

    fn delete(&self, ask: &Value) -> Result<Value, Refusal> {
        let gone = self.group(ask)?;
        self.shelf().change(|groups| {
            groups.groups.retain(|group| group.arn() != gone.arn());
            Ok(json!({}))
        })
    }

    fn describe(&self, ask: &Value) -> Result<Value, Refusal> {
        let prefix = ask["logGroupNamePrefix"].as_str().unwrap_or_default();
        let groups = self.shelf().read();
        let ours = groups.groups.iter().filter(|group| {
            group.account == self.call.identity.account
                && group.region == self.call.region
                && group.name.starts_with(prefix)
        });
        let mut ours: Vec<Group> = ours.cloned().collect();
        ours.sort_by(|one, two| one.name.cmp(&two.name));
        let (shown, next) = page(
            ours,
            |group| group.name.clone(),
            ask["nextToken"].as_str(),
            50,
        );
        let shown: Vec<Value> = shown
            .iter()
            .map(|group| {
                json!({ "logGroupName": group.name, "creationTime": group.created, "metricFilterCount": 0,
                    "retentionInDays": group.retention_days, "storedBytes": group.bytes(),
                    "arn": format!("{}:*", group.arn()), "logGroupArn": group.arn(), "logGroupClass": "STANDARD" })
            })
            .collect();
        Ok(json!({ "logGroups": shown, "nextToken": next }))
    }

    fn retain(&self, ask: &Value) -> Result<Value, Refusal> {
        const ALLOWED: [i64; 23] = [
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
            2922, 3288, 3653, 0,
        ];
        let days = ask["retentionInDays"].as_i64().unwrap_or(-1);
        if days == 0 || !ALLOWED.contains(&days) {
            return Err(Refusal::new(
                INVALID,
                format!("{days} is no retention in days"),
            ));
        }
        self.change(ask, |group| group.retention_days = Some(days))
    }

    fn put(&self, ask: &Value) -> Result<Value, Refusal> {
        let stream = required(ask, "logStreamName", INVALID)?;
        let events = ask["logEvents"].as_array().map_or(&[][..], Vec::as_slice);
        let events = events.iter().map(|event| Event {
            stream: stream.to_owned(),
            at: event["timestamp"].as_i64().unwrap_or_default(),
            message: event["message"].as_str().unwrap_or_default().to_owned(),
        });
        self.change(ask, |group| group.events.extend(events))
    }

    /// What stands in a group, in order of time: what was written, and what the company's server logged.
    fn events(&self, group: &Group, from: i64, until: i64) -> Vec<Event> {
        let mut all: Vec<Event> = group.events.clone();
        if group.account == PRODUCTION && group.name == founding::log_group() {
            all.extend(history::events(
                &self.state.company,
                self.state.today(),
                from,
                until,
            ));
        }
        // What is still to come today is not written yet.
        let now = milliseconds(self.call.now);
        let is_today = self.call.now.date() == self.state.today();
        let until = if is_today { until.min(now) } else { until };
        all.retain(|event| (from..=until).contains(&event.at));
        all.sort_by(|one, two| (one.at, &one.stream).cmp(&(two.at, &two.stream)));
        all
    }

    fn asked_for(&self, ask: &Value) -> Result<Vec<Event>, Refusal> {
        let group = self.group(ask)?;
        let from = ask["startTime"].as_i64().unwrap_or(i64::MIN);
        let until = ask["endTime"].as_i64().unwrap_or(i64::MAX);
        Ok(self.events(&group, from, until))
    }

    fn streams(&self, ask: &Value) -> Result<Value, Refusal> {
        let prefix = ask["logStreamNamePrefix"].as_str().unwrap_or_default();
        let events = self.asked_for(ask)?;
        let mut names: Vec<String> = events.into_iter().map(|event| event.stream).collect();
        names.retain(|name| name.starts_with(prefix));
        names.sort();
        names.dedup();
        let (shown, next) = page(names, String::clone, ask["nextToken"].as_str(), 50);
        let shown: Vec<Value> = shown
            .iter()
            .map(|name| json!({ "logStreamName": name }))
            .collect();
        Ok(json!({ "logStreams": shown, "nextToken": next }))
    }

    fn get(&self, ask: &Value) -> Result<Value, Refusal> {
        let stream = required(ask, "logStreamName", INVALID)?;
        let events = self.asked_for(ask)?;
        let shown: Vec<Value> = events
            .iter()
            .filter(|event| event.stream == stream)
            .take(MOST_EVENTS)
            .map(|event| json!({ "timestamp": event.at, "message": event.message, "ingestionTime": event.at }))
            .collect();
        Ok(json!({ "events": shown }))
    }

    fn filter(&self, ask: &Value) -> Result<Value, Refusal> {
        let pattern = ask["filterPattern"].as_str().unwrap_or_default().trim();
        let term = pattern.trim_matches('"');
        if term.contains(['{', '[', '%', '?']) || (term.contains(' ') && term == pattern) {
            return Err(Refusal::not_here("filter patterns other than one term"));
        }
        let streams = ask["logStreamNames"].as_array();
        let prefix = ask["logStreamNamePrefix"].as_str().unwrap_or_default();
        let mut events = self.asked_for(ask)?;
        events.retain(|event| {
            event.message.contains(term)
                && event.stream.starts_with(prefix)
                && streams
                    .is_none_or(|names| names.iter().any(|name| name == event.stream.as_str()))
        });
        let from: usize = match ask["nextToken"].as_str() {
            None => 0,
            Some(token) => token
                .parse()
                .map_err(|_| Refusal::new(INVALID, "The specified nextToken is invalid."))?,
        };
        let most = ask["limit"]
            .as_u64()
            .and_then(|most| usize::try_from(most).ok());
        let until = from.saturating_add(most.unwrap_or(MOST_EVENTS).clamp(1, MOST_EVENTS));
        let next = (until < events.len()).then(|| until.to_string());
        let shown: Vec<Value> = events
            .iter()
            .enumerate()
            .skip(from)
            .take(until - from)
            .map(|(number, event)| {
                json!({ "logStreamName": event.stream, "timestamp": event.at, "message": event.message,
                    "ingestionTime": event.at, "eventId": format!("{:015}{number:09}", event.at) })
            })
            .collect();
        Ok(json!({ "events": shown, "searchedLogStreams": [], "nextToken": next }))
    }
}

fn unknown() -> Refusal {
    Refusal::new(
        "ResourceNotFoundException",
        "The specified log group does not exist.",
    )
}

/// The first millisecond of a day.
pub(crate) fn midnight(day: Date) -> i64 {
    milliseconds(day.at(0, 0, 0, 0))
}

/// What a log says that went through a server on a day.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct MovedBytes {
    pub bytes_in: u64,
    pub bytes_out: u64,
    pub files_in: u64,
    pub files_out: u64,
}

/// What was moved through a server in sessions that happened here, as opposed to those of the company's past.
pub(crate) fn moved_by_day(logs: &Logs, server_arn: &str) -> BTreeMap<Date, MovedBytes> {
    let mut days: BTreeMap<Date, MovedBytes> = BTreeMap::new();
    let groups = logs.0.read();
    for event in groups.groups.iter().flat_map(|group| &group.events) {
        let record: Value = serde_json::from_str(&event.message).unwrap_or_default();
        let at = Timestamp::from_millisecond(event.at).ok();
        let Some(at) = at
            .filter(|_| record["resource-arn"] == server_arn && record["activity-type"] == "CLOSE")
        else {
            continue;
        };
        let number = |name: &str| {
            record[name]
                .as_str()
                .and_then(|text| text.parse::<u64>().ok())
        };
        let (came, went) = (
            number("bytes-in").unwrap_or(0),
            number("bytes-out").unwrap_or(0),
        );
        let moved = days.entry(at.to_zoned(TimeZone::UTC).date()).or_default();
        moved.bytes_in += came;
        moved.bytes_out += went;
        moved.files_in += u64::from(came > 0);
        moved.files_out += u64::from(went > 0);
    }
    days
}

/// The same for one day.
pub(crate) fn moved(logs: &Logs, server: &ServerRecord, day: Date) -> MovedBytes {
    moved_by_day(logs, &server.arn())
        .get(&day)
        .copied()
        .unwrap_or_default()
}
