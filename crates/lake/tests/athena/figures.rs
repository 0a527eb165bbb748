use std::path::Path;

use serde_json::json;
use tallyport_lake::athena::{SourceColumn, SourceType, Table, create_table, roll_up};
use tallyport_lake::{Loaded, Options, read_file};
use tallyport_ledger::{BillingPeriod, Charge, PeriodLoad};

use crate::oracle;

/// The type that a column has in the export.
type Typed = fn(&str) -> SourceType;

fn all_text(_: &str) -> SourceType {
    SourceType::Text
}

/// As AWS writes a Cost and Usage Report to Parquet.
fn cur(name: &str) -> SourceType {
    let amount = [
        "_cost",
        "_amount",
        "_fee",
        "_fee_for_billing_period",
        "_to_date",
        "_used_commitment",
    ];
    if name.ends_with("_date") && !name.contains("commitment") {
        SourceType::Timestamp
    } else if amount.iter().any(|end| name.ends_with(end)) {
        SourceType::Double
    } else if ["resource_tags", "product", "cost_category", "tags"].contains(&name) {
        SourceType::Map
    } else {
        SourceType::Text
    }
}

/// As AWS writes FOCUS to Parquet.
fn focus(name: &str) -> SourceType {
    if ["Cost", "Quantity", "UnitPrice"]
        .iter()
        .any(|end| name.ends_with(end))
    {
        SourceType::Double
    } else if name.ends_with("PeriodStart") || name.ends_with("PeriodEnd") {
        SourceType::Timestamp
    } else if name == "Tags" {
        SourceType::Map
    } else {
        SourceType::Text
    }
}

fn loaded(path: &Path) -> Loaded {
    read_file(path, &Options::default(), &mut |_| {
        std::ops::ControlFlow::Continue(())
    })
    .unwrap()
}

/// Reads a file as it is, and what the statement makes of it.
fn both(file: &Path, typed: Typed) -> (Loaded, Loaded) {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(file)
        .unwrap();
    let columns: Vec<SourceColumn> = reader
        .headers()
        .unwrap()
        .iter()
        .map(|name| SourceColumn {
            name: name.to_owned(),
            kind: typed(name),
        })
        .collect();
    let table = Table::new("bills", "export", "s3://bucket/data/").unwrap();
    let statement = roll_up(&table, &columns, BillingPeriod::new(2024, 9).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let answer = folder.path().join("answer.csv");
    let kinds: Vec<(&str, &str)> = columns
        .iter()
        .map(|column| {
            let kind = match column.kind {
                SourceType::Text => "text",
                SourceType::Double | SourceType::Decimal(..) => "double",
                SourceType::Timestamp => "timestamp",
                SourceType::Map => "map",
            };
            (column.name.as_str(), kind)
        })
        .collect();
    oracle::roll_up(&json!({
        "file": file,
        "columns": kinds,
        "database": "bills",
        "table": "export",
        "period": "2024-09",
        "statement": statement,
        "create": create_table(&table, &columns).unwrap(),
        "answer": answer,
    }));
    (loaded(file), loaded(&answer))
}

/// Everything of a charge but the lines it came from, in words.
fn told(load: &Loaded, period: &PeriodLoad, charge: &Charge) -> String {
    let Charge {
        day,
        last_day,
        sub_account,
        service,
        region,
        sku,
        resource,
        tags,
        category,
        class,
        currency,
        amounts: _,
        quantity,
        unit,
        invoice,
        kind: _,
        first_line: _,
        last_line: _,
        lines: _,
    } = charge;
    let dimensions = &load.load.dimensions;
    let at = |index: &u32| usize::try_from(*index).unwrap();
    format!(
        "{} {} {day} {last_day:?} {:?} {:?} {:?} {:?} {:?} {:?} {category} {class} {currency} {quantity} {} {:?}",
        period.billing_account,
        period.period,
        sub_account
            .as_ref()
            .map(|n| &dimensions.sub_accounts[at(n)]),
        dimensions.services[at(service)],
        region.as_ref().map(|n| &dimensions.regions[at(n)]),
        dimensions.skus[at(sku)],
        resource.as_ref().map(|n| &dimensions.resources[at(n)]),
        dimensions.tag_sets[at(tags)],
        dimensions.units[at(unit)],
        invoice.as_ref().map(|n| &dimensions.invoices[at(n)]),
    )
}

/// A charge's amounts: billed, effective, list, contracted.
type Nanos = [i64; 4];

fn charges(load: &Loaded) -> Vec<(String, Nanos)> {
    let mut all: Vec<(String, Nanos)> = load
        .load
        .periods
        .iter()
        .flat_map(|period| {
            period.charges.iter().map(move |charge| {
                let amounts = charge.amounts;
                (
                    told(load, period, charge),
                    [
                        amounts.billed,
                        amounts.effective,
                        amounts.list,
                        amounts.contracted,
                    ],
                )
            })
        })
        .collect();
    all.sort();
    all
}

fn sum(charges: &[(String, Nanos)]) -> [i128; 4] {
    let mut sum = [0; 4];
    for (_, nanos) in charges {
        for (sum, nano) in sum.iter_mut().zip(nanos) {
            *sum += i128::from(*nano);
        }
    }
    sum
}

/// Every charge is there once, with the same figures. `rounded` is whether the source has more than
/// nine decimals: which of several equal remainders gets the last nano then depends on the order of
/// the lines, which a query does not know.
fn check(file: &Path, typed: Typed, rounded: bool) {
    let (ours, theirs) = both(file, typed);
    let (left, right) = (charges(&ours), charges(&theirs));
    assert!(!left.is_empty());
    let (a, b): (Vec<_>, Vec<_>) = (
        left.iter().map(|(told, _)| told).collect(),
        right.iter().map(|(told, _)| told).collect(),
    );
    pretty(&a, &b, file);
    assert_eq!(sum(&left), sum(&right), "{}", file.display());
    let most = i64::from(rounded);
    for ((told, ours), (_, theirs)) in left.iter().zip(&right) {
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert!(
                (ours - theirs).abs() <= most,
                "{told}: {ours} and {theirs} nanos"
            );
        }
    }
    for (ours, theirs) in ours.load.periods.iter().zip(&theirs.load.periods) {
        assert_eq!(ours.status, theirs.status, "{}", file.display());
        assert_eq!(ours.billing_account_name, theirs.billing_account_name);
    }
}

/// The first difference of two lists, rather than both of them.
fn pretty(ours: &[&String], theirs: &[&String], file: &Path) {
    let first = ours.iter().zip(theirs).find(|(a, b)| a != b);
    assert_eq!(first, None, "{}", file.display());
    assert_eq!(ours.len(), theirs.len(), "{}", file.display());
}

#[test]
fn the_focus_sample_is_rolled_up_to_the_same_charges() {
    let file = oracle::repository("tests/data/focus-sample/focus_sample.csv");
    check(&file, all_text, true);
}

#[test]
fn the_focus_sample_with_doubles_moments_and_maps_is_rolled_up_to_the_same_charges() {
    let file = oracle::repository("tests/data/focus-sample/focus_sample.csv");
    check(&file, focus, true);
}

#[test]
fn reports_in_the_dialect_with_slashes_are_rolled_up_to_the_same_charges() {
    for file in [
        "koku-aws/2023-06-01.csv",
        "koku-aws/2023-06-01-not-final.csv",
        "koku-aws/2022-07-01-alt-columns.csv",
        "focus-converters/sample-anonymous-aws-export-dataset.csv",
    ] {
        check(
            &oracle::repository(&format!("tests/data/{file}")),
            all_text,
            true,
        );
    }
}

#[test]
fn every_line_item_type_of_cur_2_is_amortised_as_the_pass_does() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cur2.csv");
    std::fs::write(&file, include_str!("cur2.csv")).unwrap();
    check(&file, cur, false);
}
