//! Taking a body in: all of it, to a file aside, hashed on the way and then checked.

use std::collections::BTreeSet;

use aws_smithy_types::base64;
use futures::StreamExt as _;
use http::HeaderMap;
use s3s::crypto::{Checksum as _, Md5};
use s3s::dto::StreamingBlob;
use s3s::{S3Error, S3ErrorCode, S3Request, S3Result, TrailingHeaders, s3_error};
use tokio::io::AsyncWriteExt as _;

use super::checksum::{Algorithm, Digests, finished, hasher};
use super::store::{Aside, broken};

/// What the sender promised about a body.
pub(crate) struct Promise {
    pub digests: Digests,
    pub content_md5: Option<String>,
    length: Option<u64>,
    trailer: Option<Algorithm>,
    trailing_headers: Option<TrailingHeaders>,
}

/// What came.
pub(crate) struct Received {
    pub size: u64,
    pub md5: [u8; 16],
    pub digests: Digests,
    /// The checksums that the sender sent, in a header or behind the body.
    pub sent: Digests,
}

impl Promise {
    pub fn of<T>(request: &S3Request<T>, digests: Digests, content_md5: Option<String>) -> Self {
        Self {
            digests,
            content_md5,
            length: promised_length(&request.headers),
            trailer: text(&request.headers, "x-amz-trailer").and_then(Algorithm::of_header),
            trailing_headers: request.trailing_headers.clone(),
        }
    }

    /// Of nobody, for bytes that S3 moves itself.
    pub fn none() -> Self {
        Self {
            digests: Digests::default(),
            content_md5: None,
            length: None,
            trailer: None,
            trailing_headers: None,
        }
    }

    /// The checksum behind the body. It can be read only when the body has ended.
    fn with_trailer(mut self) -> S3Result<Self> {
        let Some(algorithm) = self.trailer else {
            return Ok(self);
        };
        let value = self
            .trailing_headers
            .as_ref()
            .and_then(|trailer| {
                trailer.read(|headers| text(headers, &algorithm.header()).map(ToOwned::to_owned))
            })
            .flatten();
        let value = value.ok_or_else(|| {
            s3_error!(
                InvalidRequest,
                "The trailer that x-amz-trailer announces did not come."
            )
        })?;
        self.digests.set(algorithm, Some(value));
        Ok(self)
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// How many bytes the body itself is to have, chunk marks not counted.
fn promised_length(headers: &HeaderMap) -> Option<u64> {
    let is_chunked =
        text(headers, "x-amz-content-sha256").is_some_and(|kind| kind.starts_with("STREAMING-"));
    let name = if is_chunked {
        "x-amz-decoded-content-length"
    } else {
        "content-length"
    };
    text(headers, name)?.parse().ok()
}

/// Drains `body` into the file of `aside` and checks every promise. `extra` algorithms are hashed
/// whether they were promised or not.
pub(crate) async fn receive(
    body: Option<StreamingBlob>,
    aside: &Aside,
    promise: Promise,
    extra: &[Algorithm],
) -> S3Result<Received> {
    let algorithms: BTreeSet<Algorithm> = promise
        .digests
        .algorithms()
        .chain(promise.trailer)
        .chain(extra.iter().copied())
        .chain([Algorithm::Crc64Nvme])
        .collect();
    let mut hasher = hasher(algorithms);
    let mut md5 = Md5::new();
    let mut size: u64 = 0;
    let mut file = tokio::fs::File::create(&aside.path).await.map_err(broken)?;
    if let Some(mut body) = body {
        while let Some(chunk) = body.next().await {
            let chunk = chunk.map_err(|error| broken_body(error.as_ref()))?;
            size += chunk.len() as u64;
            hasher.update(&chunk);
            md5.update(&chunk);
            file.write_all(&chunk).await.map_err(broken)?;
        }
    }
    file.flush().await.map_err(broken)?;
    drop(file);

    let promise = promise.with_trailer()?;
    if promise.length.is_some_and(|length| length != size) {
        return Err(s3_error!(
            IncompleteBody,
            "You did not provide the number of bytes specified by the Content-Length HTTP header"
        ));
    }
    let (md5, digests) = (md5.finalize(), finished(hasher));
    promise.digests.verify(&digests)?;
    if let Some(promised) = &promise.content_md5 {
        let promised = base64::decode(promised)
            .map_err(|_| s3_error!(InvalidDigest, "The Content-MD5 you specified was invalid."))?;
        if promised != md5 {
            return Err(s3_error!(
                BadDigest,
                "The Content-MD5 you specified did not match what we received."
            ));
        }
    }
    Ok(Received {
        size,
        md5,
        digests,
        sent: promise.digests,
    })
}

/// A body that breaks its own signature is the sender's fault and not worth a retry; one that
/// breaks off is.
fn broken_body(error: &(dyn std::error::Error + Send + Sync + 'static)) -> S3Error {
    let said = error.to_string();
    if said.contains("Sha256Mismatch") {
        let code = S3ErrorCode::Custom("XAmzContentSHA256Mismatch".into());
        let mut error = S3Error::with_message(
            code,
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
        );
        error.set_status_code(http::StatusCode::BAD_REQUEST);
        return error;
    }
    if said.contains("SignatureMismatch") {
        return s3_error!(
            SignatureDoesNotMatch,
            "A chunk's signature does not match what was computed."
        );
    }
    s3_error!(RequestTimeout, "The body broke off: {said}")
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
