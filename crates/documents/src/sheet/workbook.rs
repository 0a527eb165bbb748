//! A workbook for spreadsheets: a sheet of rows with a head that stays and filters, sums below it, and a
//! sheet that says where the figures are from.
//!
//! Rows go out as they come. A figure is written as the decimal it is; a spreadsheet makes a number of
//! fifteen digits of it, so what has more is said again as text in a column of its own. Text is text, never
//! a formula. More rows than a sheet holds go on in the next one.

mod archive;
mod cells;
mod parts;
mod style;
mod xml;

use std::io::Write;

use tallyport_ledger::{Currency, Money};

use self::archive::Archive;
use self::parts::SheetPart;
use self::style::Style;
use self::xml::{column_name, put_text};
use super::totals::Totals;
use super::value::{put_count, put_money};
use super::{Cell, Head, Kind, SheetError};

/// Rows of a sheet, its head included; what is left of the 1,048,576 is for the sums.
const ROWS: u32 = 1_048_000;
/// A sheet is never longer than a zip archive's part may be, whatever a row holds.
const BYTES: u64 = 3 << 30;
/// How much is written at once.
const PIECE: usize = 128 * 1024;

#[derive(Debug)]
pub(super) struct WorkbookWriter<W: Write> {
    archive: Archive<W>,
    head: Head,
    /// The letters of the columns, and then of those that repeat one of them as text.
    letters: Vec<String>,
    /// Which columns are repeated.
    repeated: Vec<usize>,
    xml: Vec<u8>,
    /// The sheets that are written, and the last row of each.
    sheets: Vec<(SheetPart, u32)>,
    /// The row that was written last.
    row: u32,
    totals: Totals,
    /// How many texts were longer than a cell.
    cut: u64,
}

impl<W: Write> WorkbookWriter<W> {
    pub(super) fn new(to: W, head: Head) -> Result<Self, SheetError> {
        let repeated: Vec<usize> = head
            .columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| column.repeats_exact.then_some(at))
            .collect();
        let mut writer = Self {
            archive: Archive::new(to),
            // The sheet that says where the figures are from has two.
            letters: (0..(head.columns.len() + repeated.len()).max(2))
                .map(column_name)
                .collect(),
            repeated,
            xml: Vec::with_capacity(PIECE + 16 * 1024),
            sheets: Vec::new(),
            row: 0,
            totals: Totals::of(&head.columns),
            cut: 0,
            head,
        };
        let archive = &mut writer.archive;
        archive.part("_rels/.rels", &parts::relations())?;
        let properties = parts::properties(&writer.head.title, writer.head.made_at);
        archive.part("docProps/core.xml", &properties)?;
        archive.part("xl/styles.xml", &parts::styles())?;
        writer.begin_rows()?;
        Ok(writer)
    }

    pub(super) fn add(&mut self, row: &[Cell<'_>]) -> Result<(), SheetError> {
        if self.row >= ROWS || self.archive.part_bytes() >= BYTES {
            self.end_rows(false)?;
            self.begin_rows()?;
        }
        self.totals.add(row)?;
        self.begin_row();
        for (at, cell) in row.iter().enumerate() {
            self.cell(at, cell);
        }
        for place in 0..self.repeated.len() {
            let cell = row.get(self.repeated[place]).unwrap_or(&Cell::Empty);
            if cell.outgrows_a_number() {
                let exact = match cell {
                    Cell::Money(money) => money.to_decimal(2),
                    Cell::Quantity(text) => text.to_string(),
                    _ => continue,
                };
                self.text(self.head.columns.len() + place, &exact, Style::Exact);
            }
        }
        self.end_row()
    }

    pub(super) fn finish(mut self) -> Result<W, SheetError> {
        self.end_rows(true)?;
        self.about()?;
        let sheets = self.sheets.len();
        let listed: Vec<SheetPart> = self.sheets.into_iter().map(|(sheet, _)| sheet).collect();
        let mut archive = self.archive;
        archive.part("xl/workbook.xml", &parts::workbook(&listed))?;
        archive.part(
            "xl/_rels/workbook.xml.rels",
            &parts::workbook_relations(sheets),
        )?;
        archive.part("[Content_Types].xml", &parts::content_types(sheets))?;
        Ok(archive.finish()?)
    }

    fn begin_sheet(&mut self, view: &str, widths: &[usize]) -> Result<(), SheetError> {
        let number = self.sheets.len() + 1;
        self.archive
            .begin(&format!("xl/worksheets/sheet{number}.xml"))?;
        self.row = 0;
        let selected = if number == 1 {
            " tabSelected=\"1\""
        } else {
            ""
        };
        self.put(&format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <worksheet xmlns=\"{}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
             <sheetViews><sheetView{selected} workbookViewId=\"0\">{view}</sheetView></sheetViews>\
             <sheetFormatPr defaultRowHeight=\"15\"/><cols>",
            parts::MAIN
        ));
        for (at, width) in widths.iter().enumerate() {
            let column = at + 1;
            self.put(&format!(
                "<col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>"
            ));
        }
        self.put("</cols><sheetData>");
        Ok(())
    }

    fn begin_rows(&mut self) -> Result<(), SheetError> {
        let columns = self.head.columns.clone();
        let mut widths: Vec<usize> = Vec::with_capacity(self.letters.len());
        for (at, column) in columns.iter().enumerate() {
            let least = match column.kind {
                Kind::Text if at == 0 => 32,
                Kind::Text => 22,
                Kind::Moment => 20,
                Kind::Money | Kind::Quantity => 18,
                Kind::Currency | Kind::Day | Kind::Percent | Kind::Count => 12,
            };
            widths.push(least.max(column.title.chars().count() + 4));
        }
        widths.extend(self.repeated.iter().map(|_| 30));
        let stays =
            "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>";
        self.begin_sheet(stays, &widths)?;
        self.begin_row();
        for (at, column) in columns.iter().enumerate() {
            let style = if column.kind.is_figure() {
                Style::FigureHead
            } else {
                Style::Head
            };
            self.text(at, &column.title, style);
        }
        for (place, at) in self.repeated.clone().into_iter().enumerate() {
            let title = format!("{} (exact)", columns[at].title);
            self.text(columns.len() + place, &title, Style::FigureHead);
        }
        self.end_row()
    }

    /// Ends a sheet of rows; the sums of all stand below the last.
    fn end_rows(&mut self, last: bool) -> Result<(), SheetError> {
        let columns = self.head.columns.len() + self.repeated.len();
        let cells = format!(
            "$A$1:${}${}",
            column_name(columns.saturating_sub(1)),
            self.row
        );
        let name = self.sheet_name();
        let filtered = Some(cells.clone());
        self.sheets.push((SheetPart { name, filtered }, self.row));
        if last {
            self.sums()?;
        }
        self.put(&format!(
            "</sheetData><autoFilter ref=\"{}\"/>\
             <pageMargins left=\"0.4\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
             <pageSetup orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>",
            cells.replace('$', "")
        ));
        self.end_sheet()
    }

    fn end_sheet(&mut self) -> Result<(), SheetError> {
        self.flush()?;
        Ok(self.archive.end()?)
    }

    /// A row a currency: each sum as a formula over the rows, with what it comes to.
    fn sums(&mut self) -> Result<(), SheetError> {
        let totals: Vec<(Currency, Vec<(usize, Money)>)> = self.totals.each().collect();
        let currency_column = self
            .head
            .columns
            .iter()
            .position(|c| c.kind == Kind::Currency);
        // A row is left between, so that a spreadsheet does not sort the sums among the rows.
        self.row += 1;
        for (currency, sums) in totals {
            self.begin_row();
            self.text(0, &format!("Total {currency}"), Style::TotalLabel);
            for (at, sum) in sums {
                let formula = self.formula(at, currency_column, currency);
                self.open(at, Style::Total);
                self.put("><f>");
                put_text(&mut self.xml, &formula);
                self.put("</f><v>");
                put_money(&mut self.xml, sum, 0);
                self.put("</v></c>");
            }
            self.end_row()?;
        }
        Ok(())
    }

    /// What adds up a column over all sheets.
    fn formula(&self, at: usize, currency_column: Option<usize>, currency: Currency) -> String {
        let parts: Vec<String> = self
            .sheets
            .iter()
            .filter(|(_, last)| *last > 1)
            .map(|(sheet, last)| {
                let range = |column: usize| {
                    let letters = &self.letters[column];
                    format!("'{}'!{letters}$2:{letters}${last}", sheet.name)
                };
                match currency_column {
                    None => format!("SUM({})", range(at)),
                    Some(of) => format!("SUMIFS({},{},\"{currency}\")", range(at), range(of)),
                }
            })
            .collect();
        parts.join("+")
    }

    /// The sheet that says where the figures are from.
    fn about(&mut self) -> Result<(), SheetError> {
        self.begin_sheet("", &[32, 100])?;
        let mut facts = std::mem::take(&mut self.head.facts);
        let made_at = format!("{:.0}", self.head.made_at);
        let named = [
            Some(("Table".to_owned(), self.head.title.clone())),
            Some(("Workspace".to_owned(), self.head.workspace.clone())),
            self.head.mark.clone().map(|mark| ("Mark".to_owned(), mark)),
        ];
        facts.splice(0..0, named.into_iter().flatten());
        facts.push(("Exported at".to_owned(), made_at));
        let repeated: Vec<&str> = self
            .repeated
            .iter()
            .map(|at| self.head.columns[*at].title.as_ref())
            .collect();
        if !repeated.is_empty() {
            facts.push((
                "Digits".to_owned(),
                format!(
                    "A spreadsheet's numbers keep 15 digits. What has more is repeated in full, as text, in a \
                     column of its own, marked (exact): {}.",
                    repeated.join(", ")
                ),
            ));
        }
        if self.cut > 0 {
            facts.push((
                "Long texts".to_owned(),
                format!(
                    "{} texts are longer than a cell and end in \"…\"; a CSV file has them whole.",
                    self.cut
                ),
            ));
        }
        for (currency, sums) in self.totals.each().collect::<Vec<_>>() {
            for (at, sum) in sums {
                let title = &self.head.columns[at].title;
                facts.push((format!("{title}, sum in {currency}"), sum.to_decimal(2)));
            }
        }
        for (name, text) in facts {
            self.begin_row();
            self.text(0, &name, Style::Label);
            self.text(1, &text, Style::Wrapped);
            self.end_row()?;
        }
        self.put("</sheetData></worksheet>");
        self.end_sheet()?;
        let name = if self.sheet_name() == ABOUT {
            "About this table"
        } else {
            ABOUT
        };
        self.sheets.push((
            SheetPart {
                name: name.to_owned(),
                filtered: None,
            },
            self.row,
        ));
        Ok(())
    }

    /// The title as far as a sheet may be called so; the second of a title has its number.
    fn sheet_name(&self) -> String {
        let number = self.sheets.len();
        let behind = if number == 0 {
            String::new()
        } else {
            format!(" {}", number + 1)
        };
        let room = 31 - behind.len();
        let title: String = self
            .head
            .title
            .chars()
            .filter(|character| !"[]:*?/\\'\"".contains(*character) && !character.is_control())
            .take(room)
            .collect();
        let title = title.trim();
        if title.is_empty() {
            format!("Table{behind}")
        } else {
            format!("{title}{behind}")
        }
    }

    fn begin_row(&mut self) {
        self.row += 1;
        self.put("<row r=\"");
        put_count(&mut self.xml, u128::from(self.row));
        self.put("\">");
    }

    fn end_row(&mut self) -> Result<(), SheetError> {
        self.put("</row>");
        if self.xml.len() >= PIECE {
            self.flush()?;
        }
        Ok(())
    }

    fn put(&mut self, text: &str) {
        self.xml.extend_from_slice(text.as_bytes());
    }

    fn flush(&mut self) -> Result<(), SheetError> {
        self.archive.add(&self.xml)?;
        self.xml.clear();
        Ok(())
    }
}

const ABOUT: &str = "About";
