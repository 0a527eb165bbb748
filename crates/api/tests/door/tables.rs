//! Every table as a file, by the routes that anyone may call.

use std::collections::BTreeMap;

use http::Method;
use tallyport_api::{demanded, openapi};
use tallyport_ledger::PermissionKind;
use tallyport_workspace::tables::LISTED;

use crate::stage::Stage;

/// Routes that answer with rows and have no file of their own, and why.
const NO_FILE: &[(&str, &str)] = &[
    ("/athena", "one setting, not a table"),
    (
        "/channels",
        "settings; what they sign in with is told to nobody",
    ),
    ("/connections/{id}/athena", "one setting"),
    ("/events", "a stream that never ends"),
    ("/overview", "a page of tables that have files themselves"),
    ("/people/{id}", "a row of the people"),
    ("/jobs/{id}", "a row of the jobs"),
    ("/tax-rules", "settings of how lines are taxed"),
    ("/session", "who is signed in"),
    ("/settings", "settings"),
    ("/values/{dimension}", "what a filter offers"),
    ("/why", "an answer about one figure"),
    ("/budgets/suggestion", "an answer about one limit"),
    ("/backup", "a file itself"),
    ("/exports/focus", "a file itself"),
    ("/exports/tables", "the list of the files"),
    ("/health", "no rows"),
    ("/invoices/{id}/pdf", "a file itself"),
    (
        "/invoices/{id}/attachments",
        "files that lie with an invoice",
    ),
    (
        "/invoices/overdue",
        "invoices, of which the file can be asked the same",
    ),
    ("/buyers/{id}", "a row of the buyers"),
    ("/tax-tables/{country}", "rows of the tax rates"),
    ("/price-books/{id}", "rows of the price books"),
    ("/price-books/{id}/versions", "one book as it was"),
    ("/invoices/batches/{id}", "what became of one piece of work"),
    ("/invoices/mailing", "settings"),
    ("/invoices/{id}/deliveries", "a few mails of one invoice"),
    ("/invoices/{id}/message", "one mail before it goes"),
    ("/tenants/{id}", "a row of the tenants"),
    ("/tenants/{id}/drift", "what is mended at once"),
    ("/tenants/{id}/removal", "an answer about one removal"),
    ("/tenants/{id}/files", "a folder"),
    ("/tenants/{id}/files/content", "a file itself"),
    ("/tenants/{id}/files/leftovers", "what is cleared at once"),
    ("/tenants/{id}/files/versions", "a few versions of one file"),
    ("/tenants/{id}/users/export", "a file itself"),
    ("/transfer-limits", "settings"),
    ("/transfers/{id}", "a row of the transfers"),
    ("/transfers/{id}/files", "how one piece of work stands"),
];

fn permissions() -> BTreeMap<String, Option<PermissionKind>> {
    demanded(&openapi())
        .into_iter()
        .filter(|(method, _, _)| *method == "GET")
        .map(|(_, path, permission)| (path.trim_start_matches("/api/v1").to_owned(), permission))
        .collect()
}

#[test]
fn a_file_demands_what_the_screen_demands_that_shows_the_same() {
    let permissions = permissions();
    for listed in LISTED {
        let file = permissions.get(&format!("/exports/tables/{}", listed.name));
        let file = file.unwrap_or_else(|| panic!("no route for {}", listed.name));
        if listed.shown_at.is_empty() {
            assert_eq!(
                *file,
                Some(PermissionKind::AdministerWorkspace),
                "{}",
                listed.name
            );
            continue;
        }
        let screen = permissions.get(listed.shown_at);
        assert_eq!(
            Some(file),
            screen,
            "{} and {}",
            listed.name,
            listed.shown_at
        );
    }
    let routes = permissions
        .keys()
        .filter(|path| path.starts_with("/exports/tables/"));
    assert_eq!(routes.count(), LISTED.len());
}

#[test]
fn no_list_is_forgotten() {
    let document = serde_json::to_value(openapi()).unwrap();
    let schemas = &document["components"]["schemas"];
    let (mut forgotten, mut lists) = (Vec::new(), 0);
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = path.trim_start_matches("/api/v1");
        let answer =
            &item["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"];
        let Some(name) = answer.as_str().and_then(|answer| answer.rsplit('/').next()) else {
            continue;
        };
        let has_rows = schemas[name]["properties"]
            .as_object()
            .is_some_and(|fields| fields.values().any(|field| field["type"] == "array"));
        let known = LISTED.iter().any(|listed| listed.shown_at == path)
            || NO_FILE.iter().any(|(excused, _)| *excused == path);
        lists += u32::from(has_rows);
        if has_rows && !known {
            forgotten.push(path.to_owned());
        }
    }
    assert!(lists > 30, "{lists} lists were seen");
    assert!(
        forgotten.is_empty(),
        "no file has what these show: {forgotten:?}"
    );
}

/// What each table has to be asked that demands something.
const ASKED: &[(&str, &str)] = &[
    (
        "costs",
        "month=2024-09&by=service&interval=day&compare=previous",
    ),
    ("charges", "month=2024-09"),
    ("anomalies", "month=2024-09"),
    ("resources", "month=2024-09"),
    ("statement", "person=1&month=2024-09"),
    ("shared-costs", "month=2024-09"),
    ("budget-months", "budget=1"),
    ("differences", "from=1&to=1"),
    ("reconciliation", "month=2024-09"),
    ("invoice-lines", "invoice=1"),
    ("runs", "schedule=budgets"),
    ("account", "for=person:1&from=2024-09-01&to=2024-09-30"),
    ("restatements", "month=2024-09"),
    ("invoice-comparison", "month=2024-09"),
    ("tenant-activity", "tenant=1"),
    ("tenant-usage", "tenant=1"),
    ("transfer-files", "transfer=1"),
    ("receipts", "transfer=1"),
];

/// Tables of one thing, of which there is none where nobody made one.
const NEEDS_ONE: &[&str] = &[
    "budget-months",
    "invoice-lines",
    "tenant-activity",
    "tenant-usage",
    "transfer-files",
    "receipts",
];

#[tokio::test]
async fn every_table_comes_as_every_kind_of_file() {
    let stage = Stage::with_focus_sample().await;
    let ada = r#"{"name":"Ada"}"#;
    let (status, person) = stage.ask(Method::POST, "/api/v1/people", Some(ada)).await;
    assert_eq!((status, &person["id"]), (201, &1.into()));
    for listed in LISTED {
        let asked = ASKED.iter().find(|(name, _)| *name == listed.name);
        let asked = asked.map_or("", |(_, asked)| asked);
        for (format, begins) in [
            ("csv", &b""[..]),
            ("xlsx", b"PK\x03\x04"),
            ("pdf", b"%PDF-"),
        ] {
            let path = format!(
                "/api/v1/exports/tables/{}?{asked}&format={format}",
                listed.name
            );
            let answer = stage.door().ask(Method::GET, &path, None).await;
            // Nobody has set a budget, drafted an invoice, added a tenant or sent anything here.
            if NEEDS_ONE.contains(&listed.name) {
                assert_eq!(answer.status, 404, "{path}");
                continue;
            }
            let said = String::from_utf8_lossy(&answer.body);
            let said = said.lines().next().unwrap_or_default();
            assert_eq!(answer.status, 200, "{path}: {said}");
            assert!(answer.body.starts_with(begins), "{path}: {said}");
            if format == "csv" {
                let titles: Vec<&str> = said.split(',').collect();
                assert_eq!(
                    *titles.last().unwrap(),
                    "Mark",
                    "{path}: demo data says so in each row"
                );
                let first = listed.columns()[0].title.clone();
                if listed.name != "costs" {
                    assert_eq!(titles[0], first, "{path}");
                }
            }
        }
    }
}

async fn csv(stage: &Stage, path: &str) -> Vec<BTreeMap<String, String>> {
    let path = format!("/api/v1/exports/tables/{path}");
    let answer = stage.door().ask(Method::GET, &path, None).await;
    assert_eq!(answer.status, 200, "{path}");
    let mut reader = csv::Reader::from_reader(answer.body.as_ref());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The exact sum of a column in nano-units.
fn sum(rows: &[BTreeMap<String, String>], column: &str) -> i128 {
    let currency = tallyport_ledger::Currency::USD;
    rows.iter()
        .map(|row| {
            tallyport_ledger::Money::parse(&row[column], currency)
                .unwrap()
                .nanos()
        })
        .sum()
}

#[tokio::test]
async fn a_file_adds_up_to_what_the_screen_says_to_the_last_digit() {
    let stage = Stage::with_focus_sample().await;
    let screen = stage.get("/api/v1/costs?month=2024-09&by=service").await;
    let total = screen["results"][0]["total"].as_str().unwrap();
    let total = tallyport_ledger::Money::parse(total, tallyport_ledger::Currency::USD).unwrap();
    let costs = csv(&stage, "costs?month=2024-09&by=service").await;
    assert_eq!(sum(&costs, "Total"), total.nanos());
    let charges = csv(&stage, "charges?month=2024-09").await;
    assert_eq!(sum(&charges, "Billed"), total.nanos());
    let page = stage.get("/api/v1/charges?month=2024-09&limit=1").await;
    assert_eq!(charges.len() as u64, page["total_rows"].as_u64().unwrap());
    // The same filters narrow both.
    let service = &costs[0]["Service"];
    let query: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("month", "2024-09")
        .append_pair("service", service)
        .finish();
    let narrowed = csv(&stage, &format!("charges?{query}")).await;
    assert!(narrowed.iter().all(|row| row["Service"] == *service));
    assert_eq!(sum(&narrowed, "Billed"), sum(&costs[..1], "Total"));
}

#[tokio::test]
async fn a_name_that_a_spreadsheet_would_run_is_text_in_the_file() {
    let stage = Stage::new().await;
    let name = "=HYPERLINK(\"https://example.com\")";
    let body = serde_json::json!({ "name": name }).to_string();
    let (status, _) = stage.ask(Method::POST, "/api/v1/people", Some(&body)).await;
    assert_eq!(status, 201);
    let people = csv(&stage, "people").await;
    assert!(
        people.iter().any(|row| row["Name"] == format!("'{name}")),
        "{people:?}"
    );
}

#[tokio::test]
async fn what_a_table_does_not_know_is_refused_before_anything_is_written() {
    let stage = Stage::new().await;
    for (path, status, says) in [
        ("people?format=ods", 422, "csv, xlsx or pdf"),
        ("people?separator=pipe", 422, "comma, semicolon or tab"),
        ("people?month=2024-09", 422, "month"),
        ("costs?month=2024-09&person=Nobody", 404, "Nobody"),
        ("charges?month=2024-09&person=Nobody", 404, "Nobody"),
        ("charges", 422, "month"),
        ("nothing", 404, "nothing at this address"),
    ] {
        let path = format!("/api/v1/exports/tables/{path}");
        let (found, problem) = stage.ask(Method::GET, &path, None).await;
        let detail = problem["detail"].as_str().unwrap_or_default();
        assert_eq!(found, status, "{path}: {problem}");
        assert!(detail.contains(says), "{path}: {detail}");
    }
}

#[tokio::test]
async fn a_file_that_nobody_takes_any_more_keeps_no_other_from_going_out() {
    let stage = Stage::with_focus_sample().await;
    for _ in 0..3 {
        let request = http::Request::builder()
            .uri("/api/v1/exports/tables/charges?month=2024-09")
            .extension(tallyport_workspace::SignedIn::local_super_admin())
            .body(axum::body::Body::empty())
            .unwrap();
        let answer = tower::ServiceExt::oneshot(stage.router.clone(), request)
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        drop(answer);
    }
    let again = csv(&stage, "charges?month=2024-09");
    let again = tokio::time::timeout(std::time::Duration::from_secs(30), again).await;
    assert!(!again.unwrap().is_empty());
}
