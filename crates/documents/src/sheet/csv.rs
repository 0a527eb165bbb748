//! RFC 4180: lines end in CR LF; what holds a separator, a quotation mark or a line's end stands in
//! quotation marks.
//!
//! A spreadsheet runs what begins with `=`, `+`, `-` or `@` as a formula, whoever wrote it. Such a text
//! gets an apostrophe in front, and so does one that begins with an apostrophe, so that taking one away
//! always gives the text back. Figures are written bare: a negative one stays a number.

use std::io::{self, BufWriter, Write};

use super::value::{put_count, put_day, put_money, put_per_mille};
use super::{Cell, Head};

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Separator {
    /// As the name says.
    #[default]
    Comma,
    /// Where a comma is the decimal point.
    Semicolon,
    /// A tab.
    Tab,
}

/// How a file is written, which depends on who opens it where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CsvLook {
    /// Between cells.
    pub separator: Separator,
    /// Whether a comma stands before the decimals, as spreadsheets expect in much of the world.
    pub decimal_comma: bool,
    /// Whether it begins with a byte-order mark, by which spreadsheets know that it is UTF-8.
    pub byte_order_mark: bool,
}

impl Separator {
    const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

#[derive(Debug)]
pub(super) struct CsvWriter<W: Write> {
    to: BufWriter<W>,
    line: Vec<u8>,
    look: CsvLook,
}

impl<W: Write> CsvWriter<W> {
    pub(super) fn new(to: W, head: &Head, look: CsvLook) -> io::Result<Self> {
        let mut writer = Self {
            to: BufWriter::with_capacity(256 * 1024, to),
            line: Vec::with_capacity(1024),
            look,
        };
        if look.byte_order_mark {
            writer.to.write_all("\u{feff}".as_bytes())?;
        }
        let titles: Vec<Cell<'_>> = head.columns.iter().map(|c| Cell::text(&c.title)).collect();
        writer.add(&titles)?;
        Ok(writer)
    }

    pub(super) fn add(&mut self, row: &[Cell<'_>]) -> io::Result<()> {
        self.line.clear();
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                self.line.push(self.look.separator.byte());
            }
            self.put(cell)?;
        }
        self.line.extend_from_slice(b"\r\n");
        self.to.write_all(&self.line)
    }

    pub(super) fn finish(self) -> io::Result<W> {
        self.to.into_inner().map_err(io::IntoInnerError::into_error)
    }

    fn put(&mut self, cell: &Cell<'_>) -> io::Result<()> {
        match cell {
            Cell::Empty => Ok(()),
            Cell::Text(text) => {
                self.text(text);
                Ok(())
            }
            Cell::Currency(currency) => {
                self.line.extend_from_slice(currency.code().as_bytes());
                Ok(())
            }
            Cell::Day(day) => {
                put_day(&mut self.line, *day);
                Ok(())
            }
            Cell::Moment(moment) => write!(self.line, "{moment:.0}"),
            Cell::Count(count) => {
                put_count(&mut self.line, u128::from(*count));
                Ok(())
            }
            Cell::Money(money) => {
                self.decimal(|line| put_money(line, *money, 2));
                Ok(())
            }
            Cell::Quantity(text) => {
                self.decimal(|line| line.extend_from_slice(text.as_bytes()));
                Ok(())
            }
            Cell::PerMille(share) => {
                self.decimal(|line| put_per_mille(line, *share, 1));
                Ok(())
            }
        }
    }

    fn decimal(&mut self, put: impl FnOnce(&mut Vec<u8>)) {
        let from = self.line.len();
        put(&mut self.line);
        if !self.look.decimal_comma {
            return;
        }
        let Some(point) = self.line[from..].iter().position(|byte| *byte == b'.') else {
            return;
        };
        self.line[from + point] = b',';
        if self.look.separator == Separator::Comma {
            self.line.insert(from, b'"');
            self.line.push(b'"');
        }
    }

    fn text(&mut self, text: &str) {
        let quoted = needs_quotes(text);
        if quoted {
            self.line.push(b'"');
        }
        if needs_an_apostrophe(text) {
            self.line.push(b'\'');
        }
        if !quoted {
            self.line.extend_from_slice(text.as_bytes());
            return;
        }
        for piece in text.split_inclusive('"') {
            self.line.extend_from_slice(piece.as_bytes());
            if piece.ends_with('"') {
                self.line.push(b'"');
            }
        }
        self.line.push(b'"');
    }
}

/// Whether a text has something that ends a cell somewhere: every separator there is, since whoever opens it
/// may expect another than the one it has. All of it is looked at, sixteen bytes at a time, which is quicker
/// than stopping at the first.
fn needs_quotes(text: &str) -> bool {
    const ENDS: [u8; 6] = [b',', b';', b'\t', b'"', b'\r', b'\n'];
    text.bytes().fold(false, |found, byte| {
        ENDS.iter().fold(found, |found, end| found | (byte == *end))
    })
}

/// Whether a spreadsheet would take the text for a formula, or for one that was kept from it. Spaces and
/// what shows nothing are passed over, as some do before they look.
pub(super) fn needs_an_apostrophe(text: &str) -> bool {
    match text.as_bytes().first() {
        None => return false,
        Some(byte) if byte.is_ascii_alphanumeric() => return false,
        Some(byte) if byte.is_ascii_control() => return true,
        Some(_) => {}
    }
    let shown = text.trim_start_matches(|character: char| {
        character.is_whitespace() || character.is_control() || is_invisible(character)
    });
    shown.starts_with(['\'', '=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// What shows nothing: marks of order, direction and width.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}
