//! Ten thousand budgets over a year of daily charges, evaluated after a sync that touched one day: the times
//! of `cargo xtask bench budgets`.
//!
//! 416,830 daily charges: 1,142 resources on each day of a year, in 12 services. Each budget has two thresholds on
//! what is spent and one on its forecast. The sync changes each of the 1,142 charges of one day.
//!
//! `measure_budgets FOLDER shared`: each resource is tagged with one of 1,000 people and one of 500 projects. The
//! budgets are of people (7,000: of a month, a quarter, a year and a day), teams (600), tags (2,000), services
//! (300), the client and everything (100): 1,613 scopes.
//!
//! `measure_budgets FOLDER distinct`: no two budgets are about the same. Each resource has nine more tags, of
//! a thousand values each, and each budget is of another of them (9,000) or of a person (1,000): the sync touches
//! every one.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement talks to the terminal and takes times"
)]

mod desk;
#[path = "../../store/examples/year/mod.rs"]
mod year;

use std::path::Path;
use std::time::Instant;

use jiff::civil::date;
use tallyport_ledger::budget::{At, BudgetId, BudgetPeriod, Counting, Limit, Measure};
use tallyport_ledger::{Currency, Load, Metric, Money, Name, Validity};
use tallyport_store::{BudgetDraft, ClientId, PersonId, Scope, Store, StoreError, TeamId, Writes};
use tallyport_workspace::budgets::{self, BudgetsAsk};
use tallyport_workspace::{Context, SignedIn, evaluate};

use year::{Resource, books, load, report};

const NOON: &str = "2025-12-22T12:00:00Z";
const LOADED: &str = "2025-12-22T08:00:00Z";
const PEOPLE: u32 = 1_000;
const TEAMS: u32 = 100;
const PROJECTS: u32 = 500;
const RESOURCES: u32 = 1_142;
const BUDGETS: u32 = 10_000;
const SYNCS: u32 = 20;
const FORECASTS: u64 = 10;

/// What the budgets are about.
#[derive(Clone, Copy, PartialEq)]
enum Scopes {
    Shared,
    Distinct,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| ".".to_owned());
    let scopes = match arguments.next().as_deref() {
        Some("distinct") => Scopes::Distinct,
        _ => Scopes::Shared,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    runtime.block_on(measure(Path::new(&folder), scopes));
}

async fn measure(folder: &Path, scopes: Scopes) {
    let store = books(&folder.join("budgets.tally"));
    write(&store, people).await;
    for month in 1..=12 {
        load(&store, bill(&format!("2025-{month:02}"), 0, scopes), LOADED).await;
    }
    let begun = Instant::now();
    store.write(move |w| set(w, scopes)).await.unwrap();
    println!(
        "{BUDGETS} budgets added in {} ms",
        begun.elapsed().as_millis()
    );
    let cx = desk::context(&store, NOON);
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
        load(&store, bill("2025-12", sync, scopes), LOADED).await;
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
    lists(&cx).await;
    forecasts(&store).await;
}

async fn lists(cx: &Context) {
    let by = SignedIn::local_super_admin().grant().unwrap();
    let page = |skip, search: Option<&str>| BudgetsAsk {
        skip,
        limit: Some(100),
        search: search.map(str::to_owned),
        ..BudgetsAsk::default()
    };
    for (what, ask) in [
        ("a page of a hundred budgets", page(5_000, None)),
        ("a page with one of a thousand parts", page(0, None)),
        ("a search", page(0, Some("budget 0512"))),
    ] {
        let mut times = Vec::new();
        for _ in 0..20 {
            let begun = Instant::now();
            let found = budgets::list(cx, &by, ask.clone()).await.unwrap();
            assert!(!found.budgets.is_empty());
            times.push(begun.elapsed());
        }
        report(what, times);
    }
}

async fn forecasts(store: &Store) {
    let cx = desk::context(store, NOON);
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

async fn write(store: &Store, change: fn(&mut Writes<'_>) -> Result<(), StoreError>) {
    store.write(change).await.unwrap();
}

fn people(w: &mut Writes<'_>) -> Result<(), StoreError> {
    year::client(w)?;
    for number in 0..TEAMS {
        w.add_team(&Name::parse(&format!("Team {number:03}")).unwrap(), None)?;
    }
    for number in 0..PEOPLE {
        let person = year::person(w, &format!("Person {number:04}"), number)?;
        let team = TeamId(i64::from(number % TEAMS) + 1);
        w.set_member(team, person, Validity::default())?;
    }
    Ok(())
}

fn set(w: &mut Writes<'_>, scopes: Scopes) -> Result<(), StoreError> {
    let client = w.client_named("North")?;
    for number in 0..BUDGETS {
        let (scope, period) = match scopes {
            Scopes::Shared => shared(number, client),
            Scopes::Distinct => (distinct(number), BudgetPeriod::Month),
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
            // A thousand are parts of the hundredth: where scopes are shared, that is about everything.
            parent: (number >= 100 && number % 100 >= 90).then_some(BudgetId(100)),
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

fn shared(number: u32, client: ClientId) -> (Scope, BudgetPeriod) {
    match number % 100 {
        0..40 => (person(number), BudgetPeriod::Month),
        40..55 => (person(number), BudgetPeriod::Quarter),
        55..65 => (person(number), BudgetPeriod::Year),
        65..70 => (person(number), BudgetPeriod::Day),
        70..76 => {
            let team = TeamId(i64::from(number / 100 % TEAMS) + 1);
            (Scope::Team(team), BudgetPeriod::Month)
        }
        76..96 => {
            let project = format!("project {}", number % PROJECTS);
            (tagged("project", project), BudgetPeriod::Month)
        }
        96..99 => {
            let service = Scope::Service(format!("service-{}", number / 100 % 12));
            (service, BudgetPeriod::Month)
        }
        _ if number % 200 == 99 => (Scope::Client(client), BudgetPeriod::Month),
        _ => (Scope::All, BudgetPeriod::Month),
    }
}

/// The first thousand are the people, the next thousand the first tag of as many resources, and so on.
fn distinct(number: u32) -> Scope {
    match number / PEOPLE {
        0 => Scope::Person(PersonId(i64::from(number) + 1)),
        tag => tagged(&format!("tag {tag}"), format!("{}", number % PEOPLE)),
    }
}

fn tagged(key: &str, value: String) -> Scope {
    Scope::Tag {
        key: key.to_owned(),
        value,
    }
}

/// Spread over all people, whatever the step of the numbers.
fn person(number: u32) -> Scope {
    let person = (number / 100 * 37 + number % 100) % PEOPLE;
    Scope::Person(PersonId(i64::from(person) + 1))
}

/// A month; the charges of its 20th are others with each sync.
fn bill(month: &str, sync: u32, scopes: Scopes) -> Load {
    let tags = |at: u32| {
        let owner = ("owner".to_owned(), format!("p{}", at % PEOPLE));
        match scopes {
            Scopes::Shared => {
                let project = format!("project {}", at % PROJECTS);
                vec![owner, ("project".to_owned(), project)]
            }
            Scopes::Distinct => {
                let own = (1..=9).map(|tag| (format!("tag {tag}"), format!("{}", at % PEOPLE)));
                std::iter::once(owner).chain(own).collect()
            }
        }
    };
    let resource = |at: u32| Resource {
        tags: tags(at),
        service: format!("service-{}", at / 7 % 12),
        account: "444455556666".to_owned(),
        region: "eu-central-1".to_owned(),
        usage: "usage".to_owned(),
    };
    year::bill(month, RESOURCES, resource, |_, day| {
        if day.day() == 20 { sync * 1_000_000 } else { 0 }
    })
}
