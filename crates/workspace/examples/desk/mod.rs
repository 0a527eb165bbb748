//! A workspace's context for whoever takes times: a clock that runs from a given noon, chance that is none, no AWS.

use std::sync::Arc;
use std::time::Instant;

use tallyport_store::Store;
use tallyport_workspace::{AwsSource, Context};

/// The context of a store, from `noon` on.
pub fn context(store: &Store, noon: &str) -> Context {
    let begun = Instant::now();
    let noon: jiff::Timestamp = noon.parse().unwrap();
    let clock = Arc::new(move || {
        let passed = i64::try_from(begun.elapsed().as_millis()).unwrap();
        noon + jiff::SignedDuration::from_millis(passed)
    });
    let random = Arc::new(|bytes: &mut [u8]| bytes.fill(7));
    let aws: AwsSource =
        Arc::new(|_, _| Box::pin(async { aws_config::SdkConfig::builder().build() }));
    Context::new(store.clone(), clock, random, aws)
}
