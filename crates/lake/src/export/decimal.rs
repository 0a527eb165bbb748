/// Decimals that a quantity has in Parquet.
pub(super) const QUANTITY_SCALE: i8 = 24;
/// Decimals that an amount has in Parquet: nano-units.
pub(super) const AMOUNT_SCALE: i8 = 9;
/// Digits of both.
pub(super) const DIGITS: u8 = 38;

/// A plain decimal as a whole number of 10⁻²⁴; `None` where it has more digits than fit.
pub(super) fn quantity_units(text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let scale = usize::from(QUANTITY_SCALE.unsigned_abs());
    if fraction.len() > scale || whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let zeros = std::iter::repeat_n(b'0', scale - fraction.len());
    let mut units: i128 = 0;
    for digit in whole.bytes().chain(fraction.bytes()).chain(zeros) {
        if !digit.is_ascii_digit() {
            return None;
        }
        units = units
            .checked_mul(10)?
            .checked_add(i128::from(digit - b'0'))?;
    }
    let held = units < 10_i128.pow(u32::from(DIGITS));
    held.then_some(if negative { -units } else { units })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_a_whole_number_of_its_smallest_decimals() {
        let unit = 10_i128.pow(24);
        assert_eq!(quantity_units("744"), Some(744 * unit));
        assert_eq!(quantity_units("-0.5"), Some(-unit / 2));
        assert_eq!(quantity_units("0.000000000000000000000001"), Some(1));
        assert_eq!(
            quantity_units("99999999999999"),
            Some(99_999_999_999_999 * unit)
        );
    }

    #[test]
    fn a_quantity_beyond_38_digits_is_refused() {
        assert_eq!(quantity_units("100000000000000"), None);
        assert_eq!(quantity_units("0.0000000000000000000000001"), None);
        assert_eq!(quantity_units("1e3"), None);
        assert_eq!(quantity_units(""), None);
    }
}
