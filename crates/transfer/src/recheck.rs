use aws_config::SdkConfig;
use tallyport_store::Receipt;

use crate::digest;
use crate::wire::{Fault, Kind, Wire};

/// What the store says of a file that arrived once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recheck {
    /// It is there with the same size and checksum.
    Same,
    /// Something else is there now.
    Different {
        /// What differs.
        what: String,
    },
    /// It is not there any more.
    Gone,
    /// It could not be found out.
    Unknown {
        /// Why.
        why: String,
    },
}

/// Asks the store whether what a receipt proves still holds. Nothing is downloaded: the store keeps the
/// checksum. Where the bucket keeps versions, the very version is asked for.
pub async fn recheck(config: &SdkConfig, region: Option<&str>, receipt: &Receipt) -> Recheck {
    let wire = Wire::new(config, &receipt.bucket, region);
    let version = receipt.version.as_deref();
    let object = match wire.look(&receipt.key, version).await {
        Ok(Some(object)) => object,
        Ok(None) => return Recheck::Gone,
        Err(fault) => return unknown(&fault),
    };
    let different = |what: String| Recheck::Different { what };
    if object.bytes != receipt.bytes {
        return different(format!(
            "{} bytes instead of {}",
            object.bytes, receipt.bytes
        ));
    }
    match object.crc64nvme.map(digest::shown) {
        Some(kept) if kept == receipt.crc64nvme => Recheck::Same,
        Some(kept) => different(format!("checksum {kept} instead of {}", receipt.crc64nvme)),
        None if object.etag == receipt.etag => Recheck::Unknown {
            why: "size and entity tag are the same, but the store keeps no checksum of the whole"
                .to_owned(),
        },
        None => different(format!(
            "entity tag {} instead of {}",
            object.etag, receipt.etag
        )),
    }
}

fn unknown(fault: &Fault) -> Recheck {
    match fault.kind {
        Kind::NoBucket => Recheck::Gone,
        _ => Recheck::Unknown {
            why: fault.problem().said,
        },
    }
}
