//! Another's S3, IAM and KMS, which hold what they are told against their own idea of it: documents of policies
//! are read word by word. It reads no condition and no `NotResource`, so that it cannot say what they come to.

use tallyport_aws::tenants::{
    Site, WritesTo, ensure_bucket, ensure_key, ensure_role, ensure_server,
};

use crate::program::Emulator;
use crate::scene::{BUCKET, region, tenant};

#[tokio::test(flavor = "multi_thread")]
async fn anothers_aws_takes_and_keeps_what_a_tenant_of_ours_is_made_of() {
    let moto = Emulator::start("moto/bin/moto_server", |program, port| {
        program.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
    });
    let site = Site::open(&moto.sdk_config("test", "test", None), &region())
        .await
        .unwrap();
    let globex = tenant("globex");
    let server = ensure_server(&site, None).await.unwrap();
    let key = ensure_key(&site, &globex).await.unwrap();
    // Twice: what is there already is no trouble.
    for _ in 0..2 {
        ensure_bucket(&site, &globex, &key, WritesTo::Open)
            .await
            .unwrap();
        ensure_role(&site, &globex, &key, &server).await.unwrap();
    }
    let s3 = aws_sdk_s3::Client::new(site.config());
    let block = s3
        .get_public_access_block()
        .bucket(BUCKET)
        .send()
        .await
        .unwrap();
    let block = block.public_access_block_configuration.unwrap();
    let blocked = [
        block.block_public_acls,
        block.ignore_public_acls,
        block.block_public_policy,
        block.restrict_public_buckets,
    ];
    assert_eq!(blocked, [Some(true); 4]);
    let encryption = s3
        .get_bucket_encryption()
        .bucket(BUCKET)
        .send()
        .await
        .unwrap();
    let said = format!("{encryption:?}");
    assert!(
        said.contains("AwsKms") && said.contains("bucket_key_enabled: Some(true)"),
        "{said}"
    );
    let lifecycle = s3.get_bucket_lifecycle_configuration().bucket(BUCKET);
    let said = format!("{:?}", lifecycle.send().await.unwrap());
    assert!(said.contains("days_after_initiation: Some("), "{said}");
    let policy = s3.get_bucket_policy().bucket(BUCKET).send().await.unwrap();
    let policy = policy.policy.unwrap();
    assert!(policy.contains("aws:SecureTransport"), "{policy}");
}
