//! Exports of the company's bill into its own S3, as AWS delivers them.
//!
//! A month is written when somebody first looks at its export, and again when what is known of it
//! has changed since. Nothing is written for exports that nobody looks at.

mod charge;
mod csv;
mod definition;
mod delivery;
mod desk;
mod figures;
mod focus;
mod manifest;
mod parquet;
mod query;
mod report;
mod report_desk;
mod report_fields;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub(crate) use definition::BUCKET;
pub(crate) use desk::answer;
pub(crate) use report_desk::answer as answer_report;

use crate::company::Company;
use crate::error::SandboxError;
use crate::lock::locked;
use crate::sandbox::State;
use crate::written::Written;
use charge::Pods;
use definition::{Definition, Table};
use delivery::Truck;

/// Why a delivery did not happen.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("the sandbox could not write an export: {0}")]
    Io(#[from] std::io::Error),
    #[error("the sandbox could not write an export: {0}")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    #[error("the sandbox could not write an export: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the sandbox could not store an export: {0}")]
    Store(String),
}

/// One delivery of one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Delivered {
    /// What it followed from.
    pub state: String,
    pub execution: String,
    pub on: Written,
}

/// Deliveries by month, the newest last.
type Months = BTreeMap<String, Vec<Delivered>>;

/// What the folder remembers of exports.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Remembered {
    /// Exports that were made in the sandbox.
    created: Vec<Definition>,
    /// Deliveries by the export's full name.
    delivered: BTreeMap<String, Months>,
}

/// All exports.
#[derive(Debug)]
pub(crate) struct Exports {
    path: PathBuf,
    founded: Vec<Definition>,
    remembered: Mutex<Remembered>,
}

impl Exports {
    pub fn open(folder: &Path, company: &Company) -> Result<Self, SandboxError> {
        let path = folder.join("exports.json");
        let remembered = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| SandboxError::damaged(&path, error))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Remembered::default(),
            Err(error) => return Err(SandboxError::folder(&path)(error)),
        };
        Ok(Self {
            path,
            founded: Definition::of_the_company(company),
            remembered: Mutex::new(remembered),
        })
    }

    /// The data exports of an account; legacy reports are not among them.
    fn of_account(&self, account: &str) -> Vec<Definition> {
        let mut found = self.all();
        found.retain(|export| export.account == account && export.table != Table::LegacyReport);
        found
    }

    /// The legacy reports of an account.
    fn reports_of(&self, account: &str) -> Vec<Definition> {
        let mut found = self.all();
        found.retain(|export| export.account == account && export.table == Table::LegacyReport);
        found
    }

    fn all(&self) -> Vec<Definition> {
        let created = locked(&self.remembered).created.clone();
        self.founded.iter().cloned().chain(created).collect()
    }

    fn add(&self, definition: Definition) -> Result<(), Failure> {
        let mut remembered = locked(&self.remembered);
        remembered.created.push(definition);
        self.save(&remembered)
    }

    fn save(&self, remembered: &Remembered) -> Result<(), Failure> {
        let bytes = serde_json::to_vec_pretty(remembered)?;
        Ok(crate::sandbox::publish(&self.path, &bytes)?)
    }
}

/// Brings up to date every export that a request for `key` of `bucket` could see. A listing sees
/// all keys that begin with `key`.
pub(crate) fn deliver(
    state: &State,
    bucket: &str,
    key: &str,
    is_listing: bool,
) -> Result<(), Failure> {
    for definition in state.exports.all() {
        let root = definition.root();
        let is_seen = definition.bucket == bucket
            && (key.starts_with(&root) || is_listing && root.starts_with(key));
        if is_seen {
            bring(state, &definition, month_of(key))?;
        }
    }
    Ok(())
}

/// The month whose folder a key is in, if it is in one.
fn month_of(key: &str) -> Option<Date> {
    key.split('/').find_map(|part| {
        let month = match part.strip_prefix("BILLING_PERIOD=") {
            Some(month) => format!("{month}-01"),
            None => {
                let (start, end) = part.split_once('-')?;
                let is_days = start.len() == 8 && end.len() == 8;
                let (year, rest) = start.split_at_checked(4).filter(|_| is_days)?;
                let (month, day) = rest.split_at_checked(2)?;
                format!("{year}-{month}-{day}")
            }
        };
        month.parse().ok()
    })
}

/// Brings one export up to date, or one month of it, and tells its deliveries.
fn bring(state: &State, definition: &Definition, only: Option<Date>) -> Result<Months, Failure> {
    let exports = &state.exports;
    // Held all along: two requests must not deliver the same month at once.
    let mut remembered = locked(&exports.remembered);
    let bill = state.bill();
    let disagreements = state.disagreements();
    let truck = Truck {
        company: &state.company,
        bill: &bill,
        pods: Pods::of(&bill),
        disagreements: &disagreements,
        store: &state.buckets.store,
    };
    let months = remembered
        .delivered
        .entry(definition.arn.clone())
        .or_default();
    let mut is_changed = false;
    let mut wanted = truck.months(definition);
    wanted.retain(|month| only.is_none_or(|only| only == *month));
    for month in wanted {
        let deliveries = months.entry(name_of(month)).or_default();
        let wanted = truck.state(month);
        if deliveries.last().is_none_or(|last| last.state != wanted) {
            let delivered = truck.deliver(definition, month, wanted)?;
            deliveries.push(delivered);
            is_changed = true;
        }
    }
    let months = months.clone();
    if is_changed {
        exports.save(&remembered)?;
    }
    Ok(months)
}

fn name_of(month: Date) -> String {
    month.strftime("%Y-%m").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_tells_its_month_where_it_has_one() {
        let october = Some(jiff::civil::date(2026, 10, 1));
        assert_eq!(
            month_of("focus/x/data/BILLING_PERIOD=2026-10/x.csv.gz"),
            october
        );
        assert_eq!(month_of("cur/x/20261001-20261101/"), october);
        assert_eq!(month_of("focus/x/data/BILLING_PERIOD=2026"), None);
        assert_eq!(month_of("focus/x-y/"), None);
        assert_eq!(month_of(""), None);
    }
}
