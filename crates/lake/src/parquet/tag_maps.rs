//! A column of maps of texts, as texts: JSON objects, as CSV files write them.
//!
//! A map is a sequence of numbered keys and values. Its JSON is written once for each different
//! sequence.

use std::collections::HashMap;

use ::parquet::errors::ParquetError;
use foldhash::fast::RandomState;
use tallyport_ledger::Texts;

use super::flat::{TextDecoder, TextMemory};
use super::pages::{Pages, damaged};
use super::texts::NOT_TEXT;

/// Levels that are looked at in one step.
const STEP: usize = 4_096;
/// Entries that a map may have.
const MOST_ENTRIES: usize = 10_000;

/// What is remembered of a column of maps from page to page.
#[derive(Default)]
pub(super) struct MapMemory {
    keys: Texts,
    values: Texts,
    key_memory: TextMemory,
    value_memory: TextMemory,
    /// The maps that were seen.
    maps: Vec<Known>,
    /// The keys and the values of each, one map after the other.
    keys_of: Vec<u32>,
    values_of: Vec<u32>,
    /// The maps by their keys and then their values.
    places: HashMap<Box<[u32]>, u32, RandomState>,
    last: usize,
    /// The entries of a map that is not known yet.
    row: Vec<u32>,
}

/// A map that was seen.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// Where its entries lie.
    start: usize,
    entries: usize,
    /// The number of its text.
    number: u32,
    /// The map that came after it the last time: bills repeat themselves hour by hour.
    next: usize,
}

impl MapMemory {
    pub(super) fn new() -> Self {
        Self {
            key_memory: TextMemory::as_written(),
            value_memory: TextMemory::as_written(),
            ..Self::default()
        }
    }

    /// The map that may come next.
    fn expected(&self) -> Option<&Known> {
        self.maps.get(self.maps.get(self.last)?.next)
    }

    /// Finds the map with these keys and values, and the number of its text.
    fn find(
        &mut self,
        keys: &[u32],
        values: &[u32],
        texts: &mut Texts,
    ) -> Result<u32, ParquetError> {
        self.row.clear();
        self.row.extend_from_slice(keys);
        self.row.extend_from_slice(values);
        let at = match self.places.get(&self.row[..]) {
            Some(known) => *known as usize,
            None => {
                let number = self.spell(keys, values, texts)?;
                let at = self.maps.len();
                let place = u32::try_from(at).map_err(|_| damaged(NOT_TEXT))?;
                self.places.insert(self.row.as_slice().into(), place);
                self.maps.push(Known {
                    start: self.keys_of.len(),
                    entries: keys.len(),
                    number,
                    next: 0,
                });
                self.keys_of.extend_from_slice(keys);
                self.values_of.extend_from_slice(values);
                at
            }
        };
        if let Some(last) = self.maps.get_mut(self.last) {
            last.next = at;
        }
        self.last = at;
        Ok(self.maps[at].number)
    }

    /// The number of the text of a map with these keys and values.
    fn spell(&self, keys: &[u32], values: &[u32], texts: &mut Texts) -> Result<u32, ParquetError> {
        let mut json = String::new();
        for (key, value) in keys.iter().zip(values) {
            json.push(if json.is_empty() { '{' } else { ',' });
            let quoted = |text: &str| serde_json::to_string(text).map_err(|_| damaged(NOT_TEXT));
            json.push_str(&quoted(self.keys.get(*key))?);
            json.push(':');
            json.push_str(&quoted(self.values.get(*value))?);
        }
        if !json.is_empty() {
            json.push('}');
        }
        texts.number(&json).ok_or_else(|| damaged(NOT_TEXT))
    }
}

/// One of the two columns of the entries.
struct Entries {
    pages: Box<Pages>,
    /// The definition level of what is there.
    present: u32,
    repetitions: Vec<u32>,
    definitions: Vec<u32>,
    /// The level that is looked at next.
    at: usize,
    /// What is there, and which of it comes next.
    values: Vec<u32>,
    next: usize,
}

impl Entries {
    fn new(pages: Box<Pages>, present: u32) -> Self {
        Self {
            pages,
            present,
            repetitions: Vec::new(),
            definitions: Vec::new(),
            at: 0,
            values: Vec::new(),
            next: 0,
        }
    }

    /// Looks at the next levels where all were taken; false at the end.
    fn refill(&mut self, texts: &mut Texts, memory: &mut TextMemory) -> Result<bool, ParquetError> {
        if self.at < self.definitions.len() {
            return Ok(true);
        }
        (self.at, self.next) = (0, 0);
        self.values.clear();
        let mut decoder = TextDecoder { memory, texts };
        let levels = (&mut self.repetitions, &mut self.definitions);
        let taken = self
            .pages
            .take(STEP, &mut decoder, &mut self.values, Some(levels))?;
        if taken.count == 0 {
            self.definitions.clear();
        }
        Ok(taken.count > 0)
    }

    /// Whether these come next, all of them there.
    fn are(&self, expected: &[u32]) -> bool {
        let end = self.at + expected.len();
        let levels = self.definitions.get(self.at..end);
        levels.is_some_and(|levels| levels.iter().all(|level| *level == self.present))
            && self.values.get(self.next..self.next + expected.len()) == Some(expected)
    }

    fn pass(&mut self, levels: usize, values: usize) {
        self.at += levels;
        self.next += values;
    }

    /// What the next level says: a value, or that there is none.
    fn one(&mut self) -> Option<u32> {
        let there = self.definitions.get(self.at) == Some(&self.present);
        let value = self.values.get(self.next).copied().filter(|_| there);
        self.pass(1, usize::from(there));
        value
    }
}

/// Reads the maps of a row group.
pub(super) struct MapPages {
    keys: Entries,
    values: Entries,
    /// What was read of the row that comes next.
    begun: bool,
    begun_keys: Vec<u32>,
    begun_values: Vec<u32>,
}

impl MapPages {
    /// Each column with the definition level of what is there.
    pub(super) fn new(keys: (Box<Pages>, u32), values: (Box<Pages>, u32)) -> Self {
        Self {
            keys: Entries::new(keys.0, keys.1),
            values: Entries::new(values.0, values.1),
            begun: false,
            begun_keys: Vec::new(),
            begun_values: Vec::new(),
        }
    }

    /// Appends the numbers of the next rows' texts; fewer at the end.
    pub(super) fn take(
        &mut self,
        rows: usize,
        memory: &mut MapMemory,
        texts: &mut Texts,
        numbers: &mut Vec<u32>,
    ) -> Result<(), ParquetError> {
        let goal = numbers.len() + rows;
        // A null value is an empty one.
        let empty = memory.values.number("").ok_or_else(|| damaged(NOT_TEXT))?;
        while numbers.len() < goal {
            let keys = self.keys.refill(&mut memory.keys, &mut memory.key_memory)?;
            let values = self
                .values
                .refill(&mut memory.values, &mut memory.value_memory)?;
            if keys != values {
                return Err(damaged("its keys and values are not equally many"));
            }
            if !keys {
                if self.begun {
                    numbers.push(self.end(memory, texts)?);
                }
                return Ok(());
            }
            if !self.begun
                && let Some(number) = self.as_expected(memory)
            {
                numbers.push(number);
                continue;
            }
            let again = self.keys.repetitions.get(self.keys.at) != Some(&0);
            if self.begun && !again {
                numbers.push(self.end(memory, texts)?);
                continue;
            }
            self.begun = true;
            let (key, value) = (self.keys.one(), self.values.one());
            if let Some(key) = key {
                if self.begun_keys.len() == MOST_ENTRIES {
                    return Err(damaged("a map has more than 10,000 entries"));
                }
                self.begun_keys.push(key);
                self.begun_values.push(value.unwrap_or(empty));
            }
        }
        Ok(())
    }

    /// Takes the next map if it is the expected one, whole and with all its values.
    fn as_expected(&mut self, memory: &mut MapMemory) -> Option<u32> {
        let expected = *memory.expected()?;
        let levels = expected.entries.max(1);
        let start = self.keys.at + 1;
        let repetitions = self.keys.repetitions.get(start..start + levels)?;
        let (behind, again) = repetitions.split_last()?;
        if *behind != 0 || again.contains(&0) {
            return None;
        }
        let span = expected.start..expected.start + expected.entries;
        let is_it = if expected.entries == 0 {
            self.keys.definitions.get(self.keys.at)? != &self.keys.present
                && self.values.at < self.values.definitions.len()
        } else {
            self.keys.are(memory.keys_of.get(span.clone())?)
                && self.values.are(memory.values_of.get(span)?)
        };
        if !is_it {
            return None;
        }
        self.keys.pass(levels, expected.entries);
        self.values.pass(levels, expected.entries);
        memory.last = memory.maps[memory.last].next;
        Some(expected.number)
    }

    /// Ends the row that was begun.
    fn end(&mut self, memory: &mut MapMemory, texts: &mut Texts) -> Result<u32, ParquetError> {
        self.begun = false;
        let number = memory.find(&self.begun_keys, &self.begun_values, texts)?;
        self.begun_keys.clear();
        self.begun_values.clear();
        Ok(number)
    }
}
