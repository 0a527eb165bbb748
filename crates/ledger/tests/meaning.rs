//! What holds of every format's meaning, whatever its rules.

use tallyport_ledger::ChargeCategory;
use tallyport_ledger::meaning::{
    Amount, CUR, Category, Condition, DISCOUNT_TYPES, FOCUS, Formula, Meaning, SPLIT_OPERATIONS,
};

const ALL: [&Meaning; 2] = [&CUR, &FOCUS];

fn amounts(of: &Meaning) -> [(&'static str, &Amount); 4] {
    [
        ("billed", &of.billed),
        ("effective", &of.effective),
        ("list", &of.list),
        ("contracted", &of.contracted),
    ]
}

#[test]
fn every_line_finds_a_rule_for_every_amount() {
    for meaning in ALL {
        for (name, amount) in amounts(meaning) {
            let last = amount.rules.last();
            assert!(
                last.is_some_and(|rule| rule.when.is_empty()),
                "the last rule of {name} in {} has no condition",
                meaning.name
            );
        }
    }
}

#[test]
fn billed_cost_is_told_by_its_own_columns() {
    for meaning in ALL {
        for rule in meaning.billed.rules {
            assert!(
                matches!(rule.amount, Formula::Sum(terms) if !terms.is_empty()),
                "{} would be defined by itself",
                meaning.name
            );
            assert!(rule.needs.is_empty(), "what is billed cannot be lacking");
        }
    }
}

#[test]
fn a_rule_names_every_column_of_its_formula_as_needed_unless_the_file_must_have_it() {
    for meaning in ALL {
        for (name, amount) in amounts(meaning) {
            for rule in amount.rules {
                let Formula::Sum(terms) = rule.amount else {
                    continue;
                };
                for term in terms {
                    assert!(
                        term.column.required || rule.needs.contains(&term.column),
                        "{name} of {} reads {} without needing it",
                        meaning.name,
                        term.column.name()
                    );
                }
            }
        }
    }
}

#[test]
fn formats_say_what_they_cannot_do_without() {
    let names = |meaning: &Meaning, at: usize| {
        let mut names: Vec<&str> = meaning
            .required()
            .iter()
            .map(|column| *column.names.get(at).unwrap_or(&column.name()))
            .collect();
        names.sort_unstable();
        names
    };
    assert_eq!(
        names(&FOCUS, 0),
        [
            "BilledCost",
            "BillingAccountId",
            "BillingCurrency",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargePeriodStart",
            "ServiceName"
        ]
    );
    assert_eq!(
        names(&CUR, 1),
        [
            "bill_billing_period_start_date",
            "bill_payer_account_id",
            "line_item_currency_code",
            "line_item_line_item_type",
            "line_item_product_code",
            "line_item_unblended_cost",
            "line_item_usage_start_date"
        ]
    );
}

#[test]
fn every_discount_and_every_ruled_line_item_type_has_a_category() {
    let mut types: Vec<&str> = DISCOUNT_TYPES.to_vec();
    for rule in CUR.effective.rules {
        for condition in rule.when {
            match condition {
                Condition::Is(column, values) if *column == CUR.category.column() => {
                    types.extend(*values);
                }
                _ => {}
            }
        }
    }
    assert!(types.contains(&"RIFee") && types.contains(&"SavingsPlanNegation"));
    for name in types {
        assert!(CUR.category.of(name).is_some(), "{name}");
    }
    assert_eq!(CUR.category.of("Rounding"), None);
    assert!(matches!(
        CUR.category,
        Category::ByValue {
            otherwise: ChargeCategory::Adjustment,
            ..
        }
    ));
    assert_eq!(
        FOCUS.category.of("Purchase"),
        Some(ChargeCategory::Purchase)
    );
}

#[test]
fn conditions_are_about_one_text_or_the_file() {
    let operation = CUR
        .effective
        .rules
        .first()
        .and_then(|rule| rule.when.first())
        .copied();
    let Some(operation) = operation else {
        panic!("split cost comes first");
    };
    assert!(SPLIT_OPERATIONS.iter().all(|name| operation.meets(name)));
    assert!(!operation.meets("RunInstances"));
    assert!(operation.file_can_meet(["LINEITEM/OPERATION"].into_iter()));
    assert!(!operation.file_can_meet(["lineItem/UsageType"].into_iter()));
    let split = Condition::FileHas(&["splitLineItem/", "split_line_item_"]);
    assert!(split.file_can_meet(["a", "splitlineitem/SplitCost"].into_iter()));
    assert!(!split.file_can_meet(["é", "split"].into_iter()));
}

#[test]
fn keys_of_tags_lose_what_only_the_dialect_adds() {
    let key = |name: &str| CUR.tags.key_of_column(name);
    assert_eq!(
        key("resourceTags/user:Cost Center").as_deref(),
        Some("Cost Center")
    );
    assert_eq!(
        key("resourceTags/aws:createdBy").as_deref(),
        Some("aws:createdBy")
    );
    assert_eq!(key("resource_tags_user_owner").as_deref(), Some("owner"));
    assert_eq!(
        key("resource_tags_aws_created_by").as_deref(),
        Some("aws:created_by")
    );
    assert_eq!(
        key("costCategory/Team").as_deref(),
        Some("costCategory/Team")
    );
    assert_eq!(
        key("cost_category_team").as_deref(),
        Some("costCategory/team")
    );
    assert_eq!(key("resourceTags/"), None, "no key");
    assert_eq!(key("lineItem/UsageType"), None);
    let [resource, kinds, categories] = CUR.tags.maps else {
        panic!("three maps");
    };
    assert_eq!(resource.key("user_owner"), "owner");
    assert_eq!(resource.key("aws_created_by"), "aws:created_by");
    assert_eq!(kinds.key("iamPrincipal/Team"), "iamPrincipal/Team");
    assert_eq!(categories.key("team"), "costCategory/team");
}
