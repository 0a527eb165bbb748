use crate::figures::nanos;
use crate::stage::{Ran, Stage, word};

fn synced() -> Stage {
    let stage = Stage::empty();
    stage.tally(&["init", "--sandbox"]).ok();
    stage.tally(&["sync"]).ok();
    stage
}

#[test]
fn a_sync_from_cost_explorer_says_its_price_first_and_a_second_one_asks_for_less() {
    let stage = Stage::empty();
    stage.tally(&["init", "--sandbox"]).ok();
    stage.tally(&["sources", "cost-explorer"]).ok();
    let plan = stage.json(&["sync", "--dry-run"]);
    let first = &plan["plans"][0];
    assert!(first["requests"].as_u64().unwrap() > 0, "{plan}");
    assert!(nanos(first["price"].as_str().unwrap()) > 0, "{plan}");
    assert_eq!(stage.json(&["periods"])["periods"], serde_json::json!([]));

    let synced = stage.json(&["sync"]);
    assert!(
        synced["connections"][0]["periods"]
            .as_array()
            .unwrap()
            .len()
            >= 12,
        "{synced}"
    );
    let later = stage.json(&["sync", "--dry-run"]);
    assert_eq!(first["from"], "2025-11-01", "twelve months back: {plan}");
    assert_eq!(
        later["plans"][0]["from"], "2026-11-01",
        "final months are not asked for again"
    );
}

#[test]
fn a_sync_of_an_export_says_files_and_bytes_first_and_a_second_one_reads_nothing() {
    let stage = Stage::empty();
    stage.tally(&["init", "--sandbox"]).ok();
    let found = stage.json(&["sources", "discover"]);
    let names: Vec<String> = found["exports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|export| word(&export["name"]))
        .collect();
    assert_eq!(
        names,
        ["northwind-cur", "northwind-cur2", "northwind-focus"]
    );
    assert_eq!(found["exports"][2]["used_by_connection"], 1, "{found}");

    let plan = stage.json(&["sync", "--dry-run"])["plans"][0].clone();
    assert_eq!(plan["source"], "export", "{plan}");
    assert!(plan["files"].as_u64().unwrap() >= 13, "{plan}");
    assert!(plan["bytes"].as_u64().unwrap() > 10_000, "{plan}");
    assert_eq!(nanos(plan["price"].as_str().unwrap()), 0, "{plan}");
    assert_eq!(stage.json(&["periods"])["periods"], serde_json::json!([]));

    let synced = stage.json(&["sync"])["connections"][0].clone();
    assert_eq!(synced["bytes"], plan["bytes"], "{synced}");
    let periods = stage.json(&["periods"]);
    assert_eq!(periods["periods"].as_array().unwrap().len(), 13);
    let again = stage.json(&["sync"])["connections"][0].clone();
    assert_eq!(again["bytes"], 0, "{again}");
    assert_eq!(stage.json(&["periods"]), periods);

    let resources = stage.json(&["api", "GET", "/api/v1/resources?month=2026-10"]);
    assert!(
        resources["rows"].as_array().unwrap().len() > 20,
        "an export knows resources: {resources}"
    );
    let used = stage.json(&["sources", "use", "northwind-cur2"]);
    assert_eq!(used["source"]["name"], "northwind-cur2", "{used}");
    let unknown = stage.tally(&["sources", "use", "nothing"]);
    assert_eq!(unknown.code, 3, "{unknown:?}");
}

#[test]
fn everybodys_month_and_what_nobody_owns_add_up_to_the_bill() {
    let stage = synced();
    let people = stage.costs(&["--month", "2026-10", "--by", "person"]);
    let services = stage.costs(&["--month", "2026-10", "--by", "service"]);
    assert!(people.len() > 8, "eight people and the rest: {people:?}");
    assert_eq!(people.last(), services.last());
    let rows: i128 = people[..people.len() - 1]
        .iter()
        .map(|row| nanos(&row.1))
        .sum();
    assert_eq!(rows, nanos(&people.last().unwrap().1));
}

#[test]
fn everything_made_from_a_sandbox_says_that_it_is_demo_data() {
    let stage = synced();
    let session = stage.json(&["api", "GET", "/api/v1/session"]);
    assert_eq!(session["workspace"]["demo"], true);
    assert!(session["workspace"]["mark"].is_string(), "{session}");
}

#[test]
fn the_demo_goes_the_whole_way_and_says_where_the_invoices_are() {
    let stage = Stage::empty();
    let out = stage.file("demo");
    let told = stage.tally(&["demo", "--out", &out]).ok();
    let invoices: Vec<std::path::PathBuf> =
        std::fs::read_dir(std::path::Path::new(&out).join("invoices"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
    assert!(invoices.len() >= 8, "{told}");
    for file in &invoices {
        assert!(told.contains(&file.display().to_string()), "{told}");
        assert!(std::fs::read(file).unwrap().starts_with(b"%PDF"));
    }
    let text = std::process::Command::new("pdftotext")
        .args([invoices[0].as_os_str(), "-".as_ref()])
        .output()
        .unwrap();
    let text = String::from_utf8(text.stdout).unwrap().to_lowercase();
    assert!(
        text.contains("demo"),
        "the paper says it is demo data: {text}"
    );

    let again = stage.json(&["demo", "--out", &out]);
    assert_eq!(
        again["invoices"].as_array().unwrap().len(),
        invoices.len(),
        "{again}"
    );
    assert!(word(&again["workspace"]).ends_with(".tally"));
}

#[test]
fn a_zone_and_the_days_its_clocks_change_move_no_charge_to_another_day() {
    // Clocks go forward in Berlin and back, and a leap day is where it belongs.
    for today in ["2026-03-29", "2026-10-25", "2028-03-01"] {
        let seen = |zone: &str| {
            let stage = Stage::empty();
            let run = |arguments: &[&str]| {
                let mut command = stage.command(arguments);
                command.env("TALLY_TODAY", today).env("TZ", zone);
                Ran::of(command.spawn().unwrap()).ok()
            };
            run(&["init", "--sandbox"]);
            run(&["sync"]);
            let month = &today[..7];
            let question = ["costs", "--month", month, "--by", "service", "--json"];
            let by_day = format!("/api/v1/costs?month={month}&by=service&interval=day");
            [run(&question), run(&["api", "GET", &by_day])].map(|said| {
                let answer: serde_json::Value = serde_json::from_str(&said).unwrap();
                answer["results"].to_string()
            })
        };
        let at_greenwich = seen("UTC");
        assert!(at_greenwich[1].contains("\"cells\":["), "{at_greenwich:?}");
        for zone in ["Europe/Berlin", "Pacific/Auckland"] {
            assert_eq!(seen(zone), at_greenwich, "{zone} on {today}");
        }
    }
}
