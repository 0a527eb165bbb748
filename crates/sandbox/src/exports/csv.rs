//! Gzip CSV, as AWS writes it: a header, fields quoted where they must be, maps as JSON.

use std::borrow::Cow;

use csv::ByteRecord;
use flate2::{Compression, GzBuilder};

use super::charge::Charge;
use super::table::{Cell, Column};
use crate::company::decimal;

/// Writes charges as a gzip CSV file. The same charges give the same bytes.
pub(crate) fn write(columns: &[Column], charges: &[Charge<'_>]) -> std::io::Result<Vec<u8>> {
    // No name and no time in the header.
    let mut zipped = GzBuilder::new().write(vec![], Compression::fast());
    let mut file = csv::Writer::from_writer(&mut zipped);
    file.write_record(columns.iter().map(|column| column.name.as_bytes()))?;
    let mut record = ByteRecord::new();
    for charge in charges {
        record.clear();
        for column in columns {
            record.push_field(text(column.of(charge)).as_bytes());
        }
        file.write_byte_record(&record)?;
    }
    file.flush()?;
    drop(file);
    zipped.finish()
}

fn text(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Text(text) => text,
        Cell::Amount(amount) => decimal(amount).into(),
        Cell::Moment(day) => format!("{day}T00:00:00Z").into(),
        Cell::Texts(pairs) => {
            let pairs = pairs
                .into_iter()
                .map(|(key, value)| (key.into_owned(), value.into()))
                .collect();
            serde_json::Value::Object(pairs).to_string().into()
        }
        Cell::Amounts(pairs) => {
            // Numbers are written as they are: a float could change their digits.
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(key, amount)| format!("\"{key}\":{}", decimal(*amount)))
                .collect();
            format!("{{{}}}", pairs.join(",")).into()
        }
    }
}
