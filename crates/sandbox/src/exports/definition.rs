//! What is exported where: the three exports that the company has, and those made since.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::table::Column;
use super::{focus, report};
use crate::company::{Bill, Company, PAYER, code_of};
use crate::written::Written;

/// The bucket that the company's exports are delivered to.
pub(crate) const BUCKET: &str = "northwind-billing";

/// A table that can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Table {
    Focus,
    Report,
    /// The report before data exports, which a service of its own defines.
    LegacyReport,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Format {
    Csv,
    Parquet,
}

/// An export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Definition {
    pub name: String,
    pub arn: String,
    pub description: String,
    pub account: String,
    pub table: Table,
    /// The columns that the query chooses.
    pub columns: Vec<String>,
    pub statement: String,
    pub configurations: BTreeMap<String, BTreeMap<String, String>>,
    pub bucket: String,
    pub prefix: String,
    pub region: String,
    pub format: Format,
    /// Whether a delivery takes the place of the one before.
    pub overwrites: bool,
    pub created_on: Written,
    /// The first month that it delivers.
    pub first_month: Written,
}

impl Definition {
    /// The exports that the company has had from the beginning.
    pub fn of_the_company(company: &Company) -> Vec<Self> {
        let make = |name: &str, prefix: &str, table, format, configurations: &[(&str, &str)]| {
            let columns = all_columns(table);
            let table_name = table_name(table);
            let of_table: BTreeMap<String, String> = configurations
                .iter()
                .map(|&(key, value)| (key.to_owned(), value.to_owned()))
                .collect();
            Self {
                arn: arn(PAYER, name),
                name: name.to_owned(),
                description: "The bill of all accounts".to_owned(),
                account: PAYER.to_owned(),
                table,
                statement: format!("SELECT {} FROM {table_name}", columns.join(", ")),
                columns,
                configurations: [(table_name.to_owned(), of_table)].into(),
                bucket: BUCKET.to_owned(),
                prefix: prefix.to_owned(),
                region: "us-east-1".to_owned(),
                format,
                overwrites: table != Table::LegacyReport,
                created_on: Written(company.first_day()),
                first_month: Written(company.first_day()),
            }
        };
        let daily = ("TIME_GRANULARITY", "DAILY");
        let resources = ("INCLUDE_RESOURCES", "TRUE");
        let split = ("INCLUDE_SPLIT_COST_ALLOCATION_DATA", "TRUE");
        vec![
            make(
                "northwind-focus",
                "focus",
                Table::Focus,
                Format::Csv,
                &[daily],
            ),
            make(
                "northwind-cur2",
                "cur2",
                Table::Report,
                Format::Parquet,
                &[daily, resources, split],
            ),
            make(
                "northwind-cur",
                "cur",
                Table::LegacyReport,
                Format::Csv,
                &[daily, resources, split],
            ),
        ]
    }

    /// What all its keys begin with, a slash at the end.
    pub fn root(&self) -> String {
        let prefix = self.prefix.trim_matches('/');
        if prefix.is_empty() {
            format!("{}/", self.name)
        } else {
            format!("{prefix}/{}/", self.name)
        }
    }

    /// Whether it shows pods beside the instances they run on.
    pub fn has_pods(&self) -> bool {
        self.configurations.values().any(|of_table| {
            of_table
                .get("INCLUDE_SPLIT_COST_ALLOCATION_DATA")
                .is_some_and(|value| value == "TRUE")
        })
    }

    /// The columns that it writes.
    pub fn columns(&self, bill: &Bill) -> Vec<Column> {
        let all = match self.table {
            Table::Focus => focus::columns(),
            Table::Report => report::columns(self.has_pods()),
            Table::LegacyReport => return report::legacy_columns(bill, self.has_pods()),
        };
        let chosen = self.columns.iter().filter_map(|name| {
            let found = all.iter().find(|column| column.name == name.as_str());
            found.cloned()
        });
        chosen.collect()
    }

    /// How many rows go into one file.
    pub fn rows_in_a_file(&self) -> usize {
        match self.format {
            Format::Csv => 2_000,
            Format::Parquet => 3_000,
        }
    }
}

/// The name of a table in a query.
pub(crate) fn table_name(table: Table) -> &'static str {
    match table {
        Table::Focus => focus::TABLE,
        Table::Report | Table::LegacyReport => report::TABLE,
    }
}

/// Every column that a query may choose.
pub(crate) fn all_columns(table: Table) -> Vec<String> {
    let columns = match table {
        Table::Focus => focus::columns(),
        Table::Report => report::columns(true),
        Table::LegacyReport => vec![],
    };
    columns
        .into_iter()
        .map(|column| column.name.into_owned())
        .collect()
}

/// The full name of a data export.
pub(crate) fn arn(account: &str, name: &str) -> String {
    let id = uuid(&format!("export/{account}/{name}"));
    format!("arn:aws:bcm-data-exports:us-east-1:{account}:export/{name}-{id}")
}

/// An id in the form of a UUID, made from `text`.
pub(crate) fn uuid(text: &str) -> String {
    let digits = code_of(text, 32);
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!(
        "{}-{}-{}-{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32)
    )
}
