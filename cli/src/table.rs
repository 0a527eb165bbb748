//! Tables for people: words on the left, amounts on the right.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use serde_json::Value;
use tallyport_workspace::Money;

/// A table under construction.
pub struct Rows {
    table: Table,
    right: Vec<bool>,
}

impl Rows {
    /// A table with these columns; a name that starts with `>` is of figures.
    pub fn new(columns: &[&str]) -> Self {
        let right: Vec<bool> = columns.iter().map(|name| name.starts_with('>')).collect();
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Disabled);
        let header = columns.iter().map(|name| name.trim_start_matches('>'));
        table.set_header(aligned(header.map(str::to_owned), &right));
        Self { table, right }
    }

    /// One more row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.table.add_row(aligned(cells, &self.right));
    }

    /// Writes it to standard output.
    pub fn say(&self) {
        for line in self.table.lines() {
            crate::say::line(line.trim_end());
        }
    }
}

fn aligned(cells: impl IntoIterator<Item = String>, right: &[bool]) -> Vec<Cell> {
    cells
        .into_iter()
        .zip(right)
        .map(|(text, right)| {
            let alignment = if *right {
                CellAlignment::Right
            } else {
                CellAlignment::Left
            };
            Cell::new(printable(&text)).set_alignment(alignment)
        })
        .collect()
}

/// Tags and names come from outside: a control character must not reach the terminal.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '·' } else { c })
        .collect()
}

/// A value of an answer as people read it.
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// How many bytes, in the largest unit of which there is one at least, with one digit behind the point.
pub fn bytes(value: &Value) -> String {
    let bytes = value.as_u64().unwrap_or(0);
    let units = [
        (1_000_000_000_000, "TB"),
        (1_000_000_000, "GB"),
        (1_000_000, "MB"),
        (1_000, "kB"),
    ];
    match units.into_iter().find(|(unit, _)| bytes >= *unit) {
        None => format!("{bytes} B"),
        Some((unit, name)) => format!("{}.{} {name}", bytes / unit, bytes % unit / (unit / 10)),
    }
}

/// An amount with at least two decimals, padded so that decimal points stand under each other.
pub fn amounts(values: &[&Value]) -> Vec<String> {
    let texts: Vec<String> = values.iter().map(|value| text(value)).collect();
    let decimals = |text: &String| text.split_once('.').map_or(0, |(_, after)| after.len());
    let most = texts.iter().map(decimals).max().unwrap_or(0);
    texts
        .into_iter()
        .map(|text| {
            let missing = most - decimals(&text);
            let point = usize::from(most > 0 && !text.contains('.'));
            text + &" ".repeat(missing + point)
        })
        .collect()
}

/// Amounts rounded to the currency's smallest unit: what is expected is not known to the nano.
pub fn rounded(values: &[&Value], currency: &str) -> Vec<String> {
    let in_smallest_unit = |exact: &str| {
        let currency = currency.parse().ok()?;
        let amount = Money::parse(exact, currency).ok()?.rounded_to_minor();
        Some(amount.to_decimal(usize::try_from(currency.exponent()).ok()?))
    };
    let texts = values.iter().map(|value| text(value));
    texts
        .map(|exact| in_smallest_unit(&exact).unwrap_or(exact))
        .collect()
}
