//! A workspace in a temporary folder, with a clock and a bill that the test writes.
#![expect(dead_code, reason = "each test program uses a part of it")]

pub mod desk;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::Timestamp;
use tallyport_ledger::{
    AssignOwners, BillingPeriod, IssueInvoices, LoadCosts, Validity, ViewCosts,
};
use tallyport_store::keys::{Keychain, PassphraseCost, Secret};
use tallyport_store::{Job, JobState};
use tallyport_workspace::import::{ImportAsk, import};
use tallyport_workspace::invoices::{self, Drafted};
use tallyport_workspace::open::{Create, Created, create};
use tallyport_workspace::rules::{self, MatcherAsk, OwnerAsk, RuleAsk};
use tallyport_workspace::{AwsSource, Clock, Context, Grant, Random, SignedIn, jobs, people};

pub const PASSPHRASE: &str = "four words of a test";

/// A line of a bill: day, service, resource, who is tagged, amount.
pub type Line<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

pub struct Scene {
    pub folder: tempfile::TempDir,
    pub cx: Context,
    pub me: SignedIn,
    pub recovery_key: Option<Secret<String>>,
    pub time: Arc<AtomicI64>,
}

/// How often a fault is tried: the short form, or what the variable of a long run says.
#[expect(
    clippy::disallowed_methods,
    reason = "a test is the top of its program"
)]
pub fn count(variable: &str, short: usize) -> usize {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(short)
}

pub fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

/// Random enough for a test, and the same every time.
pub fn random() -> Random {
    let state = AtomicU64::new(0x9e37_79b9_7f4a_7c15);
    Arc::new(move |bytes: &mut [u8]| {
        for byte in bytes {
            let mut x = state.load(Ordering::Relaxed);
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            state.store(x, Ordering::Relaxed);
            *byte = u8::try_from(x >> 56).unwrap();
        }
    })
}

/// A clock that each look moves on by a tenth of a second.
pub fn clock(time: &Arc<AtomicI64>) -> Clock {
    let time = Arc::clone(time);
    Arc::new(move || Timestamp::from_millisecond(time.fetch_add(100, Ordering::SeqCst)).unwrap())
}

pub fn moment(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().as_millisecond()
}

/// No test here reaches AWS by itself.
pub fn no_aws() -> AwsSource {
    Arc::new(|_, _| Box::pin(async { aws_config::SdkConfig::builder().build() }))
}

pub fn ask(path: PathBuf, demo: bool) -> Create {
    Create {
        path,
        name: "Books".to_owned(),
        demo,
        keychain: Keychain::Unused,
        passphrase: Some(secret(PASSPHRASE)),
        cost: PassphraseCost::LEAST,
    }
}

impl Scene {
    pub async fn new() -> Self {
        Self::with(false).await
    }

    pub async fn demo() -> Self {
        Self::with(true).await
    }

    async fn with(demo: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let time = Arc::new(AtomicI64::new(moment("2026-11-22T08:00:00Z")));
        let clock = clock(&time);
        let path = folder.path().join("books.tally");
        let Created {
            store,
            recovery_key,
            ..
        } = create(ask(path, demo), clock(), random()).await.unwrap();
        Self {
            cx: Context::new(store, clock, random(), no_aws()),
            folder,
            me: SignedIn::local_super_admin(),
            recovery_key,
            time,
        }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("books.tally")
    }

    pub fn may<P: tallyport_ledger::Permission>(&self) -> Grant<P> {
        self.me.grant().unwrap()
    }

    /// Imports a bill and waits until it is loaded.
    pub async fn bill(&self, lines: &[Line<'_>]) -> Job {
        self.bill_of(&focus(lines)).await
    }

    /// The same of a text.
    pub async fn bill_of(&self, text: &str) -> Job {
        let path = self.folder.path().join("bill.csv");
        std::fs::write(&path, text).unwrap();
        let job = import(
            &self.cx,
            &self.may::<LoadCosts>(),
            ImportAsk {
                path,
                name: None,
                client: None,
                add: false,
                skip_bad_rows: false,
                passing: false,
            },
        )
        .await
        .unwrap();
        let job = jobs::wait(&self.cx, &self.may::<ViewCosts>(), job.id)
            .await
            .unwrap();
        assert_eq!(job.state, JobState::Done, "{:?}", job.problem);
        job
    }

    /// Adds a person who owns what is tagged with their name.
    pub async fn person(&self, name: &str) {
        let by = self.may::<AssignOwners>();
        let email = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
        people::add(&self.cx, &by, name, Some(&email))
            .await
            .unwrap();
        self.rule(
            &format!("person:{name}"),
            MatcherAsk::Tag {
                key: "owner".to_owned(),
                value: name.to_owned(),
            },
        )
        .await;
    }

    pub async fn rule(&self, owner: &str, matcher: MatcherAsk) {
        rules::add(
            &self.cx,
            &self.may::<AssignOwners>(),
            RuleAsk {
                owner: OwnerAsk::Named(owner.to_owned()),
                matchers: vec![matcher],
                validity: Validity::default(),
                note: None,
                position: None,
            },
        )
        .await
        .unwrap();
    }

    pub async fn draft(&self, month: &str) -> Drafted {
        let month: BillingPeriod = month.parse().unwrap();
        invoices::draft(&self.cx, &self.may::<IssueInvoices>(), month, None)
            .await
            .unwrap()
    }
}

/// The text of a FOCUS export with these lines.
pub fn focus(lines: &[Line<'_>]) -> String {
    let mut text = "BilledCost,EffectiveCost,BillingAccountId,BillingCurrency,BillingPeriodStart,\
         ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName,ResourceId,\
         SubAccountId,Tags,InvoiceId\n"
        .to_owned();
    for (day, service, resource, owner, amount) in lines {
        let month = &day[..7];
        let tags = if owner.is_empty() {
            String::new()
        } else {
            format!("\"{{\"\"owner\"\": \"\"{owner}\"\"}}\"")
        };
        writeln!(
            text,
            "{amount},{amount},111122223333,USD,{month}-01 00:00:00,Usage,{day} 00:00:00,\
             {day} 01:00:00,AWS,{service},{resource},444455556666,{tags},2026-7"
        )
        .unwrap();
    }
    text
}
