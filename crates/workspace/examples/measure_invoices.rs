//! Ten thousand invoices, drafted and issued month by month as the window does it, then listed and proven: the times
//! of the second half of `cargo xtask bench invoices`.
//!
//! A thousand people own six resources each in ten months; each gets an invoice a month.
//!
//! `measure_invoices FOLDER`
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

use tallyport_ledger::{BillingPeriod, InvoiceState, IssueInvoices, ReadInvoices, ViewCosts};
use tallyport_store::{JobState, Page};
use tallyport_workspace::invoices::{self, BatchAction, BatchAsk, BatchOver, InvoicesAsk};
use tallyport_workspace::{Context, RecipientKind, Recipients, SignedIn, jobs};

use year::{Resource, bill, books, load, report};

const NOON: &str = "2025-12-22T12:00:00Z";
const PEOPLE: u32 = 1_000;
const RESOURCES: u32 = 6_000;
const MONTHS: u32 = 10;
/// As many as the window shows on a page.
const SHOWN: u64 = 200;

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(measure(Path::new(&folder)));
}

async fn measure(folder: &Path) {
    let store = books(&folder.join("invoices.tally"));
    let people = store.write(|w| {
        year::client(w)?;
        for number in 0..PEOPLE {
            year::person(w, &format!("Person {number:04}"), number)?;
        }
        Ok::<_, tallyport_store::StoreError>(())
    });
    people.await.unwrap();
    let resource = |at: u32| Resource {
        tags: vec![("owner".to_owned(), format!("p{}", at % PEOPLE))],
        service: format!("service-{}", at / PEOPLE),
        account: "444455556666".to_owned(),
        region: "eu-central-1".to_owned(),
        usage: "usage".to_owned(),
    };
    let cx = desk::context(&store, NOON);
    for number in 1..=MONTHS {
        let name = format!("2025-{number:02}");
        load(&store, bill(&name, RESOURCES, resource, |_, _| 0), NOON).await;
        let month: BillingPeriod = name.parse().unwrap();
        let drafted = batch(&cx, BatchAction::Draft, month).await;
        let issued = batch(&cx, BatchAction::Issue, month).await;
        println!(
            "{name}: {PEOPLE} invoices drafted in {drafted} ms, issued in {issued} ms; {} MiB in use",
            resident_mib()
        );
    }
    lists(&cx).await;
    let reads = SignedIn::local_super_admin().grant().unwrap();
    let begun = Instant::now();
    let proven = invoices::verify(&cx, &reads).await.unwrap();
    assert!(proven.problems.is_empty(), "{:?}", proven.problems);
    println!(
        "{} invoices proven in {} ms; {} MiB in use",
        proven.checked,
        begun.elapsed().as_millis(),
        resident_mib()
    );
}

/// Does it for everybody; the milliseconds that it took.
async fn batch(cx: &Context, action: BatchAction, month: BillingPeriod) -> u128 {
    let by = SignedIn::local_super_admin();
    let (issues, views) = (
        by.grant::<IssueInvoices>().unwrap(),
        by.grant::<ViewCosts>().unwrap(),
    );
    let over = BatchOver::Month(month, Recipients::Everybody(RecipientKind::People));
    let begun = Instant::now();
    let ask = BatchAsk { action, over };
    let job = invoices::batch(cx, &issues, ask).await.unwrap();
    let job = jobs::wait(cx, &views, job.id).await.unwrap();
    assert!(job.state == JobState::Done, "{:?}", job.problem);
    begun.elapsed().as_millis()
}

async fn lists(cx: &Context) {
    let by = SignedIn::local_super_admin()
        .grant::<ReadInvoices>()
        .unwrap();
    let all = InvoicesAsk::default;
    let page = |offset| Page {
        offset,
        limit: SHOWN,
    };
    let month = InvoicesAsk {
        month: Some("2025-05".parse().unwrap()),
        ..all()
    };
    let issued = InvoicesAsk {
        states: vec![InvoiceState::Issued],
        ..all()
    };
    let overdue = InvoicesAsk {
        overdue_on: Some("2026-03-01".parse().unwrap()),
        ..all()
    };
    let search = InvoicesAsk {
        search: Some("person 0512".to_owned()),
        ..all()
    };
    for (what, ask, page) in [
        ("the first page of all", all(), page(0)),
        ("a page in the middle", all(), page(5_000)),
        ("a month", month, page(0)),
        ("those that are issued", issued, page(0)),
        ("those that are overdue", overdue, page(0)),
        ("a search", search, page(0)),
    ] {
        let mut times = Vec::new();
        for _ in 0..20 {
            let begun = Instant::now();
            let found = invoices::page(cx, &by, ask.clone(), page).await.unwrap();
            assert!(!found.views.is_empty());
            times.push(begun.elapsed());
        }
        report(what, times);
    }
}

/// What the process has in memory now; nothing where there is no such file.
fn resident_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .map_or(0, |kib: u64| kib / 1024)
}
