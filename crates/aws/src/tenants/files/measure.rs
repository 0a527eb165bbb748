//! How much lies in a place, all of what costs included.

use tallyport_ledger::tenant::Place;
use tallyport_ledger::{Currency, Money};

use super::super::Site;
use super::{broken, versions};
use crate::AwsError;

/// What lies in a place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measured {
    /// Files that are there.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Older versions, and files that were removed and can be taken back.
    pub versions: u64,
    /// Their bytes.
    pub version_bytes: u64,
    /// Unfinished uploads.
    pub unfinished: u64,
    /// What came of them.
    pub unfinished_bytes: u64,
}

impl Measured {
    /// All that is paid for.
    #[must_use]
    pub const fn all_bytes(&self) -> u64 {
        self.bytes
            .saturating_add(self.version_bytes)
            .saturating_add(self.unfinished_bytes)
    }
}

/// Lists a place and counts: a request for every thousand versions and for every unfinished upload.
///
/// # Errors
/// [`AwsError`].
pub async fn measure(site: &Site, place: &Place) -> Result<Measured, AwsError> {
    let mut measured = Measured::default();
    versions::each(site, place, place.prefix.as_str(), |one| {
        // The mark of a prefix is not a file, and a removal holds nothing.
        let is_mark = one.key == place.prefix.as_str();
        match one.version.bytes {
            Some(bytes) if one.version.is_latest && !is_mark => {
                measured.objects += 1;
                measured.bytes += bytes;
            }
            Some(bytes) if !one.version.is_latest => {
                measured.versions += 1;
                measured.version_bytes += bytes;
            }
            _ => {}
        }
    })
    .await?;
    for left in broken::leftovers(site, place).await? {
        measured.unfinished += 1;
        measured.unfinished_bytes += left.bytes;
    }
    Ok(measured)
}

/// S3 Standard's list price in us-east-1, in nano-dollars for a binary gigabyte and a month. Other regions
/// charge up to half as much again.
const NANOS_PER_GIGABYTE: i128 = 23_000_000;
const GIGABYTE: i128 = 1 << 30;
/// The same for one request that writes: $0.005 a thousand.
const NANOS_PER_WRITE: i128 = 5_000;

/// What keeping so many bytes costs a month at about S3's list price.
#[must_use]
pub fn price_per_month(bytes: u64) -> Money {
    let nanos = i128::from(bytes) * NANOS_PER_GIGABYTE / GIGABYTE;
    Money::from_nanos(nanos, Currency::USD)
}

/// What so many requests that write cost at about S3's list price.
#[must_use]
pub fn price_of_writes(requests: u64) -> Money {
    Money::from_nanos(i128::from(requests) * NANOS_PER_WRITE, Currency::USD)
}
