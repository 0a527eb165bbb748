//! Shared cost as it goes over the wire.

use serde::{Deserialize, Serialize};
use tallyport_ledger::{Currency, Money};
use tallyport_workspace::{NamedOwner, sharing};
use utoipa::{IntoParams, ToSchema};

use crate::charges::Labelled;
use crate::wire::{Amount, Day, Month};

/// Shared cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharingRules {
    /// In the order in which they were made.
    pub rules: Vec<SharingRule>,
}

/// How one pot is spread.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharingRule {
    /// Its number.
    pub id: i64,
    /// Whose direct cost is spread.
    pub pot: Labelled,
    /// even, proportional (to what each taker owns) or fixed.
    pub method: String,
    /// Who takes part.
    pub takers: Vec<Taker>,
    /// The pot that takes part as the last.
    #[schema(required)]
    pub onward: Option<Taker>,
    /// Why.
    #[schema(required)]
    pub note: Option<String>,
}

/// Who takes part.
#[derive(Debug, Serialize, ToSchema)]
pub struct Taker {
    /// Who.
    pub owner: Labelled,
    /// The share of the whole where it is fixed, as decimal text.
    #[schema(required)]
    pub share: Option<String>,
}

/// How a pot is to be spread.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSharingRule {
    /// Whose direct cost: `person:NAME`, `team:NAME` or `client:NAME`.
    pub pot: String,
    /// even, proportional or fixed.
    pub method: String,
    /// Who takes part.
    #[serde(default)]
    pub takers: Vec<NewTaker>,
    /// A pot that takes part as the last: what it gets it spreads by its own rule.
    pub onward: Option<NewTaker>,
    /// Why.
    pub note: Option<String>,
}

/// Who is to take part.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTaker {
    /// `person:NAME`, `team:NAME` or `client:NAME`.
    pub owner: String,
    /// The share of the whole for fixed sharing, such as 0.25; all of them are 1.
    pub share: Option<String>,
}

/// What a rule would move.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharingPreview {
    /// One a currency.
    pub results: Vec<SharingMove>,
}

/// What a rule would move in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharingMove {
    /// The currency's code.
    pub currency: String,
    /// What the pot holds.
    pub pot: Amount,
    /// Whether it would be spread evenly because no taker owns anything that it could follow.
    pub fell_back_to_even: bool,
    /// Whoever would have more or less, the largest change first. All changes together are nothing.
    pub rows: Vec<MovedRow>,
}

/// What an owner would have.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovedRow {
    /// Who; `unowned` is nobody.
    pub owner: Labelled,
    /// What they have now.
    pub before: Amount,
    /// What they would have.
    pub after: Amount,
    /// How much more that is.
    pub moved: Amount,
}

/// Which rule is to be replaced, and on which days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PreviewQuestion {
    /// The number of the rule that it would replace.
    pub replaces: Option<i64>,
    /// The month.
    pub month: Option<Month>,
    /// The first day, instead of a month.
    pub from: Option<Day>,
    /// The last day, included.
    pub to: Option<Day>,
    /// billed or effective.
    pub metric: Option<String>,
}

/// Which days, and which amounts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SharedQuestion {
    /// The month.
    pub month: Option<Month>,
    /// The first day, instead of a month.
    pub from: Option<Day>,
    /// The last day, included.
    pub to: Option<Day>,
    /// billed or effective.
    pub metric: Option<String>,
}

/// What everybody has once pots are spread.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharedCosts {
    /// One a currency: currencies are never added.
    pub results: Vec<SharedResult>,
}

/// What everybody has in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharedResult {
    /// The currency's code.
    pub currency: String,
    /// The bill, which all rows add up to.
    pub total: Amount,
    /// One an owner, the largest first; `unowned` is nobody.
    pub rows: Vec<SharedRow>,
    /// What was spread.
    pub pots: Vec<SharedPot>,
}

/// What one owner has.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharedRow {
    /// Who.
    pub owner: Labelled,
    /// What is owned directly.
    pub direct: Amount,
    /// What came from pots.
    pub shared: Amount,
    /// Both.
    pub total: Amount,
}

/// What a pot held.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharedPot {
    /// Whose.
    pub owner: Labelled,
    /// How much.
    pub amount: Amount,
    /// Whether it was spread evenly because no taker owns anything that it could follow.
    pub fell_back_to_even: bool,
}

/// A share in parts per million as decimal text.
fn share(parts: u32) -> String {
    Money::from_nanos(i128::from(parts) * 1_000, Currency::USD).to_decimal(0)
}

impl From<(NamedOwner, Option<u32>)> for Taker {
    fn from((owner, parts): (NamedOwner, Option<u32>)) -> Self {
        Self {
            owner: Labelled::owner(Some(owner)),
            share: parts.map(share),
        }
    }
}

impl From<sharing::Sharing> for SharingRule {
    fn from(rule: sharing::Sharing) -> Self {
        let sharing::Sharing {
            id,
            pot,
            method,
            takers,
            onward,
            note,
        } = rule;
        Self {
            id,
            pot: Labelled::owner(Some(pot)),
            method: method.to_owned(),
            takers: takers.into_iter().map(Taker::from).collect(),
            onward: onward.map(Taker::from),
            note,
        }
    }
}

impl From<NewTaker> for sharing::TakerAsk {
    fn from(taker: NewTaker) -> Self {
        let NewTaker { owner, share } = taker;
        Self { owner, share }
    }
}

impl From<sharing::SharedCosts> for SharedResult {
    fn from(costs: sharing::SharedCosts) -> Self {
        let sharing::SharedCosts {
            currency,
            total,
            rows,
            pots,
        } = costs;
        Self {
            currency: currency.to_string(),
            total: total.into(),
            rows: rows.into_iter().map(SharedRow::from).collect(),
            pots: pots.into_iter().map(SharedPot::from).collect(),
        }
    }
}

impl From<sharing::SharedRow> for SharedRow {
    fn from(row: sharing::SharedRow) -> Self {
        let sharing::SharedRow {
            owner,
            direct,
            shared,
            total,
        } = row;
        Self {
            owner: Labelled::owner(owner),
            direct: direct.into(),
            shared: shared.into(),
            total: total.into(),
        }
    }
}

impl From<sharing::SharedPot> for SharedPot {
    fn from(pot: sharing::SharedPot) -> Self {
        let sharing::SharedPot {
            owner,
            amount,
            fell_back_to_even,
        } = pot;
        Self {
            owner: Labelled::owner(Some(owner)),
            amount: amount.into(),
            fell_back_to_even,
        }
    }
}

impl From<sharing::SharingMove> for SharingMove {
    fn from(found: sharing::SharingMove) -> Self {
        let sharing::SharingMove {
            currency,
            pot,
            fell_back_to_even,
            rows,
        } = found;
        Self {
            currency: currency.to_string(),
            pot: pot.into(),
            fell_back_to_even,
            rows: rows.into_iter().map(MovedRow::from).collect(),
        }
    }
}

impl From<sharing::MovedRow> for MovedRow {
    fn from(row: sharing::MovedRow) -> Self {
        let sharing::MovedRow {
            owner,
            before,
            after,
            moved,
        } = row;
        Self {
            owner: Labelled::owner(owner),
            before: before.into(),
            after: after.into(),
            moved: moved.into(),
        }
    }
}

impl From<NewSharingRule> for sharing::SharingAsk {
    fn from(ask: NewSharingRule) -> Self {
        let NewSharingRule {
            pot,
            method,
            takers,
            onward,
            note,
        } = ask;
        Self {
            pot,
            method,
            takers: takers.into_iter().map(sharing::TakerAsk::from).collect(),
            onward: onward.map(sharing::TakerAsk::from),
            note,
        }
    }
}
