use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{BillingPeriod, Currency, Exact, Money, MoneyError};

use super::{
    Entry, Part, PriceBook, PriceRule, Priced, PricedLine, PricingNote, Recipient, UsageUnit,
    amounts, credit, rate,
};

/// What is to be charged: one recipient's month in one currency.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Who.
    pub recipient: &'a Recipient,
    /// When.
    pub month: BillingPeriod,
    /// The currency of the costs.
    pub currency: Currency,
    /// What earlier documents of the month have not billed, in any order.
    pub costs: &'a [CostLine<'a>],
    /// What was used; `None` where nothing is measured.
    pub usage: Option<&'a [Usage]>,
    /// What earlier documents of the month charged; what they credited is negative.
    pub earlier: &'a [Earlier],
    /// What earlier documents took of credits, by month and label.
    pub credits_used: &'a [(BillingPeriod, String, Money)],
}

/// A cost of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostLine<'a> {
    /// The day.
    pub day: Date,
    /// The service.
    pub service: &'a str,
    /// The resource.
    pub resource: Option<&'a str>,
    /// To the nano.
    pub cost: Money,
}

/// What was used on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// The day.
    pub day: Date,
    /// Of what.
    pub unit: UsageUnit,
    /// How much: gigabytes moved that day; gigabytes kept or users on that day.
    pub quantity: Exact,
}

/// A line of an earlier document of the same month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// What it charged for.
    pub part: Part,
    /// The service; empty where it was for none.
    pub service: String,
    /// What it charged.
    pub charged: Money,
    /// What it cost the issuer.
    pub cost: Money,
}

/// Why a month cannot be priced.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PricingError {
    /// Tiers in another currency than the costs.
    #[error(
        "the tiers of entry {} are in {book}, the costs in {costs}: a book of tiers is for costs in its own currency", .entry + 1
    )]
    Currency {
        /// Which entry.
        entry: usize,
        /// The book's currency.
        book: Currency,
        /// The currency of the costs.
        costs: Currency,
    },
    /// Currencies mixed, or amounts too large.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What `asked` is charged at by `book`. Neither the order of the costs nor that of the entries matters, and
/// the lines add up: their costs to the costs that were asked about, their charges to what is charged.
///
/// # Errors
/// [`PricingError`].
pub fn price(book: &PriceBook, asked: &Asked<'_>) -> Result<Priced, PricingError> {
    let pricing = Pricing::of(book, asked)?;
    let mut lines = pricing.cost_lines();
    let mut notes = Vec::new();
    if book.currency() == Some(asked.currency) {
        amounts::add(book, asked, &pricing, &mut lines, &mut notes)?;
    } else if let Some(entry) = pricing.other_currency() {
        notes.push(PricingNote::OtherCurrency { entry });
    }
    let sum =
        |amount: fn(&PricedLine) -> &Money| Money::sum(lines.iter().map(amount), asked.currency);
    let (cost, charged) = (sum(|line| &line.cost)?, sum(|line| &line.charged)?);
    let carried_over = credit::take(book, asked, charged, &mut lines)?;
    Ok(Priced {
        cost,
        charged: Money::sum(lines.iter().map(|line| &line.charged), asked.currency)?,
        lines,
        carried_over,
        notes,
    })
}

/// Costs by service and resource.
type Costs<'a> = BTreeMap<(&'a str, Option<&'a str>), i128>;

/// What a resource of a service costs and is charged at.
#[derive(Debug, Default)]
struct Resource {
    cost: i128,
    charged: i128,
    entries: BTreeSet<usize>,
}

#[derive(Debug, Default)]
struct Service<'a> {
    resources: BTreeMap<Option<&'a str>, Resource>,
    /// What entries take off the costs of this service.
    discounts: BTreeMap<usize, i128>,
}

/// A month at work: the book's rates applied.
pub(super) struct Pricing<'a> {
    book: &'a PriceBook,
    asked: &'a Asked<'a>,
    services: BTreeMap<&'a str, Service<'a>>,
}

impl<'a> Pricing<'a> {
    fn of(book: &'a PriceBook, asked: &'a Asked<'a>) -> Result<Self, PricingError> {
        let mut by_rate: BTreeMap<Option<usize>, Costs<'_>> = BTreeMap::new();
        let mut rates = BTreeMap::new();
        for line in asked.costs {
            if line.cost.currency() != asked.currency {
                return Err(MoneyError::Mixed(line.cost.currency(), asked.currency).into());
            }
            let rate = *rates
                .entry((line.service, line.day))
                .or_insert_with(|| book.rate_on(asked.recipient, line.service, line.day));
            let cost = by_rate
                .entry(rate)
                .or_default()
                .entry((line.service, line.resource))
                .or_default();
            *cost = added(*cost, line.cost.nanos())?;
        }
        let mut pricing = Self {
            book,
            asked,
            services: BTreeMap::new(),
        };
        for (rate, costs) in by_rate {
            match rate {
                None => pricing.at_cost(costs),
                Some(entry) => pricing.at_rate(entry, costs)?,
            }
        }
        Ok(pricing)
    }

    fn at_cost(&mut self, costs: Costs<'a>) {
        for ((service, resource), cost) in costs {
            let resources = &mut self.services.entry(service).or_default().resources;
            let resource = resources.entry(resource).or_default();
            resource.cost += cost;
            resource.charged += cost;
        }
    }

    /// A markup goes into the prices; what is taken off stands on a line of its own, by service.
    fn at_rate(&mut self, at: usize, costs: Costs<'a>) -> Result<(), PricingError> {
        let entry = &self.book.entries()[at];
        let before = self.billed_before(at, entry)?;
        let amounts: Vec<i128> = costs.values().copied().collect();
        let prices = rate::prices(&entry.rule, &amounts, before).ok_or(MoneyError::TooLarge)?;
        let total = |parts: &[i128]| parts.iter().sum::<i128>().unsigned_abs();
        let discount = total(&prices) < total(&amounts);
        for (((service, resource), cost), price) in costs.into_iter().zip(prices) {
            let service = self.services.entry(service).or_default();
            let resource = service.resources.entry(resource).or_default();
            resource.cost += cost;
            resource.entries.insert(at);
            if discount {
                resource.charged += cost;
                *service.discounts.entry(at).or_default() += price - cost;
            } else {
                resource.charged += price;
            }
        }
        Ok(())
    }

    /// How much of the month's cost under tiers earlier documents billed already.
    fn billed_before(&self, at: usize, entry: &Entry) -> Result<i128, PricingError> {
        let (PriceRule::Tiers(tiers), Some(book)) = (&entry.rule, self.book.currency()) else {
            return Ok(0);
        };
        if tiers.len() > 1 && book != self.asked.currency {
            return Err(PricingError::Currency {
                entry: at,
                book,
                costs: self.asked.currency,
            });
        }
        let mut before = 0;
        for line in self.asked.earlier {
            if line.part == Part::Cost && entry.covers(&line.service) {
                before = added(before, line.cost.nanos())?;
            }
        }
        Ok(before)
    }

    /// What the services that `covered` says come to.
    pub(super) fn charged_for(&self, covered: impl Fn(&str) -> bool) -> i128 {
        self.services
            .iter()
            .filter(|(name, _)| covered(name))
            .flat_map(|(_, service)| {
                let charged = service.resources.values().map(|resource| resource.charged);
                charged.chain(service.discounts.values().copied())
            })
            .sum()
    }

    /// By service, the dearest first, and resource; what is taken off a service stands behind it.
    fn cost_lines(&self) -> Vec<PricedLine> {
        let money = |nanos| Money::from_nanos(nanos, self.asked.currency);
        let mut services: Vec<_> = self.services.iter().collect();
        // Stable: equal sums stay in the order of their names.
        services.sort_by_key(|(_, service)| {
            let charged = service.resources.values().map(|resource| resource.charged);
            Reverse(charged.sum::<i128>())
        });
        let mut lines = Vec::new();
        for (name, service) in services {
            let line = |part, resource: Option<&str>| PricedLine {
                service: Some((*name).to_owned()),
                resource: resource.map(str::to_owned),
                ..PricedLine::of(part, Money::zero(self.asked.currency))
            };
            let mut resources: Vec<_> = service.resources.iter().collect();
            resources.sort_by_key(|(_, resource)| Reverse(resource.charged));
            let resources = resources.into_iter();
            lines.extend(
                resources
                    .filter(|(_, resource)| resource.cost != 0 || resource.charged != 0)
                    .map(|(name, resource)| PricedLine {
                        charged: money(resource.charged),
                        cost: money(resource.cost),
                        entries: resource.entries.iter().copied().collect(),
                        ..line(Part::Cost, *name)
                    }),
            );
            let discounts = service.discounts.iter().filter(|(_, nanos)| **nanos != 0);
            lines.extend(discounts.map(|(entry, nanos)| PricedLine {
                charged: money(*nanos),
                entries: vec![*entry],
                ..line(Part::Discount, None)
            }));
        }
        lines
    }

    /// An entry that would charge an amount, were it in the currency of the costs.
    fn other_currency(&self) -> Option<usize> {
        let days = self.asked.month.days();
        self.book.entries().iter().position(|entry| {
            let starts = entry.validity.from().is_none_or(|from| from <= days.to());
            let lasts = entry.validity.to().is_none_or(|to| days.from() <= to);
            let holds = match entry.rule {
                PriceRule::OneOff { day, .. } => days.contains(day),
                _ => starts && lasts,
            };
            !entry.is_rate() && holds && self.asked.recipient.is_charged(entry)
        })
    }
}

impl PricedLine {
    /// A line that charges `charged` and says no more.
    pub(super) const fn of(part: Part, charged: Money) -> Self {
        Self {
            part,
            service: None,
            resource: None,
            label: None,
            days: None,
            quantity: None,
            charged,
            cost: Money::zero(charged.currency()),
            entries: Vec::new(),
        }
    }
}

pub(super) fn added(a: i128, b: i128) -> Result<i128, MoneyError> {
    a.checked_add(b).ok_or(MoneyError::TooLarge)
}
