use crate::figures::nanos;
use crate::stage::{Stage, word};

/// The demo company, with a year of its bill.
fn synced() -> Stage {
    let stage = Stage::empty();
    stage.tally(&["init", "--sandbox"]).ok();
    stage.tally(&["sync"]).ok();
    stage
}

#[test]
fn the_end_of_the_month_is_told_with_its_bands_for_all_for_a_person_and_for_a_budget() {
    let stage = synced();
    let all = stage.json(&[
        "forecast", "--for", "all", "--by", "service", "--months", "2",
    ]);
    assert_eq!(all["today"], "2026-11-21");
    let result = &all["results"][0];
    let total = &result["total"];
    let months = total["months"].as_array().unwrap();
    assert_eq!(months.len(), 2, "{total}");
    assert_eq!(months[0]["month"], "2026-11");
    let ends = ["low95", "low80", "expected", "high80", "high95"];
    let ends = ends.map(|end| nanos(&word(&months[0][end])));
    assert!(ends.is_sorted(), "{total}");
    assert!(nanos(&word(&months[0]["actual"])) < ends[2], "{total}");
    assert_ne!(total["method"], "none", "{total}");
    let october = stage.json(&["costs", "--month", "2026-10"])["results"][0]["total"].clone();
    let october = nanos(&word(&october));
    assert!(
        ends[2] > october / 2 && ends[2] < october * 2,
        "October was {october}: {total}"
    );
    assert!(result["rows"].as_array().unwrap().len() > 3, "{result}");

    let person = stage.json(&["people", "list"])["people"][0]["name"].clone();
    let person = format!("person:{}", word(&person));
    let hers = stage.json(&["forecast", "--for", &person]);
    let hers = nanos(&word(&hers["results"][0]["total"]["months"][0]["expected"]));
    assert!(hers > 0 && hers < ends[2], "{person}: {hers}");

    let service = format!("service:{}", word(&result["rows"][0]["key"]));
    let set = [
        "budgets", "set", "Machines", "--scope", &service, "--amount", "1000",
    ];
    stage.tally(&set).ok();
    let of_budget = stage.json(&["forecast", "--for", "budget:machines"]);
    let mut counted = vec!["forecast", "--for", &service];
    for category in ["Usage", "Purchase", "Adjustment"] {
        counted.extend(["--category", category]);
    }
    let of_service = stage.json(&counted);
    assert_eq!(
        of_budget["results"][0]["total"]["months"], of_service["results"][0]["total"]["months"],
        "a budget leaves out tax and credits"
    );
    let read = stage.tally(&["forecast"]).ok();
    assert!(read.contains("80 % from"), "{read}");
    let cents = |figure: &str| {
        figure
            .split_once('.')
            .is_some_and(|(_, after)| after.len() == 2)
    };
    let months = read
        .lines()
        .filter(|line| line.trim_start().starts_with("202"));
    let mut figures = months.flat_map(|line| line.split_whitespace().skip(1));
    assert!(figures.clone().count() > 10 && figures.all(cents), "{read}");
}

#[test]
fn what_cannot_be_forecast_is_refused_with_what_can() {
    let stage = Stage::new();
    for (what, said) in [
        ("moon:full", "all, or one of person:"),
        ("person:", "all, or one of person:"),
        ("budget:None", "There is no budget"),
    ] {
        let refused = stage.tally(&["forecast", "--for", what]);
        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(refused.err.contains(said), "{refused:?}");
    }
    assert_eq!(stage.tally(&["forecast", "--months", "13"]).code, 2);
    assert_eq!(stage.tally(&["forecast", "--for", "person:Nobody"]).code, 3);
    // An empty workspace has nothing to go on from, which is no failure.
    let nothing = stage.json(&["forecast"]);
    assert_eq!(nothing["results"], serde_json::json!([]));
}
