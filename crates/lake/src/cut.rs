//! CSV cut into records (RFC 4180), without copying a field.
//!
//! A quote opens a field only at its start; `""` inside it stands for one. Lines end in LF or
//! CRLF. We cut it ourselves, because the csv crate does not count the lines that an editor
//! shows, knows no bound on a field, and copies every field.

use memchr::{memchr, memchr2};

/// Bytes a field may have.
pub(crate) const LONGEST_FIELD: usize = 1_000_000;
/// Fields a record may have.
const MOST_FIELDS: usize = 10_000;

/// Where a field lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Quotes in it are doubled.
    pub(crate) doubled_quotes: bool,
}

/// What stands at the start of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// A record of so many bytes, its line end included, and what is wrong with it.
    Whole(usize, Option<&'static str>),
    /// One whose end is still to come.
    More,
    /// One whose end cannot be found.
    Lost(&'static str),
}

const TOO_LONG: &str = "a field is longer than 1 MB; perhaps a quote is never closed";

/// Finds the end of the record at `base` of `buffer` and pushes the places of its fields.
pub(crate) fn cut(buffer: &[u8], base: usize, ended: bool, spans: &mut Vec<Span>) -> Cut {
    let (first, mut fault) = (spans.len(), None);
    let mut at = base;
    loop {
        let start = at;
        let quoted = buffer.get(at) == Some(&b'"');
        let (content, mut end, mut doubled_quotes) = (start + usize::from(quoted), start, false);
        if quoted {
            let Some(closing) = closing_quote(buffer, content, ended, &mut doubled_quotes) else {
                return unfinished(buffer.len() - start, ended);
            };
            end = closing;
            at = closing + 1;
        }
        // What stands between here and the next comma or line end: the field itself, or nothing.
        let stop = match buffer.get(at) {
            Some(b',' | b'\n') => Some(at),
            _ => find([b',', b'\n'], buffer, at),
        };
        if stop.is_none() && !ended {
            return unfinished(buffer.len() - start, ended);
        }
        let stop_at = stop.unwrap_or(buffer.len());
        let last = buffer.get(stop_at) != Some(&b',');
        let mut content_end = stop_at;
        if last && content_end > at && buffer[content_end - 1] == b'\r' {
            content_end -= 1;
        }
        if !quoted {
            end = content_end;
        } else if content_end != at {
            fault = Some("text stands after a closing quote");
        }
        if end - content > LONGEST_FIELD {
            return Cut::Lost(TOO_LONG);
        }
        if spans.len() - first < MOST_FIELDS {
            // A buffer's length is bounded far below this.
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
            return Cut::Whole(stop_at + usize::from(stop.is_some()) - base, fault);
        }
        at = stop_at + 1;
    }
}

/// The quote that closes a field whose content starts at `from`.
fn closing_quote(buffer: &[u8], from: usize, ended: bool, doubled: &mut bool) -> Option<usize> {
    let mut from = from;
    loop {
        let quote = find([b'"'], buffer, from)?;
        match buffer.get(quote + 1) {
            Some(b'"') => {
                *doubled = true;
                from = quote + 2;
            }
            None if !ended => return None,
            _ => return Some(quote),
        }
    }
}

/// The first place from `from` on where one of `wanted` stands. Most fields are short: eight bytes
/// are looked at in one step, and a long field is left to `memchr`.
fn find<const N: usize>(wanted: [u8; N], buffer: &[u8], from: usize) -> Option<usize> {
    const STEPS: usize = 6;
    const LOW: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let rest = buffer.get(from..)?;
    for (step, eight) in rest.chunks_exact(8).take(STEPS).enumerate() {
        let word = u64::from_le_bytes(eight.try_into().unwrap_or_default());
        let mut hits = 0;
        for byte in wanted {
            // A byte of the difference is zero where `byte` stands; the lowest one is told exactly.
            let difference = word ^ (LOW * u64::from(byte));
            hits |= difference.wrapping_sub(LOW) & !difference & HIGH;
        }
        if hits != 0 {
            let offset = usize::try_from(hits.trailing_zeros() / 8).unwrap_or(0);
            return Some(from + step * 8 + offset);
        }
    }
    let looked_at = (rest.len() / 8).min(STEPS) * 8;
    let tail = rest.get(looked_at..)?;
    let found = match wanted[..] {
        [one, two] => memchr2(one, two, tail),
        [one, ..] => memchr(one, tail),
        [] => None,
    };
    found.map(|found| from + looked_at + found)
}

fn unfinished(length: usize, ended: bool) -> Cut {
    if length > LONGEST_FIELD + 2 {
        Cut::Lost(TOO_LONG)
    } else if ended {
        Cut::Lost("a quote is opened in this row and never closed")
    } else {
        Cut::More
    }
}

/// Makes each `""` of a field one quote, in place; blanks fill what is left over.
pub(crate) fn halve_quotes(buffer: &mut [u8], span: &mut Span) {
    let (mut from, end) = (span.start as usize, span.end as usize);
    let mut to = from;
    while from < end {
        // What leads up to the next pair, the first quote of it included, moves down together.
        let stop = find([b'"'], &buffer[..end], from).map_or(end, |quote| quote + 1);
        buffer.copy_within(from..stop, to);
        to += stop - from;
        from = stop + 1;
    }
    buffer[to..end].fill(b' ');
    span.end = u32::try_from(to).unwrap_or(span.start);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All records of `text`, with the line on which each starts, blank lines left out.
    fn records(text: &[u8]) -> Option<Vec<Vec<Vec<u8>>>> {
        let mut buffer = text.to_vec();
        let (mut at, mut records) = (0, Vec::new());
        while at < buffer.len() {
            let mut spans = Vec::new();
            let Cut::Whole(length, None) = cut(&buffer, at, true, &mut spans) else {
                return None;
            };
            for span in spans.iter_mut().filter(|span| span.doubled_quotes) {
                halve_quotes(&mut buffer, span);
            }
            let fields: Vec<Vec<u8>> = spans
                .iter()
                .map(|span| buffer[span.start as usize..span.end as usize].to_vec())
                .collect();
            if fields != [Vec::<u8>::new()] {
                records.push(fields);
            }
            at += length;
        }
        Some(records)
    }

    fn by_the_csv_crate(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text)
            .byte_records()
            .map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect())
            .filter(|fields: &Vec<Vec<u8>>| fields != &[Vec::<u8>::new()])
            .collect()
    }

    fn quoted(field: &str) -> String {
        format!("\"{}\"", field.replace('"', "\"\""))
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_as_the_csv_crate_reads_it(
            rows in prop::collection::vec(
                prop::collection::vec(("[a-z \",\r\n€]{0,6}|[a-z \",€]{40,90}", any::<bool>()), 2..5), 0..8),
            crlf in any::<bool>(), newline_at_end in any::<bool>(),
        ) {
            let end = if crlf { "\r\n" } else { "\n" };
            let text: Vec<String> = rows.iter().map(|row| {
                let fields: Vec<String> = row.iter().map(|(field, quote)| {
                    if *quote || field.contains(['"', ',', '\r', '\n']) {
                        quoted(field)
                    } else {
                        field.clone()
                    }
                }).collect();
                fields.join(",")
            }).collect();
            let mut text = text.join(end);
            if newline_at_end {
                text.push_str(end);
            }
            let read = records(text.as_bytes()).unwrap();
            let meant: Vec<Vec<Vec<u8>>> = rows.iter()
                .map(|row| row.iter().map(|(field, _)| field.clone().into_bytes()).collect())
                .collect();
            prop_assert_eq!(&read, &meant);
            prop_assert_eq!(read, by_the_csv_crate(text.as_bytes()));
        }

        #[test]
        fn a_text_that_comes_in_two_pieces_is_cut_in_the_same_places(
            text in "[a\",\n\r]{0,30}", at in 0_usize..30,
        ) {
            let bytes = text.as_bytes();
            let at = at.min(bytes.len());
            let (mut whole, mut part) = (Vec::new(), Vec::new());
            let with_all = cut(bytes, 0, true, &mut whole);
            match cut(&bytes[..at], 0, false, &mut part) {
                Cut::More => {}
                found => {
                    prop_assert_eq!(found, with_all);
                    prop_assert_eq!(part, whole);
                }
            }
        }

        #[test]
        fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = records(&bytes);
        }
    }
}
