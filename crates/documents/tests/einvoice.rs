//! Electronic invoices are held against the schemas and the Schematron rules of EN 16931.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops, its helpers too"
)]

use std::process::Command;

use jiff::civil::date;
use tallyport_documents::einvoice::{ElectronicInvoice, cii, ubl};
use tallyport_ledger::{
    BankAccount, BillingPeriod, Currency, DocumentKind, DraftInvoice, DraftLine, Endpoint, Exact,
    Invoice, InvoiceContent, InvoiceNumber, LineKind, Metric, Money, Name, Party, Quantity,
    TaxCategory, TaxRate, TaxTreatment,
};

#[path = "../../../tests/oracle/python.rs"]
mod oracle;

fn euro() -> Currency {
    "EUR".parse().unwrap()
}

fn money(text: &str) -> Money {
    Money::parse(text, euro()).unwrap()
}

fn seller() -> Party {
    Party {
        address: vec!["Hafenstraße 12".to_owned(), "Speicher 3".to_owned()],
        post_code: Some("20457".to_owned()),
        city: Some("Hamburg".to_owned()),
        country: Some("DE".parse().unwrap()),
        tax_id: Some("DE136695976".to_owned()),
        legal_id: Some("HRB 12345".to_owned()),
        email: Some("billing@nord.example".to_owned()),
        phone: Some("+49 40 123456".to_owned()),
        bank: Some(BankAccount {
            iban: "DE89370400440532013000".parse().unwrap(),
            bic: Some("COBADEFFXXX".to_owned()),
            bank: Some("Commerzbank".to_owned()),
        }),
        endpoint: Some(Endpoint::new("EM", "billing@nord.example").unwrap()),
        ..Party::new(Name::parse("Nord & Söhne <Cloud> GmbH").unwrap())
    }
}

fn buyer(country: &str, tax_id: Option<&str>) -> Party {
    Party {
        address: (1..=5)
            .map(|line| format!("Line {line} of the street"))
            .collect(),
        post_code: Some("75001".to_owned()),
        city: Some("Paris".to_owned()),
        region: Some("Île-de-France".to_owned()),
        country: Some(country.parse().unwrap()),
        tax_id: tax_id.map(str::to_owned),
        ..Party::new(Name::parse("Acheteur \"Sud\" S.A.").unwrap())
    }
}

fn treated(category: TaxCategory, parts: u32, reason: Option<&str>) -> TaxTreatment {
    let rate = TaxRate::from_parts_per_million(parts).unwrap();
    TaxTreatment::new(category, rate, reason.map(str::to_owned)).unwrap()
}

fn lines() -> Vec<DraftLine> {
    let cost = |service: &str, resource: Option<&str>, amount| {
        DraftLine::of_cost(
            service.to_owned(),
            resource.map(str::to_owned),
            money(amount),
        )
    };
    vec![
        cost("Amazon EC2", Some("i-0123456789abcdef0"), "300.123456789"),
        cost("Amazon S3", None, "0.335"),
        cost(
            "Amazon S3 <a> & \"b\" \u{1} 東京",
            Some("bucket"),
            "12.004999999",
        ),
        DraftLine::one_off("Rabatt für Treue".to_owned(), money("-10")),
        DraftLine {
            kind: LineKind::Usage,
            quantity: Some(Quantity {
                amount: Exact::parse(b"12.5").unwrap(),
                unit: "GB".to_owned(),
            }),
            unit_price: Some(money("0.02")),
            ..DraftLine::one_off("Stored".to_owned(), money("0.25"))
        },
    ]
}

fn content(buyer: Party, treatments: Vec<TaxTreatment>) -> InvoiceContent {
    let month = BillingPeriod::new(2026, 10).unwrap();
    InvoiceContent {
        treatments,
        purchase_order: Some("PO-4711 & Co".to_owned()),
        note: Some("Danke für Ihren Auftrag.".to_owned()),
        ..InvoiceContent::plain(
            month,
            Metric::Billed,
            (seller(), buyer),
            TaxRate::default(),
            euro(),
            lines(),
        )
    }
}

fn issued(content: InvoiceContent) -> ElectronicInvoice {
    let number = InvoiceNumber::new("INV", 7).unwrap();
    let draft = DraftInvoice::of(content).unwrap();
    let invoice = Invoice::issue(draft, number, date(2026, 11, 2), 30).unwrap();
    ElectronicInvoice::of(&invoice).unwrap()
}

/// Every kind of document that can come out, by name.
fn documents() -> Vec<(&'static str, ElectronicInvoice)> {
    use TaxCategory as C;
    let french = || buyer("FR", Some("FR40303265045"));
    let one = |buyer: Party, treatment| issued(content(buyer, vec![treatment]));
    let mut mixed = content(
        buyer("DE", None),
        vec![
            treated(C::Standard, 190_000, None),
            treated(C::Reduced, 70_000, None),
        ],
    );
    mixed.lines[1].tax = 1;
    mixed.lines[2].tax = 1;
    let of = InvoiceNumber::new("INV", 3).unwrap();
    let mut credit = content(buyer("DE", None), vec![treated(C::Standard, 190_000, None)]);
    credit.kind = DocumentKind::CreditNote { of: of.clone() };
    let mut replacing = content(french(), vec![treated(C::ReverseCharge, 0, None)]);
    replacing.replaces = Some(of);
    let mut plain = content(buyer("DE", None), vec![treated(C::Standard, 190_000, None)]);
    plain.purchase_order = None;
    plain.note = None;
    plain.seller = Party {
        country: Some("DE".parse().unwrap()),
        tax_id: Some("DE136695976".to_owned()),
        ..Party::new(Name::parse("Nord").unwrap())
    };
    plain.buyer = Party {
        country: Some("DE".parse().unwrap()),
        ..Party::new(Name::parse("Sud").unwrap())
    };
    let mut abroad = content(
        buyer("US", Some("123456789")),
        vec![treated(C::OutOfScope, 0, None)],
    );
    abroad.seller.legal_id = None;
    let dollars = {
        let mut content = content(buyer("DE", None), vec![treated(C::Standard, 190_000, None)]);
        content.currency = Currency::USD;
        for line in &mut content.lines {
            line.exact = Money::from_nanos(line.exact.nanos(), Currency::USD);
            line.unit_price = None;
        }
        content
    };
    vec![
        (
            "standard",
            one(buyer("DE", None), treated(C::Standard, 190_000, None)),
        ),
        ("two rates", issued(mixed)),
        (
            "reverse charge",
            one(french(), treated(C::ReverseCharge, 0, None)),
        ),
        (
            "within the union",
            one(french(), treated(C::IntraCommunity, 0, None)),
        ),
        (
            "export",
            one(buyer("US", None), treated(C::Export, 0, None)),
        ),
        (
            "out of scope",
            one(
                buyer("US", Some("123456789")),
                treated(C::OutOfScope, 0, None),
            ),
        ),
        ("out of scope, no legal id", issued(abroad)),
        ("zero", one(buyer("DE", None), treated(C::Zero, 0, None))),
        (
            "exempt",
            one(
                buyer("DE", None),
                treated(C::Exempt, 0, Some("§ 4 Nr. 21 UStG")),
            ),
        ),
        ("credit note", issued(credit)),
        ("replacement", issued(replacing)),
        ("nothing but what must be", issued(plain)),
        ("dollars", issued(dollars)),
    ]
}

/// What a second program finds wrong with each of these, by name.
fn found_wrong(files: &[(String, String)]) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<_> = files
        .iter()
        .enumerate()
        .map(|(at, (name, xml))| {
            let path = folder.path().join(format!("{at:02}.{}.xml", &name[..3]));
            std::fs::write(&path, xml).unwrap();
            path
        })
        .collect();
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/oracle/electronic_invoices.py"
    );
    let output = Command::new(oracle::python())
        .arg(script)
        .args(paths)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let verdicts = String::from_utf8(output.stdout).unwrap();
    assert_eq!(verdicts.lines().count(), files.len(), "one verdict a file");
    files
        .iter()
        .zip(verdicts.lines())
        .filter(|(_, verdict)| *verdict != "[]")
        .map(|((name, _), verdict)| (name.clone(), verdict.to_owned()))
        .collect()
}

#[test]
fn every_kind_of_document_holds_against_schema_and_rules() {
    let mut files = Vec::new();
    for (name, document) in &documents() {
        assert_eq!(document.lacks(), [], "{name}");
        files.push((format!("ubl, {name}"), ubl(document).unwrap()));
        files.push((format!("cii, {name}"), cii(document).unwrap()));
    }
    assert_eq!(found_wrong(&files), []);
}

#[test]
fn the_rules_do_find_what_is_wrong() {
    let (_, document) = documents().swap_remove(0);
    let total = document.total.to_decimal(2);
    let files = [
        (
            "ubl".to_owned(),
            ubl(&document).unwrap().replace(&total, "1.00"),
        ),
        (
            "cii".to_owned(),
            cii(&document).unwrap().replace("Amazon S3", ""),
        ),
    ];
    let wrong = found_wrong(&files);
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong[0].1.contains("BR-CO-15"), "{wrong:?}");
    assert!(wrong[1].1.contains("BR-25"), "{wrong:?}");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for (name, document) in documents() {
        assert_eq!(ubl(&document), ubl(&document.clone()), "{name}");
        assert_eq!(cii(&document), cii(&document.clone()), "{name}");
    }
}

#[test]
fn what_is_in_a_name_is_escaped_and_what_xml_cannot_hold_is_replaced() {
    let (_, document) = documents().swap_remove(0);
    for xml in [ubl(&document).unwrap(), cii(&document).unwrap()] {
        assert!(xml.contains("Nord &amp; Söhne &lt;Cloud&gt; GmbH"), "{xml}");
        assert!(xml.contains("\u{fffd} 東京"), "{xml}");
        assert!(!xml.contains('\u{1}'));
    }
}

#[test]
fn what_takes_away_is_minus_one_of_a_positive_price_and_what_was_measured_keeps_its_quantity() {
    let (_, document) = documents().swap_remove(0);
    let xml = ubl(&document).unwrap();
    let line = |at: usize| xml.split("<cac:InvoiceLine>").nth(at).unwrap();
    assert!(
        line(4).contains(">-1</cbc:InvoicedQuantity>"),
        "{}",
        line(4)
    );
    assert!(line(4).contains(">-10.00</cbc:LineExtensionAmount>"));
    assert!(line(4).contains(">10.00</cbc:PriceAmount>"));
    assert!(
        line(5).contains("unitCode=\"E34\">12.5</cbc:InvoicedQuantity>"),
        "{}",
        line(5)
    );
    assert!(line(5).contains(">0.02</cbc:PriceAmount>"));
}

#[test]
fn what_is_missing_is_told_field_by_field_before_anything_is_written() {
    let nobody = |name: &str| Party::new(Name::parse(name).unwrap());
    let mut bare = content(
        nobody("Sud"),
        vec![treated(TaxCategory::ReverseCharge, 0, None)],
    );
    bare.seller = nobody("Nord");
    let lacks: Vec<(&str, &str)> = issued(bare.clone())
        .lacks()
        .iter()
        .map(|lack| (lack.rule, lack.field))
        .collect();
    assert_eq!(
        lacks,
        [
            ("BR-09", "seller.country"),
            ("BR-11", "buyer.country"),
            ("BR-CO-26", "seller.tax_id"),
            ("BR-S-02", "seller.tax_id"),
            ("BR-AE-02", "buyer.tax_id"),
        ]
    );
    let error = ubl(&issued(bare)).unwrap_err().to_string();
    assert!(
        error.starts_with("this cannot be an electronic invoice: the seller has no country (seller.country, BR-09); "),
        "{error}"
    );
    let mut mixed = content(
        buyer("US", None),
        vec![
            treated(TaxCategory::OutOfScope, 0, None),
            treated(TaxCategory::Standard, 190_000, None),
        ],
    );
    mixed.lines[0].tax = 1;
    assert_eq!(issued(mixed).lacks()[0].rule, "BR-O-11");
}
