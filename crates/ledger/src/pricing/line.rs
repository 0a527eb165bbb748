use std::fmt;
use std::str::FromStr;

use crate::{Exact, Money};

use super::UsageUnit;

/// What a line charges for: what earlier documents of the same month charged is taken off by it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The cost of a service's resource.
    Cost,
    /// What is taken off a service's cost.
    Discount,
    /// What was used.
    Usage(UsageUnit),
    /// What is missing to a minimum, of some services or all.
    Minimum(Option<String>),
    /// A fee, by its label.
    Fee(String),
    /// A one-off, by its label.
    OneOff(String),
    /// A credit, by its label.
    Credit(String),
}

/// A line as it is charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedLine {
    /// What for.
    pub part: Part,
    /// The service, of costs and discounts.
    pub service: Option<String>,
    /// The resource.
    pub resource: Option<String>,
    /// The label in the words of the book, of fees, one-offs and credits.
    pub label: Option<String>,
    /// On how many of the month's days it counts, where it is not all of them.
    pub days: Option<(u32, u32)>,
    /// How much was used, and what a unit costs.
    pub quantity: Option<(Exact, UsageUnit, Money)>,
    /// What the recipient is charged.
    pub charged: Money,
    /// What it costs the issuer.
    pub cost: Money,
    /// The entries that say so, by their places in the book; none where cost is passed on.
    pub entries: Vec<usize>,
}

/// What a month of one recipient is charged at, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// The lines, in the order of the paper.
    pub lines: Vec<PricedLine>,
    /// What it costs the issuer: the sum of the costs that were asked about.
    pub cost: Money,
    /// What the recipient is charged: the sum of the lines.
    pub charged: Money,
    /// What is left of credits that can be used later, by label.
    pub carried_over: Vec<(String, Money)>,
    /// What is not on the lines, and why.
    pub notes: Vec<PricingNote>,
}

/// Something that an entry says and the lines cannot show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PricingNote {
    /// A rate per unit, but nothing is measured.
    NotMeasured {
        /// Which entry.
        entry: usize,
        /// Of what.
        unit: UsageUnit,
    },
    /// Amounts in another currency than the costs.
    OtherCurrency {
        /// The first such entry.
        entry: usize,
    },
}

impl Priced {
    /// What is left to the issuer.
    ///
    /// # Errors
    /// It does not fit.
    pub fn margin(&self) -> Result<Money, crate::MoneyError> {
        self.charged.minus(self.cost)
    }
}

impl fmt::Display for Part {
    /// Such as `cost`, `minimum:amazon s3` or `fee:support`: what [`Part::from_str`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cost => f.write_str("cost"),
            Self::Discount => f.write_str("discount"),
            Self::Usage(unit) => write!(f, "usage:{unit}"),
            Self::Minimum(None) => f.write_str("minimum"),
            Self::Minimum(Some(service)) => write!(f, "minimum:{service}"),
            Self::Fee(label) => write!(f, "fee:{label}"),
            Self::OneOff(label) => write!(f, "one-off:{label}"),
            Self::Credit(label) => write!(f, "credit:{label}"),
        }
    }
}

impl FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, rest) = text
            .split_once(':')
            .map_or((text, None), |(kind, rest)| (kind, Some(rest.to_owned())));
        match (kind, rest) {
            ("cost", None) => Ok(Self::Cost),
            ("discount", None) => Ok(Self::Discount),
            ("usage", Some(unit)) => unit.parse().map(Self::Usage),
            ("minimum", service) => Ok(Self::Minimum(service)),
            ("fee", Some(label)) => Ok(Self::Fee(label)),
            ("one-off", Some(label)) => Ok(Self::OneOff(label)),
            ("credit", Some(label)) => Ok(Self::Credit(label)),
            _ => Err(format!("\"{text}\" is no part of a price")),
        }
    }
}
