use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use aws_smithy_types::base64;
use crc_fast::{CrcAlgorithm, Digest};

/// The checksum that S3 keeps of a whole object, where it is one that can be taken again here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Checksum {
    algorithm: Algorithm,
    value: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Crc64Nvme,
    Crc32C,
    Crc32,
}

/// What an answer says of an object's checksums.
pub(super) struct Told<'a> {
    pub crc64_nvme: Option<&'a str>,
    pub crc32_c: Option<&'a str>,
    pub crc32: Option<&'a str>,
}

impl Checksum {
    /// The strongest one told. One over parts has a number at its end and is not the object's.
    pub fn of(told: &Told<'_>) -> Option<Self> {
        let known = [
            (Algorithm::Crc64Nvme, told.crc64_nvme),
            (Algorithm::Crc32C, told.crc32_c),
            (Algorithm::Crc32, told.crc32),
        ];
        known.into_iter().find_map(|(algorithm, text)| {
            let value = base64::decode(text?).ok()?;
            let length = if algorithm == Algorithm::Crc64Nvme {
                8
            } else {
                4
            };
            (value.len() == length).then_some(Self { algorithm, value })
        })
    }

    /// Whether the bytes of a file have it.
    pub fn fits(&self, path: &Path) -> io::Result<bool> {
        let mut digest = Digest::new(match self.algorithm {
            Algorithm::Crc64Nvme => CrcAlgorithm::Crc64Nvme,
            Algorithm::Crc32C => CrcAlgorithm::Crc32Iscsi,
            Algorithm::Crc32 => CrcAlgorithm::Crc32IsoHdlc,
        });
        let mut file = File::open(path)?;
        let mut buffer = vec![0; 1 << 20];
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            digest.update(&buffer[..read]);
        }
        let whole = digest.finalize().to_be_bytes();
        Ok(whole[whole.len() - self.value.len()..] == self.value[..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_checksum_is_taken_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("digits");
        std::fs::write(&path, "123456789").unwrap();
        let none = Told {
            crc64_nvme: None,
            crc32_c: None,
            crc32: None,
        };
        // The check values of the three, as their catalogue gives them.
        let nvme = base64::encode(0xae8b_1486_0a79_9888_u64.to_be_bytes());
        let castagnoli = base64::encode(0xe306_9283_u32.to_be_bytes());
        let usual = base64::encode(0xcbf4_3926_u32.to_be_bytes());
        for told in [
            Told {
                crc64_nvme: Some(&nvme),
                ..none
            },
            Told {
                crc32_c: Some(&castagnoli),
                ..none
            },
            Told {
                crc32: Some(&usual),
                ..none
            },
        ] {
            let checksum = Checksum::of(&told).unwrap();
            assert!(checksum.fits(&path).unwrap(), "{checksum:?}");
        }
        std::fs::write(&path, "123456780").unwrap();
        let told = Told {
            crc32: Some(&usual),
            ..none
        };
        assert!(!Checksum::of(&told).unwrap().fits(&path).unwrap());
        let of_parts = Told {
            crc32: Some("y/Q5Jg==-3"),
            ..none
        };
        assert_eq!(Checksum::of(&of_parts), None);
    }
}
