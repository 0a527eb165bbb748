//! Seeded disagreements: exactly what is meant to be wrong is wrong, and nothing else.

use aws_sdk_costexplorer::types::Granularity;
use jiff::civil::date;
use tallyport_sandbox::{Disagreement, Sandbox};

use crate::ask::{Ask, by, client, nano};
use crate::files::{BUCKET, Found, Row, find, named, rows};
use crate::support::open;

fn sum(rows: &[Row], column: &str, is_in: impl Fn(&Row) -> bool) -> i128 {
    rows.iter()
        .filter(|row| is_in(row))
        .filter_map(|row| row.get(column))
        .map(|text| nano(text))
        .sum()
}

fn is(row: &Row, column: &str, value: &str) -> bool {
    row.get(column).is_some_and(|text| text == value)
}

/// October's rows of CUR 2.0 and of FOCUS.
async fn octobers(sandbox: &Sandbox) -> (Vec<Row>, Vec<Row>) {
    (
        october(sandbox, "cur2", "northwind-cur2").await.rows(),
        october(sandbox, "focus", "northwind-focus").await.rows(),
    )
}

/// October's manifest and files.
async fn october(sandbox: &Sandbox, prefix: &str, name: &str) -> Found {
    let mut found = Found::default();
    for part in ["metadata", "data"] {
        let prefix = format!("{prefix}/{name}/{part}/BILLING_PERIOD=2026-10/");
        let more = find(sandbox, BUCKET, &prefix).await;
        found.manifests.extend(more.manifests);
        found.files.extend(more.files);
        found.modified.extend(more.modified);
    }
    found
}

#[tokio::test]
async fn a_dropped_file_is_missed_by_nobody_and_an_undelivered_one_by_its_manifest() {
    let opened = open();
    let before = october(&opened.sandbox, "cur2", "northwind-cur2").await;
    let files = |found: &Found| found.manifests.values().flat_map(named).collect::<Vec<_>>();
    let month = date(2026, 10, 9);
    opened.sandbox.disagree(Disagreement::DroppedFile { month });
    let dropped = october(&opened.sandbox, "cur2", "northwind-cur2").await;
    let manifest = &dropped.manifests[before.manifests.keys().next().unwrap()];
    assert_eq!(named(manifest), files(&before)[..files(&before).len() - 1]);
    assert_eq!(dropped.files.len(), named(manifest).len());

    opened.sandbox.agree();
    opened
        .sandbox
        .disagree(Disagreement::UndeliveredFile { month });
    let undelivered = october(&opened.sandbox, "cur2", "northwind-cur2").await;
    let manifest = &undelivered.manifests[before.manifests.keys().next().unwrap()];
    assert_eq!(
        named(manifest),
        files(&before),
        "the manifest names what is not there"
    );
    assert_eq!(undelivered.files.len(), files(&before).len() - 1);

    opened.sandbox.agree();
    assert!(
        october(&opened.sandbox, "cur2", "northwind-cur2").await == before,
        "all is as it was"
    );
}

#[tokio::test]
async fn what_is_counted_twice_or_missing_differs_by_just_that() {
    let opened = open();
    let (report, focus) = octobers(&opened.sandbox).await;
    let billed = |rows: &[Row]| sum(rows, "line_item_unblended_cost", |_| true);
    let split = sum(&report, "split_line_item_split_cost", |_| true);
    let discount = sum(&report, "line_item_unblended_cost", |row| {
        is(row, "line_item_line_item_type", "EdpDiscount")
    });
    let data = sum(&report, "line_item_unblended_cost", |row| {
        is(row, "line_item_usage_account_id", "444455556666")
    });
    assert!(split > 0 && discount < 0 && data > 0);
    let missing = Disagreement::MissingAccount {
        account: "444455556666".into(),
    };
    for (disagreement, difference) in [
        (Disagreement::DoubledSplitCost, split),
        (Disagreement::DiscountTwice, discount),
        (missing, -data),
    ] {
        opened.sandbox.disagree(disagreement.clone());
        let (wrong, wrong_focus) = octobers(&opened.sandbox).await;
        assert_eq!(
            billed(&wrong) - billed(&report),
            difference,
            "{disagreement:?}"
        );
        let off = sum(&wrong_focus, "BilledCost", |_| true) - sum(&focus, "BilledCost", |_| true);
        assert_eq!(off, difference, "{disagreement:?} in FOCUS");
        opened.sandbox.agree();
    }
    let cost = Ask {
        from: "2026-10-01".into(),
        to: "2026-11-01".into(),
        ..Ask::year()
    };
    let told = cost.total(&client(&opened.sandbox), "UnblendedCost").await;
    assert_eq!(told, billed(&report), "Cost Explorer stays right all along");
}

#[tokio::test]
async fn an_estimate_a_thousand_times_too_high_is_gone_the_day_after_and_was_no_quantity() {
    let opened = open();
    let day = date(2026, 11, 21);
    let usage = |from: &str| Ask {
        from: from.into(),
        granularity: Granularity::Daily,
        ..Ask::grouped(vec![by("RECORD_TYPE")])
    };
    let of_usage = |cells: &std::collections::BTreeMap<(String, Vec<String>), i128>| {
        cells[&("2026-11-21".to_owned(), vec!["Usage".to_owned()])]
    };
    let client = client(&opened.sandbox);
    let cost = of_usage(&usage("2026-11-01").cells(&client, "UnblendedCost").await);
    let quantity = of_usage(&usage("2026-11-01").cells(&client, "UsageQuantity").await);
    opened
        .sandbox
        .disagree(Disagreement::EstimateThousandfold { day });
    let wrong = of_usage(&usage("2026-11-01").cells(&client, "UnblendedCost").await);
    assert_eq!(wrong, cost * 1_000);
    assert_eq!(
        of_usage(&usage("2026-11-01").cells(&client, "UsageQuantity").await),
        quantity
    );
    let month = "northwind-focus/data/BILLING_PERIOD=2026-11/";
    let found = find(&opened.sandbox, BUCKET, &format!("focus/{month}")).await;
    let rows: Vec<Row> = found
        .files
        .iter()
        .flat_map(|(key, bytes)| rows(key, bytes))
        .collect();
    let exported = sum(&rows, "BilledCost", |row| {
        is(row, "ChargePeriodStart", "2026-11-21T00:00:00Z") && is(row, "ChargeCategory", "Usage")
    });
    assert!(
        exported > wrong * 9 / 10,
        "the export has it too: {exported} of {wrong}"
    );

    opened.sandbox.set_today(date(2026, 11, 22));
    let ask = Ask {
        to: "2026-11-23".into(),
        ..usage("2026-11-01")
    };
    let after = of_usage(&ask.cells(&client, "UnblendedCost").await);
    assert!(after < cost * 10, "restated: {after}");
}
