//! S3 over the folder: whole bodies, every checksum enforced, nothing published in part.
//!
//! `s3s` reads the protocol (signatures, chunked bodies, trailers, XML); this module keeps the
//! promises that S3 makes beyond it. An object is written aside, verified, and then published by
//! moving one small file into place, so that a reader sees the object before or after, never
//! between.

mod backend;
mod bucket;
mod checksum;
mod host;
mod listing;
mod object;
mod operation;
mod read;
mod receive;
mod record;
mod store;
mod upload;

use std::path::Path;

use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http::{HeaderValue, Request};
use http_body_util::BodyExt as _;
use s3s::service::{S3Service, S3ServiceBuilder};

use crate::call::{self, Protocol, Reply};
use crate::company::Company;
use crate::dispatch::Broken;
use crate::error::SandboxError;
use crate::exports;
use crate::identity::Identities;
use crate::sandbox::State;

pub(crate) use operation::operation_name;
pub(crate) use store::Store;

/// The buckets of the company, and those that were made since.
#[derive(Debug)]
pub(crate) struct Buckets {
    service: S3Service,
    /// What lies behind the service, for what AWS itself puts there.
    pub store: Store,
}

impl Buckets {
    pub fn open(
        folder: &Path,
        company: &Company,
        identities: &Identities,
    ) -> Result<Self, SandboxError> {
        let folder = folder.join("s3");
        let store = Store::open(&folder).map_err(SandboxError::folder(&folder))?;
        let founded = format!("{}T00:00:00.000Z", company.first_day());
        store
            .found_bucket(exports::BUCKET, company.payer(), "us-east-1", &founded)
            .map_err(SandboxError::folder(&folder))?;
        for bucket in company.buckets() {
            store
                .found_bucket(&bucket.name, bucket.account, bucket.region, &founded)
                .map_err(SandboxError::folder(&folder))?;
        }
        let mut builder = S3ServiceBuilder::new(backend::Backend {
            store: store.clone(),
            identities: identities.clone(),
        });
        builder.set_auth(backend::Keys(identities.clone()));
        builder.set_host(host::AmazonHosts);
        Ok(Self {
            service: builder.build(),
            store,
        })
    }
}

impl Buckets {
    /// The region of a bucket that is asked in another one. Where a bucket is may be asked
    /// anywhere.
    fn elsewhere(&self, operation: &str, bucket: &str, region: &str) -> Option<String> {
        if matches!(
            operation,
            "ListBuckets" | "CreateBucket" | "GetBucketLocation"
        ) || bucket.is_empty()
        {
            return None;
        }
        let home = self.store.bucket(bucket).ok()?.region;
        (home != region && !region.is_empty()).then_some(home)
    }
}

/// The answer of a region that a bucket is not in.
fn redirect(home: &str) -> Reply {
    let mut reply = call::error(
        Protocol::RestXml,
        301,
        "PermanentRedirect",
        "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
    );
    if let Ok(home) = HeaderValue::from_str(home) {
        reply.headers_mut().insert("x-amz-bucket-region", home);
    }
    reply
}

pub(crate) async fn answer(
    state: &State,
    request: Request<SdkBody>,
    region: &str,
    is_corrupted: bool,
) -> Result<Reply, Broken> {
    let operation = operation_name(&request);
    let (bucket, key) = operation::target(&request);
    if let Some(home) = state.buckets.elsewhere(operation, &bucket, region) {
        return Ok(redirect(&home));
    }
    if matches!(operation, "ListObjectsV2" | "GetObject" | "HeadObject") {
        exports::deliver(state, &bucket, &key, operation == "ListObjectsV2")
            .map_err(|failure| Broken::Inside(failure.into()))?;
    }
    let mut request = request.map(|body| {
        if is_corrupted {
            s3s::Body::http_body_unsync(corrupted(body))
        } else {
            s3s::Body::http_body_unsync(body)
        }
    });
    // The SDK signs the host and leaves it to the connection to send it.
    if let Some(host) = request
        .uri()
        .authority()
        .and_then(|authority| HeaderValue::from_str(authority.as_str()).ok())
    {
        request.headers_mut().insert(http::header::HOST, host);
    }
    let reply = state
        .buckets
        .service
        .call(request)
        .await
        .map_err(|error| Broken::Inside(format!("{error:?}").into()))?;
    if reply.status() == http::StatusCode::NOT_IMPLEMENTED {
        let message = format!(
            "The sandbox does not have s3:{operation}. Connect a real account to use this."
        );
        return Ok(call::error(
            Protocol::RestXml,
            501,
            "NotImplementedInSandbox",
            &message,
        ));
    }
    Ok(reply.map(SdkBody::from_body_1_x))
}

/// The body with one byte changed, in the middle of its first piece of some size.
fn corrupted(
    body: SdkBody,
) -> impl http_body::Body<Data = Bytes, Error = aws_smithy_types::body::Error> + Send {
    let mut is_done = false;
    body.map_frame(move |frame| {
        frame.map_data(|data| {
            let mut bytes = data.to_vec();
            let middle = bytes.len() / 2;
            if let Some(byte) = bytes.get_mut(middle).filter(|_| !is_done && middle > 100) {
                *byte ^= 1;
                is_done = true;
            }
            Bytes::from(bytes)
        })
    })
}
