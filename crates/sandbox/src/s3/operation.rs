//! The name of an S3 operation, which the wire does not carry: method, path and query make it.

use aws_smithy_types::body::SdkBody;
use http::{Method, Request};

use super::host::bucket_of;
use crate::call::{decoded, form_fields};

/// The operation that a request asks for, for counting and for faults.
pub(crate) fn operation_name(request: &Request<SdkBody>) -> &'static str {
    let uri = request.uri();
    let query = form_fields(uri.query().unwrap_or_default());
    let asks = |name: &str| query.iter().any(|(key, _)| key == name);
    let path = uri.path().trim_start_matches('/');
    let in_host = uri.host().and_then(bucket_of).is_some();
    let (bucket, key) = if in_host {
        (true, !path.is_empty())
    } else {
        (
            !path.is_empty(),
            path.split_once('/').is_some_and(|(_, key)| !key.is_empty()),
        )
    };
    let is_copy = request.headers().contains_key("x-amz-copy-source");
    match (request.method(), bucket, key) {
        (&Method::GET, false, _) => "ListBuckets",
        (&Method::GET, _, true) if asks("uploadId") => "ListParts",
        (&Method::GET, _, true) if asks("tagging") => "GetObjectTagging",
        (&Method::GET, _, true) if asks("attributes") => "GetObjectAttributes",
        (&Method::GET, _, true) => "GetObject",
        (&Method::HEAD, _, true) => "HeadObject",
        (&Method::PUT, _, true) if asks("partNumber") && is_copy => "UploadPartCopy",
        (&Method::PUT, _, true) if asks("partNumber") => "UploadPart",
        (&Method::PUT, _, true) if is_copy => "CopyObject",
        (&Method::PUT, _, true) if asks("tagging") => "PutObjectTagging",
        (&Method::PUT, _, true) => "PutObject",
        (&Method::POST, _, true) if asks("uploads") => "CreateMultipartUpload",
        (&Method::POST, _, true) if asks("uploadId") => "CompleteMultipartUpload",
        (&Method::DELETE, _, true) if asks("uploadId") => "AbortMultipartUpload",
        (&Method::DELETE, _, true) => "DeleteObject",
        (&Method::GET, true, false) if asks("uploads") => "ListMultipartUploads",
        (&Method::GET, true, false) if asks("location") => "GetBucketLocation",
        (&Method::GET, true, false) if asks("list-type") => "ListObjectsV2",
        (&Method::GET, true, false) if asks("versions") => "ListObjectVersions",
        (&Method::HEAD, true, false) => "HeadBucket",
        (method, true, false) if configuration(method, &asks).is_some() => {
            configuration(method, &asks).unwrap_or_default()
        }
        (&Method::PUT, true, false) if query.is_empty() || asks("x-id") => "CreateBucket",
        (&Method::DELETE, true, false) if query.is_empty() || asks("x-id") => "DeleteBucket",
        (&Method::POST, true, false) if asks("delete") => "DeleteObjects",
        _ => "OtherOperation",
    }
}

/// What is asked about how a bucket is set up.
fn configuration(method: &Method, asks: &impl Fn(&str) -> bool) -> Option<&'static str> {
    const NAMES: [(&str, &str, &str); 6] = [
        (
            "publicAccessBlock",
            "PutPublicAccessBlock",
            "GetPublicAccessBlock",
        ),
        ("policy", "PutBucketPolicy", "GetBucketPolicy"),
        ("encryption", "PutBucketEncryption", "GetBucketEncryption"),
        ("versioning", "PutBucketVersioning", "GetBucketVersioning"),
        (
            "ownershipControls",
            "PutBucketOwnershipControls",
            "GetBucketOwnershipControls",
        ),
        (
            "lifecycle",
            "PutBucketLifecycleConfiguration",
            "GetBucketLifecycleConfiguration",
        ),
    ];
    let (_, put, get) = NAMES.into_iter().find(|(name, _, _)| asks(name))?;
    match *method {
        Method::PUT => Some(put),
        Method::GET => Some(get),
        _ => None,
    }
}

/// The bucket of a request and the key it is about; for a listing, what the keys begin with.
pub(crate) fn target(request: &Request<SdkBody>) -> (String, String) {
    let uri = request.uri();
    let path = decoded(uri.path().trim_start_matches('/'));
    let (bucket, key) = match uri.host().and_then(bucket_of) {
        Some(bucket) => (bucket.to_owned(), path),
        None => {
            let (bucket, key) = path.split_once('/').unwrap_or((&path, ""));
            (bucket.to_owned(), key.to_owned())
        }
    };
    let prefix = form_fields(uri.query().unwrap_or_default())
        .into_iter()
        .find(|(name, _)| name == "prefix");
    match prefix {
        Some((_, prefix)) if key.is_empty() => (bucket, prefix),
        _ => (bucket, key),
    }
}
