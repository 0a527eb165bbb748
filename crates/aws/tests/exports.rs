//! Exports in S3, asked through the real SDK, answered by the sandbox.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::ops::ControlFlow;

use aws_sdk_s3::Client;
use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};
use jiff::civil::date;
use tallyport_aws::exports::{
    Bucket, Delivery, Export, ExportFormat, ExportKind, ExportService, Object, deliveries,
};
use tallyport_aws::{AwsError, Staging};
use tallyport_sandbox::{Fault, Sandbox, SandboxOptions};

const BUCKET: &str = "northwind-somebodys-bills";

struct Desk {
    sandbox: Sandbox,
    s3: Client,
    folder: tempfile::TempDir,
}

async fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let options = SandboxOptions {
        folder: folder.path().join("sandbox"),
        today: date(2026, 11, 21),
        seed: 7,
    };
    let sandbox = Sandbox::open(options).unwrap();
    let s3 = Client::new(&sandbox.sdk_config());
    s3.create_bucket().bucket(BUCKET).send().await.unwrap();
    Desk {
        sandbox,
        s3,
        folder,
    }
}

impl Desk {
    async fn put(&self, key: &str, body: &[u8]) {
        let put = self.s3.put_object().bucket(BUCKET).key(key);
        put.body(body.to_vec().into()).send().await.unwrap();
    }

    async fn bucket(&self) -> Bucket {
        Bucket::open(&self.sandbox.sdk_config(), BUCKET, None)
            .await
            .unwrap()
    }

    async fn object(&self, key: &str) -> Object {
        let mut listed = self.bucket().await.list(key).await.unwrap();
        listed.remove(0)
    }

    fn staging(&self) -> Staging {
        Staging::open(&self.folder.path().join("staging"))
            .unwrap()
            .unwrap()
    }

    fn asked(&self) -> u64 {
        self.sandbox.requests().of("s3:GetObject")
    }
}

fn export(service: ExportService, name: &str) -> Export {
    Export {
        id: format!("arn:aws:bcm-data-exports:us-east-1:111122223333:export/{name}"),
        service,
        name: name.to_owned(),
        kind: ExportKind::Focus,
        format: ExportFormat::Csv,
        bucket: BUCKET.to_owned(),
        prefix: "exports".to_owned(),
        region: None,
        refresh: String::new(),
        overwrite: true,
        status: "HEALTHY".to_owned(),
        usable: true,
        reason: None,
    }
}

/// Bytes without a pattern that a piece could hide in.
fn bytes(length: usize) -> Vec<u8> {
    let mut state: u32 = 0x9e37_79b9;
    let mut bytes = Vec::with_capacity(length + 4);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        bytes.extend(state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

fn on(_: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn months(deliveries: &[Delivery]) -> Vec<(String, &str)> {
    let manifests = deliveries.iter();
    manifests
        .map(|delivery| (delivery.period.to_string(), delivery.manifest.key.as_str()))
        .collect()
}

#[tokio::test]
async fn the_newest_manifest_of_each_month_is_found_whatever_the_service_that_wrote_it() {
    let desk = desk().await;
    for key in [
        "exports/focus/metadata/BILLING_PERIOD=2026-09/focus-Manifest.json",
        "exports/focus/metadata/BILLING_PERIOD=2026-10/20261101T0000Z-a/focus-Manifest.json",
        "exports/focus/metadata/BILLING_PERIOD=2026-10/20261102T0000Z-b/focus-Manifest.json",
        "exports/focus/metadata/BILLING_PERIOD=2026-10/notes.txt",
        "exports/focus/data/BILLING_PERIOD=2026-10/focus-00001.csv.gz",
        "exports/focus-too/metadata/BILLING_PERIOD=2026-08/focus-too-Manifest.json",
        "exports/old/20260901-20261001/old-Manifest.json",
        "exports/old/20260901-20261001/assembly/old-Manifest.json",
        "exports/old/20261001-20261101/old-Manifest.json",
        "exports/old/20261001-20261101/old-1.csv.gz",
        "exports/old/cost_and_usage_data_status/x.parquet",
    ] {
        desk.put(key, key.as_bytes()).await;
    }
    let bucket = desk.bucket().await;
    let found = deliveries(&bucket, &export(ExportService::DataExports, "focus"))
        .await
        .unwrap();
    let expected = [
        (
            "2026-09".to_owned(),
            "exports/focus/metadata/BILLING_PERIOD=2026-09/focus-Manifest.json",
        ),
        (
            "2026-10".to_owned(),
            "exports/focus/metadata/BILLING_PERIOD=2026-10/20261102T0000Z-b/focus-Manifest.json",
        ),
    ];
    assert_eq!(months(&found), expected);
    let found = deliveries(&bucket, &export(ExportService::Reports, "old"))
        .await
        .unwrap();
    let expected = [
        (
            "2026-09".to_owned(),
            "exports/old/20260901-20261001/old-Manifest.json",
        ),
        (
            "2026-10".to_owned(),
            "exports/old/20261001-20261101/old-Manifest.json",
        ),
    ];
    assert_eq!(months(&found), expected);
}

#[tokio::test]
async fn a_listing_of_several_pages_is_read_to_its_end() {
    let desk = desk().await;
    for number in 0..1_003 {
        let key = format!(
            "exports/focus/metadata/BILLING_PERIOD=2026-10/{number:05}/focus-Manifest.json"
        );
        desk.put(&key, b"{}").await;
    }
    let before = desk.sandbox.requests().of("s3:ListObjectsV2");
    let found = deliveries(
        &desk.bucket().await,
        &export(ExportService::DataExports, "focus"),
    )
    .await
    .unwrap();
    assert_eq!(
        months(&found)[0].1,
        "exports/focus/metadata/BILLING_PERIOD=2026-10/01002/focus-Manifest.json",
        "the last one is the newest"
    );
    assert_eq!(
        desk.sandbox.requests().of("s3:ListObjectsV2") - before,
        2,
        "a thousand keys a page"
    );
}

#[tokio::test]
async fn a_file_that_was_fetched_is_not_fetched_again() {
    let desk = desk().await;
    let whole = bytes(300_000);
    desk.put("bill.csv.gz", &whole).await;
    let object = desk.object("bill.csv.gz").await;
    let bucket = desk.bucket().await;
    let staging = desk.staging();
    let mut came = 0;
    let mut count = |more: u64| {
        came += more;
        ControlFlow::Continue(())
    };
    let path = staging.fetch(&bucket, &object, &mut count).await.unwrap();
    assert!(std::fs::read(&path).unwrap() == whole);
    assert_eq!(came, 300_000);
    let asked = desk.asked();
    drop(staging);
    let again = desk.staging();
    assert_eq!(again.here(&object), 300_000);
    assert_eq!(again.fetch(&bucket, &object, &mut on).await.unwrap(), path);
    assert_eq!(desk.asked(), asked, "nothing was asked for");
}

#[tokio::test]
async fn a_file_that_was_interrupted_goes_on_where_it_ended() {
    let desk = desk().await;
    let whole = bytes(500_000);
    desk.put("bill.csv.gz", &whole).await;
    let object = desk.object("bill.csv.gz").await;
    let bucket = desk.bucket().await;
    let staging = desk.staging();
    let mut stop_half_way = |_| ControlFlow::Break(());
    let stopped = staging.fetch(&bucket, &object, &mut stop_half_way).await;
    assert!(matches!(stopped, Err(AwsError::Cancelled)), "{stopped:?}");
    let here = staging.here(&object);
    assert!(0 < here && here < 500_000, "{here}");
    let mut came = 0;
    let mut count = |more: u64| {
        came += more;
        ControlFlow::Continue(())
    };
    let path = staging.fetch(&bucket, &object, &mut count).await.unwrap();
    assert_eq!(came, 500_000 - here, "only what was missing");
    assert!(std::fs::read(path).unwrap() == whole);
}

#[tokio::test]
async fn what_lies_half_fetched_and_damaged_is_fetched_from_its_beginning() {
    let desk = desk().await;
    let whole = bytes(200_000);
    desk.put("bill.csv.gz", &whole).await;
    let object = desk.object("bill.csv.gz").await;
    let bucket = desk.bucket().await;
    let staging = desk.staging();
    let mut stop = |_| ControlFlow::Break(());
    drop(staging.fetch(&bucket, &object, &mut stop).await);
    let folder = std::fs::read_dir(desk.folder.path().join("staging"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.is_dir())
        .unwrap();
    let part = folder.join("bill.csv.gz.part");
    let mut damaged = std::fs::read(&part).unwrap();
    damaged[100] ^= 1;
    std::fs::write(&part, damaged).unwrap();
    let path = staging.fetch(&bucket, &object, &mut on).await.unwrap();
    assert!(
        std::fs::read(path).unwrap() == whole,
        "the checksum that S3 keeps told the difference"
    );
}

#[tokio::test]
async fn an_object_that_changes_while_it_is_fetched_is_told() {
    let desk = desk().await;
    desk.put("bill.csv.gz", &bytes(200_000)).await;
    let object = desk.object("bill.csv.gz").await;
    let bucket = desk.bucket().await;
    let staging = desk.staging();
    let mut stop = |_| ControlFlow::Break(());
    drop(staging.fetch(&bucket, &object, &mut stop).await);
    desk.put("bill.csv.gz", &bytes(200_001)).await;
    let changed = staging.fetch(&bucket, &object, &mut on).await;
    assert!(matches!(changed, Err(AwsError::Changed(_))), "{changed:?}");
    desk.s3
        .delete_object()
        .bucket(BUCKET)
        .key("bill.csv.gz")
        .send()
        .await
        .unwrap();
    let gone = staging.fetch(&bucket, &object, &mut on).await.unwrap_err();
    assert!(
        gone.to_string()
            .contains("s3://northwind-somebodys-bills/bill.csv.gz"),
        "{gone}"
    );
}

#[tokio::test]
async fn a_connection_that_breaks_is_survived() {
    let desk = desk().await;
    let whole = bytes(100_000);
    desk.put("bill.csv.gz", &whole).await;
    let object = desk.object("bill.csv.gz").await;
    let bucket = desk.bucket().await;
    for fault in [
        Fault::ConnectionReset,
        Fault::Throttling,
        Fault::InternalError,
    ] {
        desk.sandbox.faults().next("s3:GetObject", fault, 2);
        let staging = desk.staging();
        let path = staging.fetch(&bucket, &object, &mut on).await.unwrap();
        assert!(std::fs::read(path).unwrap() == whole, "{fault:?}");
        staging.discard(std::slice::from_ref(&object));
    }
}

#[tokio::test]
async fn a_bucket_in_another_region_is_asked_there() {
    let desk = desk().await;
    let ireland = CreateBucketConfiguration::builder()
        .location_constraint(BucketLocationConstraint::EuWest1)
        .build();
    desk.s3
        .create_bucket()
        .bucket("northwind-ireland")
        .create_bucket_configuration(ireland)
        .send()
        .await
        .unwrap();
    let config = desk.sandbox.sdk_config();
    for said in [None, Some("us-east-1"), Some("eu-west-1")] {
        let bucket = Bucket::open(&config, "northwind-ireland", said)
            .await
            .unwrap();
        assert_eq!(bucket.region(), "eu-west-1", "{said:?}");
        assert_eq!(bucket.list("").await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_bucket_that_may_not_be_read_or_is_not_there_is_named() {
    let desk = desk().await;
    let config = desk.sandbox.sdk_config();
    desk.sandbox
        .faults()
        .next("s3:HeadBucket", Fault::AccessDenied, 1);
    let denied = Bucket::open(&config, BUCKET, None).await.unwrap_err();
    assert!(
        denied
            .to_string()
            .contains("s3:ListBucket on northwind-somebodys-bills"),
        "{denied}"
    );
    let missing = Bucket::open(&config, "nobodys-bucket", None).await;
    assert!(
        matches!(&missing, Err(AwsError::NoBucket { bucket }) if bucket == "nobodys-bucket"),
        "{missing:?}"
    );
    let bucket = desk.bucket().await;
    desk.sandbox
        .faults()
        .next("s3:ListObjectsV2", Fault::AccessDenied, 1);
    let denied = bucket.list("").await.unwrap_err();
    assert!(
        matches!(&denied, AwsError::Denied { action, .. } if action.ends_with(BUCKET)),
        "{denied}"
    );
}
