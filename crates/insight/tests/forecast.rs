//! What is expected of the days after a series: bills with their first of the month, short and ended series,
//! gaps, unfinished days, sums and their bands.
#![expect(clippy::expect_used, reason = "a test that cannot go on stops")]

mod made;

use jiff::ToSpan;
use jiff::civil::date;
use made::{Bill, amount, dollars};
use tallyport_insight::{
    Method, PerMille, Reason, Scheduled, ScheduledKind, Series, forecast, recurring, try_methods,
};
use tallyport_ledger::Money;

/// Whether `found` lies within so many thousandths of `wanted`.
#[track_caller]
fn near(found: Money, wanted: &str, thousandths: i128) {
    let wanted = amount(wanted);
    let far = (found.nanos() - wanted.nanos()).abs() * 1000;
    assert!(
        far <= wanted.nanos().abs() * thousandths,
        "{found} is not within {thousandths} thousandths of {wanted}"
    );
}

#[test]
fn a_bill_with_a_fee_on_the_first_is_expected_with_it_on_the_next_first() {
    let bill = Bill {
        monthly: 900,
        ..Bill::plain(400)
    };
    let series = bill.series(date(2025, 3, 4));
    // The series ends on 7 April 2026.
    let forecast = forecast(&series, &[], date(2026, 5, 31));
    let on = |day| forecast.days.iter().find(|d| d.day == day).expect("a day");
    near(on(date(2026, 5, 1)).band.expected, "1000", 50);
    near(on(date(2026, 5, 4)).band.expected, "100", 50);
    // A Saturday.
    near(on(date(2026, 5, 9)).band.expected, "60", 60);
    let may = forecast.total(date(2026, 5, 1), date(2026, 5, 31));
    near(may.expect("a total").expected, "3600", 25);
    let backtest = forecast.backtest.expect("a back-test");
    assert!(backtest.mase < 600, "{backtest:?}");
}

#[test]
fn a_job_on_the_last_working_day_is_expected_on_the_next_last_working_day() {
    let bill = Bill {
        last_working: 700,
        ..Bill::plain(400)
    };
    let series = bill.series(date(2025, 3, 4));
    let forecast = forecast(&series, &[], date(2026, 5, 31));
    let largest = forecast.days.iter().filter(|d| d.day >= date(2026, 5, 1));
    let largest = largest
        .max_by_key(|d| d.band.expected.nanos())
        .expect("days");
    // 31 May 2026 is a Sunday.
    assert_eq!(largest.day, date(2026, 5, 29));
    near(largest.band.expected, "800", 60);
}

#[test]
fn a_new_level_is_believed_within_two_weeks_and_two_odd_days_are_not() {
    let days = 400;
    let usual = made::known(&Bill::plain(days).series(date(2025, 3, 4)));
    let raised = |since: usize| {
        let higher = |at: usize, amount: &Money| {
            let nanos = amount.nanos() * if at >= since { 140 } else { 100 } / 100;
            Money::from_nanos(nanos, dollars())
        };
        let amounts = usual.iter().enumerate();
        let amounts = amounts.map(|(at, amount)| higher(at, amount)).collect();
        let series = Series::new(date(2025, 3, 4), amounts).expect("a series");
        let last = series.day(days + 27);
        let total = forecast(&series, &[], last).total(series.day(days), last);
        total.expect("a total").expected
    };
    // Four weeks of 100 on working days and 60 at weekends.
    near(raised(days), "2480", 20);
    near(raised(days - 2), "2480", 100);
    near(raised(days - 14), "3472", 60);
    near(raised(days - 28), "3472", 30);
}

#[test]
fn quiet_weekends_do_not_hide_what_the_first_of_a_month_costs() {
    let first = date(2025, 3, 4);
    let weekdays = made::known(&Bill::plain(400).series(first));
    let amounts = first.series(1.day()).zip(&weekdays).map(|(day, amount)| {
        let quiet = day.weekday().to_monday_zero_offset() >= 5;
        let nanos = if quiet {
            amount.nanos() / 4
        } else {
            amount.nanos()
        };
        let fee = if day.day() == 1 { 1_200_000_000_000 } else { 0 };
        Money::from_nanos(nanos + fee, dollars())
    });
    let series = Series::new(first, amounts.collect()).expect("a series");
    let said = forecast(&series, &[], date(2026, 5, 31));
    let on = |day| said.days.iter().find(|d| d.day == day).expect("a day");
    near(on(date(2026, 5, 1)).band.expected, "1300", 15);
    let may = said.total(date(2026, 5, 1), date(2026, 5, 31));
    // 21 working days, ten at weekends of 15 each, and the fee.
    near(may.expect("a total").expected, "3450", 15);
}

#[test]
fn a_series_goes_on_through_a_leap_day() {
    let series = Bill::plain(410).series(date(2023, 1, 1));
    let forecast = forecast(&series, &[], date(2024, 3, 3));
    let days: Vec<String> = forecast.days.iter().map(|d| d.day.to_string()).collect();
    assert_eq!(days[0], "2024-02-15");
    assert_eq!(&days[13..16], ["2024-02-28", "2024-02-29", "2024-03-01"]);
    assert_eq!(days.len(), 18);
    near(forecast.days[14].band.expected, "100", 50);
}

#[test]
fn a_short_series_has_a_reason_instead_of_a_forecast() {
    let series = Bill::plain(27).series(date(2026, 1, 1));
    let said = forecast(&series, &[], date(2026, 3, 31));
    assert_eq!(said.method, Method::None);
    assert_eq!(said.reason, Some(Reason::TooShort { days: 27 }));
    assert_eq!(
        said.reason.map(|reason| reason.to_string()).as_deref(),
        Some("a forecast needs 28 days of costs and there are 27")
    );
    assert!(said.days.is_empty() && said.backtest.is_none());
    assert_eq!(said.total(date(2026, 2, 1), date(2026, 2, 28)), None);
    assert_eq!(
        said.chance_of_exceeding(date(2026, 2, 1), date(2026, 2, 28), amount("1")),
        None
    );
    // One day more is enough; days of nothing before the first cost are no days of costs.
    let enough = Bill::plain(28).series(date(2026, 1, 1));
    assert_ne!(try_methods(&enough).method, Method::None);
    let mut late = vec![amount("0"); 300];
    late.extend(made::known(&Bill::plain(20).series(date(2026, 1, 1))));
    let late = Series::new(date(2025, 3, 7), late).expect("a series");
    assert_eq!(
        try_methods(&late).reason,
        Some(Reason::TooShort { days: 20 })
    );
}

#[test]
fn what_never_cost_anything_and_what_no_longer_does_is_expected_to_cost_nothing() {
    let nothing = Series::new(date(2026, 1, 1), vec![amount("0"); 90]).expect("a series");
    let mut ended = made::known(&Bill::noisy(100).series(date(2026, 1, 1)));
    ended.extend(vec![amount("0"); 40]);
    let ended = Series::new(date(2026, 1, 1), ended).expect("a series");
    for series in [nothing, ended] {
        let said = forecast(&series, &[], date(2026, 6, 30));
        assert_eq!(said.method, Method::SeasonalNaive);
        let june = said.total(date(2026, 6, 1), date(2026, 6, 30));
        assert_eq!(june.map(|band| band.expected), Some(amount("0")));
    }
    let days = |days| Series::new(date(2026, 1, 1), vec![amount("0"); days]).expect("a series");
    assert_eq!(
        try_methods(&days(20)).reason,
        Some(Reason::TooShort { days: 20 })
    );
    let unknown = Series::with_gaps(date(2026, 1, 1), dollars(), vec![None; 90]);
    let unknown = unknown.expect("a series");
    assert_eq!(
        try_methods(&unknown).reason,
        Some(Reason::TooShort { days: 0 })
    );
}

#[test]
fn the_same_amount_every_day_is_expected_to_the_cent_without_a_band() {
    let series = Series::new(date(2025, 6, 1), vec![amount("12.34"); 200]).expect("a series");
    let said = forecast(&series, &[], date(2026, 1, 31));
    assert_eq!(said.method, Method::SeasonalNaive, "nothing beats it");
    for day in &said.days {
        assert_eq!(day.band.expected, amount("12.34"));
        assert_eq!(
            (day.band.low95, day.band.high95),
            (amount("12.34"), amount("12.34"))
        );
    }
    let (from, to) = (date(2026, 1, 1), date(2026, 1, 31));
    let january = said.total(from, to).expect("a total");
    assert_eq!(january.expected, amount("382.54"));
    let chance = |limit| said.chance_of_exceeding(from, to, amount(limit));
    assert!(chance("382.55") < Some(PerMille(20)));
    assert!(chance("382.53") > Some(PerMille(980)));
}

#[test]
fn days_add_up_to_their_total_and_bands_hold_one_another() {
    let series = Bill::noisy(400).series(date(2025, 3, 4));
    let said = forecast(&series, &[], date(2026, 6, 30));
    let (from, to) = (date(2026, 5, 1), date(2026, 5, 31));
    let days = said.days.iter().filter(|d| d.day >= from && d.day <= to);
    let days: Vec<_> = days.collect();
    assert_eq!(days.len(), 31);
    let expected: Vec<Money> = days.iter().map(|d| d.band.expected).collect();
    let may = said.total(from, to).expect("a total");
    assert_eq!(Money::sum(&expected, dollars()), Ok(may.expected));
    for band in days.iter().map(|d| d.band).chain([may]) {
        let ends = [
            band.low95,
            band.low80,
            band.expected,
            band.high80,
            band.high95,
        ];
        assert!(ends.is_sorted_by(|low, high| low <= high), "{band:?}");
    }
    let width = |low: Money, high: Money| high.nanos() - low.nanos();
    let summed: i128 = days
        .iter()
        .map(|d| width(d.band.low80, d.band.high80))
        .sum();
    assert!(
        width(may.low80, may.high80) < summed,
        "the band of a sum is narrower than the sum of bands"
    );
    // Only days that are forecast are summed.
    let beyond = said.total(date(2027, 1, 1), date(2027, 1, 31));
    assert_eq!(beyond.map(|band| band.expected), Some(amount("0")));
}

#[test]
fn the_chance_of_exceeding_falls_with_the_limit_and_agrees_with_the_band() {
    let series = Bill::noisy(400).series(date(2025, 3, 4));
    let said = forecast(&series, &[], date(2026, 5, 31));
    let (from, to) = (date(2026, 5, 1), date(2026, 5, 31));
    let may = said.total(from, to).expect("a total");
    let chance = |limit| said.chance_of_exceeding(from, to, limit).expect("a chance");
    let limits = [may.low95, may.low80, may.expected, may.high80, may.high95];
    let chances = limits.map(chance);
    assert!(
        chances.is_sorted_by(|more, less| more >= less),
        "{chances:?}"
    );
    assert!(
        chances[1] >= PerMille(850) && chances[3] <= PerMille(150),
        "{chances:?}"
    );
    assert!(chance(amount("1")) > PerMille(990));
    assert!(chance(amount("1000000")) < PerMille(10));
}

#[test]
fn a_month_that_a_source_lacks_is_a_gap_and_not_a_month_of_nothing() {
    let whole = Bill::noisy(400).series(date(2025, 3, 4));
    let mut amounts = whole.amounts().to_vec();
    // All of January 2026.
    assert_eq!(
        (whole.day(303), whole.day(333)),
        (date(2026, 1, 1), date(2026, 1, 31))
    );
    amounts[303..334].fill(None);
    let gap = Series::with_gaps(whole.first_day(), dollars(), amounts.clone()).expect("a series");
    let nothing = amounts
        .into_iter()
        .map(|a| a.unwrap_or(amount("0")))
        .collect();
    let nothing = Series::new(whole.first_day(), nothing).expect("a series");
    let (from, to) = (date(2026, 4, 8), date(2026, 5, 7));
    let said = |series: &Series| {
        let said = forecast(series, &[], to);
        let total = said.total(from, to).expect("a total");
        let backtest = said.backtest.expect("a back-test");
        (total, backtest.mase)
    };
    let (with_gap, error) = said(&gap);
    let (of_whole, _) = said(&whole);
    near(with_gap.expected, &of_whole.expected.to_decimal(2), 20);
    assert!(
        error < said(&nothing).1,
        "gaps are not held against a method"
    );
}

#[test]
fn after_a_long_gap_only_what_follows_counts() {
    let mut amounts: Vec<Option<Money>> = vec![Some(amount("5000")); 100];
    amounts.extend(vec![None; 70]);
    amounts.extend(vec![Some(amount("10")); 60]);
    let series = Series::with_gaps(date(2025, 1, 1), dollars(), amounts).expect("a series");
    let said = forecast(&series, &[], series.day(series.amounts().len() + 9));
    for day in &said.days {
        near(day.band.expected, "10", 1);
    }
}

#[test]
fn today_and_days_that_are_not_billed_in_full_are_no_low_days() {
    let whole = Bill::noisy(400).series(date(2025, 3, 4));
    let today = whole.last_day();
    let mut amounts = made::known(&whole);
    let last = amounts.len() - 1;
    // Today has hardly begun; yesterday is half there; the day before is whole.
    amounts[last] = amount("3");
    amounts[last - 1] = amount("41");
    let unfinished = Series::new(whole.first_day(), amounts.clone()).expect("a series");
    let settled = unfinished.settled(today).expect("days are left");
    assert_eq!(settled.last_day(), whole.day(last - 2));
    // Taken as they are, they would pull the forecast down.
    let to = whole.day(last + 30);
    let total = |series: &Series| {
        let said = forecast(series, &[], to);
        said.total(today, to).expect("a total").expected
    };
    let of_whole = total(&whole.before(today).expect("days"));
    near(total(&settled), &of_whole.to_decimal(2), 20);
    // Four low days are a low level.
    amounts[last - 4..last].fill(amount("41"));
    let lower = Series::new(whole.first_day(), amounts).expect("a series");
    let settled = lower.settled(today).expect("days are left");
    assert_eq!(settled.on(whole.day(last - 4)), Some(amount("41")));
}

#[test]
fn the_same_series_gives_the_same_forecast_to_the_last_digit() {
    let series = Bill::noisy(500).series(date(2025, 1, 1));
    let to = series.day(600);
    let (one, other) = (forecast(&series, &[], to), forecast(&series, &[], to));
    assert_eq!(one.days, other.days);
    assert_eq!(one.backtest, other.backtest);
}

#[test]
fn amounts_of_every_size_are_forecast() {
    for scale in [1_i128, 1_000, 1_000_000_000_000] {
        // From a millionth of a cent a day to a hundred million.
        let bill = Bill::noisy(200).series(date(2025, 6, 1));
        let scaled = made::known(&bill).into_iter();
        let scaled = scaled.map(|a| Money::from_nanos(a.nanos() / 1_000_000 * scale, dollars()));
        let series = Series::new(bill.first_day(), scaled.collect()).expect("a series");
        let said = forecast(&series, &[], series.day(260));
        let backtest = said.backtest.expect("a back-test");
        assert!(backtest.mase < 1500, "{backtest:?}");
        let total = said
            .total(series.day(200), series.day(229))
            .expect("a total");
        let last: i128 = (170..200)
            .filter_map(|at| series.amounts()[at])
            .map(|a| a.nanos())
            .sum();
        let far = (total.expected.nanos() - last).abs();
        assert!(
            far <= last / 10 + 30 * 100_000,
            "{total:?} after {last} nanos"
        );
    }
}

#[test]
fn negative_days_do_not_break_a_forecast() {
    let mut amounts = made::known(&Bill::noisy(200).series(date(2025, 6, 1)));
    for at in (5..200).step_by(30) {
        amounts[at] = amount("-250");
    }
    let series = Series::new(date(2025, 6, 1), amounts).expect("a series");
    let said = forecast(&series, &[], series.day(240));
    near(said.days[9].band.expected, "100", 450);
}

#[test]
fn what_is_scheduled_is_added_to_its_day_and_to_sums() {
    let series = Series::new(date(2025, 6, 1), vec![amount("10"); 200]).expect("a series");
    let fee = Scheduled {
        day: date(2026, 1, 1),
        amount: amount("250"),
        kind: ScheduledKind::Purchase,
    };
    let said = forecast(&series, &[fee], date(2026, 1, 31));
    let first = said.days.iter().find(|d| d.day == fee.day).expect("a day");
    assert_eq!(first.band.low95, amount("260"));
    let january = said.total(date(2026, 1, 1), date(2026, 1, 31));
    assert_eq!(january.map(|band| band.expected), Some(amount("560")));
}

#[test]
fn tax_is_expected_as_its_share_of_the_usage() {
    // Usage of 10 a day until 20 April; tax of 20 % on the first of each month, of April's so far.
    let series = Series::new(date(2025, 11, 1), vec![amount("10"); 171]).expect("a series");
    assert_eq!(series.last_day(), date(2026, 4, 20));
    let tax = |month, text| Scheduled {
        day: date(2026, month, 1),
        amount: amount(text),
        kind: ScheduledKind::Tax,
    };
    let past = [tax(1, "62"), tax(2, "56"), tax(3, "62"), tax(4, "40")];
    let until = date(2026, 5, 31);
    let usage = forecast(&series, &[], until);
    let expected = recurring(&past, &series, &usage, until);
    let of = |month: i8| -> i128 {
        let of = expected.iter().filter(|event| event.day.month() == month);
        of.map(|event| event.amount.nanos()).sum()
    };
    assert_eq!(
        of(4),
        amount("20").nanos(),
        "what April's last ten days add"
    );
    assert_eq!(of(5), amount("62").nanos());
    let may: Vec<_> = expected.iter().filter(|e| e.day.month() == 5).collect();
    assert_eq!(may.len(), 1, "May's is charged on its first day");
    assert_eq!(may[0].day, date(2026, 5, 1));
    let april = usage
        .with(&expected)
        .total(date(2026, 4, 1), date(2026, 4, 30));
    assert_eq!(april.map(|band| band.expected), Some(amount("120")));
}

#[test]
fn fees_that_came_three_months_running_come_again_and_one_offs_do_not() {
    let series = Series::new(date(2025, 11, 1), vec![amount("10"); 171]).expect("a series");
    let event = |month, day, text, kind| Scheduled {
        day: date(2026, month, day),
        amount: amount(text),
        kind,
    };
    let (purchase, credit) = (ScheduledKind::Purchase, ScheduledKind::Credit);
    let mut past = vec![
        event(2, 1, "100", purchase),
        event(3, 1, "110", purchase),
        event(4, 1, "105", purchase),
        // An upfront fee, once.
        event(3, 15, "5000", purchase),
        // A refund comes on the same day by chance.
        event(2, 3, "-40", ScheduledKind::Adjustment),
        event(3, 3, "-40", ScheduledKind::Adjustment),
        event(4, 3, "-40", ScheduledKind::Adjustment),
        // Amounts that have nothing to do with one another.
        event(2, 5, "-10", credit),
        event(3, 5, "-300", credit),
        event(4, 5, "-77", credit),
    ];
    let until = date(2026, 6, 30);
    let usage = forecast(&series, &[], until);
    let said = |past: &[Scheduled]| -> Vec<String> {
        let expected = recurring(past, &series, &usage, until);
        let line = |event: &Scheduled| format!("{} {:?} {}", event.day, event.kind, event.amount);
        expected.iter().map(line).collect()
    };
    assert_eq!(
        said(&past),
        [
            "2026-05-01 Purchase 105.00 USD",
            "2026-06-01 Purchase 105.00 USD"
        ]
    );
    // A month without it, and it is no habit any more.
    past.remove(2);
    assert!(said(&past).is_empty(), "{:?}", said(&past));
}

#[test]
fn a_fee_of_the_same_day_of_two_years_is_expected_in_the_third() {
    let series = Series::new(date(2025, 11, 1), vec![amount("10"); 171]).expect("a series");
    let fee = |year, text| Scheduled {
        day: date(year, 5, 15),
        amount: amount(text),
        kind: ScheduledKind::Purchase,
    };
    let until = date(2026, 6, 30);
    let usage = forecast(&series, &[], until);
    let expected = recurring(
        &[fee(2024, "1200"), fee(2025, "1300")],
        &series,
        &usage,
        until,
    );
    assert_eq!(expected, [fee(2026, "1250")]);
    assert!(recurring(&[fee(2025, "1300")], &series, &usage, until).is_empty());
}

#[test]
fn tax_without_usage_is_expected_as_in_the_months_before() {
    let series = Series::new(date(2025, 11, 1), vec![amount("0"); 171]).expect("a series");
    let tax = |month, text| Scheduled {
        day: date(2026, month, 1),
        amount: amount(text),
        kind: ScheduledKind::Tax,
    };
    let until = date(2026, 5, 31);
    let usage = forecast(&series, &[], until);
    // April's is so far's.
    let past = [tax(1, "62"), tax(2, "56"), tax(3, "60"), tax(4, "38")];
    let expected = recurring(&past, &series, &usage, until);
    let rest = Scheduled {
        day: date(2026, 4, 21),
        ..tax(4, "22")
    };
    assert_eq!(expected, [rest, tax(5, "60")]);
}
