//! What a book charges besides costs: usage, minimums, fees, one-offs.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{Exact, Money, MoneyError};

use super::book::Topic;
use super::charged::{Asked, Pricing, PricingError, added};
use super::rate::rounded;
use super::{
    Entry, Part, PriceBook, PriceRule, PriceScope, PricedLine, PricingNote, UsageUnit, folded,
};

const UNIT: i128 = 1_000_000_000;

/// Adds the lines of amounts to those of costs.
pub(super) fn add(
    book: &PriceBook,
    asked: &Asked<'_>,
    pricing: &Pricing<'_>,
    lines: &mut Vec<PricedLine>,
    notes: &mut Vec<PricingNote>,
) -> Result<(), PricingError> {
    let amounts = Amounts { book, asked };
    let mut usage = Vec::new();
    for unit in UsageUnit::ALL {
        usage.extend(amounts.usage(*unit, notes)?);
    }
    lines.extend(usage.iter().cloned());
    lines.extend(amounts.minimums(pricing, &usage)?);
    lines.extend(amounts.fees()?);
    lines.extend(amounts.one_offs()?);
    Ok(())
}

struct Amounts<'a> {
    book: &'a PriceBook,
    asked: &'a Asked<'a>,
}

impl<'a> Amounts<'a> {
    fn money(&self, nanos: i128) -> Money {
        Money::from_nanos(nanos, self.asked.currency)
    }

    /// Whether an amount of this entry is charged here: one for everybody only to those who have costs.
    fn concerns(&self, entry: &Entry) -> bool {
        let costs = !self.asked.costs.is_empty() || !self.asked.earlier.is_empty();
        self.asked.recipient.is_charged(entry) && (costs || entry.scope != PriceScope::All)
    }

    /// The topics that `wanted` picks, in their order.
    fn topics<T>(&self, wanted: impl Fn(&Topic<'a>) -> Option<T>) -> Vec<(T, Topic<'a>)> {
        let concerned = self
            .book
            .entries()
            .iter()
            .filter(|entry| self.concerns(entry));
        let topics: BTreeSet<_> = concerned.filter_map(Topic::of).collect();
        let picked = topics.into_iter();
        picked
            .filter_map(|topic| wanted(&topic).map(|what| (what, topic)))
            .collect()
    }

    /// On how many days of the month each entry on `topic` counts.
    fn days(&self, topic: &Topic<'_>) -> BTreeMap<usize, Vec<Date>> {
        let mut days: BTreeMap<usize, Vec<Date>> = BTreeMap::new();
        for day in self.asked.month.days().each() {
            let concerns = |entry: &Entry| self.concerns(entry);
            if let Some(at) = self.book.amount_on(topic, day, concerns) {
                days.entry(at).or_default().push(day);
            }
        }
        days
    }

    /// A month's `amount` for so many of its days; whole where those are all.
    fn share(
        &self,
        amount: Money,
        days: &[Date],
    ) -> Result<(i128, Option<(u32, u32)>), MoneyError> {
        let (counted, all) = (whole(days.len()), self.month_days());
        if counted == all {
            return Ok((amount.nanos(), None));
        }
        let product = amount.nanos().checked_mul(i128::from(counted));
        let share = rounded(product.ok_or(MoneyError::TooLarge)?, i128::from(all));
        Ok((share, Some((counted, all))))
    }

    fn month_days(&self) -> u32 {
        u32::try_from(self.asked.month.days().len()).unwrap_or(30)
    }

    fn earlier(&self, part: &Part) -> Result<i128, MoneyError> {
        let lines = self.asked.earlier.iter().filter(|line| line.part == *part);
        lines.map(|line| line.charged.nanos()).try_fold(0, added)
    }

    /// `lines` of one part, less what earlier documents charged for it. What was charged too much takes a
    /// credit note, not a line.
    fn still_due(
        &self,
        part: &Part,
        lines: Vec<PricedLine>,
    ) -> Result<Vec<PricedLine>, MoneyError> {
        let before = self.earlier(part)?;
        if before == 0 {
            return Ok(lines);
        }
        let due = lines
            .iter()
            .map(|line| line.charged.nanos())
            .try_fold(0, added)?;
        let rest = lines.into_iter().next().filter(|_| due > before);
        Ok(rest
            .map(|line| PricedLine {
                charged: self.money(due - before),
                days: None,
                quantity: None,
                ..line
            })
            .into_iter()
            .collect())
    }

    fn fees(&self) -> Result<Vec<PricedLine>, MoneyError> {
        let mut fees = Vec::new();
        let topics = self.topics(|topic| match topic {
            Topic::Fee(label) => Some(Part::Fee(label.clone())),
            _ => None,
        });
        for (part, topic) in topics {
            let mut lines = Vec::new();
            for (at, days) in self.days(&topic) {
                if let PriceRule::Fee { label, amount } = &self.book.entries()[at].rule {
                    let (charged, days) = self.share(*amount, &days)?;
                    lines.push(PricedLine {
                        label: Some(label.trim().to_owned()),
                        days,
                        entries: vec![at],
                        ..PricedLine::of(part.clone(), self.money(charged))
                    });
                }
            }
            fees.extend(self.still_due(&part, lines)?);
        }
        Ok(fees)
    }

    fn one_offs(&self) -> Result<Vec<PricedLine>, MoneyError> {
        let mut by_label: BTreeMap<Part, BTreeMap<(Date, i128, usize), PricedLine>> =
            BTreeMap::new();
        for (at, entry) in self.book.entries().iter().enumerate() {
            if let PriceRule::OneOff { day, label, amount } = &entry.rule
                && self.asked.month.days().contains(*day)
                && self.concerns(entry)
            {
                let part = Part::OneOff(folded(label));
                let line = PricedLine {
                    label: Some(label.trim().to_owned()),
                    entries: vec![at],
                    ..PricedLine::of(part.clone(), *amount)
                };
                let lines = by_label.entry(part).or_default();
                lines.insert((*day, amount.nanos(), at), line);
            }
        }
        let mut due = Vec::new();
        for (part, lines) in by_label {
            due.extend(self.still_due(&part, lines.into_values().collect())?);
        }
        Ok(due)
    }

    /// A month of what is kept is the mean of its days.
    fn usage(
        &self,
        unit: UsageUnit,
        notes: &mut Vec<PricingNote>,
    ) -> Result<Vec<PricedLine>, MoneyError> {
        let mut lines = Vec::new();
        for (at, days) in self.days(&Topic::Usage(unit)) {
            let PriceRule::Usage { per, .. } = self.book.entries()[at].rule else {
                continue;
            };
            let Some(usage) = self.asked.usage else {
                notes.push(PricingNote::NotMeasured { entry: at, unit });
                continue;
            };
            let used = usage
                .iter()
                .filter(|used| used.unit == unit && days.contains(&used.day))
                .map(|used| used.quantity.rounded_to_nanos())
                .try_fold(0, added)?;
            let quantity = match unit {
                UsageUnit::GbMoved => used,
                UsageUnit::GbStored | UsageUnit::User => {
                    rounded(used, i128::from(self.month_days()))
                }
            };
            let product = quantity
                .checked_mul(per.nanos())
                .ok_or(MoneyError::TooLarge)?;
            let charged = self.money(rounded(product, UNIT));
            let shown = Exact::from_nanos(quantity).map_err(|_| MoneyError::TooLarge)?;
            if quantity != 0 {
                lines.push(PricedLine {
                    quantity: Some((shown, unit, per)),
                    entries: vec![at],
                    ..PricedLine::of(Part::Usage(unit), charged)
                });
            }
        }
        self.still_due(&Part::Usage(unit), lines)
    }

    /// Minimums of some services first: what they top up counts towards the one of all.
    fn minimums(
        &self,
        pricing: &Pricing<'_>,
        usage: &[PricedLine],
    ) -> Result<Vec<PricedLine>, MoneyError> {
        let mut topics = self.topics(|topic| match topic {
            Topic::Minimum(service) => Some(Part::Minimum(service.map(str::to_owned))),
            _ => None,
        });
        topics.sort_by_key(|(part, _)| *part == Part::Minimum(None));
        let mut besides = usage
            .iter()
            .map(|line| line.charged.nanos())
            .try_fold(0, added)?;
        for unit in UsageUnit::ALL {
            besides = added(besides, self.earlier(&Part::Usage(*unit))?)?;
        }
        let mut lines = Vec::new();
        for (part, topic) in topics {
            let (mut least, mut share, mut entries) = (0, None, Vec::new());
            for (at, days) in self.days(&topic) {
                if let PriceRule::Minimum(amount) = self.book.entries()[at].rule {
                    let (part, days) = self.share(amount, &days)?;
                    least = added(least, part)?;
                    share = days;
                    entries.push(at);
                }
            }
            let Some(entry) = entries.first().map(|at| &self.book.entries()[*at]) else {
                continue;
            };
            let mut reached = pricing.charged_for(|service| entry.covers(service));
            for line in self.asked.earlier {
                let of_costs = matches!(line.part, Part::Cost | Part::Discount);
                if of_costs && entry.covers(&line.service) {
                    reached = added(reached, line.charged.nanos())?;
                }
            }
            if part == Part::Minimum(None) {
                reached = added(reached, besides)?;
            }
            let missing = (least - reached).max(0);
            besides = added(besides, missing)?;
            let due = missing - self.earlier(&part)?;
            if due != 0 {
                lines.push(PricedLine {
                    service: entry
                        .service
                        .as_ref()
                        .map(|service| service.text().to_owned()),
                    days: share.filter(|_| entries.len() == 1),
                    entries,
                    ..PricedLine::of(part, self.money(due))
                });
            }
        }
        Ok(lines)
    }
}

fn whole(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
