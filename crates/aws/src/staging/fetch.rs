use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;

use aws_sdk_s3::types::ChecksumMode;
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt;

use super::Staging;
use super::checksum::{Checksum, Told};
use crate::AwsError;
use crate::exports::{Bucket, Object, quoted};

/// How often one file is gone on with after its answer broke off.
const ATTEMPTS: u32 = 6;
/// How often a file is fetched from its beginning because its checksum did not fit.
const WHOLE_ATTEMPTS: u32 = 2;

/// Told how many bytes have come since it was last told; may stop it all.
pub type OnBytes<'a> = &'a mut (dyn FnMut(u64) -> ControlFlow<()> + Send);

impl Staging {
    /// Fetches an object, or what is missing of it, and answers where the whole of it lies.
    ///
    /// # Errors
    /// [`AwsError::Changed`] if it has been written anew since it was listed; [`AwsError::Missing`],
    /// [`AwsError::Damaged`], [`AwsError::Disk`], [`AwsError::Cancelled`].
    pub async fn fetch(
        &self,
        bucket: &Bucket,
        object: &Object,
        on_bytes: OnBytes<'_>,
    ) -> Result<PathBuf, AwsError> {
        if let Some(path) = self.finished(object) {
            return Ok(path);
        }
        let part = self.part(object);
        let disk = |source| AwsError::Disk {
            path: part.clone(),
            source,
        };
        for _ in 0..WHOLE_ATTEMPTS {
            let checksum = self.complete(bucket, object, on_bytes).await?;
            let fits = match checksum {
                None => true,
                Some(checksum) => {
                    let part = part.clone();
                    let taken = tokio::task::spawn_blocking(move || checksum.fits(&part)).await;
                    taken
                        .map_err(|error| disk(io::Error::other(error)))?
                        .map_err(disk)?
                }
            };
            if fits {
                let path = self.path(object);
                tokio::fs::rename(&part, &path).await.map_err(disk)?;
                return Ok(path);
            }
            tokio::fs::remove_file(&part).await.map_err(disk)?;
        }
        Err(AwsError::Damaged(format!(
            "s3://{}/{}",
            object.bucket, object.key
        )))
    }

    /// Brings the part to its full size and answers the object's checksum, if S3 keeps one.
    async fn complete(
        &self,
        bucket: &Bucket,
        object: &Object,
        on_bytes: OnBytes<'_>,
    ) -> Result<Option<Checksum>, AwsError> {
        let part = self.part(object);
        let disk = |source| AwsError::Disk {
            path: part.clone(),
            source,
        };
        super::make_private(&self.place(object)).map_err(disk)?;
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        options.mode(0o600);
        let mut file = options.open(&part).await.map_err(disk)?;
        let mut here = file.metadata().await.map_err(disk)?.len();
        if here > object.bytes {
            file.set_len(0).await.map_err(disk)?;
            here = 0;
        }
        // A whole answer tells the checksum; one from the middle does not.
        let mut checksum = None;
        let resumed = here > 0;
        let mut broken = None;
        for _ in 0..ATTEMPTS {
            if here == object.bytes {
                break;
            }
            match piece(bucket, object, here, &mut file, on_bytes).await {
                Ok(told) => checksum = checksum.or(told),
                Err(Stopped::For(error)) => return Err(error),
                Err(Stopped::Disk(error)) => return Err(disk(error)),
                Err(Stopped::BrokeOff(error)) => broken = Some(error),
            }
            file.flush().await.map_err(disk)?;
            here = file.metadata().await.map_err(disk)?.len();
        }
        if here != object.bytes {
            return Err(broken.map_or_else(
                || AwsError::Changed(format!("s3://{}/{}", object.bucket, object.key)),
                AwsError::Unreachable,
            ));
        }
        file.sync_all().await.map_err(disk)?;
        if resumed || checksum.is_none() {
            checksum = kept(bucket, object).await?;
        }
        Ok(checksum)
    }
}

/// Why a piece did not come to its end.
enum Stopped {
    For(AwsError),
    Disk(io::Error),
    BrokeOff(String),
}

/// Asks for what is missing from `here` on and appends it as it comes.
async fn piece(
    bucket: &Bucket,
    object: &Object,
    here: u64,
    file: &mut File,
    on_bytes: OnBytes<'_>,
) -> Result<Option<Checksum>, Stopped> {
    let mut ask = bucket
        .client
        .get_object()
        .bucket(&object.bucket)
        .key(&object.key)
        .if_match(quoted(&object.etag));
    ask = if here > 0 {
        ask.range(format!("bytes={here}-"))
    } else {
        ask.checksum_mode(ChecksumMode::Enabled)
    };
    let mut answer = ask
        .send()
        .await
        .map_err(|error| Stopped::For(bucket.of_object(&object.key, error)))?;
    let checksum = Checksum::of(&Told {
        crc64_nvme: answer.checksum_crc64_nvme(),
        crc32_c: answer.checksum_crc32_c(),
        crc32: answer.checksum_crc32(),
    });
    let mut came = here;
    while let Some(bytes) = answer.body.next().await {
        let bytes = bytes.map_err(|error| Stopped::BrokeOff(error.to_string()))?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        came = came.saturating_add(length);
        if came > object.bytes {
            let what = format!("s3://{}/{}", object.bucket, object.key);
            return Err(Stopped::For(AwsError::Changed(what)));
        }
        file.write_all(&bytes).await.map_err(Stopped::Disk)?;
        if on_bytes(length).is_break() {
            // What has come is kept for the next time.
            file.flush().await.map_err(Stopped::Disk)?;
            return Err(Stopped::For(AwsError::Cancelled));
        }
    }
    Ok(checksum)
}

/// The checksum that S3 keeps of an object.
async fn kept(bucket: &Bucket, object: &Object) -> Result<Option<Checksum>, AwsError> {
    let answer = bucket
        .client
        .head_object()
        .bucket(&object.bucket)
        .key(&object.key)
        .if_match(quoted(&object.etag))
        .checksum_mode(ChecksumMode::Enabled)
        .send()
        .await
        .map_err(|error| bucket.of_object(&object.key, error))?;
    Ok(Checksum::of(&Told {
        crc64_nvme: answer.checksum_crc64_nvme(),
        crc32_c: answer.checksum_crc32_c(),
        crc32: answer.checksum_crc32(),
    }))
}
