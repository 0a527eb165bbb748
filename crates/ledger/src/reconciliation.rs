//! Why two totals of one month differ: what of the difference has a name, and what has none.
//!
//! Tax, support, credits and refunds are compared where both sides tell them apart. What is left
//! is rounding if it is that small, an operation that one side leaves out if it is just that much,
//! not final while a side may still change, and else unexplained. The parts add up to the
//! difference, to the nano, whatever is known.

use std::collections::BTreeMap;

use crate::{Money, MoneyError};

/// A reason why two totals differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceClass {
    /// Tax that one side has and the other has not, or has otherwise.
    Tax,
    /// Support fees, which are billed days after the rest.
    Support,
    /// Credits.
    Credit,
    /// Refunds.
    Refund,
    /// Operations whose cost another line has already, which one side leaves out.
    ExcludedOperation,
    /// Amounts that one side rounds.
    Rounding,
    /// A side that its provider may still change.
    NotFinal,
    /// No known reason.
    Unexplained,
}

impl DifferenceClass {
    /// Those that a total may tell apart.
    pub const TOLD_APART: [Self; 4] = [Self::Tax, Self::Support, Self::Credit, Self::Refund];

    /// The word for it, on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tax => "tax",
            Self::Support => "support",
            Self::Credit => "credit",
            Self::Refund => "refund",
            Self::ExcludedOperation => "excluded_operation",
            Self::Rounding => "rounding",
            Self::NotFinal => "not_final",
            Self::Unexplained => "unexplained",
        }
    }
}

/// A month's total as one source has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservedTotal {
    /// All of it.
    pub total: Money,
    /// What of it is tax, support, credit or refund. A class that is not here is not told apart
    /// by this source; one that is here with nothing is known to be nothing.
    pub told_apart: BTreeMap<DifferenceClass, Money>,
    /// What it leaves out because another line has it already.
    pub left_out: Money,
    /// How much of a difference its rounding can make.
    pub rounding: Money,
    /// Whether it no longer changes.
    pub settled: bool,
}

impl ObservedTotal {
    /// A total of which nothing else is known.
    #[must_use]
    pub const fn plain(total: Money, settled: bool) -> Self {
        Self {
            total,
            told_apart: BTreeMap::new(),
            left_out: Money::zero(total.currency()),
            rounding: Money::zero(total.currency()),
            settled,
        }
    }
}

/// What lies between two totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The second total less the first.
    pub amount: Money,
    /// What it is made of; no part is nothing, and they add up to it.
    pub parts: Vec<(DifferenceClass, Money)>,
}

impl Difference {
    /// What of it has no known reason.
    #[must_use]
    pub fn unexplained(&self) -> Money {
        self.parts
            .iter()
            .find(|(class, _)| *class == DifferenceClass::Unexplained)
            .map_or(Money::zero(self.amount.currency()), |(_, amount)| *amount)
    }

    /// Whether both say the same, but for rounding.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.parts
            .iter()
            .all(|(class, _)| *class == DifferenceClass::Rounding)
    }
}

/// Tells the difference between `from` and `to` apart.
///
/// # Errors
/// Currencies differ, or amounts do not fit.
pub fn explain(from: &ObservedTotal, to: &ObservedTotal) -> Result<Difference, MoneyError> {
    let amount = to.total.minus(from.total)?;
    let nothing = Money::zero(amount.currency());
    let rounding = from.rounding.plus(to.rounding)?;
    let within = |money: Money| money.nanos().abs() <= rounding.nanos().abs();
    let mut parts = Vec::new();
    let mut rest = amount;
    for class in DifferenceClass::TOLD_APART {
        let (Some(ours), Some(theirs)) = (from.told_apart.get(&class), to.told_apart.get(&class))
        else {
            continue;
        };
        let part = theirs.minus(*ours)?;
        if !part.is_zero() && !within(part) {
            rest = rest.minus(part)?;
            parts.push((class, part));
        }
    }
    cancel(&mut parts, DifferenceClass::Credit, DifferenceClass::Refund)?;
    // What the first leaves out, the second has.
    let left_out = from.left_out.minus(to.left_out)?;
    if !left_out.is_zero() && !within(rest) && within(rest.minus(left_out)?) {
        rest = rest.minus(left_out)?;
        parts.push((DifferenceClass::ExcludedOperation, left_out));
    }
    if rest != nothing {
        let class = if within(rest) {
            DifferenceClass::Rounding
        } else if from.settled && to.settled {
            DifferenceClass::Unexplained
        } else {
            DifferenceClass::NotFinal
        };
        parts.push((class, rest));
    }
    Ok(Difference { amount, parts })
}

/// What one source calls a credit, another calls a refund: where the two make up for each other,
/// only what is left is a difference.
fn cancel(
    parts: &mut Vec<(DifferenceClass, Money)>,
    one: DifferenceClass,
    other: DifferenceClass,
) -> Result<(), MoneyError> {
    let of = |class| parts.iter().find(|(found, _)| *found == class).copied();
    let (Some((_, first)), Some((_, second))) = (of(one), of(other)) else {
        return Ok(());
    };
    if (first.nanos() < 0) == (second.nanos() < 0) {
        return Ok(());
    }
    let left = first.plus(second)?;
    let larger = if first.nanos().abs() >= second.nanos().abs() {
        one
    } else {
        other
    };
    parts.retain(|(class, _)| *class != one && *class != other);
    if !left.is_zero() {
        parts.push((larger, left));
    }
    Ok(())
}
