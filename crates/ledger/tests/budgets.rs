//! The rules of budgets and alerts.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its helpers too"
)]

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use proptest::prelude::*;
use tallyport_ledger::alert::{AlertKind, Raised, Severity, Step, a_day_later, armed_when_cleared};
use tallyport_ledger::budget::{
    At, BudgetPeriod, BudgetState, Limit, LimitError, Measure, Standing, Threshold, ThresholdId,
    used_per_mille,
};
use tallyport_ledger::{Currency, Money};

fn usd(text: &str) -> Money {
    Money::parse(text, Currency::USD).unwrap()
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_i64..40_000).prop_map(|days| date(2006, 1, 1).checked_add(days.days()).unwrap())
}

fn any_period() -> impl Strategy<Value = BudgetPeriod> {
    prop::sample::select(BudgetPeriod::ALL)
}

fn any_plan() -> impl Strategy<Value = Limit> {
    prop::collection::vec(0_i128..5_000_000_000_000_000, 12).prop_filter_map("nothing", |months| {
        let months = months
            .into_iter()
            .map(|nanos| Money::from_nanos(nanos, Currency::USD))
            .collect();
        Limit::plan(months, Currency::USD).ok()
    })
}

proptest! {
    #[test]
    fn each_day_lies_in_one_period_and_periods_follow_each_other(
        day in any_day(), period in any_period(),
    ) {
        let span = period.of(day);
        prop_assert!(span.contains(day));
        prop_assert_eq!(period.of(span.from()), span);
        prop_assert_eq!(period.of(span.to()), span);
        let next = period.after(span).unwrap();
        prop_assert_eq!(next.from(), span.to().tomorrow().unwrap());
        prop_assert_eq!(period.before(next).unwrap(), span);
    }

    #[test]
    fn the_days_of_a_month_have_the_whole_of_its_plan(limit in any_plan(), day in any_day()) {
        let month = BudgetPeriod::Month.of(day);
        let whole = limit.of(BudgetPeriod::Month, month).unwrap();
        let days: Vec<Money> = month
            .from()
            .series(1.day())
            .take_while(|day| *day <= month.to())
            .map(|day| limit.of(BudgetPeriod::Day, BudgetPeriod::Day.of(day)).unwrap())
            .collect();
        prop_assert_eq!(Money::sum(&days, Currency::USD).unwrap(), whole);
    }

    #[test]
    fn quarters_and_the_year_have_the_sum_of_their_months(limit in any_plan(), day in any_day()) {
        let year = BudgetPeriod::Year.of(day);
        let sum = |period: BudgetPeriod| {
            let spans = std::iter::successors(Some(period.of(year.from())), |span| period.after(*span));
            let parts: Vec<Money> = spans
                .take_while(|span| span.to() <= year.to())
                .map(|span| limit.of(period, span).unwrap())
                .collect();
            Money::sum(&parts, Currency::USD).unwrap()
        };
        let whole = limit.of(BudgetPeriod::Year, year).unwrap();
        prop_assert_eq!(sum(BudgetPeriod::Month), whole);
        prop_assert_eq!(sum(BudgetPeriod::Quarter), whole);
    }

    #[test]
    fn who_spends_more_stands_no_lower(
        percent in 1_u16..300, limit in 0_i128..10_000_000_000_000, a in -1_000_i128..30_000_000_000_000,
        more in 0_i128..5_000_000_000_000,
    ) {
        let money = |nanos| Money::from_nanos(nanos, Currency::USD);
        let rank = |standing| match standing {
            Standing::Below => 0,
            Standing::Close => 1,
            Standing::Reached => 2,
        };
        let at = At::Percent(percent);
        let lower = rank(at.standing(money(a), money(limit)).unwrap());
        let higher = rank(at.standing(money(a + more), money(limit)).unwrap());
        prop_assert!(lower <= higher);
    }

    /// However an amount swings, what is spent is told once; a forecast is told again only after it fell
    /// below its threshold by five points of the limit.
    #[test]
    fn an_amount_that_swings_is_told_when_there_is_a_reason(
        amounts in prop::collection::vec(0_i128..150, 1..40), forecast in any::<bool>(),
    ) {
        let kind = if forecast { AlertKind::BudgetForecast } else { AlertKind::BudgetActual };
        let (limit, at) = (usd("100"), At::Percent(80));
        let mut known: Option<Raised> = None;
        let (mut told, mut expected, mut left) = (0, 0, true);
        for amount in amounts {
            // Said anew, without the machine: told on reaching 80 for the first time or after 75.
            if amount >= 80 && (expected == 0 || (left && forecast)) {
                expected += 1;
            }
            left = if amount >= 80 { false } else { left || amount <= 75 };

            let spent = Money::from_nanos(amount * 1_000_000_000, Currency::USD);
            let step = Step::of(known, at.standing(spent, limit).unwrap());
            if step.tells() {
                told += 1;
            }
            known = match step {
                Step::Nothing => known,
                Step::Raise | Step::RaiseAgain => Some(Raised { live: true, armed: false }),
                Step::Reopen => known.map(|raised| Raised { live: true, ..raised }),
                Step::Clear => Some(Raised { live: false, armed: armed_when_cleared(kind, false) }),
            };
        }
        prop_assert_eq!(told, expected);
    }
}

#[test]
fn months_are_watched_with_the_one_before_and_days_for_a_week() {
    let today = date(2026, 11, 22);
    let early = date(2020, 1, 1);
    let shown = |period: BudgetPeriod, starts| {
        let spans = period.watched(today, starts).into_iter();
        spans
            .map(|span| span.from().to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        shown(BudgetPeriod::Month, early),
        ["2026-10-01", "2026-11-01"]
    );
    assert_eq!(
        shown(BudgetPeriod::Quarter, early),
        ["2026-07-01", "2026-10-01"]
    );
    assert_eq!(
        shown(BudgetPeriod::Year, early),
        ["2025-01-01", "2026-01-01"]
    );
    let days = shown(BudgetPeriod::Day, early);
    assert_eq!((days.len(), days[0].as_str()), (7, "2026-11-16"));
    assert_eq!(
        shown(BudgetPeriod::Month, date(2026, 11, 1)),
        ["2026-11-01"]
    );
    assert!(shown(BudgetPeriod::Month, date(2026, 12, 1)).is_empty());
}

#[test]
fn a_limit_that_cannot_be_used_up_is_refused() {
    assert_eq!(Limit::same(usd("0")), Err(LimitError::Nothing));
    assert_eq!(Limit::same(usd("-1")), Err(LimitError::Negative));
    let plan = |months: usize, amount: &str| Limit::plan(vec![usd(amount); months], Currency::USD);
    assert_eq!(plan(11, "1"), Err(LimitError::NotTwelve(11)));
    assert_eq!(plan(12, "0"), Err(LimitError::Nothing));
    assert_eq!(plan(12, "-1"), Err(LimitError::Negative));
}

#[test]
fn a_month_in_which_nothing_may_be_spent_is_over_with_the_first_cent() {
    let nothing = usd("0");
    let at = At::Percent(100);
    assert_eq!(at.standing(nothing, nothing).unwrap(), Standing::Below);
    assert_eq!(
        at.standing(usd("0.01"), nothing).unwrap(),
        Standing::Reached
    );
    assert_eq!(used_per_mille(usd("1"), nothing).unwrap(), None);
}

#[test]
fn thresholds_in_money_leave_with_the_same_margin() {
    let at = At::Amount(usd("500"));
    let limit = usd("1000");
    let standing = |spent: &str| at.standing(usd(spent), limit).unwrap();
    assert_eq!(standing("500"), Standing::Reached);
    assert_eq!(standing("499.999999999"), Standing::Close);
    assert_eq!(standing("450.01"), Standing::Close);
    assert_eq!(standing("450"), Standing::Below);
    let other = Money::parse("1", "EUR".parse().unwrap()).unwrap();
    assert!(
        at.standing(other, limit).is_err(),
        "currencies are never compared"
    );
}

#[test]
fn a_used_up_limit_is_urgent_and_an_expected_one_a_warning() {
    let severity = |percent, on| {
        let id = ThresholdId(1);
        let at = At::Percent(percent);
        Threshold { id, at, on }.severity(usd("100"))
    };
    assert_eq!(severity(50, Measure::Actual), Severity::Notice);
    assert_eq!(severity(80, Measure::Actual), Severity::Warning);
    assert_eq!(severity(100, Measure::Actual), Severity::Urgent);
    assert_eq!(severity(80, Measure::Forecast), Severity::Notice);
    assert_eq!(severity(120, Measure::Forecast), Severity::Warning);
    let state = |used, heading| BudgetState::of(Some(used), false, heading);
    assert_eq!(state(799, false), BudgetState::Ok);
    assert_eq!(state(800, false), BudgetState::Near);
    assert_eq!(state(800, true), BudgetState::HeadingOver);
    assert_eq!(state(1_000, true), BudgetState::Over);
}

#[test]
fn an_alert_put_off_for_a_day_comes_back_at_the_same_time_on_the_clock_when_clocks_change() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let later = |text: &str| a_day_later(text.parse::<Timestamp>().unwrap(), &zone).to_string();
    assert_eq!(later("2026-06-10T06:30:00Z"), "2026-06-11T06:30:00Z");
    // Clocks go back on 25 October 2026: 08:30 is 06:30 UTC before and 07:30 UTC after.
    assert_eq!(later("2026-10-24T06:30:00Z"), "2026-10-25T07:30:00Z");
    // They go forward on 28 March 2027; 02:30 is not there that night.
    assert_eq!(later("2027-03-27T07:30:00Z"), "2027-03-28T06:30:00Z");
    assert_eq!(later("2027-03-27T01:30:00Z"), "2027-03-28T01:30:00Z");
    // Budgets themselves run in UTC: a day is a day.
    let day = BudgetPeriod::Day.of(date(2026, 10, 25));
    assert_eq!(
        (day.from(), day.to()),
        (date(2026, 10, 25), date(2026, 10, 25))
    );
}
