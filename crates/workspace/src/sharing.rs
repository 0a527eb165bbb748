//! Shared cost: what one owner owns directly is spread over others, evenly, by what they own themselves, or
//! by fixed shares, on to other pots too. Nothing is lost: what everybody has afterwards adds up to the bill.

use std::collections::{BTreeMap, HashMap};

use serde_json::json;
use tallyport_ledger::{
    AssignOwners, Currency, DayRange, Exact, Metric, Money, Owner, OwnerId, Pot, ShareMethod,
    SharingError, SharingRule, ViewCosts, share,
};
use tallyport_store::{Filter, NamedOwner, Reads, StoredSharing};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// How a pot is to be spread, as it is asked for.
#[derive(Debug, Clone)]
pub struct SharingAsk {
    /// Whose direct cost is spread: `person:NAME`, `team:NAME` or `client:NAME`.
    pub pot: String,
    /// even, proportional or fixed.
    pub method: String,
    /// Who takes part, each with a share where they are fixed.
    pub takers: Vec<TakerAsk>,
    /// A pot that takes part as the last.
    pub onward: Option<TakerAsk>,
    /// Why.
    pub note: Option<String>,
}

/// Who takes part.
#[derive(Debug, Clone)]
pub struct TakerAsk {
    /// `person:NAME`, `team:NAME` or `client:NAME`.
    pub owner: String,
    /// The share of the whole, such as 0.25.
    pub share: Option<String>,
}

/// A sharing rule as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sharing {
    /// Its identity.
    pub id: i64,
    /// Whose direct cost is spread.
    pub pot: NamedOwner,
    /// even, proportional or fixed.
    pub method: &'static str,
    /// Who takes part, with parts per million where they are fixed.
    pub takers: Vec<(NamedOwner, Option<u32>)>,
    /// The pot that takes part as the last.
    pub onward: Option<(NamedOwner, Option<u32>)>,
    /// Why.
    pub note: Option<String>,
}

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

/// All sharing rules.
///
/// # Errors
/// The workspace file's.
pub async fn list(cx: &Context, _by: &Grant<ViewCosts>) -> Result<Vec<Sharing>, WorkspaceError> {
    cx.store
        .read(|r| {
            let owners = r.owners()?;
            let rules = r.sharing_rules()?.into_iter();
            rules.map(|stored| named(&owners, stored)).collect()
        })
        .await
}

/// Adds a sharing rule.
///
/// # Errors
/// An unknown name; a pot that is shared already, or into itself; shares that do not add up to one.
pub async fn add(
    cx: &Context,
    by: &Grant<AssignOwners>,
    ask: SharingAsk,
) -> Result<Sharing, WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let rule = resolved(w, &ask)?;
            let owners = w.owners()?;
            let mut rules: Vec<SharingRule> =
                w.sharing_rules()?.into_iter().map(|one| one.rule).collect();
            rules.push(rule.clone());
            sound(&rules, &owners)?;
            let note = ask.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
            let id = w.add_sharing_rule(&rule, note)?;
            let stored = StoredSharing {
                id,
                rule,
                note: note.map(str::to_owned),
            };
            let sharing = named(&owners, stored)?;
            let details = json!({
                "id": id,
                "method": sharing.method,
                "takers": sharing.takers.iter().map(|(who, _)| who.key.to_string()).collect::<Vec<_>>(),
            });
            trail.keep(w, "sharing.added", &sharing.pot.name, &details)?;
            Ok(sharing)
        })
        .await
}

/// Deletes a sharing rule: its pot is its owner's again.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn delete(cx: &Context, by: &Grant<AssignOwners>, id: i64) -> Result<(), WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let pot = w.delete_sharing_rule(id)?;
            let name = w.owners()?.remove(&pot).map(|owner| owner.name);
            let details = json!({ "id": id });
            trail.keep(w, "sharing.deleted", &name.unwrap_or_default(), &details)?;
            Ok(())
        })
        .await
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
        .read(move |r| {
            let owners = r.owners()?;
            let rules: Vec<SharingRule> =
                r.sharing_rules()?.into_iter().map(|one| one.rule).collect();
            let mut direct: BTreeMap<Currency, BTreeMap<Owner, i128>> = BTreeMap::new();
            for cost in r.daily_costs(days, metric, &Filter::default())? {
                let owner = cost.owner.map_or(Owner::Unowned, Owner::Owned);
                let sums = direct.entry(cost.amount.currency()).or_default();
                *sums.entry(owner).or_default() += cost.amount.nanos();
            }
            let direct = direct.into_iter();
            direct
                .map(|(currency, sums)| spread(currency, &sums, &rules, &owners))
                .collect()
        })
        .await
}

type Owners = HashMap<OwnerId, NamedOwner>;

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

fn known(owners: &Owners, id: OwnerId) -> Result<NamedOwner, WorkspaceError> {
    let owner = owners.get(&id).cloned();
    owner.ok_or_else(|| WorkspaceError::Fault(format!("owner {} is not there", id.0)))
}

fn named(owners: &Owners, stored: StoredSharing) -> Result<Sharing, WorkspaceError> {
    let SharingRule {
        pot,
        owners: takers,
        onward,
        method,
    } = stored.rule;
    let (word, shares) = match method {
        ShareMethod::Even => ("even", Vec::new()),
        ShareMethod::Proportional => ("proportional", Vec::new()),
        ShareMethod::Fixed(shares) => ("fixed", shares),
    };
    let share_at = |at: usize| shares.get(at).copied();
    let count = takers.len();
    Ok(Sharing {
        id: stored.id,
        pot: known(owners, OwnerId(pot.0))?,
        method: word,
        takers: takers
            .into_iter()
            .enumerate()
            .map(|(at, id)| Ok((known(owners, id)?, share_at(at))))
            .collect::<Result<_, WorkspaceError>>()?,
        onward: onward
            .map(|pot| Ok::<_, WorkspaceError>((known(owners, OwnerId(pot.0))?, share_at(count))))
            .transpose()?,
        note: stored.note,
    })
}

fn resolved(r: &Reads<'_>, ask: &SharingAsk) -> Result<SharingRule, WorkspaceError> {
    let owner =
        |text: &str| -> Result<OwnerId, WorkspaceError> { Ok(r.owner_of(r.owner_named(text)?)?) };
    let pot = Pot(owner(&ask.pot)?.0);
    let mut owners = Vec::new();
    for taker in &ask.takers {
        let id = owner(&taker.owner)?;
        if id.0 == pot.0 || owners.contains(&id) {
            return Err(WorkspaceError::invalid(
                "takers",
                format!("{} takes part twice, or is the pot itself", taker.owner),
            ));
        }
        owners.push(id);
    }
    let onward = ask
        .onward
        .as_ref()
        .map(|onward| owner(&onward.owner).map(|id| Pot(id.0)))
        .transpose()?;
    let mut shares = Vec::new();
    for taker in ask.takers.iter().chain(&ask.onward) {
        shares.extend(taker.share.as_deref().map(parts_per_million).transpose()?);
    }
    let method = match (ask.method.as_str(), shares.is_empty()) {
        ("even", true) => ShareMethod::Even,
        ("proportional", true) => ShareMethod::Proportional,
        ("fixed", _) => ShareMethod::Fixed(shares),
        ("even" | "proportional", false) => {
            return Err(WorkspaceError::invalid(
                "takers",
                "only fixed sharing has shares",
            ));
        }
        _ => {
            return Err(WorkspaceError::invalid(
                "method",
                "a pot is shared even, proportional or fixed",
            ));
        }
    };
    Ok(SharingRule {
        pot,
        owners,
        onward,
        method,
    })
}

fn parts_per_million(text: &str) -> Result<u32, WorkspaceError> {
    let refused = || {
        WorkspaceError::invalid(
            "share",
            format!("\"{text}\" is not a share such as 0.25, with six decimals at the most"),
        )
    };
    let exact = Exact::parse(text.as_bytes()).map_err(|_| refused())?;
    let nanos = exact.rounded_to_nanos();
    let whole = Exact::from_nanos(nanos).is_ok_and(|same| same == exact) && nanos % 1_000 == 0;
    if !whole || !(0..=1_000_000_000).contains(&nanos) {
        return Err(refused());
    }
    u32::try_from(nanos / 1_000).map_err(|_| refused())
}

/// Whether the rules can be followed, whatever the amounts are.
fn sound(rules: &[SharingRule], owners: &Owners) -> Result<(), WorkspaceError> {
    for rule in rules {
        // A pot that takes part would be emptied before or after, as the others happen to stand.
        let mut takers = rule.owners.iter();
        if let Some(pot) = takers.find(|id| rules.iter().any(|other| other.pot.0 == id.0)) {
            return Err(WorkspaceError::invalid(
                "takers",
                format!(
                    "{} is a pot itself: a pot takes part as the last, as \"onward\"",
                    known(owners, *pot)?.name
                ),
            ));
        }
    }
    share(&BTreeMap::new(), &BTreeMap::new(), rules)
        .map(|_| ())
        .map_err(|error| refused(error, owners))
}

/// What is wrong with the rules, by the names of their pots.
fn refused(error: SharingError, owners: &Owners) -> WorkspaceError {
    let name = |pot: &Pot| {
        let owner = owners.get(&OwnerId(pot.0));
        owner.map_or_else(|| format!("pot {}", pot.0), |owner| owner.name.clone())
    };
    let (field, why) = match &error {
        SharingError::Cycle(pot) => (
            "onward",
            format!(
                "what {} owns would be shared into itself by way of other pots",
                name(pot)
            ),
        ),
        SharingError::FixedShares { pot, sum } => (
            "takers",
            format!(
                "the shares of {} add up to {sum} parts per million, not to one whole",
                name(pot)
            ),
        ),
        SharingError::Takers(pot) => (
            "takers",
            format!(
                "{} has nobody to take it, or not one share for each taker",
                name(pot)
            ),
        ),
        SharingError::Twice(pot) => ("pot", format!("{} is shared already", name(pot))),
        SharingError::Money(_) => ("pot", error.to_string()),
    };
    WorkspaceError::invalid(field, why)
}
