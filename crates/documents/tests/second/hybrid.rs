use std::process::Command;

use tallyport_documents::einvoice::{ElectronicInvoice, cii};
use tallyport_documents::{Attached, InvoicePaper, Look, Profile, render_hybrid};

use super::gallery::{branded, credit_note, everything, issued, reverse_charged};
use super::paper::poppler;
use super::text;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rsm:CrossIndustryInvoice xmlns:rsm=\"urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100\">Žofia</rsm:CrossIndustryInvoice>\n";

#[test]
fn a_hybrid_invoice_carries_its_data_and_says_so_as_the_standard_asks() {
    let invoice = issued(everything());
    let paper = InvoicePaper::issued(&invoice).looking(branded());
    let attached = Attached::factur_x(XML, Profile::En16931);
    let bytes = render_hybrid(&paper, &attached).unwrap();
    assert_eq!(bytes, render_hybrid(&paper, &attached).unwrap());

    let listed = String::from_utf8(poppler("pdfdetach", &["-list"], &bytes, &[])).unwrap();
    assert!(
        listed.contains("1 embedded files") && listed.contains("1: factur-x.xml"),
        "{listed}"
    );
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("factur-x.xml");
    poppler(
        "pdfdetach",
        &["-save", "1", "-o", out.to_str().unwrap()],
        &bytes,
        &[],
    );
    assert_eq!(std::fs::read_to_string(&out).unwrap(), XML);

    let described = String::from_utf8(poppler("pdfinfo", &["-meta"], &bytes, &[])).unwrap();
    for expected in [
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>B</pdfaid:conformance>",
        "<fx:DocumentType>INVOICE</fx:DocumentType>",
        "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>",
        "<fx:Version>1.0</fx:Version>",
        "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>",
        "<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>",
        "<pdfaSchema:prefix>fx</pdfaSchema:prefix>",
    ] {
        assert!(described.contains(expected), "{expected}: {described}");
    }
    let raw = String::from_utf8_lossy(&bytes);
    assert!(
        raw.contains("/AFRelationship/Alternative") && raw.contains("/AF["),
        "it is an associated file"
    );
    assert!(
        text(&bytes).contains("Invoice INV-00042"),
        "people read the same pages"
    );
}

#[test]
fn every_object_of_a_hybrid_invoice_lies_where_its_table_says() {
    let invoice = issued(everything());
    let paper = InvoicePaper::issued(&invoice).looking(Look::default());
    let bytes = render_hybrid(&paper, &Attached::factur_x(XML, Profile::En16931)).unwrap();
    let at = |word: &[u8]| {
        bytes
            .windows(word.len())
            .rposition(|window| window == word)
            .unwrap()
    };
    let number_at = |place: usize| {
        let digits = bytes[place..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit());
        digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0'))
    };
    let start = number_at(at(b"startxref\n") + 10);
    assert!(bytes[start..].starts_with(b"xref\n"));
    let table = std::str::from_utf8(&bytes[start..at(b"trailer")]).unwrap();
    let mut number = 0;
    for entry in table.lines().skip(2) {
        if entry.contains(" n") {
            let place: usize = entry[..10].parse().unwrap();
            let named = format!("{number} 0 obj");
            assert!(
                bytes[place..].starts_with(named.as_bytes()),
                "{named} is not at {place}"
            );
        }
        number += 1;
    }
    assert!(number > 10);
}

#[test]
fn a_reader_of_electronic_invoices_finds_the_data_and_its_level() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (name, content) in [("invoice", reverse_charged()), ("credit", credit_note())] {
        let invoice = issued(content);
        let xml = cii(&ElectronicInvoice::of(&invoice).unwrap()).unwrap();
        let paper = InvoicePaper::issued(&invoice).looking(branded());
        let bytes = render_hybrid(&paper, &Attached::factur_x(&xml, Profile::En16931)).unwrap();
        let file = folder.path().join(format!("{name}.pdf"));
        std::fs::write(&file, bytes).unwrap();
        files.push((file, format!("factur-x.xml en16931 {} EN 16931", xml.len())));
    }
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/oracle/hybrid_invoices.py"
    );
    let mut read = Command::new(super::oracle::python());
    read.arg(script).args(files.iter().map(|(file, _)| file));
    let output = read.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let found = String::from_utf8(output.stdout).unwrap();
    let expected: Vec<&str> = files.iter().map(|(_, said)| said.as_str()).collect();
    assert_eq!(found.lines().collect::<Vec<_>>(), expected);
}
