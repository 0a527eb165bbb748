use std::fmt;

use tallyport_ledger::LoadError;

/// A row that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The line on which it starts, as an editor counts it, from one.
    pub line: u64,
    /// The column at fault, where it is one.
    pub column: Option<String>,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(f, "line {}, {column}: {}", self.line, self.reason),
            None => write!(f, "line {}: {}", self.line, self.reason),
        }
    }
}

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    /// Its columns are neither FOCUS's nor a Cost and Usage Report's.
    #[error(
        "{file} is not a cost file: {reason}. FOCUS and Cost and Usage Report files can be read, in \
         Parquet and in CSV, plain or gzipped"
    )]
    NotACostFile {
        /// Its name.
        file: String,
        /// What was found instead.
        reason: String,
    },
    /// It is of a known kind but lacks columns without which no charge can be told.
    #[error("{file} looks like a {kind} file but lacks: {}", .columns.join(", "))]
    MissingColumns {
        /// Its name.
        file: String,
        /// FOCUS or CUR.
        kind: &'static str,
        /// What it lacks.
        columns: Vec<String>,
    },
    /// Rows cannot be read; nothing of the file was taken.
    #[error("{}", refused(.file, .rows, *.count))]
    BadRows {
        /// Its name.
        file: String,
        /// The first thousand of them.
        rows: Vec<BadRow>,
        /// How many there are.
        count: u64,
    },
    /// It cannot be cut into rows from a line on.
    #[error("{file} cannot be read from line {line} on: {reason}")]
    Unreadable {
        /// Its name.
        file: String,
        /// The line.
        line: u64,
        /// Why.
        reason: String,
    },
    /// A gzip file that ends too early or is damaged.
    #[error("{file} is a damaged or truncated gzip file ({reason}); fetch it again")]
    Gzip {
        /// Its name.
        file: String,
        /// What the decoder says.
        reason: String,
    },
    /// A Parquet file that ends too early or is damaged.
    #[error("{file}{place} is damaged or truncated Parquet ({reason}); fetch it again")]
    Parquet {
        /// Its name.
        file: String,
        /// The row group and the column, where they are known, with a comma in front of each.
        place: String,
        /// What the decoder says.
        reason: String,
    },
    /// A file that unpacks to far more than a cost file would.
    #[error("{file} unpacks to more than {ratio} times its size, which no cost file does")]
    Expansion {
        /// Its name.
        file: String,
        /// The limit.
        ratio: u64,
    },
    /// Columns but no rows, or none that can be taken.
    #[error("{file} holds no rows that can be imported")]
    NoRows {
        /// Its name.
        file: String,
    },
    /// Amounts beyond what the ledger holds.
    #[error("{file} cannot be held: {source}")]
    TooLarge {
        /// Its name.
        file: String,
        /// What does not fit.
        source: LoadError,
    },
    /// What has no room in memory has none on the disk of the workspace either.
    #[error(
        "{}, and {file} needs more of it for the time of its import; nothing was changed",
        no_room(.source)
    )]
    NoRoom {
        /// Its name.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The files of a bill are not all there, or are not its files.
    #[error(transparent)]
    Set(#[from] crate::SetError),
    /// The file cannot be opened or read.
    #[error("{file} cannot be read: {source}")]
    Io {
        /// Its name.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The caller asked to stop.
    #[error("the import was cancelled; nothing was changed")]
    Cancelled,
}

fn no_room(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::StorageFull => "the disk of the workspace is full".to_owned(),
        _ => format!("the disk of the workspace cannot be written to ({error})"),
    }
}

fn refused(file: &str, rows: &[BadRow], count: u64) -> String {
    let shown: Vec<String> = rows.iter().take(3).map(ToString::to_string).collect();
    let more = count.saturating_sub(u64::try_from(shown.len()).unwrap_or(0));
    let tail = if more > 0 {
        format!("; and {more} more")
    } else {
        String::new()
    };
    let rows = if count == 1 { "row" } else { "rows" };
    format!(
        "{count} {rows} of {file} cannot be read, so nothing of it was imported: {}{tail}",
        shown.join("; ")
    )
}
