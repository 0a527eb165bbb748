//! The records of a file, cut on a thread of their own while the caller takes them in.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use memchr::memchr_iter;

use crate::cut::{Cut, Span, cut, halve_quotes};
use crate::source::{Source, SourceError, Whole};

/// Batches that may wait to be taken.
const WAITING: usize = 4;
/// Bytes that a record may have.
const LONGEST_RECORD: usize = 8 << 20;

/// Why no more records can be had.
#[derive(Debug)]
pub(crate) enum RecordsError {
    Source(SourceError),
    /// Nothing can be cut from a line on.
    Unreadable {
        line: u64,
        reason: &'static str,
    },
}

/// Records that follow one another.
pub(crate) struct Batch {
    text: String,
    spans: Vec<Span>,
    records: Vec<Place>,
    /// Bytes of the file that were read when this was cut.
    pub(crate) done: u64,
}

/// Where a record of a batch lies.
struct Place {
    first: u32,
    end: u32,
    line: u64,
    fault: Option<&'static str>,
    plain: bool,
}

/// One record, borrowed from its batch.
pub(crate) struct Record<'a> {
    text: &'a str,
    spans: &'a [Span],
    /// The line on which it starts, as an editor counts it.
    pub(crate) line: u64,
    /// What makes it unreadable as a whole.
    pub(crate) fault: Option<&'static str>,
    /// Whether no field holds a control character.
    pub(crate) plain: bool,
}

impl<'a> Record<'a> {
    /// How many fields it has.
    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }

    /// Field `at` as it is written, empty where there is none.
    pub(crate) fn field(&self, at: usize) -> &'a str {
        self.spans
            .get(at)
            .and_then(|span| self.text.get(span.start as usize..span.end as usize))
            .unwrap_or_default()
    }
}

impl Batch {
    pub(crate) fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.records.iter().map(|place| Record {
            text: &self.text,
            spans: &self.spans[place.first as usize..place.end as usize],
            line: place.line,
            fault: place.fault,
            plain: place.plain,
        })
    }
}

enum Delivery {
    Batch(Batch),
    End(Whole),
    Fault(RecordsError),
}

/// The records of a file, batch by batch.
pub(crate) struct Records {
    deliveries: Receiver<Delivery>,
    thread: Option<JoinHandle<()>>,
    whole: Option<Whole>,
    total: u64,
}

impl Records {
    /// Starts to cut `source`, whose first bytes were read into `opening` already.
    pub(crate) fn start(source: Source, opening: Vec<u8>) -> Result<Self, RecordsError> {
        let total = source.total();
        let (sender, deliveries) = sync_channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("cut a cost file".to_owned())
            .spawn(move || {
                let last = match Cutter::new(source, opening).deliver(&sender) {
                    Ok(Some(whole)) => Delivery::End(whole),
                    Ok(None) => return,
                    Err(fault) => Delivery::Fault(fault),
                };
                // Nobody may be listening any more, which is as good.
                let _ = sender.send(last);
            })
            .map_err(|error| RecordsError::Source(SourceError::Io(error)))?;
        Ok(Self {
            deliveries,
            thread: Some(thread),
            whole: None,
            total,
        })
    }

    /// The next records; none at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<Batch>, RecordsError> {
        if self.whole.is_some() {
            return Ok(None);
        }
        match self.deliveries.recv() {
            Ok(Delivery::Batch(batch)) => Ok(Some(batch)),
            Ok(Delivery::End(whole)) => {
                self.whole = Some(whole);
                Ok(None)
            }
            Ok(Delivery::Fault(fault)) => Err(fault),
            Err(_) => Err(RecordsError::Source(SourceError::Io(
                std::io::Error::other("the reading thread stopped"),
            ))),
        }
    }

    /// Bytes that the file has.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// What the whole file was, once its end was reached.
    pub(crate) fn whole(&self) -> Option<Whole> {
        self.whole
    }
}

impl Drop for Records {
    fn drop(&mut self) {
        // The thread ends when nobody listens any more.
        let (_, nobody) = sync_channel(0);
        self.deliveries = nobody;
        if let Some(thread) = self.thread.take() {
            // If it panicked, the caller has been told that it stopped.
            let _ = thread.join();
        }
    }
}

/// Reads a source and cuts it.
struct Cutter {
    source: Source,
    buffer: Vec<u8>,
    ended: bool,
    line: u64,
}

impl Cutter {
    fn new(source: Source, opening: Vec<u8>) -> Self {
        Self {
            source,
            buffer: opening,
            ended: false,
            line: 1,
        }
    }

    /// Sends all batches; `None` if nobody wants them any more.
    fn deliver(mut self, to: &SyncSender<Delivery>) -> Result<Option<Whole>, RecordsError> {
        loop {
            let (batch, lost) = self.batch();
            let nothing = batch.records.is_empty();
            if !nothing && to.send(Delivery::Batch(batch)).is_err() {
                return Ok(None);
            }
            if let Some(reason) = lost {
                let line = self.line;
                return Err(RecordsError::Unreadable { line, reason });
            }
            if self.ended {
                return self.source.finish().map(Some).map_err(RecordsError::Source);
            }
            if self.buffer.len() > LONGEST_RECORD {
                return Err(RecordsError::Unreadable {
                    line: self.line,
                    reason: "a row is longer than 8 MiB",
                });
            }
            let more = self.source.more(&mut self.buffer);
            self.ended = !more.map_err(RecordsError::Source)?;
        }
    }

    /// Cuts what is there and keeps the unfinished rest.
    fn batch(&mut self) -> (Batch, Option<&'static str>) {
        let (mut spans, mut records) = (Vec::new(), Vec::new());
        let (mut at, mut lost) = (0, None);
        while at < self.buffer.len() {
            let first = spans.len();
            match cut(&self.buffer, at, self.ended, &mut spans) {
                Cut::Whole(length, fault) => {
                    let end = at + length;
                    let line = self.line;
                    if self.buffer[at..end].trim_ascii().is_empty() {
                        spans.truncate(first);
                        self.line += 1;
                    } else {
                        let place = self.record(at, first, &mut spans, line, fault);
                        // Line breaks inside quotes count too, as an editor counts them.
                        self.line += if place.plain {
                            1
                        } else {
                            memchr_iter(b'\n', &self.buffer[at..end]).count() as u64
                        };
                        records.push(place);
                    }
                    at = end;
                }
                stopped => {
                    spans.truncate(first);
                    if let Cut::Lost(reason) = stopped {
                        lost = Some(reason);
                    }
                    break;
                }
            }
        }
        let rest = self.buffer.split_off(at);
        let bytes = std::mem::replace(&mut self.buffer, rest);
        let text = String::from_utf8(bytes).unwrap_or_else(|error| {
            let mut bytes = error.into_bytes();
            for place in &mut records {
                refuse_if_not_utf8(&mut bytes, &spans, place);
            }
            as_text(bytes)
        });
        let done = self.source.done();
        let batch = Batch {
            text,
            spans,
            records,
            done,
        };
        (batch, lost)
    }

    fn record(
        &mut self,
        at: usize,
        first: usize,
        spans: &mut [Span],
        line: u64,
        fault: Option<&'static str>,
    ) -> Place {
        // The line end belongs to no field.
        let end = spans.last().map_or(at, |span| span.end as usize);
        let plain = is_plain(&self.buffer[at..end]);
        for span in &mut spans[first..] {
            if span.doubled_quotes {
                halve_quotes(&mut self.buffer, span);
            }
        }
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Place {
            first: number(first),
            end: number(spans.len()),
            line,
            fault,
            plain,
        }
    }
}

/// Whether no byte is a control character. Without a branch, many bytes are looked at in one step.
fn is_plain(bytes: &[u8]) -> bool {
    let visible = |byte: u8| if byte == 0x7f { 0 } else { byte };
    bytes
        .iter()
        .fold(u8::MAX, |least, byte| least.min(visible(*byte)))
        >= 0x20
}

/// Marks a record that is not UTF-8 and blanks it, so that its batch is a text.
fn refuse_if_not_utf8(bytes: &mut [u8], spans: &[Span], place: &mut Place) {
    let spans = &spans[place.first as usize..place.end as usize];
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
        return;
    };
    let Some(record) = bytes.get_mut(first.start as usize..last.end as usize) else {
        return;
    };
    if std::str::from_utf8(record).is_err() {
        record.fill(b'?');
        place.fault = Some("the row is not UTF-8 text; save the file as UTF-8");
    }
}

/// A text of as many bytes: those that are not UTF-8 become question marks.
fn as_text(mut bytes: Vec<u8>) -> String {
    let (mut at, mut faults) = (0, Vec::new());
    for chunk in bytes.utf8_chunks() {
        let from = at + chunk.valid().len();
        at = from + chunk.invalid().len();
        faults.push(from..at);
    }
    for fault in faults {
        bytes[fault].fill(b'?');
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Opens a file and reads its first bytes, a byte order mark taken off.
pub(crate) fn open(path: &Path) -> Result<(Source, Vec<u8>), SourceError> {
    let mut source = Source::open(path)?;
    let mut opening = Vec::new();
    while opening.len() < 4 && source.more(&mut opening)? {}
    if opening.starts_with(b"\xEF\xBB\xBF") {
        opening.drain(..3);
    }
    Ok((source, opening))
}
