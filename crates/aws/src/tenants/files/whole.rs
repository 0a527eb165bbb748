//! A whole file, piece by piece: it is never held.

use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::ChecksumMode;
use tallyport_ledger::tenant::Place;

use super::super::{Site, named, says};
use super::{key_of, size};
use crate::AwsError;

/// A file on its way.
#[derive(Debug)]
pub struct Whole {
    /// Its size.
    pub bytes: u64,
    body: ByteStream,
}

impl Whole {
    /// The next piece; nothing once all came. Where S3 keeps a checksum of the file, the last one is only given if
    /// that holds.
    pub async fn next(&mut self) -> Option<Result<Vec<u8>, AwsError>> {
        let piece = self.body.next().await?;
        Some(match piece {
            Ok(piece) => Ok(piece.to_vec()),
            Err(error) => Err(AwsError::Unreachable(error.to_string())),
        })
    }
}

/// Begins to fetch a file.
///
/// # Errors
/// [`AwsError::Missing`] if it is not there.
pub async fn whole(site: &Site, place: &Place, path: &str) -> Result<Whole, AwsError> {
    let (key, bucket) = (key_of(place, path)?, place.bucket.as_str());
    let asked = site.s3().get_object().bucket(bucket).key(&key);
    let answer = asked.checksum_mode(ChecksumMode::Enabled).send().await;
    let answer = answer.map_err(|error| refused(error, bucket, &key))?;
    Ok(Whole {
        bytes: size(answer.content_length),
        body: answer.body,
    })
}

/// Why a file cannot be read.
pub(super) fn refused(error: SdkError<GetObjectError>, bucket: &str, key: &str) -> AwsError {
    if says(&error, "NoSuchKey") {
        AwsError::Missing(format!("s3://{bucket}/{key}"))
    } else {
        named("s3:GetObject", bucket)(error)
    }
}
