//! A month restated: stored by what changed, never doubled, and every version readable.
#![expect(clippy::unwrap_used, reason = "a test stops where it goes wrong")]
#![allow(dead_code, reason = "the company's bills are shared by several tests")]

mod bill;

use tallyport_ledger::{Metric, SourceKind};
use tallyport_store::{
    By, Filter, Interval, Mode, Outcome, PeriodVersion, Store, StoreError, VersionId, VersionQuery,
};

use crate::bill::{bill_of, books, faults, give, load, restated, rows};

const MARCH: (&str, &str) = ("2024-03-01", "2024-03-31");

async fn versions(store: &Store) -> Vec<PeriodVersion> {
    let found: Result<_, StoreError> = store.read(|r| r.versions(VersionQuery::default())).await;
    found.unwrap()
}

/// Rows by person, service, account, tag and resource, by day and not.
async fn everything(
    store: &Store,
    versions: Option<Vec<VersionId>>,
) -> Vec<Vec<(String, i64, String, i128)>> {
    let mut all = Vec::new();
    for metric in [Metric::Billed, Metric::Effective] {
        for interval in [Interval::None, Interval::Day] {
            for by in [
                By::Person,
                By::Team,
                By::Service,
                By::Account,
                By::Category,
                By::Resource,
                By::Tag("owner".to_owned()),
            ] {
                let filter = Filter {
                    versions: versions.clone(),
                    ..Filter::default()
                };
                let mut found = rows(store, MARCH, metric, by, interval, filter).await;
                found.retain(|row| row.3 != 0);
                all.push(found);
            }
        }
    }
    all
}

#[tokio::test]
async fn a_restated_month_writes_what_changed_and_equals_a_fresh_load() {
    let folder = tempfile::tempdir().unwrap();
    let store = books(folder.path());
    give(&store, "Ada", "ada", Some("2024-03-09"), None).await;
    give(&store, "Bo", "b*", None, Some("2024-03-20")).await;
    let mut seen = Vec::new();
    for times in 0..6 {
        let at = format!("2024-04-0{}T08:00:00Z", times + 1);
        // It grows and shrinks too.
        let lines = 1_000 + times * 17 % 40;
        let bill = restated("2024-03", lines, 100, times);
        let loaded = load(&store, SourceKind::Focus, &at, Mode::Replace, bill).await;
        let fresh_folder = tempfile::tempdir().unwrap();
        let fresh = books(fresh_folder.path());
        give(&fresh, "Ada", "ada", Some("2024-03-09"), None).await;
        give(&fresh, "Bo", "b*", None, Some("2024-03-20")).await;
        let bill = restated("2024-03", lines, 100, times);
        load(&fresh, SourceKind::Focus, &at, Mode::Replace, bill).await;
        let now = everything(&store, None).await;
        assert_eq!(
            now,
            everything(&fresh, None).await,
            "after {times} restatements"
        );
        assert_eq!(faults(&store).await, Vec::<String>::new());
        seen.push((loaded.id, now));
    }
    for version in versions(&store).await {
        let most = if version.number == 1 { 1_000 } else { 130 };
        assert!(
            version.stored_charges <= most,
            "version {} wrote {} charges",
            version.number,
            version.stored_charges
        );
    }
    for (version, then) in seen {
        assert_eq!(
            everything(&store, Some(vec![version])).await,
            then,
            "version {version} reads as it did when it was known"
        );
    }
}

#[tokio::test]
async fn a_sync_of_an_unchanged_month_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = books(folder.path());
    let first = bill_of("2024-03", 900, 7, true);
    load(
        &store,
        SourceKind::CostExplorer,
        "2024-03-20T08:00:00Z",
        Mode::Replace,
        first,
    )
    .await;
    let log = folder.path().join("books.tally-wal");
    let state = || {
        let log = std::fs::metadata(&log).unwrap();
        (log.len(), log.modified().unwrap())
    };
    let before = state();
    for day in 21..29 {
        let again = bill_of("2024-03", 900, 7, true);
        let at = format!("2024-03-{day}T08:00:00Z");
        let loaded = load(&store, SourceKind::CostExplorer, &at, Mode::Replace, again).await;
        assert_eq!((loaded.outcome, loaded.version), (Outcome::Unchanged, 1));
    }
    assert_eq!(state(), before, "nothing went into the log");
}

#[tokio::test]
async fn the_same_charges_in_another_order_are_no_new_version() {
    let folder = tempfile::tempdir().unwrap();
    let store = books(folder.path());
    let at = "2024-04-01T08:00:00Z";
    let first = bill_of("2024-03", 300, 7, true);
    load(&store, SourceKind::Focus, at, Mode::Replace, first.clone()).await;
    let mut turned = first;
    turned.periods[0].charges.reverse();
    let loaded = load(&store, SourceKind::Focus, at, Mode::Replace, turned).await;
    assert_eq!((loaded.outcome, loaded.version), (Outcome::Unchanged, 1));
}

#[tokio::test]
async fn a_bill_that_only_became_final_is_a_version_without_charges_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let store = books(folder.path());
    for (estimated, at) in [
        (true, "2024-04-01T08:00:00Z"),
        (false, "2024-04-05T08:00:00Z"),
    ] {
        let bill = bill_of("2024-03", 100, 7, estimated);
        load(&store, SourceKind::Focus, at, Mode::Replace, bill).await;
    }
    let found: Vec<_> = versions(&store)
        .await
        .into_iter()
        .map(|v| (v.number, v.status.word(), v.charges, v.stored_charges))
        .collect();
    assert_eq!(
        found,
        [
            (2, "final", found[0].2, 0),
            (1, "estimated", found[0].2, found[0].2)
        ]
    );
    assert_eq!(faults(&store).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_was_known_on_a_day_is_what_had_been_loaded_by_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let store = books(folder.path());
    for (kind, at, seed) in [
        (SourceKind::CostExplorer, "2024-03-20T08:00:00Z", 3),
        (SourceKind::CostExplorer, "2024-03-25T08:00:00Z", 5),
        (SourceKind::Focus, "2024-04-02T08:00:00Z", 7),
        (SourceKind::Focus, "2024-04-04T08:00:00Z", 11),
    ] {
        let bill = bill_of("2024-03", 200, seed, true);
        load(&store, kind, at, Mode::Replace, bill).await;
    }
    for (moment, known) in [
        ("2024-03-19T23:59:59Z", vec![]),
        ("2024-03-20T23:59:59Z", vec![1]),
        ("2024-03-26T23:59:59Z", vec![2]),
        ("2024-04-02T23:59:59Z", vec![3]),
        ("2024-04-09T23:59:59Z", vec![4]),
    ] {
        let at = moment.parse().unwrap();
        let found: Result<_, StoreError> = store.read(move |r| r.known_at(at)).await;
        let found: Vec<VersionId> = found.unwrap();
        assert_eq!(
            found.iter().map(|v| v.0).collect::<Vec<_>>(),
            known,
            "{moment}"
        );
    }
}

#[tokio::test]
async fn old_versions_follow_the_rules_of_today() {
    let folder = tempfile::tempdir().unwrap();
    let store = books(folder.path());
    for (at, seed) in [("2024-04-01T08:00:00Z", 7), ("2024-04-02T08:00:00Z", 11)] {
        let bill = bill_of("2024-03", 200, seed, true);
        load(&store, SourceKind::Focus, at, Mode::Replace, bill).await;
    }
    let old = Filter {
        versions: Some(vec![VersionId(1)]),
        ..Filter::default()
    };
    let by_tag = By::Tag("owner".to_owned());
    let tagged = rows(
        &store,
        MARCH,
        Metric::Billed,
        by_tag,
        Interval::None,
        old.clone(),
    )
    .await;
    give(&store, "Ada", "ada", None, None).await;
    let owned = rows(
        &store,
        MARCH,
        Metric::Billed,
        By::Person,
        Interval::None,
        old,
    )
    .await;
    let of = |rows: &[(String, i64, String, i128)], label: &str| {
        let found = rows.iter().filter(|row| row.0 == label);
        found.map(|row| (row.2.clone(), row.3)).collect::<Vec<_>>()
    };
    assert!(!of(&owned, "Ada").is_empty());
    assert_eq!(of(&owned, "Ada"), of(&tagged, "ada"));
}

#[tokio::test]
async fn a_slow_sync_puts_no_older_figures_over_newer_ones() {
    let folder = tempfile::tempdir().unwrap();
    let store = books(folder.path());
    let newer = bill_of("2024-03", 200, 7, true);
    load(
        &store,
        SourceKind::CostExplorer,
        "2024-03-20T08:05:00Z",
        Mode::Replace,
        newer,
    )
    .await;
    let before = everything(&store, None).await;
    let older = bill_of("2024-03", 190, 5, true);
    let late = load(
        &store,
        SourceKind::CostExplorer,
        "2024-03-20T08:00:00Z",
        Mode::Replace,
        older,
    )
    .await;
    assert_eq!((late.outcome, late.version), (Outcome::Unchanged, 1));
    assert_eq!(everything(&store, None).await, before);
}
