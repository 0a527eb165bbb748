//! Bills from files: read, told apart, loaded whole.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tallyport_lake::{FileSet, LakeError, Loaded, Progress};
use tallyport_ledger::{BillingAccountId, BillingPeriod, Load, LoadCosts, Name};
use tallyport_store::{ClientId, Job, LoadedPeriod, Mode, Source, Writes};

use crate::jobs::JobHandle;
use crate::loaded::results;
use crate::loads::Place;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError, bill, evaluate};

/// A file to import, a manifest with its files, or a folder of bills.
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

/// Begins to import a file, the files of a manifest or every bill in a folder, and answers at once with
/// the job.
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
    let cx = cx.clone();
    let jobs = cx.jobs.clone();
    let place = cx.loads.queue_up();
    jobs.start(
        by.name(),
        "import",
        name.clone(),
        "bytes",
        move |job| async move {
            let (path, passing) = (ask.path.clone(), ask.passing);
            let importing = Importing {
                cx: cx.clone(),
                trail,
                client,
                name,
                ask,
                job,
            };
            let outcome = importing.run(&place).await;
            drop(place);
            evaluate::after_load(&cx).await;
            if passing && let Err(error) = std::fs::remove_file(&path) {
                tracing::warn!(%error, "a file in passing could not be deleted");
            }
            outcome
        },
    )
    .await
}

/// An import under way.
struct Importing {
    cx: Context,
    trail: Trail,
    client: Option<Name>,
    /// What the person calls what is imported.
    name: String,
    ask: ImportAsk,
    job: JobHandle,
}

/// How far an import of several bills is, in bytes.
#[derive(Debug, Clone, Copy)]
struct Far {
    done: u64,
    total: u64,
}

impl Importing {
    async fn run(self, place: &Place) -> Result<Value, WorkspaceError> {
        place.turn(|why| self.job.waits(why)).await?;
        let sets = self.sets().await?;
        let size = |set: &FileSet| -> u64 { set.files.iter().map(|file| bytes_of(file)).sum() };
        let mut far = Far {
            done: 0,
            total: sets.iter().map(size).sum(),
        };
        let (all, mut reports, mut refused) = (sets.len(), Vec::new(), Vec::new());
        let mut months = Months::new();
        for set in sets {
            let (name, bytes) = (set.name.clone(), size(&set));
            match self.one(set, far, &mut months).await {
                Ok(report) => reports.push(report),
                // A file that is no bill keeps no other from being imported.
                Err(
                    error @ (WorkspaceError::File(_)
                    | WorkspaceError::Conflict {
                        code: SAME_MONTH, ..
                    }),
                ) => refused.push((name, error)),
                Err(error) => return Err(error),
            }
            far.done += bytes;
        }
        match refused.into_iter().next() {
            None => Ok(whole(&self.name, reports)),
            Some((_, only)) if all == 1 => Err(only),
            Some((name, first)) => {
                let loaded = reports.len();
                Err(WorkspaceError::Partly {
                    reason: format!(
                        "{name} was not imported; {loaded} of the {all} bills are. {first}"
                    ),
                    first: Box::new(first),
                })
            }
        }
    }

    /// The bills that lie at the path.
    async fn sets(&self) -> Result<Vec<FileSet>, WorkspaceError> {
        let path = self.ask.path.clone();
        if self.ask.passing {
            // A file in passing has a name of its own: people know another.
            let mut set = FileSet::of_file(&path);
            set.name.clone_from(&self.name);
            return Ok(vec![set]);
        }
        let found = tokio::task::spawn_blocking(move || tallyport_lake::sets(&path)).await;
        let mut sets = found
            .map_err(|error| WorkspaceError::Fault(error.to_string()))?
            .map_err(LakeError::from)?;
        // What lies in a folder has a name of its own.
        if let [only] = sets.as_mut_slice()
            && only.manifest.is_none()
            && self.ask.path.is_file()
        {
            only.name.clone_from(&self.name);
        }
        Ok(sets)
    }

    /// Imports one bill.
    async fn one(
        &self,
        set: FileSet,
        far: Far,
        months: &mut Months,
    ) -> Result<Value, WorkspaceError> {
        let options = bill::options(&self.cx, self.ask.skip_bad_rows).await?;
        let job = self.job.clone();
        let files = files_of(&set);
        let (inner, name) = (inner_name(&set), set.name.clone());
        let read = tokio::task::spawn_blocking(move || {
            let mut progress = |now: Progress| {
                let message = format!("Reading: {} lines", now.lines);
                told_to(&job, far.done + now.bytes_done, far.total, &message)
            };
            bill::read(&set, &options, &mut progress)
        });
        let read = read
            .await
            .map_err(|error| WorkspaceError::Fault(error.to_string()))?;
        let mut file = read.map_err(|error| known_as(error, inner, name))?;
        let reached = far.done + file.bytes;
        if !self.ask.add {
            keep_apart(&file, months)?;
        }
        let mode = if self.ask.add {
            Mode::Add
        } else {
            Mode::Replace
        };
        let (client, trail, job) = (self.client.clone(), self.trail.clone(), self.job.clone());
        let loaded_at = self.cx.now();
        self.cx
            .store
            .write(move |w| {
                let load = std::mem::take(&mut file.load);
                let source = bill::source(&file, loaded_at);
                let mut progress = |charges: u64| {
                    let message = format!("Writing: {charges} charges");
                    told_to(&job, reached, far.total, &message)
                };
                let loaded = load_for(w, client, &load, &source, mode, &mut progress)?;
                let result = report(w, &file, &files, &loaded);
                trail.keep(w, "import.done", &file.file_name, &result)?;
                Ok(result)
            })
            .await
    }
}

/// The months of payers that this import has loaded, with the file and its hash.
type Months = BTreeMap<(BillingAccountId, BillingPeriod), (String, [u8; 32])>;

/// The code of a month that two bills of one import are of.
const SAME_MONTH: &str = "import.same-month";

/// Refuses a second bill of a month: it would replace the first, and half of the month would be lost
/// if the two are parts of one bill.
fn keep_apart(file: &Loaded, months: &mut Months) -> Result<(), WorkspaceError> {
    for period in &file.load.periods {
        let month = (period.billing_account.clone(), period.period);
        match months.get(&month) {
            Some((other, hash)) if *hash != file.hash => {
                return Err(WorkspaceError::Conflict {
                    code: SAME_MONTH,
                    reason: format!(
                        "{} and {other} are both of {} and {}: one would replace the other",
                        file.file_name, month.0, month.1
                    ),
                    hint: Some(
                        "If they are parts of one bill, import them with --add; if one is newer, \
                         import it by itself."
                            .to_owned(),
                    ),
                });
            }
            _ => {}
        }
    }
    for period in &file.load.periods {
        let month = (period.billing_account.clone(), period.period);
        months.insert(month, (file.file_name.clone(), file.hash));
    }
    Ok(())
}

fn bytes_of(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |facts| facts.len())
}

/// The names of a bill's files, with their sizes.
fn files_of(set: &FileSet) -> Vec<(String, u64)> {
    match set.files.as_slice() {
        [only] if set.manifest.is_none() => vec![(set.name.clone(), bytes_of(only))],
        files => {
            let named = files.iter();
            named
                .map(|path| (last_name(path), bytes_of(path)))
                .collect()
        }
    }
}

fn last_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// The name under which a file by itself lies on the disk.
fn inner_name(set: &FileSet) -> Option<String> {
    match set.files.as_slice() {
        [only] if set.manifest.is_none() => Some(last_name(only)),
        _ => None,
    }
}

/// The result of a whole import: of its one bill, or of all of them together.
fn whole(name: &str, mut reports: Vec<Value>) -> Value {
    let mut result = match reports.as_slice() {
        [only] => only.clone(),
        several => {
            let sum = |key: &str| -> u64 {
                several
                    .iter()
                    .filter_map(|report| report[key].as_u64())
                    .sum()
            };
            let all = |key: &str| -> Vec<Value> {
                let lists = several.iter().filter_map(|report| report[key].as_array());
                lists.flatten().cloned().collect()
            };
            let mut formats: Vec<&str> = several
                .iter()
                .filter_map(|report| report["format"].as_str())
                .collect();
            formats.dedup();
            json!({
                "file": name,
                "format": formats.join(", "),
                "lines": sum("lines"),
                "charges": sum("charges"),
                "periods": all("periods"),
                "notes": all("notes"),
                "skipped_rows": all("skipped_rows"),
                "skipped_count": sum("skipped_count"),
            })
        }
    };
    result["sets"] = Value::Array(std::mem::take(&mut reports));
    result
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

/// A file that came under another name (an upload lies beside the workspace for a moment) is spoken of
/// by the name that people know.
fn known_as(mut error: LakeError, inner: Option<String>, name: String) -> LakeError {
    match &mut error {
        LakeError::NotACostFile { file, .. }
        | LakeError::MissingColumns { file, .. }
        | LakeError::BadRows { file, .. }
        | LakeError::Unreadable { file, .. }
        | LakeError::Gzip { file, .. }
        | LakeError::Expansion { file, .. }
        | LakeError::NoRows { file }
        | LakeError::TooLarge { file, .. }
        | LakeError::Io { file, .. }
            if Some(&*file) == inner.as_ref() =>
        {
            *file = name;
        }
        _ => {}
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

/// The name of a client, for the record of what was loaded.
pub(crate) fn client_name(w: &Writes<'_>) -> impl Fn(ClientId) -> String {
    |id| w.client(id).map(|client| client.name).unwrap_or_default()
}

fn report(
    w: &Writes<'_>,
    file: &Loaded,
    files: &[(String, u64)],
    loaded: &[LoadedPeriod],
) -> Value {
    let files = files
        .iter()
        .map(|(name, bytes)| json!({ "name": name, "bytes": bytes }));
    let rows = file
        .bad_rows
        .iter()
        .map(|row| json!({ "line": row.line, "column": row.column, "reason": row.reason }));
    json!({
        "file": file.file_name,
        "files": files.collect::<Vec<_>>(),
        "format": file.format.to_string(),
        "lines": file.lines,
        "charges": loaded.iter().map(|period| period.charges).sum::<u64>(),
        "periods": results(loaded, &client_name(w)),
        "notes": file.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "skipped_rows": rows.collect::<Vec<_>>(),
        "skipped_count": file.bad_row_count,
    })
}
