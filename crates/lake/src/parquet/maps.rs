//! A column of maps as texts: JSON objects, as CSV files write them.
//!
//! A map is a sequence of numbered keys and values. Its JSON is written once for each different
//! sequence.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use foldhash::fast::RandomState;
use tallyport_ledger::Texts;

use super::texts::{NOT_TEXT, TextColumn};

/// Numbers the maps of one column.
#[derive(Default)]
pub(super) struct Maps {
    keys: Texts,
    values: Texts,
    columns: Vec<TextColumn>,
    codes: Vec<Vec<u32>>,
    /// Sequences of keys and values, and the numbers of their texts.
    sequences: HashMap<Box<[u32]>, u32, RandomState>,
    sequence: Vec<u32>,
}

impl Maps {
    /// Numbers the rows of a column; `put` is given each row and its number.
    pub(super) fn number(
        &mut self,
        array: &ArrayRef,
        texts: &mut Texts,
        put: &mut dyn FnMut(usize, u32),
    ) -> Result<(), &'static str> {
        if let Some(map) = array.as_map_opt() {
            let [keys, values] = map.entries().columns() else {
                return Err(NOT_TEXT);
            };
            self.columns.resize_with(2, TextColumn::as_written);
            self.codes.resize(2, Vec::new());
            let [keys_column, values_column] = &mut self.columns[..] else {
                return Err(NOT_TEXT);
            };
            let [key_codes, value_codes] = &mut self.codes[..] else {
                return Err(NOT_TEXT);
            };
            key_codes.clear();
            value_codes.clear();
            keys_column.number(keys, &mut self.keys, |_, code| key_codes.push(code))?;
            values_column.number(values, &mut self.values, |_, code| value_codes.push(code))?;
            for (row, range) in map.offsets().windows(2).enumerate() {
                self.sequence.clear();
                if !map.is_null(row) {
                    for at in range[0] as usize..range[1] as usize {
                        self.sequence.extend([self.codes[0][at], self.codes[1][at]]);
                    }
                }
                put(row, self.number_of_sequence(texts)?);
            }
            return Ok(());
        }
        let DataType::Struct(fields) = array.data_type() else {
            return Err(NOT_TEXT);
        };
        let array = array.as_struct();
        self.columns
            .resize_with(fields.len(), TextColumn::as_written);
        self.codes.resize(fields.len(), Vec::new());
        for ((values, column), codes) in array
            .columns()
            .iter()
            .zip(&mut self.columns)
            .zip(&mut self.codes)
        {
            codes.clear();
            column.number(values, &mut self.values, |_, code| codes.push(code))?;
        }
        let keys: Option<Vec<u32>> = fields
            .iter()
            .map(|field| self.keys.number(field.name()))
            .collect();
        let keys = keys.ok_or(NOT_TEXT)?;
        for row in 0..array.len() {
            self.sequence.clear();
            for ((key, values), codes) in keys.iter().zip(array.columns()).zip(&self.codes) {
                if !array.is_null(row) && !values.is_null(row) {
                    self.sequence.extend([*key, codes[row]]);
                }
            }
            put(row, self.number_of_sequence(texts)?);
        }
        Ok(())
    }

    /// The number of the text that the sequence stands for.
    fn number_of_sequence(&mut self, texts: &mut Texts) -> Result<u32, &'static str> {
        if let Some(known) = self.sequences.get(&self.sequence[..]) {
            return Ok(*known);
        }
        let mut json = String::new();
        for pair in self.sequence.chunks_exact(2) {
            json.push(if json.is_empty() { '{' } else { ',' });
            let quoted = |text: &str| serde_json::to_string(text).map_err(|_| NOT_TEXT);
            json.push_str(&quoted(self.keys.get(pair[0]))?);
            json.push(':');
            json.push_str(&quoted(self.values.get(pair[1]))?);
        }
        if !json.is_empty() {
            json.push('}');
        }
        let number = texts.number(&json).ok_or(NOT_TEXT)?;
        self.sequences
            .insert(self.sequence.as_slice().into(), number);
        Ok(number)
    }
}
