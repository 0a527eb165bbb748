//! What is too much to be true: an estimate that leaps beyond reason, and cost that its own
//! quantity and price do not bear out. Medians, so that one bad month or day does not move what
//! is expected.

use crate::Money;

/// How many times what is expected is beyond reason.
pub const BEYOND_REASON: i128 = 50;
/// What lies above the expectation by less than this many of the smallest units of its money (100.00
/// dollars, 10,000 yen) is not worth a doubt: a first real machine in an empty account is fifty times of
/// nothing much.
const WORTH_A_DOUBT: i128 = 10_000;
/// Months that a median of months needs.
const MONTHS: usize = 3;
/// Days that a median of days needs.
const DAYS: usize = 14;

/// Why an amount is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Implausible {
    /// Many times what is usual.
    Leap,
    /// Many times quantity × price.
    Price,
}

impl Implausible {
    /// The word for it, on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Leap => "leap",
            Self::Price => "price",
        }
    }

    /// The number it is stored as.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Leap => 1,
            Self::Price => 2,
        }
    }

    /// The one stored as `number`.
    #[must_use]
    pub const fn from_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Leap),
            2 => Some(Self::Price),
            _ => None,
        }
    }
}

/// What a month's usage is expected to be, if `actual` leaps beyond it: the median of the months
/// before. `None` where it does not, or where too few are known.
#[must_use]
pub fn month_leaps(actual: Money, before: &[Money]) -> Option<Money> {
    leaps(actual, before, MONTHS)
}

/// The same of a day's usage, by the days before.
#[must_use]
pub fn day_leaps(actual: Money, before: &[Money]) -> Option<Money> {
    leaps(actual, before, DAYS)
}

fn leaps(actual: Money, before: &[Money], least: usize) -> Option<Money> {
    if before.len() < least {
        return None;
    }
    let expected = median(before)?;
    beyond(actual, expected).then_some(expected)
}

/// Whether what was billed is many times what quantity × price is at public prices.
#[must_use]
pub fn beyond_price(billed: Money, at_list: Money) -> bool {
    at_list.nanos() > 0 && beyond(billed, at_list)
}

fn beyond(actual: Money, expected: Money) -> bool {
    let smallest = 10_i128.pow(9_u32.saturating_sub(actual.currency().exponent()));
    let (actual, expected) = (actual.nanos(), expected.nanos());
    expected > 0
        && expected
            .checked_mul(BEYOND_REASON)
            .is_some_and(|bound| actual >= bound)
        && actual.saturating_sub(expected) >= WORTH_A_DOUBT * smallest
}

/// The middle one; of two middle ones the lower.
fn median(amounts: &[Money]) -> Option<Money> {
    let mut sorted: Vec<Money> = amounts.to_vec();
    sorted.sort_by_key(Money::nanos);
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}
