//! A month beside the one before it, recipient by recipient: what changed, and what is worth a look before it is
//! issued.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use tallyport_ledger::{
    BillingPeriod, Compared, Currency, Metric, Money, Outlier, OwnerId, ReadInvoices, compare,
};
use tallyport_store::{InvoiceId, InvoiceQuery, NamedOwner, Reads, RecipientKind};

use super::frozen::Frozen;
use crate::pricing::billed_recipients;
use crate::{Context, Grant, WorkspaceError};

/// The rule by which a change is marked, for people.
pub const RULE: &str = "Marked is a change of more than 25 % of the month before and of more than three times what \
     the twelve months before usually vary by (their median absolute deviation), and who is new or gone; but \
     nothing that is less than 0.5 % of what all are asked for.";

/// So many months before are looked at.
const MONTHS: usize = 12;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// What invoices and drafts ask for before tax, less what was credited.
    Invoices,
    /// What it costs: there are no invoices of both months.
    Costs,
}

impl Basis {
    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Invoices => "invoices",
            Self::Costs => "costs",
        }
    }
}

/// One recipient's two months in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparisonRow {
    /// Who.
    pub whom: NamedOwner,
    /// What is compared.
    pub basis: Basis,
    /// This month's invoice or draft; the newest where there are several.
    pub invoice: Option<InvoiceId>,
    /// This month.
    pub now: Option<Money>,
    /// The month before.
    pub before: Option<Money>,
    /// What changed.
    pub compared: Compared,
    /// Why it is worth a look, in words, if it is.
    pub why: Option<String>,
}

/// A month beside the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The month.
    pub month: BillingPeriod,
    /// The one before it.
    pub before: BillingPeriod,
    /// What is worth a look first, then by what changed most.
    pub rows: Vec<ComparisonRow>,
}

/// Lays a month beside the one before it: of a kind of recipients, or of those who are billed.
///
/// # Errors
/// The workspace file's; amounts too large.
pub async fn comparison(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    month: BillingPeriod,
    kind: Option<RecipientKind>,
) -> Result<Comparison, WorkspaceError> {
    cx.store.read(move |r| compared(r, month, kind)).await
}

fn compared(
    r: &Reads<'_>,
    month: BillingPeriod,
    kind: Option<RecipientKind>,
) -> Result<Comparison, WorkspaceError> {
    let mut months = vec![month];
    while months.len() <= MONTHS
        && let Some(last) = months.last()
        && let Ok(before) = last.previous()
    {
        months.push(before);
    }
    let owners = r.owners()?;
    let billed: Vec<Billed> = months
        .iter()
        .map(|month| Billed::of(r, *month))
        .collect::<Result<_, _>>()?;
    let whose = whose(r, &owners, &billed, (month, kind))?;
    let metric = r.settings()?.invoice_metric;
    let mut series = Vec::new();
    for whom in whose {
        series.extend(of_one(r, whom, &months, &billed, metric)?);
    }
    let mut rows = Vec::new();
    let all = totals(&series)?;
    for one in series {
        rows.extend(one.row(&all, &months)?);
    }
    rows.sort_by_key(|row| {
        let moved = row.compared.change.nanos().abs();
        (row.compared.outlier.is_none(), std::cmp::Reverse(moved))
    });
    Ok(Comparison {
        month,
        before: month.previous()?,
        rows,
    })
}

/// What was billed in a month, by recipient and currency: before tax, less what was credited.
#[derive(Default)]
struct Billed {
    amounts: HashMap<OwnerId, BTreeMap<Currency, Money>>,
    newest: HashMap<(OwnerId, Currency), InvoiceId>,
}

impl Billed {
    fn of(r: &Reads<'_>, month: BillingPeriod) -> Result<Self, WorkspaceError> {
        let mut billed = Self::default();
        let documents = r.invoices(InvoiceQuery {
            month: Some(month),
            ..InvoiceQuery::default()
        })?;
        for record in documents {
            if record.credits.is_some() && record.number.is_none() {
                continue;
            }
            let subtotal = Frozen::from_json(record.frozen)?
                .draft()?
                .totals()?
                .subtotal;
            let currency = subtotal.currency();
            let signed = match record.credits {
                Some(_) => subtotal.negated(),
                None => {
                    let newest = billed.newest.entry((record.owner, currency));
                    let newest = newest.or_insert(record.id);
                    *newest = record.id.max(*newest);
                    subtotal
                }
            };
            let of_owner = billed.amounts.entry(record.owner).or_default();
            let sum = of_owner.entry(currency).or_insert(Money::zero(currency));
            *sum = sum.plus(signed)?;
        }
        Ok(billed)
    }
}

/// Who is compared, by name.
fn whose(
    r: &Reads<'_>,
    owners: &HashMap<OwnerId, NamedOwner>,
    billed: &[Billed],
    (month, kind): (BillingPeriod, Option<RecipientKind>),
) -> Result<Vec<NamedOwner>, WorkspaceError> {
    let mut whose: HashSet<OwnerId> = HashSet::new();
    for billed in billed.iter().take(2) {
        whose.extend(billed.amounts.keys());
    }
    let kind_of = |owner: &OwnerId| owners.get(owner).map(|named| RecipientKind::of(named.key));
    let mut kinds: HashSet<RecipientKind> = match kind {
        Some(kind) => HashSet::from([kind]),
        None => whose.iter().filter_map(kind_of).collect(),
    };
    if kinds.is_empty() {
        kinds.insert(RecipientKind::People);
    }
    for kind in &kinds {
        for month in [month, month.previous()?] {
            whose.extend(billed_recipients(r, owners, *kind, month)?);
        }
    }
    whose.retain(|owner| kind_of(owner).is_some_and(|kind| kinds.contains(&kind)));
    let mut named: Vec<NamedOwner> = whose
        .iter()
        .filter_map(|owner| owners.get(owner).cloned())
        .collect();
    named.sort_by_key(|named| (named.name.to_lowercase(), named.id.0));
    Ok(named)
}

/// The months of one recipient in one currency, the newest first.
struct Series {
    whom: NamedOwner,
    basis: Basis,
    currency: Currency,
    invoice: Option<InvoiceId>,
    months: Vec<Option<Money>>,
}

fn of_one(
    r: &Reads<'_>,
    whom: NamedOwner,
    months: &[BillingPeriod],
    billed: &[Billed],
    metric: Metric,
) -> Result<Vec<Series>, WorkspaceError> {
    let owner = whom.id;
    let is_billed = |billed: &&Billed| billed.amounts.contains_key(&owner);
    let in_both = billed.iter().take(2).filter(is_billed).count() == 2;
    let mut by_month: Vec<BTreeMap<Currency, Money>> = Vec::new();
    let mut basis = Basis::Invoices;
    if !in_both {
        for month in months {
            let costs = r.owned_total(owner, *month, metric)?.into_iter();
            by_month.push(costs.map(|cost| (cost.currency(), cost)).collect());
        }
        basis = Basis::Costs;
    }
    if by_month.iter().take(2).all(BTreeMap::is_empty) {
        let of_owner = |billed: &Billed| billed.amounts.get(&owner).cloned().unwrap_or_default();
        by_month = billed.iter().map(of_owner).collect();
        basis = Basis::Invoices;
    }
    let recent = by_month.iter().take(2).flat_map(BTreeMap::keys);
    let currencies: BTreeSet<Currency> = recent.copied().collect();
    let newest = billed.first().map(|billed| &billed.newest);
    let series = currencies.into_iter().map(|currency| Series {
        whom: whom.clone(),
        basis,
        currency,
        invoice: newest.and_then(|newest| newest.get(&(owner, currency)).copied()),
        months: by_month
            .iter()
            .map(|amounts| amounts.get(&currency).copied())
            .collect(),
    });
    Ok(series.collect())
}

/// What all are asked for in both months, by currency.
fn totals(series: &[Series]) -> Result<HashMap<Currency, (Money, Money)>, WorkspaceError> {
    let mut totals: HashMap<Currency, (Money, Money)> = HashMap::new();
    for one in series {
        let nothing = Money::zero(one.currency);
        let (now, before) = totals.entry(one.currency).or_insert((nothing, nothing));
        *now = now.plus(one.month(0).unwrap_or(nothing))?;
        *before = before.plus(one.month(1).unwrap_or(nothing))?;
    }
    Ok(totals)
}

impl Series {
    fn month(&self, back: usize) -> Option<Money> {
        self.months.get(back).copied().flatten()
    }

    fn row(
        self,
        all: &HashMap<Currency, (Money, Money)>,
        months: &[BillingPeriod],
    ) -> Result<Option<ComparisonRow>, WorkspaceError> {
        let (now, before) = (self.month(0), self.month(1));
        let (Some(all), Some(earlier)) = (all.get(&self.currency), self.months.get(1..)) else {
            return Ok(None);
        };
        let compared = compare(now, earlier, *all)?;
        let last = months.get(1).map(ToString::to_string).unwrap_or_default();
        let why = compared.outlier.map(|outlier| match outlier {
            Outlier::New => format!("new: there was nothing in {last}"),
            Outlier::Gone => format!(
                "gone: {} in {last}",
                before
                    .unwrap_or(Money::zero(self.currency))
                    .rounded_to_minor()
            ),
            Outlier::Beyond(usual) => format!(
                "{} {}: up to {} would be usual",
                if compared.change.nanos() > 0 {
                    "up by"
                } else {
                    "down by"
                },
                Money::from_nanos(compared.change.nanos().abs(), self.currency).rounded_to_minor(),
                usual.rounded_to_minor(),
            ),
        });
        Ok(Some(ComparisonRow {
            whom: self.whom,
            basis: self.basis,
            invoice: self.invoice,
            now,
            before,
            compared,
            why,
        }))
    }
}
