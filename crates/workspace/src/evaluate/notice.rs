//! Several alerts as one notice.

use std::collections::BTreeMap;

use tallyport_ledger::Money;
use tallyport_ledger::alert::{AlertId, Notice, NoticeLine, Severity};
use tallyport_ledger::budget::BudgetId;
use tallyport_store::{Alert, Budget, NewAlert};

/// An alert that was just raised.
#[derive(Debug, Clone)]
pub(super) struct Told {
    id: AlertId,
    pub budget: BudgetId,
    name: String,
    severity: Severity,
    /// Where the threshold lies, in parts of a thousand.
    at: i128,
    title: String,
    text: String,
    place: String,
    amount: Money,
}

/// Lines that a notice has at most.
const LINES: usize = 12;
/// Names that its text has at most.
const NAMES: usize = 3;

impl Told {
    pub fn of(id: AlertId, budget: &Budget, new: &NewAlert, amount: Money, at: i128) -> Self {
        Self {
            id,
            budget: budget.id,
            name: budget.name.clone(),
            severity: new.severity,
            at,
            title: new.title.clone(),
            text: new.text.clone(),
            place: new.place.clone(),
            amount,
        }
    }

    /// By which the alert that counts for its budget is found, and the order of budgets.
    fn weight(&self) -> (Severity, i128, i128) {
        (self.severity, self.at, self.amount.nanos())
    }
}

/// One notice of all of them: a budget that reached several thresholds at once is told by the highest.
pub(super) fn grouped(told: &[&Told]) -> Option<Notice> {
    let mut budgets: BTreeMap<BudgetId, &Told> = BTreeMap::new();
    for one in told {
        budgets
            .entry(one.budget)
            .and_modify(|known| {
                if one.weight() > known.weight() {
                    *known = one;
                }
            })
            .or_insert(one);
    }
    let mut heads: Vec<&Told> = budgets.into_values().collect();
    heads.sort_by(|a, b| b.weight().cmp(&a.weight()).then(a.name.cmp(&b.name)));
    let alerts = told.iter().map(|one| one.id).collect();
    match heads.as_slice() {
        [] => None,
        [one] => Some(Notice {
            title: one.title.clone(),
            text: one.text.clone(),
            severity: one.severity,
            alerts,
            place: one.place.clone(),
            lines: vec![line(one)],
        }),
        [first, ..] => Some(Notice {
            title: format!("{} budgets reached a threshold", heads.len()),
            text: summary(&heads),
            severity: first.severity,
            alerts,
            place: "/alerts".to_owned(),
            lines: heads.iter().take(LINES).map(|one| line(one)).collect(),
        }),
    }
}

fn line(told: &Told) -> NoticeLine {
    NoticeLine {
        label: told.name.clone(),
        amount: told.amount,
    }
}

/// How many are over their limit, and which first.
fn summary(heads: &[&Told]) -> String {
    let over = heads
        .iter()
        .filter(|one| one.severity == Severity::Urgent)
        .count();
    let names: Vec<&str> = heads
        .iter()
        .take(NAMES)
        .map(|one| one.name.as_str())
        .collect();
    let more = match heads.len().saturating_sub(NAMES) {
        0 => String::new(),
        1 => " and one more".to_owned(),
        more => format!(" and {more} more"),
    };
    let names = format!("{}{more}", names.join(", "));
    match over {
        0 => format!("{names}."),
        1 => format!("One of them is over its limit. {names}."),
        over if over == heads.len() => format!("All of them are over their limit: {names}."),
        over => format!("{over} of them are over their limit. {names}."),
    }
}

/// A reminder of alerts that were put off.
pub(super) fn reminder(alerts: &[Alert]) -> Option<Notice> {
    let ids = alerts.iter().map(|alert| alert.id).collect();
    let severity = alerts.iter().map(|alert| alert.severity).max()?;
    let lines = alerts
        .iter()
        .filter_map(|alert| {
            let name = alert.budget.as_ref().map(|(_, name)| name);
            Some(NoticeLine {
                label: name.unwrap_or(&alert.title).clone(),
                amount: alert.figures?.amount,
            })
        })
        .take(LINES)
        .collect();
    Some(match alerts {
        [one] => Notice {
            title: one.title.clone(),
            text: format!("You wanted to hear of this again. {}", one.text),
            severity,
            alerts: ids,
            place: one.place.clone(),
            lines,
        },
        several => Notice {
            title: format!("{} alerts that you put off", several.len()),
            text: several
                .iter()
                .take(NAMES)
                .map(|alert| format!("{}.", alert.title))
                .collect::<Vec<_>>()
                .join(" "),
            severity,
            alerts: ids,
            place: "/alerts".to_owned(),
            lines,
        },
    })
}
