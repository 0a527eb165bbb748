//! What credits take off.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{Money, MoneyError};

use super::charged::{Asked, PricingError, added};
use super::{Entry, Grant, Part, PriceBook, PriceRule, PriceScope, PricedLine, folded};

/// Takes credits off what is `charged`, those first that end first; answers what can be used later.
pub(super) fn take(
    book: &PriceBook,
    asked: &Asked<'_>,
    charged: Money,
    lines: &mut Vec<PricedLine>,
) -> Result<Vec<(String, Money)>, PricingError> {
    let mut by_label: BTreeMap<String, (PriceScope, usize)> = BTreeMap::new();
    for (at, entry) in book.entries().iter().enumerate() {
        if let PriceRule::Credit { label, amount, .. } = &entry.rule
            && amount.currency() == asked.currency
            && asked.recipient.is_charged(entry)
        {
            let best = by_label.entry(folded(label)).or_insert((entry.scope, at));
            *best = (*best).max((entry.scope, at));
        }
    }
    let mut credits: Vec<(String, usize)> = by_label
        .into_iter()
        .map(|(label, (_, at))| (label, at))
        .collect();
    let last_day = |at: usize| book.entries()[at].validity.to();
    credits.sort_by_key(|(_, at)| (last_day(*at).is_none(), last_day(*at)));
    let mut to_pay = charged.nanos().max(0);
    let mut carried_over = Vec::new();
    for (key, at) in credits {
        let entry = &book.entries()[at];
        let PriceRule::Credit { label, .. } = &entry.rule else {
            continue;
        };
        let available = available(entry, &key, asked)?;
        let taken = available.min(to_pay);
        to_pay -= taken;
        if taken > 0 {
            let charged = Money::from_nanos(-taken, asked.currency);
            lines.push(PricedLine {
                label: Some(label.trim().to_owned()),
                entries: vec![at],
                ..PricedLine::of(Part::Credit(key.clone()), charged)
            });
        }
        if available > taken && rolls_on(entry, asked) {
            let rest = Money::from_nanos(available - taken, asked.currency);
            carried_over.push((label.trim().to_owned(), rest));
        }
    }
    Ok(carried_over)
}

/// What is left of a credit in the month: what was granted until then, less what was used whenever, so that a
/// month that is billed late cannot use what a later one has used.
fn available(entry: &Entry, label: &str, asked: &Asked<'_>) -> Result<i128, MoneyError> {
    let PriceRule::Credit {
        amount,
        grant,
        rolls_over,
        ..
    } = &entry.rule
    else {
        return Ok(0);
    };
    let month = asked.month;
    let (Some(from), to) = (entry.validity.from(), entry.validity.to()) else {
        return Ok(0);
    };
    if from > month.last_day() || to.is_some_and(|to| to < month.first_day()) {
        return Ok(0);
    }
    let index = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    let months_on = index(month.first_day()) - index(from);
    let granted = match (grant, rolls_over) {
        (Grant::Once, false) if months_on > 0 => 0,
        (Grant::Month, true) => amount
            .nanos()
            .checked_mul(i128::from(months_on) + 1)
            .ok_or(MoneyError::TooLarge)?,
        (Grant::Once | Grant::Month, _) => amount.nanos(),
    };
    let mut used = 0;
    for (when, what, much) in asked.credits_used {
        if what == label && (*rolls_over || *when == month) {
            used = added(used, much.nanos())?;
        }
    }
    Ok((granted - used).max(0))
}

/// Whether the next month can still use what this one leaves.
fn rolls_on(entry: &Entry, asked: &Asked<'_>) -> bool {
    let lasts = entry
        .validity
        .to()
        .is_none_or(|to| to > asked.month.last_day());
    matches!(
        entry.rule,
        PriceRule::Credit {
            rolls_over: true,
            ..
        }
    ) && lasts
}
