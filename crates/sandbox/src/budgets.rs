//! AWS Budgets: what the company's finance people had set up there before, in old words and in new ones.

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::call::{self, Call, Protocol, Reply};
use crate::company::{PAYER, PRODUCTION};
use crate::dispatch::missing;
use crate::sandbox::State;

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    let asked: Value = serde_json::from_slice(&call.body).unwrap_or_default();
    if asked["AccountId"] != PAYER {
        return call::error(
            Protocol::Json,
            400,
            "AccessDeniedException",
            "Account is not authorized to view these budgets.",
        );
    }
    let today = state.today();
    let all = match call.operation.as_str() {
        "DescribeBudgets" => budgets(today),
        "DescribeBudgetNotificationsForAccount" => notifications(),
        _ => return missing("budgets", call),
    };
    let list = match call.operation.as_str() {
        "DescribeBudgets" => "Budgets",
        _ => "BudgetNotificationsForAccount",
    };
    // Two a page, so that whoever asks has to follow pages.
    let from: usize = asked["NextToken"]
        .as_str()
        .and_then(|token| token.parse().ok())
        .unwrap_or(0);
    let page: Vec<Value> = all.iter().skip(from).take(2).cloned().collect();
    let next = (from + 2 < all.len()).then(|| (from + 2).to_string());
    let body = json!({ list: page, "NextToken": next });
    call::reply(200, "application/x-amz-json-1.1", body.to_string())
}

fn seconds(day: Date) -> i64 {
    day.to_zoned(TimeZone::UTC)
        .map_or(0, |start| start.timestamp().as_second())
}

fn usd(amount: &str) -> Value {
    json!({ "Amount": amount, "Unit": "USD" })
}

fn budgets(today: Date) -> Vec<Value> {
    let month = today.first_of_month();
    let period = json!({ "Start": seconds(today.first_of_year()), "End": 3_706_473_600_i64 });
    let plan: serde_json::Map<String, Value> = (0..12)
        .filter_map(|ahead| month.checked_add(ahead.months()).ok())
        .map(|first| {
            (
                seconds(first).to_string(),
                usd(&format!("{}", 900 + i32::from(first.month()) * 25)),
            )
        })
        .collect();
    let base = |name: &str, kind: &str, unit: &str| json!({ "BudgetName": name, "BudgetType": kind, "TimeUnit": unit, "TimePeriod": period });
    let with = |mut budget: Value, more: Value| {
        if let (Some(budget), Value::Object(more)) = (budget.as_object_mut(), more) {
            budget.extend(more);
        }
        budget
    };
    vec![
        with(
            base("Whole company", "COST", "MONTHLY"),
            json!({ "BudgetLimit": usd("12000.0"), "CostTypes": {
                "IncludeTax": true, "IncludeCredit": false, "IncludeRefund": false, "UseBlended": false,
                "UseAmortized": false } }),
        ),
        with(
            base("Storage", "COST", "QUARTERLY"),
            json!({ "BudgetLimit": usd("2400.00"), "CostTypes": { "UseAmortized": true },
                "CostFilters": { "Service": ["Amazon Simple Storage Service"] } }),
        ),
        with(
            base("Team data", "COST", "MONTHLY"),
            json!({ "BudgetLimit": usd("1500"), "Metrics": ["UnblendedCost"], "FilterExpression": { "And": [
                { "Tags": { "Key": "team", "Values": ["data"], "MatchOptions": ["EQUALS"] } },
                { "Not": { "Dimensions": { "Key": "RECORD_TYPE", "Values": ["Credit", "Tax"] } } } ] } }),
        ),
        with(
            base("Team platform", "COST", "MONTHLY"),
            json!({ "BudgetLimit": usd("900"), "PlannedBudgetLimits": plan,
                "CostFilters": { "TagKeyValue": ["user:team$platform"] } }),
        ),
        with(
            base("Production account", "COST", "MONTHLY"),
            json!({ "BudgetLimit": usd("8000"), "CostFilters": { "LinkedAccount": [PRODUCTION] } }),
        ),
        with(
            base("Stored gigabytes", "USAGE", "MONTHLY"),
            json!({ "BudgetLimit": { "Amount": "5000", "Unit": "GB" } }),
        ),
        with(
            base("Savings plans", "SAVINGS_PLANS_UTILIZATION", "MONTHLY"),
            json!({ "BudgetLimit": { "Amount": "100", "Unit": "PERCENTAGE" } }),
        ),
    ]
}

fn notifications() -> Vec<Value> {
    let told = |kind: &str, threshold: &serde_json::Number, of: &str| {
        json!({ "NotificationType": kind, "ComparisonOperator": "GREATER_THAN",
                "Threshold": threshold, "ThresholdType": of })
    };
    let at = |number: i64| serde_json::Number::from(number);
    let half: serde_json::Number = serde_json::from_str("82.5").unwrap_or_else(|_| at(82));
    vec![
        json!({ "BudgetName": "Whole company", "Notifications": [
            told("ACTUAL", &at(80), "PERCENTAGE"), told("ACTUAL", &at(100), "PERCENTAGE"),
            told("FORECASTED", &at(100), "PERCENTAGE") ] }),
        json!({ "BudgetName": "Storage", "Notifications": [told("ACTUAL", &at(2000), "ABSOLUTE_VALUE")] }),
        json!({ "BudgetName": "Team data", "Notifications": [told("ACTUAL", &half, "PERCENTAGE")] }),
    ]
}
