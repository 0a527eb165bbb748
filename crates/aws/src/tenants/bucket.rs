//! The bucket of a tenant, or the one that several share: closed to the public, TLS only, encrypted,
//! versioned, swept of what was left behind.

use aws_sdk_s3::types::{
    AbortIncompleteMultipartUpload, BucketLifecycleConfiguration, BucketLocationConstraint,
    BucketVersioningStatus, CreateBucketConfiguration, ExpirationStatus, LifecycleRule,
    LifecycleRuleFilter, NoncurrentVersionExpiration, ObjectOwnership, OwnershipControls,
    OwnershipControlsRule, PublicAccessBlockConfiguration, ServerSideEncryption,
    ServerSideEncryptionByDefault, ServerSideEncryptionConfiguration, ServerSideEncryptionRule,
    VersioningConfiguration,
};
use serde_json::{Value, json};
use tallyport_ledger::tenant::{Tenant, TenantKey};

use super::policy::{WritesTo, bucket_statements, document, stop_sid};
use super::{KeyArn, Site, named, role, says, unbuildable};
use crate::AwsError;

/// Parts of uploads that nobody completed go after so many days, older versions after so many.
pub(super) const PARTS_DAYS: i32 = 7;
pub(super) const VERSIONS_DAYS: i32 = 90;
/// What our rule is called.
pub(super) const RULE: &str = "tallyport";

/// What became of a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BucketMade {
    /// Whether it was made by this call.
    pub is_new: bool,
}

/// Makes the tenant's bucket, or finds it, and sets all of it as it has to be. In a bucket that was there
/// before, rules and statements that others wrote stay.
///
/// # Errors
/// [`AwsError`]; a name that somebody else in the world has is [`AwsError::Refused`], and so is a key of its
/// own in a bucket that is shared: what comes by SFTP is encrypted with the bucket's key.
pub async fn ensure_bucket(
    site: &Site,
    tenant: &Tenant,
    key: &KeyArn,
    writes: WritesTo,
) -> Result<BucketMade, AwsError> {
    let bucket = tenant.place.bucket.as_str();
    if tenant.key == TenantKey::Own && !tenant.place.is_own_bucket() {
        return Err(AwsError::Refused {
            action: format!("s3:PutBucketEncryption on {bucket}"),
            code: "KeyNeedsBucket".to_owned(),
            said: "a tenant with a key of its own needs a bucket of its own: files that come by SFTP are \
                   encrypted with the bucket's key"
                .to_owned(),
        });
    }
    let is_new = create(site, bucket).await?;
    close_to_the_public(site, bucket).await?;
    encrypt(site, bucket, key).await?;
    keep_versions(site, bucket).await?;
    sweep(site, bucket).await?;
    write_policy(site, tenant, Some(writes)).await?;
    Ok(BucketMade { is_new })
}

async fn create(site: &Site, bucket: &str) -> Result<bool, AwsError> {
    let region = site.region.as_str();
    // us-east-1 is the one region that is asked for by asking for none.
    let place = (region != "us-east-1").then(|| {
        CreateBucketConfiguration::builder()
            .location_constraint(BucketLocationConstraint::from(region))
            .build()
    });
    let s3 = site.s3();
    if s3.head_bucket().bucket(bucket).send().await.is_ok() {
        return Ok(false);
    }
    let asked = s3
        .create_bucket()
        .bucket(bucket)
        .set_create_bucket_configuration(place)
        .send()
        .await;
    match asked {
        Ok(_) => Ok(true),
        // It is ours, and was not found here: then it is elsewhere.
        Err(error) if says(&error, "BucketAlreadyOwnedByYou") => in_this_region(site, bucket).await,
        Err(error) => Err(named("s3:CreateBucket", bucket)(error)),
    }
}

/// Refuses a bucket of another region: no user of this region's server could have it.
async fn in_this_region(site: &Site, bucket: &str) -> Result<bool, AwsError> {
    let answer = site.s3().get_bucket_location().bucket(bucket).send().await;
    let answer = answer.map_err(named("s3:GetBucketLocation", bucket))?;
    // us-east-1 is the one region that S3 calls nothing.
    let there = answer
        .location_constraint
        .filter(|there| !there.as_str().is_empty());
    let there = there.map_or_else(|| "us-east-1".to_owned(), |there| there.as_str().to_owned());
    if there == site.region.as_str() {
        return Ok(false);
    }
    Err(AwsError::Refused {
        action: format!("s3:CreateBucket on {bucket}"),
        code: "WrongRegion".to_owned(),
        said: format!(
            "this bucket is in {there}, and the tenant is to be in {}",
            site.region
        ),
    })
}

async fn close_to_the_public(site: &Site, bucket: &str) -> Result<(), AwsError> {
    let closed = PublicAccessBlockConfiguration::builder()
        .block_public_acls(true)
        .ignore_public_acls(true)
        .block_public_policy(true)
        .restrict_public_buckets(true)
        .build();
    let s3 = site.s3();
    s3.put_public_access_block()
        .bucket(bucket)
        .public_access_block_configuration(closed)
        .send()
        .await
        .map_err(named("s3:PutBucketPublicAccessBlock", bucket))?;
    let rule = OwnershipControlsRule::builder()
        .object_ownership(ObjectOwnership::BucketOwnerEnforced)
        .build()
        .map_err(unbuildable)?;
    let ownership = OwnershipControls::builder()
        .rules(rule)
        .build()
        .map_err(unbuildable)?;
    s3.put_bucket_ownership_controls()
        .bucket(bucket)
        .ownership_controls(ownership)
        .send()
        .await
        .map_err(named("s3:PutBucketOwnershipControls", bucket))?;
    Ok(())
}

async fn encrypt(site: &Site, bucket: &str, key: &KeyArn) -> Result<(), AwsError> {
    let by_default = ServerSideEncryptionByDefault::builder()
        .sse_algorithm(ServerSideEncryption::AwsKms)
        .kms_master_key_id(&key.0)
        .build()
        .map_err(unbuildable)?;
    // A bucket key spares most of the calls to KMS, each of which costs.
    let rule = ServerSideEncryptionRule::builder()
        .apply_server_side_encryption_by_default(by_default)
        .bucket_key_enabled(true)
        .build();
    let encryption = ServerSideEncryptionConfiguration::builder()
        .rules(rule)
        .build()
        .map_err(unbuildable)?;
    site.s3()
        .put_bucket_encryption()
        .bucket(bucket)
        .server_side_encryption_configuration(encryption)
        .send()
        .await
        .map_err(named("s3:PutEncryptionConfiguration", bucket))?;
    Ok(())
}

async fn keep_versions(site: &Site, bucket: &str) -> Result<(), AwsError> {
    let enabled = VersioningConfiguration::builder()
        .status(BucketVersioningStatus::Enabled)
        .build();
    site.s3()
        .put_bucket_versioning()
        .bucket(bucket)
        .versioning_configuration(enabled)
        .send()
        .await
        .map_err(named("s3:PutBucketVersioning", bucket))?;
    Ok(())
}

async fn sweep(site: &Site, bucket: &str) -> Result<(), AwsError> {
    let ours = LifecycleRule::builder()
        .id(RULE)
        .status(ExpirationStatus::Enabled)
        .filter(LifecycleRuleFilter::builder().prefix("").build())
        .abort_incomplete_multipart_upload(
            AbortIncompleteMultipartUpload::builder()
                .days_after_initiation(PARTS_DAYS)
                .build(),
        )
        .noncurrent_version_expiration(
            NoncurrentVersionExpiration::builder()
                .noncurrent_days(VERSIONS_DAYS)
                .build(),
        )
        .build()
        .map_err(unbuildable)?;
    let mut rules = rules(site, bucket).await?;
    rules.retain(|rule| rule.id.as_deref() != Some(RULE));
    rules.push(ours);
    let configuration = BucketLifecycleConfiguration::builder()
        .set_rules(Some(rules))
        .build()
        .map_err(unbuildable)?;
    site.s3()
        .put_bucket_lifecycle_configuration()
        .bucket(bucket)
        .lifecycle_configuration(configuration)
        .send()
        .await
        .map_err(named("s3:PutLifecycleConfiguration", bucket))?;
    Ok(())
}

pub(super) async fn rules(site: &Site, bucket: &str) -> Result<Vec<LifecycleRule>, AwsError> {
    let asked = site
        .s3()
        .get_bucket_lifecycle_configuration()
        .bucket(bucket)
        .send()
        .await;
    match asked {
        Ok(answer) => Ok(answer.rules.unwrap_or_default()),
        Err(error) if says(&error, "NoSuchLifecycleConfiguration") => Ok(Vec::new()),
        Err(error) => Err(named("s3:GetLifecycleConfiguration", bucket)(error)),
    }
}

/// The bucket's policy as it stands, if it has one.
pub(super) async fn policy(site: &Site, bucket: &str) -> Result<Option<String>, AwsError> {
    match site.s3().get_bucket_policy().bucket(bucket).send().await {
        Ok(answer) => Ok(answer.policy),
        Err(error) if says(&error, "NoSuchBucketPolicy") => Ok(None),
        Err(error) => Err(named("s3:GetBucketPolicy", bucket)(error)),
    }
}

/// The statements that are to stand in the policy, those of others first: with the tenant's own, or, with
/// nothing for `writes`, without them.
pub(super) fn statements(
    site: &Site,
    tenant: &Tenant,
    there: Option<&str>,
    writes: Option<WritesTo>,
) -> Vec<Value> {
    let role = role::arn(site, tenant);
    let slug = tenant.slug.as_str();
    let stopped = (writes == Some(WritesTo::Stopped)).then_some((slug, &role));
    let ours = bucket_statements(tenant.place.bucket.as_str(), stopped);
    let is_ours = |statement: &Value| {
        let sid = &statement["Sid"];
        *sid == stop_sid(slug) || ours.iter().any(|one| one["Sid"] == *sid)
    };
    let before: Value = there
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let before = match before["Statement"].clone() {
        Value::Array(statements) => statements,
        Value::Null => Vec::new(),
        one => vec![one],
    };
    let others = before.into_iter().filter(|statement| !is_ours(statement));
    others.chain(ours.iter().cloned()).collect()
}

async fn write_policy(
    site: &Site,
    tenant: &Tenant,
    writes: Option<WritesTo>,
) -> Result<(), AwsError> {
    let bucket = tenant.place.bucket.as_str();
    let there = policy(site, bucket).await?;
    let statements = statements(site, tenant, there.as_deref(), writes);
    site.s3()
        .put_bucket_policy()
        .bucket(bucket)
        .policy(document(json!(statements)))
        .send()
        .await
        .map_err(named("s3:PutBucketPolicy", bucket))?;
    Ok(())
}

/// Marks where the tenant's files begin, so that a shared bucket shows it before the first file comes.
///
/// # Errors
/// [`AwsError`].
pub async fn ensure_folder(site: &Site, tenant: &Tenant) -> Result<(), AwsError> {
    if tenant.place.is_own_bucket() {
        return Ok(());
    }
    let (bucket, prefix) = (tenant.place.bucket.as_str(), tenant.place.prefix.as_str());
    let asked = site
        .s3()
        .put_object()
        .bucket(bucket)
        .key(prefix)
        .if_none_match("*")
        .send()
        .await;
    match asked {
        Ok(_) => Ok(()),
        Err(error) if says(&error, "PreconditionFailed") => Ok(()),
        Err(error) => Err(named("s3:PutObject", bucket)(error)),
    }
}

/// Removes the mark of a prefix below which nothing is left.
///
/// # Errors
/// [`AwsError`].
pub async fn remove_folder(site: &Site, tenant: &Tenant) -> Result<(), AwsError> {
    if tenant.place.is_own_bucket() {
        return Ok(());
    }
    let (bucket, prefix) = (tenant.place.bucket.as_str(), tenant.place.prefix.as_str());
    let s3 = site.s3();
    let below = s3
        .list_objects_v2()
        .bucket(bucket)
        .prefix(prefix)
        .max_keys(2)
        .send()
        .await;
    let below = match below {
        Ok(answer) => answer,
        Err(error) if says(&error, "NoSuchBucket") => return Ok(()),
        Err(error) => return Err(named("s3:ListBucket", bucket)(error)),
    };
    let is_alone = matches!(below.contents(), [one] if one.key() == Some(prefix));
    if is_alone {
        s3.delete_object()
            .bucket(bucket)
            .key(prefix)
            .send()
            .await
            .map_err(named("s3:DeleteObject", bucket))?;
    }
    Ok(())
}

/// Removes what a tenant has of a bucket: one of its own whole, if it is empty; of a shared one what the
/// policy says of the tenant. Files are never removed here.
///
/// # Errors
/// [`AwsError::Refused`] where a bucket of its own is not empty.
pub async fn remove_bucket(site: &Site, tenant: &Tenant) -> Result<(), AwsError> {
    let bucket = tenant.place.bucket.as_str();
    if !tenant.place.is_own_bucket() {
        return match site.s3().head_bucket().bucket(bucket).send().await {
            Ok(_) => write_policy(site, tenant, None).await,
            Err(error) if says(&error, "NotFound") => Ok(()),
            Err(error) => Err(named("s3:ListBucket", bucket)(error)),
        };
    }
    match site.s3().delete_bucket().bucket(bucket).send().await {
        Ok(_) => Ok(()),
        Err(error) if says(&error, "NoSuchBucket") => Ok(()),
        Err(error) => Err(named("s3:DeleteBucket", bucket)(error)),
    }
}
