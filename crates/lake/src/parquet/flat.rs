//! Values of columns that have one in a row: texts, and numbers of eight bytes.

use std::collections::HashMap;

use ::parquet::errors::ParquetError;
use bytes::Bytes;
use tallyport_ledger::Texts;

use super::pages::{Decoder, damaged};
use super::texts::NOT_TEXT;
use crate::fields::trimmed;

/// A number that was not asked for yet.
const UNKNOWN: u32 = u32::MAX;

/// What is remembered of a column of texts from page to page.
#[derive(Default)]
pub(super) struct TextMemory {
    /// The dictionary of the pages, and where its entries lie.
    entries: Bytes,
    spans: Vec<(u32, u32)>,
    /// The numbers of the entries that were asked for.
    numbers: Vec<u32>,
    /// The text after which each text came the last time: bills repeat themselves hour by hour.
    next: Vec<u32>,
    last: u32,
    /// Whether blanks around a text belong to it.
    as_written: bool,
}

impl TextMemory {
    /// Of a column whose texts are kept with the blanks around them.
    pub(super) fn as_written() -> Self {
        Self {
            as_written: true,
            ..Self::default()
        }
    }
}

/// Numbers texts.
pub(super) struct TextDecoder<'a> {
    pub(super) memory: &'a mut TextMemory,
    pub(super) texts: &'a mut Texts,
}

impl TextDecoder<'_> {
    /// The number of a text that stands somewhere.
    fn number(&mut self, bytes: &[u8]) -> Result<u32, ParquetError> {
        let text = std::str::from_utf8(bytes).map_err(|_| damaged(NOT_TEXT))?;
        let text = if self.memory.as_written {
            text
        } else {
            trimmed(text)
        };
        number(self.texts, text)
    }

    /// The number of a text that follows another.
    fn following(&mut self, bytes: &[u8]) -> Result<u32, ParquetError> {
        let memory = &mut *self.memory;
        if let Some(next) = memory.next.get(memory.last as usize)
            && *next != UNKNOWN
            && self.texts.get(*next).as_bytes() == bytes
        {
            memory.last = *next;
            return Ok(*next);
        }
        let found = self.number(bytes)?;
        let memory = &mut *self.memory;
        if memory.next.len() < self.texts.len() {
            memory.next.resize(self.texts.len(), UNKNOWN);
        }
        if let Some(next) = memory.next.get_mut(memory.last as usize) {
            *next = found;
        }
        memory.last = found;
        Ok(found)
    }
}

fn number(texts: &mut Texts, text: &str) -> Result<u32, ParquetError> {
    texts
        .number(text)
        .ok_or_else(|| damaged("it has more different texts than can be numbered"))
}

/// The bytes of the text at the start, which follow their length.
fn written(bytes: &[u8]) -> Result<&[u8], ParquetError> {
    bytes
        .split_first_chunk::<4>()
        .and_then(|(length, rest)| rest.get(..u32::from_le_bytes(*length) as usize))
        .ok_or_else(|| damaged("a text is longer than its page"))
}

impl Decoder for TextDecoder<'_> {
    type Value = u32;

    fn nothing(&mut self) -> Result<u32, ParquetError> {
        number(self.texts, "")
    }

    fn dictionary(&mut self, bytes: Bytes, count: usize) -> Result<(), ParquetError> {
        let memory = &mut *self.memory;
        memory.spans.clear();
        let mut at = 0;
        for _ in 0..count {
            let text = written(bytes.get(at..).unwrap_or_default())?;
            let place = |at: usize| {
                u32::try_from(at).map_err(|_| damaged("a dictionary has more than 4 GB"))
            };
            memory
                .spans
                .push((place(at + 4)?, place(at + 4 + text.len())?));
            at += 4 + text.len();
        }
        memory.entries = bytes;
        memory.numbers.clear();
        memory.numbers.resize(count, UNKNOWN);
        Ok(())
    }

    fn known(&mut self, place: u32) -> Result<u32, ParquetError> {
        let at = place as usize;
        match self.memory.numbers.get(at) {
            Some(&UNKNOWN) => {}
            Some(known) => return Ok(*known),
            None => return Err(damaged("a place lies beyond its dictionary")),
        }
        let (start, end) = self.memory.spans[at];
        let entries = self.memory.entries.clone();
        let new = self.number(&entries[start as usize..end as usize])?;
        self.memory.numbers[at] = new;
        Ok(new)
    }

    fn all_known(&mut self, places: &[u32], values: &mut Vec<u32>) -> Result<(), ParquetError> {
        let (start, numbers) = (values.len(), self.memory.numbers.as_slice());
        let mut unknown = false;
        values.extend(places.iter().map(|place| {
            let number = numbers.get(*place as usize).copied().unwrap_or(UNKNOWN);
            unknown |= number == UNKNOWN;
            number
        }));
        if unknown {
            for (value, place) in values[start..].iter_mut().zip(places) {
                if *value == UNKNOWN {
                    *value = self.known(*place)?;
                }
            }
        }
        Ok(())
    }

    fn plain(
        &mut self,
        bytes: &[u8],
        count: usize,
        values: &mut Vec<u32>,
    ) -> Result<usize, ParquetError> {
        let mut at = 0;
        for _ in 0..count {
            let text = written(bytes.get(at..).unwrap_or_default())?;
            at += 4 + text.len();
            values.push(self.following(text)?);
        }
        Ok(at)
    }
}

/// The dictionary of a column of eight bytes a value.
#[derive(Default)]
pub(super) struct WordMemory {
    dictionary: Vec<u64>,
}

/// Takes values of eight bytes as they are.
pub(super) struct WordDecoder<'a> {
    pub(super) memory: &'a mut WordMemory,
    /// What stands where there is no value.
    pub(super) nothing: u64,
}

impl Decoder for WordDecoder<'_> {
    type Value = u64;

    fn nothing(&mut self) -> Result<u64, ParquetError> {
        Ok(self.nothing)
    }

    fn dictionary(&mut self, bytes: Bytes, count: usize) -> Result<(), ParquetError> {
        self.memory.dictionary.clear();
        self.plain_words(&bytes, count).map(drop)?;
        Ok(())
    }

    fn known(&mut self, place: u32) -> Result<u64, ParquetError> {
        let known = self.memory.dictionary.get(place as usize).copied();
        known.ok_or_else(|| damaged("a place lies beyond its dictionary"))
    }

    fn all_known(&mut self, places: &[u32], values: &mut Vec<u64>) -> Result<(), ParquetError> {
        let dictionary = self.memory.dictionary.as_slice();
        let mut beyond = false;
        values.extend(places.iter().map(|place| {
            let word = dictionary.get(*place as usize);
            beyond |= word.is_none();
            word.copied().unwrap_or_default()
        }));
        if beyond {
            return Err(damaged("a place lies beyond its dictionary"));
        }
        Ok(())
    }

    fn plain(
        &mut self,
        bytes: &[u8],
        count: usize,
        values: &mut Vec<u64>,
    ) -> Result<usize, ParquetError> {
        let (words, _) = bytes.as_chunks::<8>();
        let words = words
            .get(..count)
            .ok_or_else(|| damaged("a page ends too early"))?;
        values.extend(words.iter().map(|word| u64::from_le_bytes(*word)));
        Ok(count * 8)
    }
}

impl WordDecoder<'_> {
    fn plain_words(&mut self, bytes: &[u8], count: usize) -> Result<(), ParquetError> {
        let (words, _) = bytes.as_chunks::<8>();
        let words = words
            .get(..count)
            .ok_or_else(|| damaged("a dictionary ends too early"))?;
        let words = words.iter().map(|word| u64::from_le_bytes(*word));
        self.memory.dictionary.extend(words);
        Ok(())
    }
}

/// Whole numbers as the texts that they stand for.
#[derive(Default)]
pub(super) struct Spelled {
    known: HashMap<u64, u32, foldhash::fast::RandomState>,
    last: Option<(u64, u32)>,
}

impl Spelled {
    /// The number of a word's text, which `spell` writes the first time.
    pub(super) fn number(
        &mut self,
        word: u64,
        texts: &mut Texts,
        spell: impl FnOnce() -> Result<String, &'static str>,
    ) -> Result<u32, ParquetError> {
        match self.last {
            Some((last, known)) if last == word => return Ok(known),
            _ => {}
        }
        let found = match self.known.get(&word) {
            Some(known) => *known,
            None => {
                let text = spell().map_err(damaged)?;
                let new = number(texts, &text)?;
                self.known.insert(word, new);
                new
            }
        };
        self.last = Some((word, found));
        Ok(found)
    }
}
