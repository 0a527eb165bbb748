//! Asking Cost Explorer and AWS's invoicing about a month.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_json::{Value, json};
use tallyport_aws::cost_explorer::{ObservedCost, Step, observe, price_of};
use tallyport_aws::{AwsError, InvoiceKind, ProviderInvoice, invoices};
use tallyport_ledger::{
    BillingAccountId, BillingPeriod, Currency, DayRange, DifferenceClass, LoadCosts, Money,
    MonthDetail,
};
use tallyport_store::{Job, Observation, ObservedMonth, ObservedSource};

use super::compared;
use super::settle::settle;
use crate::clients::{Connection, connection};
use crate::jobs::JobHandle;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// What reconciling asks of AWS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReconcilePlan {
    /// Paid requests, at the least: one page each.
    pub requests: u32,
    /// Their price.
    pub price: Money,
    /// The calls, in words.
    pub calls: Vec<String>,
}

/// What reconciling a month asks of AWS, and what that costs; asks nobody.
///
/// # Errors
/// An unknown client, no connection, or a month that has not begun.
pub async fn plan(
    cx: &Context,
    _by: &Grant<LoadCosts>,
    month: BillingPeriod,
    client: Option<String>,
) -> Result<ReconcilePlan, WorkspaceError> {
    let targets = targets(cx, month, client).await?;
    Ok(planned(&targets, month))
}

fn planned(targets: &[Connection], month: BillingPeriod) -> ReconcilePlan {
    let requests = u32::try_from(targets.len()).unwrap_or(u32::MAX);
    let of = |connection: &Connection| {
        let account = &connection.billing_account;
        [
            format!("Cost Explorer: {account} in {month} by account, day and record type"),
            format!("invoices of {account} for {month} (free of charge)"),
        ]
    };
    ReconcilePlan {
        requests,
        price: price_of(requests),
        calls: targets.iter().flat_map(of).collect(),
    }
}

/// One connection a billing account.
async fn targets(
    cx: &Context,
    month: BillingPeriod,
    client: Option<String>,
) -> Result<Vec<Connection>, WorkspaceError> {
    let today = cx.today();
    if month.first_day() > today {
        return Err(WorkspaceError::invalid(
            "month",
            format!("{month} has not begun"),
        ));
    }
    cx.store
        .read(move |r| {
            let client = client.map(|name| r.client_named(&name)).transpose()?;
            let mut found: Vec<Connection> = Vec::new();
            for stored in r.connections(client)? {
                let known = |one: &Connection| one.billing_account == stored.billing_account;
                if !found.iter().any(known) {
                    found.push(connection(r, stored, today)?);
                }
            }
            if found.is_empty() {
                return Err(WorkspaceError::Conflict {
                    code: "sync.no-connection",
                    reason: "there is no connection through which AWS could be asked".to_owned(),
                    hint: Some("Connect a billing account: Settings → Clients.".to_owned()),
                });
            }
            Ok(found)
        })
        .await
}

/// Begins to ask, and answers at once with the job; its result is the reconciliation.
///
/// # Errors
/// As [`plan`]; what AWS refuses, the job says.
pub async fn reconcile(
    cx: &Context,
    by: &Grant<LoadCosts>,
    month: BillingPeriod,
    client: Option<String>,
) -> Result<Job, WorkspaceError> {
    let targets = targets(cx, month, client).await?;
    let plan = planned(&targets, month);
    let trail = Trail::of(cx, by);
    let cx = cx.clone();
    let jobs = cx.jobs.clone();
    let title = format!("Reconcile {month}");
    jobs.start(
        by.name(),
        "reconcile",
        title,
        "requests",
        move |job| async move {
            let total = u64::from(plan.requests);
            let mut done = 0;
            let mut notes = Vec::new();
            for connection in targets {
                let place = (done, total);
                done += ask_one(&cx, &trail, month, &connection, &job, place, &mut notes).await?;
            }
            let result = cx.store.read(move |r| compared(r, month, None)).await?;
            let mut result = as_json(&result);
            result["requests"] = json!(done);
            result["price"] =
                json!(price_of(u32::try_from(done).unwrap_or(u32::MAX)).to_decimal(2));
            result["notes"] = json!(notes);
            Ok(result)
        },
    )
    .await
}

/// Asks about one billing account, and keeps what came.
async fn ask_one(
    cx: &Context,
    trail: &Trail,
    month: BillingPeriod,
    connection: &Connection,
    job: &JobHandle,
    (done, total): (u64, u64),
    notes: &mut Vec<String>,
) -> Result<u64, WorkspaceError> {
    within_cap(connection, 1)?;
    let today = cx.today();
    let days = DayRange::new(month.first_day(), month.last_day().min(today))?;
    let config = (cx.aws)(&connection.access, connection.region.as_deref()).await;
    let payer = &connection.billing_account;
    let mut on_step = |step: Step| -> ControlFlow<()> {
        let expected = total.max(done + u64::from(step.expected));
        job.progress(done + u64::from(step.requests), expected, &step.message)
    };
    let observed = observe(&config, payer, days, 1, &mut on_step).await?;
    let documents = match invoices(&config, payer, month).await {
        Ok(documents) => Some(documents),
        // Whoever may not see invoices still gets the rest.
        Err(error @ (AwsError::Denied { .. } | AwsError::Refused { .. })) => {
            notes.push(format!("Invoices of {payer} could not be read: {error}."));
            None
        }
        Err(error) => return Err(error.into()),
    };
    let requests = u64::from(observed.requests);
    let at = cx.now();
    let account = BillingAccountId::parse(payer)?;
    let (id, name) = (connection.id, connection.name.clone());
    let this_month = BillingPeriod::of(today)?;
    let trail = trail.clone();
    cx.store
        .write(move |w| {
            let seen = |source, found| Observation {
                source,
                observed_at: at,
                found,
            };
            let found = observed.totals.into_iter().map(explored).collect();
            w.observe(&account, month, &seen(ObservedSource::CostExplorer, found))?;
            if let Some(documents) = documents {
                let found = invoiced(&documents)?;
                w.observe(&account, month, &seen(ObservedSource::Invoices, found))?;
            }
            settle(w, &trail, &account, month)?;
            w.count_requests(id, this_month, requests)?;
            let details = json!({ "month": month.to_string(), "requests": requests });
            trail.keep(w, "reconciliation.done", &name, &details)?;
            Ok::<_, WorkspaceError>(())
        })
        .await?;
    Ok(requests)
}

/// Refuses what would pass the connection's cap of paid requests, before any is sent.
pub(crate) fn within_cap(connection: &Connection, announced: u32) -> Result<(), WorkspaceError> {
    let Some(cap) = connection.monthly_request_cap else {
        return Ok(());
    };
    let asked = connection.requests_this_month;
    if asked + u64::from(announced) <= u64::from(cap) {
        return Ok(());
    }
    let (name, price) = (&connection.name, price_of(announced));
    Err(WorkspaceError::Conflict {
        code: "sync.cap",
        reason: format!(
            "{name} has asked AWS {asked} times this month and may ask {cap} times: {announced} \
             more ({price}) would be too many, and none was sent"
        ),
        hint: Some("Raise the cap of the connection, or wait for next month.".to_owned()),
    })
}

fn explored(cost: ObservedCost) -> ObservedMonth {
    let ObservedCost {
        total,
        estimated,
        told_apart,
        detail,
    } = cost;
    ObservedMonth {
        total,
        settled: !estimated,
        told_apart,
        detail,
        invoices: Vec::new(),
        issued_on: None,
    }
}

/// What the documents of a month add up to, one a currency. A receipt is no part of a bill.
fn invoiced(documents: &[ProviderInvoice]) -> Result<Vec<ObservedMonth>, WorkspaceError> {
    let mut currencies: BTreeMap<Currency, Vec<&ProviderInvoice>> = BTreeMap::new();
    for document in documents {
        if document.kind != InvoiceKind::Receipt {
            let currency = document.total.currency();
            currencies.entry(currency).or_default().push(document);
        }
    }
    currencies
        .into_iter()
        .map(|(currency, documents)| {
            let sum = |of: &dyn Fn(&ProviderInvoice) -> Money| {
                let parts: Vec<Money> = documents.iter().map(|document| of(document)).collect();
                Money::sum(&parts, currency)
            };
            Ok(ObservedMonth {
                total: sum(&|document| document.total)?,
                settled: true,
                told_apart: BTreeMap::from([(
                    DifferenceClass::Tax,
                    sum(&|document| document.tax)?,
                )]),
                detail: MonthDetail::default(),
                invoices: documents
                    .iter()
                    .map(|document| document.id.clone())
                    .collect(),
                issued_on: documents
                    .iter()
                    .filter_map(|document| document.issued_on)
                    .max(),
            })
        })
        .collect()
}

/// The reconciliation as a job's result keeps it.
fn as_json(result: &super::Reconciliation) -> Value {
    let clients = result.accounts.iter().map(|account| {
        let figures = account.figures.iter().map(|figure| {
            json!({
                "source": figure.source.word(),
                "amount": figure.amount.map(|amount| amount.to_decimal(2)),
                "as_of": figure.as_of.map(|at| at.to_string()),
                "state": figure.state,
                "text": figure.text,
            })
        });
        let differences = account.differences.iter().map(|compared| {
            let parts = compared.difference.parts.iter().map(|(class, amount)| {
                json!({
                    "class": class.word(),
                    "amount": amount.to_decimal(2),
                    "text": compared.text(*class, *amount),
                })
            });
            json!({
                "from": compared.from.word(),
                "to": compared.to.word(),
                "amount": compared.difference.amount.to_decimal(2),
                "parts": parts.collect::<Vec<_>>(),
            })
        });
        let findings = account.findings.iter().map(|finding| {
            json!({
                "kind": finding.kind,
                "text": finding.text,
                "amount": finding.amount.map(|amount| amount.to_decimal(2)),
            })
        });
        json!({
            "client": { "id": account.client.0.0, "name": account.client.1 },
            "billing_account": account.billing_account,
            "currency": account.currency.code(),
            "figures": figures.collect::<Vec<_>>(),
            "differences": differences.collect::<Vec<_>>(),
            "findings": findings.collect::<Vec<_>>(),
            "state": account.state.word(),
        })
    });
    json!({
        "month": result.month.to_string(),
        "clients": clients.collect::<Vec<_>>(),
    })
}
