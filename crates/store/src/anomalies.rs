//! What is unusual: the leaves it is looked for in, what was found, and what people said of it.

mod found;
mod leaves;
mod parts;

use tallyport_ledger::{BillingPeriod, Currency, Money};

pub use self::found::{AnomalyRecord, FoundAnomaly};
pub use self::parts::{AnomalyPart, PartOf, PartsAsk};

use crate::{AnomalyId, ClientId};

/// A number of the file's own for a billing account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountNumber(pub(crate) i64);

/// A number of the file's own for a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LeafId(pub(crate) i64);

/// What one account uses of one usage type of one service, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Its number.
    pub id: LeafId,
    /// The client that pays.
    pub client: (ClientId, String),
    /// The payer: its number and its id.
    pub billing_account: (AccountNumber, String),
    /// The account that uses it: id and name.
    pub account: Option<(String, Option<String>)>,
    /// The service.
    pub service: String,
    /// The usage type or SKU; may be empty.
    pub usage_type: String,
    /// What the bill says of it; may be empty.
    pub description: String,
    /// The currency.
    pub currency: Currency,
}

/// A month whose leaves are to be read anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleMonth {
    /// The payer.
    pub account: AccountNumber,
    /// The month.
    pub period: BillingPeriod,
    rests_on: String,
}

/// A month as it is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedMonth {
    /// The month.
    pub period: BillingPeriod,
    /// A bit for each day on which anything was used, the first of the month lowest.
    pub used: u32,
    /// Whether the provider still changes it.
    pub estimated: bool,
    /// Currencies in which its figures are not believed.
    pub held: Vec<Currency>,
}

/// What a leaf cost on the days of a month, the first at 0; as many as the longest month has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafMonth {
    /// The month.
    pub period: BillingPeriod,
    /// Day by day.
    pub days: Vec<Money>,
}

/// What a leaf cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafMonths {
    /// The leaf.
    pub leaf: LeafId,
    /// Its currency.
    pub currency: Currency,
    /// Its months, in order; those on which it cost nothing are left out.
    pub months: Vec<LeafMonth>,
}

impl AnomalyId {
    /// The address of an anomaly in texts that name it.
    #[must_use]
    pub fn subject(self) -> String {
        format!("anomaly:{}", self.0)
    }
}
