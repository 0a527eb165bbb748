//! The columns, said once for both layouts: FOCUS's in alphabetical order, then our own.

use std::borrow::Cow;

use jiff::civil::Date;
use serde_json::json;
use tallyport_ledger::{ChargeCategory, ChargeClass, Money, TagSet};

use super::regions::region_name;
use super::row::{FocusOwner, FocusRow};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// An amount of money: a decimal with up to nine decimals.
    Amount,
    /// A quantity: a decimal with up to 24 decimals.
    Quantity,
    /// A moment in UTC.
    Moment,
    /// Keys and values, as a JSON object.
    Json,
    /// A whole number.
    Count,
}

/// A column of the export.
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether a row may have nothing in it.
    pub nullable: bool,
    pub(super) of: for<'a> fn(&FocusRow<'a>) -> Cell<'a>,
}

/// What a row has in a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    Null,
    Text(Cow<'a, str>),
    Amount(Money),
    Quantity(&'a str),
    /// The beginning of a day.
    Moment(Date),
    Json(Cow<'a, TagSet>),
    Count(u32),
}

/// The columns in the order in which they are written.
#[must_use]
pub const fn columns() -> &'static [Column] {
    COLUMNS
}

const fn required(
    name: &'static str,
    kind: Kind,
    of: for<'a> fn(&FocusRow<'a>) -> Cell<'a>,
) -> Column {
    Column {
        name,
        kind,
        nullable: false,
        of,
    }
}

const fn optional(
    name: &'static str,
    kind: Kind,
    of: for<'a> fn(&FocusRow<'a>) -> Cell<'a>,
) -> Column {
    Column {
        name,
        kind,
        nullable: true,
        of,
    }
}

pub(super) const COLUMNS: &[Column] = &[
    required("BilledCost", Kind::Amount, |row| Cell::Amount(row.billed)),
    required("BillingAccountId", Kind::Text, |row| {
        text(row.billing_account)
    }),
    optional("BillingAccountName", Kind::Text, |row| {
        text(row.billing_account_name)
    }),
    required("BillingCurrency", Kind::Text, |row| {
        Cell::Text(Cow::Owned(row.billed.currency().to_string()))
    }),
    required("BillingPeriodEnd", Kind::Moment, |row| {
        end_of(row.period.last_day())
    }),
    required("BillingPeriodStart", Kind::Moment, |row| {
        Cell::Moment(row.period.first_day())
    }),
    required("ChargeCategory", Kind::Text, |row| {
        text(row.category.word())
    }),
    optional("ChargeClass", Kind::Text, |row| match row.class {
        ChargeClass::Correction => text(row.class.word()),
        ChargeClass::Regular => Cell::Null,
    }),
    optional("ChargeDescription", Kind::Text, |row| text(row.description)),
    required("ChargeFrequency", Kind::Text, |row| text(frequency(row))),
    required("ChargePeriodEnd", Kind::Moment, |row| end_of(row.last_day)),
    required("ChargePeriodStart", Kind::Moment, |row| {
        Cell::Moment(row.first_day)
    }),
    // The ledger keeps what a commitment comes to, not which one it was.
    optional("CommitmentDiscountId", Kind::Text, |_| Cell::Null),
    optional("CommitmentDiscountStatus", Kind::Text, |_| Cell::Null),
    optional("ConsumedQuantity", Kind::Quantity, |row| {
        quantity(row, row.category == ChargeCategory::Usage)
    }),
    optional("ConsumedUnit", Kind::Text, |row| {
        unit(row, row.category == ChargeCategory::Usage)
    }),
    required("ContractedCost", Kind::Amount, |row| {
        Cell::Amount(row.contracted)
    }),
    required("EffectiveCost", Kind::Amount, |row| {
        Cell::Amount(row.effective)
    }),
    optional("InvoiceId", Kind::Text, |row| text(row.invoice)),
    // Who invoices and who publishes is not kept: the provider stands for both.
    required("InvoiceIssuerName", Kind::Text, |row| text(row.provider)),
    required("ListCost", Kind::Amount, |row| Cell::Amount(row.list)),
    optional("PricingQuantity", Kind::Quantity, |row| {
        quantity(row, row.category != ChargeCategory::Tax)
    }),
    optional("PricingUnit", Kind::Text, |row| {
        unit(row, row.category != ChargeCategory::Tax)
    }),
    required("ProviderName", Kind::Text, |row| text(row.provider)),
    required("PublisherName", Kind::Text, |row| text(row.provider)),
    optional("RegionId", Kind::Text, |row| text(row.region)),
    optional("RegionName", Kind::Text, |row| {
        text(region_name(row.region))
    }),
    optional("ResourceId", Kind::Text, |row| text(row.resource)),
    optional("ResourceName", Kind::Text, |row| {
        text(if row.resource.is_empty() {
            ""
        } else {
            row.resource_name
        })
    }),
    required("ServiceCategory", Kind::Text, |row| text(category(row))),
    required("ServiceName", Kind::Text, |row| text(row.service)),
    required("ServiceSubcategory", Kind::Text, |row| {
        Cell::Text(Cow::Owned(format!("Other ({})", category(row))))
    }),
    // A tax has no SKU in FOCUS.
    optional("SkuId", Kind::Text, |row| {
        text(if row.category == ChargeCategory::Tax {
            ""
        } else {
            row.sku
        })
    }),
    optional("SubAccountId", Kind::Text, |row| text(row.sub_account)),
    optional("SubAccountName", Kind::Text, |row| {
        text(row.sub_account_name)
    }),
    required("Tags", Kind::Json, |row| {
        Cell::Json(Cow::Borrowed(row.tags))
    }),
    optional("x_AllocatedMethodDetails", Kind::Text, |row| {
        owned(row, |owner| {
            let details = json!({ "Elements": [{
                "AllocatedRatio": 1,
                "x_Rule": owner.rule_text,
            }] });
            Cell::Text(Cow::Owned(details.to_string()))
        })
    }),
    optional("x_AllocatedMethodId", Kind::Text, |row| {
        owned(row, |owner| match owner.rule {
            Some(rule) => Cell::Text(Cow::Owned(format!("ownership-rule:{rule}"))),
            None => text("ownership-rule"),
        })
    }),
    optional("x_AllocatedResourceId", Kind::Text, |row| {
        owned(row, |owner| text(owner.key))
    }),
    optional("x_AllocatedResourceName", Kind::Text, |row| {
        owned(row, |owner| text(owner.name))
    }),
    optional("x_AllocatedTags", Kind::Json, |row| {
        owned(row, |owner| {
            Cell::Json(Cow::Owned(TagSet::from([
                ("owner".to_owned(), owner.name.to_owned()),
                ("owner_kind".to_owned(), owner.kind.to_owned()),
            ])))
        })
    }),
    required("x_Client", Kind::Text, |row| text(row.client)),
    required("x_Lines", Kind::Count, |row| Cell::Count(row.lines)),
    optional("x_Owner", Kind::Text, |row| {
        owned(row, |owner| text(owner.name))
    }),
    optional("x_OwnerId", Kind::Text, |row| {
        owned(row, |owner| text(owner.key))
    }),
    optional("x_OwnerKind", Kind::Text, |row| {
        owned(row, |owner| text(owner.kind))
    }),
    optional("x_OwnershipRule", Kind::Text, |row| {
        owned(row, |owner| text(owner.rule_text))
    }),
    required("x_PeriodStatus", Kind::Text, |row| text(row.status)),
    required("x_Source", Kind::Text, |row| text(row.source)),
    optional("x_UsageType", Kind::Text, |row| {
        text(if row.category == ChargeCategory::Tax {
            row.sku
        } else {
            ""
        })
    }),
    required("x_Version", Kind::Count, |row| Cell::Count(row.version)),
];

fn text(text: &str) -> Cell<'_> {
    if text.is_empty() {
        Cell::Null
    } else {
        Cell::Text(Cow::Borrowed(text))
    }
}

fn owned<'a>(row: &FocusRow<'a>, of: impl FnOnce(FocusOwner<'a>) -> Cell<'a>) -> Cell<'a> {
    row.owner.map_or(Cell::Null, of)
}

/// The beginning of the day after: ends are exclusive.
fn end_of<'a>(day: Date) -> Cell<'a> {
    Cell::Moment(day.tomorrow().unwrap_or(day))
}

/// Nothing of no unit is what a source says that has no quantity.
fn has_quantity(row: &FocusRow<'_>) -> bool {
    !row.unit.is_empty()
        || row
            .quantity
            .bytes()
            .any(|byte| (b'1'..=b'9').contains(&byte))
}

fn quantity<'a>(row: &FocusRow<'a>, applies: bool) -> Cell<'a> {
    if applies && has_quantity(row) && !row.quantity.is_empty() {
        Cell::Quantity(row.quantity)
    } else {
        Cell::Null
    }
}

fn unit<'a>(row: &FocusRow<'a>, applies: bool) -> Cell<'a> {
    if applies && has_quantity(row) && !row.quantity.is_empty() {
        text(row.unit)
    } else {
        Cell::Null
    }
}

/// Usage is metered. What was bought for longer than a day comes again; the rest comes once.
fn frequency(row: &FocusRow<'_>) -> &'static str {
    match row.category {
        ChargeCategory::Usage => "Usage-Based",
        ChargeCategory::Purchase if row.last_day > row.first_day => "Recurring",
        _ => "One-Time",
    }
}

fn category<'a>(row: &FocusRow<'a>) -> &'a str {
    if row.service_category.is_empty() {
        "Other"
    } else {
        row.service_category
    }
}
