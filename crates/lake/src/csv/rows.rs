//! The rows of a block, added to a roll-up.

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::RandomState;
use memchr::{memchr, memchr_iter};
use tallyport_ledger::{DaysId, Exact, LoadError};

use super::blocks::Block;
use super::raw::RawShapes;
use super::scan::STEP;
use crate::cut::{Cut, LONGEST_FIELD, cut, halve_quotes};
use crate::fields::{self, Fault, RowError, trimmed};
use crate::pass::{Days, Layout, Shapes, Sink, days};

/// Bytes of a moment that is looked up by what is written; a longer one is worked out each time.
const MOMENT: usize = 32;

const NOT_UTF8: &str = "the row is not UTF-8 text; save the file as UTF-8";

/// Reads the rows of one layout.
pub(crate) struct Rows {
    pub(crate) shapes: Shapes,
    raw: RawShapes,
    days: Days<[u8; MOMENT]>,
    /// The days of the row before, and what it wrote for them.
    last: Option<DaysId>,
    last_from: Vec<u8>,
    last_until: Vec<u8>,
    state: RandomState,
    /// Columns whose texts tell the shape, in runs that lie side by side.
    runs: Vec<Range<usize>>,
    /// Where the fields of the row end.
    ends: Vec<u32>,
    figures: Vec<Exact>,
    codes: Vec<u32>,
}

/// Why a block cannot be read.
#[derive(Debug)]
pub(crate) enum BlockError {
    Full(LoadError),
    /// Nothing can be cut from a line on.
    Unreadable {
        line: u64,
        reason: &'static str,
    },
}

/// A row of a block: the block's text, and where the row and its fields lie.
#[derive(Clone, Copy)]
struct Cells<'b> {
    text: &'b [u8],
    start: u32,
    ends: &'b [u32],
}

impl<'b> Cells<'b> {
    /// The bytes from one column to another, with the quotes and commas between them.
    fn run(&self, columns: &Range<usize>) -> &'b [u8] {
        let start = match columns.start.checked_sub(1) {
            Some(before) => self.ends[before] + 1,
            None => self.start,
        };
        let end = self.ends[columns.end - 1];
        &self.text[start as usize..end as usize]
    }

    /// What a field holds, its quotes taken off; doubled ones are still doubled.
    fn content(&self, column: usize) -> &'b [u8] {
        match self.run(&(column..column + 1)) {
            [b'"', content @ .., b'"'] => content,
            content => content,
        }
    }

    /// A field's text.
    fn text(&self, column: usize) -> Cow<'b, str> {
        let content = self.content(column);
        // The record is UTF-8, and a field of it starts and ends beside an ASCII character.
        let text = std::str::from_utf8(content).unwrap_or_default();
        if memchr(b'"', content).is_some() {
            Cow::Owned(text.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(text)
        }
    }
}

impl Rows {
    pub(crate) fn new(layout: Arc<Layout>) -> Self {
        let mut columns = layout.plan.texts().to_vec();
        columns.sort_unstable();
        let mut runs: Vec<Range<usize>> = Vec::new();
        for column in columns {
            match runs.last_mut() {
                Some(run) if run.end == column => run.end += 1,
                _ => runs.push(column..column + 1),
            }
        }
        Self {
            figures: vec![Exact::ZERO; layout.plan.figures().len()],
            shapes: Shapes::new(layout),
            raw: RawShapes::new(),
            days: Days::new(),
            last: None,
            last_from: Vec::new(),
            last_until: Vec::new(),
            state: RandomState::default(),
            runs,
            ends: Vec::new(),
            codes: Vec::new(),
        }
    }

    /// Adds the rows of a block.
    pub(crate) fn add(&mut self, block: Block, to: &mut Sink<'_>) -> Result<(), BlockError> {
        let Some(stops) = &block.stops else {
            return self.add_exactly(block, to);
        };
        let layout = Arc::clone(&self.shapes.layout);
        let text: &[u8] = &block.text;
        let is_utf8 = block.is_ascii || std::str::from_utf8(text).is_ok();
        let mut ends = std::mem::take(&mut self.ends);
        let (mut start, mut line, mut known) = (0, block.line, 0);
        for (step, stops) in stops.iter().enumerate() {
            let before = known;
            known += stops.put(place(step * STEP), before, &mut ends);
            let mut records = stops.records;
            // Most steps end no record.
            let mut first = 0;
            while records != 0 {
                let bit = records.trailing_zeros();
                records &= records - 1;
                let at = step * STEP + bit as usize;
                if at >= text.len() {
                    break;
                }
                let last = before + stops.up_to(bit);
                let cells = Cells {
                    text,
                    start,
                    ends: record_ends(text, start, &mut ends[first..last]),
                };
                self.record(&layout, cells, line, is_utf8, to)?;
                line += if block.inner_lines {
                    memchr_iter(b'\n', &text[start as usize..=at]).count() as u64
                } else {
                    1
                };
                first = last;
                start = place(at + 1);
            }
            if first > 0 {
                ends.copy_within(first..known, 0);
                known -= first;
            }
        }
        if (start as usize) < text.len() {
            ends.truncate(known);
            ends.push(place(text.len()));
            let cells = Cells {
                text,
                start,
                ends: record_ends(text, start, &mut ends),
            };
            self.record(&layout, cells, line, is_utf8, to)?;
        }
        self.ends = ends;
        Ok(())
    }

    /// Adds a record whose quotes stand where they should.
    fn record(
        &mut self,
        layout: &Layout,
        cells: Cells<'_>,
        line: u64,
        is_utf8: bool,
        to: &mut Sink<'_>,
    ) -> Result<(), BlockError> {
        let end = cells.ends.last().copied().unwrap_or(cells.start);
        let record = &cells.text[cells.start as usize..end as usize];
        if record.trim_ascii().is_empty() {
            return Ok(());
        }
        if record.len() > LONGEST_FIELD
            && let Cut::Lost(reason) = cut(record, 0, true, &mut Vec::new())
        {
            return Err(BlockError::Unreadable { line, reason });
        }
        let added = if !is_utf8 && std::str::from_utf8(record).is_err() {
            Err(RowError::Bad(whole_row(NOT_UTF8)))
        } else if cells.ends.len() != layout.names.len() {
            Err(RowError::Bad(of_another_length(cells.ends.len(), layout)))
        } else {
            self.row(layout, cells, to.number(line), to)
        };
        to.settle(added, line, layout).map_err(BlockError::Full)
    }

    fn row(
        &mut self,
        layout: &Layout,
        cells: Cells<'_>,
        number: u64,
        to: &mut Sink<'_>,
    ) -> Result<(), RowError> {
        let mut filled = 0;
        let (mut first, mut last): (&[u8], &[u8]) = (&[], &[]);
        for (slot, column) in layout.plan.figures().iter().enumerate() {
            let content = cells.content(*column);
            let before = std::mem::replace(&mut last, content);
            // Most amounts of a row are the same one; an amount that is none is not filled.
            if slot > 0 {
                let same = if content == first {
                    0
                } else if content == before {
                    slot - 1
                } else {
                    slot
                };
                if filled >> same & 1 == 1 {
                    self.figures[slot] = self.figures[same];
                    filled |= 1 << slot;
                    continue;
                }
            }
            let figure = match layout.plain_number(slot, content) {
                Some(figure) => Some(figure),
                None => fields::figure(*column, &cells.text(*column), layout.is_quantity(slot))?,
            };
            self.figures[slot] = figure.unwrap_or_default();
            filled |= u32::from(figure.is_some()) << slot;
            if slot == 0 {
                first = content;
            }
        }
        let days = self.days_of(layout, cells, to);
        let pieces = || self.runs.iter().map(|run| cells.run(run));
        let mut shape = self.raw.expected(pieces(), filled);
        let mut hash = 0;
        if shape.is_none() {
            hash = self.raw.hash(pieces(), filled);
            shape = self.raw.get(hash, pieces(), filled);
        }
        let shape = match shape {
            Some(shape) => shape,
            None => {
                let text = |column| cells.text(column);
                code(&mut self.codes, &mut self.shapes, text, filled)?;
                let shape = self.shapes.find(&self.codes, to.roll_up)?;
                let pieces = self.runs.iter().map(|run| cells.run(run));
                self.raw.keep(hash, pieces, filled, shape);
                shape
            }
        };
        let figure = |slot: u8| figure_in(&self.figures, slot);
        self.shapes.add(shape, days, figure, number, to.roll_up)
    }

    fn days_of(
        &mut self,
        layout: &Layout,
        cells: Cells<'_>,
        to: &mut Sink<'_>,
    ) -> Result<DaysId, RowError> {
        let plan = &layout.plan;
        let from = cells.content(plan.from());
        let until = plan.to().map_or(&[][..], |to| cells.content(to));
        if let Some(last) = self.last
            && self.last_from == from
            && self.last_until == until
        {
            return Ok(last);
        }
        let days = self.days_of_moments(layout, cells, (from, until), to)?;
        self.last = Some(days);
        self.last_from.clear();
        self.last_from.extend_from_slice(from);
        self.last_until.clear();
        self.last_until.extend_from_slice(until);
        Ok(days)
    }

    fn days_of_moments(
        &mut self,
        layout: &Layout,
        cells: Cells<'_>,
        (from, until): (&[u8], &[u8]),
        to: &mut Sink<'_>,
    ) -> Result<DaysId, RowError> {
        let plan = &layout.plan;
        let hash = self.state.hash_one((from, until));
        let key = padded(from).zip(padded(until));
        if let Some((from, until)) = key
            && let Some(days) = self.days.get(hash, from, until)
        {
            return Ok(days);
        }
        let moment = |column: usize| fields::moment(column, trimmed(&cells.text(column)));
        let start = moment(plan.from())?;
        let end = plan.to().map(moment).transpose()?.flatten();
        let days = days::number(plan, start, end, to.roll_up)?;
        if let Some((from, until)) = key {
            self.days.keep(hash, from, until, days);
        }
        Ok(days)
    }

    /// Adds the rows of a block in which quotes stand in odd places, cut one by one.
    fn add_exactly(&mut self, block: Block, to: &mut Sink<'_>) -> Result<(), BlockError> {
        let layout = Arc::clone(&self.shapes.layout);
        // Others look at the bytes too, and doubled quotes are halved in place.
        let mut text = block.text.to_vec();
        let (mut at, mut line) = (0, block.line);
        let mut spans = Vec::new();
        while at < text.len() {
            spans.clear();
            let (length, fault) = match cut(&text, at, true, &mut spans) {
                Cut::Whole(length, fault) => (length, fault),
                Cut::More => (text.len() - at, None),
                Cut::Lost(reason) => return Err(BlockError::Unreadable { line, reason }),
            };
            let lines = memchr_iter(b'\n', &text[at..at + length]).count() as u64;
            if !text[at..at + length].trim_ascii().is_empty() {
                let is_utf8 = std::str::from_utf8(&text[at..at + length]).is_ok();
                for span in spans.iter_mut().filter(|span| span.doubled_quotes) {
                    halve_quotes(&mut text, span);
                }
                let fields: Vec<&str> = spans
                    .iter()
                    .map(|span| &text[span.start as usize..span.end as usize])
                    .map(|field| std::str::from_utf8(field).unwrap_or_default())
                    .collect();
                let added = if !is_utf8 {
                    Err(RowError::Bad(whole_row(NOT_UTF8)))
                } else if let Some(reason) = fault {
                    Err(RowError::Bad(whole_row(reason)))
                } else if fields.len() != layout.names.len() {
                    Err(RowError::Bad(of_another_length(fields.len(), &layout)))
                } else {
                    self.exact_row(&layout, &fields, to.number(line), to)
                };
                to.settle(added, line, &layout).map_err(BlockError::Full)?;
            }
            line += lines;
            at += length;
        }
        Ok(())
    }

    fn exact_row(
        &mut self,
        layout: &Layout,
        cells: &[&str],
        number: u64,
        to: &mut Sink<'_>,
    ) -> Result<(), RowError> {
        let plan = &layout.plan;
        let mut filled = 0;
        for (slot, column) in plan.figures().iter().enumerate() {
            let figure = fields::figure(*column, cells[*column], layout.is_quantity(slot))?;
            self.figures[slot] = figure.unwrap_or_default();
            filled |= u32::from(figure.is_some()) << slot;
        }
        let moment = |column: usize| fields::moment(column, trimmed(cells[column]));
        let mut days = || {
            let start = moment(plan.from())?;
            let end = plan.to().map(moment).transpose()?.flatten();
            days::number(plan, start, end, to.roll_up)
        };
        let days = days();
        let text = |column: usize| Cow::Borrowed(cells[column]);
        code(&mut self.codes, &mut self.shapes, text, filled)?;
        let shape = self.shapes.find(&self.codes, to.roll_up)?;
        let figure = |slot: u8| figure_in(&self.figures, slot);
        self.shapes.add(shape, days, figure, number, to.roll_up)
    }
}

/// The figure in a slot; nothing where there is no such slot.
fn figure_in(figures: &[Exact], slot: u8) -> Exact {
    figures.get(usize::from(slot)).copied().unwrap_or_default()
}

/// Numbers the texts of a row, and puts behind them which of its figures are filled.
fn code<'r>(
    codes: &mut Vec<u32>,
    shapes: &mut Shapes,
    text: impl Fn(usize) -> Cow<'r, str>,
    filled: u32,
) -> Result<(), LoadError> {
    codes.clear();
    for (column, texts) in shapes.layout.plan.texts().iter().zip(&mut shapes.texts) {
        let number = texts.number(trimmed(&text(*column)));
        codes.push(number.ok_or(LoadError::TooMany)?);
    }
    codes.push(filled);
    Ok(())
}

/// The ends of a record's fields; a carriage return before the line end belongs to none.
fn record_ends<'e>(text: &[u8], start: u32, ends: &'e mut [u32]) -> &'e [u32] {
    let before = match ends[..] {
        [.., before, _] => before + 1,
        _ => start,
    };
    if let Some(last) = ends.last_mut()
        && *last > before
        && text[*last as usize - 1] == b'\r'
    {
        *last -= 1;
    }
    ends
}

fn padded(text: &[u8]) -> Option<[u8; MOMENT]> {
    let mut padded = [0; MOMENT];
    padded.get_mut(..text.len())?.copy_from_slice(text);
    Some(padded)
}

/// A block is bounded far below this.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn whole_row(reason: &str) -> Fault {
    Fault {
        column: None,
        reason: reason.to_owned(),
    }
}

fn of_another_length(fields: usize, layout: &Layout) -> Fault {
    let columns = layout.names.len();
    whole_row(&format!(
        "it has {fields} fields where the first row names {columns} columns"
    ))
}
