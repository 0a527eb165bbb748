//! A budget through time, and a limit from what was spent before, as they go over the wire.

use serde::Serialize;
use tallyport_workspace::budgets;
use utoipa::ToSchema;

use super::shape::{Budget, BudgetForecast};
use crate::alerts::{Alert, NamedBudget};
use crate::overview::BudgetBrief;
use crate::wire::{Amount, Day};

/// A budget through time.
#[derive(Debug, Serialize, ToSchema)]
pub struct BudgetDetail {
    /// The budget.
    #[serde(flatten)]
    pub budget: Budget,
    /// What it is a part of.
    #[schema(required)]
    pub above: Option<NamedBudget>,
    /// Its parts.
    pub children: Vec<BudgetBrief>,
    /// Its periods: twelve before the running one, that one and three after it.
    pub months: Vec<BudgetMonth>,
    /// What was told of it, the newest first.
    pub alerts: Vec<Alert>,
}

/// A budget in one of its periods.
#[derive(Debug, Serialize, ToSchema)]
pub struct BudgetMonth {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// How much may be spent.
    pub limit: Amount,
    /// How much is.
    pub actual: Amount,
    /// What it is expected to come to; not for those that are over.
    #[schema(required)]
    pub forecast: Option<BudgetForecast>,
}

/// A limit, and what it rests on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestion {
    /// The limit; `null` where no whole period is known.
    #[schema(required)]
    pub amount: Option<Amount>,
    /// The currency's code.
    pub currency: String,
    /// What each of the last whole periods cost.
    pub periods: Vec<SuggestionPeriod>,
    /// Why, in a sentence.
    pub text: String,
}

/// What a period cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuggestionPeriod {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// What it cost.
    pub amount: Amount,
}

impl From<budgets::BudgetDetail> for BudgetDetail {
    fn from(detail: budgets::BudgetDetail) -> Self {
        let budgets::BudgetDetail {
            view,
            above,
            children,
            months,
            alerts,
        } = detail;
        Self {
            budget: view.into(),
            above: above.map(NamedBudget::from),
            children: children
                .into_iter()
                .map(|child| BudgetBrief::from((child.budget, child.now)))
                .collect(),
            months: months.into_iter().map(BudgetMonth::from).collect(),
            alerts: alerts.into_iter().map(Alert::from).collect(),
        }
    }
}

impl From<budgets::BudgetMonth> for BudgetMonth {
    fn from(month: budgets::BudgetMonth) -> Self {
        let budgets::BudgetMonth {
            span,
            limit,
            actual,
            forecast,
        } = month;
        Self {
            from: Day(span.from()),
            to: Day(span.to()),
            limit: limit.into(),
            actual: actual.into(),
            forecast: forecast.map(BudgetForecast::from),
        }
    }
}

impl From<budgets::Suggestion> for Suggestion {
    fn from(suggestion: budgets::Suggestion) -> Self {
        let budgets::Suggestion {
            amount,
            currency,
            periods,
            text,
        } = suggestion;
        Self {
            amount: amount.map(Amount::from),
            currency: currency.to_string(),
            periods: periods
                .into_iter()
                .map(|(span, amount)| SuggestionPeriod {
                    from: Day(span.from()),
                    to: Day(span.to()),
                    amount: amount.into(),
                })
                .collect(),
            text,
        }
    }
}
