//! Columns as values of SQL, whatever type they have.

use super::{AthenaError, SourceColumn, SourceType};

/// A text in quotes.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A column's name in quotes.
pub(super) fn name(column: &SourceColumn) -> String {
    format!("\"{}\"", column.name.to_lowercase().replace('"', "\"\""))
}

/// Its text, trimmed; `NULL` and nothing are empty.
pub(super) fn text(column: &SourceColumn) -> String {
    let name = name(column);
    match column.kind {
        SourceType::Text => format!("COALESCE(NULLIF(TRIM({name}), 'NULL'), '')"),
        _ => format!("COALESCE(CAST({name} AS VARCHAR), '')"),
    }
}

/// Its number as an exact decimal; null where it is empty. A double goes by its shortest text, as
/// the pass over files takes it, and not by its bits.
pub(super) fn figure(column: &SourceColumn) -> Result<String, AthenaError> {
    let name = name(column);
    match column.kind {
        SourceType::Text => Ok(format!(
            "CAST(NULLIF(NULLIF(TRIM({name}), 'NULL'), '') AS DECIMAL(38, 24))"
        )),
        SourceType::Double => Ok(format!("CAST(CAST({name} AS VARCHAR) AS DECIMAL(38, 24))")),
        SourceType::Decimal(..) => Ok(format!("CAST({name} AS DECIMAL(38, 24))")),
        SourceType::Timestamp | SourceType::Map => Err(wrong(column, "an amount")),
    }
}

/// The day of its moment in UTC, as `YYYY-MM-DD`.
pub(super) fn day(column: &SourceColumn) -> Result<String, AthenaError> {
    match column.kind {
        SourceType::Text => Ok(format!("SUBSTR({}, 1, 10)", text(column))),
        SourceType::Timestamp => Ok(format!("SUBSTR(CAST({} AS VARCHAR), 1, 10)", name(column))),
        _ => Err(wrong(column, "a moment")),
    }
}

/// Whether its moment is the very beginning of a day.
pub(super) fn at_midnight(column: &SourceColumn) -> Result<String, AthenaError> {
    match column.kind {
        SourceType::Text => Ok(format!(
            "COALESCE(NULLIF(SUBSTR({}, 12, 8), ''), '00:00:00') = '00:00:00'",
            text(column)
        )),
        SourceType::Timestamp => Ok(format!(
            "SUBSTR(CAST({} AS VARCHAR), 12, 8) = '00:00:00'",
            name(column)
        )),
        _ => Err(wrong(column, "a moment")),
    }
}

/// The value of a key of a map.
pub(super) fn key(column: &SourceColumn, key: &str) -> Result<String, AthenaError> {
    match column.kind {
        SourceType::Map => Ok(format!(
            "COALESCE(TRIM(ELEMENT_AT({}, {})), '')",
            name(column),
            literal(key)
        )),
        _ => Err(wrong(column, "a map")),
    }
}

/// A text as a string of JSON. No literal holds a backslash: dialects disagree on what one means.
pub(super) fn json_string(value: &str) -> String {
    let mut quoted = value.to_owned();
    for (plain, escaped) in [
        ("CHR(92)", "CHR(92) || CHR(92)"),
        ("'\"'", "CHR(92) || '\"'"),
        ("CHR(10)", "CHR(92) || 'n'"),
        ("CHR(13)", "CHR(92) || 'r'"),
        ("CHR(9)", "CHR(92) || 't'"),
    ] {
        quoted = format!("REPLACE({quoted}, {plain}, {escaped})");
    }
    format!("'\"' || {quoted} || '\"'")
}

pub(super) fn wrong(column: &SourceColumn, expected: &'static str) -> AthenaError {
    AthenaError::Type {
        column: column.name.clone(),
        expected,
    }
}
