//! Buckets: made, seen, removed.

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::backend::{Backend, moment};
use super::record::timestamp;
use super::store::broken;

pub(crate) fn list(
    backend: &Backend,
    request: &S3Request<ListBucketsInput>,
) -> S3Result<S3Response<ListBucketsOutput>> {
    let caller = backend.caller(request)?.account;
    let prefix = request.input.prefix.clone().unwrap_or_default();
    let buckets = backend
        .store
        .buckets()?
        .into_iter()
        .filter(|bucket| bucket.account == caller && bucket.name.starts_with(&prefix))
        .map(|bucket| Bucket {
            name: Some(bucket.name),
            creation_date: timestamp(&bucket.created),
            bucket_region: Some(bucket.region),
        })
        .collect();
    let owner = Owner {
        id: Some(caller.into()),
        display_name: None,
    };
    Ok(S3Response::new(ListBucketsOutput {
        buckets: Some(buckets),
        owner: Some(owner),
        prefix: request.input.prefix.clone(),
        ..Default::default()
    }))
}

pub(crate) fn create(
    backend: &Backend,
    request: &S3Request<CreateBucketInput>,
) -> S3Result<S3Response<CreateBucketOutput>> {
    let caller = backend.caller(request)?.account;
    let input = &request.input;
    if let Ok(there) = backend.store.bucket(&input.bucket) {
        return Err(if there.account == caller {
            s3_error!(
                BucketAlreadyOwnedByYou,
                "Your previous request to create the named bucket succeeded and you already own it."
            )
        } else {
            s3_error!(
                BucketAlreadyExists,
                "The requested bucket name is not available."
            )
        });
    }
    let asked = input
        .create_bucket_configuration
        .as_ref()
        .and_then(|configuration| configuration.location_constraint.as_ref());
    let region = asked.map_or("us-east-1", |location| location.as_str());
    backend
        .store
        .found_bucket(&input.bucket, caller, region, &moment(request))
        .map_err(broken)?;
    Ok(S3Response::new(CreateBucketOutput {
        location: Some(format!("/{}", input.bucket)),
    }))
}

pub(crate) fn head(
    backend: &Backend,
    request: &S3Request<HeadBucketInput>,
) -> S3Result<S3Response<HeadBucketOutput>> {
    let bucket = backend.bucket_for(request, &request.input.bucket)?;
    Ok(S3Response::new(HeadBucketOutput {
        bucket_region: Some(bucket.region),
        ..Default::default()
    }))
}

pub(crate) fn location(
    backend: &Backend,
    request: &S3Request<GetBucketLocationInput>,
) -> S3Result<S3Response<GetBucketLocationOutput>> {
    let bucket = backend.bucket_for(request, &request.input.bucket)?;
    // us-east-1 is the one region that S3 calls nothing.
    let location_constraint =
        (bucket.region != "us-east-1").then(|| BucketLocationConstraint::from(bucket.region));
    Ok(S3Response::new(GetBucketLocationOutput {
        location_constraint,
    }))
}

pub(crate) fn delete(
    backend: &Backend,
    request: &S3Request<DeleteBucketInput>,
) -> S3Result<S3Response<DeleteBucketOutput>> {
    backend.bucket_for(request, &request.input.bucket)?;
    backend.store.remove_bucket(&request.input.bucket)?;
    Ok(S3Response::new(DeleteBucketOutput::default()))
}
