//! What people and attackers put into names, tags and file names, through the program and out again as files that
//! spreadsheets open.

#[path = "../../../documents/tests/sheet/payloads.rs"]
mod payloads;
#[path = "../../../../tests/oracle/python.rs"]
mod python;

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use http::Method;
use http::Request;
use serde_json::{Value, json};

use crate::stage::Stage;

/// A table as a file, and what has to be read from a column of it.
struct Export {
    table: &'static str,
    question: &'static str,
    column: &'static str,
    texts: BTreeSet<String>,
}

/// How many of the two hundred: every eleventh, so that each beginning and each body is among them, or all.
fn some() -> Vec<String> {
    let all = payloads::payloads();
    match std::env::var("TALLY_FORMULAS").as_deref() {
        Ok("all") => all,
        _ => all.into_iter().step_by(11).collect(),
    }
}

/// A bill with a line for each text, in every column that says something in words; names are refused that hold
/// control characters, which are in the tags alone. All amounts are below nothing.
fn bill(texts: &[String], account: usize) -> Vec<u8> {
    let mut bill = csv::Writer::from_writer(Vec::new());
    bill.write_record([
        "BilledCost",
        "EffectiveCost",
        "BillingAccountId",
        "BillingCurrency",
        "BillingPeriodStart",
        "ChargeCategory",
        "ChargePeriodStart",
        "ChargePeriodEnd",
        "ProviderName",
        "ServiceName",
        "ResourceId",
        "ResourceName",
        "SubAccountId",
        "SubAccountName",
        "Tags",
    ])
    .unwrap();
    for (at, text) in texts.iter().enumerate() {
        let amount = format!("-{at}.25");
        let account = format!("{:012}", 111_122_223 + account);
        let tags = json!({ "note": text }).to_string();
        let name: String = text.chars().filter(|c| !c.is_control()).collect();
        bill.write_record([
            amount.as_str(),
            &amount,
            &account,
            "USD",
            "2024-09-01 00:00:00",
            "Usage",
            "2024-09-03 00:00:00",
            "2024-09-03 01:00:00",
            "AWS",
            &name,
            &format!("i-{at}"),
            &name,
            &format!("{:012}", 444_455_556 + at),
            &name,
            &tags,
        ])
        .unwrap();
    }
    bill.into_inner().unwrap()
}

async fn import(stage: &Stage, name: &str, bill: Vec<u8>) {
    let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let request = Request::post(format!("/api/v1/imports?name={name}"))
        .body(bill.into())
        .unwrap();
    let (status, _, job) = stage.send(request).await;
    assert_eq!(status, 202, "{job}");
    let ended = stage.ended(&job).await;
    assert_eq!(ended["state"], "done", "{ended}");
}

/// Makes something of each text, and says under which names they were taken: what cannot be a name is refused.
async fn named(stage: &Stage, list: &str, texts: &[String]) -> BTreeSet<String> {
    let mut taken = BTreeSet::new();
    for text in texts {
        let body = json!({ "name": text }).to_string();
        let path = format!("/api/v1/{list}");
        let (status, made) = stage.ask(Method::POST, &path, Some(&body)).await;
        assert!(matches!(status, 201 | 409 | 422), "{text:?}: {made}");
        taken.extend(made["name"].as_str().map(str::to_owned));
    }
    assert!(taken.len() > texts.len() / 3, "{list}: {taken:?}");
    taken
}

fn texts_of(answer: &Value, list: &str, text: impl Fn(&Value) -> &Value) -> BTreeSet<String> {
    let rows = answer[list].as_array().unwrap().iter();
    rows.filter_map(|row| text(row).as_str().map(str::to_owned))
        .collect()
}

async fn exports(stage: &Stage, texts: &[String]) -> Vec<Export> {
    import(stage, "names", bill(texts, 0)).await;
    for (at, text) in (1..).zip(texts) {
        import(stage, text, bill(&["nothing".to_owned()], at)).await;
    }
    let people = named(stage, "people", texts).await;
    let teams = named(stage, "teams", texts).await;
    let clients = named(stage, "clients", texts).await;
    let charges = stage.get("/api/v1/charges?month=2024-09&limit=1000").await;
    let of_charges = |text: fn(&Value) -> &Value| texts_of(&charges, "rows", text);
    let jobs = stage.get("/api/v1/jobs").await;
    let of = |table, question, column, texts| Export {
        table,
        question,
        column,
        texts,
    };
    vec![
        of("people", "", "Name", people),
        of("teams", "", "Name", teams),
        of("clients", "", "Name", clients),
        of(
            "charges",
            "month=2024-09",
            "Service",
            of_charges(|charge| &charge["service"]),
        ),
        of(
            "charges",
            "month=2024-09",
            "Resource name",
            of_charges(|charge| &charge["resource_name"]),
        ),
        of(
            "charges",
            "month=2024-09",
            "Account name",
            of_charges(|charge| &charge["account"]["name"]),
        ),
        of(
            "costs",
            "month=2024-09&by=tag:note",
            "Tag note",
            of_charges(|charge| &charge["tags"]["note"]),
        ),
        of(
            "jobs",
            "",
            "What",
            texts_of(&jobs, "jobs", |job| &job["title"]),
        ),
    ]
}

async fn file(stage: &Stage, export: &Export, format: &str) -> Vec<u8> {
    let Export {
        table, question, ..
    } = export;
    let path = format!("/api/v1/exports/tables/{table}?{question}&format={format}");
    let answer = stage.door().ask(Method::GET, &path, None).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.body.into()
}

fn csv_column(file: &[u8], column: &str) -> BTreeSet<String> {
    let mut reader = csv::Reader::from_reader(file);
    let at = reader
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == column);
    let at = at.unwrap();
    let cells = reader
        .records()
        .map(|record| record.unwrap()[at].to_owned());
    cells
        .inspect(|cell| {
            assert!(
                !cell.starts_with([
                    '=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'
                ]),
                "{cell:?} is run by a spreadsheet"
            );
        })
        .map(|cell| cell.strip_prefix('\'').unwrap_or(&cell).to_owned())
        .collect()
}

fn workbook_column(file: &[u8], column: &str) -> BTreeSet<String> {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file)).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    let mut rows = sheet.rows();
    let at = rows.next().and_then(|head| {
        head.iter()
            .position(|cell| *cell == Data::String(column.to_owned()))
    });
    let at = at.unwrap();
    rows.filter_map(|row| match &row[at] {
        Data::String(text) => Some(text.clone()),
        _ => None,
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_tag_or_file_name_becomes_a_formula_in_any_file_that_a_spreadsheet_opens() {
    let stage = Stage::new().await;
    let texts = some();
    let exports = exports(&stage, &texts).await;
    let folder = stage.folder.path().join("files");
    std::fs::create_dir(&folder).unwrap();
    let mut expected = Vec::new();
    for (at, export) in exports.iter().enumerate() {
        // Of a file's name only what stands behind its last slash is kept.
        let hostile = export.texts.iter().filter(|text| would_run(text)).count();
        assert!(hostile > 1, "{}: {:?}", export.table, export.texts);
        for format in ["csv", "xlsx"] {
            let bytes = file(&stage, export, format).await;
            let read = match format {
                "csv" => csv_column(&bytes, export.column),
                _ => workbook_column(&bytes, export.column),
            };
            let lost: Vec<_> = export.texts.difference(&read).collect();
            assert!(lost.is_empty(), "{} as {format}: {lost:?}", export.table);
            let name = format!("{at}-{}.{format}", export.table);
            std::fs::write(folder.join(&name), bytes).unwrap();
            expected.push(json!({
                "file": name, "column": export.column, "texts": &export.texts,
            }));
        }
    }
    // `cargo xtask soak formulas` names the spreadsheet that opens them.
    if let Some(office) = std::env::var_os("TALLY_SOFFICE") {
        opened(Path::new(&office), &folder, &Value::from(expected));
    }
}

/// Whether a spreadsheet would run it, were it written as it is.
fn would_run(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// Has LibreOffice open every file, and says what it made of them.
fn opened(office: &Path, folder: &Path, expected: &Value) {
    std::fs::write(folder.join("expected.json"), expected.to_string()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracle/formulas.py");
    let status = Command::new(python::python())
        .args([script.as_path(), office, folder])
        .status()
        .unwrap();
    assert!(
        status.success(),
        "LibreOffice made something else of a text"
    );
}
