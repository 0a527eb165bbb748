//! A budget as it is set.

use std::fmt::Display;
use std::str::FromStr;

use serde::Deserialize;
use tallyport_ledger::{Currency, Metric};
use tallyport_workspace::budgets::{BudgetAsk, LimitAsk, ScopeAsk, ThresholdAsk};
use utoipa::ToSchema;

use crate::problem::{Problem, sentence};
use crate::wire::Day;

/// A budget as it is set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetDraft {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub scope: ScopeDraft,
    /// day, month, quarter or year; month unless said otherwise.
    pub period: Option<String>,
    /// The currency's code; USD unless said otherwise.
    pub currency: Option<String>,
    /// How much may be spent in every period, as a decimal number; or a plan.
    pub amount: Option<String>,
    /// How much may be spent in each month from January; or an amount. A quarter and a year have the sum of
    /// their months, a day its share of its month.
    pub plan: Option<Vec<String>>,
    /// The first day; that of the running period unless said otherwise.
    pub starts: Option<Day>,
    /// billed or effective; billed unless said otherwise.
    pub metric: Option<String>,
    /// Whether credits count; they do not unless said otherwise.
    #[serde(default)]
    pub credits: bool,
    /// Whether tax counts; it does not unless said otherwise.
    #[serde(default)]
    pub tax: bool,
    /// The budget it is a part of: its number.
    pub parent: Option<i64>,
    /// Where somebody is told.
    #[serde(default)]
    pub thresholds: Vec<NewThreshold>,
    /// Numbers of the channels that its alerts go to, besides the inbox and the desktop.
    #[serde(default)]
    pub channels: Vec<i64>,
    /// What it is for.
    #[serde(default)]
    pub note: String,
}

/// What a budget is to be about.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScopeDraft {
    /// all, person, team, client, tag or service.
    pub kind: String,
    /// The person, team or client: name or number.
    #[serde(default, deserialize_with = "name_or_number")]
    #[schema(value_type = Option<String>)]
    pub id: Option<String>,
    /// The tag's key.
    pub key: Option<String>,
    /// The tag's value, or the service's name.
    pub value: Option<String>,
}

/// A point at which somebody is to be told: a percentage or an amount.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewThreshold {
    /// At so many percent of the limit.
    pub percent: Option<u16>,
    /// At this amount, a decimal number.
    pub amount: Option<String>,
    /// actual or forecast; actual unless said otherwise.
    pub on: Option<String>,
}

/// A name, or a number that the interface has.
fn name_or_number<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(i64),
        Name(String),
    }
    Ok(
        Option::<Either>::deserialize(deserializer)?.map(|either| match either {
            Either::Number(number) => number.to_string(),
            Either::Name(name) => name,
        }),
    )
}

/// A word that the domain knows.
pub(super) fn word<T: FromStr<Err: Display>>(text: &str) -> Result<T, Problem> {
    text.parse()
        .map_err(|error: T::Err| Problem::invalid(sentence(&error.to_string())))
}

impl BudgetDraft {
    pub(super) fn read(self) -> Result<BudgetAsk, Problem> {
        let Self {
            name,
            scope,
            period,
            currency,
            amount,
            plan,
            starts,
            metric,
            credits,
            tax,
            parent,
            thresholds,
            channels,
            note,
        } = self;
        let limit = match (amount, plan) {
            (Some(amount), None) => LimitAsk::Same(amount),
            (None, Some(plan)) => LimitAsk::Plan(plan),
            _ => {
                return Err(Problem::invalid(
                    "A budget has one amount or a plan of twelve, one of both.",
                ));
            }
        };
        let mut wanted = Vec::new();
        for NewThreshold {
            percent,
            amount,
            on,
        } in thresholds
        {
            wanted.push(ThresholdAsk {
                percent,
                amount,
                on: word(on.as_deref().unwrap_or("actual"))?,
            });
        }
        Ok(BudgetAsk {
            name,
            scope: ScopeAsk {
                kind: word(&scope.kind)?,
                id: scope.id,
                key: scope.key,
                value: scope.value,
            },
            period: word(period.as_deref().unwrap_or("month"))?,
            currency: currency.as_deref().map_or(Ok(Currency::USD), word)?,
            limit,
            starts: starts.map(|day| day.0),
            metric: metric.as_deref().map_or(Ok(Metric::Billed), word)?,
            credits,
            tax,
            parent: parent.map(|parent| parent.to_string()),
            thresholds: wanted,
            channels,
            note,
        })
    }
}
