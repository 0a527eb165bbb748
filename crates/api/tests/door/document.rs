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
