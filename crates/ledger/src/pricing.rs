//! Price books: what allocated cost is charged at.
//!
//! A book has entries. *Rates* (markups and tiers) turn cost into prices, day by day, by the one entry that
//! wins ([`PriceBook::rate_on`]); they are handed down from a client to its teams and from a team to its
//! members. *Amounts* (fees, minimums, one-offs, credits, usage) are never handed down: an amount for a team
//! is the team's own, or each member would be charged it as well. Why: `docs/decisions/0023-price-books.md`.

mod amounts;
mod book;
mod charged;
mod credit;
mod fault;
mod line;
mod rate;
mod recipient;

pub use book::PriceBook;
pub use charged::{Asked, CostLine, Earlier, PricingError, Usage, price};
pub use fault::{BookError, BookFault};
pub use line::{Part, Priced, PricedLine, PricingNote};
pub use rate::{Markup, Tier};
pub use recipient::Recipient;

use jiff::civil::Date;

use crate::charge::words;
use crate::{Money, OwnerId, Pattern, Validity};

/// Whom an entry is for, the more specific the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PriceScope {
    /// Everybody.
    All,
    /// A client, its teams and their members.
    Client(OwnerId),
    /// A team and its members.
    Team(OwnerId),
    /// A tenant.
    Tenant(OwnerId),
    /// A person.
    Person(OwnerId),
}

/// The services that an entry is about, in the words of whoever wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServicePattern {
    text: String,
    pattern: Pattern,
}

/// One line of a price book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whom it is for.
    pub scope: PriceScope,
    /// Which services; all where it says none. Only rates and minimums are about services.
    pub service: Option<ServicePattern>,
    /// On which days it holds.
    pub validity: Validity,
    /// What is charged.
    pub rule: PriceRule,
}

/// What an entry charges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PriceRule {
    /// So much on top of cost, or less than cost.
    Markup(Markup),
    /// So much on top of the first part of a month's cost, so much on the next: graduated, so that
    /// one more unit of cost never lowers what is charged for the ones before.
    Tiers(Vec<Tier>),
    /// At least this much a month for costs and usage; what is missing is topped up.
    Minimum(Money),
    /// So much a month.
    Fee {
        /// What for.
        label: String,
        /// A month's.
        amount: Money,
    },
    /// So much once.
    OneOff {
        /// On which day; it is charged with that month.
        day: Date,
        /// What for.
        label: String,
        /// How much.
        amount: Money,
    },
    /// So much to the recipient's good, never more than there is to pay.
    Credit {
        /// What for.
        label: String,
        /// What is granted.
        amount: Money,
        /// How often it is granted.
        grant: Grant,
        /// Whether what a month leaves can be used in the next ones, as long as the entry holds.
        rolls_over: bool,
    },
    /// So much for each unit used.
    Usage {
        /// Of what.
        unit: UsageUnit,
        /// For one unit; of what is stored and of users, for a month.
        per: Money,
    },
}

words!(
    /// How often a credit is granted.
    Grant, "how often a credit is granted (once or month)" {
        /// On the first day that the entry holds.
        Once = 1 "once",
        /// In every month in which the entry holds.
        Month = 2 "month",
    }
);

words!(
    /// What is measured of a tenant.
    UsageUnit, "a unit of usage (gb_stored, gb_moved or user)" {
        /// A gigabyte kept for a month.
        GbStored = 1 "gb_stored",
        /// A gigabyte moved in or out.
        GbMoved = 2 "gb_moved",
        /// A user for a month.
        User = 3 "user",
    }
);

impl PriceScope {
    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Client(_) => "client",
            Self::Team(_) => "team",
            Self::Tenant(_) => "tenant",
            Self::Person(_) => "person",
        }
    }

    /// Whom it names.
    #[must_use]
    pub const fn owner(self) -> Option<OwnerId> {
        match self {
            Self::All => None,
            Self::Client(id) | Self::Team(id) | Self::Tenant(id) | Self::Person(id) => Some(id),
        }
    }
}

impl ServicePattern {
    /// A service by its name, or several by a pattern with `*` and `?`.
    ///
    /// # Errors
    /// [`crate::RuleError::Pattern`].
    pub fn parse(text: &str) -> Result<Self, crate::RuleError> {
        let text = text.trim();
        Ok(Self {
            text: text.to_owned(),
            pattern: Pattern::parse(text)?,
        })
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a service is meant.
    #[must_use]
    pub fn matches(&self, service: &str) -> bool {
        self.pattern.matches(service)
    }

    /// What tells it from others: its text without regard to case.
    pub(crate) fn key(&self) -> &str {
        self.pattern.as_str()
    }

    fn is_one_name(&self) -> bool {
        !self.key().contains(['*', '?'])
    }
}

impl Entry {
    /// Whether it is a rate: what turns cost into prices.
    #[must_use]
    pub const fn is_rate(&self) -> bool {
        matches!(self.rule, PriceRule::Markup(_) | PriceRule::Tiers(_))
    }

    pub(crate) fn covers(&self, service: &str) -> bool {
        self.service
            .as_ref()
            .is_none_or(|pattern| pattern.matches(service))
    }

    pub(crate) fn service_key(&self) -> Option<&str> {
        self.service.as_ref().map(ServicePattern::key)
    }
}

impl PriceRule {
    /// Its word on the wire.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Markup(_) => "markup",
            Self::Tiers(_) => "tiers",
            Self::Minimum(_) => "minimum",
            Self::Fee { .. } => "fee",
            Self::OneOff { .. } => "one_off",
            Self::Credit { .. } => "credit",
            Self::Usage { .. } => "usage",
        }
    }
}

/// A label without regard to case and outer blanks: what makes two labels the same.
pub(crate) fn folded(label: &str) -> String {
    label.trim().to_lowercase()
}
