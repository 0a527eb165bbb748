//! Fills a workspace with a year of daily charges and takes the times of `cargo xtask bench ledger`.
//!
//! Ten million hourly lines become 416,000 daily charges: 1,142 resources on each day of a year, of 20
//! people, in 12 services, 8 accounts and 4 regions.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement talks to the terminal and takes times"
)]

mod year;

use std::path::Path;
use std::time::{Duration, Instant};

use tallyport_ledger::{DayRange, Load, Matcher, Metric, Pattern, Validity};
use tallyport_store::{By, Filter, Interval, OwnerKey, RuleDraft, Store, StoreError, TeamChoice};

use year::{Resource, books, load, report};

const PEOPLE: u32 = 20;
const TIMES: usize = 200;

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(measure(Path::new(&folder)));
}

async fn measure(folder: &Path) {
    let store = books(&folder.join("year.tally"));
    people(&store).await;
    let months: Vec<String> = (1..=12).map(|month| format!("2025-{month:02}")).collect();
    let mut charges = 0;
    let mut took = Duration::ZERO;
    for month in &months {
        let bill = bill(month, 1_142, 0);
        charges += bill.periods[0].charges.len();
        let begun = Instant::now();
        load(&store, bill, "2026-01-02T08:00:00Z").await;
        took += begun.elapsed();
    }
    println!(
        "load, a year in twelve months: {charges} charges in {} ms",
        took.as_millis()
    );
    let size = || {
        let of = |end: &str| std::fs::metadata(folder.join(end)).map_or(0, |file| file.len());
        of("year.tally")
    };
    println!(
        "file: {} bytes, {} bytes a charge, {} MiB a million lines",
        size(),
        size() / u64::try_from(charges).unwrap(),
        size() / 10 / 1_048_576
    );
    questions(&store).await;
    rules(&store).await;

    let again = bill("2025-12", 1_142, 0);
    let mut times = Vec::new();
    for _ in 0..20 {
        let again = again.clone();
        let begun = Instant::now();
        load(&store, again, "2026-01-03T08:00:00Z").await;
        times.push(begun.elapsed());
    }
    report("re-sync of an unchanged month (34,260 charges)", times);
    let before = size();
    for times in 1..=10 {
        let at = format!("2026-01-04T08:{times:02}:00Z");
        load(&store, bill("2025-12", 1_142, times), &at).await;
    }
    println!(
        "growth: {} bytes a re-sync in which 1 % of the month's charges changed (10 of them)",
        (size() - before) / 10
    );
    let store = books(&folder.join("month.tally"));
    people(&store).await;
    let bill = bill("2025-12", 13_440, 0);
    let charges = bill.periods[0].charges.len();
    let begun = Instant::now();
    load(&store, bill, "2026-01-02T08:00:00Z").await;
    println!(
        "load, one month: {charges} charges in {} ms",
        begun.elapsed().as_millis()
    );
}

async fn questions(store: &Store) {
    let year = DayRange::new("2025-01-01".parse().unwrap(), "2025-12-31".parse().unwrap()).unwrap();
    let services = Filter::default();
    for (what, by, filter) in [
        ("costs by person and day", By::Person, services.clone()),
        ("costs by service and day", By::Service, services.clone()),
        ("costs by team and day", By::Team, services.clone()),
        ("costs by account and day", By::Account, services.clone()),
        (
            "costs by tag and day",
            By::Tag("owner".to_owned()),
            services.clone(),
        ),
    ] {
        let mut times = Vec::new();
        let runs = if matches!(by, By::Tag(_)) { 20 } else { TIMES };
        for _ in 0..runs {
            let (by, filter) = (by.clone(), filter.clone());
            let begun = Instant::now();
            let cells: Result<Vec<_>, StoreError> = store
                .read(move |r| r.costs(year, Metric::Billed, &by, Interval::Day, &filter))
                .await;
            assert!(!cells.unwrap().is_empty());
            times.push(begun.elapsed());
        }
        report(what, times);
    }
    let mut times = Vec::new();
    let mut rows = 0;
    for _ in 0..TIMES {
        let begun = Instant::now();
        let cells: Result<Vec<_>, StoreError> = store
            .read(move |r| r.daily_costs(year, Metric::Billed, &Filter::default()))
            .await;
        rows = cells.unwrap().len();
        times.push(begun.elapsed());
    }
    report("costs by person, service and day", times);
    println!("  ({rows} sums)");
    let _ = TeamChoice::Unowned;
}

async fn rules(store: &Store) {
    let mut times = Vec::new();
    for round in 0..6 {
        let begun = Instant::now();
        let done: Result<_, StoreError> = store
            .write(move |w| {
                let rule = w.rules()?.into_iter().next().unwrap();
                let owners = [1, 2].map(tallyport_store::PersonId);
                let owner = w.owner_of(OwnerKey::Person(owners[round % 2]))?;
                let draft = RuleDraft {
                    owner,
                    matchers: vec![Matcher::Service(Pattern::parse("service-1*").unwrap())],
                    validity: Validity::default(),
                    note: None,
                    position: Some(1),
                };
                w.change_rule(rule.rule.id, &draft)
            })
            .await;
        times.push(begun.elapsed());
        println!("  ({} charges changed hands)", done.unwrap().charges);
    }
    report("change a rule valid for the year, re-allocate", times);
}

async fn people(store: &Store) {
    let made: Result<(), StoreError> = store
        .write(|w| {
            year::client(w)?;
            for number in 0..PEOPLE {
                year::person(w, &format!("Person {number:02}"), number)?;
            }
            Ok(())
        })
        .await;
    made.unwrap();
}

/// A month of `resources` on each of its days; one in a hundred charges moves with `restated`.
fn bill(month: &str, resources: u32, restated: u32) -> Load {
    let resource = |at: u32| Resource {
        tags: vec![("owner".to_owned(), format!("p{}", at % (PEOPLE + 4)))],
        service: format!("service-{}", at / 7 % 12),
        account: format!("44445555{:04}", at / 3 % 8),
        region: format!("region-{}", at / 11 % 4),
        usage: format!("usage-{}", at % 40),
    };
    year::bill(month, resources, resource, |number, _| {
        if (number + u64::from(restated)).is_multiple_of(100) {
            restated
        } else {
            0
        }
    })
}
