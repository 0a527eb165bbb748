//! Renders invoices of sixty lines over two pages and says how fast.
//!
//! `cargo run --release -p tallyport-documents --example render_invoices -- [COUNT] [DIRECTORY]`
#![expect(clippy::print_stdout, reason = "an example that reports")]
#![expect(
    clippy::disallowed_methods,
    reason = "it measures: the clock is its own"
)]

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

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

fn invoice(number: u32, lines: u32) -> Result<Invoice, Box<dyn Error>> {
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

fn render(invoice: &Invoice, layout: Layout) -> Result<Vec<u8>, DocumentError> {
    let paper = InvoicePaper::issued(invoice).payable(vec![
        "Bank of the Harbour, London".to_owned(),
        "IBAN GB29 NWBK 6016 1331 9268 19".to_owned(),
    ]);
    match layout {
        Layout::First => render_invoice(&paper),
        Layout::Second => render_invoice(&paper.looking(Look::default())),
    }
}

#[derive(Debug, Clone, Copy)]
enum Layout {
    First,
    Second,
}

/// Draws the invoices `from..to` one after another; says how many bytes they have.
fn draw(from: u32, to: u32, layout: Layout) -> Result<usize, Box<dyn Error>> {
    let mut bytes = 0;
    for number in from..to {
        bytes += render(&invoice(number, 60)?, layout)?.len();
    }
    Ok(bytes)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: u32 = arguments.next().map_or(Ok(1_000), |text| text.parse())?;
    if let Some(directory) = arguments.next().map(PathBuf::from) {
        std::fs::create_dir_all(&directory)?;
        for number in 1..=count {
            let one = invoice(number, 60)?;
            let name = format!("{}.pdf", one.number());
            std::fs::write(directory.join(name), render(&one, Layout::Second)?)?;
        }
    }
    let cores = u32::try_from(std::thread::available_parallelism()?.get())?;
    for (layout, threads) in [(Layout::First, 1), (Layout::Second, 1), (Layout::Second, cores)] {
        let start = Instant::now();
        let share = count.div_ceil(threads).max(1);
        let bytes: usize = std::thread::scope(|scope| {
            let work = (0..threads).map(|thread| {
                let from = 1 + thread * share;
                let to = (from + share).min(count + 1);
                scope.spawn(move || draw(from, to, layout).unwrap_or(0))
            });
            let work: Vec<_> = work.collect();
            work.into_iter()
                .map(|thread| thread.join().unwrap_or(0))
                .sum()
        });
        let milliseconds = start.elapsed().as_millis().max(1);
        println!(
            "{layout:?} layout, {threads} threads: {count} invoices in {milliseconds} ms, {} a second, {} bytes each",
            u128::from(count) * 1_000 / milliseconds,
            bytes / usize::try_from(count)?.max(1),
        );
    }
    Ok(())
}
