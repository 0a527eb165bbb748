//! A column of maps of texts, as texts: JSON objects, as CSV files write them.
//!
//! A map is a sequence of numbered keys and values. Sequences that begin alike share their
//! beginnings, and the JSON of each is written once.

use ::parquet::errors::ParquetError;
use tallyport_ledger::Texts;

use super::flat::{TextDecoder, TextMemory};
use super::pages::{Pages, damaged};
use super::texts::NOT_TEXT;
use crate::pass::Pairs;

/// Levels that are looked at in one step.
const STEP: usize = 4_096;
/// Entries that a map may have.
const MOST_ENTRIES: usize = 10_000;
/// A number that was not asked for yet.
const UNKNOWN: u32 = u32::MAX;

/// What is remembered of a column of maps from page to page.
pub(super) struct MapMemory {
    keys: Texts,
    values: Texts,
    key_memory: TextMemory,
    value_memory: TextMemory,
    /// A key and a value.
    entries: Pairs,
    /// The sequence that an entry makes of the one before it; nothing is sequence 0.
    sequences: Pairs,
    /// Of each sequence but the first: the one before its last entry, and that entry.
    parts: Vec<(u32, u32)>,
    entry_parts: Vec<(u32, u32)>,
    /// The numbers of the sequences' texts.
    numbers: Vec<u32>,
}

impl MapMemory {
    pub(super) fn new() -> Self {
        Self {
            keys: Texts::new(),
            values: Texts::new(),
            key_memory: TextMemory::as_written(),
            value_memory: TextMemory::as_written(),
            entries: Pairs::new(),
            sequences: Pairs::new(),
            parts: Vec::new(),
            entry_parts: Vec::new(),
            numbers: vec![UNKNOWN],
        }
    }

    /// The sequence with another entry behind it.
    fn longer(&mut self, sequence: u32, key: u32, value: u32) -> Result<u32, ParquetError> {
        const TOO_MANY: &str = "it has more different maps than can be numbered";
        let full = || damaged(TOO_MANY);
        let (entry, new) = self.entries.number(key, value).ok_or_else(full)?;
        if new {
            self.entry_parts.push((key, value));
        }
        let (longer, new) = self.sequences.number(sequence, entry).ok_or_else(full)?;
        if new {
            self.parts.push((sequence, entry));
            self.numbers.push(UNKNOWN);
        }
        longer.checked_add(1).ok_or_else(full)
    }

    /// The number of the text that a sequence stands for.
    fn number(&mut self, sequence: u32, texts: &mut Texts) -> Result<u32, ParquetError> {
        let at = sequence as usize;
        if self.numbers[at] != UNKNOWN {
            return Ok(self.numbers[at]);
        }
        let (mut entries, mut before) = (Vec::new(), sequence);
        while before > 0 {
            let (sequence, entry) = self.parts[before as usize - 1];
            entries.push(self.entry_parts[entry as usize]);
            before = sequence;
        }
        let mut json = String::new();
        for (key, value) in entries.iter().rev() {
            json.push(if json.is_empty() { '{' } else { ',' });
            let quoted = |text: &str| serde_json::to_string(text).map_err(|_| damaged(NOT_TEXT));
            json.push_str(&quoted(self.keys.get(*key))?);
            json.push(':');
            json.push_str(&quoted(self.values.get(*value))?);
        }
        if !json.is_empty() {
            json.push('}');
        }
        let new = texts.number(&json).ok_or_else(|| damaged(NOT_TEXT))?;
        self.numbers[at] = new;
        Ok(new)
    }
}

/// One of the two columns of the entries.
struct Entries {
    pages: Box<Pages>,
    repetitions: Vec<u32>,
    definitions: Vec<u32>,
    values: Vec<u32>,
    at: usize,
}

impl Entries {
    fn new(pages: Box<Pages>) -> Self {
        Self {
            pages,
            repetitions: Vec::new(),
            definitions: Vec::new(),
            values: Vec::new(),
            at: 0,
        }
    }

    /// Looks at the next entries where all were taken; false at the end.
    fn refill(&mut self, texts: &mut Texts, memory: &mut TextMemory) -> Result<bool, ParquetError> {
        if self.at < self.definitions.len() {
            return Ok(true);
        }
        self.at = 0;
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
}

/// Reads the maps of a row group.
pub(super) struct MapPages {
    keys: Entries,
    values: Entries,
    /// The definition level of a key that is there.
    present: u32,
    /// What was read of the row that comes next, and how many entries it has so far.
    begun: Option<(u32, usize)>,
}

impl MapPages {
    /// `present` is the definition level of a key that is there.
    pub(super) fn new(keys: Box<Pages>, values: Box<Pages>, present: u32) -> Self {
        Self {
            keys: Entries::new(keys),
            values: Entries::new(values),
            present,
            begun: None,
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
        while numbers.len() < goal {
            let keys = self.keys.refill(&mut memory.keys, &mut memory.key_memory)?;
            let values = self
                .values
                .refill(&mut memory.values, &mut memory.value_memory)?;
            if keys != values {
                return Err(damaged("its keys and values are not equally many"));
            }
            if !keys {
                if let Some((sequence, _)) = self.begun.take() {
                    numbers.push(memory.number(sequence, texts)?);
                }
                return Ok(());
            }
            self.go_on(goal, memory, texts, numbers)?;
        }
        Ok(())
    }

    /// Goes through what was looked at.
    fn go_on(
        &mut self,
        goal: usize,
        memory: &mut MapMemory,
        texts: &mut Texts,
        numbers: &mut Vec<u32>,
    ) -> Result<(), ParquetError> {
        let (keys, values) = (&mut self.keys, &mut self.values);
        let count = (keys.definitions.len() - keys.at).min(values.definitions.len() - values.at);
        let levels = keys.repetitions[keys.at..]
            .iter()
            .zip(&keys.definitions[keys.at..]);
        let texts_of = keys.values[keys.at..]
            .iter()
            .zip(&values.values[values.at..]);
        let mut done = 0;
        for ((repeated, defined), (key, value)) in levels.zip(texts_of).take(count) {
            if *repeated == 0
                && let Some((sequence, _)) = self.begun.take()
            {
                let known = memory.numbers.get(sequence as usize).copied();
                numbers.push(match known {
                    Some(number) if number != UNKNOWN => number,
                    _ => memory.number(sequence, texts)?,
                });
                if numbers.len() == goal {
                    break;
                }
            }
            let (sequence, entries) = self.begun.unwrap_or_default();
            self.begun = Some(if *defined == self.present {
                if entries >= MOST_ENTRIES {
                    return Err(damaged("a map has more than 10,000 entries"));
                }
                (memory.longer(sequence, *key, *value)?, entries + 1)
            } else {
                (sequence, entries)
            });
            done += 1;
        }
        keys.at += done;
        values.at += done;
        Ok(())
    }
}
