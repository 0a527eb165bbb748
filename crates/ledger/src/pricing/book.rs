use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{Currency, Money};

use super::{BookError, BookFault, Entry, PriceRule, PriceScope, Tier, UsageUnit, folded};

/// A price book, sound as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceBook {
    currency: Option<Currency>,
    entries: Vec<Entry>,
}

/// What entries say something about: of those on the same topic one wins.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Topic<'a> {
    /// Of the costs of these services.
    Rate(Option<&'a str>),
    /// Of what these services come to at least.
    Minimum(Option<&'a str>),
    /// Of what this fee is.
    Fee(String),
    /// Of what a unit costs.
    Usage(UsageUnit),
}

const MOST: usize = 2_000;

impl PriceBook {
    /// A book whose amounts are in `currency`.
    ///
    /// # Errors
    /// [`BookError`] names the entry and what is wrong with it.
    pub fn new(currency: Option<Currency>, entries: Vec<Entry>) -> Result<Self, BookError> {
        if entries.len() > MOST {
            return Err(BookError {
                entry: MOST,
                field: "entries",
                fault: BookFault::TooMany,
            });
        }
        for (at, entry) in entries.iter().enumerate() {
            sound(entry, currency).map_err(|(field, fault)| BookError {
                entry: at,
                field,
                fault,
            })?;
        }
        let book = Self { currency, entries };
        book.days_are_sound()?;
        Ok(book)
    }

    /// The currency of its amounts.
    #[must_use]
    pub const fn currency(&self) -> Option<Currency> {
        self.currency
    }

    /// Its entries, as they were written.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether every two entries on the same topic for the same scope are clear about each day.
    fn days_are_sound(&self) -> Result<(), BookError> {
        let mut topics: BTreeMap<(PriceScope, Topic<'_>), Vec<usize>> = BTreeMap::new();
        let mut credits = BTreeMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if let Some(topic) = Topic::of(entry) {
                topics.entry((entry.scope, topic)).or_default().push(at);
            } else if let PriceRule::Credit { label, .. } = &entry.rule
                && let Some(first) = credits.insert((entry.scope, folded(label)), at)
            {
                return Err(BookError {
                    entry: at,
                    field: "label",
                    fault: BookFault::CreditTwice(first + 1),
                });
            }
        }
        for ((scope, topic), mut places) in topics {
            places.sort_by_key(|at| (self.entries[*at].validity.from(), *at));
            self.no_overlap(&places)?;
            if let Topic::Rate(service) = topic {
                self.no_gap(&places, scope, service)?;
            }
        }
        Ok(())
    }

    fn no_overlap(&self, places: &[usize]) -> Result<(), BookError> {
        for (later, at) in places.iter().enumerate() {
            let this = self.entries[*at].validity;
            for before in &places[..later] {
                let other = self.entries[*before].validity;
                let meet = other.to().is_none_or(|to| this.from() <= Some(to));
                let inside = match (this.to(), other.to()) {
                    (_, None) => true,
                    (Some(this), Some(other)) => this <= other,
                    (None, Some(_)) => false,
                };
                if meet && (this.from() == other.from() || !inside) {
                    return Err(BookError {
                        entry: *at,
                        field: "from",
                        fault: BookFault::Overlap {
                            with: before + 1,
                            day: this.from(),
                        },
                    });
                }
            }
        }
        Ok(())
    }

    /// Between two rates no day may fall back to cost unsaid. A broader rate may say it.
    fn no_gap(
        &self,
        places: &[usize],
        scope: PriceScope,
        service: Option<&str>,
    ) -> Result<(), BookError> {
        let said_on = |day: Date| {
            let mut broader = self.entries.iter().filter(|entry| {
                entry.is_rate()
                    && (entry.scope == scope || entry.scope == PriceScope::All)
                    && (entry.service_key() == service || entry.service.is_none())
                    && entry.validity.holds_on(day)
            });
            // The one that holds longest.
            let first = broader.next()?;
            Some(broader.fold(first.validity.to(), |to, entry| {
                to.zip(entry.validity.to()).map(|(a, b)| a.max(b))
            }))
        };
        for pair in places.windows(2) {
            let [before, this] = *pair else { continue };
            let Some(next) = self.entries[this].validity.from() else {
                continue;
            };
            let mut ended = self.entries[before].validity.to();
            while let Some(day) = ended
                .and_then(|day| day.tomorrow().ok())
                .filter(|day| *day < next)
            {
                match said_on(day) {
                    Some(to) => ended = to,
                    None => {
                        return Err(BookError {
                            entry: this,
                            field: "from",
                            fault: BookFault::Gap {
                                after: before + 1,
                                from: day,
                                to: next.yesterday().unwrap_or(next),
                            },
                        });
                    }
                }
            }
        }
        Ok(())
    }
}

impl<'a> Topic<'a> {
    /// One-offs and credits add up: no other one says anything about them.
    pub(super) fn of(entry: &'a Entry) -> Option<Self> {
        match &entry.rule {
            PriceRule::Markup(_) | PriceRule::Tiers(_) => Some(Self::Rate(entry.service_key())),
            PriceRule::Minimum(_) => Some(Self::Minimum(entry.service_key())),
            PriceRule::Fee { label, .. } => Some(Self::Fee(folded(label))),
            PriceRule::Usage { unit, .. } => Some(Self::Usage(*unit)),
            PriceRule::OneOff { .. } | PriceRule::Credit { .. } => None,
        }
    }
}

type Wrong = (&'static str, BookFault);

/// Whether an entry can be, whatever the others say.
fn sound(entry: &Entry, currency: Option<Currency>) -> Result<(), Wrong> {
    let amount = |field: &'static str, amount: Money| {
        let book = currency.ok_or((field, BookFault::NoCurrency))?;
        let fault = match amount.nanos() {
            _ if amount.currency() != book => BookFault::Currency {
                given: amount.currency(),
                book,
            },
            0 => BookFault::Nothing,
            nanos if nanos < 0 => BookFault::Negative(amount),
            _ => return Ok(()),
        };
        Err((field, fault))
    };
    let label = |label: &str| {
        let fits = (1..=200).contains(&label.trim().chars().count())
            && !label.chars().any(char::is_control);
        fits.then_some(()).ok_or(("label", BookFault::Label))
    };
    let about_services = entry.is_rate() || matches!(entry.rule, PriceRule::Minimum(_));
    if entry.service.is_some() && !about_services {
        return Err(("service", BookFault::Service));
    }
    match &entry.rule {
        PriceRule::Markup(_) => Ok(()),
        PriceRule::Tiers(tiers) => in_order(tiers, amount),
        PriceRule::Minimum(least) => amount("amount", *least),
        PriceRule::Usage { unit: _, per } => amount("amount", *per),
        PriceRule::Fee {
            label: what,
            amount: much,
        } => label(what).and_then(|()| amount("amount", *much)),
        PriceRule::OneOff {
            day: _,
            label: what,
            amount: much,
        } => {
            if entry.validity != crate::Validity::default() {
                return Err(("from", BookFault::OneOffDays));
            }
            label(what).and_then(|()| amount("amount", *much))
        }
        PriceRule::Credit {
            label: what,
            amount: much,
            grant: _,
            rolls_over: _,
        } => {
            if entry.validity.from().is_none() {
                return Err(("from", BookFault::CreditStart));
            }
            label(what).and_then(|()| amount("amount", *much))
        }
    }
}

fn in_order(
    tiers: &[Tier],
    amount: impl Fn(&'static str, Money) -> Result<(), Wrong>,
) -> Result<(), Wrong> {
    let wrong = |fault| Err(("tiers", fault));
    let mut before = None;
    for (at, tier) in tiers.iter().enumerate() {
        match tier.up_to {
            Some(up_to) => {
                amount("tiers", up_to)?;
                if before.is_some_and(|before: Money| before.nanos() >= up_to.nanos()) {
                    return wrong(BookFault::TierOrder {
                        tier: at + 1,
                        up_to,
                    });
                }
                before = Some(up_to);
                if at + 1 == tiers.len() {
                    return wrong(BookFault::LastTier(up_to));
                }
            }
            None if at + 1 < tiers.len() => return wrong(BookFault::OpenTier(at + 1)),
            None => {}
        }
    }
    if tiers.is_empty() {
        return wrong(BookFault::NoTiers);
    }
    Ok(())
}
