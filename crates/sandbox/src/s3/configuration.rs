//! How a bucket is set up: who may, encrypted with what, which versions are kept, what is swept.

use s3s::dto::*;
use s3s::{S3Error, S3ErrorCode, S3Request, S3Response, S3Result, s3_error};
use serde::{Deserialize, Serialize};

use super::backend::Backend;
use super::record::About;
use super::store::broken;
use crate::iam::checked;

/// What was set of a bucket. What was not set is nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Configuration {
    pub public_access: Option<PublicAccess>,
    pub policy: Option<String>,
    pub encryption: Option<Encryption>,
    /// `Enabled` or `Suspended`.
    pub versioning: Option<String>,
    pub lifecycle: Vec<Rule>,
    pub ownership: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct PublicAccess {
    block_acls: bool,
    ignore_acls: bool,
    block_policy: bool,
    restrict_buckets: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Encryption {
    algorithm: String,
    pub key: Option<String>,
    pub bucket_key: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Rule {
    id: Option<String>,
    pub is_enabled: bool,
    pub prefix: String,
    pub abort_after: Option<i32>,
    pub noncurrent_after: Option<i32>,
    pub expire_after: Option<i32>,
}

impl Configuration {
    /// What a writer said of an object, encrypted as the bucket does it where the writer said nothing.
    pub fn encrypted(&self, about: About) -> About {
        match &self.encryption {
            Some(encryption) if about.encryption.is_none() => About {
                encryption: Some(encryption.algorithm.clone()),
                key_id: encryption.key.clone(),
                bucket_key: Some(encryption.bucket_key),
                ..about
            },
            _ => about,
        }
    }
}

fn none(code: &'static str, message: &str) -> S3Error {
    let mut error = S3Error::with_message(S3ErrorCode::Custom(code.into()), message.to_owned());
    error.set_status_code(http::StatusCode::NOT_FOUND);
    error
}

impl Backend {
    /// Changes what is set of a bucket.
    fn configure<T>(
        &self,
        request: &S3Request<T>,
        bucket: &str,
        change: impl FnOnce(&mut Configuration) -> S3Result<()>,
    ) -> S3Result<()> {
        let mut record = self.bucket_for(request, bucket)?;
        change(&mut record.configuration)?;
        self.store.write_bucket(&record).map_err(broken)
    }

    fn configuration<T>(&self, request: &S3Request<T>, bucket: &str) -> S3Result<Configuration> {
        Ok(self.bucket_for(request, bucket)?.configuration)
    }
}

pub(crate) fn put_public_access(
    backend: &Backend,
    request: &S3Request<PutPublicAccessBlockInput>,
) -> S3Result<S3Response<PutPublicAccessBlockOutput>> {
    let asked = &request.input.public_access_block_configuration;
    let is_set = |setting: Option<bool>| setting.unwrap_or(false);
    backend.configure(request, &request.input.bucket, |configuration| {
        configuration.public_access = Some(PublicAccess {
            block_acls: is_set(asked.block_public_acls),
            ignore_acls: is_set(asked.ignore_public_acls),
            block_policy: is_set(asked.block_public_policy),
            restrict_buckets: is_set(asked.restrict_public_buckets),
        });
        Ok(())
    })?;
    Ok(S3Response::new(PutPublicAccessBlockOutput::default()))
}

pub(crate) fn get_public_access(
    backend: &Backend,
    request: &S3Request<GetPublicAccessBlockInput>,
) -> S3Result<S3Response<GetPublicAccessBlockOutput>> {
    let set = backend
        .configuration(request, &request.input.bucket)?
        .public_access;
    let set = set.ok_or_else(|| {
        none(
            "NoSuchPublicAccessBlockConfiguration",
            "The public access block configuration was not found",
        )
    })?;
    Ok(S3Response::new(GetPublicAccessBlockOutput {
        public_access_block_configuration: Some(PublicAccessBlockConfiguration {
            block_public_acls: Some(set.block_acls),
            ignore_public_acls: Some(set.ignore_acls),
            block_public_policy: Some(set.block_policy),
            restrict_public_buckets: Some(set.restrict_buckets),
        }),
    }))
}

pub(crate) fn put_policy(
    backend: &Backend,
    request: &S3Request<PutBucketPolicyInput>,
) -> S3Result<S3Response<PutBucketPolicyOutput>> {
    let policy = &request.input.policy;
    if policy.len() > 20 * 1024 {
        return Err(s3_error!(
            InvalidArgument,
            "Policy exceeds the maximum allowed document size."
        ));
    }
    checked(policy, "MalformedPolicy").map_err(|refusal| {
        let mut error =
            S3Error::with_message(S3ErrorCode::Custom(refusal.code.into()), refusal.message);
        error.set_status_code(
            http::StatusCode::from_u16(refusal.status).unwrap_or(http::StatusCode::BAD_REQUEST),
        );
        error
    })?;
    backend.configure(request, &request.input.bucket, |configuration| {
        configuration.policy = Some(policy.clone());
        Ok(())
    })?;
    Ok(S3Response::with_status(
        PutBucketPolicyOutput::default(),
        http::StatusCode::NO_CONTENT,
    ))
}

pub(crate) fn get_policy(
    backend: &Backend,
    request: &S3Request<GetBucketPolicyInput>,
) -> S3Result<S3Response<GetBucketPolicyOutput>> {
    let policy = backend
        .configuration(request, &request.input.bucket)?
        .policy;
    let policy =
        policy.ok_or_else(|| none("NoSuchBucketPolicy", "The bucket policy does not exist"))?;
    Ok(S3Response::new(GetBucketPolicyOutput {
        policy: Some(policy),
    }))
}

pub(crate) fn delete_policy(
    backend: &Backend,
    request: &S3Request<DeleteBucketPolicyInput>,
) -> S3Result<S3Response<DeleteBucketPolicyOutput>> {
    backend.configure(request, &request.input.bucket, |configuration| {
        configuration.policy = None;
        Ok(())
    })?;
    Ok(S3Response::with_status(
        DeleteBucketPolicyOutput::default(),
        http::StatusCode::NO_CONTENT,
    ))
}

pub(crate) fn put_encryption(
    backend: &Backend,
    request: &S3Request<PutBucketEncryptionInput>,
) -> S3Result<S3Response<PutBucketEncryptionOutput>> {
    let [rule] = request
        .input
        .server_side_encryption_configuration
        .rules
        .as_slice()
    else {
        return Err(s3_error!(MalformedXML, "A bucket has one encryption rule."));
    };
    let by_default = rule
        .apply_server_side_encryption_by_default
        .as_ref()
        .ok_or_else(|| s3_error!(MalformedXML, "The rule says nothing of encryption."))?;
    let encryption = Encryption {
        algorithm: by_default.sse_algorithm.as_str().to_owned(),
        key: by_default.kms_master_key_id.clone(),
        bucket_key: rule.bucket_key_enabled.unwrap_or(false),
    };
    backend.configure(request, &request.input.bucket, |configuration| {
        configuration.encryption = Some(encryption);
        Ok(())
    })?;
    Ok(S3Response::new(PutBucketEncryptionOutput::default()))
}

pub(crate) fn get_encryption(
    backend: &Backend,
    request: &S3Request<GetBucketEncryptionInput>,
) -> S3Result<S3Response<GetBucketEncryptionOutput>> {
    let set = backend
        .configuration(request, &request.input.bucket)?
        .encryption;
    // Since 2023 every bucket is encrypted with S3's own keys unless it says otherwise.
    let set = set.unwrap_or(Encryption {
        algorithm: ServerSideEncryption::AES256.to_owned(),
        key: None,
        bucket_key: false,
    });
    let rule = ServerSideEncryptionRule {
        apply_server_side_encryption_by_default: Some(ServerSideEncryptionByDefault {
            kms_master_key_id: set.key,
            sse_algorithm: ServerSideEncryption::from(set.algorithm),
        }),
        bucket_key_enabled: Some(set.bucket_key),
    };
    Ok(S3Response::new(GetBucketEncryptionOutput {
        server_side_encryption_configuration: Some(ServerSideEncryptionConfiguration {
            rules: vec![rule],
        }),
    }))
}

pub(crate) fn put_versioning(
    backend: &Backend,
    request: &S3Request<PutBucketVersioningInput>,
) -> S3Result<S3Response<PutBucketVersioningOutput>> {
    let status = request.input.versioning_configuration.status.as_ref();
    let status = status.ok_or_else(|| s3_error!(MalformedXML, "The status is missing."))?;
    let status = status.as_str().to_owned();
    backend.configure(request, &request.input.bucket, |configuration| {
        configuration.versioning = Some(status);
        Ok(())
    })?;
    Ok(S3Response::new(PutBucketVersioningOutput::default()))
}

pub(crate) fn get_versioning(
    backend: &Backend,
    request: &S3Request<GetBucketVersioningInput>,
) -> S3Result<S3Response<GetBucketVersioningOutput>> {
    let set = backend
        .configuration(request, &request.input.bucket)?
        .versioning;
    Ok(S3Response::new(GetBucketVersioningOutput {
        status: set.map(BucketVersioningStatus::from),
        ..Default::default()
    }))
}

pub(crate) fn put_ownership(
    backend: &Backend,
    request: &S3Request<PutBucketOwnershipControlsInput>,
) -> S3Result<S3Response<PutBucketOwnershipControlsOutput>> {
    let [rule] = request.input.ownership_controls.rules.as_slice() else {
        return Err(s3_error!(MalformedXML, "A bucket has one ownership rule."));
    };
    let ownership = rule.object_ownership.as_str().to_owned();
    backend.configure(request, &request.input.bucket, |configuration| {
        configuration.ownership = Some(ownership);
        Ok(())
    })?;
    Ok(S3Response::new(PutBucketOwnershipControlsOutput::default()))
}

pub(crate) fn get_ownership(
    backend: &Backend,
    request: &S3Request<GetBucketOwnershipControlsInput>,
) -> S3Result<S3Response<GetBucketOwnershipControlsOutput>> {
    let set = backend
        .configuration(request, &request.input.bucket)?
        .ownership;
    let set = set.ok_or_else(|| {
        none(
            "OwnershipControlsNotFoundError",
            "The bucket ownership controls were not found",
        )
    })?;
    let rule = OwnershipControlsRule {
        object_ownership: ObjectOwnership::from(set),
    };
    Ok(S3Response::new(GetBucketOwnershipControlsOutput {
        ownership_controls: Some(OwnershipControls { rules: vec![rule] }),
    }))
}

pub(crate) fn put_lifecycle(
    backend: &Backend,
    request: &S3Request<PutBucketLifecycleConfigurationInput>,
) -> S3Result<S3Response<PutBucketLifecycleConfigurationOutput>> {
    let asked = request.input.lifecycle_configuration.as_ref();
    let rules: &[LifecycleRule] = asked.map_or(&[], |asked| asked.rules.as_slice());
    let rules = rules.iter().map(read_rule).collect::<S3Result<_>>()?;
    backend.configure(request, &request.input.bucket, |configuration| {
        configuration.lifecycle = rules;
        Ok(())
    })?;
    Ok(S3Response::new(
        PutBucketLifecycleConfigurationOutput::default(),
    ))
}

fn read_rule(rule: &LifecycleRule) -> S3Result<Rule> {
    let filter = rule.filter.as_ref();
    let is_more = filter.is_some_and(|filter| {
        filter.and.is_some()
            || filter.tag.is_some()
            || filter.object_size_greater_than.is_some()
            || filter.object_size_less_than.is_some()
    });
    if is_more || rule.transitions.is_some() || rule.noncurrent_version_transitions.is_some() {
        return Err(s3_error!(
            NotImplemented,
            "The sandbox knows lifecycle rules with a prefix that expire or abort, and no others."
        ));
    }
    let prefix = filter
        .and_then(|filter| filter.prefix.clone())
        .or_else(|| rule.prefix.clone());
    Ok(Rule {
        id: rule.id.clone(),
        is_enabled: rule.status.as_str() == ExpirationStatus::ENABLED,
        prefix: prefix.unwrap_or_default(),
        abort_after: rule
            .abort_incomplete_multipart_upload
            .as_ref()
            .and_then(|abort| abort.days_after_initiation),
        noncurrent_after: rule
            .noncurrent_version_expiration
            .as_ref()
            .and_then(|expiration| expiration.noncurrent_days),
        expire_after: rule
            .expiration
            .as_ref()
            .and_then(|expiration| expiration.days),
    })
}

pub(crate) fn get_lifecycle(
    backend: &Backend,
    request: &S3Request<GetBucketLifecycleConfigurationInput>,
) -> S3Result<S3Response<GetBucketLifecycleConfigurationOutput>> {
    let set = backend
        .configuration(request, &request.input.bucket)?
        .lifecycle;
    if set.is_empty() {
        return Err(none(
            "NoSuchLifecycleConfiguration",
            "The lifecycle configuration does not exist",
        ));
    }
    Ok(S3Response::new(GetBucketLifecycleConfigurationOutput {
        rules: Some(set.into_iter().map(shown_rule).collect()),
        ..Default::default()
    }))
}

fn shown_rule(rule: Rule) -> LifecycleRule {
    let status = if rule.is_enabled {
        ExpirationStatus::ENABLED
    } else {
        ExpirationStatus::DISABLED
    };
    LifecycleRule {
        id: rule.id,
        status: ExpirationStatus::from_static(status),
        filter: Some(LifecycleRuleFilter {
            prefix: Some(rule.prefix),
            ..Default::default()
        }),
        abort_incomplete_multipart_upload: rule.abort_after.map(|days| {
            AbortIncompleteMultipartUpload {
                days_after_initiation: Some(days),
            }
        }),
        noncurrent_version_expiration: rule.noncurrent_after.map(|days| {
            NoncurrentVersionExpiration {
                noncurrent_days: Some(days),
                ..Default::default()
            }
        }),
        expiration: rule.expire_after.map(|days| LifecycleExpiration {
            days: Some(days),
            ..Default::default()
        }),
        noncurrent_version_transitions: None,
        prefix: None,
        transitions: None,
    }
}
