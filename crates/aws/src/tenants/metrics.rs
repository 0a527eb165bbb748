//! What CloudWatch counts: what a bucket holds, once a day, and what a server moved. Neither knows tenants
//! that share a bucket, or users; [`super::files::measure`] and [`super::logs`] do.

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::types::{Dimension, Statistic};
use aws_sdk_s3::primitives::DateTime;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Site, named};
use crate::AwsError;

/// What a bucket held on a day: older versions and parts of unfinished uploads included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Bytes.
    pub bytes: u64,
    /// Objects.
    pub objects: u64,
}

/// What went through a server on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// Bytes that came in.
    pub bytes_in: u64,
    /// Bytes that went out.
    pub bytes_out: u64,
    /// Files that came in.
    pub files_in: u64,
    /// Files that went out.
    pub files_out: u64,
}

/// The classes that our buckets keep objects in; their lifecycle moves nothing to others.
const CLASS: &str = "StandardStorage";
const A_DAY: i32 = 86_400;

/// What a bucket held on a day; nothing if it has not been counted. The count of a day comes on the next.
///
/// # Errors
/// [`AwsError`].
pub async fn stored(site: &Site, bucket: &str, day: Date) -> Result<Option<Stored>, AwsError> {
    let of = |metric, class| {
        let dimensions = [("BucketName", bucket.to_owned()), ("StorageType", class)];
        counted(
            site,
            "AWS/S3",
            metric,
            dimensions.into(),
            Statistic::Average,
            day,
        )
    };
    let bytes = of("BucketSizeBytes", CLASS.to_owned()).await?;
    let objects = of("NumberOfObjects", "AllStorageTypes".to_owned()).await?;
    Ok(bytes.map(|bytes| Stored {
        bytes,
        objects: objects.unwrap_or_default(),
    }))
}

/// What went through a server on a day. It counts while somebody is connected; a gap is not nothing moved.
///
/// # Errors
/// [`AwsError`].
pub async fn moved(site: &Site, server: &str, day: Date) -> Result<Moved, AwsError> {
    let of = async |metric| {
        let dimensions = vec![("ServerId", server.to_owned())];
        let sum = counted(
            site,
            "AWS/Transfer",
            metric,
            dimensions,
            Statistic::Sum,
            day,
        )
        .await?;
        Ok::<_, AwsError>(sum.unwrap_or_default())
    };
    Ok(Moved {
        bytes_in: of("BytesIn").await?,
        bytes_out: of("BytesOut").await?,
        files_in: of("FilesIn").await?,
        files_out: of("FilesOut").await?,
    })
}

async fn counted(
    site: &Site,
    namespace: &str,
    metric: &str,
    dimensions: Vec<(&str, String)>,
    statistic: Statistic,
    day: Date,
) -> Result<Option<u64>, AwsError> {
    let dimensions = dimensions
        .into_iter()
        .map(|(name, value)| Dimension::builder().name(name).value(value).build());
    let answer = Client::new(site.config())
        .get_metric_statistics()
        .namespace(namespace)
        .metric_name(metric)
        .set_dimensions(Some(dimensions.collect()))
        .statistics(statistic.clone())
        .period(A_DAY)
        .start_time(midnight(day))
        .end_time(midnight(day.saturating_add(1.day())))
        .send()
        .await
        .map_err(named("cloudwatch:GetMetricStatistics", metric))?;
    let point = answer.datapoints.unwrap_or_default().into_iter().next();
    Ok(point
        .and_then(|point| {
            if statistic == Statistic::Sum {
                point.sum
            } else {
                point.average
            }
        })
        // CloudWatch counts in floating point; what it counted are whole numbers.
        .and_then(|number| format!("{number:.0}").parse().ok()))
}

fn midnight(day: Date) -> DateTime {
    let midnight = day
        .to_zoned(TimeZone::UTC)
        .map(|day| day.timestamp().as_second());
    DateTime::from_secs(midnight.unwrap_or_default())
}
