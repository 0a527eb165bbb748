//! The sandbox itself: opening it, its day, and the configuration that leads into it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_async::time::SystemTimeSource;
use aws_smithy_runtime_api::client::http::{SharedHttpClient, SharedHttpConnector};
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::activity;
use crate::company::{Bill, Company, MOST_PEOPLE};
use crate::connector::InProcess;
use crate::cost_explorer;
use crate::disagreement::{Disagreement, Disagreements};
use crate::ec2::Power;
use crate::error::SandboxError;
use crate::exports::Exports;
use crate::faults::Faults;
use crate::iam::Iam;
use crate::identity::{Identities, Role};
use crate::kms::Kms;
use crate::lock::locked;
use crate::logs::Logs;
use crate::outgoing::{Outgoing, SentMail, SentText};
use crate::permission::Permission;
use crate::requests::Requests;
use crate::s3;
use crate::transfer::{SftpRefusal, SftpSession, Transfer};
use crate::written::Written;

/// What a sandbox is made from.
#[derive(Debug, Clone)]
pub struct SandboxOptions {
    /// Where its state lies: instance states, buckets, objects. Made if it is not there.
    pub folder: PathBuf,
    /// The day it is in the sandbox.
    pub today: Date,
    /// The number that the company follows from. A folder that already holds a company keeps
    /// its own.
    pub seed: u64,
}

/// An AWS inside the program. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub struct Sandbox {
    state: Arc<State>,
}

/// What all requests share.
#[derive(Debug)]
pub(crate) struct State {
    pub company: Company,
    pub identities: Identities,
    pub faults: Faults,
    pub power: Power,
    pub buckets: s3::Buckets,
    pub permission: Permission,
    pub transfer: Transfer,
    pub logs: Logs,
    pub exports: Exports,
    disagreements: Mutex<Disagreements>,
    bill: Mutex<Arc<Bill>>,
    pub outgoing: Mutex<Outgoing>,
    requests: Mutex<Requests>,
    page_size: Mutex<usize>,
    clock: Mutex<Option<DateTime>>,
    /// What Cost Explorer worked out for the last answer that had more than one page.
    pub kept: Mutex<Option<Arc<cost_explorer::Kept>>>,
}

/// What the folder remembers of the company, so that its history does not move when the sandbox
/// is opened on another day.
#[derive(Debug, Serialize, Deserialize)]
struct Founding {
    format: u32,
    mark: String,
    seed: u64,
    founded_on: Written,
    /// How many people work there.
    #[serde(default)]
    people: usize,
}

impl Sandbox {
    /// What everything that comes out of a sandbox is to be labelled with.
    pub const MARK: &'static str = "demo data";

    /// How many people its company has unless more are asked for.
    pub const PEOPLE: usize = 8;

    /// Opens the sandbox in a folder, and founds its company there the first time.
    pub fn open(options: SandboxOptions) -> Result<Self, SandboxError> {
        Self::of_size(options, Self::PEOPLE)
    }

    /// The same with a company of so many people, from eight to fifty. One that was founded keeps its size.
    pub fn of_size(options: SandboxOptions, people: usize) -> Result<Self, SandboxError> {
        let SandboxOptions {
            folder,
            today,
            seed,
        } = options;
        std::fs::create_dir_all(&folder).map_err(SandboxError::folder(&folder))?;
        let founding = found(&folder, today, (seed, people))?;
        let people = founding.people.min(MOST_PEOPLE);
        let company = Company::found(founding.seed, founding.founded_on.0, people)?;
        let power = Power::open(&folder)?;
        let identities = Identities::default();
        let permission = Permission {
            iam: Iam::open(&folder)?,
            kms: Kms::open(&folder)?,
        };
        let buckets = s3::Buckets::open(&folder, &company, &identities, &permission)?;
        let transfer = Transfer::open(&folder)?;
        let logs = Logs::open(&folder)?;
        let exports = Exports::open(&folder, &company)?;
        let extras = activity::until(today, &company, &buckets, &transfer, &logs);
        let bill = company.bill(today, &power.stops(), None, &extras);
        let state = State {
            company,
            identities,
            faults: Faults::default(),
            power,
            buckets,
            permission,
            transfer,
            logs,
            exports,
            disagreements: Mutex::new(Disagreements::default()),
            bill: Mutex::new(Arc::new(bill)),
            outgoing: Mutex::new(Outgoing::default()),
            requests: Mutex::new(Requests::default()),
            page_size: Mutex::new(1_000),
            clock: Mutex::new(None),
            kept: Mutex::new(None),
        };
        Ok(Self {
            state: Arc::new(state),
        })
    }

    /// The HTTP client that ends in this sandbox.
    pub fn http_client(&self) -> SharedHttpClient {
        SharedHttpClient::new(InProcess {
            state: self.state.clone(),
        })
    }

    /// The connection that ends in this sandbox, for a server that stands before it.
    pub fn connector(&self) -> SharedHttpConnector {
        SharedHttpConnector::new(InProcess {
            state: self.state.clone(),
        })
    }

    /// A configuration for any SDK client: region us-east-1, the sandbox's own credentials,
    /// standard retries, and an HTTP client that goes nowhere else.
    pub fn sdk_config(&self) -> SdkConfig {
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(
                Identities::starting_credentials(),
            ))
            .retry_config(RetryConfig::standard())
            .sleep_impl(TokioSleep::new())
            .time_source(SystemTimeSource::new())
            .http_client(self.http_client())
            .build()
    }

    /// What an SFTP client would do: signs in as `user` with the private half of `public_key` (which is not
    /// needed here) from `address`, at a moment in UTC.
    ///
    /// # Errors
    /// [`SftpRefusal::SignIn`], which stands in the server's log as well.
    pub fn sign_in(
        &self,
        server: &str,
        user: &str,
        public_key: &str,
        address: &str,
        at: DateTime,
    ) -> Result<SftpSession, SftpRefusal> {
        let who = (user, public_key, address);
        SftpSession::open(&self.state, &self.sdk_config(), server, who, at)
    }

    /// The company that everything here belongs to.
    pub fn company(&self) -> &Company {
        &self.state.company
    }

    /// The roles that AssumeRole knows.
    pub fn roles(&self) -> Vec<Role> {
        Identities::roles()
    }

    /// The day it is in the sandbox.
    pub fn today(&self) -> Date {
        self.state.today()
    }

    /// Moves the sandbox to another day: days appear, recent ones are restated, months close, and buckets are
    /// swept as their rules say.
    pub fn set_today(&self, today: Date) {
        // What cannot be swept today is swept tomorrow, as at AWS.
        let _ = self.state.buckets.store.sweep(today);
        self.state.rewrite_bill(today);
    }

    /// Makes AWS's own figures disagree, from now on and until [`Sandbox::agree`]. Exports are
    /// delivered anew where it changes them. Nothing of it outlives the process.
    pub fn disagree(&self, disagreement: Disagreement) {
        let today = self.today();
        locked(&self.state.disagreements).add(disagreement, today);
        self.state.rewrite_bill(today);
    }

    /// Ends every disagreement.
    pub fn agree(&self) {
        *locked(&self.state.disagreements) = Disagreements::default();
        self.state.rewrite_bill(self.today());
    }

    /// Arms faults.
    pub fn faults(&self) -> Faults {
        self.state.faults.clone()
    }

    /// How often each operation was asked until now.
    pub fn requests(&self) -> Requests {
        locked(&self.state.requests).clone()
    }

    /// The mails that SES took since the sandbox was opened.
    pub fn mails(&self) -> Vec<SentMail> {
        locked(&self.state.outgoing).mails.clone()
    }

    /// The text messages that SNS took since the sandbox was opened.
    pub fn texts(&self) -> Vec<SentText> {
        locked(&self.state.outgoing).texts.clone()
    }

    /// Gives AWS a clock of its own, UTC, which stands still: requests that are signed too far from
    /// it are refused. Without one, a request is asked at the time that it was signed with.
    pub fn set_clock(&self, now: Option<DateTime>) {
        *locked(&self.state.clock) = now;
    }

    /// How many groups (or periods, where nothing is grouped) Cost Explorer puts on a page.
    pub fn set_page_size(&self, groups: usize) {
        *locked(&self.state.page_size) = groups.max(1);
    }
}

impl State {
    pub fn today(&self) -> Date {
        self.bill().today
    }

    pub fn bill(&self) -> Arc<Bill> {
        locked(&self.bill).clone()
    }

    pub fn rewrite_bill(&self, today: Date) {
        let slip = self.disagreements().slipped(today);
        let (company, buckets) = (&self.company, &self.buckets);
        let extras = activity::until(today, company, buckets, &self.transfer, &self.logs);
        let bill = company.bill(today, &self.power.stops(), slip, &extras);
        *locked(&self.bill) = Arc::new(bill);
    }

    pub fn disagreements(&self) -> Disagreements {
        locked(&self.disagreements).clone()
    }

    pub fn count(&self, change: impl FnOnce(&mut Requests)) {
        change(&mut locked(&self.requests));
    }

    pub fn clock(&self) -> Option<DateTime> {
        *locked(&self.clock)
    }

    pub fn page_size(&self) -> usize {
        *locked(&self.page_size)
    }
}

fn found(
    folder: &Path,
    today: Date,
    (seed, people): (u64, usize),
) -> Result<Founding, SandboxError> {
    let path = folder.join("company.json");
    match std::fs::read(&path) {
        Ok(bytes) => {
            serde_json::from_slice(&bytes).map_err(|error| SandboxError::damaged(&path, error))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let founding = Founding {
                format: 1,
                mark: Sandbox::MARK.into(),
                seed,
                founded_on: Written(today),
                people,
            };
            let bytes = serde_json::to_vec_pretty(&founding)
                .map_err(|error| SandboxError::damaged(&path, error))?;
            publish(&path, &bytes).map_err(SandboxError::folder(&path))?;
            Ok(founding)
        }
        Err(error) => Err(SandboxError::folder(&path)(error)),
    }
}

/// Writes a file aside and moves it into place: it is there whole, or not at all.
pub(crate) fn publish(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let aside = path.with_extension(format!("{}.aside", name_of_its_own()));
    std::fs::write(&aside, bytes)?;
    std::fs::rename(&aside, path)
}

/// A part of a file's name that is given once, whichever programs are at work on the folder: another one may be
/// about to remove or to move what it wrote.
pub(crate) fn name_of_its_own() -> String {
    static GIVEN: AtomicU64 = AtomicU64::new(0);
    let number = GIVEN.fetch_add(1, Ordering::Relaxed);
    format!("{}-{number}", std::process::id())
}
