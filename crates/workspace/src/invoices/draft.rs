use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;
use tallyport_ledger::{BillingPeriod, IssueInvoices, Money, Name, OwnerId, Party};
use tallyport_store::{Billable, InvoiceDraft, InvoiceId, NamedOwner, OwnerKey, Settings, Writes};

use super::frozen::{Frozen, FrozenLine, FrozenParty};
use super::{InvoiceView, show};
use crate::plausibility::{refusal, sentence};
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

/// What drafting one month needs to know.
struct Drafting {
    month: BillingPeriod,
    today: Date,
    at: Timestamp,
    settings: Settings,
    mark: Option<String>,
    owners: HashMap<OwnerId, NamedOwner>,
}

/// Drafts `month` for `recipient`, or for every person with costs in it; one draft a currency. A
/// draft made before is replaced; what earlier invoices billed is left out.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; amounts too large.
pub async fn draft(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    month: BillingPeriod,
    recipient: Option<OwnerKey>,
) -> Result<Drafted, WorkspaceError> {
    let (at, today, trail) = (cx.now(), cx.today(), Trail::of(cx, by));
    cx.store
        .write(move |w| {
            let mark = w.workspace()?.demo.then(|| "Demo data".to_owned());
            let drafting = Drafting {
                month,
                today,
                at,
                settings: w.settings()?,
                mark,
                owners: w.owners()?,
            };
            let owners = match recipient {
                Some(key) => vec![w.owner_of(key)?],
                None => w.people_with_costs(month)?,
            };
            let mut drafted = Drafted {
                invoices: Vec::new(),
                nothing: Vec::new(),
            };
            let everybody = recipient.is_none();
            let mut held = None;
            for owner in owners {
                match w.quarantined_of(owner, month)?.into_iter().next() {
                    None => drafting.one(w, owner, &mut drafted)?,
                    Some(found) if everybody => {
                        drafting.leave_out(w, owner, sentence(&found), &mut drafted)?;
                        held = Some(found);
                    }
                    Some(found) => return Err(refusal(&found)),
                }
            }
            if let (Some(held), []) = (&held, drafted.invoices.as_slice()) {
                return Err(refusal(held));
            }
            let numbers: Vec<i64> = drafted.invoices.iter().map(|view| view.id.0).collect();
            let details = json!({ "drafts": numbers });
            trail.keep(w, "invoices.drafted", &month.to_string(), &details)?;
            Ok(drafted)
        })
        .await
}

impl Drafting {
    /// No draft for somebody whose month is in quarantine; one made before is thrown away.
    fn leave_out(
        &self,
        w: &mut Writes<'_>,
        owner: OwnerId,
        reason: String,
        drafted: &mut Drafted,
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

    fn one(
        &self,
        w: &mut Writes<'_>,
        owner: OwnerId,
        drafted: &mut Drafted,
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
        let billable = w.billable(owner, self.month, metric)?;
        let mut reasons = Vec::new();
        for billable in &billable {
            if let Some(reason) = why_not(billable) {
                reasons.push(reason);
                continue;
            }
            let before = previous
                .iter()
                .find(|sum| sum.currency() == billable.currency);
            let buyer = buyer(w, named)?;
            let warnings = self.warnings(w, owner, billable)?;
            let frozen = self.frozen(billable, &buyer, before, warnings);
            // What cannot be an invoice is not kept as a draft.
            frozen.draft()?.totals()?;
            kept.push(w.put_draft(&InvoiceDraft {
                owner,
                month: self.month,
                exact: billable.total,
                drafted_at: self.at,
                frozen: frozen.to_json()?,
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
        for id in kept {
            drafted
                .invoices
                .push(show::view(w.invoice(id)?, &self.owners)?);
        }
        Ok(())
    }

    fn frozen(
        &self,
        billable: &Billable,
        buyer: &Party,
        previous: Option<&Money>,
        warnings: Vec<String>,
    ) -> Frozen {
        let lines = billable.lines.iter().map(|line| FrozenLine {
            service: line.service.clone(),
            resource: line.resource.clone(),
            exact: line.exact.to_decimal(0),
        });
        Frozen {
            month: self.month.to_string(),
            metric: self.settings.invoice_metric.word().to_owned(),
            currency: billable.currency.code().to_owned(),
            seller: FrozenParty::of(&self.settings.seller),
            buyer: FrozenParty::of(buyer),
            tax_rate_ppm: self.settings.tax_rate.parts_per_million(),
            payment_days: self.settings.payment_days,
            lines: lines.collect(),
            previous_total: previous.map(|sum| sum.to_decimal(0)),
            warnings,
            mark: self.mark.clone(),
            issue: None,
        }
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
        if !earlier.is_empty() {
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

fn buyer(w: &Writes<'_>, named: &NamedOwner) -> Result<Party, WorkspaceError> {
    let email = match named.key {
        OwnerKey::Person(id) => w.person(id)?.email,
        OwnerKey::Team(_) | OwnerKey::Client(_) => None,
    };
    Ok(Party {
        name: Name::parse(&named.name)?,
        address: Vec::new(),
        tax_id: None,
        email,
    })
}
