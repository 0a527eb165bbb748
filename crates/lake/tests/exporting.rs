//! Charges go out as FOCUS 1.2 rows, exactly.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, TimestampMillisecondType};
use arrow_array::{Array, RecordBatch};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use tallyport_lake::export::{FocusOwner, FocusRow, FocusWriter, Layout, columns};
use tallyport_ledger::{BillingPeriod, ChargeCategory, ChargeClass, Money, TagSet};

fn row<'a>(tags: &'a TagSet, billed: &str, owner: Option<FocusOwner<'a>>) -> FocusRow<'a> {
    let money = |text| Money::parse(text, "USD".parse().unwrap()).unwrap();
    FocusRow {
        period: BillingPeriod::new(2024, 9).unwrap(),
        billing_account: "000123456789",
        billing_account_name: "",
        sub_account: "111122223333",
        sub_account_name: "Atlas",
        provider: "AWS",
        service: "Amazon S3",
        service_category: "Storage",
        region: "us-west-2",
        sku: "Requests-Tier1",
        description: "10 \"PUT\", COPY\nand LIST",
        resource: "=HYPERLINK(1)",
        resource_name: "",
        tags,
        category: ChargeCategory::Usage,
        class: ChargeClass::Regular,
        first_day: "2024-09-30".parse().unwrap(),
        last_day: "2024-09-30".parse().unwrap(),
        quantity: "0.000000000000000000000001",
        unit: "Requests",
        invoice: "EUINDE24-1",
        billed: money(billed),
        effective: money("-9223372036.854775807"),
        list: money("0"),
        contracted: money("12"),
        owner,
        client: "Own",
        source: "FOCUS",
        status: "estimated",
        version: 1,
        lines: 3,
    }
}

fn owner() -> FocusOwner<'static> {
    FocusOwner {
        key: "person:3",
        kind: "person",
        name: "Ann",
        rule: Some(12),
        rule_text: "tag team is web",
    }
}

fn written(layout: Layout, rows: &[FocusRow<'_>]) -> Vec<u8> {
    let mut writer = FocusWriter::new(Vec::new(), layout).unwrap();
    for row in rows {
        writer.add(row).unwrap();
    }
    writer.finish().unwrap()
}

/// The fields of the one row of a CSV file, by column.
fn fields(row: &FocusRow<'_>) -> std::collections::BTreeMap<String, String> {
    let bytes = written(Layout::Csv, &[*row]);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let names = reader.headers().unwrap().clone();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), 1);
    names
        .iter()
        .zip(records[0].iter())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[test]
fn amounts_are_written_to_the_nano_and_texts_as_they_are() {
    let tags = TagSet::from([("team".to_owned(), "a,\"b\"".to_owned())]);
    let got = fields(&row(&tags, "0.000000001", Some(owner())));
    for (column, expected) in [
        ("BilledCost", "0.000000001"),
        ("EffectiveCost", "-9223372036.854775807"),
        ("ListCost", "0.00"),
        ("ContractedCost", "12.00"),
        ("BillingAccountId", "000123456789"),
        ("BillingPeriodStart", "2024-09-01T00:00:00Z"),
        ("BillingPeriodEnd", "2024-10-01T00:00:00Z"),
        ("ChargePeriodStart", "2024-09-30T00:00:00Z"),
        ("ChargePeriodEnd", "2024-10-01T00:00:00Z"),
        ("ChargeDescription", "10 \"PUT\", COPY\nand LIST"),
        ("ResourceId", "=HYPERLINK(1)"),
        ("RegionName", "US West (Oregon)"),
        ("ServiceSubcategory", "Other (Storage)"),
        ("ConsumedQuantity", "0.000000000000000000000001"),
        ("InvoiceId", "EUINDE24-1"),
        ("Tags", r#"{"team":"a,\"b\""}"#),
        ("x_OwnerId", "person:3"),
        ("x_AllocatedMethodId", "ownership-rule:12"),
        ("x_AllocatedResourceName", "Ann"),
        (
            "x_AllocatedTags",
            r#"{"owner":"Ann","owner_kind":"person"}"#,
        ),
    ] {
        assert_eq!(got[column], expected, "{column}");
    }
}

#[test]
fn text_stands_in_quotes_and_what_is_unknown_is_bare() {
    let tags = TagSet::new();
    let text = String::from_utf8(written(Layout::Csv, &[row(&tags, "1", None)])).unwrap();
    let line = text.split_once("\r\n").unwrap().1;
    assert!(
        line.starts_with("1.00,\"000123456789\",,\"USD\","),
        "an account stays a text for whoever guesses types, no name is no text: {line}"
    );
    assert!(text.ends_with("\r\n"));
}

#[test]
fn a_tax_has_no_quantity_and_no_sku_and_a_charge_of_nobody_no_allocation() {
    let tags = TagSet::new();
    let tax = FocusRow {
        category: ChargeCategory::Tax,
        ..row(&tags, "1", None)
    };
    let got = fields(&tax);
    for column in [
        "ConsumedQuantity",
        "ConsumedUnit",
        "PricingQuantity",
        "PricingUnit",
        "SkuId",
        "x_AllocatedMethodId",
        "x_AllocatedMethodDetails",
        "x_Owner",
    ] {
        assert_eq!(got[column], "", "{column}");
    }
    assert_eq!(
        got["x_UsageType"], "Requests-Tier1",
        "what it is for stays known"
    );
}

fn batch(bytes: Vec<u8>) -> RecordBatch {
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes))
        .unwrap()
        .with_batch_size(1 << 20)
        .build()
        .unwrap();
    let batches: Vec<RecordBatch> = reader.map(Result::unwrap).collect();
    assert_eq!(batches.len(), 1, "read at once");
    batches.into_iter().next().unwrap()
}

#[test]
fn parquet_holds_amounts_and_quantities_as_decimals_and_moments_as_moments() {
    let tags = TagSet::from([("team".to_owned(), "web".to_owned())]);
    let read = batch(written(
        Layout::Parquet,
        &[
            row(&tags, "0.000000001", Some(owner())),
            row(&tags, "-1", None),
        ],
    ));
    let names: Vec<&str> = columns().iter().map(|column| column.name).collect();
    let schema = read.schema();
    let found: Vec<&str> = schema
        .fields()
        .iter()
        .map(|field| field.name().as_str())
        .collect();
    assert_eq!(found, names);
    let decimal = |name: &str| {
        let column = read.column_by_name(name).unwrap();
        column.as_primitive::<Decimal128Type>().values().to_vec()
    };
    assert_eq!(decimal("BilledCost"), [1, -1_000_000_000]);
    assert_eq!(decimal("EffectiveCost"), [-9_223_372_036_854_775_807; 2]);
    assert_eq!(decimal("ConsumedQuantity"), [1, 1]);
    let start = read.column_by_name("ChargePeriodStart").unwrap();
    let start = start.as_primitive::<TimestampMillisecondType>();
    assert_eq!(start.value(0), 1_727_654_400_000, "2024-09-30 in UTC");
    let owners = read.column_by_name("x_Owner").unwrap();
    assert!(owners.is_valid(0) && owners.is_null(1));
    let tags = read.column_by_name("Tags").unwrap();
    assert_eq!(tags.as_string::<i32>().value(0), r#"{"team":"web"}"#);
}

#[test]
fn a_quantity_beyond_38_digits_is_refused_by_row_and_column() {
    let tags = TagSet::new();
    let good = row(&tags, "1", None);
    let bad = FocusRow {
        quantity: "100000000000000",
        ..good
    };
    let mut writer = FocusWriter::new(Vec::new(), Layout::Parquet).unwrap();
    writer.add(&good).unwrap();
    let said = writer.add(&bad).unwrap_err().to_string();
    assert!(
        said.contains("row 2") && said.contains("ConsumedQuantity"),
        "{said}"
    );
}

#[test]
fn columns_of_our_own_stand_last_and_say_so() {
    let first_own = columns()
        .iter()
        .position(|column| column.name.starts_with("x_"))
        .unwrap();
    let (focus, own) = columns().split_at(first_own);
    assert!(own.iter().all(|column| column.name.starts_with("x_")));
    for part in [focus, own] {
        assert!(part.is_sorted_by_key(|column| column.name), "in order");
    }
}
