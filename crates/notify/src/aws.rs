use aws_sdk_sns::error::{ProvideErrorMetadata, SdkError};

use crate::scrub::Scrub;
use crate::{SendError, text};

/// The SDK's error in our words. The SDK has repeated what can be repeated at once.
pub(crate) fn told<E, R>(place: &str, action: &str, error: &SdkError<E, R>) -> SendError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug + 'static,
{
    let place = place.to_owned();
    let service = error.as_service_error();
    let said = |text: &str| Scrub::default().clean(text);
    let Some(code) = service.and_then(ProvideErrorMetadata::code) else {
        let mut words = vec![error.to_string()];
        let mut cause = std::error::Error::source(error);
        while let Some(inner) = cause {
            words.push(inner.to_string());
            cause = inner.source();
        }
        words.dedup();
        let why = text::line(&words.join(": "), 240);
        return match error {
            SdkError::TimeoutError(_) => SendError::TimedOut { place },
            // Credentials that cannot be had are reported as a request that was never sent.
            SdkError::DispatchFailure(failure) if failure.is_other() || failure.is_user() => {
                SendError::SignIn { place, said: why }
            }
            _ => SendError::Unreachable { place, why },
        };
    };
    let message = service
        .and_then(ProvideErrorMetadata::message)
        .unwrap_or_default();
    match code {
        "AccessDenied"
        | "AccessDeniedException"
        | "AuthorizationError"
        | "AuthorizationErrorException" => SendError::SignIn {
            place,
            said: said(&format!("the credentials lack {action}. {message}")),
        },
        "ExpiredToken"
        | "ExpiredTokenException"
        | "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "SignatureDoesNotMatch"
        | "InvalidSignatureException"
        | "MissingAuthenticationToken" => SendError::SignIn {
            place,
            said: said(&format!("{code}. {message}")),
        },
        "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "TooManyRequestsException"
        | "LimitExceededException"
        | "SendingPausedException"
        | "AccountSuspendedException"
        | "InternalError"
        | "InternalErrorException"
        | "InternalFailure"
        | "ServiceUnavailable" => SendError::Later {
            place,
            said: said(&format!("{code}. {message}")),
            after: None,
        },
        _ => SendError::Refused {
            place,
            said: said(&format!("{code}. {message}")),
        },
    }
}
