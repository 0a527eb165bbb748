//! Tables that run over pages: the head comes again on each, a heading stays with its first
//! row, and a group that is cut says so on the next page.

use super::page::{HEIGHT, Ink, LEFT, Page, RIGHT};
use super::text::Style;
use crate::face::{Faces, Weight};

/// How the table's head is set.
const HEAD: Style = Style::new(Weight::Medium, 7.75, Ink::Soft);
/// Where the text area ends; the foot stands below.
const BOTTOM: f32 = HEIGHT - 53.0;
const HEAD_HEIGHT: f32 = 22.0;

/// A column by where its text starts or its figures end.
pub(crate) struct Column {
    pub(crate) title: String,
    pub(crate) edge: Edge,
}

/// Where a column's text is held.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Edge {
    StartsAt(f32),
    EndsAt(f32),
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
}

/// What stands in a column of a row.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) column: usize,
    pub(crate) indent: f32,
    pub(crate) lines: Vec<String>,
    pub(crate) style: Style,
}

/// Columns, rows, and the rows that announce a continued group.
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
    pub(crate) continued: Vec<Row>,
}

/// Pages being filled from top to bottom.
pub(crate) struct Flow<'a> {
    pub(crate) faces: &'static Faces,
    pages: Vec<Page>,
    /// Where the next thing goes.
    pub(crate) y: f32,
    /// Where the first row of the page's table is.
    top: f32,
    /// Draws what every page after the first starts with, and says where it ends.
    open: &'a dyn Fn(&mut Page) -> f32,
    /// The page that is being filled.
    pub(crate) page: Page,
}

impl<'a> Flow<'a> {
    /// Goes on at `y` of a page that has been begun.
    pub(crate) const fn on(
        faces: &'static Faces,
        page: Page,
        y: f32,
        open: &'a dyn Fn(&mut Page) -> f32,
    ) -> Self {
        Self {
            faces,
            pages: Vec::new(),
            y,
            top: y,
            open,
            page,
        }
    }

    /// All the pages.
    pub(crate) fn finish(mut self) -> Vec<Page> {
        self.pages.push(self.page);
        self.pages
    }

    /// Goes on to the next page.
    pub(crate) fn break_page(&mut self) {
        let mut page = Page::new(self.faces);
        self.y = (self.open)(&mut page);
        self.pages.push(std::mem::replace(&mut self.page, page));
    }

    /// Makes sure that `height` is left on the page.
    pub(crate) fn reserve(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.break_page();
        }
    }

    /// Sets the table. Its last row shares a page with the `tail` points that follow it.
    pub(crate) fn table(&mut self, table: &Table, tail: f32) {
        self.reserve(HEAD_HEIGHT + 60.0);
        self.head(table);
        for (index, row) in table.rows.iter().enumerate() {
            if self.y + needed(&table.rows, index, tail) > BOTTOM {
                self.break_page();
                self.head(table);
                if let Some(again) = row.continues.and_then(|at| table.continued.get(at)) {
                    self.row(table, again, false);
                }
            }
            // Below the head's own line a hairline would show as a fault.
            let ruled = row.ruled && self.y > self.top;
            self.row(table, row, ruled);
        }
    }

    fn head(&mut self, table: &Table) {
        let baseline = self.y + 13.0;
        for column in &table.columns {
            match column.edge {
                Edge::StartsAt(x) => self.page.text(x, baseline, &column.title, HEAD),
                Edge::EndsAt(right) => self.page.text_to(right, baseline, &column.title, HEAD),
            }
        }
        self.y += HEAD_HEIGHT;
        self.top = self.y;
        self.page.rule(LEFT, RIGHT, self.y, 0.9, Ink::Text);
    }

    fn row(&mut self, table: &Table, row: &Row, ruled: bool) {
        if ruled {
            self.page.rule(LEFT, RIGHT, self.y, 0.5, Ink::Line);
        }
        for cell in &row.cells {
            let Some(column) = table.columns.get(cell.column) else {
                continue;
            };
            let mut baseline = self.y + row.baseline;
            for line in &cell.lines {
                match column.edge {
                    Edge::StartsAt(x) => {
                        self.page.text(x + cell.indent, baseline, line, cell.style);
                    }
                    Edge::EndsAt(right) => {
                        self.page.figure_to(right, baseline, line, cell.style);
                    }
                }
                baseline += row.pitch;
            }
        }
        self.y += row.height;
    }
}

/// The height that has to be left for row `index`: its own, that of the rows it stays with, and
/// the tail if the last row is among them.
fn needed(rows: &[Row], index: usize, tail: f32) -> f32 {
    let mut height = 0.0;
    for (at, row) in rows.iter().enumerate().skip(index) {
        height += row.height;
        if at + 1 == rows.len() {
            return height + tail;
        }
        if !row.stays_with_next {
            break;
        }
    }
    height
}
