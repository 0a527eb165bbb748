//! What a file has as DOUBLE, as the decimal that was meant. Nothing here calculates with a float:
//! its bits go in, the shortest decimal that gives them comes out.

use tallyport_ledger::{Exact, ExactError};

/// Finds decimals.
pub(super) struct Doubles {
    text: zmij::Buffer,
}

impl Doubles {
    pub(super) fn new() -> Self {
        Self {
            text: zmij::Buffer::new(),
        }
    }

    /// The shortest decimal that gives the number of these bits.
    #[inline]
    pub(super) fn decimal(&mut self, bits: u64) -> Result<Exact, ExactError> {
        match shortest(bits) {
            Some((digits, exponent)) => Exact::from_digits(bits >> 63 == 1, digits, exponent),
            None => self.written(bits),
        }
    }

    /// The same by way of a text, for numbers that no bill has.
    #[cold]
    fn written(&mut self, bits: u64) -> Result<Exact, ExactError> {
        let double = f64::from_bits(bits);
        if !double.is_finite() {
            return Err(ExactError::NotANumber);
        }
        Exact::parse(self.text.format_finite(double).as_bytes())
    }

    /// As [`Doubles::decimal`], of half as many bits.
    pub(super) fn decimal_of_single(&mut self, single: f32) -> Result<Exact, ExactError> {
        if !single.is_finite() {
            return Err(ExactError::NotANumber);
        }
        Exact::parse(self.text.format_finite(single).as_bytes())
    }
}

/// The double of these bits, as people are told of it.
pub(super) fn shown(bits: u64) -> impl std::fmt::Display {
    f64::from_bits(bits)
}

/// Bits of a double behind its leading one.
const FRACTION: u32 = 52;
/// The power of two of a fraction taken as a whole number, below the exponent that is written.
const BIAS: i32 = 1_075;
/// Powers of ten that 128 bits hold exactly, shifted up to their highest bit.
const EXACT_POWERS: usize = 55;

const POWERS: [u128; EXACT_POWERS] = {
    let mut powers = [1_u128 << 127; EXACT_POWERS];
    let mut at = 1;
    while at < EXACT_POWERS {
        // Times ten, and shifted: what falls off is nothing, as 5^53 has 124 bits.
        let five = powers[at - 1] / 8 * 5;
        powers[at] = five << five.leading_zeros();
        at += 1;
    }
    powers
};

/// The shortest decimal of a positive or negative double between some 10⁻⁴⁰ and 10¹⁵, as its digits
/// and the power of ten behind them; `None` for others. Of several equally short ones it is the
/// nearest.
///
/// The method is that of Raffaello Giulietti's Schubfach as Victor Zverovich writes it in żmij
/// (<https://github.com/vitaut/zmij>): the number is scaled to 16 digits before the point; if a whole
/// number lies within half of the last bit's worth, it is the answer, else one digit more is.
#[inline]
fn shortest(bits: u64) -> Option<(u64, i32)> {
    let fraction = bits & ((1 << FRACTION) - 1);
    let exponent = i32::try_from(bits >> FRACTION & 0x7ff).ok()?;
    if exponent == 0 {
        return (fraction == 0).then_some((0, 0));
    }
    let (number, twos) = (fraction | 1 << FRACTION, exponent - BIAS);
    let whole = number.trailing_zeros().checked_add_signed(twos);
    if let Some(below) = u32::try_from(-twos).ok()
        && whole.is_some()
    {
        // Nothing stands behind the point: no shorter number is near enough.
        return Some((number.checked_shr(below).unwrap_or(0), 0));
    }
    if fraction == 0 {
        // A power of two has a nearer neighbour below than above.
        let halves = u32::try_from(-(twos + 52)).ok()?;
        return (halves < 16).then(|| (5_u64.pow(halves), -(halves.cast_signed())));
    }
    // ⌊log₁₀ 2^twos⌋
    let tens = (twos * 315_653) >> 20;
    let power = POWERS.get(usize::try_from(-tens - 1).ok()?)?;
    // ⌊log₂ 10^(-tens - 1)⌋, and what is left to shift so that six bits stand below the point's word.
    let shift = u32::try_from(twos + (((-tens - 1) * 217_707) >> 16) + 7).ok()?;
    const BELOW: u32 = 6;
    let scaled = u128::from(number << shift);
    let (high, low) = ((power >> 64) as u64, *power as u64);
    // The upper 128 bits of 192.
    let product = u128::from(high) * scaled + ((u128::from(low) * scaled) >> 64);
    let (whole, rest) = ((product >> 64) as u64, product as u64);
    let part = whole << (64 - BELOW) | rest >> BELOW;
    let whole = whole >> BELOW;
    // Half of the last bit's worth; an even number has the halves on both sides for itself.
    let half = (high >> (BELOW + 1 - shift)) + u64::from(number & 1 == 0);
    if part.checked_add(half).is_none() {
        return Some((whole + 1, tens + 1));
    }
    if half > part {
        return Some((whole, tens + 1));
    }
    let digit = if part == 1 << 62 {
        // A quarter is as near to two tenths as to three: to the even one.
        2
    } else {
        // The six are for the few numbers that come out too low by what 128 bits cut off.
        ((u128::from(part) * 10 + (1 << 63) + 6) >> 64) as u64
    };
    Some((whole * 10 + digit, tens))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(bits: u64) {
        let mut doubles = Doubles::new();
        assert_eq!(
            doubles.decimal(bits),
            Doubles::new().written(bits),
            "{}",
            f64::from_bits(bits)
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn any_double_is_the_decimal_that_is_written_for_it(bits in any::<u64>()) {
            check(bits);
        }

        #[test]
        fn any_double_of_a_bill_is_the_decimal_that_is_written_for_it(
            fraction in any::<u64>(), exponent in 880_u64..1_080, negative in any::<bool>(),
        ) {
            check(u64::from(negative) << 63 | exponent << 52 | fraction >> 12);
        }

        #[test]
        fn short_decimals_come_back(digits in 0_u64..10_000_000_000, places in 0_u32..13) {
            let text = format!("{digits}e-{places}");
            let double: f64 = text.parse().unwrap();
            prop_assert_eq!(
                Doubles::new().decimal(double.to_bits()),
                Exact::parse(text.as_bytes())
            );
        }
    }

    #[test]
    fn odd_numbers_are_taken_as_they_are_written_or_refused() {
        for double in [
            0.0,
            -0.0,
            1.0,
            -2.0,
            0.5,
            5e-324,
            1e22,
            9_007_199_254_740_992.0,
            0.1,
            2.5e-9,
        ] {
            check(f64::to_bits(double));
        }
        for double in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(
                Doubles::new().decimal(double.to_bits()),
                Err(ExactError::NotANumber)
            );
        }
        assert_eq!(
            Doubles::new().decimal(f64::MAX.to_bits()),
            Err(ExactError::TooLarge)
        );
    }
}
