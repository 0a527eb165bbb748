//! What a limit could be, from what was spent before.

use jiff::civil::Date;
use tallyport_ledger::budget::{BudgetPeriod, Counting};
use tallyport_ledger::{Currency, DayRange, Metric, Money, ViewCosts};
use tallyport_store::{By, Filter, Interval, OwnerKey, Reads, Scope, TeamChoice};

use super::ScopeAsk;
use crate::evaluate::{figure, span_words};
use crate::{Context, Grant, WorkspaceError};

/// A question for a limit.
#[derive(Debug, Clone)]
pub struct SuggestionAsk {
    /// What the budget is about.
    pub scope: ScopeAsk,
    /// For how long the limit holds.
    pub period: BudgetPeriod,
    /// The currency; the one most was spent in if absent.
    pub currency: Option<Currency>,
    /// Billed or effective cost.
    pub metric: Metric,
    /// Whether credits count.
    pub credits: bool,
    /// Whether tax counts.
    pub tax: bool,
}

/// A limit, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The limit; `None` where no whole period is known.
    pub amount: Option<Money>,
    /// The currency.
    pub currency: Currency,
    /// What each of the last whole periods cost, the earliest first.
    pub periods: Vec<(DayRange, Money)>,
    /// Why, in a sentence.
    pub text: String,
}

/// Suggests a limit: a tenth above what a period usually costs or, if that is more, the last one did.
///
/// # Errors
/// Nobody is called so.
pub async fn suggest(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    ask: SuggestionAsk,
) -> Result<Suggestion, WorkspaceError> {
    let today = cx.today();
    cx.store
        .read(move |r| {
            let scope = ask.scope.resolve(r)?;
            suggestion(r, &ask, &filter(r, &scope)?, today)
        })
        .await
}

/// The question for charges of a scope.
pub(crate) fn filter(r: &Reads<'_>, scope: &Scope) -> Result<Filter, WorkspaceError> {
    let mut filter = Filter::default();
    match scope {
        Scope::All => {}
        Scope::Person(id) => filter.people = vec![Some(r.owner_of(OwnerKey::Person(*id))?)],
        Scope::Team(id) => filter.teams = vec![TeamChoice::Team(*id)],
        Scope::Client(id) => filter.clients = vec![*id],
        Scope::Tenant(id) => filter.owners = vec![Some(r.owner_of(OwnerKey::Tenant(*id))?)],
        Scope::Tag { key, value } => {
            filter.tags = vec![(key.clone(), vec![Some(value.clone())])];
        }
        Scope::Service(name) => filter.services = vec![name.clone()],
    }
    Ok(filter)
}

fn suggestion(
    r: &Reads<'_>,
    ask: &SuggestionAsk,
    filter: &Filter,
    today: Date,
) -> Result<Suggestion, WorkspaceError> {
    let counted = r.counted_months()?;
    let whole = |span: &DayRange| {
        let mut months = span.months();
        months.all(|day| {
            tallyport_ledger::BillingPeriod::of(day).is_ok_and(|m| counted.contains_key(&m))
        })
    };
    // Whole periods only: of the running month, days that are over are not yet known in full either.
    let spans: Vec<DayRange> =
        std::iter::successors(ask.period.before(ask.period.of(today)), |span| {
            ask.period.before(*span)
        })
        .take(ask.period.look_back() * 2)
        .filter(whole)
        .take(ask.period.look_back())
        .collect();
    let mut periods = Vec::new();
    for span in spans.into_iter().rev() {
        periods.push((span, spent(r, ask, filter, span)?));
    }
    let currency = ask.currency.unwrap_or_else(|| most_spent_in(&periods));
    let periods: Vec<(DayRange, Money)> = periods
        .into_iter()
        .map(|(span, sums)| {
            let sum = sums.iter().find(|sum| sum.currency() == currency);
            (span, sum.copied().unwrap_or(Money::zero(currency)))
        })
        .collect();
    // Before the first charge there was nothing to budget.
    let first = periods.iter().position(|(_, sum)| !sum.is_zero());
    let periods = first.map_or_else(Vec::new, |first| periods[first..].to_vec());
    let (amount, text) = suggested(ask.period, &periods, currency);
    Ok(Suggestion {
        amount,
        currency,
        periods,
        text,
    })
}

fn most_spent_in(periods: &[(DayRange, Vec<Money>)]) -> Currency {
    let all = periods.iter().flat_map(|(_, sums)| sums);
    all.max_by_key(|sum| sum.nanos())
        .map_or(Currency::USD, Money::currency)
}

/// What was spent in `span`, one sum a currency.
fn spent(
    r: &Reads<'_>,
    ask: &SuggestionAsk,
    filter: &Filter,
    span: DayRange,
) -> Result<Vec<Money>, WorkspaceError> {
    let cells = r.costs(span, ask.metric, &By::Category, Interval::None, filter)?;
    let mut sums: Vec<Money> = Vec::new();
    for cell in cells {
        let counting = Counting {
            currency: cell.currency,
            metric: ask.metric,
            credits: ask.credits,
            tax: ask.tax,
            starts: span.from(),
        };
        if !counts(&cell.row.key, &counting) {
            continue;
        }
        let amount = Money::from_nanos(cell.nanos, cell.currency);
        match sums.iter_mut().find(|sum| sum.currency() == cell.currency) {
            Some(sum) => *sum = sum.plus(amount)?,
            None => sums.push(amount),
        }
    }
    Ok(sums)
}

/// Whether charges of a category count.
fn counts(category: &str, counting: &Counting) -> bool {
    use tallyport_ledger::ChargeCategory as C;
    match category.parse() {
        Ok(C::Credit) => counting.credits,
        Ok(C::Tax) => counting.tax,
        _ => true,
    }
}

fn suggested(
    period: BudgetPeriod,
    periods: &[(DayRange, Money)],
    currency: Currency,
) -> (Option<Money>, String) {
    let Some((last_span, last)) = periods.last() else {
        let text = format!("No whole {} is known yet.", period.word());
        return (None, text);
    };
    let mut sums: Vec<i128> = periods.iter().map(|(_, sum)| sum.nanos()).collect();
    sums.sort_unstable();
    let usual = sums[sums.len() / 2];
    let base = usual.max(last.nanos());
    if base <= 0 {
        return (None, "Nothing was spent so far.".to_owned());
    }
    let limit = Money::from_nanos(rounded_up(base / 10 * 11), currency);
    let text = format!(
        "A {} usually costs {}; {} cost {}. A tenth above the higher of the two, rounded up: {}.",
        period.word(),
        figure(Money::from_nanos(usual, currency)),
        span_words(period, *last_span),
        figure(*last),
        figure(limit),
    );
    (Some(limit), text)
}

/// The next amount of two digits and zeros.
fn rounded_up(nanos: i128) -> i128 {
    let mut step: i128 = 10_000_000; // a hundredth
    while nanos / step >= 100 {
        step *= 10;
    }
    (nanos + step - 1) / step * step
}
