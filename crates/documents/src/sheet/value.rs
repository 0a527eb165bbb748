use std::borrow::Cow;
use std::io::Write;

use jiff::Timestamp;
use jiff::civil::Date;
use tallyport_ledger::{Currency, Money};

/// What a row has in a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text.
    Text(Cow<'a, str>),
    /// The code of a currency.
    Currency(Currency),
    /// A day.
    Day(Date),
    /// A moment.
    Moment(Timestamp),
    /// An exact amount.
    Money(Money),
    /// An exact decimal.
    Quantity(Cow<'a, str>),
    /// Thousandths.
    PerMille(i64),
    /// A whole number.
    Count(u64),
}

impl<'a> Cell<'a> {
    /// Text that is there already.
    #[must_use]
    pub const fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// Text that is made for it.
    #[must_use]
    pub const fn owned(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }

    /// What there may be none of.
    #[must_use]
    pub fn maybe<T>(value: Option<T>, of: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, of)
    }

    /// A cell of a whole percentage.
    #[must_use]
    pub const fn percent(percent: i64) -> Self {
        Self::PerMille(percent.saturating_mul(10))
    }

    /// Whether a number of a spreadsheet, which has 15 digits, is less than what this says.
    #[must_use]
    pub fn outgrows_a_number(&self) -> bool {
        match self {
            // Below ten to the 15th nano-units there are no more than 15 digits.
            Self::Money(money) if money.nanos().unsigned_abs() < KEPT => false,
            Self::Money(money) => significant(&money.to_decimal(0)) > DIGITS,
            Self::Quantity(text) => text.len() > DIGITS && significant(text) > DIGITS,
            _ => false,
        }
    }
}

/// Digits that a number of a spreadsheet keeps.
const DIGITS: usize = 15;
/// The first whole number that has more of them.
const KEPT: u128 = 10_u128.pow(15);

/// How many digits a decimal has, those apart that only say where the point is.
fn significant(decimal: &str) -> usize {
    let digits: Vec<u8> = decimal.bytes().filter(u8::is_ascii_digit).collect();
    let first = digits.iter().position(|digit| *digit != b'0');
    let last = digits.iter().rposition(|digit| *digit != b'0');
    match (first, last) {
        (Some(first), Some(last)) => last - first + 1,
        _ => 0,
    }
}

/// Writes an amount with at least two decimals, as [`Money::to_decimal`] does.
pub(super) fn put_money(line: &mut Vec<u8>, money: Money, least: usize) {
    const UNIT: u128 = 1_000_000_000;
    if money.nanos() < 0 {
        line.push(b'-');
    }
    let magnitude = money.nanos().unsigned_abs();
    // Few amounts need 128 bits, which are divided slowly.
    let (whole, fraction) = match u64::try_from(magnitude) {
        Ok(small) => (u128::from(small / 1_000_000_000), small % 1_000_000_000),
        Err(_) => (
            magnitude / UNIT,
            u64::try_from(magnitude % UNIT).unwrap_or(0),
        ),
    };
    put_count(line, whole);
    let mut decimals = [b'0'; 9];
    let mut rest = fraction;
    for place in decimals.iter_mut().rev() {
        *place = digit(rest);
        rest /= 10;
    }
    let said = decimals
        .iter()
        .rposition(|digit| *digit != b'0')
        .map_or(0, |last| last + 1)
        .max(least);
    if said > 0 {
        line.push(b'.');
        line.extend_from_slice(&decimals[..said]);
    }
}

/// Writes thousandths with one decimal or none: `12.5`, or as a fraction: `0.125`.
pub(super) fn put_per_mille(line: &mut Vec<u8>, per_mille: i64, decimals: usize) {
    let nanos =
        i128::from(per_mille) * 10_i128.pow(9 - u32::try_from(decimals).unwrap_or(9).min(9));
    put_money(line, Money::from_nanos(nanos, Currency::USD), 0);
}

/// Writes a whole number; by hand, since a million rows have millions of them.
pub(super) fn put_count(line: &mut Vec<u8>, count: u128) {
    let Ok(mut rest) = u64::try_from(count) else {
        // Writing to memory does not fail.
        let _ = write!(line, "{count}");
        return;
    };
    let mut digits = [b'0'; 20];
    let mut from = digits.len();
    loop {
        from -= 1;
        digits[from] = digit(rest);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    line.extend_from_slice(&digits[from..]);
}

/// Writes a day as ISO 8601 does.
pub(super) fn put_day(line: &mut Vec<u8>, day: Date) {
    let (Ok(year), Ok(month), Ok(of_month)) = (
        u64::try_from(day.year()),
        u64::try_from(day.month()),
        u64::try_from(day.day()),
    ) else {
        let _ = write!(line, "{day}");
        return;
    };
    line.extend_from_slice(&[
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(of_month / 10),
        digit(of_month),
    ]);
}

/// The last digit of a number.
fn digit(number: u64) -> u8 {
    b'0' + u8::try_from(number % 10).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    #[test]
    fn an_amount_is_written_as_the_ledger_writes_it() {
        for text in [
            "0",
            "-0.01",
            "1",
            "12.5",
            "-7.123456789",
            "1234567.1",
            "99999999999999999999.000000001",
        ] {
            let mut line = Vec::new();
            put_money(&mut line, usd(text), 2);
            assert_eq!(String::from_utf8(line).unwrap(), usd(text).to_decimal(2));
        }
    }

    #[test]
    fn days_and_whole_numbers_are_written_as_the_libraries_write_them() {
        for count in [
            0,
            7,
            10,
            99_999,
            u128::from(u64::MAX),
            u128::from(u64::MAX) + 1,
            u128::MAX,
        ] {
            let mut line = Vec::new();
            put_count(&mut line, count);
            assert_eq!(String::from_utf8(line).unwrap(), count.to_string());
        }
        for day in [
            Date::MIN,
            date(-1, 12, 31),
            date(0, 1, 1),
            date(987, 6, 5),
            date(2026, 11, 30),
            Date::MAX,
        ] {
            let mut line = Vec::new();
            put_day(&mut line, day);
            assert_eq!(String::from_utf8(line).unwrap(), day.to_string());
        }
    }

    #[test]
    fn a_share_is_written_without_a_float() {
        let said = |per_mille, decimals| {
            let mut line = Vec::new();
            put_per_mille(&mut line, per_mille, decimals);
            String::from_utf8(line).unwrap()
        };
        assert_eq!(said(125, 1), "12.5");
        assert_eq!(said(-1000, 1), "-100");
        assert_eq!(said(125, 3), "0.125");
    }

    #[test]
    fn fifteen_digits_are_kept_and_sixteen_are_said_again() {
        let outgrows = |text: &str| Cell::Money(usd(text)).outgrows_a_number();
        assert!(!outgrows("999999.123456789"));
        assert!(outgrows("1000000.123456789"));
        assert!(!outgrows("5000000000000"));
        assert!(!Cell::Quantity("0.000000000000000000000125".into()).outgrows_a_number());
        assert!(Cell::Quantity("0.3333333333333333333".into()).outgrows_a_number());
    }
}
