//! A column as texts, numbered.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, PrimitiveArray};
use arrow_schema::{DataType, TimeUnit};
use tallyport_ledger::Texts;

use super::maps::Maps;
use super::moments::{self, Kind};
use crate::fields::trimmed;

/// A number that was not asked for yet.
const UNKNOWN: u32 = u32::MAX;

/// Why a column gives no texts.
pub(super) const NOT_TEXT: &str = "it is no text in UTF-8";

/// Numbers the texts of one column.
#[derive(Default)]
pub(super) struct TextColumn {
    /// The dictionary that `numbers` are of.
    dictionary: Option<ArrayRef>,
    numbers: Vec<u32>,
    /// Of values that are no texts, the numbers of their texts.
    of_values: HashMap<i128, u32, foldhash::fast::RandomState>,
    maps: Option<Box<Maps>>,
    /// Whether blanks around a text belong to it.
    as_written: bool,
}

/// What one dictionary entry, a text as bytes, says.
pub(super) fn text_at(
    values: &ArrayRef,
    at: usize,
    as_written: bool,
) -> Result<&str, &'static str> {
    let text = match values.data_type() {
        DataType::Utf8 => values.as_string::<i32>().value(at),
        DataType::LargeUtf8 => values.as_string::<i64>().value(at),
        DataType::Utf8View => values.as_string_view().value(at),
        DataType::Binary => utf8(values.as_binary::<i32>().value(at))?,
        DataType::LargeBinary => utf8(values.as_binary::<i64>().value(at))?,
        DataType::BinaryView => utf8(values.as_binary_view().value(at))?,
        DataType::FixedSizeBinary(_) => utf8(values.as_fixed_size_binary().value(at))?,
        _ => return Err(NOT_TEXT),
    };
    Ok(if as_written { text } else { trimmed(text) })
}

fn utf8(bytes: &[u8]) -> Result<&str, &'static str> {
    std::str::from_utf8(bytes).map_err(|_| NOT_TEXT)
}

fn number(texts: &mut Texts, text: &str) -> Result<u32, &'static str> {
    texts
        .number(text)
        .ok_or("it has more different texts than can be numbered")
}

impl TextColumn {
    /// A column whose texts are kept with the blanks around them.
    pub(super) fn as_written() -> Self {
        Self {
            as_written: true,
            ..Self::default()
        }
    }

    /// Numbers the rows of a column; `put` is given each row and its number.
    pub(super) fn number(
        &mut self,
        array: &ArrayRef,
        texts: &mut Texts,
        mut put: impl FnMut(usize, u32),
    ) -> Result<(), &'static str> {
        match array.data_type() {
            DataType::Dictionary(key, _) if **key == DataType::Int32 => {
                self.of_dictionary(array, texts, put)
            }
            DataType::Map(..) | DataType::Struct(_) => {
                let maps = self.maps.get_or_insert_with(Box::default);
                maps.number(array, texts, &mut put)
            }
            DataType::Null => {
                let empty = number(texts, "")?;
                (0..array.len()).for_each(|row| put(row, empty));
                Ok(())
            }
            DataType::Utf8 => {
                let (values, as_written) = (array.as_string::<i32>(), self.as_written);
                let empty = number(texts, "")?;
                for row in 0..values.len() {
                    let code = if values.is_null(row) {
                        empty
                    } else if as_written {
                        number(texts, values.value(row))?
                    } else {
                        number(texts, trimmed(values.value(row)))?
                    };
                    put(row, code);
                }
                Ok(())
            }
            _ => {
                let empty = number(texts, "")?;
                for row in 0..array.len() {
                    let code = if array.is_null(row) {
                        empty
                    } else {
                        self.of_value(array, row, texts)?
                    };
                    put(row, code);
                }
                Ok(())
            }
        }
    }

    fn of_dictionary(
        &mut self,
        array: &ArrayRef,
        texts: &mut Texts,
        mut put: impl FnMut(usize, u32),
    ) -> Result<(), &'static str> {
        let array = array.as_dictionary::<Int32Type>();
        let values = array.values();
        // Batches of one row group share their dictionary.
        if self
            .dictionary
            .as_ref()
            .is_none_or(|known| !std::sync::Arc::ptr_eq(known, values))
        {
            self.dictionary = Some(std::sync::Arc::clone(values));
            self.numbers.clear();
            self.numbers.resize(values.len(), UNKNOWN);
        }
        let empty = number(texts, "")?;
        let (numbers, as_written) = (&mut self.numbers, self.as_written);
        let mut of_key = |key: i32| -> Result<u32, &'static str> {
            let at = key as usize;
            let known = numbers[at];
            if known != UNKNOWN {
                return Ok(known);
            }
            let new = if values.is_null(at) {
                empty
            } else {
                number(texts, text_at(values, at, as_written)?)?
            };
            numbers[at] = new;
            Ok(new)
        };
        let keys = array.keys();
        match keys.nulls().filter(|nulls| nulls.null_count() > 0) {
            None => {
                for (row, key) in keys.values().iter().enumerate() {
                    put(row, of_key(*key)?);
                }
            }
            Some(nulls) => {
                for (row, key) in keys.values().iter().enumerate() {
                    let code = if nulls.is_null(row) {
                        empty
                    } else {
                        of_key(*key)?
                    };
                    put(row, code);
                }
            }
        }
        Ok(())
    }

    /// A value that is no dictionary's, as a text.
    fn of_value(
        &mut self,
        array: &ArrayRef,
        row: usize,
        texts: &mut Texts,
    ) -> Result<u32, &'static str> {
        let Some(value) = whole_value(array, row) else {
            let text = match array.data_type() {
                DataType::Float64 => array.as_primitive::<Float64Type>().value(row).to_string(),
                DataType::Float32 => array.as_primitive::<Float32Type>().value(row).to_string(),
                DataType::Boolean => array.as_boolean().value(row).to_string(),
                _ => return number(texts, text_at(array, row, self.as_written)?),
            };
            return number(texts, &text);
        };
        if let Some(known) = self.of_values.get(&value) {
            return Ok(*known);
        }
        let text = match (array.data_type(), Kind::of(array.data_type())) {
            (_, Some(kind)) => {
                let raw = i64::try_from(value).map_err(|_| NOT_TEXT)?;
                moments::text(kind, raw).ok_or("it is no date")?
            }
            (DataType::Decimal128(_, scale), _) => {
                let exact = tallyport_ledger::Exact::from_scaled(value, i32::from(*scale));
                exact.map_err(|_| "it is too large a number")?.to_string()
            }
            _ => value.to_string(),
        };
        let new = number(texts, &text)?;
        self.of_values.insert(value, new);
        Ok(new)
    }
}

/// A value of a column of whole numbers, of decimals or of moments.
pub(super) fn whole_value(array: &ArrayRef, row: usize) -> Option<i128> {
    fn of<T: ArrowPrimitiveType>(array: &ArrayRef, row: usize) -> Option<i128>
    where
        i128: From<T::Native>,
    {
        let array: &PrimitiveArray<T> = array.as_primitive_opt()?;
        Some(i128::from(array.value(row)))
    }
    match array.data_type() {
        DataType::Int8 => of::<Int8Type>(array, row),
        DataType::Int16 => of::<Int16Type>(array, row),
        DataType::Int32 => of::<Int32Type>(array, row),
        DataType::Int64 => of::<Int64Type>(array, row),
        DataType::UInt8 => of::<UInt8Type>(array, row),
        DataType::UInt16 => of::<UInt16Type>(array, row),
        DataType::UInt32 => of::<UInt32Type>(array, row),
        DataType::UInt64 => of::<UInt64Type>(array, row),
        DataType::Decimal128(..) => of::<Decimal128Type>(array, row),
        DataType::Date32 => of::<Date32Type>(array, row),
        DataType::Timestamp(unit, _) => match unit {
            TimeUnit::Second => of::<TimestampSecondType>(array, row),
            TimeUnit::Millisecond => of::<TimestampMillisecondType>(array, row),
            TimeUnit::Microsecond => of::<TimestampMicrosecondType>(array, row),
            TimeUnit::Nanosecond => of::<TimestampNanosecondType>(array, row),
        },
        _ => None,
    }
}
