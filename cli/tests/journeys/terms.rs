use serde_json::{Value, json};

use crate::stage::{Stage, word};

fn with_owner() -> Stage {
    let stage = Stage::with_focus_sample();
    stage.tally(&["people", "add", "Zoë Müller"]).ok();
    let owner = ["--owner", "person:Zoë Müller", "--tag", "environment=*"];
    stage.tally(&[&["rules", "add"], &owner[..]].concat()).ok();
    let mut settings = stage.json(&["api", "GET", "/api/v1/settings"]);
    for (field, value) in [
        ("country", "DE"),
        ("city", "Hamburg"),
        ("tax_id", "DE136695976"),
    ] {
        settings["seller"][field] = value.into();
    }
    let settings = settings.to_string();
    stage
        .tally(&["api", "PUT", "/api/v1/settings", &settings])
        .ok();
    stage
}

/// Why a command was refused: its code and its sentence.
fn refused(stage: &Stage, arguments: &[&str]) -> (String, String) {
    let ran = stage.tally(&[arguments, &["--json"]].concat());
    assert_ne!(ran.code, 0, "{ran:?}");
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    (
        word(&answer["error"]["code"]),
        word(&answer["error"]["detail"]),
    )
}

#[test]
fn somebody_abroad_is_billed_in_their_currency_and_by_xml() {
    let stage = with_owner();
    let whom = "person:Zoë Müller";
    let set = [
        "buyers",
        "set",
        whom,
        "--country",
        "FR",
        "--currency",
        "EUR",
        "--address",
        "1 rue X",
        "--purchase-order",
        "PO-7",
    ];
    stage.tally(&set).ok();
    let draft = ["invoices", "draft", "--month", "2024-09", "--for", whom];
    let (code, detail) = refused(&stage, &draft);
    assert_eq!(code, "invoice.terms", "{detail}");
    assert!(detail.contains("has no tax id"), "{detail}");
    stage
        .tally(&["buyers", "set", whom, "--tax-id", "FR40303265045"])
        .ok();
    let buyer = stage.json(&["buyers", "show", whom]);
    assert_eq!(
        buyer["address"],
        json!(["1 rue X"]),
        "what was not said stays"
    );
    assert_eq!(buyer["tax_id"], "FR40303265045");
    let (_, detail) = refused(&stage, &draft);
    assert!(
        detail.contains("no exchange rate from USD to EUR for 2024-09-30"),
        "{detail}"
    );

    // The bank's own figures of that day.
    let file = stage.write(
        "eurofxref.csv",
        "Date,USD,JPY,\n2024-09-30,1.1196,159.82,\n2024-09-27,1.1158,160.47,\n",
    );
    let kept = stage.json(&["rates", "import", &file]);
    assert_eq!(kept, json!({ "added": 4, "changed": 0, "unchanged": 0 }));
    let drafted = stage.json(&draft);
    let invoice = &drafted["invoices"][0];
    assert_eq!(invoice["currency"], "EUR", "{drafted}");
    let id = invoice["id"].to_string();
    let whole = stage.json(&["api", "GET", &format!("/api/v1/invoices/{id}")]);
    assert_eq!(whole["taxes"][0]["category"], "reverse_charge", "{whole}");
    stage.tally(&["invoices", "issue", &id]).ok();
    let out = stage.file("invoice.xml");
    stage
        .tally(&["invoices", "xml", &id, "--syntax", "cii", "--out", &out])
        .ok();
    let xml = std::fs::read_to_string(&out).unwrap();
    assert!(
        xml.contains("<ram:IssuerAssignedID>PO-7</ram:IssuerAssignedID>"),
        "{xml}"
    );
    assert!(
        xml.contains("<ram:ID schemeID=\"VA\">FR40303265045</ram:ID>"),
        "{xml}"
    );

    stage
        .tally(&["buyers", "set", whom, "--forget", "currency"])
        .ok();
    assert_eq!(
        stage.json(&["buyers", "show", whom])["currency"],
        json!(null)
    );
    stage.tally(&["buyers", "remove", whom]).ok();
    let (gone, _) = refused(&stage, &["buyers", "show", whom]);
    assert_eq!(gone, "request.not-found");
}

#[test]
fn tax_tables_are_shown_entered_and_taken_back() {
    let stage = Stage::new();
    let set = ["taxes", "set", "AT", "--source", "BMF"];
    let rate = |rates: &[&'static str]| {
        let rates = rates.iter().flat_map(|rate| ["--rate", rate]);
        set.into_iter().chain(rates).collect::<Vec<_>>()
    };
    let table = stage.json(&rate(&[
        "standard=20",
        "Jungholz/standard=19@2021-01-01..",
        "reduced=10@..2026-12-31",
    ]));
    assert_eq!(table["own"], true, "{table}");
    let shown = stage.json(&["taxes", "show", "AT"]);
    assert_eq!(shown, table);
    assert_eq!(shown["rates"].as_array().unwrap().len(), 3);
    let gap = rate(&["standard=20@..2026-01-31", "standard=21@2026-02-02.."]);
    assert_eq!(
        refused(&stage, &gap).1,
        "The tax table of AT has a gap: no standard rate from 2026-02-01 to 2026-02-01."
    );
    assert_eq!(
        stage.json(&["taxes", "show", "AT"]),
        table,
        "nothing was changed"
    );
    stage.tally(&["taxes", "reset", "AT"]).ok();
    assert_eq!(stage.json(&["taxes", "show", "AT"])["own"], false);
    let all = stage.tally(&["taxes", "list"]).ok();
    assert!(all.contains("25.5 %"), "{all}");
}

#[test]
fn rates_are_entered_listed_and_forgotten() {
    let stage = Stage::new();
    let add = [
        "rates",
        "add",
        "EUR",
        "USD",
        "1.1196",
        "--day",
        "2024-09-30",
        "--source",
        "our bank",
    ];
    assert_eq!(stage.json(&add)["added"], 1);
    let rates = stage.json(&["rates", "list", "--currency", "USD"]);
    assert_eq!(
        rates,
        json!({ "rates": [{
            "from": "EUR", "to": "USD", "rate": "1.1196", "day": "2024-09-30", "source": "our bank",
        }] })
    );
    let remove = [
        "rates",
        "remove",
        "EUR",
        "USD",
        "--day",
        "2024-09-30",
        "--source",
        "our bank",
    ];
    stage.tally(&remove).ok();
    assert_eq!(stage.json(&["rates", "list"]), json!({ "rates": [] }));
    let broken = stage.write("rates.csv", "Date,USD\n2024-09-30,x\n");
    assert_eq!(
        refused(&stage, &["rates", "import", &broken]).1,
        "Line 2, column USD: \"x\" is no exchange rate: a number above zero with at most nine decimals is expected."
    );
}

#[test]
fn lines_that_are_taxed_otherwise_are_named_by_rules_which_can_be_seen_and_taken_away() {
    let stage = Stage::new();
    let none = stage.tally(&["taxes", "rules"]);
    assert!(none.err.contains("no rules"), "{none:?}");
    let rules = [
        "taxes",
        "rules",
        "--rule",
        "service:*Books=reduced",
        "--rule",
        "kind:one_off=exempt:Article 135 (1)",
    ];
    let said = stage.tally(&rules).ok();
    assert!(
        said.contains("of the service *books") && said.contains("of the kind one off"),
        "{said}"
    );
    assert!(said.contains("Article 135 (1)"), "{said}");
    assert_eq!(
        stage.json(&["taxes", "rules"])["rules"][0]["category"],
        "reduced"
    );
    let unreadable = stage.tally(&["taxes", "rules", "--rule", "Books=reduced"]);
    assert_eq!(unreadable.code, 2, "{unreadable:?}");
    for (wrong, why) in [
        ("kind:fee=exempt", "states its reason"),
        ("service:*=reverse_charge", "follows from where"),
        ("kind:lunch=zero", "not a kind of line"),
    ] {
        let refused = stage.tally(&["taxes", "rules", "--rule", wrong]);
        assert!(
            refused.code != 0 && refused.err.contains(why),
            "{refused:?}"
        );
    }
    stage.tally(&["taxes", "rules", "--none"]).ok();
    assert_eq!(
        stage.json(&["taxes", "rules"])["rules"]
            .as_array()
            .map(Vec::len),
        Some(0)
    );
}
