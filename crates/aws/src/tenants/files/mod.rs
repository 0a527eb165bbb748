//! A tenant's files, as a file manager has them. Every path is one within the tenant's place, and nothing
//! here reaches beyond it.

mod broken;
mod change;
mod copy;
mod listing;
mod measure;
mod share;
mod versions;
mod whole;

use tallyport_ledger::tenant::Place;

pub use broken::{Leftover, abort, leftovers};
pub use change::{erase, make_folder, remove, undo_remove};
pub use copy::{copy, rename};
pub use listing::{File, Listing, Preview, list, preview, search};
pub use measure::{Measured, measure, price_of_writes, price_per_month};
pub use share::{Shared, share};
pub use versions::{Version, restore, versions};
pub use whole::{Whole, whole};

use crate::AwsError;

/// The key of a path: of a file, or of a folder where it ends with `/`. The place itself is no path.
fn key_of(place: &Place, path: &str) -> Result<String, AwsError> {
    let is_odd = |part: &str| matches!(part, "" | "." | "..");
    let inner = path.strip_suffix('/').unwrap_or(path);
    let key = place.key(path);
    if inner.split('/').any(is_odd) || path.contains('\0') || key.len() > 1_024 {
        return Err(AwsError::Refused {
            action: format!("a file of {place}"),
            code: "InvalidPath".to_owned(),
            said: format!(
                "\"{}\" is no path: names between single slashes are expected, 1,024 bytes in all",
                path.chars().take(80).collect::<String>()
            ),
        });
    }
    Ok(key)
}

/// What a key is called within the place; nothing for the place itself.
fn path_of(place: &Place, key: &str) -> Option<String> {
    place
        .path(key)
        .filter(|path| !path.is_empty())
        .map(str::to_owned)
}

/// A size as S3 tells it.
fn size(bytes: Option<i64>) -> u64 {
    bytes
        .and_then(|bytes| u64::try_from(bytes).ok())
        .unwrap_or_default()
}

fn moment(at: Option<aws_sdk_s3::primitives::DateTime>) -> jiff::Timestamp {
    let millis = at.and_then(|at| at.to_millis().ok()).unwrap_or_default();
    jiff::Timestamp::from_millisecond(millis).unwrap_or_default()
}
