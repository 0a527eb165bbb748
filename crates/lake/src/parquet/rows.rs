//! The rows of a row group, added to a roll-up.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ::parquet::errors::ParquetError;
use tallyport_ledger::{DaysId, Exact, LoadError};

use super::decimals::Doubles;
use super::figures::BadFigure;
use super::open::{BATCH, Opened, damaged};
use super::readers::{ColumnError, FigureReader, Filled, Group, MomentReader, TextReader};
use crate::LakeError;
use crate::fields::RowError;
use crate::pass::{Codes, Days, Layout, Shapes, Sink, days};
use crate::read::no_room;

/// Rows between two reports of progress, about.
const REPORT_EVERY: u64 = 1 << 16;

/// Reads the rows of one layout.
pub(crate) struct Rows {
    pub(crate) shapes: Shapes,
    texts: Vec<TextReader>,
    figures: Vec<FigureReader>,
    doubles: Doubles,
    from: MomentReader,
    to: MomentReader,
    days: Days<i64>,
    /// The numbers of the rows' texts by column, and last which figures are filled.
    codes: Vec<Codes>,
    filled: Filled,
    bad: Vec<BadFigure>,
    /// The shape of each row.
    found: Vec<u32>,
}

/// Why a batch is not added.
enum BatchError {
    /// A column cannot be read.
    Column(usize, ColumnError),
    Full(LoadError),
}

impl From<LoadError> for BatchError {
    fn from(error: LoadError) -> Self {
        Self::Full(error)
    }
}

impl Rows {
    pub(crate) fn new(layout: Arc<Layout>) -> Self {
        let plan = &layout.plan;
        Self {
            texts: plan.texts().iter().map(|_| TextReader::default()).collect(),
            figures: plan
                .figures()
                .iter()
                .map(|_| FigureReader::default())
                .collect(),
            doubles: Doubles::new(),
            from: MomentReader::new(),
            to: MomentReader::new(),
            days: Days::new(),
            codes: (0..=plan.texts().len()).map(|_| Codes::default()).collect(),
            filled: Filled::default(),
            bad: Vec::new(),
            found: Vec::new(),
            shapes: Shapes::new(layout),
        }
    }

    /// Adds the rows of a row group; `told` hears of bytes and rows and says whether to go on.
    pub(crate) fn add(
        &mut self,
        file: &Opened,
        group: usize,
        name: &str,
        to: &mut Sink<'_>,
        told: &dyn Fn(u64, u64) -> bool,
    ) -> Result<(), LakeError> {
        // The decoder is careful with damaged files, but not everywhere.
        let read = catch_unwind(AssertUnwindSafe(|| self.read(file, group, name, to, told)));
        read.unwrap_or_else(|_| Err(damaged(name, Some(group), "the decoder gave it up")))
    }

    fn read(
        &mut self,
        file: &Opened,
        group: usize,
        name: &str,
        to: &mut Sink<'_>,
        told: &dyn Fn(u64, u64) -> bool,
    ) -> Result<(), LakeError> {
        let refused = |error: BatchError, done: u64| match error {
            BatchError::Full(source) => LakeError::TooLarge {
                file: name.to_owned(),
                source,
            },
            BatchError::Column(column, error) => LakeError::Parquet {
                file: name.to_owned(),
                place: format!(", row group {}, column {}", group + 1, file.names()[column]),
                reason: match error {
                    ColumnError::Kind(reason) => reason.to_owned(),
                    ColumnError::Damaged(ParquetError::General(reason)) => {
                        format!("after row {done}: {reason}")
                    }
                    ColumnError::Damaged(error) => format!("after row {done}: {error}"),
                },
            },
        };
        self.open(file, group, name)?
            .map_err(|error| refused(error, 0))?;
        let rows = file.rows_of(group);
        let (mut done, mut reported) = (0, 0);
        while done < rows {
            let count = usize::try_from(rows - done).unwrap_or(BATCH).min(BATCH);
            let first = file.before(group) + done;
            self.batch(count, first, (group, done), to)
                .map_err(|error| refused(error, done))?;
            done += count as u64;
            if done >= reported + REPORT_EVERY || done == rows {
                if !told(file.share(done - reported), done - reported) {
                    return Ok(());
                }
                reported = done;
                to.relieve().map_err(|error| no_room(name, error))?;
            }
        }
        Ok(())
    }

    /// Turns all columns to a row group.
    fn open(
        &mut self,
        file: &Opened,
        number: usize,
        name: &str,
    ) -> Result<Result<(), BatchError>, LakeError> {
        let opened = File::open(file.path()).map_err(|source| LakeError::Io {
            file: name.to_owned(),
            source,
        })?;
        let group = Group {
            opened: file,
            file: Arc::new(opened),
            number,
        };
        let layout = Arc::clone(&self.shapes.layout);
        let plan = &layout.plan;
        let mut open = || {
            let at =
                |column: usize| move |error: ParquetError| BatchError::Column(column, error.into());
            for (reader, column) in self.texts.iter_mut().zip(plan.texts()) {
                reader.open(&group, *column).map_err(at(*column))?;
            }
            for (reader, column) in self.figures.iter_mut().zip(plan.figures()) {
                reader.open(&group, *column).map_err(at(*column))?;
            }
            self.from
                .open(&group, plan.from())
                .map_err(at(plan.from()))?;
            if let Some(column) = plan.to() {
                self.to.open(&group, column).map_err(at(column))?;
            }
            Ok(())
        };
        Ok(open())
    }

    /// Adds so many rows, the first of which follows row `first` of the file.
    fn batch(
        &mut self,
        rows: usize,
        first: u64,
        (group, done): (usize, u64),
        to: &mut Sink<'_>,
    ) -> Result<(), BatchError> {
        let layout = Arc::clone(&self.shapes.layout);
        self.take_in(&layout, rows)?;
        let Self {
            shapes,
            figures,
            codes,
            from,
            to: until,
            days: known,
            bad,
            found,
            ..
        } = self;
        bad.sort_by_key(|(row, _)| *row);
        let mut bad = bad.drain(..).peekable();
        shapes.find_all(codes, rows, found, to.roll_up)?;
        let plan = &layout.plan;
        let (from, until) = (&from.column, &until.column);
        let mut last: Option<((i64, i64), DaysId)> = None;
        let mut next_bad = bad.peek().map(|(row, _)| *row);
        for (row, shape) in found.iter().enumerate() {
            let line = first + row as u64 + 1;
            let mut fault = None;
            if next_bad == Some(row) {
                while let Some((_, next)) = bad.next_if(|(at, _)| *at == row) {
                    fault = fault.or(Some(next));
                }
                next_bad = bad.peek().map(|(row, _)| *row);
            }
            let number = to.number(line);
            let add = || {
                if let Some(fault) = fault {
                    return Err(RowError::Bad(fault));
                }
                let raw = (
                    from.raw[row],
                    until.raw.get(row).copied().unwrap_or_default(),
                );
                let days = match last {
                    Some((same, days)) if same == raw => Ok(days),
                    _ => {
                        let hash = (raw.0 as u64)
                            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                            .wrapping_add(raw.1 as u64)
                            .wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
                        let mut work_out = || {
                            if let Some(days) = known.get(hash, raw.0, raw.1) {
                                return Ok(days);
                            }
                            let start = from.moment(plan.from(), raw.0)?;
                            let end = plan.to().map(|column| until.moment(column, raw.1));
                            let end = end.transpose()?.flatten();
                            let days = days::number(plan, start, end, to.roll_up)?;
                            known.keep(hash, raw.0, raw.1, days);
                            Ok(days)
                        };
                        let days = work_out();
                        last = days.as_ref().ok().map(|days| (raw, *days));
                        days
                    }
                };
                let figure = |slot: u8| {
                    let column = figures.get(usize::from(slot));
                    column.map_or(Exact::ZERO, |column| column.figures[row])
                };
                shapes.add(*shape, days, figure, number, to.roll_up)
            };
            let added = add();
            let place = || {
                Some(format!(
                    "row group {}, row {}",
                    group + 1,
                    done + row as u64 + 1
                ))
            };
            to.settle_at(added, line, &layout, place)?;
        }
        Ok(())
    }

    /// Takes the next rows of all columns in.
    fn take_in(&mut self, layout: &Layout, rows: usize) -> Result<(), BatchError> {
        let plan = &layout.plan;
        let at = |column: usize| move |error| BatchError::Column(column, error);
        let readers = self.texts.iter_mut().zip(&mut self.shapes.texts);
        for ((column, (reader, texts)), codes) in
            plan.texts().iter().zip(readers).zip(&mut self.codes)
        {
            reader.read(rows, texts, codes).map_err(at(*column))?;
        }
        self.filled.begin(rows);
        for (slot, column) in plan.figures().iter().enumerate() {
            let (before, reader) = self.figures.split_at_mut(slot);
            let Some(reader) = reader.first_mut() else {
                continue;
            };
            self.filled.slot(1 << slot);
            let what = (*column, layout.is_quantity(slot));
            reader
                .read(
                    rows,
                    what,
                    before,
                    &mut self.doubles,
                    &mut self.filled,
                    &mut self.bad,
                )
                .map_err(at(*column))?;
        }
        if let Some(codes) = self.codes.last_mut() {
            self.filled.put(codes);
        }
        let kinds = (self.from.column.kind, self.to.column.kind);
        self.from.read(rows).map_err(at(plan.from()))?;
        if let Some(column) = plan.to() {
            self.to.read(rows).map_err(at(column))?;
        }
        if (self.from.column.kind, self.to.column.kind) != kinds {
            // The same numbers mean other moments from now on.
            self.days = Days::new();
        }
        Ok(())
    }
}
