//! Links that anybody can fetch a file with.

use std::time::Duration;

use aws_credential_types::provider::ProvideCredentials as _;
use aws_sdk_s3::presigning::PresigningConfig;
use jiff::{SignedDuration, Timestamp};
use tallyport_ledger::tenant::Place;

use super::super::{Site, named, says, unbuildable};
use super::key_of;
use crate::AwsError;

/// No link lives longer: seven days.
const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A link to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The link. Whoever has it can fetch the file, as often as they like, until it ends.
    pub url: String,
    /// When it really ends.
    pub expires_at: Timestamp,
    /// Whether it ends before what was asked for, since the credentials that it is signed with do.
    pub ends_with_credentials: bool,
}

/// Makes a link to a file that is there. A link dies with the credentials that it was signed with, whatever
/// it says itself: those of a role last an hour.
///
/// # Errors
/// [`AwsError::Missing`] if there is no such file; [`AwsError::Credentials`] if they have ended.
pub async fn share(
    site: &Site,
    place: &Place,
    path: &str,
    wanted: SignedDuration,
    now: Timestamp,
) -> Result<Shared, AwsError> {
    let key = key_of(place, path)?;
    let bucket = place.bucket.as_str();
    let s3 = site.s3();
    s3.head_object()
        .bucket(bucket)
        .key(&key)
        .send()
        .await
        .map_err(|error| {
            if says(&error, "NotFound") {
                AwsError::Missing(format!("s3://{bucket}/{key}"))
            } else {
                named("s3:GetObject", bucket)(error)
            }
        })?;
    let wanted = wanted.clamp(SignedDuration::from_secs(1), LONGEST);
    let asked_until = now.saturating_add(wanted).map_err(unbuildable)?;
    let ends = credentials_end(site)
        .await?
        .filter(|end| *end < asked_until);
    let expires_at = ends.unwrap_or(asked_until);
    let lasts = u64::try_from(expires_at.duration_since(now).as_secs()).unwrap_or_default();
    if lasts == 0 {
        return Err(AwsError::Credentials("they have ended".to_owned()));
    }
    let signing = PresigningConfig::builder()
        .start_time(now.into())
        .expires_in(Duration::from_secs(lasts))
        .build()
        .map_err(unbuildable)?;
    let request = s3
        .get_object()
        .bucket(bucket)
        .key(&key)
        .presigned(signing)
        .await;
    let request = request.map_err(named("s3:GetObject", bucket))?;
    Ok(Shared {
        url: request.uri().to_owned(),
        expires_at,
        ends_with_credentials: ends.is_some(),
    })
}

/// When the credentials end, if they do.
async fn credentials_end(site: &Site) -> Result<Option<Timestamp>, AwsError> {
    let Some(provider) = site.config().credentials_provider() else {
        return Err(AwsError::Credentials("there are none".to_owned()));
    };
    let credentials = provider.provide_credentials().await;
    let credentials = credentials.map_err(|error| AwsError::Credentials(error.to_string()))?;
    Ok(credentials
        .expiry()
        .and_then(|end| Timestamp::try_from(end).ok()))
}
