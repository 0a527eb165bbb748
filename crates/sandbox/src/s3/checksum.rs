//! Checksums: which were promised, which were found, and how those of parts become one.

use std::collections::BTreeMap;

use aws_smithy_types::base64;
use crc_fast::{CrcAlgorithm, checksum_combine};
use s3s::checksum::ChecksumHasher;
use s3s::crypto::{Checksum as _, Crc32, Crc32c, Crc64Nvme, Sha1, Sha256};
use s3s::{S3Result, s3_error};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Algorithm {
    Crc32,
    Crc32c,
    Crc64Nvme,
    Sha1,
    Sha256,
}

impl Algorithm {
    pub const ALL: [Self; 5] = [
        Self::Crc32,
        Self::Crc32c,
        Self::Crc64Nvme,
        Self::Sha1,
        Self::Sha256,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32c => "CRC32C",
            Self::Crc64Nvme => "CRC64NVME",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
        }
    }

    pub fn read(name: &str) -> S3Result<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
            .ok_or_else(|| s3_error!(InvalidRequest, "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"))
    }

    /// The algorithm of a header or trailer like `x-amz-checksum-crc32`.
    pub fn of_header(header: &str) -> Option<Self> {
        let name = header
            .trim()
            .to_ascii_lowercase()
            .strip_prefix("x-amz-checksum-")?
            .to_ascii_uppercase();
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
    }

    pub fn header(self) -> String {
        format!("x-amz-checksum-{}", self.name().to_ascii_lowercase())
    }

    fn crc(self) -> Option<(CrcAlgorithm, usize)> {
        match self {
            Self::Crc32 => Some((CrcAlgorithm::Crc32IsoHdlc, 4)),
            Self::Crc32c => Some((CrcAlgorithm::Crc32Iscsi, 4)),
            Self::Crc64Nvme => Some((CrcAlgorithm::Crc64Nvme, 8)),
            Self::Sha1 | Self::Sha256 => None,
        }
    }
}

/// Checksums in base64, by algorithm.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Digests(BTreeMap<Algorithm, String>);

impl Digests {
    pub fn get(&self, algorithm: Algorithm) -> Option<String> {
        self.0.get(&algorithm).cloned()
    }

    pub fn set(&mut self, algorithm: Algorithm, value: Option<String>) {
        if let Some(value) = value {
            self.0.insert(algorithm, value);
        }
    }

    pub fn algorithms(&self) -> impl Iterator<Item = Algorithm> {
        self.0.keys().copied()
    }

    /// Only the checksum of one algorithm.
    pub fn only(&self, algorithm: Algorithm) -> Self {
        let mut one = Self::default();
        one.set(algorithm, self.get(algorithm));
        one
    }

    /// Everything that was promised must have been found.
    pub fn verify(&self, found: &Self) -> S3Result<()> {
        for (algorithm, promised) in &self.0 {
            if found.0.get(algorithm) != Some(promised) {
                return Err(s3_error!(
                    BadDigest,
                    "The {} you specified did not match the calculated checksum.",
                    algorithm.name()
                ));
            }
        }
        Ok(())
    }
}

/// Reads the five checksum fields that many inputs have.
macro_rules! promised {
    ($input:expr) => {{
        let mut digests = $crate::s3::checksum::Digests::default();
        digests.set(
            $crate::s3::checksum::Algorithm::Crc32,
            $input.checksum_crc32.clone(),
        );
        digests.set(
            $crate::s3::checksum::Algorithm::Crc32c,
            $input.checksum_crc32c.clone(),
        );
        digests.set(
            $crate::s3::checksum::Algorithm::Crc64Nvme,
            $input.checksum_crc64nvme.clone(),
        );
        digests.set(
            $crate::s3::checksum::Algorithm::Sha1,
            $input.checksum_sha1.clone(),
        );
        digests.set(
            $crate::s3::checksum::Algorithm::Sha256,
            $input.checksum_sha256.clone(),
        );
        digests
    }};
}

/// Writes the five checksum fields that many outputs have.
macro_rules! show {
    ($digests:expr => $output:expr) => {{
        $output.checksum_crc32 = $digests.get($crate::s3::checksum::Algorithm::Crc32);
        $output.checksum_crc32c = $digests.get($crate::s3::checksum::Algorithm::Crc32c);
        $output.checksum_crc64nvme = $digests.get($crate::s3::checksum::Algorithm::Crc64Nvme);
        $output.checksum_sha1 = $digests.get($crate::s3::checksum::Algorithm::Sha1);
        $output.checksum_sha256 = $digests.get($crate::s3::checksum::Algorithm::Sha256);
    }};
}
pub(crate) use {promised, show};

/// A hasher for the given algorithms.
pub(crate) fn hasher(algorithms: impl IntoIterator<Item = Algorithm>) -> ChecksumHasher {
    let mut hasher = ChecksumHasher::default();
    for algorithm in algorithms {
        match algorithm {
            Algorithm::Crc32 => hasher.crc32 = Some(Crc32::new()),
            Algorithm::Crc32c => hasher.crc32c = Some(Crc32c::new()),
            Algorithm::Crc64Nvme => hasher.crc64nvme = Some(Crc64Nvme::new()),
            Algorithm::Sha1 => hasher.sha1 = Some(Sha1::new()),
            Algorithm::Sha256 => hasher.sha256 = Some(Sha256::new()),
        }
    }
    hasher
}

pub(crate) fn finished(hasher: ChecksumHasher) -> Digests {
    let found = hasher.finalize();
    promised!(found)
}

/// How the checksum of an object in parts is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    /// Of all bytes, as if there were no parts.
    FullObject,
    /// Of the checksums of the parts.
    Composite,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::FullObject => "FULL_OBJECT",
            Self::Composite => "COMPOSITE",
        }
    }

    /// The kind that was asked for, or the algorithm's own; only CRCs can be of the full object,
    /// and CRC64NVME is nothing else.
    pub fn of(algorithm: Algorithm, asked: Option<&str>) -> S3Result<Self> {
        match (algorithm, asked) {
            (Algorithm::Crc64Nvme, None | Some("FULL_OBJECT"))
            | (Algorithm::Crc32 | Algorithm::Crc32c, Some("FULL_OBJECT")) => Ok(Self::FullObject),
            (
                Algorithm::Crc32 | Algorithm::Crc32c | Algorithm::Sha1 | Algorithm::Sha256,
                None | Some("COMPOSITE"),
            ) => Ok(Self::Composite),
            (_, asked) => Err(s3_error!(
                InvalidRequest,
                "The {} checksum type cannot be used with the {} checksum algorithm.",
                asked.unwrap_or_default(),
                algorithm.name()
            )),
        }
    }
}

/// The checksum of an object from those of its parts, given as (base64, size).
pub(crate) fn of_parts(
    algorithm: Algorithm,
    kind: Kind,
    parts: &[(String, u64)],
) -> Option<String> {
    match kind {
        Kind::FullObject => {
            let (crc, width) = algorithm.crc()?;
            let mut combined = None;
            for (text, size) in parts {
                let value = number(text)?;
                combined = Some(
                    combined.map_or(value, |before| checksum_combine(crc, before, value, *size)),
                );
            }
            let bytes = combined?.to_be_bytes();
            Some(base64::encode(bytes.get(bytes.len() - width..)?))
        }
        Kind::Composite => {
            let mut hasher = hasher([algorithm]);
            for (text, _) in parts {
                hasher.update(&base64::decode(text).ok()?);
            }
            Some(format!(
                "{}-{}",
                finished(hasher).get(algorithm)?,
                parts.len()
            ))
        }
    }
}

/// A big-endian number in base64.
fn number(text: &str) -> Option<u64> {
    let bytes = base64::decode(text).ok()?;
    (bytes.len() <= 8).then(|| {
        bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksums_of_parts_combine_to_that_of_the_whole() {
        let (one, two, three) = (vec![7; 1000], vec![1, 2, 3], vec![200; 77]);
        let whole = [one.clone(), two.clone(), three.clone()].concat();
        for algorithm in [Algorithm::Crc32, Algorithm::Crc32c, Algorithm::Crc64Nvme] {
            let of = |bytes: &[u8]| {
                let mut hasher = hasher([algorithm]);
                hasher.update(bytes);
                (
                    finished(hasher).get(algorithm).unwrap(),
                    u64::try_from(bytes.len()).unwrap(),
                )
            };
            let parts = [of(&one), of(&two), of(&three)];
            assert_eq!(
                of_parts(algorithm, Kind::FullObject, &parts),
                Some(of(&whole).0),
                "{algorithm:?}"
            );
        }
    }
}
