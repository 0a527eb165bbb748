use tallyport_lake::athena::{
    AthenaError, SourceColumn, SourceType, Table, columns_of_footer, create_table, roll_up,
};
use tallyport_lake::export::{FocusWriter, Layout};
use tallyport_ledger::BillingPeriod;

fn focus() -> Vec<SourceColumn> {
    [
        ("BilledCost", SourceType::Double),
        ("BillingAccountId", SourceType::Text),
        ("BillingCurrency", SourceType::Text),
        ("BillingPeriodStart", SourceType::Timestamp),
        ("ChargeCategory", SourceType::Text),
        ("ChargePeriodStart", SourceType::Timestamp),
        ("ServiceName", SourceType::Text),
        ("Tags", SourceType::Map),
        ("AvailabilityZone", SourceType::Text),
    ]
    .map(|(name, kind)| SourceColumn {
        name: name.to_owned(),
        kind,
    })
    .to_vec()
}

fn table() -> Table {
    Table::new("bills", "focus_1", "s3://acme-billing/cost/focus/data/").unwrap()
}

#[test]
fn the_table_has_the_columns_that_are_read_and_its_months_as_partitions() {
    let statement = create_table(&table(), &focus()).unwrap();
    for part in [
        "CREATE EXTERNAL TABLE IF NOT EXISTS `bills`.`focus_1` (",
        "`billedcost` double,",
        "`tags` map<string, string>",
        "PARTITIONED BY (`billing_period` string)",
        "STORED AS PARQUET",
        "'projection.billing_period.format' = 'yyyy-MM'",
        "'s3://acme-billing/cost/focus/data/BILLING_PERIOD=${billing_period}/'",
    ] {
        assert!(statement.contains(part), "{part} in\n{statement}");
    }
    assert!(
        !statement.contains("availabilityzone"),
        "what nobody reads is not declared"
    );
}

#[test]
fn one_month_is_read_and_no_other() {
    let statement = roll_up(&table(), &focus(), BillingPeriod::new(2024, 9).unwrap()).unwrap();
    assert!(statement.contains("WHERE \"billing_period\" = '2024-09'"));
    assert!(!statement.contains(';'), "one statement");
}

#[test]
fn names_that_could_end_a_text_are_refused() {
    for (database, name, location) in [
        ("bills", "a b", "s3://b/"),
        ("bills`", "a", "s3://b/"),
        ("bills", "a", "s3://b/it's/"),
        ("bills", "a", "s3://b/data"),
        ("bills", "a", "file:///etc/"),
    ] {
        assert!(matches!(
            Table::new(database, name, location),
            Err(AthenaError::Name(_))
        ));
    }
    let mut columns = focus();
    columns[0].name = "BilledCost` string) --".to_owned();
    assert!(create_table(&table(), &columns).is_err());
}

#[test]
fn an_export_without_what_a_charge_needs_is_refused_by_name() {
    let columns: Vec<SourceColumn> = focus()
        .into_iter()
        .filter(|column| column.name != "BillingCurrency")
        .collect();
    let refused = roll_up(&table(), &columns, BillingPeriod::new(2024, 9).unwrap()).unwrap_err();
    assert_eq!(
        refused,
        AthenaError::Lacking(vec!["BillingCurrency".to_owned()])
    );
    let mut columns = focus();
    columns[3].kind = SourceType::Map;
    let refused = roll_up(&table(), &columns, BillingPeriod::new(2024, 9).unwrap()).unwrap_err();
    assert!(
        refused.to_string().contains("BillingPeriodStart"),
        "{refused}"
    );
}

#[test]
fn the_columns_of_a_file_are_told_from_its_last_bytes() {
    let file = FocusWriter::new(Vec::new(), Layout::Parquet)
        .unwrap()
        .finish()
        .unwrap();
    let columns = columns_of_footer(&file[4..]).unwrap();
    let billed = columns.iter().find(|column| column.name == "BilledCost");
    assert_eq!(billed.unwrap().kind, SourceType::Decimal(38, 9));
    let start = columns
        .iter()
        .find(|column| column.name == "ChargePeriodStart");
    assert_eq!(start.unwrap().kind, SourceType::Timestamp);
    let more = columns_of_footer(&file[file.len() - 100..]).unwrap_err();
    assert!(more.to_string().contains("are needed"), "{more}");
    assert!(columns_of_footer(b"no such file at all").is_err());
}
