//! Who owns what: rules in order, the first match wins.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::charges::CurrencyAmount;
use crate::wire::{Day, Month};

/// All rules.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rules {
    /// In order.
    pub rules: Vec<Rule>,
}

/// An ownership rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rule {
    /// Its number.
    pub id: i64,
    /// Its place in the order, from 1.
    pub position: i64,
    /// Who owns what matches.
    pub owner: RuleOwner,
    /// What must match: all of these.
    pub matchers: Vec<Matcher>,
    /// The first day it holds; `null` is always.
    #[schema(required)]
    pub from: Option<Day>,
    /// The last day it holds; `null` is open.
    #[schema(required)]
    pub to: Option<Day>,
    /// Why.
    #[schema(required)]
    pub note: Option<String>,
    /// What it matches, in words.
    pub text: String,
}

/// A rule's owner.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RuleOwner {
    /// person or team.
    pub kind: String,
    /// The person's or team's number.
    pub id: i64,
    /// As rows of costs have it.
    pub key: String,
    /// The name.
    pub label: String,
}

/// What a rule looks at.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Matcher {
    /// This resource, to the letter.
    Resource {
        /// Its id.
        value: String,
    },
    /// What carries this tag, whatever the case.
    Tag {
        /// The tag's key.
        key: String,
        /// The tag's value; `*` and `?` stand for any text and any character.
        value: String,
    },
    /// This account.
    Account {
        /// Its id.
        value: String,
    },
    /// This service, whatever the case.
    Service {
        /// Its name; may hold `*` and `?`.
        value: String,
    },
    /// This region.
    Region {
        /// Its id.
        value: String,
    },
}

/// Names an owner: `person:NAME`, `team:NAME`, or kind and number.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum OwnerName {
    /// `person:NAME` or `team:NAME`.
    Text(String),
    /// By number.
    Number(OwnerNumber),
}

/// An owner by number.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnerNumber {
    /// person or team.
    pub kind: String,
    /// The person's or team's number.
    pub id: i64,
}

/// A new rule.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRule {
    /// Who owns what matches.
    pub owner: OwnerName,
    /// What must match: all of these.
    pub matchers: Vec<Matcher>,
    /// The first day it holds.
    pub from: Option<Day>,
    /// The last day it holds.
    pub to: Option<Day>,
    /// Why.
    pub note: Option<String>,
    /// Its place in the order, from 1; the last if absent.
    pub position: Option<i64>,
}

/// A change of a rule: what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleChange {
    /// Another owner.
    pub owner: Option<OwnerName>,
    /// Other conditions.
    pub matchers: Option<Vec<Matcher>>,
    /// Another first day; `null` is always.
    #[serde(default, deserialize_with = "crate::wire::present")]
    #[schema(value_type = Option<Day>)]
    pub from: Option<Option<Day>>,
    /// Another last day; `null` is open.
    #[serde(default, deserialize_with = "crate::wire::present")]
    #[schema(value_type = Option<Day>)]
    pub to: Option<Option<Day>>,
    /// Another note; `null` takes it away.
    #[serde(default, deserialize_with = "crate::wire::present")]
    #[schema(value_type = Option<String>)]
    pub note: Option<Option<String>>,
    /// Another place in the order, from 1.
    pub position: Option<i64>,
}

/// A rule and what its change did.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedRule {
    /// The rule as it is now.
    #[serde(flatten)]
    pub rule: Rule,
    /// What changed hands.
    pub reallocated: Reallocated,
}

/// What the deletion of a rule did.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeletedRule {
    /// What changed hands.
    pub reallocated: Reallocated,
}

/// Charges that changed hands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reallocated {
    /// How many.
    pub charges: u64,
    /// In which months.
    pub months: Vec<Month>,
}

/// What a rule would change.
#[derive(Debug, Serialize, ToSchema)]
pub struct RulePreview {
    /// How many charges it would own.
    pub charges: u64,
    /// What they add up to, one a currency.
    pub amounts: Vec<CurrencyAmount>,
    /// Who owns them now; nobody's are under `unowned`.
    pub now_owned_by: Vec<NowOwned>,
}

/// Charges that a rule would take over from one owner.
#[derive(Debug, Serialize, ToSchema)]
pub struct NowOwned {
    /// As rows of costs have it.
    pub key: String,
    /// The name.
    pub label: String,
    /// How many.
    pub charges: u64,
    /// What they add up to, one a currency.
    pub amounts: Vec<CurrencyAmount>,
}

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
