//! The rows of a row group, added to a roll-up.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::RecordBatch;
use tallyport_ledger::LoadError;

use super::decimals::Doubles;
use super::figures::{BadFigure, FigureColumn, Into};
use super::moments::MomentColumn;
use super::open::{Opened, damaged, needed};
use super::texts::TextColumn;
use crate::LakeError;
use crate::fields::RowError;
use crate::pass::{Days, Layout, Shapes, Sink, days};
use crate::read::no_room;

/// Rows between two reports of progress, about.
const REPORT_EVERY: u64 = 1 << 16;

/// Reads the rows of one layout.
pub(crate) struct Rows {
    pub(crate) shapes: Shapes,
    texts: Vec<TextColumn>,
    figures: Vec<FigureColumn>,
    doubles: Doubles,
    from: MomentColumn,
    to: MomentColumn,
    days: Days<i64>,
    /// The numbers of each row's texts, row after row.
    codes: Vec<u32>,
    bad: Vec<BadFigure>,
    /// The shape of each row.
    found: Vec<u32>,
    /// The columns that are read, in the file's order.
    columns: Vec<usize>,
}

/// Why a batch is not added.
enum BatchError {
    /// A column is not what it should be.
    Column(usize, &'static str),
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
            texts: plan.texts().iter().map(|_| TextColumn::default()).collect(),
            figures: plan
                .figures()
                .iter()
                .map(|_| FigureColumn::default())
                .collect(),
            doubles: Doubles::new(),
            from: MomentColumn::new(),
            to: MomentColumn::new(),
            days: Days::new(),
            codes: Vec::new(),
            bad: Vec::new(),
            found: Vec::new(),
            columns: needed(&layout),
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
        let at_fault = |reason: String| {
            let place = match file.column_at_fault(group, &self.columns) {
                Some(column) => format!(", row group {}, column {column}", group + 1),
                None => format!(", row group {}", group + 1),
            };
            LakeError::Parquet {
                file: name.to_owned(),
                place,
                reason,
            }
        };
        let batches = match file.read(group, &self.columns) {
            Ok(batches) => batches,
            Err(error) => return Err(at_fault(error.to_string())),
        };
        let (mut done, mut reported) = (0, 0);
        for batch in batches {
            let batch = match batch {
                Ok(batch) => batch,
                Err(error) => {
                    let place = match file.column_at_fault(group, &self.columns) {
                        Some(column) => format!(", row group {}, column {column}", group + 1),
                        None => format!(", row group {}", group + 1),
                    };
                    return Err(LakeError::Parquet {
                        file: name.to_owned(),
                        place,
                        reason: format!("after row {done}: {error}"),
                    });
                }
            };
            let first = file.before(group) + done;
            self.batch(&batch, first, (group, done), to)
                .map_err(|error| match error {
                    BatchError::Full(source) => LakeError::TooLarge {
                        file: name.to_owned(),
                        source,
                    },
                    BatchError::Column(column, reason) => LakeError::Parquet {
                        file: name.to_owned(),
                        place: format!(
                            ", row group {}, column {}",
                            group + 1,
                            file.names()[column]
                        ),
                        reason: reason.to_owned(),
                    },
                })?;
            done += batch.num_rows() as u64;
            if done >= reported + REPORT_EVERY || done == file.rows_of(group) {
                if !told(file.share(done - reported), done - reported) {
                    return Ok(());
                }
                reported = done;
                to.relieve().map_err(|error| no_room(name, error))?;
            }
        }
        if done != file.rows_of(group) {
            let reason = format!("it has {done} rows and says {}", file.rows_of(group));
            return Err(damaged(name, Some(group), &reason));
        }
        Ok(())
    }

    /// Adds the rows of a batch, the first of which follows row `first` of the file.
    fn batch(
        &mut self,
        batch: &RecordBatch,
        first: u64,
        (group, done): (usize, u64),
        to: &mut Sink<'_>,
    ) -> Result<(), BatchError> {
        let layout = Arc::clone(&self.shapes.layout);
        self.take_in(&layout, batch)?;
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
        let width = shapes.texts.len() + 1;
        // All shapes first: so short a loop waits for many places in memory at once.
        found.clear();
        for codes in codes.chunks_exact(width) {
            found.push(shapes.find(codes, to.roll_up)?);
        }
        for (row, shape) in found.iter().enumerate() {
            let line = first + row as u64 + 1;
            let mut fault = None;
            while let Some((_, next)) = bad.next_if(|(at, _)| *at == row) {
                fault = fault.or(Some(next));
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
                let hash = (raw.0 as u64)
                    .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                    .wrapping_add(raw.1 as u64)
                    .wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
                let days = match known.get(hash, raw.0, raw.1) {
                    Some(days) => Ok(days),
                    None => {
                        let plan = &layout.plan;
                        let mut work_out = || {
                            let start = from.moment(plan.from(), raw.0)?;
                            let end = plan.to().map(|column| until.moment(column, raw.1));
                            let end = end.transpose()?.flatten();
                            days::number(plan, start, end, to.roll_up)
                        };
                        let days = work_out();
                        if let Ok(days) = days {
                            known.keep(hash, raw.0, raw.1, days);
                        }
                        days
                    }
                };
                let figure = |slot: u8| figures[usize::from(slot)].figures[row];
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

    /// Takes the columns of a batch in.
    fn take_in(&mut self, layout: &Layout, batch: &RecordBatch) -> Result<(), BatchError> {
        let plan = &layout.plan;
        let array = |column: usize| {
            let at = self.columns.binary_search(&column).unwrap_or_default();
            batch.column(at)
        };
        let width = self.shapes.texts.len() + 1;
        self.codes.clear();
        self.codes.resize(batch.num_rows() * width, 0);
        let codes = &mut self.codes;
        for (at, column) in plan.texts().iter().enumerate() {
            let put = |row: usize, code: u32| codes[row * width + at] = code;
            self.texts[at]
                .number(array(*column), &mut self.shapes.texts[at], put)
                .map_err(|reason| BatchError::Column(*column, reason))?;
        }
        for (slot, column) in plan.figures().iter().enumerate() {
            let bit = 1 << slot;
            let mut into = Into {
                column: *column,
                is_quantity: layout.is_quantity(slot),
                filled: &mut |row| codes[row * width + width - 1] |= bit,
                bad: &mut self.bad,
            };
            self.figures[slot]
                .read(array(*column), &mut self.doubles, &mut into)
                .map_err(|reason| BatchError::Column(*column, reason))?;
        }
        let kinds = (self.from.kind, self.to.kind);
        self.from
            .read(array(plan.from()))
            .map_err(|reason| BatchError::Column(plan.from(), reason))?;
        if let Some(column) = plan.to() {
            self.to
                .read(array(column))
                .map_err(|reason| BatchError::Column(column, reason))?;
        }
        if (self.from.kind, self.to.kind) != kinds {
            // The same numbers mean other moments from now on.
            self.days = Days::new();
        }
        Ok(())
    }
}
