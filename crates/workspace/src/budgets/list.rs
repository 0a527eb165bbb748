//! Which budgets are shown, in which order, and what the parts of one are together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use tallyport_ledger::budget::{BudgetId, BudgetState};
use tallyport_ledger::{BillingPeriod, Money};
use tallyport_store::{Budget, FamilyAsk, Reads, ScopeId, StoreError};

use super::stand::{Stand, Standings, standing};
use crate::WorkspaceError;

/// Which budgets.
#[derive(Debug, Clone, Default)]
pub struct BudgetsAsk {
    /// How they stood in this month; today if absent.
    pub month: Option<BillingPeriod>,
    /// Also those that are kept for history only.
    pub archived: bool,
    /// Only those whose name, or what they are about, has this in it.
    pub search: Option<String>,
    /// Only the one of this name or number.
    pub named: Option<String>,
    /// Only those in this danger.
    pub only: Option<Danger>,
    /// In which order.
    pub order: BudgetOrder,
    /// How many are left out at the beginning.
    pub skip: usize,
    /// How many at most; all if absent.
    pub limit: Option<usize>,
}

/// Which budgets by how they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Danger {
    /// Over their limit, heading over it or near it.
    AtRisk,
    /// Over their limit.
    Over,
}

/// In which order budgets are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BudgetOrder {
    /// By name, parts after what they are a part of.
    #[default]
    Tree,
    /// The most endangered first.
    Risk,
}

/// Budgets, and the last day that is known.
#[derive(Debug, Clone)]
pub struct Budgets {
    /// The last day with charges.
    pub as_of_day: Option<Date>,
    /// Those that were asked for.
    pub budgets: Vec<BudgetView>,
    /// How many there are in the danger that was asked for, on all pages.
    pub total: usize,
    /// How many there are in any.
    pub all: usize,
    /// How many are over their limit, heading over it or near it.
    pub at_risk: usize,
    /// How many are over their limit.
    pub over: usize,
    /// Whether one of them is a part of another.
    pub has_parts: bool,
}

/// A budget as it stands.
#[derive(Debug, Clone)]
pub struct BudgetView {
    /// The budget.
    pub budget: Budget,
    /// How it stands.
    pub now: Stand,
    /// Its parts.
    pub own_children: Vec<BudgetId>,
    /// What its parts spent in its period, by what counts for it; nothing where it has none.
    pub parts: Option<PartsSpent>,
    /// How deep it lies below a budget that is shown and no part of another.
    pub depth: u32,
}

/// What the parts of a budget spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartsSpent {
    /// All of them together: a charge that several of them are about counts once.
    pub together: Money,
    /// What the whole spent and none of them did.
    pub rest: Money,
}

impl Danger {
    const fn holds(self, state: BudgetState) -> bool {
        match self {
            Self::AtRisk => state.is_at_risk(),
            Self::Over => matches!(state, BudgetState::Over),
        }
    }
}

/// The parts of budgets, archived ones left out.
pub(super) struct Parts(HashMap<BudgetId, Vec<(BudgetId, ScopeId)>>);

impl Parts {
    pub fn of(budgets: &[Budget]) -> Self {
        let mut parts: HashMap<BudgetId, Vec<(BudgetId, ScopeId)>> = HashMap::new();
        for budget in budgets.iter().filter(|budget| !budget.archived) {
            if let Some(parent) = budget.parent {
                let of = parts.entry(parent).or_default();
                of.push((budget.id, budget.scope_id));
            }
        }
        Self(parts)
    }

    /// Budgets with what their parts spent.
    pub fn views(
        &self,
        r: &Reads<'_>,
        standing: Vec<(Budget, Stand, u32)>,
    ) -> Result<Vec<BudgetView>, WorkspaceError> {
        let asks: Vec<FamilyAsk> = standing
            .iter()
            .filter_map(|(budget, now, _)| {
                let parts = self.0.get(&budget.id)?;
                Some(FamilyAsk {
                    whole: budget.scope_id,
                    parts: parts.iter().map(|(_, scope)| *scope).collect(),
                    currency: budget.counting.currency,
                    span: now.span,
                })
            })
            .collect();
        let mut families = r.families(&asks)?.into_iter();
        let view = |(budget, now, depth): (Budget, Stand, u32)| {
            let parts = self.0.get(&budget.id);
            let family = parts.and_then(|_| families.next());
            BudgetView {
                own_children: parts.into_iter().flatten().map(|(id, _)| *id).collect(),
                parts: family.map(|family| PartsSpent {
                    together: family.together.counted(&budget.counting),
                    rest: family.rest.counted(&budget.counting),
                }),
                budget,
                now,
                depth,
            }
        };
        Ok(standing.into_iter().map(view).collect())
    }
}

pub(super) fn listed(
    r: &Reads<'_>,
    ask: &BudgetsAsk,
    today: Date,
) -> Result<Budgets, WorkspaceError> {
    let mut budgets = r.budgets(ask.archived)?;
    let parts = Parts::of(&budgets);
    if let Some(text) = &ask.named {
        let id = match r.budget_named(text) {
            Ok(id) => Some(id),
            Err(StoreError::NotFound { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        budgets.retain(|budget| Some(budget.id) == id);
    }
    if let Some(text) = &ask.search {
        let wanted = text.trim().to_lowercase();
        budgets.retain(|budget| described(budget).contains(&wanted));
    }
    let (as_of_day, mut standing) = standing(r, budgets, ask.month, today)?;
    let count = |danger: Danger| {
        let states = standing.iter().map(|(_, now)| now.state);
        states.filter(|state| danger.holds(*state)).count()
    };
    let (all, at_risk, over) = (standing.len(), count(Danger::AtRisk), count(Danger::Over));
    let has_parts = standing.iter().any(|(budget, _)| budget.parent.is_some());
    if let Some(danger) = ask.only {
        standing.retain(|(_, now)| danger.holds(now.state));
    }
    let ordered = match ask.order {
        BudgetOrder::Tree => in_tree(standing),
        BudgetOrder::Risk => {
            by_risk(&mut standing);
            let flat = standing.into_iter().map(|(budget, now)| (budget, now, 0));
            flat.collect()
        }
    };
    let total = ordered.len();
    let page = ordered.into_iter().skip(ask.skip);
    let page = page.take(ask.limit.unwrap_or(usize::MAX)).collect();
    Ok(Budgets {
        as_of_day,
        budgets: parts.views(r, page)?,
        total,
        all,
        at_risk,
        over,
        has_parts,
    })
}

/// What a search looks in: the name, and what it is about.
fn described(budget: &Budget) -> String {
    let about = budget.scope.kind().word();
    format!("{} {about} {}", budget.name, budget.scope_label).to_lowercase()
}

/// The most endangered first: by state, then by how much of the limit is used.
pub(super) fn by_risk(standing: &mut [(Budget, Stand)]) {
    standing.sort_by_key(|(_, now)| (now.state.rank(), Reverse(now.used_per_mille)));
}

/// Parts after what they are a part of, otherwise in the order they come in, with how deep each lies.
pub(super) fn in_tree(standing: Standings) -> Vec<(Budget, Stand, u32)> {
    let places: HashMap<BudgetId, usize> = standing
        .iter()
        .enumerate()
        .map(|(place, (budget, _))| (budget.id, place))
        .collect();
    let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut roots = Vec::new();
    for (place, (budget, _)) in standing.iter().enumerate() {
        match budget.parent.and_then(|parent| places.get(&parent)) {
            Some(parent) => children.entry(*parent).or_default().push(place),
            None => roots.push(place),
        }
    }
    let mut all: Vec<Option<(Budget, Stand)>> = standing.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(all.len());
    let mut next: Vec<(usize, u32)> = roots.into_iter().rev().map(|root| (root, 0)).collect();
    while let Some((place, depth)) = next.pop() {
        if let Some((budget, now)) = all.get_mut(place).and_then(Option::take) {
            ordered.push((budget, now, depth));
        }
        let parts = children.get(&place).into_iter().flatten().rev();
        next.extend(parts.map(|part| (*part, depth + 1)));
    }
    ordered
}
