//! A book laid on what somebody had: the figures, and why each is what it is.

use tallyport_ledger::pricing::{
    Asked, CostLine, Earlier, Entry, Grant, Part, PriceBook, PriceRule, PriceScope, Priced,
    PricedLine, PricingError, PricingNote, Recipient, Usage, price,
};
use tallyport_ledger::{BillingPeriod, Currency, Money, OwnerId};
use tallyport_store::{Billable, Reads, RecipientKind, StoredBook, price_scope};

use super::entry::{Owners, scope_text, unit_text};
use crate::WorkspaceError;
use crate::error::TERMS;

/// What is to be charged to somebody for a month in one currency.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Charging<'a> {
    pub recipient: &'a Recipient,
    pub month: BillingPeriod,
    pub currency: Currency,
    /// What they had; nothing where only amounts are charged.
    pub billable: Option<&'a Billable>,
    /// What was measured of them; nothing where nothing is.
    pub usage: Option<&'a [Usage]>,
    /// What earlier documents of the month charged.
    pub earlier: &'a [Earlier],
    /// What earlier documents took of credits.
    pub credits_used: &'a [(BillingPeriod, String, Money)],
}

impl Charging<'_> {
    /// What it comes to by `book`.
    pub fn by(&self, book: &PriceBook) -> Result<Priced, WorkspaceError> {
        let daily = match self.billable {
            Some(billable) => billable.daily()?,
            None => Vec::new(),
        };
        let lines = self.billable.map_or(&[][..], |billable| &billable.lines);
        let costs: Vec<CostLine<'_>> = daily
            .iter()
            .filter_map(|(at, day, cost)| {
                let line = lines.get(*at)?;
                Some(CostLine {
                    day: *day,
                    service: &line.service,
                    resource: line.resource.as_deref(),
                    cost: *cost,
                })
            })
            .collect();
        let asked = Asked {
            recipient: self.recipient,
            month: self.month,
            currency: self.currency,
            costs: &costs,
            usage: self.usage,
            earlier: self.earlier,
            credits_used: self.credits_used,
        };
        Ok(price(book, &asked)?)
    }
}

impl From<PricingError> for WorkspaceError {
    fn from(error: PricingError) -> Self {
        match error {
            PricingError::Currency { .. } => Self::Conflict {
                code: TERMS,
                reason: error.to_string(),
                hint: Some("Give them another book: `tally pricebook use`.".to_owned()),
            },
            PricingError::Money(_) => Self::invalid("price_book", error),
        }
    }
}

/// The book that is somebody's at the end of `month`: their own, else their team's, else their client's, else
/// everybody's.
pub(crate) fn book_of(
    r: &Reads<'_>,
    owners: &Owners,
    recipient: &Recipient,
    month: BillingPeriod,
) -> Result<Option<StoredBook>, WorkspaceError> {
    let uses = r.price_book_uses()?.into_iter();
    let best = uses
        .filter_map(|(owner, book)| {
            let scope = match owner {
                None => PriceScope::All,
                Some(id) => price_scope(owners.get(&id)?.key, id),
            };
            Some((scope, book))
        })
        .filter(|(scope, _)| recipient.belongs_to(*scope, month.last_day()))
        .max_by_key(|(scope, _)| *scope);
    Ok(best.map(|(_, book)| r.price_book(book)).transpose()?)
}

/// Everybody of a kind who has costs in `month`, was billed for it, or whom an amount of a book in use names:
/// those are billed even without costs.
pub(crate) fn billed_recipients(
    r: &Reads<'_>,
    owners: &Owners,
    kind: RecipientKind,
    month: BillingPeriod,
) -> Result<Vec<OwnerId>, WorkspaceError> {
    let mut billed = r.with_costs(kind, month)?;
    for stored in r.price_books()? {
        if !stored.used_for.is_empty() {
            add_charged(&mut billed, &stored, owners, kind, month);
        }
    }
    Ok(billed)
}

/// Adds those of a kind whom amounts of a book name.
pub(super) fn add_charged(
    billed: &mut Vec<OwnerId>,
    stored: &StoredBook,
    owners: &Owners,
    kind: RecipientKind,
    month: BillingPeriod,
) {
    let entries = stored.book.entries().iter();
    for entry in entries.filter(|entry| charges_in(entry, month)) {
        let named = entry.scope.owner().and_then(|id| owners.get(&id));
        let named = named.filter(|owner| RecipientKind::of(owner.key) == kind);
        if let Some(owner) = named.filter(|owner| !billed.contains(&owner.id)) {
            billed.push(owner.id);
        }
    }
}

/// Whether an entry can charge an amount in a month without costs.
pub(crate) fn charges_in(entry: &Entry, month: BillingPeriod) -> bool {
    match entry.rule {
        PriceRule::Markup(_) | PriceRule::Tiers(_) | PriceRule::Credit { .. } => false,
        PriceRule::OneOff { day, .. } => month.days().contains(day),
        PriceRule::Minimum(_) | PriceRule::Fee { .. } | PriceRule::Usage { .. } => {
            entry
                .validity
                .from()
                .is_none_or(|from| from <= month.last_day())
                && entry.validity.to().is_none_or(|to| month.first_day() <= to)
        }
    }
}

/// What stands on a line instead of service and resource.
pub(crate) fn line_text(book: &PriceBook, line: &PricedLine) -> Option<String> {
    let label = || line.label.clone().unwrap_or_default();
    let service = line.service.as_deref();
    let text = match &line.part {
        Part::Cost => return None,
        Part::Discount => {
            let percent = line
                .entries
                .first()
                .and_then(|at| match &book.entries()[*at].rule {
                    PriceRule::Markup(markup) => Some(markup.percent().replace('-', "") + " % "),
                    _ => None,
                });
            let percent = percent.unwrap_or_default();
            format!("Discount {percent}on {}", service.unwrap_or_default())
        }
        Part::Minimum(_) => match service {
            None => "Up to the minimum of the month".to_owned(),
            Some(service) => format!("Up to the minimum of the month for {service}"),
        },
        Part::Usage(unit) => unit_text(*unit).to_owned(),
        Part::Fee(_) | Part::OneOff(_) | Part::Credit(_) => label(),
    };
    Some(match line.days {
        None => text,
        Some((days, of)) => format!("{text} ({days} of {of} days)"),
    })
}

/// Why a line is charged what it is: for the one who bills.
pub(crate) fn why(stored: &StoredBook, owners: &Owners, line: &PricedLine) -> String {
    let (name, version) = (&stored.name, stored.version);
    if line.entries.is_empty() {
        return format!("At cost: no entry of {name} (version {version}) is about it.");
    }
    let entries = line.entries.iter().map(|at| {
        let entry = &stored.book.entries()[*at];
        format!("entry {} ({})", at + 1, described(entry, owners))
    });
    let entries: Vec<String> = entries.collect();
    format!("{name} (version {version}): {}.", entries.join("; "))
}

fn described(entry: &Entry, owners: &Owners) -> String {
    let what = match &entry.rule {
        PriceRule::Markup(markup) if markup.parts_per_million() < 0 => {
            format!("{} % off cost", markup.percent().replace('-', ""))
        }
        PriceRule::Markup(markup) => format!("{markup} on cost"),
        PriceRule::Tiers(tiers) => {
            let tiers = tiers.iter().map(|tier| match tier.up_to {
                Some(up_to) => format!("{} up to {up_to}", tier.markup),
                None => format!("{} above", tier.markup),
            });
            format!(
                "graduated by the month's cost: {}",
                tiers.collect::<Vec<_>>().join(", ")
            )
        }
        PriceRule::Minimum(amount) => format!("at least {amount} a month"),
        PriceRule::Fee { amount, .. } => format!("{amount} a month"),
        PriceRule::OneOff { amount, day, .. } => format!("{amount} on {day}"),
        PriceRule::Credit { amount, grant, .. } => match grant {
            Grant::Once => format!("a credit of {amount}"),
            Grant::Month => format!("a credit of {amount} a month"),
        },
        PriceRule::Usage { unit, per } => format!("{per} per {unit}"),
    };
    let mut text = format!("{what}, for {}", scope_text(entry.scope, owners));
    if let Some(service) = &entry.service {
        text += &format!(", {}", service.text());
    }
    if let Some(from) = entry.validity.from() {
        text += &format!(", from {from}");
    }
    if let Some(to) = entry.validity.to() {
        text += &format!(", to {to}");
    }
    text
}

/// What to say of `priced` besides its lines.
pub(crate) fn notes(stored: &StoredBook, currency: Currency, priced: &Priced) -> Vec<String> {
    let name = &stored.name;
    let notes = priced.notes.iter().map(|note| match note {
        PricingNote::NotMeasured { entry, unit } => format!(
            "Entry {} of {name} charges by {unit}, but no usage is measured: nothing is charged for it.",
            entry + 1
        ),
        PricingNote::OtherCurrency { entry } => format!(
            "Entry {} of {name} is an amount in {}: it is not on what costs {currency}.",
            entry + 1,
            stored.book.currency().map_or_else(String::new, |book| book.to_string()),
        ),
    });
    let left = priced.carried_over.iter();
    let left =
        left.map(|(label, left)| format!("{left} of the credit \"{label}\" are left for later."));
    notes.chain(left).collect()
}
