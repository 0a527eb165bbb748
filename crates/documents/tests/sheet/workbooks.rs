use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use tallyport_documents::sheet::{Cell, Kind, Layout};

use crate::payloads::payloads;
use crate::{column, usd, written};

fn opened(file: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(file)).unwrap()
}

fn text(data: Option<&Data>) -> String {
    data.map(ToString::to_string).unwrap_or_default()
}

#[test]
fn no_text_is_a_formula_and_each_is_read_as_it_was_written() {
    let payloads = payloads();
    let columns = vec![column("Name", Kind::Text), column("Amount", Kind::Money)];
    let rows: Vec<Vec<Cell<'_>>> = payloads
        .iter()
        .map(|text| vec![Cell::text(text), Cell::Money(usd("-1.5"))])
        .collect();
    let mut book = opened(written(columns, &rows, Layout::Xlsx));
    let range = book.worksheet_range("Costs by person").unwrap();
    for (at, payload) in payloads.iter().enumerate() {
        let row = u32::try_from(at).unwrap() + 1;
        let cell = range.get_value((row, 0));
        assert!(
            matches!(cell, Some(Data::String(_))),
            "{payload:?}: {cell:?}"
        );
        assert_eq!(text(cell).as_str(), payload.as_str());
        assert_eq!(range.get_value((row, 1)), Some(&Data::Float(-1.5)));
    }
    // The only formulas are those of the sums.
    let formulas = book.worksheet_formula("Costs by person").unwrap();
    let found: Vec<(usize, usize, &String)> = formulas
        .used_cells()
        .filter(|(_, _, formula)| !formula.is_empty())
        .collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].2, "SUM('Costs by person'!B$2:B$201)");
    assert_eq!(
        book.worksheet_formula("About")
            .unwrap()
            .used_cells()
            .count(),
        0
    );
}

#[test]
fn what_a_spreadsheet_would_round_is_repeated_as_text() {
    let columns = vec![
        column("Name", Kind::Text),
        column("Currency", Kind::Currency),
        column("Amount", Kind::Money),
        column("Quantity", Kind::Quantity),
    ];
    let currency = |money: tallyport_ledger::Money| Cell::Currency(money.currency());
    let eur = |text: &str| tallyport_ledger::Money::parse(text, "EUR".parse().unwrap()).unwrap();
    let (small, large, other) = (usd("0.1"), usd("1234567890.123456789"), eur("-7.25"));
    let rows = [
        vec![
            Cell::text("a"),
            currency(small),
            Cell::Money(small),
            Cell::Quantity("744".into()),
        ],
        vec![
            Cell::text("b"),
            currency(large),
            Cell::Money(large),
            Cell::Quantity("0.333333333333333333333333".into()),
        ],
        vec![
            Cell::text("c"),
            currency(other),
            Cell::Money(other),
            Cell::Empty,
        ],
    ];
    let mut book = opened(written(columns, &rows, Layout::Xlsx));
    assert_eq!(book.sheet_names(), ["Costs by person", "About"]);
    let range = book.worksheet_range("Costs by person").unwrap();
    let row = |row: u32| {
        (0..6)
            .map(|at| text(range.get_value((row, at))))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        row(0),
        [
            "Name",
            "Currency",
            "Amount",
            "Quantity",
            "Amount (exact)",
            "Quantity (exact)"
        ]
    );
    assert_eq!(row(1), ["a", "USD", "0.1", "744", "", ""]);
    assert_eq!(
        row(2)[4..],
        ["1234567890.123456789", "0.333333333333333333333333"]
    );
    assert_eq!(row(3), ["c", "EUR", "-7.25", "", "", ""]);
    // A row is left between the rows and their sums.
    assert_eq!(row(5)[..3], ["Total EUR", "", "-7.25"]);
    assert_eq!(row(6)[0], "Total USD");
    let formulas = book.worksheet_formula("Costs by person").unwrap();
    let formula = formulas.get_value((6, 2)).unwrap();
    assert_eq!(
        formula,
        "SUMIFS('Costs by person'!C$2:C$4,'Costs by person'!B$2:B$4,\"USD\")"
    );
    let about = book.worksheet_range("About").unwrap();
    let facts: Vec<(String, String)> = about
        .rows()
        .map(|row| (text(row.first()), text(row.get(1))))
        .collect();
    let fact = |name: &str| {
        let found = facts.iter().find(|(known, _)| known == name);
        found.map_or_else(|| panic!("no {name}"), |(_, text)| text.clone())
    };
    assert_eq!(fact("Table"), "Costs by person");
    assert_eq!(fact("Workspace"), "Northwind");
    assert_eq!(fact("Filters"), "=none");
    assert_eq!(fact("Exported at"), "2026-11-22T09:30:00Z");
    assert_eq!(fact("Amount, sum in USD"), "1234567890.223456789");
    assert_eq!(fact("Amount, sum in EUR"), "-7.25");
}

#[test]
fn days_and_moments_are_dates_of_a_spreadsheet() {
    let columns = vec![
        column("Day", Kind::Day),
        column("Moment", Kind::Moment),
        column("Share", Kind::Percent),
    ];
    let row = vec![
        Cell::Day("2026-11-22".parse().unwrap()),
        Cell::Moment("2026-11-22T18:00:00Z".parse().unwrap()),
        Cell::PerMille(125),
    ];
    let mut book = opened(written(columns, &[row], Layout::Xlsx));
    let range = book.worksheet_range("Costs by person").unwrap();
    let serial = |at| match range.get_value((1, at)) {
        Some(Data::DateTime(moment)) => moment.as_f64().to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(serial(0), "46348");
    assert_eq!(serial(1), "46348.75");
    assert_eq!(range.get_value((1, 2)), Some(&Data::Float(0.125)));
}

#[test]
fn more_rows_than_a_sheet_holds_go_on_in_the_next_and_are_summed_together() {
    const ROWS: u32 = 1_048_010;
    let columns = vec![column("Amount", Kind::Money)];
    let row = vec![Cell::Money(usd("0.01"))];
    let rows = vec![row; usize::try_from(ROWS).unwrap()];
    let mut book = opened(written(columns, &rows, Layout::Xlsx));
    assert_eq!(
        book.sheet_names(),
        ["Costs by person", "Costs by person 2", "About"]
    );
    let second = book.worksheet_range("Costs by person 2").unwrap();
    // Its head, eleven rows, a row between and the sum.
    assert_eq!(second.get_size().0, 14);
    let about = book.worksheet_range("About").unwrap();
    let sum = about
        .rows()
        .find(|row| text(row.first()) == "Amount, sum in USD");
    assert_eq!(text(sum.unwrap().get(1)), "10480.10");
    let formulas = book.worksheet_formula("Costs by person 2").unwrap();
    let formula = formulas.used_cells().map(|(_, _, formula)| formula).next();
    assert_eq!(
        formula.unwrap(),
        "SUM('Costs by person'!A$2:A$1048000)+SUM('Costs by person 2'!A$2:A$12)"
    );
}

#[test]
fn a_text_longer_than_a_cell_is_cut_and_that_is_said() {
    let long = "ä".repeat(40_000);
    let columns = vec![column("Name", Kind::Text)];
    let mut book = opened(written(columns, &[vec![Cell::text(&long)]], Layout::Xlsx));
    let range = book.worksheet_range("Costs by person").unwrap();
    let cell = text(range.get_value((1, 0)));
    assert_eq!(cell.chars().count(), 32_767);
    assert!(cell.ends_with("ä…"));
    let about = book.worksheet_range("About").unwrap();
    assert!(about.rows().any(|row| text(row.first()) == "Long texts"));
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let file = || {
        let columns = vec![column("Name", Kind::Text)];
        written(columns, &[vec![Cell::text("x")]], Layout::Xlsx)
    };
    assert_eq!(file(), file());
}
