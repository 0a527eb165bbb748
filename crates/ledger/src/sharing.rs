use std::collections::{BTreeMap, BTreeSet};

use crate::{Money, MoneyError, Owner, OwnerId};

/// A pot of shared cost that is spread over owners, or over another pot (chained sharing).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pot(pub i64);

/// How a pot is spread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShareMethod {
    /// The same for each.
    Even,
    /// By what each owns directly; even, and said so, if nobody owns anything.
    Proportional,
    /// By fixed shares in parts per million; they must add up to one million.
    Fixed(Vec<u32>),
}

/// Spreads one pot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharingRule {
    /// The pot it empties.
    pub pot: Pot,
    /// The owners that take part, in order.
    pub owners: Vec<OwnerId>,
    /// A pot that takes part as the last of them (chained sharing).
    pub onward: Option<Pot>,
    /// How it is spread.
    pub method: ShareMethod,
}

/// What sharing gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Each owner's amount after sharing, unowned included.
    pub by_owner: BTreeMap<Owner, Money>,
    /// Pots whose weights were all zero, so that an even split was used.
    pub fell_back_to_even: Vec<Pot>,
}

/// Why pots cannot be shared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SharingError {
    /// A chain of pots that ends where it began.
    #[error("pot {} is shared into itself by way of other pots", .0.0)]
    Cycle(Pot),
    /// Fixed shares that do not add up to one.
    #[error("the fixed shares of pot {} add up to {sum} parts per million, not 1,000,000", .pot.0)]
    FixedShares {
        /// The pot.
        pot: Pot,
        /// What they add up to.
        sum: u64,
    },
    /// As many shares as takers are needed, and at least one taker.
    #[error("pot {} has nobody to take it, or not one share for each taker", .0.0)]
    Takers(Pot),
    /// Two rules for one pot.
    #[error("pot {} is shared twice", .0.0)]
    Twice(Pot),
    /// An amount that does not fit, or a mix of currencies.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Spreads `pots` over owners by `rules`. A pot without a rule stays unowned. Nothing is lost:
/// direct + pots = the result, to the nano.
///
/// # Errors
/// [`SharingError`] names the pot.
pub fn share(
    direct: &BTreeMap<Owner, Money>,
    pots: &BTreeMap<Pot, Money>,
    rules: &[SharingRule],
) -> Result<Shared, SharingError> {
    let mut by_pot = BTreeMap::new();
    for rule in rules {
        checked(rule)?;
        if by_pot.insert(rule.pot, rule).is_some() {
            return Err(SharingError::Twice(rule.pot));
        }
    }
    let mut held = pots.clone();
    let mut result = direct.clone();
    let mut fell_back_to_even = Vec::new();
    for pot in emptied_first_to_last(&by_pot)? {
        let (Some(rule), Some(amount)) = (by_pot.get(&pot), held.remove(&pot)) else {
            continue;
        };
        let weights = weights(rule, direct);
        if weights.iter().all(|w| *w == 0) {
            fell_back_to_even.push(pot);
        }
        let parts = amount.split(&weights)?;
        for (owner, part) in rule.owners.iter().zip(&parts) {
            give(&mut result, Owner::Owned(*owner), *part)?;
        }
        if let (Some(onward), Some(part)) = (rule.onward, parts.get(rule.owners.len())) {
            let there = held.entry(onward).or_insert(Money::zero(part.currency()));
            *there = there.plus(*part)?;
        }
    }
    for amount in held.into_values() {
        give(&mut result, Owner::Unowned, amount)?;
    }
    Ok(Shared {
        by_owner: result,
        fell_back_to_even,
    })
}

fn give(to: &mut BTreeMap<Owner, Money>, owner: Owner, part: Money) -> Result<(), MoneyError> {
    let held = to.entry(owner).or_insert(Money::zero(part.currency()));
    *held = held.plus(part)?;
    Ok(())
}

fn checked(rule: &SharingRule) -> Result<(), SharingError> {
    let takers = rule.owners.len() + usize::from(rule.onward.is_some());
    if takers == 0 {
        return Err(SharingError::Takers(rule.pot));
    }
    if let ShareMethod::Fixed(shares) = &rule.method {
        let sum: u64 = shares.iter().map(|s| u64::from(*s)).sum();
        if shares.len() != takers {
            return Err(SharingError::Takers(rule.pot));
        }
        if sum != 1_000_000 {
            return Err(SharingError::FixedShares { pot: rule.pot, sum });
        }
    }
    Ok(())
}

fn weights(rule: &SharingRule, direct: &BTreeMap<Owner, Money>) -> Vec<u64> {
    let takers = rule.owners.len() + usize::from(rule.onward.is_some());
    match &rule.method {
        ShareMethod::Even => vec![1; takers],
        ShareMethod::Fixed(shares) => shares.iter().map(|s| u64::from(*s)).collect(),
        ShareMethod::Proportional => {
            // Someone whose direct cost is negative (more credit than use) takes no share.
            let mut weights: Vec<u64> = rule
                .owners
                .iter()
                .map(|owner| {
                    let held = direct.get(&Owner::Owned(*owner)).map_or(0, Money::nanos);
                    u64::try_from(held.max(0)).unwrap_or(u64::MAX)
                })
                .collect();
            weights.resize(takers, 0);
            weights
        }
    }
}

/// The pots in an order in which each is emptied before the one it flows into.
fn emptied_first_to_last(rules: &BTreeMap<Pot, &SharingRule>) -> Result<Vec<Pot>, SharingError> {
    let mut order = Vec::new();
    let mut done = BTreeSet::new();
    for start in rules.keys() {
        let mut chain = Vec::new();
        let mut at = Some(*start);
        while let Some(pot) = at {
            if done.contains(&pot) {
                break;
            }
            if chain.contains(&pot) {
                return Err(SharingError::Cycle(pot));
            }
            chain.push(pot);
            at = rules.get(&pot).and_then(|rule| rule.onward);
        }
        done.extend(chain.iter().copied());
        // A chain leads downstream: it goes before everything that was placed so far.
        order.splice(0..0, chain);
    }
    Ok(order)
}
