use std::collections::BTreeMap;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
pub(crate) use tallyport_workspace::sentence;
use tallyport_workspace::{ErrorKind, Refused, WorkspaceError};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response as Described, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

/// What went wrong, as `application/problem+json` (RFC 9457): a code for programs, a sentence for
/// people, a hint, and details where there are any. Causes go to the log, never over the wire.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// The code as a URI.
    #[schema(value_type = String)]
    pub r#type: Box<str>,
    /// A stable code, such as `request.not-found`.
    #[schema(example = "request.not-found")]
    pub code: String,
    /// The kind of problem in a few words.
    pub title: &'static str,
    /// The HTTP status.
    #[schema(example = 404)]
    pub status: u16,
    /// A sentence that a person can act on.
    pub detail: String,
    /// What to do about it.
    #[schema(required)]
    pub hint: Option<String>,
    /// The missing permission, the rows of the file, and so on.
    #[schema(value_type = Option<Object>, required)]
    pub details: Option<Box<Value>>,
}

impl Problem {
    /// A problem with a code, a status and a sentence.
    #[must_use]
    pub fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self {
            r#type: format!("urn:tallyport:problem:{code}").into(),
            code: code.to_owned(),
            title: status.canonical_reason().unwrap_or("Problem"),
            status: status.as_u16(),
            detail: short(detail.into()),
            hint: None,
            details: None,
        }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with details.
    #[must_use]
    pub fn details(mut self, details: Value) -> Self {
        self.details = Some(Box::new(details));
        self
    }

    /// Nobody is signed in.
    #[must_use]
    pub fn not_signed_in() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "session.missing",
            "Nobody is signed in here.",
        )
        .hint("Open the address that `tally serve` printed; it carries the start-up token.")
    }

    /// Why a job failed, as the job keeps it.
    pub(crate) fn of_job(kept: &Value) -> Self {
        let text = |name: &str| kept[name].as_str();
        let kind = KINDS
            .into_iter()
            .find(|kind| Some(kind.word()) == text("kind"))
            .unwrap_or(ErrorKind::Internal);
        Self {
            hint: text("hint").map(str::to_owned),
            details: noted(kept["details"].clone()),
            ..Self::new(
                status_of(kind),
                text("code").unwrap_or("program.fault"),
                sentence(text("detail").unwrap_or("it failed")),
            )
        }
    }

    /// A part of the request cannot be read.
    #[must_use]
    pub fn unreadable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "request.unreadable", detail)
    }

    /// A part of the request was read and makes no sense.
    #[must_use]
    pub fn invalid(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "request.invalid", detail)
    }
}

impl From<WorkspaceError> for Problem {
    fn from(error: WorkspaceError) -> Self {
        let status = status_of(error.kind());
        if status.is_server_error() {
            tracing::error!(?error, "a use case failed");
        }
        Self {
            hint: error.hint(),
            details: noted(error.details()),
            ..Self::new(status, error.code(), sentence(&error.to_string()))
        }
    }
}

const KINDS: [ErrorKind; 8] = [
    ErrorKind::Refused,
    ErrorKind::Keys,
    ErrorKind::NotFound,
    ErrorKind::Invalid,
    ErrorKind::Conflict,
    ErrorKind::Cancelled,
    ErrorKind::Aws,
    ErrorKind::Internal,
];

/// The one table of kinds of error and statuses.
const fn status_of(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::Refused => StatusCode::FORBIDDEN,
        ErrorKind::Keys => StatusCode::UNAUTHORIZED,
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict | ErrorKind::Cancelled => StatusCode::CONFLICT,
        ErrorKind::Aws => StatusCode::BAD_GATEWAY,
        ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        WorkspaceError::from(refused).into()
    }
}

/// What a handler returns: JSON, or the problem.
pub(crate) type Answer<T> = Result<Json<T>, Problem>;

fn noted(details: Value) -> Option<Box<Value>> {
    (!details.is_null()).then(|| Box::new(details))
}

/// The text, unless it repeats more of what was sent than a person would read.
fn short(text: String) -> String {
    const MOST: usize = 1_000;
    match text.char_indices().nth(MOST) {
        None => text,
        Some((end, _)) => format!("{}….", &text[..end]),
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut answer = (status, Json(self)).into_response();
        answer.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        answer
    }
}

impl IntoResponses for Problem {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        let described = ResponseBuilder::new()
            .description("What went wrong.")
            .content(
                "application/problem+json",
                ContentBuilder::new()
                    .schema(Some(Ref::from_schema_name("Problem")))
                    .build(),
            )
            .build();
        BTreeMap::from([("default".to_owned(), described.into())])
    }
}
