//! The sandbox's S3 behind a socket, and what goes wrong on the way to it.

mod body;
mod held;
mod operation;
mod plan;

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use aws_config::SdkConfig;
use aws_smithy_runtime_api::client::http::{HttpConnector as _, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Request, Response, StatusCode};
use hyper::body::Incoming;
use jiff::civil::date;
use tallyport_sandbox::{Sandbox, SandboxOptions};

use self::body::{Stop, Watched};
pub use self::held::{Held, HeldObject, HeldUpload};
use self::operation::Asked;
pub use self::plan::{Fault, Plan, Refusal};
use crate::listen::{Listening, anywhere, serve_http};
use crate::stream::{Connection, locked};

/// An S3 on loopback that fails on demand, with the rest of the sandbox's AWS beside it.
#[derive(Debug)]
pub struct FaultyS3 {
    listening: Listening,
    sandbox: Sandbox,
    desk: Desk,
}

/// One request that came, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The operation, such as `UploadPart`.
    pub operation: &'static str,
    /// The key that it was about, if any.
    pub key: String,
    /// The upload, if it was about one.
    pub upload: Option<String>,
    /// The number of the part.
    pub part: Option<u32>,
    /// How many bytes of its body came.
    pub bytes: u64,
    /// Whether its signature leaves its body out.
    pub is_unsigned: bool,
    /// What went wrong on purpose.
    pub fault: Option<Fault>,
    /// The status that it was answered with, if it was answered.
    pub status: Option<u16>,
}

/// What answers requests.
#[derive(Debug, Clone)]
struct Desk {
    behind: SharedHttpConnector,
    plan: Plan,
    seen: Arc<Mutex<Vec<Seen>>>,
    came: Arc<AtomicU64>,
}

impl FaultyS3 {
    /// The bucket that is there from the beginning.
    pub const BUCKET: &'static str = "arrivals";

    /// Starts it over a folder, which keeps all that it holds; made if it is not there.
    pub fn start(folder: &Path) -> io::Result<Self> {
        let sandbox = Sandbox::open(SandboxOptions {
            folder: folder.to_owned(),
            today: date(2026, 11, 21),
            seed: 7,
        })
        .map_err(io::Error::other)?;
        let desk = Desk {
            behind: sandbox.connector(),
            plan: Plan::default(),
            seen: Arc::default(),
            came: Arc::default(),
        };
        let answering = desk.clone();
        let listening = Listening::start(anywhere, |listener| {
            serve_http(listener, move |request, connection| {
                answering.clone().answer(request, connection)
            })
        })?;
        let server = Self {
            listening,
            sandbox,
            desk,
        };
        server.found_bucket()?;
        Ok(server)
    }

    fn found_bucket(&self) -> io::Result<()> {
        let asking = self.beside().create_bucket().bucket(Self::BUCKET).send();
        let made = self.listening.wait_for(asking)?;
        match made.map_err(aws_sdk_s3::Error::from) {
            Ok(_) | Err(aws_sdk_s3::Error::BucketAlreadyOwnedByYou(_)) => Ok(()),
            Err(error) => Err(io::Error::other(error)),
        }
    }

    /// A client that goes beside the socket, so that no fault stands in its way.
    fn beside(&self) -> aws_sdk_s3::Client {
        aws_sdk_s3::Client::new(&self.sandbox.sdk_config())
    }

    /// Where clients find it, as `AWS_ENDPOINT_URL`.
    pub fn url(&self) -> String {
        self.listening.url()
    }

    /// A configuration for any SDK client that goes there through the socket, with the sandbox's
    /// own credentials; `through` is another way there, such as the [`crate::Line`] before it.
    pub fn sdk_config(&self, through: Option<&str>) -> SdkConfig {
        let mut config = self.sandbox.sdk_config().to_builder();
        config.set_http_client(None);
        let endpoint = through.map_or_else(|| self.url(), str::to_owned);
        config.endpoint_url(endpoint).build()
    }

    /// The sandbox behind it.
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// What is to go wrong.
    pub fn plan(&self) -> Plan {
        self.desk.plan.clone()
    }

    /// Every request so far, in the order in which they ended.
    pub fn seen(&self) -> Vec<Seen> {
        locked(&self.desk.seen).clone()
    }

    /// How many bytes of bodies have come, those of requests that are still underway included.
    pub fn came(&self) -> u64 {
        self.desk.came.load(Ordering::Acquire)
    }

    /// Forgets the requests so far.
    pub fn forget(&self) {
        locked(&self.desk.seen).clear();
    }
}

impl Desk {
    async fn answer(self, request: Request<Incoming>, connection: Connection) -> Response<SdkBody> {
        let is_copy = request.headers().contains_key("x-amz-copy-source");
        let asked = Asked::of(request.method(), request.uri(), is_copy);
        let hash = request.headers().get("x-amz-content-sha256");
        let is_unsigned = hash.is_some_and(|hash| hash == "UNSIGNED-PAYLOAD");
        let fault = self.plan.take(asked.operation);
        let stop = match fault {
            Some(Fault::ResetAfter(bytes)) => Some(Stop::Break(bytes)),
            Some(Fault::StalledAfter(bytes, time)) => Some(Stop::Stall(bytes, time)),
            Some(Fault::SilentAfter(bytes)) => Some(Stop::Silence(bytes)),
            _ => None,
        };
        let is_corrupted = fault == Some(Fault::CorruptedBody);
        let request = request.map(|body| Watched::new(body, stop, is_corrupted, self.came.clone()));
        let came = request.body().counter();
        let broken = request.body().broken();
        let note = |status: Option<StatusCode>| {
            locked(&self.seen).push(Seen {
                operation: asked.operation,
                key: asked.key.clone(),
                upload: asked.upload.clone(),
                part: asked.part,
                bytes: came.load(Ordering::Acquire),
                is_unsigned,
                fault,
                status: status.map(|status| status.as_u16()),
            });
        };
        let early = match fault {
            Some(Fault::Refused(refusal)) => Some(refused(refusal)),
            Some(Fault::ErrorInside200) => Some(error_inside_200()),
            _ => None,
        };
        if let Some(early) = early {
            note(Some(early.status()));
            return early;
        }
        // On a task of its own: what S3 has taken in it does, whether anybody waits for it or not.
        let working = tokio::spawn(carried_out(self.behind.clone(), request));
        let answer = tokio::select! {
            answer = working => answer.unwrap_or_else(|_| refused(Refusal::InternalError)),
            () = broken.notified() => {
                note(None);
                match connection.reset().await {}
            }
        };
        let answer = match fault {
            Some(Fault::RefusedAfterwards(refusal)) => refused(refusal),
            Some(Fault::ErrorInside200Afterwards) => error_inside_200(),
            Some(Fault::LostAnswer) => {
                note(None);
                match connection.reset().await {}
            }
            Some(Fault::NoAnswer) => {
                note(None);
                std::future::pending().await
            }
            Some(Fault::SlowAnswer(each_byte)) => {
                connection.answer_slowly(each_byte);
                answer
            }
            _ => answer,
        };
        note(Some(answer.status()));
        answer
    }
}

/// What the sandbox says.
async fn carried_out(behind: SharedHttpConnector, request: Request<Watched>) -> Response<SdkBody> {
    let request = request.map(SdkBody::from_body_1_x);
    let Ok(request) = HttpRequest::try_from(request) else {
        return refused(Refusal::InternalError);
    };
    let answer = behind.call(request).await.ok();
    answer
        .and_then(|answer| answer.try_into_http1x().ok())
        .unwrap_or_else(|| refused(Refusal::InternalError))
}

fn refused(refusal: Refusal) -> Response<SdkBody> {
    let (status, code, message) = refusal.said();
    error(status, code, message)
}

fn error_inside_200() -> Response<SdkBody> {
    let (_, code, message) = Refusal::InternalError.said();
    error(200, code, message)
}

fn error(status: u16, code: &str, message: &str) -> Response<SdkBody> {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message><RequestId>FAULT</RequestId></Error>"
    );
    let mut answer = Response::new(SdkBody::from(body));
    *answer.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
    answer
}
