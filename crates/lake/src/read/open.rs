//! What a file is, as its first bytes say.

use std::path::Path;

use crate::csv::{Blocks, BlocksError};
use crate::source::{self, MOST_EXPANSION, Source, SourceError};
use crate::{LakeError, parquet};

/// A file that can be read.
pub(super) enum Opened {
    Csv(Blocks),
    Parquet(parquet::Opened),
}

/// Opens a file and looks at its first bytes.
pub(super) fn open(path: &Path, file: &str) -> Result<Opened, LakeError> {
    let told = |error| from_source(file, error);
    if source::begins_with(path, b"PAR1").map_err(told)? {
        return Ok(Opened::Parquet(parquet::Opened::open(path, file)?));
    }
    let mut source = Source::open(path).map_err(told)?;
    let mut opening = Vec::new();
    while opening.len() < 4 && source.more(&mut opening).map_err(told)? {}
    if opening.starts_with(b"\xEF\xBB\xBF") {
        source.pass_copy(&opening[..3]);
        opening.drain(..3);
    }
    match other_kind(&opening) {
        Some(reason) => Err(not_a_cost_file(file, reason)),
        None => Ok(Opened::Csv(Blocks::new(source, opening))),
    }
}

/// The names of a CSV file's columns. A fault before any row is a fault of the names.
pub(super) fn header(blocks: &mut Blocks, file: &str) -> Result<Vec<String>, LakeError> {
    match blocks.header() {
        Ok(Some(names)) => Ok(names),
        Ok(None) => Err(not_a_cost_file(file, "it is empty")),
        Err(BlocksError::Unreadable { reason, .. }) => Err(not_a_cost_file(file, reason)),
        Err(error) => Err(from_blocks(file, error)),
    }
}

fn not_a_cost_file(file: &str, reason: &str) -> LakeError {
    LakeError::NotACostFile {
        file: file.to_owned(),
        reason: reason.to_owned(),
    }
}

/// What a file that is neither CSV nor Parquet is, as its first bytes say.
fn other_kind(opening: &[u8]) -> Option<&'static str> {
    Some(match opening {
        [] => "it is empty",
        [b'P', b'A', b'R', b'1', ..] => "it is a gzipped Parquet file; unpack it first",
        [b'P', b'K', 3, 4, ..] => "it is a ZIP archive or a spreadsheet",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it is UTF-16 text; save it as UTF-8",
        [b'%', b'P', b'D', b'F', ..] => "it is a PDF",
        _ => return None,
    })
}

pub(super) fn from_blocks(file: &str, error: BlocksError) -> LakeError {
    match error {
        BlocksError::Source(error) => from_source(file, error),
        BlocksError::Unreadable { line, reason } => LakeError::Unreadable {
            file: file.to_owned(),
            line,
            reason: reason.to_owned(),
        },
    }
}

pub(super) fn from_source(file: &str, error: SourceError) -> LakeError {
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
