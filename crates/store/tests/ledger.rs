//! The ledger in the file: one source counts, what does not add up is not kept, newer files are
//! refused.
#![expect(clippy::unwrap_used, reason = "a test stops where it goes wrong")]

use std::ops::ControlFlow;
use std::path::Path;

use rusqlite::Connection;
use tallyport_ledger::{
    BillingPeriod, ChargeCategory, ChargeClass, Currency, Exact, Line, Load, Matcher, Metric, Name,
    Pattern, RollUp, SourceKind, TagSetId, Validity,
};
use tallyport_store::{
    By, DataKey, Filter, Interval, LoadedPeriod, Mode, NewWorkspace, Outcome, OwnerKey, RuleDraft,
    Source, Store, StoreError,
};

fn march() -> BillingPeriod {
    "2024-03".parse().unwrap()
}

fn key() -> DataKey {
    DataKey::from_bytes([9; 32])
}

fn new(folder: &Path) -> Store {
    let workspace = NewWorkspace {
        id: [2; 16],
        name: "Ledger".to_owned(),
        demo: false,
        created_at: "2024-04-01T00:00:00Z".parse().unwrap(),
    };
    Store::create(&folder.join("ledger.tally"), &workspace, &key()).unwrap()
}

fn bill(amounts: &[&str]) -> Load {
    let mut roll_up = RollUp::new();
    for (number, amount) in (1..).zip(amounts) {
        let amount = Exact::parse(amount.as_bytes()).unwrap();
        let line = Line {
            period: march(),
            billing_account: "111122223333",
            billing_account_name: "",
            sub_account: "444455556666",
            sub_account_name: "Production",
            provider: "AWS",
            service: if number % 2 == 0 { "S3" } else { "EC2" },
            service_category: "",
            region: "",
            sku: "",
            description: "",
            resource: "",
            resource_name: "",
            tags: TagSetId::default(),
            category: ChargeCategory::Usage,
            class: ChargeClass::Regular,
            day: march().first_day(),
            last_day: None,
            currency: Currency::USD,
            billed: amount,
            effective: amount,
            list: amount,
            contracted: amount,
            quantity: Exact::ZERO,
            unit: "",
            number,
            invoice: "",
            invoiced: false,
            estimated: true,
        };
        roll_up.add(&line).unwrap();
    }
    roll_up.finish().unwrap()
}

async fn load(store: &Store, kind: SourceKind, amounts: &[&str]) -> LoadedPeriod {
    let load = bill(amounts);
    let source = Source {
        kind,
        format: kind.word().to_owned(),
        file_name: None,
        hash: None,
        loaded_at: "2024-04-02T00:00:00Z".parse().unwrap(),
        notes: Vec::new(),
        skipped_rows: Vec::new(),
        skipped_count: 0,
        files: Vec::new(),
    };
    let loaded = store
        .write(move |w| {
            let client = match w.client_named("North") {
                Ok(client) => client,
                Err(_) => w.add_client(&Name::parse("North").unwrap())?,
            };
            let mut go_on = |_| ControlFlow::Continue(());
            w.load(&|_| Some(client), &load, &source, Mode::Replace, &mut go_on)
        })
        .await;
    loaded.unwrap().remove(0)
}

async fn total(store: &Store) -> i128 {
    let cells = store
        .read(|r| {
            let all = Filter::default();
            r.costs(
                march().days(),
                Metric::Billed,
                &By::Person,
                Interval::None,
                &all,
            )
        })
        .await;
    let cells: Result<_, StoreError> = cells;
    cells.unwrap().iter().map(|cell| cell.nanos).sum()
}

#[tokio::test]
async fn an_export_counts_before_cost_explorer_whichever_comes_first() {
    for file_first in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let store = new(folder.path());
        let order = if file_first {
            [SourceKind::Focus, SourceKind::CostExplorer]
        } else {
            [SourceKind::CostExplorer, SourceKind::Focus]
        };
        for kind in order {
            let amount = if kind == SourceKind::Focus {
                "10"
            } else {
                "11"
            };
            let loaded = load(&store, kind, &[amount]).await;
            assert_eq!(loaded.outcome, Outcome::New, "neither replaces the other");
        }
        assert_eq!(total(&store).await, 10_000_000_000);
        let cur = load(&store, SourceKind::Cur, &["12"]).await;
        assert!(
            matches!(cur.outcome, Outcome::Replaced(_)),
            "a file replaces a file of any kind"
        );
        let restated = load(&store, SourceKind::CostExplorer, &["13"]).await;
        assert!(!restated.counts);
        assert_eq!(total(&store).await, 12_000_000_000);
    }
}

#[tokio::test]
async fn the_same_bill_again_is_no_new_version() {
    let folder = tempfile::tempdir().unwrap();
    let store = new(folder.path());
    load(&store, SourceKind::CostExplorer, &["1", "2"]).await;
    let again = load(&store, SourceKind::CostExplorer, &["1", "2"]).await;
    assert_eq!((again.outcome, again.version), (Outcome::Unchanged, 1));
    let changed = load(&store, SourceKind::CostExplorer, &["1", "2.000000001"]).await;
    assert_eq!(
        (changed.outcome, changed.version),
        (Outcome::Replaced(1), 2)
    );
}

#[tokio::test]
async fn what_does_not_add_up_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = new(folder.path());
    load(&store, SourceKind::Focus, &["1", "2"]).await;
    let raw = raw(&store);
    raw.execute("UPDATE spend SET billed_rest = billed_rest + 1", [])
        .unwrap();
    let refused = store
        .write(|w| {
            let person = w.add_person(&Name::parse("Anna").unwrap(), None)?;
            let draft = RuleDraft {
                owner: w.owner_of(OwnerKey::Person(person))?,
                matchers: vec![Matcher::Service(Pattern::parse("*").unwrap())],
                validity: Validity::default(),
                note: None,
                position: None,
            };
            w.add_rule(&draft)
        })
        .await
        .unwrap_err();
    assert!(
        matches!(refused, StoreError::NotConserved { .. }),
        "{refused}"
    );
    let people = store.read(|r| r.people(true)).await;
    let people: Result<Vec<_>, StoreError> = people;
    assert!(
        people.unwrap().is_empty(),
        "the whole transaction is undone"
    );
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = new(folder.path());
    let path = store.path();
    raw(&store)
        .pragma_update(None, "user_version", 999)
        .unwrap();
    drop(store);
    let refused = Store::open(&path, &key()).unwrap_err();
    assert!(
        matches!(refused, StoreError::Newer { found: 999, .. }),
        "{refused}"
    );
}

#[tokio::test]
async fn a_load_that_is_stopped_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = new(folder.path());
    load(&store, SourceKind::Focus, &["1"]).await;
    let next = bill(&["2", "3"]);
    let stopped = store
        .write(move |w| {
            let client = w.client_named("North")?;
            let source = Source {
                kind: SourceKind::Focus,
                format: "FOCUS".to_owned(),
                file_name: None,
                hash: None,
                loaded_at: "2024-04-02T00:00:00Z".parse().unwrap(),
                notes: Vec::new(),
                skipped_rows: Vec::new(),
                skipped_count: 0,
                files: Vec::new(),
            };
            let mut stop = |_| ControlFlow::Break(());
            w.load(&|_| Some(client), &next, &source, Mode::Replace, &mut stop)
        })
        .await;
    assert!(matches!(stopped, Err(StoreError::Cancelled)));
    assert_eq!(total(&store).await, 1_000_000_000);
}

#[tokio::test]
async fn a_query_that_panics_takes_nothing_along() {
    let folder = tempfile::tempdir().unwrap();
    let store = new(folder.path());
    let broken: Result<(), StoreError> = store
        .write(|w| {
            w.add_client(&Name::parse("Half").unwrap())?;
            panic!("as a fault would")
        })
        .await;
    assert!(matches!(broken, Err(StoreError::Closed)));
    load(&store, SourceKind::Focus, &["1"]).await;
    let clients: Result<Vec<_>, StoreError> = store.read(|r| r.clients(true)).await;
    let names: Vec<String> = clients
        .unwrap()
        .into_iter()
        .map(|client| client.name)
        .collect();
    assert_eq!(
        names,
        ["North"],
        "its transaction is undone and the next one works"
    );
}

/// The file as a tool beside the program sees it.
fn raw(store: &Store) -> Connection {
    let connection = Connection::open(store.path()).unwrap();
    let text = format!("x'{}'", "09".repeat(32));
    connection.pragma_update(None, "key", text).unwrap();
    connection
}
