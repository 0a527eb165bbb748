//! The bytes of a file: read, hashed and unpacked on a thread of their own, so that cutting them
//! into rows goes on meanwhile.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use flate2::bufread::MultiGzDecoder;
use sha2::{Digest, Sha256};

/// Bytes that are handed over at a time.
const CHUNK: usize = 1 << 20;
/// Chunks that may wait to be read.
const WAITING: usize = 3;
/// More than this many bytes unpacked from one is no cost file: real ones reach about 60, and
/// a thousand is what gzip can do at most.
pub(crate) const MOST_EXPANSION: u64 = 300;
/// Below this size no ratio is held against a file.
const SMALL: u64 = 64 << 20;

/// Why the bytes of a file cannot be had.
#[derive(Debug)]
pub(crate) enum InputError {
    Io(io::Error),
    Gzip(String),
    Expansion,
}

/// What the whole file was.
pub(crate) struct Whole {
    pub(crate) sha256: [u8; 32],
    pub(crate) bytes: u64,
}

enum Delivery {
    Chunk { bytes: Vec<u8>, raw: u64 },
    End(Whole),
    Fault(InputError),
}

/// The unpacked bytes of a file, in order.
pub(crate) struct Input {
    deliveries: Receiver<Delivery>,
    thread: Option<JoinHandle<()>>,
    whole: Option<Whole>,
    raw: u64,
    total: u64,
}

impl Input {
    pub(crate) fn open(path: &Path) -> Result<Self, InputError> {
        let file = File::open(path).map_err(InputError::Io)?;
        let facts = file.metadata().map_err(InputError::Io)?;
        if facts.is_dir() {
            return Err(InputError::Io(io::Error::other("it is a folder")));
        }
        let (sender, deliveries) = sync_channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("read a cost file".to_owned())
            .spawn(move || deliver(file, &sender))
            .map_err(InputError::Io)?;
        Ok(Self {
            deliveries,
            thread: Some(thread),
            whole: None,
            raw: 0,
            total: facts.len(),
        })
    }

    /// Appends the next bytes to `buffer`; false at the end of the file.
    pub(crate) fn more(&mut self, buffer: &mut Vec<u8>) -> Result<bool, InputError> {
        if self.whole.is_some() {
            return Ok(false);
        }
        match self.deliveries.recv() {
            Ok(Delivery::Chunk { bytes, raw }) => {
                buffer.extend_from_slice(&bytes);
                self.raw = raw;
                Ok(true)
            }
            Ok(Delivery::End(whole)) => {
                self.raw = whole.bytes;
                self.whole = Some(whole);
                Ok(false)
            }
            Ok(Delivery::Fault(fault)) => Err(fault),
            Err(_) => Err(InputError::Io(io::Error::other("the reader stopped"))),
        }
    }

    /// Bytes of the file that were read so far.
    pub(crate) fn done(&self) -> u64 {
        self.raw
    }

    /// Bytes that the file has.
    pub(crate) fn total(&self) -> u64 {
        self.total.max(self.raw)
    }

    /// The whole file's hash, once its end was reached.
    pub(crate) fn finish(mut self) -> Option<Whole> {
        self.whole.take()
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        // The reader ends when nobody listens any more; its channel is drained first.
        let (_, nobody) = sync_channel(0);
        self.deliveries = nobody;
        if let Some(thread) = self.thread.take() {
            // A panic there has been reported as a fault of the input already.
            let _ = thread.join();
        }
    }
}

/// Counts and hashes what passes through.
struct Hashed<R> {
    inner: R,
    hasher: Sha256,
    bytes: u64,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.hasher.update(&into[..count]);
        self.bytes += count as u64;
        Ok(count)
    }
}

fn deliver(file: File, to: &SyncSender<Delivery>) {
    let last = match deliver_all(file, to) {
        Ok(Some(whole)) => Delivery::End(whole),
        Ok(None) => return,
        Err(fault) => Delivery::Fault(fault),
    };
    // Nobody may be listening any more, which is as good.
    let _ = to.send(last);
}

/// Sends all chunks; `None` if nobody wants them any more.
fn deliver_all(file: File, to: &SyncSender<Delivery>) -> Result<Option<Whole>, InputError> {
    let mut raw = BufReader::with_capacity(
        CHUNK,
        Hashed {
            inner: file,
            hasher: Sha256::new(),
            bytes: 0,
        },
    );
    let gzipped = raw
        .fill_buf()
        .map_err(InputError::Io)?
        .starts_with(&[0x1f, 0x8b]);
    if gzipped {
        let mut unpacked = 0_u64;
        let mut decoder = MultiGzDecoder::new(&mut raw);
        loop {
            let mut bytes = Vec::with_capacity(CHUNK);
            let read = (&mut decoder)
                .take(CHUNK as u64)
                .read_to_end(&mut bytes)
                .map_err(unpacking_fault)?;
            if read == 0 {
                break;
            }
            unpacked += read as u64;
            let raw = decoder.get_ref().get_ref().bytes;
            if unpacked > SMALL && unpacked / MOST_EXPANSION > raw {
                return Err(InputError::Expansion);
            }
            if to.send(Delivery::Chunk { bytes, raw }).is_err() {
                return Ok(None);
            }
        }
    } else {
        loop {
            let bytes = raw.fill_buf().map_err(InputError::Io)?.to_vec();
            if bytes.is_empty() {
                break;
            }
            raw.consume(bytes.len());
            let raw = raw.get_ref().bytes;
            if to.send(Delivery::Chunk { bytes, raw }).is_err() {
                return Ok(None);
            }
        }
    }
    let Hashed { hasher, bytes, .. } = raw.into_inner();
    Ok(Some(Whole {
        sha256: hasher.finalize().into(),
        bytes,
    }))
}

fn unpacking_fault(error: io::Error) -> InputError {
    if error.raw_os_error().is_some() {
        return InputError::Io(error);
    }
    InputError::Gzip(match error.kind() {
        io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
        _ => error.to_string(),
    })
}
