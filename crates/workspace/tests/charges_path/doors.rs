//! Two programs on one file, and files that cannot be opened.

use tallyport_store::{By, DataKey, Store, StoreError};

use crate::bench::{Bench, context, key, line, rows};

#[tokio::test]
async fn two_programs_share_one_file() {
    let first = Bench::new();
    let path = first.cx.store.path();
    let second = Bench {
        cx: context(Store::open(&path, &key()).unwrap()),
        folder: tempfile::tempdir().unwrap(),
    };
    let march = first.focus(
        "a.csv",
        &[&line("2024-03-01", "100", "EC2", "i-1", "10", "{}")],
    );
    let april = second.focus(
        "b.csv",
        &[&line("2024-04-01", "100", "EC2", "i-1", "20", "{}")],
    );
    let (one, two) = tokio::join!(first.import(&march), second.import(&april));
    assert_eq!(one["periods"][0]["outcome"], "new");
    assert_eq!(two["periods"][0]["outcome"], "new");
    assert_eq!(
        first.rows("2024-04", By::Service).await,
        rows(&[("EC2", "20.00")])
    );
    assert_eq!(
        second.rows("2024-03", By::Service).await,
        rows(&[("EC2", "10.00")])
    );
}

#[tokio::test]
async fn another_key_does_not_open_it() {
    let bench = Bench::new();
    let refused = Store::open(&bench.cx.store.path(), &DataKey::from_bytes([8; 32]));
    assert!(matches!(refused, Err(StoreError::WrongKey)));
}

#[tokio::test]
async fn nothing_of_a_bill_can_be_read_on_disk() {
    let bench = Bench::new();
    let telling = line("2024-03-01", "100", "EC2", "i-plainly-visible", "10", "{}");
    bench.import(&bench.focus("a.csv", &[&telling])).await;
    for entry in std::fs::read_dir(bench.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().contains(".tally") {
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(17).any(|part| part == b"i-plainly-visible");
            assert!(!found, "{}", path.display());
        }
    }
}
