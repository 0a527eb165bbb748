use std::path::{Path, PathBuf};

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use tallyport_workspace::SignedIn;
use tokio::io::AsyncWriteExt;
use tower::ServiceExt;

/// A file on this machine that an import may read where it lies. Only a caller in the same
/// process can put it into a request.
#[derive(Debug, Clone)]
pub struct LocalFile(pub PathBuf);

/// Files and folders on this machine that a transfer may read, or the one that it may write to. Only a caller in
/// the same process can put them into a request.
#[derive(Debug, Clone)]
pub struct LocalFiles(pub Vec<PathBuf>);

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

/// A download that was written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// How many bytes it has.
    pub bytes: u64,
    /// How many charges it says that it has.
    pub charges: u64,
}

impl InProcess {
    /// A caller of `router`, signed in as `signed_in`.
    #[must_use]
    pub const fn new(router: Router, signed_in: SignedIn) -> Self {
        Self { router, signed_in }
    }

    /// Asks. A body is sent as JSON.
    pub async fn ask(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        self.send(method, path, body.map(Content::json), None).await
    }

    /// Hands over a file that the asker holds.
    pub async fn hand(&self, method: Method, path: &str, kind: &str, file: Vec<u8>) -> Answer {
        let content = Content {
            kind: kind.to_owned(),
            bytes: file.into(),
        };
        self.send(method, path, Some(content), None).await
    }

    /// Asks for an import of a file where it lies; `path` carries the options.
    pub async fn import(&self, path: &str, file: PathBuf) -> Answer {
        self.send(Method::POST, path, None, Some(LocalFile(file)))
            .await
    }

    /// Asks for a transfer of files where they lie.
    pub async fn transfer(&self, path: &str, body: String, files: Vec<PathBuf>) -> Answer {
        let mut request = Request::builder().method(Method::POST).uri(path);
        request = request
            .header(header::CONTENT_TYPE, "application/json")
            .extension(self.signed_in.clone())
            .extension(LocalFiles(files));
        match request.body(Body::from(body)) {
            Ok(request) => self.answered(request).await,
            Err(error) => Answer::unreadable(&error),
        }
    }

    /// Downloads to a file piece by piece, telling how many bytes have come; a file that is not whole
    /// is an error.
    ///
    /// # Errors
    /// The answer, where it is a refusal; else what broke off.
    pub async fn save(
        &self,
        path: &str,
        to: &Path,
        mut told: impl FnMut(u64),
    ) -> Result<Saved, Answer> {
        let request = Request::builder()
            .uri(path)
            .extension(self.signed_in.clone())
            .body(Body::empty())
            .map_err(|error| Answer::unreadable(&error))?;
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        if !response.status().is_success() {
            return Err(Answer::read(response).await);
        }
        let charges = response
            .headers()
            .get("x-charges")
            .and_then(|value| value.to_str().ok()?.parse().ok())
            .unwrap_or(0);
        let mut body = response.into_body();
        let disk = |error: std::io::Error| Answer::unwritten(to, &error);
        let mut file = tokio::fs::File::create(to).await.map_err(disk)?;
        let mut bytes = 0;
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| Answer::broken_off(&error))?;
            if let Ok(piece) = frame.into_data() {
                file.write_all(&piece).await.map_err(disk)?;
                bytes += u64::try_from(piece.len()).unwrap_or(0);
                told(bytes);
            }
        }
        file.flush().await.map_err(disk)?;
        Ok(Saved { bytes, charges })
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        content: Option<Content>,
        file: Option<LocalFile>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(content) = &content {
            request = request.header(header::CONTENT_TYPE, &content.kind);
        }
        request = request.extension(self.signed_in.clone());
        if let Some(file) = file {
            request = request.extension(file);
        }
        let request = match request.body(content.map_or_else(Body::empty, |content| content.bytes))
        {
            Ok(request) => request,
            Err(error) => return Answer::unreadable(&error),
        };
        self.answered(request).await
    }

    async fn answered(&self, request: Request<Body>) -> Answer {
        match self.router.clone().oneshot(request).await {
            Ok(response) => Answer::read(response).await,
            Err(never) => match never {},
        }
    }
}

/// What a request carries, and of which kind it is.
struct Content {
    kind: String,
    bytes: Body,
}

impl Content {
    fn json(text: String) -> Self {
        Self {
            kind: "application/json".to_owned(),
            bytes: text.into(),
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
        let sentence = format!("The request cannot be made: {error}.");
        Self::refusal(
            StatusCode::BAD_REQUEST,
            &crate::Problem::unreadable(sentence),
        )
    }

    fn unwritten(file: &Path, error: &std::io::Error) -> Self {
        let status = StatusCode::INSUFFICIENT_STORAGE;
        let sentence = format!("{}: {error}.", file.display());
        Self::refusal(
            status,
            &crate::Problem::new(status, "disk.failed", sentence),
        )
    }

    fn broken_off(error: &dyn std::fmt::Display) -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        let sentence = format!("The file did not come whole: {error}.");
        Self::refusal(
            status,
            &crate::Problem::new(status, "export.broken-off", sentence),
        )
    }

    fn refusal(status: StatusCode, problem: &crate::Problem) -> Self {
        Self {
            status,
            content_type: "application/problem+json".to_owned(),
            body: serde_json::to_vec(problem).unwrap_or_default().into(),
        }
    }
}
