//! The cells of a row: figures as the decimals they are, text as text.

use std::io::Write;

use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::WorkbookWriter;
use super::style::Style;
use super::xml::put_text;
use crate::sheet::Cell;
use crate::sheet::csv::needs_an_apostrophe;
use crate::sheet::value::{put_count, put_money, put_per_mille};

/// Characters of a cell, in UTF-16.
const CHARACTERS: usize = 32_767;

impl<W: Write> WorkbookWriter<W> {
    pub(super) fn cell(&mut self, at: usize, cell: &Cell<'_>) {
        let style = self
            .head
            .columns
            .get(at)
            .map_or(Style::Plain, |column| Style::of(column.kind));
        match cell {
            Cell::Empty => {}
            Cell::Text(text) if needs_an_apostrophe(text) => self.text(at, text, Style::Quoted),
            Cell::Text(text) => self.text(at, text, Style::Plain),
            Cell::Currency(currency) => self.text(at, currency.code(), style),
            Cell::Day(day) => match serial(*day) {
                Some(serial) => self.number(at, style, |xml| put_count(xml, u128::from(serial))),
                None => self.text(at, &day.to_string(), Style::Plain),
            },
            Cell::Moment(moment) => self.moment(at, *moment, style),
            Cell::Money(money) => self.number(at, style, |xml| put_money(xml, *money, 0)),
            Cell::Quantity(text) => {
                self.number(at, style, |xml| xml.extend_from_slice(text.as_bytes()))
            }
            Cell::PerMille(share) => self.number(at, style, |xml| put_per_mille(xml, *share, 3)),
            Cell::Count(count) => self.number(at, style, |xml| put_count(xml, u128::from(*count))),
        }
    }

    fn moment(&mut self, at: usize, moment: Timestamp, style: Style) {
        let moment = moment.to_zoned(jiff::tz::TimeZone::UTC).datetime();
        let Some(days) = serial(moment.date()) else {
            self.text(at, &moment.to_string(), Style::Plain);
            return;
        };
        let time = moment.time();
        let minutes = i64::from(time.hour()) * 60 + i64::from(time.minute());
        let seconds = minutes * 60 + i64::from(time.second());
        // The part of the day to nine decimals, a ten thousandth of a second.
        let part = seconds * 1_000_000_000 / 86_400;
        self.number(at, style, |xml| {
            put_count(xml, u128::from(days));
            xml.extend_from_slice(format!(".{part:09}").as_bytes());
        });
    }

    fn number(&mut self, at: usize, style: Style, put: impl FnOnce(&mut Vec<u8>)) {
        self.open(at, style);
        self.put("><v>");
        put(&mut self.xml);
        self.put("</v></c>");
    }

    pub(super) fn text(&mut self, at: usize, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        let short;
        let text = if text.len() > CHARACTERS && text.encode_utf16().count() > CHARACTERS {
            self.cut += 1;
            short = shortened(text);
            &short
        } else {
            text
        };
        self.open(at, style);
        let keeps_space = text.starts_with(char::is_whitespace)
            || text.ends_with(char::is_whitespace)
            || text.contains('\n');
        self.put(if keeps_space {
            " t=\"inlineStr\"><is><t xml:space=\"preserve\">"
        } else {
            " t=\"inlineStr\"><is><t>"
        });
        put_text(&mut self.xml, text);
        self.put("</t></is></c>");
    }

    /// Begins a cell of the row.
    pub(super) fn open(&mut self, at: usize, style: Style) {
        self.xml.extend_from_slice(b"<c r=\"");
        self.xml.extend_from_slice(self.letters[at].as_bytes());
        put_count(&mut self.xml, u128::from(self.row));
        self.xml.push(b'"');
        if style != Style::Plain {
            self.xml.extend_from_slice(b" s=\"");
            put_count(&mut self.xml, style as u128);
            self.xml.push(b'"');
        }
    }
}

/// The number of a day; none for those before March 1900, which spreadsheets number differently.
fn serial(day: Date) -> Option<u32> {
    const FIRST: Date = date(1900, 3, 1);
    if day < FIRST {
        return None;
    }
    let days = day.duration_since(FIRST).as_hours() / 24;
    u32::try_from(days).ok().map(|days| days + 61)
}

/// As much of a text as a cell holds.
fn shortened(text: &str) -> String {
    let mut room = CHARACTERS - 1;
    let mut kept: String = text
        .chars()
        .take_while(|character| {
            let fits = character.len_utf16() <= room;
            room = room.saturating_sub(character.len_utf16());
            fits
        })
        .collect();
    kept.push('…');
    kept
}
