use std::cmp::Reverse;
use std::fmt;

use crate::Money;

use super::{BookFault, PriceRule};

/// What is added to cost, in parts per million: 150 000 is 15 % on top, −100 000 a discount of 10 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Markup(i32);

/// A part of a month's cost and what is added to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// Up to how much of the month's cost; the last tier is open.
    pub up_to: Option<Money>,
    /// What is added within it.
    pub markup: Markup,
}

const WHOLE: i32 = 1_000_000;

impl Markup {
    /// From a discount of 100 % to a thousand per cent on top.
    ///
    /// # Errors
    /// [`BookFault::Percent`].
    pub fn from_parts_per_million(parts: i32) -> Result<Self, BookFault> {
        if (-WHOLE..=10 * WHOLE).contains(&parts) {
            Ok(Self(parts))
        } else {
            Err(BookFault::Percent(Self(parts).percent()))
        }
    }

    /// Reads a percentage such as `15` or `-7.5`, with four decimals at most.
    ///
    /// # Errors
    /// [`BookFault::Percent`].
    pub fn parse(text: &str) -> Result<Self, BookFault> {
        let refused = || BookFault::Percent(text.chars().take(40).collect());
        // A percent's nano-units are a hundred thousand parts of a million apart.
        let nanos = Money::parse(text.trim(), crate::Currency::USD)
            .map_err(|_| refused())?
            .nanos();
        let parts = i32::try_from(nanos / 100_000).map_err(|_| refused())?;
        if nanos % 100_000 != 0 {
            return Err(refused());
        }
        Self::from_parts_per_million(parts).map_err(|_| refused())
    }

    /// In parts per million.
    #[must_use]
    pub const fn parts_per_million(self) -> i32 {
        self.0
    }

    /// As a percentage, such as `15` or `-7.5`.
    #[must_use]
    pub fn percent(self) -> String {
        Money::from_nanos(i128::from(self.0) * 100_000, crate::Currency::USD).to_decimal(0)
    }

    /// What a unit of cost is charged at, in millionths.
    fn factor(self) -> i128 {
        i128::from(self.0) + i128::from(WHOLE)
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.percent())
    }
}

/// What a rate charges for `costs` (nano-units, of one recipient, month and entry) of which earlier
/// documents billed `before` already: one price for each, rounded together, so that they add up to the
/// rate of their sum. `None` if it does not fit.
pub(super) fn prices(rule: &PriceRule, costs: &[i128], before: i128) -> Option<Vec<i128>> {
    let sum = costs
        .iter()
        .try_fold(0, |sum: i128, one| sum.checked_add(*one))?;
    match rule {
        PriceRule::Markup(markup) => {
            let whole = i128::from(WHOLE);
            let goal = rounded(sum.checked_mul(markup.factor())?, whole);
            in_ratio(costs, markup.factor(), whole, goal)
        }
        PriceRule::Tiers(tiers) => {
            let goal = graduated(tiers, before.checked_add(sum)?)?
                .checked_sub(graduated(tiers, before)?)?;
            match sum.signum() {
                1 => in_ratio(costs, goal, sum, goal),
                -1 => in_ratio(costs, -goal, -sum, goal),
                // Debits and credits that cancel each other have no rate of their own.
                _ => Some(costs.to_vec()),
            }
        }
        _ => Some(costs.to_vec()),
    }
}

/// What a month's `cost` is charged at. Below nothing (more credits than costs) the first tier counts.
fn graduated(tiers: &[Tier], cost: i128) -> Option<i128> {
    let mut charged: i128 = 0;
    let mut below = None;
    for tier in tiers {
        let from = below.unwrap_or(i128::MIN);
        let to = tier.up_to.map_or(i128::MAX, |up_to| up_to.nanos());
        let within = cost.min(to) - below.unwrap_or(0);
        if cost > from {
            charged = charged.checked_add(within.checked_mul(tier.markup.factor())?)?;
        }
        below = Some(to);
    }
    Some(rounded(charged, i128::from(WHOLE)))
}

/// Each cost times `number / whole`, so that all add up to `goal`, their exact sum rounded: what single
/// rounding would lose goes to the largest remainders, the earlier where they tie.
fn in_ratio(costs: &[i128], number: i128, whole: i128, goal: i128) -> Option<Vec<i128>> {
    let mut prices = Vec::with_capacity(costs.len());
    let mut rests = Vec::with_capacity(costs.len());
    let mut missing = goal;
    for (at, cost) in costs.iter().enumerate() {
        let product = cost.checked_mul(number)?;
        let floor = product.div_euclid(whole);
        missing = missing.checked_sub(floor)?;
        rests.push((Reverse(product.rem_euclid(whole)), at));
        prices.push(floor);
    }
    rests.sort_unstable();
    let missing = usize::try_from(missing).ok()?;
    for (_, at) in rests.into_iter().take(missing) {
        prices[at] += 1;
    }
    Some(prices)
}

/// `number / whole`, half to even.
pub(super) const fn rounded(number: i128, whole: i128) -> i128 {
    let floor = number.div_euclid(whole);
    let rest = number.rem_euclid(whole);
    if rest > whole - rest || (rest == whole - rest && floor % 2 != 0) {
        floor + 1
    } else {
        floor
    }
}
