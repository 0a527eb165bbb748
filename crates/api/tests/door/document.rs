use std::path::Path;

#[test]
fn the_committed_description_is_current() {
    let mut described = tallyport_api::openapi().to_pretty_json().unwrap();
    described.push('\n');
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &described).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == described,
        "docs/openapi.json is stale: write it again with `cargo xtask generate`"
    );
}

/// Every schema of the document, however deep.
fn schemas<'a>(value: &'a serde_json::Value, found: &mut Vec<&'a serde_json::Value>) {
    match value {
        serde_json::Value::Object(fields) => {
            found.push(value);
            fields.values().for_each(|inner| schemas(inner, found));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|inner| schemas(inner, found)),
        _ => {}
    }
}

#[test]
fn nothing_on_the_wire_is_a_floating_point_number() {
    let document = serde_json::to_value(tallyport_api::openapi()).unwrap();
    let mut all = Vec::new();
    schemas(&document, &mut all);
    for schema in all {
        assert_ne!(schema["type"], "number", "{schema}");
    }
    let amount = &document["components"]["schemas"]["Amount"];
    assert_eq!(amount["type"], "string");
}

#[test]
fn every_operation_has_a_name_of_its_own_a_summary_and_a_problem() {
    let document = serde_json::to_value(tallyport_api::openapi()).unwrap();
    let mut names = std::collections::BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(
                names.insert(name.to_owned()),
                "{method} {path}: {name} twice"
            );
            assert!(operation["summary"].is_string(), "{method} {path}");
            let open = operation["x-permission"].is_null();
            assert_eq!(
                operation["responses"]["default"].is_null(),
                open,
                "{method} {path}"
            );
        }
    }
}
