//! Budgets as they go over the wire.

use serde::Serialize;
use tallyport_ledger::budget::{At, Counting, Limit, Threshold};
use tallyport_workspace::Scope;
use tallyport_workspace::budgets::{self, BudgetView, PartsSpent, Stand};
use utoipa::ToSchema;

use crate::band::Band;
use crate::wire::{Amount, Day, Moment};

/// Budgets and how they stand.
#[derive(Debug, Serialize, ToSchema)]
pub struct Budgets {
    /// The last day with charges; `null` if there are none.
    #[schema(required)]
    pub as_of_day: Option<Day>,
    /// Those on the page.
    pub budgets: Vec<Budget>,
    /// How many there are on all pages.
    pub total: usize,
    /// How many that would be without `only`.
    pub all: usize,
    /// How many of these are over their limit, heading over it or near it.
    pub at_risk: usize,
    /// How many of these are over their limit.
    pub over: usize,
    /// Whether one of these is a part of another.
    pub has_parts: bool,
}

/// A budget.
#[derive(Debug, Serialize, ToSchema)]
pub struct Budget {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub scope: BudgetScope,
    /// day, month, quarter or year.
    pub period: String,
    /// The currency's code: charges in others do not count.
    pub currency: String,
    /// How much may be spent in every period; `null` where there is a plan.
    #[schema(required)]
    pub amount: Option<Amount>,
    /// How much may be spent in each month from January; `null` where there is one amount.
    #[schema(required)]
    pub plan: Option<Vec<Amount>>,
    /// The first day.
    pub starts: Day,
    /// billed or effective.
    pub metric: String,
    /// Whether credits count.
    pub credits: bool,
    /// Whether tax counts.
    pub tax: bool,
    /// The number of the budget it is a part of.
    #[schema(required)]
    pub parent: Option<i64>,
    /// Where somebody is told.
    pub thresholds: Vec<BudgetThreshold>,
    /// Numbers of the channels that its alerts go to, besides the inbox and the desktop.
    pub channels: Vec<i64>,
    /// What it is for.
    pub note: String,
    /// Whether it is kept for history only.
    pub archived: bool,
    /// Until when its alerts go to the inbox only.
    #[schema(required)]
    pub muted_until: Option<Moment>,
    /// How it stands.
    pub now: BudgetStand,
    /// Numbers of its parts. What they spend is within what this one does, or beside it: it is not added.
    pub own_children: Vec<i64>,
    /// What its parts spent in its period, by what counts for it; `null` where it has none.
    #[schema(required)]
    pub parts: Option<BudgetParts>,
    /// How deep it lies below a budget that is shown and no part of another.
    pub depth: u32,
}

/// What the parts of a budget spent.
#[derive(Debug, Serialize, ToSchema)]
pub struct BudgetParts {
    /// All of them together: a charge that several of them are about counts once.
    pub together: Amount,
    /// What the whole spent and none of them did.
    pub rest: Amount,
}

/// What a budget is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct BudgetScope {
    /// all, person, team, client, tag or service.
    pub kind: String,
    /// The number of the person, team or client.
    #[schema(required)]
    pub id: Option<i64>,
    /// The tag's key.
    #[schema(required)]
    pub key: Option<String>,
    /// The tag's value, or the service's name.
    #[schema(required)]
    pub value: Option<String>,
    /// In words.
    pub label: String,
}

/// A point at which somebody is told.
#[derive(Debug, Serialize, ToSchema)]
pub struct BudgetThreshold {
    /// Its number.
    pub id: i64,
    /// At so many percent of the limit; `null` where it is an amount.
    #[schema(required)]
    pub percent: Option<u16>,
    /// At this amount; `null` where it is a percentage.
    #[schema(required)]
    pub amount: Option<Amount>,
    /// actual or forecast.
    pub on: String,
}

/// How a budget stands in one of its periods.
#[derive(Debug, Serialize, ToSchema)]
pub struct BudgetStand {
    /// The period's first day.
    pub from: Day,
    /// Its last day.
    pub to: Day,
    /// How much may be spent.
    pub limit: Amount,
    /// How much is, of what counts.
    pub actual: Amount,
    /// The same with credits and tax.
    pub with_credits_and_tax: Amount,
    /// How much of the limit that is, in percent with one decimal; `null` where the limit is nothing.
    #[schema(required)]
    pub used_percent: Option<String>,
    /// What the period is expected to come to; only for the running one, where a forecast can be made.
    #[schema(required)]
    pub forecast: Option<BudgetForecast>,
    /// ok, near (80 % or a threshold), over, heading_over (by its forecast) or no_data.
    pub state: String,
    /// Whether a bill in it is an estimate.
    pub estimated: bool,
    /// Whether something in it lies in quarantine: it is shown, and nothing is told of it.
    pub quarantined: bool,
}

/// What a period is expected to come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct BudgetForecast {
    /// What it is expected to come to.
    #[serde(flatten)]
    pub band: Band,
    /// How likely it is, in percent, that it ends above the limit.
    pub chance_percent: u16,
    /// By which method.
    pub method: String,
}

impl From<budgets::Budgets> for Budgets {
    fn from(found: budgets::Budgets) -> Self {
        let budgets::Budgets {
            as_of_day,
            budgets,
            total,
            all,
            at_risk,
            over,
            has_parts,
        } = found;
        Self {
            as_of_day: as_of_day.map(Day),
            budgets: budgets.into_iter().map(Budget::from).collect(),
            total,
            all,
            at_risk,
            over,
            has_parts,
        }
    }
}

impl From<BudgetView> for Budget {
    fn from(view: BudgetView) -> Self {
        let BudgetView {
            budget,
            now,
            own_children,
            parts,
            depth,
        } = view;
        let tallyport_workspace::Budget {
            id,
            name,
            scope,
            scope_id: _,
            scope_label,
            period,
            limit,
            counting,
            parent,
            thresholds,
            channels,
            note,
            archived,
            muted_until,
            terms: _,
            is_due: _,
        } = budget;
        let Counting {
            currency,
            metric,
            credits,
            tax,
            starts,
        } = counting;
        let (amount, plan) = amount_or_plan(&limit);
        Self {
            id: id.0,
            name,
            scope: described(&scope, scope_label),
            period: period.word().to_owned(),
            currency: currency.to_string(),
            amount,
            plan,
            starts: Day(starts),
            metric: metric.word().to_owned(),
            credits,
            tax,
            parent: parent.map(|parent| parent.0),
            thresholds: thresholds.into_iter().map(BudgetThreshold::from).collect(),
            channels: channels.into_iter().map(|channel| channel.0).collect(),
            note,
            archived,
            muted_until: muted_until.map(Moment),
            now: now.into(),
            own_children: own_children.into_iter().map(|child| child.0).collect(),
            parts: parts.map(|PartsSpent { together, rest }| BudgetParts {
                together: together.into(),
                rest: rest.into(),
            }),
            depth,
        }
    }
}

/// A limit as it goes over the wire: one of both.
pub(super) fn amount_or_plan(limit: &Limit) -> (Option<Amount>, Option<Vec<Amount>>) {
    match limit {
        Limit::Same(amount) => (Some((*amount).into()), None),
        Limit::Plan(months) => (None, Some(months.iter().map(|m| (*m).into()).collect())),
    }
}

fn described(scope: &Scope, label: String) -> BudgetScope {
    BudgetScope {
        kind: scope.kind().word().to_owned(),
        id: scope.number(),
        key: scope.key().map(str::to_owned),
        value: scope.value().map(str::to_owned),
        label,
    }
}

impl From<Threshold> for BudgetThreshold {
    fn from(threshold: Threshold) -> Self {
        let Threshold { id, at, on } = threshold;
        let (percent, amount) = match at {
            At::Percent(percent) => (Some(percent), None),
            At::Amount(amount) => (None, Some(amount.into())),
        };
        Self {
            id: id.0,
            percent,
            amount,
            on: on.word().to_owned(),
        }
    }
}

impl From<Stand> for BudgetStand {
    fn from(stand: Stand) -> Self {
        let Stand {
            span,
            limit,
            actual,
            with_credits_and_tax,
            used_per_mille,
            forecast,
            state,
            estimated,
            quarantined,
        } = stand;
        Self {
            from: Day(span.from()),
            to: Day(span.to()),
            limit: limit.into(),
            actual: actual.into(),
            with_credits_and_tax: with_credits_and_tax.into(),
            used_percent: used_per_mille.map(percent),
            forecast: forecast.map(BudgetForecast::from),
            state: state.word().to_owned(),
            estimated,
            quarantined,
        }
    }
}

/// Parts of a thousand as a percentage with one decimal.
pub(crate) fn percent(per_mille: i128) -> String {
    let sign = if per_mille < 0 { "-" } else { "" };
    let magnitude = per_mille.unsigned_abs();
    format!("{sign}{}.{}", magnitude / 10, magnitude % 10)
}

impl From<budgets::BudgetForecast> for BudgetForecast {
    fn from(forecast: budgets::BudgetForecast) -> Self {
        let budgets::BudgetForecast {
            method,
            band,
            chance,
        } = forecast;
        Self {
            band: band.into(),
            chance_percent: (chance + 5) / 10,
            method,
        }
    }
}
