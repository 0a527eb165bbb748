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
    /// Paid requests, about: how many pages an answer has shows only when it comes.
    pub requests: u32,
    /// The price of those.
    pub price: Money,
    /// Paid requests at the least: one page each.
    pub least: u32,
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
#[must_use]
pub fn price(requests: u32) -> Money {
    Money::from_nanos(REQUEST * i128::from(requests), Currency::USD)
}

/// Linked accounts assumed before a first sync has shown how many there are.
const ACCOUNTS_UNKNOWN: u32 = 4;
/// Groups that one call answers for a day, assumed: services in use times tag values, mostly one.
const GROUPS_A_DAY: u32 = 10;
/// Groups on a page, assumed; AWS does not say.
const GROUPS_A_PAGE: u32 = 1_000;

/// Plans a sync on `today`. The first one asks for all the history there is; a later one only for
/// the months that were not final, and those since. `accounts` is how many linked accounts are
/// known (none, before the first sync); they matter only with allocation tags.
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
    let accounts = if accounts == 0 {
        ACCOUNTS_UNKNOWN
    } else {
        accounts
    };
    let days = DayRange::new(from.first_day(), today)?;
    let mut calls = vec!["cost by account and record type (control total)".to_owned()];
    if allocation_tags.is_empty() {
        calls.push("consumption by account and service".to_owned());
    } else {
        calls.push("the tag keys in use".to_owned());
        for number in 1..=accounts {
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
    let least = u32::try_from(calls.len()).unwrap_or(u32::MAX);
    let listings = u32::from(!allocation_tags.is_empty());
    let groups = days.len().unsigned_abs().saturating_mul(GROUPS_A_DAY);
    let pages = groups.div_ceil(GROUPS_A_PAGE).max(1);
    let requests = (least - listings)
        .saturating_mul(pages)
        .saturating_add(listings);
    let price = price(requests);
    Ok(Plan {
        days,
        requests,
        price,
        least,
        calls,
    })
}
