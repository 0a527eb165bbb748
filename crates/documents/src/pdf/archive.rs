//! What krilla does not say of itself: which electronic invoice a file carries.
//!
//! A reader of Factur-X finds the attached file by four properties in the document's XMP, and
//! PDF/A asks that properties of one's own are described there as well. The XMP packet is the last
//! stream of the file and not packed; these words go into it, and the places of what follows it are
//! moved in the table of objects.

use crate::DocumentError;

/// The end of the packet's one description.
const BEFORE: &[u8] = b"</rdf:RDF>";
/// The head of the stream that holds the packet.
const METADATA: &[u8] = b"/Type/Metadata";

/// The file with `description` (elements of RDF) added to its XMP.
pub(super) fn described(bytes: Vec<u8>, description: &str) -> Result<Vec<u8>, DocumentError> {
    splice(&bytes, description)
        .ok_or_else(|| DocumentError::Writer("the file's metadata cannot be found".to_owned()))
}

fn splice(bytes: &[u8], description: &str) -> Option<Vec<u8>> {
    let head = find_last(bytes, METADATA)?;
    let object = find_last(bytes.get(..head)?, b" obj")?;
    let (length_at, length) = number_after(bytes, object, b"/Length ")?;
    let stream = object + find(bytes.get(object..)?, b"stream")?;
    let at = stream + find(bytes.get(stream..)?, BEFORE)?;
    let added = description.len();
    let longer = (length + added).to_string();

    let mut out = Vec::with_capacity(bytes.len() + added + 16);
    out.extend(bytes.get(..length_at)?);
    out.extend(longer.as_bytes());
    let rest = length_at + length.to_string().len();
    out.extend(bytes.get(rest..at)?);
    out.extend(description.as_bytes());
    out.extend(bytes.get(at..)?);

    let moved = out.len() - bytes.len();
    let table = find_last(&out, b"\nxref\n")? + 1;
    for entry in entries(&out, table)? {
        let place = out.get_mut(entry..entry + 10)?;
        let was: usize = std::str::from_utf8(place).ok()?.parse().ok()?;
        if was > at {
            place.copy_from_slice(format!("{:010}", was + moved).as_bytes());
        }
    }
    let (start_at, start) = number_after(&out, table, b"startxref\n")?;
    let end = start_at + start.to_string().len();
    let mut whole = out.get(..start_at)?.to_vec();
    whole.extend((start + moved).to_string().as_bytes());
    whole.extend(out.get(end..)?);
    Some(whole)
}

/// Where the entries of the table begin that hold places.
fn entries(bytes: &[u8], table: usize) -> Option<Vec<usize>> {
    let trailer = table + find(bytes.get(table..)?, b"trailer")?;
    let mut found = Vec::new();
    let mut at = table;
    while at < trailer {
        let line = find(bytes.get(at..trailer)?, b"\n").map_or(trailer, |end| at + end + 1);
        let text = bytes.get(at..line)?;
        if text.len() == 20 && text.get(17) == Some(&b'n') {
            found.push(at);
        }
        at = line;
    }
    Some(found)
}

fn number_after(bytes: &[u8], from: usize, word: &[u8]) -> Option<(usize, usize)> {
    let at = from + find(bytes.get(from..)?, word)? + word.len();
    let digits = bytes.get(at..)?;
    let length = digits
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let text = std::str::from_utf8(digits.get(..length)?).ok()?;
    Some((at, text.parse().ok()?))
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

fn find_last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|window| window == word)
}
