//! Entries of a price book as people write them: texts, one field each, the same in requests and in files.

use std::collections::HashMap;

use jiff::civil::Date;
use tallyport_ledger::pricing::{
    Entry, Grant, Markup, PriceBook, PriceRule, PriceScope, ServicePattern, Tier, UsageUnit,
};
use tallyport_ledger::{Currency, Money, OwnerId, Validity};
use tallyport_store::{NamedOwner, Reads, StoreError, Values, price_scope};

use crate::WorkspaceError;

/// An entry as it is written. Which fields an entry of a kind has, [`FIELDS`] says; another one is refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryAsk {
    /// `all`, `client:NAME`, `team:NAME` or `person:NAME`.
    pub scope: String,
    /// A service, or several by a pattern with `*` and `?`.
    pub service: Option<String>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// markup, tiers, minimum, fee, one_off, credit or usage.
    pub kind: String,
    /// A markup's percentage; negative for a discount.
    pub percent: Option<String>,
    /// Tiers, in order.
    pub tiers: Vec<TierAsk>,
    /// An amount in the book's currency.
    pub amount: Option<String>,
    /// What it is for.
    pub label: Option<String>,
    /// A one-off's day.
    pub day: Option<Date>,
    /// What is measured: gb_stored, gb_moved or user.
    pub unit: Option<String>,
    /// How often a credit is granted: once or month.
    pub every: Option<String>,
    /// Whether what a month leaves of a credit can be used later.
    pub rolls_over: Option<bool>,
}

/// A tier as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierAsk {
    /// Up to how much of the month's cost; the last one has no end.
    pub up_to: Option<String>,
    /// A percentage.
    pub percent: String,
}

/// What is wrong with which field of which entry, the first entry being 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EntryFault {
    pub entry: usize,
    pub field: &'static str,
    pub reason: String,
}

impl From<EntryFault> for WorkspaceError {
    fn from(fault: EntryFault) -> Self {
        let number = fault.entry + 1;
        Self::invalid(fault.field, format!("entry {number}: {}", fault.reason))
    }
}

/// The names of owners, which entries write and read.
pub(super) type Owners = HashMap<OwnerId, NamedOwner>;

/// The book that is written.
pub(super) fn resolved(
    r: &Reads<'_>,
    currency: Option<&str>,
    asks: &[EntryAsk],
) -> Result<Result<PriceBook, EntryFault>, WorkspaceError> {
    let currency: Option<Currency> = match currency.map(str::trim).filter(|code| !code.is_empty()) {
        None => None,
        Some(code) => Some(
            code.parse()
                .map_err(|e| WorkspaceError::invalid("currency", e))?,
        ),
    };
    let services = Services::of(r)?;
    let mut entries = Vec::with_capacity(asks.len());
    for (at, ask) in asks.iter().enumerate() {
        match entry(r, &services, currency, ask)? {
            Ok(entry) => entries.push(entry),
            Err((field, reason)) => {
                return Ok(Err(EntryFault {
                    entry: at,
                    field,
                    reason,
                }));
            }
        }
    }
    Ok(
        PriceBook::new(currency, entries).map_err(|error| EntryFault {
            entry: error.entry,
            field: error.field,
            reason: error.fault.to_string(),
        }),
    )
}

/// A field and what is wrong with it.
type Wrong = (&'static str, String);

fn entry(
    r: &Reads<'_>,
    services: &Services,
    currency: Option<Currency>,
    ask: &EntryAsk,
) -> Result<Result<Entry, Wrong>, WorkspaceError> {
    let scope = match scope_named(r, &ask.scope) {
        Ok(scope) => scope,
        Err(error @ StoreError::NotFound { .. }) => return Ok(Err(("scope", error.to_string()))),
        Err(error) => return Err(error.into()),
    };
    let read = || {
        let service = ask.service.as_deref().map(|text| services.pattern(text));
        let validity = Validity::new(ask.from, ask.to).map_err(|e| ("from", e.to_string()))?;
        Ok(Entry {
            scope,
            service: service.transpose()?,
            validity,
            rule: rule(ask, currency)?,
        })
    };
    Ok(read())
}

/// Whom `all`, `team:NAME` and so on name.
pub(super) fn scope_named(r: &Reads<'_>, text: &str) -> Result<PriceScope, StoreError> {
    if text.trim().eq_ignore_ascii_case("all") {
        return Ok(PriceScope::All);
    }
    let key = r.owner_named(text.trim())?;
    Ok(price_scope(key, r.owner_of(key)?))
}

/// The fields that entries of a kind have, besides scope, service, from and to.
const FIELDS: &[(&str, &[&str])] = &[
    ("markup", &["percent"]),
    ("tiers", &["tiers"]),
    ("minimum", &["amount"]),
    ("fee", &["label", "amount"]),
    ("one_off", &["day", "label", "amount"]),
    ("credit", &["label", "amount", "every", "rolls_over"]),
    ("usage", &["unit", "amount"]),
];

fn rule(ask: &EntryAsk, currency: Option<Currency>) -> Result<PriceRule, Wrong> {
    let Some((kind, fields)) = FIELDS.iter().find(|(kind, _)| *kind == ask.kind.trim()) else {
        let kinds: Vec<&str> = FIELDS.iter().map(|(kind, _)| *kind).collect();
        let reason = format!("\"{}\" is none of {}", shown(&ask.kind), kinds.join(", "));
        return Err(("kind", reason));
    };
    let given = [
        ("percent", ask.percent.is_some()),
        ("tiers", !ask.tiers.is_empty()),
        ("amount", ask.amount.is_some()),
        ("label", ask.label.is_some()),
        ("day", ask.day.is_some()),
        ("unit", ask.unit.is_some()),
        ("every", ask.every.is_some()),
        ("rolls_over", ask.rolls_over.is_some()),
    ];
    for (field, given) in given {
        let optional = matches!(field, "every" | "rolls_over");
        match (fields.contains(&field), given) {
            (true, false) if !optional => {
                return Err((field, format!("an entry of kind {kind} needs it")));
            }
            (false, true) => return Err((field, format!("an entry of kind {kind} has none"))),
            _ => {}
        }
    }
    let text = |field: &Option<String>| field.as_deref().unwrap_or_default().trim().to_owned();
    let amount = || money(&text(&ask.amount), currency).map_err(|reason| ("amount", reason));
    Ok(match *kind {
        "markup" => PriceRule::Markup(markup(&text(&ask.percent)).map_err(|e| ("percent", e))?),
        "tiers" => {
            let tiers = ask.tiers.iter().map(|tier| step(tier, currency));
            PriceRule::Tiers(tiers.collect::<Result<_, _>>().map_err(|e| ("tiers", e))?)
        }
        "minimum" => PriceRule::Minimum(amount()?),
        "fee" => PriceRule::Fee {
            label: text(&ask.label),
            amount: amount()?,
        },
        "one_off" => PriceRule::OneOff {
            day: ask.day.unwrap_or_default(),
            label: text(&ask.label),
            amount: amount()?,
        },
        "credit" => PriceRule::Credit {
            label: text(&ask.label),
            amount: amount()?,
            grant: match &ask.every {
                None => Grant::Once,
                Some(word) => word.trim().parse().map_err(|e| ("every", e))?,
            },
            rolls_over: ask.rolls_over.unwrap_or(true),
        },
        _ => PriceRule::Usage {
            unit: text(&ask.unit).parse().map_err(|e| ("unit", e))?,
            per: amount()?,
        },
    })
}

fn step(tier: &TierAsk, currency: Option<Currency>) -> Result<Tier, String> {
    let up_to = tier
        .up_to
        .as_deref()
        .map(|text| money(text.trim(), currency));
    Ok(Tier {
        up_to: up_to.transpose()?,
        markup: markup(&tier.percent)?,
    })
}

fn markup(text: &str) -> Result<Markup, String> {
    Markup::parse(text).map_err(|error| error.to_string())
}

fn money(text: &str, currency: Option<Currency>) -> Result<Money, String> {
    let currency = currency.ok_or("an amount needs a currency: say which one the book is in")?;
    Money::parse(text, currency).map_err(|error| error.to_string())
}

/// The services that bills have named.
struct Services(Vec<String>);

impl Services {
    fn of(r: &Reads<'_>) -> Result<Self, WorkspaceError> {
        const MOST: u32 = 100_000;
        let names = r.values(&Values::Service, "", MOST)?;
        Ok(Self(names.into_iter().map(|name| name.key).collect()))
    }

    /// A pattern that means a service of the bills: a misspelt one would charge nothing, and say nothing.
    fn pattern(&self, text: &str) -> Result<ServicePattern, Wrong> {
        let pattern = ServicePattern::parse(text).map_err(|e| ("service", e.to_string()))?;
        if self.0.is_empty() || self.0.iter().any(|name| pattern.matches(name)) {
            return Ok(pattern);
        }
        let wanted: String = text.to_lowercase().replace(['*', '?'], "");
        let close = self.0.iter().find(|name| {
            let name = name.to_lowercase();
            name.contains(&wanted)
                || wanted
                    .split(' ')
                    .any(|word| word.len() > 2 && name.contains(word))
        });
        let hint = close.map_or_else(
            || "`tally costs --by service` lists them".to_owned(),
            |name| format!("did you mean \"{name}\"?"),
        );
        let reason = format!("no bill names a service \"{}\": {hint}", shown(text));
        Err(("service", reason))
    }
}

impl EntryAsk {
    /// An entry as it would be written.
    pub(super) fn of(entry: &Entry, owners: &Owners) -> Self {
        let plain = Self {
            scope: scope_text(entry.scope, owners),
            service: entry
                .service
                .as_ref()
                .map(|service| service.text().to_owned()),
            from: entry.validity.from(),
            to: entry.validity.to(),
            kind: entry.rule.word().to_owned(),
            ..Self::default()
        };
        let decimal = |amount: &Money| Some(amount.to_decimal(2));
        match &entry.rule {
            PriceRule::Markup(markup) => Self {
                percent: Some(markup.percent()),
                ..plain
            },
            PriceRule::Tiers(tiers) => Self {
                tiers: tiers
                    .iter()
                    .map(|tier| TierAsk {
                        up_to: tier.up_to.as_ref().and_then(decimal),
                        percent: tier.markup.percent(),
                    })
                    .collect(),
                ..plain
            },
            PriceRule::Minimum(amount) => Self {
                amount: decimal(amount),
                ..plain
            },
            PriceRule::Fee { label, amount } => Self {
                label: Some(label.clone()),
                amount: decimal(amount),
                ..plain
            },
            PriceRule::OneOff { day, label, amount } => Self {
                day: Some(*day),
                label: Some(label.clone()),
                amount: decimal(amount),
                ..plain
            },
            PriceRule::Credit {
                label,
                amount,
                grant,
                rolls_over,
            } => Self {
                label: Some(label.clone()),
                amount: decimal(amount),
                every: Some(grant.to_string()),
                rolls_over: Some(*rolls_over),
                ..plain
            },
            PriceRule::Usage { unit, per } => Self {
                unit: Some(unit.to_string()),
                amount: decimal(per),
                ..plain
            },
        }
    }
}

/// Such as `all` or `team:Platform`.
pub(super) fn scope_text(scope: PriceScope, owners: &Owners) -> String {
    match scope.owner() {
        None => scope.word().to_owned(),
        Some(id) => owner_text(id, owners),
    }
}

/// Such as `team:Platform`.
pub(super) fn owner_text(id: OwnerId, owners: &Owners) -> String {
    owners.get(&id).map_or_else(
        || id.0.to_string(),
        |owner| format!("{}:{}", owner.key.kind(), owner.name),
    )
}

fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}

/// The words for units, on paper.
pub(crate) const fn unit_text(unit: UsageUnit) -> &'static str {
    match unit {
        UsageUnit::GbStored => "GB stored for a month",
        UsageUnit::GbMoved => "GB moved",
        UsageUnit::User => "users for a month",
    }
}
