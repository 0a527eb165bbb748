//! CSV cut into records (RFC 4180), without copying a field.
//!
//! A quote opens a field only at its start; `""` inside it stands for one. Lines end in LF or
//! CRLF. Faults of a record are told with the line on which it starts, as an editor counts it.

use memchr::{memchr, memchr_iter, memchr2};

use crate::input::{Input, InputError};

/// Bytes a field may have.
const LONGEST_FIELD: usize = 1_000_000;
/// Bytes a record may have.
const LONGEST_RECORD: usize = 8 << 20;
/// Fields a record may have.
const MOST_FIELDS: usize = 10_000;

/// Why no more records can be had.
#[derive(Debug)]
pub(crate) enum CutError {
    Input(InputError),
    Unreadable { line: u64, reason: String },
}

#[derive(Clone, Copy)]
struct Span {
    start: u32,
    end: u32,
    doubled_quotes: bool,
}

/// Cuts an input into records.
pub(crate) struct Records {
    input: Input,
    buffer: Vec<u8>,
    /// Where the next record starts in `buffer`.
    at: usize,
    ended: bool,
    /// The line on which the next record starts.
    line: u64,
    spans: Vec<Span>,
}

/// One record, borrowed from the buffer.
pub(crate) struct Record<'a> {
    raw: &'a [u8],
    spans: &'a [Span],
    /// The line on which it starts.
    pub(crate) line: u64,
    /// What makes it unreadable as a whole.
    pub(crate) fault: Option<&'static str>,
    /// Whether no field can hold a control character.
    pub(crate) plain: bool,
}

impl<'a> Record<'a> {
    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }

    /// The bytes of field `at`, empty where there is none.
    pub(crate) fn bytes(&self, at: usize) -> &'a [u8] {
        self.spans
            .get(at)
            .and_then(|span| self.raw.get(span.start as usize..span.end as usize))
            .unwrap_or_default()
    }
}

enum Cut {
    /// A record of so many bytes, its line end included.
    Whole(usize, Option<&'static str>),
    /// Its end is not in the buffer yet.
    More,
    /// No end can be found.
    Lost(String),
}

impl Records {
    pub(crate) fn new(input: Input) -> Self {
        Self {
            input,
            buffer: Vec::new(),
            at: 0,
            ended: false,
            line: 1,
            spans: Vec::new(),
        }
    }

    pub(crate) fn input(&self) -> &Input {
        &self.input
    }

    pub(crate) fn into_input(self) -> Input {
        self.input
    }

    /// The first bytes of the file, a byte order mark taken off; to be asked before any record.
    pub(crate) fn opening(&mut self) -> Result<&[u8], CutError> {
        while !self.ended && self.buffer.len() < 4 {
            self.fill()?;
        }
        if self.at == 0 && self.buffer.starts_with(b"\xEF\xBB\xBF") {
            self.at = 3;
        }
        Ok(&self.buffer[self.at..])
    }

    /// The next record that is not a blank line.
    pub(crate) fn next(&mut self) -> Result<Option<Record<'_>>, CutError> {
        loop {
            if self.at == self.buffer.len() && self.ended {
                return Ok(None);
            }
            match cut(&self.buffer[self.at..], self.ended, &mut self.spans) {
                Cut::More => self.fill()?,
                Cut::Lost(reason) => {
                    return Err(CutError::Unreadable {
                        line: self.line,
                        reason,
                    });
                }
                Cut::Whole(length, fault) => {
                    let (start, line) = (self.at, self.line);
                    let end = start + length;
                    self.at = end;
                    let newlines = memchr_iter(b'\n', &self.buffer[start..end]).count();
                    self.line += newlines as u64;
                    if let [only] = self.spans[..]
                        && only.start == only.end
                        && length <= 2
                    {
                        continue;
                    }
                    return Ok(Some(self.record(start, end, line, fault)));
                }
            }
        }
    }

    fn record(
        &mut self,
        start: usize,
        end: usize,
        line: u64,
        mut fault: Option<&'static str>,
    ) -> Record<'_> {
        let raw = &mut self.buffer[start..end];
        if std::str::from_utf8(raw).is_err() {
            fault = fault.or(Some("the row is not UTF-8 text; save the file as UTF-8"));
        }
        // The line end is not part of any field.
        let inside = self.spans.last().map_or(0, |span| span.end as usize);
        let plain = raw[..inside].iter().fold(true, |plain, byte| {
            plain & (*byte >= 0x20) & (*byte != 0x7f)
        });
        for span in &mut self.spans {
            if span.doubled_quotes {
                halve_quotes(raw, span);
            }
        }
        Record {
            raw: &self.buffer[start..end],
            spans: &self.spans,
            line,
            fault,
            plain,
        }
    }

    /// Drops what was taken and appends what comes next.
    fn fill(&mut self) -> Result<(), CutError> {
        if self.at > 0 {
            self.buffer.drain(..self.at);
            self.at = 0;
        }
        if self.buffer.len() > LONGEST_RECORD {
            return Err(CutError::Unreadable {
                line: self.line,
                reason: "a row is longer than 8 MiB".to_owned(),
            });
        }
        if !self.input.more(&mut self.buffer).map_err(CutError::Input)? {
            self.ended = true;
        }
        Ok(())
    }
}

/// Makes each `""` of a field one quote, in place.
fn halve_quotes(raw: &mut [u8], span: &mut Span) {
    let (mut from, mut to) = (span.start as usize, span.start as usize);
    let end = span.end as usize;
    while from < end {
        let byte = raw[from];
        raw[to] = byte;
        from += if byte == b'"' { 2 } else { 1 };
        to += 1;
    }
    span.end = u32::try_from(to).unwrap_or(span.start);
}

/// Finds the end of the record at the start of `text` and its fields.
fn cut(text: &[u8], ended: bool, spans: &mut Vec<Span>) -> Cut {
    spans.clear();
    let mut fault = None;
    let mut at = 0;
    loop {
        let start = at;
        let quoted = text.get(at) == Some(&b'"');
        let (content, mut end, mut doubled_quotes) = (start + usize::from(quoted), start, false);
        if quoted {
            let mut from = content;
            let closing = loop {
                let Some(found) = memchr(b'"', &text[from..]) else {
                    break None;
                };
                let quote = from + found;
                match text.get(quote + 1) {
                    Some(b'"') => {
                        doubled_quotes = true;
                        from = quote + 2;
                    }
                    None if !ended => break None,
                    _ => break Some(quote),
                }
            };
            let Some(closing) = closing else {
                return unfinished(text.len() - start, ended, true);
            };
            end = closing;
            at = closing + 1;
        }
        // What stands between here and the next comma or line end: the field itself, or nothing.
        let found = match text.get(at) {
            Some(b',' | b'\n') => Some(0),
            _ => memchr2(b',', b'\n', &text[at..]),
        };
        if found.is_none() && !ended {
            return unfinished(text.len() - start, ended, false);
        }
        let stop = found.map_or(text.len(), |found| at + found);
        let last = found.is_none() || text[stop] == b'\n';
        let mut content_end = stop;
        if last && content_end > at && text[content_end - 1] == b'\r' {
            content_end -= 1;
        }
        if !quoted {
            end = content_end;
        } else if content_end != at {
            fault = Some("text stands after a closing quote");
        }
        if end - content > LONGEST_FIELD {
            return Cut::Lost(TOO_LONG.to_owned());
        }
        if spans.len() < MOST_FIELDS {
            // A record's length is bounded far below this.
            let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            spans.push(Span {
                start: place(content),
                end: place(end),
                doubled_quotes,
            });
        } else {
            fault = Some("the row has more than 10,000 fields");
        }
        if last {
            return Cut::Whole((stop + usize::from(found.is_some())).min(text.len()), fault);
        }
        at = stop + 1;
    }
}

const TOO_LONG: &str = "a field is longer than 1 MB; perhaps a quote is never closed";

fn unfinished(length: usize, ended: bool, quoted: bool) -> Cut {
    if ended && quoted {
        Cut::Lost("a quote is opened in this row and never closed".to_owned())
    } else if length > LONGEST_FIELD + 2 {
        Cut::Lost(TOO_LONG.to_owned())
    } else {
        Cut::More
    }
}
