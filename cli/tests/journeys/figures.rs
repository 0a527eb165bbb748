use serde_json::json;

use crate::stage::{Stage, pairs};

#[test]
fn the_focus_sample_gives_the_sources_own_figures_to_the_nano() {
    let stage = Stage::with_focus_sample();
    assert_eq!(
        stage.costs(&[
            "--from",
            "2024-09-01",
            "--to",
            "2024-10-31",
            "--by",
            "provider"
        ]),
        pairs(&[
            ("AWS", "18.006638618"),
            ("Microsoft", "1.976514186"),
            ("Oracle", "0.537073925"),
            ("total", "20.520226729"),
        ]),
        "over both billing periods",
    );
    assert_eq!(
        stage.costs(&["--month", "2024-10", "--by", "provider"]),
        pairs(&[("Oracle", "0.24"), ("total", "0.24")]),
        "a charge counts in the month that bills it",
    );
    assert_eq!(
        stage.costs(&[
            "--month",
            "2024-09",
            "--by",
            "category",
            "--provider",
            "AWS"
        ]),
        pairs(&[
            ("Usage", "20.620338618"),
            ("Credit", "-2.6137"),
            ("total", "18.006638618"),
        ]),
        "20.62033861840 and -2.61370000000 in the source",
    );
}

#[test]
fn every_way_of_asking_adds_up_to_the_same_total() {
    let stage = Stage::with_focus_sample();
    for by in [
        "person",
        "team",
        "client",
        "provider",
        "service",
        "category",
        "account",
        "region",
        "tag:environment",
    ] {
        let rows = stage.costs(&["--from", "2024-09-01", "--to", "2024-10-31", "--by", by]);
        assert_eq!(rows.last().unwrap().1, "20.520226729", "by {by}");
        let nanos: i128 = rows[..rows.len() - 1].iter().map(|row| nanos(&row.1)).sum();
        assert_eq!(nanos, 20_520_226_729, "the rows by {by} add up: {rows:?}");
    }
}

#[test]
fn the_answer_for_scripts_has_the_documented_shape_and_no_more() {
    let stage = Stage::with_focus_sample();
    let answer = stage.json(&["costs", "--month", "2024-09", "--by", "provider"]);
    assert_eq!(
        answer,
        json!({
            "from": "2024-09-01",
            "to": "2024-09-30",
            "metric": "billed",
            "results": [{
                "currency": "USD",
                "rows": [
                    { "key": "AWS", "label": "AWS", "amount": "18.006638618" },
                    { "key": "Microsoft", "label": "Microsoft", "amount": "1.976514186" },
                    { "key": "Oracle", "label": "Oracle", "amount": "0.297073925" },
                ],
                "total": "20.280226729",
            }],
        })
    );
}

#[test]
fn people_read_a_table_with_the_decimal_points_under_each_other() {
    let stage = Stage::with_focus_sample();
    let table = stage
        .tally(&["costs", "--month", "2024-09", "--by", "provider"])
        .ok();
    let points: Vec<usize> = table
        .lines()
        .skip(2)
        .map(|line| line.rfind('.').unwrap())
        .collect();
    assert_eq!(points.len(), 4, "three providers and a total:\n{table}");
    assert!(points.iter().all(|at| *at == points[0]), "{table}");
}

#[test]
fn effective_cost_is_what_the_file_says_even_where_it_was_rounded_to_whole_units() {
    let stage = Stage::with_focus_sample();
    assert_eq!(
        stage.costs(&[
            "--month",
            "2024-09",
            "--by",
            "provider",
            "--metric",
            "effective"
        ]),
        pairs(&[
            ("AWS", "13.00"),
            ("Microsoft", "1.976514186"),
            ("Oracle", "0.00"),
            ("total", "14.976514186"),
        ]),
    );
}

/// An amount in nano-units, read without floating point.
pub fn nanos(amount: &str) -> i128 {
    let (negative, digits) = match amount.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, amount),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let magnitude: i128 = format!("{whole}{fraction:0<9}").parse().unwrap();
    if negative { -magnitude } else { magnitude }
}
