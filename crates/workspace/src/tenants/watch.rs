//! What of a tenant somebody has to see to: keys that are overdue, users whose last day is over, limits that are
//! near or reached. Each is told once, in the inbox and by every channel, and is taken back when it is so no
//! longer.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use tallyport_ledger::alert::{
    AlertId, AlertKind, Grade, Notice, Severity, Step, armed_when_cleared,
};
use tallyport_ledger::tenant::{TenantId, UserState};
use tallyport_ledger::{BillingPeriod, DayRange, Size};
use tallyport_store::{About, KnownSubject, NewAlert, Reads, StoredTenantUser, Writes};

use super::{TenantFacts, all_facts, users};
use crate::alerts::tell_everybody;
use crate::{Context, WorkspaceError};

/// What is watched.
const KINDS: [AlertKind; 3] = [
    AlertKind::TenantKey,
    AlertKind::TenantUser,
    AlertKind::TenantQuota,
];
/// Titles that a notice of several has at most.
const TITLES: usize = 5;

/// Something that can be told of a tenant, and how it stands.
struct Matter {
    kind: AlertKind,
    /// Under which it is told once.
    subject: String,
    grade: Grade,
    title: String,
    text: String,
    /// The days that it is about.
    span: DayRange,
    place: String,
}

/// What is to be done about an alert.
enum Change {
    Raise(NewAlert),
    RaiseAgain(AlertId, NewAlert),
    Show(AlertId),
    Clear(AlertId, AlertKind),
}

/// Looks at every tenant and tells what is new. Does next to nothing if nothing is.
///
/// # Errors
/// The workspace file's.
pub async fn watch(cx: &Context) -> Result<(), WorkspaceError> {
    let (today, now) = (cx.today(), cx.now());
    let due = cx.store.read(move |r| changes(r, today, now)).await?;
    if due.is_empty() {
        return Ok(());
    }
    // Another program may have been quicker: what is to be done is found out anew, within the change.
    cx.store
        .write(move |w| {
            let due = changes(w, today, now)?;
            let mut told = Vec::new();
            for change in due {
                told.extend(make(w, change, now)?);
            }
            match notice(&told) {
                Some(notice) => tell_everybody(w, &notice, now),
                None => Ok(()),
            }
        })
        .await
}

/// Answers what everybody is to be told.
fn make(
    w: &mut Writes<'_>,
    change: Change,
    now: Timestamp,
) -> Result<Option<(AlertId, NewAlert)>, WorkspaceError> {
    Ok(match change {
        Change::Raise(new) => w.raise_alert(&new)?.map(|id| (id, new)),
        Change::RaiseAgain(id, new) => {
            w.raise_alert_again(id, &new)?;
            Some((id, new))
        }
        Change::Show(id) => {
            w.show_alert_again(id)?;
            None
        }
        Change::Clear(id, kind) => {
            w.clear_alert(id, now, armed_when_cleared(kind, false))?;
            None
        }
    })
}

fn changes(r: &Reads<'_>, today: Date, now: Timestamp) -> Result<Vec<Change>, WorkspaceError> {
    let mut known: HashMap<AlertKind, HashMap<String, KnownSubject>> = HashMap::new();
    for kind in KINDS {
        known.insert(kind, r.known_subjects(kind)?);
    }
    let mut changes = Vec::new();
    for matter in matters(r, today)? {
        let before = known
            .get_mut(&matter.kind)
            .and_then(|known| known.remove(&matter.subject));
        let grade = matter.grade;
        let step = Step::graded(before.map(|known| (known.raised, known.severity)), grade);
        changes.extend(match (step, before, grade) {
            (Step::Raise, _, Grade::Holds(severity)) => {
                Some(Change::Raise(matter.alert(severity, now)))
            }
            (Step::RaiseAgain, Some(before), Grade::Holds(severity)) => {
                Some(Change::RaiseAgain(before.id, matter.alert(severity, now)))
            }
            (Step::Reopen, Some(before), _) => Some(Change::Show(before.id)),
            (Step::Clear, Some(before), _) => Some(Change::Clear(before.id, matter.kind)),
            _ => None,
        });
    }
    // What nothing is to be said of any more: the key is another, the user is gone, the month is over.
    for (kind, left) in known {
        let live = left.into_values().filter(|known| known.raised.live);
        changes.extend(live.map(|known| Change::Clear(known.id, kind)));
    }
    Ok(changes)
}

impl Matter {
    fn alert(self, severity: Severity, at: Timestamp) -> NewAlert {
        let Self {
            kind,
            subject,
            grade: _,
            title,
            text,
            span,
            place,
        } = self;
        NewAlert {
            kind,
            about: About::Subject(subject),
            span,
            severity,
            title,
            text,
            figures: None,
            place,
            at,
        }
    }
}

/// Everything that can be told of the tenants that are set up.
fn matters(r: &Reads<'_>, today: Date) -> Result<Vec<Matter>, WorkspaceError> {
    let users = users::by_tenant(r)?;
    let mut matters = Vec::new();
    for tenant in all_facts(r, today)? {
        if !tenant.stored.tenant.state.is_set_up() {
            continue;
        }
        matters.extend(limits(&tenant, today)?);
        let users = users.get(&tenant.stored.tenant.id).into_iter().flatten();
        for user in users.filter(|user| user.user.state != UserState::Suspended) {
            matters.extend(last_day(&tenant, user, today)?);
            matters.extend(keys(&tenant, user, today));
        }
    }
    Ok(matters)
}

fn limits(tenant: &TenantFacts, today: Date) -> Result<Vec<Matter>, WorkspaceError> {
    let quota = &tenant.stored.tenant.quota;
    let (id, name) = (tenant.stored.tenant.id, &tenant.stored.tenant.name);
    let month = BillingPeriod::of(today)?;
    let matter = |subject: String, what: &str, used: u64, limit: u64, until: &str| {
        let grade = quota.grade(used, limit);
        let reached = grade == Grade::Holds(Severity::Urgent);
        let mut text = format!("{} of {} are {what}.", Size(used), Size(limit));
        if reached && quota.stop() {
            text += " Nothing more can be written until the limit is raised or ";
            text += until;
            text += ".";
        }
        Matter {
            kind: AlertKind::TenantQuota,
            subject,
            grade,
            title: match reached {
                true => format!("{name} has reached its limit of what is {what}"),
                false => format!("{name} is near its limit of what is {what}"),
            },
            text,
            span: month.days(),
            place: place(id, "usage"),
        }
    };
    let stored = quota.stored_bytes().map(|limit| {
        let subject = format!("tenant {id} stored");
        let used = tenant.stored_bytes;
        matter(subject, "stored", used, limit, "files are deleted")
    });
    let moved = quota.moved_bytes().map(|limit| {
        let subject = format!("tenant {id} moved {month}");
        let used = tenant.moved_bytes;
        let until = "the next month begins";
        matter(subject, "moved this month", used, limit, until)
    });
    Ok(stored.into_iter().chain(moved).collect())
}

fn last_day(
    tenant: &TenantFacts,
    kept: &StoredTenantUser,
    today: Date,
) -> Result<Option<Matter>, WorkspaceError> {
    let Some(expires) = kept.user.expires.filter(|_| kept.user.is_expired(today)) else {
        return Ok(None);
    };
    let (user, of) = (&kept.user.name, &tenant.stored.tenant);
    Ok(Some(Matter {
        kind: AlertKind::TenantUser,
        subject: format!("user {user} {expires}"),
        grade: Grade::Holds(Severity::Notice),
        title: format!("{user} of {} has expired", of.name),
        text: format!(
            "The last day was {expires}: nobody signs in as {user} any more. Set a later day, or remove the user."
        ),
        span: DayRange::new(expires, today)?,
        place: place(of.id, "users"),
    }))
}

fn keys(tenant: &TenantFacts, kept: &StoredTenantUser, today: Date) -> Vec<Matter> {
    let (user, of) = (&kept.user.name, &tenant.stored.tenant);
    let overdue = kept.keys.iter().filter_map(|key| {
        let days = users::overdue_days(tenant.stored.rotate_days, key, today)?;
        let since = users::there_since(key);
        Some(Matter {
            kind: AlertKind::TenantKey,
            subject: format!("key {user} {}", key.key.fingerprint()),
            grade: Grade::Holds(Severity::Warning),
            title: format!("A key of {user} of {} is to be changed", of.name),
            text: format!(
                "The one of {since} is there {days} {} longer than keys may be.",
                if days == 1 { "day" } else { "days" }
            ),
            span: DayRange::day(today),
            place: place(of.id, "users"),
        })
    });
    overdue.collect()
}

fn place(id: TenantId, show: &str) -> String {
    format!("/tenants/{id}?show={show}")
}

/// One notice of all that is new.
fn notice(told: &[(AlertId, NewAlert)]) -> Option<Notice> {
    let (_, first) = told.first()?;
    let severity = told.iter().map(|(_, alert)| alert.severity).max()?;
    let alerts = told.iter().map(|(id, _)| *id).collect();
    let (title, text, place) = match told {
        [_] => (first.title.clone(), first.text.clone(), first.place.clone()),
        several => {
            let titles = several.iter().take(TITLES);
            let mut text: Vec<String> = titles
                .map(|(_, alert)| format!("{}.", alert.title))
                .collect();
            if let Some(more @ 1..) = several.len().checked_sub(TITLES) {
                text.push(format!("And {more} more."));
            }
            let title = format!("{} matters of tenants", several.len());
            (title, text.join(" "), "/alerts".to_owned())
        }
    };
    Some(Notice {
        title,
        text,
        severity,
        alerts,
        place,
        lines: Vec::new(),
    })
}
