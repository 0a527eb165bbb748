//! What reports are written with: their tables, and amounts as a language writes them.

use jiff::civil::Date;
use tallyport_documents::{Figure, Language, ReportColumn, ReportRow};
use tallyport_ledger::{BillingPeriod, Money};

use super::words::Words;

/// The language that a report is written in.
#[derive(Clone, Copy)]
pub(super) struct Tongue {
    language: Language,
    pub words: &'static Words,
}

/// A column of text.
pub(super) fn text(title: &str) -> ReportColumn {
    ReportColumn {
        title: title.to_owned(),
        figures: false,
    }
}

/// A column of figures.
pub(super) fn figures(title: &str) -> ReportColumn {
    ReportColumn {
        title: title.to_owned(),
        figures: true,
    }
}

pub(super) fn figure(label: &str, figure: String, remark: Option<String>) -> Figure {
    Figure {
        label: label.to_owned(),
        figure,
        remark,
    }
}

pub(super) const fn row(cells: Vec<String>) -> ReportRow {
    ReportRow {
        cells,
        strong: false,
        over: false,
    }
}

pub(super) const fn strong(cells: Vec<String>) -> ReportRow {
    ReportRow {
        cells,
        strong: true,
        over: false,
    }
}

impl Tongue {
    pub const fn of(language: Language) -> Self {
        Self {
            language,
            words: Words::of(language),
        }
    }

    pub const fn language(self) -> Language {
        self.language
    }

    /// An amount as people read it: rounded to the currency's smallest unit. What is added up is exact.
    pub fn money(self, amount: Money) -> String {
        self.language
            .figure_with_currency(amount.rounded_to_minor())
    }

    /// `November 2026`.
    pub fn month(self, month: BillingPeriod) -> String {
        self.language.month(month)
    }

    /// `3 November 2026`.
    pub fn day(self, day: Date) -> String {
        self.language.day(day)
    }

    /// `part` of `whole` in percent, to a tenth: `12.3 %`; nothing where there is no whole.
    pub fn share(self, part: Money, whole: Money) -> String {
        per_mille(part.nanos(), whole.nanos()).map_or_else(String::new, |mille| self.percent(mille))
    }

    /// How much more `now` is than `before`: `+12.3 %`.
    pub fn change(self, now: Money, before: Money) -> String {
        if before.is_zero() {
            let new = if now.is_zero() { "" } else { self.words.new };
            return new.to_owned();
        }
        let difference = now.nanos() - before.nanos();
        let Some(mille) = per_mille(difference, before.nanos().abs()) else {
            return String::new();
        };
        let sign = if mille > 0 { "+" } else { "" };
        format!("{sign}{}", self.percent(mille))
    }

    /// How it was the month before, as a remark.
    pub fn beside(self, now: Money, before: Money) -> Option<String> {
        let remark = || {
            tallyport_documents::filled(
                self.words.change_on,
                &[&self.change(now, before), &self.money(before)],
            )
        };
        (!before.is_zero()).then(remark)
    }

    /// Thousandths as percent.
    pub fn percent(self, mille: i128) -> String {
        let sign = if mille < 0 { "-" } else { "" };
        let size = mille.unsigned_abs();
        let number = format!("{sign}{}.{}", size / 10, size % 10);
        format!("{} %", self.language.number(&number))
    }

    /// The top of a chart that holds all `amounts`, and the lines across it: a round step, five of them at most.
    pub fn scale(
        self,
        amounts: impl Iterator<Item = Money>,
        zero: Money,
    ) -> (i128, Vec<(u32, String)>) {
        const UNIT: i128 = 1_000_000_000;
        let most = amounts
            .map(|amount| amount.nanos())
            .max()
            .unwrap_or(0)
            .max(UNIT);
        let mut step = UNIT;
        // 1, 2, 5, 10, 20, 50 …
        for factor in [2, 5, 2].into_iter().cycle() {
            if step * 5 >= most {
                break;
            }
            step = if factor == 5 { step / 2 * 5 } else { step * 2 };
        }
        let count = (most + step - 1) / step;
        let top = step * count;
        let line = |at: i128| {
            let amount = Money::from_nanos(step * at, zero.currency());
            (
                height(amount, top),
                self.language.whole_figure_with_currency(amount),
            )
        };
        (top, (0..=count).map(line).collect())
    }
}

/// Thousandths, rounded half away from zero.
fn per_mille(part: i128, whole: i128) -> Option<i128> {
    if whole == 0 {
        return None;
    }
    let twice = part.checked_mul(2_000)? / whole;
    Some((twice + twice.signum()) / 2)
}

/// How high a bar of `amount` is, in parts of ten thousand of one of `top`.
pub(super) fn height(amount: Money, top: i128) -> u32 {
    let parts = amount
        .nanos()
        .max(0)
        .checked_mul(10_000)
        .map(|times| times / top.max(1));
    parts
        .and_then(|parts| u32::try_from(parts).ok())
        .unwrap_or(10_000)
        .min(10_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tallyport_ledger::Currency;

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    #[test]
    fn shares_and_changes_are_rounded_to_a_tenth_of_a_percent_and_written_as_the_language_does() {
        let english = Tongue::of(Language::English);
        assert_eq!(english.share(usd("1"), usd("3")), "33.3 %");
        assert_eq!(english.share(usd("2"), usd("3")), "66.7 %");
        assert_eq!(english.share(usd("1"), usd("0")), "");
        assert_eq!(english.change(usd("110"), usd("100")), "+10.0 %");
        assert_eq!(english.change(usd("99.95"), usd("100")), "-0.1 %");
        assert_eq!(english.change(usd("5"), usd("0")), "new");
        let german = Tongue::of(Language::German);
        assert_eq!(german.share(usd("1"), usd("3")), "33,3 %");
        assert_eq!(
            german.beside(usd("110"), usd("1000")).as_deref(),
            Some("-89,0 % gegenüber 1.000,00\u{a0}$")
        );
    }

    #[test]
    fn a_scale_has_round_steps_and_holds_the_largest() {
        let scale =
            |language, most: &str| Tongue::of(language).scale([usd(most)].into_iter(), usd("0"));
        for (most, top, lines) in [
            ("0.3", 1, 2),
            ("7", 8, 5),
            ("4312.8", 5_000, 6),
            ("100", 100, 6),
        ] {
            let (found, across) = scale(Language::English, most);
            assert_eq!(
                (found / 1_000_000_000, across.len()),
                (top, lines),
                "{most}"
            );
            assert_eq!(across.last().map(|(parts, _)| *parts), Some(10_000));
        }
        let top = |language| scale(language, "4312.8").1.pop().map(|(_, text)| text);
        assert_eq!(top(Language::English).as_deref(), Some("$5,000"));
        assert_eq!(top(Language::French).as_deref(), Some("5\u{a0}000\u{a0}$"));
    }
}
