//! Amazon's host names: `s3.REGION.amazonaws.com`, with a bucket before it or not.

use s3s::S3Result;
use s3s::host::{S3Host, VirtualHost};

pub(crate) struct AmazonHosts;

/// The bucket that a host name carries.
pub(crate) fn bucket_of(host: &str) -> Option<&str> {
    let host = host.strip_suffix(".amazonaws.com")?;
    if host == "s3" || host.starts_with("s3.") {
        return None;
    }
    host.rsplit_once(".s3").map(|(bucket, _)| bucket)
}

impl S3Host for AmazonHosts {
    fn parse_host_header<'a>(&'a self, host: &'a str) -> S3Result<VirtualHost<'a>> {
        let name = host.split(':').next().unwrap_or(host);
        let virtual_host = VirtualHost::new(name);
        Ok(match bucket_of(name) {
            Some(bucket) => virtual_host.with_bucket(bucket),
            None => virtual_host,
        })
    }
}
