//! Amounts, days and shares as a language writes them.

use jiff::civil::Date;
use tallyport_ledger::{BillingPeriod, Currency, Money, TaxRate};

use crate::{Language, figures};

impl Language {
    /// What stands between thousands, and before decimals.
    const fn signs(self) -> (char, char) {
        match self {
            Self::English => (',', '.'),
            Self::German | Self::Spanish => ('.', ','),
            Self::French => ('\u{A0}', ','),
        }
    }

    /// A decimal number in this language's signs: `1,234.5` or `1.234,5`.
    #[must_use]
    pub fn number(self, english: &str) -> String {
        let (thousands, decimal) = self.signs();
        english
            .chars()
            .map(|character| match character {
                ',' => thousands,
                '.' => decimal,
                other => other,
            })
            .collect()
    }

    /// The amount with its currency's decimals.
    pub(crate) fn figure(self, amount: Money) -> String {
        self.number(&figures::figure(amount))
    }

    /// The amount with all its decimals, at least those of its currency.
    pub(crate) fn exact_figure(self, amount: Money) -> String {
        let least = usize::try_from(amount.currency().exponent()).unwrap_or(2);
        self.number(&figures::separated(&amount.to_decimal(least)))
    }

    /// The amount with its currency's sign, where the language puts it.
    #[must_use]
    pub fn figure_with_currency(self, amount: Money) -> String {
        self.with_currency(&figures::figure(amount), amount.currency())
    }

    /// An amount of whole units with its currency's sign, without decimals.
    #[must_use]
    pub fn whole_figure_with_currency(self, amount: Money) -> String {
        let decimals = figures::figure(amount);
        let whole = decimals.split('.').next().unwrap_or_default();
        self.with_currency(whole, amount.currency())
    }

    fn with_currency(self, english: &str, currency: Currency) -> String {
        if self == Self::English {
            return figures::with_currency(english, currency);
        }
        let unit = figures::sign(currency).unwrap_or_else(|| currency.code());
        format!("{}\u{A0}{unit}", self.number(english))
    }

    /// `3 November 2026`: no country reads the day for the month.
    #[must_use]
    pub fn day(self, date: Date) -> String {
        let (day, year) = (date.day(), date.year());
        let month = self.month_name(date.month());
        match self {
            Self::German => format!("{day}. {month} {year}"),
            Self::French if day == 1 => format!("1er {month} {year}"),
            Self::Spanish => format!("{day} de {month} de {year}"),
            Self::English | Self::French => format!("{day} {month} {year}"),
        }
    }

    /// `November 2026`.
    #[must_use]
    pub fn month(self, period: BillingPeriod) -> String {
        let first = period.first_day();
        let (month, year) = (self.month_name(first.month()), first.year());
        match self {
            Self::Spanish => format!("{month} de {year}"),
            _ => format!("{month} {year}"),
        }
    }

    /// `7.7 %`.
    pub(crate) fn rate(self, rate: TaxRate) -> String {
        self.number(&rate.to_string()).replace(' ', "\u{A0}")
    }

    fn month_name(self, month: i8) -> &'static str {
        let index = usize::try_from(month - 1).unwrap_or(0);
        self.words().months.get(index).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_days_are_written_as_each_language_writes_them() {
        let euros = Money::parse("-1234567.5", "EUR".parse().unwrap()).unwrap();
        let francs = Money::parse("1234.5", "CHF".parse().unwrap()).unwrap();
        let day = jiff::civil::date(2026, 11, 1);
        let period = BillingPeriod::new(2026, 11).unwrap();
        let rate = TaxRate::from_parts_per_million(77_000).unwrap();
        let written = |language: Language| {
            [
                language.figure_with_currency(euros),
                language.figure_with_currency(francs),
                language.day(day),
                language.month(period),
                language.rate(rate),
            ]
            .join(" | ")
            .replace('\u{A0}', "_")
        };
        assert_eq!(
            Language::ALL.map(written),
            [
                "-€1,234,567.50 | 1,234.50 CHF | 1 November 2026 | November 2026 | 7.7_%",
                "-1.234.567,50_€ | 1.234,50_CHF | 1. November 2026 | November 2026 | 7,7_%",
                "-1_234_567,50_€ | 1_234,50_CHF | 1er novembre 2026 | novembre 2026 | 7,7_%",
                "-1.234.567,50_€ | 1.234,50_CHF | 1 de noviembre de 2026 | noviembre de 2026 | 7,7_%",
            ]
        );
    }
}
