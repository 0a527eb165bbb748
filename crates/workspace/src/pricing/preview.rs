//! A month under another book, beside what it is charged at now.

use std::collections::{BTreeMap, BTreeSet};

use tallyport_ledger::pricing::{PriceBook, PricedLine};
use tallyport_ledger::{BillingPeriod, Currency, IssueInvoices, Metric, Money, OwnerId};
use tallyport_store::{
    NamedOwner, OwnerKey, PriceBookId, Reads, RecipientKind, StoreError, StoredBook,
};

use super::apply::{Charging, add_charged, billed_recipients, book_of, line_text, notes, why};
use super::entry::{self, EntryAsk, Owners};
use crate::invoices::credits_used;
use crate::tenants::measured_of;
use crate::{Context, Grant, WorkspaceError};

/// What to look at.
#[derive(Debug, Clone)]
pub struct PreviewAsk {
    /// The month.
    pub month: BillingPeriod,
    /// Whose.
    pub whom: PreviewWhom,
    /// What the book would say, in place of what it says: its currency and its entries.
    pub instead: Option<(Option<String>, Vec<EntryAsk>)>,
}

/// Whose month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreviewWhom {
    /// Everybody's of a kind: kinds overlap, so that they are never added to each other.
    All(RecipientKind),
    /// Somebody's.
    One(OwnerKey),
}

/// A month under a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The month.
    pub month: BillingPeriod,
    /// One a currency.
    pub totals: Vec<PreviewTotal>,
    /// By name, and currency.
    pub recipients: Vec<PreviewRow>,
    /// What the lines cannot show.
    pub warnings: Vec<String>,
}

/// What all come to in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreviewTotal {
    /// What it costs the issuer.
    pub cost: Money,
    /// What is charged by the books that count now.
    pub charged_now: Money,
    /// What would be charged.
    pub charged: Money,
    /// What would be left.
    pub margin: Money,
}

/// What one recipient comes to in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewRow {
    /// Who.
    pub recipient: NamedOwner,
    /// The book that counts now, if one does.
    pub book_now: Option<String>,
    /// The figures.
    pub figures: PreviewTotal,
    /// The lines under the book.
    pub lines: Vec<PreviewLine>,
}

/// A line under the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewLine {
    /// What stands on it instead of service and resource.
    pub text: Option<String>,
    /// The service.
    pub service: Option<String>,
    /// The resource.
    pub resource: Option<String>,
    /// What it costs the issuer.
    pub cost: Money,
    /// What is charged.
    pub charged: Money,
    /// Why.
    pub why: String,
}

/// What `month` would be charged at by a book, whatever of it is billed already. Nothing is kept.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; an entry that cannot be, or tiers in another currency than the costs.
pub async fn preview(
    cx: &Context,
    _by: &Grant<IssueInvoices>,
    id: PriceBookId,
    ask: PreviewAsk,
) -> Result<Preview, WorkspaceError> {
    cx.store
        .read(move |r| {
            let mut stored = r.price_book(id)?;
            if let Some((currency, entries)) = &ask.instead {
                stored.book = entry::resolved(r, currency.as_deref(), entries)??;
            }
            let at_cost = PriceBook::new(None, Vec::new())
                .map_err(|error| WorkspaceError::Fault(error.to_string()))?;
            Previewing {
                r,
                month: ask.month,
                metric: r.settings()?.invoice_metric,
                owners: r.owners()?,
                stored,
                at_cost,
            }
            .of(ask.whom)
        })
        .await
}

struct Previewing<'a> {
    r: &'a Reads<'a>,
    month: BillingPeriod,
    metric: Metric,
    owners: Owners,
    stored: StoredBook,
    at_cost: PriceBook,
}

impl Previewing<'_> {
    fn of(&self, whom: PreviewWhom) -> Result<Preview, WorkspaceError> {
        let owners = match whom {
            PreviewWhom::One(key) => vec![self.r.owner_of(key)?],
            PreviewWhom::All(kind) => self.everybody(kind)?,
        };
        let mut recipients = Vec::new();
        let mut warnings = BTreeSet::new();
        for owner in owners {
            recipients.extend(self.rows(owner, &mut warnings)?);
        }
        Ok(Preview {
            month: self.month,
            totals: totals(&recipients)?,
            recipients,
            warnings: warnings.into_iter().collect(),
        })
    }

    /// Those who are billed now, and those whom this book would charge.
    fn everybody(&self, kind: RecipientKind) -> Result<Vec<OwnerId>, WorkspaceError> {
        let mut billed = billed_recipients(self.r, &self.owners, kind, self.month)?;
        add_charged(&mut billed, &self.stored, &self.owners, kind, self.month);
        Ok(billed)
    }

    fn rows(
        &self,
        owner: OwnerId,
        warnings: &mut BTreeSet<String>,
    ) -> Result<Vec<PreviewRow>, WorkspaceError> {
        let named = self.owners.get(&owner).cloned().ok_or_else(|| {
            StoreError::Damaged("costs are owned by nobody that there is".to_owned())
        })?;
        let recipient = self.r.priced_recipient(named.key)?;
        let now = book_of(self.r, &self.owners, &recipient, self.month)?;
        let months = self.r.whole_month(owner, self.month, self.metric)?;
        let usage = measured_of(self.r, named.key, self.month)?;
        let books = [Some(&self.stored), now.as_ref()];
        let fees = books
            .into_iter()
            .flatten()
            .filter_map(|stored| stored.book.currency());
        let currencies: BTreeSet<Currency> = months
            .iter()
            .map(|month| month.currency)
            .chain(fees)
            .collect();
        let mut rows = Vec::new();
        for currency in currencies {
            let month = months.iter().find(|month| month.currency == currency);
            let charging = |book: &PriceBook| {
                // As if nothing of the month were billed, but all of the others.
                let mut used = credits_used(self.r, book, owner, currency)?;
                used.retain(|(month, _, _)| *month != self.month);
                Charging {
                    recipient: &recipient,
                    month: self.month,
                    currency,
                    billable: month,
                    usage: usage.as_deref(),
                    earlier: &[],
                    credits_used: &used,
                }
                .by(book)
            };
            let charged_now = charging(now.as_ref().map_or(&self.at_cost, |stored| &stored.book))?;
            let priced = charging(&self.stored.book)?;
            if priced.lines.is_empty() && charged_now.lines.is_empty() {
                continue;
            }
            warnings.extend(notes(&self.stored, currency, &priced));
            rows.push(PreviewRow {
                recipient: named.clone(),
                book_now: now.as_ref().map(|stored| stored.name.clone()),
                figures: PreviewTotal {
                    cost: priced.cost,
                    charged_now: charged_now.charged,
                    charged: priced.charged,
                    margin: priced.margin().map_err(StoreError::Money)?,
                },
                lines: priced.lines.iter().map(|line| self.line(line)).collect(),
            });
        }
        Ok(rows)
    }

    fn line(&self, line: &PricedLine) -> PreviewLine {
        PreviewLine {
            text: line_text(&self.stored.book, line),
            service: line.service.clone(),
            resource: line.resource.clone(),
            cost: line.cost,
            charged: line.charged,
            why: why(&self.stored, &self.owners, line),
        }
    }
}

fn totals(rows: &[PreviewRow]) -> Result<Vec<PreviewTotal>, WorkspaceError> {
    let mut totals: BTreeMap<Currency, PreviewTotal> = BTreeMap::new();
    for PreviewRow { figures, .. } in rows {
        let currency = figures.cost.currency();
        let nothing = Money::zero(currency);
        let total = totals.entry(currency).or_insert(PreviewTotal {
            cost: nothing,
            charged_now: nothing,
            charged: nothing,
            margin: nothing,
        });
        *total = PreviewTotal {
            cost: total.cost.plus(figures.cost)?,
            charged_now: total.charged_now.plus(figures.charged_now)?,
            charged: total.charged.plus(figures.charged)?,
            margin: total.margin.plus(figures.margin)?,
        };
    }
    Ok(totals.into_values().collect())
}
