//! FOCUS 1.0 to 1.3. Its words are the ledger's own, so little is mapped.

use super::{
    Amount, Category, Checks, Column, Empty, Formula, KeyRule, Lacking, Meaning, Rule, Sign,
    TagMap, Tags, Term, Text,
};

const BILLED: Column = Column::required(&["BilledCost"]);
const EFFECTIVE: Column = Column::new(&["EffectiveCost"]);
const LIST: Column = Column::new(&["ListCost"]);
const CONTRACTED: Column = Column::new(&["ContractedCost"]);

const fn given(column: Column, empty: Empty) -> Term {
    Term {
        column,
        sign: Sign::Plus,
        empty,
    }
}

/// The meaning of FOCUS rows.
pub const FOCUS: Meaning = Meaning {
    name: "FOCUS",
    period: Column::required(&["BillingPeriodStart"]),
    billing_account: Column::required(&["BillingAccountId"]),
    billing_account_name: Column::new(&["BillingAccountName"]),
    sub_account: Column::new(&["SubAccountId"]),
    sub_account_name: Column::new(&["SubAccountName"]),
    provider: &[
        // 1.3 renamed both.
        Text::Column(Column::new(&["ProviderName", "ServiceProviderName"])),
        Text::Column(Column::new(&["PublisherName", "InvoiceIssuerName"])),
        Text::Constant("Unknown"),
    ],
    service: &[
        Text::Column(Column::required(&["ServiceName"])),
        Text::Constant("No service named"),
    ],
    service_category: &[Text::Column(Column::new(&["ServiceCategory"]))],
    region: &[Text::Column(Column::new(&["RegionId"]))],
    sku: &[
        Text::Column(Column::new(&["SkuId"])),
        Text::Column(Column::new(&["SkuPriceId"])),
        // AWS leaves both empty where it has no SKU, and says the usage type here.
        Text::Column(Column::new(&["x_UsageType"])),
    ],
    description: Column::new(&["ChargeDescription"]),
    resource: Column::new(&["ResourceId"]),
    resource_name: Column::new(&["ResourceName"]),
    tags: Tags {
        maps: &[
            TagMap {
                column: Column::new(&["Tags"]),
                keys: &[],
            },
            TagMap {
                column: Column::new(&["x_CostCategories"]),
                keys: &[KeyRule {
                    prefix: "",
                    becomes: "costCategory/",
                }],
            },
        ],
        columns: &[],
        single: &[],
    },
    category: Category::Word(Column::required(&["ChargeCategory"])),
    class: Some(Column::new(&["ChargeClass"])),
    from: Column::required(&["ChargePeriodStart"]),
    to: Column::new(&["ChargePeriodEnd"]),
    currency: Column::required(&["BillingCurrency"]),
    billed: Amount {
        rules: &[Rule {
            when: &[],
            needs: &[],
            amount: Formula::Sum(&[given(BILLED, Empty::Refused)]),
            lacking: Lacking::Unsaid,
        }],
    },
    effective: Amount {
        rules: &[Rule {
            when: &[],
            needs: &[EFFECTIVE],
            amount: Formula::Sum(&[given(EFFECTIVE, Empty::Refused)]),
            lacking: Lacking::Missing {
                instead: "effective cost is billed cost",
            },
        }],
    },
    list: Amount {
        rules: &[Rule {
            when: &[],
            needs: &[LIST],
            amount: Formula::Sum(&[given(LIST, Empty::NotedZero)]),
            lacking: Lacking::Missing {
                instead: "list cost is billed cost",
            },
        }],
    },
    contracted: Amount {
        rules: &[Rule {
            when: &[],
            needs: &[CONTRACTED],
            amount: Formula::Sum(&[given(CONTRACTED, Empty::NotedZero)]),
            lacking: Lacking::Missing {
                instead: "contracted cost is billed cost",
            },
        }],
    },
    quantity: &[
        (
            Column::new(&["ConsumedQuantity"]),
            Column::new(&["ConsumedUnit"]),
        ),
        (
            Column::new(&["PricingQuantity"]),
            Column::new(&["PricingUnit"]),
        ),
    ],
    invoice: Column::new(&["InvoiceId"]),
    repeats: &[],
    checks: Some(Checks {
        commitment: Column::new(&["CommitmentDiscountId"]),
        period_end: Column::new(&["BillingPeriodEnd"]),
        pricing_currency: Column::new(&["PricingCurrency"]),
    }),
};
