//! Anomalies as stories, and the made suite in its short form.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_arithmetic,
    reason = "a test fails by panicking; its series are drawn"
)]

mod suite;

use jiff::civil::{Date, date};
use suite::score::score;
use suite::{Case, Draw};
use tallyport_insight::anomaly::{
    Anomaly, Days, Judged, Kind, Part, Verdict, Watched, anomalies, causes, gather,
};
use tallyport_ledger::{Currency, Money};

/// A series from 1 March 2025 on.
struct Series {
    amounts: Vec<Money>,
    known: Vec<bool>,
    finished: usize,
    judged: Vec<Judged>,
}

fn dollars(text: &str) -> Money {
    Money::parse(text, Currency::USD).unwrap()
}

fn cents(cents: f64) -> Money {
    dollars(&format!("{:.2}", cents / 100.0))
}

/// About a hundred dollars a day with three percent of noise, times what `shape` says of a day.
fn series(days: usize, shape: impl Fn(usize, Date) -> f64) -> Series {
    let calendar = days_of(days);
    let mut draw = Draw::new(11, 3);
    let amounts = (0..days)
        .map(|at| {
            let noise = 1.0 + 0.03 * draw.normal();
            cents((10_000.0 * noise * shape(at, calendar.date(at))).max(0.0))
        })
        .collect();
    Series {
        amounts,
        known: vec![true; days],
        finished: days,
        judged: Vec::new(),
    }
}

fn days_of(count: usize) -> Days {
    Days::new(date(2025, 3, 1), count)
}

fn weekend(day: Date) -> bool {
    day.weekday().to_monday_zero_offset() >= 5
}

impl Series {
    fn found(&self) -> Vec<Anomaly> {
        anomalies(&Watched {
            days: &days_of(self.amounts.len()),
            amounts: &self.amounts,
            known: &self.known,
            finished: self.finished,
            least: dollars("1"),
            judged: &self.judged,
        })
    }

    #[track_caller]
    fn only(&self) -> Anomaly {
        match self.found()[..] {
            [one] => one,
            ref several => panic!("one was to be found, not {several:?}"),
        }
    }
}

#[test]
fn days_like_the_others_are_nothing() {
    assert_eq!(series(365, |_, _| 1.0).found(), []);
}

#[test]
fn quiet_weekends_are_nothing() {
    let traffic = series(365, |_, day| if weekend(day) { 0.62 } else { 1.0 });
    assert_eq!(traffic.found(), []);
    let office = series(365, |_, day| if weekend(day) { 0.0 } else { 1.0 });
    assert_eq!(office.found(), []);
}

#[test]
fn a_busy_saturday_is_a_spike_where_saturdays_are_quiet() {
    let saturday = date(2025, 9, 6);
    let found = series(365, |_, day| match day {
        day if day == saturday => 1.0,
        day if weekend(day) => 0.5,
        _ => 1.0,
    });
    let found = found.only();
    assert_eq!(
        (found.kind, found.from, found.to),
        (Kind::Spike, saturday, saturday)
    );
    assert!((90..=110).contains(&found.percent().unwrap()), "{found:?}");
}

#[test]
fn growth_that_goes_on_is_nothing() {
    let grows = series(365, |at, _| {
        1.05_f64.powf(f64::from(u32::try_from(at).unwrap()) / 30.0)
    });
    assert_eq!(grows.found(), []);
}

#[test]
fn what_is_charged_on_every_first_of_a_month_is_nothing_but_on_another_day_it_is() {
    let monthly = |day: Date| if day.day() == 1 { 8.0 } else { 1.0 };
    assert_eq!(series(365, |_, day| monthly(day)).found(), []);
    let odd = date(2025, 10, 17);
    let twice = series(365, |_, day| if day == odd { 8.0 } else { monthly(day) });
    assert_eq!((twice.only().from, twice.only().kind), (odd, Kind::Spike));
}

#[test]
fn work_at_the_start_of_each_month_is_nothing_on_working_days_too() {
    let first_days = series(365, |_, day| if day.day() <= 3 { 5.0 } else { 1.0 });
    assert_eq!(first_days.found(), []);
    // The first working day of the month: the 1st, 2nd or 3rd.
    let first_working = series(365, |_, day| {
        let earlier = (1..day.day()).all(|of| weekend(day.with().day(of).build().unwrap()));
        if !weekend(day) && earlier { 4.0 } else { 1.0 }
    });
    assert_eq!(first_working.found(), []);
}

#[test]
fn a_shorter_month_is_nothing() {
    let stored = series(365, |_, day| 30.0 / f64::from(day.days_in_month()));
    assert_eq!(stored.found(), []);
}

#[test]
fn three_dear_days_are_one_spike_with_what_was_expected() {
    let days = 200..203;
    let spike = series(365, |at, _| if days.contains(&at) { 2.0 } else { 1.0 }).only();
    assert_eq!(spike.kind, Kind::Spike);
    assert_eq!(
        (spike.from, spike.to),
        (days_of(365).date(200), days_of(365).date(202))
    );
    let expected = spike.expected.nanos() / 1_000_000_000;
    assert!((285..=315).contains(&expected), "{spike:?}");
}

#[test]
fn a_cheap_day_is_a_drop() {
    let drop = series(365, |at, _| if at == 200 { 0.3 } else { 1.0 }).only();
    assert_eq!(drop.kind, Kind::Drop);
    assert!(!drop.is_rise() && drop.impact().nanos() < 0);
}

#[test]
fn a_runaway_is_a_level_that_is_told_for_a_month_and_not_again() {
    let level = series(365, |at, _| if at >= 150 { 10.0 } else { 1.0 }).only();
    assert_eq!(level.kind, Kind::Level);
    assert_eq!(level.from, days_of(365).date(150));
    assert_eq!(level.to, days_of(365).date(179));
}

#[test]
fn what_goes_back_to_what_it_was_ends_and_is_not_a_second_one() {
    let level = series(
        365,
        |at, _| if (150..168).contains(&at) { 2.5 } else { 1.0 },
    )
    .only();
    assert_eq!(level.kind, Kind::Level);
    assert_eq!(
        (level.from, level.to),
        (days_of(365).date(150), days_of(365).date(167))
    );
}

#[test]
fn something_switched_off_is_told_once() {
    let off = series(365, |at, _| if at >= 150 { 0.0 } else { 1.0 }).only();
    assert_eq!((off.kind, off.percent()), (Kind::Level, Some(-100)));
}

#[test]
fn what_creeps_up_is_a_drift() {
    let drift = series(365, |at, _| {
        let days = u32::try_from(at.saturating_sub(150).min(42)).unwrap();
        1.0 + 0.6 * f64::from(days) / 42.0
    });
    let drift = drift.only();
    assert_eq!(drift.kind, Kind::Drift);
    assert!(drift.is_rise());
    let (begins, ends) = (days_of(365).date(138), days_of(365).date(206));
    assert!(drift.from >= begins && drift.to <= ends, "{drift:?}");
}

#[test]
fn what_was_never_there_before_is_new() {
    let new = series(365, |at, _| if at >= 150 { 1.0 } else { 0.0 }).only();
    assert_eq!((new.kind, new.percent()), (Kind::New, None));
    assert_eq!(new.from, days_of(365).date(150));
    assert!(new.expected.is_zero());
}

#[test]
fn a_new_thing_is_told_on_its_first_day() {
    let mut new = series(151, |at, _| if at >= 150 { 1.0 } else { 0.0 });
    assert_eq!(new.only().kind, Kind::New);
    // What is known from its first day on may be old: nobody can say.
    new.known[..140].fill(false);
    assert_eq!(new.found(), []);
}

#[test]
fn a_single_purchase_is_a_one_off() {
    let bought = series(365, |at, _| if at == 222 { 3.0 } else { 0.0 }).only();
    assert_eq!(
        (bought.kind, bought.from),
        (Kind::OneOff, days_of(365).date(222))
    );
    assert_eq!(bought.from, bought.to);
}

#[test]
fn batches_now_and_then_are_nothing_but_a_huge_one_is() {
    let batch = |at: usize| if at.is_multiple_of(9) { 4.0 } else { 0.0 };
    assert_eq!(series(365, |at, _| batch(at)).found(), []);
    let huge = series(365, |at, _| if at == 250 { 30.0 } else { batch(at) }).only();
    assert_eq!(huge.from, days_of(365).date(250));
}

#[test]
fn days_that_are_not_told_whole_are_not_cheap_but_can_be_dear() {
    let part = |at: usize| match 300_usize.saturating_sub(at) {
        3 => 0.95,
        2 => 0.8,
        1 => 0.35,
        _ => 1.0,
    };
    let mut estimated = series(300, |at, _| part(at));
    estimated.finished = 297;
    assert_eq!(estimated.found(), []);
    let mut dear = series(300, |at, _| if at == 299 { 3.0 } else { part(at) });
    dear.finished = 297;
    assert_eq!(
        (dear.only().kind, dear.only().from),
        (Kind::Spike, days_of(300).date(299))
    );
}

#[test]
fn months_that_are_not_there_did_not_cost_nothing() {
    let mut gap = series(365, |_, _| 1.0);
    gap.known[150..190].fill(false);
    gap.amounts[150..190].fill(dollars("0"));
    assert_eq!(gap.found(), []);
}

#[test]
fn what_was_expected_is_not_told_again_but_something_larger_is() {
    let spikes = |second: f64| {
        series(365, move |at, _| match at {
            120 => 2.0,
            250 => second,
            _ => 1.0,
        })
    };
    let mut judged = spikes(2.1);
    let [first, second] = judged.found()[..] else {
        panic!("{:?}", judged.found())
    };
    judged.judged = vec![Judged {
        anomaly: first,
        verdict: Verdict::Expected,
    }];
    assert_eq!(judged.found(), [first], "the one that was judged stays");
    let larger = Series {
        judged: judged.judged.clone(),
        ..spikes(4.0)
    };
    assert_eq!(larger.found().len(), 2);
    judged.judged.clear();
    assert_eq!(
        judged.found(),
        [first, second],
        "what is taken back is forgotten"
    );
}

#[test]
fn a_series_with_something_unexpected_is_watched_more_closely() {
    let shape = |at: usize, _: Date| match at {
        120 => 2.0,
        250 => 1.13,
        _ => 1.0,
    };
    let mut watched = series(365, shape);
    let first = watched.only();
    watched.judged = vec![Judged {
        anomaly: first,
        verdict: Verdict::Unexpected,
    }];
    assert_eq!(watched.found().len(), 2);
}

#[test]
fn the_same_series_gives_the_same_answer() {
    let one = series(365, |at, _| if at >= 150 { 3.0 } else { 1.0 });
    assert_eq!(one.found(), one.found());
}

#[test]
fn nothing_of_it_breaks_on_odd_series() {
    for days in [0, 1, 6, 34, 35, 36] {
        assert_eq!(series(days, |_, _| 1.0).found(), [], "{days} days");
    }
    assert_eq!(series(365, |_, _| 0.0).found(), []);
    let mut nothing_known = series(100, |_, _| 1.0);
    nothing_known.known.fill(false);
    assert_eq!(nothing_known.found(), []);
    let negative = Series {
        amounts: vec![dollars("-5"); 200],
        ..series(200, |_, _| 1.0)
    };
    assert_eq!(negative.found(), []);
    let huge = Series {
        amounts: vec![Money::from_nanos(i128::MAX / 2, Currency::USD); 200],
        ..series(200, |_, _| 1.0)
    };
    assert_eq!(huge.found(), []);
}

#[test]
fn what_goes_up_and_what_goes_down_never_hide_each_other() {
    let day = date(2025, 6, 1);
    let one = |from: Date, expected: &str, actual: &str| Anomaly {
        from,
        to: from,
        kind: Kind::Spike,
        expected: dollars(expected),
        actual: dollars(actual),
    };
    let found = [
        ("compute", one(day, "100", "400")),
        ("compute", one(day, "400", "100")),
        ("compute", one(day.tomorrow().unwrap(), "10", "60")),
        ("storage", one(day, "10", "30")),
    ];
    let gathered: Vec<Vec<usize>> = gather(&found)
        .into_iter()
        .map(|group| group.members)
        .collect();
    assert_eq!(gathered, [vec![0, 2], vec![1], vec![3]]);
}

#[test]
fn causes_are_ranked_and_what_went_the_other_way_is_there_too() {
    let part = |of, expected: &str, actual: &str| Part {
        of,
        expected: dollars(expected),
        actual: dollars(actual),
    };
    let ranked = causes(
        vec![
            part("a", "10", "30"),
            part("b", "0", "60"),
            part("c", "50", "30"),
            part("d", "1", "1"),
        ],
        true,
    );
    let ranked: Vec<(&str, i64, String)> = ranked
        .into_iter()
        .map(|cause| (cause.of, cause.share, cause.amount.to_decimal(2)))
        .collect();
    assert_eq!(
        ranked,
        [
            ("b", 75, "60.00".to_owned()),
            ("a", 25, "20.00".to_owned()),
            ("c", -25, "-20.00".to_owned()),
        ]
    );
}

#[test]
fn nine_of_ten_alarms_are_true_and_nine_of_ten_events_are_told() {
    let cases: Vec<Case> = (0..240).map(|number| Case::draw(77, number)).collect();
    let mut told = Vec::new();
    let score = score(&cases, |case, what, text| {
        told.push(format!(
            "{what}: case {} {:?}: {text}",
            case.number, case.pattern
        ));
    });
    assert!(score.labels > 150, "{score:?}");
    assert!(score.precision() >= 900, "{score:?}\n{}", told.join("\n"));
    assert!(score.recall() >= 900, "{score:?}\n{}", told.join("\n"));
}
