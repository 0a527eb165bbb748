//! Versions: as known on a day, and what became different.

use std::sync::Arc;

use jiff::Timestamp;
use tallyport_ledger::Metric;
use tallyport_store::{By, Page, Values, VersionId};
use tallyport_workspace::charges::ChargesAsk;
use tallyport_workspace::costs::Costs;
use tallyport_workspace::periods::{DiffAsk, PeriodDiff};
use tallyport_workspace::{
    ChargeOrder, FilterAsk, WorkspaceError, charges, overview, periods, values,
};

use crate::bench::{Bench, costs_of, grant, line};

/// March, loaded on three days: as first billed, restated, and restated again.
async fn restated() -> Bench {
    let mut bench = Bench::new();
    let day = |amount: &str, service: &str, tags: &str| {
        line("2024-03-05", "111", service, "i-1", amount, tags)
    };
    let files: [(&str, Vec<String>); 3] = [
        (
            "2024-04-01T10:00:00Z",
            vec![
                day("10", "EC2", "{\"owner\":\"anna\"}"),
                day("3", "S3", "{}"),
            ],
        ),
        (
            "2024-04-03T10:00:00Z",
            vec![
                day("12.5", "EC2", "{\"owner\":\"anna\"}"),
                day("3", "S3", "{}"),
            ],
        ),
        (
            "2024-04-05T10:00:00Z",
            vec![
                day("12.5", "EC2", "{\"owner\":\"anna\"}"),
                day("1", "Lambda", "{\"owner\":\"anna\"}"),
            ],
        ),
    ];
    for (number, (at, lines)) in files.iter().enumerate() {
        let at: Timestamp = at.parse().unwrap();
        bench.cx.clock = Arc::new(move || at);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let file = bench.focus(&format!("march-{number}.csv"), &lines);
        bench.import(&file).await;
    }
    bench
}

async fn known(bench: &Bench, day: &str, by: By) -> Costs {
    let mut ask = costs_of("2024-03", by);
    ask.filter.as_of = Some(day.parse().unwrap());
    bench.costs(ask).await.unwrap()
}

fn rows_in(costs: &Costs) -> Vec<(&str, String)> {
    let rows = costs.results.iter().flat_map(|result| &result.rows);
    rows.filter(|row| !row.amount.is_zero())
        .map(|row| (row.name.label.as_str(), row.amount.to_decimal(2)))
        .collect()
}

fn told(rows: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    rows.iter().map(|(l, a)| (*l, (*a).to_owned())).collect()
}

#[tokio::test]
async fn costs_as_known_on_a_day_are_what_had_been_loaded_by_then() {
    let bench = restated().await;
    for (day, expected) in [
        ("2024-03-31", &[][..]),
        ("2024-04-01", &[("EC2", "10.00"), ("S3", "3.00")][..]),
        ("2024-04-02", &[("EC2", "10.00"), ("S3", "3.00")][..]),
        ("2024-04-04", &[("EC2", "12.50"), ("S3", "3.00")][..]),
        ("2024-04-05", &[("EC2", "12.50"), ("Lambda", "1.00")][..]),
    ] {
        let costs = known(&bench, day, By::Service).await;
        assert_eq!(rows_in(&costs), told(expected), "{day}");
        let numbers: Vec<u32> = costs.basis.iter().map(|version| version.number).collect();
        let number = match day {
            "2024-03-31" => vec![],
            "2024-04-01" | "2024-04-02" => vec![1],
            "2024-04-04" => vec![2],
            _ => vec![3],
        };
        assert_eq!(numbers, number, "the basis of {day}");
    }
}

#[tokio::test]
async fn what_was_known_then_is_owned_by_the_rules_of_today() {
    let bench = restated().await;
    bench.person("Anna").await;
    let tag = tallyport_workspace::rules::MatcherAsk::Tag {
        key: "owner".to_owned(),
        value: "anna".to_owned(),
    };
    bench.rule("person:Anna", tag, None, None).await;
    let costs = known(&bench, "2024-04-02", By::Person).await;
    assert_eq!(
        rows_in(&costs),
        told(&[("Anna", "10.00"), ("Unowned", "3.00")])
    );
}

#[tokio::test]
async fn charges_values_and_the_overview_know_the_day_too() {
    let bench = restated().await;
    let as_of = Some("2024-04-02".parse().unwrap());
    let ask = ChargesAsk {
        days: costs_of("2024-03", By::Service).days,
        metric: Metric::Billed,
        filter: FilterAsk {
            as_of,
            ..FilterAsk::default()
        },
        order: ChargeOrder::Amount,
        page: Page {
            offset: 0,
            limit: 10,
        },
    };
    let found = charges::charges(&bench.cx, &grant(), ask).await.unwrap();
    assert_eq!(found.totals.rows, 2);
    let lines: Vec<(String, Option<&str>, String)> = found
        .rows
        .iter()
        .map(|charge| {
            (
                charge.row.service.clone(),
                charge.source.file_name.as_deref(),
                charge.row.billed.to_decimal(2),
            )
        })
        .collect();
    let first = Some("march-0.csv");
    assert_eq!(
        lines,
        [
            ("EC2".to_owned(), first, "10.00".to_owned()),
            ("S3".to_owned(), first, "3.00".to_owned())
        ]
    );
    let services = |as_of| {
        let (cx, search) = (&bench.cx, String::new());
        async move {
            let all = values::values(cx, &grant(), Values::Service, search, 10, as_of).await;
            let all = all.unwrap();
            all.into_iter().map(|row| row.label).collect::<Vec<_>>()
        }
    };
    assert_eq!(services(as_of).await, ["EC2", "S3"]);
    assert_eq!(services(None).await, ["EC2", "Lambda", "S3"]);
    let then = overview::overview(&bench.cx, &grant(), None, as_of)
        .await
        .unwrap();
    assert_eq!(then.results[0].total.to_decimal(2), "13.00");
    let before = Some("2024-01-01".parse().unwrap());
    let empty = overview::overview(&bench.cx, &grant(), None, before)
        .await
        .unwrap();
    assert_eq!(empty.month, None, "nothing was loaded then");
}

async fn diff(bench: &Bench, from: i64, to: i64, by: By) -> Result<PeriodDiff, WorkspaceError> {
    let ask = DiffAsk {
        from: VersionId(from),
        to: VersionId(to),
        by,
        metric: Metric::Billed,
    };
    periods::diff(&bench.cx, &grant(), ask).await
}

#[tokio::test]
async fn two_versions_are_compared_charge_by_charge_and_sum_by_sum() {
    let bench = restated().await;
    let one = diff(&bench, 1, 2, By::Service).await.unwrap();
    let counts = |diff: &PeriodDiff| {
        let counted = diff.charges;
        (
            counted.same,
            counted.changed,
            counted.added,
            counted.removed,
        )
    };
    assert_eq!(counts(&one), (1, 1, 0, 0));
    let rows = |diff: &PeriodDiff| -> Vec<(String, String, String, String)> {
        let all = diff.results.iter().flat_map(|result| &result.rows);
        all.map(|row| {
            (
                row.name.label.clone(),
                row.before.to_decimal(2),
                row.after.to_decimal(2),
                row.change.to_decimal(2),
            )
        })
        .collect()
    };
    let row = |label: &str, before: &str, after: &str, change: &str| {
        (
            label.to_owned(),
            before.to_owned(),
            after.to_owned(),
            change.to_owned(),
        )
    };
    assert_eq!(rows(&one), [row("EC2", "10.00", "12.50", "2.50")]);
    let both = diff(&bench, 1, 3, By::Service).await.unwrap();
    assert_eq!(counts(&both), (0, 1, 1, 1));
    assert_eq!(
        rows(&both),
        [
            row("S3", "3.00", "0.00", "-3.00"),
            row("EC2", "10.00", "12.50", "2.50"),
            row("Lambda", "0.00", "1.00", "1.00"),
        ],
        "the largest change first"
    );
    let back = diff(&bench, 3, 1, By::Service).await.unwrap();
    assert_eq!(counts(&back), (0, 1, 1, 1));
    let total = &both.results[0];
    assert_eq!(
        (
            total.before.to_decimal(2),
            total.after.to_decimal(2),
            total.change.to_decimal(2)
        ),
        ("13.00".to_owned(), "13.50".to_owned(), "0.50".to_owned())
    );
    assert!(rows(&diff(&bench, 2, 2, By::Resource).await.unwrap()).is_empty());
}

#[tokio::test]
async fn versions_of_different_months_or_of_none_are_not_compared() {
    let bench = restated().await;
    let april = bench.focus(
        "april.csv",
        &[&line("2024-04-02", "111", "EC2", "i-1", "1", "{}")],
    );
    bench.import(&april).await;
    let refused = diff(&bench, 1, 4, By::Service).await.unwrap_err();
    assert!(refused.to_string().contains("2024-04"), "{refused}");
    let missing = diff(&bench, 1, 99, By::Service).await.unwrap_err();
    assert!(missing.to_string().contains("99"), "{missing}");
}
