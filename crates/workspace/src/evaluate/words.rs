//! What alerts say.

use tallyport_documents::{figure_with_currency, month_in_words};
use tallyport_ledger::budget::{At, BudgetPeriod, Measure, Threshold, used_per_mille};
use tallyport_ledger::{BillingPeriod, DayRange, Money};
use tallyport_store::Budget;

/// A budget's period in words: `14 November 2026`, `November 2026`, `the 4th quarter of 2026`, `2026`.
pub(crate) fn span_words(period: BudgetPeriod, span: DayRange) -> String {
    let from = span.from();
    match period {
        BudgetPeriod::Day => from.strftime("%-d %B %Y").to_string(),
        BudgetPeriod::Month => {
            BillingPeriod::of(from).map_or_else(|_| from.to_string(), month_in_words)
        }
        BudgetPeriod::Quarter => {
            let ordinal = ["1st", "2nd", "3rd", "4th"];
            let at = usize::try_from((from.month() - 1) / 3).unwrap_or(0).min(3);
            format!("the {} quarter of {}", ordinal[at], from.year())
        }
        BudgetPeriod::Year => from.year().to_string(),
    }
}

/// Days in words: `12 October 2026`, `12 to 16 October 2026`, `28 September to 3 October 2026`.
pub(crate) fn days_words(days: DayRange) -> String {
    let (from, to) = (days.from(), days.to());
    let last = to.strftime("%-d %B %Y");
    if from == to {
        last.to_string()
    } else if from.year() != to.year() {
        format!("{} to {last}", from.strftime("%-d %B %Y"))
    } else if from.month() != to.month() {
        format!("{} to {last}", from.strftime("%-d %B"))
    } else {
        format!("{} to {last}", from.day())
    }
}

pub(crate) fn figure(amount: Money) -> String {
    figure_with_currency(amount.rounded_to_minor())
}

/// Title and text of an alert.
pub(super) fn alert(
    budget: &Budget,
    threshold: &Threshold,
    span: DayRange,
    amount: Money,
    limit: Money,
) -> (String, String) {
    let name = &budget.name;
    let when = span_words(budget.period, span);
    let used = used_per_mille(amount, limit).ok().flatten();
    let percent = used.map_or_else(
        || "more than 100".to_owned(),
        |used| (used / 10).to_string(),
    );
    let over = threshold.at.per_mille(limit) >= 1000;
    let (amount, limit) = (figure(amount), figure(limit));
    let reached = match threshold.at {
        At::Percent(percent) => format!("{percent} %"),
        At::Amount(at) => figure(at),
    };
    match threshold.on {
        Measure::Actual => {
            let title = match threshold.at {
                _ if over => format!("{name} is over its budget"),
                At::Percent(_) => format!("{name} has used {percent} % of its budget"),
                At::Amount(_) => format!("{name} has spent {reached}"),
            };
            let text =
                format!("{amount} of {limit} are spent in {when}: {percent} % of the budget.");
            (title, text)
        }
        Measure::Forecast => {
            let title = match threshold.at {
                _ if over => format!("{name} is heading over its budget"),
                At::Percent(_) => format!("{name} is heading for {percent} % of its budget"),
                At::Amount(_) => format!("{name} is heading for more than {reached}"),
            };
            let text =
                format!("{amount} are expected for {when}, {percent} % of the budget of {limit}.");
            (title, text)
        }
    }
}
