use std::cmp::Ordering;
use std::fmt;

use crate::{Currency, apportion};

/// An exact amount of one currency: a whole number of nano-units (10⁻⁹).
///
/// There is no `+`: adding can fail, and says how. A share is [split](Money::split), never
/// multiplied, and its parts add up.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    nanos: i128,
    currency: Currency,
}

/// What can go wrong with amounts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Two currencies met.
    #[error("{0} and {1} cannot be added: currencies are never mixed")]
    Mixed(Currency, Currency),
    /// The result is beyond what an amount can hold.
    #[error("the amount is too large")]
    TooLarge,
    /// A text is not a decimal number of at most nine decimals.
    #[error("\"{0}\" is not an amount: a decimal number with at most nine decimals is expected")]
    NotAnAmount(String),
    /// Nothing to split over.
    #[error("an amount cannot be split over nobody")]
    NoShares,
}

/// Nano-units in one unit.
const UNIT: i128 = 1_000_000_000;

impl Money {
    /// An amount of `nanos` nano-units.
    #[must_use]
    pub const fn from_nanos(nanos: i128, currency: Currency) -> Self {
        Self { nanos, currency }
    }

    /// Nothing, in `currency`.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::from_nanos(0, currency)
    }

    /// Reads a decimal text such as `-12.345` (at most nine decimals, no exponent).
    ///
    /// # Errors
    /// [`MoneyError::NotAnAmount`] names the text; [`MoneyError::TooLarge`] if it does not fit.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let refused = || MoneyError::NotAnAmount(text.chars().take(40).collect());
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || fraction.len() > 9 || !plain(whole) || !plain(fraction) {
            return Err(refused());
        }
        let mut nanos: i128 = 0;
        for byte in whole
            .bytes()
            .chain(fraction.bytes())
            .chain(std::iter::repeat_n(b'0', 9 - fraction.len()))
        {
            nanos = nanos
                .checked_mul(10)
                .and_then(|n| n.checked_add(i128::from(byte - b'0')))
                .ok_or(MoneyError::TooLarge)?;
        }
        Ok(Self::from_nanos(
            if negative { -nanos } else { nanos },
            currency,
        ))
    }

    /// The amount in nano-units.
    #[must_use]
    pub const fn nanos(&self) -> i128 {
        self.nanos
    }

    /// The currency it is in.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Whether it is exactly nothing.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.nanos == 0
    }

    /// The sum of two amounts.
    ///
    /// # Errors
    /// Currencies differ, or the sum does not fit.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        let nanos = self
            .nanos
            .checked_add(other.nanos)
            .ok_or(MoneyError::TooLarge)?;
        Ok(Self { nanos, ..self })
    }

    /// What is left when `other` is taken away.
    ///
    /// # Errors
    /// Currencies differ, or the difference does not fit.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        let nanos = self
            .nanos
            .checked_sub(other.nanos)
            .ok_or(MoneyError::TooLarge)?;
        Ok(Self { nanos, ..self })
    }

    /// The same amount with the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self {
            nanos: -self.nanos,
            ..self
        }
    }

    /// The sum of `parts` in `currency`; nothing if there are none.
    ///
    /// # Errors
    /// As [`Money::plus`].
    pub fn sum<'a>(
        parts: impl IntoIterator<Item = &'a Self>,
        currency: Currency,
    ) -> Result<Self, MoneyError> {
        parts
            .into_iter()
            .try_fold(Self::zero(currency), |total, part| total.plus(*part))
    }

    /// Splits the amount by whole-number `weights`, to the nano, by largest remainder: the parts
    /// add up to the amount. If all weights are zero the parts are even.
    ///
    /// # Errors
    /// No weights at all, or weights whose product with the amount does not fit.
    pub fn split(self, weights: &[u64]) -> Result<Vec<Self>, MoneyError> {
        if weights.is_empty() {
            return Err(MoneyError::NoShares);
        }
        let parts = apportion::by_weight(self.nanos, weights).ok_or(MoneyError::TooLarge)?;
        Ok(parts
            .into_iter()
            .map(|nanos| Self { nanos, ..self })
            .collect())
    }

    /// Rounds to the currency's smallest unit, half away from zero (commercial rounding), which
    /// happens once: at an invoice line.
    #[must_use]
    pub fn rounded_to_minor(self) -> Self {
        let step = UNIT / 10_i128.pow(self.currency.exponent());
        let half = step / 2;
        let shifted = if self.nanos < 0 {
            self.nanos - half
        } else {
            self.nanos + half
        };
        Self {
            nanos: shifted / step * step,
            ..self
        }
    }

    /// A rate of `parts_per_million` of the amount (200 000 is 20 %), rounded to the smallest
    /// unit, half away from zero.
    ///
    /// # Errors
    /// The product does not fit.
    pub fn rate_rounded(self, parts_per_million: u32) -> Result<Self, MoneyError> {
        let product = self
            .nanos
            .checked_mul(i128::from(parts_per_million))
            .ok_or(MoneyError::TooLarge)?;
        let step = UNIT / 10_i128.pow(self.currency.exponent()) * 1_000_000;
        let half = if product < 0 { -(step / 2) } else { step / 2 };
        let minors = product.checked_add(half).ok_or(MoneyError::TooLarge)? / step;
        Ok(Self {
            nanos: minors * (step / 1_000_000),
            ..self
        })
    }

    /// The amount as a plain decimal with as many decimals as it needs and at least `least`.
    #[must_use]
    pub fn to_decimal(&self, least: usize) -> String {
        let sign = if self.nanos < 0 { "-" } else { "" };
        let magnitude = self.nanos.unsigned_abs();
        let unit = UNIT.unsigned_abs();
        let mut fraction = format!("{:09}", magnitude % unit);
        while fraction.len() > least.min(9) && fraction.ends_with('0') {
            fraction.pop();
        }
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{}{point}{fraction}", magnitude / unit)
    }

    fn same(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::Mixed(self.currency, other.currency))
        }
    }
}

impl PartialOrd for Money {
    /// Amounts of different currencies have no order.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.nanos.cmp(&other.nanos))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_decimal(2), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
