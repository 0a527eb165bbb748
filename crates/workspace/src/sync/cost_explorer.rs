//! Bills from Cost Explorer: one version of each open month from a few paid requests.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};
use tallyport_aws::cost_explorer::{Ask, Fetched, KnownPeriod, Plan, Step, fetch, plan};
use tallyport_ledger::{BillingAccountId, BillingPeriod, SourceKind};
use tallyport_store::{Mode, Reads, Source, SourceNote};

use crate::clients::Connection;
use crate::import::{client_name, load_for};
use crate::jobs::JobHandle;
use crate::loaded::results;
use crate::reconcile::within_cap;
use crate::trail::Trail;
use crate::{Context, WorkspaceError};

/// Paid requests of the connections that are done, and of all.
pub(super) struct Progressed {
    done: u64,
    total: u64,
}

impl Progressed {
    pub fn of<'a>(plans: impl Iterator<Item = &'a Plan>) -> Self {
        Self {
            done: 0,
            total: plans.map(|plan| u64::from(plan.requests)).sum(),
        }
    }

    pub const fn done(&self) -> u64 {
        self.done
    }
}

pub(super) async fn sync(
    cx: &Context,
    trail: &Trail,
    connection: Connection,
    plan: Plan,
    job: &JobHandle,
    before: &mut Progressed,
    loaded_at: Timestamp,
) -> Result<Value, WorkspaceError> {
    within_cap(&connection, plan.least)?;
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
    let this_month = BillingPeriod::of(cx.today())?;
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
            w.count_requests(connection.id, this_month, u64::from(requests))?;
            let result = json!({
                "client": client.name,
                "connection": connection.name,
                "source": "cost_explorer",
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
        hash: None,
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

/// What is asked, and why.
pub(super) fn planned(
    r: &Reads<'_>,
    connection: &Connection,
    today: Date,
) -> Result<(Plan, String), WorkspaceError> {
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
    Ok((plan(today, &known, accounts, &tags(connection))?, reason))
}

/// The tag keys by which a bill is cut.
fn tags(connection: &Connection) -> Vec<String> {
    let text = connection.allocation_tag.as_deref().unwrap_or_default();
    let keys = text.split(',').map(str::trim).filter(|key| !key.is_empty());
    keys.map(str::to_owned).collect()
}
