//! Parquet says the same as CSV, whoever wrote it and however.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::{MapBuilder, StringBuilder};
use arrow_array::{
    Array, ArrayRef, Decimal128Array, Float64Array, LargeStringArray, RecordBatch, StringArray,
    StringViewArray, TimestampMicrosecondArray, TimestampMillisecondArray,
    TimestampNanosecondArray,
};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, GzipLevel};
use parquet::file::properties::{WriterProperties, WriterVersion};
use tallyport_lake::{LakeError, Loaded};
use tallyport_ledger::Load;

use crate::bills::{data, loaded, outcome, read, refused};

/// How a column is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    Short,
    Long,
    View,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amounts {
    Texts,
    Doubles,
    Decimals,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moments {
    Texts,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

#[derive(Debug, Clone, Copy)]
pub struct Way {
    pub texts: Texts,
    pub amounts: Amounts,
    pub moments: Moments,
    pub maps: bool,
    pub dictionaries: bool,
    pub compression: Compression,
    pub version: WriterVersion,
    pub group: usize,
}

/// As AWS writes it.
pub const AWS: Way = Way {
    texts: Texts::Short,
    amounts: Amounts::Doubles,
    moments: Moments::Milliseconds,
    maps: true,
    dictionaries: true,
    compression: Compression::SNAPPY,
    version: WriterVersion::PARQUET_1_0,
    group: 1 << 20,
};

const AMOUNTS: [&str; 6] = [
    "BilledCost",
    "EffectiveCost",
    "ListCost",
    "ContractedCost",
    "ConsumedQuantity",
    "PricingQuantity",
];
const MOMENTS: [&str; 4] = [
    "BillingPeriodStart",
    "BillingPeriodEnd",
    "ChargePeriodStart",
    "ChargePeriodEnd",
];

/// A table of texts; nothing stands for an empty field.
#[derive(Clone)]
pub struct Table {
    pub names: Vec<String>,
    pub rows: Vec<Vec<Option<String>>>,
}

impl Table {
    pub fn of_csv(path: &Path) -> Self {
        let mut reader = csv::Reader::from_path(path).unwrap();
        let names = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        let field = |text: &str| (!matches!(text, "" | "NULL")).then(|| text.to_owned());
        let rows = reader
            .records()
            .map(|record| record.unwrap().iter().map(field).collect())
            .collect();
        Self { names, rows }
    }

    /// Amounts as doubles have them.
    fn with_doubles(mut self) -> Self {
        for (at, name) in self.names.iter().enumerate() {
            if AMOUNTS.contains(&name.as_str()) {
                for row in &mut self.rows {
                    row[at] = row[at].as_ref().map(|text| {
                        let double: f64 = text.parse().unwrap();
                        format!("{double:?}")
                    });
                }
            }
        }
        self
    }

    pub fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.names).unwrap();
        for row in &self.rows {
            let fields = row.iter().map(|field| field.as_deref().unwrap_or(""));
            writer.write_record(fields).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    fn column(&self, at: usize, way: Way) -> ArrayRef {
        let texts = || self.rows.iter().map(|row| row[at].as_deref());
        let name = self.names[at].as_str();
        if AMOUNTS.contains(&name) {
            return match way.amounts {
                Amounts::Texts => Arc::new(texts().collect::<StringArray>()),
                Amounts::Doubles => Arc::new(
                    texts()
                        .map(|text| text.map(|text| text.parse::<f64>().unwrap()))
                        .collect::<Float64Array>(),
                ),
                Amounts::Decimals => Arc::new(
                    texts()
                        .map(|text| text.map(decimal))
                        .collect::<Decimal128Array>()
                        .with_precision_and_scale(38, 18)
                        .unwrap(),
                ),
            };
        }
        if MOMENTS.contains(&name) && way.moments != Moments::Texts {
            let seconds: Vec<Option<i64>> = texts().map(|text| text.map(seconds)).collect();
            let scaled = |by: i64| seconds.iter().map(move |second| second.map(|s| s * by));
            return match way.moments {
                Moments::Milliseconds => {
                    Arc::new(scaled(1_000).collect::<TimestampMillisecondArray>())
                }
                Moments::Microseconds => {
                    Arc::new(scaled(1_000_000).collect::<TimestampMicrosecondArray>())
                }
                _ => Arc::new(scaled(1_000_000_000).collect::<TimestampNanosecondArray>()),
            };
        }
        if name == "Tags" && way.maps {
            let mut maps = MapBuilder::new(None, StringBuilder::new(), StringBuilder::new());
            for text in texts() {
                let Some(text) = text else {
                    maps.append(false).unwrap();
                    continue;
                };
                let tags: std::collections::BTreeMap<String, String> =
                    serde_json::from_str(text).unwrap();
                for (key, value) in tags {
                    maps.keys().append_value(key);
                    maps.values().append_value(value);
                }
                maps.append(true).unwrap();
            }
            return Arc::new(maps.finish());
        }
        match way.texts {
            Texts::Short => Arc::new(texts().collect::<StringArray>()),
            Texts::Long => Arc::new(texts().collect::<LargeStringArray>()),
            Texts::View => Arc::new(texts().collect::<StringViewArray>()),
        }
    }

    /// Writes it as a file that lives as long as the folder.
    pub fn parquet(&self, way: Way) -> (tempfile::TempDir, PathBuf) {
        let columns = self.names.iter().enumerate();
        let batch = RecordBatch::try_from_iter_with_nullable(
            columns.map(|(at, name)| (name, self.column(at, way), true)),
        )
        .unwrap();
        written(&batch, way)
    }
}

pub fn written(batch: &RecordBatch, way: Way) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bill.parquet");
    let properties = WriterProperties::builder()
        .set_dictionary_enabled(way.dictionaries)
        .set_compression(way.compression)
        .set_writer_version(way.version)
        .set_max_row_group_row_count(Some(way.group))
        .set_data_page_row_count_limit(way.group.div_ceil(3))
        .build();
    let file = File::create(&path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
    (folder, path)
}

/// A decimal in units of 10⁻¹⁸; what lies beyond is not in the samples.
fn decimal(text: &str) -> i128 {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let value: i128 = format!("{whole}{decimals:0<18}").parse().unwrap();
    if negative { -value } else { value }
}

fn seconds(text: &str) -> i64 {
    let moment: jiff::civil::DateTime = text.trim_end_matches('Z').parse().unwrap();
    moment
        .to_zoned(jiff::tz::TimeZone::UTC)
        .unwrap()
        .timestamp()
        .as_second()
}

fn sample() -> Table {
    Table::of_csv(&data("focus-sample/focus_sample.csv"))
}

/// All that a load says but for its line numbers, which count the header in CSV.
fn said(load: &Load) -> String {
    let mut load = load.clone();
    for charge in load
        .periods
        .iter_mut()
        .flat_map(|period| &mut period.charges)
    {
        (charge.first_line, charge.last_line) = (0, 0);
    }
    format!("{load:#?}")
}

fn of_csv(table: &Table) -> Loaded {
    outcome(table.csv(), false).unwrap()
}

#[test]
fn parquet_says_what_csv_says_to_the_nano() {
    let (exact, doubled) = (sample(), sample().with_doubles());
    let expected = [said(&of_csv(&exact).load), said(&of_csv(&doubled).load)];
    let gzip = Compression::GZIP(GzipLevel::default());
    let ways = [
        AWS,
        Way {
            moments: Moments::Microseconds,
            group: 97,
            ..AWS
        },
        Way {
            amounts: Amounts::Decimals,
            moments: Moments::Nanoseconds,
            compression: gzip,
            ..AWS
        },
        Way {
            amounts: Amounts::Texts,
            moments: Moments::Texts,
            maps: false,
            group: 250,
            ..AWS
        },
        Way {
            dictionaries: false,
            compression: Compression::UNCOMPRESSED,
            ..AWS
        },
        Way {
            texts: Texts::Long,
            version: WriterVersion::PARQUET_2_0,
            ..AWS
        },
        Way {
            texts: Texts::View,
            dictionaries: false,
            version: WriterVersion::PARQUET_2_0,
            ..AWS
        },
    ];
    for way in ways {
        let table = if way.amounts == Amounts::Doubles {
            &doubled
        } else {
            &exact
        };
        let (_folder, path) = table.parquet(way);
        let bill = loaded(&path);
        assert_eq!(bill.lines, 1_000, "{way:?}");
        let expected = &expected[usize::from(way.amounts == Amounts::Doubles)];
        assert!(said(&bill.load) == *expected, "{way:?}");
    }
}

#[test]
fn bills_that_other_programs_wrote_are_read() {
    // The first 200 rows of the sample, by pyarrow 26, DuckDB 1.4 and Polars 1.
    let mut table = sample().with_doubles();
    table.rows.truncate(200);
    let expected = said(&of_csv(&table).load);
    for program in ["pyarrow", "duckdb", "polars"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("tests/parquet/focus-{program}.parquet"));
        let bill = loaded(&path);
        assert!(said(&bill.load) == expected, "{program}");
        assert_eq!(bill.files.len(), 1);
    }
}

#[test]
fn rows_are_numbered_from_the_first_of_the_file() {
    let mut table = sample();
    table.rows.truncate(10);
    let (_folder, path) = table.parquet(Way { group: 3, ..AWS });
    let bill = loaded(&path);
    let charges = bill.load.periods.iter().flat_map(|period| &period.charges);
    let last = charges.map(|charge| charge.last_line).max();
    assert_eq!(last, Some(10));
}

/// Why the sample is refused with another value in a row of a column.
fn refusal(column: &str, row: usize, value: f64) -> LakeError {
    let mut table = sample();
    table.rows.truncate(20);
    let at = table.names.iter().position(|name| name == column).unwrap();
    let mut batch = Vec::new();
    for (place, name) in table.names.iter().enumerate() {
        let mut array = table.column(place, AWS);
        if place == at {
            let numbers: &Float64Array = array.as_any().downcast_ref().unwrap();
            let mut numbers: Vec<Option<f64>> = numbers.iter().collect();
            numbers[row] = Some(value);
            array = Arc::new(Float64Array::from(numbers));
        }
        batch.push((name, array, true));
    }
    let batch = RecordBatch::try_from_iter_with_nullable(batch).unwrap();
    let (_folder, path) = written(&batch, Way { group: 8, ..AWS });
    refused(&path)
}

#[test]
fn what_is_no_amount_is_told_with_row_group_row_and_column() {
    assert_eq!(
        refusal("BilledCost", 12, f64::NAN).to_string(),
        "1 row of bill.parquet cannot be read, so nothing of it was imported: line 13, BilledCost: \
         \"NaN\" is not a decimal number (row group 2, row 5)"
    );
    assert_eq!(
        refusal("EffectiveCost", 0, f64::NEG_INFINITY).to_string(),
        "1 row of bill.parquet cannot be read, so nothing of it was imported: line 1, \
         EffectiveCost: \"-inf\" is not a decimal number (row group 1, row 1)"
    );
    assert_eq!(
        refusal("ListCost", 19, 1e300).to_string(),
        "1 row of bill.parquet cannot be read, so nothing of it was imported: line 20, ListCost: \
         \"1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
         000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
         000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
         000000000000000000000000000000000\" is too large a number (row group 3, row 4)"
    );
}

#[test]
fn a_truncated_or_damaged_file_is_refused_and_never_panics() {
    let mut table = sample();
    table.rows.truncate(60);
    let (_folder, path) = table.parquet(Way { group: 25, ..AWS });
    let bytes = std::fs::read(&path).unwrap();
    for part in 1..20 {
        let error = outcome(&bytes[..bytes.len() * part / 20], false).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("is damaged or truncated Parquet"),
            "{part}: {error}"
        );
    }
    let mut seed = 7_u64;
    for _ in 0..120 {
        let mut damaged = bytes.clone();
        for _ in 0..3 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let at = usize::try_from(seed >> 33).unwrap() % damaged.len();
            damaged[at] ^= 1 << (seed % 8);
        }
        // Parquet has no sums of its own to check, so some damage cannot be noticed.
        let _ = outcome(&damaged, false);
    }
    // A page of a known column that cannot be unpacked is told with its place.
    let metadata = parquet::file::metadata::ParquetMetaDataReader::new()
        .parse_and_finish(&File::open(&path).unwrap())
        .unwrap();
    let billed = table
        .names
        .iter()
        .position(|name| name == "BilledCost")
        .unwrap();
    let (start, length) = metadata.row_group(1).column(billed).byte_range();
    let mut damaged = bytes;
    for byte in &mut damaged[usize::try_from(start).unwrap()..][..usize::try_from(length).unwrap()]
    {
        *byte = 0xff;
    }
    let said = outcome(&damaged, false).unwrap_err().to_string();
    assert!(
        said.starts_with("bill.csv, row group 2, column BilledCost is damaged or truncated"),
        "{said}"
    );
}

#[test]
fn a_column_that_is_a_list_says_nothing() {
    let mut builder = arrow_array::builder::ListBuilder::new(StringBuilder::new());
    let mut table = sample();
    table.rows.truncate(1);
    builder.values().append_value("x");
    builder.append(true);
    let list: ArrayRef = Arc::new(builder.finish());
    let columns = table.names.iter().enumerate().map(|(at, name)| {
        let array = if name == "ServiceName" {
            Arc::clone(&list)
        } else {
            table.column(at, AWS)
        };
        (name, array, true)
    });
    let batch = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
    let (_folder, path) = written(&batch, AWS);
    let said = read(&path, true).unwrap_err().to_string();
    assert!(
        said.contains("its column ServiceName is of the type List"),
        "{said}"
    );
}
