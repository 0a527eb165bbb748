//! What AWS is told about who may do what: every policy of a tenant, from the ledger's types.
//!
//! A role's policy is what anybody of the tenant may do at most; a user's session policy is the part of it
//! that their role leaves, and the two are intersected by AWS. Names are literal: variables of session
//! policies are not replaced where home directories are logical.

use jiff::Timestamp;
use serde_json::{Value, json};
use tallyport_ledger::tenant::{Place, Region, TenantRole};

use super::{KeyArn, RoleArn};
use crate::AwsError;

/// The longest session policy that Transfer Family takes, and the longest trust policy that IAM takes
/// unasked.
const LONGEST: usize = 2_048;

/// What the one who set a tenant up says to be its role, for trying whether it is confined.
pub(super) const EXTERNAL_ID: &str = "tallyport-verify";

/// Whether files may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WritesTo {
    /// By everybody whose role says so.
    Open,
    /// By nobody: a limit is reached.
    Stopped,
}

/// What the policies of a tenant are about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach<'a> {
    pub region: &'a Region,
    pub place: &'a Place,
    pub key: &'a KeyArn,
}

/// What there is to allow.
const READ: &[&str] = &["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectTagging"];
const WRITE: &[&str] = &[
    "s3:PutObject",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
];
/// Versions are left to the desktop, so that whoever deletes by SFTP can be undone.
const REMOVE: &[&str] = &["s3:DeleteObject"];

impl Reach<'_> {
    fn bucket(&self) -> String {
        bucket_arn(self.place.bucket.as_str())
    }

    fn objects(&self) -> String {
        format!("{}/{}*", self.bucket(), self.place.prefix)
    }

    /// Listing: only what lies below the prefix. `acme*` would show `acme-two/` as well.
    fn listing(&self) -> Value {
        let mut statement =
            json!({ "Effect": "Allow", "Action": "s3:ListBucket", "Resource": self.bucket() });
        if !self.place.is_own_bucket() {
            statement["Condition"] =
                json!({ "StringLike": { "s3:prefix": format!("{}*", self.place.prefix) } });
        }
        statement
    }

    /// The key, for nothing but this bucket through S3. With a bucket key the context is the bucket,
    /// without one it is the object.
    fn key(&self, actions: &[&str]) -> Value {
        json!({ "Effect": "Allow", "Action": actions, "Resource": self.key.0,
            "Condition": {
                "StringEquals": { "kms:ViaService": format!("s3.{}.amazonaws.com", self.region) },
                "StringLike": { "kms:EncryptionContext:aws:s3:arn": [self.bucket(), self.objects()] } } })
    }

    /// Whoever says how a file is to be encrypted says nothing but this; who says nothing gets the bucket's way.
    /// A comparison alone would refuse them too: what is not there is unequal to everything.
    fn never(&self, sid: &str, header: &str, but: &str) -> Value {
        json!({ "Sid": sid, "Effect": "Deny", "Action": "s3:PutObject", "Resource": self.objects(),
            "Condition": { "StringNotEquals": { header: but }, "Null": { header: "false" } } })
    }

    /// What anybody of the tenant may do at the most.
    pub fn role_policy(&self) -> String {
        let all = [READ, WRITE, REMOVE].concat();
        let statements = json!([
            self.listing(),
            { "Effect": "Allow", "Action": "s3:GetBucketLocation", "Resource": self.bucket() },
            { "Effect": "Allow", "Action": all, "Resource": self.objects() },
            self.key(&["kms:GenerateDataKey", "kms:Decrypt"]),
            { "Sid": "NothingElse", "Effect": "Deny", "Action": "s3:*",
              "NotResource": [self.bucket(), self.objects()] },
            self.never("NoOtherKey", "s3:x-amz-server-side-encryption-aws-kms-key-id", &self.key.0),
            self.never("NoOtherEncryption", "s3:x-amz-server-side-encryption", "aws:kms"),
            { "Sid": "NotInTheClear", "Effect": "Deny", "Action": "*", "Resource": "*",
              "Condition": { "Bool": { "aws:SecureTransport": "false" } } },
        ]);
        document(statements)
    }

    /// What one user may do: what their role leaves of it, until they expire, and no writing where that is
    /// stopped.
    pub fn session_policy(
        &self,
        role: TenantRole,
        ends_at: Option<Timestamp>,
        writes: WritesTo,
    ) -> Result<String, AwsError> {
        let (objects, is_open) = (self.objects(), writes == WritesTo::Open);
        let mut statements = vec![
            self.listing(),
            json!({ "Effect": "Allow", "Action": "s3:GetBucketLocation", "Resource": self.bucket() }),
        ];
        let mut allow = |actions: &[&str], resource: Value| {
            statements.push(json!({ "Effect": "Allow", "Action": actions, "Resource": resource }));
        };
        match role {
            TenantRole::ReadOnly => allow(READ, json!(objects)),
            TenantRole::UploadOnly => {
                // Programs look whether a folder is there, and finish what they named *.filepart.
                let root = format!("{}/{}", self.bucket(), self.place.prefix);
                allow(
                    &["s3:GetObject"],
                    json!([root, format!("{objects}/"), format!("{objects}.filepart")]),
                );
                if is_open {
                    allow(WRITE, json!(objects));
                }
            }
            TenantRole::Admin if is_open => allow(&[READ, WRITE, REMOVE].concat(), json!(objects)),
            TenantRole::Admin => allow(&[READ, REMOVE].concat(), json!(objects)),
        }
        let key = match role {
            TenantRole::ReadOnly => &["kms:Decrypt"][..],
            TenantRole::UploadOnly | TenantRole::Admin => {
                &["kms:GenerateDataKey", "kms:Decrypt"][..]
            }
        };
        statements.push(self.key(key));
        if let Some(moment) = ends_at {
            // On what is allowed, not as a denial: what is not known must not open anything.
            for statement in &mut statements {
                statement["Condition"]["DateLessThan"] =
                    json!({ "aws:CurrentTime": moment.to_string() });
            }
        }
        let text = document(json!(statements));
        if text.len() > LONGEST {
            return Err(AwsError::Refused {
                action: "transfer:CreateUser".to_owned(),
                code: "PolicyTooLong".to_owned(),
                said: format!(
                    "the policy of a user of {} would have {} characters, and AWS takes {LONGEST}: \
                     choose a shorter prefix",
                    self.place,
                    text.len()
                ),
            });
        }
        Ok(text)
    }
}

/// Who may be the tenant's role: Transfer Family for users of this one server, and whoever of this account
/// may assume roles and says what for.
pub(super) fn trust_policy(account: &str, region: &Region, server: &str) -> String {
    document(json!([
        { "Sid": "Transfer", "Effect": "Allow", "Principal": { "Service": "transfer.amazonaws.com" },
          "Action": "sts:AssumeRole",
          "Condition": {
              "StringEquals": { "aws:SourceAccount": account },
              "ArnLike": { "aws:SourceArn": format!("arn:aws:transfer:{region}:{account}:user/{server}/*") } } },
        { "Sid": "Verify", "Effect": "Allow", "Principal": { "AWS": format!("arn:aws:iam::{account}:root") },
          "Action": "sts:AssumeRole", "Condition": { "StringEquals": { "sts:ExternalId": EXTERNAL_ID } } },
    ]))
}

/// Who may write the log of the server.
pub(super) fn logging_trust_policy(account: &str) -> String {
    document(json!([
        { "Effect": "Allow", "Principal": { "Service": "transfer.amazonaws.com" }, "Action": "sts:AssumeRole",
          "Condition": { "StringEquals": { "aws:SourceAccount": account } } },
    ]))
}

/// What the server's own role may do.
pub(super) fn logging_policy(group_arn: &str) -> String {
    document(json!([
        { "Effect": "Allow", "Resource": format!("{group_arn}:*"),
          "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"] },
    ]))
}

/// Who may use a tenant's key: whomever the account's own policies let, for data through S3 only.
pub(super) fn key_policy(account: &str, region: &Region) -> String {
    document(json!([
        { "Sid": "Account", "Effect": "Allow", "Principal": { "AWS": format!("arn:aws:iam::{account}:root") },
          "Action": "kms:*", "Resource": "*" },
        { "Sid": "DataThroughS3Only", "Effect": "Deny", "Principal": "*",
          "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*",
          "Condition": { "StringNotEquals": { "kms:ViaService": format!("s3.{region}.amazonaws.com") } } },
    ]))
}

/// What a bucket's policy says for us: nothing in the clear, and who is stopped. What others wrote into it
/// stays.
pub(super) fn bucket_statements(bucket: &str, stopped: Option<(&str, &RoleArn)>) -> Vec<Value> {
    let all = [bucket_arn(bucket), format!("{}/*", bucket_arn(bucket))];
    let mut statements = vec![json!({
        "Sid": TLS_ONLY, "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": all,
        "Condition": { "Bool": { "aws:SecureTransport": "false" } } })];
    if let Some((slug, role)) = stopped {
        statements.push(json!({
            "Sid": stop_sid(slug), "Effect": "Deny", "Principal": { "AWS": role.0 },
            "Action": "s3:PutObject", "Resource": format!("{}/*", bucket_arn(bucket)) }));
    }
    statements
}

/// What our statements in a bucket's policy are called. A statement's name has letters and digits only.
pub(super) const TLS_ONLY: &str = "TallyportTlsOnly";

pub(super) fn stop_sid(slug: &str) -> String {
    // No slug has capital letters, so that no two come to be called the same.
    format!("TallyportStop{}", slug.replace('-', "X"))
}

pub(super) fn document(statements: Value) -> String {
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

fn bucket_arn(bucket: &str) -> String {
    format!("arn:aws:s3:::{bucket}")
}

/// Whether two documents say the same, however they are written.
pub(super) fn same(one: &str, other: &str) -> bool {
    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
    read(one).is_some_and(|one| Some(one) == read(other))
}
