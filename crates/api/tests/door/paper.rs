//! Reports, and how documents look, from outside.

use std::process::Command;

use http::Method;
use serde_json::{Value, json};

use crate::stage::Stage;

const LETTERHEAD: &str = "/api/v1/settings/letterhead";
const LOGO: &str = "/api/v1/settings/letterhead/logo";
const PNG: &[u8] = include_bytes!("../../../../icons/32x32.png");

async fn sent(stage: &Stage, expected: u16, method: Method, path: &str, body: Value) -> Value {
    let body = (body != Value::Null).then(|| body.to_string());
    let (status, answer) = stage.ask(method, path, body.as_deref()).await;
    assert_eq!(status, expected, "{path}: {answer}");
    answer
}

async fn handed(stage: &Stage, file: &[u8]) -> (u16, Value) {
    let kind = "application/octet-stream";
    let answer = stage
        .door()
        .hand(Method::PUT, LOGO, kind, file.to_vec())
        .await;
    (
        answer.status.as_u16(),
        serde_json::from_slice(&answer.body).unwrap(),
    )
}

/// What poppler reads on the document.
async fn read(stage: &Stage, path: &str) -> String {
    let answer = stage.door().ask(Method::GET, path, None).await;
    assert_eq!(answer.status.as_u16(), 200, "{path}");
    assert_eq!(answer.content_type, "application/pdf");
    text_of(&answer.body)
}

/// What poppler reads on these pages.
pub fn text_of(document: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("document.pdf");
    std::fs::write(&file, document).unwrap();
    let output = Command::new("pdftotext")
        .arg("-layout")
        .arg(&file)
        .arg("-")
        .output()
        .unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sample, of which Ann owns everything.
async fn owned() -> Stage {
    let stage = Stage::with_focus_sample().await;
    for (path, body) in [
        ("people", json!({ "name": "Ann" })),
        (
            "rules",
            json!({ "owner": "person:Ann", "matchers": [{ "kind": "service", "value": "*" }] }),
        ),
    ] {
        sent(&stage, 201, Method::POST, &format!("/api/v1/{path}"), body).await;
    }
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_drafted_keeps_its_look_and_is_proven_with_it() {
    let stage = owned().await;
    let german = json!({ "language": "de", "paper": "letter", "brand": "#0b5d7a" });
    let set = sent(&stage, 200, Method::PUT, LETTERHEAD, german).await;
    assert_eq!(set["logo"], Value::Null);
    let (status, set) = handed(&stage, PNG).await;
    assert_eq!(
        (status, set["logo"].as_str().map(str::len)),
        (200, Some(64))
    );
    assert_eq!(stage.get(LETTERHEAD).await, set);
    let logo = stage.door().ask(Method::GET, LOGO, None).await;
    assert_eq!(
        (&logo.body[..], logo.content_type.as_str()),
        (PNG, "image/png")
    );

    let months = stage.get("/api/v1/periods").await;
    let month = months["periods"][0]["period"].as_str().unwrap();
    let drafted = sent(
        &stage,
        200,
        Method::POST,
        "/api/v1/invoices/drafts",
        json!({ "month": month }),
    )
    .await;
    let id = &drafted["invoices"][0]["id"];
    let english = json!({ "language": "en", "paper": "a4", "brand": null });
    sent(&stage, 200, Method::PUT, LETTERHEAD, english).await;
    sent(&stage, 200, Method::DELETE, LOGO, Value::Null).await;
    let pdf = format!("/api/v1/invoices/{id}/pdf");
    assert!(
        read(&stage, &pdf)
            .await
            .contains("Entwurf — keine Rechnung")
    );
    for step in ["approve", "issue"] {
        sent(
            &stage,
            200,
            Method::POST,
            &format!("/api/v1/invoices/{id}/{step}"),
            Value::Null,
        )
        .await;
    }
    let paper = read(&stage, &pdf).await;
    assert!(
        paper.contains("Leistungszeitraum") && paper.contains("Seite 1 von"),
        "{paper}"
    );
    let job = sent(
        &stage,
        202,
        Method::POST,
        "/api/v1/invoices/verify",
        Value::Null,
    )
    .await;
    let proven = stage.ended(&job).await["result"].take();
    assert_eq!(
        (&proven["rendered"], &proven["problems"]),
        (&json!(1), &json!([])),
        "{proven}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_look_is_refused_with_what_to_do() {
    let stage = Stage::new().await;
    for (wrong, field) in [
        (
            json!({ "language": "kl", "paper": "a4", "brand": null }),
            "language",
        ),
        (
            json!({ "language": "en", "paper": "a3", "brand": null }),
            "paper",
        ),
        (
            json!({ "language": "en", "paper": "a4", "brand": "blue" }),
            "brand",
        ),
    ] {
        let problem = sent(&stage, 422, Method::PUT, LETTERHEAD, wrong).await;
        assert_eq!(problem["details"]["field"], field, "{problem}");
    }
    for (file, says) in [
        (
            vec![0; 50 * 1024 * 1024],
            "logo has 51200 KiB; at most 1024 KiB",
        ),
        (b"%PDF-1.7".to_vec(), "no image that can be printed"),
        (PNG[..PNG.len() / 2].to_vec(), "cannot be read to its end"),
    ] {
        let (status, problem) = handed(&stage, &file).await;
        assert_eq!(
            (status, &problem["details"]["field"]),
            (422, &json!("logo")),
            "{problem}"
        );
        assert!(
            problem["detail"].as_str().unwrap().contains(says),
            "{problem}"
        );
    }
    assert_eq!(stage.get(LETTERHEAD).await["logo"], Value::Null);
    let none = sent(&stage, 404, Method::GET, LOGO, Value::Null).await;
    assert_eq!(none["status"], 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_say_what_the_screens_say() {
    let stage = owned().await;
    let glance = stage.get("/api/v1/overview").await;
    let month = glance["month"].as_str().unwrap();
    let total = glance["results"][0]["total"].as_str().unwrap();
    let whole = total.split('.').next().unwrap();
    for report in ["summary", "costs-by-person", "savings"] {
        let text = read(&stage, &format!("/api/v1/reports/{report}?month={month}")).await;
        let digits: String = text.chars().filter(|c| *c != ',').collect();
        let owner = report == "savings" || text.contains("Ann");
        assert!(digits.contains(whole) && owner, "{total}: {text}");
        assert!(text.contains("Currencies are never added."), "{text}");
    }
    let empty = read(&stage, "/api/v1/reports/budgets").await;
    assert!(empty.contains("There are no budgets."), "{empty}");
    let unknown = sent(
        &stage,
        422,
        Method::GET,
        "/api/v1/reports/profits",
        Value::Null,
    )
    .await;
    assert!(
        unknown["detail"]
            .as_str()
            .unwrap()
            .contains("summary, costs-by-person, budgets, savings"),
        "{unknown}"
    );
    let nothing = Stage::new().await;
    sent(
        &nothing,
        404,
        Method::GET,
        "/api/v1/reports/summary",
        Value::Null,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_are_written_in_the_language_of_documents_or_in_the_one_asked_for() {
    let stage = owned().await;
    for (language, title, sources) in [
        (
            "en",
            "Cloud costs at a glance",
            "Currencies are never added.",
        ),
        (
            "de",
            "Cloud-Kosten im Überblick",
            "Währungen werden nie addiert.",
        ),
        (
            "fr",
            "Les coûts du cloud en un coup d’œil",
            "Les devises ne sont jamais additionnées.",
        ),
        (
            "es",
            "Los costes de la nube de un vistazo",
            "Las monedas nunca se suman.",
        ),
    ] {
        let asked = format!("/api/v1/reports/summary?language={language}");
        let text = read(&stage, &asked).await;
        assert!(text.contains(title) && text.contains(sources), "{text}");
        for report in ["costs-by-person", "budgets", "savings"] {
            let text = read(
                &stage,
                &format!("/api/v1/reports/{report}?language={language}"),
            )
            .await;
            assert!(text.contains(sources), "{text}");
        }
    }
    let german = json!({ "language": "de", "paper": "a4", "brand": null });
    sent(&stage, 200, Method::PUT, LETTERHEAD, german).await;
    let text = read(&stage, "/api/v1/reports/summary").await;
    assert!(text.contains("Niemandem zugeordnet"), "{text}");
    let asked = "/api/v1/reports/summary?language=kl";
    let refused = sent(&stage, 422, Method::GET, asked, Value::Null).await;
    let detail = refused["detail"].as_str().unwrap();
    assert!(detail.contains("en, de, fr or es"), "{detail}");
}
