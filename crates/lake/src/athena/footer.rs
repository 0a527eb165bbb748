use arrow_schema::{DataType, TimeUnit};
use parquet::arrow::parquet_to_arrow_schema;
use parquet::file::FOOTER_SIZE;
use parquet::file::metadata::{FooterTail, ParquetMetaDataReader};

use super::{SourceColumn, SourceType};

/// Why the columns of a Parquet file cannot be told from its end.
#[derive(Debug, thiserror::Error)]
pub enum FooterError {
    /// More of the end is needed.
    #[error("the last {0} bytes of the file are needed")]
    More(u64),
    /// It is no Parquet file.
    #[error("it is no Parquet file: {0}")]
    NotParquet(String),
}

/// The columns of a Parquet file, read from its last bytes alone.
///
/// # Errors
/// [`FooterError::More`] with how many of the last bytes are needed.
pub fn columns_of_footer(tail: &[u8]) -> Result<Vec<SourceColumn>, FooterError> {
    let no = |error: parquet::errors::ParquetError| FooterError::NotParquet(error.to_string());
    let Some((_, end)) = tail.split_last_chunk::<FOOTER_SIZE>() else {
        return Err(FooterError::More(64 * 1024));
    };
    let footer = FooterTail::try_new(end).map_err(no)?;
    let needed = footer.metadata_length() + FOOTER_SIZE;
    let Some(start) = tail.len().checked_sub(needed) else {
        return Err(FooterError::More(u64::try_from(needed).unwrap_or(u64::MAX)));
    };
    let bytes = &tail[start..tail.len() - FOOTER_SIZE];
    let metadata = ParquetMetaDataReader::decode_metadata(bytes).map_err(no)?;
    let file = metadata.file_metadata();
    let schema = parquet_to_arrow_schema(file.schema_descr(), None).map_err(no)?;
    let columns = schema.fields().iter().filter_map(|field| {
        let kind = source_type(field.data_type())?;
        Some(SourceColumn {
            name: field.name().clone(),
            kind,
        })
    });
    Ok(columns.collect())
}

/// The type of a column; none for one that no cost export has where the roll-up looks.
fn source_type(kind: &DataType) -> Option<SourceType> {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Some(SourceType::Text),
        DataType::Dictionary(_, values) => source_type(values),
        DataType::Float64 | DataType::Float32 => Some(SourceType::Double),
        DataType::Int32 | DataType::Int64 => Some(SourceType::Decimal(38, 0)),
        DataType::Decimal128(digits, scale) => Some(SourceType::Decimal(*digits, *scale)),
        DataType::Timestamp(
            TimeUnit::Second | TimeUnit::Millisecond | TimeUnit::Microsecond | TimeUnit::Nanosecond,
            _,
        ) => Some(SourceType::Timestamp),
        DataType::Map(..) => Some(SourceType::Map),
        _ => None,
    }
}
