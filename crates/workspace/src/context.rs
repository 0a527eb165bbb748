use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use aws_config::SdkConfig;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use tallyport_store::Store;

use crate::evaluate::Trials;
use crate::forecast::Tried;
use crate::jobs::Jobs;
use crate::loads::Loads;
use crate::tenants::Transfers;

/// Where the time comes from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
/// Where random bytes come from.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;
/// How AWS is reached: the real one, or the sandbox of a demo workspace.
pub type AwsSource = Arc<
    dyn Fn(&tallyport_aws::Access, Option<&str>) -> Pin<Box<dyn Future<Output = SdkConfig> + Send>>
        + Send
        + Sync,
>;

/// What every use case needs: the open workspace, and what comes in from the top of the program.
#[derive(Clone)]
pub struct Context {
    /// The workspace file.
    pub store: Store,
    /// Where the time comes from.
    pub clock: Clock,
    /// Where random bytes come from.
    pub random: Random,
    /// How AWS is reached.
    pub aws: AwsSource,
    /// Long work.
    pub jobs: Jobs,
    /// Who loads a bill, and who is next.
    pub loads: Loads,
    /// A folder for files in passing, beside the workspace.
    pub folder: PathBuf,
    /// Which method was found right for which series, for some days.
    pub trials: Trials,
    /// The last trials of forecasts that somebody asked for.
    pub tried: Tried,
    /// What moves files to and from tenants.
    pub transfers: Transfers,
}

impl Context {
    /// The context of an open workspace.
    #[must_use]
    pub fn new(store: Store, clock: Clock, random: Random, aws: AwsSource) -> Self {
        let folder = store.path().parent().map(PathBuf::from).unwrap_or_default();
        let mut process = [0; 8];
        random(&mut process);
        let jobs = Jobs::new(store.clone(), Arc::clone(&clock), process);
        Self {
            transfers: Transfers::new(store.clone(), Arc::clone(&clock), Arc::clone(&random)),
            store,
            clock,
            random,
            aws,
            jobs,
            loads: Loads::default(),
            folder,
            trials: Trials::default(),
            tried: Tried::default(),
        }
    }

    /// The moment it is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The day it is in UTC, as bills count.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now().to_zoned(TimeZone::UTC).date()
    }
}

/// The real AWS, by the credentials that each connection names.
#[must_use]
pub fn real_aws() -> AwsSource {
    Arc::new(|access, region| {
        let (access, region) = (access.clone(), region.map(str::to_owned));
        Box::pin(async move { tallyport_aws::connect(&access, region.as_deref()).await })
    })
}
