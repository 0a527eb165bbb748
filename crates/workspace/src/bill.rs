//! Reading one bill from all its files, wherever they come from.

use std::ops::ControlFlow;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use tallyport_lake::{FileSet, LakeError, Loaded, Options, Progress};
use tallyport_store::{SkippedRow, Source, SourceFile, SourceNote};

use crate::{Context, WorkspaceError};

/// How bills are to be read here.
pub(crate) async fn options(cx: &Context, skip_bad_rows: bool) -> Result<Options, WorkspaceError> {
    let settings = cx.store.read(|r| r.settings()).await?;
    Ok(Options {
        skip_bad_rows,
        latest: latest(cx.now()),
        memory: u64::from(settings.import_memory_mib) << 20,
        spill_folder: Some(cx.folder.clone()),
        ..Options::default()
    })
}

/// The last day that a bill can be of when it is read now: the end of next year. A later date is a
/// slip of the pen.
fn latest(now: jiff::Timestamp) -> Option<Date> {
    let year = now.to_zoned(TimeZone::UTC).year();
    Date::new(year.checked_add(1)?, 12, 31).ok()
}

/// Reads all files of a bill and holds them against what its manifest says. Blocks.
pub(crate) fn read(
    set: &FileSet,
    options: &Options,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Loaded, LakeError> {
    tallyport_lake::read_set(set, options, progress)
}

/// Where a bill comes from, as a version remembers it.
pub(crate) fn source(file: &Loaded, loaded_at: jiff::Timestamp) -> Source {
    Source {
        kind: file.format.source(),
        format: file.format.to_string(),
        file_name: Some(file.file_name.clone()),
        hash: Some(file.hash),
        files: file
            .files
            .iter()
            .map(|part| SourceFile {
                name: part.name.clone(),
                bytes: part.bytes,
                lines: part.lines,
                first_line: part.first_line,
                hash: format!("blake3:{}", part.hash_in_digits()),
            })
            .collect(),
        loaded_at,
        notes: file
            .notes
            .iter()
            .map(|note| SourceNote {
                code: note.code().to_owned(),
                text: note.to_string(),
            })
            .collect(),
        skipped_rows: file
            .bad_rows
            .iter()
            .map(|row| SkippedRow {
                line: row.line,
                column: row.column.clone(),
                reason: row.reason.clone(),
            })
            .collect(),
        skipped_count: file.bad_row_count,
    }
}
