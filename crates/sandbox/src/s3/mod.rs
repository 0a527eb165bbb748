//! S3 over the folder: whole bodies, every checksum enforced, nothing published in part.
//!
//! `s3s` reads the protocol (signatures, chunked bodies, trailers, XML); this module keeps the
//! promises that S3 makes beyond it. An object is written aside, verified, and then published by
//! moving one small file into place, so that a reader sees the object before or after, never
//! between.

mod backend;
mod bucket;
mod checksum;
mod configuration;
mod door;
mod founding;
mod host;
mod lifecycle;
mod listing;
mod object;
mod operation;
mod read;
mod receive;
mod record;
mod store;
mod upload;
mod versions;

use std::path::Path;
use std::sync::Arc;

use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http::{HeaderValue, Request};
use http_body_util::BodyExt as _;
use jiff::civil::Date;
use s3s::config::{S3Config, StaticConfigProvider};
use s3s::service::{S3Service, S3ServiceBuilder};

use crate::call::{self, Protocol, Reply};
use crate::company::Company;
use crate::dispatch::Broken;
use crate::error::SandboxError;
use crate::exports;
use crate::identity::Identities;
use crate::permission::Permission;
use crate::sandbox::State;

pub(crate) use founding::archives;
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
        permission: &Permission,
    ) -> Result<Self, SandboxError> {
        let folder = folder.join("s3");
        let store = Store::open(&folder).map_err(SandboxError::folder(&folder))?;
        let founded = format!("{}T00:00:00.000Z", company.first_day());
        store
            .found_bucket(exports::BUCKET, company.payer(), "us-east-1", &founded)
            .map_err(SandboxError::folder(&folder))?;
        for bucket in company.buckets() {
            let is_new = store
                .found_bucket(&bucket.name, bucket.account, bucket.region, &founded)
                .map_err(SandboxError::folder(&folder))?;
            let mut tenants = company.tenants().iter();
            if let Some(tenant) = tenants.find(|tenant| is_new && tenant.bucket == bucket.name) {
                founding::put_files(&store, company, tenant)
                    .map_err(|error| SandboxError::damaged(&folder, format!("{error:?}")))?;
            }
        }
        let backend = backend::Backend {
            store: store.clone(),
            identities: identities.clone(),
            permission: permission.clone(),
        };
        let mut builder = S3ServiceBuilder::new(backend.clone());
        builder.set_access(door::Door(backend));
        builder.set_config(Arc::new(StaticConfigProvider::new(Arc::new(any_time()))));
        builder.set_auth(backend::Keys(identities.clone()));
        builder.set_host(host::AmazonHosts);
        Ok(Self {
            service: builder.build(),
            store,
        })
    }
}

impl Buckets {
    /// When each file that lies in a bucket was put there, older versions included, and its bytes. Where a
    /// clock is ahead of the sandbox's day, it was put there today.
    pub fn files(&self, bucket: &str, today: Date) -> Vec<(Date, u64)> {
        let all = self.store.all_versions(bucket).unwrap_or_default();
        let files = all
            .into_iter()
            .filter(|(record, _)| !record.is_removal && !record.is_story);
        files
            .map(|(record, _)| {
                let written = record.modified.get(..10).and_then(|day| day.parse().ok());
                (
                    written.map_or(today, |day: Date| day.min(today)),
                    record.size,
                )
            })
            .collect()
    }

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

/// The sandbox has a clock of its own, or none; that of this computer says nothing here.
fn any_time() -> S3Config {
    let mut config = S3Config::default();
    config.presigned_url_max_skew_time_secs = u32::MAX;
    config
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
    let is_head = request.method() == http::Method::HEAD;
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
    // HTTP has no body in an answer to HEAD, so that a refusal of one says nothing but its status.
    let is_wordless = is_head && !reply.status().is_success();
    Ok(reply.map(|body| {
        if is_wordless {
            SdkBody::empty()
        } else {
            SdkBody::from_body_1_x(body)
        }
    }))
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
