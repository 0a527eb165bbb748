//! Bills from Cost Explorer: what is asked, what that costs, and then the asking.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};
use tallyport_aws::cost_explorer::{Ask, Fetched, KnownPeriod, Plan, Step, fetch, plan};
use tallyport_ledger::{BillingAccountId, LoadCosts, SourceKind};
use tallyport_store::{Job, Mode, Reads, Source, SourceNote};

use crate::clients::{Connection, connection};
use crate::import::{client_name, load_for};
use crate::jobs::JobHandle;
use crate::loaded::results;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// What a sync of one connection will ask.
#[derive(Debug, Clone)]
pub struct SyncPlan {
    /// The client's name.
    pub client: String,
    /// The connection.
    pub connection: Connection,
    /// Days, requests and price.
    pub plan: Plan,
    /// Why these days.
    pub reason: String,
}

/// Says what a sync would ask AWS for and what AWS charges for that; asks nobody.
///
/// # Errors
/// An unknown client, or one without connections.
pub async fn plans(
    cx: &Context,
    _by: &Grant<LoadCosts>,
    client: Option<String>,
) -> Result<Vec<SyncPlan>, WorkspaceError> {
    let today = cx.today();
    cx.store.read(move |r| planned(r, client, today)).await
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
    let plans = plans(cx, by, client).await?;
    let title = match plans.as_slice() {
        [only] => format!("Sync {}", only.client),
        several => format!("Sync {} connections", several.len()),
    };
    let trail = Trail::of(cx, by);
    let (cx, loaded_at) = (cx.clone(), cx.now());
    let jobs = cx.jobs.clone();
    jobs.start(
        by.name(),
        "sync",
        title,
        "requests",
        move |job| async move {
            let mut synced = Vec::new();
            let mut before = Progressed::of(&plans);
            for plan in plans {
                synced.push(sync_one(&cx, &trail, plan, &job, &mut before, loaded_at).await?);
            }
            Ok(json!({ "connections": synced, "requests": before.done }))
        },
    )
    .await
}

/// Paid requests of the connections that are done, and of all.
struct Progressed {
    done: u64,
    total: u64,
}

impl Progressed {
    fn of(plans: &[SyncPlan]) -> Self {
        Self {
            done: 0,
            total: plans.iter().map(|p| u64::from(p.plan.requests)).sum(),
        }
    }
}

async fn sync_one(
    cx: &Context,
    trail: &Trail,
    planned: SyncPlan,
    job: &JobHandle,
    before: &mut Progressed,
    loaded_at: Timestamp,
) -> Result<Value, WorkspaceError> {
    let SyncPlan {
        connection, plan, ..
    } = planned;
    let config = (cx.aws)(&connection.access, connection.region.as_deref()).await;
    let ask = Ask {
        days: plan.days,
        billing_account: connection.billing_account.clone(),
        allocation_tags: tags(&connection),
        announced: plan.requests,
    };
    let (done, total) = (before.done, before.total);
    let announced = u64::from(plan.requests);
    let mut on_step = |step: Step| {
        let more = u64::from(step.expected).saturating_sub(announced);
        job.progress(done + u64::from(step.requests), total + more, &step.message)
    };
    let fetched = fetch(&config, &ask, &mut on_step).await?;
    before.done += u64::from(fetched.requests);
    before.total = before.total - announced + u64::from(fetched.requests);
    if job
        .progress(before.done, before.total, "Writing")
        .is_break()
    {
        return Err(WorkspaceError::Cancelled);
    }
    let trail = trail.clone();
    let job = job.clone();
    cx.store
        .write(move |w| {
            let Fetched {
                load,
                requests,
                price,
                notes,
                ..
            } = fetched;
            let source = source(notes, loaded_at);
            let client = w.client(connection.client)?;
            let account = BillingAccountId::parse(&connection.billing_account)?;
            if w.client_of_account(&account)? != Some(connection.client) {
                return Err(WorkspaceError::Fault(
                    "a connection without its account".to_owned(),
                ));
            }
            let mut progress = |_| match job.is_cancelled() {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            };
            let loaded = load_for(w, None, &load, &source, Mode::Replace, &mut progress)?;
            w.synced(connection.id, loaded_at)?;
            let result = json!({
                "client": client.name,
                "connection": connection.name,
                "requests": requests,
                "price": price.to_decimal(2),
                "currency": price.currency().code(),
                "periods": results(&loaded, &client_name(w)),
                "notes": source.notes.iter().map(|note| &note.text).collect::<Vec<_>>(),
            });
            trail.keep(w, "sync.done", &connection.name, &result)?;
            Ok(result)
        })
        .await
}

fn source(notes: Vec<String>, loaded_at: Timestamp) -> Source {
    Source {
        kind: SourceKind::CostExplorer,
        format: "Cost Explorer".to_owned(),
        file_name: None,
        sha256: None,
        loaded_at,
        notes: notes
            .into_iter()
            .map(|text| SourceNote {
                code: "cost_explorer".to_owned(),
                text,
            })
            .collect(),
        skipped_rows: Vec::new(),
        skipped_count: 0,
        files: Vec::new(),
    }
}

fn planned(
    r: &Reads<'_>,
    client: Option<String>,
    today: Date,
) -> Result<Vec<SyncPlan>, WorkspaceError> {
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
        .map(|stored| plan_one(r, connection(stored)?, today))
        .collect()
}

fn plan_one(
    r: &Reads<'_>,
    connection: Connection,
    today: Date,
) -> Result<SyncPlan, WorkspaceError> {
    let account = BillingAccountId::parse(&connection.billing_account)?;
    let known: Vec<KnownPeriod> = r
        .known_periods(&account, SourceKind::CostExplorer)?
        .into_iter()
        .map(|(period, status)| KnownPeriod { period, status })
        .collect();
    let accounts = r.linked_accounts(&account)?;
    let reason = if known.is_empty() {
        "the first sync reads all the history that Cost Explorer keeps".to_owned()
    } else {
        let periods: BTreeSet<_> = known.iter().map(|k| k.period).collect();
        format!(
            "{} months are loaded; only those that are not final are read again",
            periods.len()
        )
    };
    Ok(SyncPlan {
        client: r.client(connection.client)?.name,
        plan: plan(today, &known, accounts, &tags(&connection))?,
        connection,
        reason,
    })
}

/// The tag keys by which a bill is cut.
fn tags(connection: &Connection) -> Vec<String> {
    let text = connection.allocation_tag.as_deref().unwrap_or_default();
    let keys = text.split(',').map(str::trim).filter(|key| !key.is_empty());
    keys.map(str::to_owned).collect()
}
