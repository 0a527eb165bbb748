use std::time::{Duration, SystemTime};

use aws_sdk_s3::config::http::HttpResponse;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use jiff::Timestamp;

use crate::Problem;
use crate::source::Source;

pub(super) type Refusal<E> = SdkError<E, HttpResponse>;

/// What a request came to that did not do what it was for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub kind: Kind,
    /// What was asked, by the name of its permission.
    pub action: &'static str,
    /// What the store said.
    pub said: String,
    /// How long it asked to be left alone.
    pub wait: Option<Duration>,
    /// Whether it was the store that said no, and not the way to it.
    pub answered: bool,
}

/// What is to be done about a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Too much was asked: everything goes slower.
    Throttled,
    /// It may work the next time.
    Passing,
    /// The credentials have run out.
    Expired,
    /// Our clock is behind theirs by so many seconds.
    ClockOff(i64),
    /// The condition did not hold: something else is there.
    Occupied,
    /// Somebody else was at it at the same moment.
    Conflict,
    /// The upload in parts is not there, or not any more.
    NoUpload,
    /// The object is not there.
    Missing,
    /// What came has another checksum than what was promised.
    Corrupt,
    /// There is no such bucket.
    NoBucket,
    /// It is not allowed.
    Denied,
    /// The key of the encryption may not be used.
    KeyDenied,
    /// The credentials are no good.
    Credentials,
    /// The file is no longer what was announced.
    Changed,
    /// The disk of this computer says no.
    Disk,
    /// Anything else: it makes no sense to ask again.
    Refused,
}

impl Fault {
    pub(super) fn of<E>(action: &'static str, error: &Refusal<E>, now: SystemTime) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        let answer = error.raw_response();
        let header = |name| answer.and_then(|answer| answer.headers().get(name));
        let status = answer.map(|answer| answer.status().as_u16());
        let service = error.as_service_error();
        let code = service
            .and_then(ProvideErrorMetadata::code)
            .unwrap_or_default();
        let message = service.and_then(ProvideErrorMetadata::message);
        let mut kind = kind_of(error, code, status, message.unwrap_or_default());
        if kind == Kind::ClockOff(0) {
            kind = header("date")
                .and_then(|date| jiff::fmt::rfc2822::parse(date).ok())
                .and_then(|theirs| behind(theirs.timestamp(), now))
                .map_or(Kind::Passing, Kind::ClockOff);
        }
        let said = match (code, message) {
            ("", None) => match status {
                Some(status) => format!("HTTP status {status}"),
                None => in_words(error),
            },
            (code, None) => code.to_owned(),
            (code, Some(message)) => format!("{code}: {message}"),
        };
        let wait = header("retry-after")
            .and_then(|seconds| seconds.parse().ok())
            .map(Duration::from_secs);
        Self {
            kind,
            action,
            said,
            wait,
            answered: status.is_some(),
        }
    }

    /// An answer that cannot be made use of.
    pub fn unusable(action: &'static str, said: &str) -> Self {
        Self::new(Kind::Passing, action, said)
    }

    /// The connection broke off in the middle of an answer.
    pub fn broken_off(action: &'static str, error: &dyn std::error::Error) -> Self {
        Self::new(Kind::Passing, action, in_words(error))
    }

    /// What came is not what was sent.
    pub fn corrupt(action: &'static str) -> Self {
        Self::new(
            Kind::Corrupt,
            action,
            "the store took something else than what was sent",
        )
    }

    /// The disk here does not take what came.
    pub fn of_disk(action: &'static str, error: &std::io::Error) -> Self {
        Self::new(Kind::Disk, action, error.to_string())
    }

    /// Nothing moved for too long.
    pub fn stalled(action: &'static str) -> Self {
        Self::new(Kind::Passing, action, "nothing moved for too long")
    }

    /// What was to be written was in the way of others, or others of it, too often.
    pub fn taken_again_and_again(action: &'static str) -> Self {
        Self::new(Kind::Conflict, action, "again and again")
    }

    /// The same, to be treated as something else.
    pub fn treated_as(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// The same, unless it came of a file that is no longer what it was.
    pub fn unless_changed(self, source: &Source) -> Self {
        match source.check() {
            Ok(()) => self,
            Err(_) => self.treated_as(Kind::Changed),
        }
    }

    fn new(kind: Kind, action: &'static str, said: impl Into<String>) -> Self {
        Self {
            kind,
            action,
            said: said.into(),
            wait: None,
            answered: false,
        }
    }

    /// Whether every other file would come to the same.
    pub const fn concerns_all(&self) -> bool {
        matches!(
            self.kind,
            Kind::NoBucket
                | Kind::Credentials
                | Kind::Expired
                | Kind::ClockOff(_)
                | Kind::Throttled
        )
    }

    /// What it means for a person.
    pub fn problem(&self) -> Problem {
        let (action, said) = (self.action, &self.said);
        match self.kind {
            Kind::Throttled => Problem::new(
                "transfer.throttled",
                format!(
                    "the store asked for fewer requests, for too long ({said}); try again later"
                ),
            ),
            Kind::Passing => Problem::new(
                "transfer.unreachable",
                format!("the store could not be reached: {said}; what arrived is kept, try again"),
            ),
            Kind::Expired => Problem::new(
                "transfer.expired",
                format!("the credentials have run out ({said}); sign in again and resume"),
            ),
            Kind::Credentials => Problem::new(
                "transfer.credentials",
                format!("the credentials are not accepted: {said}"),
            ),
            Kind::ClockOff(behind) => Problem::new(
                "transfer.clock",
                format!(
                    "the clock of this computer is {} seconds {} that of the store; set it right",
                    behind.unsigned_abs(),
                    if behind > 0 { "behind" } else { "ahead of" },
                ),
            ),
            Kind::Occupied | Kind::Conflict => Problem::new(
                "transfer.clash",
                format!("something else was written there at the same moment ({said})"),
            ),
            Kind::NoUpload => Problem::new(
                "transfer.upload_gone",
                "the upload was ended by somebody else, or by a rule of the bucket",
            ),
            Kind::Missing => Problem::new("transfer.missing", "it is not there any more"),
            Kind::Corrupt => Problem::new(
                "transfer.checksum",
                format!(
                    "what arrived had another checksum than what was sent, again and again: {said}"
                ),
            ),
            Kind::NoBucket => Problem::new(
                "transfer.no_bucket",
                format!("there is no such bucket: {said}"),
            ),
            Kind::Denied => Problem::new(
                "transfer.denied",
                format!("not allowed: {action} is missing ({said})"),
            ),
            Kind::KeyDenied => Problem::new(
                "transfer.kms",
                format!(
                    "the encryption key may not be used: an upload needs kms:GenerateDataKey, and one in parts kms:Decrypt besides ({action}; {said})"
                ),
            ),
            Kind::Disk => Problem::new(
                "transfer.disk",
                format!("it cannot be written here: {said}"),
            ),
            Kind::Changed => Problem::changed("it was written to"),
            Kind::Refused => {
                Problem::new("transfer.refused", format!("{action} was refused: {said}"))
            }
        }
    }
}

/// By how much our clock is behind theirs, in seconds, if it is.
fn behind(theirs: Timestamp, ours: SystemTime) -> Option<i64> {
    let ours = Timestamp::try_from(ours).ok()?;
    let seconds = theirs.as_second() - ours.as_second();
    (seconds != 0).then_some(seconds)
}

fn kind_of<E>(error: &Refusal<E>, code: &str, status: Option<u16>, message: &str) -> Kind {
    match code {
        "SlowDown"
        | "TooManyRequests"
        | "Throttling"
        | "ThrottlingException"
        | "RequestLimitExceeded"
        | "BandwidthLimitExceeded"
        | "EC2ThrottledException"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "KMS.ThrottlingException" => Kind::Throttled,
        "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" | "TokenRefreshRequired" => {
            Kind::Expired
        }
        "RequestTimeTooSkewed" | "RequestInTheFuture" => Kind::ClockOff(0),
        "PreconditionFailed" => Kind::Occupied,
        "ConditionalRequestConflict" | "OperationAborted" => Kind::Conflict,
        "NoSuchUpload" => Kind::NoUpload,
        "NoSuchKey" | "NotFound" | "NoSuchVersion" => Kind::Missing,
        "BadDigest"
        | "XAmzContentChecksumMismatch"
        | "XAmzContentSHA256Mismatch"
        | "InvalidDigest" => Kind::Corrupt,
        "NoSuchBucket" => Kind::NoBucket,
        "InvalidAccessKeyId"
        | "SignatureDoesNotMatch"
        | "InvalidToken"
        | "AccountProblem"
        | "InvalidSecurity"
        | "NotSignedUp" => Kind::Credentials,
        "KMS.DisabledException" | "KMS.NotFoundException" | "KMS.KMSInvalidStateException" => {
            Kind::KeyDenied
        }
        "AccessDenied" | "AccessDeniedException" | "Forbidden" | "AllAccessDisabled" => {
            if message.contains("kms:") || message.contains("KMS") {
                Kind::KeyDenied
            } else {
                Kind::Denied
            }
        }
        "RequestTimeout" | "IncompleteBody" | "InternalError" | "ServiceUnavailable" => {
            throttled_or_passing(status)
        }
        _ => match (error, status) {
            // The chain of credentials reports its failures as a request that was never sent.
            (SdkError::DispatchFailure(failure), _) if failure.is_other() && status.is_none() => {
                match failure.as_connector_error() {
                    Some(connector) if connector.is_io() || connector.is_timeout() => Kind::Passing,
                    _ if is_of_credentials(failure) => Kind::Credentials,
                    _ => Kind::Passing,
                }
            }
            (SdkError::DispatchFailure(_) | SdkError::TimeoutError(_), _) => Kind::Passing,
            (SdkError::ConstructionFailure(_), _) => Kind::Refused,
            (_, Some(404)) => Kind::Missing,
            (_, Some(403)) => Kind::Denied,
            (_, Some(412)) => Kind::Occupied,
            (_, Some(409)) => Kind::Conflict,
            (_, Some(429)) => Kind::Throttled,
            (_, Some(408 | 500..=599)) => throttled_or_passing(status),
            // Answers that are cut off or cannot be read.
            (SdkError::ResponseError(_), _) => Kind::Passing,
            (_, Some(200..=299)) => Kind::Passing,
            _ => Kind::Refused,
        },
    }
}

const fn throttled_or_passing(status: Option<u16>) -> Kind {
    match status {
        Some(503 | 429) => Kind::Throttled,
        _ => Kind::Passing,
    }
}

fn is_of_credentials(failure: &aws_smithy_runtime_api::client::result::DispatchFailure) -> bool {
    in_words(failure_error(failure))
        .to_lowercase()
        .contains("credential")
}

fn failure_error(
    failure: &aws_smithy_runtime_api::client::result::DispatchFailure,
) -> &dyn std::error::Error {
    const NOTHING: &std::fmt::Error = &std::fmt::Error;
    match failure.as_connector_error() {
        Some(error) => error,
        None => NOTHING,
    }
}

/// An error and what caused it, each said once.
fn in_words(error: &dyn std::error::Error) -> String {
    let mut said = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        let words = error.to_string();
        if said.last() != Some(&words) {
            said.push(words);
        }
        cause = error.source();
    }
    said.join(": ")
}
