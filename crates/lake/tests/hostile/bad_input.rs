//! What people and programs really hand in, each with the words it is refused with.

use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use jiff::civil::date;
use tallyport_lake::{LakeError, Loaded, Options, read_file};

const FOCUS: &str = "BilledCost,EffectiveCost,BillingAccountId,BillingCurrency,BillingPeriodStart,\
    ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ServiceName,ProviderName";
const ROW: &str = "1.5,1.5,0123,USD,2026-09-01T00:00:00Z,Usage,2026-09-03T10:00:00Z,\
    2026-09-03T11:00:00Z,Amazon EC2,AWS";

fn read(path: &Path) -> Result<Loaded, LakeError> {
    let options = Options {
        latest: Some(date(2027, 12, 31)),
        ..Options::default()
    };
    read_file(path, &options, &mut |_| ControlFlow::Continue(()))
}

fn outcome(bytes: impl AsRef<[u8]>) -> Result<Loaded, LakeError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bill.csv");
    std::fs::write(&path, bytes).unwrap();
    read(&path)
}

fn complaint(bytes: impl AsRef<[u8]>) -> String {
    match outcome(bytes) {
        Ok(loaded) => panic!("{} lines were read", loaded.lines),
        Err(error) => error.to_string(),
    }
}

fn with(from: &str, to: &str) -> String {
    format!("{FOCUS}\n{ROW}\n{}\n", ROW.replace(from, to))
}

#[test]
fn two_hundred_columns_that_are_missing_are_told_by_number() {
    let mut names = FOCUS.to_owned();
    for number in 0..200 {
        let _ = write!(names, ",x_Own{number}");
    }
    assert_eq!(
        complaint(format!("{names}\n{ROW}\n")),
        "1 row of bill.csv cannot be read, so nothing of it was imported: \
         line 2: it has 10 fields where the first row names 210 columns"
    );
    let lost = "BilledCost,EffectiveCost,ListCost,ContractedCost,ChargeCategory,Tags,RegionId\n1,1,1,1,Usage,,\n";
    assert_eq!(
        complaint(lost),
        "bill.csv looks like a FOCUS file but lacks: BillingAccountId, BillingCurrency, \
         BillingPeriodStart, ChargePeriodStart, ServiceName"
    );
}

#[test]
fn exponents_are_numbers_and_words_are_none() {
    for (amount, nanos) in [("1e-7", 100), ("1.5E2", 150_000_000_000), ("-2E-9", -2)] {
        let file = outcome(format!(
            "{FOCUS}\n{}\n",
            ROW.replacen("1.5,", &format!("{amount},"), 1)
        ));
        let billed = file.unwrap().load.periods[0].charges[0].amounts.billed;
        assert_eq!(billed, nanos, "{amount}");
    }
    for amount in [
        "NaN",
        "nan",
        "inf",
        "-Infinity",
        "1e",
        "0x10",
        "1_000",
        "1,5",
    ] {
        let text = format!(
            "{FOCUS}\n{}\n",
            ROW.replacen("1.5,", &format!("\"{amount}\","), 1)
        );
        let said = complaint(text);
        assert!(
            said.contains(&format!(
                "line 2, BilledCost: \"{amount}\" is not a decimal number"
            )),
            "{said}"
        );
    }
}

#[test]
fn dates_before_2006_and_after_next_year_are_told() {
    for (from, to, said) in [
        (
            "2026-09-01T00:00:00Z",
            "2005-09-01",
            "line 3, BillingPeriodStart: 2005-09-01 lies outside the years 2006 to 2199",
        ),
        (
            "2026-09-01T00:00:00Z",
            "2062-09-01",
            "line 3, BillingPeriodStart: 2062-09-01 lies after 2027-12-31, later than any bill \
             can be of",
        ),
        (
            "2026-09-03T10:00:00Z,2026",
            "2028-01-01T00:00:00Z,2029",
            "line 3, ChargePeriodStart: 2028-01-01 lies after 2027-12-31, later than any bill can \
             be of",
        ),
    ] {
        let error = complaint(with(from, to));
        assert!(error.contains(said), "{error}");
    }
    let three_years = with("2026-09-03T11:00:00Z", "2029-09-03T10:00:00Z");
    assert!(
        outcome(three_years).is_ok(),
        "a commitment may end years later"
    );
}

#[test]
fn a_field_of_ten_megabytes_is_refused_by_line() {
    for quote in ["", "\""] {
        let long = format!("{quote}{}{quote}", "x".repeat(10 << 20));
        let said = complaint(with("Amazon EC2", &long));
        assert!(
            said.contains("from line 3 on: a field is longer than 1 MB"),
            "{said}"
        );
    }
    let long = "x".repeat(3_000);
    assert!(
        complaint(with("Amazon EC2", &long))
            .contains("line 3, ServiceName: it is longer than 2,048 bytes")
    );
}

#[test]
fn what_unpacks_without_end_is_refused_early() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bomb.csv.gz");
    let file = std::fs::File::create(&path).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(file, flate2::Compression::best());
    gzip.write_all(format!("{FOCUS}\n").as_bytes()).unwrap();
    // A line that is blank but for spaces is no row, so only the bound on expansion ends this.
    let blank = vec![b' '; 1 << 20];
    let mut line = blank;
    line[(1 << 20) - 1] = b'\n';
    for _ in 0..400 {
        gzip.write_all(&line).unwrap();
    }
    gzip.finish().unwrap();
    let said = read(&path).unwrap_err().to_string();
    assert!(
        said == "bomb.csv.gz unpacks to more than 300 times its size, which no cost file does"
            || said.contains("a field is longer than 1 MB"),
        "{said}"
    );
}

#[test]
fn a_gzip_file_in_a_gzip_file_and_other_wrappings_are_no_cost_file() {
    let packed = |bytes: &[u8]| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(bytes).unwrap();
        gzip.finish().unwrap()
    };
    let twice = packed(&packed(format!("{FOCUS}\n{ROW}\n").as_bytes()));
    assert!(complaint(twice).starts_with("bill.csv is not a cost file"));
    for bytes in [
        b"{\"BilledCost\": 1}\n".as_slice(),
        b"<html></html>",
        b"\x7fELF\x02\x01",
    ] {
        assert!(complaint(bytes).starts_with("bill.csv is not a cost file"));
    }
}

#[test]
fn many_columns_are_refused_rather_than_held() {
    let names: Vec<String> = (0..200_000).map(|number| format!("x{number}")).collect();
    let said = complaint(format!("{FOCUS},{}\n{ROW}\n", names.join(",")));
    assert!(said.len() < 2_000, "{} bytes of words", said.len());
}

#[test]
fn a_file_cut_inside_a_row_is_told_at_its_last_line() {
    let whole = format!("{FOCUS}\n{ROW}\n{ROW}\n");
    let cut = &whole[..whole.len() - 30];
    assert_eq!(
        complaint(cut),
        "1 row of bill.csv cannot be read, so nothing of it was imported: \
         line 3: it has 8 fields where the first row names 10 columns"
    );
}
