//! How much may be spent: one amount for every period, or a plan for the months of a year.

use jiff::civil::Date;

use super::BudgetPeriod;
use crate::{Currency, DayRange, Money, MoneyError};

/// How much may be spent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// The same in every period.
    Same(Money),
    /// So much in January, in February, …, every year. A quarter and a year have the sum of their months, a
    /// day its share of its month: the days of a month add up to the month.
    Plan(Box<[Money; 12]>),
}

/// Why a limit cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// Below nothing.
    #[error("a limit cannot be negative")]
    Negative,
    /// Nothing at all, so that no share of it can be reached.
    #[error("a limit of nothing cannot be used up: give an amount above zero")]
    Nothing,
    /// Not twelve amounts.
    #[error("a plan has twelve amounts, one for each month from January; {0} are given")]
    NotTwelve(usize),
    /// Amounts that do not go together.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Limit {
    /// The same amount in every period.
    ///
    /// # Errors
    /// [`LimitError::Negative`], [`LimitError::Nothing`].
    pub fn same(amount: Money) -> Result<Self, LimitError> {
        match amount.nanos() {
            0 => Err(LimitError::Nothing),
            nanos if nanos < 0 => Err(LimitError::Negative),
            _ => Ok(Self::Same(amount)),
        }
    }

    /// A plan for the twelve months of a year; some may be nothing, not all.
    ///
    /// # Errors
    /// [`LimitError`].
    pub fn plan(months: Vec<Money>, currency: Currency) -> Result<Self, LimitError> {
        let months: Box<[Money; 12]> = months
            .try_into()
            .map_err(|months: Vec<Money>| LimitError::NotTwelve(months.len()))?;
        if months.iter().any(|month| month.nanos() < 0) {
            return Err(LimitError::Negative);
        }
        if Money::sum(months.iter(), currency)?.is_zero() {
            return Err(LimitError::Nothing);
        }
        Ok(Self::Plan(months))
    }

    /// How much may be spent in `span`, a period of the kind `period`.
    ///
    /// # Errors
    /// The sum of a plan does not fit.
    pub fn of(&self, period: BudgetPeriod, span: DayRange) -> Result<Money, MoneyError> {
        let months = match self {
            Self::Same(amount) => return Ok(*amount),
            Self::Plan(months) => months,
        };
        let of_month = |month: Date| {
            let at = usize::try_from(month.month() - 1).unwrap_or(0);
            months[at.min(11)]
        };
        if period == BudgetPeriod::Day {
            return share_of_day(of_month(span.from()), span.from());
        }
        let currency = months[0].currency();
        span.months()
            .map(of_month)
            .try_fold(Money::zero(currency), Money::plus)
    }

    /// Its currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        match self {
            Self::Same(amount) => amount.currency(),
            Self::Plan(months) => months[0].currency(),
        }
    }
}

/// What `day` has of its month: even shares that add up.
fn share_of_day(month: Money, day: Date) -> Result<Money, MoneyError> {
    let days = usize::try_from(day.days_in_month()).unwrap_or(31);
    let shares = month.split(&vec![1; days])?;
    let at = usize::try_from(day.day() - 1).unwrap_or(0);
    Ok(shares
        .get(at)
        .copied()
        .unwrap_or(Money::zero(month.currency())))
}

/// How many per mille of `limit` are `spent`; `None` where the limit is nothing.
///
/// # Errors
/// Two currencies, or an amount too large.
pub fn used_per_mille(spent: Money, limit: Money) -> Result<Option<i128>, MoneyError> {
    spent.minus(limit)?;
    if limit.nanos() <= 0 {
        return Ok(None);
    }
    let thousandfold = spent
        .nanos()
        .checked_mul(1000)
        .ok_or(MoneyError::TooLarge)?;
    Ok(Some(thousandfold / limit.nanos()))
}
