//! What the readers of rows share: the shapes of rows, their days, and where they go.
//!
//! A row's texts are numbered, and each combination of them is a shape, whose meaning is asked
//! once. What is left to do for a row is its days and its figures.

mod bad_rows;
mod combinations;
pub(crate) mod days;
mod layout;
mod shapes;
mod spill;
mod tuples;

use std::io;
use std::sync::Arc;

use tallyport_ledger::{LoadError, RollUp};

pub(crate) use bad_rows::BadRows;
pub(crate) use combinations::Codes;
pub(crate) use days::Days;
pub(crate) use layout::Layout;
pub(crate) use shapes::{Shapes, Watched};
pub(crate) use spill::{Spill, SpillError};

use crate::fields::RowError;

/// Bits of a line's number below that of its file.
const FILE_SHIFT: u32 = 40;

/// Where the rows of a file go.
pub(crate) struct Sink<'a> {
    pub(crate) roll_up: &'a mut RollUp,
    pub(crate) bad: &'a mut BadRows,
    pub(crate) spill: &'a mut Spill,
    /// Rows that were taken.
    pub(crate) lines: u64,
    /// The file's number in its set.
    pub(crate) file: usize,
}

impl Sink<'_> {
    /// Makes room if what was rolled up takes too much of it.
    pub(crate) fn relieve(&mut self) -> io::Result<()> {
        self.spill.relieve(self.roll_up)
    }

    /// A line's number in the set: the file's number above that in the file.
    pub(crate) fn number(&self, line: u64) -> u64 {
        (self.file as u64) << FILE_SHIFT | line
    }

    /// Counts a row as taken or notes why it was not.
    pub(crate) fn settle(
        &mut self,
        added: Result<(), RowError>,
        line: u64,
        layout: &Layout,
    ) -> Result<(), LoadError> {
        self.settle_at(added, line, layout, || None)
    }

    /// As [`Sink::settle`], with a place beside the line.
    pub(crate) fn settle_at(
        &mut self,
        added: Result<(), RowError>,
        line: u64,
        layout: &Layout,
        place: impl FnOnce() -> Option<String>,
    ) -> Result<(), LoadError> {
        match added {
            Ok(()) => self.lines += 1,
            Err(RowError::Bad(fault)) => {
                let number = self.number(line);
                self.bad.note(number, &layout.names, fault, place());
            }
            Err(RowError::Full(error)) => return Err(error),
        }
        Ok(())
    }
}

/// The file of a line's number, and its line there.
pub(crate) fn file_and_line(number: u64) -> (usize, u64) {
    let file = usize::try_from(number >> FILE_SHIFT).unwrap_or(usize::MAX);
    (file, number & ((1 << FILE_SHIFT) - 1))
}

/// What the rows of one layout were watched for.
pub(crate) type WatchedLayout = (Arc<Layout>, Vec<Watched>);
