//! Uploads in parts, and what it takes to complete them.

use aws_sdk_s3::error::ProvideErrorMetadata as _;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumMode, ChecksumType, CompletedPart};

use crate::desk::{BUCKET, PART, bytes, crc64, desk, named};

#[tokio::test]
async fn a_file_of_forty_mebibytes_comes_back_equal_streamed_whole_and_in_parts() {
    let desk = desk().await;
    let whole = bytes(40 * 1024 * 1024);
    let path = desk.opened.folder.path().join("big");
    std::fs::write(&path, &whole).unwrap();

    let body = ByteStream::from_path(&path).await.unwrap();
    let put = desk
        .client
        .put_object()
        .bucket(BUCKET)
        .key("one go")
        .body(body)
        .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme);
    let put = put.send().await.unwrap();
    assert_eq!(put.checksum_crc64_nvme(), Some(crc64(&whole).as_str()));
    assert!(desk.read("one go").await == whole, "streamed");

    let (id, parts) = desk
        .upload(
            "parts",
            &path,
            whole.len(),
            Some(ChecksumAlgorithm::Crc64Nvme),
        )
        .await;
    assert_eq!(parts.len(), 5);
    let done = desk
        .client
        .complete_multipart_upload()
        .bucket(BUCKET)
        .key("parts")
        .upload_id(&id)
        .multipart_upload(named(&parts));
    let done = done
        .mpu_object_size(40 * 1024 * 1024)
        .checksum_crc64_nvme(crc64(&whole))
        .checksum_type(ChecksumType::FullObject)
        .send()
        .await
        .unwrap();
    assert_eq!(done.checksum_crc64_nvme(), Some(crc64(&whole).as_str()));
    assert!(done.e_tag().unwrap().ends_with("-5\""));
    assert!(desk.read("parts").await == whole, "in parts");

    let head = desk
        .client
        .head_object()
        .bucket(BUCKET)
        .key("parts")
        .checksum_mode(ChecksumMode::Enabled)
        .send()
        .await
        .unwrap();
    assert_eq!(head.checksum_crc64_nvme(), Some(crc64(&whole).as_str()));
    assert_eq!(head.content_length(), Some(40 * 1024 * 1024));
    let second = desk
        .client
        .get_object()
        .bucket(BUCKET)
        .key("parts")
        .part_number(2)
        .send()
        .await
        .unwrap();
    assert_eq!(second.parts_count(), Some(5));
    assert!(second.body.collect().await.unwrap().into_bytes() == whole[PART..2 * PART]);
}

#[tokio::test]
async fn an_upload_in_parts_is_completed_only_if_all_that_is_promised_holds() {
    let desk = desk().await;
    let whole = bytes(2 * PART + 100);
    let path = desk.opened.folder.path().join("file");
    std::fs::write(&path, &whole).unwrap();
    let (id, parts) = desk
        .upload(
            "file",
            &path,
            whole.len(),
            Some(ChecksumAlgorithm::Crc64Nvme),
        )
        .await;
    let complete = |parts: &[CompletedPart]| {
        desk.client
            .complete_multipart_upload()
            .bucket(BUCKET)
            .key("file")
            .upload_id(&id)
            .multipart_upload(named(parts))
    };
    let changed = |change: fn(CompletedPart) -> CompletedPart| {
        let mut parts = parts.clone();
        parts[1] = change(parts[1].clone());
        parts
    };
    let wrong_tag = changed(|mut part| {
        part.e_tag = Some("\"00000000000000000000000000000000\"".into());
        part
    });
    let wrong_crc = changed(|mut part| {
        part.checksum_crc64_nvme = Some("AAAAAAAAAAA=".into());
        part
    });
    let backwards: Vec<CompletedPart> = parts.iter().rev().cloned().collect();
    let refused = [
        (complete(&wrong_tag), "InvalidPart"),
        (complete(&wrong_crc), "InvalidPart"),
        (complete(&backwards), "InvalidPartOrder"),
        (
            complete(&parts).checksum_crc64_nvme("AAAAAAAAAAA="),
            "BadDigest",
        ),
        (complete(&parts).mpu_object_size(7), "InvalidRequest"),
        (
            complete(&parts).checksum_type(ChecksumType::Composite),
            "InvalidRequest",
        ),
        (complete(&parts[..0]), "MalformedXML"),
    ];
    for (request, code) in refused {
        let error = request.send().await.unwrap_err().into_service_error();
        assert_eq!(error.code(), Some(code), "{error:?}");
        assert!(!desk.is_there("file").await);
    }
    desk.put("file", b"somebody was quicker").await;
    let error = complete(&parts)
        .if_none_match("*")
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(error.code(), Some("PreconditionFailed"));
    assert_eq!(desk.read("file").await, b"somebody was quicker");

    complete(&parts)
        .checksum_crc64_nvme(crc64(&whole))
        .send()
        .await
        .unwrap();
    assert!(
        desk.read("file").await == whole,
        "after every refusal it can still be completed"
    );
    let gone = complete(&parts)
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(gone.code(), Some("NoSuchUpload"));
}

#[tokio::test]
async fn a_wrong_part_is_refused_and_the_part_before_it_stays() {
    let desk = desk().await;
    let begun = desk
        .client
        .create_multipart_upload()
        .bucket(BUCKET)
        .key("k")
        .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
        .send()
        .await
        .unwrap();
    assert_eq!(begun.checksum_type(), Some(&ChecksumType::FullObject));
    let id = begun.upload_id().unwrap();
    let part = |number, body: &[u8]| {
        desk.client
            .upload_part()
            .bucket(BUCKET)
            .key("k")
            .upload_id(id)
            .part_number(number)
            .body(body.to_vec().into())
    };
    part(1, b"good")
        .checksum_crc64_nvme(crc64(b"good"))
        .send()
        .await
        .unwrap();
    let error = part(1, b"bad")
        .checksum_crc64_nvme(crc64(b"good"))
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(error.code(), Some("BadDigest"));
    let error = part(2, b"other")
        .checksum_algorithm(ChecksumAlgorithm::Sha256)
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(
        error.code(),
        Some("InvalidRequest"),
        "another algorithm than the upload's"
    );
    part(2, b"tail")
        .checksum_crc64_nvme(crc64(b"tail"))
        .send()
        .await
        .unwrap();

    let listed = desk
        .client
        .list_parts()
        .bucket(BUCKET)
        .key("k")
        .upload_id(id)
        .max_parts(1)
        .send()
        .await
        .unwrap();
    assert_eq!(
        (listed.parts().len(), listed.is_truncated()),
        (1, Some(true))
    );
    assert_eq!(
        listed.parts()[0].checksum_crc64_nvme(),
        Some(crc64(b"good").as_str())
    );
    assert_eq!(listed.parts()[0].size(), Some(4));
    let next = desk
        .client
        .list_parts()
        .bucket(BUCKET)
        .key("k")
        .upload_id(id)
        .part_number_marker(listed.next_part_number_marker().unwrap());
    let next = next.send().await.unwrap();
    assert_eq!(next.parts()[0].part_number(), Some(2));

    let parts: Vec<CompletedPart> = [listed.parts(), next.parts()]
        .concat()
        .into_iter()
        .map(|part| {
            CompletedPart::builder()
                .set_part_number(part.part_number)
                .set_e_tag(part.e_tag)
                .build()
        })
        .collect();
    let complete = desk
        .client
        .complete_multipart_upload()
        .bucket(BUCKET)
        .key("k")
        .upload_id(id)
        .multipart_upload(named(&parts));
    assert_eq!(
        complete
            .send()
            .await
            .unwrap_err()
            .into_service_error()
            .code(),
        Some("EntityTooSmall")
    );

    let uploads = desk
        .client
        .list_multipart_uploads()
        .bucket(BUCKET)
        .send()
        .await
        .unwrap();
    assert_eq!(uploads.uploads()[0].upload_id(), Some(id));
    desk.client
        .abort_multipart_upload()
        .bucket(BUCKET)
        .key("k")
        .upload_id(id)
        .send()
        .await
        .unwrap();
    assert!(
        desk.client
            .list_multipart_uploads()
            .bucket(BUCKET)
            .send()
            .await
            .unwrap()
            .uploads()
            .is_empty()
    );
}

#[tokio::test]
async fn a_composite_checksum_is_that_of_the_parts_and_says_how_many() {
    let desk = desk().await;
    let whole = bytes(PART + 10);
    let path = desk.opened.folder.path().join("file");
    std::fs::write(&path, &whole).unwrap();
    let (id, parts) = desk
        .upload("file", &path, whole.len(), Some(ChecksumAlgorithm::Sha256))
        .await;
    let done = desk
        .client
        .complete_multipart_upload()
        .bucket(BUCKET)
        .key("file")
        .upload_id(&id)
        .multipart_upload(named(&parts))
        .send()
        .await
        .unwrap();
    assert!(done.checksum_sha256().unwrap().ends_with("-2"));
    assert_eq!(done.checksum_type(), Some(&ChecksumType::Composite));
    assert!(desk.read("file").await == whole);
}
