//! Invoices to print, and what poppler reads on them.

use std::process::Command;

use tallyport_documents::{InvoicePaper, render_invoice};
use tallyport_ledger::{
    BillingPeriod, Currency, DraftInvoice, DraftLine, Invoice, InvoiceNumber, Metric, Money, Name,
    Party, TaxRate,
};

/// A service, its resource, its exact amount.
pub type Line<'a> = (&'a str, Option<&'a str>, &'a str);

pub fn party(name: &str) -> Party {
    Party {
        address: vec!["1 Pier Road".to_owned(), "Bristol BS1 4RB".to_owned()],
        tax_id: Some("GB 123 4567 89".to_owned()),
        ..Party::new(Name::parse(name).unwrap())
    }
}

pub fn draft(lines: &[Line<'_>]) -> DraftInvoice {
    draft_for(party("Customer GmbH"), 200_000, Currency::USD, lines)
}

pub fn draft_for(buyer: Party, tax: u32, currency: Currency, lines: &[Line<'_>]) -> DraftInvoice {
    let lines = lines.iter().map(|(service, resource, exact)| {
        let exact = Money::parse(exact, currency).unwrap();
        DraftLine::of_cost((*service).to_owned(), resource.map(str::to_owned), exact)
    });
    DraftInvoice::new(
        BillingPeriod::new(2026, 10).unwrap(),
        Metric::Billed,
        (party("Harbour & Sons Ltd"), buyer),
        TaxRate::from_parts_per_million(tax).unwrap(),
        currency,
        lines.collect(),
    )
    .unwrap()
}

pub fn issued(draft: DraftInvoice) -> Invoice {
    let number = InvoiceNumber::new("INV", 42).unwrap();
    Invoice::issue(draft, number, jiff::civil::date(2026, 11, 3), 30).unwrap()
}

/// An invoice of `count` lines of a few services.
pub fn long(count: usize) -> Invoice {
    let lines: Vec<(String, String, String)> = (0..count)
        .map(|line| {
            let service = format!("Service {:02}", line * 7 / count);
            (
                service,
                format!("i-{line:017x}"),
                format!("{}.{:03}", line * 37 % 5_000, line % 1_000),
            )
        })
        .collect();
    let lines: Vec<Line<'_>> = lines
        .iter()
        .map(|(service, resource, exact)| {
            (service.as_str(), Some(resource.as_str()), exact.as_str())
        })
        .collect();
    issued(draft(&lines))
}

pub fn pdf(invoice: &Invoice) -> Vec<u8> {
    render_invoice(&InvoicePaper::issued(invoice)).unwrap()
}

/// What a poppler program says about the document.
pub fn poppler(program: &str, options: &[&str], pdf: &[u8], to: &[&str]) -> Vec<u8> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    let output = Command::new(program)
        .args(options)
        .arg(file.path())
        .args(to)
        .output()
        .expect("poppler-utils is installed");
    assert!(output.status.success(), "{program}: {output:?}");
    assert!(
        output.stderr.is_empty(),
        "{program} finds fault: {output:?}"
    );
    output.stdout
}

/// The text of each page.
pub fn pages(pdf: &[u8]) -> Vec<String> {
    let text = String::from_utf8(poppler("pdftotext", &["-layout"], pdf, &["-"])).unwrap();
    text.trim_end_matches('\u{c}')
        .split('\u{c}')
        .map(str::to_owned)
        .collect()
}

/// A word: its page, and its edges in thousandths of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub page: usize,
    pub left: i64,
    pub right: i64,
    pub text: String,
}

pub fn words(pdf: &[u8]) -> Vec<Word> {
    let boxes = String::from_utf8(poppler("pdftotext", &["-bbox"], pdf, &["-"])).unwrap();
    let mut page = 0;
    let mut words = Vec::new();
    for line in boxes.lines() {
        let line = line.trim();
        if line.starts_with("<page") {
            page += 1;
        } else if let Some(rest) = line.strip_prefix("<word ") {
            let edge = |name: &str| {
                let (_, rest) = rest.split_once(&format!("{name}=\"")).unwrap();
                let (points, thousandths) =
                    rest.split_once('"').unwrap().0.split_once('.').unwrap();
                points.parse::<i64>().unwrap() * 1_000 + thousandths[..3].parse::<i64>().unwrap()
            };
            let text = rest.split_once('>').unwrap().1.trim_end_matches("</word>");
            words.push(Word {
                page,
                left: edge("xMin"),
                right: edge("xMax"),
                text: text
                    .replace("&amp;", "&")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">"),
            });
        }
    }
    words
}

/// A printed figure in the smallest unit of a currency with two decimals.
pub fn minor(figure: &str) -> Option<i128> {
    let digits = figure.replace([',', '$'], "");
    let (whole, fraction) = digits.split_once('.')?;
    (fraction.len() == 2).then_some(())?;
    format!("{whole}{fraction}").parse().ok()
}
