//! A workspace file with a bill in it, and raw hands on the file for those who tamper.
#![expect(dead_code, reason = "each test program uses a part of it")]

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::json;
use tallyport_ledger::{
    ChargeCategory, ChargeClass, Currency, Exact, Line, LoadError, Name, RollUp, SourceKind,
};
use tallyport_store::keys::{Envelope, WorkspaceId, envelope_path};
use tallyport_store::{
    AuditLine, DataKey, Mode, NewWorkspace, Source, Store, StoreError, VersionQuery, Writes,
};

const KEY: [u8; 32] = [0xa7; 32];
const ID: [u8; 16] = [3; 16];

pub fn key() -> DataKey {
    DataKey::from_bytes(KEY)
}

pub fn now() -> Timestamp {
    "2026-11-22T08:00:00Z".parse().unwrap()
}

/// How often a fault is tried: the short form, or what the variable of a long run says.
#[expect(
    clippy::disallowed_methods,
    reason = "a test is the top of its program"
)]
pub fn count(variable: &str, short: usize) -> usize {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(short)
}

/// Numbers that look random and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % below.max(1)
    }
}

/// A new workspace at `folder`, with its key file.
pub fn create(folder: &Path) -> Store {
    let path = folder.join("books.tally");
    Envelope::demo(WorkspaceId(ID), &key())
        .write(&envelope_path(&path))
        .unwrap();
    let new = NewWorkspace {
        id: ID,
        name: "Books".to_owned(),
        demo: true,
        created_at: now(),
    };
    Store::create(&path, &new, &key()).unwrap()
}

/// Loads a bill of `resources` × 28 days.
pub async fn fill(store: &Store, resources: u64) {
    store.write(move |w| bill(w, resources)).await.unwrap();
}

fn bill(w: &mut Writes<'_>, resources: u64) -> Result<(), StoreError> {
    let client = w.add_client(&Name::parse("Harbour").unwrap())?;
    let mut roll_up = RollUp::new();
    let mut number = 0;
    for resource in 0..resources {
        for day in 1..=28_i8 {
            number += 1;
            add(&mut roll_up, resource, day, number).unwrap();
        }
    }
    let load = roll_up.finish().unwrap();
    let source = Source {
        kind: SourceKind::Focus,
        format: "FOCUS 1.0".to_owned(),
        file_name: Some("bill.csv".to_owned()),
        hash: Some([1; 32]),
        loaded_at: now(),
        notes: Vec::new(),
        skipped_rows: Vec::new(),
        skipped_count: 0,
        files: Vec::new(),
    };
    w.load(
        &|_| Some(client),
        &load,
        &source,
        Mode::Replace,
        &mut |_| ControlFlow::Continue(()),
    )?;
    Ok(())
}

fn add(roll_up: &mut RollUp, resource: u64, day: i8, number: u64) -> Result<(), LoadError> {
    let id = format!("arn:aws:ec2:eu-west-1:444455556666:instance/i-{resource:017x}");
    let owner = format!("person {}", resource % 9);
    let tags = roll_up.tags::<LoadError>(&owner, |owner| {
        Ok([("owner".to_owned(), owner.to_owned())]
            .into_iter()
            .collect())
    })?;
    let cost = Exact::from_nanos(i128::from(resource * 1_000_003 + number * 17 + 1)).unwrap();
    roll_up.add(&Line {
        period: "2026-10".parse().unwrap(),
        billing_account: "111122223333",
        billing_account_name: "",
        sub_account: "444455556666",
        sub_account_name: "",
        provider: "AWS",
        service: "Amazon EC2",
        service_category: "Compute",
        region: "eu-west-1",
        sku: "BoxUsage",
        description: "",
        resource: &id,
        resource_name: "",
        tags,
        category: ChargeCategory::Usage,
        class: ChargeClass::Regular,
        day: jiff::civil::date(2026, 10, day),
        last_day: None,
        currency: Currency::USD,
        billed: cost,
        effective: cost,
        list: cost,
        contracted: cost,
        quantity: cost,
        unit: "Hrs",
        number,
        invoice: "",
        invoiced: true,
        estimated: false,
    })
}

/// Appends a line to the audit trail.
pub fn note(w: &mut Writes<'_>, number: usize) -> Result<(), StoreError> {
    w.audit(&AuditLine {
        at: now(),
        actor: "ada",
        action: "test.noted",
        subject: &number.to_string(),
        details: &json!({ "number": number, "text": "a\r\nb" }),
    })
}

/// Everything that a screen would show of the sums.
pub async fn totals(store: &Store) -> Result<String, StoreError> {
    store
        .read(|r| {
            let mut shown = String::new();
            for version in r.versions(VersionQuery::default())? {
                shown.push_str(&format!("{} {:?};", version.period, version.totals));
            }
            let check = r.checks()?;
            let wrong: Vec<_> = check.iter().filter(|c| !c.ok).map(|c| &c.detail).collect();
            if !wrong.is_empty() {
                return Err(StoreError::Damaged(format!("{wrong:?}")));
            }
            Ok(shown)
        })
        .await
}

/// Opens the file past the program, as somebody with the key and a tool could.
pub fn raw(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    let hex: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    connection
        .pragma_update(None, "key", ["x'", &hex, "'"].concat())
        .unwrap();
    connection
}

/// Copies a workspace with what lies beside it, as it is at this moment.
pub fn copy(from: &Path, folder: &Path, with_log: bool) -> PathBuf {
    let to = folder.join("copy.tally");
    for end in ["", "-wal"] {
        let with = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(end);
            PathBuf::from(name)
        };
        drop(std::fs::remove_file(with(&to)));
        if with(from).exists() && (end.is_empty() || with_log) {
            std::fs::copy(with(from), with(&to)).unwrap();
        }
    }
    let mut shared = to.as_os_str().to_owned();
    shared.push("-shm");
    drop(std::fs::remove_file(PathBuf::from(shared)));
    to
}
