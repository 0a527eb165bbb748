use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER, USER_AGENT};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};

use crate::http::target::Target;
use crate::scrub::Scrub;
use crate::{Secret, SendError};

/// How long the whole of it may take, and connecting alone.
const WHOLE: Duration = Duration::from_secs(20);
const CONNECT: Duration = Duration::from_secs(8);
/// What is read of an answer that refuses.
const ANSWER: usize = 2_000;

/// Posts JSON to an address, which is a secret, and reads whether it was taken.
pub(crate) async fn post(
    address: &Secret,
    allow_private: bool,
    scrub: Scrub,
    headers: HeaderMap,
    body: Vec<u8>,
) -> Result<(), SendError> {
    let target = Target::find(address, allow_private).await?;
    let host = target.host.clone();
    let failed = |error: reqwest::Error| told(&host, &scrub, error);
    // Made anew each time: it resolves this one target's name and no other. A proxy of the environment
    // would look the name up itself, so there is none.
    let client = Client::builder()
        .dns_resolver(target.resolver())
        .redirect(Policy::none())
        .no_proxy()
        .timeout(WHOLE)
        .connect_timeout(CONNECT)
        .build()
        .map_err(failed)?;
    let answer = client
        .post(target.url)
        .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
        .header(
            USER_AGENT,
            HeaderValue::from_static(concat!("Tallyport/", env!("CARGO_PKG_VERSION"))),
        )
        .headers(headers)
        .body(body)
        .send()
        .await
        .map_err(failed)?;
    judged(&host, &scrub, answer).await
}

async fn judged(host: &str, scrub: &Scrub, answer: Response) -> Result<(), SendError> {
    let status = answer.status();
    if status.is_success() {
        return Ok(());
    }
    let place = host.to_owned();
    if status.is_redirection() {
        return Err(SendError::Redirected { place });
    }
    let after = answer
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .map(Duration::from_secs);
    let said = scrub.clean(&format!("{status}. {}", beginning(answer).await));
    Err(match status {
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            SendError::Later { place, said, after }
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => SendError::SignIn { place, said },
        status if status.is_server_error() => SendError::Later { place, said, after },
        _ => SendError::Refused { place, said },
    })
}

async fn beginning(mut answer: Response) -> String {
    let mut read = Vec::new();
    while let Ok(Some(piece)) = answer.chunk().await {
        read.extend_from_slice(&piece);
        if read.len() >= ANSWER {
            break;
        }
    }
    read.truncate(ANSWER);
    String::from_utf8_lossy(&read).into_owned()
}

/// What went wrong below HTTP, in words and without the address.
fn told(host: &str, scrub: &Scrub, error: reqwest::Error) -> SendError {
    let place = host.to_owned();
    if error.is_timeout() {
        return SendError::TimedOut { place };
    }
    let error = error.without_url();
    let mut said = vec![error.to_string()];
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        let words = inner.to_string();
        if said.last() != Some(&words) {
            said.push(words);
        }
        cause = inner.source();
    }
    SendError::Unreachable {
        place,
        why: scrub.clean(&said.join(": ")),
    }
}
