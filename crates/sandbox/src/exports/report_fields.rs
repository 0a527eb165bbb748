//! The fields of a Cost and Usage Report that take more than a word to tell.

use std::borrow::Cow;

use super::charge::{Charge, Part};
use super::table::Cell;
use crate::company::{Nano, RecordType, code_of};

/// The line item type of a row. Support is a fee to reports, and not a type of its own.
pub(super) fn kind(charge: &Charge<'_>) -> &'static str {
    match charge.line.record {
        RecordType::Support | RecordType::UpfrontFee => "Fee",
        RecordType::EnterpriseDiscount => "EdpDiscount",
        other => other.name(),
    }
}

pub(super) fn known<'a>(text: &'a str, nothing: &str) -> Cell<'a> {
    if text == nothing {
        Cell::Empty
    } else {
        Cell::text(text)
    }
}

pub(super) fn bill_type(charge: &Charge<'_>) -> &'static str {
    match charge.line.record {
        RecordType::UpfrontFee => "Purchase",
        RecordType::Refund => "Refund",
        _ => "Anniversary",
    }
}

pub(super) fn id(charge: &Charge<'_>) -> String {
    let Charge {
        line, row, number, ..
    } = charge;
    let text = format!(
        "{}/{}/{}/{}/{}/{}/{}/{number}",
        line.account,
        line.product.code,
        line.usage_type,
        line.operation,
        line.resource,
        line.record.name(),
        row.day,
    );
    code_of(&text, 32)
}

pub(super) fn interval(charge: &Charge<'_>) -> String {
    format!("{}T00:00:00Z/{}T00:00:00Z", charge.row.day, charge.end())
}

pub(super) fn is(charge: &Charge<'_>, record: RecordType) -> bool {
    charge.line.record == record && charge.part == Part::Whole
}

/// An amount on rows of one type only.
pub(super) fn only<'a>(charge: &Charge<'_>, record: RecordType, amount: Nano) -> Cell<'a> {
    Cell::amount(is(charge, record).then_some(amount))
}

/// The part of an amortised amount that is recurring fee, and the part that was paid upfront.
pub(super) fn parts(charge: &Charge<'_>) -> (Nano, Nano) {
    let amount = charge.row.amortized;
    let pledge = charge.line.pledge.as_ref();
    let recurring = pledge.map_or(amount, |pledge| pledge.recurring_part(amount));
    (recurring, amount - recurring)
}

pub(super) fn pledge<'c>(charge: &'c Charge<'c>, is_plan: bool) -> &'c str {
    let pledge = charge.line.pledge.as_ref();
    pledge
        .filter(|pledge| pledge.is_plan == is_plan && !charge.is_pod())
        .map_or("", |pledge| pledge.id.as_str())
}

pub(super) fn reservation_time(charge: &Charge<'_>, is_end: bool) -> String {
    let pledge = charge.line.pledge.as_ref().filter(|pledge| !pledge.is_plan);
    let day = pledge.and_then(|pledge| {
        if is_end {
            pledge.until
        } else {
            Some(pledge.from)
        }
    });
    day.map_or_else(String::new, |day| format!("{day}T00:00:00.000Z"))
}

pub(super) fn product<'c>(charge: &'c Charge<'c>) -> Cell<'c> {
    let line = charge.line;
    let mut pairs = vec![("product_name", line.product.name)];
    if line.region != "NoRegion" {
        pairs.push(("region", line.region));
    }
    if line.engine != "NoDatabaseEngine" {
        pairs.push(("database_engine", line.engine));
    }
    if line.tenancy != "NoTenancy" {
        pairs.push(("tenancy", line.tenancy));
    }
    let borrowed = pairs
        .into_iter()
        .map(|(key, value)| (Cow::Borrowed(key), value));
    Cell::Texts(borrowed.collect())
}

/// Keys begin with whose tag it is, and hold no colon.
pub(super) fn tags<'c>(charge: &'c Charge<'c>) -> Cell<'c> {
    let named = |key: &str| match key.strip_prefix("aws:") {
        Some(key) => format!("aws_{}", key.replace([':', '-'], "_")),
        None => format!("user_{key}"),
    };
    let tags = charge
        .line
        .tags
        .iter()
        .filter(|(_, value)| !value.is_empty());
    Cell::Texts(
        tags.map(|(key, value)| (Cow::Owned(named(key)), value.as_str()))
            .collect(),
    )
}

pub(super) fn discount<'a>(charge: &Charge<'_>) -> Cell<'a> {
    if charge.is_pod() || charge.row.discount >= 0 {
        return Cell::Empty;
    }
    Cell::Amounts(vec![
        ("edp_discount", charge.row.discount),
        ("total_discount", charge.row.discount),
    ])
}

/// What is used and what is not of an instance's cost, for a pod.
pub(super) fn split<'a>(charge: &Charge<'_>, of: Nano, is_used: bool) -> Cell<'a> {
    let parts = charge.split(of);
    Cell::amount(parts.map(|(used, unused)| if is_used { used } else { unused }))
}

pub(super) fn ratio<'a>(charge: &Charge<'_>) -> Cell<'a> {
    Cell::amount(match charge.part {
        Part::Pod { share, .. } => Some(share * 1_000_000),
        _ => None,
    })
}
