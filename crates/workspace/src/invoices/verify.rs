//! Whether every issued document is what was issued: its number, its figures, its paper, its place in the
//! trail, and whether the same paper comes out of it today.

use std::collections::HashMap;
use std::ops::ControlFlow;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tallyport_ledger::{Money, ReadInvoices};
use tallyport_store::{AuditRecord, InvoiceId, InvoiceRecord, Job, Reads, StoreError};

use super::frozen::{Frozen, FrozenIssue};
use super::issue::hex;
use super::left::Left;
use super::paper;
use crate::{Context, Grant, WorkspaceError};

/// What the job is called among jobs.
const KIND: &str = "invoices.verify";

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerifiedInvoices {
    /// How many documents were looked at.
    pub checked: usize,
    /// The series, by name.
    pub series: Vec<VerifiedSeries>,
    /// How many totals are what they were.
    pub totals: usize,
    /// How many papers have the hash that they had.
    pub hashes: usize,
    /// How many were rendered again to the same bytes.
    pub rendered: usize,
    /// What is wrong, in sentences; nothing where all is well.
    pub problems: Vec<String>,
}

/// A series of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedSeries {
    /// Its name.
    pub series: String,
    /// How many numbers were taken.
    pub taken: u32,
    /// Those that no document has.
    pub gaps: Vec<u32>,
}

/// Checks all issued documents, one after another. Nothing is changed.
///
/// # Errors
/// The workspace file's.
pub async fn verify(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
) -> Result<VerifiedInvoices, WorkspaceError> {
    checked(cx, |_, _| ControlFlow::Continue(())).await
}

/// As [`verify`], as a job that can be watched and cancelled.
///
/// # Errors
/// The job could not be written down.
pub async fn start_verifying(
    cx: &Context,
    by: &Grant<ReadInvoices>,
) -> Result<Job, WorkspaceError> {
    let context = cx.clone();
    let title = "Prove all invoices";
    cx.jobs
        .start(by.name(), KIND, title, "documents", |job| async move {
            let told = |done, total| job.progress(done, total, "rendering again");
            Ok(checked(&context, told).await?.to_json())
        })
        .await
}

/// Each document is read by itself: however many there are, one is held at a time, and a document that is
/// issued meanwhile is not held against what was read before it.
async fn checked(
    cx: &Context,
    told: impl Fn(u64, u64) -> ControlFlow<()>,
) -> Result<VerifiedInvoices, WorkspaceError> {
    let Begun {
        mut found,
        mut noted,
        documents,
    } = cx.store.read(begun).await?;
    let total = documents.len() as u64;
    for (done, id) in (0..).zip(documents) {
        if told(done, total).is_break() {
            return Err(WorkspaceError::Cancelled);
        }
        let noted = noted.remove(&id);
        found = cx
            .store
            .read(move |r| one(r, id, noted.as_ref(), found))
            .await?;
    }
    Ok(found)
}

/// What a proof begins with.
struct Begun {
    /// What the series and the trail say.
    found: VerifiedInvoices,
    /// What the trail says of each document.
    noted: HashMap<InvoiceId, AuditRecord>,
    documents: Vec<InvoiceId>,
}

fn begun(r: &Reads<'_>) -> Result<Begun, WorkspaceError> {
    let mut found = VerifiedInvoices::default();
    for (series, numbers) in r.invoice_numbers()? {
        if let Some(fault) = numbers.fault() {
            found.problems.push(format!("Series {series}: {fault}."));
        }
        found.series.push(VerifiedSeries {
            series,
            taken: numbers.next.saturating_sub(1),
            gaps: numbers.missing(),
        });
    }
    if let Err(broken) = r.check_audit()? {
        found.problems.push(format!("The audit trail: {broken}."));
    }
    Ok(Begun {
        found,
        noted: noted(r)?,
        documents: r.issued_invoices()?,
    })
}

/// Looks at one document.
fn one(
    r: &Reads<'_>,
    id: InvoiceId,
    noted: Option<&AuditRecord>,
    mut found: VerifiedInvoices,
) -> Result<VerifiedInvoices, WorkspaceError> {
    let record = r.invoice(id)?;
    found.checked += 1;
    let called = record.number.as_ref().map_or_else(
        || format!("Document {id}"),
        |number| format!("Document {number}"),
    );
    let mut wrong = Vec::new();
    match compared(r, &record, noted, &mut found, &mut wrong) {
        Ok(()) => {}
        Err(WorkspaceError::Store(error @ (StoreError::Closed | StoreError::Busy))) => {
            return Err(error.into());
        }
        Err(error) => wrong.push(error.to_string()),
    }
    found
        .problems
        .extend(wrong.into_iter().map(|what| format!("{called}: {what}.")));
    Ok(found)
}

impl VerifiedInvoices {
    /// As a job's result keeps it.
    fn to_json(&self) -> Value {
        let Self {
            checked,
            series,
            totals,
            hashes,
            rendered,
            problems,
        } = self;
        let numbers = series
            .iter()
            .map(|one| json!({ "series": one.series, "taken": one.taken, "gaps": one.gaps }));
        json!({
            "checked": checked,
            "numbers": numbers.collect::<Value>(),
            "totals": totals,
            "hashes": hashes,
            "rendered": rendered,
            "problems": problems,
        })
    }
}

/// What the trail says of each document that was issued.
fn noted(r: &Reads<'_>) -> Result<HashMap<InvoiceId, AuditRecord>, WorkspaceError> {
    let mut noted = HashMap::new();
    for line in r.issued_trail()? {
        if let Some(id) = line.details.get("invoice").and_then(Value::as_i64) {
            noted.insert(InvoiceId(id), line);
        }
    }
    Ok(noted)
}

fn compared(
    r: &Reads<'_>,
    record: &InvoiceRecord,
    noted: Option<&AuditRecord>,
    found: &mut VerifiedInvoices,
    wrong: &mut Vec<String>,
) -> Result<(), WorkspaceError> {
    let frozen = Frozen::from_json(record.frozen.clone())?;
    let Some(invoice) = frozen.invoice()? else {
        wrong.push("it has a number, and nothing says how it was issued".to_owned());
        return Ok(());
    };
    let known = wrong.len();
    if record.number.as_ref() != Some(invoice.number()) {
        wrong.push(format!("it was issued as {}", invoice.number()));
    }
    if record.issued_on != Some(invoice.issued_on()) {
        wrong.push(format!("it was issued on {}", invoice.issued_on()));
    }
    let totals = FrozenIssue::totals_of(invoice.totals());
    let then = frozen
        .issue
        .as_ref()
        .and_then(|issue| issue.totals.as_ref());
    if then.is_some_and(|then| *then != totals) {
        wrong.push(format!(
            "its totals come to {} and not to what they were",
            totals.join(", ")
        ));
    }
    if Money::sum(invoice.amounts(), invoice.draft().currency())? != invoice.totals().subtotal {
        wrong.push("its lines do not add up".to_owned());
    }
    if let Some(kept) = r.invoice_figures(record.id)?
        && kept != frozen.figures()?
    {
        wrong.push("lists do not show what it comes to".to_owned());
    }
    if record.credits.is_none() {
        let left = Left::of(r, record.id)?;
        if left.standing.left()?.nanos() < 0 {
            wrong.push("more is credited than it asked for".to_owned());
        }
    }
    let Some(noted) = noted else {
        wrong.push("the audit trail does not say that it was issued".to_owned());
        return Ok(());
    };
    let total = noted.details.get("total").and_then(Value::as_str);
    let number = invoice.number().to_string();
    if noted.subject != number || total != Some(&invoice.totals().total.to_decimal(2)) {
        wrong.push(format!(
            "the audit trail says {} over {}",
            noted.subject,
            total.unwrap_or("nothing")
        ));
    }
    if wrong.len() == known {
        found.totals += 1;
    }
    // A paper whose bytes were changed is an error of reading it.
    let pdf = r.invoice_paper(record.id)?.unwrap_or_default();
    let hash = noted.details.get("pdf_sha256").and_then(Value::as_str);
    if hash.is_some_and(|hash| hash != hex(&Sha256::digest(&pdf))) {
        wrong.push("its paper is not the one whose hash the audit trail has".to_owned());
    } else {
        found.hashes += 1;
    }
    if paper::issued(r, &invoice, &frozen)? == pdf {
        found.rendered += 1;
    } else {
        wrong.push("rendered again, its paper has other bytes".to_owned());
    }
    Ok(())
}
