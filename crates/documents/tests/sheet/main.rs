//! Tables as CSV, as workbooks and on paper, read by readers that are not ours.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod csv_files;
mod papers;
mod payloads;
mod workbooks;

use tallyport_documents::sheet::{Cell, Column, Head, Kind, Layout, SheetWriter};
use tallyport_ledger::{Currency, Money};

fn column(title: &'static str, kind: Kind) -> Column {
    Column {
        title: title.into(),
        kind,
        adds_up: kind == Kind::Money,
        repeats_exact: matches!(kind, Kind::Money | Kind::Quantity),
        on_paper: true,
    }
}

fn head(columns: Vec<Column>) -> Head {
    Head {
        title: "Costs by person".to_owned(),
        workspace: "Northwind".to_owned(),
        mark: None,
        facts: vec![("Filters".to_owned(), "=none".to_owned())],
        columns,
        made_at: "2026-11-22T09:30:00Z".parse().unwrap(),
    }
}

fn written(columns: Vec<Column>, rows: &[Vec<Cell<'_>>], layout: Layout) -> Vec<u8> {
    written_with(head(columns), rows, layout)
}

fn written_with(head: Head, rows: &[Vec<Cell<'_>>], layout: Layout) -> Vec<u8> {
    let mut writer = SheetWriter::new(Vec::new(), head, layout).unwrap();
    for row in rows {
        writer.add(row).unwrap();
    }
    writer.finish().unwrap()
}

fn usd(text: &str) -> Money {
    Money::parse(text, Currency::USD).unwrap()
}
