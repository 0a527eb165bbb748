//! Cost and Usage Reports: what a line item is, and what it costs when fees are spread.

use tallyport_lake::Note;
use tallyport_ledger::{ChargeCategory, Load, Money};

use crate::bills::{complaint, outcome};

const COLUMNS: [(&str, &str); 19] = [
    ("bill/PayerAccountId", "bill_payer_account_id"),
    (
        "bill/BillingPeriodStartDate",
        "bill_billing_period_start_date",
    ),
    ("bill/InvoiceId", "bill_invoice_id"),
    ("lineItem/UsageAccountId", "line_item_usage_account_id"),
    ("lineItem/LineItemType", "line_item_line_item_type"),
    ("lineItem/UsageStartDate", "line_item_usage_start_date"),
    ("lineItem/ProductCode", "line_item_product_code"),
    ("lineItem/Operation", "line_item_operation"),
    ("lineItem/CurrencyCode", "line_item_currency_code"),
    ("lineItem/UnblendedCost", "line_item_unblended_cost"),
    (
        "lineItem/LineItemDescription",
        "line_item_line_item_description",
    ),
    (
        "pricing/publicOnDemandCost",
        "pricing_public_on_demand_cost",
    ),
    ("reservation/EffectiveCost", "reservation_effective_cost"),
    (
        "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod",
        "reservation_unused_amortized_upfront_fee_for_billing_period",
    ),
    (
        "reservation/UnusedRecurringFee",
        "reservation_unused_recurring_fee",
    ),
    (
        "reservation/ReservationARN",
        "reservation_reservation_a_r_n",
    ),
    (
        "savingsPlan/SavingsPlanEffectiveCost",
        "savings_plan_savings_plan_effective_cost",
    ),
    (
        "savingsPlan/TotalCommitmentToDate",
        "savings_plan_total_commitment_to_date",
    ),
    ("savingsPlan/UsedCommitment", "savings_plan_used_commitment"),
];

/// A line item: its type, unblended cost, and whatever else it fills.
pub fn item<'a>(
    kind: &'a str,
    cost: &'a str,
    more: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("bill/PayerAccountId", "012345678901"),
        ("bill/BillingPeriodStartDate", "2026-09-01T00:00:00Z"),
        ("lineItem/UsageAccountId", "012345678902"),
        ("lineItem/LineItemType", kind),
        ("lineItem/UsageStartDate", "2026-09-01T00:00:00Z"),
        ("lineItem/ProductCode", "AmazonEC2"),
        ("lineItem/CurrencyCode", "USD"),
        ("lineItem/UnblendedCost", cost),
    ];
    for (column, value) in more {
        fields.retain(|(name, _)| name != column);
        fields.push((column, value));
    }
    fields
}

/// A report of these items, in either dialect, with more columns at its end.
pub fn report(items: &[Vec<(&str, &str)>], underscore: bool, more: &[(&str, &str)]) -> String {
    let names = COLUMNS
        .iter()
        .map(|(slash, under)| if underscore { *under } else { *slash });
    let names: Vec<&str> = names.chain(more.iter().map(|(name, _)| *name)).collect();
    let mut text = names.join(",");
    for item in items {
        let value = |slash: &str| {
            item.iter()
                .find(|(name, _)| *name == slash)
                .map_or("", |(_, value)| *value)
        };
        let fields = COLUMNS.iter().map(|(slash, _)| value(slash));
        let fields: Vec<&str> = fields.chain(more.iter().map(|(_, value)| *value)).collect();
        text.push('\n');
        text.push_str(&fields.join(","));
    }
    text
}

pub fn total(load: &Load, pick: fn(&tallyport_ledger::Amounts) -> i64) -> String {
    let currency = load.periods[0].charges[0].currency;
    let amounts: Vec<Money> = load
        .periods
        .iter()
        .flat_map(|period| &period.charges)
        .map(|charge| Money::from_nanos(i128::from(pick(&charge.amounts)), currency))
        .collect();
    Money::sum(&amounts, currency).unwrap().to_decimal(0)
}

/// Category and effective cost of one item.
fn effective(item: Vec<(&str, &str)>) -> (ChargeCategory, String) {
    let slash = outcome(report(std::slice::from_ref(&item), false, &[]), false).unwrap();
    let under = outcome(report(&[item], true, &[]), false).unwrap();
    let found = (
        slash.load.periods[0].charges[0].category,
        total(&slash.load, |a| a.effective),
    );
    assert_eq!(
        found,
        (
            under.load.periods[0].charges[0].category,
            total(&under.load, |a| a.effective)
        ),
        "both dialects say the same"
    );
    found
}

#[test]
fn each_line_item_type_has_its_category_and_amortised_cost() {
    use ChargeCategory as C;
    let sp = [("savingsPlan/SavingsPlanEffectiveCost", "0.7")];
    let fee = [
        ("savingsPlan/TotalCommitmentToDate", "5"),
        ("savingsPlan/UsedCommitment", "4.25"),
    ];
    let ri = [("reservation/EffectiveCost", "0.6")];
    let unused = [
        (
            "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod",
            "0.5",
        ),
        ("reservation/UnusedRecurringFee", "0.25"),
    ];
    let arn = [("reservation/ReservationARN", "arn:aws:ec2:ri/1")];
    let refund = [
        ("lineItem/ProductCode", "ComputeSavingsPlans"),
        (
            "lineItem/LineItemDescription",
            "Refund for one-time fee for Savings Plan ID: 1",
        ),
    ];
    let cases = [
        (item("Usage", "1", &[]), C::Usage, "1"),
        (item("SavingsPlanCoveredUsage", "1", &sp), C::Usage, "0.7"),
        (
            item("SavingsPlanRecurringFee", "5", &fee),
            C::Purchase,
            "0.75",
        ),
        (item("SavingsPlanNegation", "-1", &[]), C::Usage, "0"),
        (item("SavingsPlanUpfrontFee", "100", &[]), C::Purchase, "0"),
        (item("DiscountedUsage", "0", &ri), C::Usage, "0.6"),
        (item("RIFee", "3", &unused), C::Purchase, "0.75"),
        (item("Fee", "300", &arn), C::Purchase, "0"),
        (item("Fee", "12", &[]), C::Purchase, "12"),
        (item("Refund", "-100", &refund), C::Adjustment, "0"),
        (item("Refund", "-2", &[]), C::Adjustment, "-2"),
        (item("Credit", "-2.5", &[]), C::Credit, "-2.5"),
        (item("Tax", "0.2", &[]), C::Tax, "0.2"),
        (item("EdpDiscount", "-0.1", &[]), C::Usage, "-0.1"),
        (item("FlatRateSubscription", "9", &[]), C::Purchase, "9"),
    ];
    for (item, category, amount) in cases {
        let shown = format!("{item:?}");
        assert_eq!(effective(item), (category, amount.to_owned()), "{shown}");
    }
}

#[test]
fn over_its_term_a_commitment_costs_what_was_paid_for_it() {
    // A plan without upfront fee: 10 an hour is committed, 8 of it used in the place of 12 on
    // demand; and a reservation with 730 upfront for the term, all of it used.
    let covered = [("savingsPlan/SavingsPlanEffectiveCost", "8")];
    let fee = [
        ("savingsPlan/TotalCommitmentToDate", "10"),
        ("savingsPlan/UsedCommitment", "8"),
    ];
    let used = [("reservation/EffectiveCost", "730")];
    let arn = [("reservation/ReservationARN", "arn:aws:ec2:ri/1")];
    let file = outcome(
        report(
            &[
                item("SavingsPlanCoveredUsage", "12", &covered),
                item("SavingsPlanNegation", "-12", &[]),
                item("SavingsPlanRecurringFee", "10", &fee),
                item("Fee", "730", &arn),
                item("DiscountedUsage", "0", &used),
            ],
            false,
            &[],
        ),
        false,
    )
    .unwrap();
    assert_eq!(total(&file.load, |a| a.billed), "740");
    assert_eq!(total(&file.load, |a| a.effective), "740");
}

#[test]
fn a_covered_hour_without_its_effective_cost_is_a_bad_row() {
    assert!(
        complaint(report(
            &[item("SavingsPlanCoveredUsage", "1", &[])],
            false,
            &[]
        ))
        .contains(
            "line 2, savingsPlan/SavingsPlanEffectiveCost: it is empty, and an amount is needed"
        )
    );
}

#[test]
fn a_report_without_the_columns_to_amortise_says_so() {
    let text = report(
        &[
            item("SavingsPlanCoveredUsage", "12", &[]),
            item("SavingsPlanNegation", "-12", &[]),
            item("Usage", "1", &[]),
        ],
        false,
        &[],
    )
    .replace("savingsPlan/UsedCommitment", "savingsPlan/Other");
    let file = outcome(text, false).unwrap();
    assert_eq!(total(&file.load, |a| a.effective), "1");
    assert!(file.notes.contains(&Note::NotAmortised { rows: 2 }));
}

#[test]
fn net_cost_is_the_contracted_one_and_on_demand_cost_the_list() {
    let usage = item("Usage", "1", &[("pricing/publicOnDemandCost", "1.25")]);
    let file = outcome(report(std::slice::from_ref(&usage), false, &[]), false).unwrap();
    assert_eq!(total(&file.load, |a| a.list), "1.25");
    assert_eq!(total(&file.load, |a| a.contracted), "1");
    let net = [("lineItem/NetUnblendedCost", "0.9")];
    let file = outcome(report(&[usage], false, &net), false).unwrap();
    assert_eq!(total(&file.load, |a| a.contracted), "0.9");
    assert_eq!(total(&file.load, |a| a.billed), "1");
}

#[test]
fn pods_and_tasks_are_not_counted_beside_their_instance() {
    let items = [
        item("Usage", "3", &[("lineItem/Operation", "RunInstances")]),
        item("Usage", "", &[("lineItem/Operation", "EKSPod-EC2")]),
    ];
    let split = [("splitLineItem/SplitCost", "1.5")];
    let file = outcome(report(&items, false, &split), false).unwrap();
    assert_eq!(total(&file.load, |a| a.billed), "3");
    assert_eq!(total(&file.load, |a| a.effective), "3");
    let charged = [
        item("Usage", "3", &[("lineItem/Operation", "RunInstances")]),
        item("Usage", "1.5", &[("lineItem/Operation", "ECSTask-EC2")]),
    ];
    let file = outcome(report(&charged, false, &split), false).unwrap();
    assert_eq!(total(&file.load, |a| a.effective), "3");
    assert_eq!(total(&file.load, |a| a.list), "0", "nor at list prices");
    let told: Vec<String> = file.notes.iter().map(Note::to_string).collect();
    assert!(
        told.contains(
            &"1 row of pods or tasks cost 1.5 USD, though the row of their instance has that cost \
              already: billed cost may count it twice. It is kept as given; effective cost leaves \
              it out."
                .to_owned()
        ),
        "{told:?}"
    );
    let file = outcome(report(&charged, false, &[]), false).unwrap();
    assert_eq!(
        total(&file.load, |a| a.effective),
        "4.5",
        "without split cost data such an operation is like any other"
    );
}

#[test]
fn a_discount_is_in_net_cost_already() {
    let items = [
        item("Usage", "10", &[]),
        item("EdpDiscount", "-1", &[]),
        item("PrivateRateDiscount", "-2", &[]),
    ];
    let file = outcome(report(&items, false, &[]), false).unwrap();
    assert_eq!(total(&file.load, |a| a.billed), "7");
    assert_eq!(total(&file.load, |a| a.effective), "7");
    assert_eq!(total(&file.load, |a| a.contracted), "7");
    let text = report(&items, false, &[("lineItem/NetUnblendedCost", "")]);
    let text: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(at, line)| {
            if at == 1 {
                format!("{line}7")
            } else {
                line.to_owned()
            }
        })
        .collect();
    let file = outcome(text.join("\n"), false).unwrap();
    assert_eq!(
        total(&file.load, |a| a.contracted),
        "7",
        "and not taken off twice"
    );
    assert_eq!(total(&file.load, |a| a.billed), "7");
}

#[test]
fn refunds_of_every_kind_of_savings_plan_are_told_from_other_refunds() {
    let words = "Refund for one-time fee for Savings Plan ID: 1";
    for (code, words, amount) in [
        ("ComputeSavingsPlans", words, "0"),
        ("MachineLearningSavingsPlans", words, "0"),
        ("DatabaseSavingsPlans", words, "0"),
        ("ComputeSavingsPlans", "Refund for a fault", "-100"),
        ("AmazonEC2", words, "-100"),
    ] {
        let refund = item(
            "Refund",
            "-100",
            &[
                ("lineItem/ProductCode", code),
                ("lineItem/LineItemDescription", words),
            ],
        );
        assert_eq!(
            effective(refund),
            (ChargeCategory::Adjustment, amount.to_owned()),
            "{code}: {words}"
        );
    }
}

#[test]
fn tags_and_cost_categories_come_from_their_columns() {
    let tags = |underscore, more: &[(&str, &str)]| {
        let file = outcome(report(&[item("Usage", "1", &[])], underscore, more), false).unwrap();
        let set = &file.load.dimensions.tag_sets[1];
        set.iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        tags(
            false,
            &[
                ("resourceTags/user:Cost Center", "42"),
                ("resourceTags/user:owner", "jane.doe"),
                ("resourceTags/user:empty", ""),
                ("resourceTags/aws:createdBy", "Root"),
                ("costCategory/Team", "Payments"),
            ]
        ),
        [
            "Cost Center=42",
            "aws:createdBy=Root",
            "costCategory/Team=Payments",
            "owner=jane.doe"
        ]
    );
    assert_eq!(
        tags(
            true,
            &[
                ("resource_tags_user_owner", "jane.doe"),
                ("resource_tags_aws_created_by", "Root"),
                ("cost_category_team", "Payments"),
            ]
        ),
        [
            "aws:created_by=Root",
            "costCategory/team=Payments",
            "owner=jane.doe"
        ]
    );
    assert_eq!(
        tags(
            true,
            &[("resource_tags", r#""{""user_owner"":""jane.doe""}""#)]
        ),
        ["owner=jane.doe"],
        "as CUR 2.0 has them"
    );
}

#[test]
fn keys_of_tags_that_differ_in_case_only_are_two_keys() {
    let more = [
        ("resourceTags/user:Owner", "jane.doe"),
        ("resourceTags/user:owner", "web-team"),
    ];
    let file = outcome(report(&[item("Usage", "1", &[])], false, &more), false).unwrap();
    let tags = &file.load.dimensions.tag_sets[1];
    assert_eq!((&*tags["Owner"], &*tags["owner"]), ("jane.doe", "web-team"));
    let same = [
        ("resourceTags/user:owner", ""),
        ("resourceTags/user:owner", "second"),
        ("resourceTags/user:owner", "third"),
    ];
    let file = outcome(report(&[item("Usage", "1", &[])], false, &same), false).unwrap();
    let tags = &file.load.dimensions.tag_sets[1];
    assert_eq!(&*tags["owner"], "second", "the first that is filled");
}

#[test]
fn services_are_named_as_people_know_them() {
    let service = |code: &str, more: &[(&str, &str)]| {
        let row = item("Usage", "1", &[("lineItem/ProductCode", code)]);
        let file = outcome(report(&[row], false, more), false).unwrap();
        let service = file.load.dimensions.services[0].clone();
        (service.name, service.category)
    };
    let named = |name: &str, category: &str| (name.to_owned(), category.to_owned());
    assert_eq!(
        service("AmazonRDS", &[]),
        named("Amazon Relational Database Service", "Databases")
    );
    assert_eq!(
        service("AmazonRDS", &[("product/ProductName", "RDS")]),
        named("RDS", "Databases")
    );
    assert_eq!(service("AWSNewThing", &[]), named("AWSNewThing", ""));
}

#[test]
fn an_unknown_line_item_type_is_kept_and_told() {
    let file = outcome(report(&[item("Rounding", "0.01", &[])], false, &[]), false).unwrap();
    assert_eq!(
        file.load.periods[0].charges[0].category,
        ChargeCategory::Adjustment
    );
    assert!(
        file.notes
            .contains(&Note::UnknownLineItemType("Rounding".to_owned()))
    );
}
