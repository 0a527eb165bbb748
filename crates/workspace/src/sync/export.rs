//! Bills from an export in S3: the months that were delivered anew, each from all files of its manifest
//! or not at all.
//!
//! What is fetched lies in a folder beside the workspace until it is loaded. A sync that was interrupted
//! goes on with it; one that has come to its end leaves nothing.

mod athena;
mod due;
mod load;

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use tallyport_aws::exports::{Bucket, Export, Object};
use tallyport_aws::{AwsError, Staging};
use tallyport_ledger::{BillingPeriod, Currency, Money};

use self::due::{Due, Found, due};
use crate::clients::Connection;
use crate::jobs::JobHandle;
use crate::trail::Trail;
use crate::{Context, WorkspaceError};

/// What a sync reads of an export.
#[derive(Debug, Clone)]
pub struct ExportPlan {
    /// The export.
    pub export: Export,
    /// The months that it has delivered.
    pub months: usize,
    /// Those that are read: delivered anew, or never read.
    pub periods: Vec<BillingPeriod>,
    /// How many files they have.
    pub files: usize,
    /// How many bytes.
    pub bytes: u64,
    /// Months that Athena rolls up instead of their files being fetched, and its price at the most.
    pub rolled_up: Vec<(BillingPeriod, Money)>,
    /// What somebody has to agree to before Athena is asked: the price of all of them, unless the
    /// connection's standing consent covers it.
    pub to_agree: Option<Money>,
    /// Why months cannot be read, in words.
    pub refused: Vec<String>,
}

impl ExportPlan {
    /// Why these months.
    pub(super) fn reason(&self) -> String {
        let Self {
            months, periods, ..
        } = self;
        match (months, periods.len()) {
            (0, _) => {
                "nothing has been delivered yet; the first delivery takes up to a day".to_owned()
            }
            (_, 0) => "nothing was delivered since the last sync".to_owned(),
            (all, some) => format!(
                "{some} of {all} months were delivered anew or were never read; the others are loaded"
            ),
        }
    }
}

impl ExportPlan {
    /// What is asked, in words.
    #[must_use]
    pub fn calls(&self) -> Vec<String> {
        let Self {
            export,
            periods,
            files,
            bytes,
            rolled_up,
            refused,
            to_agree: _,
            ..
        } = self;
        let months: Vec<String> = periods.iter().map(ToString::to_string).collect();
        let mut calls = vec![format!("the manifests in s3://{}", export.bucket)];
        if !months.is_empty() {
            calls.push(format!(
                "{files} files, {bytes} bytes: {}",
                months.join(", ")
            ));
        }
        calls.extend(rolled_up.iter().map(|(period, price)| {
            format!(
                "{period} is rolled up in Athena instead of being fetched, for {price} at the most"
            )
        }));
        calls.extend(refused.iter().map(|why| format!("cannot be read: {why}")));
        calls
    }

    /// What AWS charges for it.
    #[must_use]
    pub fn price_text(&self) -> String {
        "Cost Explorer is not asked. S3 charges $0.0004 for a thousand files that are fetched, $0.005 for a \
         thousand listings, and about $0.09 for a gigabyte that leaves AWS beyond the first hundred a month."
            .to_owned()
    }
}

/// Says what a sync reads; only manifests are read for that.
pub(super) async fn plan(
    cx: &Context,
    connection: &Connection,
) -> Result<ExportPlan, WorkspaceError> {
    let export = source(connection)?;
    let bucket = open(cx, connection, export).await?;
    let found = due(cx, connection, export, &bucket).await?;
    let refused = found.refused.iter().map(|(_, error)| error.to_string());
    let (mut rolled_up, mut standing) = (Vec::new(), 0);
    for month in &found.due {
        let size = month.files.iter().map(|file| file.bytes).sum();
        if let Some(place) = athena::place_for(cx, connection, size).await? {
            standing = place.agreed_nanos;
            rolled_up.push((month.period, athena::price(size)?));
        }
    }
    let prices: Vec<Money> = rolled_up.iter().map(|(_, price)| *price).collect();
    let all = Money::sum(&prices, Currency::USD)?;
    let to_agree = Some(all).filter(|all| all.nanos() > i128::from(standing));
    Ok(ExportPlan {
        rolled_up,
        to_agree,
        export: export.clone(),
        months: found.months,
        periods: found.due.iter().map(|due| due.period).collect(),
        files: found.due.iter().map(|due| due.files.len()).sum(),
        bytes: bytes(&found.due),
        refused: refused.collect(),
    })
}

pub(super) async fn sync(
    cx: &Context,
    trail: &Trail,
    client: String,
    connection: Connection,
    job: &JobHandle,
    agreed: Option<u64>,
) -> Result<Value, WorkspaceError> {
    let mut agreed = athena::Agreed::new(agreed);
    let export = source(&connection)?;
    let staging = turn(cx, &connection, job).await?;
    told(job, 0, 0, "Looking for what was delivered")?;
    let bucket = open(cx, &connection, export).await?;
    let Found {
        months,
        due,
        mut refused,
    } = due(cx, &connection, export, &bucket).await?;
    let wanted: Vec<Object> = due.iter().flat_map(|due| due.files.clone()).collect();
    staging.keep_only(&wanted);
    let total = bytes(&due);
    let (mut done, mut loaded, mut notes) = (0, Vec::new(), Vec::new());
    let attempted = due.len() + refused.len();
    for month in due {
        let period = month.period;
        let size: u64 = month.files.iter().map(|file| file.bytes).sum();
        let so_far = Far { done, total };
        match agreed.take(cx, &connection, &month).await {
            Ok(()) => {}
            Err(error) if is_of_one_month(&error) => {
                refused.push((period, error));
                continue;
            }
            Err(error) => return Err(error),
        }
        match load::month(
            cx,
            trail,
            &connection,
            &bucket,
            &staging,
            month,
            job,
            so_far,
        )
        .await
        {
            Ok(result) => {
                notes.extend(result.notes);
                loaded.extend(result.periods);
            }
            // A month that cannot be read keeps no other from being read.
            Err(error) if is_of_one_month(&error) => refused.push((period, error)),
            Err(error) => return Err(error),
        }
        done += size;
    }
    let id = connection.id;
    let at = cx.now();
    cx.store.write(move |w| w.synced(id, at)).await?;
    if let Some((period, first)) = refused.into_iter().next() {
        let others = attempted - 1;
        tracing::warn!(%period, %others, error = %first, "a month was not loaded");
        return Err(not_all(period, first, loaded.len(), others));
    }
    staging.remove();
    Ok(json!({
        "client": client,
        "connection": connection.name,
        "source": "export",
        "export": export.name,
        "months": months,
        "requests": 0,
        "price": "0.00",
        "currency": "USD",
        "files": wanted.len(),
        "bytes": total,
        "periods": loaded,
        "notes": notes,
    }))
}

/// How far a sync of several months is, in bytes.
#[derive(Debug, Clone, Copy)]
struct Far {
    done: u64,
    total: u64,
}

/// The error of a sync that could not load a month; what it loaded stays loaded.
fn not_all(
    period: BillingPeriod,
    first: WorkspaceError,
    loaded: usize,
    others: usize,
) -> WorkspaceError {
    if others == 0 {
        return first;
    }
    WorkspaceError::Partly {
        reason: format!(
            "{period} was not loaded, {loaded} of the other {others} months that were delivered anew are. {first}"
        ),
        first: Box::new(first),
    }
}

/// Whether an error says something of one month's delivery, and nothing of the rest.
const fn is_of_one_month(error: &WorkspaceError) -> bool {
    matches!(
        error,
        WorkspaceError::File(_)
            | WorkspaceError::Conflict { .. }
            | WorkspaceError::Aws(
                AwsError::Missing(_)
                    | AwsError::Changed(_)
                    | AwsError::Damaged(_)
                    | AwsError::BadAnswer(_)
            )
    )
}

fn bytes(due: &[Due]) -> u64 {
    let files = due.iter().flat_map(|due| &due.files);
    files.map(|file| file.bytes).sum()
}

fn source(connection: &Connection) -> Result<&Export, WorkspaceError> {
    connection
        .source
        .as_ref()
        .ok_or_else(|| WorkspaceError::Fault("a connection without an export".to_owned()))
}

async fn open(
    cx: &Context,
    connection: &Connection,
    export: &Export,
) -> Result<Bucket, WorkspaceError> {
    let config = (cx.aws)(&connection.access, connection.region.as_deref()).await;
    Ok(Bucket::open(&config, &export.bucket, export.region.as_deref()).await?)
}

/// Waits until no other program syncs this connection: its second turn then finds nothing new.
async fn turn(
    cx: &Context,
    connection: &Connection,
    job: &JobHandle,
) -> Result<Staging, WorkspaceError> {
    let folder = folder(cx, connection);
    loop {
        let opened = {
            let folder = folder.clone();
            tokio::task::spawn_blocking(move || Staging::open(&folder)).await
        };
        let opened = opened.map_err(|error| WorkspaceError::Fault(error.to_string()))??;
        if let Some(staging) = opened {
            return Ok(staging);
        }
        told(job, 0, 0, "Waiting for another sync of this connection")?;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Where the files of a connection lie while they are on their way.
fn folder(cx: &Context, connection: &Connection) -> PathBuf {
    let mut name = cx.store.path().into_os_string();
    name.push(format!(".staging-{}", connection.id));
    PathBuf::from(name)
}

fn told(job: &JobHandle, done: u64, total: u64, message: &str) -> Result<(), WorkspaceError> {
    match job.progress(done, total, message).is_break() {
        true => Err(WorkspaceError::Cancelled),
        false => Ok(()),
    }
}
