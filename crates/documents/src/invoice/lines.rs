//! An invoice's lines as a table: a row a service with its sum, its resources below; fees and other
//! lines that are of no service are rows of their own.

use std::collections::HashMap;

use tallyport_ledger::{DraftLine, LineKind, Money};

use super::bill::Bill;
use crate::page::{Align, Cell, Column, Frame, HEAD, Ink, Row, Style, Table};
use crate::typeset::{Weight, printable, wrap_within};
use crate::words::filled;
use crate::{DocumentError, figures};

const SERVICE: Style = Style::new(Weight::SemiBold, 9.0, Ink::Text);
const COUNT: Style = Style::new(Weight::Regular, 8.0, Ink::Soft);
const RESOURCE: Style = Style::new(Weight::Regular, 8.0, Ink::Soft);
const AMOUNT: Style = Style::new(Weight::Regular, 8.0, Ink::Text);
const INDENT: f32 = 12.0;
const GAP: f32 = 20.0;
/// A name takes at most this many lines.
const NAME_LINES: usize = 2;
const NAME: usize = 0;

/// The lines of one service, in the order of the invoice.
struct Group<'a> {
    name: String,
    lines: Vec<(&'a DraftLine, Money)>,
}

/// The table of the paper's lines.
pub(super) fn table(bill: &Bill<'_>, frame: Frame) -> Result<Table, DocumentError> {
    let groups = groups(bill)?;
    let sums = groups
        .iter()
        .map(|group| {
            Money::sum(
                group.lines.iter().map(|(_, amount)| amount),
                bill.content.currency,
            )
        })
        .collect::<Result<Vec<_>, _>>()?;
    let columns = Columns::of(bill, frame, &groups, &sums);
    let mut table = Table {
        columns: columns.columns.clone(),
        notes: bill.notes.clone(),
        ..Table::default()
    };
    for (index, (group, sum)) in groups.iter().zip(sums).enumerate() {
        let limit = columns.names_end - frame.left;
        let again = filled(bill.words.continued, &[&group.name]);
        let again = wrap_within(&again, SERVICE.font(), limit, 1);
        table.continued.push(heading(again));
        // One line without a resource is the service itself: its sum says everything.
        let detailed =
            group.lines.len() > 1 || group.lines.iter().any(|(line, _)| line.resource.is_some());
        let mut row = heading(wrap_within(&group.name, SERVICE.font(), limit, NAME_LINES));
        row.cells
            .push(figure(columns.sums, bill.language.figure(sum), SERVICE));
        row.ruled = index > 0;
        row.stays_with_next = detailed;
        row.bookmark = Some(group.name.clone());
        match group.lines.as_slice() {
            [(line, _)] if !detailed => {
                columns.tax(bill, line, &mut row);
                beside(&mut row, quantity(bill, line)?, limit);
            }
            lines => {
                let count = filled(bill.words.lines, &[&lines.len().to_string()]);
                beside(&mut row, (lines.len() > 1).then_some(count), limit);
            }
        }
        table.rows.push(row);
        if detailed {
            for (line, amount) in &group.lines {
                table.rows.push(columns.line(bill, index, line, *amount)?);
            }
        }
        // Air before the next service.
        if let Some(last) = table.rows.last_mut() {
            last.height += 4.5;
        }
    }
    // The totals stand below the last row and refer to all notes.
    if let Some(last) = table.rows.last_mut() {
        last.notes = (0..bill.notes.len()).collect();
    }
    Ok(table)
}

fn groups<'a>(bill: &Bill<'a>) -> Result<Vec<Group<'a>>, DocumentError> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut places = HashMap::new();
    for (line, &amount) in bill.content.lines.iter().zip(&bill.amounts) {
        let own = line.service.is_empty() && line.kind != LineKind::Cost;
        let place = if own {
            groups.len()
        } else {
            *places.entry(line.service.as_str()).or_insert(groups.len())
        };
        if place == groups.len() {
            let name = if own {
                label(bill, line)?
            } else {
                printable(&line.service)?
            };
            groups.push(Group {
                name: if name.is_empty() {
                    bill.words.other_charges.to_owned()
                } else {
                    name
                },
                lines: Vec::new(),
            });
        }
        groups[place].lines.push((line, amount));
    }
    Ok(groups)
}

/// What a line is: its text, its resource, or its kind.
fn label(bill: &Bill<'_>, line: &DraftLine) -> Result<String, DocumentError> {
    let said = line.text.as_deref().or(line.resource.as_deref());
    let said = said
        .map(printable)
        .transpose()?
        .filter(|text| !text.is_empty());
    let kinds = &bill.words.kinds;
    Ok(said.unwrap_or_else(|| {
        let word = match line.kind {
            LineKind::Cost => bill.words.no_resource,
            LineKind::Fee => kinds.fee,
            LineKind::OneOff => kinds.one_off,
            LineKind::Minimum => kinds.minimum,
            LineKind::Discount => kinds.discount,
            LineKind::Credit => kinds.credit,
            LineKind::Usage => kinds.usage,
        };
        word.to_owned()
    }))
}

fn heading(name: Vec<String>) -> Row {
    let cell = Cell {
        column: NAME,
        indent: 0.0,
        lines: name,
        style: SERVICE,
    };
    Row::of(vec![cell], 11.5, 3.5)
}

/// What is said of a group, beside its name where there is room, else below.
fn beside(row: &mut Row, said: Option<String>, limit: f32) {
    let (Some(said), Some(name)) = (said, row.cells.first()) else {
        return;
    };
    let indent = match name.lines.as_slice() {
        [name] => SERVICE.width(name) + 7.0,
        _ => limit,
    };
    if indent + COUNT.width(&said) <= limit {
        row.cells.push(Cell {
            column: NAME,
            indent,
            lines: vec![said],
            style: COUNT,
        });
    } else if let Some(name) = row.cells.first_mut() {
        name.lines.push(said);
        row.height += row.pitch;
    }
}

/// The columns that this invoice needs, and where the first one ends.
struct Columns {
    columns: Vec<Column>,
    names_end: f32,
    taxes: Option<usize>,
    amounts: usize,
    sums: usize,
}

impl Columns {
    fn of(bill: &Bill<'_>, frame: Frame, groups: &[Group<'_>], sums: &[Money]) -> Self {
        let (words, language) = (bill.words, bill.language);
        let code = bill.content.currency.code();
        let mut wanted: Vec<(String, f32)> = Vec::new();
        let mut add = |title: String, style: Style, texts: Vec<String>| {
            let widths = texts.iter().map(|text| style.figure_width(text));
            let width = widths.fold(HEAD.width(&title), f32::max);
            wanted.push((title, width));
            wanted.len()
        };
        let taxes = (bill.taxes.len() > 1).then(|| {
            let texts = bill.content.lines.iter().map(|line| tax(bill, line).0);
            add(words.tax.to_owned(), AMOUNT, texts.collect())
        });
        let each = groups.iter().flat_map(|group| &group.lines);
        let texts = each.map(|(_, amount)| language.figure(*amount)).collect();
        let amounts = add(filled(words.amount, &[code]), AMOUNT, texts);
        let texts = sums.iter().map(|sum| language.figure(*sum)).collect();
        let sums = add(filled(words.service_total, &[code]), SERVICE, texts);

        let mut end = frame.right;
        let mut columns = Vec::new();
        for (title, width) in wanted.into_iter().rev() {
            columns.push(Column {
                title,
                align: Align::EndsAt(end),
            });
            end -= width + GAP;
        }
        columns.push(Column {
            title: words.service_and_resource.to_owned(),
            align: Align::StartsAt(frame.left),
        });
        columns.reverse();
        Self {
            columns,
            names_end: end,
            taxes,
            amounts,
            sums,
        }
    }

    /// The tax of a line, where there are several.
    fn tax(&self, bill: &Bill<'_>, line: &DraftLine, row: &mut Row) {
        if let Some(at) = self.taxes {
            let (text, note) = tax(bill, line);
            row.cells.push(figure(at, text, AMOUNT));
            row.notes.extend(note);
        }
    }

    fn line(
        &self,
        bill: &Bill<'_>,
        group: usize,
        line: &DraftLine,
        amount: Money,
    ) -> Result<Row, DocumentError> {
        let limit = self.names_end - self.start() - INDENT;
        let mut lines = wrap_within(&label(bill, line)?, RESOURCE.font(), limit, NAME_LINES);
        lines.extend(quantity(bill, line)?);
        let name = Cell {
            column: NAME,
            indent: INDENT,
            lines,
            style: RESOURCE,
        };
        let amount = figure(self.amounts, bill.language.figure(amount), AMOUNT);
        let mut row = Row::of(vec![name, amount], 10.0, 1.2);
        row.continues = Some(group);
        self.tax(bill, line, &mut row);
        Ok(row)
    }

    fn start(&self) -> f32 {
        match self.columns.first().map(|column| column.align) {
            Some(Align::StartsAt(x)) => x,
            _ => 0.0,
        }
    }
}

fn figure(column: usize, text: String, style: Style) -> Cell {
    Cell {
        column,
        indent: 0.0,
        lines: vec![text],
        style,
    }
}

/// How much of what at which price: `1,250.5 GB × 0.0245`.
fn quantity(bill: &Bill<'_>, line: &DraftLine) -> Result<Option<String>, DocumentError> {
    let Some(quantity) = &line.quantity else {
        return Ok(None);
    };
    let amount = figures::separated(&quantity.amount.to_string());
    let mut text = format!(
        "{} {}",
        bill.language.number(&amount),
        printable(&quantity.unit)?
    );
    if let Some(price) = line.unit_price {
        text.push_str(" × ");
        text.push_str(&bill.language.exact_figure(price));
    }
    Ok(Some(text))
}

/// The rate of a line with the sign of the note that explains it, and that note.
fn tax(bill: &Bill<'_>, line: &DraftLine) -> (String, Option<usize>) {
    let Some(treatment) = bill.content.treatments.get(usize::from(line.tax)) else {
        return (String::new(), None);
    };
    let rate = bill.language.rate(treatment.rate());
    match bill.reason_of(treatment) {
        Some((at, sign)) => (format!("{rate} {sign}"), Some(at)),
        None => (rate, None),
    }
}
