//! Exchange: an amount of one currency said in another, by a rate with a day and a source.

use jiff::civil::Date;

use crate::{Currency, Exact, Money, MoneyError};

/// What a source says one unit of `base` is worth on a day, in `quoted`: positive, nine decimals at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    base: Currency,
    quoted: Currency,
    nanos: i64,
    day: Date,
    source: String,
}

/// How amounts of `from` are said in `to`: directly by a quote, by its inverse, or over a third currency in
/// which a source quotes both. It is frozen with what it converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeRate {
    from: Currency,
    to: Currency,
    /// What is multiplied by, in nanos.
    times: i64,
    /// What is divided by, in nanos.
    over: i64,
    day: Date,
    source: String,
}

/// Why an amount cannot be converted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExchangeError {
    /// Not a rate.
    #[error(
        "\"{0}\" is no exchange rate: a number above zero with at most nine decimals is expected"
    )]
    NotARate(String),
    /// A currency against itself.
    #[error("{0} needs no exchange rate against itself")]
    Same(Currency),
    /// Nobody says what the one is in the other.
    #[error("there is no exchange rate from {from} to {to} for {day}, nor for the {} days before", .within)]
    Missing {
        /// What there is.
        from: Currency,
        /// What is wanted.
        to: Currency,
        /// When.
        day: Date,
        /// How old a rate may be.
        within: i32,
    },
    /// Beyond what an amount can hold, or of another currency.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// One unit in nanos.
const ONE: i64 = 1_000_000_000;

impl Quote {
    /// `text` units of `quoted` for one of `base`.
    ///
    /// # Errors
    /// [`ExchangeError::NotARate`], [`ExchangeError::Same`].
    pub fn parse(
        (base, quoted): (Currency, Currency),
        text: &str,
        day: Date,
        source: &str,
    ) -> Result<Self, ExchangeError> {
        let refused = || ExchangeError::NotARate(text.chars().take(40).collect());
        if base == quoted {
            return Err(ExchangeError::Same(base));
        }
        let nanos = Money::parse(text, quoted).map_err(|_| refused())?.nanos();
        let nanos = i64::try_from(nanos).map_err(|_| refused())?;
        Self::from_nanos((base, quoted), nanos, day, source.to_owned()).ok_or_else(refused)
    }

    /// As kept: `nanos` is the rate in 10⁻⁹; `None` if it is not above zero.
    #[must_use]
    pub fn from_nanos(
        (base, quoted): (Currency, Currency),
        nanos: i64,
        day: Date,
        source: String,
    ) -> Option<Self> {
        (nanos > 0 && base != quoted).then_some(Self {
            base,
            quoted,
            nanos,
            day,
            source,
        })
    }

    /// Of what one unit is.
    #[must_use]
    pub const fn base(&self) -> Currency {
        self.base
    }

    /// In what it is said.
    #[must_use]
    pub const fn quoted(&self) -> Currency {
        self.quoted
    }

    /// The rate in 10⁻⁹.
    #[must_use]
    pub const fn nanos(&self) -> i64 {
        self.nanos
    }

    /// The rate as a decimal.
    #[must_use]
    pub fn to_decimal(&self) -> String {
        decimal(self.nanos)
    }

    /// The day it is of.
    #[must_use]
    pub const fn day(&self) -> Date {
        self.day
    }

    /// Who says so.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl ExchangeRate {
    /// The rate from `from` to `to` by quotes of one day: the pair itself before its inverse, before a
    /// currency in which both are quoted by one source.
    #[must_use]
    pub fn of(from: Currency, to: Currency, quotes: &[Quote]) -> Option<Self> {
        let rate = |times, over, quote: &Quote| Self {
            from,
            to,
            times,
            over,
            day: quote.day,
            source: quote.source.clone(),
        };
        let pair = |base, quoted| {
            let mut same = quotes.iter();
            same.find(|one| (one.base, one.quoted) == (base, quoted))
        };
        if let Some(quote) = pair(from, to) {
            return Some(rate(quote.nanos, ONE, quote));
        }
        if let Some(quote) = pair(to, from) {
            return Some(rate(ONE, quote.nanos, quote));
        }
        quotes
            .iter()
            .filter(|one| one.quoted == from)
            .find_map(|one| {
                let other = quotes.iter().find(|other| {
                    (other.base, other.quoted) == (one.base, to)
                        && (other.day, &other.source) == (one.day, &one.source)
                })?;
                Some(rate(other.nanos, one.nanos, one))
            })
    }

    /// As frozen: `times` and `over` as decimals.
    ///
    /// # Errors
    /// [`ExchangeError::NotARate`], [`ExchangeError::Same`].
    pub fn from_parts(
        (from, to): (Currency, Currency),
        (times, over): (&str, &str),
        day: Date,
        source: &str,
    ) -> Result<Self, ExchangeError> {
        let read = |text| Quote::parse((from, to), text, day, source).map(|quote| quote.nanos);
        Ok(Self {
            from,
            to,
            times: read(times)?,
            over: read(over)?,
            day,
            source: source.to_owned(),
        })
    }

    /// The currency that was converted.
    #[must_use]
    pub const fn from(&self) -> Currency {
        self.from
    }

    /// The currency it was converted into.
    #[must_use]
    pub const fn to(&self) -> Currency {
        self.to
    }

    /// The day of the rate.
    #[must_use]
    pub const fn day(&self) -> Date {
        self.day
    }

    /// Who says so.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What amounts are multiplied and divided by, as decimals: exact where the rate itself is not.
    #[must_use]
    pub fn parts(&self) -> (String, String) {
        (decimal(self.times), decimal(self.over))
    }

    /// What one unit of `from` is in `to`, to nine decimals, for people.
    #[must_use]
    pub fn to_decimal(&self) -> String {
        let (times, over) = (i128::from(self.times), i128::from(self.over));
        let nanos = (times * i128::from(ONE) + over / 2) / over;
        Money::from_nanos(nanos, self.to).to_decimal(0)
    }

    /// The rate rounded to nine decimals.
    #[must_use]
    pub fn rate(&self) -> Exact {
        Exact::parse(self.to_decimal().as_bytes()).unwrap_or_default()
    }

    /// Converts the lines of one document: the sum is converted and rounded once to the nano, half to even,
    /// and the lines add up to it by largest remainder, the earlier line first where they tie.
    ///
    /// # Errors
    /// Amounts of another currency, or beyond what an amount can hold.
    pub fn convert(&self, amounts: &[Money]) -> Result<Vec<Money>, ExchangeError> {
        let over = i128::from(self.over);
        let product = |amount: Money| {
            if amount.currency() != self.from {
                return Err(MoneyError::Mixed(amount.currency(), self.from));
            }
            let product = amount.nanos().checked_mul(i128::from(self.times));
            product.ok_or(MoneyError::TooLarge)
        };
        let sum = product(Money::sum(amounts, self.from)?)?;
        let goal = half_to_even(sum, over);
        let products = amounts
            .iter()
            .map(|amount| product(*amount))
            .collect::<Result<Vec<_>, _>>()?;
        let mut nanos: Vec<i128> = products.iter().map(|one| one.div_euclid(over)).collect();
        let mut order: Vec<usize> = (0..nanos.len()).collect();
        order.sort_by_key(|&at| (std::cmp::Reverse(products[at].rem_euclid(over)), at));
        let missing = usize::try_from(goal - nanos.iter().sum::<i128>()).unwrap_or(0);
        for &at in order.iter().take(missing) {
            nanos[at] += 1;
        }
        Ok(nanos
            .into_iter()
            .map(|nanos| Money::from_nanos(nanos, self.to))
            .collect())
    }
}

fn half_to_even(value: i128, over: i128) -> i128 {
    let (floor, rest) = (value.div_euclid(over), value.rem_euclid(over));
    match (rest * 2).cmp(&over) {
        std::cmp::Ordering::Less => floor,
        std::cmp::Ordering::Equal => floor + floor.rem_euclid(2),
        std::cmp::Ordering::Greater => floor + 1,
    }
}

fn decimal(nanos: i64) -> String {
    Money::from_nanos(i128::from(nanos), Currency::USD).to_decimal(0)
}
