//! A workspace in a temporary folder, and short ways to ask it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use jiff::Timestamp;
use serde_json::Value;
use tallyport_ledger::{BillingPeriod, DayRange, Metric, Permission};
use tallyport_store::{By, DataKey, Interval, Job, JobState, NewWorkspace, Store};
use tallyport_workspace::costs::{Costs, CostsAsk};
use tallyport_workspace::import::ImportAsk;
use tallyport_workspace::rules::{MatcherAsk, OwnerAsk, RuleAsk};
use tallyport_workspace::{Context, FilterAsk, Grant, SignedIn, WorkspaceError};

pub struct Bench {
    pub cx: Context,
    pub folder: tempfile::TempDir,
}

pub fn grant<P: Permission>() -> Grant<P> {
    SignedIn::local_super_admin().grant().unwrap()
}

pub fn key() -> DataKey {
    DataKey::from_bytes([7; 32])
}

static PROCESSES: AtomicU8 = AtomicU8::new(1);

pub fn context(store: Store) -> Context {
    let now: Timestamp = "2024-11-05T10:00:00Z".parse().unwrap();
    Context::new(
        store,
        Arc::new(move || now),
        // Each context is a process of its own.
        Arc::new(|bytes: &mut [u8]| bytes.fill(PROCESSES.fetch_add(1, Ordering::Relaxed))),
        Arc::new(|_, _| Box::pin(async { unreachable!("no AWS in these tests") })),
    )
}

impl Bench {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let new = NewWorkspace {
            id: [1; 16],
            name: "Bench".to_owned(),
            demo: false,
            created_at: "2024-11-05T09:00:00Z".parse().unwrap(),
        };
        let store = Store::create(&folder.path().join("bench.tally"), &new, &key()).unwrap();
        Self {
            cx: context(store),
            folder,
        }
    }

    pub async fn with_sample() -> Self {
        let bench = Self::new();
        bench.import(&sample()).await;
        bench
    }

    /// A file of these FOCUS lines, written into the bench's folder.
    pub fn focus(&self, name: &str, lines: &[&str]) -> PathBuf {
        let path = self.folder.path().join(name);
        let mut text = FOCUS_HEADER.to_owned();
        for line in lines {
            text.push('\n');
            text.push_str(line);
        }
        text.push('\n');
        std::fs::write(&path, text).unwrap();
        path
    }

    pub async fn import(&self, path: &Path) -> Value {
        self.import_as(ask(path)).await.unwrap()
    }

    /// The job's result, or its problem.
    pub async fn import_as(&self, ask: ImportAsk) -> Result<Value, Value> {
        let job = self.begin(ask).await;
        self.ended(&job).await
    }

    pub async fn begin(&self, ask: ImportAsk) -> Job {
        tallyport_workspace::import::import(&self.cx, &grant(), ask)
            .await
            .unwrap()
    }

    pub async fn ended(&self, job: &Job) -> Result<Value, Value> {
        let job = tallyport_workspace::jobs::wait(&self.cx, &grant(), job.id)
            .await
            .unwrap();
        match job.state {
            JobState::Done => Ok(job.result.unwrap()),
            _ => Err(job.problem.unwrap_or(Value::Null)),
        }
    }

    pub async fn costs(&self, ask: CostsAsk) -> Result<Costs, WorkspaceError> {
        tallyport_workspace::costs::costs(&self.cx, &grant(), ask).await
    }

    /// The rows of the only currency: label and amount, the largest first.
    pub async fn rows(&self, month: &str, by: By) -> Vec<(String, String)> {
        self.rows_of(costs_of(month, by)).await
    }

    pub async fn rows_of(&self, ask: CostsAsk) -> Vec<(String, String)> {
        let costs = self.costs(ask).await.unwrap();
        assert!(costs.results.len() <= 1, "one currency is expected");
        let rows = costs.results.into_iter().flat_map(|result| result.rows);
        rows.map(|row| (row.name.label, row.amount.to_decimal(2)))
            .collect()
    }

    pub async fn person(&self, name: &str) -> tallyport_store::Person {
        tallyport_workspace::people::add(&self.cx, &grant(), name, None)
            .await
            .unwrap()
    }

    pub async fn rule(
        &self,
        owner: &str,
        matcher: MatcherAsk,
        from: Option<&str>,
        to: Option<&str>,
    ) -> tallyport_workspace::rules::ChangedRule {
        let day = |text: &str| text.parse().unwrap();
        let ask = RuleAsk {
            owner: OwnerAsk::Named(owner.to_owned()),
            matchers: vec![matcher],
            validity: tallyport_ledger::Validity::new(from.map(day), to.map(day)).unwrap(),
            note: None,
            position: None,
        };
        tallyport_workspace::rules::add(&self.cx, &grant(), ask)
            .await
            .unwrap()
    }
}

pub const FOCUS_HEADER: &str = "BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,ChargePeriodEnd,ChargePeriodStart,ConsumedQuantity,ConsumedUnit,ContractedCost,EffectiveCost,InvoiceIssuerName,ListCost,ProviderName,PublisherName,RegionId,ResourceId,ResourceName,ServiceCategory,ServiceName,SkuId,SubAccountId,SubAccountName,Tags";

/// A FOCUS line of usage on a day: account, service, resource and tags in JSON.
pub fn line(
    day: &str,
    account: &str,
    service: &str,
    resource: &str,
    cost: &str,
    tags: &str,
) -> String {
    line_of(
        "111122223333",
        "USD",
        day,
        account,
        service,
        resource,
        cost,
        tags,
    )
}

#[expect(clippy::too_many_arguments, reason = "a line has that many columns")]
pub fn line_of(
    payer: &str,
    currency: &str,
    day: &str,
    account: &str,
    service: &str,
    resource: &str,
    cost: &str,
    tags: &str,
) -> String {
    let start: jiff::civil::Date = day.parse().unwrap();
    let end = start.tomorrow().unwrap();
    let month = start.first_of_month();
    let next = start.last_of_month().tomorrow().unwrap();
    let tags = tags.replace('"', "\"\"");
    format!(
        "{cost},{payer},Payer {payer},{currency},{next}T00:00:00Z,{month}T00:00:00Z,Usage,,Use of {service},{end}T00:00:00Z,{start}T00:00:00Z,1,Hours,{cost},{cost},AWS,{cost},AWS,AWS,eu-central-1,{resource},,Compute,{service},SKU-{service},{account},,\"{tags}\""
    )
}

pub fn ask(path: &Path) -> ImportAsk {
    ImportAsk {
        path: path.to_owned(),
        name: None,
        client: None,
        add: false,
        skip_bad_rows: false,
        passing: false,
    }
}

pub fn costs_of(month: &str, by: By) -> CostsAsk {
    let month: BillingPeriod = month.parse().unwrap();
    CostsAsk {
        days: month.days(),
        by,
        metric: Metric::Billed,
        interval: Interval::None,
        compare: false,
        filter: FilterAsk::default(),
    }
}

pub fn days(from: &str, to: &str) -> DayRange {
    DayRange::new(from.parse().unwrap(), to.parse().unwrap()).unwrap()
}

pub fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/data")
        .join(path)
}

pub fn sample() -> PathBuf {
    data("focus-sample/focus_sample.csv")
}

/// Rows as they are written in a test.
pub fn rows(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(label, amount): &(&str, &str)| ((*label).to_owned(), (*amount).to_owned());
    expected.iter().map(owned).collect()
}
