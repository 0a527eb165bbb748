//! Tax ids are held against python-stdnum, which knows the rules of the same countries.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::BTreeMap;
use std::process::Command;

use tallyport_ledger::{Country, TaxId};

#[path = "../../../tests/oracle/python.rs"]
mod oracle;

fn country(code: &str) -> Country {
    code.parse().unwrap()
}

fn read(text: &str, code: &str) -> Result<String, String> {
    TaxId::parse(text, country(code))
        .map(|id| id.to_string())
        .map_err(|error| error.to_string())
}

#[test]
fn check_digits_are_right_where_a_second_program_says_so() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/oracle/tax_ids.py");
    let output = Command::new(oracle::python()).arg(script).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let lines = String::from_utf8(output.stdout).unwrap();
    let mut seen: BTreeMap<(&str, bool), u32> = BTreeMap::new();
    let mut differ = Vec::new();
    for line in lines.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let (code, number, right) = (cells[0], cells[1], cells[2] == "1");
        if TaxId::parse(number, country(code)).is_ok() != right {
            differ.push((code, number, right));
        }
        *seen.entry((code, right)).or_default() += 1;
    }
    assert_eq!(differ, [], "of {seen:?}");
    let right = seen.iter().filter(|((_, right), _)| *right);
    assert_eq!(right.count(), 30, "every country has right ones: {seen:?}");
}

#[test]
fn an_id_is_kept_as_its_country_writes_it() {
    let kept = |text: &str, code: &str| read(text, code).unwrap();
    assert_eq!(kept("de 136 695 976", "DE"), "DE136695976");
    assert_eq!(
        kept("136695976", "DE"),
        "DE136695976",
        "the prefix is added"
    );
    assert_eq!(kept("ATU13585627", "AT"), "ATU13585627");
    assert_eq!(kept("094259216", "GR"), "EL094259216", "Greece writes EL");
    assert_eq!(kept("EL 094259216", "GR"), "EL094259216");
    assert_eq!(
        kept("CHE-100.155.212 MWST", "CH"),
        "CHE100155212MWST",
        "Switzerland names the tax"
    );
    assert_eq!(kept("12-3456789", "US"), "123456789", "as it is elsewhere");
}

#[test]
fn a_slip_and_a_wrong_form_are_told_apart() {
    assert_eq!(
        read("DE136695978", "DE").unwrap_err(),
        "the tax id \"DE136695978\" has a slip: its check digit does not fit the rest of it"
    );
    assert_eq!(
        read("FR40303265045", "DE").unwrap_err(),
        "\"FR40303265045\" is no tax id of DE: DE and nine digits is expected"
    );
    for (text, code) in [
        ("", "DE"),
        ("DE", "DE"),
        ("DEééééééééé", "DE"),
        ("ES", "ES"),
        ("ESééééé", "ES"),
        ("FRéé123456789", "FR"),
        ("NL12345678éB01", "NL"),
        ("CY1234567é", "CY"),
        ("GBHAé1", "GB"),
        ("IE123456é", "IE"),
        ("a", "US"),
        ("1234567890123456789012", "US"),
    ] {
        assert!(read(text, code).is_err(), "{code} {text:?}");
    }
}
