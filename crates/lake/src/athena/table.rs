use super::{AthenaError, SourceColumn, SourceType, plan, read_columns};

/// Where an export lies, and under which name Athena knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The database.
    pub database: String,
    /// The table.
    pub name: String,
    /// The folder above the partitions, such as `s3://bucket/prefix/export/data/`.
    pub location: String,
}

impl Table {
    /// A table whose names are plain enough to stand in a statement.
    ///
    /// # Errors
    /// [`AthenaError::Name`].
    pub fn new(database: &str, name: &str, location: &str) -> Result<Self, AthenaError> {
        for part in [database, name] {
            let plain = !part.is_empty()
                && part.len() <= 128
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
            if !plain {
                return Err(AthenaError::Name(part.to_owned()));
            }
        }
        let safe = location.starts_with("s3://")
            && location.ends_with('/')
            && !location
                .chars()
                .any(|c| c.is_control() || matches!(c, '\'' | '"' | '\\' | '`' | '$'));
        if !safe {
            return Err(AthenaError::Name(location.to_owned()));
        }
        Ok(Self {
            database: database.to_owned(),
            name: name.to_owned(),
            location: location.to_owned(),
        })
    }
}

/// The statement that makes the table known: the columns that the roll-up reads, and its months as
/// partitions that Athena works out by itself.
///
/// # Errors
/// [`AthenaError`].
pub fn create_table(table: &Table, columns: &[SourceColumn]) -> Result<String, AthenaError> {
    let (plan, _) = plan(columns)?;
    let mut lines = Vec::new();
    for at in read_columns(&plan) {
        let column = &columns[at];
        let plain =
            !column.name.is_empty() && !column.name.chars().any(|c| c.is_control() || c == '`');
        if !plain {
            return Err(AthenaError::Name(column.name.clone()));
        }
        lines.push(format!(
            "  `{}` {}",
            column.name.to_lowercase(),
            kind(column.kind)
        ));
    }
    let Table {
        database,
        name,
        location,
    } = table;
    Ok(format!(
        "CREATE EXTERNAL TABLE IF NOT EXISTS `{database}`.`{name}` (\n{}\n)\n\
         PARTITIONED BY (`billing_period` string)\n\
         STORED AS PARQUET\n\
         LOCATION '{location}'\n\
         TBLPROPERTIES (\n  \
           'projection.enabled' = 'true',\n  \
           'projection.billing_period.type' = 'date',\n  \
           'projection.billing_period.format' = 'yyyy-MM',\n  \
           'projection.billing_period.interval' = '1',\n  \
           'projection.billing_period.interval.unit' = 'MONTHS',\n  \
           'projection.billing_period.range' = '2006-01,NOW',\n  \
           'storage.location.template' = '{location}BILLING_PERIOD=${{billing_period}}/'\n)",
        lines.join(",\n")
    ))
}

fn kind(kind: SourceType) -> String {
    match kind {
        SourceType::Text => "string".to_owned(),
        SourceType::Double => "double".to_owned(),
        SourceType::Decimal(digits, scale) => format!("decimal({digits}, {scale})"),
        SourceType::Timestamp => "timestamp".to_owned(),
        SourceType::Map => "map<string, string>".to_owned(),
    }
}
