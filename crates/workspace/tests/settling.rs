//! When a month is final whose bill names no invoices.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod scene;

use scene::desk::{Desk, desk, month};
use scene::moment;
use tallyport_ledger::{DifferenceClass, LoadCosts, PeriodStatus, ViewCosts};
use tallyport_store::{PeriodVersion, StoreError, VersionQuery};
use tallyport_workspace::export::{ExportAsk, Layout, focus};
use tallyport_workspace::import::{ImportAsk, import};
use tallyport_workspace::reconcile::{FigureSource, Reconciled};
use tallyport_workspace::{FilterAsk, jobs};

/// The company's October as a bill without the numbers of invoices, as FOCUS 1.0 has it.
async fn nameless() -> Vec<String> {
    let desk = desk(Some("northwind-focus")).await;
    desk.sync().await;
    let ask = ExportAsk {
        days: month("2026-10").days(),
        filter: FilterAsk::default(),
        layout: Layout::Csv,
    };
    let mut out = focus(&desk.cx, &desk.scene.may(), ask).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = out.pieces.recv().await {
        bytes.extend(piece.unwrap());
    }
    let text = String::from_utf8(bytes).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().map(fields).collect();
    let at = rows[0]
        .iter()
        .position(|name| *name == "InvoiceId")
        .unwrap();
    assert!(rows[1..].iter().all(|row| !row[at].is_empty()));
    rows.into_iter()
        .map(|mut row| {
            row.remove(at);
            row.join(",")
        })
        .collect()
}

/// The fields of a line; commas in quotes are none between fields.
fn fields(line: &str) -> Vec<&str> {
    let mut quoted = false;
    line.split(|letter| {
        quoted ^= letter == '"';
        letter == ',' && !quoted
    })
    .collect()
}

/// Imports the bill at a moment.
async fn imported(desk: &Desk, rows: &[String], at: &str) {
    use std::sync::atomic::Ordering;
    desk.scene.time.store(moment(at), Ordering::SeqCst);
    let path = desk.scene.folder.path().join("october.csv");
    std::fs::write(&path, rows.join("\n")).unwrap();
    let ask = ImportAsk {
        path,
        name: None,
        client: Some("Northwind".to_owned()),
        add: false,
        skip_bad_rows: false,
        passing: false,
    };
    let by = desk.scene.may::<LoadCosts>();
    let job = import(&desk.cx, &by, ask).await.unwrap();
    let view = desk.scene.may::<ViewCosts>();
    let job = jobs::wait(&desk.cx, &view, job.id).await.unwrap();
    assert!(job.problem.is_none(), "{:?}", job.problem);
}

async fn reconciled_at(desk: &Desk, at: &str) -> Reconciled {
    use std::sync::atomic::Ordering;
    desk.scene.time.store(moment(at), Ordering::SeqCst);
    let day = at[..10].parse().unwrap();
    desk.sandbox.set_today(day);
    desk.reconciled("2026-10").await
}

async fn october(desk: &Desk) -> PeriodVersion {
    let found: Result<Vec<_>, StoreError> = desk
        .cx
        .store
        .read(|r| {
            r.versions(VersionQuery {
                days: Some(month("2026-10").days()),
                counting_only: true,
                ..VersionQuery::default()
            })
        })
        .await;
    let mut found = found.unwrap();
    assert_eq!(found.len(), 1);
    found.remove(0)
}

fn classes(reconciled: &Reconciled, to: FigureSource) -> Vec<DifferenceClass> {
    let compared = reconciled.differences.iter().find(|one| one.to == to);
    let parts = &compared.unwrap().difference.parts;
    parts.iter().map(|(class, _)| *class).collect()
}

async fn settlements(desk: &Desk) -> usize {
    let trail = desk.cx.store.read(|r| r.audit_trail(None, 50)).await;
    let trail = trail.unwrap();
    let settled = trail.iter().filter(|line| line.action == "period.settled");
    settled.count()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_final_once_aws_has_invoiced_what_it_adds_up_to() {
    let rows = nameless().await;
    let desk = desk(None).await;
    imported(&desk, &rows, "2026-11-02T08:00:00Z").await;
    let early = reconciled_at(&desk, "2026-11-03T08:00:00Z").await;
    assert_eq!(october(&desk).await.status, PeriodStatus::Estimated);
    assert!(
        early
            .figures
            .iter()
            .any(|figure| figure.source == FigureSource::Invoice
                && figure.state == "pending invoice")
    );
    assert_eq!(settlements(&desk).await, 0);

    reconciled_at(&desk, "2026-11-22T08:00:00Z").await;
    assert_eq!(october(&desk).await.status, PeriodStatus::Final);
    assert_eq!(settlements(&desk).await, 1);
    // The same file again and the same question again change nothing.
    imported(&desk, &rows, "2026-11-22T09:00:00Z").await;
    reconciled_at(&desk, "2026-11-22T10:00:00Z").await;
    assert_eq!(october(&desk).await.number, 1);
    assert_eq!(settlements(&desk).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_after_the_invoice_is_final_and_what_is_missing_from_it_is_unexplained() {
    let rows = nameless().await;
    let short = &rows[..rows.len() - rows.len() / 4];
    let stale = desk(None).await;
    imported(&stale, short, "2026-11-02T08:00:00Z").await;
    let told = reconciled_at(&stale, "2026-11-22T08:00:00Z").await;
    assert_eq!(october(&stale).await.status, PeriodStatus::Estimated);
    assert!(
        classes(&told, FigureSource::CostExplorer).contains(&DifferenceClass::NotFinal),
        "it may be what was known by then: {told:?}"
    );

    let late = desk(None).await;
    imported(&late, short, "2026-11-20T08:00:00Z").await;
    let told = reconciled_at(&late, "2026-11-22T08:00:00Z").await;
    assert_eq!(october(&late).await.status, PeriodStatus::Final);
    assert!(
        classes(&told, FigureSource::CostExplorer).contains(&DifferenceClass::Unexplained),
        "AWS changes it no more, and it is not what AWS says: {told:?}"
    );
    // What takes its place is a correction.
    imported(&late, &rows, "2026-11-23T08:00:00Z").await;
    reconciled_at(&late, "2026-11-23T09:00:00Z").await;
    assert_eq!(october(&late).await.status, PeriodStatus::Corrected);
}
