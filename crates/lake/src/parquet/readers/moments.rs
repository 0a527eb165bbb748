//! Columns of moments.

use ::parquet::basic::Type;
use ::parquet::errors::ParquetError;
use arrow_schema::DataType;

use super::{Arrays, ColumnError, Group, TOO_FEW, take};
use crate::parquet::flat::{WordDecoder, WordMemory};
use crate::parquet::moments::{EMPTY, Kind, MomentColumn};
use crate::parquet::pages::Pages;

/// Reads one column of moments.
pub(in crate::parquet) struct MomentReader {
    source: Option<MomentSource>,
    words: WordMemory,
    taken: Vec<u64>,
    pub(in crate::parquet) column: MomentColumn,
}

enum MomentSource {
    Words(Box<Pages>, Kind),
    Arrays(Arrays),
}

impl MomentReader {
    pub(in crate::parquet) fn new() -> Self {
        Self {
            source: None,
            words: WordMemory::default(),
            taken: Vec::new(),
            column: MomentColumn::new(),
        }
    }

    /// Turns to a row group.
    pub(in crate::parquet) fn open(
        &mut self,
        group: &Group<'_>,
        column: usize,
    ) -> Result<(), ParquetError> {
        let of_pages = match group.kind(column) {
            kind @ DataType::Timestamp(..) => Kind::of(kind).zip(group.pages(column, Type::INT64)?),
            _ => None,
        };
        self.source = Some(match of_pages {
            Some((kind, pages)) => MomentSource::Words(pages, kind),
            None => MomentSource::Arrays(group.arrays(column)?),
        });
        Ok(())
    }

    /// Takes the next rows in.
    pub(in crate::parquet) fn read(&mut self, rows: usize) -> Result<(), ColumnError> {
        match &mut self.source {
            Some(MomentSource::Words(pages, kind)) => {
                let mut decoder = WordDecoder {
                    memory: &mut self.words,
                    nothing: EMPTY.cast_unsigned(),
                };
                let raw = &mut self.column.raw;
                self.column.kind = *kind;
                raw.clear();
                match take(pages, &mut decoder, rows, &mut self.taken, None)? {
                    Some(word) => raw.resize(rows, word.cast_signed()),
                    None => raw.extend(self.taken.iter().map(|word| word.cast_signed())),
                }
                Ok(())
            }
            Some(MomentSource::Arrays(arrays)) => {
                let array = arrays.next(rows)?;
                Ok(self.column.read(&array)?)
            }
            None => Err(ColumnError::Kind(TOO_FEW)),
        }
    }
}
