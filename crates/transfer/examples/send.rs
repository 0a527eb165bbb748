//! Sends files and folders into a bucket, with a journal, and prints what came of it as lines of JSON.
//!
//! `send ENDPOINT BUCKET PREFIX WORKSPACE PATH… [--progress] [--cancel] [--on-clash ANSWER] [--fetch FOLDER]
//! [--no-receipts]`
//!
//! Started again with the same WORKSPACE it goes on with what is open there, and begins something new only
//! if nothing is; with no PATH it makes the workspace and nothing else. With `--fetch` each PATH is a key, or
//! a prefix that ends with a slash.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "this is a top of a program of its own: time, environment and words begin and end here"
)]

use std::collections::hash_map::RandomState;
use std::error::Error;
use std::hash::{BuildHasher, Hasher};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_s3::config::{Credentials, SharedCredentialsProvider};
use jiff::Timestamp;
use serde_json::json;
use tallyport_ledger::transfer::{FileState, OnClash, TransferPriority, TransferState};
use tallyport_store::{DataKey, NewWorkspace, Store, TransferId, TransferQuery};
use tallyport_transfer::{DownloadAsk, Ended, Engine, Progress, Random, Target, UploadAsk, Wanted};

struct Asked {
    endpoint: String,
    to: Target,
    workspace: PathBuf,
    paths: Vec<String>,
    progress: bool,
    cancel: bool,
    receipts: bool,
    on_clash: OnClash,
    fetch: Option<PathBuf>,
}

fn read_arguments() -> Result<Asked, Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let mut next = |what: &str| words.next().ok_or_else(|| format!("{what} is missing"));
    let endpoint = next("ENDPOINT")?;
    let (bucket, prefix) = (next("BUCKET")?, next("PREFIX")?);
    let mut asked = Asked {
        endpoint,
        to: Target {
            bucket,
            prefix,
            region: None,
            key_id: None,
        },
        workspace: next("WORKSPACE")?.into(),
        paths: Vec::new(),
        progress: false,
        cancel: false,
        receipts: true,
        on_clash: OnClash::Ask,
        fetch: None,
    };
    while let Some(word) = words.next() {
        match word.as_str() {
            "--progress" => asked.progress = true,
            "--cancel" => asked.cancel = true,
            "--no-receipts" => asked.receipts = false,
            "--on-clash" => asked.on_clash = words.next().unwrap_or_default().parse()?,
            "--fetch" => asked.fetch = words.next().map(PathBuf::from),
            _ => asked.paths.push(word),
        }
    }
    Ok(asked)
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let asked = read_arguments()?;
    let store = open(&asked.workspace)?;
    let random: Random = Arc::new(|bytes| {
        for chunk in bytes.chunks_mut(8) {
            let number = RandomState::new().build_hasher().finish();
            chunk.copy_from_slice(&number.to_ne_bytes()[..chunk.len()]);
        }
    });
    let engine = Engine::new(store.clone(), Arc::new(Timestamp::now), random);
    let query = TransferQuery {
        open_only: true,
        limit: 1_000,
        ..TransferQuery::default()
    };
    let mut ids: Vec<TransferId> = Vec::new();
    for open in store.read(move |ledger| ledger.transfers(&query)).await? {
        if open.state == TransferState::Paused {
            engine.resume(open.id).await?;
        }
        ids.push(open.id);
    }
    if ids.is_empty() && !asked.cancel && !asked.paths.is_empty() {
        ids.push(begin(&engine, &asked).await?);
    }
    ids.reverse();
    let config = config(&asked.endpoint);
    let mut all_done = true;
    for id in ids {
        if asked.cancel {
            engine.cancel(id).await?;
        }
        let began = Instant::now();
        let mut told = 0;
        let ended = engine
            .run(id, &config, "send", |progress| {
                let at = began.elapsed();
                if asked.progress && at.as_secs() >= told {
                    told = at.as_secs() + 1;
                    show(at.as_millis(), progress);
                }
            })
            .await?;
        all_done &= ended.state == TransferState::Done;
        if asked.receipts {
            show_receipts(&store, id).await?;
        }
        report(&store, id, &ended).await?;
    }
    Ok(if all_done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn open(path: &Path) -> Result<Store, Box<dyn Error>> {
    let key = DataKey::from_bytes([7; 32]);
    if path.exists() {
        return Ok(Store::open(path, &key)?);
    }
    let new = NewWorkspace {
        id: [1; 16],
        name: "Transfers".to_owned(),
        demo: false,
        created_at: Timestamp::now(),
    };
    Ok(Store::create(path, &new, &key)?)
}

fn config(endpoint: &str) -> SdkConfig {
    let word = |name, usual: &str| std::env::var(name).unwrap_or_else(|_| usual.to_owned());
    let credentials = Credentials::new(
        word("AWS_ACCESS_KEY_ID", "AKIASANDBOXDEMO00001"),
        word("AWS_SECRET_ACCESS_KEY", "demo-data-not-a-secret"),
        std::env::var("AWS_SESSION_TOKEN").ok(),
        None,
        "environment",
    );
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(endpoint)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build()
}

async fn begin(engine: &Engine, asked: &Asked) -> Result<TransferId, Box<dyn Error>> {
    let (title, scope, by) = ("Files".to_owned(), String::new(), "somebody".to_owned());
    let (on_clash, priority, limit) = (asked.on_clash, TransferPriority::Usual, None);
    if let Some(into) = &asked.fetch {
        let wanted = asked.paths.iter().map(|key| {
            if key.ends_with('/') {
                Wanted::Folder(key.clone())
            } else {
                Wanted::File(key.clone())
            }
        });
        let ask = DownloadAsk {
            title,
            scope,
            by,
            from: asked.to.clone(),
            wanted: wanted.collect(),
            into: std::path::absolute(into)?,
            on_clash,
            priority,
            limit,
        };
        return Ok(engine.begin_download(ask).await?);
    }
    let sources = asked.paths.iter().map(std::path::absolute);
    let ask = UploadAsk {
        title,
        scope,
        by,
        sources: sources.collect::<Result<_, _>>()?,
        to: asked.to.clone(),
        on_clash,
        priority,
        limit,
    };
    Ok(engine.begin_upload(ask).await?)
}

fn show(millis: u128, progress: &Progress) {
    let line = json!({
        "at": format!("{}.{:03}", millis / 1_000, millis % 1_000)
            .parse::<serde_json::Number>()
            .ok(),
        "read": progress.read,
        "sent": progress.sent,
        "confirmed": progress.confirmed,
        "total": progress.total,
        "eta_seconds": progress.eta_seconds,
        "lanes": progress.lanes,
        "message": progress.message,
    });
    println!("{line}");
}

async fn show_receipts(store: &Store, id: TransferId) -> Result<(), Box<dyn Error>> {
    let mut after = None;
    loop {
        let receipts = store
            .read(move |ledger| ledger.receipts(id, after, 1_000))
            .await?;
        let Some(last) = receipts.last() else {
            return Ok(());
        };
        after = Some(last.file);
        let mut out = BufWriter::new(std::io::stdout().lock());
        for receipt in receipts {
            let line = json!({ "receipt": {
                "key": receipt.key,
                "bytes": receipt.bytes,
                "crc64nvme": receipt.crc64nvme,
                "sha256": receipt.sha256,
                "path": receipt.path,
            }});
            writeln!(out, "{line}")?;
        }
        out.flush()?;
    }
}

async fn report(store: &Store, id: TransferId, ended: &Ended) -> Result<(), Box<dyn Error>> {
    let mut problems = Vec::new();
    for state in [FileState::Failed, FileState::Skipped, FileState::Clash] {
        let files = store
            .read(move |ledger| ledger.transfer_files(id, Some(state), None, 1_000))
            .await?;
        for file in files {
            let (code, text) = file.problem.unwrap_or_default();
            problems.push(json!({
                "path": file.path,
                "key": file.key,
                "state": state.word(),
                "code": code,
                "text": text,
            }));
        }
    }
    let line = json!({ "ended": {
        "state": ended.state.word(),
        "files": ended.files,
        "files_done": ended.files_done,
        "files_failed": ended.files_failed,
        "files_skipped": ended.files_skipped,
        "clashes": ended.clashes,
        "reason": ended.reason.as_ref().map(|reason| &reason.said),
        "problems": problems,
    }});
    println!("{line}");
    Ok(())
}
