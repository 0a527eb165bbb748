//! How well anomalies are told, on made series with known events, and how fast.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement talks to the terminal and takes times"
)]

#[path = "../tests/suite/mod.rs"]
mod suite;

use std::time::Instant;

use suite::Case;
use suite::score::{Score, is, score};
use tallyport_insight::anomaly::{Anomaly, Watched, anomalies};

/// What is reported was drawn from this seed; thresholds were chosen on others.
const REPORTED: u64 = 2026;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let seed: u64 = arguments
        .next()
        .map_or(REPORTED, |text| text.parse().unwrap());
    let count: u64 = arguments.next().map_or(600, |text| text.parse().unwrap());
    let wanted = arguments.next().unwrap_or_default();
    let told = wanted == "each";
    let cases: Vec<Case> = (0..count).map(|number| Case::draw(seed, number)).collect();
    if wanted == "speed" {
        return speed(&cases);
    }
    let result = score(&cases, |case, what, text| {
        if told {
            println!("{what}: case {} {:?}: {text}", case.number, case.pattern);
        }
    });
    report(seed, &result);
    delays(&cases);
    speed(&cases);
}

fn report(seed: u64, score: &Score) {
    println!(
        "seed {seed}: {} cases, {} events, {} told: precision {} ‰, recall {} ‰ ({} false, {} missed, {} told again)",
        score.cases,
        score.labels,
        score.told,
        score.precision(),
        score.recall(),
        score.false_alarms,
        score.missed,
        score.repeats
    );
    println!(
        "false alarms in {} days, {} years of one series each",
        score.days,
        score.days / 365
    );
    for (what, (missed, all)) in &score.missed_of {
        println!("  {what:?}: {missed} of {all} missed");
    }
    for (pattern, (alarms, cases)) in &score.false_of {
        println!("  {pattern:?}: {alarms} false in {cases} cases");
    }
}

/// After how many days of an event it is told.
fn delays(cases: &[Case]) {
    let mut delays = Vec::new();
    for case in cases {
        for label in &case.labels {
            let told = (label.from + 1..(label.from + 60).min(case.finished)).find(|count| {
                found_by(case, *count)
                    .iter()
                    .any(|anomaly| is(case, anomaly, label))
            });
            delays.extend(told.map(|count| (label.what, count - label.from)));
        }
    }
    delays.sort_unstable();
    for of in delays.chunk_by(|one, other| one.0 == other.0) {
        let at = |percent: usize| of[(of.len() - 1) * percent / 100].1;
        println!(
            "  {:?}: told on day {} (middle), {} (nine of ten)",
            of[0].0,
            at(50),
            at(90)
        );
    }
}

/// What is found when only the first `count` days are known, all of them whole.
fn found_by(case: &Case, count: usize) -> Vec<Anomaly> {
    anomalies(&Watched {
        amounts: &case.amounts[..count],
        finished: count.min(case.finished),
        ..case.watched()
    })
}

/// A year of ten thousand series on one core.
fn speed(cases: &[Case]) {
    let year = 365;
    let long: Vec<&Case> = cases
        .iter()
        .filter(|case| case.days.len() >= year)
        .collect();
    let started = Instant::now();
    let mut looked = 0;
    let mut found = 0;
    while looked < 10_000 {
        for case in &long {
            let series = Watched {
                amounts: &case.amounts[..year],
                finished: year - 3,
                ..case.watched()
            };
            found += anomalies(&series).len();
            looked += 1;
        }
    }
    println!(
        "{looked} series of {year} days: {} ms, {found} told",
        started.elapsed().as_millis()
    );
}
