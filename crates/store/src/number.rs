//! How days, amounts and names are stored.

use jiff::civil::Date;
use rusqlite::Row;
use rusqlite::types::ValueRef;
use tallyport_ledger::{BillingPeriod, Currency, Money};

use crate::StoreError;

/// Nano-units in one unit.
const UNIT: i128 = 1_000_000_000;

/// A day as YYYYMMDD.
pub(crate) fn day_number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// The day of YYYYMMDD.
pub(crate) fn day_of(number: i64) -> Result<Date, StoreError> {
    let unreadable = || StoreError::unreadable("a day");
    let part = |n: i64| i8::try_from(n).map_err(|_| unreadable());
    let year = i16::try_from(number / 10_000).map_err(|_| unreadable())?;
    Date::new(year, part(number / 100 % 100)?, part(number % 100)?).map_err(|_| unreadable())
}

/// The billing period of YYYYMM.
pub(crate) fn period_of(number: i64) -> Result<BillingPeriod, StoreError> {
    i32::try_from(number)
        .ok()
        .and_then(|number| BillingPeriod::from_number(number).ok())
        .ok_or_else(|| StoreError::unreadable("a billing period"))
}

/// The currency of a stored code.
pub(crate) fn currency_of(code: &str) -> Result<Currency, StoreError> {
    code.parse()
        .map_err(|_| StoreError::unreadable("a currency"))
}

/// Codes of currencies, read once as long as the same one comes.
#[derive(Default)]
pub(crate) struct Currencies(Option<(String, Currency)>);

impl Currencies {
    pub fn of(&mut self, row: &Row<'_>, at: usize) -> Result<Currency, StoreError> {
        let code = row.get_ref(at)?;
        match (&self.0, code) {
            (Some((same, currency)), ValueRef::Text(code)) if same.as_bytes() == code => {
                Ok(*currency)
            }
            _ => {
                let code = code.as_str().map_err(rusqlite::Error::from)?;
                let currency = currency_of(code)?;
                self.0 = Some((code.to_owned(), currency));
                Ok(currency)
            }
        }
    }
}

/// An amount from its two parts, which were summed apart.
pub(crate) fn joined(units: i64, rest: i64) -> i128 {
    i128::from(units) * UNIT + i128::from(rest)
}

/// An amount in two parts, each of which fits 64 bits.
pub(crate) fn parted(nanos: i128) -> Result<(i64, i64), StoreError> {
    let units = i64::try_from(nanos / UNIT)
        .map_err(|_| StoreError::Money(tallyport_ledger::MoneyError::TooLarge))?;
    let rest = i64::try_from(nanos % UNIT).unwrap_or(0);
    Ok((units, rest))
}

/// The whole number in column `at`: [`Row::get`] where very many are read.
pub(crate) fn number_at(row: &Row<'_>, at: usize) -> rusqlite::Result<i64> {
    match row.get_ref(at)? {
        ValueRef::Integer(number) => Ok(number),
        _ => row.get(at),
    }
}

/// The amount whose parts stand in the columns `at` and `at + 1`; an empty sum is nothing.
pub(crate) fn nanos_at(row: &Row<'_>, at: usize) -> rusqlite::Result<i128> {
    let part = |at| match row.get_ref(at)? {
        ValueRef::Integer(part) => Ok(part),
        ValueRef::Null => Ok(0),
        _ => row.get(at),
    };
    Ok(joined(part(at)?, part(at + 1)?))
}

/// As [`nanos_at`], with its currency.
pub(crate) fn money_at(row: &Row<'_>, at: usize, currency: Currency) -> rusqlite::Result<Money> {
    Ok(Money::from_nanos(nanos_at(row, at)?, currency))
}

/// A name without regard to case and outer blanks: what makes it unique.
pub(crate) fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// A tag key without regard to case and to the prefix that AWS exports write.
pub(crate) fn folded_key(key: &str) -> String {
    key.strip_prefix("user:")
        .unwrap_or(key)
        .to_ascii_lowercase()
}
