//! What was used besides the company's story: files that somebody put into a bucket, bytes that somebody sent
//! by SFTP. It stands on the bill of its day like everything else.

use jiff::civil::Date;

use super::line::{Line, Nano, ONE, RecordType, Row};
use super::prices::{self, Product, REGIONS, VIRGINIA};

/// What was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Used {
    Stored,
    SentBySftp,
    FetchedBySftp,
}

/// So much was used of one thing on one day.
#[derive(Debug, Clone)]
pub(crate) struct Extra {
    pub account: &'static str,
    pub region: String,
    pub resource: String,
    pub used: Used,
    pub day: Date,
    /// Bytes; a gigabyte has a thousand million.
    pub bytes: u64,
}

const STORED: Product = Product {
    service: "Amazon Simple Storage Service",
    usage: "TimedStorage-ByteHrs",
    operation: "StandardStorage",
    unit: "GB-Mo",
    price: prices::S3_GIGABYTE_MONTH,
};

/// Adds what was used to the lines and rows of a bill: to the line that the resource has already, if it has.
pub(super) fn add(lines: &mut Vec<Line>, rows: &mut Vec<Row>, extras: &[Extra]) {
    for extra in extras {
        let product = match extra.used {
            Used::Stored => STORED,
            Used::SentBySftp => prices::SFTP_UPLOAD,
            Used::FetchedBySftp => prices::SFTP_DOWNLOAD,
        };
        let region = REGIONS
            .into_iter()
            .find(|region| region.code == extra.region);
        let region = region.unwrap_or(VIRGINIA);
        let usage_type = format!("{}{}", region.prefix, product.usage);
        let price = region.price(product.price);
        let there = lines.iter().position(|line| {
            line.record == RecordType::Usage
                && line.resource == extra.resource
                && line.usage_type == usage_type
        });
        let line = there.unwrap_or_else(|| {
            lines.push(Line {
                region: region.code,
                usage_type,
                operation: product.operation,
                resource: extra.resource.clone(),
                unit: product.unit,
                purchase: "On Demand Instances",
                price,
                ..Line::overhead(extra.account, product.service, RecordType::Usage)
            });
            lines.len() - 1
        });
        let bytes = Nano::from(extra.bytes);
        let quantity = match extra.used {
            // What is kept for a day is a part of what is kept for a month.
            Used::Stored => bytes / Nano::from(extra.day.days_in_month()),
            Used::SentBySftp | Used::FetchedBySftp => bytes,
        };
        let cost = quantity * price / ONE;
        rows.push(Row {
            line,
            day: extra.day,
            unblended: cost,
            amortized: cost,
            discount: 0,
            quantity,
            normalized: 0,
        });
    }
}
