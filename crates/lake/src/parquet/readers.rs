//! Columns of a row group on their way into rows: by their pages where these hold what nearly all
//! bills hold, by Arrow's arrays where they hold something else.

mod figures;
mod moments;
mod texts;

use std::fs::File;
use std::sync::Arc;

use ::parquet::arrow::arrow_reader::ParquetRecordBatchReader;
use ::parquet::basic::Type;
use ::parquet::errors::ParquetError;
use arrow_array::ArrayRef;
use arrow_schema::DataType;

use super::open::Opened;
use super::pages::{Decoder, Pages, are_readable, damaged};

pub(super) use figures::{FigureReader, Filled};
pub(super) use moments::MomentReader;
pub(super) use texts::TextReader;

/// One row group of a file.
pub(super) struct Group<'f> {
    pub(super) opened: &'f Opened,
    pub(super) file: Arc<File>,
    pub(super) number: usize,
}

/// Why a column cannot be read.
#[derive(Debug)]
pub(super) enum ColumnError {
    /// It is damaged.
    Damaged(ParquetError),
    /// It is not what it should be.
    Kind(&'static str),
}

impl From<ParquetError> for ColumnError {
    fn from(error: ParquetError) -> Self {
        Self::Damaged(error)
    }
}

impl From<&'static str> for ColumnError {
    fn from(reason: &'static str) -> Self {
        Self::Kind(reason)
    }
}

impl Group<'_> {
    /// The pages of a column whose one leaf is of this type.
    fn pages(&self, column: usize, kind: Type) -> Result<Option<Box<Pages>>, ParquetError> {
        match self.opened.leaves(column) {
            [leaf] => self.leaf(*leaf, kind),
            _ => Ok(None),
        }
    }

    fn leaf(&self, leaf: usize, kind: Type) -> Result<Option<Box<Pages>>, ParquetError> {
        let chunk = self.opened.chunk(self.number, leaf);
        if chunk.column_type() != kind || !are_readable(chunk) {
            return Ok(None);
        }
        let rows = usize::try_from(self.opened.rows_of(self.number)).unwrap_or(usize::MAX);
        Pages::new(Arc::clone(&self.file), chunk, rows).map(|pages| Some(Box::new(pages)))
    }

    fn arrays(&self, column: usize) -> Result<Arrays, ParquetError> {
        Ok(Arrays(self.opened.read(self.number, &[column])?))
    }

    fn kind(&self, column: usize) -> &DataType {
        self.opened.kind(column)
    }
}

/// A column as Arrow reads it.
struct Arrays(ParquetRecordBatchReader);

impl Arrays {
    fn next(&mut self, rows: usize) -> Result<ArrayRef, ParquetError> {
        match self.0.next() {
            Some(Ok(batch)) if batch.num_rows() == rows && batch.num_columns() == 1 => {
                Ok(Arc::clone(batch.column(0)))
            }
            Some(Err(error)) => Err(damaged(&error.to_string())),
            _ => Err(damaged(TOO_FEW)),
        }
    }
}

const TOO_FEW: &str = "it has fewer rows than its row group";

/// Takes the values of so many rows. Answers the one that all have, where that is known; else all
/// are in `values`. Empty rows are put into `gaps`.
fn take<D: Decoder>(
    pages: &mut Pages,
    decoder: &mut D,
    rows: usize,
    values: &mut Vec<D::Value>,
    mut gaps: Option<&mut Vec<usize>>,
) -> Result<Option<D::Value>, ParquetError> {
    values.clear();
    let mut done = 0;
    while done < rows {
        let taken = pages.take(rows - done, decoder, values, None)?;
        if taken.count == 0 {
            return Err(damaged(TOO_FEW));
        }
        if taken.gaps
            && let Some(gaps) = &mut gaps
        {
            let all = taken.same.is_some();
            let empty = (0..taken.count).filter(|at| all || pages.is_gap(*at));
            gaps.extend(empty.map(|at| done + at));
        }
        match taken.same {
            Some(value) if taken.count == rows => return Ok(Some(value)),
            Some(value) => values.resize(done + taken.count, value),
            None => {}
        }
        done += taken.count;
    }
    Ok(None)
}
