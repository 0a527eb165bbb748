//! Amounts and days as an invoice writes them.

use jiff::civil::Date;
use tallyport_ledger::{BillingPeriod, Currency, Money};

/// The amount with the currency's decimals and a comma at every third digit: `-1,234.50`.
pub(crate) fn figure(amount: Money) -> String {
    let decimals = usize::try_from(amount.currency().exponent()).unwrap_or(2);
    separated(&amount.to_decimal(decimals))
}

/// A decimal with a comma at every third digit.
pub(crate) fn separated(plain: &str) -> String {
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", plain),
    };
    let (whole, fraction) = match digits.find('.') {
        Some(at) => digits.split_at(at),
        None => (digits, ""),
    };
    let mut text = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + fraction
}

/// The amount with its currency's sign where that is unmistakable beside the code, which the
/// tables' heads give: `-$1,234.50`, else `1,234.50 CHF`.
pub fn figure_with_currency(amount: Money) -> String {
    with_currency(&figure(amount), amount.currency())
}

/// A figure with its currency's sign, as in [`figure_with_currency`].
pub(crate) fn with_currency(figure: &str, currency: Currency) -> String {
    let Some(sign) = sign(currency) else {
        return format!("{figure} {currency}");
    };
    match figure.strip_prefix('-') {
        Some(rest) => format!("-{sign}{rest}"),
        None => format!("{sign}{figure}"),
    }
}

/// A currency's sign where it is unmistakable.
pub(crate) fn sign(currency: Currency) -> Option<&'static str> {
    match currency.code() {
        "USD" => Some("$"),
        "EUR" => Some("€"),
        "GBP" => Some("£"),
        "JPY" => Some("¥"),
        _ => None,
    }
}

/// The smallest unit of a currency as a decimal: `0.01`.
pub(crate) fn smallest_unit(currency: Currency) -> String {
    match usize::try_from(currency.exponent()).unwrap_or(2) {
        0 => "1".to_owned(),
        decimals => format!("0.{:0>decimals$}", 1),
    }
}

/// `14 December 2026`: no country reads the day for the month.
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `November 2026`.
pub fn month(period: BillingPeriod) -> String {
    period.first_day().strftime("%B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(text: &str) -> String {
        figure(Money::parse(text, Currency::USD).unwrap())
    }

    #[test]
    fn thousands_are_separated_and_decimals_are_the_currencys() {
        assert_eq!(usd("0"), "0.00");
        assert_eq!(usd("999.5"), "999.50");
        assert_eq!(usd("-1000"), "-1,000.00");
        assert_eq!(usd("1234567.89"), "1,234,567.89");
        let yen = "JPY".parse().unwrap();
        assert_eq!(figure(Money::parse("1234567", yen).unwrap()), "1,234,567");
        let dinar = "KWD".parse().unwrap();
        assert_eq!(figure(Money::parse("1.5", dinar).unwrap()), "1.500");
        assert_eq!(
            [yen, dinar, Currency::USD].map(smallest_unit),
            ["1", "0.001", "0.01"]
        );
    }

    #[test]
    fn a_currency_is_shown_by_its_sign_or_its_code() {
        let in_currency = |code: &str| {
            figure_with_currency(Money::parse("-12.5", code.parse().unwrap()).unwrap())
        };
        assert_eq!(in_currency("EUR"), "-€12.50");
        assert_eq!(in_currency("CHF"), "-12.50 CHF");
    }
}
