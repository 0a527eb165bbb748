//! A month at a glance: what it cost, what drove it, who owns it, what to look at.

use jiff::civil::Date;
use tallyport_documents::{figure_with_currency, month_in_words};
use tallyport_ledger::budget::BudgetState;
use tallyport_ledger::{BillingPeriod, Currency, DayRange, Metric, Money, PeriodStatus, ViewCosts};
use tallyport_store::{Budget, By, Filter, Interval, PeriodVersion, Reads, UNOWNED};

use crate::anomalies::{self, Unusual};
use crate::budgets::{self, Stand};
use crate::costs::{Costs, CostsAsk, CurrencyCosts, answer};
use crate::filters::{FilterAsk, known_on};
use crate::forecast::{MonthEnd, month_ends};
use crate::plausibility::sentence;
use crate::reconcile::{ReconciledState, states};
use crate::{Context, Grant, WorkspaceError};

/// A month at a glance.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Which month; `None` if nothing is loaded.
    pub month: Option<BillingPeriod>,
    /// One a currency.
    pub results: Vec<OverviewResult>,
    /// The versions that the figures rest on.
    pub periods: Vec<PeriodVersion>,
    /// What a person should look at.
    pub attention: Vec<Attention>,
    /// What the month will have cost, while it runs; one a currency that can be forecast.
    pub forecast: Vec<MonthEnd>,
    /// Budgets that are over their limit, heading over it or near it, the most endangered first.
    pub budgets_at_risk: Vec<(Budget, Stand)>,
    /// What was unusual in it and is not marked as expected, the largest stake first.
    pub unusual: Vec<Unusual>,
}

/// A month in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct OverviewResult {
    /// The currency.
    pub currency: Currency,
    /// What the month cost.
    pub total: Money,
    /// What the month before cost.
    pub previous_total: Money,
    /// The services that cost most.
    pub drivers: Vec<Driver>,
    /// The people who spent most.
    pub owners: Vec<Driver>,
    /// What nobody owns.
    pub unowned: Money,
    /// What nobody owned the month before.
    pub previous_unowned: Money,
    /// Day by day.
    pub days: Vec<(Date, Money)>,
}

/// A service or a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Driver {
    /// What a filter takes.
    pub key: String,
    /// As people know it.
    pub label: String,
    /// What it cost.
    pub amount: Money,
    /// What it cost the month before.
    pub previous: Money,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    /// What kind: `quarantine`, `unexplained`, `budget`, `unusual`, `unowned`, `estimated`, `skipped-rows`, `note`, `empty` or `lost-changes`.
    pub kind: &'static str,
    /// A sentence.
    pub text: String,
    /// The place in the program where it is seen to.
    pub link: Option<String>,
}

/// Services and people named.
const NAMED: usize = 5;

/// A month at a glance; the latest loaded one if none is asked for. As it was known on a day if asked for.
///
/// # Errors
/// The workspace file's.
pub async fn overview(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    month: Option<BillingPeriod>,
    as_of: Option<Date>,
) -> Result<Overview, WorkspaceError> {
    let running = as_of.is_none().then(|| BillingPeriod::of(cx.today()).ok());
    let mut overview = cx
        .store
        .read(move |r| {
            let month = match month {
                Some(month) => Some(month),
                None => {
                    let known = known_on(r, as_of)?;
                    r.months_of(known.as_deref())?.into_iter().next()
                }
            };
            match month {
                Some(month) => of_month(r, month, as_of),
                None => Ok(Overview {
                    month: None,
                    results: Vec::new(),
                    periods: Vec::new(),
                    attention: vec![Attention {
                        kind: "empty",
                        text: "No bill is loaded yet: import a FOCUS or CUR file.".to_owned(),
                        link: Some("/data".to_owned()),
                    }],
                    forecast: Vec::new(),
                    budgets_at_risk: Vec::new(),
                    unusual: Vec::new(),
                }),
            }
        })
        .await?;
    if overview.month.is_some() && overview.month == running.flatten() {
        overview.forecast = month_ends(cx).await?;
    }
    if let (None, Some(month)) = (as_of, overview.month) {
        overview.budgets_at_risk = budgets::at_risk(cx, month).await?;
        let over = over(&overview.budgets_at_risk, month);
        overview.attention.extend(over);
    }
    if let (None, Some(month)) = (as_of, overview.month) {
        overview.unusual = anomalies::of_month(cx, month).await?;
        overview.attention.extend(unusual(&overview.unusual, month));
    }
    Ok(overview)
}

/// What was unusual, as something to look at.
fn unusual(unusual: &[Unusual], month: BillingPeriod) -> Option<Attention> {
    let first = unusual.first()?;
    let more = match unusual.len() - 1 {
        0 => String::new(),
        1 => " One more is unusual.".to_owned(),
        more => format!(" {more} more are unusual."),
    };
    Some(Attention {
        kind: "unusual",
        text: format!("{}{more}", anomalies::sentence(first)),
        link: Some(format!("/costs?month={month}&anomaly={}", first.id)),
    })
}

/// Budgets that are over their limit, as something to look at.
fn over(budgets: &[(Budget, Stand)], month: BillingPeriod) -> Option<Attention> {
    let over = |(_, now): &&(Budget, Stand)| now.state == BudgetState::Over;
    let over: Vec<&(Budget, Stand)> = budgets.iter().filter(over).collect();
    let (text, link) = match over.as_slice() {
        [] => return None,
        [(budget, now)] => {
            let (actual, limit) = (now.actual, now.limit);
            let text = format!(
                "{} is over its budget: {} of {}.",
                budget.name,
                figure_with_currency(actual.rounded_to_minor()),
                figure_with_currency(limit.rounded_to_minor())
            );
            (text, format!("/budgets/{}", budget.id.0))
        }
        several => {
            let text = format!("{} budgets are over their limit.", several.len());
            (text, format!("/budgets?month={month}"))
        }
    };
    Some(Attention {
        kind: "budget",
        text,
        link: Some(link),
    })
}

fn of_month(
    r: &Reads<'_>,
    month: BillingPeriod,
    as_of: Option<Date>,
) -> Result<Overview, WorkspaceError> {
    let days = month.days();
    let ask = |by, interval, compare| CostsAsk {
        days,
        by,
        metric: Metric::Billed,
        interval,
        compare,
        filter: FilterAsk::default(),
    };
    let all = Filter {
        versions: known_on(r, as_of)?,
        ..Filter::default()
    };
    let services = answer(r, &ask(By::Service, Interval::Day, true), &all)?;
    let people = answer(r, &ask(By::Person, Interval::None, true), &all)?;
    let results = services
        .results
        .iter()
        .map(|result| one_currency(result, &people, days, month))
        .collect::<Vec<_>>();
    let mut attention = attention(&results, &services.basis, month);
    for held in r.quarantines()? {
        if held.released.is_none() && held.period == month {
            let quarantine = Attention {
                kind: "quarantine",
                text: format!(
                    "{} It is kept from invoices until somebody releases it.",
                    sentence(&held)
                ),
                link: Some("/quarantine".to_owned()),
            };
            attention.insert(0, quarantine);
        }
    }
    for standing in states(r, &[month])? {
        let client = &standing.client;
        let text = match (&standing.doubled, standing.state) {
            (Some(doubled), _) => format!("The bill of {client} for {month}: {doubled}"),
            (None, ReconciledState::Unexplained) => format!(
                "The bill of {client} for {month} differs from what AWS says, for no known reason."
            ),
            _ => continue,
        };
        attention.push(Attention {
            kind: "unexplained",
            text,
            link: Some(format!("/reconciliation?month={month}")),
        });
    }
    for left in r.left_behind(None)? {
        attention.push(Attention {
            kind: "left-behind",
            text: format!(
                "{} counts as an export told it that is no longer loaded. Sync, so that Cost Explorer \
                 is asked.",
                month_in_words(left.period)
            ),
            link: Some("/settings/clients".to_owned()),
        });
    }
    if r.lost_log()? {
        let lost = Attention {
            kind: "lost-changes",
            text: "The program was stopped and its log was taken away: the latest changes may be \
                   lost. Restore a backup, or import and sync again."
                .to_owned(),
            link: Some("/settings".to_owned()),
        };
        attention.insert(0, lost);
    }
    Ok(Overview {
        month: Some(month),
        results,
        periods: services.basis,
        attention,
        forecast: Vec::new(),
        budgets_at_risk: Vec::new(),
        unusual: Vec::new(),
    })
}

fn one_currency(
    services: &CurrencyCosts,
    people: &Costs,
    days: DayRange,
    month: BillingPeriod,
) -> OverviewResult {
    let currency = services.currency;
    let nothing = Money::zero(currency);
    let drivers = |costs: &CurrencyCosts| {
        let named = costs.rows.iter().filter(|row| {
            row.name.key != UNOWNED && !(row.amount.is_zero() && row.previous == Some(nothing))
        });
        named
            .take(NAMED)
            .map(|row| Driver {
                key: row.name.key.clone(),
                label: row.name.label.clone(),
                amount: row.amount,
                previous: row.previous.unwrap_or(nothing),
            })
            .collect::<Vec<_>>()
    };
    let owners = people.results.iter().find(|r| r.currency == currency);
    let unowned = owners.and_then(|costs| costs.rows.iter().find(|row| row.name.key == UNOWNED));
    let first = month.first_day();
    OverviewResult {
        currency,
        total: services.total,
        previous_total: services.previous_total.unwrap_or(nothing),
        drivers: drivers(services),
        owners: owners.map(drivers).unwrap_or_default(),
        unowned: unowned.map_or(nothing, |row| row.amount),
        previous_unowned: unowned.and_then(|row| row.previous).unwrap_or(nothing),
        days: first
            .series(jiff::Span::new().days(1))
            .take_while(|day| *day <= days.to())
            .zip(services.column_totals.iter().copied())
            .collect(),
    }
}

fn attention(
    results: &[OverviewResult],
    periods: &[PeriodVersion],
    month: BillingPeriod,
) -> Vec<Attention> {
    let mut attention = Vec::new();
    for result in results.iter().filter(|result| !result.unowned.is_zero()) {
        attention.push(Attention {
            kind: "unowned",
            text: format!(
                "{} of {} belong to nobody yet.",
                figure_with_currency(result.unowned.rounded_to_minor()),
                month_in_words(month)
            ),
            link: Some(format!("/costs?month={month}&by=service&owner=unowned")),
        });
    }
    for period in periods {
        let account = period
            .billing_account
            .1
            .as_deref()
            .unwrap_or(&period.billing_account.0);
        if period.status == PeriodStatus::Estimated {
            attention.push(Attention {
                kind: "estimated",
                text: format!(
                    "The bill of {account} for {} is an estimate and may change.",
                    month_in_words(month)
                ),
                link: Some("/data".to_owned()),
            });
        }
        if period.skipped_count > 0 {
            let rows = if period.skipped_count == 1 {
                "row"
            } else {
                "rows"
            };
            attention.push(Attention {
                kind: "skipped-rows",
                text: format!(
                    "{} {rows} of {} were left out of {}.",
                    period.skipped_count,
                    period.file_name.as_deref().unwrap_or("the source"),
                    month_in_words(month)
                ),
                link: Some("/data".to_owned()),
            });
        }
    }
    attention
}
