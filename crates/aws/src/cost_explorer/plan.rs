use jiff::civil::Date;
use tallyport_ledger::{BillingPeriod, Currency, DayRange, Money, PeriodError, PeriodStatus};

/// A billing period that the ledger holds from Cost Explorer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownPeriod {
    /// The month.
    pub period: BillingPeriod,
    /// How settled it was when it was loaded.
    pub status: PeriodStatus,
}

/// What a sync will ask, and what AWS charges for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The days it asks for: whole months, up to today.
    pub days: DayRange,
    /// Paid requests at the least; each further page of an answer is one more.
    pub requests: u32,
    /// The price of those.
    pub price: Money,
    /// The calls, in words.
    pub calls: Vec<String>,
}

impl Plan {
    /// The months it asks for.
    pub fn months(&self) -> impl Iterator<Item = BillingPeriod> {
        let last = BillingPeriod::of(self.days.to()).ok();
        let first = BillingPeriod::of(self.days.from()).ok();
        std::iter::successors(first, |period| period.next().ok())
            .take_while(move |period| Some(*period) <= last)
    }
}

/// Months of history that Cost Explorer keeps besides the current one.
const MONTHS_BACK: u32 = 12;
/// $0.01 a request, in nano-dollars (AWS Cost Management pricing).
const REQUEST: i128 = 10_000_000;

/// The price of `requests`.
pub(crate) fn price(requests: u32) -> Money {
    Money::from_nanos(REQUEST * i128::from(requests), Currency::USD)
}

/// Plans a sync on `today`. The first one asks for all the history there is; a later one only for
/// the months that were not final, and those since. `accounts` is how many linked accounts are
/// known (one, before the first sync); they matter only with allocation tags.
///
/// # Errors
/// [`PeriodError`] for a day that no bill can have.
pub fn plan(
    today: Date,
    known: &[KnownPeriod],
    accounts: u32,
    allocation_tags: &[String],
) -> Result<Plan, PeriodError> {
    let current = BillingPeriod::of(today)?;
    let mut oldest = current;
    for _ in 0..MONTHS_BACK {
        oldest = oldest.previous()?;
    }
    let settled =
        |status: PeriodStatus| matches!(status, PeriodStatus::Final | PeriodStatus::Corrected);
    let mut from = oldest;
    while from < current && known.iter().any(|k| k.period == from && settled(k.status)) {
        from = from.next()?;
    }
    let mut calls = vec![
        "the linked accounts".to_owned(),
        "cost by account and record type (control total)".to_owned(),
    ];
    if allocation_tags.is_empty() {
        calls.push("consumption by account and service".to_owned());
    } else {
        calls.push("the tag keys in use".to_owned());
        for number in 1..=accounts.max(1) {
            for tag in allocation_tags {
                calls.push(format!(
                    "account {number}: consumption by service and tag {tag}"
                ));
            }
            calls.push(format!(
                "account {number}: tax, credits and fees by service"
            ));
        }
    }
    let requests = u32::try_from(calls.len()).unwrap_or(u32::MAX);
    Ok(Plan {
        days: DayRange::new(from.first_day(), today)?,
        requests,
        price: price(requests),
        calls,
    })
}
