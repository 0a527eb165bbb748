use std::ops::ControlFlow;
use std::path::PathBuf;

use serde_json::{Value, json};
use tallyport_aws::exports::{Bucket, Object};
use tallyport_aws::{AwsError, Staging};
use tallyport_lake::{FileSet, Progress};
use tallyport_ledger::BillingAccountId;
use tallyport_store::{ClientId, ExportPeriod, ExportedVersion, LoadedPeriod, Mode};

use super::Far;
use super::athena;
use super::due::{Due, file_of};
use crate::clients::Connection;
use crate::import::client_name;
use crate::jobs::JobHandle;
use crate::loaded::results;
use crate::trail::Trail;
use crate::{Context, WorkspaceError, bill};

/// What became of a month.
pub(super) struct Loaded {
    pub periods: Vec<Value>,
    pub notes: Vec<String>,
}

/// Loads one month: fetches its files, reads them together, replaces the month by them.
#[expect(
    clippy::too_many_arguments,
    reason = "one caller, and each is another thing"
)]
pub(super) async fn month(
    cx: &Context,
    trail: &Trail,
    connection: &Connection,
    bucket: &Bucket,
    staging: &Staging,
    month: Due,
    job: &JobHandle,
    far: Far,
) -> Result<Loaded, WorkspaceError> {
    let size: u64 = month.files.iter().map(|file| file.bytes).sum();
    let (files, fetched, said) = match athena::place_for(cx, connection, size).await? {
        None => (
            fetch(bucket, staging, &month, job, far).await?,
            true,
            Vec::new(),
        ),
        Some(place) => {
            let (file, said) =
                athena::rolled_up(cx, connection, place, bucket, staging, &month, job).await?;
            (vec![file], false, vec![said])
        }
    };
    let reached = far.done + size;
    let place = cx.loads.queue_up();
    place
        .turn(|why| job.progress(reached, far.total, why))
        .await?;
    unchanged(bucket, &month.manifest).await?;
    let name = name(connection, &month);
    let manifest = month.manifest.key.rsplit('/').next().unwrap_or_default();
    let set = FileSet {
        name: name.clone(),
        files,
        // An answer of Athena's is no file that the manifest names.
        manifest: fetched.then(|| PathBuf::from(manifest)),
        period: Some(month.period),
        notes: said,
    };
    let options = bill::options(cx, false).await?;
    let told = job.clone();
    let read = tokio::task::spawn_blocking(move || {
        let mut progress = |now: Progress| {
            let message = format!("Reading {}: {} lines", set.name, now.lines);
            told.progress(reached, far.total, &message)
        };
        bill::read(&set, &options, &mut progress)
    });
    let mut file = read
        .await
        .map_err(|error| WorkspaceError::Fault(error.to_string()))??;
    let (trail, job, connection) = (trail.clone(), job.clone(), connection.clone());
    let objects = month.files.clone();
    let loaded_at = cx.now();
    let loaded = cx
        .store
        .write(move |w| {
            let load = std::mem::take(&mut file.load);
            let source = bill::source(&file, loaded_at);
            let mut progress = |charges: u64| {
                let message = format!("Writing {name}: {charges} charges");
                job.progress(reached, far.total, &message)
            };
            // Whatever accounts it speaks of, the bill is this client's.
            let client_of = |_: &BillingAccountId| -> Option<ClientId> { Some(connection.client) };
            let loaded = w.load(&client_of, &load, &source, Mode::Replace, &mut progress)?;
            w.loaded_export(
                connection.id,
                &remembered(&connection, &month, &loaded, loaded_at)?,
            )?;
            let periods = results(&loaded, &client_name(w));
            let notes: Vec<String> = source.notes.iter().map(|note| note.text.clone()).collect();
            let details = json!({ "bill": name, "periods": periods, "notes": notes });
            trail.keep(w, "sync.done", &connection.name, &details)?;
            Ok::<_, WorkspaceError>(Loaded {
                periods: periods.as_array().cloned().unwrap_or_default(),
                notes,
            })
        })
        .await?;
    drop(place);
    staging.discard(&objects);
    Ok(loaded)
}

async fn fetch(
    bucket: &Bucket,
    staging: &Staging,
    month: &Due,
    job: &JobHandle,
    far: Far,
) -> Result<Vec<PathBuf>, WorkspaceError> {
    let Due { period, files, .. } = month;
    let mut done = far.done + files.iter().map(|file| staging.here(file)).sum::<u64>();
    let mut paths = Vec::with_capacity(files.len());
    for (number, file) in (1..).zip(files) {
        let message = format!("Fetching {period}: file {number} of {}", files.len());
        super::told(job, done.min(far.total), far.total, &message)?;
        let mut on_bytes = |more: u64| -> ControlFlow<()> {
            done += more;
            job.progress(done.min(far.total), far.total, &message)
        };
        paths.push(staging.fetch(bucket, file, &mut on_bytes).await?);
    }
    Ok(paths)
}

/// A manifest that was written anew while its files were fetched speaks of other files.
async fn unchanged(bucket: &Bucket, manifest: &Object) -> Result<(), WorkspaceError> {
    let listed = bucket.list(&manifest.key).await?;
    let same = listed.iter().find(|object| object.key == manifest.key);
    if same.is_some_and(|same| same.etag == manifest.etag) {
        return Ok(());
    }
    let what = format!("s3://{}/{}", manifest.bucket, manifest.key);
    Err(AwsError::Changed(what).into())
}

/// What the bill is called in the record.
fn name(connection: &Connection, month: &Due) -> String {
    let export = connection
        .source
        .as_ref()
        .map(|export| export.name.as_str());
    format!("{} {}", export.unwrap_or("export"), month.period)
}

fn remembered(
    connection: &Connection,
    month: &Due,
    loaded: &[LoadedPeriod],
    loaded_at: jiff::Timestamp,
) -> Result<ExportPeriod, WorkspaceError> {
    let versions = loaded.iter().map(|period| ExportedVersion {
        billing_account: period.billing_account.to_string(),
        period: period.period.number(),
        number: period.version,
    });
    Ok(ExportPeriod {
        period: month.period,
        export: super::source(connection)?.id.clone(),
        manifest: month.manifest.key.clone(),
        etag: month.manifest.etag.clone(),
        assembly: month.assembly.clone(),
        files: month.files.iter().map(file_of).collect(),
        versions: versions.collect(),
        loaded_at,
    })
}
