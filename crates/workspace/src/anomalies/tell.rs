//! What is unusual just now and large enough is told to people, once.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use tallyport_insight::anomaly::{Kind, Verdict};
use tallyport_ledger::alert::{AlertId, AlertKind, Notice, NoticeLine, Severity};
use tallyport_ledger::{BillingPeriod, DayRange, Money};
use tallyport_store::{About, AccountNumber, NewAlert, Outgoing, Writes};

use super::gathered::{Group, groups};
use super::{Unusual, around};
use crate::WorkspaceError;
use crate::evaluate::figure;

/// Days that something may be old to be news.
const NEWS: i32 = 6;
/// Lines that a notice has at most.
const LINES: usize = 12;
/// Nano-units in one unit.
const UNIT: i128 = 1_000_000_000;
/// How many times what is told at least makes it urgent.
const URGENT: i128 = 10;

/// Raises an alert for each rise that is news and reaches what the workspace tells; all of them go out as one
/// notice.
pub(super) fn tell(
    w: &mut Writes<'_>,
    account: AccountNumber,
    last: Date,
    now: Timestamp,
) -> Result<(), WorkspaceError> {
    let least = i128::from(w.settings()?.anomaly_alert_from) * UNIT;
    let since = last.saturating_sub(NEWS.days());
    let Ok(news) = DayRange::new(since, last) else {
        return Ok(());
    };
    let mut records = w.anomalies(around(news))?;
    records.retain(|record| record.leaf.billing_account.0 == account);
    let mut told: Vec<(AlertId, NewAlert)> = Vec::new();
    for group in groups(records) {
        if group.days.to() < since || was_told(w, &group)? {
            continue;
        }
        let subject = group.id().subject();
        let unusual = group.into_unusual();
        let stake = unusual.impact.nanos();
        if stake < least || stake <= 0 || unusual.feedback == Some(Verdict::Expected) {
            continue;
        }
        let severity = if stake >= URGENT * least.max(UNIT) {
            Severity::Urgent
        } else {
            Severity::Warning
        };
        let alert = NewAlert {
            kind: AlertKind::Anomaly,
            about: About::Subject(subject),
            span: unusual.days,
            severity,
            title: title(&unusual),
            text: text(&unusual),
            limit: unusual.expected,
            amount: unusual.actual,
            place: place(&unusual),
            at: now,
        };
        if let Some(id) = w.raise_alert(&alert)? {
            told.push((id, alert));
        }
    }
    post(w, &told, now)
}

/// Whether one of its leaves' anomalies was told before it was found to be more.
fn was_told(w: &Writes<'_>, group: &Group) -> Result<bool, WorkspaceError> {
    for member in group.members() {
        if w.is_alerted(&member.id.subject())? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn post(
    w: &mut Writes<'_>,
    told: &[(AlertId, NewAlert)],
    now: Timestamp,
) -> Result<(), WorkspaceError> {
    let Some((_, first)) = told.first() else {
        return Ok(());
    };
    let severity = told.iter().map(|(_, alert)| alert.severity).max();
    let lines = told.iter().take(LINES).map(|(_, alert)| NoticeLine {
        label: alert.title.clone(),
        amount: alert.amount,
    });
    let notice = Notice {
        title: match told.len() {
            1 => first.title.clone(),
            several => format!("{several} unusual costs"),
        },
        text: first.text.clone(),
        severity: severity.unwrap_or(Severity::Warning),
        alerts: told.iter().map(|(id, _)| *id).collect(),
        place: match told.len() {
            1 => first.place.clone(),
            _ => "/alerts".to_owned(),
        },
        lines: lines.collect(),
    };
    let channels = w.channels()?.into_iter().filter(|channel| channel.enabled);
    let channels: Vec<_> = channels.map(|channel| Some(channel.id)).collect();
    for channel in std::iter::once(None).chain(channels) {
        w.post(&Outgoing {
            channel,
            kind: "alerts",
            notice: &notice,
            at: now,
        })?;
    }
    Ok(())
}

/// Where the window shows it.
pub(crate) fn place(unusual: &Unusual) -> String {
    let month = BillingPeriod::of(unusual.days.to())
        .map_or_else(|_| unusual.days.to().to_string(), |month| month.to_string());
    format!("/costs?month={month}&anomaly={}", unusual.id)
}

fn title(unusual: &Unusual) -> String {
    let (service, impact) = (&unusual.service, figure(unusual.impact));
    match unusual.kind {
        Kind::New => format!("{service} is new and costs {impact}"),
        Kind::OneOff => format!("{service} charged {impact} once"),
        _ => format!("{service} costs {impact} more than usual"),
    }
}

/// What it is, and what moved most.
pub(crate) fn text(unusual: &Unusual) -> String {
    let account = match &unusual.account {
        Some((_, Some(name))) if !name.is_empty() => format!(" in {name}"),
        Some((id, _)) => format!(" in {id}"),
        None => String::new(),
    };
    let (from, to) = (unusual.days.from(), unusual.days.to());
    let days = if from == to {
        format!("On {from}")
    } else {
        format!("From {from} to {to}")
    };
    let against = against(unusual.expected);
    let resource = unusual
        .causes
        .iter()
        .find(|cause| cause.dimension == "resource" && cause.key != tallyport_store::NONE);
    let cause = match resource {
        Some(cause) if cause.share >= 1 => {
            format!(" {} has {} % of it.", cause.label, cause.share)
        }
        _ => String::new(),
    };
    format!(
        "{days} {} cost {}{account}, {against}.{cause}",
        unusual.label,
        figure(unusual.actual),
    )
}

fn against(expected: Money) -> String {
    if expected.is_zero() {
        "where nothing was expected".to_owned()
    } else {
        format!("where {} was expected", figure(expected))
    }
}
