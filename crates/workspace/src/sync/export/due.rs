use std::collections::{BTreeMap, BTreeSet};

use tallyport_aws::AwsError;
use tallyport_aws::exports::{Bucket, Delivery, Export, Object, deliveries};
use tallyport_lake::Manifest;
use tallyport_ledger::BillingPeriod;
use tallyport_store::{ExportFile, ExportPeriod, ExportedVersion, VersionQuery};

use crate::clients::Connection;
use crate::{Context, WorkspaceError};

/// A month that is to be read.
#[derive(Debug, Clone)]
pub(super) struct Due {
    pub period: BillingPeriod,
    /// Its manifest, as it was listed.
    pub manifest: Object,
    pub assembly: Option<String>,
    /// All files that the manifest names, in its order.
    pub files: Vec<Object>,
}

/// What an export has delivered.
pub(super) struct Found {
    /// How many months.
    pub months: usize,
    /// Those that are to be read.
    pub due: Vec<Due>,
    /// Those that cannot be read, and why.
    pub refused: Vec<(BillingPeriod, WorkspaceError)>,
}

/// No manifest has so many bytes; the longest name a thousand files.
const MOST: u64 = 64 << 20;

/// AWS writes a manifest after its files. A file younger than its manifest, and written within these
/// milliseconds, belongs to a delivery that is under way.
const DELIVERING: i64 = 6 * 3_600_000;

/// Looks for months that were delivered anew, or never loaded.
pub(super) async fn due(
    cx: &Context,
    connection: &Connection,
    export: &Export,
    bucket: &Bucket,
) -> Result<Found, WorkspaceError> {
    let known = known(cx, connection, export).await?;
    let delivered = deliveries(bucket, export).await?;
    let mut found = Found {
        months: delivered.len(),
        due: Vec::new(),
        refused: Vec::new(),
    };
    for Delivery { period, manifest } in delivered {
        let known = known.get(&period);
        let is_known = known
            .is_some_and(|known| known.etag == manifest.etag && known.manifest == manifest.key);
        if is_known {
            continue;
        }
        match read(bucket, period, manifest, cx.now().as_millisecond()).await {
            Ok(due) if known.is_some_and(|known| is_same(known, &due)) => {}
            Ok(due) => found.due.push(due),
            Err(error) if super::is_of_one_month(&error) => found.refused.push((period, error)),
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// The months that are loaded from this export and that nothing else has replaced since.
async fn known(
    cx: &Context,
    connection: &Connection,
    export: &Export,
) -> Result<BTreeMap<BillingPeriod, ExportPeriod>, WorkspaceError> {
    let (id, client, export) = (connection.id, connection.client, export.id.clone());
    cx.store
        .read(move |r| {
            let current: BTreeSet<(String, i32, u32)> = r
                .versions(VersionQuery {
                    client: Some(client),
                    ..VersionQuery::default()
                })?
                .into_iter()
                .filter(|version| version.current)
                .map(|version| {
                    let account = version.billing_account.0;
                    (account, version.period.number(), version.number)
                })
                .collect();
            let is_current = |version: &ExportedVersion| {
                let account = version.billing_account.clone();
                current.contains(&(account, version.period, version.number))
            };
            let loaded = r.export_periods(id)?.into_iter();
            Ok(loaded
                .filter(|period| period.export == export && period.versions.iter().all(is_current))
                .map(|period| (period.period, period))
                .collect())
        })
        .await
}

/// Another copy of the manifest, with the same files behind it, is nothing new.
fn is_same(known: &ExportPeriod, due: &Due) -> bool {
    let files = due.files.iter().map(file_of);
    known.assembly == due.assembly && known.files.iter().cloned().eq(files)
}

pub(super) fn file_of(object: &Object) -> ExportFile {
    ExportFile {
        key: object.key.clone(),
        bytes: object.bytes,
        etag: object.etag.clone(),
    }
}

async fn read(
    bucket: &Bucket,
    period: BillingPeriod,
    manifest: Object,
    now: i64,
) -> Result<Due, WorkspaceError> {
    let place = format!("s3://{}/{}", manifest.bucket, manifest.key);
    let bytes = bucket.read(&manifest, MOST).await?;
    let said = Manifest::parse(&bytes).map_err(|error| WorkspaceError::Conflict {
        code: "import.manifest",
        reason: format!("{place} is no manifest of a bill: {error}"),
        hint: Some("Sync again after the next delivery.".to_owned()),
    })?;
    if let Some(other) = said.period.filter(|said| *said != period) {
        return Err(WorkspaceError::Conflict {
            code: "import.manifest",
            reason: format!(
                "{place} lies in the folder of {period} but is the manifest of {other}"
            ),
            hint: None,
        });
    }
    let mut there = BTreeMap::new();
    let folders: BTreeSet<&str> = said
        .files
        .iter()
        .map(|file| file.key.rfind('/').map_or("", |at| &file.key[..=at]))
        .collect();
    for folder in folders {
        let (objects, _) = bucket.folder(folder).await?;
        there.extend(
            objects
                .into_iter()
                .map(|object| (object.key.clone(), object)),
        );
    }
    let mut files = Vec::with_capacity(said.files.len());
    for file in said.files {
        let object = there.remove(&file.key).ok_or_else(|| {
            AwsError::Missing(format!(
                "s3://{}/{}, which the manifest of {period} names,",
                bucket.name(),
                file.key
            ))
        })?;
        if object.modified > manifest.modified && now - object.modified < DELIVERING {
            let what = format!("s3://{}/{}", object.bucket, object.key);
            return Err(AwsError::Changed(what).into());
        }
        files.push(object);
    }
    Ok(Due {
        period,
        manifest,
        assembly: said.assembly,
        files,
    })
}
