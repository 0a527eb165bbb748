//! A table on paper: the columns that fit there, amounts to their smallest unit, sums below them.

use std::fmt::Write as _;
use std::io::Write;

use jiff::tz::TimeZone;

use super::totals::Totals;
use super::value::put_per_mille;
use super::{Cell, Head, SheetError};
use crate::figures::{day, figure};
use crate::{
    Block, DocumentError, Look, MOST_REPORT_ROWS, Report, ReportColumn, ReportRow, ReportTable,
    render_report,
};

/// Columns that an upright sheet has room for.
const UPRIGHT: usize = 6;
/// Rows that are left for sums, one a currency.
const CURRENCIES: usize = 200;

#[derive(Debug)]
pub(super) struct PaperWriter<W: Write> {
    to: W,
    head: Head,
    /// The columns that are printed.
    printed: Vec<usize>,
    rows: Vec<ReportRow>,
    totals: Totals,
}

impl<W: Write> PaperWriter<W> {
    pub(super) fn new(to: W, head: Head) -> Self {
        let printed = head
            .columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| column.on_paper.then_some(at))
            .collect();
        Self {
            to,
            printed,
            rows: Vec::new(),
            totals: Totals::of(&head.columns),
            head,
        }
    }

    pub(super) fn add(&mut self, row: &[Cell<'_>]) -> Result<(), SheetError> {
        // The sums are rows, too.
        if self.rows.len() + CURRENCIES >= MOST_REPORT_ROWS {
            return Err(DocumentError::TooManyRows {
                rows: self.rows.len() + 1,
                most: MOST_REPORT_ROWS - CURRENCIES,
            }
            .into());
        }
        self.totals.add(row)?;
        let cells = self
            .printed
            .iter()
            .map(|at| row.get(*at).map_or_else(String::new, said));
        self.rows.push(ReportRow {
            cells: cells.collect(),
            ..ReportRow::default()
        });
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<W, SheetError> {
        self.sums();
        let Head {
            title,
            workspace,
            mark,
            facts,
            columns,
            made_at,
        } = self.head;
        let table = ReportTable {
            columns: self
                .printed
                .iter()
                .map(|at| ReportColumn {
                    title: columns[*at].title.to_string(),
                    figures: columns[*at].kind.is_figure(),
                })
                .collect(),
            rows: self.rows,
        };
        let left_out = columns.len() - self.printed.len();
        let mut blocks = vec![Block::Table(table)];
        if !facts.is_empty() {
            blocks.push(Block::Heading("Where this is from".to_owned()));
        }
        blocks.extend(
            facts
                .iter()
                .map(|(name, text)| Block::Text(format!("{name}: {text}"))),
        );
        let mut sources =
            "Amounts are printed to their smallest unit; sums are of the exact amounts.".to_owned();
        if left_out > 0 {
            let _ = write!(
                sources,
                " {left_out} more columns are in the table as csv or xlsx."
            );
        }
        let made_at = made_at.to_zoned(TimeZone::UTC);
        let report = Report {
            title,
            subtitle: format!("{}, {} UTC", day(made_at.date()), made_at.strftime("%H:%M")),
            owner: workspace,
            day: made_at.date(),
            mark,
            landscape: self.printed.len() > UPRIGHT,
            sources,
            blocks,
        };
        self.to
            .write_all(&render_report(&report, &Look::default())?)?;
        Ok(self.to)
    }

    fn sums(&mut self) {
        for (currency, sums) in self.totals.each() {
            let cells = self.printed.iter().enumerate().map(|(place, at)| {
                match sums.iter().find(|(column, _)| column == at) {
                    Some((_, sum)) => figure(sum.rounded_to_minor()),
                    None if place == 0 => format!("Total {currency}"),
                    None => String::new(),
                }
            });
            self.rows.push(ReportRow {
                cells: cells.collect(),
                strong: true,
                over: false,
            });
        }
    }
}

/// A cell as it is read.
fn said(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Quantity(text) => text.to_string(),
        Cell::Currency(currency) => currency.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Moment(moment) => {
            let moment = moment.to_zoned(TimeZone::UTC).datetime();
            moment.strftime("%Y-%m-%d %H:%M").to_string()
        }
        Cell::Money(money) => figure(money.rounded_to_minor()),
        Cell::PerMille(share) => {
            let mut text = Vec::new();
            put_per_mille(&mut text, *share, 1);
            String::from_utf8(text).unwrap_or_default() + " %"
        }
        Cell::Count(count) => count.to_string(),
    }
}
