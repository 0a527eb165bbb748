//! Who may do what in S3: asked of every request before it is read whole.

use http::{HeaderMap, Uri};
use s3s::access::{S3Access, S3AccessContext};
use s3s::path::S3Path;
use s3s::{S3Error, S3ErrorCode, S3Request, S3Result, s3_error};

use super::backend::Backend;
use super::record::BucketRecord;
use crate::call::{form_fields, signed_at};
use crate::identity::Identity;
use crate::permission::{KeyRefusal, usual};
use crate::policy::{Circumstances, Decision, Document};

/// The permission that an operation needs; for some it hangs on whether a version is named.
fn action_of(operation: &str, names_version: bool) -> &'static str {
    match (operation, names_version) {
        ("GetObject" | "HeadObject", false) => "s3:GetObject",
        ("GetObject" | "HeadObject", true) => "s3:GetObjectVersion",
        ("GetObjectTagging", _) => "s3:GetObjectTagging",
        ("ListObjects" | "ListObjectsV2" | "HeadBucket", _) => "s3:ListBucket",
        ("ListObjectVersions", _) => "s3:ListBucketVersions",
        ("ListMultipartUploads", _) => "s3:ListBucketMultipartUploads",
        ("ListParts", _) => "s3:ListMultipartUploadParts",
        (
            "PutObject"
            | "CopyObject"
            | "CreateMultipartUpload"
            | "UploadPart"
            | "UploadPartCopy"
            | "CompleteMultipartUpload",
            _,
        ) => "s3:PutObject",
        ("AbortMultipartUpload", _) => "s3:AbortMultipartUpload",
        ("DeleteObject", false) => "s3:DeleteObject",
        ("DeleteObject", true) => "s3:DeleteObjectVersion",
        ("ListBuckets", _) => "s3:ListAllMyBuckets",
        ("GetBucketLocation", _) => "s3:GetBucketLocation",
        ("CreateBucket", _) => "s3:CreateBucket",
        ("DeleteBucket", _) => "s3:DeleteBucket",
        ("PutPublicAccessBlock", _) => "s3:PutBucketPublicAccessBlock",
        ("GetPublicAccessBlock", _) => "s3:GetBucketPublicAccessBlock",
        ("PutBucketEncryption", _) => "s3:PutEncryptionConfiguration",
        ("GetBucketEncryption", _) => "s3:GetEncryptionConfiguration",
        ("PutBucketLifecycleConfiguration" | "DeleteBucketLifecycle", _) => {
            "s3:PutLifecycleConfiguration"
        }
        ("GetBucketLifecycleConfiguration", _) => "s3:GetLifecycleConfiguration",
        ("PutBucketVersioning", _) => "s3:PutBucketVersioning",
        ("GetBucketVersioning", _) => "s3:GetBucketVersioning",
        ("PutBucketOwnershipControls", _) => "s3:PutBucketOwnershipControls",
        ("GetBucketOwnershipControls", _) => "s3:GetBucketOwnershipControls",
        ("PutBucketPolicy", _) => "s3:PutBucketPolicy",
        ("GetBucketPolicy", _) => "s3:GetBucketPolicy",
        ("DeleteBucketPolicy", _) => "s3:DeleteBucketPolicy",
        _ => "s3:OtherOperation",
    }
}

fn denied() -> S3Error {
    s3_error!(AccessDenied, "Access Denied")
}

/// A request as policies see it.
struct Seen<'a> {
    identity: Identity,
    circumstances: Circumstances,
    headers: &'a HeaderMap,
}

pub(crate) struct Door(pub Backend);

#[async_trait::async_trait]
impl S3Access for Door {
    async fn check(&self, context: &mut S3AccessContext<'_>) -> S3Result<()> {
        let Some(credentials) = context.credentials() else {
            return Err(s3_error!(AccessDenied, "Signature is required"));
        };
        let (headers, uri) = (context.headers(), context.uri());
        let now = signed_at(headers, uri).unwrap_or_default();
        let token = crate::identity::session_token(headers, uri);
        let known = self
            .0
            .identities
            .recognise(&credentials.access_key, token.as_deref(), now);
        // Who is not known is told so by the operation itself.
        let Ok(identity) = known else {
            return Ok(());
        };
        let operation = context.s3_op().name();
        let fields = form_fields(uri.query().unwrap_or_default());
        let field = |name: &str| {
            fields
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.as_str())
        };
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let circumstances = usual(&identity, now, is_encrypted(uri))
            .with_some("s3:prefix", field("prefix"))
            .with_some(
                "s3:x-amz-server-side-encryption",
                text("x-amz-server-side-encryption"),
            )
            .with_some(
                "s3:x-amz-server-side-encryption-aws-kms-key-id",
                text("x-amz-server-side-encryption-aws-kms-key-id"),
            );
        let seen = Seen {
            identity,
            circumstances,
            headers,
        };
        let action = action_of(operation, field("versionId").is_some());
        let (bucket, key) = match context.s3_path() {
            S3Path::Root => {
                return self
                    .0
                    .may(&seen.identity, None, action, "*", &seen.circumstances);
            }
            S3Path::Bucket { bucket } => (bucket.as_ref(), None),
            S3Path::Object { bucket, key } => (bucket.as_ref(), Some(key.as_ref())),
        };
        // A bucket that is not there yet has no policy; one of another account is refused later.
        let record = self.0.store.bucket(bucket).ok();
        // Which objects are to be deleted stands in the body: each is asked for there.
        if operation != "DeleteObjects" {
            let resource = arn(bucket, key);
            self.0.may(
                &seen.identity,
                record.as_ref(),
                action,
                &resource,
                &seen.circumstances,
            )?;
        }
        match (record, key) {
            (Some(record), Some(key)) => self.check_key(&seen, operation, &record, key),
            _ => Ok(()),
        }
    }
}

impl Door {
    /// The key that the operation needs must do its work.
    fn check_key(
        &self,
        seen: &Seen<'_>,
        operation: &str,
        bucket: &BucketRecord,
        key: &str,
    ) -> S3Result<()> {
        let text = |name: &str| seen.headers.get(name).and_then(|value| value.to_str().ok());
        let by_default = || {
            let encryption = bucket.configuration.encryption.as_ref()?;
            encryption.key.clone()
        };
        let (actions, used): (&[&str], Option<String>) = match operation {
            "PutObject" | "CopyObject" | "CreateMultipartUpload" => {
                let asked = text("x-amz-server-side-encryption-aws-kms-key-id").map(str::to_owned);
                let is_plain = text("x-amz-server-side-encryption") == Some("AES256");
                let used = if is_plain {
                    None
                } else {
                    asked.or_else(by_default)
                };
                (&["kms:GenerateDataKey"], used)
            }
            // Of an upload in parts, each part is read again when it is completed.
            "UploadPart" | "UploadPartCopy" | "CompleteMultipartUpload" => {
                (&["kms:GenerateDataKey", "kms:Decrypt"], by_default())
            }
            "GetObject" => {
                let record = self.0.store.find_object(&bucket.name, key)?;
                (
                    &["kms:Decrypt"],
                    record.and_then(|record| record.about.key_id),
                )
            }
            _ => return Ok(()),
        };
        let Some(used) = used else {
            return Ok(());
        };
        let has_bucket_key = bucket
            .configuration
            .encryption
            .as_ref()
            .is_some_and(|one| one.bucket_key);
        let about = if has_bucket_key {
            arn(&bucket.name, None)
        } else {
            arn(&bucket.name, Some(key))
        };
        for action in actions {
            self.0
                .permission
                .use_key(&seen.identity, &used, action, &about, &seen.circumstances)
                .map_err(|refusal| match refusal {
                    KeyRefusal::Unknown => custom("KMS.NotFoundException", 400, format!("Key '{used}' does not exist")),
                    KeyRefusal::Unusable => custom("KMS.DisabledException", 400, format!("{used} is disabled or pending deletion.")),
                    KeyRefusal::Denied => custom(
                        "AccessDenied",
                        403,
                        format!(
                            "User: {} is not authorized to perform: {action} on resource: {used} because no identity-based policy allows the {action} action",
                            seen.identity.arn
                        ),
                    ),
                })?;
        }
        Ok(())
    }
}

fn custom(code: &str, status: u16, message: String) -> S3Error {
    let code = match code {
        "AccessDenied" => S3ErrorCode::AccessDenied,
        other => S3ErrorCode::Custom(other.into()),
    };
    let mut error = S3Error::with_message(code, message);
    if let Ok(status) = http::StatusCode::from_u16(status) {
        error.set_status_code(status);
    }
    error
}

fn is_encrypted(uri: &Uri) -> bool {
    uri.scheme_str() != Some("http")
}

pub(crate) fn arn(bucket: &str, key: Option<&str>) -> String {
    match key {
        Some(key) => format!("arn:aws:s3:::{bucket}/{key}"),
        None => format!("arn:aws:s3:::{bucket}"),
    }
}

impl Backend {
    /// Refuses to copy from what the caller may not read.
    pub fn may_copy_from<T>(
        &self,
        request: &S3Request<T>,
        bucket: &str,
        key: &str,
        names_version: bool,
    ) -> S3Result<()> {
        let record = self.bucket_for(request, bucket)?;
        let action = action_of("GetObject", names_version);
        self.may_now(request, &record, key, action)
    }

    /// Refuses to delete what the caller may not.
    pub fn may_delete<T>(
        &self,
        request: &S3Request<T>,
        bucket: &BucketRecord,
        key: &str,
        names_version: bool,
    ) -> S3Result<()> {
        let action = action_of("DeleteObject", names_version);
        self.may_now(request, bucket, key, action)
    }

    fn may_now<T>(
        &self,
        request: &S3Request<T>,
        bucket: &BucketRecord,
        key: &str,
        action: &str,
    ) -> S3Result<()> {
        let identity = self.caller(request)?;
        let now = signed_at(&request.headers, &request.uri).unwrap_or_default();
        let said = usual(&identity, now, is_encrypted(&request.uri));
        self.may(
            &identity,
            Some(bucket),
            action,
            &arn(&bucket.name, Some(key)),
            &said,
        )
    }

    /// Refuses what neither the caller's policies nor the bucket's allow.
    pub fn may(
        &self,
        identity: &Identity,
        bucket: Option<&BucketRecord>,
        action: &str,
        resource: &str,
        circumstances: &Circumstances,
    ) -> S3Result<()> {
        let policy = bucket.and_then(|bucket| bucket.configuration.policy.as_deref());
        let policy = policy.and_then(|text| Document::parse(text).ok());
        let decision =
            self.permission
                .decide(identity, policy.as_ref(), action, resource, circumstances);
        (decision == Decision::Allowed)
            .then_some(())
            .ok_or_else(denied)
    }
}
