use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;
use tallyport_ledger::{BillingPeriod, DraftLine, IssueInvoices, LineKind, Money, OwnerId};
use tallyport_store::{
    Billable, InvoiceDraft, InvoiceId, InvoiceQuery, InvoiceRecord, NamedOwner, OwnerKey,
    Quarantine, Reads, RecipientKind, Settings, Writes,
};

use super::frozen::{Frozen, FrozenCost, FrozenNumber};
use super::frozen_line::FrozenLine;
use super::frozen_terms::{FrozenExchange, FrozenParty, FrozenTreatment};
use super::priced::{Pricing, priced, with_fees};
use super::show::Shelf;
use super::terms::{Terms, taxed, terms};
use super::{InvoiceView, show};
use crate::error::TERMS;
use crate::letterhead::FrozenLook;
use crate::plausibility::{not_quarantined, refusal, sentence};
use crate::pricing::billed_recipients;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// What was drafted.
#[derive(Debug, Clone, PartialEq)]
pub struct Drafted {
    /// The drafts, by recipient.
    pub invoices: Vec<InvoiceView>,
    /// Who was left out, and why.
    pub nothing: Vec<NothingToBill>,
}

/// Somebody for whom no draft was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NothingToBill {
    /// Who.
    pub recipient: OwnerKey,
    /// Their name.
    pub label: String,
    /// Why.
    pub reason: String,
}

/// What was drafted, before it is shown.
#[derive(Default)]
pub(super) struct Outcome {
    pub kept: Vec<InvoiceId>,
    /// Those of them that were there before, and are as they were.
    pub unchanged: Vec<InvoiceId>,
    pub nothing: Vec<NothingToBill>,
}

/// Why somebody among many is left out.
pub(super) enum LeftOut {
    /// What they had is not believed yet.
    Held(Box<Quarantine>),
    /// There are no terms on which they can be billed.
    Terms,
}

/// What drafting one month needs to know.
pub(super) struct Drafting {
    pub month: BillingPeriod,
    today: Date,
    at: Timestamp,
    by: String,
    settings: Settings,
    mark: Option<String>,
    owners: HashMap<OwnerId, NamedOwner>,
    /// The invoice that the drafts stand in for.
    replaces: Option<InvoiceRecord>,
}

/// Drafts `month` for `recipient`, or for every person with costs in it; one draft a currency. A
/// draft made before is replaced, unless it is approved; what earlier invoices billed is left out.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; amounts too large; terms that do not hold, such as a tax without an id.
pub async fn draft(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    month: BillingPeriod,
    recipient: Option<OwnerKey>,
) -> Result<Drafted, WorkspaceError> {
    let (at, today, trail) = (cx.now(), cx.today(), Trail::of(cx, by));
    let by = by.name().to_owned();
    cx.store
        .write(move |w| {
            let drafting = Drafting::of(w, month, (at, today, by), None)?;
            let owners = match recipient {
                Some(key) => vec![w.owner_of(key)?],
                None => billed_recipients(w, &drafting.owners, RecipientKind::People, month)?,
            };
            let mut drafted = Outcome::default();
            let mut held = None;
            for owner in owners {
                if recipient.is_none() {
                    if let Some(LeftOut::Held(found)) =
                        drafting.one_of_many(w, owner, &mut drafted)?
                    {
                        held = Some(found);
                    }
                } else {
                    not_quarantined(w, owner, month)?;
                    drafting.one(w, owner, &mut drafted)?;
                }
            }
            if let (Some(held), []) = (&held, drafted.kept.as_slice()) {
                return Err(refusal(held));
            }
            drafted.told(w, &trail, month)?;
            drafting.shown(w, drafted)
        })
        .await
}

impl Outcome {
    /// Whether there is a draft that was not there before.
    pub fn has_changed(&self) -> bool {
        self.kept.len() > self.unchanged.len()
    }

    /// Notes in the trail what was drafted.
    pub fn told(
        &self,
        w: &mut Writes<'_>,
        trail: &Trail,
        month: BillingPeriod,
    ) -> Result<(), WorkspaceError> {
        let numbers: Vec<i64> = self.kept.iter().map(|id| id.0).collect();
        let details = json!({ "drafts": numbers });
        Ok(trail.keep(w, "invoices.drafted", &month.to_string(), &details)?)
    }
}

impl Drafting {
    pub fn of(
        r: &Reads<'_>,
        month: BillingPeriod,
        (at, today, by): (Timestamp, Date, String),
        replaces: Option<InvoiceRecord>,
    ) -> Result<Self, WorkspaceError> {
        Ok(Self {
            month,
            today,
            at,
            by,
            settings: r.settings()?,
            mark: r.workspace()?.demo.then(|| "Demo data".to_owned()),
            owners: r.owners()?,
            replaces,
        })
    }

    /// The drafts of one among many: who cannot be billed now is left out, and hinders nobody else.
    pub fn one_of_many(
        &self,
        w: &mut Writes<'_>,
        owner: OwnerId,
        drafted: &mut Outcome,
    ) -> Result<Option<LeftOut>, WorkspaceError> {
        if let Some(found) = w.quarantined_of(owner, self.month)?.into_iter().next() {
            self.leave_out(w, owner, sentence(&found), drafted)?;
            return Ok(Some(LeftOut::Held(Box::new(found))));
        }
        match self.one(w, owner, drafted) {
            Err(WorkspaceError::Conflict { code, reason, .. }) if code == TERMS => {
                self.leave_out(w, owner, reason, drafted)?;
                Ok(Some(LeftOut::Terms))
            }
            Err(other) => Err(other),
            Ok(()) => Ok(None),
        }
    }

    /// No draft for somebody who cannot be billed now; one made before is thrown away.
    fn leave_out(
        &self,
        w: &mut Writes<'_>,
        owner: OwnerId,
        reason: String,
        drafted: &mut Outcome,
    ) -> Result<(), WorkspaceError> {
        w.drop_drafts(owner, self.month, &[])?;
        if let Some(named) = self.owners.get(&owner) {
            drafted.nothing.push(NothingToBill {
                recipient: named.key,
                label: named.name.clone(),
                reason,
            });
        }
        Ok(())
    }

    /// The drafts of one recipient.
    pub fn one(
        &self,
        w: &mut Writes<'_>,
        owner: OwnerId,
        drafted: &mut Outcome,
    ) -> Result<(), WorkspaceError> {
        let Some(named) = self.owners.get(&owner) else {
            return Ok(());
        };
        let metric = self.settings.invoice_metric;
        let previous = match self.month.previous() {
            Ok(month) => w.owned_total(owner, month, metric)?,
            Err(_) => Vec::new(),
        };
        let mut kept: Vec<InvoiceId> = Vec::new();
        let (billable, charged) = with_fees(w, &self.owners, named, self.month, metric)?;
        let mut reasons = Vec::new();
        for billable in &billable {
            let charged = charged.contains(&billable.currency);
            if let Some(reason) = why_not(billable).filter(|_| !charged) {
                reasons.push(reason);
                continue;
            }
            let before = w.draft_for(owner, self.month, billable.currency)?;
            if let Some(before) = before.as_ref().filter(|before| before.approval.is_some()) {
                reasons.push(format!(
                    "draft {} is approved and stays as it is: withdraw it to draft it anew",
                    before.id
                ));
                continue;
            }
            let previous = previous
                .iter()
                .find(|sum| sum.currency() == billable.currency);
            let replaced = self.replaced(billable).map(|replaced| replaced.id);
            let replaces = replaced.or(before.as_ref().and_then(|before| before.replaces));
            let mut authors = vec![self.by.clone()];
            let mut frozen = self.frozen(w, named, billable, previous, before.as_ref())?;
            taxed(w, &self.settings.seller, &mut frozen)?;
            if let Some(before) = before.as_ref().filter(|_| frozen.by_hand.is_some()) {
                let others = before.drafted_by.iter().filter(|by| **by != self.by);
                authors.extend(others.cloned());
            }
            if let Some(reason) = at_least_something(&frozen)? {
                reasons.push(why_not(billable).unwrap_or(reason));
                continue;
            }
            let (frozen, figures) = (frozen.to_json()?, frozen.figures()?);
            if let Some(same) =
                before.filter(|before| before.frozen == frozen && before.replaces == replaces)
            {
                drafted.unchanged.push(same.id);
                kept.push(same.id);
                continue;
            }
            kept.push(w.put_draft(&InvoiceDraft {
                owner,
                month: self.month,
                exact: billable.total,
                credits: None,
                replaces,
                drafted_at: self.at,
                drafted_by: authors,
                frozen,
                figures,
            })?);
        }
        w.drop_drafts(owner, self.month, &kept)?;
        if kept.is_empty() {
            if reasons.is_empty() {
                reasons.push(format!("no costs in {}", self.month));
            }
            drafted.nothing.push(NothingToBill {
                recipient: named.key,
                label: named.name.clone(),
                reason: reasons.join("; "),
            });
        }
        drafted.kept.extend(kept);
        Ok(())
    }

    /// The invoice that a draft over this stands in for.
    fn replaced(&self, billable: &Billable) -> Option<&InvoiceRecord> {
        let replaced = self.replaces.as_ref();
        replaced.filter(|record| record.currency == billable.currency)
    }

    /// What was drafted, as it is shown: whatever it refers to is read once.
    pub fn shown(&self, w: &Writes<'_>, outcome: Outcome) -> Result<Drafted, WorkspaceError> {
        let of_month = w.invoices(InvoiceQuery {
            month: Some(self.month),
            ..InvoiceQuery::default()
        })?;
        let shelf = Shelf::around(w, &of_month, self.today)?;
        let mut records: HashMap<InvoiceId, InvoiceRecord> = of_month
            .into_iter()
            .map(|record| (record.id, record))
            .collect();
        let records = outcome.kept.iter().filter_map(|id| records.remove(id));
        Ok(Drafted {
            invoices: records
                .map(|record| show::view(record, &shelf))
                .collect::<Result<_, _>>()?,
            nothing: outcome.nothing,
        })
    }

    fn frozen(
        &self,
        w: &Writes<'_>,
        named: &NamedOwner,
        billable: &Billable,
        previous: Option<&Money>,
        before: Option<&InvoiceRecord>,
    ) -> Result<Frozen, WorkspaceError> {
        let Terms {
            seller,
            buyer,
            treatments,
            exchange,
            payment_days,
            purchase_order,
            language,
            warnings: about_terms,
        } = terms(w, &self.settings, named, self.month, billable.currency)?;
        let pricing = Pricing {
            owner: named.id,
            recipient: named.key,
            month: self.month,
            billable,
            owners: &self.owners,
        };
        let mut priced = priced(w, &pricing)?;
        let mut currency = billable.currency;
        let as_it_is = priced.book.is_none() && exchange.is_none();
        if let Some(rate) = &exchange {
            currency = rate.to();
            exchanged(&mut priced.lines, rate)?;
        }
        let mut warnings = self.warnings(w, named.id, billable)?;
        warnings.extend(about_terms);
        warnings.extend(priced.warnings);
        let before = before.map(|record| Frozen::from_json(record.frozen.clone()));
        let before = before.transpose()?;
        let replaced = self.replaced(billable);
        let replaced = replaced.and_then(|record| record.number.as_ref());
        let (by_hand, replaced_before) =
            before.map_or((None, None), |before| (before.by_hand, before.replaces));
        Ok(Frozen {
            month: self.month.to_string(),
            metric: self.settings.invoice_metric.word().to_owned(),
            currency: currency.code().to_owned(),
            seller: FrozenParty::of(&seller),
            buyer: FrozenParty::of(&buyer),
            tax_rate_ppm: treatments
                .first()
                .map_or(0, |treatment| treatment.rate().parts_per_million()),
            treatments: treatments.iter().map(FrozenTreatment::of).collect(),
            payment_days,
            lines: priced.lines.iter().map(FrozenLine::of).collect(),
            basis: (!as_it_is).then(|| costs(billable)),
            by_hand,
            exchange: exchange.as_ref().map(FrozenExchange::of),
            book: priced.book,
            purchase_order,
            replaces: replaced.map(FrozenNumber::of).or(replaced_before),
            credit: None,
            previous_total: previous.map(|sum| sum.to_decimal(0)),
            warnings,
            mark: self.mark.clone(),
            look: Some(FrozenLook::now(w, language.as_deref())?),
            issue: None,
        })
    }

    fn warnings(
        &self,
        w: &Writes<'_>,
        owner: OwnerId,
        billable: &Billable,
    ) -> Result<Vec<String>, WorkspaceError> {
        let mut warnings = Vec::new();
        if self.today <= self.month.last_day() {
            warnings.push(format!("{} is not over yet.", self.month));
        }
        match w.estimated_periods(owner, self.month)? {
            0 => {}
            1 => warnings.push(
                "One billing period behind this is still estimated: its figures may change."
                    .to_owned(),
            ),
            many => warnings.push(format!(
                "{many} billing periods behind this are still estimated: their figures may change."
            )),
        }
        let earlier: Vec<String> = w
            .issued_to(owner, self.month, billable.currency)?
            .iter()
            .filter_map(|record| record.number.as_ref().map(ToString::to_string))
            .collect();
        if !earlier.is_empty() && !billable.billed_before.is_zero() {
            warnings.push(format!(
                "Only what changed since {}, which billed {}.",
                earlier.join(", "),
                billable.billed_before
            ));
        }
        if !billable.billed_to_others.is_zero() {
            warnings.push(format!(
                "{} is left out: it was billed to somebody else before it changed hands.",
                billable.billed_to_others
            ));
        }
        Ok(warnings)
    }
}

/// The costs that a draft is made from.
pub(super) fn costs(billable: &Billable) -> Vec<FrozenCost> {
    let lines = billable.lines.iter().map(|line| FrozenCost {
        service: line.service.clone(),
        resource: line.resource.clone(),
        exact: line.exact.to_decimal(0),
    });
    lines.collect()
}

/// Says the lines in the currency of the invoice; what they cost stays in that of the bill.
fn exchanged(
    lines: &mut [DraftLine],
    rate: &tallyport_ledger::ExchangeRate,
) -> Result<(), WorkspaceError> {
    let amounts: Vec<Money> = lines.iter().map(|line| line.exact).collect();
    let converted = rate
        .convert(&amounts)
        .map_err(|error| WorkspaceError::invalid("currency", error))?;
    for (line, amount) in lines.iter_mut().zip(converted) {
        if line.kind == LineKind::Cost && line.cost.is_none() {
            line.cost = Some(line.exact);
        }
        if let Some(price) = line.unit_price {
            let said = rate
                .convert(&[price])
                .map_err(|error| WorkspaceError::invalid("currency", error))?;
            line.unit_price = said.first().copied();
        }
        line.exact = amount;
    }
    Ok(())
}

/// Why a draft comes to nothing that could be asked for, if so. What cannot be an invoice at all is an error.
/// One that a credit pays in full is issued: it would stay unused otherwise.
pub(super) fn at_least_something(frozen: &Frozen) -> Result<Option<String>, WorkspaceError> {
    let by_hand = frozen
        .by_hand
        .as_ref()
        .map_or(0, |by_hand| by_hand.lines.len());
    if frozen.lines.is_empty() && by_hand == 0 {
        return Ok(Some("everything is charged already".to_owned()));
    }
    let draft = frozen.draft()?;
    let total = draft.totals()?.total;
    let credited = draft
        .lines()
        .iter()
        .any(|line| line.kind == LineKind::Credit);
    let least = if credited { 0 } else { 1 };
    Ok((total.nanos() < least)
        .then(|| format!("at its prices it comes to {total}: an invoice asks for something")))
}

/// Why there is nothing to bill, if so.
fn why_not(billable: &Billable) -> Option<String> {
    let total = billable.total.rounded_to_minor().nanos();
    if total > 0 {
        return None;
    }
    let currency = billable.currency;
    Some(
        if billable.lines.is_empty() && !billable.billed_before.is_zero() {
            format!("everything in {currency} is billed already")
        } else if billable.lines.is_empty() && !billable.billed_to_others.is_zero() {
            format!("everything in {currency} was billed to somebody else before it changed hands")
        } else if total == 0 {
            format!("what there is in {currency} is less than the smallest amount that can be paid")
        } else if billable.billed_before.is_zero() {
            format!("credits in {currency} exceed the costs: {}", billable.total)
        } else {
            format!(
                "{} too much was billed before; that takes a credit note",
                billable.total.negated()
            )
        },
    )
}
