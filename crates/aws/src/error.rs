use aws_sdk_costexplorer::error::{ProvideErrorMetadata, SdkError};
use tallyport_ledger::{CurrencyError, Exact, LoadError};

/// Why AWS did not give what was asked, in words that a person can act on.
#[derive(Debug, thiserror::Error)]
pub enum AwsError {
    /// A permission is missing.
    #[error("AWS refuses {action}: the credentials lack that permission. {said}")]
    Denied {
        /// The permission, such as `ce:GetCostAndUsage`.
        action: String,
        /// What AWS said.
        said: String,
    },
    /// No credentials, or wrong or expired ones.
    #[error("AWS credentials are missing, or AWS does not accept them: {0}")]
    Credentials(String),
    /// Asked too often, and all retries were used up.
    #[error("AWS is throttling {0}; nothing was changed. Try again in a few minutes")]
    Throttled(String),
    /// No connection.
    #[error("AWS cannot be reached: {0}")]
    Unreachable(String),
    /// The clock here is not that of AWS, so that no request is believed.
    #[error(
        "AWS does not take {action}: this computer's clock is {}; nothing was changed. \
         Set the clock and try again",
        crate::skew::off(*.by)
    )]
    ClockSkew {
        /// The operation, such as `ce:GetCostAndUsage`.
        action: String,
        /// By how many seconds AWS's clock is ahead of ours, where that is known.
        by: Option<i64>,
    },
    /// Cost Explorer answers nothing, and no error, where a value of a filter is wrong.
    #[error("Cost Explorer knows no {dimension} \"{value}\"{}", did_you_mean(.nearest.as_deref()))]
    UnknownValue {
        /// `SERVICE`, `RECORD_TYPE`, …
        dimension: String,
        /// As it was asked for.
        value: String,
        /// The one that was probably meant.
        nearest: Option<String>,
    },
    /// AWS says no for another reason.
    #[error("AWS refuses {action} ({code}): {said}")]
    Refused {
        /// The operation, such as `ce:GetCostAndUsage`.
        action: String,
        /// AWS's own code.
        code: String,
        /// What AWS said.
        said: String,
    },
    /// An answer that cannot be understood.
    #[error("AWS answered something that cannot be read: {0}")]
    BadAnswer(String),
    /// The parts of the bill do not add up to its control total.
    #[error(
        "the {metric} cost by service adds up to {parts} {currency}, but Cost Explorer's total is {control} {currency}; \
         nothing was changed. AWS may have restated the bill while it was read: sync again"
    )]
    NotReconciled {
        /// Billed or effective.
        metric: tallyport_ledger::Metric,
        /// The currency.
        currency: tallyport_ledger::Currency,
        /// What the parts add up to.
        parts: Exact,
        /// What Cost Explorer says.
        control: Exact,
    },
    /// A bucket that does not exist.
    #[error("there is no bucket {bucket}")]
    NoBucket {
        /// Its name.
        bucket: String,
    },
    /// An object that was written anew while it was read.
    #[error(
        "{0} was delivered anew while it was read; nothing was changed. Sync again in a few minutes"
    )]
    Changed(String),
    /// An object that should be there.
    #[error("{0} is not there; nothing was changed")]
    Missing(String),
    /// An object that does not arrive as S3 keeps it.
    #[error("{0} does not arrive whole: its checksum is not the one that S3 keeps. Sync again")]
    Damaged(String),
    /// A workgroup in which a query may scan, and cost, more than it should.
    #[error(
        "the Athena workgroup {workgroup} {}; no query was started. \
         Lower its limit, or use the workgroup \"tallyport\", which is made when it is needed",
        cut_off_at(*.cutoff, *.wanted)
    )]
    Unlimited {
        /// Its name.
        workgroup: String,
        /// Where it cuts queries off.
        cutoff: Option<u64>,
        /// Where it should at the most.
        wanted: u64,
    },
    /// A query that wanted to scan more than it may.
    #[error(
        "Athena stopped the query at {most_bytes} bytes, the most that it may scan; nothing was changed"
    )]
    CutOff {
        /// The limit.
        most_bytes: u64,
    },
    /// The disk that files on their way lie on.
    #[error("{} cannot be written: {source}", .path.display())]
    Disk {
        /// Where.
        path: std::path::PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The person cancelled.
    #[error("cancelled; nothing was changed")]
    Cancelled,
    /// A bill that the ledger cannot hold.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A currency that is none.
    #[error(transparent)]
    Currency(#[from] CurrencyError),
}

fn cut_off_at(cutoff: Option<u64>, wanted: u64) -> String {
    match cutoff {
        Some(cutoff) => format!("cuts queries off at {cutoff} bytes, not at {wanted}"),
        None => "has no limit on the bytes that a query may scan".to_owned(),
    }
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!(": did you mean \"{name}\"?"))
}

impl AwsError {
    /// Turns the SDK's error of the operation `action` into ours.
    pub(crate) fn from_call<E, R>(action: &str) -> impl FnOnce(SdkError<E, R>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
        R: std::fmt::Debug + 'static,
    {
        let action = action.to_owned();
        move |error| {
            let code = error
                .as_service_error()
                .and_then(ProvideErrorMetadata::code);
            let said = error
                .as_service_error()
                .and_then(ProvideErrorMetadata::message)
                .unwrap_or_default()
                .to_owned();
            match (code, &error) {
                (Some("AccessDeniedException" | "AccessDenied" | "UnauthorizedOperation"), _) => {
                    Self::Denied { action, said }
                }
                (
                    Some(
                        "ExpiredTokenException"
                        | "ExpiredToken"
                        | "InvalidClientTokenId"
                        | "UnrecognizedClientException"
                        | "MissingAuthenticationToken",
                    ),
                    _,
                ) => Self::Credentials(said),
                (
                    Some(
                        "LimitExceededException"
                        | "ThrottlingException"
                        | "Throttling"
                        | "TooManyRequestsException"
                        | "RequestLimitExceeded"
                        | "SlowDown",
                    ),
                    _,
                ) => Self::Throttled(action),
                (Some(code), _) if crate::skew::is_skew(code, &said) => Self::ClockSkew {
                    action,
                    by: crate::skew::said(&said),
                },
                (
                    Some(
                        "InvalidSignatureException"
                        | "SignatureDoesNotMatch"
                        | "IncompleteSignature",
                    ),
                    _,
                ) => Self::Credentials(said),
                (Some(code), _) => Self::Refused {
                    action,
                    code: code.to_owned(),
                    said,
                },
                (None, SdkError::DispatchFailure(failure)) => {
                    let text = in_words(&error);
                    // The credentials chain reports its failures as a request that was never sent.
                    if failure.is_other() || failure.is_user() {
                        Self::Credentials(text)
                    } else {
                        Self::Unreachable(text)
                    }
                }
                (None, SdkError::TimeoutError(_)) => Self::Unreachable(in_words(&error)),
                (None, _) => Self::BadAnswer(in_words(&error)),
            }
        }
    }
}

/// An error and what caused it, each said once and in words: never the shape of a value.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("the request was not sent")]
    struct Outer(#[source] Inner);

    #[derive(Debug, thiserror::Error)]
    #[error("no credentials were found")]
    struct Inner;

    #[test]
    fn a_cause_is_told_in_words_and_not_as_a_value() {
        assert_eq!(
            in_words(&Outer(Inner)),
            "the request was not sent: no credentials were found"
        );
    }
}
