//! AWS Cost and Usage Reports, in three dialects: legacy with slashes, underscored (Athena, legacy
//! Parquet) and CUR 2.0, whose columns are underscored and whose tags and products are maps.
//!
//! Billed cost is unblended cost, discount lines included, as the invoice adds it up. Effective
//! cost follows AWS's documentation and the Cloud Intelligence Dashboards: what a commitment covers
//! carries its effective cost, fees carry what is left unused, upfront fees and negations carry
//! nothing. Over a commitment's term it adds up to billed cost. The net columns spread discounts
//! over the lines they are for; since the discounts are lines of their own, only contracted cost is
//! read from them.

use super::{
    Amount, Category, Column, Condition, Empty, Formula, KeyRule, Lacking, Mapping, Meaning, Rule,
    Sign, TagColumns, TagMap, Tags, Term, Text,
};
use crate::ChargeCategory;

/// Operations that repeat an instance's cost by pod or task when split cost data is on.
pub const SPLIT_OPERATIONS: &[&str] = &["EKSPod-EC2", "ECSTask-EC2"];

/// Line item types that are a discount on other lines.
pub const DISCOUNT_TYPES: &[&str] = &[
    "Discount",
    "EdpDiscount",
    "PrivateRateDiscount",
    "BundledDiscount",
    "RiVolumeDiscount",
    "SppDiscount",
];

const UNBLENDED: Column = Column::required(&["lineItem/UnblendedCost", "line_item_unblended_cost"]);
const NET_UNBLENDED: Column =
    Column::new(&["lineItem/NetUnblendedCost", "line_item_net_unblended_cost"]);
const ON_DEMAND: Column = Column::new(&[
    "pricing/publicOnDemandCost",
    "pricing_public_on_demand_cost",
]);
const LINE_ITEM_TYPE: Column =
    Column::required(&["lineItem/LineItemType", "line_item_line_item_type"]);
const OPERATION: Column = Column::new(&["lineItem/Operation", "line_item_operation"]);
const PRODUCT_CODE: Column = Column::required(&["lineItem/ProductCode", "line_item_product_code"]);
const DESCRIPTION: Column = Column::new(&[
    "lineItem/LineItemDescription",
    "line_item_line_item_description",
]);
const PRODUCT: Column = Column::new(&["product"]);
const RESERVATION_ARN: Column = Column::new(&[
    "reservation/ReservationARN",
    "reservation_reservation_arn",
    "reservation_reservation_a_r_n",
]);
const RESERVATION_EFFECTIVE: Column =
    Column::new(&["reservation/EffectiveCost", "reservation_effective_cost"]);
const UNUSED_UPFRONT: Column = Column::new(&[
    "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod",
    "reservation_unused_amortized_upfront_fee_for_billing_period",
]);
const UNUSED_RECURRING: Column = Column::new(&[
    "reservation/UnusedRecurringFee",
    "reservation_unused_recurring_fee",
]);
const PLAN_EFFECTIVE: Column = Column::new(&[
    "savingsPlan/SavingsPlanEffectiveCost",
    "savings_plan_savings_plan_effective_cost",
]);
const PLAN_COMMITMENT: Column = Column::new(&[
    "savingsPlan/TotalCommitmentToDate",
    "savings_plan_total_commitment_to_date",
]);
const PLAN_USED: Column =
    Column::new(&["savingsPlan/UsedCommitment", "savings_plan_used_commitment"]);

const RESERVATION: &[Column] = &[RESERVATION_EFFECTIVE, UNUSED_UPFRONT, UNUSED_RECURRING];
const SAVINGS_PLAN: &[Column] = &[PLAN_EFFECTIVE, PLAN_COMMITMENT, PLAN_USED];

const NOTHING: Formula = Formula::Sum(&[]);

const fn plus(column: Column, empty: Empty) -> Term {
    Term {
        column,
        sign: Sign::Plus,
        empty,
    }
}

/// A line that repeats what its instance costs already.
const SPLIT: &[Condition] = &[
    Condition::Is(OPERATION, SPLIT_OPERATIONS),
    Condition::FileHas(&["splitLineItem/", "split_line_item_"]),
];

/// A rule that every file can follow.
const fn always(when: &'static [Condition], amount: Formula) -> Rule {
    Rule {
        when,
        needs: &[],
        amount,
        lacking: Lacking::Unsaid,
    }
}

/// A rule for lines that a commitment pays or is paid by.
const fn commitment(when: &'static [Condition], needs: &'static [Column], amount: Formula) -> Rule {
    Rule {
        when,
        needs,
        amount,
        lacking: Lacking::NotAmortised,
    }
}

/// The meaning of a Cost and Usage Report.
pub const CUR: Meaning = Meaning {
    name: "CUR",
    period: Column::required(&[
        "bill/BillingPeriodStartDate",
        "bill_billing_period_start_date",
    ]),
    billing_account: Column::required(&["bill/PayerAccountId", "bill_payer_account_id"]),
    billing_account_name: Column::new(&["bill/PayerAccountName", "bill_payer_account_name"]),
    sub_account: Column::new(&["lineItem/UsageAccountId", "line_item_usage_account_id"]),
    sub_account_name: Column::new(&["lineItem/UsageAccountName", "line_item_usage_account_name"]),
    // The seller of a Marketplace product publishes it; AWS provides and bills it.
    provider: &[Text::Constant("AWS")],
    service: &[
        Text::Column(Column::new(&[
            "product/ProductName",
            "product_product_name",
        ])),
        Text::Key {
            map: PRODUCT,
            key: "product_name",
        },
        Text::Mapped(PRODUCT_CODE, Mapping::ServiceName),
        Text::Constant("No service named"),
    ],
    service_category: &[Text::Mapped(PRODUCT_CODE, Mapping::ServiceCategory)],
    region: &[
        Text::Column(Column::new(&["product/region", "product_region"])),
        Text::Column(Column::new(&["product/regionCode", "product_region_code"])),
        Text::Key {
            map: PRODUCT,
            key: "region",
        },
    ],
    sku: &[Text::Column(Column::new(&[
        "lineItem/UsageType",
        "line_item_usage_type",
    ]))],
    description: DESCRIPTION,
    resource: Column::new(&["lineItem/ResourceId", "line_item_resource_id"]),
    resource_name: Column::NONE,
    tags: Tags {
        maps: &[
            TagMap {
                column: Column::new(&["resource_tags"]),
                keys: &[
                    KeyRule {
                        prefix: "user_",
                        becomes: "",
                    },
                    KeyRule {
                        prefix: "aws_",
                        becomes: "aws:",
                    },
                ],
            },
            // Newer exports: tags of accounts, principals and users, each with its kind in the key.
            TagMap {
                column: Column::new(&["tags"]),
                keys: &[],
            },
            TagMap {
                column: Column::new(&["cost_category"]),
                keys: &[KeyRule {
                    prefix: "",
                    becomes: "costCategory/",
                }],
            },
        ],
        columns: &[
            TagColumns {
                prefix: "resourceTags/user:",
                becomes: "",
            },
            TagColumns {
                prefix: "resourceTags/",
                becomes: "",
            },
            TagColumns {
                prefix: "resource_tags_user_",
                becomes: "",
            },
            TagColumns {
                prefix: "resource_tags_aws_",
                becomes: "aws:",
            },
            TagColumns {
                prefix: "costCategory/",
                becomes: "costCategory/",
            },
            TagColumns {
                prefix: "cost_category_",
                becomes: "costCategory/",
            },
        ],
        // Who called, where the export has it: what a cost is owned by, as a tag is.
        single: &[
            (
                Column::new(&["line_item_iam_principal"]),
                "aws:iamPrincipal",
            ),
            (
                Column::new(&["line_item_user_identifier"]),
                "aws:userIdentifier",
            ),
        ],
    },
    category: Category::ByValue {
        column: LINE_ITEM_TYPE,
        table: CATEGORIES,
        otherwise: ChargeCategory::Adjustment,
    },
    class: None,
    from: Column::required(&["lineItem/UsageStartDate", "line_item_usage_start_date"]),
    to: Column::new(&["lineItem/UsageEndDate", "line_item_usage_end_date"]),
    currency: Column::required(&["lineItem/CurrencyCode", "line_item_currency_code"]),
    billed: Amount {
        rules: &[
            always(SPLIT, Formula::Sum(&[plus(UNBLENDED, Empty::Zero)])),
            always(&[], Formula::Sum(&[plus(UNBLENDED, Empty::Refused)])),
        ],
    },
    effective: Amount { rules: EFFECTIVE },
    list: Amount {
        rules: &[
            always(SPLIT, NOTHING),
            Rule {
                when: &[],
                needs: &[ON_DEMAND],
                amount: Formula::Sum(&[plus(ON_DEMAND, Empty::NotedZero)]),
                lacking: Lacking::Missing {
                    instead: "list cost is unblended cost",
                },
            },
        ],
    },
    contracted: Amount {
        rules: &[
            // Net cost has the discount in it already.
            Rule {
                when: &[Condition::Is(LINE_ITEM_TYPE, DISCOUNT_TYPES)],
                needs: &[NET_UNBLENDED],
                amount: Formula::Sum(&[plus(NET_UNBLENDED, Empty::Zero)]),
                lacking: Lacking::Unsaid,
            },
            Rule {
                when: &[],
                needs: &[NET_UNBLENDED],
                amount: Formula::Sum(&[plus(NET_UNBLENDED, Empty::Billed)]),
                lacking: Lacking::Unsaid,
            },
        ],
    },
    quantity: &[(
        Column::new(&["lineItem/UsageAmount", "line_item_usage_amount"]),
        Column::new(&["pricing/unit", "pricing_unit"]),
    )],
    invoice: Column::new(&["bill/InvoiceId", "bill_invoice_id"]),
    repeats: SPLIT,
    checks: None,
};

/// The category of a line item type, as FOCUS's own converter maps them, but for credits, which
/// FOCUS has had a category for since.
const CATEGORIES: &[(&str, ChargeCategory)] = &[
    ("Usage", ChargeCategory::Usage),
    ("DiscountedUsage", ChargeCategory::Usage),
    ("SavingsPlanCoveredUsage", ChargeCategory::Usage),
    ("SavingsPlanNegation", ChargeCategory::Usage),
    ("Discount", ChargeCategory::Usage),
    ("EdpDiscount", ChargeCategory::Usage),
    ("PrivateRateDiscount", ChargeCategory::Usage),
    ("BundledDiscount", ChargeCategory::Usage),
    ("RiVolumeDiscount", ChargeCategory::Usage),
    ("SppDiscount", ChargeCategory::Usage),
    ("Fee", ChargeCategory::Purchase),
    ("RIFee", ChargeCategory::Purchase),
    ("SavingsPlanUpfrontFee", ChargeCategory::Purchase),
    ("SavingsPlanRecurringFee", ChargeCategory::Purchase),
    ("FlatRateSubscription", ChargeCategory::Purchase),
    ("Tax", ChargeCategory::Tax),
    ("Credit", ChargeCategory::Credit),
    ("Refund", ChargeCategory::Adjustment),
];

/// What a line costs when fees are spread.
const EFFECTIVE: &[Rule] = &[
    always(SPLIT, NOTHING),
    commitment(
        &[Condition::Is(LINE_ITEM_TYPE, &["SavingsPlanCoveredUsage"])],
        SAVINGS_PLAN,
        Formula::Sum(&[plus(PLAN_EFFECTIVE, Empty::Refused)]),
    ),
    // What of the commitment nothing used.
    commitment(
        &[Condition::Is(LINE_ITEM_TYPE, &["SavingsPlanRecurringFee"])],
        SAVINGS_PLAN,
        Formula::Sum(&[
            plus(PLAN_COMMITMENT, Empty::Refused),
            Term {
                column: PLAN_USED,
                sign: Sign::Minus,
                empty: Empty::Zero,
            },
        ]),
    ),
    commitment(
        &[Condition::Is(
            LINE_ITEM_TYPE,
            &["SavingsPlanNegation", "SavingsPlanUpfrontFee"],
        )],
        SAVINGS_PLAN,
        NOTHING,
    ),
    commitment(
        &[Condition::Is(LINE_ITEM_TYPE, &["DiscountedUsage"])],
        RESERVATION,
        Formula::Sum(&[plus(RESERVATION_EFFECTIVE, Empty::Refused)]),
    ),
    // What of the reservation nothing used.
    commitment(
        &[Condition::Is(LINE_ITEM_TYPE, &["RIFee"])],
        RESERVATION,
        Formula::Sum(&[
            plus(UNUSED_UPFRONT, Empty::Zero),
            plus(UNUSED_RECURRING, Empty::Zero),
        ]),
    ),
    // The upfront fee of a reservation, which its hours carry.
    commitment(
        &[
            Condition::Is(LINE_ITEM_TYPE, &["Fee"]),
            Condition::Filled(RESERVATION_ARN),
        ],
        RESERVATION,
        NOTHING,
    ),
    // The upfront fee of a savings plan, given back: it was spread, so its return is not counted.
    commitment(
        &[
            Condition::Is(LINE_ITEM_TYPE, &["Refund"]),
            Condition::EndsWith(PRODUCT_CODE, "SavingsPlans"),
            Condition::StartsWith(DESCRIPTION, "Refund for one-time fee for Savings Plan"),
        ],
        SAVINGS_PLAN,
        NOTHING,
    ),
    always(&[], Formula::Billed),
];
