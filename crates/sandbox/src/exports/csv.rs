//! Gzip CSV, as AWS writes it: a header, fields quoted where they must be, maps as JSON.

use flate2::{Compression, GzBuilder};

use super::charge::Charge;
use super::table::{Cell, Column};
use crate::company::decimal;

/// Writes charges as a gzip CSV file. The same charges give the same bytes.
pub(crate) fn write(columns: &[Column], charges: &[Charge<'_>]) -> std::io::Result<Vec<u8>> {
    // No name and no time in the header.
    let mut file = GzBuilder::new().write(vec![], Compression::fast());
    let mut line = String::new();
    for column in columns {
        push(&mut line, &column.name);
    }
    finish(&mut line, &mut file)?;
    for charge in charges {
        for column in columns {
            match column.of(charge) {
                Cell::Empty => line.push(','),
                Cell::Text(text) => push(&mut line, &text),
                Cell::Amount(amount) => push(&mut line, &decimal(amount)),
                Cell::Moment(day) => push(&mut line, &format!("{day}T00:00:00Z")),
                Cell::Texts(pairs) => {
                    let pairs = pairs
                        .into_iter()
                        .map(|(key, value)| (key.into_owned(), value.into()))
                        .collect();
                    push(&mut line, &serde_json::Value::Object(pairs).to_string());
                }
                Cell::Amounts(pairs) => {
                    // Numbers are written as they are: a float could change their digits.
                    let pairs: Vec<String> = pairs
                        .iter()
                        .map(|(key, amount)| format!("\"{key}\":{}", decimal(*amount)))
                        .collect();
                    push(&mut line, &format!("{{{}}}", pairs.join(",")));
                }
            }
        }
        finish(&mut line, &mut file)?;
    }
    file.finish()
}

fn push(line: &mut String, text: &str) {
    if text.contains([',', '"', '\n', '\r']) {
        line.push('"');
        line.push_str(&text.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(text);
    }
    line.push(',');
}

/// Ends a line: the comma behind its last field becomes the end.
fn finish(line: &mut String, file: &mut impl std::io::Write) -> std::io::Result<()> {
    line.pop();
    line.push('\n');
    file.write_all(line.as_bytes())?;
    line.clear();
    Ok(())
}
