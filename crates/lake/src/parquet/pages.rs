//! The pages of one column of a row group, whose values are taken so many at a time.

use std::fs::File;
use std::sync::Arc;

use ::parquet::basic::Encoding;
use ::parquet::column::page::{Page, PageReader};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::ColumnChunkMetaData;
use ::parquet::file::reader::SerializedPageReader;
use bytes::Bytes;

use super::runs::Runs;

/// What makes values of what a page holds.
pub(super) trait Decoder {
    /// A value.
    type Value: Copy;

    /// What stands where there is no value.
    fn nothing(&mut self) -> Result<Self::Value, ParquetError>;

    /// Takes the dictionary of the pages that follow, which has `count` entries.
    fn dictionary(&mut self, bytes: Bytes, count: usize) -> Result<(), ParquetError>;

    /// The value of a place in the dictionary.
    fn known(&mut self, place: u32) -> Result<Self::Value, ParquetError>;

    /// Appends the values of places in the dictionary.
    fn all_known(
        &mut self,
        places: &[u32],
        values: &mut Vec<Self::Value>,
    ) -> Result<(), ParquetError>;

    /// Appends the next `count` values that are written out; says how many bytes they took.
    fn plain(
        &mut self,
        bytes: &[u8],
        count: usize,
        values: &mut Vec<Self::Value>,
    ) -> Result<usize, ParquetError>;
}

/// Pages that are being read.
pub(super) struct Pages {
    reader: SerializedPageReader<File>,
    most_definition: u32,
    most_repetition: u32,
    /// Places for values that are left in the page, the empty ones among them.
    left: usize,
    repetitions: Option<Runs>,
    definitions: Option<Runs>,
    values: Values,
    /// Levels and places of the values that were taken last.
    levels: Vec<u32>,
    places: Vec<u32>,
}

/// The values of a page.
enum Values {
    Places(Runs),
    Plain(Bytes, usize),
}

/// Values that were taken.
pub(super) struct Taken<V> {
    pub(super) count: usize,
    /// The value that all of them are, where that is known; nothing was appended then.
    pub(super) same: Option<V>,
    /// Whether there are empty places among them.
    pub(super) gaps: bool,
}

pub(super) fn damaged(reason: &str) -> ParquetError {
    ParquetError::General(reason.to_owned())
}

/// Whether a column can be read by its pages: nothing in it is encoded in another way than this
/// room decodes.
pub(super) fn are_readable(column: &ColumnChunkMetaData) -> bool {
    column.encodings().all(|encoding| {
        matches!(
            encoding,
            Encoding::PLAIN | Encoding::RLE | Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY
        )
    })
}

impl Pages {
    pub(super) fn new(
        file: Arc<File>,
        column: &ColumnChunkMetaData,
        rows: usize,
    ) -> Result<Self, ParquetError> {
        let level = |level: i16| u32::try_from(level).unwrap_or(0);
        let descriptor = column.column_descr();
        Ok(Self {
            reader: SerializedPageReader::new(file, column, rows, None)?,
            most_definition: level(descriptor.max_def_level()),
            most_repetition: level(descriptor.max_rep_level()),
            left: 0,
            repetitions: None,
            definitions: None,
            values: Values::Plain(Bytes::new(), 0),
            levels: Vec::new(),
            places: Vec::new(),
        })
    }

    /// Takes up to `most` values of one page; none at the end of the column. Where levels are asked
    /// for, first those of repetition, they tell where the values belong, which come without gaps.
    pub(super) fn take<D: Decoder>(
        &mut self,
        most: usize,
        decoder: &mut D,
        values: &mut Vec<D::Value>,
        levels: Option<(&mut Vec<u32>, &mut Vec<u32>)>,
    ) -> Result<Taken<D::Value>, ParquetError> {
        while self.left == 0 {
            if !self.turn(decoder)? {
                return Ok(Taken {
                    count: 0,
                    same: None,
                    gaps: false,
                });
            }
        }
        let count = most.min(self.left);
        self.left -= count;
        if let Some((repetitions, definitions)) = levels {
            let most = self.most_definition;
            put(&mut self.repetitions, count, 0, repetitions)?;
            put(&mut self.definitions, count, most, definitions)?;
            let present = definitions.iter().filter(|level| **level == most).count();
            self.full(present, decoder, values, false)?;
            return Ok(Taken {
                count,
                same: None,
                gaps: present < count,
            });
        }
        if let Some(repetitions) = &mut self.repetitions
            && repetitions.same(count)? != Some(0)
        {
            return Err(damaged("a value is repeated where none can be"));
        }
        match &mut self.definitions {
            None => return self.full(count, decoder, values, true),
            Some(definitions) => match definitions.same(count)? {
                Some(level) if level == self.most_definition => {
                    return self.full(count, decoder, values, true);
                }
                Some(_) => {
                    let nothing = decoder.nothing()?;
                    return Ok(Taken {
                        count,
                        same: Some(nothing),
                        gaps: true,
                    });
                }
                None => {
                    self.levels.resize(count, 0);
                    definitions.fill(&mut self.levels)?;
                }
            },
        }
        let most = self.most_definition;
        let present = self.levels.iter().filter(|level| **level == most).count();
        if present == count {
            return self.full(count, decoder, values, true);
        }
        let start = values.len();
        let nothing = decoder.nothing()?;
        self.full(present, decoder, values, false)?;
        // Each to its place, the last first.
        values.resize(start + count, nothing);
        let mut from = start + present;
        for (at, level) in self.levels.iter().enumerate().rev() {
            if *level == most {
                from -= 1;
                values[start + at] = values[from];
            } else {
                values[start + at] = nothing;
            }
        }
        Ok(Taken {
            count,
            same: None,
            gaps: true,
        })
    }

    /// The places that were empty among the values taken last, where there were `gaps`.
    pub(super) fn is_gap(&self, at: usize) -> bool {
        self.levels
            .get(at)
            .is_some_and(|level| *level != self.most_definition)
    }

    /// Takes values without gaps.
    fn full<D: Decoder>(
        &mut self,
        count: usize,
        decoder: &mut D,
        values: &mut Vec<D::Value>,
        same_is_told: bool,
    ) -> Result<Taken<D::Value>, ParquetError> {
        let mut same = None;
        match &mut self.values {
            _ if count == 0 => {}
            Values::Places(runs) => match runs.same(count)? {
                Some(place) => {
                    let value = decoder.known(place)?;
                    if same_is_told {
                        same = Some(value);
                    } else {
                        values.resize(values.len() + count, value);
                    }
                }
                None => {
                    self.places.resize(count, 0);
                    runs.fill(&mut self.places)?;
                    decoder.all_known(&self.places, values)?;
                }
            },
            Values::Plain(bytes, at) => {
                let rest = bytes.get(*at..).unwrap_or_default();
                *at += decoder.plain(rest, count, values)?;
            }
        }
        Ok(Taken {
            count,
            same,
            gaps: false,
        })
    }

    /// Turns to the next page; false after the last.
    fn turn<D: Decoder>(&mut self, decoder: &mut D) -> Result<bool, ParquetError> {
        loop {
            match self.reader.get_next_page()? {
                None => return Ok(false),
                Some(Page::DictionaryPage {
                    buf, num_values, ..
                }) => decoder.dictionary(buf, num_values as usize)?,
                Some(Page::DataPage {
                    buf,
                    num_values,
                    encoding,
                    ..
                }) => {
                    let mut at = 0;
                    let mut levels = |most: u32| -> Result<Option<Runs>, ParquetError> {
                        if most == 0 {
                            return Ok(None);
                        }
                        let head = buf.get(at..).and_then(|rest| rest.first_chunk::<4>());
                        let length = head.map(|head| u32::from_le_bytes(*head) as usize);
                        let start = at + 4;
                        let end = length.and_then(|length| start.checked_add(length));
                        at = end
                            .filter(|end| *end <= buf.len())
                            .ok_or_else(|| damaged("the levels of a page are not all there"))?;
                        Runs::new(buf.slice(start..at), bits_of(most)).map(Some)
                    };
                    self.repetitions = levels(self.most_repetition)?;
                    self.definitions = levels(self.most_definition)?;
                    return self.begin(buf.slice(at..), num_values, encoding);
                }
                Some(Page::DataPageV2 {
                    buf,
                    num_values,
                    encoding,
                    def_levels_byte_len,
                    rep_levels_byte_len,
                    ..
                }) => {
                    let middle = rep_levels_byte_len as usize;
                    let end = middle.saturating_add(def_levels_byte_len as usize);
                    if end > buf.len() {
                        return Err(damaged("the levels of a page are not all there"));
                    }
                    let levels = |most: u32, bytes: Bytes| -> Result<Option<Runs>, ParquetError> {
                        (most > 0)
                            .then(|| Runs::new(bytes, bits_of(most)))
                            .transpose()
                    };
                    self.repetitions = levels(self.most_repetition, buf.slice(..middle))?;
                    self.definitions = levels(self.most_definition, buf.slice(middle..end))?;
                    return self.begin(buf.slice(end..), num_values, encoding);
                }
            }
        }
    }

    fn begin(
        &mut self,
        bytes: Bytes,
        count: u32,
        encoding: Encoding,
    ) -> Result<bool, ParquetError> {
        self.values = match encoding {
            Encoding::PLAIN => Values::Plain(bytes, 0),
            Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY => {
                let bits = bytes.first().map_or(0, |bits| usize::from(*bits));
                Values::Places(Runs::new(bytes.slice(1.min(bytes.len())..), bits)?)
            }
            other => return Err(damaged(&format!("a page is encoded as {other}"))),
        };
        self.left = count as usize;
        Ok(true)
    }
}

/// Reads levels; where there are none, all are `otherwise`.
fn put(
    runs: &mut Option<Runs>,
    count: usize,
    otherwise: u32,
    into: &mut Vec<u32>,
) -> Result<(), ParquetError> {
    match runs {
        Some(runs) => {
            into.resize(count, 0);
            runs.fill(into)
        }
        None => {
            into.clear();
            into.resize(count, otherwise);
            Ok(())
        }
    }
}

/// Bits that levels up to `most` need.
const fn bits_of(most: u32) -> usize {
    (u32::BITS - most.leading_zeros()) as usize
}
