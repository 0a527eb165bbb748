//! A file of format 4 opens in today's format, and every figure of it is what it was.
#![expect(clippy::unwrap_used, reason = "a test stops where it goes wrong")]
#![allow(dead_code, reason = "the company's bills are shared by several tests")]

mod bill;

use tallyport_ledger::{Metric, SourceKind};
use tallyport_store::{
    By, Filter, Interval, Mode, Outcome, PeriodVersion, Store, StoreError, VersionQuery,
};

use crate::bill::{bill_of, faults, key, load, rows};

/// A row of a report by month, as the program that wrote the file printed it.
type Row = (&'static str, i64, &'static str, i128);

const PERSON_BILLED: &[Row] = &[
    ("Ada", 202403, "EUR", 28003294304),
    ("Ada", 202403, "USD", 202012353640),
    ("Ada", 202404, "USD", 195005384920),
    ("Bo", 202403, "EUR", 79002161887),
    ("Bo", 202403, "USD", 442018094915),
    ("Bo", 202404, "EUR", 73001346230),
    ("Bo", 202404, "USD", 314006327281),
    ("Unowned", 202403, "EUR", 74004426721),
    ("Unowned", 202403, "USD", 282016059732),
    ("Unowned", 202404, "USD", 256007404265),
    ("Web (team)", 202403, "EUR", 33001029470),
    ("Web (team)", 202403, "USD", 132013335596),
];

const PERSON_EFFECTIVE: &[Row] = &[
    ("Ada", 202403, "EUR", 60500000000),
    ("Ada", 202403, "USD", 393000000000),
    ("Ada", 202404, "USD", 148500000000),
    ("Bo", 202403, "EUR", 6500000000),
    ("Bo", 202403, "USD", 670000000000),
    ("Bo", 202404, "EUR", 81500000000),
    ("Bo", 202404, "USD", 381500000000),
    ("Unowned", 202403, "EUR", 25500000000),
    ("Unowned", 202403, "USD", 421000000000),
    ("Unowned", 202404, "USD", 225500000000),
    ("Web (team)", 202403, "EUR", 41500000000),
    ("Web (team)", 202403, "USD", 326500000000),
];

const SERVICE_BILLED: &[Row] = &[
    ("EC2", 202403, "EUR", 153006588608),
    ("EC2", 202403, "USD", 545027360145),
    ("EC2", 202404, "USD", 482009962102),
    ("S3", 202403, "EUR", 61004323774),
    ("S3", 202403, "USD", 513032483738),
    ("S3", 202404, "EUR", 73001346230),
    ("S3", 202404, "USD", 283009154364),
];

const SERVICE_EFFECTIVE: &[Row] = &[
    ("EC2", 202403, "EUR", 32000000000),
    ("EC2", 202403, "USD", 943500000000),
    ("EC2", 202404, "USD", 459000000000),
    ("S3", 202403, "EUR", 102000000000),
    ("S3", 202403, "USD", 867000000000),
    ("S3", 202404, "EUR", 81500000000),
    ("S3", 202404, "USD", 296500000000),
];

const CATEGORY_BILLED: &[Row] = &[
    ("Credit", 202403, "USD", -378014515527),
    ("Credit", 202404, "USD", -32002557837),
    ("Usage", 202403, "EUR", 214010912382),
    ("Usage", 202403, "USD", 1436074359410),
    ("Usage", 202404, "EUR", 73001346230),
    ("Usage", 202404, "USD", 797021674303),
];

const CATEGORY_EFFECTIVE: &[Row] = &[
    ("Credit", 202403, "USD", 501000000000),
    ("Credit", 202404, "USD", 57000000000),
    ("Usage", 202403, "EUR", 134000000000),
    ("Usage", 202403, "USD", 1309500000000),
    ("Usage", 202404, "EUR", 81500000000),
    ("Usage", 202404, "USD", 698500000000),
];

const TAG_BILLED: &[Row] = &[
    ("Not tagged", 202403, "EUR", 74004426721),
    ("Not tagged", 202403, "USD", 282016059732),
    ("Not tagged", 202404, "USD", 256007404265),
    ("ada", 202403, "EUR", 28003294304),
    ("ada", 202403, "USD", 275015236156),
    ("ada", 202404, "USD", 195005384920),
    ("bo", 202403, "EUR", 79002161887),
    ("bo", 202403, "USD", 263011300413),
    ("bo", 202404, "USD", 226002557837),
    ("bob", 202403, "EUR", 33001029470),
    ("bob", 202403, "USD", 238017247582),
    ("bob", 202404, "EUR", 73001346230),
    ("bob", 202404, "USD", 88003769444),
];

const TAG_EFFECTIVE: &[Row] = &[
    ("Not tagged", 202403, "EUR", 25500000000),
    ("Not tagged", 202403, "USD", 421000000000),
    ("Not tagged", 202404, "USD", 225500000000),
    ("ada", 202403, "EUR", 60500000000),
    ("ada", 202403, "USD", 402500000000),
    ("ada", 202404, "USD", 148500000000),
    ("bo", 202403, "EUR", 6500000000),
    ("bo", 202403, "USD", 522500000000),
    ("bo", 202404, "USD", 233500000000),
    ("bob", 202403, "EUR", 41500000000),
    ("bob", 202403, "USD", 464500000000),
    ("bob", 202404, "EUR", 81500000000),
    ("bob", 202404, "USD", 148000000000),
];

fn opened() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.tally");
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/format-4.sqlcipher");
    std::fs::copy(kept, &path).unwrap();
    let store = Store::open(&path, &key()).unwrap();
    (folder, store)
}

/// Closes the store, and opens its file past it.
fn beneath(store: Store) -> (std::path::PathBuf, rusqlite::Connection) {
    let path = store.path().to_owned();
    drop(store);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.pragma_update(None, "key", format!("x'{}'", "05".repeat(32)))
        .unwrap();
    (path, raw)
}

async fn same_figures(store: &Store) {
    for (by, metric, expected) in [
        (By::Person, Metric::Billed, PERSON_BILLED),
        (By::Person, Metric::Effective, PERSON_EFFECTIVE),
        (By::Service, Metric::Billed, SERVICE_BILLED),
        (By::Service, Metric::Effective, SERVICE_EFFECTIVE),
        (By::Category, Metric::Billed, CATEGORY_BILLED),
        (By::Category, Metric::Effective, CATEGORY_EFFECTIVE),
        (By::Tag("owner".to_owned()), Metric::Billed, TAG_BILLED),
        (
            By::Tag("owner".to_owned()),
            Metric::Effective,
            TAG_EFFECTIVE,
        ),
    ] {
        let months = ("2024-03-01", "2024-04-30");
        let filter = Filter::default();
        let found = rows(store, months, metric, by.clone(), Interval::Month, filter).await;
        let found: Vec<_> = found
            .iter()
            .map(|(label, month, currency, nanos)| {
                (label.as_str(), *month, currency.as_str(), *nanos)
            })
            .collect();
        assert_eq!(found, expected, "{by:?} {metric:?}");
    }
}

async fn versions(store: &Store) -> Vec<PeriodVersion> {
    let found: Result<_, StoreError> = store.read(|r| r.versions(VersionQuery::default())).await;
    found.unwrap()
}

#[tokio::test]
async fn a_file_of_format_4_opens_and_its_sums_are_unchanged() {
    let (_folder, store) = opened();
    same_figures(&store).await;
    assert_eq!(faults(&store).await, Vec::<String>::new());
    let found: Vec<_> = versions(&store)
        .await
        .into_iter()
        .map(|v| {
            (
                v.id.0,
                v.number,
                v.source.word(),
                v.counts,
                v.charges,
                v.stored_charges,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (5, 1, "CUR", true, 20, 20),
            (4, 4, "FOCUS", true, 3, 3),
            (3, 3, "FOCUS", true, 43, 43),
            (1, 1, "Cost Explorer", false, 10, 10),
            (2, 2, "FOCUS", false, 40, 40),
        ]
    );
}

#[tokio::test]
async fn the_versions_of_an_old_file_are_still_readable_each_with_its_own_total() {
    let (_folder, store) = opened();
    for version in versions(&store).await {
        let filter = Filter {
            versions: Some(vec![version.id]),
            ..Filter::default()
        };
        let days = ("2024-03-01", "2024-04-30");
        let metric = Metric::Billed;
        let found = rows(&store, days, metric, By::Client, Interval::None, filter).await;
        let mut told: Vec<(String, i128)> = version
            .totals
            .iter()
            .map(|total| {
                (
                    total.billed.currency().code().to_owned(),
                    total.billed.nanos(),
                )
            })
            .collect();
        told.sort();
        let found: Vec<_> = found.into_iter().map(|row| (row.2, row.3)).collect();
        assert_eq!(found, told, "version {}", version.id);
    }
}

#[tokio::test]
async fn the_same_bill_again_after_the_change_of_format_writes_nothing() {
    let (_folder, store) = opened();
    let april = bill_of("2024-04", 20, 17, false);
    let at = "2024-05-09T08:00:00Z";
    for mode in [Mode::Replace, Mode::Add] {
        let again = load(&store, SourceKind::Cur, at, mode, april.clone()).await;
        assert_eq!((again.outcome, again.version), (Outcome::Unchanged, 1));
    }
    let part = bill_of("2024-03", 3, 101, false);
    let again = load(&store, SourceKind::Focus, at, Mode::Add, part).await;
    assert_eq!((again.outcome, again.version), (Outcome::Unchanged, 4));
    same_figures(&store).await;
}

#[tokio::test]
async fn a_bill_in_two_parts_is_replaced_by_one_whole_and_stays_readable() {
    let (_folder, store) = opened();
    let whole = bill_of("2024-03", 50, 13, false);
    let at = "2024-05-09T08:00:00Z";
    let replaced = load(&store, SourceKind::Focus, at, Mode::Replace, whole).await;
    assert_eq!(replaced.outcome, Outcome::Replaced(4));
    assert_eq!(faults(&store).await, Vec::<String>::new());
    let before = Filter {
        versions: Some([3, 4, 5].map(tallyport_store::VersionId).to_vec()),
        ..Filter::default()
    };
    let months = ("2024-03-01", "2024-04-30");
    let by = By::Category;
    let found = rows(&store, months, Metric::Billed, by, Interval::Month, before).await;
    let found: Vec<_> = found
        .iter()
        .map(|row| (row.0.as_str(), row.1, row.2.as_str(), row.3))
        .collect();
    assert_eq!(found, CATEGORY_BILLED);
}

#[tokio::test]
async fn what_usage_costs_a_day_is_filled_from_the_charges_and_held_against_them() {
    let (folder, store) = opened();
    let (path, raw) = beneath(store);
    // The format of this file knew none of it.
    let kept: i64 = raw
        .query_row("SELECT count(*) FROM usage_month", [], |row| row.get(0))
        .unwrap();
    assert!(kept > 0);
    let again = Store::open(&path, &key()).unwrap();
    assert_eq!(faults(&again).await, Vec::<String>::new());

    raw.execute("UPDATE usage_month SET days = x'02' WHERE stream = 5", [])
        .unwrap();
    let faults = faults(&again).await;
    assert!(
        faults[0].starts_with("allocation: what usage cost a day is not what the charges say"),
        "{faults:?}"
    );
    drop(folder);
}

#[tokio::test]
async fn a_charge_in_no_run_and_a_run_without_its_charges_are_found() {
    let (_folder, store) = opened();
    let (path, raw) = beneath(store);
    let store = Store::open(&path, &key()).unwrap();
    for (damage, mend) in [
        (
            "INSERT INTO charge_row SELECT id + 1, day, first_day, last_day, billed, effective, list, contracted,
                 quantity, first_line, last_line, lines, until_version, invoice_id
             FROM charge_row ORDER BY id DESC LIMIT 1",
            "DELETE FROM charge_row WHERE id = (SELECT max(id) FROM charge_row)",
        ),
        (
            "INSERT INTO charge_run SELECT stream, item_id, last_charge + 1, last_charge + 2, from_version
             FROM charge_run ORDER BY last_charge DESC LIMIT 1",
            "DELETE FROM charge_run WHERE first_charge > (SELECT max(id) FROM charge_row)",
        ),
    ] {
        assert_eq!(faults(&store).await, Vec::<String>::new());
        raw.execute(damage, []).unwrap();
        assert_eq!(
            faults(&store).await,
            ["charges: the runs of charges and the charges do not fit together"]
        );
        raw.execute(mend, []).unwrap();
    }
    assert_eq!(faults(&store).await, Vec::<String>::new());
}
