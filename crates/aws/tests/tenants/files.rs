use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::ChecksumAlgorithm;
use aws_smithy_runtime_api::client::http::HttpConnector as _;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use jiff::{SignedDuration, Timestamp};
use tallyport_aws::AwsError;
use tallyport_aws::tenants::Site;
use tallyport_aws::tenants::files::{
    abort, copy, erase, leftovers, list, make_folder, measure, preview, price_of_writes,
    price_per_month, remove, rename, restore, search, share, undo_remove, versions, whole,
};
use tallyport_ledger::tenant::Place;

use crate::office::{Made, Office, office};

struct Files {
    office: Office,
    made: Made,
    s3: aws_sdk_s3::Client,
}

async fn files() -> Files {
    let office = office().await;
    let (made, _) = office.neighbours().await;
    let s3 = aws_sdk_s3::Client::new(office.site.config());
    Files { office, made, s3 }
}

impl Files {
    fn there(&self) -> (&Site, &Place) {
        (&self.office.site, &self.made.tenant.place)
    }

    async fn put(&self, path: &str, bytes: &[u8]) {
        let place = &self.made.tenant.place;
        let put = self
            .s3
            .put_object()
            .bucket(place.bucket.as_str())
            .key(place.key(path));
        put.body(ByteStream::from(bytes.to_vec()))
            .send()
            .await
            .unwrap();
    }

    async fn read(&self, path: &str) -> Vec<u8> {
        let (site, place) = self.there();
        preview(site, place, path, 1_000).await.unwrap().bytes
    }

    /// Fetches a link as a browser does.
    async fn fetch(&self, url: &str) -> (u16, Vec<u8>) {
        let mut request = HttpRequest::get(url).unwrap();
        request
            .headers_mut()
            .insert("host", url.split('/').nth(2).unwrap().to_owned());
        let answer = self.office.sandbox.connector().call(request).await.unwrap();
        let status = answer.status().as_u16();
        let body = ByteStream::new(answer.into_body()).collect().await.unwrap();
        (status, body.to_vec())
    }

    async fn names(&self, folder: &str) -> (Vec<String>, Vec<String>) {
        let (site, place) = self.there();
        let listing = list(site, place, folder, None).await.unwrap();
        (
            listing.folders,
            listing.files.into_iter().map(|file| file.path).collect(),
        )
    }
}

#[tokio::test]
async fn a_folder_shows_what_lies_in_it_and_nothing_of_the_neighbour() {
    let files = files().await;
    let (site, place) = files.there();
    files.put("readme.txt", b"hello").await;
    files.put("in/a.csv", b"1").await;
    make_folder(site, place, "out/").await.unwrap();
    make_folder(site, place, "out").await.unwrap();
    let expected = (
        vec!["in/".to_owned(), "out/".to_owned()],
        vec!["readme.txt".to_owned()],
    );
    assert_eq!(files.names("").await, expected);
    assert_eq!(
        files.names("out/").await,
        (vec![], vec![]),
        "the mark of a folder is not in it"
    );
    let seen = preview(site, place, "readme.txt", 2).await.unwrap();
    assert_eq!((seen.bytes.as_slice(), seen.total), (&b"he"[..], 5));
    let mut whole = whole(site, place, "readme.txt").await.unwrap();
    let mut came = Vec::new();
    while let Some(piece) = whole.next().await {
        came.extend(piece.unwrap());
    }
    assert_eq!((came.as_slice(), whole.bytes), (&b"hello"[..], 5));
    for odd in [
        "../acme-two/x",
        "/x",
        "a//b",
        ".",
        "in/../x",
        &"x".repeat(1_100),
    ] {
        let refused = preview(site, place, odd, 10).await;
        assert!(
            matches!(&refused, Err(AwsError::Refused { code, .. }) if code == "InvalidPath"),
            "{odd}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_long_folder_comes_in_pages_and_is_searched_through() {
    let files = files().await;
    let (site, place) = files.there();
    for number in 0..1_005 {
        files.put(&format!("in/{number:05}.csv"), b"").await;
    }
    let first = list(site, place, "in/", None).await.unwrap();
    assert_eq!(first.files.len(), 1_000);
    let second = list(site, place, "in/", first.continuation).await.unwrap();
    assert_eq!((second.files.len(), second.continuation), (5, None));
    let found = search(site, place, "", "1003.CSV", None).await.unwrap();
    let paths: Vec<&str> = found.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!((paths, found.continuation), (vec!["in/01003.csv"], None));
}

#[tokio::test]
async fn copying_and_renaming_overwrite_nothing_and_leave_nothing_behind() {
    let files = files().await;
    let (site, place) = files.there();
    files.put("in/a + ü.csv", b"a").await;
    files.put("in/b.csv", b"b").await;
    assert_eq!(copy(site, place, "in/a + ü.csv", "a.csv").await.unwrap(), 1);
    assert_eq!(files.read("a.csv").await, b"a");
    let taken = copy(site, place, "in/b.csv", "a.csv").await.unwrap_err();
    assert!(taken.to_string().contains("PreconditionFailed"), "{taken}");
    assert_eq!(files.read("a.csv").await, b"a");
    assert_eq!(rename(site, place, "in/", "done/2026/").await.unwrap(), 2);
    assert_eq!(files.names("in/").await, (vec![], vec![]));
    assert_eq!(files.read("done/2026/b.csv").await, b"b");
    for (from, to) in [("done/", "done/again/"), ("done/", "x"), ("a.csv", "a.csv")] {
        assert!(rename(site, place, from, to).await.is_err(), "{from} {to}");
    }
    let missing = copy(site, place, "nothing.csv", "x.csv").await;
    assert!(matches!(missing, Err(AwsError::Missing(_))), "{missing:?}");
}

#[tokio::test]
async fn what_was_removed_or_overwritten_can_be_had_again() {
    let files = files().await;
    let (site, place) = files.there();
    files.put("a.csv", b"first").await;
    files.put("a.csv", b"second!").await;
    files.put("in/b.csv", b"b").await;
    let all = versions(site, place, "a.csv").await.unwrap();
    let sizes: Vec<(Option<u64>, bool)> =
        all.iter().map(|one| (one.bytes, one.is_latest)).collect();
    assert_eq!(sizes, [(Some(7), true), (Some(5), false)]);
    restore(site, place, "a.csv", &all[1].id).await.unwrap();
    assert_eq!(files.read("a.csv").await, b"first");
    assert_eq!(remove(site, place, "a.csv").await.unwrap(), 1);
    assert!(matches!(
        preview(site, place, "a.csv", 1).await,
        Err(AwsError::Missing(_))
    ));
    assert_eq!(
        versions(site, place, "a.csv").await.unwrap()[0].bytes,
        None,
        "its removal"
    );
    assert_eq!(undo_remove(site, place, "a.csv").await.unwrap(), 1);
    assert_eq!(files.read("a.csv").await, b"first");
    assert_eq!(remove(site, place, "in/").await.unwrap(), 1);
    assert_eq!(undo_remove(site, place, "in/").await.unwrap(), 1);
    assert_eq!(files.read("in/b.csv").await, b"b");
}

#[tokio::test]
async fn a_link_says_when_it_really_ends() {
    let files = files().await;
    let (site, place) = files.there();
    files.put("a.csv", b"a").await;
    let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
    let hours = |hours| SignedDuration::from_hours(hours);
    let link = share(site, place, "a.csv", hours(24), now).await.unwrap();
    assert_eq!(
        (link.expires_at, link.ends_with_credentials),
        (now + hours(24), false)
    );
    let long = share(site, place, "a.csv", hours(24 * 30), now)
        .await
        .unwrap();
    assert_eq!(long.expires_at, now + hours(24 * 7), "S3 gives seven days");
    let missing = share(site, place, "b.csv", hours(1), now).await;
    assert!(matches!(missing, Err(AwsError::Missing(_))));
    // What comes with such a link is fetched by anybody, until it has ended.
    let written = list(site, place, "", None).await.unwrap().files[0].modified;
    let good = share(site, place, "a.csv", hours(1), written)
        .await
        .unwrap();
    assert_eq!(files.fetch(&good.url).await, (200, b"a".to_vec()));
    let ended = share(site, place, "a.csv", hours(1), written - hours(2))
        .await
        .unwrap();
    assert_eq!(files.fetch(&ended.url).await.0, 403);
    // With the credentials of a role it ends with them.
    let keys = aws_credential_types::Credentials::new(
        "AKIASANDBOXDEMO00001",
        "demo-data-only/nothing-here-is-a-secret/",
        None,
        Some((now + hours(1)).into()),
        "test",
    );
    let provider = aws_credential_types::provider::SharedCredentialsProvider::new(keys);
    let config = site
        .config()
        .to_builder()
        .credentials_provider(provider)
        .build();
    let short = Site::open(&config, site.region()).await.unwrap();
    let link = share(&short, place, "a.csv", hours(24), now).await.unwrap();
    assert_eq!(
        (link.expires_at, link.ends_with_credentials),
        (now + hours(1), true)
    );
    assert!(link.url.contains("X-Amz-Expires=3600"), "{}", link.url);
}

#[tokio::test]
async fn what_a_broken_upload_left_is_found_priced_and_swept_away() {
    let files = files().await;
    let (site, place) = files.there();
    let bucket = place.bucket.as_str();
    for (key, parts) in [
        (place.key("big.bin"), 2),
        ("acme-two/theirs.bin".to_owned(), 1),
    ] {
        let begun = files.s3.create_multipart_upload().bucket(bucket).key(&key);
        let begun = begun
            .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
            .send()
            .await
            .unwrap();
        for number in 1..=parts {
            let part = files
                .s3
                .upload_part()
                .bucket(bucket)
                .key(&key)
                .part_number(number);
            let part = part
                .upload_id(begun.upload_id().unwrap())
                .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme);
            part.body(ByteStream::from(vec![7; 100_000]))
                .send()
                .await
                .unwrap();
        }
    }
    files.put("a.csv", b"first").await;
    files.put("a.csv", b"second!").await;
    let found = leftovers(site, place).await.unwrap();
    let [left] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(
        (left.path.as_str(), left.parts, left.bytes),
        ("big.bin", 2, 200_000)
    );
    let measured = measure(site, place).await.unwrap();
    assert_eq!((measured.objects, measured.bytes), (1, 7));
    assert_eq!((measured.versions, measured.version_bytes), (1, 5));
    assert_eq!((measured.unfinished, measured.all_bytes()), (1, 200_012));
    assert_eq!(price_per_month(1 << 40).to_decimal(2), "23.552");
    assert_eq!(price_of_writes(131_072).to_decimal(2), "0.65536");
    abort(site, place, &left.path, &left.upload).await.unwrap();
    abort(site, place, &left.path, &left.upload).await.unwrap();
    assert_eq!(leftovers(site, place).await.unwrap(), []);
    erase(site, place).await.unwrap();
    assert_eq!(measure(site, place).await.unwrap().all_bytes(), 0);
    let theirs = files
        .s3
        .list_multipart_uploads()
        .bucket(bucket)
        .send()
        .await
        .unwrap();
    assert_eq!(theirs.uploads().len(), 1, "the neighbour's stays");
}

#[tokio::test]
async fn what_nobody_wants_goes_after_the_days_that_the_bucket_says() {
    let files = files().await;
    let (site, place) = files.there();
    let bucket = place.bucket.as_str();
    let begin = files
        .s3
        .create_multipart_upload()
        .bucket(bucket)
        .key(place.key("big.bin"));
    begin.send().await.unwrap();
    files.put("a.csv", b"first").await;
    files.put("a.csv", b"second!").await;
    let there = async || {
        let measured = measure(site, place).await.unwrap();
        (measured.objects, measured.versions, measured.unfinished)
    };
    // The files carry the time of this computer, which is ahead of the sandbox's day.
    let written = day_written(site, place).await;
    files.office.sandbox.set_today(written);
    assert_eq!(there().await, (1, 1, 1));
    files
        .office
        .sandbox
        .set_today(written.saturating_add(jiff::ToSpan::days(7)));
    assert_eq!(there().await, (1, 1, 0));
    files
        .office
        .sandbox
        .set_today(written.saturating_add(jiff::ToSpan::days(90)));
    assert_eq!(there().await, (1, 0, 0));
}

/// The day on which `a.csv` was written.
async fn day_written(site: &Site, place: &Place) -> jiff::civil::Date {
    let listing = list(site, place, "", None).await.unwrap();
    listing.files[0]
        .modified
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
}
