//! What became of each of many, as a job's result says it.

use std::fmt;

use serde_json::{Value, json};
use tallyport_ledger::{BillingPeriod, Currency, InvoiceNumber, Money};
use tallyport_store::{InvoiceId, InvoiceRecord, NamedOwner};

use super::{BatchAction, Item};
use crate::WorkspaceError;
use crate::invoices::InvoiceView;
use crate::invoices::frozen::Frozen;

/// What became of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Became {
    Drafted,
    Approved,
    Issued,
    Sent,
    /// Handed over to be sent; the server could not take it yet.
    Waiting,
    /// It had been done before.
    Unchanged,
    /// There is nothing to do it with.
    Nothing,
    Failed,
    /// It was stopped before its turn.
    NotBegun,
}

impl fmt::Display for Became {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Drafted => "drafted",
            Self::Approved => "approved",
            Self::Issued => "issued",
            Self::Sent => "sent",
            Self::Waiting => "waiting",
            Self::Unchanged => "unchanged",
            Self::Nothing => "nothing",
            Self::Failed => "failed",
            Self::NotBegun => "not_begun",
        })
    }
}

/// A document as the result names it.
#[derive(Debug)]
pub(super) struct Document {
    id: InvoiceId,
    number: Option<InvoiceNumber>,
    total: Money,
}

/// What became of one, and why.
#[derive(Debug)]
pub(super) struct Row {
    pub whom: NamedOwner,
    pub became: Became,
    pub document: Option<Document>,
    pub reason: Option<String>,
}

impl Document {
    pub fn of(view: &InvoiceView) -> Self {
        Self {
            id: view.id,
            number: view.number.clone(),
            total: view.totals.total,
        }
    }

    pub fn kept(record: InvoiceRecord) -> Result<Self, WorkspaceError> {
        Ok(Self {
            id: record.id,
            number: record.number,
            total: Frozen::from_json(record.frozen)?.draft()?.totals()?.total,
        })
    }
}

impl Row {
    pub fn of(item: Item, became: Became, reason: Option<String>) -> Self {
        Self {
            whom: item.whom,
            became,
            document: None,
            reason,
        }
    }

    fn told(&self) -> Value {
        let key = self.whom.key;
        let document = self.document.as_ref();
        json!({
            "for": { "kind": key.kind(), "id": key.number(), "label": self.whom.name },
            "outcome": self.became.to_string(),
            "invoice": document.map(|document| document.id.0),
            "number": document.and_then(|document| document.number.as_ref()).map(ToString::to_string),
            "currency": document.map(|document| document.total.currency().to_string()),
            "total": document.map(|document| document.total.to_decimal(2)),
            "reason": self.reason,
        })
    }
}

/// What became of each, and what it comes to.
pub(super) fn told(
    action: BatchAction,
    month: Option<BillingPeriod>,
    rows: &[Row],
) -> Result<Value, WorkspaceError> {
    let mut totals: Vec<(Currency, Vec<Money>)> = Vec::new();
    for row in rows {
        let counts = !matches!(
            row.became,
            Became::Failed | Became::NotBegun | Became::Nothing
        );
        let Some(document) = row.document.as_ref().filter(|_| counts) else {
            continue;
        };
        let currency = document.total.currency();
        match totals.iter_mut().find(|(known, _)| *known == currency) {
            Some((_, amounts)) => amounts.push(document.total),
            None => totals.push((currency, vec![document.total])),
        }
    }
    let totals: Vec<Value> = totals
        .into_iter()
        .map(|(currency, amounts)| {
            let total = Money::sum(&amounts, currency)?;
            Ok(json!({
                "currency": currency.code(), "total": total.to_decimal(2), "count": amounts.len(),
            }))
        })
        .collect::<Result<_, WorkspaceError>>()?;
    Ok(json!({
        "action": action.word(),
        "month": month.map(|month| month.to_string()),
        "recipients": rows.iter().map(Row::told).collect::<Vec<_>>(),
        "totals": totals,
    }))
}
