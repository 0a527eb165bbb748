//! The bytes of a file as they lie on the disk: read, hashed and, if they are gzip, unpacked.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use blake3::Hasher;
use flate2::bufread::MultiGzDecoder;

use crate::hashing::Hashing;
use crate::pool::Pooled;

/// Bytes that are read at a time.
const CHUNK: usize = 1 << 19;
/// Room behind them, so that a reader sees the end without growing the buffer.
const SPARE: usize = 64;
/// Bytes that are hashed at a time: few enough to stay near.
const PIECE: usize = 1 << 18;
/// More than this many bytes unpacked from one is no cost file: real ones reach about 60, and
/// a thousand is what gzip can do at most.
pub(crate) const MOST_EXPANSION: u64 = 300;
/// Below this size no ratio is held against a file.
const SMALL: u64 = 64 << 20;

/// Why the bytes of a file cannot be had.
#[derive(Debug)]
pub(crate) enum SourceError {
    Io(io::Error),
    Gzip(String),
    Expansion,
}

/// What the whole file was.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whole {
    /// The BLAKE3 hash of its bytes.
    pub(crate) hash: [u8; 32],
    pub(crate) bytes: u64,
}

/// A file that is being read.
pub(crate) struct Source {
    bytes: Bytes,
    unpacked: u64,
}

enum Bytes {
    /// As it lies on the disk: what was read is handed back to be hashed.
    Plain {
        file: File,
        hashing: Hashing,
        read: u64,
    },
    Gzip(Box<MultiGzDecoder<BufReader<Hashed>>>),
}

/// Counts what passes through and has it hashed.
struct Hashed {
    inner: File,
    hashing: Hashing,
    bytes: u64,
}

impl Read for Hashed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.hashing.hash(&into[..count]);
        self.bytes += count as u64;
        Ok(count)
    }
}

impl Source {
    pub(crate) fn open(path: &Path) -> Result<Self, SourceError> {
        let hashing = Hashing::start().map_err(SourceError::Io)?;
        let bytes = if begins_with(path, &[0x1f, 0x8b])? {
            let hashed = Hashed {
                inner: file(path)?,
                hashing,
                bytes: 0,
            };
            let reader = BufReader::with_capacity(CHUNK, hashed);
            Bytes::Gzip(Box::new(MultiGzDecoder::new(reader)))
        } else {
            Bytes::Plain {
                file: file(path)?,
                hashing,
                read: 0,
            }
        };
        Ok(Self { bytes, unpacked: 0 })
    }

    /// Bytes of the file that were read so far.
    pub(crate) fn done(&self) -> u64 {
        match &self.bytes {
            Bytes::Plain { read, .. } => *read,
            Bytes::Gzip(decoder) => decoder.get_ref().get_ref().bytes,
        }
    }

    /// Appends the next bytes to `buffer`; false at the end of the file.
    pub(crate) fn more(&mut self, buffer: &mut Vec<u8>) -> Result<bool, SourceError> {
        let read = match &mut self.bytes {
            Bytes::Plain { file, read, .. } => {
                buffer.reserve(CHUNK + SPARE);
                let count = file
                    .take(CHUNK as u64)
                    .read_to_end(buffer)
                    .map_err(SourceError::Io)?;
                *read += count as u64;
                count
            }
            Bytes::Gzip(decoder) => decoder
                .take(CHUNK as u64)
                .read_to_end(buffer)
                .map_err(unpacking_error)?,
        };
        self.unpacked += read as u64;
        if self.unpacked > SMALL && self.unpacked / MOST_EXPANSION > self.done() {
            return Err(SourceError::Expansion);
        }
        Ok(read > 0)
    }

    /// Takes in bytes that were read and will not be shared, in the order of the file: every byte
    /// comes back either here or to [`Source::pass`].
    pub(crate) fn pass_copy(&self, bytes: &[u8]) {
        if let Bytes::Plain { hashing, .. } = &self.bytes {
            hashing.hash(bytes);
        }
    }

    /// Takes in bytes that were read.
    pub(crate) fn pass(&self, bytes: &Pooled) {
        if let Bytes::Plain { hashing, .. } = &self.bytes {
            hashing.hash_shared(bytes);
        }
    }

    /// The hash of the whole file, once its end was reached.
    pub(crate) fn finish(self) -> Result<Whole, SourceError> {
        let (hashing, bytes) = match self.bytes {
            Bytes::Plain { hashing, read, .. } => (hashing, read),
            Bytes::Gzip(decoder) => {
                let Hashed { hashing, bytes, .. } = decoder.into_inner().into_inner();
                (hashing, bytes)
            }
        };
        let hash = hashing.finish().map_err(SourceError::Io)?;
        Ok(Whole { hash, bytes })
    }
}

/// Whether a file begins with these bytes.
pub(crate) fn begins_with(path: &Path, bytes: &[u8]) -> Result<bool, SourceError> {
    let mut opening = Vec::with_capacity(bytes.len());
    let file = file(path)?;
    file.take(bytes.len() as u64)
        .read_to_end(&mut opening)
        .map_err(SourceError::Io)?;
    Ok(opening == bytes)
}

/// The hash of a file, read from its start to its end for nothing else; `None` if it is to stop.
pub(crate) fn hashed(path: &Path, stop: &dyn Fn() -> bool) -> Result<Option<Whole>, SourceError> {
    let mut file = file(path)?;
    let mut buffer = vec![0; PIECE];
    let (mut hasher, mut bytes) = (Hasher::new(), 0);
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => {
                hasher.update(&buffer[..read]);
                bytes += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(SourceError::Io(error)),
        }
        if stop() {
            return Ok(None);
        }
    }
    Ok(Some(Whole {
        hash: hasher.finalize().into(),
        bytes,
    }))
}

fn file(path: &Path) -> Result<File, SourceError> {
    let file = File::open(path).map_err(SourceError::Io)?;
    let facts = file.metadata().map_err(SourceError::Io)?;
    if facts.is_dir() {
        return Err(SourceError::Io(io::Error::other("it is a folder")));
    }
    Ok(file)
}

fn unpacking_error(error: io::Error) -> SourceError {
    if error.raw_os_error().is_some() {
        return SourceError::Io(error);
    }
    SourceError::Gzip(match error.kind() {
        io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
        _ => error.to_string(),
    })
}
