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

    /// The largest amount that a charge can have: 64 bits of nano-units.
    pub const LARGEST_AMOUNT: Self = Self(i64::MAX as i128 * NANO);

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
    #[inline]
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
    #[inline]
    pub const fn negated(self) -> Self {
        Self(-self.0)
    }

    /// Whether it is exactly nothing.
    #[must_use]
    #[inline]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Nano-units, rounded half to even.
    #[must_use]
    pub const fn rounded_to_nanos(self) -> i128 {
        const HALF: u64 = (NANO / 2) as u64;
        let (floor, rest) = self.split();
        if rest > HALF || (rest == HALF && floor & 1 == 1) {
            floor + 1
        } else {
            floor
        }
    }

    /// Nano-units, if it is a whole number of them.
    #[must_use]
    pub const fn whole_nanos(self) -> Option<i128> {
        match self.split() {
            (nanos, 0) => Some(nanos),
            _ => None,
        }
    }

    /// Whether it is a whole number of units. Exact division by an odd number is a multiplication
    /// by its inverse: what is no multiple comes out beyond what a multiple could be.
    #[must_use]
    #[inline]
    pub const fn is_whole(self) -> bool {
        const FIVES: u128 = 5_u128.pow(24);
        const INVERSE: u128 = {
            let (mut inverse, mut steps) = (FIVES, 0);
            while steps < 7 {
                inverse = inverse.wrapping_mul(2_u128.wrapping_sub(FIVES.wrapping_mul(inverse)));
                steps += 1;
            }
            inverse
        };
        let magnitude = self.0.unsigned_abs();
        magnitude.trailing_zeros() >= 24
            && (magnitude >> 24).wrapping_mul(INVERSE) <= u128::MAX / FIVES
    }

    /// Whole nano-units, rounded down, and what is left, in 10⁻²⁴ units. A nano is 2¹⁵·5¹⁵ of
    /// them: the twos are shifted out, and what remains is divided in 64 bits where it fits.
    pub(crate) const fn split(self) -> (i128, u64) {
        const FIVES: i64 = 30_517_578_125;
        const LIMB: u32 = 28;
        let shifted = self.0 >> 15;
        let twos = (self.0 as u64) & 0x7fff;
        let high = shifted >> LIMB;
        if shifted as i64 as i128 == shifted {
            let value = shifted as i64;
            let rest = value.rem_euclid(FIVES) as u64;
            (value.div_euclid(FIVES) as i128, rest << 15 | twos)
        } else if high as i64 as i128 == high {
            let high = high as i64;
            let low = (shifted as i64) & ((1 << LIMB) - 1);
            let value = high.rem_euclid(FIVES) << LIMB | low;
            let whole = ((high.div_euclid(FIVES) as i128) << LIMB) + (value / FIVES) as i128;
            (whole, ((value % FIVES) as u64) << 15 | twos)
        } else {
            (self.0.div_euclid(NANO), self.0.rem_euclid(NANO) as u64)
        }
    }

    /// A whole number of units of 10^-`decimals`; digits beyond the 24th decimal are rounded half
    /// away from zero.
    ///
    /// # Errors
    /// Too large to hold.
    pub fn from_scaled(value: i128, decimals: i32) -> Result<Self, ExactError> {
        if value == i128::MIN {
            return Err(ExactError::TooLarge);
        }
        let power = DECIMALS.checked_sub(decimals).map(usize::try_from);
        if let Some(Ok(power)) = power
            && let Some(power) = POWERS.get(power)
        {
            let scaled = times(value.abs(), *power).ok_or(ExactError::TooLarge)?;
            return Ok(Self(if value < 0 { -scaled } else { scaled }));
        }
        let scaled = rescale(value.abs(), decimals)?;
        Ok(Self(if value < 0 { -scaled } else { scaled }))
    }

    /// The number of these digits with so many zeros behind them, or before them where `exponent` is
    /// negative; digits beyond the 24th decimal are rounded half away from zero.
    ///
    /// # Errors
    /// Too large to hold.
    #[inline]
    pub fn from_digits(negative: bool, digits: u64, exponent: i32) -> Result<Self, ExactError> {
        let power = usize::try_from(exponent.saturating_add(DECIMALS)).ok();
        let small = power.and_then(|power| SMALL_POWERS.get(power));
        let scaled = match small {
            Some(power) => (u128::from(digits) * u128::from(*power)).cast_signed(),
            None => rescale(i128::from(digits), exponent.saturating_neg())?,
        };
        Ok(Self(if negative { -scaled } else { scaled }))
    }

    /// As 16 bytes, for a file of our own.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// What [`Exact::to_bytes`] wrote.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(i128::from_le_bytes(bytes))
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

/// Powers of ten up to 10¹⁸: with 64 bits more they stay below 127.
const SMALL_POWERS: [u64; 19] = {
    let mut powers = [1; 19];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// Reads what most amounts are, and fast: at most 19 digits that count, with a point, an exponent,
/// or without; `None` for anything else.
fn parse_plain(text: &[u8]) -> Option<Exact> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let (mut value, mut counted, mut seen) = (0_u64, 0_u32, false);
    let (mut decimals, mut point) = (0_i32, false);
    let mut at = 0;
    while let Some(byte) = digits.get(at) {
        at += 1;
        match byte {
            b'0'..=b'9' => {
                value = value.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                counted += u32::from(value != 0);
                if counted > 19 {
                    return None;
                }
                seen = true;
                decimals += i32::from(point);
            }
            b'.' if !point => point = true,
            b'e' | b'E' if seen => {
                decimals = decimals.checked_sub(exponent(digits.get(at..)?).ok()?)?;
                break;
            }
            _ => return None,
        }
    }
    if !seen {
        return None;
    }
    if value == 0 {
        return Some(Exact::ZERO);
    }
    let power = *POWERS.get(usize::try_from(DECIMALS - decimals).ok()?)?;
    let scaled = times(i128::from(value), power)?;
    Some(Exact(if negative { -scaled } else { scaled }))
}

/// The product of two numbers that are not negative.
#[inline]
const fn times(value: i128, power: i128) -> Option<i128> {
    // Two numbers of so few bits cannot make one of more than 127.
    if value.leading_zeros() + power.leading_zeros() >= 130 {
        Some(value.wrapping_mul(power))
    } else {
        value.checked_mul(power)
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_amount_is_split_into_nanos_and_a_rest(high in any::<i128>(), shift in 0_u32..120) {
            let amount = Exact(high >> shift);
            let (whole, rest) = amount.split();
            prop_assert_eq!(whole, amount.0.div_euclid(NANO));
            prop_assert_eq!(i128::from(rest), amount.0.rem_euclid(NANO));
            prop_assert_eq!(amount.whole_nanos(), (rest == 0).then_some(whole));
            prop_assert_eq!(Exact(whole * NANO).whole_nanos(), Some(whole));
        }
    }
}
