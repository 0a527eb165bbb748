//! A CSV file in blocks of whole records, which can be read at the same time.

use memchr::memchr_iter;

use super::scan::{STEP, Stops, Structure, structure};
use crate::cut::{Cut, LONGEST_FIELD, cut, halve_quotes};
use crate::pool::{Pool, Pooled};
use crate::source::{Source, SourceError, Whole};

/// Bytes of a block, about.
const BLOCK: usize = 1 << 19;
/// Bytes that a record may have.
const LONGEST_RECORD: usize = 8 << 20;

/// Why no more records can be had.
#[derive(Debug)]
pub(crate) enum BlocksError {
    Source(SourceError),
    /// Nothing can be cut from a line on.
    Unreadable {
        line: u64,
        reason: &'static str,
    },
}

impl From<SourceError> for BlocksError {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

/// Whole records that follow one another.
pub(crate) struct Block {
    pub(crate) text: Pooled,
    /// The commas and line ends outside quotes; none where quotes stand in odd places.
    pub(crate) stops: Option<Vec<Stops>>,
    /// The line on which it starts.
    pub(crate) line: u64,
    /// The last line of it.
    pub(crate) last_line: u64,
    /// Whether there are line ends in quotes.
    pub(crate) inner_lines: bool,
    /// Whether no byte is beyond ASCII.
    pub(crate) is_ascii: bool,
    /// Bytes of the file that it took.
    pub(crate) bytes: u64,
}

/// Reads a source in blocks.
pub(crate) struct Blocks {
    source: Source,
    pool: Pool,
    buffer: Vec<u8>,
    ended: bool,
    line: u64,
    told: u64,
}

const TOO_LONG: &str = "a row is longer than 8 MiB";

impl Blocks {
    /// Reads `source`, whose first bytes were read into `opening` already.
    pub(crate) fn new(source: Source, opening: Vec<u8>) -> Self {
        Self {
            source,
            pool: Pool::default(),
            buffer: opening,
            ended: false,
            line: 1,
            told: 0,
        }
    }

    /// The fields of the first record that is not blank; none in an empty file.
    pub(crate) fn header(&mut self) -> Result<Option<Vec<String>>, BlocksError> {
        const NOT_UTF8: &str = "the row is not UTF-8 text; save the file as UTF-8";
        loop {
            let unreadable = |line, reason| Err(BlocksError::Unreadable { line, reason });
            let mut spans = Vec::new();
            match cut(&self.buffer, 0, self.ended, &mut spans) {
                _ if self.buffer.is_empty() && self.ended => return Ok(None),
                Cut::Whole(length, fault) if !self.buffer.is_empty() => {
                    let mut record: Vec<u8> = self.buffer.drain(..length).collect();
                    self.source.pass_copy(&record);
                    let line = self.line;
                    self.line += memchr_iter(b'\n', &record).count() as u64;
                    if record.trim_ascii().is_empty() {
                        continue;
                    }
                    if let Some(reason) = fault {
                        return unreadable(line, reason);
                    }
                    for span in spans.iter_mut().filter(|span| span.doubled_quotes) {
                        halve_quotes(&mut record, span);
                    }
                    let names = spans.iter().map(|span| {
                        let name = record.get(span.start as usize..span.end as usize)?;
                        Some(std::str::from_utf8(name).ok()?.trim().to_owned())
                    });
                    return match names.collect::<Option<Vec<String>>>() {
                        Some(names) => Ok(Some(names)),
                        None => unreadable(line, NOT_UTF8),
                    };
                }
                Cut::Lost(reason) => return unreadable(self.line, reason),
                _ if self.buffer.len() > LONGEST_RECORD => return unreadable(self.line, TOO_LONG),
                _ => self.ended = !self.source.more(&mut self.buffer)?,
            }
        }
    }

    /// The next block; none at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<Block>, BlocksError> {
        loop {
            while !self.ended && self.buffer.len() < BLOCK {
                self.ended = !self.source.more(&mut self.buffer)?;
            }
            if self.buffer.is_empty() && self.ended {
                return Ok(None);
            }
            let mut found = structure(&self.buffer, self.ended);
            let unfinished = self.buffer.len() - found.whole;
            if !found.regular || unfinished > LONGEST_FIELD {
                self.cut_exactly(&mut found)?;
            }
            if found.whole > 0 {
                return Ok(Some(self.block(found)));
            }
            if self.buffer.len() > LONGEST_RECORD {
                return Err(BlocksError::Unreadable {
                    line: self.line,
                    reason: TOO_LONG,
                });
            }
            self.ended = !self.source.more(&mut self.buffer)?;
        }
    }

    /// Finds the last whole record by the rules of quotes, one record after the other.
    fn cut_exactly(&self, found: &mut Structure) -> Result<(), BlocksError> {
        let (mut at, mut line) = (0, self.line);
        let mut spans = Vec::new();
        while at < self.buffer.len() {
            spans.clear();
            match cut(&self.buffer, at, self.ended, &mut spans) {
                Cut::Whole(length, _) => {
                    line += memchr_iter(b'\n', &self.buffer[at..at + length]).count() as u64;
                    at += length;
                }
                Cut::More => break,
                Cut::Lost(reason) => return Err(BlocksError::Unreadable { line, reason }),
            }
        }
        found.whole = at;
        found.lines = line - self.line;
        Ok(())
    }

    /// Takes the whole records off the buffer.
    fn block(&mut self, found: Structure) -> Block {
        let mut rest = self.pool.buffer();
        rest.extend_from_slice(&self.buffer[found.whole..]);
        let mut text = std::mem::replace(&mut self.buffer, rest);
        text.truncate(found.whole);
        let open_end = u64::from(text.last() != Some(&b'\n'));
        let text = self.pool.share(text);
        self.source.pass(&text);
        let mut stops = found.stops;
        stops.truncate(found.whole.div_ceil(STEP));
        let done = self.source.done();
        let block = Block {
            text,
            last_line: self.line + found.lines + open_end - 1,
            stops: found.regular.then_some(stops),
            line: self.line,
            inner_lines: found.inner_lines,
            is_ascii: found.is_ascii,
            bytes: done - self.told,
        };
        self.told = done;
        self.line += found.lines;
        block
    }

    /// What the whole file was, once its end was reached.
    pub(crate) fn finish(self) -> Result<Whole, BlocksError> {
        Ok(self.source.finish()?)
    }
}
