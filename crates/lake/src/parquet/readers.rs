//! Columns of a row group on their way into rows: by their pages where these hold what nearly all
//! bills hold, by Arrow's arrays where they hold something else.

use std::fs::File;
use std::sync::Arc;

use ::parquet::arrow::arrow_reader::ParquetRecordBatchReader;
use ::parquet::basic::Type;
use ::parquet::errors::ParquetError;
use arrow_array::ArrayRef;
use arrow_schema::DataType;
use tallyport_ledger::{Exact, Texts};

use super::decimals::Doubles;
use super::figures::{BadFigure, FigureColumn, Into};
use super::flat::{Spelled, TextDecoder, TextMemory, WordDecoder, WordMemory};
use super::moments::{self, EMPTY, Kind, MomentColumn};
use super::open::Opened;
use super::pages::{Decoder, Pages, are_readable, damaged};
use super::tag_maps::{MapMemory, MapPages};
use super::texts::TextColumn;
use crate::pass::Codes;

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

/// Reads one column of texts.
#[derive(Default)]
pub(super) struct TextReader {
    source: Option<TextSource>,
    memory: TextMemory,
    words: WordMemory,
    spelled: Spelled,
    /// The kind that `spelled` is of.
    kind: Option<Kind>,
    taken: Vec<u64>,
    maps: Option<Box<MapMemory>>,
    arrays: TextColumn,
}

enum TextSource {
    Flat(Box<Pages>),
    Moments(Box<Pages>, Kind),
    Maps(Box<MapPages>),
    Arrays(Arrays),
}

impl TextReader {
    /// Turns to a row group.
    pub(super) fn open(&mut self, group: &Group<'_>, column: usize) -> Result<(), ParquetError> {
        let of_pages = match group.kind(column) {
            DataType::Utf8 | DataType::Binary => {
                group.pages(column, Type::BYTE_ARRAY)?.map(TextSource::Flat)
            }
            kind @ DataType::Timestamp(..) => Kind::of(kind)
                .zip(group.pages(column, Type::INT64)?)
                .map(|(kind, pages)| TextSource::Moments(pages, kind)),
            DataType::Map(entries, _) => maps(group, column, entries.data_type())?,
            _ => None,
        };
        self.source = Some(match of_pages {
            Some(source) => source,
            None => TextSource::Arrays(group.arrays(column)?),
        });
        Ok(())
    }

    /// Numbers the texts of the next rows.
    pub(super) fn read(
        &mut self,
        rows: usize,
        texts: &mut Texts,
        codes: &mut Codes,
    ) -> Result<(), ColumnError> {
        codes.each.clear();
        codes.same = None;
        match &mut self.source {
            Some(TextSource::Flat(pages)) => {
                let memory = &mut self.memory;
                let mut decoder = TextDecoder { memory, texts };
                codes.same = take(pages, &mut decoder, rows, &mut codes.each, None)?;
            }
            Some(TextSource::Moments(pages, kind)) => {
                if self.kind != Some(*kind) {
                    self.kind = Some(*kind);
                    self.spelled = Spelled::default();
                }
                let mut decoder = WordDecoder {
                    memory: &mut self.words,
                    nothing: EMPTY.cast_unsigned(),
                };
                let taken = &mut self.taken;
                let mut number = |word: u64| {
                    self.spelled
                        .number(word, texts, || match word.cast_signed() {
                            EMPTY => Ok(String::new()),
                            raw => moments::text(*kind, raw).ok_or("it is no date"),
                        })
                };
                match take(pages, &mut decoder, rows, taken, None)? {
                    Some(word) => codes.same = Some(number(word)?),
                    None => {
                        for word in taken {
                            codes.each.push(number(*word)?);
                        }
                    }
                }
            }
            Some(TextSource::Maps(pages)) => {
                let memory = self.maps.get_or_insert_with(|| Box::new(MapMemory::new()));
                pages.take(rows, memory, texts, &mut codes.each)?;
                if codes.each.len() < rows {
                    return Err(damaged(TOO_FEW).into());
                }
            }
            Some(TextSource::Arrays(arrays)) => {
                let array = arrays.next(rows)?;
                let each = &mut codes.each;
                self.arrays
                    .number(&array, texts, |_, code| each.push(code))?;
            }
            None => return Err(ColumnError::Kind(TOO_FEW)),
        }
        Ok(())
    }
}

/// A map whose keys and values are texts.
fn maps(
    group: &Group<'_>,
    column: usize,
    entries: &DataType,
) -> Result<Option<TextSource>, ParquetError> {
    let DataType::Struct(fields) = entries else {
        return Ok(None);
    };
    let are_texts = fields
        .iter()
        .all(|field| matches!(field.data_type(), DataType::Utf8 | DataType::Binary));
    let [keys, values] = group.opened.leaves(column) else {
        return Ok(None);
    };
    let (Some(key_pages), Some(value_pages)) = (
        group.leaf(*keys, Type::BYTE_ARRAY)?,
        group.leaf(*values, Type::BYTE_ARRAY)?,
    ) else {
        return Ok(None);
    };
    let descriptor = |leaf: usize| group.opened.chunk(group.number, leaf).column_descr();
    let present = |leaf| u32::try_from(descriptor(leaf).max_def_level()).unwrap_or(0);
    let once = descriptor(*keys).max_rep_level() == 1;
    Ok((are_texts && once).then(|| {
        let maps = MapPages::new((key_pages, present(*keys)), (value_pages, present(*values)));
        TextSource::Maps(Box::new(maps))
    }))
}

/// Reads one column of figures.
#[derive(Default)]
pub(super) struct FigureReader {
    source: Option<FigureSource>,
    words: WordMemory,
    arrays: FigureColumn,
    /// The doubles of the rows, and which rows have none.
    bits: Vec<u64>,
    gaps: Vec<usize>,
    pub(super) figures: Vec<Exact>,
}

enum FigureSource {
    Doubles(Box<Pages>),
    Arrays(Arrays),
}

impl FigureReader {
    /// Turns to a row group.
    pub(super) fn open(&mut self, group: &Group<'_>, column: usize) -> Result<(), ParquetError> {
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
    pub(super) fn read(
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
            let figure = super::figures::of_double(column, bits, is_quantity, doubles);
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
pub(super) struct Filled {
    common: u32,
    masks: Vec<u32>,
    rows: usize,
    bit: u32,
}

impl Filled {
    pub(super) fn begin(&mut self, rows: usize) {
        self.common = 0;
        self.masks.clear();
        self.rows = rows;
    }

    /// Turns to the next slot.
    pub(super) const fn slot(&mut self, bit: u32) {
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
    pub(super) fn put(&self, codes: &mut Codes) {
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

/// Reads one column of moments.
pub(super) struct MomentReader {
    source: Option<MomentSource>,
    words: WordMemory,
    taken: Vec<u64>,
    pub(super) column: MomentColumn,
}

enum MomentSource {
    Words(Box<Pages>, Kind),
    Arrays(Arrays),
}

impl MomentReader {
    pub(super) fn new() -> Self {
        Self {
            source: None,
            words: WordMemory::default(),
            taken: Vec::new(),
            column: MomentColumn::new(),
        }
    }

    /// Turns to a row group.
    pub(super) fn open(&mut self, group: &Group<'_>, column: usize) -> Result<(), ParquetError> {
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
    pub(super) fn read(&mut self, rows: usize) -> Result<(), ColumnError> {
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
