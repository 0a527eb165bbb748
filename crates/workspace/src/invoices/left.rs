//! What is left of an issued invoice after its credit notes, line by line.

use std::collections::BTreeSet;

use tallyport_ledger::{DraftInvoice, DraftLine, LineKind, Money, Standing};
use tallyport_store::{Claims, InvoiceId, InvoiceRecord, Reads};

use super::frozen::{Frozen, FrozenCost};
use crate::WorkspaceError;

pub(super) struct Left {
    pub record: InvoiceRecord,
    pub frozen: Frozen,
    pub content: DraftInvoice,
    /// What is left of each line, as charged.
    pub lines: Vec<Money>,
    /// What is left before tax, by treatment.
    pub bases: Vec<Money>,
    /// What was credited before tax, by treatment.
    pub credited: Vec<Money>,
    pub standing: Standing,
}

impl Left {
    /// Of an invoice.
    ///
    /// # Errors
    /// A conflict for what is no issued invoice.
    pub fn of(r: &Reads<'_>, id: InvoiceId) -> Result<Self, WorkspaceError> {
        let record = r.invoice(id)?;
        let frozen = Frozen::from_json(record.frozen.clone())?;
        let Some(invoice) = frozen.invoice()?.filter(|_| record.credits.is_none()) else {
            return Err(not_an_invoice(&record));
        };
        let content = invoice.draft().clone();
        let zero = Money::zero(content.currency());
        let mut left = Self {
            lines: invoice.amounts().to_vec(),
            bases: vec![zero; content.content().treatments.len()],
            credited: vec![zero; content.content().treatments.len()],
            standing: Standing::untouched(invoice.totals().total),
            record,
            frozen,
            content,
        };
        for (line, amount) in left.content.lines().iter().zip(&left.lines) {
            let base = &mut left.bases[usize::from(line.tax)];
            *base = base.plus(*amount)?;
        }
        for note in r.credit_notes(id)? {
            if note.number.is_some() {
                left.take(&Frozen::from_json(note.frozen)?.draft()?)?;
            }
        }
        for payment in r.payments(id, zero.currency())? {
            if payment.removed.is_none() {
                left.standing.paid = left.standing.paid.plus(payment.recorded.amount)?;
            }
        }
        Ok(left)
    }

    /// Takes away what a credit note credits.
    fn take(&mut self, note: &DraftInvoice) -> Result<(), WorkspaceError> {
        for (line, amount) in note.lines().iter().zip(note.amounts()?) {
            if let Some(of) = line.credits.and_then(|at| self.lines.get_mut(at as usize)) {
                *of = of.minus(amount)?;
            }
            let at = usize::from(line.tax);
            self.bases[at] = self.bases[at].minus(amount)?;
            self.credited[at] = self.credited[at].plus(amount)?;
        }
        let credited = self.standing.credited;
        self.standing.credited = credited.plus(note.totals()?.total)?;
        Ok(())
    }

    /// The lines of costs of a service's resource, by their places.
    pub fn places(&self, service: &str, resource: Option<&str>) -> Vec<usize> {
        let is = |line: &DraftLine| {
            line.kind == LineKind::Cost
                && line.service == service
                && line.resource.as_deref() == resource
        };
        let lines = self.content.lines().iter().enumerate();
        lines
            .filter(|(_, line)| is(line))
            .map(|(at, _)| at)
            .collect()
    }

    /// What is left of these lines together.
    pub fn together(&self, places: &[usize]) -> Result<Money, WorkspaceError> {
        let lines = places.iter().map(|at| &self.lines[*at]);
        Ok(Money::sum(lines, self.content.currency())?)
    }

    /// What it still claims, each claim with its cost line.
    pub fn claims(&self, r: &Reads<'_>) -> Result<(Claims, Vec<FrozenCost>), WorkspaceError> {
        let basis = self.frozen.basis();
        let named = |service: &str, resource: Option<&str>| {
            let is =
                |cost: &FrozenCost| cost.service == service && cost.resource.as_deref() == resource;
            basis
                .iter()
                .position(is)
                .and_then(|at| u32::try_from(at).ok())
        };
        let claims = r.claims(self.record.id, named)?;
        Ok((claims, basis))
    }
}

/// The cost lines of a service's resource, by their places in the claims.
pub(super) fn costs_of(
    basis: &[FrozenCost],
    service: &str,
    resource: Option<&str>,
) -> BTreeSet<u32> {
    let is = |cost: &FrozenCost| cost.service == service && cost.resource.as_deref() == resource;
    (0..)
        .zip(basis)
        .filter(|(_, cost)| is(cost))
        .map(|(at, _)| at)
        .collect()
}

fn not_an_invoice(record: &InvoiceRecord) -> WorkspaceError {
    WorkspaceError::Conflict {
        code: "invoice.not-issued",
        reason: match record.credits {
            Some(_) => "a credit note is not credited: draft the month again instead".to_owned(),
            None => format!(
                "draft {} is not issued: change it or throw it away",
                record.id
            ),
        },
        hint: None,
    }
}
