//! Who owns what: ownership rules in their order. The first that holds on the day and matches wins.

use serde_json::{Value, json};
use tallyport_ledger::{
    AssignOwners, Matcher, Money, OwnershipRule, Pattern, ResourceId, RuleError, RuleId,
    SubAccountId, Validity, ViewCosts,
};
use tallyport_store::{NamedOwner, OwnerKey, Reads, Reallocated, RuleDraft, StoredRule};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// An ownership rule as people see it.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its identity.
    pub id: RuleId,
    /// Its place in the order, from one.
    pub position: i64,
    /// Who owns what it matches.
    pub owner: NamedOwner,
    /// What it matches: all of these.
    pub matchers: Vec<Matcher>,
    /// When it holds.
    pub validity: Validity,
    /// Why it is there.
    pub note: Option<String>,
    /// What it matches, in words.
    pub text: String,
}

/// Who is to own something, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnerAsk {
    /// `person:NAME`, `team:NAME` or `client:NAME`; an id in place of the name is fine.
    Named(String),
    /// This one.
    Key(OwnerKey),
}

/// A condition as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatcherAsk {
    /// This resource, to the letter.
    Resource(String),
    /// This tag; the value may hold `*` and `?`.
    Tag {
        /// The key, without regard to case.
        key: String,
        /// The value.
        value: String,
    },
    /// This sub account.
    Account(String),
    /// This service; may hold `*` and `?`.
    Service(String),
    /// This region.
    Region(String),
}

/// A rule to be.
#[derive(Debug, Clone)]
pub struct RuleAsk {
    /// Who is to own what it matches.
    pub owner: OwnerAsk,
    /// What it matches: all of these.
    pub matchers: Vec<MatcherAsk>,
    /// When it holds.
    pub validity: Validity,
    /// Why it is there.
    pub note: Option<String>,
    /// Its place; without one, a rule that names a resource goes first and any other last.
    pub position: Option<i64>,
}

/// A change of a rule: what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct RuleChange {
    /// Another owner.
    pub owner: Option<OwnerAsk>,
    /// Other conditions.
    pub matchers: Option<Vec<MatcherAsk>>,
    /// Another first day, or none.
    pub from: Option<Option<jiff::civil::Date>>,
    /// Another last day, or none.
    pub to: Option<Option<jiff::civil::Date>>,
    /// Another note, or none.
    pub note: Option<Option<String>>,
    /// Another place.
    pub position: Option<i64>,
}

/// A rule and what its change did.
#[derive(Debug, Clone)]
pub struct ChangedRule {
    /// The rule as it is now.
    pub rule: Rule,
    /// The charges that changed hands.
    pub reallocated: Reallocated,
}

/// What a rule would match.
#[derive(Debug, Clone)]
pub struct Preview {
    /// How many charges.
    pub charges: u64,
    /// Their billed cost, one a currency.
    pub amounts: Vec<Money>,
    /// Who owns them now, the most first; `None` is nobody.
    pub now_owned_by: Vec<(Option<NamedOwner>, Money)>,
}

/// The rules in their order.
///
/// # Errors
/// The workspace file's.
pub async fn list(cx: &Context, _by: &Grant<ViewCosts>) -> Result<Vec<Rule>, WorkspaceError> {
    cx.store
        .read(|r| {
            let owners = r.owners()?;
            let rules = r.rules()?.into_iter();
            rules
                .map(|stored| {
                    let owner = owners.get(&stored.rule.owner).cloned();
                    rule(stored, owner)
                })
                .collect()
        })
        .await
}

/// Adds a rule and gives what it matches to its owner, on every day it holds.
///
/// # Errors
/// An unknown owner, or conditions that cannot be.
pub async fn add(
    cx: &Context,
    by: &Grant<AssignOwners>,
    ask: RuleAsk,
) -> Result<ChangedRule, WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let draft = draft(w, ask)?;
            let (id, reallocated) = w.add_rule(&draft)?;
            let rule = one(w, id)?;
            let details = told(&rule, &reallocated);
            trail.keep(w, "rule.added", &rule.text, &details)?;
            Ok(ChangedRule { rule, reallocated })
        })
        .await
}

/// Changes a rule and allocates anew the days it held or holds.
///
/// # Errors
/// As [`add`], or [`WorkspaceError::NotFound`].
pub async fn change(
    cx: &Context,
    by: &Grant<AssignOwners>,
    id: RuleId,
    ask: RuleChange,
) -> Result<ChangedRule, WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = w.rule(id)?;
            let draft = RuleDraft {
                owner: match ask.owner {
                    Some(owner) => w.owner_of(owner_key(w, owner)?)?,
                    None => before.rule.owner,
                },
                matchers: match ask.matchers {
                    Some(asked) => matchers(asked)?,
                    None => before.rule.matchers().to_vec(),
                },
                validity: Validity::new(
                    ask.from.unwrap_or_else(|| before.rule.validity.from()),
                    ask.to.unwrap_or_else(|| before.rule.validity.to()),
                )?,
                note: ask.note.unwrap_or_else(|| before.note.clone()),
                position: ask.position,
            };
            let was = one(w, id)?;
            let reallocated = w.change_rule(id, &draft)?;
            let rule = one(w, id)?;
            let mut details = told(&rule, &reallocated);
            details["before"] = told(&was, &Reallocated::default());
            trail.keep(w, "rule.changed", &rule.text, &details)?;
            Ok(ChangedRule { rule, reallocated })
        })
        .await
}

/// Deletes a rule; what it owned goes to the next that matches, or to nobody.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn remove(
    cx: &Context,
    by: &Grant<AssignOwners>,
    id: RuleId,
) -> Result<Reallocated, WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = one(w, id)?;
            let reallocated = w.delete_rule(id)?;
            let details = told(&before, &reallocated);
            trail.keep(w, "rule.deleted", &before.text, &details)?;
            Ok(reallocated)
        })
        .await
}

/// Says what a rule would match, and who owns that now; changes nothing.
///
/// # Errors
/// As [`add`].
pub async fn preview(
    cx: &Context,
    _by: &Grant<AssignOwners>,
    ask: RuleAsk,
) -> Result<Preview, WorkspaceError> {
    cx.store
        .read(move |r| {
            let found = r.preview_rule(&draft(r, ask)?)?;
            let owners = r.owners()?;
            let named = |id: Option<_>| id.and_then(|id| owners.get(&id).cloned());
            Ok(Preview {
                charges: found.charges,
                amounts: found.amounts,
                now_owned_by: found
                    .now_owned_by
                    .into_iter()
                    .map(|(owner, amount)| (named(owner), amount))
                    .collect(),
            })
        })
        .await
}

/// What a rule matches, in words.
#[must_use]
pub fn in_words(matchers: &[Matcher]) -> String {
    let parts: Vec<String> = matchers
        .iter()
        .map(|matcher| match matcher {
            Matcher::Resource(id) => format!("resource {id}"),
            Matcher::Tag { key, value } => format!("tag {key}={}", value.as_str()),
            Matcher::Account(id) => format!("account {id}"),
            Matcher::Service(pattern) => format!("service {}", pattern.as_str()),
            Matcher::Region(region) => format!("region {region}"),
        })
        .collect();
    parts.join(" and ")
}

fn draft(r: &Reads<'_>, ask: RuleAsk) -> Result<RuleDraft, WorkspaceError> {
    Ok(RuleDraft {
        owner: r.owner_of(owner_key(r, ask.owner)?)?,
        matchers: matchers(ask.matchers)?,
        validity: ask.validity,
        note: ask.note.filter(|note| !note.trim().is_empty()),
        position: ask.position,
    })
}

fn owner_key(r: &Reads<'_>, ask: OwnerAsk) -> Result<OwnerKey, WorkspaceError> {
    Ok(match ask {
        OwnerAsk::Named(text) => r.owner_named(&text)?,
        OwnerAsk::Key(key) => key,
    })
}

fn matchers(asked: Vec<MatcherAsk>) -> Result<Vec<Matcher>, WorkspaceError> {
    if asked.is_empty() {
        return Err(RuleError::MatchesEverything.into());
    }
    if asked.len() > 16 {
        let reason = "a rule has at most 16 conditions";
        return Err(WorkspaceError::invalid("matchers", reason));
    }
    asked.into_iter().map(matcher).collect()
}

fn matcher(ask: MatcherAsk) -> Result<Matcher, WorkspaceError> {
    Ok(match ask {
        MatcherAsk::Resource(id) => Matcher::Resource(ResourceId::parse(&id)?),
        MatcherAsk::Account(id) => Matcher::Account(SubAccountId::parse(&id)?),
        MatcherAsk::Service(pattern) => Matcher::Service(Pattern::parse(pattern.trim())?),
        MatcherAsk::Region(region) => match region.trim() {
            "" => {
                return Err(WorkspaceError::invalid(
                    "region",
                    "a region cannot be empty",
                ));
            }
            region => Matcher::Region(region.to_owned()),
        },
        MatcherAsk::Tag { key, value } => match key.trim() {
            "" => return Err(WorkspaceError::invalid("tag", "a tag key cannot be empty")),
            key => Matcher::Tag {
                key: key.to_owned(),
                value: Pattern::parse(&value)?,
            },
        },
    })
}

fn one(r: &Reads<'_>, id: RuleId) -> Result<Rule, WorkspaceError> {
    let stored = r.rule(id)?;
    let owner = r.owners()?.remove(&stored.rule.owner);
    rule(stored, owner)
}

fn rule(stored: StoredRule, owner: Option<NamedOwner>) -> Result<Rule, WorkspaceError> {
    let StoredRule {
        rule,
        position,
        note,
    } = stored;
    let matchers = rule.matchers().to_vec();
    let OwnershipRule { id, validity, .. } = rule;
    Ok(Rule {
        id,
        position,
        owner: owner.ok_or_else(|| WorkspaceError::Fault("a rule's owner is gone".to_owned()))?,
        text: in_words(&matchers),
        matchers,
        validity,
        note,
    })
}

fn told(rule: &Rule, reallocated: &Reallocated) -> Value {
    json!({
        "id": rule.id.0,
        "owner": rule.owner.key.to_string(),
        "matches": rule.text,
        "from": rule.validity.from().map(|day| day.to_string()),
        "to": rule.validity.to().map(|day| day.to_string()),
        "position": rule.position,
        "charges": reallocated.charges,
    })
}
