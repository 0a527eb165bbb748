//! A workspace, a sandbox and an engine between them.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use aws_sdk_s3::Client;
use jiff::Timestamp;
use jiff::civil::date;
use tallyport_ledger::transfer::{FileState, OnClash, TransferPriority};
use tallyport_sandbox::{Sandbox, SandboxOptions};
use tallyport_store::{DataKey, NewWorkspace, Receipt, Store, TransferFile, TransferId};
use tallyport_transfer::{DownloadAsk, Ended, Engine, Random, Target, UploadAsk, Wanted};

pub const BUCKET: &str = "arrivals";

pub struct Desk {
    pub folder: tempfile::TempDir,
    pub sandbox: Sandbox,
    pub store: Store,
    pub engine: Engine,
    pub client: Client,
}

pub async fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::open(SandboxOptions {
        folder: folder.path().join("sandbox"),
        today: date(2026, 11, 21),
        seed: 7,
    })
    .unwrap();
    let new = NewWorkspace {
        id: [1; 16],
        name: "Transfers".to_owned(),
        demo: true,
        created_at: Timestamp::UNIX_EPOCH,
    };
    let store = Store::create(
        &folder.path().join("workspace"),
        &new,
        &DataKey::from_bytes([7; 32]),
    )
    .unwrap();
    let client = Client::new(&sandbox.sdk_config());
    client.create_bucket().bucket(BUCKET).send().await.unwrap();
    let engine = engine(&store);
    Desk {
        folder,
        sandbox,
        store,
        engine,
        client,
    }
}

/// As after a start of the program: lanes and limits are forgotten, the journal is not.
pub fn engine(store: &Store) -> Engine {
    patient(store, Duration::from_secs(20))
}

/// One that waits so long for a store that is silent.
pub fn patient(store: &Store, patience: Duration) -> Engine {
    let clock = || date(2026, 11, 21).at(9, 0, 0, 0);
    let now = move || {
        let zoned = clock().to_zoned(jiff::tz::TimeZone::UTC);
        zoned.unwrap().timestamp()
    };
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let random: Random = Arc::new(|bytes| {
        let number = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        for (byte, digit) in bytes.iter_mut().rev().zip(number.iter().rev()) {
            *byte = *digit;
        }
    });
    Engine::with_patience(store.clone(), Arc::new(now), random, patience)
}

/// Bytes that repeat late, so that parts differ.
pub fn bytes(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

pub fn target() -> Target {
    Target {
        bucket: BUCKET.to_owned(),
        prefix: "tenant/".to_owned(),
        region: None,
        key_id: None,
    }
}

impl Desk {
    pub fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join("here").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    pub async fn begin(&self, sources: &[PathBuf], on_clash: OnClash) -> TransferId {
        let ask = UploadAsk {
            title: "Files".to_owned(),
            scope: "tenant 1".to_owned(),
            by: "somebody".to_owned(),
            sources: sources.to_vec(),
            to: target(),
            on_clash,
            priority: TransferPriority::Usual,
            limit: None,
        };
        self.engine.begin_upload(ask).await.unwrap()
    }

    pub async fn fetch(&self, wanted: &[Wanted], into: &str, on_clash: OnClash) -> TransferId {
        let ask = DownloadAsk {
            title: "Files".to_owned(),
            scope: "tenant 1".to_owned(),
            by: "somebody".to_owned(),
            from: target(),
            wanted: wanted.to_vec(),
            into: self.folder.path().join(into),
            on_clash,
            priority: TransferPriority::Usual,
            limit: None,
        };
        self.engine.begin_download(ask).await.unwrap()
    }

    pub async fn run(&self, id: TransferId) -> Ended {
        let config = self.sandbox.sdk_config();
        let run = self.engine.run(id, &config, "test", |_| {});
        tokio::time::timeout(Duration::from_secs(60), run)
            .await
            .expect("a run ends")
            .unwrap()
    }

    pub async fn send(&self, sources: &[PathBuf], on_clash: OnClash) -> (TransferId, Ended) {
        let id = self.begin(sources, on_clash).await;
        (id, self.run(id).await)
    }

    pub async fn receipts(&self, id: TransferId) -> Vec<Receipt> {
        let read = self
            .store
            .read(move |ledger| ledger.receipts(id, None, 10_000));
        read.await.unwrap()
    }

    pub async fn files(&self, id: TransferId, state: FileState) -> Vec<TransferFile> {
        let read = self
            .store
            .read(move |ledger| ledger.transfer_files(id, Some(state), None, 10_000));
        read.await.unwrap()
    }

    /// The stable words of what became of the files in a state.
    pub async fn problems(&self, id: TransferId, state: FileState) -> Vec<(String, String)> {
        let files = self.files(id, state).await.into_iter();
        files
            .map(|file| (file.path, file.problem.unwrap_or_default().0))
            .collect()
    }

    pub async fn put(&self, key: &str, content: &[u8]) {
        let put = self.client.put_object().bucket(BUCKET).key(key);
        put.body(content.to_vec().into()).send().await.unwrap();
    }

    pub async fn stored(&self, key: &str) -> Option<Vec<u8>> {
        let get = self.client.get_object().bucket(BUCKET).key(key).send();
        let body = get.await.ok()?.body.collect().await.unwrap();
        Some(body.into_bytes().to_vec())
    }

    pub async fn keys(&self) -> Vec<String> {
        let list = self.client.list_objects_v2().bucket(BUCKET).send();
        let objects = list.await.unwrap().contents.unwrap_or_default();
        objects
            .into_iter()
            .filter_map(|object| object.key)
            .collect()
    }

    /// Lets the bucket keep what is replaced or deleted.
    pub async fn keep_versions(&self) {
        use aws_sdk_s3::types::{BucketVersioningStatus, VersioningConfiguration};
        let on = VersioningConfiguration::builder()
            .status(BucketVersioningStatus::Enabled)
            .build();
        let set = self.client.put_bucket_versioning().bucket(BUCKET);
        set.versioning_configuration(on).send().await.unwrap();
    }

    /// Uploads in parts that were begun and have not ended.
    pub async fn left_over(&self) -> usize {
        let list = self.client.list_multipart_uploads().bucket(BUCKET).send();
        list.await.unwrap().uploads.unwrap_or_default().len()
    }

    pub fn asked(&self, operation: &str) -> u64 {
        self.sandbox.requests().of(operation)
    }
}
