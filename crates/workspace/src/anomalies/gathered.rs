//! Anomalies of several leaves as one event.

use std::collections::BTreeMap;

use tallyport_insight::anomaly::{Anomaly, Cause, Kind, Part, Verdict, causes, gather};
use tallyport_ledger::{DayRange, Money};
use tallyport_store::{AnomalyId, AnomalyPart, AnomalyRecord, FoundAnomaly, Leaf, LeafId, PartOf};

use super::{Unusual, UnusualCause};

/// One event: anomalies of leaves of one account's service that went the same way together.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub days: DayRange,
    /// The one with the largest stake.
    pub lead: AnomalyRecord,
    /// The others, the largest first.
    pub others: Vec<AnomalyRecord>,
}

/// Causes of one dimension that are told.
const TOLD: usize = 8;
/// The number of a verdict.
const EXPECTED: i64 = 1;
const UNEXPECTED: i64 = 2;

pub(super) const fn verdict_number(verdict: Verdict) -> i64 {
    match verdict {
        Verdict::Expected => EXPECTED,
        Verdict::Unexpected => UNEXPECTED,
    }
}

pub(super) fn verdict_of(number: Option<i64>) -> Option<Verdict> {
    match number {
        Some(EXPECTED) => Some(Verdict::Expected),
        Some(UNEXPECTED) => Some(Verdict::Unexpected),
        _ => None,
    }
}

/// What is kept as the detector has it.
pub(super) fn anomaly_of(found: &FoundAnomaly) -> Anomaly {
    Anomaly {
        from: found.from,
        to: found.to,
        kind: Kind::from_number(found.kind).unwrap_or(Kind::Spike),
        expected: found.expected,
        actual: found.actual,
    }
}

pub(super) fn groups(records: Vec<AnomalyRecord>) -> Vec<Group> {
    let found: Vec<_> = records
        .iter()
        .map(|record| {
            let leaf = &record.leaf;
            let key = (
                leaf.billing_account.0,
                leaf.account.as_ref().map(|(id, _)| id.clone()),
                leaf.service.clone(),
                leaf.currency,
            );
            (key, anomaly_of(&record.found))
        })
        .collect();
    let mut records: Vec<Option<AnomalyRecord>> = records.into_iter().map(Some).collect();
    let mut groups = Vec::new();
    for group in gather(&found) {
        let members = group.members.iter();
        let mut members = members.filter_map(|place| records.get_mut(*place)?.take());
        let days = DayRange::new(group.from, group.to);
        if let (Ok(days), Some(lead)) = (days, members.next()) {
            let others = members.collect();
            groups.push(Group { days, lead, others });
        }
    }
    groups
}

impl Group {
    pub fn members(&self) -> impl Iterator<Item = &AnomalyRecord> + Clone {
        std::iter::once(&self.lead).chain(&self.others)
    }

    pub fn id(&self) -> AnomalyId {
        let ids = self.others.iter().map(|member| member.id);
        ids.fold(self.lead.id, Ord::min)
    }

    pub fn leaves(&self) -> impl Iterator<Item = LeafId> + '_ {
        self.members().map(|member| member.leaf.id)
    }

    pub fn into_unusual(self) -> Unusual {
        let currency = self.lead.leaf.currency;
        let sum = |amount: fn(&AnomalyRecord) -> Money| {
            let parts: Vec<Money> = self.members().map(amount).collect();
            Money::sum(&parts, currency).unwrap_or(Money::zero(currency))
        };
        let whole = Anomaly {
            from: self.days.from(),
            to: self.days.to(),
            kind: anomaly_of(&self.lead.found).kind,
            expected: sum(|member| member.found.expected),
            actual: sum(|member| member.found.actual),
        };
        let (id, causes) = (self.id(), ranked(&self, &whole));
        let AnomalyRecord {
            leaf,
            verdict,
            note,
            ..
        } = self.lead;
        Unusual {
            id,
            days: self.days,
            kind: whole.kind,
            label: label(&leaf, self.others.len()),
            causes,
            client: leaf.client.1,
            billing_account: leaf.billing_account.1,
            account: leaf.account,
            service: leaf.service,
            usage_type: leaf.usage_type,
            expected: whole.expected,
            actual: whole.actual,
            impact: whole.impact(),
            percent: whole.percent(),
            feedback: verdict_of(verdict),
            note,
        }
    }
}

/// Such as `AmazonCloudWatch: $0.50 per GB log data ingested`.
fn label(leaf: &Leaf, others: usize) -> String {
    let what = usage_label(leaf);
    let service = &leaf.service;
    match others {
        0 if what.is_empty() => service.clone(),
        0 => format!("{service}: {what}"),
        more => format!("{service}: {what} and {more} more"),
    }
}

fn usage_label(leaf: &Leaf) -> String {
    if leaf.description.is_empty() {
        leaf.usage_type.clone()
    } else {
        leaf.description.clone()
    }
}

/// What a part of a dimension is called, and what moved.
type Moved = ((String, String), Money, Money);

fn ranked(group: &Group, whole: &Anomaly) -> Vec<UnusualCause> {
    let all = |key: String, label: String| vec![((key, label), whole.expected, whole.actual)];
    let leaf = &group.lead.leaf;
    let mut dimensions = vec![("service", all(leaf.service.clone(), leaf.service.clone()))];
    if let Some((account, name)) = &leaf.account {
        let label = match name {
            Some(name) if !name.is_empty() => format!("{name} ({account})"),
            _ => account.clone(),
        };
        dimensions.push(("account", all(account.clone(), label)));
    }
    let usage = group.members().map(|member| {
        let named = (member.leaf.usage_type.clone(), usage_label(&member.leaf));
        (named, member.found.expected, member.found.actual)
    });
    dimensions.push(("usage_type", usage.collect()));
    dimensions.push(("region", merged(group, PartOf::Region)));
    dimensions.push(("resource", merged(group, PartOf::Resource)));
    let mut told = Vec::new();
    for (dimension, moved) in dimensions {
        let parts = moved.into_iter().map(|(of, expected, actual)| Part {
            of,
            expected,
            actual,
        });
        let causes = causes(parts.collect(), whole.is_rise());
        told.extend(causes.into_iter().take(TOLD).map(|cause| {
            let Cause { of, amount, share } = cause;
            UnusualCause {
                dimension,
                key: of.0,
                label: of.1,
                amount,
                share,
            }
        }));
    }
    told
}

/// The regions or resources of all members; what names none is told as such.
fn merged(group: &Group, of: PartOf) -> Vec<Moved> {
    let mut moved: BTreeMap<&str, (&AnomalyPart, Money, Money)> = BTreeMap::new();
    for part in group.members().flat_map(|member| &member.parts) {
        if part.of != of {
            continue;
        }
        let nothing = Money::zero(part.actual.currency());
        let (_, expected, actual) = moved.entry(&part.key).or_insert((part, nothing, nothing));
        *expected = expected.plus(part.expected).unwrap_or(*expected);
        *actual = actual.plus(part.actual).unwrap_or(*actual);
    }
    let nameless = match of {
        PartOf::Region => "No region",
        PartOf::Resource => "No resource named",
    };
    moved
        .into_values()
        .map(|(part, expected, actual)| {
            let label = match (part.label.as_str(), part.key.as_str()) {
                ("", "") => nameless.to_owned(),
                ("", key) => key.to_owned(),
                (label, key) if label == key => key.to_owned(),
                (label, key) => format!("{label} ({key})"),
            };
            let key = if part.key.is_empty() {
                tallyport_store::NONE.to_owned()
            } else {
                part.key.clone()
            };
            ((key, label), expected, actual)
        })
        .collect()
}
