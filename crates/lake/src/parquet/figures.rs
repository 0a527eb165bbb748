//! A column as figures.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Decimal128Type, Decimal256Type, Float32Type, Float64Type, Int32Type, Int64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use tallyport_ledger::{Exact, ExactError};

use super::decimals::{self, Doubles};
use super::texts::{text_at, whole_value};
use crate::fields::{self, Fault};

/// Reads one column of figures.
#[derive(Default)]
pub(super) struct FigureColumn {
    /// The dictionary that `parsed` is of.
    dictionary: Option<ArrayRef>,
    parsed: Vec<Option<Result<Option<Exact>, Fault>>>,
    pub(super) figures: Vec<Exact>,
}

/// A figure that cannot be taken, and its row.
pub(super) type BadFigure = (usize, Fault);

/// What is read into.
pub(super) struct Into<'a> {
    pub(super) column: usize,
    pub(super) is_quantity: bool,
    /// Is told of each row that has a figure.
    pub(super) filled: &'a mut dyn FnMut(usize),
    pub(super) bad: &'a mut Vec<BadFigure>,
}

impl FigureColumn {
    /// Takes the rows of a column in.
    pub(super) fn read(
        &mut self,
        array: &ArrayRef,
        doubles: &mut Doubles,
        into: &mut Into<'_>,
    ) -> Result<(), &'static str> {
        self.figures.clear();
        self.figures.resize(array.len(), Exact::ZERO);
        match array.data_type() {
            DataType::Dictionary(key, _) if **key == DataType::Int32 => {
                self.of_dictionary(array, into);
            }
            DataType::Float64 => {
                let values = array.as_primitive::<Float64Type>().values();
                self.each(array, into, |row| {
                    let double = values[row];
                    doubles
                        .decimal(double.to_bits())
                        .map_err(|error| told(error, &double))
                });
            }
            DataType::Float32 => {
                let values = array.as_primitive::<Float32Type>().values();
                self.each(array, into, |row| {
                    let single = values[row];
                    doubles
                        .decimal_of_single(single)
                        .map_err(|error| told(error, &single))
                });
            }
            DataType::Decimal128(_, scale) => {
                let values = array.as_primitive::<Decimal128Type>().values();
                let scale = i32::from(*scale);
                self.each(array, into, |row| {
                    Exact::from_scaled(values[row], scale)
                        .map_err(|error| told(error, &values[row]))
                });
            }
            DataType::Decimal256(_, scale) => {
                let values = array.as_primitive::<Decimal256Type>().values();
                self.each(array, into, |row| {
                    let text = format!("{}e{}", values[row], -i32::from(*scale));
                    Exact::parse(text.as_bytes()).map_err(|error| told(error, &text))
                });
            }
            DataType::Int64 => {
                let values = array.as_primitive::<Int64Type>().values();
                self.each(array, into, |row| {
                    let value = i128::from(values[row]);
                    Exact::from_scaled(value, 0).map_err(|error| told(error, &value))
                });
            }
            DataType::Null => {}
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Binary => {
                for row in 0..array.len() {
                    if !array.is_null(row) {
                        let text = text_at(array, row, false)?;
                        let figure = fields::figure(into.column, text, into.is_quantity);
                        self.put(row, figure, into);
                    }
                }
            }
            _ => {
                let mut known = true;
                self.each(array, into, |row| {
                    let value = whole_value(array, row);
                    known &= value.is_some();
                    let value = value.unwrap_or_default();
                    Exact::from_scaled(value, 0).map_err(|error| told(error, &value))
                });
                if !known {
                    return Err("it holds no numbers");
                }
            }
        }
        Ok(())
    }

    /// Takes in the rows that are not empty.
    fn each(
        &mut self,
        array: &ArrayRef,
        into: &mut Into<'_>,
        mut figure: impl FnMut(usize) -> Result<Exact, String>,
    ) {
        let nulls = array.nulls().filter(|nulls| nulls.null_count() > 0);
        for row in 0..array.len() {
            if nulls.is_some_and(|nulls| nulls.is_null(row)) {
                continue;
            }
            let exact = match figure(row) {
                Ok(exact) => exact,
                Err(reason) => {
                    let column = Some(into.column);
                    into.bad.push((row, Fault { column, reason }));
                    continue;
                }
            };
            if into.is_quantity || fields::is_holdable(exact) {
                self.figures[row] = exact;
                (into.filled)(row);
            } else {
                self.put(row, fields::amount(into.column, exact).map(Some), into);
            }
        }
    }

    fn put(&mut self, row: usize, figure: Result<Option<Exact>, Fault>, into: &mut Into<'_>) {
        match figure {
            Ok(Some(figure)) => {
                self.figures[row] = figure;
                (into.filled)(row);
            }
            Ok(None) => {}
            Err(fault) => into.bad.push((row, fault)),
        }
    }

    /// Texts that are numbers: each is read once.
    fn of_dictionary(&mut self, array: &ArrayRef, into: &mut Into<'_>) {
        let array = array.as_dictionary::<Int32Type>();
        let values = array.values();
        if self
            .dictionary
            .as_ref()
            .is_none_or(|known| !Arc::ptr_eq(known, values))
        {
            self.dictionary = Some(Arc::clone(values));
            self.parsed.clear();
            self.parsed.resize(values.len(), None);
        }
        for row in 0..array.len() {
            if array.is_null(row) {
                continue;
            }
            let at = array.keys().value(row) as usize;
            let figure = match &self.parsed[at] {
                Some(parsed) => parsed.clone(),
                None => {
                    let parsed = match text_at(values, at, false) {
                        Ok(text) => fields::figure(into.column, text, into.is_quantity),
                        Err(reason) => Err(Fault {
                            column: Some(into.column),
                            reason: reason.to_owned(),
                        }),
                    };
                    self.parsed[at] = Some(parsed.clone());
                    parsed
                }
            };
            self.put(row, figure, into);
        }
    }
}

/// The figure that a double stands for.
pub(super) fn of_double(
    column: usize,
    bits: u64,
    is_quantity: bool,
    doubles: &mut Doubles,
) -> Result<Exact, Fault> {
    match doubles.decimal(bits) {
        Ok(figure) if is_quantity || fields::is_holdable(figure) => Ok(figure),
        Ok(figure) => fields::amount(column, figure),
        Err(error) => Err(Fault {
            column: Some(column),
            reason: told(error, &decimals::shown(bits)),
        }),
    }
}

fn told(error: ExactError, number: &dyn std::fmt::Display) -> String {
    let what = match error {
        ExactError::NotANumber => "is not a decimal number",
        ExactError::TooLarge => "is too large a number",
    };
    format!("\"{number}\" {what}")
}
