//! Documents of every kind, as a made-up company would send them: looked at by people
//! (`examples/gallery.rs`), held by tests.

use jiff::civil::{Date, date};
use tallyport_documents::{
    Block, Chart, DocumentError, Figure, InvoicePaper, Language, Logo, Look, PaperSize, Report,
    ReportColumn, ReportRow, ReportTable, Rgb, render_invoice, render_report,
};
use tallyport_ledger::tax::{TaxCategory, TaxTreatment};
use tallyport_ledger::{
    BankAccount, BillingPeriod, Currency, DocumentKind, DraftInvoice, DraftLine, Exact,
    ExchangeRate, Invoice, InvoiceContent, InvoiceNumber, LineKind, Metric, Money, Name, Party,
    Quantity, Quote, TaxRate,
};

/// A drawing with a gradient, a clip and a transparent part.
pub const SVG: &[u8] = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 172 60">
<defs><linearGradient id="sea" x1="0" x2="1"><stop offset="0" stop-color="#0b5d7a"/><stop offset="1" stop-color="#2fb5a8"/></linearGradient>
<clipPath id="round"><circle cx="30" cy="30" r="28"/></clipPath></defs>
<g clip-path="url(#round)"><rect width="60" height="60" fill="url(#sea)"/><path d="M0 42q15-10 30 0t30 0v18h-60z" fill="#fff" opacity=".85"/></g>
<path d="M74 16v30M74 31h20M94 16v30M104 46l12-30 12 30M109 36h14M138 16v30M138 16h14a8 8 0 0 1 0 16h-14M152 32l10 14" fill="none" stroke="#0b3d5a" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>
</svg>"##;

pub fn money(text: &str, currency: &str) -> Money {
    Money::parse(text, currency.parse().unwrap()).unwrap()
}

pub fn seller() -> Party {
    Party {
        address: vec!["1 Pier Road".to_owned()],
        post_code: Some("BS1 4RB".to_owned()),
        city: Some("Bristol".to_owned()),
        country: Some("GB".parse().unwrap()),
        tax_id: Some("GB 123 4567 89".to_owned()),
        legal_id: Some("0123 4567".to_owned()),
        email: Some("accounts@harbour.example".to_owned()),
        bank: Some(BankAccount {
            iban: "GB29 NWBK 6016 1331 9268 19".parse().unwrap(),
            bic: Some("NWBKGB2L".to_owned()),
            bank: Some("Bank of the Harbour, London".to_owned()),
        }),
        ..Party::new(Name::parse("Harbour & Sons Ltd").unwrap())
    }
}

pub fn buyer() -> Party {
    Party {
        address: vec!["Hafenstraße 12".to_owned()],
        post_code: Some("20457".to_owned()),
        city: Some("Hamburg".to_owned()),
        country: Some("DE".parse().unwrap()),
        tax_id: Some("DE 136 695 976".to_owned()),
        ..Party::new(Name::parse("Nordlicht Werft GmbH").unwrap())
    }
}

pub fn line(service: &str, resource: &str, amount: &str, currency: &str) -> DraftLine {
    let resource = (!resource.is_empty()).then(|| resource.to_owned());
    DraftLine::of_cost(service.to_owned(), resource, money(amount, currency))
}

pub fn treatment(category: TaxCategory, parts: u32) -> TaxTreatment {
    let rate = TaxRate::from_parts_per_million(parts).unwrap();
    let reason =
        (category == TaxCategory::Exempt).then(|| "Exempt: section 31, schedule 9.".to_owned());
    TaxTreatment::new(category, rate, reason).unwrap()
}

/// What a month of a few services costs.
pub fn content(currency: &str) -> InvoiceContent {
    let services = [
        (
            "Amazon Elastic Compute Cloud",
            "arn:aws:ec2:eu-central-1:123456789012:instance/i-0a91c",
            "1834.127",
            7,
        ),
        (
            "Amazon Relational Database Service",
            "arn:aws:rds:eu-central-1:123456789012:db:orders-",
            "912.4",
            4,
        ),
        (
            "Amazon Simple Storage Service",
            "company-backups-",
            "88.213",
            5,
        ),
        (
            "AWS Lambda",
            "arn:aws:lambda:eu-central-1:123456789012:function:thumbnail-",
            "12.0049",
            6,
        ),
        ("AWS Support (Business)", "", "100", 1),
    ];
    let mut lines = Vec::new();
    for (service, resource, amount, count) in services {
        for index in 0..count {
            let resource = if resource.is_empty() {
                String::new()
            } else {
                format!("{resource}{index:02}")
            };
            lines.push(line(service, &resource, amount, currency));
        }
    }
    InvoiceContent::plain(
        BillingPeriod::new(2026, 10).unwrap(),
        Metric::Billed,
        (seller(), buyer()),
        TaxRate::from_parts_per_million(200_000).unwrap(),
        currency.parse().unwrap(),
        lines,
    )
}

/// Fees, usage, several rates, a converted currency: everything that a line can be.
pub fn everything() -> InvoiceContent {
    let mut content = content("EUR");
    content.treatments = vec![
        treatment(TaxCategory::Standard, 190_000),
        treatment(TaxCategory::Reduced, 70_000),
        treatment(TaxCategory::Exempt, 0),
    ];
    let own = |kind, text: &str, amount: &str, tax| DraftLine {
        kind,
        text: Some(text.to_owned()),
        tax,
        ..DraftLine::of_cost(String::new(), None, money(amount, "EUR"))
    };
    content.lines.push(DraftLine {
        quantity: Some(Quantity {
            amount: Exact::parse(b"1250.5").unwrap(),
            unit: "GB".to_owned(),
        }),
        unit_price: Some(money("0.0245", "EUR")),
        ..own(LineKind::Usage, "Data stored in October", "30.63725", 0)
    });
    content
        .lines
        .push(own(LineKind::Fee, "Managed service, monthly", "450", 0));
    content
        .lines
        .push(own(LineKind::OneOff, "Handbook, printed", "24", 1));
    content
        .lines
        .push(own(LineKind::OneOff, "Insurance, passed on", "60", 2));
    content
        .lines
        .push(own(LineKind::Credit, "Credit from September", "-120", 0));
    content.lines.push(DraftLine {
        kind: LineKind::Discount,
        ..line("Amazon Elastic Compute Cloud", "", "-641.94", "EUR")
    });
    let quote = Quote::parse(
        ("EUR".parse().unwrap(), Currency::USD),
        "1.0931",
        date(2026, 10, 30),
        "ECB",
    )
    .unwrap();
    content.exchange = ExchangeRate::of(Currency::USD, "EUR".parse().unwrap(), &[quote]);
    content.purchase_order = Some("PO-2026-00417".to_owned());
    content.note = Some(
        "Thank you for your order. Questions about this invoice are answered within a working day."
            .to_owned(),
    );
    content
}

pub const ISSUED: Date = date(2026, 11, 3);

pub fn issued(content: InvoiceContent) -> Invoice {
    let draft = DraftInvoice::of(content).unwrap();
    Invoice::issue(draft, InvoiceNumber::new("INV", 42).unwrap(), ISSUED, 30).unwrap()
}

pub fn look(language: Language) -> Look {
    Look {
        language,
        ..Look::default()
    }
}

pub fn branded() -> Look {
    Look {
        brand: Some("#0b5d7a".parse::<Rgb>().unwrap()),
        logo: Some(Logo::read(SVG).unwrap()),
        ..Look::default()
    }
}

pub fn rendered(content: InvoiceContent, look: Look) -> Result<Vec<u8>, DocumentError> {
    render_invoice(&InvoicePaper::issued(&issued(content)).looking(look))
}

pub fn credit_note() -> InvoiceContent {
    InvoiceContent {
        kind: DocumentKind::CreditNote {
            of: InvoiceNumber::new("INV", 41).unwrap(),
        },
        ..content("EUR")
    }
}

pub fn reverse_charged() -> InvoiceContent {
    InvoiceContent {
        treatments: vec![treatment(TaxCategory::ReverseCharge, 0)],
        ..content("EUR")
    }
}

/// Names as people and companies have them.
pub const NAMES: &[&str] = &[
    "شركة المنارة للشحن (دبي) 2026",
    "חברת הנמל בע״מ",
    "हार्बर एंड संस प्राइवेट लिमिटेड",
    "บริษัท ท่าเรือกรุงเทพ จำกัด",
    "港湾商事株式会社",
    "海港贸易有限公司",
    "항만 주식회사",
    "ნავსადგური",
    "Նավահանգիստ",
    "ঢাকা বন্দর লিমিটেড",
    "துறைமுகம் நிறுவனம்",
    "ወደብ ኃላፊነቱ የተወሰነ",
    "Ελληνική Εταιρεία Ύδρευσης",
    "Київ Ґанок їжак",
    "Nguyễn Thị Minh Khai",
];

pub fn scripts() -> InvoiceContent {
    let mut content = content("EUR");
    content.lines = NAMES
        .iter()
        .map(|name| line("Amazon S3", name, "12.5", "EUR"))
        .collect();
    content.buyer = Party {
        address: vec!["شارع الميناء 12".to_owned(), "دبي".to_owned()],
        ..Party::new(Name::parse(NAMES[0]).unwrap())
    };
    content
}

/// A month at a glance.
pub fn report() -> Report {
    let figure = |label: &str, figure: &str, remark: &str| Figure {
        label: label.to_owned(),
        figure: figure.to_owned(),
        remark: Some(remark.to_owned()),
    };
    let column = |title: &str, figures| ReportColumn {
        title: title.to_owned(),
        figures,
    };
    let row = |cells: [&str; 5], strong| ReportRow {
        cells: cells.map(str::to_owned).to_vec(),
        strong,
        over: false,
    };
    let bar = |day: u32| {
        let height = 4_200 + day * 137 % 3_100 + if day % 7 < 2 { 0 } else { 1_900 };
        (day.to_string(), height, None)
    };
    let lines = (0..=4).map(|at| (at * 2_500, format!("${}", at * 500)));
    Report {
        title: "Cloud costs at a glance".to_owned(),
        subtitle: "October 2026".to_owned(),
        owner: "Harbour & Sons Ltd".to_owned(),
        day: ISSUED,
        mark: Some("Demo data".to_owned()),
        landscape: false,
        sources: "From 3 billing periods as loaded, all final. Currencies are never added."
            .to_owned(),
        blocks: vec![
            Block::Figures(vec![
                figure("Total, October 2026", "$48,211.07", "+3.2 % on $46,716.15"),
                figure("Owned by nobody", "$1,204.40", "2.5 % of the total"),
                figure(
                    "Expected at the month’s end",
                    "$48,900.00",
                    "$48,300.00 to $49,600.00 (80 %)",
                ),
            ]),
            Block::Chart(Chart {
                caption: "Costs day by day in October 2026, USD".to_owned(),
                lines: lines.collect(),
                bars: (1..=31).map(bar).collect(),
            }),
            Block::Heading("What drove it".to_owned()),
            Block::Table(ReportTable {
                columns: vec![
                    column("Service", false),
                    column("Cost", true),
                    column("Share", true),
                    column("Month before", true),
                    column("Change", true),
                ],
                rows: vec![
                    row(
                        [
                            "Amazon Elastic Compute Cloud",
                            "$21,300.00",
                            "44.2 %",
                            "$20,900.11",
                            "+1.9 %",
                        ],
                        false,
                    ),
                    row(
                        [
                            "Amazon Relational Database Service",
                            "$9,802.40",
                            "20.3 %",
                            "$10,100.00",
                            "-2.9 %",
                        ],
                        false,
                    ),
                    row(
                        [
                            "Amazon Simple Storage Service",
                            "$4,117.09",
                            "8.5 %",
                            "$3,402.77",
                            "+21.0 %",
                        ],
                        false,
                    ),
                    row(
                        [
                            "Everything",
                            "$48,211.07",
                            "100.0 %",
                            "$46,716.15",
                            "+3.2 %",
                        ],
                        true,
                    ),
                ],
            }),
            Block::Heading("What to look at".to_owned()),
            Block::Text("2.5 % of October is owned by nobody: $1,204.40.".to_owned()),
        ],
    }
}

/// Every document by its name.
pub fn all() -> Vec<(&'static str, Result<Vec<u8>, DocumentError>)> {
    let long = |content: fn() -> InvoiceContent| {
        let mut content = content();
        let name = "Consolidated Harbour Holdings ".repeat(10);
        content.buyer.name = Name::parse(name.trim()).unwrap();
        content.lines[0].resource = Some("x".repeat(300));
        content
    };
    let draft = DraftInvoice::of(everything()).unwrap();
    vec![
        ("english", rendered(content("USD"), Look::default())),
        ("everything", rendered(everything(), branded())),
        ("german", rendered(everything(), look(Language::German))),
        (
            "french",
            rendered(reverse_charged(), look(Language::French)),
        ),
        ("spanish", rendered(credit_note(), look(Language::Spanish))),
        (
            "letter",
            rendered(
                content("USD"),
                Look {
                    paper: PaperSize::Letter,
                    ..branded()
                },
            ),
        ),
        ("scripts", rendered(scripts(), Look::default())),
        ("long", rendered(long(everything), branded())),
        ("report", render_report(&report(), &branded())),
        (
            "draft",
            render_invoice(
                &InvoicePaper::draft(&draft)
                    .marked("Demo data")
                    .looking(look(Language::English)),
            ),
        ),
    ]
}
