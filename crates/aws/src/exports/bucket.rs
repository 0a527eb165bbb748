use aws_config::{Region, SdkConfig};
use aws_sdk_s3::Client;
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::operation::head_bucket::HeadBucketError;
use aws_sdk_s3::primitives::DateTime;

use super::HOME;
use crate::AwsError;

/// A bucket that bills are delivered to, asked in its own region.
#[derive(Debug, Clone)]
pub struct Bucket {
    pub(crate) client: Client,
    name: String,
    region: String,
}

/// An object in a bucket, as a listing tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// The bucket.
    pub bucket: String,
    /// Its key.
    pub key: String,
    /// Its size.
    pub bytes: u64,
    /// Its entity tag, without quotes: other bytes have another.
    pub etag: String,
    /// When it was written, in milliseconds since 1970 UTC.
    pub modified: i64,
}

impl Bucket {
    /// Opens a bucket: finds out where it is and whether it may be listed.
    ///
    /// # Errors
    /// [`AwsError::NoBucket`], [`AwsError::Denied`] names the bucket.
    pub async fn open(
        config: &SdkConfig,
        name: &str,
        region: Option<&str>,
    ) -> Result<Self, AwsError> {
        let mut region = region.unwrap_or(HOME).to_owned();
        // The first answer may say that the bucket is elsewhere; then it is asked there.
        for _ in 0..2 {
            let client = client(config, &region);
            match client.head_bucket().bucket(name).send().await {
                Ok(answer) => {
                    return match answer.bucket_region.filter(|told| *told != region) {
                        // A bucket that answers from elsewhere is asked there from now on.
                        Some(told) => Ok(Self::at(config, name, told)),
                        None => Ok(Self {
                            client,
                            name: name.to_owned(),
                            region,
                        }),
                    };
                }
                Err(error) => match elsewhere(&error) {
                    Some(told) if told != region => region = told,
                    _ => return Err(refused(name, error)),
                },
            }
        }
        Err(AwsError::BadAnswer(format!(
            "bucket {name} is in no region that it names"
        )))
    }

    fn at(config: &SdkConfig, name: &str, region: String) -> Self {
        Self {
            client: client(config, &region),
            name: name.to_owned(),
            region,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Everything below `prefix`, every page of it.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn list(&self, prefix: &str) -> Result<Vec<Object>, AwsError> {
        Ok(self.listing(prefix, None).await?.0)
    }

    /// What lies directly in the folder `prefix`, which ends with a slash: objects, and folders.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn folder(&self, prefix: &str) -> Result<(Vec<Object>, Vec<String>), AwsError> {
        self.listing(prefix, Some("/")).await
    }

    async fn listing(
        &self,
        prefix: &str,
        delimiter: Option<&str>,
    ) -> Result<(Vec<Object>, Vec<String>), AwsError> {
        let (mut objects, mut folders) = (Vec::new(), Vec::new());
        let mut token = None;
        loop {
            let page = self
                .client
                .list_objects_v2()
                .bucket(&self.name)
                .prefix(prefix)
                .set_delimiter(delimiter.map(str::to_owned))
                .set_continuation_token(token)
                .send()
                .await
                .map_err(|error| self.named("s3:ListBucket", error))?;
            for object in page.contents.unwrap_or_default() {
                objects.extend(self.object(object));
            }
            let common = page.common_prefixes.unwrap_or_default();
            folders.extend(common.into_iter().filter_map(|folder| folder.prefix));
            token = page.next_continuation_token;
            if token.is_none() {
                return Ok((objects, folders));
            }
        }
    }

    fn object(&self, object: aws_sdk_s3::types::Object) -> Option<Object> {
        Some(Object {
            bucket: self.name.clone(),
            key: object.key?,
            bytes: u64::try_from(object.size?).ok()?,
            etag: object.e_tag?.trim_matches('"').to_owned(),
            modified: object.last_modified.and_then(millis).unwrap_or_default(),
        })
    }

    /// A small object, whole, as it was when it was listed.
    ///
    /// # Errors
    /// [`AwsError::Changed`] if it has changed since; one of more than `most` bytes is refused.
    pub async fn read(&self, object: &Object, most: u64) -> Result<Vec<u8>, AwsError> {
        if object.bytes > most {
            return Err(AwsError::BadAnswer(format!(
                "s3://{}/{} has {} bytes, which no manifest has",
                self.name, object.key, object.bytes
            )));
        }
        let answer = self
            .client
            .get_object()
            .bucket(&self.name)
            .key(&object.key)
            .if_match(quoted(&object.etag))
            .send()
            .await
            .map_err(|error| self.of_object(&object.key, error))?;
        let body = answer.body.collect().await;
        Ok(body
            .map_err(|error| AwsError::Unreachable(error.to_string()))?
            .into_bytes()
            .to_vec())
    }

    /// The last bytes of an object, as it was when it was listed; all of it where it has no more.
    ///
    /// # Errors
    /// [`AwsError::Changed`] if it has changed since.
    pub async fn tail(&self, object: &Object, bytes: u64) -> Result<Vec<u8>, AwsError> {
        let answer = self
            .client
            .get_object()
            .bucket(&self.name)
            .key(&object.key)
            .if_match(quoted(&object.etag))
            .range(format!("bytes={}-", object.bytes.saturating_sub(bytes)))
            .send()
            .await
            .map_err(|error| self.of_object(&object.key, error))?;
        let body = answer.body.collect().await;
        Ok(body
            .map_err(|error| AwsError::Unreachable(error.to_string()))?
            .into_bytes()
            .to_vec())
    }

    /// The SDK's error of `action` as ours, with the bucket's name.
    pub(crate) fn named<E, R>(&self, action: &str, error: SdkError<E, R>) -> AwsError
    where
        E: aws_sdk_s3::error::ProvideErrorMetadata + std::error::Error + 'static,
        R: std::fmt::Debug + 'static,
    {
        AwsError::from_call(&format!("{action} on {}", self.name))(error)
    }

    /// As [`Bucket::named`], for reading the object `key`.
    pub(crate) fn of_object<E, R>(&self, key: &str, error: SdkError<E, R>) -> AwsError
    where
        E: aws_sdk_s3::error::ProvideErrorMetadata + std::error::Error + 'static,
        R: std::fmt::Debug + 'static,
    {
        let code = error
            .as_service_error()
            .and_then(aws_sdk_s3::error::ProvideErrorMetadata::code);
        let what = || format!("s3://{}/{key}", self.name);
        match code {
            Some("PreconditionFailed") => AwsError::Changed(what()),
            Some("NoSuchKey" | "NotFound") => AwsError::Missing(what()),
            _ => self.named("s3:GetObject", error),
        }
    }
}

fn client(config: &SdkConfig, region: &str) -> Client {
    let config = aws_sdk_s3::config::Builder::from(config)
        .region(Region::new(region.to_owned()))
        .build();
    Client::from_conf(config)
}

/// The region that an answer names instead of the one that was asked.
fn elsewhere(error: &SdkError<HeadBucketError>) -> Option<String> {
    let headers = error.raw_response()?.headers();
    headers.get("x-amz-bucket-region").map(str::to_owned)
}

/// What a refusal means: the answer to a HEAD has no body that would say it.
fn refused(name: &str, error: SdkError<HeadBucketError>) -> AwsError {
    let status = error.raw_response().map(|raw| raw.status().as_u16());
    match status {
        Some(403) => AwsError::Denied {
            action: format!("s3:ListBucket on {name}"),
            said: String::new(),
        },
        Some(404) => AwsError::NoBucket {
            bucket: name.to_owned(),
        },
        _ => AwsError::from_call(&format!("s3:ListBucket on {name}"))(error),
    }
}

fn millis(moment: DateTime) -> Option<i64> {
    moment.to_millis().ok()
}

/// An entity tag as conditions of requests want it.
pub(crate) fn quoted(etag: &str) -> String {
    format!("\"{etag}\"")
}
