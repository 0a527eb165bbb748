//! Bills of a made-up company, the same for the same numbers.

use std::ops::ControlFlow;
use std::path::Path;

use jiff::ToSpan;
use tallyport_ledger::{
    BillingPeriod, ChargeCategory, ChargeClass, Currency, DayRange, Exact, Line, Load, LoadError,
    Matcher, Metric, Name, Pattern, RollUp, SourceKind, TagSet, Validity,
};
use tallyport_store::{
    By, DataKey, Filter, Interval, LoadedPeriod, Mode, NewWorkspace, OwnerKey, RuleDraft, Source,
    Store, StoreError,
};

/// An empty workspace in `folder`.
pub fn books(folder: &Path) -> Store {
    let workspace = NewWorkspace {
        id: [4; 16],
        name: "Books".to_owned(),
        demo: false,
        created_at: "2024-04-01T00:00:00Z".parse().unwrap(),
    };
    Store::create(&folder.join("books.tally"), &workspace, &key()).unwrap()
}

/// The key of all of them.
pub fn key() -> DataKey {
    DataKey::from_bytes([5; 32])
}

/// A bill of `lines` charges of a month; `seed` moves its amounts.
pub fn bill_of(month: &str, lines: u32, seed: u32, estimated: bool) -> Load {
    let period: BillingPeriod = month.parse().unwrap();
    let mut roll_up = RollUp::new();
    for number in 0..lines {
        let text = format!(
            "{}.{:09}",
            number * seed % 97,
            number * seed * 7919 % 1_000_000_007
        );
        let resource = format!("arn:aws:x:::r/{}", number % 5);
        add(
            &mut roll_up,
            period,
            (number, &resource),
            &text,
            seed,
            estimated,
        );
    }
    roll_up.finish().unwrap()
}

/// The bill of `lines` charges, in which every `step`th costs a nano more for each restatement.
pub fn restated(month: &str, lines: u32, step: u32, times: u32) -> Load {
    let period: BillingPeriod = month.parse().unwrap();
    let mut roll_up = RollUp::new();
    for number in 0..lines {
        let more = if number % step == times % step {
            times
        } else {
            0
        };
        let text = format!("{}.{:09}", number % 97, more);
        let resource = format!("arn:aws:x:::r/{}", number / 28);
        add(&mut roll_up, period, (number, &resource), &text, 7, true);
    }
    roll_up.finish().unwrap()
}

fn add(
    roll_up: &mut RollUp,
    period: BillingPeriod,
    (number, resource): (u32, &str),
    amount: &str,
    seed: u32,
    estimated: bool,
) {
    let amount = Exact::parse(amount.as_bytes()).unwrap();
    let discounted = format!("{}.5", u64::from(number) * u64::from(seed) % 89);
    let discounted = Exact::parse(discounted.as_bytes()).unwrap();
    let owner = ["ada", "bo", "bob", ""][number as usize % 4];
    let tags = roll_up
        .tags(owner, |owner| {
            let mut tags = TagSet::new();
            if !owner.is_empty() {
                tags.insert("Owner".to_owned(), owner.to_owned());
            }
            Ok::<_, LoadError>(tags)
        })
        .unwrap();
    let credit = number % 7 == 6;
    let line = Line {
        period,
        billing_account: "111122223333",
        billing_account_name: "North Payer",
        sub_account: ["444455556666", "777788889999"][usize::from(number % 3 != 0)],
        sub_account_name: "",
        provider: "AWS",
        service: ["S3", "EC2"][number as usize % 2],
        service_category: "",
        region: if number % 4 == 1 { "" } else { "eu-central-1" },
        sku: "SKU",
        description: "Use",
        resource: if credit { "" } else { resource },
        resource_name: "",
        tags,
        category: if credit {
            ChargeCategory::Credit
        } else {
            ChargeCategory::Usage
        },
        class: ChargeClass::Regular,
        day: period
            .first_day()
            .checked_add(i64::from(number % 28).days())
            .unwrap(),
        last_day: None,
        currency: if number % 11 == 10 {
            "EUR".parse().unwrap()
        } else {
            Currency::USD
        },
        billed: if credit { amount.negated() } else { amount },
        effective: discounted,
        list: amount,
        contracted: discounted,
        quantity: Exact::parse(b"1.25").unwrap(),
        unit: "Hours",
        number: u64::from(number) + 1,
        invoice: "",
        invoiced: !estimated,
        estimated,
    };
    roll_up.add(&line).unwrap();
}

/// A source that delivered at `at`.
pub fn source(kind: SourceKind, at: &str) -> Source {
    Source {
        kind,
        format: kind.word().to_owned(),
        file_name: (kind != SourceKind::CostExplorer).then(|| "bill.csv".to_owned()),
        hash: None,
        files: Vec::new(),
        loaded_at: at.parse().unwrap(),
        notes: Vec::new(),
        skipped_rows: Vec::new(),
        skipped_count: 0,
    }
}

/// Loads a bill of the client North.
pub async fn load(
    store: &Store,
    kind: SourceKind,
    at: &str,
    mode: Mode,
    bill: Load,
) -> LoadedPeriod {
    let source = source(kind, at);
    let loaded: Result<Vec<LoadedPeriod>, StoreError> = store
        .write(move |w| {
            let client = match w.client_named("North") {
                Ok(client) => client,
                Err(_) => w.add_client(&Name::parse("North").unwrap())?,
            };
            let mut go_on = |_| ControlFlow::Continue(());
            w.load(&|_| Some(client), &bill, &source, mode, &mut go_on)
        })
        .await;
    loaded.unwrap().remove(0)
}

/// Gives a person what bears their name as a tag, on some days.
pub async fn give(store: &Store, person: &str, tag: &str, from: Option<&str>, to: Option<&str>) {
    let day = |text: &str| text.parse().unwrap();
    let validity = Validity::new(from.map(day), to.map(day)).unwrap();
    let (person, tag) = (person.to_owned(), tag.to_owned());
    let given: Result<(), StoreError> = store
        .write(move |w| {
            let person = w.add_person(&Name::parse(&person).unwrap(), None)?;
            let owner = w.owner_of(OwnerKey::Person(person))?;
            let matchers = vec![Matcher::Tag {
                key: "owner".to_owned(),
                value: Pattern::parse(&tag).unwrap(),
            }];
            w.add_rule(&RuleDraft {
                owner,
                matchers,
                validity,
                note: None,
                position: None,
            })?;
            Ok(())
        })
        .await;
    given.unwrap();
}

/// Rows of a report: label, column, currency, nano-units; in order.
pub async fn rows(
    store: &Store,
    (from, to): (&str, &str),
    metric: Metric,
    by: By,
    interval: Interval,
    filter: Filter,
) -> Vec<(String, i64, String, i128)> {
    let days = DayRange::new(from.parse().unwrap(), to.parse().unwrap()).unwrap();
    let cells: Result<Vec<_>, StoreError> = store
        .read(move |r| r.costs(days, metric, &by, interval, &filter))
        .await;
    let mut sums = std::collections::BTreeMap::new();
    for cell in cells.unwrap() {
        let key = (cell.row.label, cell.column, cell.currency.code().to_owned());
        *sums.entry(key).or_insert(0) += cell.nanos;
    }
    sums.into_iter()
        .map(|((label, column, currency), nanos)| (label, column, currency, nanos))
        .collect()
}

/// What does not check out.
pub async fn faults(store: &Store) -> Vec<String> {
    let checks: Result<Vec<_>, StoreError> = store.read(|r| r.checks()).await;
    let failed = checks.unwrap().into_iter().filter(|check| !check.ok);
    failed
        .map(|check| format!("{}: {}", check.name, check.detail))
        .collect()
}
