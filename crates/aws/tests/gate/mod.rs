//! A gate before the sandbox: it refuses requests at a rate, or by their time, and time is virtual.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_config::SdkConfig;
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use jiff::{Timestamp, tz::TimeZone};
use tallyport_sandbox::Sandbox;

/// Noon of the sandbox's day, in seconds since 1970.
pub const NOON: u64 = 1_795_262_400;

/// Time that passes only where somebody sleeps.
#[derive(Debug, Clone)]
pub struct VirtualTime(Arc<AtomicU64>);

impl VirtualTime {
    pub fn starting(seconds: u64) -> Self {
        Self(Arc::new(AtomicU64::new(seconds * 1_000)))
    }

    pub fn milliseconds(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl TimeSource for VirtualTime {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(self.milliseconds())
    }
}

impl AsyncSleep for VirtualTime {
    fn sleep(&self, duration: Duration) -> Sleep {
        // A time limit that is not reached is never waited for: only then does time pass.
        let time = Arc::clone(&self.0);
        Sleep::new(async move {
            // Less than a millisecond is one: a wait for the rest of it would never end.
            let passed = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
            let passed = passed.max(1);
            time.fetch_add(passed, Ordering::SeqCst);
        })
    }
}

/// What the gate does.
#[derive(Debug)]
pub struct Gate {
    pub time: VirtualTime,
    /// Of a hundred requests, so many are refused for coming too often.
    pub refused: u64,
    /// How many seconds AWS's clock is ahead of ours.
    pub ahead: i64,
    /// Whether a refusal for the time of a request says what time it is.
    pub tells_time: bool,
    state: Mutex<u64>,
    /// When each request came, in milliseconds.
    pub came: Mutex<Vec<u64>>,
}

impl Gate {
    pub fn new(refused: u64, ahead: i64, tells_time: bool) -> Arc<Self> {
        Arc::new(Self {
            time: VirtualTime::starting(NOON),
            refused,
            ahead,
            tells_time,
            state: Mutex::new(0x9e37_79b9_7f4a_7c15),
            came: Mutex::default(),
        })
    }

    /// The sandbox behind this gate.
    pub fn before(self: &Arc<Self>, sandbox: &Sandbox) -> SdkConfig {
        sandbox
            .sdk_config()
            .to_builder()
            .time_source(self.time.clone())
            .sleep_impl(self.time.clone())
            .http_client(Gated {
                gate: Arc::clone(self),
                inner: sandbox.http_client(),
            })
            .build()
    }

    fn roll(&self) -> u64 {
        let mut x = self.state.lock().unwrap();
        *x ^= *x << 13;
        *x ^= *x >> 7;
        *x ^= *x << 17;
        (*x >> 11) % 100
    }

    fn theirs(&self) -> Timestamp {
        let ours = i64::try_from(self.time.milliseconds() / 1_000).unwrap();
        Timestamp::from_second(ours + self.ahead).unwrap()
    }

    /// The refusal, if this request is refused.
    fn refusal(&self, request: &HttpRequest) -> Option<HttpResponse> {
        self.came.lock().unwrap().push(self.time.milliseconds());
        let signed = request.headers().get("x-amz-date").unwrap_or_default();
        let moment = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", signed).unwrap();
        let signed = moment.to_zoned(TimeZone::UTC).unwrap().timestamp();
        let off = (self.theirs() - signed).get_seconds();
        if off.abs() > 300 {
            return Some(self.answer("InvalidSignatureException", "Signature expired"));
        }
        (self.roll() < self.refused)
            .then(|| self.answer("LimitExceededException", "Rate limit exceeded"))
    }

    fn answer(&self, code: &str, message: &str) -> HttpResponse {
        let body = format!("{{\"__type\":\"{code}\",\"message\":\"{message}\"}}");
        let mut answer = HttpResponse::new(StatusCode::try_from(400).unwrap(), SdkBody::from(body));
        if self.tells_time {
            let date = self
                .theirs()
                .strftime("%a, %d %b %Y %H:%M:%S GMT")
                .to_string();
            answer.headers_mut().insert("date", date);
        }
        answer
    }
}

#[derive(Debug, Clone)]
struct Gated {
    gate: Arc<Gate>,
    inner: SharedHttpClient,
}

impl HttpClient for Gated {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(GatedConnector {
            gate: Arc::clone(&self.gate),
            inner: self.inner.http_connector(settings, components),
        })
    }
}

#[derive(Debug)]
struct GatedConnector {
    gate: Arc<Gate>,
    inner: SharedHttpConnector,
}

impl HttpConnector for GatedConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        match self.gate.refusal(&request) {
            Some(refusal) => HttpConnectorFuture::ready(Ok(refusal)),
            None => self.inner.call(request),
        }
    }
}
