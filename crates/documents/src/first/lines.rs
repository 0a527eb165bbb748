//! An invoice's lines as a table: a row a service with its sum, its resources below.

use std::collections::HashMap;

use tallyport_ledger::{DraftLine, Money};

use super::page::{Ink, LEFT, RIGHT, figure_width};
use super::table::{Cell, Column, Edge, Row, Table};
use super::text::{Style, printable, width, wrap_within};
use crate::DocumentError;
use crate::face::{Faces, Weight};
use crate::figures::figure;
use crate::paper::InvoicePaper;

const SERVICE: Style = Style::new(Weight::SemiBold, 9.0, Ink::Text);
const COUNT: Style = Style::new(Weight::Regular, 8.0, Ink::Soft);
const RESOURCE: Style = Style::new(Weight::Regular, 8.0, Ink::Soft);
const AMOUNT: Style = Style::new(Weight::Regular, 8.0, Ink::Text);
const INDENT: f32 = 12.0;
const GAP: f32 = 26.0;
/// A resource's name takes at most this many lines.
const NAME_LINES: usize = 2;

/// The lines of one service, in the order of the invoice.
struct Group<'a> {
    service: &'a str,
    lines: Vec<(&'a DraftLine, Money)>,
}

/// The table of the paper's lines.
pub(crate) fn table(
    faces: &'static Faces,
    paper: &InvoicePaper<'_>,
) -> Result<Table, DocumentError> {
    let content = paper.content();
    let amounts = paper.amounts()?;
    let groups = by_service(content.lines().iter().zip(amounts));
    let sums = groups
        .iter()
        .map(|group| {
            Money::sum(
                group.lines.iter().map(|(_, amount)| amount),
                content.currency(),
            )
        })
        .collect::<Result<Vec<_>, _>>()?;

    let code = content.currency();
    let titles = [
        "Service and resource".to_owned(),
        format!("Amount ({code})"),
        format!("Service total ({code})"),
    ];
    let widest = |style: Style, figures: &mut dyn Iterator<Item = String>| {
        figures.fold(0.0_f32, |most, text| {
            most.max(figure_width(faces, &text, style))
        })
    };
    let total = widest(SERVICE, &mut sums.iter().map(|sum| figure(*sum)));
    let head = Style::new(Weight::Medium, 7.75, Ink::Soft);
    let amounts_end = RIGHT - total.max(width(faces, &titles[2], head)) - GAP;
    let all = groups.iter().flat_map(|group| &group.lines);
    let amount = widest(AMOUNT, &mut all.map(|(_, amount)| figure(*amount)));
    let names_end = amounts_end - amount.max(width(faces, &titles[1], head)) - GAP;

    let mut table = Table {
        columns: titles
            .into_iter()
            .zip([
                Edge::StartsAt(LEFT),
                Edge::EndsAt(amounts_end),
                Edge::EndsAt(RIGHT),
            ])
            .map(|(title, edge)| Column { title, edge })
            .collect(),
        rows: Vec::with_capacity(content.lines().len() + groups.len()),
        continued: Vec::with_capacity(groups.len()),
    };
    for (index, (group, sum)) in groups.iter().zip(sums).enumerate() {
        let name = service_name(faces, group.service)?;
        let limit = amounts_end - LEFT;
        let named = wrap_within(faces, &name, SERVICE, limit, NAME_LINES);
        let again = wrap_within(faces, &format!("{name} (continued)"), SERVICE, limit, 1);
        table.continued.push(service_row(again, None, false));
        // One line without a resource is the service itself: its sum says everything.
        let detailed =
            group.lines.len() > 1 || group.lines.iter().any(|(l, _)| l.resource.is_some());
        let mut heading = service_row(named, Some(figure(sum)), detailed);
        heading.ruled = index > 0;
        if group.lines.len() > 1 {
            count_beside(faces, &mut heading, group.lines.len(), limit);
        }
        table.rows.push(heading);
        if detailed {
            for (line, amount) in &group.lines {
                table
                    .rows
                    .push(resource_row(faces, index, line, *amount, names_end)?);
            }
        }
        // Air before the next service.
        if let Some(last) = table.rows.last_mut() {
            last.height += 4.5;
        }
    }
    Ok(table)
}

fn by_service<'a>(lines: impl Iterator<Item = (&'a DraftLine, Money)>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut places = HashMap::new();
    for (line, amount) in lines {
        let service = line.service.as_str();
        let place = *places.entry(service).or_insert(groups.len());
        if place == groups.len() {
            groups.push(Group {
                service,
                lines: Vec::new(),
            });
        }
        groups[place].lines.push((line, amount));
    }
    groups
}

fn service_name(faces: &Faces, service: &str) -> Result<String, DocumentError> {
    let name = printable(faces, service)?;
    Ok(if name.is_empty() {
        "Other charges".to_owned()
    } else {
        name
    })
}

fn service_row(name: Vec<String>, sum: Option<String>, heads_rows: bool) -> Row {
    let pitch = 11.5;
    let mut height = 18.5;
    for _ in name.iter().skip(1) {
        height += pitch;
    }
    let cell = |column, lines| Cell {
        column,
        indent: 0.0,
        lines,
        style: SERVICE,
    };
    let mut cells = vec![cell(0, name)];
    cells.extend(sum.map(|sum| cell(2, vec![sum])));
    Row {
        cells,
        baseline: 13.5,
        pitch,
        height,
        ruled: false,
        stays_with_next: heads_rows,
        continues: None,
    }
}

/// How many lines the service has, beside its name where there is room.
fn count_beside(faces: &Faces, heading: &mut Row, count: usize, limit: f32) {
    let Some([name]) = heading.cells.first().map(|cell| cell.lines.as_slice()) else {
        return;
    };
    let indent = width(faces, name, SERVICE) + 7.0;
    let text = format!("{count} lines");
    if indent + width(faces, &text, COUNT) <= limit {
        heading.cells.push(Cell {
            column: 0,
            indent,
            lines: vec![text],
            style: COUNT,
        });
    }
}

fn resource_row(
    faces: &Faces,
    group: usize,
    line: &DraftLine,
    amount: Money,
    names_end: f32,
) -> Result<Row, DocumentError> {
    let name = match line
        .resource
        .as_deref()
        .map(|name| printable(faces, name))
        .transpose()?
    {
        Some(name) if !name.is_empty() => name,
        _ => "Not tied to a resource".to_owned(),
    };
    let limit = names_end - LEFT - INDENT;
    let names = wrap_within(faces, &name, RESOURCE, limit, NAME_LINES);
    let pitch = 10.0;
    let mut height = 12.4;
    for _ in names.iter().skip(1) {
        height += pitch;
    }
    let cells = vec![
        Cell {
            column: 0,
            indent: INDENT,
            lines: names,
            style: RESOURCE,
        },
        Cell {
            column: 1,
            indent: 0.0,
            lines: vec![figure(amount)],
            style: AMOUNT,
        },
    ];
    Ok(Row {
        cells,
        baseline: 9.0,
        pitch,
        height,
        ruled: false,
        stays_with_next: false,
        continues: Some(group),
    })
}
