//! Where money becomes a number and a number money again.

use tallyport_ledger::{Currency, Money};

/// Nano-units in one unit.
const UNIT: f64 = 1e9;

/// The amount in units.
pub(crate) fn units(amount: Money) -> f64 {
    amount.nanos() as f64 / UNIT
}

/// The amount nearest to `units`, rounded to a hundredth of the currency's smallest unit: a forecast knows
/// no more, and what small series cost is not lost. What is no number is nothing.
pub(crate) fn money(units: f64, currency: Currency) -> Money {
    let exponent = (currency.exponent() + 2).min(9);
    let step = 10_i128.pow(9 - exponent);
    let steps = (units * UNIT / step as f64).round();
    // A float beyond the range becomes the nearest integer; far below that an amount is beyond all bills.
    let steps = if steps.is_finite() { steps as i64 } else { 0 };
    Money::from_nanos(i128::from(steps) * step, currency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_survives_the_border_to_a_hundredth_of_the_smallest_unit() {
        let dollars: Currency = "USD".parse().expect("a currency");
        let yen: Currency = "JPY".parse().expect("a currency");
        for (text, currency, expected) in [
            ("12.345678912", dollars, "12.3457"),
            ("-0.00004", dollars, "0"),
            ("0.00005", dollars, "0.0001"),
            ("123456789012.25", dollars, "123456789012.25"),
            ("10.126", yen, "10.13"),
        ] {
            let amount = Money::parse(text, currency).expect("an amount");
            assert_eq!(
                money(units(amount), currency).to_decimal(0),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_number_is_nothing() {
        let dollars: Currency = "USD".parse().expect("a currency");
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(money(number, dollars).is_zero());
        }
    }
}
