//! The work of a batch: one after another, each in a transaction of its own.

use std::sync::Arc;

use tallyport_ledger::delivery::DeliveryState;
use tallyport_ledger::{BillingPeriod, IssueInvoices};
use tallyport_store::{InvoiceId, InvoiceRecord, Reads};

use super::told::{Became, Document, Row};
use super::{BatchAction, Item};
use crate::invoices::draft::{Drafting, Outcome};
use crate::invoices::send::{LetterAsk, Postman};
use crate::invoices::{approve, issue};
use crate::jobs::JobHandle;
use crate::trail::Trail;
use crate::{Context, ErrorKind, Grant, WorkspaceError};

/// What is done with each, and all that is needed for it.
pub(super) struct Work {
    cx: Context,
    by: Grant<IssueInvoices>,
    action: BatchAction,
    /// What drafting needs to know, read once for all.
    drafting: Option<Arc<Drafting>>,
    postman: Postman,
}

impl Work {
    pub async fn of(
        cx: &Context,
        by: &Grant<IssueInvoices>,
        action: BatchAction,
        month: Option<BillingPeriod>,
    ) -> Result<Self, WorkspaceError> {
        let drafting = match month.filter(|_| action == BatchAction::Draft) {
            None => None,
            Some(month) => {
                let who = (cx.now(), cx.today(), by.name().to_owned());
                let read = move |r: &Reads<'_>| Drafting::of(r, month, who, None);
                Some(Arc::new(cx.store.read(read).await?))
            }
        };
        Ok(Self {
            cx: cx.clone(),
            by: by.clone(),
            action,
            drafting,
            postman: Postman::default(),
        })
    }

    /// Goes through all; what became of each, and why it did not come to the end.
    pub async fn all(
        &mut self,
        items: Vec<Item>,
        job: &JobHandle,
    ) -> (Vec<Row>, Option<WorkspaceError>) {
        let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
        let mut rows = Vec::new();
        let mut items = items.into_iter();
        let mut stopped = None;
        for done in 0.. {
            let Some(item) = items.next() else {
                break;
            };
            if job.progress(done, total, &item.whom.name).is_break() {
                rows.push(Row::of(item, Became::NotBegun, None));
                stopped = Some(WorkspaceError::Cancelled);
                break;
            }
            match self.one(&item).await {
                Ok(more) => rows.extend(more),
                Err(error) if hinders_all(&error) => {
                    rows.push(Row::of(item, Became::NotBegun, None));
                    stopped = Some(error);
                    break;
                }
                Err(error) => {
                    let reason =
                        crate::error::with_hint(&error.to_string(), error.hint().as_deref());
                    rows.push(Row {
                        document: self.document(item.document).await,
                        ..Row::of(item, Became::Failed, Some(reason))
                    });
                }
            }
        }
        rows.extend(items.map(|item| Row::of(item, Became::NotBegun, None)));
        (rows, stopped)
    }

    async fn one(&mut self, item: &Item) -> Result<Vec<Row>, WorkspaceError> {
        if let Some(drafting) = &self.drafting {
            return self.draft(Arc::clone(drafting), item).await;
        }
        let Some(id) = item.document else {
            let reason = "nothing was drafted for the month".to_owned();
            return Ok(vec![Row::of(item.clone(), Became::Nothing, Some(reason))]);
        };
        let record = self.cx.store.read(move |r| r.invoice(id)).await?;
        let (became, reason, document) = match self.action {
            BatchAction::Send => self.send(record).await?,
            action => match done_before(action, &record) {
                Some(reason) => (Became::Unchanged, Some(reason), Document::kept(record)?),
                None if action == BatchAction::Approve => {
                    let view = approve(&self.cx, &self.by, id).await?;
                    (Became::Approved, None, Document::of(&view))
                }
                None => {
                    let view = issue(&self.cx, &self.by, id).await?;
                    (Became::Issued, None, Document::of(&view))
                }
            },
        };
        Ok(vec![Row {
            document: Some(document),
            ..Row::of(item.clone(), became, reason)
        }])
    }

    async fn draft(
        &self,
        drafting: Arc<Drafting>,
        item: &Item,
    ) -> Result<Vec<Row>, WorkspaceError> {
        let trail = Trail::of(&self.cx, &self.by);
        let item = item.clone();
        self.cx
            .store
            .write(move |w| {
                let mut outcome = Outcome::default();
                let left_out = drafting.one_of_many(w, item.whom.id, &mut outcome)?;
                if outcome.has_changed() {
                    outcome.told(w, &trail, drafting.month)?;
                }
                let Outcome {
                    kept,
                    unchanged,
                    nothing,
                } = outcome;
                let mut rows = Vec::new();
                for id in kept {
                    let became = match unchanged.contains(&id) {
                        true => Became::Unchanged,
                        false => Became::Drafted,
                    };
                    rows.push(Row {
                        document: Some(Document::kept(w.invoice(id)?)?),
                        ..Row::of(item.clone(), became, None)
                    });
                }
                let became = match left_out {
                    Some(_) => Became::Failed,
                    None => Became::Nothing,
                };
                rows.extend(
                    nothing
                        .into_iter()
                        .map(|nothing| Row::of(item.clone(), became, Some(nothing.reason))),
                );
                Ok(rows)
            })
            .await
    }

    async fn send(
        &mut self,
        record: InvoiceRecord,
    ) -> Result<(Became, Option<String>, Document), WorkspaceError> {
        if record.number.is_none() {
            let reason = "it is not issued yet".to_owned();
            return Ok((Became::Nothing, Some(reason), Document::kept(record)?));
        }
        let before = self.postman.sent_before(&self.cx, record.id).await?;
        if let Some(reason) = before {
            return Ok((Became::Unchanged, Some(reason), Document::kept(record)?));
        }
        let ask = LetterAsk::default();
        let posted = self
            .postman
            .post(&self.cx, &self.by, record.id, ask)
            .await?;
        let became = match posted.state {
            DeliveryState::Sent => Became::Sent,
            DeliveryState::Waiting => Became::Waiting,
            DeliveryState::Failed | DeliveryState::Dropped => Became::Failed,
        };
        Ok((became, posted.error, Document::kept(record)?))
    }

    /// The document of one that something could not be done with.
    async fn document(&self, id: Option<InvoiceId>) -> Option<Document> {
        let id = id?;
        let read = self.cx.store.read(move |r| Document::kept(r.invoice(id)?));
        read.await.ok()
    }
}

/// What a document shows to have been done before, if so.
fn done_before(action: BatchAction, record: &InvoiceRecord) -> Option<String> {
    match (&record.number, &record.approval) {
        (Some(number), _) => Some(format!("it is issued as {number}")),
        (None, Some(approval)) if action == BatchAction::Approve => {
            Some(format!("{} approved it", approval.by))
        }
        _ => None,
    }
}

/// Whether the next one would fare no better.
fn hinders_all(error: &WorkspaceError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Internal | ErrorKind::Keys | ErrorKind::Cancelled
    )
}
