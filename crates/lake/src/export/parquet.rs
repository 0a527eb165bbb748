//! Amounts are DECIMAL(38, 9), quantities DECIMAL(38, 24), moments timestamps in UTC. Tags are a text
//! of JSON here too: that is what FOCUS's KeyValueFormat asks for, a map fails its validator.

use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{
    Decimal128Builder, Int64Builder, StringBuilder, TimestampMillisecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use jiff::civil::Date;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use tallyport_ledger::TagSet;

use super::ExportError;
use super::columns::{COLUMNS, Cell, Kind};
use super::decimal::{AMOUNT_SCALE, DIGITS, QUANTITY_SCALE, quantity_units};
use super::row::FocusRow;

/// Rows that are put into columns at once.
const BATCH: usize = 8_192;
/// Where a row group ends: the most that is kept in memory.
const ROW_GROUP_BYTES: usize = 32 << 20;

pub(super) struct ParquetWriter<W: Write + Send> {
    to: ArrowWriter<W>,
    schema: Arc<Schema>,
    builders: Vec<Builder>,
    held: usize,
}

enum Builder {
    Text(StringBuilder),
    Decimal(Decimal128Builder),
    Moment(TimestampMillisecondBuilder),
    Count(Int64Builder),
}

impl<W: Write + Send> ParquetWriter<W> {
    pub(super) fn new(to: W) -> Result<Self, ExportError> {
        let mut builders: Vec<Builder> = COLUMNS
            .iter()
            .map(|column| Builder::new(column.kind))
            .collect();
        let fields: Vec<Field> = COLUMNS
            .iter()
            .zip(&mut builders)
            .map(|(column, builder)| {
                Field::new(
                    column.name,
                    builder.finish().data_type().clone(),
                    column.nullable,
                )
            })
            .collect();
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_bytes(Some(ROW_GROUP_BYTES))
            .set_key_value_metadata(Some(vec![KeyValue::new(
                "focus_version".to_owned(),
                "1.2".to_owned(),
            )]))
            .set_created_by("Tallyport".to_owned())
            .build();
        let to = ArrowWriter::try_new(to, Arc::clone(&schema), Some(properties)).map_err(failed)?;
        Ok(Self {
            to,
            schema,
            builders,
            held: 0,
        })
    }

    pub(super) fn add(&mut self, row: &FocusRow<'_>, number: u64) -> Result<(), ExportError> {
        for (column, builder) in COLUMNS.iter().zip(&mut self.builders) {
            builder
                .push((column.of)(row))
                .map_err(|reason| ExportError::Value {
                    row: number,
                    reason: format!("{}: {reason}", column.name),
                })?;
        }
        self.held += 1;
        if self.held == BATCH {
            self.write()?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<W, ExportError> {
        if self.held > 0 {
            self.write()?;
        }
        self.to.into_inner().map_err(failed)
    }

    fn write(&mut self) -> Result<(), ExportError> {
        let columns: Vec<ArrayRef> = self.builders.iter_mut().map(Builder::finish).collect();
        self.held = 0;
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns)
            .map_err(|error| ExportError::Columns(error.to_string()))?;
        self.to.write(&batch).map_err(failed)
    }
}

impl Builder {
    fn new(kind: Kind) -> Self {
        let decimal = |scale| {
            Self::Decimal(
                Decimal128Builder::new().with_data_type(DataType::Decimal128(DIGITS, scale)),
            )
        };
        match kind {
            Kind::Text | Kind::Json => Self::Text(StringBuilder::new()),
            Kind::Amount => decimal(AMOUNT_SCALE),
            Kind::Quantity => decimal(QUANTITY_SCALE),
            Kind::Moment => {
                let zoned = DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into()));
                Self::Moment(TimestampMillisecondBuilder::new().with_data_type(zoned))
            }
            Kind::Count => Self::Count(Int64Builder::new()),
        }
    }

    fn push(&mut self, cell: Cell<'_>) -> Result<(), String> {
        match (self, cell) {
            (Self::Text(builder), Cell::Null) => builder.append_null(),
            (Self::Text(builder), Cell::Text(text)) => builder.append_value(text),
            (Self::Text(builder), Cell::Json(pairs)) => builder.append_value(json(&pairs)?),
            (Self::Decimal(builder), Cell::Null) => builder.append_null(),
            (Self::Decimal(builder), Cell::Amount(amount)) => builder.append_value(amount.nanos()),
            (Self::Decimal(builder), Cell::Quantity(text)) => match quantity_units(text) {
                Some(units) => builder.append_value(units),
                None => return Err(format!("{text} has more digits than a decimal of 38 holds")),
            },
            (Self::Moment(builder), Cell::Null) => builder.append_null(),
            (Self::Moment(builder), Cell::Moment(day)) => {
                builder.append_value(milliseconds(day).map_err(|error| error.to_string())?);
            }
            (Self::Count(builder), Cell::Count(count)) => builder.append_value(i64::from(count)),
            (_, cell) => return Err(format!("{cell:?} does not belong there")),
        }
        Ok(())
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => Arc::new(builder.finish()),
            Self::Decimal(builder) => Arc::new(builder.finish()),
            Self::Moment(builder) => Arc::new(builder.finish()),
            Self::Count(builder) => Arc::new(builder.finish()),
        }
    }
}

fn json(pairs: &TagSet) -> Result<String, String> {
    serde_json::to_string(pairs).map_err(|error| error.to_string())
}

/// The beginning of a UTC day since 1970.
fn milliseconds(day: Date) -> Result<i64, jiff::Error> {
    let midnight = day.to_zoned(jiff::tz::TimeZone::UTC)?;
    Ok(midnight.timestamp().as_millisecond())
}

fn failed(error: parquet::errors::ParquetError) -> ExportError {
    match error {
        parquet::errors::ParquetError::External(cause) => {
            match cause.downcast::<std::io::Error>() {
                Ok(error) => ExportError::Io(*error),
                Err(other) => ExportError::Columns(other.to_string()),
            }
        }
        other => ExportError::Columns(other.to_string()),
    }
}
