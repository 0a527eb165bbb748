//! Figures for people, where the interface is not there to draw them. Digits are moved, never computed
//! with.

/// Currencies without a smaller unit.
const WHOLE: [&str; 4] = ["CLP", "ISK", "JPY", "KRW"];

/// `12345.6650000001`, `USD` as `12,345.67 USD`: rounded half away from zero to the smallest unit. What is
/// no amount stays as it is.
pub fn shown(amount: &str, currency: &str) -> String {
    let decimals = if WHOLE.contains(&currency) { 0 } else { 2 };
    let (sign, digits) = match amount.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", amount),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !are_digits(whole) || !are_digits(fraction) {
        return format!("{amount} {currency}");
    }
    let mut kept: Vec<u8> = whole.bytes().collect();
    let rest = fraction.bytes().chain(std::iter::repeat(b'0'));
    kept.extend(rest.take(decimals));
    if fraction
        .as_bytes()
        .get(decimals)
        .is_some_and(|digit| *digit >= b'5')
    {
        add_one(&mut kept);
    }
    let kept = String::from_utf8(kept).unwrap_or_default();
    let (whole, fraction) = kept.split_at(kept.len().saturating_sub(decimals));
    let is_zero = kept.bytes().all(|digit| digit == b'0');
    let sign = if is_zero { "" } else { sign };
    let point = if decimals > 0 { "." } else { "" };
    format!("{sign}{}{point}{fraction} {currency}", grouped(whole))
}

/// The next number, digit by digit.
fn add_one(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

/// Thousands apart.
fn grouped(whole: &str) -> String {
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_to_the_smallest_unit_and_grouped() {
        for (amount, currency, expected) in [
            ("0.00", "USD", "0.00 USD"),
            ("20.6203386184", "USD", "20.62 USD"),
            ("12345.665", "USD", "12,345.67 USD"),
            ("999999.995", "EUR", "1,000,000.00 EUR"),
            ("-1234.5", "USD", "-1,234.50 USD"),
            ("-0.004", "USD", "0.00 USD"),
            ("1234.5", "JPY", "1,235 JPY"),
            ("123", "USD", "123.00 USD"),
            (
                "170141183460469231731687303715.88",
                "USD",
                "170,141,183,460,469,231,731,687,303,715.88 USD",
            ),
        ] {
            assert_eq!(shown(amount, currency), expected);
        }
    }

    #[test]
    fn what_is_no_amount_is_left_alone() {
        assert_eq!(shown("", "USD"), " USD");
        assert_eq!(shown("1e5", "USD"), "1e5 USD");
    }
}
