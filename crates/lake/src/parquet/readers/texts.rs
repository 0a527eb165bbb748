//! Columns of texts.

use ::parquet::basic::Type;
use ::parquet::errors::ParquetError;
use arrow_schema::DataType;
use tallyport_ledger::Texts;

use super::{Arrays, ColumnError, Group, TOO_FEW, take};
use crate::parquet::flat::{Spelled, TextDecoder, TextMemory, WordDecoder, WordMemory};
use crate::parquet::moments::{self, EMPTY, Kind};
use crate::parquet::pages::{Pages, damaged};
use crate::parquet::tag_maps::{MapMemory, MapPages};
use crate::parquet::texts::TextColumn;
use crate::pass::Codes;

/// Reads one column of texts.
#[derive(Default)]
pub(in crate::parquet) struct TextReader {
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
    pub(in crate::parquet) fn open(
        &mut self,
        group: &Group<'_>,
        column: usize,
    ) -> Result<(), ParquetError> {
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
    pub(in crate::parquet) fn read(
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
