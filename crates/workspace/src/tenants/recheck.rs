//! Whether what receipts prove still holds: the store is asked, nothing is fetched.

use std::sync::Arc;

use serde_json::{Value, json};
use tallyport_ledger::ManageTenants;
use tallyport_store::{Job, Receipt, Transfer, TransferFileId, TransferId};
pub use tallyport_transfer::Recheck;
use tallyport_transfer::Rechecker;
use tokio::task::JoinSet;

use super::{target, tenant_of};
use crate::jobs::JobHandle;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

const JOB: &str = "transfer-recheck";
/// Receipts read at a time, and asked about at the same time.
const PAGE: u32 = 1_000;
const ABREAST: usize = 16;
/// So many of those that are not as they were are told one by one.
const TOLD: usize = 100;

/// Begins to ask the store about every file of a transfer that arrived; the job's result says what came of it.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn recheck(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TransferId,
) -> Result<Job, WorkspaceError> {
    let (transfer, rechecker) = open(cx, id).await?;
    let title = format!("Check again: {}", transfer.title);
    let trail = Trail::of(cx, by);
    let (jobs, cx) = (cx.jobs.clone(), cx.clone());
    jobs.start(by.name(), JOB, title, "files", move |job| async move {
        let found = check_all(&cx, &transfer, Arc::new(rechecker), &job).await?;
        let told = found.told(id);
        let details = told.clone();
        cx.store
            .write(move |w| trail.keep(w, "transfer.rechecked", &transfer.title, &details))
            .await?;
        Ok(told)
    })
    .await
}

/// Asks the store about one file that arrived.
///
/// # Errors
/// [`WorkspaceError::NotFound`], also where that file has no receipt.
pub async fn recheck_file(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TransferId,
    file: TransferFileId,
) -> Result<Recheck, WorkspaceError> {
    let (_, rechecker) = open(cx, id).await?;
    let found = cx.store.read(move |r| {
        let before = TransferFileId(file.0.saturating_sub(1));
        Ok::<_, WorkspaceError>(r.receipts(id, Some(before), 1)?)
    });
    match found.await?.first() {
        Some(receipt) if receipt.file == file => Ok(rechecker.check(receipt).await),
        _ => Err(WorkspaceError::NotFound {
            what: "receipt of a file",
            name: file.to_string(),
        }),
    }
}

async fn open(cx: &Context, id: TransferId) -> Result<(Transfer, Rechecker), WorkspaceError> {
    let transfer = cx.store.read(move |r| r.transfer(id)).await?;
    let tenant = tenant_of(&transfer.scope)
        .ok_or_else(|| WorkspaceError::Fault("a transfer of nobody's".to_owned()))?;
    let site = target(cx, tenant).await?.site(cx).await?;
    let region = transfer.region.as_deref();
    let rechecker = Rechecker::new(site.config(), &transfer.bucket, region);
    Ok((transfer, rechecker))
}

/// What came of asking.
#[derive(Default)]
struct Found {
    same: u64,
    superseded: u64,
    different: u64,
    gone: u64,
    unknown: u64,
    /// The first of those that are not as they were.
    findings: Vec<Value>,
}

async fn check_all(
    cx: &Context,
    transfer: &Transfer,
    rechecker: Arc<Rechecker>,
    job: &JobHandle,
) -> Result<Found, WorkspaceError> {
    let (id, mut after, mut found) = (transfer.id, None, Found::default());
    loop {
        let page = cx.store.read(move |r| r.receipts(id, after, PAGE)).await?;
        let Some(last) = page.last() else {
            return Ok(found);
        };
        after = Some(last.file);
        let mut left = page.into_iter();
        let mut asked = JoinSet::new();
        loop {
            while asked.len() < ABREAST
                && let Some(receipt) = left.next()
            {
                let rechecker = Arc::clone(&rechecker);
                asked.spawn(async move { (rechecker.check(&receipt).await, receipt) });
            }
            let Some(answer) = asked.join_next().await else {
                break;
            };
            let (outcome, receipt) =
                answer.map_err(|error| WorkspaceError::Fault(error.to_string()))?;
            found.take(&outcome, &receipt);
            let told = job.progress(found.asked(), transfer.done, &receipt.path);
            if told.is_break() {
                return Err(WorkspaceError::Cancelled);
            }
        }
    }
}

impl Found {
    const fn asked(&self) -> u64 {
        self.same + self.superseded + self.different + self.gone + self.unknown
    }

    fn take(&mut self, outcome: &Recheck, receipt: &Receipt) {
        let (word, what) = outcome.told();
        *match outcome {
            Recheck::Same => &mut self.same,
            Recheck::Superseded { .. } => &mut self.superseded,
            Recheck::Different { .. } => &mut self.different,
            Recheck::Gone => &mut self.gone,
            Recheck::Unknown { .. } => &mut self.unknown,
        } += 1;
        if *outcome != Recheck::Same && self.findings.len() < TOLD {
            self.findings.push(json!({
                "file": receipt.file.0, "path": receipt.path, "key": receipt.key,
                "outcome": word, "what": what,
            }));
        }
    }

    fn told(&self, id: TransferId) -> Value {
        json!({
            "transfer": id.0, "asked": self.asked(), "same": self.same,
            "superseded": self.superseded, "different": self.different,
            "gone": self.gone, "unknown": self.unknown, "findings": self.findings,
        })
    }
}
