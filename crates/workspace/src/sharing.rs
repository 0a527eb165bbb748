//! Shared cost: what one owner owns directly is spread over others, evenly, by what they own themselves, or
//! by fixed shares, on to other pots too. Nothing is lost: what everybody has afterwards adds up to the bill.

mod ask;
mod spread;

use std::collections::HashMap;

use serde_json::{Value, json};
use tallyport_ledger::{AssignOwners, OwnerId, ShareMethod, SharingRule, ViewCosts};
use tallyport_store::{NamedOwner, StoredSharing, Writes};

pub use ask::{SharingAsk, TakerAsk};
pub use spread::{MovedRow, SharedCosts, SharedPot, SharedRow, SharingMove, costs, preview};

use self::ask::checked;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

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
            let owners = w.owners()?;
            let (rule, _) = checked(w, &ask, &owners, None)?;
            let id = w.add_sharing_rule(&rule, ask.note())?;
            let sharing = kept(w, id)?;
            trail.keep(w, "sharing.added", &sharing.pot.name, &told(&sharing))?;
            Ok(sharing)
        })
        .await
}

/// Changes a sharing rule as a whole.
///
/// # Errors
/// As [`add`]; [`WorkspaceError::NotFound`].
pub async fn change(
    cx: &Context,
    by: &Grant<AssignOwners>,
    id: i64,
    ask: SharingAsk,
) -> Result<Sharing, WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = told(&kept(w, id)?);
            let owners = w.owners()?;
            let (rule, _) = checked(w, &ask, &owners, Some(id))?;
            w.change_sharing_rule(id, &rule, ask.note())?;
            let sharing = kept(w, id)?;
            let details = json!({ "before": before, "after": told(&sharing) });
            trail.keep(w, "sharing.changed", &sharing.pot.name, &details)?;
            Ok(sharing)
        })
        .await
}

fn kept(w: &Writes<'_>, id: i64) -> Result<Sharing, WorkspaceError> {
    let stored = w.sharing_rules()?.into_iter().find(|rule| rule.id == id);
    let stored = stored.ok_or_else(|| WorkspaceError::NotFound {
        what: "sharing rule",
        name: id.to_string(),
    })?;
    named(&w.owners()?, stored)
}

/// A sharing rule, for the audit trail.
fn told(sharing: &Sharing) -> Value {
    let taker = |(who, share): &(NamedOwner, Option<u32>)| json!({ "owner": who.key.to_string(), "parts_per_million": share });
    json!({
        "id": sharing.id, "pot": sharing.pot.key.to_string(), "method": sharing.method,
        "takers": sharing.takers.iter().map(taker).collect::<Vec<_>>(),
        "onward": sharing.onward.as_ref().map(taker), "note": sharing.note,
    })
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

type Owners = HashMap<OwnerId, NamedOwner>;

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
