use http::{Method, Request, header};
use serde_json::{Value, json};
use tallyport_api::InProcess;
use tallyport_ledger::Role;
use tallyport_workspace::SignedIn;

use crate::stage::Stage;

/// Asks and reads the answer, which must be this status.
async fn asked(stage: &Stage, expected: u16, method: Method, path: &str, body: Value) -> Value {
    let path = format!("/api/v1{path}");
    let body = (!body.is_null()).then(|| body.to_string());
    let (status, answer) = stage.ask(method, &path, body.as_deref()).await;
    assert_eq!(status, expected, "{path}: {answer}");
    answer
}

/// An issued invoice over the sample's September.
async fn issued(stage: &Stage) -> Value {
    let ada = json!({ "name": "Ada" });
    asked(stage, 201, Method::POST, "/people", ada).await;
    let rule = json!({
        "owner": "person:Ada", "matchers": [{ "kind": "tag", "key": "environment", "value": "*" }],
    });
    asked(stage, 201, Method::POST, "/rules", rule).await;
    let month = json!({ "month": "2024-09", "for": "person:Ada" });
    let drafts = asked(stage, 200, Method::POST, "/invoices/drafts", month).await;
    let id = &drafts["invoices"][0]["id"];
    let path = format!("/invoices/{id}/issue");
    asked(stage, 200, Method::POST, &path, Value::Null).await
}

#[tokio::test]
async fn an_invoice_is_credited_by_line_paid_and_proven_through_the_door() {
    let stage = Stage::with_focus_sample().await;
    let invoice = issued(&stage).await;
    let path = format!("/invoices/{}", invoice["id"]);
    assert_eq!(
        invoice["actions"],
        json!(["send", "pay", "credit", "replace"])
    );
    let line = &invoice["lines"][0];
    let credit = json!({ "reason": "Agreed", "lines": [{ "n": 1 }] });
    let note = asked(&stage, 200, Method::POST, &format!("{path}/credit"), credit).await;
    assert_eq!(
        (&note["kind"], &note["state"]),
        (&json!("credit_note"), &json!("draft"))
    );
    assert_eq!(note["of"]["number"], invoice["number"]);
    assert_eq!(note["subtotal"], line["amount"]);
    let issue = format!("/invoices/{}/issue", note["id"]);
    let note = asked(&stage, 200, Method::POST, &issue, Value::Null).await;
    assert_eq!(note["number"], "CN-00001");

    let now = asked(&stage, 200, Method::GET, &path, Value::Null).await;
    assert_eq!(now["lines"][0]["credited"], line["amount"]);
    let pay = json!({ "day": "2024-11-05", "amount": now["open"], "reference": "Bank 7" });
    let paid = asked(
        &stage,
        200,
        Method::POST,
        &format!("{path}/payments"),
        pay.clone(),
    )
    .await;
    assert_eq!(
        (&paid["state"], &paid["open"]),
        (&json!("paid"), &json!("0.00"))
    );
    let more = asked(&stage, 422, Method::POST, &format!("{path}/payments"), pay).await;
    assert_eq!(more["details"]["field"], "amount");
    let reason = json!({ "reason": "Another invoice's" });
    let open = asked(
        &stage,
        200,
        Method::DELETE,
        &format!("{path}/payments/1"),
        reason,
    )
    .await;
    assert_eq!(open["open"], now["open"]);
    let events: Vec<&str> = open["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        events,
        ["drafted", "issued", "credited", "paid", "payment_removed"]
    );

    let account = "/invoices/statement?for=person:Ada&from=2020-01-01&to=2099-12-31";
    let account = asked(&stage, 200, Method::GET, account, Value::Null).await;
    assert_eq!(account["results"][0]["closing"], now["open"]);
    let overdue = "/invoices/overdue?as_of=2099-12-31";
    let overdue = asked(&stage, 200, Method::GET, overdue, Value::Null).await;
    assert_eq!(overdue["invoices"][0]["number"], invoice["number"]);
    let job = asked(&stage, 202, Method::POST, "/invoices/verify", Value::Null).await;
    let proven = stage.ended(&job).await["result"].take();
    assert_eq!(
        (&proven["checked"], &proven["problems"]),
        (&json!(2), &json!([]))
    );
    let wrong = asked(
        &stage,
        422,
        Method::GET,
        "/invoices?state=lost",
        Value::Null,
    )
    .await;
    assert!(
        wrong["detail"].as_str().unwrap().contains("partly_paid"),
        "{wrong}"
    );
}

#[tokio::test]
async fn a_file_is_attached_and_comes_back_as_a_download_whatever_it_says_it_is() {
    let stage = Stage::with_focus_sample().await;
    let invoice = issued(&stage).await;
    let path = format!("/api/v1/invoices/{}/attachments", invoice["id"]);
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("{path}?name=..%2F%E2%80%AEorder.html"))
        .header(header::CONTENT_TYPE, "text/html")
        .body("<script>".into())
        .unwrap();
    let (status, _, kept) = stage.send(request).await;
    assert_eq!(
        (status, &kept["name"]),
        (201, &json!("order.html")),
        "{kept}"
    );
    let request = Request::builder()
        .uri(format!("{path}/1"))
        .body("".into())
        .unwrap();
    let (status, kind, _) = stage.send(request).await;
    assert_eq!((status, kind.as_str()), (200, "application/octet-stream"));
    let listed = stage.get(&path).await;
    assert_eq!(listed["attachments"][0]["size"], 8);
    let large = Request::builder()
        .method(Method::POST)
        .uri(format!("{path}?name=large"))
        .body(vec![0; (5 << 20) + 1].into())
        .unwrap();
    assert_eq!(stage.send(large).await.0, 400);
    let fixed = stage.ask(Method::DELETE, &format!("{path}/1"), None).await;
    assert_eq!(fixed.0, 409, "{}", fixed.1);
}

#[tokio::test]
async fn costs_and_margins_are_for_those_who_issue() {
    let stage = Stage::with_focus_sample().await;
    let invoice = issued(&stage).await;
    assert_eq!(invoice["margin"], "0.00");
    assert_eq!(invoice["lines"][0]["margin"], "0.00");
    for role in Role::ALL {
        let door = InProcess::new(stage.router.clone(), SignedIn::new("tester", role));
        let path = format!("/api/v1/invoices/{}", invoice["id"]);
        let answer = door.ask(Method::GET, &path, None).await;
        let may = role.may(tallyport_ledger::PermissionKind::ReadInvoices);
        assert_eq!(
            answer.status.as_u16(),
            if may { 200 } else { 403 },
            "{role}"
        );
        let text = String::from_utf8_lossy(&answer.body);
        assert_eq!(text.contains("\"margin\""), may, "{role}");
    }
}

#[tokio::test]
async fn a_list_of_invoices_comes_by_page_state_and_search() {
    let stage = Stage::with_focus_sample().await;
    let invoice = issued(&stage).await;
    let credit = json!({ "reason": "Agreed", "lines": [{ "n": 1 }] });
    let path = format!("/invoices/{}/credit", invoice["id"]);
    asked(&stage, 200, Method::POST, &path, credit).await;
    let list = async |query: &str| {
        let path = format!("/invoices?month=2024-09&{query}");
        let found = asked(&stage, 200, Method::GET, &path, Value::Null).await;
        let kinds = found["invoices"].as_array().unwrap().iter();
        let kinds: Vec<String> = kinds
            .map(|one| format!("{} {}", one["state"], one["kind"]).replace('"', ""))
            .collect();
        (kinds, found["total"].clone(), found["by_state"].clone())
    };
    let counts = json!({ "draft": 1, "issued": 1 });
    let both = ["draft credit_note".to_owned(), "issued invoice".to_owned()];
    let (draft, invoice) = (&both[..1], &both[1..]);
    for (query, expected, total) in [
        ("", &both[..], 2),
        ("per_page=1", draft, 2),
        ("per_page=1&page=2", invoice, 2),
        ("per_page=1&page=3", &[][..], 2),
        ("state=issued", invoice, 1),
        ("state=issued&state=draft", &both[..], 2),
        ("search=ADA", &both[..], 2),
    ] {
        assert_eq!(
            list(query).await,
            (expected.to_vec(), json!(total), counts.clone()),
            "{query}"
        );
    }
    let (found, total, counts) = list("search=inv-00001").await;
    assert_eq!(
        (found.as_slice(), total, counts),
        (invoice, json!(1), json!({ "issued": 1 }))
    );
    assert_eq!(list("search=nobody").await, (vec![], json!(0), json!({})));
}

#[tokio::test]
async fn what_came_of_work_on_invoices_is_told_only_to_who_may_read_them() {
    let stage = Stage::with_focus_sample().await;
    issued(&stage).await;
    let job = asked(&stage, 202, Method::POST, "/invoices/verify", Value::Null).await;
    assert_eq!(stage.ended(&job).await["result"]["checked"], 1);
    for role in Role::ALL {
        let door = InProcess::new(stage.router.clone(), SignedIn::new("tester", role));
        let may = role.may(tallyport_ledger::PermissionKind::ReadInvoices);
        for path in [
            format!("/api/v1/jobs/{}", job["id"]),
            "/api/v1/jobs".to_owned(),
        ] {
            let answer = door.ask(Method::GET, &path, None).await;
            let text = String::from_utf8_lossy(&answer.body);
            assert_eq!(text.contains("\"checked\""), may, "{role}: {text}");
        }
    }
}

#[tokio::test]
async fn a_statement_of_account_comes_on_paper() {
    let stage = Stage::with_focus_sample().await;
    let invoice = issued(&stage).await;
    let ask = "/api/v1/invoices/statement?for=person:Ada&from=2020-01-01&to=2099-12-31";
    let answer = stage
        .door()
        .ask(Method::GET, &format!("{ask}&format=pdf"), None)
        .await;
    assert_eq!(answer.content_type, "application/pdf");
    let text = crate::paper::text_of(&answer.body);
    let number = invoice["number"].as_str().unwrap();
    for expected in [
        "Statement of account",
        "Ada, 1 January 2020",
        &format!("Invoice {number}"),
        "Owed now",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let (status, refused) = stage
        .ask(Method::GET, &format!("{ask}&format=docx"), None)
        .await;
    assert_eq!(status, 422, "{refused}");
}
