//! Invoices of an older program: proven, printed and taken back by this one.

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use sha2::{Digest, Sha256};
use tallyport_ledger::InvoiceState;
use tallyport_store::{DataKey, InvoiceId, Store};
use tallyport_workspace::invoices::{self, Credit};
use tallyport_workspace::{Context, SignedIn};

use crate::desk::{Desk, lines, total};
use crate::scene::{self, Scene, moment};

const KEY: [u8; 32] = [
    0x7c, 0x9b, 0x70, 0xbf, 0x0d, 0x4d, 0xe0, 0x40, 0x23, 0xa5, 0x7b, 0x51, 0xc9, 0x5b, 0x46, 0x69,
    0x7a, 0xe1, 0x69, 0xef, 0x74, 0x2a, 0x2d, 0x05, 0x6b, 0x93, 0xad, 0x5a, 0xfe, 0xe4, 0x41, 0x3e,
];

/// What `sha256sum` said of the papers that the older program wrote.
const PAPERS: [&str; 4] = [
    "b9a92391b8186e22715d492ea6e87ea1e39e9e189ea2c052440994cf8dd4d2aa",
    "4f8d6a73fb5c2bb56323c6cc1d6610cf4db79152d24222c5ed44e6cdcce14eb6",
    "f58c669a10fb52a07d92f00ca967aec699b222fb004f1c731029ccad459e35e1",
    "10f8caa2479e1b91b89f684883aea3fef8e9970c8661eea5d21ef2f9500eb1d2",
];

fn opened() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("books.tally");
    let kept = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/format-16-invoices.sqlcipher"
    );
    std::fs::copy(kept, &path).unwrap();
    let store = Store::open(&path, &DataKey::from_bytes(KEY)).unwrap();
    let time = Arc::new(AtomicI64::new(moment("2026-11-23T08:00:00Z")));
    let clock = scene::clock(&time);
    Desk {
        scene: Scene {
            cx: Context::new(store, clock, scene::random(), scene::no_aws()),
            folder,
            me: SignedIn::local_super_admin(),
            recovery_key: None,
            time,
        },
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_paper_that_an_older_program_issued_comes_out_as_it_was() {
    let desk = opened();
    let found = desk.verified().await;
    assert_eq!(found.problems, Vec::<String>::new());
    assert_eq!(
        (found.checked, found.totals, found.hashes, found.rendered),
        (4, 4, 4, 4)
    );
    let (cx, by) = (&desk.scene.cx, desk.scene.may());
    for (id, known) in (1..).zip(PAPERS) {
        let paper = invoices::paper(cx, &by, InvoiceId(id)).await.unwrap();
        let hash: String = Sha256::digest(&paper)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(hash, known, "invoice {id}");
    }
    let totals: Vec<String> = [
        desk.now(InvoiceId(1)).await,
        desk.now(InvoiceId(2)).await,
        desk.now(InvoiceId(3)).await,
        desk.now(InvoiceId(4)).await,
    ]
    .iter()
    .map(total)
    .collect();
    assert_eq!(totals, ["1012.15", "12.50", "2380.00", "11.90"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_of_an_older_program_is_paid_and_taken_back_line_by_line() {
    let desk = opened();
    let (first, last) = (InvoiceId(1), InvoiceId(4));
    desk.pay(first, "12.15").await.unwrap();
    // RDS: its claims say nothing of lines and are found by service and resource.
    let note = desk.credited(first, lines(&[(2, Some("100"))])).await;
    assert_eq!(total(&note), "119.00");
    let drafted = invoices::draft(
        &desk.scene.cx,
        &desk.scene.may(),
        "2024-10".parse().unwrap(),
        None,
    )
    .await
    .unwrap();
    let ada = drafted
        .invoices
        .iter()
        .find(|view| view.label.as_str() == "ada");
    assert_eq!(
        ada.unwrap().content.exact().unwrap().to_decimal(3),
        "110.005",
        "the 10.005 that were drafted, and the 100 that are free again"
    );
    desk.credited(first, Credit::Whole).await;
    desk.credited(last, Credit::Whole).await;
    assert_eq!(desk.now(first).await.state, InvoiceState::Credited);
    let again = invoices::draft(
        &desk.scene.cx,
        &desk.scene.may(),
        "2024-10".parse().unwrap(),
        None,
    )
    .await
    .unwrap();
    let ada = again
        .invoices
        .iter()
        .find(|view| view.label.as_str() == "ada");
    assert_eq!(
        ada.unwrap().content.exact().unwrap().to_decimal(3),
        "870.550"
    );
    desk.sound().await;
}
