//! Columns of figures, and which of them are filled.

use ::parquet::basic::Type;
use ::parquet::errors::ParquetError;
use arrow_schema::DataType;
use tallyport_ledger::Exact;

use super::{Arrays, ColumnError, Group, TOO_FEW, take};
use crate::parquet::decimals::Doubles;
use crate::parquet::figures::{self, BadFigure, FigureColumn, Into};
use crate::parquet::flat::{WordDecoder, WordMemory};
use crate::parquet::pages::Pages;
use crate::pass::Codes;

/// Reads one column of figures.
#[derive(Default)]
pub(in crate::parquet) struct FigureReader {
    source: Option<FigureSource>,
    words: WordMemory,
    arrays: FigureColumn,
    /// The doubles of the rows, and which rows have none.
    bits: Vec<u64>,
    gaps: Vec<usize>,
    pub(in crate::parquet) figures: Vec<Exact>,
}

enum FigureSource {
    Doubles(Box<Pages>),
    Arrays(Arrays),
}

impl FigureReader {
    /// Turns to a row group.
    pub(in crate::parquet) fn open(
        &mut self,
        group: &Group<'_>,
        column: usize,
    ) -> Result<(), ParquetError> {
        let of_pages = match group.kind(column) {
            DataType::Float64 => group.pages(column, Type::DOUBLE)?,
            _ => None,
        };
        self.source = Some(match of_pages {
            Some(pages) => FigureSource::Doubles(pages),
            None => FigureSource::Arrays(group.arrays(column)?),
        });
        Ok(())
    }

    /// Takes the next rows in. `others` are columns of figures that were read before this one: rows
    /// mostly have the same amount in several of them.
    pub(in crate::parquet) fn read(
        &mut self,
        rows: usize,
        (column, is_quantity): (usize, bool),
        others: &[Self],
        doubles: &mut Doubles,
        filled: &mut Filled,
        bad: &mut Vec<BadFigure>,
    ) -> Result<(), ColumnError> {
        self.gaps.clear();
        match &mut self.source {
            Some(FigureSource::Doubles(pages)) => {
                let mut decoder = WordDecoder {
                    memory: &mut self.words,
                    nothing: 0,
                };
                let gaps = Some(&mut self.gaps);
                if let Some(same) = take(pages, &mut decoder, rows, &mut self.bits, gaps)? {
                    self.bits.resize(rows, same);
                }
            }
            Some(FigureSource::Arrays(arrays)) => {
                self.bits.clear();
                let array = arrays.next(rows)?;
                let mut into = Into {
                    column,
                    is_quantity,
                    filled: &mut |row| filled.one(row),
                    bad,
                };
                self.arrays.read(&array, doubles, &mut into)?;
                std::mem::swap(&mut self.figures, &mut self.arrays.figures);
                return Ok(());
            }
            None => return Err(ColumnError::Kind(TOO_FEW)),
        }
        self.convert(column, is_quantity, others, doubles, bad);
        if self.gaps.is_empty() {
            filled.all();
        } else {
            let mut gaps = self.gaps.iter().copied().peekable();
            for row in 0..rows {
                if gaps.next_if_eq(&row).is_none() {
                    filled.one(row);
                }
            }
        }
        Ok(())
    }

    /// Its doubles and what they stand for; none where it has no doubles.
    fn known(&self, rows: usize) -> Option<(&[u64], &[Exact])> {
        Some((self.bits.get(..rows)?, self.figures.get(..rows)?))
    }

    /// Takes the doubles as decimals.
    fn convert(
        &mut self,
        column: usize,
        is_quantity: bool,
        others: &[Self],
        doubles: &mut Doubles,
        bad: &mut Vec<BadFigure>,
    ) {
        self.figures.clear();
        let rows = self.bits.len();
        let mut one = |row: usize, bits: u64| {
            let figure = figures::of_double(column, bits, is_quantity, doubles);
            figure.unwrap_or_else(|fault| {
                bad.push((row, fault));
                Exact::ZERO
            })
        };
        let Some(first) = others.first().and_then(|other| other.known(rows)) else {
            for (row, bits) in self.bits.iter().enumerate() {
                let figure = one(row, *bits);
                self.figures.push(figure);
            }
            return;
        };
        let of = |at: usize| others.get(at).and_then(|other| other.known(rows));
        let second = of(1).unwrap_or(first);
        let last = of(others.len() - 1).unwrap_or(second);
        for (row, bits) in self.bits.iter().enumerate() {
            let bits = *bits;
            let figure = if bits == first.0[row] {
                first.1[row]
            } else if bits == second.0[row] {
                second.1[row]
            } else if bits == last.0[row] {
                last.1[row]
            } else {
                one(row, bits)
            };
            self.figures.push(figure);
        }
    }
}

/// Which of their figures rows have: a bit for each slot.
#[derive(Debug, Default)]
pub(in crate::parquet) struct Filled {
    common: u32,
    masks: Vec<u32>,
    rows: usize,
    bit: u32,
}

impl Filled {
    pub(in crate::parquet) fn begin(&mut self, rows: usize) {
        self.common = 0;
        self.masks.clear();
        self.rows = rows;
    }

    /// Turns to the next slot.
    pub(in crate::parquet) const fn slot(&mut self, bit: u32) {
        self.bit = bit;
    }

    fn all(&mut self) {
        self.common |= self.bit;
    }

    fn one(&mut self, row: usize) {
        if self.masks.is_empty() {
            self.masks.resize(self.rows, 0);
        }
        self.masks[row] |= self.bit;
    }

    /// The masks as numbers of one more column.
    pub(in crate::parquet) fn put(&self, codes: &mut Codes) {
        codes.each.clear();
        if self.masks.is_empty() {
            codes.same = Some(self.common);
        } else {
            codes.same = None;
            let common = self.common;
            codes
                .each
                .extend(self.masks.iter().map(|mask| mask | common));
        }
    }
}
