//! The two checksums of a file. CRC-64/NVME is what S3 checks: those of parts combine to that of the whole.
//! SHA-256 goes into the receipt.

mod beside;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crc_fast::CrcAlgorithm::Crc64Nvme;
use sha2::{Digest as _, Sha256};

pub(crate) use beside::{Beside, HashingBeside};

/// What a file's bytes come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digests {
    pub crc64nvme: u64,
    pub sha256: [u8; 32],
}

/// Takes the checksums of a file and of each of its parts in one pass.
pub(crate) struct Hashing {
    parts: Parts,
    sha256: Sha256,
}

/// Takes the checksum of each part, and puts them together to that of the file.
struct Parts {
    /// Of the parts that ended; nothing before the first one.
    whole: Option<u64>,
    part: crc_fast::Digest,
    part_bytes: u64,
}

/// Takes the checksum of bytes that come one after the other.
pub(crate) struct Checksum(crc_fast::Digest);

impl Checksum {
    pub fn new() -> Self {
        Self(crc_fast::Digest::new(Crc64Nvme))
    }

    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub fn end(self) -> u64 {
        self.0.finalize()
    }
}

impl Default for Parts {
    fn default() -> Self {
        Self {
            whole: None,
            part: crc_fast::Digest::new(Crc64Nvme),
            part_bytes: 0,
        }
    }
}

impl Parts {
    fn update(&mut self, bytes: &[u8]) {
        self.part.update(bytes);
        self.part_bytes += bytes.len() as u64;
    }

    fn end_part(&mut self) -> u64 {
        let part = self.part.finalize_reset();
        // Combining costs as much as some hundred KiB to hash, which a small file need not pay.
        self.whole = Some(match self.whole {
            Some(before) => combined(before, part, self.part_bytes),
            None => part,
        });
        self.part_bytes = 0;
        part
    }

    fn end(mut self) -> u64 {
        if self.part_bytes > 0 {
            self.end_part();
        }
        self.whole.unwrap_or_default()
    }
}

impl Hashing {
    pub fn new() -> Self {
        Self {
            parts: Parts::default(),
            sha256: Sha256::new(),
        }
    }

    pub fn update(&mut self, bytes: &[u8]) {
        self.parts.update(bytes);
        self.sha256.update(bytes);
    }

    /// Ends a part and answers its checksum.
    pub fn end_part(&mut self) -> u64 {
        self.parts.end_part()
    }

    pub fn end(self) -> Digests {
        Digests {
            crc64nvme: self.parts.end(),
            sha256: self.sha256.finalize().into(),
        }
    }
}

/// The checksum of two stretches of bytes, one after the other.
pub(crate) fn combined(first: u64, second: u64, second_bytes: u64) -> u64 {
    crc_fast::checksum_combine(Crc64Nvme, first, second, second_bytes)
}

/// Both checksums of what is in memory.
pub(crate) fn digests(bytes: &[u8]) -> Digests {
    let mut hashing = Hashing::new();
    hashing.update(bytes);
    hashing.end()
}

/// As S3 writes it: big-endian, in base64.
pub(crate) fn shown(crc64nvme: u64) -> String {
    STANDARD.encode(crc64nvme.to_be_bytes())
}

/// What S3 wrote.
pub(crate) fn read(text: &str) -> Option<u64> {
    let bytes: [u8; 8] = STANDARD.decode(text).ok()?.try_into().ok()?;
    Some(u64::from_be_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn crc64nvme(bytes: &[u8]) -> u64 {
        crc_fast::checksum(Crc64Nvme, bytes)
    }

    #[test]
    fn the_check_value_of_the_catalogue_comes_out() {
        let digests = digests(b"123456789");
        assert_eq!(digests.crc64nvme, 0xae8b_1486_0a79_9888);
        assert_eq!(shown(digests.crc64nvme), "rosUhgp5mIg=");
        assert_eq!(read("rosUhgp5mIg="), Some(digests.crc64nvme));
        assert_eq!(shown(super::digests(b"").crc64nvme), "AAAAAAAAAAA=");
        assert_eq!(
            read("rosUhgp5mIg=-3"),
            None,
            "a checksum over parts is none of the whole"
        );
    }

    proptest! {
        #[test]
        fn the_checksums_of_parts_combine_to_that_of_the_file(
            bytes in proptest::collection::vec(any::<u8>(), 0..20_000),
            cuts in proptest::collection::vec(1_usize..4_000, 0..40),
        ) {
            let mut hashing = Hashing::new();
            let mut by_hand = 0;
            let mut rest: &[u8] = &bytes;
            for cut in cuts {
                let (part, after) = rest.split_at(cut.min(rest.len()));
                hashing.update(part);
                prop_assert_eq!(hashing.end_part(), crc64nvme(part));
                by_hand = combined(by_hand, crc64nvme(part), part.len() as u64);
                rest = after;
            }
            hashing.update(rest);
            by_hand = combined(by_hand, crc64nvme(rest), rest.len() as u64);
            let whole = hashing.end();
            prop_assert_eq!(whole, digests(&bytes));
            prop_assert_eq!(whole.crc64nvme, crc64nvme(&bytes));
            prop_assert_eq!(by_hand, whole.crc64nvme);
        }
    }

    #[tokio::test]
    async fn a_thread_beside_says_the_same_also_after_a_file_that_was_left() {
        let hashed = tokio::task::spawn_blocking(|| {
            let buffers = crate::buffers::Buffers::new();
            let mut beside = Beside::start();
            let piece = |bytes: &[u8]| {
                let mut piece = buffers.piece();
                piece.room(bytes.len()).copy_from_slice(bytes);
                piece.into_bytes()
            };
            beside.begin().take(piece(b"left in the middle"));
            let mut hashing = beside.begin();
            hashing.take(piece(b"1234"));
            let first = hashing.end_part();
            hashing.take(piece(b"56789"));
            (first, hashing.end(), beside.begin().end())
        });
        let (first, whole, nothing) = hashed.await.unwrap();
        assert_eq!(first, crc64nvme(b"1234"));
        assert_eq!(whole, Some(digests(b"123456789")));
        assert_eq!(nothing, Some(digests(b"")));
    }
}
