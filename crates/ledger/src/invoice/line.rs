use crate::charge::words;
use crate::{Exact, Money};

words!(
    /// What a line of an invoice is.
    LineKind, "a kind of line (cost, fee, one_off, minimum, discount, credit or usage)" {
        /// What a service's resource cost, at its price.
        Cost = 1 "cost",
        /// A fixed fee of the month.
        Fee = 2 "fee",
        /// Something of this invoice alone.
        OneOff = 3 "one_off",
        /// What tops a month up to the least that is charged.
        Minimum = 4 "minimum",
        /// What is taken off.
        Discount = 5 "discount",
        /// What was granted before and is used now.
        Credit = 6 "credit",
        /// What was measured, at a rate.
        Usage = 7 "usage",
    }
);

/// So much of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// How much.
    pub amount: Exact,
    /// Of what, such as GB.
    pub unit: String,
}

/// Why a line costs what it costs: for the one who bills, never on the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedBy {
    /// Which part of a price book it is, such as `cost` or `fee:Support`.
    pub part: String,
    /// In words.
    pub why: String,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    /// What it is.
    pub kind: LineKind,
    /// The service; empty where it is of none.
    pub service: String,
    /// The resource, where the bill names one.
    pub resource: Option<String>,
    /// What stands on it in place of service and resource.
    pub text: Option<String>,
    /// How much was measured.
    pub quantity: Option<Quantity>,
    /// What one unit of it costs.
    pub unit_price: Option<Money>,
    /// The exact amount that is charged, before rounding.
    pub exact: Money,
    /// What it costs the one who bills, in the currency of the provider's bill.
    pub cost: Option<Money>,
    /// Which of the document's tax treatments it has.
    pub tax: u8,
    /// How it was priced, where a price book did so.
    pub priced: Option<PricedBy>,
    /// On a credit note, which line of the invoice is credited: its place, from none.
    pub credits: Option<u32>,
}

impl DraftLine {
    /// What a service's resource cost in the month, passed on as it is.
    #[must_use]
    pub const fn of_cost(service: String, resource: Option<String>, exact: Money) -> Self {
        Self {
            kind: LineKind::Cost,
            service,
            resource,
            text: None,
            quantity: None,
            unit_price: None,
            exact,
            cost: None,
            tax: 0,
            priced: None,
            credits: None,
        }
    }

    /// Something that was put on the document by hand.
    #[must_use]
    pub fn one_off(text: String, exact: Money) -> Self {
        Self {
            kind: LineKind::OneOff,
            text: Some(text),
            ..Self::of_cost(String::new(), None, exact)
        }
    }
}
