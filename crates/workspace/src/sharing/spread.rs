//! What everybody has once pots are spread, and what a rule would change of that.

use std::collections::BTreeMap;

use tallyport_ledger::{
    AssignOwners, Currency, DayRange, Metric, Money, Owner, OwnerId, SharingRule, ViewCosts, share,
};
use tallyport_store::{Filter, NamedOwner, Reads};

use super::ask::{SharingAsk, checked, refused};
use super::{Owners, known};
use crate::{Context, Grant, WorkspaceError};

/// What sharing gave, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedCosts {
    /// The currency.
    pub currency: Currency,
    /// The bill: the sum of all rows.
    pub total: Money,
    /// One an owner, nobody included; the largest first.
    pub rows: Vec<SharedRow>,
    /// What was spread.
    pub pots: Vec<SharedPot>,
}

/// What one owner has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedRow {
    /// Who; nobody is none.
    pub owner: Option<NamedOwner>,
    /// What is owned directly.
    pub direct: Money,
    /// What came from pots.
    pub shared: Money,
    /// Both.
    pub total: Money,
}

/// What a pot held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedPot {
    /// Whose.
    pub owner: NamedOwner,
    /// What its owner owned directly.
    pub amount: Money,
    /// Whether it was spread evenly because nobody owns anything that it could follow.
    pub fell_back_to_even: bool,
}

/// What a rule would move, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharingMove {
    /// The currency.
    pub currency: Currency,
    /// What the pot holds.
    pub pot: Money,
    /// Whether it would be spread evenly because nobody owns anything that it could follow.
    pub fell_back_to_even: bool,
    /// Whoever would have more or less, the largest change first. All changes together are nothing.
    pub rows: Vec<MovedRow>,
}

/// What an owner would have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedRow {
    /// Who; nobody is none.
    pub owner: Option<NamedOwner>,
    /// What they have now.
    pub before: Money,
    /// What they would have.
    pub after: Money,
    /// How much more that is.
    pub moved: Money,
}

/// What everybody has once pots are spread, one a currency.
///
/// # Errors
/// The workspace file's; amounts that do not fit.
pub async fn costs(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    days: DayRange,
    metric: Metric,
) -> Result<Vec<SharedCosts>, WorkspaceError> {
    cx.store
        .read(move |r| all_spread(&owned(r, days, metric)?, &rules(r)?, &r.owners()?))
        .await
}

/// What a rule would move on these days, in place of the rule `replaced` if there is one.
///
/// # Errors
/// As adding it would.
pub async fn preview(
    cx: &Context,
    _by: &Grant<AssignOwners>,
    ask: SharingAsk,
    replaced: Option<i64>,
    days: DayRange,
    metric: Metric,
) -> Result<Vec<SharingMove>, WorkspaceError> {
    cx.store
        .read(move |r| {
            let owners = r.owners()?;
            let (rule, then) = checked(r, &ask, &owners, replaced)?;
            let owned = owned(r, days, metric)?;
            let before = all_spread(&owned, &rules(r)?, &owners)?;
            let after = all_spread(&owned, &then, &owners)?;
            let pairs = before.into_iter().zip(after);
            pairs
                .map(|(before, after)| moved(before, after, OwnerId(rule.pot.0)))
                .collect()
        })
        .await
}

fn rules(r: &Reads<'_>) -> Result<Vec<SharingRule>, WorkspaceError> {
    Ok(r.sharing_rules()?.into_iter().map(|one| one.rule).collect())
}

/// What everybody owns directly, by currency.
type Owned = BTreeMap<Currency, BTreeMap<Owner, i128>>;

fn owned(r: &Reads<'_>, days: DayRange, metric: Metric) -> Result<Owned, WorkspaceError> {
    let mut owned = Owned::new();
    for cost in r.daily_costs(days, metric, &Filter::default())? {
        let owner = cost.owner.map_or(Owner::Unowned, Owner::Owned);
        let sums = owned.entry(cost.amount.currency()).or_default();
        *sums.entry(owner).or_default() += cost.amount.nanos();
    }
    Ok(owned)
}

fn all_spread(
    owned: &Owned,
    rules: &[SharingRule],
    owners: &Owners,
) -> Result<Vec<SharedCosts>, WorkspaceError> {
    owned
        .iter()
        .map(|(currency, sums)| spread(*currency, sums, rules, owners))
        .collect()
}

/// Who has more and who has less.
fn moved(
    before: SharedCosts,
    after: SharedCosts,
    pot: OwnerId,
) -> Result<SharingMove, WorkspaceError> {
    let currency = after.currency;
    let nothing = Money::zero(currency);
    let mut rows: BTreeMap<Option<OwnerId>, (Option<NamedOwner>, Money, Money)> = BTreeMap::new();
    for (row, is_after) in (before.rows.into_iter().map(|row| (row, false)))
        .chain(after.rows.into_iter().map(|row| (row, true)))
    {
        let id = row.owner.as_ref().map(|owner| owner.id);
        let of = rows.entry(id).or_insert((row.owner, nothing, nothing));
        *(if is_after { &mut of.2 } else { &mut of.1 }) = row.total;
    }
    let mut changed = Vec::new();
    for (owner, before, after) in rows.into_values() {
        let moved = after.minus(before)?;
        if moved != nothing {
            changed.push(MovedRow {
                owner,
                before,
                after,
                moved,
            });
        }
    }
    changed.sort_by_key(|row| std::cmp::Reverse(row.moved.nanos().abs()));
    let held = after.pots.into_iter().find(|held| held.owner.id == pot);
    Ok(SharingMove {
        currency,
        pot: held.as_ref().map_or(nothing, |held| held.amount),
        fell_back_to_even: held.is_some_and(|held| held.fell_back_to_even),
        rows: changed,
    })
}

fn spread(
    currency: Currency,
    sums: &BTreeMap<Owner, i128>,
    rules: &[SharingRule],
    owners: &Owners,
) -> Result<SharedCosts, WorkspaceError> {
    let money = |nanos| Money::from_nanos(nanos, currency);
    let nothing = Money::zero(currency);
    let mut direct: BTreeMap<Owner, Money> = sums
        .iter()
        .map(|(owner, nanos)| (*owner, money(*nanos)))
        .collect();
    let total = Money::sum(&direct.values().copied().collect::<Vec<_>>(), currency)?;
    let mut pots = BTreeMap::new();
    for rule in rules {
        if let Some(amount) = direct.remove(&Owner::Owned(OwnerId(rule.pot.0))) {
            pots.insert(rule.pot, amount);
        }
    }
    let shared = share(&direct, &pots, rules).map_err(|error| refused(error, owners))?;
    let mut rows = Vec::new();
    for (owner, after) in &shared.by_owner {
        let before = direct.get(owner).copied().unwrap_or(nothing);
        rows.push(SharedRow {
            owner: match owner {
                Owner::Owned(id) => Some(known(owners, *id)?),
                Owner::Unowned => None,
            },
            direct: before,
            shared: after.minus(before)?,
            total: *after,
        });
    }
    let all = Money::sum(
        &rows.iter().map(|row| row.total).collect::<Vec<_>>(),
        currency,
    )?;
    if all != total {
        return Err(WorkspaceError::Fault(format!(
            "shared costs add up to {all}, the bill to {total}"
        )));
    }
    // Rows come by owner, so equal amounts keep that order.
    rows.sort_by_key(|row| std::cmp::Reverse(row.total.nanos()));
    Ok(SharedCosts {
        currency,
        total,
        rows,
        pots: pots
            .into_iter()
            .map(|(pot, amount)| {
                Ok(SharedPot {
                    owner: known(owners, OwnerId(pot.0))?,
                    amount,
                    fell_back_to_even: shared.fell_back_to_even.contains(&pot),
                })
            })
            .collect::<Result<_, WorkspaceError>>()?,
    })
}
