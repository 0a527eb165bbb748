use aws_config::SdkConfig;
use tallyport_store::Receipt;

use crate::digest;
use crate::upload::insist;
use crate::wire::{Kind, Object, Wire};

/// What the store says of a file that arrived once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recheck {
    /// It is there with the same size and checksum.
    Same,
    /// It is kept as a version, but it is not what is there now.
    Superseded {
        /// What became of it.
        how: String,
    },
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

impl Recheck {
    /// A stable word for it (same, superseded, different, gone or unknown), and what else there is to say.
    #[must_use]
    pub fn told(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Same => ("same", None),
            Self::Superseded { how } => ("superseded", Some(how)),
            Self::Different { what } => ("different", Some(what)),
            Self::Gone => ("gone", None),
            Self::Unknown { why } => ("unknown", Some(why)),
        }
    }
}

/// Asks the store whether what receipts prove still holds. Nothing is downloaded: the store keeps the checksum.
pub struct Rechecker {
    wire: Wire,
}

impl Rechecker {
    /// For receipts of one bucket.
    #[must_use]
    pub fn new(config: &SdkConfig, bucket: &str, region: Option<&str>) -> Self {
        Self {
            wire: Wire::new(config, bucket, region),
        }
    }

    /// Whether what this one proves still holds. Where the bucket keeps versions, what arrived may still be
    /// kept although it is not what is there now.
    pub async fn check(&self, receipt: &Receipt) -> Recheck {
        let now = match self.look(receipt, None).await {
            Ok(now) => now,
            Err(unknown) => return unknown,
        };
        let Some(version) = &receipt.version else {
            return now.map_or(Recheck::Gone, |object| compared(receipt, object));
        };
        let how = match now {
            Some(object) if object.version.as_ref() == Some(version) => {
                return compared(receipt, object);
            }
            Some(_) => "something newer is there; the version that arrived is kept",
            None => "it was deleted; the version that arrived is kept",
        };
        match self.look(receipt, Some(version)).await {
            Ok(None) => Recheck::Gone,
            Ok(Some(object)) => match compared(receipt, object) {
                Recheck::Same => Recheck::Superseded {
                    how: how.to_owned(),
                },
                other => other,
            },
            Err(unknown) => unknown,
        }
    }

    async fn look(
        &self,
        receipt: &Receipt,
        version: Option<&str>,
    ) -> Result<Option<Object>, Recheck> {
        let found = insist(|| self.wire.look(&receipt.key, version)).await;
        found.or_else(|fault| match fault.kind {
            Kind::NoBucket => Ok(None),
            _ => Err(Recheck::Unknown {
                why: fault.problem().said,
            }),
        })
    }
}

fn compared(receipt: &Receipt, object: Object) -> Recheck {
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
