use tallyport_documents::sheet::{Cell, CsvLook, Head, Kind, Layout, Separator};

use crate::payloads::payloads;
use crate::{column, head, usd, written, written_with};

fn csv(look: CsvLook, rows: &[Vec<Cell<'_>>]) -> String {
    let columns = vec![column("Name", Kind::Text), column("Amount", Kind::Money)];
    String::from_utf8(written(columns, rows, Layout::Csv(look))).unwrap()
}

#[test]
fn no_cell_of_text_is_a_formula_and_taking_one_apostrophe_away_gives_the_text_back() {
    let payloads = payloads();
    assert_eq!(payloads.len(), 200);
    for separator in [Separator::Comma, Separator::Semicolon, Separator::Tab] {
        let look = CsvLook {
            separator,
            ..CsvLook::default()
        };
        let rows: Vec<Vec<Cell<'_>>> = payloads
            .iter()
            .map(|text| vec![Cell::text(text), Cell::Money(usd("-1.5"))])
            .collect();
        let file = csv(look, &rows);
        let mut reader = csv_reader(&file, separator);
        let mut read = 0;
        for (record, payload) in reader.records().zip(&payloads) {
            let record = record.unwrap();
            let cell = &record[0];
            let seen = cell.trim_start_matches(|c: char| !c.is_ascii_graphic() && !is_letter(c));
            assert!(
                !seen.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']),
                "{cell:?}"
            );
            assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), payload);
            assert_eq!(&record[1], "-1.50", "a negative number stays a number");
            read += 1;
        }
        assert_eq!(read, payloads.len());
    }
}

fn is_letter(character: char) -> bool {
    character.is_alphanumeric() || ('！'..='～').contains(&character)
}

fn csv_reader(file: &str, separator: Separator) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(match separator {
            Separator::Comma => b',',
            Separator::Semicolon => b';',
            Separator::Tab => b'\t',
        })
        .from_reader(file.as_bytes())
}

#[test]
fn names_that_are_no_formula_are_left_alone() {
    let rows = ["Ärger", "a=b", "1-2", "x'y", "", "(none)", "São Paulo"]
        .map(|name| vec![Cell::text(name), Cell::Empty]);
    assert_eq!(
        csv(CsvLook::default(), &rows),
        "Name,Amount\r\nÄrger,\r\na=b,\r\n1-2,\r\nx'y,\r\n,\r\n(none),\r\nSão Paulo,\r\n"
    );
}

#[test]
fn what_holds_a_separator_a_quotation_mark_or_a_line_stands_in_quotation_marks() {
    let rows = ["a,b", "a;b", "say \"x\"", "two\r\nlines"]
        .map(|name| vec![Cell::text(name), Cell::Money(usd("1234.5"))]);
    assert_eq!(
        csv(CsvLook::default(), &rows),
        "Name,Amount\r\n\"a,b\",1234.50\r\n\"a;b\",1234.50\r\n\"say \"\"x\"\"\",1234.50\r\n\
         \"two\r\nlines\",1234.50\r\n"
    );
}

#[test]
fn a_file_is_written_as_the_reader_s_part_of_the_world_writes() {
    let look = CsvLook {
        separator: Separator::Semicolon,
        decimal_comma: true,
        byte_order_mark: true,
    };
    let rows = [vec![
        Cell::text("x"),
        Cell::Money(usd("-1234567.123456789")),
    ]];
    assert_eq!(
        csv(look, &rows),
        "\u{feff}Name;Amount\r\nx;-1234567,123456789\r\n"
    );
    let with_commas = CsvLook {
        decimal_comma: true,
        ..CsvLook::default()
    };
    assert_eq!(
        csv(with_commas, &rows),
        "Name,Amount\r\nx,\"-1234567,123456789\"\r\n"
    );
}

#[test]
fn every_kind_of_cell_is_written_exactly() {
    let columns = vec![
        column("Day", Kind::Day),
        column("Moment", Kind::Moment),
        column("Currency", Kind::Currency),
        column("Quantity", Kind::Quantity),
        column("Percent", Kind::Percent),
        column("Count", Kind::Count),
    ];
    let row = vec![
        Cell::Day("2026-11-22".parse().unwrap()),
        Cell::Moment("2026-11-22T09:30:00.75Z".parse().unwrap()),
        Cell::Currency("EUR".parse().unwrap()),
        Cell::Quantity("0.333333333333333333333333".into()),
        Cell::PerMille(-125),
        Cell::Count(u64::MAX),
    ];
    let file = written(columns, &[row], Layout::Csv(CsvLook::default()));
    assert_eq!(
        String::from_utf8(file).unwrap(),
        "Day,Moment,Currency,Quantity,Percent,Count\r\n\
         2026-11-22,2026-11-22T09:30:00Z,EUR,0.333333333333333333333333,-12.5,18446744073709551615\r\n"
    );
}

#[test]
fn what_is_demo_data_says_so_in_every_row_since_rows_are_copied_on() {
    let head = Head {
        mark: Some("demo data".to_owned()),
        ..head(vec![column("Name", Kind::Text)])
    };
    let rows = [vec![Cell::text("Ada")], vec![Cell::text("Bea")]];
    let file = written_with(head, &rows, Layout::Csv(CsvLook::default()));
    assert_eq!(
        String::from_utf8(file).unwrap(),
        "Name,Mark\r\nAda,demo data\r\nBea,demo data\r\n"
    );
}
