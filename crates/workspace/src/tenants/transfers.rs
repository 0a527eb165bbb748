//! Files on their way to and from tenants' places. The engine moves them, as the journal in the workspace file
//! says; here is who may ask, where they go, and that what was interrupted goes on.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tallyport_aws::tenants::files::price_of_writes;
use tallyport_ledger::tenant::TenantId;
use tallyport_ledger::transfer::{FileState, OnClash, TransferPriority, TransferState};
use tallyport_ledger::{ManageTenants, Money};
use tallyport_store::{Store, Transfer, TransferFile, TransferFileId, TransferId, TransferQuery};
pub use tallyport_transfer::{Clash, Finding, Landing, Preflight, Weight};
use tallyport_transfer::{DownloadAsk, Ended, Engine, TransferError, UploadAsk, Wanted};

use super::{Target, facts, limits, target};
use crate::jobs::JobHandle;
use crate::trail::Trail;
use crate::{Clock, Context, Grant, Random, WorkspaceError};

/// The kind of jobs that move files.
const JOB: &str = "transfer";
/// So many transfers one list has.
const LISTED: u32 = 200;
/// So many files of a transfer one list has.
const FILES_LISTED: u32 = 1_000;

/// What moves files, and what it is at in this process.
#[derive(Clone)]
pub struct Transfers {
    pub(super) engine: Engine,
    running: Arc<Mutex<BTreeSet<TransferId>>>,
}

/// How files are to be moved.
#[derive(Debug, Clone, Copy)]
pub struct Moving {
    /// What is done where something else is in the way.
    pub on_clash: OnClash,
    /// Whose turn it is.
    pub priority: TransferPriority,
    /// At most so many bytes a second.
    pub limit: Option<u64>,
}

impl Transfers {
    /// Over the journal of an open workspace.
    #[must_use]
    pub fn new(store: Store, clock: Clock, random: Random) -> Self {
        Self {
            engine: Engine::new(store, clock, random),
            running: Arc::default(),
        }
    }

    /// Says that this process is at a transfer, until what is answered is dropped; nothing if it is already.
    fn hold(&self, id: TransferId) -> Option<Held> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.insert(id).then(|| Held(self.clone(), id))
    }
}

struct Held(Transfers, TransferId);

impl Drop for Held {
    fn drop(&mut self) {
        let mut running = self
            .0
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        running.remove(&self.1);
    }
}

/// Writes down what is to be sent to a tenant, into one of its folders, and begins to send it.
///
/// # Errors
/// It is not set up; a limit has stopped writing; the folder cannot be.
pub async fn upload(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    sources: Vec<PathBuf>,
    to: &str,
    moving: Moving,
) -> Result<Transfer, WorkspaceError> {
    let target = target(cx, id).await?.set_up()?;
    if target.stored.stopped {
        return Err(WorkspaceError::Conflict {
            code: "tenant.quota",
            reason: format!(
                "{} has reached its quota, which stops writing",
                target.tenant().name
            ),
            hint: Some("Raise the quota, or delete files.".to_owned()),
        });
    }
    limits::check_limit(moving.limit)?;
    let folder = folder(to)?;
    let place = &target.tenant().place;
    let count = sources.len();
    let name = |path: &PathBuf| {
        path.file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    let title = match sources.as_slice() {
        [only] => name(only).unwrap_or_else(|| only.display().to_string()),
        _ => format!("{count} files and folders"),
    };
    let ask = UploadAsk {
        title: format!("{title} to {}", target.tenant().name),
        scope: scope(id),
        by: by.name().to_owned(),
        sources,
        to: at(&target, place.key(&folder)),
        on_clash: moving.on_clash,
        priority: moving.priority,
        limit: moving.limit,
    };
    let details = json!({ "tenant": id.0, "to": folder, "sources": count });
    let begun = cx.transfers.engine.begin_upload(ask).await?;
    begin(cx, by, begun, "transfer.upload-begun", details).await
}

/// What sending files would come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedAhead {
    /// What was found.
    pub found: Preflight,
    /// About what its requests cost.
    pub price: Money,
}

/// Looks at what is to be sent to a tenant before anything is written down: where it would land, what is in the
/// way, what will not go, and whether there is room.
///
/// # Errors
/// It is not set up; the folder cannot be.
pub async fn look_ahead(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TenantId,
    sources: &[PathBuf],
    to: &str,
) -> Result<LookedAhead, WorkspaceError> {
    let target = target(cx, id).await?.set_up()?;
    let site = target.site(cx).await?;
    let to = at(&target, target.tenant().place.key(&folder(to)?));
    let today = cx.today();
    let used = cx
        .store
        .read(move |r| facts(r, r.tenant(id)?, today))
        .await?
        .stored_bytes;
    let quota = &target.tenant().quota;
    let limit = quota.stored_bytes().filter(|_| quota.stop());
    let left = limit.map(|limit| limit.saturating_sub(used));
    let found = tallyport_transfer::preflight(site.config(), sources, &to, left, &cx.random).await;
    Ok(LookedAhead {
        price: price_of_writes(found.requests),
        found,
    })
}

/// Writes down what is to be fetched from a tenant, and begins to fetch it. A path that ends with `/` is a
/// folder; an empty one is everything.
///
/// # Errors
/// It is not set up.
pub async fn download(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    paths: &[String],
    into: PathBuf,
    moving: Moving,
) -> Result<Transfer, WorkspaceError> {
    limits::check_limit(moving.limit)?;
    let target = target(cx, id).await?.set_up()?;
    let place = &target.tenant().place;
    let wanted = paths
        .iter()
        .map(|path| match path.is_empty() || path.ends_with('/') {
            true => Wanted::Folder(place.key(path)),
            false => Wanted::File(place.key(path)),
        })
        .collect();
    let title = match paths {
        [only] if !only.is_empty() => only.clone(),
        [_] => "everything".to_owned(),
        several => format!("{} files and folders", several.len()),
    };
    let ask = DownloadAsk {
        title: format!("{title} from {}", target.tenant().name),
        scope: scope(id),
        by: by.name().to_owned(),
        from: at(&target, place.prefix.to_string()),
        wanted,
        into,
        on_clash: moving.on_clash,
        priority: moving.priority,
        limit: moving.limit,
    };
    let details = json!({ "tenant": id.0, "paths": paths });
    let begun = cx.transfers.engine.begin_download(ask).await?;
    begin(cx, by, begun, "transfer.download-begun", details).await
}

/// Which transfers a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that nobody cleared.
    Listed,
    /// Of these, those that have not ended.
    Open,
    /// Those that were cleared, whose receipts are kept.
    Cleared,
}

/// Transfers, the newest first: of one tenant or of all.
///
/// # Errors
/// The workspace file's.
pub async fn transfers(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    of: Option<TenantId>,
    which: Which,
) -> Result<Vec<Transfer>, WorkspaceError> {
    let query = TransferQuery {
        scope: of.map(scope),
        open_only: which == Which::Open,
        cleared: which == Which::Cleared,
        before: None,
        limit: LISTED,
    };
    cx.store.read(move |r| Ok(r.transfers(&query)?)).await
}

/// One transfer.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn transfer(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TransferId,
) -> Result<Transfer, WorkspaceError> {
    cx.store.read(move |r| Ok(r.transfer(id)?)).await
}

/// Files of a transfer and how each stands, after one of them: in one state or in any.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn transfer_files(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TransferId,
    state: Option<FileState>,
    after: Option<TransferFileId>,
) -> Result<Vec<TransferFile>, WorkspaceError> {
    cx.store
        .read(move |r| {
            r.transfer(id)?;
            Ok(r.transfer_files(id, state, after, FILES_LISTED)?)
        })
        .await
}

/// Goes on with what a program that died, or a line that broke, left half way. To be called now and then.
///
/// # Errors
/// The workspace file's.
pub async fn go_on(cx: &Context) -> Result<(), WorkspaceError> {
    limits::follow(cx).await?;
    let query = TransferQuery {
        open_only: true,
        limit: LISTED,
        ..TransferQuery::default()
    };
    let open = cx.store.read(move |r| r.transfers(&query)).await?;
    for transfer in open {
        let nobody = match &transfer.process {
            // Whoever wrote it down is about to begin it.
            None => false,
            Some(process) => !cx.jobs.is_alive(process),
        };
        // What a person paused has no reason; what stopped by itself does, and that may have passed.
        let stopped = transfer.state == TransferState::Paused && transfer.problem.is_some();
        if nobody && transfer.state != TransferState::Paused || stopped {
            let by = transfer.started_by.clone();
            start(cx, &by, transfer).await?;
        }
    }
    Ok(())
}

/// Notes in the audit trail what was asked, and sees that somebody is at the transfer.
async fn begin(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TransferId,
    action: &'static str,
    mut details: Value,
) -> Result<Transfer, WorkspaceError> {
    let trail = Trail::of(cx, by);
    details["id"] = json!(id.0);
    let transfer = cx
        .store
        .write(move |w| {
            let transfer = w.transfer(id)?;
            trail.keep(w, action, &transfer.title, &details)?;
            Ok::<_, WorkspaceError>(transfer)
        })
        .await?;
    start(cx, by.name(), transfer.clone()).await?;
    Ok(transfer)
}

/// Begins to move files, unless this process or another that is alive is at it.
pub(super) async fn start(
    cx: &Context,
    by: &str,
    transfer: Transfer,
) -> Result<(), WorkspaceError> {
    let id = transfer.id;
    let elsewhere = transfer.state == TransferState::Running
        && transfer
            .process
            .as_deref()
            .is_some_and(|process| process != cx.jobs.process() && cx.jobs.is_alive(process));
    if elsewhere {
        return Ok(());
    }
    let Some(held) = cx.transfers.hold(id) else {
        return Ok(());
    };
    limits::follow(cx).await?;
    let (jobs, cx, title) = (cx.jobs.clone(), cx.clone(), transfer.title.clone());
    jobs.start(by, JOB, title, "bytes", move |job| async move {
        let moved = run(&cx, &transfer, &job).await;
        drop(held);
        moved
    })
    .await?;
    Ok(())
}

async fn run(cx: &Context, transfer: &Transfer, job: &JobHandle) -> Result<Value, WorkspaceError> {
    let id = transfer.id;
    let tenant = tenant_of(&transfer.scope)
        .ok_or_else(|| WorkspaceError::Fault("a transfer of nobody's".to_owned()))?;
    let site = target(cx, tenant).await?.site(cx).await?;
    let engine = &cx.transfers.engine;
    let stopping = AtomicBool::new(false);
    let (asked, mut stop) = tokio::sync::mpsc::channel(1);
    let moving = engine.run(id, site.config(), cx.jobs.process(), |now| {
        let told = job.progress(now.confirmed, now.total, &now.message);
        // Cancelling the job cancels the transfer: the journal is told, and the engine follows it.
        if told.is_break() && !stopping.swap(true, Ordering::Relaxed) {
            let _ = asked.try_send(());
        }
    });
    tokio::pin!(moving);
    let ended = loop {
        tokio::select! {
            ended = &mut moving => break ended?,
            Some(()) = stop.recv() => engine.cancel(id).await?,
        }
    };
    let Ended {
        state,
        files,
        files_done,
        files_failed,
        files_skipped,
        clashes,
        bytes,
        reason,
    } = ended;
    if stopping.load(Ordering::Relaxed) && state == TransferState::Cancelled {
        return Err(WorkspaceError::Cancelled);
    }
    Ok(json!({
        "transfer": id.0, "state": state.word(), "files": files, "files_done": files_done,
        "files_failed": files_failed, "files_skipped": files_skipped, "clashes": clashes, "bytes": bytes,
        "reason": reason.map(|reason| reason.said),
    }))
}

pub(crate) fn scope(id: TenantId) -> String {
    format!("tenant:{id}")
}

/// The tenant whose a transfer is, by the words that it carries.
#[must_use]
pub fn tenant_of(scope: &str) -> Option<TenantId> {
    let number = scope.strip_prefix("tenant:")?.parse().ok()?;
    Some(TenantId(number))
}

fn at(target: &Target, prefix: String) -> tallyport_transfer::Target {
    tallyport_transfer::Target {
        bucket: target.tenant().place.bucket.to_string(),
        prefix,
        region: None,
        key_id: target.made.key.clone(),
    }
}

/// A folder of a tenant: nothing, or names each followed by `/`.
fn folder(text: &str) -> Result<String, WorkspaceError> {
    let inner = text.trim_matches('/');
    if inner
        .split('/')
        .any(|name| matches!(name, "." | "..") || (name.is_empty() && !inner.is_empty()))
    {
        return Err(WorkspaceError::invalid(
            "to",
            "a folder of the tenant is expected, such as invoices/2026/",
        ));
    }
    Ok(if inner.is_empty() {
        String::new()
    } else {
        format!("{inner}/")
    })
}

impl From<TransferError> for WorkspaceError {
    fn from(error: TransferError) -> Self {
        match error {
            TransferError::Store(error) => error.into(),
            TransferError::Asked(problem) => Self::invalid("transfer", problem.said),
        }
    }
}
