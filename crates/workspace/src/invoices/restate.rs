//! A month that changed after it was billed: what each invoice billed too much, by line. Nothing happens
//! by itself: a credit note is proposed, and what came on top is in the month's next draft.

use std::collections::BTreeMap;

use tallyport_ledger::{
    BillingPeriod, Currency, DraftLine, InvoiceNumber, LineKind, Metric, Money, MoneyError,
    OwnerId, ReadInvoices,
};
use tallyport_store::{
    Billable, InvoiceId, InvoiceQuery, NamedOwner, Overbilled, OverbilledLine, OwnerKey, Reads,
};

use super::credit::credited;
use super::frozen::{Frozen, FrozenCost};
use super::left::{Left, costs_of};
use crate::{Context, Grant, WorkspaceError};

/// What became of a billed month, for one recipient and currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Restatement {
    /// Whom it was billed to.
    pub recipient: OwnerKey,
    /// Their name.
    pub label: String,
    /// The currency of the costs.
    pub currency: Currency,
    /// The costs that were billed.
    pub billed: Money,
    /// The costs as they are now, less what is billed to others.
    pub now: Money,
    /// By how much they are more, or less.
    pub difference: Money,
    /// Every line that is not what was billed.
    pub lines: Vec<Difference>,
    /// The credit notes that would give back what is too much.
    pub credits: Vec<Proposal>,
}

/// A line that is not what was billed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The service.
    pub service: String,
    /// The resource.
    pub resource: Option<String>,
    /// By how much it is more, or less.
    pub cost: Money,
}

/// A credit note that could be drafted.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The invoice.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: Option<InvoiceNumber>,
    /// What it would credit before tax.
    pub amount: Money,
    /// Its lines.
    pub lines: Vec<DraftLine>,
}

/// The invoices of `month` that no longer bill what the month is.
///
/// # Errors
/// The workspace file's.
pub async fn restatements(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    month: BillingPeriod,
) -> Result<Vec<Restatement>, WorkspaceError> {
    cx.store
        .read(move |r| {
            let issued = r.invoices(InvoiceQuery {
                month: Some(month),
                owner: None,
                issued: Some(true),
            })?;
            let mut billed: BTreeMap<(OwnerId, Currency), Metric> = BTreeMap::new();
            for record in issued.iter().filter(|record| record.credits.is_none()) {
                let metric = Frozen::from_json(record.frozen.clone())?.metric()?;
                billed.insert((record.owner, record.currency), metric);
            }
            let names = r.owners()?;
            let mut found = Vec::new();
            for ((owner, currency), metric) in billed {
                let billable = r.billable(owner, month, metric)?;
                let billable = billable.iter().find(|one| one.currency == currency);
                let changed = billable.filter(|billable| !billable.lines.is_empty());
                if let (Some(billable), Some(named)) = (changed, names.get(&owner)) {
                    let mut credits = Vec::new();
                    for too_much in r.overbilled(owner, month, metric)? {
                        if too_much.freed.total.currency() == currency {
                            credits.extend(proposal(r, &too_much)?);
                        }
                    }
                    found.push(restatement(named, billable, credits)?);
                }
            }
            Ok(found)
        })
        .await
}

fn restatement(
    named: &NamedOwner,
    billable: &Billable,
    credits: Vec<Proposal>,
) -> Result<Restatement, WorkspaceError> {
    let lines = billable.lines.iter().map(|line| Difference {
        service: line.service.clone(),
        resource: line.resource.clone(),
        cost: line.exact,
    });
    Ok(Restatement {
        recipient: named.key,
        label: named.name.clone(),
        currency: billable.currency,
        billed: billable.billed_before,
        now: billable.billed_before.plus(billable.total)?,
        difference: billable.total,
        lines: lines.collect(),
        credits,
    })
}

fn proposal(r: &Reads<'_>, too_much: &Overbilled) -> Result<Option<Proposal>, WorkspaceError> {
    let left = Left::of(r, too_much.invoice)?;
    let lines = given_back(r, &left, &too_much.lines)?;
    let amount = Money::sum(
        lines.iter().map(|line| &line.exact),
        left.content.currency(),
    )?;
    Ok((amount.nanos() > 0).then_some(Proposal {
        invoice: too_much.invoice,
        number: left.record.number,
        amount,
        lines,
    }))
}

/// What an invoice billed too much.
pub(super) fn of(r: &Reads<'_>, left: &Left) -> Result<Option<Overbilled>, WorkspaceError> {
    let record = &left.record;
    let found = r.overbilled(record.owner, record.month, left.frozen.metric()?)?;
    let is = |one: &Overbilled| one.invoice == record.id;
    Ok(found.into_iter().find(is))
}

/// The lines of a credit note that gives it back.
pub(super) fn lines(r: &Reads<'_>, left: &Left) -> Result<Vec<DraftLine>, WorkspaceError> {
    match of(r, left)? {
        Some(too_much) => given_back(r, left, &too_much.lines),
        None => Ok(Vec::new()),
    }
}

/// Each cost at the price at which it was charged, in the smallest unit; no more than is left of its line.
fn given_back(
    r: &Reads<'_>,
    left: &Left,
    too_much: &[OverbilledLine],
) -> Result<Vec<DraftLine>, WorkspaceError> {
    let (claims, basis) = left.claims(r)?;
    let mut lines = Vec::new();
    for line in too_much {
        let resource = line.resource.as_deref();
        let places = left.places(&line.service, resource);
        let charged = left.together(&places)?;
        let costs = costs_of(&basis, &line.service, resource);
        let costs = costs.into_iter().map(|cost| claims.of_line(Some(cost)));
        let cost = Money::sum(&costs.collect::<Vec<_>>(), line.cost.currency())?;
        if places.is_empty() || cost.nanos() <= 0 {
            // A late credit, or on what was never billed: at the price of the whole invoice.
            lines.push(DraftLine::of_cost(
                line.service.clone(),
                line.resource.clone(),
                at_whole_price(left, &basis, line.cost)?,
            ));
            continue;
        }
        if charged.nanos() <= 0 {
            // Nothing was asked for it, or nothing is left of that.
            continue;
        }
        let mut amount = if line.cost >= cost {
            charged
        } else {
            share(charged, line.cost, cost)?
        };
        for at in places {
            let taken = if amount > left.lines[at] {
                left.lines[at]
            } else {
                amount
            };
            if taken.nanos() > 0 {
                lines.push(credited(&left.content.lines()[at], at, taken));
                amount = amount.minus(taken)?;
            }
        }
    }
    lines.extend(discounts_taken_back(left, &lines)?);
    lines.retain(|line| !line.exact.is_zero());
    Ok(lines)
}

/// A cost at the price at which the invoice charged its costs as a whole.
fn at_whole_price(left: &Left, basis: &[FrozenCost], cost: Money) -> Result<Money, WorkspaceError> {
    if left.frozen.basis.is_none() {
        return Ok(cost.rounded_to_minor());
    }
    let content = &left.content;
    let is_cost = |line: &&DraftLine| line.kind == LineKind::Cost;
    let charged = content.lines().iter().filter(is_cost);
    let charged = Money::sum(charged.map(|line| &line.exact), content.currency())?;
    let costs = basis
        .iter()
        .map(|one| Money::parse(&one.exact, cost.currency()));
    let costs = Money::sum(&costs.collect::<Result<Vec<_>, _>>()?, cost.currency())?;
    if costs.nanos() <= 0 {
        return Ok(Money::zero(content.currency()));
    }
    share(charged, cost, costs)
}

/// What was taken off a service is taken back with as much of its costs as is given back.
fn discounts_taken_back(
    left: &Left,
    given_back: &[DraftLine],
) -> Result<Vec<DraftLine>, WorkspaceError> {
    let currency = left.content.currency();
    let mut lines = Vec::new();
    for (at, line) in left.content.lines().iter().enumerate() {
        if line.kind != LineKind::Discount {
            continue;
        }
        let of_service =
            |one: &&DraftLine| one.kind == LineKind::Cost && one.service == line.service;
        let back = given_back.iter().filter(of_service).map(|one| &one.exact);
        let all = left.content.lines().iter().zip(&left.lines);
        let all = all
            .filter(|(one, _)| of_service(one))
            .map(|(_, amount)| amount);
        let (back, all) = (Money::sum(back, currency)?, Money::sum(all, currency)?);
        if all.nanos() > 0 {
            lines.push(credited(line, at, share(left.lines[at], back, all)?));
        }
    }
    Ok(lines)
}

/// `part` of `whole` of what was charged, rounded once.
fn share(charged: Money, part: Money, whole: Money) -> Result<Money, WorkspaceError> {
    let nanos = charged
        .nanos()
        .checked_mul(part.nanos())
        .ok_or(MoneyError::TooLarge)?
        / whole.nanos();
    Ok(Money::from_nanos(nanos, charged.currency()).rounded_to_minor())
}
