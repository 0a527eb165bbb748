//! The budgets that an account has at AWS, as far as they can be said in our words. Asking is free.
//!
//! AWS has two ways to say what a budget counts: `CostTypes` with `CostFilters`, and since 2025 `Metrics` with
//! a `FilterExpression`. Both are read. What has no counterpart here is told, never guessed.

mod counts;
mod limits;

use std::collections::BTreeMap;

use aws_config::{Region, SdkConfig};
use aws_sdk_budgets::Client;
use aws_sdk_budgets::types::{
    Budget, BudgetType, Notification, NotificationType, ThresholdType, TimeUnit,
};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tallyport_ledger::budget::{At, BudgetPeriod, Limit, Measure};
use tallyport_ledger::{Currency, Metric, Money};

use self::counts::counted;
use self::limits::limit;
use crate::AwsError;

/// A budget as AWS has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsBudget {
    /// Its name.
    pub name: String,
    /// What it is, or why it cannot be said in our words.
    pub terms: Result<AwsTerms, String>,
}

/// What a budget of AWS is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsTerms {
    /// What it is about.
    pub scope: AwsScope,
    /// For how long its limit holds.
    pub period: BudgetPeriod,
    /// How much may be spent.
    pub limit: Limit,
    /// Unblended is billed, amortised is effective.
    pub metric: Metric,
    /// Whether credits count.
    pub credits: bool,
    /// Whether tax counts.
    pub tax: bool,
    /// The first day.
    pub starts: Option<Date>,
    /// Where somebody is told.
    pub thresholds: Vec<(At, Measure)>,
    /// What is a little different here.
    pub notes: Vec<String>,
}

/// What a budget of AWS is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AwsScope {
    /// The whole account.
    All,
    /// A service, as Cost Explorer names it.
    Service(String),
    /// A tag.
    Tag {
        /// Its key.
        key: String,
        /// Its value.
        value: String,
    },
}

/// Budgets on a page, and budgets whose notifications are on one: the most there can be.
const BUDGETS: i32 = 1_000;
const NOTIFICATIONS: i32 = 50;

/// The budgets of an account; every page is followed.
///
/// # Errors
/// [`AwsError`], naming the permission where one is missing.
pub async fn budgets(config: &SdkConfig, account: &str) -> Result<Vec<AwsBudget>, AwsError> {
    let config = aws_sdk_budgets::config::Builder::from(config)
        .region(Region::from_static("us-east-1"))
        .build();
    let client = Client::from_conf(config);
    let mut notifications = notifications(&client, account).await?;
    let mut found = Vec::new();
    let mut token = None;
    loop {
        let answer = client
            .describe_budgets()
            .account_id(account)
            .max_results(BUDGETS)
            .show_filter_expression(true)
            .set_next_token(token)
            .send()
            .await
            .map_err(AwsError::from_call("budgets:DescribeBudgets"))?;
        for budget in answer.budgets.unwrap_or_default() {
            let told = notifications
                .remove(&budget.budget_name)
                .unwrap_or_default();
            found.push(AwsBudget {
                terms: terms(&budget, &told),
                name: budget.budget_name,
            });
        }
        token = answer.next_token;
        if token.is_none() {
            return Ok(found);
        }
    }
}

async fn notifications(
    client: &Client,
    account: &str,
) -> Result<BTreeMap<String, Vec<Notification>>, AwsError> {
    let action = "budgets:DescribeBudgetNotificationsForAccount";
    let mut found: BTreeMap<String, Vec<Notification>> = BTreeMap::new();
    let mut token = None;
    loop {
        let answer = client
            .describe_budget_notifications_for_account()
            .account_id(account)
            .max_results(NOTIFICATIONS)
            .set_next_token(token)
            .send()
            .await
            .map_err(AwsError::from_call(action))?;
        for of in answer.budget_notifications_for_account.unwrap_or_default() {
            let told = found.entry(of.budget_name.unwrap_or_default()).or_default();
            told.extend(of.notifications.unwrap_or_default());
        }
        token = answer.next_token;
        if token.is_none() {
            return Ok(found);
        }
    }
}

fn terms(budget: &Budget, told: &[Notification]) -> Result<AwsTerms, String> {
    match budget.budget_type {
        BudgetType::Cost => {}
        BudgetType::Usage => return Err("it watches a quantity, not what it costs".to_owned()),
        _ => {
            return Err(
                "it watches how well reservations or savings plans are used, not what is spent"
                    .to_owned(),
            );
        }
    }
    let period = match budget.time_unit {
        TimeUnit::Daily => BudgetPeriod::Day,
        TimeUnit::Monthly => BudgetPeriod::Month,
        TimeUnit::Quarterly => BudgetPeriod::Quarter,
        TimeUnit::Annually => BudgetPeriod::Year,
        _ => {
            return Err(
                "it has a period of its own, which is no day, month, quarter or year".to_owned(),
            );
        }
    };
    let counted = counted(budget)?;
    let limit = limit(budget, period)?;
    let mut notes = counted.notes;
    if budget.auto_adjust_data.is_some() {
        notes.push("AWS adjusts its amount by itself; here it stays".to_owned());
    }
    let thresholds = thresholds(told, limit.currency(), period, &mut notes);
    let starts = budget
        .time_period
        .as_ref()
        .and_then(|period| period.start)
        .and_then(|start| Timestamp::from_second(start.secs()).ok())
        .map(|start| start.to_zoned(TimeZone::UTC).date());
    Ok(AwsTerms {
        scope: counted.scope,
        period,
        limit,
        metric: counted.metric,
        credits: counted.credits,
        tax: counted.tax,
        starts,
        thresholds,
        notes,
    })
}

/// The thresholds of notifications. AWS writes them as doubles; their text is read, nothing is computed.
fn thresholds(
    told: &[Notification],
    currency: Currency,
    period: BudgetPeriod,
    notes: &mut Vec<String>,
) -> Vec<(At, Measure)> {
    let mut found = Vec::new();
    for notification in told {
        let on = match notification.notification_type {
            NotificationType::Forecasted => Measure::Forecast,
            _ => Measure::Actual,
        };
        let text = notification.threshold.to_string();
        let at = match notification.threshold_type {
            Some(ThresholdType::AbsoluteValue) => Money::parse(&text, currency)
                .ok()
                .filter(|amount| amount.nanos() > 0)
                .map(At::Amount),
            _ => {
                let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
                if fraction.bytes().any(|digit| digit != b'0') {
                    notes.push(format!("its threshold of {text} % becomes {whole} %"));
                }
                whole.parse().ok().filter(|p| *p > 0).map(At::Percent)
            }
        };
        match at {
            None => notes.push(format!("its threshold of {text} is left out")),
            Some(_) if on == Measure::Forecast && period == BudgetPeriod::Day => {
                notes.push("its threshold on the forecast of a day is left out".to_owned());
            }
            Some(at) if !found.contains(&(at, on)) => found.push((at, on)),
            Some(_) => {}
        }
    }
    found
}
