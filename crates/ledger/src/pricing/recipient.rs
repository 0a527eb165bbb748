use std::cmp::Reverse;

use jiff::civil::Date;

use crate::Validity;

use super::book::Topic;
use super::{Entry, PriceBook, PriceScope};

/// Who is billed, and what they belonged to on which days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    scope: PriceScope,
    groups: Vec<(PriceScope, Validity)>,
}

impl Recipient {
    /// A recipient in `groups`: their teams and clients. Of several of a kind on one day the first counts.
    #[must_use]
    pub const fn new(scope: PriceScope, groups: Vec<(PriceScope, Validity)>) -> Self {
        Self { scope, groups }
    }

    /// Who they are.
    #[must_use]
    pub const fn scope(&self) -> PriceScope {
        self.scope
    }

    /// Whether rates for `scope` are theirs on `day`.
    #[must_use]
    pub fn belongs_to(&self, scope: PriceScope, day: Date) -> bool {
        let mut of_a_kind = self
            .groups
            .iter()
            .filter(|(group, days)| group.word() == scope.word() && days.holds_on(day));
        scope == PriceScope::All
            || scope == self.scope
            || of_a_kind.next().is_some_and(|(group, _)| *group == scope)
    }
}

impl PriceBook {
    /// The rate at which a cost of `service` on `day` is charged, by its place in the book: of all that
    /// match, that of the most specific scope; then of the one that names the service, before a pattern,
    /// before none; then the one that began later. Without one it is charged at cost.
    #[must_use]
    pub fn rate_on(&self, recipient: &Recipient, service: &str, day: Date) -> Option<usize> {
        self.winner(|entry| {
            entry.is_rate()
                && entry.validity.holds_on(day)
                && recipient.belongs_to(entry.scope, day)
                && entry.covers(service)
        })
    }

    /// Of the amounts on `topic` that are a recipient's concern, the one that counts on `day`.
    pub(super) fn amount_on(
        &self,
        topic: &Topic<'_>,
        day: Date,
        concerns: impl Fn(&Entry) -> bool,
    ) -> Option<usize> {
        self.winner(|entry| {
            entry.validity.holds_on(day)
                && concerns(entry)
                && Topic::of(entry).as_ref() == Some(topic)
        })
    }

    fn winner(&self, fits: impl Fn(&Entry) -> bool) -> Option<usize> {
        let entries = self.entries().iter().enumerate();
        entries
            .filter(|(_, entry)| fits(entry))
            .max_by_key(|&(_, entry)| precedence(entry))
            .map(|(at, _)| at)
    }
}

impl Recipient {
    /// Whether an amount of this entry can be theirs: amounts are not handed down.
    pub(super) fn is_charged(&self, entry: &Entry) -> bool {
        entry.scope == PriceScope::All || entry.scope == self.scope
    }
}

/// The greater wins. No two rates that match the same cost are equal: a book refuses that.
fn precedence(entry: &Entry) -> impl Ord + use<> {
    let service = entry.service.as_ref();
    let named = service.map_or(0, |service| if service.is_one_name() { 2 } else { 1 });
    let key = entry.service_key().unwrap_or_default();
    (
        entry.scope,
        named,
        entry.validity.from(),
        // Two patterns that began together: the one that says more.
        key.chars().count(),
        Reverse(key.to_owned()),
    )
}
