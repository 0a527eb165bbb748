use std::fmt;

/// An exact decimal as a source writes it: a whole number of 10⁻²⁴ units in 128 bits, so up to
/// 170 000 000 000 000 units. Sums are taken here, before anything is rounded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Exact(i128);

/// Why a text is not an exact decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExactError {
    /// Not a decimal number.
    #[error("not a decimal number")]
    NotANumber,
    /// More than 128 bits can hold.
    #[error("the number is too large")]
    TooLarge,
}

/// Decimals kept.
const DECIMALS: i32 = 24;
/// 10⁻²⁴ units in a nano.
const NANO: i128 = 1_000_000_000_000_000;

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Reads a decimal, with an exponent or without (`-1.5E-7`); digits beyond the 24th decimal
    /// are rounded half away from zero. `NaN` and `inf` are refused.
    ///
    /// # Errors
    /// [`ExactError`], without the text: the reader knows file, line and column.
    pub fn parse(text: &[u8]) -> Result<Self, ExactError> {
        if let Some(plain) = parse_plain(text) {
            return Ok(plain);
        }
        let (negative, digits) = match text {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            rest => (false, rest),
        };
        let mut value: i128 = 0;
        let mut scale: i32 = 0;
        let mut seen = false;
        let mut point = false;
        let mut at = 0;
        let mut dropped: i32 = 0;
        let mut round_up = false;
        while at < digits.len() {
            match digits[at] {
                b @ b'0'..=b'9' => {
                    seen = true;
                    if dropped > 0 || value > i128::MAX / 10 - 1 {
                        if dropped == 0 {
                            round_up = b >= b'5';
                        }
                        dropped += 1;
                        scale -= i32::from(!point);
                    } else {
                        value = value * 10 + i128::from(b - b'0');
                        scale += i32::from(point);
                    }
                }
                b'.' if !point => point = true,
                b'e' | b'E' if seen => {
                    scale = scale
                        .checked_sub(exponent(&digits[at + 1..])?)
                        .ok_or(ExactError::TooLarge)?;
                    at = digits.len();
                    continue;
                }
                _ => return Err(ExactError::NotANumber),
            }
            at += 1;
        }
        if !seen {
            return Err(ExactError::NotANumber);
        }
        // With more decimals kept than count, the rounding below sees the ones that decide.
        if round_up && scale == DECIMALS {
            value += 1;
        }
        let scaled = rescale(value, scale)?;
        Ok(Self(if negative { -scaled } else { scaled }))
    }

    /// An amount of whole nano-units.
    ///
    /// # Errors
    /// Too large to hold.
    pub fn from_nanos(nanos: i128) -> Result<Self, ExactError> {
        nanos
            .checked_mul(NANO)
            .map(Self)
            .ok_or(ExactError::TooLarge)
    }

    /// The sum of two.
    ///
    /// # Errors
    /// Too large to hold.
    pub fn plus(self, other: Self) -> Result<Self, ExactError> {
        self.0
            .checked_add(other.0)
            .map(Self)
            .ok_or(ExactError::TooLarge)
    }

    /// The sum of many.
    ///
    /// # Errors
    /// Too large to hold.
    pub fn sum(parts: impl IntoIterator<Item = Self>) -> Result<Self, ExactError> {
        parts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// The same with the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self(-self.0)
    }

    /// Whether it is exactly nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Nano-units, rounded half to even.
    #[must_use]
    pub const fn rounded_to_nanos(self) -> i128 {
        let floor = self.0.div_euclid(NANO);
        let rest = self.0.rem_euclid(NANO);
        let half = NANO / 2;
        if rest > half || (rest == half && floor % 2 != 0) {
            floor + 1
        } else {
            floor
        }
    }

    /// Whole nano-units, rounded down.
    pub(crate) const fn floor_nanos(&self) -> i128 {
        self.0.div_euclid(NANO)
    }

    /// What [`Exact::floor_nanos`] leaves, in 10⁻²⁴ units.
    pub(crate) const fn below_nano(self) -> i128 {
        self.0.rem_euclid(NANO)
    }
}

/// Powers of ten up to 10²⁴.
const POWERS: [i128; 25] = {
    let mut powers = [1; 25];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// Reads what most amounts are, and fast: at most 18 digits, with a point or without; `None` for
/// anything else.
fn parse_plain(text: &[u8]) -> Option<Exact> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    if !(1..=18).contains(&digits.len()) {
        return None;
    }
    let (mut value, mut decimals): (u64, Option<usize>) = (0, None);
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => value = value * 10 + u64::from(byte - b'0'),
            b'.' if decimals.is_none() && digits.len() > 1 => {
                decimals = Some(digits.len() - at - 1);
            }
            _ => return None,
        }
    }
    let power = POWERS.get(24 - decimals.unwrap_or(0))?;
    let scaled = i128::from(value).checked_mul(*power)?;
    Some(Exact(if negative { -scaled } else { scaled }))
}

fn exponent(text: &[u8]) -> Result<i32, ExactError> {
    let text = std::str::from_utf8(text).map_err(|_| ExactError::NotANumber)?;
    let value: i32 = text.parse().map_err(|_| ExactError::NotANumber)?;
    if value.abs() > 1_000 {
        Err(ExactError::TooLarge)
    } else {
        Ok(value)
    }
}

fn rescale(value: i128, scale: i32) -> Result<i128, ExactError> {
    if value == 0 {
        return Ok(0);
    }
    let shift = DECIMALS.checked_sub(scale).ok_or(ExactError::TooLarge)?;
    if shift >= 0 {
        10_i128
            .checked_pow(shift.unsigned_abs())
            .and_then(|factor| value.checked_mul(factor))
            .ok_or(ExactError::TooLarge)
    } else {
        let Some(divisor) = 10_i128.checked_pow(shift.unsigned_abs()) else {
            return Ok(0);
        };
        let (whole, rest) = (value / divisor, value % divisor);
        Ok(if rest >= divisor - rest {
            whole + 1
        } else {
            whole
        })
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_u128.pow(DECIMALS.unsigned_abs());
        let magnitude = self.0.unsigned_abs();
        let fraction = format!("{:024}", magnitude % unit);
        let fraction = fraction.trim_end_matches('0');
        let sign = if self.0 < 0 { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{}{point}{fraction}", magnitude / unit)
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
