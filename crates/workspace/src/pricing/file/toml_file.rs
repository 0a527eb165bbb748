//! A book as TOML.

use std::fmt::Write as _;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Book, FIELDS, Place, Read, Row, Written, texts};
use crate::WorkspaceError;

pub(super) fn read(text: &str) -> Result<Read, WorkspaceError> {
    let lines = Lines(text);
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        lines.place(at).wrong("file", error.message())
    })?;
    let mut read = Read::default();
    for (key, value) in table.get_ref() {
        match key.get_ref().as_ref() {
            // The name is said where the file is given.
            "name" => {}
            "note" => read.note = Some(lines.written("note", value)?),
            "currency" => read.currency = Some(lines.written("currency", value)?),
            "used_for" => {
                let values = lines.array("used_for", value)?;
                let texts = values.iter().map(|value| lines.written("used_for", value));
                read.used_for = Some(texts.collect::<Result<_, _>>()?);
            }
            "entry" => {
                for entry in lines.array("entry", value)? {
                    read.entries.push(lines.row(entry)?);
                }
            }
            other => {
                let reason = "a book has note, currency, used_for and entries ([[entry]])";
                return Err(lines.place(key.span().start).wrong(other, reason));
            }
        }
    }
    Ok(read)
}

/// The text of the file, to say where something stands.
struct Lines<'a>(&'a str);

impl<'a> Lines<'a> {
    fn place(&self, at: usize) -> Place {
        let before = self.0.get(..at).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Place {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    fn array<'t>(
        &self,
        name: &str,
        value: &'t Spanned<DeValue<'a>>,
    ) -> Result<&'t [Spanned<DeValue<'a>>], WorkspaceError> {
        let array = value.get_ref().as_array();
        array.map(|array| &**array).ok_or_else(|| {
            let place = self.place(value.span().start);
            place.wrong(name, "a list is expected")
        })
    }

    /// A value as it is written: a percentage may stand as 15 or as "15".
    fn written(&self, name: &str, value: &Spanned<DeValue<'a>>) -> Result<Written, WorkspaceError> {
        let place = self.place(value.span().start);
        let text = match value.get_ref() {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().replace('_', ""),
            DeValue::Float(number) => number.as_str().replace('_', ""),
            DeValue::Boolean(yes) => yes.to_string(),
            DeValue::Datetime(day) => day.to_string(),
            _ => return Err(place.wrong(name, "a text or a number is expected")),
        };
        Ok(Written { text, place })
    }

    fn row(&self, value: &Spanned<DeValue<'a>>) -> Result<Row, WorkspaceError> {
        let place = self.place(value.span().start);
        let Some(table) = value.get_ref().as_table() else {
            return Err(place.wrong("entry", "an entry begins with [[entry]]"));
        };
        let mut fields = Vec::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let known = FIELDS
                .iter()
                .find(|field| **field == name && name != "currency");
            let Some(known) = known else {
                let fields = FIELDS.iter().filter(|field| **field != "currency");
                let fields = fields.copied().collect::<Vec<_>>().join(", ");
                let place = self.place(key.span().start);
                return Err(place.wrong(name, &format!("an entry has {fields}")));
            };
            fields.push((*known, self.written(name, value)?));
        }
        Ok(Row { place, fields })
    }
}

pub(super) fn write(book: &Book, used_for: &[String]) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut text = String::new();
    let mut line = |name: &str, value: String| {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{name} = {value}");
    };
    line("name", quoted(&book.name));
    if let Some(note) = &book.note {
        line("note", quoted(note));
    }
    if let Some(currency) = book.currency {
        line("currency", quoted(currency.code()));
    }
    let used_for: Vec<String> = used_for.iter().map(|text| quoted(text)).collect();
    line("used_for", format!("[{}]", used_for.join(", ")));
    for (_, entry) in &book.entries {
        text.push_str("\n[[entry]]\n");
        for (name, value) in texts(entry) {
            let _ = writeln!(text, "{name} = {}", quoted(&value));
        }
    }
    text
}
