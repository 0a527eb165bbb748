//! How much may be spent: one amount, or a plan for the months or quarters to come.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_budgets::types::{Budget, Spend};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tallyport_ledger::budget::{BudgetPeriod, Limit};
use tallyport_ledger::{Currency, Exact, Money};

pub(super) fn limit(budget: &Budget, period: BudgetPeriod) -> Result<Limit, String> {
    if let Some(planned) = budget
        .planned_budget_limits
        .as_ref()
        .filter(|plan| !plan.is_empty())
    {
        return plan(planned, period);
    }
    let spend = budget.budget_limit.as_ref().ok_or("it has no amount")?;
    Limit::same(money(spend)?).map_err(|error| error.to_string())
}

/// A plan for the months of a year. Months that AWS's plan does not reach have its last amount, as there.
fn plan(planned: &HashMap<String, Spend>, period: BudgetPeriod) -> Result<Limit, String> {
    let unreadable = || "its plan cannot be read".to_owned();
    let mut ordered: BTreeMap<i64, Money> = BTreeMap::new();
    for (seconds, spend) in planned {
        ordered.insert(seconds.parse().map_err(|_| unreadable())?, money(spend)?);
    }
    let mut months: [Option<Money>; 12] = [None; 12];
    for (seconds, amount) in &ordered {
        let first = Timestamp::from_second(*seconds).map_err(|_| unreadable())?;
        let first = first.to_zoned(TimeZone::UTC).date();
        let place = usize::try_from(first.month() - 1).map_err(|_| unreadable())?;
        let parts = match period {
            BudgetPeriod::Month => vec![*amount],
            BudgetPeriod::Quarter => amount.split(&[1; 3]).map_err(|error| error.to_string())?,
            _ => return Err("it has a plan, and neither months nor quarters".to_owned()),
        };
        for (month, part) in months.iter_mut().skip(place).zip(parts) {
            *month = Some(part);
        }
    }
    let last = match (ordered.last_key_value(), period) {
        (Some((_, amount)), BudgetPeriod::Quarter) => amount
            .split(&[1; 3])
            .map_err(|error| error.to_string())?
            .first()
            .copied(),
        (last, _) => last.map(|(_, amount)| *amount),
    };
    let last = last.ok_or_else(unreadable)?;
    let months: Vec<Money> = months
        .into_iter()
        .map(|month| month.unwrap_or(last))
        .collect();
    Limit::plan(months, last.currency()).map_err(|error| error.to_string())
}

fn money(spend: &Spend) -> Result<Money, String> {
    let currency: Currency = spend
        .unit
        .parse()
        .map_err(|_| format!("its amount is in \"{}\", which is no currency", spend.unit))?;
    let exact = Exact::parse(spend.amount.as_bytes())
        .map_err(|_| format!("its amount \"{}\" cannot be read", spend.amount))?;
    Ok(Money::from_nanos(exact.rounded_to_nanos(), currency))
}
