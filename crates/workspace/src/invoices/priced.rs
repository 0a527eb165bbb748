//! What costs are charged at: by the price book of the recipient, which is frozen with the draft.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tallyport_ledger::pricing::{
    Earlier, Part, PriceBook, PriceRule, PriceScope, Priced as Charged, PricedLine,
};
use tallyport_ledger::{
    BillingPeriod, Currency, DraftLine, LineKind, Metric, Money, OwnerId, PricedBy, Quantity,
};
use tallyport_store::{
    Billable, InvoiceQuery, InvoiceRecord, NamedOwner, OwnerKey, PriceBookId, Reads, StoredBook,
};

use super::frozen::{Frozen, unreadable};
use super::left::Left;
use crate::WorkspaceError;
use crate::pricing::{Charging, book_of, charges_in, line_text, notes, unit_text, why};
use crate::tenants::measured_of;

/// Costs to be priced.
pub(super) struct Pricing<'a> {
    pub owner: OwnerId,
    pub recipient: OwnerKey,
    pub month: BillingPeriod,
    pub billable: &'a Billable,
    pub owners: &'a HashMap<OwnerId, NamedOwner>,
}

/// Costs at their prices.
pub(super) struct Priced {
    pub lines: Vec<DraftLine>,
    /// The price book that priced them, as it is frozen; none where they are passed on as they are.
    pub book: Option<Value>,
    /// What to look at before this is issued.
    pub warnings: Vec<String>,
}

/// The version of a book that priced a document, and what it charged for each line, in the currency of the
/// costs: an exchange comes after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct FrozenBook {
    id: i64,
    version: u32,
    name: String,
    charged: Vec<String>,
}

/// The lines of a draft.
pub(super) fn priced(r: &Reads<'_>, ask: &Pricing<'_>) -> Result<Priced, WorkspaceError> {
    let recipient = r.priced_recipient(ask.recipient)?;
    let Some(stored) = book_of(r, ask.owners, &recipient, ask.month)? else {
        let lines = ask.billable.lines.iter().map(|line| {
            DraftLine::of_cost(line.service.clone(), line.resource.clone(), line.exact)
        });
        return Ok(Priced {
            lines: lines.collect(),
            book: None,
            warnings: Vec::new(),
        });
    };
    let charged = charged(r, ask, &stored)?;
    let book = FrozenBook {
        id: stored.id.0,
        version: stored.version,
        name: stored.name.clone(),
        charged: amounts(&charged),
    };
    let lines = charged.lines.iter();
    Ok(Priced {
        lines: lines
            .map(|line| draft_line(&stored, ask.owners, line))
            .collect(),
        book: Some(serde_json::to_value(&book).map_err(|e| WorkspaceError::Fault(e.to_string()))?),
        warnings: notes(&stored, ask.billable.currency, &charged),
    })
}

/// Whether a draft would be priced as it was: by the version that priced it, after what was billed and what
/// was used of credits since.
pub(super) fn still_priced(
    r: &Reads<'_>,
    ask: &Pricing<'_>,
    frozen: &Frozen,
) -> Result<bool, WorkspaceError> {
    let Some(book) = frozen_book(frozen)? else {
        return Ok(true);
    };
    let stored = r.price_book_at(PriceBookId(book.id), book.version)?;
    Ok(amounts(&charged(r, ask, &stored)?) == book.charged)
}

/// What can be billed, one a currency, and in which currencies amounts are charged whatever the costs are.
pub(super) fn with_fees(
    r: &Reads<'_>,
    owners: &HashMap<OwnerId, NamedOwner>,
    named: &NamedOwner,
    month: BillingPeriod,
    metric: Metric,
) -> Result<(Vec<Billable>, Vec<Currency>), WorkspaceError> {
    let mut billable = r.billable(named.id, month, metric)?;
    let recipient = r.priced_recipient(named.key)?;
    let Some(stored) = book_of(r, owners, &recipient, month)? else {
        return Ok((billable, Vec::new()));
    };
    let mut charges = stored.book.entries().iter().filter(|entry| {
        let everybody = entry.scope == PriceScope::All && !billable.is_empty();
        charges_in(entry, month) && (everybody || entry.scope == recipient.scope())
    });
    let currency = charges.next().and_then(|_| stored.book.currency());
    if let Some(currency) = currency
        && !billable.iter().any(|one| one.currency == currency)
    {
        billable.push(Billable::nothing(month, currency));
    }
    Ok((billable, currency.into_iter().collect()))
}

fn charged(
    r: &Reads<'_>,
    ask: &Pricing<'_>,
    stored: &StoredBook,
) -> Result<Charged, WorkspaceError> {
    let currency = ask.billable.currency;
    let recipient = r.priced_recipient(ask.recipient)?;
    let mut earlier = Vec::new();
    for record in r.issued_to(ask.owner, ask.month, currency)? {
        earlier.extend(still_charged(r, &record)?);
    }
    let credits_used = credits_used(r, &stored.book, ask.owner, currency)?;
    let usage = measured_of(r, ask.recipient, ask.month)?;
    Charging {
        recipient: &recipient,
        month: ask.month,
        currency,
        billable: Some(ask.billable),
        usage: usage.as_deref(),
        earlier: &earlier,
        credits_used: &credits_used,
    }
    .by(&stored.book)
}

/// What documents took of somebody's credits, by month and label; looked up where `book` grants any.
pub(crate) fn credits_used(
    r: &Reads<'_>,
    book: &PriceBook,
    owner: OwnerId,
    currency: Currency,
) -> Result<Vec<(BillingPeriod, String, Money)>, WorkspaceError> {
    let mut entries = book.entries().iter();
    if !entries.any(|entry| matches!(entry.rule, PriceRule::Credit { .. })) {
        return Ok(Vec::new());
    }
    let issued = r.invoices(InvoiceQuery {
        owner: Some(owner),
        issued: Some(true),
        ..InvoiceQuery::default()
    })?;
    let mut used = Vec::new();
    for record in issued {
        if record.credits.is_some() || record.currency != currency {
            continue;
        }
        for line in still_charged(r, &record)? {
            if let Part::Credit(label) = line.part {
                used.push((record.month, label, line.charged.negated()));
            }
        }
    }
    Ok(used)
}

/// What an issued invoice charges by its lines after its credit notes, in the currency of the costs.
fn still_charged(r: &Reads<'_>, record: &InvoiceRecord) -> Result<Vec<Earlier>, WorkspaceError> {
    let left = Left::of(r, record.id)?;
    let book = frozen_book(&left.frozen)?;
    let amounts = left.content.amounts()?;
    let mut earlier = Vec::new();
    for (at, line) in left
        .content
        .lines()
        .iter()
        .take(left.frozen.lines.len())
        .enumerate()
    {
        let part = match &line.priced {
            Some(by) => by.part.parse().map_err(|_| unreadable())?,
            None if line.kind == LineKind::Cost => Part::Cost,
            None => continue,
        };
        let before_exchange = book.as_ref().and_then(|book| book.charged.get(at));
        let charged = match before_exchange {
            Some(text) => Money::parse(text, record.currency)?,
            None => line.cost.unwrap_or(line.exact),
        };
        let of = (left.lines[at], amounts[at]);
        earlier.push(Earlier {
            part,
            service: line.service.clone(),
            charged: share(charged, of)?,
            cost: share(line.cost.unwrap_or(Money::zero(record.currency)), of)?,
        });
    }
    Ok(earlier)
}

/// As much of `amount` as is left of the line as it was charged; all of it where nothing was credited.
fn share(amount: Money, (left, charged): (Money, Money)) -> Result<Money, WorkspaceError> {
    if left == charged {
        return Ok(amount);
    }
    let too_large = || WorkspaceError::from(tallyport_ledger::MoneyError::TooLarge);
    let product = amount
        .nanos()
        .checked_mul(left.nanos())
        .ok_or_else(too_large)?;
    let nanos = product.checked_div(charged.nanos()).unwrap_or(0);
    Ok(Money::from_nanos(nanos, amount.currency()))
}

fn frozen_book(frozen: &Frozen) -> Result<Option<FrozenBook>, WorkspaceError> {
    let book = frozen.book.clone().map(serde_json::from_value);
    book.transpose().map_err(|_| unreadable())
}

fn amounts(charged: &Charged) -> Vec<String> {
    let lines = charged.lines.iter();
    lines.map(|line| line.charged.to_decimal(0)).collect()
}

fn draft_line(
    stored: &StoredBook,
    owners: &HashMap<OwnerId, NamedOwner>,
    line: &PricedLine,
) -> DraftLine {
    let kind = match line.part {
        Part::Cost => LineKind::Cost,
        Part::Discount => LineKind::Discount,
        Part::Usage(_) => LineKind::Usage,
        Part::Minimum(_) => LineKind::Minimum,
        Part::Fee(_) => LineKind::Fee,
        Part::OneOff(_) => LineKind::OneOff,
        Part::Credit(_) => LineKind::Credit,
    };
    let quantity = line.quantity.map(|(amount, unit, price)| {
        let unit = unit_text(unit).to_owned();
        (Quantity { amount, unit }, price)
    });
    let (quantity, unit_price) = quantity.unzip();
    let service = line.service.clone().unwrap_or_default();
    DraftLine {
        kind,
        text: line_text(&stored.book, line),
        quantity,
        unit_price,
        cost: Some(line.cost),
        priced: Some(PricedBy {
            part: line.part.to_string(),
            why: why(stored, owners, line),
        }),
        ..DraftLine::of_cost(service, line.resource.clone(), line.charged)
    }
}
