use aws_sdk_costexplorer::types::{
    DateInterval, Dimension, DimensionValues, Expression, Granularity,
};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use tallyport_aws::tenants::{Site, files, logs, metrics};
use tallyport_ledger::Exact;
use tallyport_ledger::tenant::{Region, TenantKey, TenantRole};
use tallyport_sandbox::{Sandbox, SandboxOptions};

use crate::office::{KEY, OTHER_KEY, Office, TODAY, office, tenant, user};

const COMPANY_LOG: &str = "/aws/transfer/s-0123456789abcdef0";

fn midnight(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC).unwrap().timestamp()
}

/// The account in which the company's own server stands.
async fn production(office: &Office) -> Site {
    production_of(&office.sandbox).await
}

async fn production_of(sandbox: &Sandbox) -> Site {
    let role = "arn:aws:iam::222233334444:role/OrganizationAccountAccessRole";
    let config = tallyport_aws::assume(&sandbox.sdk_config(), role, None).await;
    Site::open(&config, &Region::parse("us-east-1").unwrap())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_session_is_read_back_from_the_log_with_what_it_moved() {
    let office = office().await;
    let made = office
        .make(tenant("globex", "northwind-globex", "", TenantKey::Own))
        .await;
    office
        .admit(&made, &user("globex-user", TenantRole::Admin, &[KEY]))
        .await;
    let mut session = office.sign_in("globex-user", KEY, TODAY).unwrap();
    session.put("/in/a.csv", b"12345").await.unwrap();
    session.get("/in/a.csv").await.unwrap();
    session.remove("/in/a.csv").await.unwrap();
    session.end().unwrap();
    assert!(office.sign_in("globex-user", OTHER_KEY, TODAY).is_err());
    let group = office.server.log_group.clone().unwrap();
    let (from, until) = (midnight(TODAY), midnight(TODAY.tomorrow().unwrap()));
    let read = logs::read(&office.site, &group, from, until).await.unwrap();
    let [one] = read.sessions.as_slice() else {
        panic!("{read:?}");
    };
    assert_eq!(one.user.as_deref(), Some("globex-user"));
    assert_eq!(one.address.as_deref(), Some("203.0.113.9"));
    assert!(one.began.is_some() && one.ended.is_some());
    assert_eq!(
        one.key.as_deref().unwrap().len(),
        50,
        "SHA256: and 43 characters"
    );
    let moved: Vec<(Option<&str>, &str, u64, u64)> = read
        .transfers
        .iter()
        .map(|one| {
            (
                one.user.as_deref(),
                one.path.as_str(),
                one.bytes_in,
                one.bytes_out,
            )
        })
        .collect();
    let file = "/northwind-globex/in/a.csv";
    assert_eq!(
        moved,
        [
            (Some("globex-user"), file, 5, 0),
            (Some("globex-user"), file, 0, 5)
        ]
    );
    assert_eq!(
        (read.changes.len(), read.failures.len(), read.unread),
        (1, 1, 0)
    );
    let later = logs::read(&office.site, &group, until, until + 1.hour())
        .await
        .unwrap();
    assert_eq!(later, logs::Activity::default());
    let counted = metrics::moved(&office.site, &office.server.id, TODAY)
        .await
        .unwrap();
    assert_eq!(
        (counted.bytes_in, counted.bytes_out, counted.files_in),
        (5, 5, 1)
    );
    let nowhere = logs::read(&office.site, "/aws/nothing", from, until).await;
    assert!(nowhere.unwrap_err().to_string().contains("/aws/nothing"));
}

#[tokio::test]
async fn the_companys_log_adds_up_to_its_bill_but_for_the_session_that_was_lost() {
    let office = office().await;
    let site = production(&office).await;
    let mut lost = 0;
    for day in [date(2026, 11, 14), date(2026, 11, 15), date(2026, 11, 16)] {
        let until = midnight(day.tomorrow().unwrap());
        let read = logs::read(&site, COMPANY_LOG, midnight(day), until)
            .await
            .unwrap();
        assert_eq!(read.unread, 0);
        assert!(
            read.transfers.iter().all(|one| one.user.is_some()),
            "each file has its user"
        );
        let logged: u64 = read.transfers.iter().map(|one| one.bytes_in).sum();
        let counted = metrics::moved(&site, "s-0123456789abcdef0", day)
            .await
            .unwrap();
        assert!(counted.bytes_in > 10_000_000_000, "{counted:?}");
        if day == date(2026, 11, 15) {
            lost = counted.bytes_in - logged;
        } else {
            assert_eq!(logged, counted.bytes_in, "{day}");
        }
    }
    assert!(lost > 1_000_000_000, "{lost}");
}

#[tokio::test]
async fn a_bucket_is_counted_when_its_day_is_over_and_an_upload_is_counted_with_it() {
    let office = office().await;
    let site = production(&office).await;
    let bucket = "northwind-sftp-acme-retail";
    let yesterday = TODAY.yesterday().unwrap();
    let before = metrics::stored(&site, bucket, yesterday)
        .await
        .unwrap()
        .unwrap();
    assert!(before.bytes > 1_800_000_000_000, "{before:?}");
    assert_eq!(
        metrics::stored(&site, bucket, TODAY).await.unwrap(),
        None,
        "it is not over"
    );
    let s3 = aws_sdk_s3::Client::new(site.config());
    let put = s3.put_object().bucket(bucket).key("incoming/a.csv");
    put.body(vec![7; 1_000].into()).send().await.unwrap();
    // A file carries the time of this computer, whatever day it is in the sandbox.
    let head = s3
        .head_object()
        .bucket(bucket)
        .key("incoming/a.csv")
        .send()
        .await
        .unwrap();
    let written = Timestamp::from_second(head.last_modified().unwrap().secs()).unwrap();
    let written = written.to_zoned(TimeZone::UTC).date();
    let tomorrow = written.tomorrow().unwrap();
    office.sandbox.set_today(tomorrow);
    let over = metrics::stored(&site, bucket, yesterday)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(over, before, "yesterday is over");
    let (without, _folder) = quiet_company(tomorrow);
    let (with, without) = (production(&office).await, production_of(&without).await);
    let with = metrics::stored(&with, bucket, written)
        .await
        .unwrap()
        .unwrap();
    let without = metrics::stored(&without, bucket, written)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (with.bytes - without.bytes, with.objects - without.objects),
        (1_000, 1)
    );
    let none = metrics::stored(&site, "nobodys-bucket", yesterday)
        .await
        .unwrap();
    assert_eq!(none, None);
}

#[tokio::test]
async fn what_a_bucket_of_the_company_lists_is_what_was_counted_of_it() {
    let office = office().await;
    let site = production(&office).await;
    let place = tenant("acme", "northwind-sftp-acme-retail", "", TenantKey::Own).place;
    let counted = metrics::stored(&site, place.bucket.as_str(), TODAY.yesterday().unwrap())
        .await
        .unwrap()
        .unwrap();
    let listed = files::measure(&site, &place).await.unwrap().all_bytes();
    // The few small files that one looks into are not on the bill.
    assert!(
        (counted.bytes..counted.bytes + 100_000).contains(&listed),
        "{counted:?} and {listed}"
    );

    let archive = "archive/2026/10/catalogue-2026-10.bin";
    let beginning = files::preview(&site, &place, archive, 200_000)
        .await
        .unwrap();
    assert!(beginning.total > 1_000_000_000, "{}", beginning.total);
    assert_eq!(beginning.bytes.len(), 200_000);
    let line = b"Acme Retail 2026-10. This is demo data.\n";
    let mut lines = beginning.bytes.chunks_exact(line.len());
    assert!(lines.all(|found| found == line));
    let s3 = aws_sdk_s3::Client::new(site.config());
    let from = beginning.total - 70_000;
    let end = s3
        .get_object()
        .bucket(place.bucket.as_str())
        .key(archive)
        .range(format!("bytes={from}-"))
        .send()
        .await
        .unwrap();
    let end = end.body.collect().await.unwrap().into_bytes();
    let first = usize::try_from(from % line.len() as u64).unwrap();
    let expected: Vec<u8> = line
        .iter()
        .copied()
        .cycle()
        .skip(first)
        .take(70_000)
        .collect();
    assert_eq!(end, expected);

    let refused = files::copy(&site, &place, archive, "copy.bin")
        .await
        .unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("stands for more than it holds"),
        "{refused}"
    );
    files::remove(&site, &place, archive).await.unwrap();
    let left = files::measure(&site, &place).await.unwrap();
    assert!(left.bytes < counted.bytes - 1_000_000_000, "{left:?}");
}

#[tokio::test]
async fn what_was_sent_by_sftp_and_what_is_kept_stands_on_the_next_days_bill() {
    let office = office().await;
    let made = office
        .make(tenant("globex", "northwind-globex", "", TenantKey::Own))
        .await;
    office
        .admit(&made, &user("globex-user", TenantRole::Admin, &[KEY]))
        .await;
    let mut session = office.sign_in("globex-user", KEY, TODAY).unwrap();
    session.put("/in/a.bin", &[7; 3_000_000]).await.unwrap();
    session.get("/in/a.bin").await.unwrap();
    session.end().unwrap();
    let tomorrow = TODAY.tomorrow().unwrap();
    office.sandbox.set_today(tomorrow);
    let (without, _folder) = quiet_company(tomorrow);
    for (usage, gigabytes) in [
        ("UploadBytes", "0.003"),
        ("DownloadBytes", "0.003"),
        // Three million bytes for one day of thirty.
        ("TimedStorage-ByteHrs", "0.0001"),
    ] {
        let with = used(&office.sandbox, usage).await;
        let difference = with.plus(used(&without, usage).await.negated()).unwrap();
        assert_eq!(difference.to_string(), gigabytes, "{usage}");
    }
}

/// The same company on that day, where nobody did anything.
fn quiet_company(today: Date) -> (Sandbox, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::open(SandboxOptions {
        folder: folder.path().to_owned(),
        today: TODAY,
        seed: 7,
    })
    .unwrap();
    sandbox.set_today(today);
    (sandbox, folder)
}

/// How much of a usage type Cost Explorer knows for today.
async fn used(sandbox: &Sandbox, usage: &str) -> Exact {
    let client = aws_sdk_costexplorer::Client::new(&sandbox.sdk_config());
    let period = DateInterval::builder()
        .start("2026-11-21")
        .end("2026-11-22")
        .build()
        .unwrap();
    let values = DimensionValues::builder()
        .key(Dimension::UsageType)
        .values(usage)
        .build();
    let ask = client
        .get_cost_and_usage()
        .time_period(period)
        .granularity(Granularity::Daily);
    let ask = ask
        .metrics("UsageQuantity")
        .filter(Expression::builder().dimensions(values).build());
    let answer = ask.send().await.unwrap();
    let total = answer.results_by_time()[0].total().unwrap()["UsageQuantity"].clone();
    Exact::parse(total.amount().unwrap().as_bytes()).unwrap()
}
