//! What somebody is asked for beside what they were asked for before, and whether that is worth a look.

use crate::{Money, MoneyError};

/// A change within this share of the month before is nothing unusual, in percent.
const WITHIN_PERCENT: i128 = 25;
/// Nor is one within so many times what the months before usually vary by.
const WITHIN_DEVIATIONS: i128 = 3;
/// What is less than this share of all that is billed in the month is not worth a look, in per mille.
const WORTH_PER_MILLE: i128 = 5;
/// From so many months on it shows what they usually vary by.
const LEAST_MONTHS: usize = 3;

/// Why a change is worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlier {
    /// There was nothing in the month before.
    New,
    /// There is nothing any more.
    Gone,
    /// It is beyond what is usual, which is this.
    Beyond(Money),
}

/// Two months side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compared {
    /// This month less the one before.
    pub change: Money,
    /// The change in tenths of a percent of the month before; none where there was nothing.
    pub per_mille: Option<i128>,
    /// Why it is worth a look, if it is.
    pub outlier: Option<Outlier>,
}

impl Compared {
    /// The change in percent of the month before, as a decimal number.
    #[must_use]
    pub fn percent(&self) -> Option<String> {
        self.per_mille.map(|count| {
            let sign = if count < 0 { "-" } else { "" };
            format!("{sign}{}.{}", count.abs() / 10, count.abs() % 10)
        })
    }
}

/// Lays `now` beside `earlier`, the newest month first, of somebody among others who are asked for `all` in both
/// months. A change is unusual if it is more than a quarter of the month before and more than three times the
/// median absolute deviation of the months before; and only what is at least 0.5 % of what all are asked for is
/// worth a look. The median is used because one outlier among the months moves it little (Hampel, 1974).
///
/// # Errors
/// Amounts of two currencies, or too large ones.
pub fn compare(
    now: Option<Money>,
    earlier: &[Option<Money>],
    all: (Money, Money),
) -> Result<Compared, MoneyError> {
    let nothing = Money::zero(all.0.currency());
    let before = earlier.first().copied().flatten();
    let (this, last) = (now.unwrap_or(nothing), before.unwrap_or(nothing));
    let change = this.minus(last)?;
    let per_mille = (!last.is_zero()).then(|| shared(change.nanos() * 1_000, last.nanos().abs()));
    let worth = all.0.nanos().abs().max(all.1.nanos().abs()) * WORTH_PER_MILLE / 1_000;
    let is_worth_it = change.nanos().abs() >= worth.max(1) && !all.1.is_zero();
    let outlier = match (now, before) {
        _ if !is_worth_it => None,
        (Some(_), None) => Some(Outlier::New),
        (None, _) => Some(Outlier::Gone),
        (Some(_), Some(_)) => {
            let quarter = last.nanos().abs() * WITHIN_PERCENT / 100;
            let months: Vec<i128> = earlier.iter().flatten().map(Money::nanos).collect();
            let usual = quarter.max(WITHIN_DEVIATIONS * deviation(&months).unwrap_or(0));
            let usual_amount = Money::from_nanos(usual, change.currency());
            (change.nanos().abs() > usual).then_some(Outlier::Beyond(usual_amount))
        }
    };
    Ok(Compared {
        change,
        per_mille,
        outlier,
    })
}

/// The median absolute deviation, where there are enough months to have one.
fn deviation(months: &[i128]) -> Option<i128> {
    if months.len() < LEAST_MONTHS {
        return None;
    }
    let middle = median(months.to_vec())?;
    median(months.iter().map(|month| (month - middle).abs()).collect())
}

fn median(mut values: Vec<i128>) -> Option<i128> {
    values.sort_unstable();
    let (lower, upper) = (
        values.get((values.len().checked_sub(1)?) / 2)?,
        values.get(values.len() / 2)?,
    );
    Some((lower + upper) / 2)
}

/// A share, rounded half away from nothing.
fn shared(part: i128, of: i128) -> i128 {
    (part.abs() + of / 2) / of * part.signum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    fn usd(units: i128) -> Money {
        Money::from_nanos(units * 1_000_000_000, Currency::USD)
    }

    fn some(units: &[i128]) -> Vec<Option<Money>> {
        units.iter().map(|units| Some(usd(*units))).collect()
    }

    fn of(now: Option<i128>, earlier: &[Option<Money>]) -> Compared {
        compare(now.map(usd), earlier, (usd(10_000), usd(10_000))).unwrap()
    }

    #[test]
    fn a_change_is_told_in_money_and_percent() {
        let told = |now, before: &[i128]| {
            let compared = of(now, &some(before));
            (compared.change, compared.per_mille)
        };
        assert_eq!(told(Some(150), &[100]), (usd(50), Some(500)));
        assert_eq!(told(Some(80), &[90]), (usd(-10), Some(-111)));
        assert_eq!(told(Some(80), &[]), (usd(80), None));
        assert_eq!(told(None, &[90]), (usd(-90), Some(-1_000)));
        // A credit that becomes a cost goes up.
        assert_eq!(told(Some(50), &[-50]), (usd(100), Some(2_000)));
    }

    #[test]
    fn only_what_is_beyond_a_quarter_and_the_usual_swing_is_marked() {
        let steady = some(&[1_000, 1_010, 990, 1_000, 1_005]);
        assert_eq!(of(Some(1_250), &steady).outlier, None, "a quarter is usual");
        assert_eq!(
            of(Some(1_251), &steady).outlier,
            Some(Outlier::Beyond(usd(250)))
        );
        assert!(of(Some(700), &steady).outlier.is_some(), "less is told too");
        let restless = some(&[1_000, 400, 1_600, 900, 200, 1_500]);
        assert_eq!(of(Some(1_900), &restless).outlier, None, "it always swings");
        let once = some(&[1_000, 1_000, 9_000, 1_000, 1_000]);
        assert!(
            of(Some(2_000), &once).outlier.is_some(),
            "one odd month does not hide the next"
        );
    }

    #[test]
    fn who_is_new_or_gone_is_marked_where_it_is_worth_a_look() {
        assert_eq!(of(Some(500), &[None]).outlier, Some(Outlier::New));
        assert_eq!(of(None, &some(&[500])).outlier, Some(Outlier::Gone));
        assert_eq!(
            of(Some(49), &[None]).outlier,
            None,
            "less than 0.5 % of all"
        );
        let first = compare(Some(usd(500)), &[None], (usd(500), usd(0))).unwrap();
        assert_eq!(first.outlier, None, "in the first month everybody is new");
    }
}
