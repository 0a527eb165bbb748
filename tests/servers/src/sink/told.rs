//! What a writer says about the bytes that it sends, which the sink believes and says again.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, ETAG};
use http::{HeaderMap, HeaderName, HeaderValue};
use s3s::crypto::{Checksum as _, Md5};

/// The algorithms whose checksums S3 takes.
const ALGORITHMS: [&str; 5] = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"];

/// So many last bytes of a body hold whatever stands behind its last chunk.
const TAIL: usize = 256;

/// The last bytes of a body.
#[derive(Debug, Default)]
pub(crate) struct Tail(Vec<u8>);

impl Tail {
    /// Copies what it needs: a piece that is held on to cannot be filled again.
    pub fn push(&mut self, data: &Bytes) {
        let from = data.len().saturating_sub(TAIL);
        self.0
            .extend_from_slice(data.get(from..).unwrap_or_default());
        let surplus = self.0.len().saturating_sub(TAIL);
        self.0.drain(..surplus);
    }

    /// The value of a checksum that came behind the body.
    fn trailer(&self, name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(&self.0);
        let (_, behind) = text.rsplit_once(&format!("{name}:"))?;
        let value = behind.split(['\r', '\n']).next()?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }
}

/// Size, entity tag and checksums of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub size: u64,
    pub etag: String,
    checksums: Vec<(&'static str, String)>,
}

impl Told {
    /// What was said about the body of one request.
    pub fn of(headers: &HeaderMap, came: u64, tail: &Tail) -> Self {
        let size = ["x-amz-decoded-content-length", CONTENT_LENGTH.as_str()]
            .iter()
            .find_map(|name| text(headers, name)?.parse().ok());
        let md5 = text(headers, "content-md5").and_then(|value| STANDARD.decode(value).ok());
        let checksums = ALGORITHMS
            .iter()
            .filter_map(|algorithm| {
                let name = header(algorithm);
                let told = text(headers, &name).map(str::to_owned);
                Some((*algorithm, told.or_else(|| tail.trailer(&name))?))
            })
            .collect();
        Self {
            size: size.unwrap_or(came),
            etag: md5.map_or_else(|| hexadecimal(&[0; 16]), |md5| hexadecimal(&md5)),
            checksums,
        }
    }

    /// What was said about an object when its parts were put together.
    pub fn of_whole(headers: &HeaderMap, size: u64, etag: String) -> Self {
        let checksums = ALGORITHMS
            .iter()
            .filter_map(|algorithm| {
                Some((*algorithm, text(headers, &header(algorithm))?.to_owned()))
            })
            .collect();
        Self {
            size,
            etag,
            checksums,
        }
    }

    /// Writes it into the headers of an answer.
    pub fn show(&self, headers: &mut HeaderMap) {
        if let Ok(etag) = HeaderValue::from_str(&format!("\"{}\"", self.etag)) {
            headers.insert(ETAG, etag);
        }
        for (algorithm, value) in &self.checksums {
            let name = HeaderName::from_bytes(header(algorithm).as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
                headers.insert(name, value);
            }
        }
        if !self.checksums.is_empty() {
            headers.insert(
                "x-amz-checksum-type",
                HeaderValue::from_static("FULL_OBJECT"),
            );
        }
    }

    /// Writes its checksums as XML.
    pub fn elements(&self) -> String {
        self.checksums
            .iter()
            .map(|(algorithm, value)| format!("<Checksum{algorithm}>{value}</Checksum{algorithm}>"))
            .collect()
    }
}

/// The entity tag of an object in parts.
pub(crate) fn md5_of_parts<'a>(etags: impl Iterator<Item = &'a str>) -> String {
    let (mut md5, mut count) = (Md5::new(), 0);
    for etag in etags {
        let bytes: Vec<u8> = (0..etag.len() / 2)
            .filter_map(|at| u8::from_str_radix(etag.get(at * 2..at * 2 + 2)?, 16).ok())
            .collect();
        md5.update(&bytes);
        count += 1;
    }
    format!("{}-{count}", hexadecimal(&md5.finalize()))
}

fn header(algorithm: &str) -> String {
    format!("x-amz-checksum-{}", algorithm.to_ascii_lowercase())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_behind_the_body_is_found_wherever_it_was_cut() {
        let body = format!(
            "{}0\r\nx-amz-checksum-crc64nvme:AAAAAAAAAAA=\r\n\r\n",
            "x".repeat(900)
        );
        for size in [1, 7, 100, 255, 256, 257, 2_000] {
            let mut tail = Tail::default();
            for piece in body.as_bytes().chunks(size) {
                tail.push(&Bytes::copy_from_slice(piece));
            }
            let told = Told::of(&HeaderMap::new(), 900, &tail);
            assert_eq!(
                told.checksums,
                [("CRC64NVME", "AAAAAAAAAAA=".to_owned())],
                "in pieces of {size}"
            );
        }
    }

    #[test]
    fn the_tag_of_an_object_in_parts_is_that_of_s3() {
        // Two parts of 5 MiB of zeros; the MD5 of their MD5s by Python's hashlib.
        let part = "5f363e0e58a95f06cbe9bbc662c5dfb6";
        assert_eq!(
            md5_of_parts([part, part].into_iter()),
            "a7d414b9133d6483d9a1c4e04e856e3b-2"
        );
    }
}
