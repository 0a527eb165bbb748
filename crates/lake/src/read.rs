use std::ops::ControlFlow;
use std::path::Path;

use tallyport_ledger::{Load, RollUp};

use crate::cur::Cur;
use crate::fields::{Fault, RowError};
use crate::focus::Focus;
use crate::header::Header;
use crate::input::{Input, InputError, MOST_EXPANSION};
use crate::records::{CutError, Record, Records};
use crate::{BadRow, Format, LakeError, Note, columns};

/// How a file is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Leave bad rows out instead of refusing the file.
    pub skip_bad_rows: bool,
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
    let input = Input::open(path).map_err(|error| from_input(&file, error))?;
    let mut records = Records::new(input);
    let opening = records.opening().map_err(|error| from_cut(&file, error))?;
    if let Some(reason) = other_kind(opening) {
        return Err(LakeError::NotACostFile { file, reason });
    }
    let mut header = read_header(&file, &mut records)?;
    let (format, mut reader) = Reader::new(&file, &mut header)?;
    let mut bad = BadRows::default();
    let mut roll_up = RollUp::new();
    let (mut lines, mut reported) = (0_u64, None);
    loop {
        let row = records.next().map_err(|error| from_cut(&file, error))?;
        let ended = row.is_none();
        if let Some(row) = row {
            match take(&mut reader, &row, header.len(), &mut roll_up) {
                Ok(()) => lines += 1,
                Err(RowError::Bad(fault)) => bad.note(row.line, fault, &header),
                Err(RowError::Full(source)) => return Err(LakeError::TooLarge { file, source }),
            }
        }
        let done = records.input().done();
        let due = reported.is_none_or(|last| done >= last + REPORT_EVERY);
        if due || ended {
            reported = Some(done);
            let now = Progress {
                bytes_done: done,
                bytes_total: records.input().total(),
                lines: lines + bad.count,
            };
            if progress(now).is_break() {
                return Err(LakeError::Cancelled);
            }
        }
        if ended {
            break;
        }
    }
    if bad.count > 0 && !options.skip_bad_rows {
        let BadRows { rows, count } = bad;
        return Err(LakeError::BadRows { file, rows, count });
    }
    if lines == 0 {
        return Err(LakeError::NoRows { file });
    }
    let whole = records.into_input().finish();
    let load = roll_up.finish().map_err(|source| LakeError::TooLarge {
        file: file.clone(),
        source,
    })?;
    let mut notes = columns::unread(format, &header);
    notes.extend(reader.notes());
    Ok(Loaded {
        format,
        file_name: file,
        sha256: whole.as_ref().map_or([0; 32], |whole| whole.sha256),
        bytes: whole.map_or(0, |whole| whole.bytes),
        load,
        lines,
        bad_rows: bad.rows,
        bad_row_count: bad.count,
        notes,
    })
}

/// The reader of one format's rows.
enum Reader {
    Focus(Box<Focus>),
    Cur(Box<Cur>),
}

impl Reader {
    fn new(file: &str, header: &mut Header) -> Result<(Format, Self), LakeError> {
        let format = columns::detect(header).map_err(|reason| LakeError::NotACostFile {
            file: file.to_owned(),
            reason,
        })?;
        let (kind, reader) = match format {
            Format::Focus { .. } => (
                "FOCUS",
                Focus::new(header).map(|focus| Self::Focus(Box::new(focus))),
            ),
            Format::Cur { dialect } => (
                "CUR",
                Cur::new(header, dialect).map(|cur| Self::Cur(Box::new(cur))),
            ),
        };
        let reader = reader.map_err(|columns| LakeError::MissingColumns {
            file: file.to_owned(),
            kind,
            columns,
        })?;
        match header.ambiguous() {
            None => Ok((format, reader)),
            Some(name) => Err(LakeError::NotACostFile {
                file: file.to_owned(),
                reason: format!("its column {name} occurs twice"),
            }),
        }
    }

    fn notes(self) -> Vec<Note> {
        match self {
            Self::Focus(focus) => focus.notes(),
            Self::Cur(cur) => cur.notes(),
        }
    }
}

fn take(
    reader: &mut Reader,
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
    match reader {
        Reader::Focus(focus) => focus.add(row, to),
        Reader::Cur(cur) => cur.add(row, to),
    }
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

fn read_header(file: &str, records: &mut Records) -> Result<Header, LakeError> {
    let refused = |reason: String| LakeError::NotACostFile {
        file: file.to_owned(),
        reason,
    };
    let row = records
        .next()
        .map_err(|error| match error {
            CutError::Unreadable { reason, .. } => refused(reason),
            error => from_cut(file, error),
        })?
        .ok_or_else(|| refused("it is empty".to_owned()))?;
    if let Some(fault) = row.fault {
        return Err(refused(fault.to_owned()));
    }
    let names = (0..row.len())
        .map(|at| row.any_text(at).map(str::to_owned))
        .collect::<Result<_, _>>()
        .map_err(|fault| refused(fault.reason))?;
    Ok(Header::new(names))
}

fn from_cut(file: &str, error: CutError) -> LakeError {
    match error {
        CutError::Input(error) => from_input(file, error),
        CutError::Unreadable { line, reason } => LakeError::Unreadable {
            file: file.to_owned(),
            line,
            reason,
        },
    }
}

fn from_input(file: &str, error: InputError) -> LakeError {
    let file = file.to_owned();
    match error {
        InputError::Io(source) => LakeError::Io { file, source },
        InputError::Gzip(reason) => LakeError::Gzip { file, reason },
        InputError::Expansion => LakeError::Expansion {
            file,
            ratio: MOST_EXPANSION,
        },
    }
}
