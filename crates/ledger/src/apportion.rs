//! Largest remainder: rounding parts so that they add up to their rounded total.
//!
//! The method is Hamilton's: every part gets its floor, and the units still missing go to the
//! parts with the largest remainders, the earlier part first where they tie.

use std::collections::BTreeMap;

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
    groups: Vec<(u32, u32)>,
    amounts: Vec<Exact>,
}

impl Apportion {
    /// Nothing to apportion yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part of `category` and `service` (any small numbers that name the groups).
    pub fn push(&mut self, category: u32, service: u32, amount: Exact) {
        self.groups.push((category, service));
        self.amounts.push(amount);
    }

    /// The parts in nano-units, in the order they were pushed.
    ///
    /// # Errors
    /// The sum does not fit.
    pub fn into_nanos(self) -> Result<Vec<i128>, ApportionError> {
        let mut nanos = vec![0; self.amounts.len()];
        Levels::new(&self.groups)?.apportion(
            |at| self.amounts[at],
            |at, value| {
                nanos[at] = value;
                Ok::<_, ApportionError>(())
            },
        )?;
        Ok(nanos)
    }
}

/// The levels of a period's parts, found once for all of its amounts.
pub(crate) struct Levels {
    /// The parts, by category and service.
    order: Vec<u32>,
    /// Where each service ends in `order`.
    services: Vec<usize>,
    /// Where each category ends in `services`.
    categories: Vec<usize>,
}

impl Levels {
    /// The levels of parts of these categories and services.
    pub(crate) fn new(groups: &[(u32, u32)]) -> Result<Self, ApportionError> {
        // Parts of one group mostly come together.
        let mut members: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
        let mut next = 0;
        for run in groups.chunk_by(|one, other| one == other) {
            let count = u32::try_from(run.len()).ok();
            let end = count.and_then(|count| u32::checked_add(next, count));
            let end = end.ok_or(ApportionError::TooLarge)?;
            members.entry(run[0]).or_default().extend(next..end);
            next = end;
        }
        let mut order = Vec::with_capacity(groups.len());
        let (mut services, mut categories) = (Vec::new(), Vec::new());
        let mut members = members.into_iter().peekable();
        while let Some(((category, _), parts)) = members.next() {
            order.extend(parts);
            services.push(order.len());
            if members.peek().map(|((next, _), _)| *next) != Some(category) {
                categories.push(services.len());
            }
        }
        Ok(Self {
            order,
            services,
            categories,
        })
    }

    /// Rounds the amount that each part has and gives each its nanos.
    pub(crate) fn apportion<E: From<ApportionError>>(
        &self,
        amount: impl Fn(usize) -> Exact,
        mut give: impl FnMut(usize, i128) -> Result<(), E>,
    ) -> Result<(), E> {
        let add = |a: Exact, b: Exact| a.plus(b).map_err(ApportionError::from);
        let parts = |service: usize| {
            let start = service
                .checked_sub(1)
                .map_or(0, |before| self.services[before]);
            &self.order[start..self.services[service]]
        };
        let mut service_sums = Vec::with_capacity(self.services.len());
        for service in 0..self.services.len() {
            let sum = parts(service)
                .iter()
                .try_fold(Exact::ZERO, |sum, part| add(sum, amount(*part as usize)))?;
            service_sums.push(sum);
        }
        let services = |category: usize| {
            let start = category
                .checked_sub(1)
                .map_or(0, |before| self.categories[before]);
            start..self.categories[category]
        };
        let mut category_sums = Vec::with_capacity(self.categories.len());
        for category in 0..self.categories.len() {
            let sums = &service_sums[services(category)];
            category_sums.push(Exact::sum(sums.iter().copied()).map_err(ApportionError::from)?);
        }
        let total = Exact::sum(category_sums.iter().copied()).map_err(ApportionError::from)?;
        let mut rounding = Rounding::default();
        let category_nanos = rounding
            .to(total.rounded_to_nanos(), category_sums)
            .to_vec();
        for (category, goal) in category_nanos.into_iter().enumerate() {
            let range = services(category);
            let sums = service_sums[range.clone()].iter().copied();
            let service_nanos = rounding.to(goal, sums).to_vec();
            for (service, goal) in range.zip(service_nanos) {
                let parts = parts(service);
                let amounts = parts.iter().map(|part| amount(*part as usize));
                for (part, nanos) in parts.iter().zip(rounding.to(goal, amounts)) {
                    give(*part as usize, *nanos)?;
                }
            }
        }
        Ok(())
    }
}

/// Scratch for rounding, kept from one group to the next.
#[derive(Default)]
struct Rounding {
    nanos: Vec<i128>,
    /// What each part leaves, the largest first, the earlier part first where they tie.
    rests: Vec<(std::cmp::Reverse<u64>, u32)>,
}

impl Rounding {
    /// Rounds `parts` to nanos so that they add up to `goal`, which is their exact sum rounded
    /// down or up: at least the sum of their floors, at most one nano more for each part with a
    /// remainder.
    fn to(&mut self, goal: i128, parts: impl IntoIterator<Item = Exact>) -> &[i128] {
        self.nanos.clear();
        self.rests.clear();
        let mut missing = goal;
        for (at, part) in parts.into_iter().enumerate() {
            let (floor, rest) = part.split();
            missing -= floor;
            self.nanos.push(floor);
            // Only a part with a remainder may take: an exact figure stays exact.
            if rest > 0 {
                let at = u32::try_from(at).unwrap_or(u32::MAX);
                self.rests.push((std::cmp::Reverse(rest), at));
            }
        }
        let takers = usize::try_from(missing).unwrap_or(0).min(self.rests.len());
        if takers > 0 {
            if takers < self.rests.len() {
                self.rests.select_nth_unstable(takers - 1);
            }
            for (_, at) in &self.rests[..takers] {
                self.nanos[*at as usize] += 1;
            }
        }
        &self.nanos
    }
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
