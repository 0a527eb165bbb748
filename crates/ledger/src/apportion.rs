//! Largest remainder: rounding parts so that they add up to their rounded total.
//!
//! The method is Hamilton's: every part gets its floor, and the units still missing go to the
//! parts with the largest remainders, the earlier part first where they tie.

use crate::{Exact, ExactError};

/// Parts that could not be apportioned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApportionError {
    /// The sum is beyond what an amount can hold.
    #[error("the amounts of this period add up to more than can be held")]
    TooLarge,
}

impl From<ExactError> for ApportionError {
    fn from(_: ExactError) -> Self {
        Self::TooLarge
    }
}

/// Rounds the exact amounts of a billing period to nano-units so that every level adds up.
///
/// Each part lies in a group and each group in a larger one (charge category, then service):
/// first the whole is rounded, then its groups are rounded to add up to it, then their parts. Each
/// figure differs from its exact value by less than one nano, at every level, however many rows
/// it is made of.
#[derive(Debug, Default)]
pub struct Apportion {
    parts: Vec<(u32, u32, Exact)>,
}

impl Apportion {
    /// Nothing to apportion yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part of `category` and `service` (any small numbers that name the groups).
    pub fn push(&mut self, category: u32, service: u32, amount: Exact) {
        self.parts.push((category, service, amount));
    }

    /// The parts in nano-units, in the order they were pushed.
    ///
    /// # Errors
    /// The sum does not fit.
    pub fn into_nanos(self) -> Result<Vec<i128>, ApportionError> {
        let mut order: Vec<u32> =
            (0..u32::try_from(self.parts.len()).map_err(|_| ApportionError::TooLarge)?).collect();
        order.sort_by_key(|&i| {
            let (category, service, _) = self.parts[i as usize];
            (category, service, i)
        });
        let mut nanos = vec![0_i128; self.parts.len()];
        let key = |i: &u32| {
            let (category, service, _) = self.parts[*i as usize];
            (category, service)
        };
        let exact = |i: &u32| self.parts[*i as usize].2;
        let groups: Vec<&[u32]> = order.chunk_by(|a, b| key(a) == key(b)).collect();
        let sums: Vec<Exact> = groups
            .iter()
            .map(|group| Exact::sum(group.iter().map(exact)))
            .collect::<Result<_, _>>()?;
        let mut categories: Vec<(usize, usize)> = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            match categories.last_mut() {
                Some((first, end)) if key(&groups[*first][0]).0 == key(&group[0]).0 => {
                    *end = at + 1
                }
                _ => categories.push((at, at + 1)),
            }
        }
        let category_sums: Vec<Exact> = categories
            .iter()
            .map(|(first, end)| Exact::sum(sums[*first..*end].iter().copied()))
            .collect::<Result<_, _>>()?;
        let total = Exact::sum(category_sums.iter().copied())?.rounded_to_nanos();
        let category_nanos = rounded_to(total, &category_sums);
        for ((first, end), goal) in categories.iter().zip(category_nanos) {
            let group_nanos = rounded_to(goal, &sums[*first..*end]);
            for (group, goal) in groups[*first..*end].iter().zip(group_nanos) {
                let amounts: Vec<Exact> = group.iter().map(exact).collect();
                for (i, value) in group.iter().zip(rounded_to(goal, &amounts)) {
                    nanos[*i as usize] = value;
                }
            }
        }
        Ok(nanos)
    }
}

/// Rounds `parts` to nanos so that they add up to `goal`, which is their exact sum rounded down
/// or up: at least the sum of their floors, at most one nano more for each part with a remainder.
fn rounded_to(goal: i128, parts: &[Exact]) -> Vec<i128> {
    let mut nanos: Vec<i128> = parts.iter().map(Exact::floor_nanos).collect();
    let missing = goal - nanos.iter().sum::<i128>();
    let takers = usize::try_from(missing).unwrap_or(0);
    if takers > 0 {
        // Parts without a remainder come last: an exact figure stays exact.
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(parts[i].below_nano()), i));
        for &i in order.iter().take(takers) {
            nanos[i] += 1;
        }
    }
    nanos
}

/// Splits `whole` by `weights`; even where all are zero; `None` if it does not fit.
pub(crate) fn by_weight(whole: i128, weights: &[u64]) -> Option<Vec<i128>> {
    let even = weights.iter().all(|w| *w == 0);
    let weight = |i: usize| if even { 1 } else { i128::from(weights[i]) };
    let sum: i128 = (0..weights.len()).map(weight).sum();
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    let mut given = 0_i128;
    for i in 0..weights.len() {
        let product = whole.checked_mul(weight(i))?;
        let part = product.div_euclid(sum);
        remainders.push((std::cmp::Reverse(product.rem_euclid(sum)), i));
        given += part;
        parts.push(part);
    }
    remainders.sort_unstable();
    let missing = usize::try_from(whole - given).ok()?;
    for (_, i) in remainders.into_iter().take(missing) {
        parts[i] += 1;
    }
    Some(parts)
}
