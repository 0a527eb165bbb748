//! A book as CSV (RFC 4180): a head of fields in any order, then one row an entry.

use csv::{ReaderBuilder, StringRecord, Trim, Writer};

use super::{Book, FIELDS, Place, Read, Row, Written, texts};
use crate::WorkspaceError;

pub(super) fn read(text: &str) -> Result<Read, WorkspaceError> {
    let text = text.trim_start_matches('\u{feff}');
    // Spreadsheets of half of Europe write semicolons.
    let head = text.lines().next().unwrap_or_default();
    let separator = if head.contains(';') && !head.contains(',') {
        b';'
    } else {
        b','
    };
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = reader.records();
    let head = match rows.next() {
        None => return Err(Place { line: 1, column: 1 }.wrong("head", "the file is empty")),
        Some(row) => columns(&row.map_err(unreadable)?)?,
    };
    let mut read = Read::default();
    for row in rows {
        let row = row.map_err(unreadable)?;
        if row.iter().all(str::is_empty) {
            continue;
        }
        let line = line_of(text, &row);
        if row.len() > head.len() {
            let place = Place {
                line,
                column: head.len() + 1,
            };
            return Err(place.wrong("row", "there are more cells than columns in the head"));
        }
        let mut fields = Vec::new();
        for (at, (name, text)) in head.iter().zip(&row).enumerate() {
            let written = Written {
                text: bare(text).to_owned(),
                place: Place {
                    line,
                    column: at + 1,
                },
            };
            match *name {
                _ if text.is_empty() => {}
                "currency" => one_currency(&mut read, written)?,
                name => fields.push((name, written)),
            }
        }
        let place = Place { line, column: 1 };
        read.entries.push(Row { place, fields });
    }
    Ok(read)
}

/// The line that a row begins on. The reader says where it began to look: before the empty lines that it skipped.
fn line_of(text: &str, row: &StringRecord) -> usize {
    let Some(began) = row.position() else {
        return 1;
    };
    let number = |number: u64| usize::try_from(number).unwrap_or(1);
    let rest = text.get(number(began.byte())..).unwrap_or_default();
    let skipped = rest.chars().take_while(|c| matches!(c, '\r' | '\n'));
    number(began.line()) + skipped.filter(|c| *c == '\n').count()
}

/// Which field each column is.
fn columns(head: &StringRecord) -> Result<Vec<&'static str>, WorkspaceError> {
    let mut names: Vec<&'static str> = Vec::new();
    for (at, name) in head.iter().enumerate() {
        let place = Place {
            line: 1,
            column: at + 1,
        };
        let known = FIELDS.iter().find(|field| field.eq_ignore_ascii_case(name));
        let Some(known) = known else {
            let reason = format!("\"{name}\" is none of {}", FIELDS.join(", "));
            return Err(place.wrong("head", &reason));
        };
        if names.contains(known) {
            return Err(place.wrong("head", &format!("{known} stands there twice")));
        }
        names.push(known);
    }
    if names.contains(&"kind") {
        Ok(names)
    } else {
        Err(Place { line: 1, column: 1 }.wrong("head", "there is no column kind"))
    }
}

/// A book has one currency, however many rows say so.
fn one_currency(read: &mut Read, written: Written) -> Result<(), WorkspaceError> {
    match &read.currency {
        Some(first) if !first.text.eq_ignore_ascii_case(&written.text) => {
            let reason = format!(
                "line {} says {}: a book has one currency",
                first.place.line, first.text
            );
            Err(written.place.wrong("currency", &reason))
        }
        Some(_) => Ok(()),
        None => {
            read.currency = Some(written);
            Ok(())
        }
    }
}

pub(super) fn write(book: &Book) -> Result<String, WorkspaceError> {
    let fault = |error: csv::Error| WorkspaceError::Fault(error.to_string());
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(FIELDS).map_err(fault)?;
    for (_, entry) in &book.entries {
        let mut fields = texts(entry);
        let counts_money = entry.amount.is_some() || !entry.tiers.is_empty();
        if let Some(currency) = book.currency.filter(|_| counts_money) {
            fields.push(("currency", currency.to_string()));
        }
        let cells = FIELDS.iter().map(|name| {
            let cell = fields.iter().find(|(field, _)| field == name);
            cell.map_or_else(String::new, |(name, text)| guarded(name, text))
        });
        writer.write_record(cells).map_err(fault)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| WorkspaceError::Fault(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| WorkspaceError::Fault(error.to_string()))
}

const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// A label as a spreadsheet shows it: not as a formula.
fn guarded(name: &str, text: &str) -> String {
    if name != "percent" && text.starts_with(FORMULA) {
        ["'", text].concat()
    } else {
        text.to_owned()
    }
}

/// What [`guarded`] was given.
fn bare(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|rest| rest.starts_with(FORMULA))
        .unwrap_or(text)
}

fn unreadable(error: csv::Error) -> WorkspaceError {
    let line = error.position().map_or(1, |at| at.line());
    let line = usize::try_from(line).unwrap_or(1);
    Place { line, column: 1 }.wrong("row", &error.to_string())
}
