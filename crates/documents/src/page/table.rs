//! Tables that run over pages: the head comes again on each, a heading stays with its first
//! row, and a group that is cut says so on the next page.

use super::{Flow, Ink, Note, Style};
use crate::typeset::Weight;

/// How the table's head is set.
pub(crate) const HEAD: Style = Style::new(Weight::Medium, 7.75, Ink::Soft);
const HEAD_HEIGHT: f32 = 22.0;
/// A head and so much of a table share a page.
const LEAST: f32 = 60.0;

/// On which side a column's text keeps its edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Align {
    StartsAt(f32),
    EndsAt(f32),
}

/// A column by where its text starts or its figures end.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) title: String,
    pub(crate) align: Align,
}

/// What stands in a column of a row.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) column: usize,
    pub(crate) indent: f32,
    pub(crate) lines: Vec<String>,
    pub(crate) style: Style,
}

/// A row: its cells by column.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Cell>,
    /// From the row's top to its first baseline.
    pub(crate) baseline: f32,
    /// From baseline to baseline where a cell has several lines.
    pub(crate) pitch: f32,
    pub(crate) height: f32,
    pub(crate) ruled: bool,
    /// Whether it must not be the last on a page.
    pub(crate) stays_with_next: bool,
    /// The row that comes first on the page when the page breaks before this one.
    pub(crate) continues: Option<usize>,
    /// The footnotes it refers to, by their place.
    pub(crate) notes: Vec<usize>,
    /// What a reader who jumps to it looks for.
    pub(crate) bookmark: Option<String>,
}

/// Columns, rows, the rows that announce a continued group, and what the rows refer to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
    pub(crate) continued: Vec<Row>,
    pub(crate) notes: Vec<Note>,
}

impl Row {
    /// A row that is as high as the cell with the most lines, in `air` above and below them.
    pub(crate) fn of(cells: Vec<Cell>, pitch: f32, air: f32) -> Self {
        let most = cells
            .iter()
            .map(|cell| cell.lines.iter().map(|_| pitch).sum::<f32>())
            .fold(pitch, f32::max);
        Self {
            cells,
            baseline: air + pitch * 0.76,
            pitch,
            height: most + air * 2.0,
            ruled: false,
            stays_with_next: false,
            continues: None,
            notes: Vec::new(),
            bookmark: None,
        }
    }
}

impl Flow<'_> {
    /// Sets the table. Its last row shares a page with the `tail` points that follow it.
    pub(crate) fn table(&mut self, table: &Table, tail: f32) {
        self.reserve(HEAD_HEIGHT + LEAST);
        let mut first = self.head(table);
        for (index, row) in table.rows.iter().enumerate() {
            let (height, notes) = needed(table, index, tail);
            if !self.has_room(height, &notes) && !first {
                self.break_page();
                first = self.head(table);
                if let Some(again) = row.continues.and_then(|at| table.continued.get(at)) {
                    self.row(table, again, false);
                }
            }
            // Below the head's own line a hairline would show as a fault.
            self.row(table, row, row.ruled && !first);
            first = false;
        }
    }

    /// The table's head; the row after it is the first on the page.
    fn head(&mut self, table: &Table) -> bool {
        let (left, right) = (self.frame.left, self.frame.right);
        let baseline = self.y + 14.0;
        for column in &table.columns {
            match column.align {
                Align::StartsAt(x) => self.page.text(x, baseline, &column.title, HEAD),
                Align::EndsAt(end) => self.page.text_to(end, baseline, &column.title, HEAD),
            }
        }
        self.y += HEAD_HEIGHT;
        self.page.rule(left, right, self.y, 0.9, Ink::Accent);
        true
    }

    fn row(&mut self, table: &Table, row: &Row, ruled: bool) {
        if ruled {
            let (left, right) = (self.frame.left, self.frame.right);
            self.page.rule(left, right, self.y, 0.5, Ink::Line);
        }
        if let Some(title) = &row.bookmark {
            self.bookmark(title);
        }
        for note in row.notes.iter().filter_map(|&at| table.notes.get(at)) {
            self.note(note);
        }
        for cell in &row.cells {
            let Some(column) = table.columns.get(cell.column) else {
                continue;
            };
            let mut baseline = self.y + row.baseline;
            for line in &cell.lines {
                match column.align {
                    Align::StartsAt(x) => {
                        self.page.text(x + cell.indent, baseline, line, cell.style);
                    }
                    Align::EndsAt(right) => {
                        self.page.figure_to(right, baseline, line, cell.style);
                    }
                }
                baseline += row.pitch;
            }
        }
        self.y += row.height;
    }
}

/// What has to be left for row `index`: its own height, that of the rows it stays with, the tail if
/// the last row is among them, and the footnotes of all these.
fn needed(table: &Table, index: usize, tail: f32) -> (f32, Vec<&Note>) {
    let (mut height, mut notes) = (0.0, Vec::new());
    for (at, row) in table.rows.iter().enumerate().skip(index) {
        height += row.height;
        let new = row.notes.iter().filter_map(|&at| table.notes.get(at));
        for note in new {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        if at + 1 == table.rows.len() {
            return (height + tail, notes);
        }
        if !row.stays_with_next {
            break;
        }
    }
    (height, notes)
}
