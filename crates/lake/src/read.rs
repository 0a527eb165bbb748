use std::ops::ControlFlow;
use std::path::Path;

use jiff::civil::Date;
use tallyport_ledger::meaning::{CUR, FOCUS};
use tallyport_ledger::{Load, LoadError, RollUp};

use crate::fields::{Fault, RowError};
use crate::header::Header;
use crate::plan::Plan;
use crate::records::{Batch, Record, Records, RecordsError};
use crate::rows::Rows;
use crate::source::{MOST_EXPANSION, SourceError, Whole};
use crate::{BadRow, Format, LakeError, Note, columns, records, watch};

/// How a file is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Leave bad rows out instead of refusing the file.
    pub skip_bad_rows: bool,
    /// The last day that a charge can start on or a bill be of; later ones are bad rows. Without
    /// it the year 2199 is the bound.
    pub latest: Option<Date>,
}

/// How far a file has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the file that were read.
    pub bytes_done: u64,
    /// Bytes that it has.
    pub bytes_total: u64,
    /// Rows that were read.
    pub lines: u64,
}

/// A file that was read.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What it is.
    pub format: Format,
    /// Its name, without its folder.
    pub file_name: String,
    /// The hash of its bytes as they lie on the disk.
    pub sha256: [u8; 32],
    /// How many bytes it has on the disk.
    pub bytes: u64,
    /// Its charges.
    pub load: Load,
    /// The rows that they are made of; skipped ones are not among them.
    pub lines: u64,
    /// The first thousand rows that were left out.
    pub bad_rows: Vec<BadRow>,
    /// How many rows were left out.
    pub bad_row_count: u64,
    /// What a person should know about the file.
    pub notes: Vec<Note>,
}

/// Bad rows that are remembered one by one.
const MOST_BAD_ROWS: usize = 1_000;
/// Bytes between two reports of progress.
const REPORT_EVERY: u64 = 1 << 20;

/// Reads a cost file. Blocks; `progress` is called about every MiB and may stop it.
///
/// # Errors
/// [`LakeError`] says why the file was not taken.
pub fn read_file(
    path: &Path,
    options: &Options,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Loaded, LakeError> {
    let file = path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    let (source, opening) = records::open(path).map_err(|error| from_source(&file, error))?;
    if let Some(reason) = other_kind(&opening) {
        return Err(LakeError::NotACostFile { file, reason });
    }
    let mut records =
        Records::start(source, opening).map_err(|error| from_records(&file, error))?;
    let mut batch = records
        .next()
        .map_err(|error| in_header(&file, error))?
        .ok_or_else(|| LakeError::NotACostFile {
            file: file.clone(),
            reason: "it is empty".to_owned(),
        })?;
    let mut reading = Reading::new(&file, &batch, options)?;
    // The first record of the first batch names the columns.
    let mut skip = 1;
    let mut reported = None;
    loop {
        reading
            .take(&batch, skip)
            .map_err(|source| LakeError::TooLarge {
                file: file.clone(),
                source,
            })?;
        skip = 0;
        let done = batch.done;
        let next = records.next().map_err(|error| from_records(&file, error))?;
        if next.is_none() || reported.is_none_or(|last| done >= last + REPORT_EVERY) {
            reported = Some(done);
            let now = Progress {
                bytes_done: done,
                bytes_total: records.total().max(done),
                lines: reading.lines + reading.bad.count,
            };
            if progress(now).is_break() {
                return Err(LakeError::Cancelled);
            }
        }
        match next {
            Some(next) => batch = next,
            None => break,
        }
    }
    reading.finish(file, options, records.whole())
}

/// What has been read of a file.
struct Reading {
    header: Header,
    format: Format,
    reader: Rows,
    roll_up: RollUp,
    lines: u64,
    bad: BadRows,
}

impl Reading {
    /// Reads the columns from the first record.
    fn new(file: &str, batch: &Batch, options: &Options) -> Result<Self, LakeError> {
        let mut header = read_header(file, batch)?;
        let (format, reader) = reader(file, &mut header, options)?;
        Ok(Self {
            header,
            format,
            reader,
            roll_up: RollUp::new(),
            lines: 0,
            bad: BadRows::default(),
        })
    }

    /// Takes the records of a batch, but the first `skip`.
    fn take(&mut self, batch: &Batch, skip: usize) -> Result<(), LoadError> {
        for row in batch.records().skip(skip) {
            let columns = self.header.len();
            match take(&mut self.reader, &row, columns, &mut self.roll_up) {
                Ok(()) => self.lines += 1,
                Err(RowError::Bad(fault)) => self.bad.note(row.line, fault, &self.header),
                Err(RowError::Full(error)) => return Err(error),
            }
        }
        Ok(())
    }

    fn finish(
        self,
        file: String,
        options: &Options,
        whole: Option<Whole>,
    ) -> Result<Loaded, LakeError> {
        let BadRows { rows, count } = self.bad;
        if count > 0 && !options.skip_bad_rows {
            return Err(LakeError::BadRows { file, rows, count });
        }
        let Some(whole) = whole.filter(|_| self.lines > 0) else {
            return Err(LakeError::NoRows { file });
        };
        let load = match self.roll_up.finish() {
            Ok(load) => load,
            Err(source) => return Err(LakeError::TooLarge { file, source }),
        };
        let mut notes = columns::unread(self.format, &self.header);
        notes.extend(self.reader.notes());
        notes.extend(watch::of_load(&load));
        Ok(Loaded {
            format: self.format,
            file_name: file,
            sha256: whole.sha256,
            bytes: whole.bytes,
            load,
            lines: self.lines,
            bad_rows: rows,
            bad_row_count: count,
            notes,
        })
    }
}

/// The reader for a file's columns.
fn reader(file: &str, header: &mut Header, options: &Options) -> Result<(Format, Rows), LakeError> {
    let refused = |reason: String| LakeError::NotACostFile {
        file: file.to_owned(),
        reason,
    };
    let format = columns::detect(header).map_err(refused)?;
    let meaning = match format {
        Format::Focus { .. } => &FOCUS,
        Format::Cur { .. } => &CUR,
    };
    let plan = Plan::new(meaning, header, options.latest).map_err(|columns| {
        LakeError::MissingColumns {
            file: file.to_owned(),
            kind: meaning.name,
            columns,
        }
    })?;
    match header.ambiguous() {
        None => Ok((format, Rows::new(plan))),
        Some(name) => Err(refused(format!("its column {name} occurs twice"))),
    }
}

fn take(
    reader: &mut Rows,
    row: &Record<'_>,
    columns: usize,
    to: &mut RollUp,
) -> Result<(), RowError> {
    if let Some(reason) = row.fault {
        let reason = reason.to_owned();
        return Err(RowError::Bad(Fault {
            column: None,
            reason,
        }));
    }
    if row.len() != columns {
        return Err(RowError::Bad(Fault {
            column: None,
            reason: format!(
                "it has {} fields where the first row names {columns} columns",
                row.len()
            ),
        }));
    }
    reader.add(row, to)
}

#[derive(Default)]
struct BadRows {
    rows: Vec<BadRow>,
    count: u64,
}

impl BadRows {
    fn note(&mut self, line: u64, fault: Fault, header: &Header) {
        self.count += 1;
        if self.rows.len() < MOST_BAD_ROWS {
            self.rows.push(BadRow {
                line,
                column: fault
                    .column
                    .and_then(|at| header.name(at))
                    .map(str::to_owned),
                reason: fault.reason,
            });
        }
    }
}

/// What a file that is not CSV is, as its first bytes say.
fn other_kind(opening: &[u8]) -> Option<String> {
    let what = match opening {
        [] => "it is empty",
        [b'P', b'A', b'R', b'1', ..] => "it is a Parquet file",
        [b'P', b'K', 3, 4, ..] => "it is a ZIP archive or a spreadsheet",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it is UTF-16 text; save it as UTF-8",
        [b'%', b'P', b'D', b'F', ..] => "it is a PDF",
        _ => return None,
    };
    Some(what.to_owned())
}

fn read_header(file: &str, batch: &Batch) -> Result<Header, LakeError> {
    let refused = |reason: &str| LakeError::NotACostFile {
        file: file.to_owned(),
        reason: reason.to_owned(),
    };
    let row = batch
        .records()
        .next()
        .ok_or_else(|| refused("it is empty"))?;
    match row.fault {
        Some(fault) => Err(refused(fault)),
        None => Ok(Header::new(
            (0..row.len())
                .map(|at| row.field(at).trim().to_owned())
                .collect(),
        )),
    }
}

/// A fault before any record was cut is a fault of the columns' names.
fn in_header(file: &str, error: RecordsError) -> LakeError {
    match error {
        RecordsError::Unreadable { reason, .. } => LakeError::NotACostFile {
            file: file.to_owned(),
            reason: reason.to_owned(),
        },
        error => from_records(file, error),
    }
}

fn from_records(file: &str, error: RecordsError) -> LakeError {
    match error {
        RecordsError::Source(error) => from_source(file, error),
        RecordsError::Unreadable { line, reason } => LakeError::Unreadable {
            file: file.to_owned(),
            line,
            reason: reason.to_owned(),
        },
    }
}

fn from_source(file: &str, error: SourceError) -> LakeError {
    let file = file.to_owned();
    match error {
        SourceError::Io(source) => LakeError::Io { file, source },
        SourceError::Gzip(reason) => LakeError::Gzip { file, reason },
        SourceError::Expansion => LakeError::Expansion {
            file,
            ratio: MOST_EXPANSION,
        },
    }
}
