//! How fast one payer is asked. Cost Explorer refuses a payer that is asked too often, whoever asks:
//! so all clients of this process that ask for one payer share one pace and one memory of refusals.
//!
//! The SDK repeats what was refused, later and later and never in step (adaptive mode). Refusals
//! for asking too often cost none of its quota of repetitions, since a long bill must come whole
//! however often a page is refused; what bounds the rate is the pace, which every attempt passes,
//! repetitions too. Other failures use the quota up after five.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_config::SdkConfig;
use aws_config::retry::RetryConfig;
use aws_sdk_costexplorer::config::retry::{RetryPartition, TokenBucket};
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use crate::skew::ClockWatch;

/// Requests a second, lasting: maintainers of AWS's SDKs name about ten.
pub const RATE: u32 = 10;
/// Requests that may come at once before that.
pub const BURST: u32 = 40;
/// Attempts of one request, the first included: with six of ten refused, one in ten million fails
/// for good.
const ATTEMPTS: u32 = 32;
/// A turn that lies further ahead than this was given by a clock that has been set back.
const CLOCK_SET_BACK: Duration = Duration::from_secs(600);

/// What clients of one payer share.
#[derive(Debug, Clone)]
struct Payer {
    pace: Arc<Pace>,
    partition: RetryPartition,
}

static PAYERS: LazyLock<Mutex<HashMap<String, Payer>>> = LazyLock::new(Mutex::default);

fn payer(account: &str) -> Payer {
    let mut payers = PAYERS.lock().unwrap_or_else(PoisonError::into_inner);
    let payer = payers.entry(account.to_owned()).or_insert_with(|| Payer {
        pace: Arc::default(),
        partition: RetryPartition::custom(format!("cost-explorer-{account}"))
            .token_bucket(
                TokenBucket::builder()
                    .capacity(500)
                    .retry_cost(100)
                    .timeout_retry_cost(100)
                    .throttling_retry_cost(0)
                    .success_reward(100.0)
                    .build(),
            )
            .build(),
    });
    payer.clone()
}

/// A Cost Explorer client for `account`, which shares its pace with every other one.
pub(crate) fn cost_explorer(
    config: &SdkConfig,
    account: &str,
    watch: &ClockWatch,
) -> aws_sdk_costexplorer::Client {
    let Payer { pace, partition } = payer(account);
    // Cost Explorer lives in us-east-1, whatever region the connection is for.
    let region = aws_config::Region::from_static("us-east-1");
    let mut builder = aws_sdk_costexplorer::config::Builder::from(config)
        .region(region)
        .retry_config(RetryConfig::adaptive().with_max_attempts(ATTEMPTS))
        .retry_partition(partition)
        .interceptor(watch.clone());
    if let Some(inner) = config.http_client() {
        builder = builder.http_client(Paced { inner, pace });
    }
    aws_sdk_costexplorer::Client::from_conf(builder.build())
}

/// When the next request may go out.
#[derive(Debug, Default)]
struct Pace {
    /// When all requests so far would have gone out, had each kept the lasting rate.
    due: Mutex<Option<SystemTime>>,
}

impl Pace {
    /// Takes a turn: how long to wait for it.
    fn turn(&self, now: SystemTime) -> Duration {
        let gap = Duration::from_secs(1) / RATE;
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        let stale = |due: &SystemTime| {
            *due < now
                || due
                    .duration_since(now)
                    .is_ok_and(|ahead| ahead > CLOCK_SET_BACK)
        };
        let at = due.filter(|due| !stale(due)).unwrap_or(now);
        *due = Some(at + gap);
        let ahead = at.duration_since(now).unwrap_or_default();
        ahead.saturating_sub(gap * (BURST - 1))
    }
}

/// An HTTP client whose every request waits for its turn.
#[derive(Debug, Clone)]
struct Paced {
    inner: SharedHttpClient,
    pace: Arc<Pace>,
}

impl HttpClient for Paced {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(PacedConnector {
            inner: self.inner.http_connector(settings, components),
            pace: Arc::clone(&self.pace),
            time: components.time_source(),
            sleep: components.sleep_impl(),
        })
    }
}

#[derive(Debug)]
struct PacedConnector {
    inner: SharedHttpConnector,
    pace: Arc<Pace>,
    time: Option<SharedTimeSource>,
    sleep: Option<SharedAsyncSleep>,
}

impl HttpConnector for PacedConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (Some(time), Some(sleep)) = (&self.time, self.sleep.clone()) else {
            return self.inner.call(request);
        };
        let wait = self.pace.turn(time.now());
        if wait.is_zero() {
            return self.inner.call(request);
        }
        let inner = self.inner.clone();
        HttpConnectorFuture::new(async move {
            sleep.sleep(wait).await;
            inner.call(request).await
        })
    }
}
