//! The door over HTTP: this machine only, and only with the start-up token.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use tallyport_workspace::SignedIn;
use tokio::net::TcpListener;

use crate::problem::Problem;
use crate::query;

/// A secret of 256 bits that opens the door for as long as the server runs.
#[derive(Clone)]
pub struct StartToken(Arc<str>);

impl StartToken {
    /// The token made of these random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 32]) -> Self {
        Self(
            bytes
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>()
                .into(),
        )
    }

    /// The token as the address carries it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Compares in a time that does not depend on where the texts differ.
    fn is(&self, given: &str) -> bool {
        given.len() == self.0.len()
            && given
                .bytes()
                .zip(self.0.bytes())
                .fold(0, |differing, (a, b)| differing | (a ^ b))
                == 0
    }
}

impl std::fmt::Debug for StartToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}

/// What the checks at the door need to know.
#[derive(Debug, Clone)]
pub(crate) struct Loopback {
    pub(crate) token: StartToken,
    pub(crate) port: u16,
}

/// A listener on 127.0.0.1 and no other address; port 0 takes a free one.
///
/// # Errors
/// The port is taken.
pub async fn listen(port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
}

/// Serves until `stop` is done; answers under way then have a second to end, since an event
/// stream never ends by itself.
///
/// # Errors
/// The listener fails.
pub async fn serve(
    listener: TcpListener,
    router: axum::Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let served = axum::serve(listener, router)
        .with_graceful_shutdown(async move {
            let _ = stopped.await;
        })
        .into_future();
    let limit = async move {
        stop.await;
        let _ = stopping.send(());
        tokio::time::sleep(Duration::from_secs(1)).await;
    };
    tokio::select! {
        served = served => served,
        () = limit => Ok(()),
    }
}

/// Lets in requests that were meant for this server (DNS rebinding, foreign pages) and says who
/// asks, if the token is right. What needs nobody signed in is reachable without it.
pub(crate) async fn check(
    State(door): State<Loopback>,
    mut request: Request,
    next: Next,
) -> Response {
    if let Err(problem) = door.meant_for_us(request.headers()) {
        return problem.into_response();
    }
    if request.uri().path() == "/enter" {
        return door.enter(request.uri().query());
    }
    if door.knows(request.headers()) {
        request
            .extensions_mut()
            .insert(SignedIn::local_super_admin());
    }
    next.run(request).await
}

impl Loopback {
    fn meant_for_us(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let port = self.port;
        let ours = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        let host = text(headers, &header::HOST);
        if !host.is_some_and(|host| ours.iter().any(|our| our == host)) {
            return Err(Problem::new(
                StatusCode::MISDIRECTED_REQUEST,
                "http.host",
                "This server answers to 127.0.0.1 and localhost only.",
            ));
        }
        let foreign = match headers.get(header::ORIGIN) {
            None => false,
            Some(origin) => !origin
                .to_str()
                .ok()
                .and_then(|origin| origin.strip_prefix("http://"))
                .is_some_and(|origin| ours.iter().any(|our| our == origin)),
        };
        if foreign {
            return Err(Problem::new(
                StatusCode::FORBIDDEN,
                "http.origin",
                "A page of another origin asked; only this server's own pages may.",
            ));
        }
        Ok(())
    }

    /// Exchanges the token in the address for a cookie that pages cannot read.
    fn enter(&self, query: Option<&str>) -> Response {
        let given = query::pairs(query)
            .into_iter()
            .find_map(|(name, value)| (name == "token").then_some(value));
        if !given.is_some_and(|token| self.token.is(&token)) {
            return Problem::new(
                StatusCode::UNAUTHORIZED,
                "session.token",
                "This start-up token is not the one of the running server.",
            )
            .hint("Open the address that `tally serve` printed last.")
            .into_response();
        }
        let cookie = format!(
            "{}={}; Path=/; HttpOnly; SameSite=Strict",
            self.cookie_name(),
            self.token.reveal()
        );
        let mut answer = Redirect::to("/").into_response();
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        answer
    }

    fn knows(&self, headers: &HeaderMap) -> bool {
        let bearer = text(headers, &header::AUTHORIZATION)
            .and_then(|value| value.strip_prefix("Bearer "))
            .is_some_and(|token| self.token.is(token));
        bearer
            || self
                .cookie(headers)
                .is_some_and(|token| self.token.is(token))
    }

    fn cookie<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        let name = self.cookie_name();
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(given, value)| (given == name).then_some(value))
    }

    /// Cookies do not tell ports apart, so the name does.
    fn cookie_name(&self) -> String {
        format!("tally_{}", self.port)
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Headers that every answer carries. No script but our own files runs; styles may stand inline,
/// since the components of the interface set sizes that way.
pub(crate) async fn secure(request: Request, next: Next) -> Response {
    const HEADERS: [(&str, &str); 6] = [
        (
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
             img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; \
             worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
             form-action 'self'",
        ),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    let mut answer = next.run(request).await;
    for (name, value) in HEADERS {
        answer.headers_mut().insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    answer
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    answer
}
