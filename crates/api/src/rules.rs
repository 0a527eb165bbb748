//! Who owns what: rules in order, the first match wins.

use axum::extract::State;
use axum::http::StatusCode;
use tallyport_ledger::{AssignOwners, Money, RuleId, Validity, ViewCosts};
use tallyport_workspace::{Context, NamedOwner, rules};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::owners::{OwnerName, RuleOwner};
use crate::problem::{Answer, Problem, sentence};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::charges::{CurrencyAmount, Labelled};
use crate::wire::{Amount, Day, Month};

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
    /// Its place in the order, from 1; if absent, a rule that names a resource goes first and any
    /// other last.
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
    /// What they add up to.
    pub amount: Amount,
    /// The currency's code.
    pub currency: String,
}

impl From<rules::Rule> for Rule {
    fn from(rule: rules::Rule) -> Self {
        let rules::Rule {
            id,
            position,
            owner,
            matchers,
            validity,
            note,
            text,
        } = rule;
        Self {
            id: id.0,
            position,
            owner: owner.into(),
            matchers: matchers.into_iter().map(Matcher::from).collect(),
            from: validity.from().map(Day),
            to: validity.to().map(Day),
            note,
            text,
        }
    }
}

impl From<tallyport_ledger::Matcher> for Matcher {
    fn from(matcher: tallyport_ledger::Matcher) -> Self {
        use tallyport_ledger::Matcher as M;
        match matcher {
            M::Resource(id) => Self::Resource {
                value: id.to_string(),
            },
            M::Tag { key, value } => Self::Tag {
                key,
                value: value.as_str().to_owned(),
            },
            M::Account(id) => Self::Account {
                value: id.to_string(),
            },
            M::Service(pattern) => Self::Service {
                value: pattern.as_str().to_owned(),
            },
            M::Region(value) => Self::Region { value },
        }
    }
}

impl From<Matcher> for rules::MatcherAsk {
    fn from(matcher: Matcher) -> Self {
        match matcher {
            Matcher::Resource { value } => Self::Resource(value),
            Matcher::Tag { key, value } => Self::Tag { key, value },
            Matcher::Account { value } => Self::Account(value),
            Matcher::Service { value } => Self::Service(value),
            Matcher::Region { value } => Self::Region(value),
        }
    }
}

impl NewRule {
    fn asked(self) -> Result<rules::RuleAsk, Problem> {
        let Self {
            owner,
            matchers,
            from,
            to,
            note,
            position,
        } = self;
        Ok(rules::RuleAsk {
            owner: owner.asked()?,
            matchers: matchers.into_iter().map(rules::MatcherAsk::from).collect(),
            validity: Validity::new(from.map(|day| day.0), to.map(|day| day.0))
                .map_err(|error| Problem::invalid(sentence(&error.to_string())))?,
            note,
            position,
        })
    }
}

impl From<rules::ChangedRule> for ChangedRule {
    fn from(changed: rules::ChangedRule) -> Self {
        let rules::ChangedRule { rule, reallocated } = changed;
        Self {
            rule: rule.into(),
            reallocated: reallocated.into(),
        }
    }
}

impl From<tallyport_workspace::Reallocated> for Reallocated {
    fn from(reallocated: tallyport_workspace::Reallocated) -> Self {
        let tallyport_workspace::Reallocated { charges, months } = reallocated;
        Self {
            charges,
            months: months.into_iter().map(Month).collect(),
        }
    }
}

impl From<rules::Preview> for RulePreview {
    fn from(preview: rules::Preview) -> Self {
        let rules::Preview {
            charges,
            amounts,
            now_owned_by,
        } = preview;
        Self {
            charges,
            amounts: amounts.into_iter().map(CurrencyAmount::from).collect(),
            now_owned_by: now_owned_by.into_iter().map(NowOwned::from).collect(),
        }
    }
}

impl From<(Option<NamedOwner>, Money)> for NowOwned {
    fn from((owner, amount): (Option<NamedOwner>, Money)) -> Self {
        let Labelled { key, label } = Labelled::owner(owner);
        Self {
            key,
            label,
            currency: amount.currency().to_string(),
            amount: amount.into(),
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(rules))
        .routes(guarded_routes!(add_rule))
        .routes(guarded_routes!(preview_rule))
        .routes(guarded_routes!(change_rule))
        .routes(guarded_routes!(delete_rule))
}

/// All ownership rules in order; the first match wins.
#[utoipa::path(
    get, path = "/rules", tag = "rules",
    responses((status = 200, body = Rules), Problem)
)]
async fn rules(by: Caller<ViewCosts>, State(context): State<Context>) -> Answer<Rules> {
    let rules = rules::list(&context, &by.grant).await?;
    Ok(axum::Json(Rules {
        rules: rules.into_iter().map(Rule::from).collect(),
    }))
}

/// Adds a rule and allocates anew the days it holds.
#[utoipa::path(
    post, path = "/rules", tag = "rules",
    responses((status = 201, body = ChangedRule), Problem)
)]
async fn add_rule(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Json(ask): Json<NewRule>,
) -> Result<(StatusCode, axum::Json<ChangedRule>), Problem> {
    let added = rules::add(&context, &by.grant, ask.asked()?).await?;
    Ok((StatusCode::CREATED, axum::Json(added.into())))
}

/// Says what a rule would own; changes nothing.
#[utoipa::path(
    post, path = "/rules/preview", tag = "rules",
    responses((status = 200, body = RulePreview), Problem)
)]
async fn preview_rule(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Json(ask): Json<NewRule>,
) -> Answer<RulePreview> {
    let preview = rules::preview(&context, &by.grant, ask.asked()?).await?;
    Ok(axum::Json(preview.into()))
}

/// Changes a rule and allocates anew the days it held or holds.
#[utoipa::path(
    patch, path = "/rules/{id}", tag = "rules",
    params(("id" = i64, Path)),
    responses((status = 200, body = ChangedRule), Problem)
)]
async fn change_rule(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<RuleChange>,
) -> Answer<ChangedRule> {
    let RuleChange {
        owner,
        matchers,
        from,
        to,
        note,
        position,
    } = ask;
    let change = rules::RuleChange {
        owner: owner.map(OwnerName::asked).transpose()?,
        matchers: matchers.map(|all| all.into_iter().map(rules::MatcherAsk::from).collect()),
        from: from.map(|day| day.map(|day| day.0)),
        to: to.map(|day| day.map(|day| day.0)),
        note,
        position,
    };
    let changed = rules::change(&context, &by.grant, RuleId(id), change).await?;
    Ok(axum::Json(changed.into()))
}

/// Deletes a rule; what it owned goes to the next that matches.
#[utoipa::path(
    delete, path = "/rules/{id}", tag = "rules",
    params(("id" = i64, Path)),
    responses((status = 200, body = DeletedRule), Problem)
)]
async fn delete_rule(
    by: Caller<AssignOwners>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<DeletedRule> {
    let reallocated = rules::remove(&context, &by.grant, RuleId(id)).await?;
    Ok(axum::Json(DeletedRule {
        reallocated: reallocated.into(),
    }))
}
