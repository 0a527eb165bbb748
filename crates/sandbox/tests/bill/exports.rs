//! Exports, read back: they are the bill that Cost Explorer tells, to the nano.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_bcmdataexports::types::{
    CompressionOption, DataQuery, DestinationConfigurations, Export, FormatOption, FrequencyOption,
    OverwriteOption, RefreshCadence, S3Destination, S3OutputConfigurations, S3OutputType,
};
use aws_sdk_costexplorer::types::{Dimension, Granularity};
use jiff::civil::date;
use tallyport_sandbox::Sandbox;

use crate::ask::{Ask, by, client, nano, only};
use crate::files::{BUCKET, Found, Row, find, named, s3};
use crate::support::{TODAY, open, reopen};

/// Billed and effective.
type Sums = BTreeMap<[String; 4], [i128; 2]>;

fn add(sums: &mut Sums, key: [&str; 4], amounts: [i128; 2]) {
    let sum = sums.entry(key.map(ToOwned::to_owned)).or_default();
    sum[0] += amounts[0];
    sum[1] += amounts[1];
}

/// The product code of a service of Cost Explorer, as AWS's own documentation maps them. What is
/// taxed is not said there.
fn code(service: &str) -> &str {
    match service {
        "Amazon Elastic Compute Cloud - Compute" | "EC2 - Other" => "AmazonEC2",
        "Amazon Relational Database Service" => "AmazonRDS",
        "Amazon Simple Storage Service" => "AmazonS3",
        "Amazon Elastic Load Balancing" => "AWSELB",
        "AWS Lambda" => "AWSLambda",
        "AmazonCloudWatch" => "AmazonCloudWatch",
        "Amazon Route 53" => "AmazonRoute53",
        "AWS Cost Explorer" => "AWSCostExplorer",
        "AWS Key Management Service" => "awskms",
        "AWS Transfer Family" => "AWSTransfer",
        "Savings Plans for AWS Compute usage" => "ComputeSavingsPlans",
        "AWS Support (Business)" => "AWSSupportBusiness",
        "Fourfold Observability" => "4k9vq2d7m1xw8zfourfolddemo",
        "Tax" => "",
        other => other,
    }
}

/// What Cost Explorer says by account, product, record type and day.
async fn told(sandbox: &Sandbox, metrics: [&str; 2]) -> Sums {
    let client = client(sandbox);
    sandbox.set_page_size(100_000);
    let mut sums = Sums::new();
    for account in sandbox.company().accounts() {
        let ask = Ask {
            granularity: Granularity::Daily,
            groups: vec![by("SERVICE"), by("RECORD_TYPE")],
            ..Ask::filtered(only(Dimension::LinkedAccount, &[account.id]))
        };
        for (place, metric) in metrics.iter().enumerate() {
            for ((day, keys), amount) in ask.cells(&client, metric).await {
                let mut amounts = [0, 0];
                amounts[place] = amount;
                add(
                    &mut sums,
                    [account.id, code(&keys[0]), &keys[1], &day],
                    amounts,
                );
            }
        }
    }
    sums.retain(|_, amounts| *amounts != [0, 0]);
    sums
}

fn text<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).map_or("", String::as_str)
}

fn amount(row: &Row, name: &str) -> i128 {
    row.get(name).map_or(0, |text| nano(text))
}

/// What a report says, amortised by AWS's documented rules. `named` gives the name of a column.
fn reported(rows: &[Row], named: impl Fn(&'static str, &'static str) -> &'static str) -> Sums {
    let mut sums = Sums::new();
    for row in rows {
        let text = |new, old| text(row, named(new, old));
        let amount = |new, old| amount(row, named(new, old));
        if text("line_item_operation", "lineItem/Operation") == "EKSPod-EC2" {
            continue;
        }
        let kind = text("line_item_line_item_type", "lineItem/LineItemType");
        let code = text("line_item_product_code", "lineItem/ProductCode");
        let billed = amount("line_item_unblended_cost", "lineItem/UnblendedCost");
        let is_upfront = !text(
            "reservation_reservation_a_r_n",
            "reservation/ReservationARN",
        )
        .is_empty();
        let effective = match kind {
            "DiscountedUsage" => amount("reservation_effective_cost", "reservation/EffectiveCost"),
            "RIFee" => {
                amount(
                    "reservation_unused_amortized_upfront_fee_for_billing_period",
                    "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod",
                ) + amount(
                    "reservation_unused_recurring_fee",
                    "reservation/UnusedRecurringFee",
                )
            }
            "Fee" if is_upfront => 0,
            "SavingsPlanCoveredUsage" => amount(
                "savings_plan_savings_plan_effective_cost",
                "savingsPlan/SavingsPlanEffectiveCost",
            ),
            "SavingsPlanRecurringFee" => {
                amount(
                    "savings_plan_total_commitment_to_date",
                    "savingsPlan/TotalCommitmentToDate",
                ) - amount("savings_plan_used_commitment", "savingsPlan/UsedCommitment")
            }
            "SavingsPlanNegation" => 0,
            _ => billed,
        };
        let (code, kind) = match kind {
            "Tax" => ("", kind),
            "EdpDiscount" => (code, "Enterprise Discount Program Discount"),
            "Fee" if code == "AWSSupportBusiness" => (code, "Support"),
            _ => (code, kind),
        };
        let day = &text("line_item_usage_start_date", "lineItem/UsageStartDate")[..10];
        let account = text("line_item_usage_account_id", "lineItem/UsageAccountId");
        add(&mut sums, [account, code, kind, day], [billed, effective]);
    }
    sums.retain(|_, amounts| *amounts != [0, 0]);
    sums
}

fn assert_same(told: &Sums, found: &Sums) {
    for (key, amounts) in told {
        assert_eq!(Some(amounts), found.get(key), "{key:?}");
    }
    assert_eq!(
        told.len(),
        found.len(),
        "nothing that Cost Explorer does not tell"
    );
}

fn assert_laid_out(found: &Found, month: &str, file: &str, manifest: &str) {
    assert!(found.files.contains_key(file), "{:?}", found.files.keys());
    let files = named(&found.manifests[manifest]);
    assert!(files.len() > 1, "{month} has several files");
    for (key, manifest) in &found.manifests {
        for file in named(manifest) {
            assert!(found.files.contains_key(&file), "{key} names {file}");
            assert!(
                found.modified[&file] <= found.modified[key],
                "the manifest comes last"
            );
        }
    }
}

#[tokio::test]
async fn cur_2_is_cost_explorers_bill_by_account_product_record_type_and_day() {
    let opened = open();
    let found = find(&opened.sandbox, BUCKET, "cur2/").await;
    assert_laid_out(
        &found,
        "2026-10",
        "cur2/northwind-cur2/data/BILLING_PERIOD=2026-10/northwind-cur2-00001.snappy.parquet",
        "cur2/northwind-cur2/metadata/BILLING_PERIOD=2026-10/northwind-cur2-Manifest.json",
    );
    assert_eq!(found.manifests.len(), 13);
    let rows = found.rows();
    let told = told(&opened.sandbox, ["UnblendedCost", "AmortizedCost"]).await;
    assert_same(&told, &reported(&rows, |new, _| new));

    let with = |name: &str, value: &str| rows.iter().any(|row| text(row, name) == value);
    assert!(with("bill_billing_entity", "AWS Marketplace"));
    assert!(with("line_item_operation", "EKSPod-EC2"));
    assert!(
        rows.iter()
            .any(|row| text(row, "resource_tags").contains("\"user_owner\":\"jane.doe\""))
    );
    assert!(
        rows.iter()
            .any(|row| text(row, "discount").contains("edp_discount"))
    );
    assert!(
        rows.iter()
            .any(|row| text(row, "product").contains("\"database_engine\":\"PostgreSQL\""))
    );
    for row in &rows {
        let is_open = text(row, "bill_billing_period_start_date").starts_with("2026-11");
        assert_eq!(is_open, text(row, "bill_invoice_id").is_empty(), "{row:?}");
    }
}

#[tokio::test]
async fn the_legacy_report_is_the_same_bill_in_several_files_under_one_assembly() {
    let opened = open();
    let found = find(&opened.sandbox, BUCKET, "cur/").await;
    assert_laid_out(
        &found,
        "2026-10",
        "cur/northwind-cur/20261001-20261101/20261106T041000Z/northwind-cur-2.csv.gz",
        "cur/northwind-cur/20261001-20261101/northwind-cur-Manifest.json",
    );
    let rows = found.rows();
    let told = told(&opened.sandbox, ["UnblendedCost", "AmortizedCost"]).await;
    assert_same(&told, &reported(&rows, |_, old| old));
    let owners: BTreeSet<&str> = rows
        .iter()
        .map(|row| text(row, "resourceTags/user:owner"))
        .collect();
    assert!(owners.contains("José García"), "{owners:?}");
}

#[tokio::test]
async fn focus_is_the_net_bill_with_purchases_apart_from_what_they_cover() {
    let opened = open();
    let found = find(&opened.sandbox, BUCKET, "focus/").await;
    assert_laid_out(
        &found,
        "2026-10",
        "focus/northwind-focus/data/BILLING_PERIOD=2026-10/northwind-focus-00001.csv.gz",
        "focus/northwind-focus/metadata/BILLING_PERIOD=2026-10/northwind-focus-Manifest.json",
    );
    let rows = found.rows();
    let mut sums = Sums::new();
    for row in &rows {
        let category = text(row, "ChargeCategory");
        let effective = amount(row, "EffectiveCost");
        let is_commitment = !text(row, "CommitmentDiscountId").is_empty();
        if category == "Purchase" && is_commitment {
            assert_eq!(effective, 0, "{row:?}");
        }
        let (code, category) = match category {
            "Tax" => ("", "Tax"),
            other => (text(row, "x_ServiceCode"), other),
        };
        let day = &text(row, "ChargePeriodStart")[..10];
        let key = [text(row, "SubAccountId"), code, category, day];
        add(&mut sums, key, [amount(row, "BilledCost"), effective]);
    }
    let mut expected = Sums::new();
    for ([account, code, kind, day], [billed, effective]) in
        told(&opened.sandbox, ["NetUnblendedCost", "NetAmortizedCost"]).await
    {
        // What of a commitment is not used is usage to FOCUS.
        let (billed_as, effective_as) = match kind.as_str() {
            "RIFee" | "SavingsPlanRecurringFee" => ("Purchase", "Usage"),
            "Fee" | "Support" => ("Purchase", "Purchase"),
            "Tax" => ("Tax", "Tax"),
            "Credit" => ("Credit", "Credit"),
            "Refund" => ("Adjustment", "Adjustment"),
            _ => ("Usage", "Usage"),
        };
        add(
            &mut expected,
            [&account, &code, billed_as, &day],
            [billed, 0],
        );
        add(
            &mut expected,
            [&account, &code, effective_as, &day],
            [0, effective],
        );
    }
    sums.retain(|_, amounts| *amounts != [0, 0]);
    expected.retain(|_, amounts| *amounts != [0, 0]);
    assert_same(&expected, &sums);

    let discounted = rows
        .iter()
        .find(|row| !text(row, "x_Discounts").is_empty())
        .unwrap();
    assert!(amount(discounted, "ContractedCost") < amount(discounted, "ListCost"));
    assert!(
        rows.iter()
            .any(|row| text(row, "CommitmentDiscountStatus") == "Unused")
    );
    assert!(
        rows.iter()
            .any(|row| text(row, "PublisherName") == "Fourfold Software, Inc.")
    );
}

#[tokio::test]
async fn the_same_day_gives_the_same_bytes_and_the_next_day_rewrites_the_open_month_only() {
    let (one, two) = (open(), open());
    let before = find(&one.sandbox, BUCKET, "focus/").await;
    assert!(before == find(&two.sandbox, BUCKET, "focus/").await);

    let again = reopen(&one.folder, TODAY);
    assert!(
        before == find(&again, BUCKET, "focus/").await,
        "reopened, nothing moves"
    );
    again.set_today(date(2026, 11, 22));
    let after = find(&again, BUCKET, "focus/").await;
    for (key, bytes) in &before.files {
        let is_open = key.contains("BILLING_PERIOD=2026-11");
        assert_eq!(after.files[key] != *bytes, is_open, "{key}");
        assert_eq!(after.modified[key] > before.modified[key], is_open, "{key}");
    }
}

#[tokio::test]
async fn a_month_that_is_closed_is_delivered_once_more_with_its_invoice() {
    let opened = open();
    opened.sandbox.set_today(date(2026, 11, 5));
    let key = "focus/northwind-focus/metadata/BILLING_PERIOD=2026-10/northwind-focus-Manifest.json";
    let invoices = |found: &Found| {
        let rows = found.rows().into_iter();
        rows.filter(|row| text(row, "BillingPeriodStart").starts_with("2026-10"))
            .map(|row| text(&row, "InvoiceId").to_owned())
            .collect::<BTreeSet<_>>()
    };
    let before = find(&opened.sandbox, BUCKET, "focus/").await;
    assert_eq!(invoices(&before), BTreeSet::from([String::new()]));
    opened.sandbox.set_today(date(2026, 11, 6));
    let after = find(&opened.sandbox, BUCKET, "focus/").await;
    assert_ne!(
        before.manifests[key]["executionId"],
        after.manifests[key]["executionId"]
    );
    assert_eq!(
        invoices(&after).len(),
        2,
        "AWS's invoice and the marketplace's"
    );
    assert!(!invoices(&after).contains(""));
}

#[tokio::test]
async fn exports_are_listed_in_pages_and_described_whole() {
    let opened = open();
    let client = aws_sdk_bcmdataexports::Client::new(&opened.sandbox.sdk_config());
    let first = client.list_exports().max_results(1).send().await.unwrap();
    let second = client
        .list_exports()
        .set_next_token(first.next_token.clone())
        .send()
        .await
        .unwrap();
    assert!(first.next_token.is_some() && second.next_token.is_none());
    let exports = [first.exports.unwrap(), second.exports.unwrap()].concat();
    let names: Vec<&str> = exports.iter().map(|export| export.export_name()).collect();
    assert_eq!(names, ["northwind-focus", "northwind-cur2"]);

    let described = client
        .get_export()
        .export_arn(exports[1].export_arn())
        .send()
        .await
        .unwrap();
    let export = described.export.unwrap();
    let to = export
        .destination_configurations
        .unwrap()
        .s3_destination
        .unwrap();
    assert_eq!(
        (to.s3_bucket(), to.s3_prefix(), to.s3_region()),
        (BUCKET, "cur2", "us-east-1")
    );
    assert_eq!(
        to.s3_output_configurations.unwrap().format,
        FormatOption::Parquet
    );
    assert!(
        export
            .data_query
            .unwrap()
            .query_statement
            .ends_with(" FROM COST_AND_USAGE_REPORT")
    );

    let ran = client
        .list_executions()
        .export_arn(exports[0].export_arn())
        .send()
        .await
        .unwrap();
    let ran = ran.executions.unwrap();
    assert_eq!(ran.len(), 13, "one for each month");
    let one = client
        .get_execution()
        .export_arn(exports[0].export_arn())
        .execution_id(ran[0].execution_id())
        .send()
        .await
        .unwrap();
    assert_eq!(one.execution_id.as_deref(), Some(ran[0].execution_id()));
    let found = find(&opened.sandbox, BUCKET, "focus/").await;
    assert!(
        found
            .manifests
            .values()
            .any(|manifest| manifest["executionId"] == ran[0].execution_id())
    );

    let unknown = client
        .get_export()
        .export_arn("arn:aws:bcm-data-exports:us-east-1:111122223333:export/none");
    let error = unknown.send().await.unwrap_err().into_service_error();
    assert!(error.is_resource_not_found_exception(), "{error:?}");
}

fn wanted(name: &str, statement: &str, bucket: &str) -> Export {
    let output = S3OutputConfigurations::builder()
        .output_type(S3OutputType::Custom)
        .format(FormatOption::Parquet)
        .compression(CompressionOption::Parquet)
        .overwrite(OverwriteOption::CreateNewReport);
    let to = S3Destination::builder()
        .s3_bucket(bucket)
        .s3_prefix("made")
        .s3_region("us-east-1")
        .s3_output_configurations(output.build().unwrap());
    Export::builder()
        .name(name)
        .data_query(
            DataQuery::builder()
                .query_statement(statement)
                .build()
                .unwrap(),
        )
        .destination_configurations(
            DestinationConfigurations::builder()
                .s3_destination(to.build().unwrap())
                .build(),
        )
        .refresh_cadence(
            RefreshCadence::builder()
                .frequency(FrequencyOption::Synchronous)
                .build()
                .unwrap(),
        )
        .build()
        .unwrap()
}

#[tokio::test]
async fn an_export_that_is_made_delivers_what_its_query_chooses_from_that_month_on() {
    let opened = open();
    let client = aws_sdk_bcmdataexports::Client::new(&opened.sandbox.sdk_config());
    s3(&opened.sandbox)
        .create_bucket()
        .bucket("new-bills")
        .send()
        .await
        .unwrap();
    let statement = "SELECT BilledCost, SubAccountId, Tags FROM FOCUS_1_2_AWS";
    let made = client
        .create_export()
        .export(wanted("mine", statement, "new-bills"));
    let arn = made.send().await.unwrap().export_arn.unwrap();

    let later = reopen(&opened.folder, date(2026, 12, 2));
    let listed = aws_sdk_bcmdataexports::Client::new(&later.sdk_config());
    let export = listed
        .get_export()
        .export_arn(&arn)
        .send()
        .await
        .unwrap()
        .export
        .unwrap();
    assert_eq!(export.data_query.unwrap().query_statement(), statement);
    let found = find(&later, "new-bills", "made/mine/").await;
    assert_eq!(
        found.manifests.len(),
        2,
        "November and December: {:?}",
        found.manifests.keys()
    );
    let file = found.files.iter().next().unwrap();
    assert!(
        file.0
            .starts_with("made/mine/data/BILLING_PERIOD=2026-11/2026-12-02T04:10:00.000Z-")
    );
    let rows = crate::files::rows(file.0, file.1);
    let columns: BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| row.keys().map(String::as_str))
        .collect();
    assert_eq!(
        columns,
        BTreeSet::from(["BilledCost", "SubAccountId", "Tags"])
    );
}

#[tokio::test]
async fn an_export_that_cannot_be_made_is_refused_with_its_reason() {
    let opened = open();
    let client = aws_sdk_bcmdataexports::Client::new(&opened.sandbox.sdk_config());
    let good = "SELECT BilledCost FROM FOCUS_1_2_AWS";
    for (export, reason) in [
        (wanted("northwind-focus", good, BUCKET), "already exists"),
        (wanted("a b", good, BUCKET), "letters"),
        (
            wanted("mine", "SELECT Nothing FROM FOCUS_1_2_AWS", BUCKET),
            "Nothing",
        ),
        (wanted("mine", good, "somebody-elses"), "somebody-elses"),
    ] {
        let error = client
            .create_export()
            .export(export)
            .send()
            .await
            .unwrap_err();
        let error = error.into_service_error();
        assert!(error.is_validation_exception(), "{error:?}");
        let message = error.meta().message().unwrap_or_default();
        assert!(message.contains(reason), "{message}");
    }
}

#[tokio::test]
async fn legacy_reports_are_defined_by_their_own_service() {
    let opened = open();
    let client = aws_sdk_costandusagereport::Client::new(&opened.sandbox.sdk_config());
    let reports = client.describe_report_definitions().send().await.unwrap();
    let reports = reports.report_definitions.unwrap();
    assert_eq!(reports.len(), 1);
    let report = &reports[0];
    assert_eq!(
        (report.report_name(), report.s3_bucket(), report.s3_prefix()),
        ("northwind-cur", BUCKET, "cur")
    );
    assert_eq!(
        report.report_versioning().unwrap().as_str(),
        "CREATE_NEW_REPORT"
    );
    assert_eq!(
        report
            .report_status()
            .unwrap()
            .last_status()
            .unwrap()
            .as_str(),
        "SUCCESS"
    );
}
