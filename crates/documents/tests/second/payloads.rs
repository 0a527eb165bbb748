//! Texts that were made to do harm, in every place that a text from outside can stand. LibreOffice is not asked for on
//! purpose: it opens a PDF as a drawing and evaluates nothing; poppler reads what a person would.

use quick_xml::Reader;
use quick_xml::events::Event;
use tallyport_documents::{DocumentError, Look};
use tallyport_ledger::Name;

use super::gallery::{everything, rendered};
use super::paper::{pages, poppler};

/// Formulas, field codes, full-width forms, markup, and the syntax of PDF itself.
const SEEDS: [&str; 40] = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(1,1)",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "=HYPERLINK(\"http://a.example\",\"x\")",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "=IMPORTXML(\"http://a.example\",\"//a\")",
    "＝1＋1",
    "＠SUM(1)",
    "－2＋3",
    "|calc",
    "%0A=1+1",
    "\"=1+1",
    "'=1+1",
    ";=1+1",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]>",
    "</rdf:RDF>",
    "</x:xmpmeta><evil/>",
    "<?xpacket end=\"r\"?>",
    "&lt;b&gt;",
    "&#x3c;",
    "<!--",
    "{{7*7}}",
    "${7*7}",
    ") Tj ET endstream endobj",
    "(unbalanced",
    "unbalanced)",
    "\\) /JS (app.alert(1))",
    "<< /OpenAction 1 0 R >>",
    "/AA << /O << /S /JavaScript >> >>",
    "%%EOF",
    "trailer << /Root 9 0 R >>",
    "stream\\nendstream",
    "xref 0 1",
    "startxref 0",
    "%s%n%x",
    "../../etc/passwd",
];

#[test]
fn two_hundred_payloads_are_printed_as_they_are_and_do_nothing() {
    let wrappings = ["{}", " {}", "a {} b", "\t{}\r\n", "{}{}"];
    let mut printed = 0;
    for seed in SEEDS {
        for wrapping in wrappings {
            let payload = wrapping.replace("{}", seed);
            let mut content = everything();
            content.buyer.name = Name::parse(payload.trim()).unwrap();
            content.buyer.address = vec![payload.clone()];
            content.purchase_order = Some(payload.clone());
            content.note = Some(payload.clone());
            content.lines.truncate(2);
            content.lines[0].resource = Some(payload.clone());
            content.lines[1].service.clone_from(&payload);
            let bytes = rendered(content, Look::default()).unwrap();
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            let text = bare(&pages(&bytes).concat());
            // In the lines and the note, where nothing stands beside it; what is too long elsewhere loses its middle.
            let found = text.matches(&bare(&payload)).count();
            assert!(found >= 3, "{payload:?}: {text}");
            let info = String::from_utf8(poppler("pdfinfo", &[], &bytes, &[])).unwrap();
            let quiet = info
                .lines()
                .any(|line| line.starts_with("JavaScript:") && line.ends_with("no"));
            assert!(quiet, "{payload:?}: {info}");
            described(&bytes);
            printed += 1;
        }
    }
    assert_eq!(printed, 200);
}

#[test]
fn what_cannot_be_seen_is_dropped_or_refused() {
    for control in ['\0', '\u{7}', '\u{1b}', '\u{7f}', '\u{85}', '\u{FFFE}'] {
        let mut content = everything();
        content.note = Some(format!("be{control}ll"));
        match rendered(content, Look::default()) {
            Ok(bytes) => {
                assert!(control.is_whitespace() && pages(&bytes).concat().contains("be ll"))
            }
            Err(DocumentError::MissingGlyph { character, .. }) => assert_eq!(character, control),
            Err(other) => panic!("{other}"),
        }
    }
    let mut content = everything();
    content.note = Some("pay \u{202E}004\u{202C} now".to_owned());
    let read = pages(&rendered(content, Look::default()).unwrap()).concat();
    assert!(
        read.contains("pay 004 now"),
        "an amount is not turned around: {read}"
    );
}

/// What the file says of itself is well-formed, whatever stands in it.
fn described(bytes: &[u8]) {
    let xmp = String::from_utf8(poppler("pdfinfo", &["-meta"], bytes, &[])).unwrap();
    let mut reader = Reader::from_str(&xmp);
    let mut depth = 0_i32;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{xmp}");
}
