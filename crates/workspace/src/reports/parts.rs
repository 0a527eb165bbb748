//! What reports are written with.

use tallyport_documents::{Figure, ReportColumn, ReportRow, figure_with_currency};
use tallyport_ledger::Money;

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

/// An amount as people read it: rounded to the currency's smallest unit. What is added up is exact.
pub(super) fn money(amount: Money) -> String {
    figure_with_currency(amount.rounded_to_minor())
}

/// `part` of `whole` in percent, to a tenth: `12.3 %`; nothing where there is no whole.
pub(super) fn share(part: Money, whole: Money) -> String {
    per_mille(part.nanos(), whole.nanos()).map_or_else(String::new, percent)
}

/// How much more `now` is than `before`: `+12.3 %`.
pub(super) fn change(now: Money, before: Money) -> String {
    if before.is_zero() {
        let new = if now.is_zero() { "" } else { "new" };
        return new.to_owned();
    }
    let difference = now.nanos() - before.nanos();
    let Some(mille) = per_mille(difference, before.nanos().abs()) else {
        return String::new();
    };
    let sign = if mille > 0 { "+" } else { "" };
    format!("{sign}{}", percent(mille))
}

/// How it was the month before, as a remark.
pub(super) fn beside(now: Money, before: Money) -> Option<String> {
    (!before.is_zero()).then(|| format!("{} on {}", change(now, before), money(before)))
}

/// Thousandths, rounded half away from zero.
fn per_mille(part: i128, whole: i128) -> Option<i128> {
    if whole == 0 {
        return None;
    }
    let twice = part.checked_mul(2_000)? / whole;
    Some((twice + twice.signum()) / 2)
}

fn percent(mille: i128) -> String {
    let sign = if mille < 0 { "-" } else { "" };
    let size = mille.unsigned_abs();
    format!("{sign}{}.{} %", size / 10, size % 10)
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

/// The top of a chart that holds all `amounts`, and the lines across it: a round step, five of them at most.
pub(super) fn scale(
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
        (height(amount, top), whole(amount))
    };
    (top, (0..=count).map(line).collect())
}

/// An amount of whole units without its decimals.
fn whole(amount: Money) -> String {
    let text = figure_with_currency(amount);
    match text.split_once('.') {
        Some((units, rest)) => {
            let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            format!("{units}{after}")
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tallyport_ledger::Currency;

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    #[test]
    fn shares_and_changes_are_rounded_to_a_tenth_of_a_percent() {
        assert_eq!(share(usd("1"), usd("3")), "33.3 %");
        assert_eq!(share(usd("2"), usd("3")), "66.7 %");
        assert_eq!(share(usd("1"), usd("0")), "");
        assert_eq!(change(usd("110"), usd("100")), "+10.0 %");
        assert_eq!(change(usd("99.95"), usd("100")), "-0.1 %");
        assert_eq!(change(usd("5"), usd("0")), "new");
    }

    #[test]
    fn a_scale_has_round_steps_and_holds_the_largest() {
        for (most, top, lines) in [
            ("0.3", 1, 2),
            ("7", 8, 5),
            ("4312.8", 5_000, 6),
            ("100", 100, 6),
        ] {
            let (found, across) = scale([usd(most)].into_iter(), usd("0"));
            assert_eq!(
                (found / 1_000_000_000, across.len()),
                (top, lines),
                "{most}"
            );
            assert_eq!(across.last().map(|(parts, _)| *parts), Some(10_000));
        }
        let (_, across) = scale([usd("4312.8")].into_iter(), usd("0"));
        assert_eq!(across.last().map(|(_, text)| text.as_str()), Some("$5,000"));
    }
}
