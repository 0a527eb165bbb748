use std::process::Command;

use tallyport_documents::sheet::{Cell, Column, Head, Kind, Layout, SheetError, SheetWriter};

use crate::{column, head, usd, written_with};

/// What a reader of PDF finds in it, line by line.
fn read(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("table.pdf");
    std::fs::write(&file, pdf).unwrap();
    let read = Command::new("pdftotext")
        .arg("-layout")
        .arg(&file)
        .arg("-")
        .output()
        .unwrap();
    String::from_utf8(read.stdout).unwrap()
}

fn columns() -> Vec<Column> {
    vec![
        column("Name", Kind::Text),
        column("Currency", Kind::Currency),
        column("Amount", Kind::Money),
        Column {
            on_paper: false,
            ..column("Key", Kind::Text)
        },
    ]
}

fn row(name: &str, amount: &str) -> Vec<Cell<'static>> {
    let amount = usd(amount);
    vec![
        Cell::owned(name.to_owned()),
        Cell::Currency(amount.currency()),
        Cell::Money(amount),
        Cell::text("hidden"),
    ]
}

#[test]
fn paper_has_the_columns_that_fit_the_sums_of_exact_amounts_and_where_it_is_from() {
    let rows = [
        row("=Ada", "0.004"),
        row("Bea", "-1234.004"),
        row("Cy", "0.004"),
    ];
    let head = Head {
        mark: Some("demo data".to_owned()),
        ..head(columns())
    };
    let text = read(&written_with(head, &rows, Layout::Pdf));
    let has = |line: &str| {
        let found = text
            .lines()
            .any(|found| found.split_whitespace().eq(line.split_whitespace()));
        assert!(found, "{line:?} in {text}");
    };
    has("Name Currency Amount");
    has("=Ada USD 0.00");
    has("Bea USD -1,234.00");
    has("Total USD -1,234.00");
    has("22 November 2026, 09:30 UTC");
    has("Filters: =none");
    assert!(
        text.contains("1 more columns are in the table as csv or xlsx"),
        "{text}"
    );
    assert!(
        text.contains("demo data") && !text.contains("hidden"),
        "{text}"
    );
}

#[test]
fn more_rows_than_anyone_prints_are_refused() {
    let head = Head {
        facts: Vec::new(),
        ..head(columns())
    };
    let mut writer = SheetWriter::new(Vec::new(), head, Layout::Pdf).unwrap();
    let refused = (0..30_000)
        .map(|_| writer.add(&row("x", "1")))
        .find(Result::is_err);
    let Some(Err(SheetError::Document(error))) = refused else {
        panic!("{refused:?}")
    };
    assert!(error.to_string().contains("19800"), "{error}");
}
