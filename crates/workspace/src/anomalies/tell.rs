//! What is unusual just now and large enough is told to people, once.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use tallyport_insight::anomaly::{Kind, Verdict};
use tallyport_ledger::alert::{AlertId, AlertKind, Notice, NoticeLine, Severity};
use tallyport_ledger::{BillingPeriod, DayRange, Money};
use tallyport_store::{About, AccountNumber, AlertFigures, NewAlert, Writes};

use super::gathered::{Group, groups};
use super::{Unusual, around};
use crate::WorkspaceError;
use crate::alerts::tell_everybody;
use crate::evaluate::{days_words, figure};

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
            figures: Some(AlertFigures {
                limit: unusual.expected,
                amount: unusual.actual,
            }),
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
    let line = |(_, alert): &(AlertId, NewAlert)| {
        Some(NoticeLine {
            label: alert.title.clone(),
            amount: alert.figures?.amount,
        })
    };
    let lines = told.iter().filter_map(line).take(LINES);
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
    tell_everybody(w, &notice, now)
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

/// What it is, what it cost, and what moved most: where nothing else says so.
pub(crate) fn sentence(unusual: &Unusual) -> String {
    let begin = if unusual.days.from() == unusual.days.to() {
        "On"
    } else {
        "From"
    };
    format!(
        "{begin} {} {} cost {}{}, {}.{}",
        days_words(unusual.days),
        unusual.label,
        figure(unusual.actual),
        account(unusual),
        against(unusual.expected),
        cause(unusual)
    )
}

/// The same below a title, which has the figure already where nothing was expected.
fn text(unusual: &Unusual) -> String {
    if !unusual.expected.is_zero() {
        return sentence(unusual);
    }
    format!(
        "{}{}, {}. Nothing of it was expected.{}",
        unusual.label,
        account(unusual),
        days_words(unusual.days),
        cause(unusual)
    )
}

fn account(unusual: &Unusual) -> String {
    match &unusual.account {
        Some((_, Some(name))) if !name.is_empty() => format!(" in {name}"),
        Some((id, _)) => format!(" in {id}"),
        None => String::new(),
    }
}

fn against(expected: Money) -> String {
    if expected.is_zero() {
        "where nothing was expected".to_owned()
    } else {
        format!("where {} was expected", figure(expected))
    }
}

fn cause(unusual: &Unusual) -> String {
    let resource = unusual
        .causes
        .iter()
        .find(|cause| cause.dimension == "resource" && cause.key != tallyport_store::NONE);
    match resource {
        Some(cause) if cause.share >= 1 => {
            let name = short_name(&cause.key, &cause.label);
            format!(" {name} has {} % of it.", cause.share)
        }
        _ => String::new(),
    }
}

/// What people call a resource: the name that the bill gives it, else the end of its ARN.
fn short_name<'a>(key: &'a str, label: &'a str) -> &'a str {
    let named = label
        .strip_suffix(')')
        .and_then(|rest| rest.strip_suffix(key))
        .and_then(|rest| rest.strip_suffix(" ("));
    if let Some(name) = named {
        return name;
    }
    let Some(resource) = key
        .starts_with("arn:")
        .then(|| key.splitn(6, ':').nth(5))
        .flatten()
    else {
        return key;
    };
    match resource.split_once([':', '/']) {
        Some((_, name)) if !name.is_empty() => name,
        _ => resource,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_is_called_by_its_name_or_by_the_end_of_its_arn() {
        let instance = "arn:aws:ec2:eu-west-1:444455556666:instance/i-0a1";
        for (key, label, name) in [
            (
                instance,
                "web (arn:aws:ec2:eu-west-1:444455556666:instance/i-0a1)",
                "web",
            ),
            (instance, instance, "i-0a1"),
            ("arn:aws:s3:::photos", "arn:aws:s3:::photos", "photos"),
            (
                "arn:aws:logs:eu-west-1:1:log-group:/aws/lambda/f",
                "",
                "/aws/lambda/f",
            ),
            ("i-0a1", "i-0a1", "i-0a1"),
            ("arn:aws", "", "arn:aws"),
        ] {
            assert_eq!(short_name(key, label), name);
        }
    }

    #[test]
    fn days_are_said_once_for_what_they_have_in_common() {
        let said = |from: &str, to: &str| {
            days_words(DayRange::new(from.parse().unwrap(), to.parse().unwrap()).unwrap())
        };
        assert_eq!(said("2026-10-12", "2026-10-12"), "12 October 2026");
        assert_eq!(said("2026-10-12", "2026-10-16"), "12 to 16 October 2026");
        assert_eq!(
            said("2026-09-28", "2026-10-03"),
            "28 September to 3 October 2026"
        );
        assert_eq!(
            said("2026-12-28", "2027-01-03"),
            "28 December 2026 to 3 January 2027"
        );
    }
}
