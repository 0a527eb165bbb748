//! What has to be done to krilla's file before it is kept for ever.
//!
//! Its streams are packed again, by name: krilla packs with `flate2`, which gives other bytes as soon as any crate in
//! a build asks for another library. And a file that carries an electronic invoice says so: a reader of Factur-X finds
//! it by four properties in the document's XMP, of which krilla knows nothing.

use std::cell::RefCell;

use memchr::memmem;
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::decompress_to_vec_zlib;
use sha2::{Digest, Sha256};

use crate::DocumentError;
use crate::attached::Described;

/// How hard a file is compressed, of 9.
const LEVEL: u8 = 3;
/// What says of a stream that it is packed. The XMP packet is not: whoever looks for it reads plain text.
const PACKED: &[u8] = b"/Filter/FlateDecode";
/// Where the XMP packet's list of extension schemas ends, and where its descriptions do.
const SCHEMAS: &[u8] = b"</rdf:Bag></pdfaExtension:schemas>";
const DESCRIPTIONS: &[u8] = b"</rdf:RDF>";

/// The file as it is kept, with what is said of its attachment in its XMP.
pub(super) fn settled(
    bytes: &[u8],
    described: Option<&Described>,
) -> Result<Vec<u8>, DocumentError> {
    PACKER
        .with_borrow_mut(|packer| rewritten(bytes, described, packer))
        .ok_or_else(|| DocumentError::Writer("the file is not built as it should be".to_owned()))
}

fn rewritten(bytes: &[u8], described: Option<&Described>, packer: &mut Packer) -> Option<Vec<u8>> {
    let table = number_after(bytes, rfind(bytes, b"startxref\n")?, b"startxref\n")?.1;
    let trailer = table + find(bytes.get(table..)?, b"trailer")?;
    let entries = bytes.get(table..trailer)?;
    let first = find(entries, b"\n0 ")? + 1;
    let first = first + find(entries.get(first..)?, b"\n")? + 1;
    let (head, entries) = entries.split_at_checked(first)?;

    let mut places = Vec::new();
    for (number, entry) in entries.chunks_exact(20).enumerate() {
        if entry.get(17) == Some(&b'n') {
            let place = std::str::from_utf8(entry.get(..10)?).ok()?.parse().ok()?;
            places.push((place, number));
        }
    }
    places.sort_unstable();
    let mut out = bytes.get(..places.first()?.0)?.to_vec();
    let mut moved = entries.to_vec();
    for (index, &(place, number)) in places.iter().enumerate() {
        let end = places.get(index + 1).map_or(table, |(next, _)| *next);
        let at = number * 20;
        let written = format!("{:010}", out.len());
        moved
            .get_mut(at..at + 10)?
            .copy_from_slice(written.as_bytes());
        object(bytes.get(place..end)?, described, packer, &mut out)?;
    }
    let start = out.len();
    let named = named(bytes.get(trailer..)?, &mut out)?;
    out.extend(head);
    out.extend(moved);
    let end = rfind(&named, b"startxref\n")? + b"startxref\n".len();
    out.extend(named.get(..end)?);
    out.extend(format!("{start}\n%%EOF").as_bytes());
    Some(out)
}

/// Writes an object, its stream packed anew.
fn object(
    bytes: &[u8],
    described: Option<&Described>,
    packer: &mut Packer,
    out: &mut Vec<u8>,
) -> Option<()> {
    const STREAM: &[u8] = b">>\nstream\n";
    let Some(end) = find(bytes, STREAM) else {
        out.extend(bytes);
        return Some(());
    };
    let (dictionary, data) = bytes.split_at_checked(end)?;
    let data = data.get(STREAM.len()..)?;
    let (at, length) = number_after(dictionary, 0, b"/Length ")?;
    let (data, rest) = data.split_at_checked(length)?;
    let is_described = find(dictionary, b"/Type/Metadata").is_some();
    let is_packed = find(dictionary, PACKED).is_some();
    let stream = match described {
        Some(described) if is_described => {
            let (before, after) = data.split_at_checked(find(data, SCHEMAS)?)?;
            let (between, after) = after.split_at_checked(find(after, DESCRIPTIONS)?)?;
            let (schema, properties) = (&described.schema, &described.properties);
            [
                before,
                schema.as_bytes(),
                between,
                properties.as_bytes(),
                after,
            ]
            .concat()
        }
        _ if is_described => data.to_vec(),
        _ if is_packed => packer.packed(&decompress_to_vec_zlib(data).ok()?)?,
        _ => packer.packed(data)?,
    };
    out.extend(dictionary.get(..at)?);
    out.extend(stream.len().to_string().as_bytes());
    out.extend(dictionary.get(at + length.to_string().len()..)?);
    if !is_packed && !is_described {
        out.extend(PACKED);
    }
    out.extend(STREAM);
    out.extend(stream);
    out.extend(rest);
    Some(())
}

/// Names the file by what is in it now, where krilla named it by what it had packed; gives its trailer.
fn named(trailer: &[u8], out: &mut [u8]) -> Option<Vec<u8>> {
    let start = find(trailer, b")(")? + 2;
    let length = find(trailer.get(start..)?, b")]")?;
    let old = trailer.get(start..start + length)?.to_vec();
    let digest = Sha256::digest(&*out);
    let hex = digest.iter().map(|byte| format!("{byte:02x}"));
    let new = hex.collect::<String>().into_bytes();
    let new = new.get(..length)?;
    let mut at = 0;
    while let Some(found) = find(out.get(at..)?, &old) {
        at += found;
        out.get_mut(at..at + length)?.copy_from_slice(new);
    }
    let mut trailer = trailer.to_vec();
    trailer.get_mut(start..start + length)?.copy_from_slice(new);
    Some(trailer)
}

thread_local! {
    /// One for all the files that a thread writes.
    static PACKER: RefCell<Packer> = RefCell::new(Packer::new());
}

/// Packs the streams of files one after another. A packer takes a quarter of a megabyte, which is cleared, not
/// taken anew, for each of them.
struct Packer(Box<CompressorOxide>);

impl Packer {
    fn new() -> Self {
        // 15 is zlib's window, 0 its usual strategy.
        let flags = create_comp_flags_from_zip_params(LEVEL.into(), 15, 0);
        Self(Box::new(CompressorOxide::new(flags)))
    }

    fn packed(&mut self, data: &[u8]) -> Option<Vec<u8>> {
        self.0.reset();
        let mut packed = vec![0; data.len() / 2 + 64];
        let (mut taken, mut given) = (0, 0);
        loop {
            let (status, took, gave) = compress(
                &mut self.0,
                data.get(taken..)?,
                packed.get_mut(given..)?,
                TDEFLFlush::Finish,
            );
            (taken, given) = (taken + took, given + gave);
            match status {
                TDEFLStatus::Done => break,
                TDEFLStatus::Okay => packed.resize(packed.len() * 2, 0),
                _ => return None,
            }
        }
        packed.truncate(given);
        Some(packed)
    }
}

fn number_after(bytes: &[u8], from: usize, word: &[u8]) -> Option<(usize, usize)> {
    let at = from + find(bytes.get(from..)?, word)? + word.len();
    let digits = bytes.get(at..)?.iter();
    let length = digits.take_while(|byte| byte.is_ascii_digit()).count();
    let text = std::str::from_utf8(bytes.get(at..at + length)?).ok()?;
    Some((at, text.parse().ok()?))
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    memmem::find(bytes, word)
}

fn rfind(bytes: &[u8], word: &[u8]) -> Option<usize> {
    memmem::rfind(bytes, word)
}
