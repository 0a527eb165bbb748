//! Writes a million charges, made up alike each time, as `csv` or `xlsx`, or only makes them (`rows`): what
//! `cargo xtask bench tables` measures.

use std::fs::File;
use std::io::BufWriter;

use jiff::civil::{Date, date};
use tallyport_documents::sheet::{Cell, Column, CsvLook, Head, Kind, Layout, SheetWriter};
use tallyport_ledger::{Currency, Money};

const COLUMNS: [(&str, Kind); 12] = [
    ("Day", Kind::Day),
    ("Owner", Kind::Text),
    ("Account", Kind::Text),
    ("Service", Kind::Text),
    ("Region", Kind::Text),
    ("Resource", Kind::Text),
    ("Tags", Kind::Text),
    ("Quantity", Kind::Quantity),
    ("Currency", Kind::Currency),
    ("Billed", Kind::Money),
    ("Effective", Kind::Money),
    ("Lines", Kind::Count),
];
const FIRST: Date = date(2026, 1, 1);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (kind, rows, to) = match (arguments.next(), arguments.next(), arguments.next()) {
        (Some(kind), Some(rows), Some(to)) => (kind, rows.parse::<u32>()?, to),
        _ => return Err("write_tables csv|xlsx|rows ROWS FILE".into()),
    };
    let layout = if kind == "xlsx" {
        Layout::Xlsx
    } else {
        Layout::Csv(CsvLook::default())
    };
    let head = Head {
        title: "Charges".to_owned(),
        workspace: "Bench".to_owned(),
        mark: None,
        facts: Vec::new(),
        columns: COLUMNS
            .iter()
            .map(|(title, kind)| Column {
                title: (*title).into(),
                kind: *kind,
                adds_up: *kind == Kind::Money,
                repeats_exact: matches!(kind, Kind::Money | Kind::Quantity),
                on_paper: true,
            })
            .collect(),
        made_at: "2026-11-22T00:00:00Z".parse()?,
    };
    let days: Vec<Date> = FIRST.series(jiff::ToSpan::days(1)).take(365).collect();
    let file = BufWriter::with_capacity(256 * 1024, File::create(to)?);
    let mut writer = SheetWriter::new(file, head, layout)?;
    for row in 0..rows {
        let of = |many: u32| row.wrapping_mul(2_654_435_761) % many;
        // Every fortieth name is one that a spreadsheet would run.
        let owner = match of(40) {
            0 => format!("=HYPERLINK({row})"),
            _ => format!("Person {}", of(500)),
        };
        let billed = Money::from_nanos(
            i128::from(of(1_000_000_000)) * 37 - 5_000_000,
            Currency::USD,
        );
        let cells = [
            Cell::Day(days[usize::try_from(of(365))?]),
            Cell::owned(owner),
            Cell::owned(format!("{:012}", of(97) + 111_122_223)),
            Cell::owned(format!("Amazon Service {}", of(60))),
            Cell::owned(format!("eu-central-{}", of(9))),
            Cell::owned(format!(
                "arn:aws:ec2:eu-central-1:{:012}:instance/i-{row:017x}",
                of(97)
            )),
            Cell::owned(format!(
                "team=\"t{}\"; stage=prod, cost-centre={}",
                of(30),
                of(100)
            )),
            Cell::Quantity(format!("{}.{:06}", of(700), of(999_999)).into()),
            Cell::Currency(Currency::USD),
            Cell::Money(billed),
            Cell::Money(billed),
            Cell::Count(u64::from(of(25))),
        ];
        if kind == "rows" {
            std::hint::black_box(&cells);
        } else {
            writer.add(&cells)?;
        }
    }
    writer.finish()?;
    Ok(())
}
