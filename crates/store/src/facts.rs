//! Allocates charges, remembering the answer for charges that rules cannot tell apart.

use std::collections::HashMap;

use jiff::civil::Date;
use tallyport_ledger::{
    Allocated, ChargeFacts, Owner, ResourceId, RuleSet, SubAccountId, TagSet, allocate,
};

/// What rules look at, as numbers that are equal where the texts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FactKey {
    pub sub_account: i64,
    pub service: i64,
    pub region: i64,
    pub resource: i64,
    pub tag_set: i64,
}

/// What rules look at, as texts.
pub(crate) struct FactTexts<'a> {
    pub sub_account: Option<&'a SubAccountId>,
    pub service: &'a str,
    pub region: Option<&'a str>,
    pub resource: Option<&'a ResourceId>,
    pub tags: &'a TagSet,
}

/// Allocates by a set of rules.
pub(crate) struct Allocator<'a> {
    rules: &'a RuleSet,
    /// Days on which a rule begins to hold or holds no more: between two of them nothing changes.
    boundaries: Vec<Date>,
    known: HashMap<(FactKey, usize), Allocated>,
}

impl<'a> Allocator<'a> {
    pub fn new(rules: &'a RuleSet) -> Self {
        let mut boundaries: Vec<Date> = rules
            .rules()
            .iter()
            .flat_map(|rule| {
                let after = rule.validity.to().and_then(|day| day.tomorrow().ok());
                [rule.validity.from(), after]
            })
            .flatten()
            .collect();
        boundaries.sort_unstable();
        boundaries.dedup();
        Self {
            rules,
            boundaries,
            known: HashMap::new(),
        }
    }

    pub fn allocate(&mut self, day: Date, key: FactKey, texts: &FactTexts<'_>) -> Allocated {
        if self.rules.rules().is_empty() {
            return Allocated {
                owner: Owner::Unowned,
                rule: None,
            };
        }
        let segment = self.boundaries.partition_point(|boundary| *boundary <= day);
        *self.known.entry((key, segment)).or_insert_with(|| {
            allocate(
                self.rules,
                &ChargeFacts {
                    day,
                    sub_account: texts.sub_account,
                    service: texts.service,
                    region: texts.region,
                    resource: texts.resource,
                    tags: texts.tags,
                },
            )
        })
    }
}
