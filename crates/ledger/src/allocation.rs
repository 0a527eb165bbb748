use std::collections::BTreeMap;

use crate::{ChargeFacts, Money, MoneyError, Owner, RuleId, RuleSet};

/// A charge's way to its owner: who, and by which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocated {
    /// Who owns it.
    pub owner: Owner,
    /// The rule that says so; `None` where nobody owns it.
    pub rule: Option<RuleId>,
}

/// Why an allocation is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AllocationError {
    /// The parts do not add up to the whole: a fault of the program, never shown as a figure.
    #[error("allocated {allocated} and charged {charged} differ")]
    NotConserved {
        /// What the owners and nobody were given.
        allocated: Money,
        /// What was charged.
        charged: Money,
    },
    /// An amount too large, or a mix of currencies.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Finds the owner of one charge.
#[must_use]
pub fn allocate(rules: &RuleSet, charge: &ChargeFacts<'_>) -> Allocated {
    match rules.first_match(charge) {
        Some(rule) => Allocated {
            owner: Owner::Owned(rule.owner),
            rule: Some(rule.id),
        },
        None => Allocated {
            owner: Owner::Unowned,
            rule: None,
        },
    }
}

/// Sums what was charged and, apart from it, what was allocated; [`Conservation::check`] compares
/// the two to the nano: allocated + unowned = charged, credits and negative charges included.
#[derive(Debug)]
pub struct Conservation {
    charged: Money,
    by_owner: BTreeMap<Owner, Money>,
}

impl Conservation {
    /// Nothing charged yet, in the currency of `zero`.
    #[must_use]
    pub fn new(currency: crate::Currency) -> Self {
        Self {
            charged: Money::zero(currency),
            by_owner: BTreeMap::new(),
        }
    }

    /// Notes a charge.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn charge(&mut self, amount: Money) -> Result<(), MoneyError> {
        self.charged = self.charged.plus(amount)?;
        Ok(())
    }

    /// Notes what an owner was given.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn give(&mut self, owner: Owner, amount: Money) -> Result<(), MoneyError> {
        let held = self
            .by_owner
            .entry(owner)
            .or_insert(Money::zero(self.charged.currency()));
        *held = held.plus(amount)?;
        Ok(())
    }

    /// What each owner was given, nobody included, if it adds up.
    ///
    /// # Errors
    /// [`AllocationError::NotConserved`] if it does not.
    pub fn check(self) -> Result<BTreeMap<Owner, Money>, AllocationError> {
        let allocated = Money::sum(self.by_owner.values(), self.charged.currency())?;
        if allocated == self.charged {
            Ok(self.by_owner)
        } else {
            Err(AllocationError::NotConserved {
                allocated,
                charged: self.charged,
            })
        }
    }
}
