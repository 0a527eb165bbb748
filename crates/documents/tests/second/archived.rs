//! Whether archives accept the files, by a checker that is not the writer's own.

use std::path::PathBuf;
use std::process::Command;

use tallyport_documents::einvoice::{ElectronicInvoice, cii};
use tallyport_documents::{Attached, InvoicePaper, Look, Profile, render_hybrid, render_report};

use super::gallery::{self, branded, issued, report, reverse_charged};

/// The rules of PDF/A-3b that each document breaks.
fn broken(documents: &[(&str, Vec<u8>)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> = documents
        .iter()
        .map(|(name, bytes)| {
            let file = folder.path().join(format!("{name}.pdf"));
            std::fs::write(&file, bytes).unwrap();
            file
        })
        .collect();
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/oracle/archived.py"
    );
    let mut check = Command::new(super::oracle::python());
    let output = check.arg(script).args(files).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let rules = String::from_utf8(output.stdout).unwrap();
    rules.lines().map(str::to_owned).collect()
}

#[test]
fn every_document_keeps_the_rules_of_pdf_a_3b() {
    let mut documents: Vec<(&str, Vec<u8>)> = gallery::all()
        .into_iter()
        .map(|(name, bytes)| (name, bytes.unwrap()))
        .collect();
    let invoice = issued(reverse_charged());
    let xml = cii(&ElectronicInvoice::of(&invoice).unwrap()).unwrap();
    let attached = Attached::factur_x(&xml, Profile::En16931);
    for (name, look) in [("hybrid", Look::default()), ("hybrid-branded", branded())] {
        let paper = InvoicePaper::issued(&invoice).looking(look);
        documents.push((name, render_hybrid(&paper, &attached).unwrap()));
    }
    documents.push((
        "report-branded",
        render_report(&report(), &branded()).unwrap(),
    ));
    let found = broken(&documents);
    let named: Vec<_> = documents.iter().map(|(name, _)| *name).zip(found).collect();
    assert!(named.len() > 12, "{named:?}");
    assert!(named.iter().all(|(_, rules)| rules.is_empty()), "{named:?}");
}

#[test]
fn a_file_that_says_it_is_of_another_part_breaks_a_rule() {
    let bytes = render_report(&report(), &Look::default()).unwrap();
    let (said, instead) = (&b"<pdfaid:part>3<"[..], &b"<pdfaid:part>2<"[..]);
    let at = bytes.windows(said.len()).position(|window| window == said);
    let (at, mut other) = (at.unwrap(), bytes.clone());
    other[at..at + said.len()].copy_from_slice(instead);
    assert_eq!(broken(&[("other", other)]), ["PDFA3B-ID-PART-001"]);
}
