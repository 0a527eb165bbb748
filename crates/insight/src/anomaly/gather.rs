//! Anomalies of several series that are one event: they go the same way and begin together.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::Anomaly;

/// Anomalies that belong together, the largest first; each is told by its place in what was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// The first day of all.
    pub from: Date,
    /// The last day of all.
    pub to: Date,
    /// Their places.
    pub members: Vec<usize>,
}

/// Gathers what has the same key (whose it is: account, service, currency), goes the same way and begins
/// within a day of another. What goes up and what goes down never come together, so that neither hides
/// the other. The largest stake first.
#[must_use]
pub fn gather<K: Ord>(found: &[(K, Anomaly)]) -> Vec<Gathered> {
    let mut by_key: BTreeMap<(&K, bool), Vec<usize>> = BTreeMap::new();
    for (place, (key, anomaly)) in found.iter().enumerate() {
        let places = by_key.entry((key, anomaly.is_rise())).or_default();
        places.push(place);
    }
    let mut gathered = Vec::new();
    for mut places in by_key.into_values() {
        places.sort_by_key(|place| (found[*place].1.from, *place));
        let mut group: Vec<usize> = Vec::new();
        for place in places {
            let begins = found[place].1.from;
            let together = group.last().is_some_and(|last| {
                let next = found[*last].1.from.checked_add(1.day());
                next.is_ok_and(|next| begins <= next)
            });
            if !together && !group.is_empty() {
                gathered.push(one(std::mem::take(&mut group), found));
            }
            group.push(place);
        }
        if !group.is_empty() {
            gathered.push(one(group, found));
        }
    }
    gathered.sort_by_key(|group| {
        let stake: i128 = group.members.iter().map(|place| stake(found, *place)).sum();
        (std::cmp::Reverse(stake), group.from, group.members.clone())
    });
    gathered
}

fn stake<K>(found: &[(K, Anomaly)], place: usize) -> i128 {
    found[place].1.impact().nanos().abs()
}

fn one<K>(mut members: Vec<usize>, found: &[(K, Anomaly)]) -> Gathered {
    members.sort_by_key(|place| (std::cmp::Reverse(stake(found, *place)), *place));
    let days = members.iter().map(|place| &found[*place].1);
    let from = days.clone().map(|anomaly| anomaly.from).min();
    let to = days.map(|anomaly| anomaly.to).max();
    Gathered {
        from: from.unwrap_or_default(),
        to: to.unwrap_or_default(),
        members,
    }
}
