//! Parquet with Snappy, in the types of the table: doubles, timestamps, maps.

use std::sync::Arc;

use arrow_array::builder::{
    Float64Builder, MapBuilder, StringBuilder, TimestampMillisecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, Field, Schema};
use jiff::tz::TimeZone;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::charge::Charge;
use super::table::{Cell, Column, Kind};
use crate::company::{Nano, decimal};

/// Writes charges as a Parquet file. The same charges give the same bytes.
pub(crate) fn write(columns: &[Column], charges: &[Charge<'_>]) -> Result<Vec<u8>, ParquetError> {
    let arrays: Vec<ArrayRef> = columns
        .iter()
        .map(|column| array(column, charges))
        .collect::<Result<_, _>>()?;
    let fields: Vec<Field> = columns
        .iter()
        .zip(&arrays)
        .map(|(column, array)| Field::new(column.name.as_ref(), array.data_type().clone(), true))
        .collect();
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(schema.clone(), arrays)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("AWS Data Exports (demo data)".into())
        .build();
    let mut writer = ArrowWriter::try_new(vec![], schema, Some(properties))?;
    writer.write(&batch)?;
    writer.into_inner()
}

fn array(column: &Column, charges: &[Charge<'_>]) -> Result<ArrayRef, ArrowError> {
    let cells = charges.iter().map(|charge| column.of(charge));
    Ok(match column.kind {
        Kind::Text => {
            let mut array = StringBuilder::new();
            for cell in cells {
                match cell {
                    Cell::Text(text) => array.append_value(text),
                    _ => array.append_null(),
                }
            }
            Arc::new(array.finish())
        }
        Kind::Amount => {
            let mut array = Float64Builder::new();
            for cell in cells {
                match cell {
                    Cell::Amount(amount) => array.append_value(double(amount)),
                    _ => array.append_null(),
                }
            }
            Arc::new(array.finish())
        }
        Kind::Moment => {
            let mut array = TimestampMillisecondBuilder::new().with_timezone("UTC");
            for cell in cells {
                let moment = match cell {
                    Cell::Moment(day) => day.to_zoned(TimeZone::UTC).ok(),
                    _ => None,
                };
                array.append_option(moment.map(|moment| moment.timestamp().as_millisecond()));
            }
            Arc::new(array.finish())
        }
        Kind::Texts => {
            let mut array = MapBuilder::new(None, StringBuilder::new(), StringBuilder::new());
            for cell in cells {
                let is_there = match cell {
                    Cell::Texts(pairs) => {
                        for (key, value) in pairs {
                            array.keys().append_value(key);
                            array.values().append_value(value);
                        }
                        true
                    }
                    _ => false,
                };
                array.append(is_there)?;
            }
            Arc::new(array.finish())
        }
        Kind::Amounts => {
            let mut array = MapBuilder::new(None, StringBuilder::new(), Float64Builder::new());
            for cell in cells {
                let is_there = match cell {
                    Cell::Amounts(pairs) => {
                        for (key, amount) in pairs {
                            array.keys().append_value(key);
                            array.values().append_value(double(amount));
                        }
                        true
                    }
                    _ => false,
                };
                array.append(is_there)?;
            }
            Arc::new(array.finish())
        }
    })
}

/// The number that is written with these digits. Amounts below a million dollars have fifteen
/// digits at most, which the table's doubles hold; nothing is ever worked out with them.
fn double<T: Default + std::str::FromStr>(amount: Nano) -> T {
    decimal(amount).parse().unwrap_or_default()
}
