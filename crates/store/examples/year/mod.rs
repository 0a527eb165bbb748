//! A year of daily charges, for whoever takes times: the workspace, the bills and the way they are loaded.
//! Taken in by path, since no room is a room for measurements.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use jiff::civil::Date;
use tallyport_ledger::{
    BillingPeriod, ChargeCategory, ChargeClass, Currency, Exact, Line, Load, LoadError, Matcher,
    Name, Pattern, RollUp, SourceKind, TagSet, Validity,
};
use tallyport_store::{
    DataKey, LoadedPeriod, Mode, NewWorkspace, OwnerKey, PersonId, RuleDraft, Source, Store,
    StoreError, Writes,
};

/// What is charged for one resource on every day.
pub struct Resource {
    pub tags: Vec<(String, String)>,
    pub service: String,
    pub account: String,
    pub region: String,
    pub usage: String,
}

/// An empty workspace.
pub fn books(path: &Path) -> Store {
    let workspace = NewWorkspace {
        id: [6; 16],
        name: "Bench".to_owned(),
        demo: false,
        created_at: "2026-01-01T00:00:00Z".parse().unwrap(),
    };
    Store::create(path, &workspace, &DataKey::from_bytes([6; 32])).unwrap()
}

/// The client whose bills are loaded.
pub fn client(w: &mut Writes<'_>) -> Result<(), StoreError> {
    w.add_client(&Name::parse("North").unwrap()).map(drop)
}

/// A person who owns what is tagged with `p` and their number.
pub fn person(w: &mut Writes<'_>, name: &str, number: u32) -> Result<PersonId, StoreError> {
    let person = w.add_person(&Name::parse(name).unwrap(), None)?;
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
    Ok(person)
}

/// A month's bill of `resources`; `moved` says by how many nano-units each charge, by its number and day, is more
/// than it was at first.
pub fn bill(
    month: &str,
    resources: u32,
    resource: impl Fn(u32) -> Resource,
    moved: impl Fn(u64, Date) -> u32,
) -> Load {
    let period: BillingPeriod = month.parse().unwrap();
    let days: Vec<_> = period
        .first_day()
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day <= period.last_day())
        .collect();
    let mut roll_up = RollUp::new();
    let mut number = 0_u64;
    for at in 0..resources {
        let Resource {
            tags,
            service,
            account,
            region,
            usage,
        } = resource(at);
        let tags = roll_up
            .tags(&format!("{tags:?}"), |_| {
                Ok::<_, LoadError>(tags.iter().cloned().collect::<TagSet>())
            })
            .unwrap();
        let id = format!("arn:aws:ec2:eu-central-1:444455556666:instance/i-{at:017x}");
        for day in &days {
            number += 1;
            let nanos =
                i128::from(number * 7_919_000 % 90_000_000_000) + i128::from(moved(number, *day));
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
                    sku: &usage,
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

/// Loads a bill as a sync does.
pub async fn load(store: &Store, bill: Load, at: &str) {
    let source = Source {
        kind: SourceKind::Cur,
        format: "CUR".to_owned(),
        file_name: Some("bill.parquet".to_owned()),
        hash: None,
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
    drop(loaded.unwrap());
}

/// Says the middle and the 95th of a hundred of what was taken.
pub fn report(what: &str, mut times: Vec<Duration>) {
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
