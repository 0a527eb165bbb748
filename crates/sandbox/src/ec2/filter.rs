//! `Filter.N.Name` and `Filter.N.Value.M`: values of one filter are alternatives, filters add up.

use std::collections::BTreeMap;

use super::power::PowerState;
use super::{Fields, Refusal};
use crate::company::Instance;

pub(crate) struct Filters(Vec<(String, Vec<String>)>);

impl Filters {
    pub fn read(fields: &Fields) -> Result<Self, Refusal> {
        let mut filters: BTreeMap<&str, (String, Vec<String>)> = BTreeMap::new();
        for (key, value) in fields {
            let mut parts = key.splitn(3, '.');
            let (Some("Filter"), Some(number), Some(rest)) =
                (parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            let filter = filters.entry(number).or_default();
            if rest == "Name" {
                filter.0.clone_from(value);
            } else {
                filter.1.push(value.clone());
            }
        }
        for (name, _) in filters.values() {
            let known = matches!(
                name.as_str(),
                "instance-state-name"
                    | "instance-state-code"
                    | "instance-id"
                    | "instance-type"
                    | "availability-zone"
                    | "tag-key"
                    | "private-ip-address"
                    | "owner-id"
            );
            if !known && !name.starts_with("tag:") {
                return Err(Refusal(
                    400,
                    "InvalidParameterValue",
                    format!("The filter '{name}' is invalid"),
                ));
            }
        }
        Ok(Self(filters.into_values().collect()))
    }

    pub fn accept(&self, instance: &Instance, power: PowerState) -> bool {
        self.0.iter().all(|(name, wanted)| {
            let one = |actual: &str| {
                wanted
                    .iter()
                    .any(|pattern| matches_pattern(pattern, actual))
            };
            match name.as_str() {
                "instance-state-name" => one(power.name()),
                "instance-state-code" => one(power.code()),
                "instance-id" => one(&instance.id),
                "instance-type" => one(instance.kind),
                "availability-zone" => one(&instance.zone),
                "private-ip-address" => one(&instance.private_address),
                "owner-id" => one(instance.account),
                "tag-key" => instance.tags.iter().any(|(key, _)| one(key)),
                other => {
                    let wanted_key = other.trim_start_matches("tag:");
                    instance
                        .tags
                        .iter()
                        .any(|(key, value)| key == wanted_key && one(value))
                }
            }
        })
    }
}

/// `*` stands for any characters, `?` for one.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    fn matches(pattern: &[char], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, rest) => rest.is_none(),
            (Some(('*', tail)), Some((_, rest))) => matches(tail, text) || matches(pattern, rest),
            (Some(('*', tail)), None) => matches(tail, text),
            (Some(('?', tail)), Some((_, rest))) => matches(tail, rest),
            (Some((wanted, tail)), Some((actual, rest))) => wanted == actual && matches(tail, rest),
            (Some(_), None) => false,
        }
    }
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    matches(&pattern, &text)
}
