//! Bills from files: read, told apart, loaded whole.

use std::ops::ControlFlow;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use tallyport_lake::{LakeError, Loaded, Options, Progress};
use tallyport_ledger::{BillingAccountId, Load, LoadCosts, Name};
use tallyport_store::{ClientId, Job, LoadedPeriod, Mode, SkippedRow, Source, SourceNote, Writes};

use crate::jobs::JobHandle;
use crate::loaded::results;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// A file to import.
#[derive(Debug, Clone)]
pub struct ImportAsk {
    /// Where it is.
    pub path: PathBuf,
    /// Its name for the record, if not that of the path.
    pub name: Option<String>,
    /// The client whose bill it is; made if there is none of that name.
    pub client: Option<String>,
    /// Keep what is loaded for the same billing period: the bill comes in parts.
    pub add: bool,
    /// Import the rest of a file that has bad rows.
    pub skip_bad_rows: bool,
    /// Whether the file is a copy in passing, to be deleted afterwards.
    pub passing: bool,
}

/// The name of the client that a first bill makes if nobody names one.
const FIRST_CLIENT: &str = "My organisation";

/// Begins to import a file and answers at once with the job.
///
/// # Errors
/// The job cannot be written down; what is wrong with the file, the job says.
pub async fn import(
    cx: &Context,
    by: &Grant<LoadCosts>,
    ask: ImportAsk,
) -> Result<Job, WorkspaceError> {
    let client = ask.client.as_deref().map(Name::parse).transpose()?;
    let name = file_name(&ask);
    let trail = Trail::of(cx, by);
    let loaded_at = cx.now();
    let store = cx.store.clone();
    cx.jobs
        .start(
            by.name(),
            "import",
            name.clone(),
            "bytes",
            move |job| async move {
                let told = job.clone();
                let read = tokio::task::spawn_blocking(move || read(&ask, loaded_at, &told));
                let (mut file, mode) = read
                    .await
                    .map_err(|error| WorkspaceError::Fault(error.to_string()))??;
                let total = file.bytes;
                file.file_name = name;
                store
                    .write(move |w| {
                        let load = std::mem::take(&mut file.load);
                        let source = source(&file, loaded_at);
                        let mut progress = |charges: u64| {
                            let message = format!("Writing: {charges} charges");
                            told_to(&job, total, total, &message)
                        };
                        let loaded = load_for(w, client, &load, &source, mode, &mut progress)?;
                        let result = report(w, &file, &loaded);
                        trail.keep(w, "import.done", &file.file_name, &result)?;
                        Ok(result)
                    })
                    .await
            },
        )
        .await
}

/// Loads for the named client, or for those to whom the billing accounts belong.
pub(crate) fn load_for(
    w: &mut Writes<'_>,
    client: Option<Name>,
    load: &Load,
    source: &Source,
    mode: Mode,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Vec<LoadedPeriod>, WorkspaceError> {
    let mut clients = Vec::new();
    let named = client.map(|name| named_client(w, &name)).transpose()?;
    for period in &load.periods {
        let account = &period.billing_account;
        let id = match (named, w.client_of_account(account)?) {
            (Some(id), _) | (None, Some(id)) => id,
            (None, None) => only_client(w, load)?,
        };
        clients.push((account.clone(), id));
    }
    let client_of = |account: &BillingAccountId| -> Option<ClientId> {
        let found = clients.iter().find(|(known, _)| known == account);
        found.map(|(_, id)| *id)
    };
    Ok(w.load(&client_of, load, source, mode, progress)?)
}

fn named_client(w: &mut Writes<'_>, name: &Name) -> Result<ClientId, WorkspaceError> {
    match w.client_named(name.as_str()) {
        Err(tallyport_store::StoreError::NotFound { .. }) => Ok(w.add_client(name)?),
        found => Ok(found?),
    }
}

/// The client of a bill for which nobody named one: the only one, or the first one.
fn only_client(w: &mut Writes<'_>, load: &Load) -> Result<ClientId, WorkspaceError> {
    let clients = w.clients(false)?;
    match clients.as_slice() {
        [] => {
            let mut names = load.periods.iter().map(|p| p.billing_account_name.clone());
            let first = names.next().flatten();
            let name = match first {
                Some(name) if names.all(|other| other.as_ref() == Some(&name)) => name,
                _ => Name::parse(FIRST_CLIENT)?,
            };
            Ok(w.add_client(&name)?)
        }
        [only] => Ok(only.id),
        several => Err(WorkspaceError::Conflict {
            code: "import.which-client",
            reason: "the bill is of a billing account that is not known yet, and there are \
                     several clients: say whose it is"
                .to_owned(),
            hint: Some(format!(
                "Name the client (--client NAME): {}.",
                several
                    .iter()
                    .map(|client| client.name.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            )),
        }),
    }
}

/// The last day that a bill can be of when it is read now: the end of next year. A later date is a
/// slip of the pen.
pub(crate) fn latest(now: Timestamp) -> Option<Date> {
    let year = now.to_zoned(TimeZone::UTC).year();
    Date::new(year.checked_add(1)?, 12, 31).ok()
}

fn read(
    ask: &ImportAsk,
    now: Timestamp,
    job: &JobHandle,
) -> Result<(Loaded, Mode), WorkspaceError> {
    let options = Options {
        skip_bad_rows: ask.skip_bad_rows,
        latest: latest(now),
    };
    let mut progress = |progress: Progress| {
        let message = format!("Reading: {} lines", progress.lines);
        told_to(job, progress.bytes_done, progress.bytes_total, &message)
    };
    let outcome = tallyport_lake::read_file(&ask.path, &options, &mut progress);
    if ask.passing
        && let Err(error) = std::fs::remove_file(&ask.path)
    {
        tracing::warn!(%error, "a file in passing could not be deleted");
    }
    let mode = if ask.add { Mode::Add } else { Mode::Replace };
    let name = file_name(ask);
    Ok((outcome.map_err(|error| known_as(error, name))?, mode))
}

/// A file in passing has a name of its own: errors speak of the one that people know.
fn known_as(mut error: LakeError, name: String) -> LakeError {
    match &mut error {
        LakeError::NotACostFile { file, .. }
        | LakeError::MissingColumns { file, .. }
        | LakeError::BadRows { file, .. }
        | LakeError::Unreadable { file, .. }
        | LakeError::Gzip { file, .. }
        | LakeError::Expansion { file, .. }
        | LakeError::NoRows { file }
        | LakeError::TooLarge { file, .. }
        | LakeError::Io { file, .. } => *file = name,
        LakeError::Set(_) | LakeError::Cancelled => {}
    }
    error
}

fn told_to(job: &JobHandle, done: u64, total: u64, message: &str) -> ControlFlow<()> {
    job.progress(done, total, message)
}

fn file_name(ask: &ImportAsk) -> String {
    let of_path = || {
        ask.path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    let name = ask.name.clone().or_else(of_path).unwrap_or_default();
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    if shown.is_empty() {
        "a file".to_owned()
    } else {
        shown
    }
}

fn source(file: &Loaded, loaded_at: jiff::Timestamp) -> Source {
    Source {
        kind: file.format.source(),
        format: file.format.to_string(),
        file_name: Some(file.file_name.clone()),
        sha256: Some(file.sha256),
        loaded_at,
        notes: file
            .notes
            .iter()
            .map(|note| SourceNote {
                code: note.code().to_owned(),
                text: note.to_string(),
            })
            .collect(),
        skipped_rows: file
            .bad_rows
            .iter()
            .map(|row| SkippedRow {
                line: row.line,
                column: row.column.clone(),
                reason: row.reason.clone(),
            })
            .collect(),
        skipped_count: file.bad_row_count,
        files: Vec::new(),
    }
}

/// The name of a client, for the record of what was loaded.
pub(crate) fn client_name(w: &Writes<'_>) -> impl Fn(ClientId) -> String {
    |id| w.client(id).map(|client| client.name).unwrap_or_default()
}

fn report(w: &Writes<'_>, file: &Loaded, loaded: &[LoadedPeriod]) -> Value {
    let rows = file
        .bad_rows
        .iter()
        .map(|row| json!({ "line": row.line, "column": row.column, "reason": row.reason }));
    json!({
        "file": file.file_name,
        "format": file.format.to_string(),
        "lines": file.lines,
        "charges": loaded.iter().map(|period| period.charges).sum::<u64>(),
        "periods": results(loaded, &client_name(w)),
        "notes": file.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "skipped_rows": rows.collect::<Vec<_>>(),
        "skipped_count": file.bad_row_count,
    })
}
