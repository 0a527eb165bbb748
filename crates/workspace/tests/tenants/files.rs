//! Files, and the proof that they arrived.

use tallyport_ledger::transfer::TransferState;
use tallyport_workspace::Context;
use tallyport_workspace::tables::{self, CsvLook, Layout, Table};
use tallyport_workspace::tenants::{self, Which};

use crate::desk::{MOVING, desk};

#[tokio::test]
async fn files_arrive_with_receipts_and_come_back_the_same() {
    let desk = desk().await;
    let (cx, by) = (&desk.cx, desk.scene.may());
    let id = desk.set_up("Acme Retail", true).await;
    let folder = desk.scene.folder.path().join("orders");
    std::fs::create_dir_all(folder.join("may")).unwrap();
    std::fs::write(folder.join("may/a.csv"), b"1,2,3\n").unwrap();
    std::fs::write(folder.join("b.txt"), vec![7_u8; 300_000]).unwrap();
    let begun = tenants::upload(cx, &by, id, vec![folder.clone()], "in", MOVING)
        .await
        .unwrap();
    let done = desk.moved(begun.id).await;
    assert_eq!(done, TransferState::Done);
    let receipts = tenants::receipts(cx, &by, begun.id, None, 10)
        .await
        .unwrap();
    let mut keys: Vec<&str> = receipts.iter().map(|one| one.key.as_str()).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["in/orders/b.txt", "in/orders/may/a.csv"]);
    let mut paths: Vec<&str> = receipts.iter().map(|one| one.path.as_str()).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["b.txt", "may/a.csv"]);
    let alone = vec![folder.join("may/a.csv")];
    let begun = tenants::upload(cx, &by, id, alone, "alone", MOVING)
        .await
        .unwrap();
    desk.moved(begun.id).await;
    let receipts = tenants::receipts(cx, &by, begun.id, None, 10)
        .await
        .unwrap();
    assert_eq!(receipts[0].path, "a.csv", "not below anything");
    let listed = tenants::list_files(cx, &by, id, "in/orders/", None, None)
        .await
        .unwrap();
    assert_eq!(
        (listed.folders.len(), listed.files.len()),
        (1, 1),
        "{listed:?}"
    );

    let into = desk.scene.folder.path().join("back");
    let paths = ["in/orders/".to_owned()];
    let begun = tenants::download(cx, &by, id, &paths, into.clone(), MOVING)
        .await
        .unwrap();
    assert_eq!(desk.moved(begun.id).await, TransferState::Done);
    let found = std::fs::read(into.join("orders/b.txt")).unwrap();
    assert_eq!(found, vec![7_u8; 300_000]);
    let table = tables::receipts(cx, &by, begun.id).await.unwrap();
    let table = written(cx, table).await;
    assert_eq!(table.lines().count(), 3, "a header and two files: {table}");
    for receipt in tenants::receipts(cx, &by, begun.id, None, 10)
        .await
        .unwrap()
    {
        let row = table.lines().find(|row| row.contains(&receipt.key));
        for part in [&receipt.crc64nvme, &receipt.sha256] {
            assert!(row.unwrap().contains(part.as_str()), "{table}");
        }
    }
    let table = tables::transfers(cx, &by, Some(id), Which::Listed)
        .await
        .unwrap();
    let table = written(cx, table).await;
    assert_eq!(table.lines().count(), 4, "two up, one down: {table}");
}

/// A table as CSV.
async fn written(cx: &Context, table: Table) -> String {
    let mut file = tables::write(cx, table, Layout::Csv(CsvLook::default()))
        .await
        .unwrap();
    let mut text = Vec::new();
    while let Some(piece) = file.pieces.recv().await {
        text.extend(piece.unwrap());
    }
    String::from_utf8(text).unwrap()
}
