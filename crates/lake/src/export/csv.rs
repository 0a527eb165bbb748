//! RFC 4180: lines end in CR LF, and every text stands in quotes, so that an account number stays a
//! text for whoever guesses types. Numbers, moments and what is null stand bare. Nothing is put in
//! front of a `=`: programs read this, and a changed value would be a wrong one.

use std::io::{self, BufWriter, Write};

use super::columns::{COLUMNS, Cell};
use super::row::FocusRow;

pub(super) struct CsvWriter<W: Write> {
    to: BufWriter<W>,
    line: Vec<u8>,
}

impl<W: Write> CsvWriter<W> {
    pub(super) fn new(to: W) -> io::Result<Self> {
        let mut to = BufWriter::with_capacity(256 * 1024, to);
        for (at, column) in COLUMNS.iter().enumerate() {
            if at > 0 {
                to.write_all(b",")?;
            }
            to.write_all(column.name.as_bytes())?;
        }
        to.write_all(b"\r\n")?;
        Ok(Self {
            to,
            line: Vec::with_capacity(2048),
        })
    }

    pub(super) fn add(&mut self, row: &FocusRow<'_>) -> io::Result<()> {
        self.line.clear();
        for (at, column) in COLUMNS.iter().enumerate() {
            if at > 0 {
                self.line.push(b',');
            }
            match (column.of)(row) {
                Cell::Null => {}
                Cell::Text(text) => self.quoted(&text),
                Cell::Amount(amount) => self.line.extend(amount.to_decimal(2).as_bytes()),
                Cell::Quantity(text) => self.line.extend(text.as_bytes()),
                Cell::Moment(day) => write!(self.line, "{day}T00:00:00Z")?,
                Cell::Json(pairs) => {
                    let json = serde_json::to_string(pairs.as_ref()).map_err(io::Error::other)?;
                    self.quoted(&json);
                }
                Cell::Count(count) => write!(self.line, "{count}")?,
            }
        }
        self.line.extend(b"\r\n");
        self.to.write_all(&self.line)
    }

    pub(super) fn finish(self) -> io::Result<W> {
        self.to.into_inner().map_err(io::IntoInnerError::into_error)
    }

    fn quoted(&mut self, text: &str) {
        self.line.push(b'"');
        for byte in text.bytes() {
            if byte == b'"' {
                self.line.push(b'"');
            }
            self.line.push(byte);
        }
        self.line.push(b'"');
    }
}
