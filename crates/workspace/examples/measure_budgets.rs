//! Ten thousand budgets over a year of daily charges, evaluated after a sync that touched one day: the times
//! of `cargo xtask bench budgets`.
//!
//! 416,830 daily charges: 1,142 resources on each day of a year, each tagged with one of 1,000 people and one of
//! 500 projects, in 12 services. The budgets are of people (7,000: of a month, a quarter, a year and a day), teams
//! (600), tags (2,000), services (300), the client and everything (100); each has two thresholds on what is
//! spent and one on its forecast. The sync changes each of the 1,142 charges of one day.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement talks to the terminal and takes times"
)]

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::date;
use tallyport_ledger::budget::{At, BudgetPeriod, Counting, Limit, Measure};
use tallyport_ledger::{
    BillingPeriod, ChargeCategory, ChargeClass, Currency, Exact, Line, Load, LoadError, Matcher,
    Metric, Money, Name, Pattern, RollUp, SourceKind, TagSet, Validity,
};
use tallyport_store::{
    BudgetDraft, DataKey, Mode, NewWorkspace, OwnerKey, PersonId, RuleDraft, Scope, Source, Store,
    StoreError, TeamId, Writes,
};
use tallyport_workspace::{AwsSource, Context, evaluate};

const PEOPLE: u32 = 1_000;
const TEAMS: u32 = 100;
const PROJECTS: u32 = 500;
const RESOURCES: u32 = 1_142;
const BUDGETS: u32 = 10_000;
const SYNCS: u32 = 20;
const FORECASTS: u64 = 10;

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    runtime.block_on(measure(Path::new(&folder)));
}

async fn measure(folder: &Path) {
    let workspace = NewWorkspace {
        id: [6; 16],
        name: "Bench".to_owned(),
        demo: false,
        created_at: "2026-01-01T00:00:00Z".parse().unwrap(),
    };
    let key = DataKey::from_bytes([6; 32]);
    let store = Store::create(&folder.join("budgets.tally"), &workspace, &key).unwrap();
    write(&store, people).await;
    for month in 1..=12 {
        load(&store, &format!("2025-{month:02}"), 0).await;
    }
    let begun = Instant::now();
    write(&store, budgets).await;
    println!(
        "{BUDGETS} budgets added in {} ms",
        begun.elapsed().as_millis()
    );
    let cx = context(&store);
    let begun = Instant::now();
    let first = evaluate::evaluate(&cx).await.unwrap();
    println!(
        "first evaluation, of {} budgets and twelve months: {} ms, {} alerts",
        first.budgets,
        begun.elapsed().as_millis(),
        first.raised.len()
    );
    let mut times = Vec::new();
    let mut evaluated = 0;
    for sync in 1..=SYNCS {
        load(&store, "2025-12", sync).await;
        let begun = Instant::now();
        let done = evaluate::evaluate(&cx).await.unwrap();
        times.push(begun.elapsed());
        evaluated = done.budgets;
    }
    report("evaluation after a sync that touched one day", times);
    println!("  ({evaluated} budgets had other sums)");
    let mut times = Vec::new();
    for _ in 0..200 {
        let begun = Instant::now();
        evaluate::evaluate(&cx).await.unwrap();
        times.push(begun.elapsed());
    }
    report("evaluation with nothing due", times);
    forecasts(&store).await;
}

async fn forecasts(store: &Store) {
    let cx = context(store);
    let slice = jiff::SignedDuration::from_secs(i64::try_from(FORECASTS).unwrap());
    let begun = Instant::now();
    let done = evaluate::forecasts(&cx, slice).await.unwrap();
    let took = begun.elapsed();
    println!(
        "forecasts, with their trials: {} in {} ms ({} ms each), {} left",
        done.made,
        took.as_millis(),
        took.as_millis() / u128::try_from(done.made.max(1)).unwrap(),
        done.left
    );
}

fn context(store: &Store) -> Context {
    let begun = Instant::now();
    let noon: jiff::Timestamp = "2025-12-22T12:00:00Z".parse().unwrap();
    let clock = Arc::new(move || {
        let passed = i64::try_from(begun.elapsed().as_millis()).unwrap();
        noon + jiff::SignedDuration::from_millis(passed)
    });
    let random = Arc::new(|bytes: &mut [u8]| bytes.fill(7));
    let aws: AwsSource =
        Arc::new(|_, _| Box::pin(async { aws_config::SdkConfig::builder().build() }));
    Context::new(store.clone(), clock, random, aws)
}

async fn write(store: &Store, change: fn(&mut Writes<'_>) -> Result<(), StoreError>) {
    store.write(change).await.unwrap();
}

fn people(w: &mut Writes<'_>) -> Result<(), StoreError> {
    w.add_client(&Name::parse("North").unwrap())?;
    for number in 0..TEAMS {
        w.add_team(&Name::parse(&format!("Team {number:03}")).unwrap(), None)?;
    }
    for number in 0..PEOPLE {
        let name = Name::parse(&format!("Person {number:04}")).unwrap();
        let person = w.add_person(&name, None)?;
        let team = TeamId(i64::from(number % TEAMS) + 1);
        w.set_member(team, person, Validity::default())?;
        let owner = w.owner_of(OwnerKey::Person(person))?;
        let value = Pattern::parse(&format!("p{number}")).unwrap();
        w.add_rule(&RuleDraft {
            owner,
            matchers: vec![Matcher::Tag {
                key: "owner".to_owned(),
                value,
            }],
            validity: Validity::default(),
            note: None,
            position: None,
        })?;
    }
    Ok(())
}

fn budgets(w: &mut Writes<'_>) -> Result<(), StoreError> {
    let client = w.client_named("North")?;
    for number in 0..BUDGETS {
        let (scope, period) = match number % 100 {
            0..40 => (person(number), BudgetPeriod::Month),
            40..55 => (person(number), BudgetPeriod::Quarter),
            55..65 => (person(number), BudgetPeriod::Year),
            65..70 => (person(number), BudgetPeriod::Day),
            70..76 => {
                let team = TeamId(i64::from(number / 100 % TEAMS) + 1);
                (Scope::Team(team), BudgetPeriod::Month)
            }
            76..96 => {
                let tag = Scope::Tag {
                    key: "project".to_owned(),
                    value: format!("project {}", number % PROJECTS),
                };
                (tag, BudgetPeriod::Month)
            }
            96..99 => {
                let service = Scope::Service(format!("service-{}", number / 100 % 12));
                (service, BudgetPeriod::Month)
            }
            _ if number % 200 == 99 => (Scope::Client(client), BudgetPeriod::Month),
            _ => (Scope::All, BudgetPeriod::Month),
        };
        let limit = Money::from_nanos(1_000_000_000_000, Currency::USD);
        w.add_budget(&BudgetDraft {
            name: Name::parse(&format!("Budget {number:05}")).unwrap(),
            scope,
            period,
            limit: Limit::same(limit).unwrap(),
            counting: Counting {
                currency: Currency::USD,
                metric: Metric::Billed,
                credits: false,
                tax: false,
                starts: date(2025, 1, 1),
            },
            parent: None,
            thresholds: vec![
                (At::Percent(80), Measure::Actual),
                (At::Percent(100), Measure::Actual),
                (At::Percent(100), Measure::Forecast),
            ],
            channels: Vec::new(),
            note: String::new(),
        })?;
    }
    Ok(())
}

/// Spread over all people, whatever the step of the numbers.
fn person(number: u32) -> Scope {
    let person = (number / 100 * 37 + number % 100) % PEOPLE;
    Scope::Person(PersonId(i64::from(person) + 1))
}

async fn load(store: &Store, month: &str, sync: u32) {
    let bill = bill(month, sync);
    let source = Source {
        kind: SourceKind::Cur,
        format: "CUR".to_owned(),
        file_name: Some("bill.parquet".to_owned()),
        sha256: None,
        files: Vec::new(),
        loaded_at: "2025-12-22T08:00:00Z".parse().unwrap(),
        notes: Vec::new(),
        skipped_rows: Vec::new(),
        skipped_count: 0,
    };
    let loaded: Result<_, StoreError> = store
        .write(move |w| {
            let client = w.client_named("North")?;
            let mut go_on = |_| ControlFlow::Continue(());
            w.load(&|_| Some(client), &bill, &source, Mode::Replace, &mut go_on)
        })
        .await;
    drop(loaded.unwrap());
}

/// A month; the charges of its 20th are others with each sync.
fn bill(month: &str, sync: u32) -> Load {
    let period: BillingPeriod = month.parse().unwrap();
    let days: Vec<_> = period
        .first_day()
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day <= period.last_day())
        .collect();
    let mut roll_up = RollUp::new();
    let mut number = 0_u64;
    for resource in 0..RESOURCES {
        let tag = format!("{resource}");
        let tags = roll_up
            .tags(&tag, |_| {
                let tags = [
                    ("owner".to_owned(), format!("p{}", resource % PEOPLE)),
                    (
                        "project".to_owned(),
                        format!("project {}", resource % PROJECTS),
                    ),
                ];
                Ok::<_, LoadError>(TagSet::from(tags))
            })
            .unwrap();
        let id = format!("arn:aws:ec2:eu-central-1:444455556666:instance/i-{resource:017x}");
        let service = format!("service-{}", resource / 7 % 12);
        for day in &days {
            number += 1;
            let moved = if day.day() == 20 { sync * 1_000_000 } else { 0 };
            let nanos = i128::from(number * 7_919_000 % 90_000_000_000) + i128::from(moved);
            let amount = Exact::from_nanos(nanos).unwrap();
            roll_up
                .add(&Line {
                    period,
                    billing_account: "111122223333",
                    billing_account_name: "North Payer",
                    sub_account: "444455556666",
                    sub_account_name: "",
                    provider: "AWS",
                    service: &service,
                    service_category: "Compute",
                    region: "eu-central-1",
                    sku: "usage",
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
