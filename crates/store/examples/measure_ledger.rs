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

use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use tallyport_ledger::{
    BillingPeriod, ChargeCategory, ChargeClass, Currency, DayRange, Exact, Line, Load, LoadError,
    Matcher, Metric, Name, Pattern, RollUp, SourceKind, TagSet, Validity,
};
use tallyport_store::{
    By, DataKey, Filter, Interval, LoadedPeriod, Mode, NewWorkspace, OwnerKey, RuleDraft, Source,
    Store, StoreError, TeamChoice,
};

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

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_micros();
    println!(
        "{what}: middle {}.{:02} ms, 95th {}.{:02} ms, of {}",
        at(50) / 1000,
        at(50) % 1000 / 10,
        at(95) / 1000,
        at(95) % 1000 / 10,
        times.len()
    );
}

fn books(path: &Path) -> Store {
    let workspace = NewWorkspace {
        id: [6; 16],
        name: "Bench".to_owned(),
        demo: false,
        created_at: "2026-01-01T00:00:00Z".parse().unwrap(),
    };
    Store::create(path, &workspace, &DataKey::from_bytes([6; 32])).unwrap()
}

async fn people(store: &Store) {
    let made: Result<(), StoreError> = store
        .write(|w| {
            w.add_client(&Name::parse("North").unwrap())?;
            for number in 0..PEOPLE {
                let name = Name::parse(&format!("Person {number:02}")).unwrap();
                let person = w.add_person(&name, None)?;
                let owner = w.owner_of(OwnerKey::Person(person))?;
                let matchers = vec![Matcher::Tag {
                    key: "owner".to_owned(),
                    value: Pattern::parse(&format!("p{number}")).unwrap(),
                }];
                w.add_rule(&RuleDraft {
                    owner,
                    matchers,
                    validity: Validity::default(),
                    note: None,
                    position: None,
                })?;
            }
            Ok(())
        })
        .await;
    made.unwrap();
}

async fn load(store: &Store, bill: Load, at: &str) {
    let source = Source {
        kind: SourceKind::Cur,
        format: "CUR".to_owned(),
        file_name: Some("bill.parquet".to_owned()),
        sha256: None,
        files: Vec::new(),
        loaded_at: at.parse().unwrap(),
        notes: Vec::new(),
        skipped_rows: Vec::new(),
        skipped_count: 0,
    };
    let loaded: Result<Vec<LoadedPeriod>, StoreError> = store
        .write(move |w| {
            let client = w.client_named("North")?;
            let mut go_on = |_| ControlFlow::Continue(());
            w.load(&|_| Some(client), &bill, &source, Mode::Replace, &mut go_on)
        })
        .await;
    loaded.unwrap();
}

/// A month of `resources` on each of its days; one in a hundred charges moves with `restated`.
fn bill(month: &str, resources: u32, restated: u32) -> Load {
    let period: BillingPeriod = month.parse().unwrap();
    let days: Vec<_> = period
        .first_day()
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day <= period.last_day())
        .collect();
    let mut roll_up = RollUp::new();
    let mut number = 0_u64;
    for resource in 0..resources {
        let owner = resource % (PEOPLE + 4);
        let tag = format!("p{owner}");
        let tags = roll_up
            .tags(&tag, |tag| {
                let tags = [("owner".to_owned(), tag.to_owned())];
                Ok::<_, LoadError>(TagSet::from(tags))
            })
            .unwrap();
        let id = format!("arn:aws:ec2:eu-central-1:444455556666:instance/i-{resource:017x}");
        let service = format!("service-{}", resource / 7 % 12);
        let account = format!("44445555{:04}", resource / 3 % 8);
        let region = format!("region-{}", resource / 11 % 4);
        let sku = format!("usage-{}", resource % 40);
        for day in &days {
            number += 1;
            let moved = if (number + u64::from(restated)).is_multiple_of(100) {
                restated
            } else {
                0
            };
            let nanos = i128::from(number * 7_919_000 % 90_000_000_000) + i128::from(moved);
            let amount = Exact::from_nanos(nanos).unwrap();
            roll_up
                .add(&Line {
                    period,
                    billing_account: "111122223333",
                    billing_account_name: "North Payer",
                    sub_account: &account,
                    sub_account_name: "",
                    provider: "AWS",
                    service: &service,
                    service_category: "Compute",
                    region: &region,
                    sku: &sku,
                    description: "per hour",
                    resource: &id,
                    resource_name: "",
                    tags,
                    category: ChargeCategory::Usage,
                    class: ChargeClass::Regular,
                    day: *day,
                    last_day: None,
                    currency: Currency::USD,
                    billed: amount,
                    effective: amount,
                    list: amount,
                    contracted: amount,
                    quantity: Exact::parse(b"24").unwrap(),
                    unit: "Hours",
                    number: number * 24,
                    invoice: "",
                    invoiced: false,
                    estimated: true,
                })
                .unwrap();
        }
    }
    roll_up.finish().unwrap()
}
