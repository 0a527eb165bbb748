//! Bills from AWS: from the export that a connection loads, or from Cost Explorer. First what is asked
//! and what that costs, then the asking.

mod cost_explorer;
mod export;

use serde_json::{Value, json};
use tallyport_ledger::LoadCosts;
use tallyport_store::{ConnectionId, Job, Reads};

pub use export::ExportPlan;
pub use tallyport_aws::cost_explorer::Plan;

use crate::clients::{self, Connection};
use crate::jobs::JobHandle;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError, evaluate};

/// What a sync of one connection will ask.
#[derive(Debug, Clone)]
pub struct SyncPlan {
    /// The client's name.
    pub client: String,
    /// The connection.
    pub connection: Connection,
    /// What is asked.
    pub work: SyncWork,
    /// Why this and no more.
    pub reason: String,
}

/// What a sync asks, and whom.
#[derive(Debug, Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "there are few, and each is shown once"
)]
pub enum SyncWork {
    /// Cost Explorer, which is paid by the request.
    CostExplorer(Plan),
    /// The bucket of an export.
    Export(ExportPlan),
}

/// A connection that is to be synced.
#[derive(Debug, Clone)]
struct Target {
    client: String,
    connection: Connection,
    /// What Cost Explorer is asked, if it is.
    plan: Option<(Plan, String)>,
}

/// Says what a sync would ask AWS for and what AWS charges for that. Cost Explorer is not asked; of an
/// export, the manifests are read.
///
/// # Errors
/// An unknown client, or one without connections; what AWS refuses.
pub async fn plans(
    cx: &Context,
    _by: &Grant<LoadCosts>,
    client: Option<String>,
) -> Result<Vec<SyncPlan>, WorkspaceError> {
    let mut plans = Vec::new();
    for Target {
        client,
        connection,
        plan,
    } in targets(cx, client).await?
    {
        let (work, reason) = match plan {
            Some((plan, reason)) => (SyncWork::CostExplorer(plan), reason),
            None => {
                let plan = export::plan(cx, &connection).await?;
                let reason = plan.reason();
                (SyncWork::Export(plan), reason)
            }
        };
        plans.push(SyncPlan {
            client,
            connection,
            work,
            reason,
        });
    }
    Ok(plans)
}

/// Begins to sync and answers at once with the job.
///
/// # Errors
/// As [`plans`]; what AWS refuses, the job says.
pub async fn sync(
    cx: &Context,
    by: &Grant<LoadCosts>,
    client: Option<String>,
) -> Result<Job, WorkspaceError> {
    begin(cx, by, targets(cx, client).await?, None).await
}

/// As [`sync`], where somebody agrees to pay up to so many nano-dollars for what each connection has rolled up
/// in Athena.
///
/// # Errors
/// As [`plans`]; what AWS refuses, the job says.
pub async fn agreed(
    cx: &Context,
    by: &Grant<LoadCosts>,
    client: Option<String>,
    athena_up_to: u64,
) -> Result<Job, WorkspaceError> {
    begin(cx, by, targets(cx, client).await?, Some(athena_up_to)).await
}

/// Begins to sync one connection and answers at once with the job.
///
/// # Errors
/// There is no such connection; what AWS refuses, the job says.
pub async fn connection(
    cx: &Context,
    by: &Grant<LoadCosts>,
    id: ConnectionId,
) -> Result<Job, WorkspaceError> {
    let today = cx.today();
    let only = cx
        .store
        .read(move |r| target(r, clients::connection(r, r.connection(id)?, today)?, today))
        .await?;
    begin(cx, by, vec![only], None).await
}

async fn begin(
    cx: &Context,
    by: &Grant<LoadCosts>,
    targets: Vec<Target>,
    athena_up_to: Option<u64>,
) -> Result<Job, WorkspaceError> {
    let title = match targets.as_slice() {
        [only] => format!("Sync {}", only.client),
        several => format!("Sync {} connections", several.len()),
    };
    let of_exports = targets.iter().any(|target| target.plan.is_none());
    let unit = if of_exports { "bytes" } else { "requests" };
    let trail = Trail::of(cx, by);
    let cx = cx.clone();
    let jobs = cx.jobs.clone();
    jobs.start(by.name(), "sync", title, unit, move |job| async move {
        let outcome = run(&cx, &trail, targets, &job, athena_up_to).await;
        evaluate::after_load(&cx).await;
        outcome
    })
    .await
}

async fn run(
    cx: &Context,
    trail: &Trail,
    targets: Vec<Target>,
    job: &JobHandle,
    athena_up_to: Option<u64>,
) -> Result<Value, WorkspaceError> {
    let loaded_at = cx.now();
    let mut synced = Vec::new();
    let mut paid = cost_explorer::Progressed::of(
        targets
            .iter()
            .filter_map(|target| target.plan.as_ref().map(|(plan, _)| plan)),
    );
    for target in targets {
        synced.push(match target.plan {
            Some((plan, _)) => {
                let connection = target.connection;
                cost_explorer::sync(cx, trail, connection, plan, job, &mut paid, loaded_at).await?
            }
            None => {
                let Target {
                    client, connection, ..
                } = target;
                export::sync(cx, trail, client, connection, job, athena_up_to).await?
            }
        });
    }
    Ok(json!({ "connections": synced, "requests": paid.done() }))
}

async fn targets(cx: &Context, client: Option<String>) -> Result<Vec<Target>, WorkspaceError> {
    let today = cx.today();
    cx.store
        .read(move |r| {
            let client = client.map(|name| r.client_named(&name)).transpose()?;
            let found = r.connections(client)?;
            if found.is_empty() {
                return Err(WorkspaceError::Conflict {
                    code: "sync.no-connection",
                    reason: "there is no connection to sync".to_owned(),
                    hint: Some("Connect a billing account: Settings → Clients.".to_owned()),
                });
            }
            found
                .into_iter()
                .map(|stored| target(r, clients::connection(r, stored, today)?, today))
                .collect()
        })
        .await
}

fn target(
    r: &Reads<'_>,
    connection: Connection,
    today: jiff::civil::Date,
) -> Result<Target, WorkspaceError> {
    let plan = match &connection.source {
        Some(_) => None,
        None => Some(cost_explorer::planned(r, &connection, today)?),
    };
    Ok(Target {
        client: r.client(connection.client)?.name,
        connection,
        plan,
    })
}
