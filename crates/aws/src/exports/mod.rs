//! Cost exports: which there are, making one, and what they have delivered to S3.
//!
//! Two services write bills into a bucket: Data Exports (`bcm-data-exports`: CUR 2.0 and FOCUS) and the
//! older Cost and Usage Reports (`cur`). Both answer in us-east-1 only and cost nothing to ask.

mod bucket;
mod create;
mod data_exports;
mod deliveries;
mod discover;
mod query;
mod reports;

pub(crate) use bucket::quoted;
pub use bucket::{Bucket, Object};
pub use create::{NewExport, bucket_policy, create_focus_export, focus_query};
pub use deliveries::{Delivery, deliveries};
pub use discover::{Discovery, discover};

/// Where the services that know of exports answer, whatever region the bills go to.
const HOME: &str = "us-east-1";

/// A cost export that AWS keeps up to date in a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Its ARN; reports have none of their own, theirs is put together from account and name.
    pub id: String,
    /// Which service writes it.
    pub service: ExportService,
    /// What it is called.
    pub name: String,
    /// What it holds.
    pub kind: ExportKind,
    /// How its files are written.
    pub format: ExportFormat,
    /// The bucket it is delivered to.
    pub bucket: String,
    /// The prefix below which it is delivered, as it was configured.
    pub prefix: String,
    /// The bucket's region, where AWS says so.
    pub region: Option<String>,
    /// How often it is brought up to date, in words.
    pub refresh: String,
    /// Whether a delivery overwrites the one before.
    pub overwrite: bool,
    /// How it does, in AWS's word.
    pub status: String,
    /// Whether a bill can be made of it.
    pub usable: bool,
    /// Why not; or what is to be known before it is used.
    pub reason: Option<String>,
}

/// Which service writes an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportService {
    /// `bcm-data-exports`.
    DataExports,
    /// `cur`.
    Reports,
}

/// What an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportKind {
    /// FOCUS, any version.
    Focus,
    /// Cost and Usage Report 2.0.
    Cur2,
    /// The older Cost and Usage Report.
    Cur,
}

/// How an export's files are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Parquet.
    Parquet,
    /// Text, gzipped.
    Csv,
}

macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            /// Its word, as it is written down.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            /// What a word means.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

words!(ExportService { DataExports = "bcm-data-exports", Reports = "cur" });
words!(ExportKind { Focus = "focus", Cur2 = "cur2", Cur = "cur" });
words!(ExportFormat { Parquet = "parquet", Csv = "csv" });

/// The configuration for the services that know of exports.
fn at_home(config: &aws_config::SdkConfig) -> aws_config::SdkConfig {
    config
        .to_builder()
        .region(aws_config::Region::from_static(HOME))
        .build()
}
