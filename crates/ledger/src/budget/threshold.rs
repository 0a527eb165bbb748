//! At which points somebody is told, and when a budget counts as having left such a point again.

use super::{Measure, ThresholdId};
use crate::alert::Severity;
use crate::{Money, MoneyError};

/// How many points of the limit below a threshold an amount must fall to count as below it again, so
/// that one that swings about it is told once.
pub const MARGIN: i128 = 5;

/// Where a threshold lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// At so many percent of the limit.
    Percent(u16),
    /// At an amount.
    Amount(Money),
}

/// A point at which somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    /// Its identity.
    pub id: ThresholdId,
    /// Where it lies.
    pub at: At,
    /// What it is held against.
    pub on: Measure,
}

/// How an amount stands to a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// At it or above.
    Reached,
    /// Below it by less than the margin.
    Close,
    /// Below it by the margin or more.
    Below,
}

impl At {
    /// The amount that reaches it.
    ///
    /// # Errors
    /// Too large to hold.
    pub fn amount(self, limit: Money) -> Result<Money, MoneyError> {
        match self {
            Self::Amount(amount) => Ok(amount),
            Self::Percent(percent) => {
                let nanos = times(limit, i128::from(percent))?;
                Ok(Money::from_nanos(nanos / 100, limit.currency()))
            }
        }
    }

    /// How `spent` stands to it where `limit` may be spent. What is not above nothing reaches nothing.
    ///
    /// # Errors
    /// Two currencies, or an amount too large.
    pub fn standing(self, spent: Money, limit: Money) -> Result<Standing, MoneyError> {
        spent.minus(limit)?;
        // A hundredfold, so that nothing is rounded.
        let at = match self {
            Self::Percent(percent) => times(limit, i128::from(percent))?,
            Self::Amount(amount) => {
                amount.minus(limit)?;
                times(amount, 100)?
            }
        };
        let left = at.saturating_sub(times(limit, MARGIN)?).max(0);
        let spent = times(spent, 100)?;
        Ok(if spent <= 0 {
            Standing::Below
        } else if spent >= at {
            Standing::Reached
        } else if spent > left {
            Standing::Close
        } else {
            Standing::Below
        })
    }

    /// How many per mille of `limit` it lies at.
    #[must_use]
    pub fn per_mille(self, limit: Money) -> i128 {
        match self {
            Self::Percent(percent) => i128::from(percent) * 10,
            Self::Amount(amount) if limit.nanos() > 0 => {
                amount.nanos().saturating_mul(1000) / limit.nanos()
            }
            Self::Amount(_) => 1000,
        }
    }
}

impl Threshold {
    /// How urgent it is that it was reached: that the limit is used up is urgent, that it nearly is, or
    /// will be, a warning.
    #[must_use]
    pub fn severity(&self, limit: Money) -> Severity {
        match (self.on, self.at.per_mille(limit)) {
            (Measure::Actual, at) if at >= 1000 => Severity::Urgent,
            (Measure::Actual, at) if at >= 800 => Severity::Warning,
            (Measure::Forecast, at) if at >= 1000 => Severity::Warning,
            _ => Severity::Notice,
        }
    }
}

fn times(amount: Money, factor: i128) -> Result<i128, MoneyError> {
    amount
        .nanos()
        .checked_mul(factor)
        .ok_or(MoneyError::TooLarge)
}
