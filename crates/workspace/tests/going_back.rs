//! A connection goes back from its export to Cost Explorer: which months count as whom.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod scene;

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use scene::desk::{Desk, desk};
use tallyport_ledger::{LoadCosts, SourceKind, ViewCosts};
use tallyport_store::{StoreError, VersionQuery};
use tallyport_workspace::reconcile::{FigureSource, ReconciledState};
use tallyport_workspace::{overview, sources};

/// Which source the last months count from.
async fn counted(desk: &Desk) -> BTreeMap<String, SourceKind> {
    let found: Result<Vec<_>, StoreError> = desk
        .cx
        .store
        .read(|r| {
            r.versions(VersionQuery {
                counting_only: true,
                ..VersionQuery::default()
            })
        })
        .await;
    let versions = found.unwrap().into_iter();
    versions
        .filter(|version| version.period >= "2026-09".parse().unwrap())
        .map(|version| (version.period.to_string(), version.source))
        .collect()
}

async fn warned(desk: &Desk) -> bool {
    let by = desk.scene.may::<ViewCosts>();
    let shown = overview::overview(&desk.cx, &by, None, None).await.unwrap();
    let mut attention = shown.attention.iter();
    attention.any(|one| one.kind == "left-behind" && one.text.starts_with("November 2026"))
}

async fn chosen(desk: &Desk, export: Option<&str>) -> Vec<String> {
    let by = desk.scene.may::<LoadCosts>();
    let export = export.map(str::to_owned);
    let connection = sources::choose(&desk.cx, &by, desk.connection, export)
        .await
        .unwrap();
    let left = connection.left_behind.iter();
    left.map(|left| left.period.to_string()).collect()
}

fn a_day_later(desk: &Desk, day: &str) {
    desk.sandbox.set_today(day.parse().unwrap());
    desk.scene.time.fetch_add(86_400_000, Ordering::SeqCst);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_open_month_follows_cost_explorer_and_final_months_stay_as_the_export_brought_them() {
    let desk = desk(Some("northwind-focus")).await;
    desk.sync().await;
    let all = |november| {
        BTreeMap::from([
            ("2026-09".to_owned(), SourceKind::Focus),
            ("2026-10".to_owned(), SourceKind::Focus),
            ("2026-11".to_owned(), november),
        ])
    };
    assert_eq!(counted(&desk).await, all(SourceKind::Focus));
    assert!(!warned(&desk).await);

    assert_eq!(chosen(&desk, None).await, ["2026-11"]);
    assert_eq!(
        counted(&desk).await,
        all(SourceKind::Focus),
        "nobody was asked yet"
    );
    assert!(warned(&desk).await);

    a_day_later(&desk, "2026-11-23");
    desk.sync().await;
    assert_eq!(counted(&desk).await, all(SourceKind::CostExplorer));
    assert!(!warned(&desk).await);
    let november = desk.reconciled("2026-11").await;
    assert_ne!(november.state, ReconciledState::Unexplained);
    let amount = |source| {
        let mut figures = november.figures.iter();
        let figure = figures.find(|figure| figure.source == source);
        figure.unwrap().amount.unwrap()
    };
    assert!(
        amount(FigureSource::Ledger).nanos() > amount(FigureSource::Export).nanos(),
        "a day more than the export told"
    );

    assert!(chosen(&desk, Some("northwind-focus")).await.is_empty());
    assert_eq!(counted(&desk).await, all(SourceKind::Focus));
    a_day_later(&desk, "2026-11-24");
    desk.sync().await;
    assert_eq!(counted(&desk).await, all(SourceKind::Focus));
    // What Cost Explorer said before the export did is older than that.
    assert_eq!(chosen(&desk, None).await, ["2026-11"]);
    assert_eq!(counted(&desk).await, all(SourceKind::Focus));
}
