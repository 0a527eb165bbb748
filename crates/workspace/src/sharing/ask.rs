//! A sharing rule as it is asked for, held against what can be followed.

use std::collections::BTreeMap;

use tallyport_ledger::{Exact, OwnerId, Pot, ShareMethod, SharingError, SharingRule, share};
use tallyport_store::{Reads, StoredSharing};

use super::{Owners, known};
use crate::WorkspaceError;

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

impl SharingAsk {
    /// Why, if something is said.
    pub(super) fn note(&self) -> Option<&str> {
        let note = self.note.as_deref().map(str::trim);
        note.filter(|note| !note.is_empty())
    }
}

/// The rule that is asked for and the others as they would stand beside it, in place of the rule `replaced` if
/// there is one.
pub(super) fn checked(
    r: &Reads<'_>,
    ask: &SharingAsk,
    owners: &Owners,
    replaced: Option<i64>,
) -> Result<(SharingRule, Vec<SharingRule>), WorkspaceError> {
    let rule = resolved(r, ask)?;
    let mut rules: Vec<SharingRule> = (r.sharing_rules()?.into_iter())
        .filter(|StoredSharing { id, .. }| Some(*id) != replaced)
        .map(|stored| stored.rule)
        .collect();
    rules.push(rule.clone());
    sound(&rules, owners)?;
    Ok((rule, rules))
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
pub(super) fn refused(error: SharingError, owners: &Owners) -> WorkspaceError {
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
