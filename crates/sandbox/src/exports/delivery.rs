//! Delivering a month of an export: its files, then its manifest.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::charge::{Charge, Choice, Month, Pods, of_focus, of_report};
use super::definition::{Definition, Format, Table, uuid};
use super::{Delivered, Failure, csv, manifest, parquet};
use crate::company::{Bill, Company};
use crate::disagreement::{Disagreement, Disagreements};
use crate::invoices;
use crate::s3::Store;

/// Deliveries of another format than this one are made anew.
const FORMAT: u32 = 1;

/// What all deliveries of one look at an export share.
pub(crate) struct Truck<'a> {
    pub company: &'a Company,
    pub bill: &'a Bill,
    pub pods: Pods,
    pub disagreements: &'a Disagreements,
    pub store: &'a Store,
}

impl Truck<'_> {
    /// The months of an export until today's.
    pub fn months(&self, definition: &Definition) -> Vec<Date> {
        let mut month = definition.first_month.0.first_of_month();
        let mut months = vec![];
        while month <= self.bill.today {
            months.push(month);
            month = month.saturating_add(1.month());
        }
        months
    }

    /// What a month's delivery follows from: a closed month is delivered once, an open one daily.
    pub fn state(&self, month: Date) -> String {
        let end = month.saturating_add(1.month());
        let known = if self.bill.is_estimated(end) {
            self.bill.today.to_string()
        } else {
            "final".to_owned()
        };
        let wrong = self.disagreements;
        let slip = wrong
            .slipped(self.bill.today)
            .filter(|day| day.first_of_month() == month);
        format!(
            "{FORMAT} {known} {:?} {} {} {:?} {slip:?}",
            wrong.lost_file(month),
            wrong.has(&Disagreement::DoubledSplitCost),
            wrong.has(&Disagreement::DiscountTwice),
            wrong.missing_account(),
        )
    }

    /// Writes the files and the manifest of a month.
    pub fn deliver(
        &self,
        definition: &Definition,
        start: Date,
        state: String,
    ) -> Result<Delivered, Failure> {
        let end = start.saturating_add(1.month());
        let month = Month {
            start,
            end,
            numbers: invoices::numbers(self.company, self.bill, start),
        };
        // A closed month was delivered for the last time when it was closed.
        let on = if month.numbers.is_some() {
            end.saturating_add(5.days())
        } else {
            self.bill.today
        };
        let execution = uuid(&format!("{}/{start}/{state}", definition.arn));
        let charges = self.charges(definition, &month);
        let columns = definition.columns(self.bill);
        let mut pieces: Vec<&[Charge<'_>]> = charges.chunks(definition.rows_in_a_file()).collect();
        if pieces.is_empty() {
            pieces.push(&[]);
        }
        let folders = Folders::of(definition, start, end, on, &execution);
        let mut keys = vec![];
        let mut written = vec![];
        let lost = self.disagreements.lost_file(start);
        let last = pieces.len();
        for (number, piece) in (1..).zip(pieces) {
            let key = folders.file(definition, number);
            let is_lost = number == last && lost.is_some();
            if !is_lost || lost == Some(true) {
                keys.push(key.clone());
            }
            if is_lost {
                continue;
            }
            let bytes = match definition.format {
                Format::Csv => csv::write(&columns, piece)?,
                Format::Parquet => parquet::write(&columns, piece)?,
            };
            self.put(definition, &key, &bytes, &format!("{on}T04:10:00.000Z"))?;
            written.push(key);
        }
        if definition.overwrites {
            self.sweep(definition, &folders.data, &written)?;
        }
        let document = match definition.table {
            Table::LegacyReport => {
                manifest::of_report(definition, (start, end), &execution, &columns, &keys)
            }
            Table::Focus | Table::Report => {
                manifest::of_export(definition, (start, end), &execution, &columns, &keys)
            }
        };
        let bytes = serde_json::to_vec_pretty(&document)?;
        for key in &folders.manifests {
            self.put(definition, key, &bytes, &format!("{on}T04:12:00.000Z"))?;
        }
        Ok(Delivered {
            state,
            execution,
            on: on.into(),
        })
    }

    fn charges<'a>(&'a self, definition: &'a Definition, month: &'a Month) -> Vec<Charge<'a>> {
        let wrong = self.disagreements;
        let is_payer = definition.account == self.company.payer();
        let choice = Choice {
            account: (!is_payer).then_some(definition.account.as_str()),
            without: wrong.missing_account(),
            has_pods: definition.has_pods(),
            charges_pods: wrong.has(&Disagreement::DoubledSplitCost),
            discounts_twice: wrong.has(&Disagreement::DiscountTwice),
        };
        match definition.table {
            Table::Focus => of_focus(self.bill, &self.pods, month, choice),
            Table::Report | Table::LegacyReport => of_report(self.bill, &self.pods, month, choice),
        }
    }

    fn put(
        &self,
        definition: &Definition,
        key: &str,
        bytes: &[u8],
        modified: &str,
    ) -> Result<(), Failure> {
        let kind = match key.rsplit('.').next() {
            Some("json") => "application/json",
            Some("gz") => "application/gzip",
            _ => "application/octet-stream",
        };
        self.store
            .put_whole(&definition.bucket, key, bytes, kind, modified)
            .map_err(|error| Failure::Store(format!("{error:?}")))
    }

    /// Removes what an earlier delivery left where this one lies.
    fn sweep(
        &self,
        definition: &Definition,
        folder: &str,
        written: &[String],
    ) -> Result<(), Failure> {
        let failed = |error| Failure::Store(format!("{error:?}"));
        for object in self
            .store
            .objects(&definition.bucket)
            .map_err(failed)?
            .iter()
        {
            if object.key.starts_with(folder) && !written.contains(&object.key) {
                self.store
                    .remove_object(&definition.bucket, &object.key, &object.modified)
                    .map_err(failed)?;
            }
        }
        Ok(())
    }
}

/// Where a delivery lies.
struct Folders {
    data: String,
    manifests: Vec<String>,
}

impl Folders {
    fn of(definition: &Definition, start: Date, end: Date, on: Date, execution: &str) -> Self {
        let (root, name) = (definition.root(), &definition.name);
        let manifest = format!("{name}-Manifest.json");
        if definition.table == Table::LegacyReport {
            let days = format!("{}-{}", start.strftime("%Y%m%d"), end.strftime("%Y%m%d"));
            let period = format!("{root}{days}/");
            if definition.overwrites {
                return Self {
                    manifests: vec![format!("{period}{manifest}")],
                    data: period,
                };
            }
            let assembly = format!("{period}{}T041000Z/", on.strftime("%Y%m%d"));
            return Self {
                manifests: vec![
                    format!("{assembly}{manifest}"),
                    format!("{period}{manifest}"),
                ],
                data: assembly,
            };
        }
        let partition = format!("BILLING_PERIOD={}", start.strftime("%Y-%m"));
        let version = if definition.overwrites {
            String::new()
        } else {
            format!("{on}T04:10:00.000Z-{execution}/")
        };
        Self {
            data: format!("{root}data/{partition}/{version}"),
            manifests: vec![format!("{root}metadata/{partition}/{version}{manifest}")],
        }
    }

    fn file(&self, definition: &Definition, number: usize) -> String {
        let (folder, name) = (&self.data, &definition.name);
        match (definition.table, definition.format) {
            (Table::LegacyReport, _) => format!("{folder}{name}-{number}.csv.gz"),
            (_, Format::Csv) => format!("{folder}{name}-{number:05}.csv.gz"),
            (_, Format::Parquet) => format!("{folder}{name}-{number:05}.snappy.parquet"),
        }
    }
}
