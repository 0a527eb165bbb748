//! Credit notes: an invoice taken back, whole or line by line. What a credit note takes back of a cost
//! can be billed again; what it does not take back stays billed.

use std::collections::BTreeMap;

use serde_json::json;
use tallyport_ledger::{DraftLine, IssueInvoices, LineKind, Money};
use tallyport_store::{Claims, InvoiceDraft, InvoiceId, Reads, Writes};

use super::frozen::{Frozen, FrozenCredit, FrozenNumber};
use super::frozen_line::FrozenLine;
use super::left::{Left, costs_of};
use super::show::{self, Shelf};
use super::{InvoiceView, change, issue, restate};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// What is credited of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credit {
    /// All that is left of it.
    Whole,
    /// Of these lines, by their numbers from one, so much, or all that is left of them.
    Lines(Vec<(usize, Option<String>)>),
    /// What a restated month no longer has.
    Restated,
}

const REASON: usize = 500;

/// Drafts a credit note of an issued invoice, in place of one drafted before. It is approved and issued
/// as invoices are.
///
/// # Errors
/// A conflict if it is not issued or nothing is left of it; [`WorkspaceError::Invalid`] for more than is left.
pub async fn credit(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: InvoiceId,
    reason: &str,
    what: Credit,
) -> Result<InvoiceView, WorkspaceError> {
    let (at, today, trail) = (cx.now(), cx.today(), Trail::of(cx, by));
    let (by, reason) = (by.name().to_owned(), reason.to_owned());
    cx.store
        .write(move |w| {
            let note = draft_note(w, id, &reason, &what, (at, by), &trail)?;
            let record = w.invoice(note)?;
            let shelf = Shelf::of(w, &record, today)?;
            show::view(record, &shelf)
        })
        .await
}

/// Drafts a credit note and notes so.
pub(super) fn draft_note(
    w: &mut Writes<'_>,
    id: InvoiceId,
    reason: &str,
    what: &Credit,
    (at, by): (jiff::Timestamp, String),
    trail: &Trail,
) -> Result<InvoiceId, WorkspaceError> {
    let reason = change::words("reason", Some(reason.to_owned()), REASON)?
        .ok_or_else(|| WorkspaceError::invalid("reason", "a credit note says why it is made"))?;
    let before = w.credit_notes(id)?;
    if let Some(draft) = before.iter().find(|note| note.number.is_none()) {
        change::refuse_fixed(draft)?;
    }
    let left = Left::of(w, id)?;
    let lines = match what {
        Credit::Whole => left.whole()?,
        Credit::Lines(asked) => left.lines_asked(asked)?,
        Credit::Restated => restate::lines(w, &left)?,
    };
    let frozen = left.note(&lines, reason.clone(), *what == Credit::Restated)?;
    left.takes(&frozen)?;
    let note = w.put_draft(&InvoiceDraft {
        owner: left.record.owner,
        month: left.record.month,
        exact: Money::zero(left.record.currency),
        credits: Some(id),
        replaces: None,
        drafted_at: at,
        drafted_by: vec![by],
        frozen: frozen.to_json()?,
        figures: frozen.figures()?,
    })?;
    let of = left.record.number.map(|number| number.to_string());
    let details = json!({ "invoice": note.0, "of": of, "reason": reason });
    trail.keep(w, "invoice.credit_drafted", &note.to_string(), &details)?;
    Ok(note)
}

/// What issuing a credit note of `of` frees, if as much as it credits is still left.
pub(super) fn freed(
    r: &Reads<'_>,
    of: InvoiceId,
    frozen: &Frozen,
) -> Result<Claims, WorkspaceError> {
    let left = Left::of(r, of)?;
    left.takes(frozen)?;
    let credit = frozen.credit.as_ref().ok_or_else(issue::outdated)?;
    if credit.before != decimals(&left.credited) {
        return Err(issue::outdated());
    }
    if credit.restated {
        let found = restate::of(r, &left)?.ok_or_else(issue::outdated)?;
        let lines = restate::lines(r, &left)?;
        let is_still = lines
            .iter()
            .map(FrozenLine::of)
            .eq(frozen.lines.iter().cloned());
        return if is_still {
            Ok(found.freed)
        } else {
            Err(issue::outdated())
        };
    }
    left.frees(r, frozen)
}

fn decimals(amounts: &[Money]) -> Vec<String> {
    amounts.iter().map(|amount| amount.to_decimal(0)).collect()
}

impl Left {
    /// Everything that is left, as lines of a credit note.
    fn whole(&self) -> Result<Vec<DraftLine>, WorkspaceError> {
        let mut lines = Vec::new();
        let mut rest = self.bases.clone();
        for (at, (line, left)) in self.content.lines().iter().zip(&self.lines).enumerate() {
            let base = &mut rest[usize::from(line.tax)];
            *base = base.minus(*left)?;
            if !left.is_zero() {
                lines.push(credited(line, at, *left));
            }
        }
        // Credit notes over what is of none of the lines, such as a late credit of the provider.
        for (tax, rest) in (0_u8..).zip(rest).filter(|(_, rest)| !rest.is_zero()) {
            lines.push(DraftLine {
                kind: LineKind::Credit,
                tax,
                ..DraftLine::one_off("Credited before".to_owned(), rest)
            });
        }
        Ok(lines)
    }

    fn lines_asked(
        &self,
        asked: &[(usize, Option<String>)],
    ) -> Result<Vec<DraftLine>, WorkspaceError> {
        let mut wanted: BTreeMap<usize, Option<&str>> = BTreeMap::new();
        for (number, amount) in asked {
            let at = number.checked_sub(1).filter(|at| *at < self.lines.len());
            let at = at.ok_or_else(|| {
                let many = self.lines.len();
                WorkspaceError::invalid(
                    "lines",
                    format!("there is no line {number}: it has {many}"),
                )
            })?;
            if wanted.insert(at, amount.as_deref()).is_some() {
                return Err(WorkspaceError::invalid(
                    "lines",
                    format!("line {number} is named twice"),
                ));
            }
        }
        let line = |(at, amount): (usize, Option<&str>)| {
            let (line, left) = (&self.content.lines()[at], self.lines[at]);
            let refused =
                |why: String| WorkspaceError::invalid("lines", format!("line {}: {why}", at + 1));
            let amount = match amount {
                None => left,
                Some(text) => Money::parse(text.trim(), left.currency())
                    .map_err(|error| refused(error.to_string()))?,
            };
            if amount.rounded_to_minor() != amount {
                return Err(refused(format!(
                    "{amount} has more decimals than its currency"
                )));
            }
            let outside = if left.nanos() < 0 {
                amount < left || amount.nanos() > 0
            } else {
                amount > left || amount.nanos() < 0
            };
            if amount.is_zero() || outside {
                return Err(refused(format!(
                    "{left} is left of it; {amount} cannot be credited"
                )));
            }
            Ok(credited(line, at, amount))
        };
        wanted.into_iter().map(line).collect()
    }

    /// A credit note over `lines`.
    fn note(
        &self,
        lines: &[DraftLine],
        reason: String,
        restated: bool,
    ) -> Result<Frozen, WorkspaceError> {
        let number = self.record.number.as_ref().ok_or_else(issue::outdated)?;
        Ok(Frozen {
            lines: lines.iter().map(FrozenLine::of).collect(),
            // What it frees is found when it is issued.
            basis: Some(Vec::new()),
            by_hand: None,
            replaces: None,
            payment_days: 0,
            purchase_order: self.content.content().purchase_order.clone(),
            credit: Some(FrozenCredit {
                of: FrozenNumber::of(number),
                reason,
                restated,
                before: decimals(&self.credited),
            }),
            previous_total: None,
            warnings: Vec::new(),
            // The first layout knows no credit notes.
            look: Some(self.frozen.look.clone().unwrap_or_default()),
            issue: None,
            ..self.frozen.clone()
        })
    }

    /// Whether a credit note credits something, and no more than is left.
    fn takes(&self, note: &Frozen) -> Result<(), WorkspaceError> {
        let refused = |reason: String| WorkspaceError::Conflict {
            code: "invoice.nothing-left",
            reason,
            hint: None,
        };
        if note.lines.is_empty() {
            return Err(refused("nothing is left to credit".to_owned()));
        }
        let (total, left) = (note.draft()?.totals()?.total, self.standing.left()?);
        if total.nanos() <= 0 {
            return Err(refused(format!("{total} is nothing that can be credited")));
        }
        if total > left {
            return Err(refused(format!(
                "{total} is more than the {left} that is left of it"
            )));
        }
        Ok(())
    }

    /// What a credit note frees: of each cost the share that is credited of its lines; all that is left,
    /// where nothing is left of the invoice.
    fn frees(&self, r: &Reads<'_>, note: &Frozen) -> Result<Claims, WorkspaceError> {
        let note = note.draft()?;
        let (claims, basis) = self.claims(r)?;
        let mut taken: BTreeMap<usize, Money> = BTreeMap::new();
        for (line, amount) in note.lines().iter().zip(note.amounts()?) {
            if let Some(at) = line.credits {
                taken.insert(at as usize, amount);
            }
        }
        let mut lines = self.lines.iter().enumerate();
        let all =
            lines.all(|(at, left)| taken.get(&at).unwrap_or(&Money::zero(left.currency())) == left);
        if all {
            return Ok(claims.freed(|_| (1, 1))?);
        }
        let mut shares: BTreeMap<u32, (i128, i128)> = BTreeMap::new();
        for at in taken.keys() {
            let line = &self.content.lines()[*at];
            if line.kind != LineKind::Cost {
                continue;
            }
            let resource = line.resource.as_deref();
            let places = self.places(&line.service, resource);
            let left = self.together(&places)?;
            let credited = places.iter().filter_map(|at| taken.get(at));
            let credited = Money::sum(credited, left.currency())?;
            let share = if left.is_zero() {
                (0, 1)
            } else {
                (credited.nanos(), left.nanos())
            };
            let costs = costs_of(&basis, &line.service, resource);
            shares.extend(costs.into_iter().map(|cost| (cost, share)));
        }
        let share = |line: Option<u32>| {
            let share = line.and_then(|line| shares.get(&line).copied());
            share.unwrap_or((0, 1))
        };
        Ok(claims.freed(share)?)
    }
}

/// The line of a credit note that takes `amount` of a line back. What it was measured at stays with the
/// invoice.
pub(super) fn credited(line: &DraftLine, at: usize, amount: Money) -> DraftLine {
    DraftLine {
        quantity: None,
        unit_price: None,
        exact: amount,
        cost: None,
        credits: u32::try_from(at).ok(),
        ..line.clone()
    }
}
