//! Writes a FOCUS file of as many rows as wanted, made from a sample: the sample's rows over and
//! over, moved to other hours, days and resources, so that four lines make a charge. Same input,
//! same bytes.
//!
//! `cargo run --release -p tallyport-lake --example generate_focus -- SAMPLE ROWS OUT`

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;

use jiff::civil::{DateTime, Time};
use jiff::{ToSpan, Unit};

/// Copies of a row that lie in the hours of one day and so roll up to one charge.
const LINES_A_CHARGE: usize = 4;
/// Days of the sample's month.
const DAYS: i64 = 30;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [sample, rows, out] = &arguments[..] else {
        return Err("usage: generate_focus SAMPLE ROWS OUT".into());
    };
    let rows: usize = rows.parse()?;
    let mut reader = csv::Reader::from_path(sample)?;
    let header = reader.headers()?.clone();
    let place = |name: &str| {
        let found = header.iter().position(|column| column == name);
        found.ok_or(format!("{sample} has no column {name}"))
    };
    let (from, to, resource) = (
        place("ChargePeriodStart")?,
        place("ChargePeriodEnd")?,
        place("ResourceId")?,
    );
    let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::NonNumeric)
        .from_writer(BufWriter::with_capacity(1 << 20, File::create(out)?));
    writer.write_record(&header)?;
    let mut fields: Vec<String> = Vec::new();
    for number in 0..rows {
        let record = &records[number % records.len()];
        let copy = number / records.len();
        fields.clear();
        fields.extend(record.iter().map(str::to_owned));
        let (start, end) = moved(&record[from], &record[to], copy)?;
        fields[from] = start;
        fields[to] = end;
        let many = copy / (LINES_A_CHARGE * usize::try_from(DAYS)?);
        if many > 0 && fields[resource] != "NULL" {
            fields[resource] = format!("{}-{many}", fields[resource]);
        }
        writer.write_record(&fields)?;
    }
    writer.flush()?;
    Ok(())
}

/// The charge period of copy `copy`: another hour for charges of an hour, another day for all.
fn moved(from: &str, to: &str, copy: usize) -> Result<(String, String), Box<dyn Error>> {
    let (start, end): (DateTime, DateTime) = (from.parse()?, to.parse()?);
    let first = start.date().first_of_month().to_datetime(Time::midnight());
    let length = i64::from(start.until((Unit::Hour, end))?.get_hours());
    let at = i64::from(first.until((Unit::Hour, start))?.get_hours());
    let copy = i64::try_from(copy)?;
    let lines = i64::try_from(LINES_A_CHARGE)?;
    let days = (at / 24 + copy / lines) % DAYS;
    let hour = if length == 1 {
        (at % 24 + copy % lines) % 24
    } else {
        at % 24
    };
    let start = first.checked_add((days * 24 + hour).hours())?;
    let end = start.checked_add(length.hours())?;
    let text = |moment: DateTime| moment.strftime("%Y-%m-%d %H:%M:%S").to_string();
    Ok((text(start), text(end)))
}
