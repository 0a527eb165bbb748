use std::path::PathBuf;

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use tallyport_workspace::SignedIn;
use tower::ServiceExt;

/// A file on this machine that an import may read where it lies. Only a caller in the same
/// process can put it into a request.
#[derive(Debug, Clone)]
pub struct LocalFile(pub PathBuf);

/// The door for callers in the same process: the same requests, no socket.
#[derive(Debug, Clone)]
pub struct InProcess {
    router: Router,
    signed_in: SignedIn,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The content type, empty if there is none.
    pub content_type: String,
    /// The whole body.
    pub body: Bytes,
}

impl InProcess {
    /// A caller of `router`, signed in as `signed_in`.
    #[must_use]
    pub const fn new(router: Router, signed_in: SignedIn) -> Self {
        Self { router, signed_in }
    }

    /// Asks. A body is sent as JSON.
    pub async fn ask(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        self.send(method, path, body, None).await
    }

    /// Asks for an import of a file where it lies; `path` carries the options.
    pub async fn import(&self, path: &str, file: PathBuf) -> Answer {
        self.send(Method::POST, path, None, Some(LocalFile(file)))
            .await
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
        file: Option<LocalFile>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        request = request.extension(self.signed_in.clone());
        if let Some(file) = file {
            request = request.extension(file);
        }
        let request = match request.body(Body::from(body.unwrap_or_default())) {
            Ok(request) => request,
            Err(error) => return Answer::unreadable(&error),
        };
        match self.router.clone().oneshot(request).await {
            Ok(response) => Answer::read(response).await,
            Err(never) => match never {},
        }
    }
}

impl Answer {
    async fn read(response: http::Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let content_type = parts
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        match body.collect().await {
            Ok(collected) => Self {
                status: parts.status,
                content_type,
                body: collected.to_bytes(),
            },
            Err(error) => Self::unreadable(&error),
        }
    }

    fn unreadable(error: &dyn std::fmt::Display) -> Self {
        let problem = crate::Problem::unreadable(format!("The request cannot be made: {error}."));
        Self {
            status: StatusCode::BAD_REQUEST,
            content_type: "application/problem+json".to_owned(),
            body: serde_json::to_vec(&problem).unwrap_or_default().into(),
        }
    }
}
