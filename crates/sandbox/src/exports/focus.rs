//! FOCUS 1.2 with AWS columns: the table `FOCUS_1_2_AWS`.

use std::borrow::Cow;

use super::charge::{Charge, Part};
use super::table::{Cell, Column, Field, Kind};
use crate::company::{AMAZON, PAYER, RecordType, account_name, code_of, region_name};

/// The name of the table in a query.
pub(crate) const TABLE: &str = "FOCUS_1_2_AWS";

/// All columns, in the order of the table.
pub(crate) fn columns() -> Vec<Column> {
    let column =
        |&(name, kind, field): &(&'static str, Kind, Field)| Column::new(name, kind, field);
    COLUMNS.iter().map(column).collect()
}

const COLUMNS: &[(&str, Kind, Field)] = &[
    ("AvailabilityZone", Kind::Text, |c| {
        known(&c.line.zone, "NoAZ")
    }),
    ("BilledCost", Kind::Amount, |c| Cell::Amount(c.billed())),
    ("BillingAccountId", Kind::Text, |_| Cell::text(PAYER)),
    ("BillingAccountName", Kind::Text, |_| {
        Cell::text(account_name(PAYER))
    }),
    ("BillingAccountType", Kind::Text, |_| {
        Cell::text("Payer Account")
    }),
    ("BillingCurrency", Kind::Text, |_| Cell::text("USD")),
    ("BillingPeriodEnd", Kind::Moment, |c| {
        Cell::Moment(c.month.end)
    }),
    ("BillingPeriodStart", Kind::Moment, |c| {
        Cell::Moment(c.month.start)
    }),
    ("CapacityReservationId", Kind::Text, |_| Cell::Empty),
    ("CapacityReservationStatus", Kind::Text, |_| Cell::Empty),
    ("ChargeCategory", Kind::Text, |c| Cell::text(category(c))),
    ("ChargeClass", Kind::Text, |_| Cell::Empty),
    ("ChargeDescription", Kind::Text, |c| {
        Cell::text(c.description())
    }),
    ("ChargeFrequency", Kind::Text, |c| Cell::text(frequency(c))),
    ("ChargePeriodEnd", Kind::Moment, |c| Cell::Moment(c.end())),
    ("ChargePeriodStart", Kind::Moment, |c| {
        Cell::Moment(c.row.day)
    }),
    ("CommitmentDiscountCategory", Kind::Text, |c| {
        commitment(c, ["Usage", "Spend"])
    }),
    ("CommitmentDiscountId", Kind::Text, |c| {
        Cell::text(c.pledge_id())
    }),
    ("CommitmentDiscountName", Kind::Text, |_| Cell::Empty),
    ("CommitmentDiscountQuantity", Kind::Amount, |c| {
        commitment_quantity(c)
    }),
    ("CommitmentDiscountStatus", Kind::Text, |c| {
        commitment_status(c)
    }),
    ("CommitmentDiscountType", Kind::Text, |c| {
        commitment(c, ["Reserved", "Savings Plan"])
    }),
    ("CommitmentDiscountUnit", Kind::Text, |c| {
        commitment(c, ["Hrs", "USD"])
    }),
    ("ConsumedQuantity", Kind::Amount, |c| {
        Cell::amount(c.quantity().filter(|_| category(c) == "Usage"))
    }),
    ("ConsumedUnit", Kind::Text, |c| {
        Cell::text(if category(c) == "Usage" && c.quantity().is_some() {
            c.line.unit
        } else {
            ""
        })
    }),
    ("ContractedCost", Kind::Amount, |c| {
        Cell::Amount(c.contracted())
    }),
    ("ContractedUnitPrice", Kind::Amount, |c| {
        Cell::amount(c.contracted_price())
    }),
    ("EffectiveCost", Kind::Amount, |c| {
        Cell::Amount(c.effective())
    }),
    ("InvoiceId", Kind::Text, |c| Cell::text(c.invoice())),
    ("InvoiceIssuerName", Kind::Text, |_| Cell::text(AMAZON.name)),
    ("ListCost", Kind::Amount, |c| Cell::Amount(c.list())),
    ("ListUnitPrice", Kind::Amount, |c| Cell::amount(c.price())),
    ("PricingCategory", Kind::Text, |c| pricing(c)),
    ("PricingCurrency", Kind::Text, |_| Cell::text("USD")),
    ("PricingCurrencyContractedUnitPrice", Kind::Amount, |c| {
        Cell::amount(c.contracted_price())
    }),
    ("PricingCurrencyEffectiveCost", Kind::Amount, |c| {
        Cell::Amount(c.effective())
    }),
    ("PricingCurrencyListUnitPrice", Kind::Amount, |c| {
        Cell::amount(c.price())
    }),
    ("PricingQuantity", Kind::Amount, |c| {
        Cell::amount(c.quantity())
    }),
    ("PricingUnit", Kind::Text, |c| {
        Cell::text(if c.quantity().is_some() {
            c.line.unit
        } else {
            ""
        })
    }),
    ("ProviderName", Kind::Text, |_| Cell::text("AWS")),
    ("PublisherName", Kind::Text, |c| {
        Cell::text(c.line.seller.name)
    }),
    ("RegionId", Kind::Text, |c| known(c.line.region, "NoRegion")),
    ("RegionName", Kind::Text, |c| {
        Cell::text(region_name(c.line.region))
    }),
    ("ResourceId", Kind::Text, |c| Cell::text(c.resource())),
    ("ResourceName", Kind::Text, |_| Cell::Empty),
    ("ResourceType", Kind::Text, |_| Cell::Empty),
    ("ServiceCategory", Kind::Text, |c| {
        Cell::text(c.line.product.category)
    }),
    ("ServiceName", Kind::Text, |c| {
        Cell::text(c.line.product.name)
    }),
    ("ServiceSubcategory", Kind::Text, |c| {
        Cell::text(c.line.product.subcategory)
    }),
    ("SkuId", Kind::Text, |c| {
        Cell::text(if has_sku(c) { sku(c) } else { String::new() })
    }),
    ("SkuMeter", Kind::Text, |c| {
        known(&c.line.usage_type, "NoUsageType")
    }),
    ("SkuPriceDetails", Kind::Text, |_| Cell::Empty),
    ("SkuPriceId", Kind::Text, |c| {
        Cell::text(if has_sku(c) {
            format!("{}.JRTCKXETXF.6YS6EN2CT7", sku(c))
        } else {
            String::new()
        })
    }),
    ("SubAccountId", Kind::Text, |c| Cell::text(c.line.account)),
    ("SubAccountName", Kind::Text, |c| {
        Cell::text(account_name(c.line.account))
    }),
    ("SubAccountType", Kind::Text, |_| {
        Cell::text("Linked Account")
    }),
    ("Tags", Kind::Texts, |c| tags(c)),
    ("x_Discounts", Kind::Amounts, |c| discounts(c)),
    ("x_Operation", Kind::Text, |c| {
        known(c.line.operation, "NoOperation")
    }),
    ("x_ServiceCode", Kind::Text, |c| {
        Cell::text(c.line.product.code)
    }),
];

fn known<'a>(text: &'a str, nothing: &str) -> Cell<'a> {
    if text == nothing {
        Cell::Empty
    } else {
        Cell::text(text)
    }
}

fn category(charge: &Charge<'_>) -> &'static str {
    match (charge.part, charge.line.record) {
        (Part::Unused, _) => "Usage",
        (Part::Bought, _) | (_, RecordType::Support) => "Purchase",
        (_, RecordType::Tax) => "Tax",
        (_, RecordType::Credit) => "Credit",
        (_, RecordType::Refund) => "Adjustment",
        _ => "Usage",
    }
}

fn frequency(charge: &Charge<'_>) -> &'static str {
    match (charge.part, charge.line.record) {
        (Part::Whole | Part::Pod { .. }, RecordType::Usage)
            if charge.line.operation == "Subscription" =>
        {
            "Recurring"
        }
        (_, RecordType::UpfrontFee | RecordType::Credit | RecordType::Refund) => "One-Time",
        (Part::Bought, _) | (_, RecordType::Support) => "Recurring",
        _ => "Usage-Based",
    }
}

/// Usage and purchases have prices; taxes, credits and refunds have none.
fn pricing<'a>(charge: &Charge<'_>) -> Cell<'a> {
    let text = match (category(charge), charge.line.record) {
        ("Usage", RecordType::Usage) => "Standard",
        ("Usage", _) => "Committed",
        ("Purchase", _) => "Standard",
        _ => "",
    };
    Cell::text(text)
}

fn commitment<'a>(charge: &Charge<'_>, of: [&'static str; 2]) -> Cell<'a> {
    let [reservation, plan] = of;
    let pledge = charge.line.pledge.as_ref();
    Cell::text(pledge.map_or("", |pledge| if pledge.is_plan { plan } else { reservation }))
}

fn commitment_status<'a>(charge: &Charge<'_>) -> Cell<'a> {
    if charge.line.pledge.is_none() {
        return Cell::Empty;
    }
    Cell::text(match charge.part {
        Part::Unused => "Unused",
        Part::Bought => "",
        _ => "Used",
    })
}

/// Hours of a reservation, dollars of a plan.
fn commitment_quantity<'a>(charge: &Charge<'_>) -> Cell<'a> {
    let Some(pledge) = &charge.line.pledge else {
        return Cell::Empty;
    };
    Cell::amount(match (charge.part, pledge.is_plan) {
        (Part::Bought, true) => Some(charge.row.unblended),
        (_, true) => Some(charge.row.amortized),
        (Part::Unused, false) => None,
        (_, false) => charge.quantity(),
    })
}

fn sku(charge: &Charge<'_>) -> String {
    let line = charge.line;
    let text = format!(
        "{}/{}/{}",
        line.product.code, line.usage_type, line.operation
    );
    code_of(&text, 16).to_uppercase()
}

fn has_sku(charge: &Charge<'_>) -> bool {
    matches!(category(charge), "Usage" | "Purchase") && charge.line.usage_type != "NoUsageType"
}

fn tags<'c>(charge: &'c Charge<'c>) -> Cell<'c> {
    let tags = charge.line.tags.iter();
    Cell::Texts(
        tags.map(|(key, value)| (Cow::Borrowed(key.as_str()), value.as_str()))
            .collect(),
    )
}

fn discounts<'a>(charge: &Charge<'_>) -> Cell<'a> {
    if charge.row.discount == 0 || charge.is_pod() {
        return Cell::Empty;
    }
    Cell::Amounts(vec![("edp_discount", charge.row.discount)])
}
