//! The client of a bucket: made for very many requests, each of which is asked once.

use std::sync::OnceLock;
use std::time::Duration;

use aws_config::timeout::TimeoutConfig;
use aws_config::{Region, SdkConfig};
use aws_runtime::auth::PayloadSigningOverride;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::endpoint::{
    DefaultResolver, Endpoint, EndpointFuture, Params, ResolveEndpoint,
};
use aws_sdk_s3::config::interceptors::BeforeSerializationInterceptorContextRef;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::config::{
    ConfigBag, IdentityCache, Intercept, RequestChecksumCalculation, ResponseChecksumValidation,
    RuntimeComponents, StalledStreamProtectionConfig,
};
use aws_sdk_s3::error::BoxError;
use aws_sdk_s3::operation::put_object::PutObjectInput;
use aws_sdk_s3::operation::upload_part::UploadPartInput;
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;

/// A client that tries once and minds no stall: both are looked after where more is known.
pub(super) fn client(config: &SdkConfig, bucket: &str, region: Option<&str>) -> Client {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(10))
        .build();
    let mut builder = aws_sdk_s3::config::Builder::from(config)
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts)
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .identity_cache(IdentityCache::lazy().build())
        .endpoint_resolver(OnePlace::default())
        .interceptor(Unsigned)
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
        // A name with dots fits no certificate, and a server of one's own has no name for each bucket.
        .force_path_style(config.endpoint_url().is_some() || bucket.contains('.'));
    if let Some(region) = region {
        builder = builder.region(Region::new(region.to_owned()));
    }
    Client::from_conf(builder.build())
}

/// Where a bucket is, found out once: the SDK asks its rules anew for each key, and they say the same of all keys
/// of a bucket.
#[derive(Debug, Default)]
struct OnePlace {
    rules: DefaultResolver,
    found: OnceLock<Endpoint>,
}

impl ResolveEndpoint for OnePlace {
    fn resolve_endpoint<'a>(&'a self, of: &'a Params) -> EndpointFuture<'a> {
        if let Some(found) = self.found.get() {
            return EndpointFuture::ready(Ok(found.clone()));
        }
        EndpointFuture::new(async move {
            let found = self.rules.resolve_endpoint(of).await?;
            Ok(self.found.get_or_init(|| found).clone())
        })
    }
}

/// Leaves the bytes of files out of signatures: the checksum guards them, and hashing them a third time would guard
/// nothing more. The SDK can be told so for each request, which makes it put its configuration together anew.
#[derive(Debug)]
struct Unsigned;

#[dyn_dispatch_hint]
impl Intercept for Unsigned {
    fn name(&self) -> &'static str {
        "Unsigned"
    }

    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context.input();
        if input.downcast_ref::<PutObjectInput>().is_some()
            || input.downcast_ref::<UploadPartInput>().is_some()
        {
            let state = config.interceptor_state();
            state.store_put(PayloadSigningOverride::unsigned_payload());
        }
        Ok(())
    }
}
