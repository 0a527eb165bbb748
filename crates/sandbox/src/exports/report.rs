//! The Cost and Usage Report: CUR 2.0 (`COST_AND_USAGE_REPORT`) and the legacy one, whose columns
//! hold the same under other names.

use std::collections::BTreeSet;

use super::report_fields::{
    bill_type, discount, id, interval, is, kind, known, only, parts, pledge, product, ratio,
    reservation_time, split, tags,
};
use super::table::{Cell, Column, Field, Kind};
use crate::company::{AMAZON, Bill, PAYER, RecordType, account_name};

/// The name of the table in a query.
pub(crate) const TABLE: &str = "COST_AND_USAGE_REPORT";

/// A column under its name in CUR 2.0 and in the legacy report; empty where one lacks it.
type Named = (&'static str, &'static str, Kind, Field);

/// All columns of CUR 2.0, in the order of the table.
pub(crate) fn columns(has_pods: bool) -> Vec<Column> {
    COLUMNS
        .iter()
        .filter(|(name, ..)| !name.is_empty())
        .filter(|(name, ..)| has_pods || !name.starts_with("split_"))
        .map(|&(name, _, kind, field)| Column::new(name, kind, field))
        .collect()
}

/// All columns of the legacy report: one more for each tag that the bill has.
pub(crate) fn legacy_columns(bill: &Bill, has_pods: bool) -> Vec<Column> {
    let mut columns: Vec<Column> = COLUMNS
        .iter()
        .filter(|(_, name, ..)| !name.is_empty())
        .filter(|(_, name, ..)| has_pods || !name.starts_with("splitLineItem"))
        .map(|&(_, name, kind, field)| Column::new(name, kind, field))
        .collect();
    let keys: BTreeSet<&str> = bill
        .lines
        .iter()
        .flat_map(|line| line.tags.iter())
        .map(|(key, _)| key.as_str())
        .collect();
    let pods = [
        "aws:eks:cluster-name",
        "aws:eks:namespace",
        "aws:eks:workload-name",
    ];
    for key in pods.into_iter().filter(|_| has_pods) {
        columns.push(Column::tag(format!("resourceTags/{key}"), key));
    }
    for key in keys {
        columns.push(Column::tag(format!("resourceTags/user:{key}"), key));
    }
    columns
}

const COLUMNS: &[Named] = &[
    (
        "identity_line_item_id",
        "identity/LineItemId",
        Kind::Text,
        |c| Cell::text(id(c)),
    ),
    (
        "identity_time_interval",
        "identity/TimeInterval",
        Kind::Text,
        |c| Cell::text(interval(c)),
    ),
    ("bill_bill_type", "bill/BillType", Kind::Text, |c| {
        Cell::text(bill_type(c))
    }),
    (
        "bill_billing_entity",
        "bill/BillingEntity",
        Kind::Text,
        |c| Cell::text(c.line.seller.billing_entity),
    ),
    (
        "bill_billing_period_end_date",
        "bill/BillingPeriodEndDate",
        Kind::Moment,
        |c| Cell::Moment(c.month.end),
    ),
    (
        "bill_billing_period_start_date",
        "bill/BillingPeriodStartDate",
        Kind::Moment,
        |c| Cell::Moment(c.month.start),
    ),
    ("bill_invoice_id", "bill/InvoiceId", Kind::Text, |c| {
        Cell::text(c.invoice())
    }),
    (
        "bill_invoicing_entity",
        "bill/InvoicingEntity",
        Kind::Text,
        |_| Cell::text(AMAZON.name),
    ),
    (
        "bill_payer_account_id",
        "bill/PayerAccountId",
        Kind::Text,
        |_| Cell::text(PAYER),
    ),
    ("bill_payer_account_name", "", Kind::Text, |_| {
        Cell::text(account_name(PAYER))
    }),
    ("cost_category", "", Kind::Texts, |_| Cell::Texts(vec![])),
    ("discount", "", Kind::Amounts, |c| discount(c)),
    ("discount_bundled_discount", "", Kind::Amount, |_| {
        Cell::Empty
    }),
    (
        "discount_total_discount",
        "discount/TotalDiscount",
        Kind::Amount,
        |c| Cell::amount((c.row.discount < 0 && !c.is_pod()).then_some(c.row.discount)),
    ),
    (
        "line_item_availability_zone",
        "lineItem/AvailabilityZone",
        Kind::Text,
        |c| known(&c.line.zone, "NoAZ"),
    ),
    (
        "line_item_blended_cost",
        "lineItem/BlendedCost",
        Kind::Amount,
        |c| Cell::amount((!is(c, RecordType::EnterpriseDiscount)).then(|| c.unblended())),
    ),
    (
        "line_item_currency_code",
        "lineItem/CurrencyCode",
        Kind::Text,
        |_| Cell::text("USD"),
    ),
    (
        "line_item_legal_entity",
        "lineItem/LegalEntity",
        Kind::Text,
        |c| Cell::text(c.line.seller.name),
    ),
    (
        "line_item_line_item_description",
        "lineItem/LineItemDescription",
        Kind::Text,
        |c| Cell::text(c.description()),
    ),
    (
        "line_item_line_item_type",
        "lineItem/LineItemType",
        Kind::Text,
        |c| Cell::text(kind(c)),
    ),
    (
        "line_item_net_unblended_cost",
        "lineItem/NetUnblendedCost",
        Kind::Amount,
        |c| Cell::Amount(c.net_unblended()),
    ),
    (
        "line_item_normalized_usage_amount",
        "lineItem/NormalizedUsageAmount",
        Kind::Amount,
        |c| Cell::amount((c.row.normalized != 0 && !c.is_pod()).then_some(c.row.normalized)),
    ),
    (
        "line_item_operation",
        "lineItem/Operation",
        Kind::Text,
        |c| known(c.line.operation, "NoOperation"),
    ),
    (
        "line_item_product_code",
        "lineItem/ProductCode",
        Kind::Text,
        |c| Cell::text(c.line.product.code),
    ),
    (
        "line_item_resource_id",
        "lineItem/ResourceId",
        Kind::Text,
        |c| Cell::text(c.resource()),
    ),
    ("line_item_tax_type", "lineItem/TaxType", Kind::Text, |c| {
        Cell::text(if is(c, RecordType::Tax) {
            "USSalesTax"
        } else {
            ""
        })
    }),
    (
        "line_item_unblended_cost",
        "lineItem/UnblendedCost",
        Kind::Amount,
        |c| Cell::Amount(c.unblended()),
    ),
    (
        "line_item_unblended_rate",
        "lineItem/UnblendedRate",
        Kind::Amount,
        |c| Cell::amount(c.price()),
    ),
    (
        "line_item_usage_account_id",
        "lineItem/UsageAccountId",
        Kind::Text,
        |c| Cell::text(c.line.account),
    ),
    ("line_item_usage_account_name", "", Kind::Text, |c| {
        Cell::text(account_name(c.line.account))
    }),
    (
        "line_item_usage_amount",
        "lineItem/UsageAmount",
        Kind::Amount,
        |c| Cell::Amount(c.quantity().unwrap_or_default()),
    ),
    (
        "line_item_usage_end_date",
        "lineItem/UsageEndDate",
        Kind::Moment,
        |c| Cell::Moment(c.end()),
    ),
    (
        "line_item_usage_start_date",
        "lineItem/UsageStartDate",
        Kind::Moment,
        |c| Cell::Moment(c.row.day),
    ),
    (
        "line_item_usage_type",
        "lineItem/UsageType",
        Kind::Text,
        |c| known(&c.line.usage_type, "NoUsageType"),
    ),
    ("pricing_currency", "pricing/currency", Kind::Text, |_| {
        Cell::text("USD")
    }),
    (
        "pricing_public_on_demand_cost",
        "pricing/publicOnDemandCost",
        Kind::Amount,
        |c| Cell::Amount(c.on_demand()),
    ),
    (
        "pricing_public_on_demand_rate",
        "pricing/publicOnDemandRate",
        Kind::Amount,
        |c| Cell::amount(c.price()),
    ),
    ("pricing_term", "pricing/term", Kind::Text, |c| {
        Cell::text(match c.line.record {
            RecordType::Usage if !c.is_pod() => "OnDemand",
            RecordType::DiscountedUsage | RecordType::ReservationFee => "Reserved",
            _ => "",
        })
    }),
    ("pricing_unit", "pricing/unit", Kind::Text, |c| {
        known(c.line.unit, "N/A")
    }),
    ("product", "", Kind::Texts, |c| product(c)),
    ("", "product/ProductName", Kind::Text, |c| {
        Cell::text(c.line.product.name)
    }),
    (
        "product_instance_type",
        "product/instanceType",
        Kind::Text,
        |c| known(c.line.instance_type, "NoInstanceType"),
    ),
    (
        "product_product_family",
        "product/productFamily",
        Kind::Text,
        |c| Cell::text(c.line.product.subcategory),
    ),
    ("", "product/region", Kind::Text, |c| {
        known(c.line.region, "NoRegion")
    }),
    (
        "product_region_code",
        "product/regionCode",
        Kind::Text,
        |c| known(c.line.region, "NoRegion"),
    ),
    (
        "product_servicecode",
        "product/servicecode",
        Kind::Text,
        |c| Cell::text(c.line.product.code),
    ),
    (
        "reservation_amortized_upfront_cost_for_usage",
        "reservation/AmortizedUpfrontCostForUsage",
        Kind::Amount,
        |c| only(c, RecordType::DiscountedUsage, parts(c).1),
    ),
    (
        "reservation_effective_cost",
        "reservation/EffectiveCost",
        Kind::Amount,
        |c| only(c, RecordType::DiscountedUsage, c.row.amortized),
    ),
    (
        "reservation_end_time",
        "reservation/EndTime",
        Kind::Text,
        |c| Cell::text(reservation_time(c, true)),
    ),
    (
        "reservation_net_effective_cost",
        "reservation/NetEffectiveCost",
        Kind::Amount,
        |c| only(c, RecordType::DiscountedUsage, c.row.net_amortized()),
    ),
    (
        "reservation_number_of_reservations",
        "reservation/NumberOfReservations",
        Kind::Text,
        |c| {
            Cell::text(
                c.line
                    .pledge
                    .as_ref()
                    .filter(|pledge| !pledge.is_plan)
                    .map_or_else(String::new, |pledge| pledge.count.to_string()),
            )
        },
    ),
    (
        "reservation_recurring_fee_for_usage",
        "reservation/RecurringFeeForUsage",
        Kind::Amount,
        |c| only(c, RecordType::DiscountedUsage, parts(c).0),
    ),
    (
        "reservation_reservation_a_r_n",
        "reservation/ReservationARN",
        Kind::Text,
        |c| Cell::text(pledge(c, false)),
    ),
    (
        "reservation_start_time",
        "reservation/StartTime",
        Kind::Text,
        |c| Cell::text(reservation_time(c, false)),
    ),
    (
        "reservation_unused_amortized_upfront_fee_for_billing_period",
        "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod",
        Kind::Amount,
        |c| only(c, RecordType::ReservationFee, parts(c).1),
    ),
    (
        "reservation_unused_recurring_fee",
        "reservation/UnusedRecurringFee",
        Kind::Amount,
        |c| only(c, RecordType::ReservationFee, parts(c).0),
    ),
    (
        "reservation_upfront_value",
        "reservation/UpfrontValue",
        Kind::Amount,
        |c| {
            Cell::amount(
                c.line
                    .pledge
                    .as_ref()
                    .filter(|pledge| !pledge.is_plan && is(c, RecordType::ReservationFee))
                    .map(|pledge| pledge.upfront),
            )
        },
    ),
    ("resource_tags", "", Kind::Texts, |c| tags(c)),
    (
        "savings_plan_offering_type",
        "savingsPlan/OfferingType",
        Kind::Text,
        |c| {
            Cell::text(if pledge(c, true).is_empty() {
                ""
            } else {
                "ComputeSavingsPlans"
            })
        },
    ),
    (
        "savings_plan_savings_plan_a_r_n",
        "savingsPlan/SavingsPlanARN",
        Kind::Text,
        |c| Cell::text(pledge(c, true)),
    ),
    (
        "savings_plan_savings_plan_effective_cost",
        "savingsPlan/SavingsPlanEffectiveCost",
        Kind::Amount,
        |c| only(c, RecordType::SavingsPlanCoveredUsage, c.row.amortized),
    ),
    (
        "savings_plan_net_savings_plan_effective_cost",
        "savingsPlan/NetSavingsPlanEffectiveCost",
        Kind::Amount,
        |c| {
            only(
                c,
                RecordType::SavingsPlanCoveredUsage,
                c.row.net_amortized(),
            )
        },
    ),
    (
        "savings_plan_total_commitment_to_date",
        "savingsPlan/TotalCommitmentToDate",
        Kind::Amount,
        |c| only(c, RecordType::SavingsPlanRecurringFee, c.row.unblended),
    ),
    (
        "savings_plan_used_commitment",
        "savingsPlan/UsedCommitment",
        Kind::Amount,
        |c| {
            only(
                c,
                RecordType::SavingsPlanRecurringFee,
                c.row.unblended - c.row.amortized,
            )
        },
    ),
    (
        "split_line_item_net_split_cost",
        "splitLineItem/NetSplitCost",
        Kind::Amount,
        |c| split(c, c.row.net_amortized(), true),
    ),
    (
        "split_line_item_net_unused_cost",
        "splitLineItem/NetUnusedCost",
        Kind::Amount,
        |c| split(c, c.row.net_amortized(), false),
    ),
    (
        "split_line_item_parent_resource_id",
        "splitLineItem/ParentResourceId",
        Kind::Text,
        |c| Cell::text(c.parent),
    ),
    (
        "split_line_item_split_cost",
        "splitLineItem/SplitCost",
        Kind::Amount,
        |c| split(c, c.row.amortized, true),
    ),
    (
        "split_line_item_split_usage",
        "splitLineItem/SplitUsage",
        Kind::Amount,
        |c| Cell::amount(c.quantity().filter(|_| c.is_pod())),
    ),
    (
        "split_line_item_split_usage_ratio",
        "splitLineItem/SplitUsageRatio",
        Kind::Amount,
        |c| ratio(c),
    ),
    (
        "split_line_item_unused_cost",
        "splitLineItem/UnusedCost",
        Kind::Amount,
        |c| split(c, c.row.amortized, false),
    ),
];
