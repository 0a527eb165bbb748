//! Documents ready to show: what stands on them, and how they stand.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use tallyport_ledger::{
    DraftInvoice, InvoiceNumber, InvoiceState, InvoiceTotals, Money, Name, OwnerId, Standing,
    TaxLine,
};
use tallyport_store::{
    Approval, Delivery, InvoiceId, InvoiceQuery, InvoiceRecord, NamedOwner, OwnerKey, Reads,
    StoreError,
};

use super::frozen::Frozen;
use crate::WorkspaceError;

/// A document or a draft, ready to show.
#[derive(Debug, Clone, PartialEq)]
pub struct InvoiceView {
    /// Its identity, from the draft on.
    pub id: InvoiceId,
    /// Where it is in its life.
    pub state: InvoiceState,
    /// Its number, once it is issued.
    pub number: Option<InvoiceNumber>,
    /// Whom it is for.
    pub recipient: OwnerKey,
    /// Their name, as on the paper.
    pub label: Name,
    /// Everything on it.
    pub content: DraftInvoice,
    /// The amount of each line, rounded so that they add up.
    pub amounts: Vec<Money>,
    /// Subtotal, tax and total.
    pub totals: InvoiceTotals,
    /// The tax by treatment.
    pub taxes: Vec<TaxLine>,
    /// What was credited and paid of it.
    pub standing: Standing,
    /// What its lines cost the one who bills, in the currency of the provider's bill.
    pub cost: Money,
    /// What of it is earned; none where it is charged in another currency than it costs.
    pub margin: Option<Money>,
    /// The invoice that it credits.
    pub of: Option<Related>,
    /// The invoice that it stands in for.
    pub replaces: Option<Related>,
    /// What stands in for it.
    pub replaced_by: Option<Related>,
    /// Its credit notes.
    pub credits: Vec<Related>,
    /// What of each line they took back.
    pub credited: Vec<Money>,
    /// What the recipient had in the month before, in the same currency and metric.
    pub previous_total: Option<Money>,
    /// When it was drafted.
    pub drafted_at: Timestamp,
    /// Everybody who had a hand in the draft.
    pub drafted_by: Vec<String>,
    /// Who found it right.
    pub approval: Option<Approval>,
    /// The day it was issued.
    pub issued_on: Option<Date>,
    /// The day it is due.
    pub due_on: Option<Date>,
    /// How many days there are to pay it.
    pub due_days: u16,
    /// By how many days it is overdue.
    pub overdue_days: Option<i32>,
    /// What to look at before it is issued.
    pub warnings: Vec<String>,
    /// Printed on every page, such as "Demo data".
    pub mark: Option<String>,
    /// Whether the workspace asks for two pairs of eyes.
    pub four_eyes: bool,
    /// The last letter that it went out with.
    pub letter: Option<Delivery>,
}

/// Another document, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Its identity.
    pub id: InvoiceId,
    /// Its number, once it is issued.
    pub number: Option<InvoiceNumber>,
    /// The day it was issued.
    pub issued_on: Option<Date>,
    /// What is to be paid, or is credited.
    pub total: Money,
}

/// What documents refer to: read once for all that are shown.
pub(super) struct Shelf {
    owners: HashMap<OwnerId, NamedOwner>,
    paid: HashMap<InvoiceId, i128>,
    credits: HashMap<InvoiceId, Vec<Related>>,
    /// What credit notes took back, by invoice and the place of its line.
    credited: HashMap<(InvoiceId, u32), Money>,
    others: HashMap<InvoiceId, Related>,
    replaced: HashMap<InvoiceId, Related>,
    /// The last letter of each that went out.
    letters: HashMap<InvoiceId, Delivery>,
    four_eyes: bool,
    today: Date,
}

impl Shelf {
    /// For one document.
    pub fn of(r: &Reads<'_>, record: &InvoiceRecord, today: Date) -> Result<Self, WorkspaceError> {
        let family = InvoiceQuery {
            month: Some(record.month),
            owner: Some(record.owner),
            issued: None,
        };
        Self::around(r, &r.invoices(family)?, today)
    }

    /// For `records`, among which everything is that they refer to.
    pub fn around(
        r: &Reads<'_>,
        records: &[InvoiceRecord],
        today: Date,
    ) -> Result<Self, WorkspaceError> {
        let mut shelf = Self {
            owners: r.owners()?,
            paid: r.paid()?,
            credits: HashMap::new(),
            credited: HashMap::new(),
            others: HashMap::new(),
            replaced: HashMap::new(),
            letters: HashMap::new(),
            four_eyes: r.settings()?.four_eyes,
            today,
        };
        let named: HashSet<InvoiceId> = records
            .iter()
            .flat_map(|record| [record.credits, record.replaces])
            .flatten()
            .collect();
        for record in records {
            if record.number.is_some()
                && let Some(letter) = r.last_letter(record.id)?
            {
                shelf.letters.insert(record.id, letter);
            }
            let referring = record.credits.is_some() || record.replaces.is_some();
            if !referring && !named.contains(&record.id) {
                continue;
            }
            let draft = Frozen::from_json(record.frozen.clone())?.draft()?;
            let related = Related {
                id: record.id,
                number: record.number.clone(),
                issued_on: record.issued_on,
                total: draft.totals()?.total,
            };
            if let Some(of) = record.credits.filter(|_| record.number.is_some()) {
                shelf.credits.entry(of).or_default().push(related.clone());
                for (line, amount) in draft.lines().iter().zip(draft.amounts()?) {
                    if let Some(at) = line.credits {
                        let nothing = Money::zero(amount.currency());
                        let credited = shelf.credited.entry((of, at)).or_insert(nothing);
                        *credited = credited.plus(amount)?;
                    }
                }
            }
            if let Some(of) = record.replaces {
                shelf.replaced.insert(of, related.clone());
            }
            shelf.others.insert(record.id, related);
        }
        Ok(shelf)
    }

    fn standing(&self, id: InvoiceId, total: Money) -> Result<Standing, WorkspaceError> {
        let credits = self.credits.get(&id).into_iter().flatten();
        let credited = Money::sum(credits.map(|note| &note.total), total.currency())?;
        let paid = self.paid.get(&id).copied().unwrap_or_default();
        Ok(Standing {
            total,
            credited,
            paid: Money::from_nanos(paid, total.currency()),
        })
    }

    fn other(&self, id: Option<InvoiceId>) -> Option<Related> {
        id.and_then(|id| self.others.get(&id).cloned())
    }
}

/// Where a document is in its life. A credit note is paid by nobody.
pub(super) fn state(
    issued: bool,
    approved: bool,
    is_credit_note: bool,
    standing: &Standing,
) -> Result<InvoiceState, WorkspaceError> {
    Ok(match (issued, approved) {
        (false, false) => InvoiceState::Draft,
        (false, true) => InvoiceState::Approved,
        (true, _) if is_credit_note => InvoiceState::Issued,
        (true, _) => standing.state()?,
    })
}

/// A document as kept, ready to show. Its figures come from what is frozen, never from today's data.
pub(super) fn view(record: InvoiceRecord, shelf: &Shelf) -> Result<InvoiceView, WorkspaceError> {
    let frozen = Frozen::from_json(record.frozen)?;
    let recipient = shelf
        .owners
        .get(&record.owner)
        .ok_or_else(|| StoreError::Damaged("an invoice is for nobody".to_owned()))?
        .key;
    let invoice = frozen.invoice()?;
    let content = match &invoice {
        Some(invoice) => invoice.draft().clone(),
        None => frozen.draft()?,
    };
    let totals = content.totals()?;
    let standing = shelf.standing(record.id, totals.total)?;
    let is_credit_note = content.kind().is_credit_note();
    let approved = record.approval.is_some();
    let state = state(invoice.is_some(), approved, is_credit_note, &standing)?;
    let due_on = invoice.as_ref().map(|invoice| invoice.due_on());
    let overdue_days = match due_on.filter(|_| !is_credit_note) {
        Some(due_on) => standing.overdue(due_on, shelf.today)?,
        None => None,
    };
    let credited = (0..).zip(content.lines()).map(|(at, _)| {
        let credited = shelf.credited.get(&(record.id, at)).copied();
        credited.unwrap_or(Money::zero(content.currency()))
    });
    let credited = credited.collect();
    let costs = frozen.cost_currency()?;
    let cost = content.lines().iter().filter_map(|line| line.cost.as_ref());
    let cost = Money::sum(cost, costs)?;
    let margin = (costs == content.currency()).then(|| content.exact()?.minus(cost));
    Ok(InvoiceView {
        id: record.id,
        state,
        number: record.number,
        recipient,
        label: content.buyer().name.clone(),
        amounts: content.amounts()?,
        taxes: content.tax_lines()?,
        totals,
        standing,
        cost,
        margin: margin.transpose()?,
        of: shelf.other(record.credits),
        replaces: shelf.other(record.replaces),
        replaced_by: shelf.replaced.get(&record.id).cloned(),
        credits: shelf.credits.get(&record.id).cloned().unwrap_or_default(),
        credited,
        previous_total: frozen.previous_total()?,
        drafted_at: record.drafted_at,
        drafted_by: record.drafted_by,
        approval: record.approval,
        issued_on: record.issued_on,
        due_on: due_on.filter(|_| !is_credit_note),
        due_days: frozen.payment_days(),
        overdue_days,
        warnings: frozen.warnings,
        mark: frozen.mark,
        four_eyes: shelf.four_eyes,
        letter: shelf.letters.get(&record.id).cloned(),
        content,
    })
}
