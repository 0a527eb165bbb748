//! Invoices of sixty lines over two pages: what is measured, and what keeps its bytes.

use std::error::Error;

use tallyport_documents::{DocumentError, InvoicePaper, Look, render_invoice};
use tallyport_ledger::{
    BillingPeriod, Currency, DraftInvoice, DraftLine, Invoice, InvoiceNumber, Metric, Money, Name,
    Party, TaxRate,
};

const SERVICES: [(&str, &str); 6] = [
    (
        "Amazon Elastic Compute Cloud",
        "arn:aws:ec2:eu-central-1:123456789012:instance/i-0",
    ),
    (
        "Amazon Relational Database Service",
        "arn:aws:rds:eu-central-1:123456789012:db:orders-",
    ),
    ("Amazon Simple Storage Service", "company-backups-"),
    (
        "AWS Lambda",
        "arn:aws:lambda:eu-central-1:123456789012:function:thumbnail-",
    ),
    (
        "Elastic Load Balancing",
        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/",
    ),
    ("AWS Data Transfer", "eu-central-1-out-"),
];

/// Invoice `number` of so many lines.
pub fn invoice(number: u32, lines: u32) -> Result<Invoice, Box<dyn Error>> {
    let lines = (0..lines).map(|line| {
        let (service, resource) = SERVICES[usize::try_from(line * 6 / lines)?];
        let nanos = i128::from(line * 7_919 + number * 104_729) * 13_577_001;
        let resource = format!("{resource}{:08x}", line.wrapping_mul(2_654_435_761));
        Ok::<_, Box<dyn Error>>(DraftLine::of_cost(
            service.to_owned(),
            Some(resource),
            Money::from_nanos(nanos, Currency::USD),
        ))
    });
    let party = |name: String, address: &[&str], tax_id: &str| -> Result<Party, Box<dyn Error>> {
        Ok(Party {
            address: address.iter().map(|&line| line.to_owned()).collect(),
            tax_id: Some(tax_id.to_owned()),
            email: Some("accounts@harbour.example".to_owned()),
            ..Party::new(Name::parse(&name)?)
        })
    };
    let draft = DraftInvoice::new(
        BillingPeriod::new(2026, 10)?,
        Metric::Billed,
        (
            party(
                "Harbour & Sons Ltd".to_owned(),
                &["1 Pier Road", "Bristol BS1 4RB", "United Kingdom"],
                "GB 123 4567 89",
            )?,
            party(
                format!("Customer {number} GmbH"),
                &["Hafenstraße 12", "20457 Hamburg", "Germany"],
                "DE 123 456 789",
            )?,
        ),
        TaxRate::from_parts_per_million(200_000)?,
        Currency::USD,
        lines.collect::<Result<_, _>>()?,
    )?;
    let number = InvoiceNumber::new("INV", number)?;
    Ok(Invoice::issue(
        draft,
        number,
        jiff::civil::date(2026, 11, 3),
        30,
    )?)
}

/// One of the two layouts.
#[derive(Debug, Clone, Copy)]
pub enum Layout {
    First,
    Second,
}

/// The invoice on paper.
pub fn render(invoice: &Invoice, layout: Layout) -> Result<Vec<u8>, DocumentError> {
    let paper = InvoicePaper::issued(invoice).payable(vec![
        "Bank of the Harbour, London".to_owned(),
        "IBAN GB29 NWBK 6016 1331 9268 19".to_owned(),
    ]);
    match layout {
        Layout::First => render_invoice(&paper),
        Layout::Second => render_invoice(&paper.looking(Look::default())),
    }
}
