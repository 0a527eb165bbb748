//! IAM as others have written it: what a tenant's role is let do, and what it is refused.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};

use aws_config::SdkConfig;
use aws_sdk_s3::error::ProvideErrorMetadata;
use tallyport_aws::tenants::{
    RoleArn, Site, WritesTo, ensure_bucket, ensure_folder, ensure_key, ensure_role, ensure_server,
};

use crate::program::Emulator;
use crate::scene::{BUCKET, region, tenant};

struct Moto {
    emulator: Emulator,
}

impl Moto {
    fn start() -> Self {
        let emulator = Emulator::start("moto/bin/moto_server", |program, port| {
            program.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
        });
        Self { emulator }
    }

    fn sdk_config(&self) -> SdkConfig {
        self.emulator.sdk_config("test", "test", None)
    }

    /// From now on every request is held against the policies of whoever signed it.
    fn judge(&self) {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.emulator.port)).unwrap();
        let ask = "POST /moto-api/reset-auth HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\
                   Connection: close\r\n\r\n0";
        stream.write_all(ask.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }

    /// S3 as somebody asks it who has taken on the role.
    async fn s3_as(&self, role: &RoleArn) -> aws_sdk_s3::Client {
        let sts = aws_sdk_sts::Client::new(&self.sdk_config());
        let taken_on = sts.assume_role().role_arn(&role.0);
        let taken_on = taken_on.role_session_name("judge").send().await.unwrap();
        let given = taken_on.credentials.unwrap();
        let token = Some(given.session_token);
        let config =
            self.emulator
                .sdk_config(&given.access_key_id, &given.secret_access_key, token);
        let config = aws_sdk_s3::config::Builder::from(&config).force_path_style(true);
        aws_sdk_s3::Client::from_conf(config.build())
    }
}

/// What became of a request: nothing to say, or the code of the refusal.
fn refusal<T, E: ProvideErrorMetadata>(answer: Result<T, E>) -> Option<String> {
    let error = answer.err()?;
    Some(error.code().unwrap_or("without a code").to_owned())
}

async fn put(s3: &aws_sdk_s3::Client, key: &str) -> Option<String> {
    let ask = s3.put_object().bucket(BUCKET).key(key);
    refusal(ask.body(b"bytes".to_vec().into()).send().await)
}

async fn get(s3: &aws_sdk_s3::Client, key: &str) -> Option<String> {
    refusal(s3.get_object().bucket(BUCKET).key(key).send().await)
}

async fn list(s3: &aws_sdk_s3::Client, prefix: &str) -> Option<String> {
    let ask = s3.list_objects_v2().bucket(BUCKET).prefix(prefix);
    refusal(ask.send().await)
}

#[tokio::test(flavor = "multi_thread")]
async fn anothers_iam_lets_a_tenants_role_into_its_own_place_and_nowhere_else() {
    let moto = Moto::start();
    let site = Site::open(&moto.sdk_config(), &region()).await.unwrap();
    let server = ensure_server(&site, None).await.unwrap();
    let mut roles = Vec::new();
    for tenant in [tenant("globex"), tenant("initech")] {
        let key = ensure_key(&site, &tenant).await.unwrap();
        ensure_bucket(&site, &tenant, &key, WritesTo::Open)
            .await
            .unwrap();
        ensure_folder(&site, &tenant).await.unwrap();
        let role = ensure_role(&site, &tenant, &key, &server).await.unwrap();
        roles.push(moto.s3_as(&role).await);
    }
    let [globex, initech] = <[_; 2]>::try_from(roles).unwrap();
    moto.judge();

    assert_eq!(put(&initech, "initech/secret.txt").await, None);
    assert_eq!(put(&globex, "globex/inner/up.txt").await, None);
    assert_eq!(get(&globex, "globex/inner/up.txt").await, None);
    assert_eq!(list(&globex, "globex/").await, None);
    let denied = Some("AccessDenied".to_owned());
    for outside in ["initech/up.txt", "up.txt", "globex-2/up.txt", "globex"] {
        assert_eq!(put(&globex, outside).await, denied, "{outside}");
    }
    assert_eq!(get(&globex, "initech/secret.txt").await, denied);
    for outside in ["", "initech/", "glob"] {
        assert_eq!(list(&globex, outside).await, denied, "\"{outside}\"");
    }
    let settings = globex.delete_bucket_policy().bucket(BUCKET).send().await;
    assert_eq!(refusal(settings), denied, "what guards the bucket");
    let buckets = globex.list_buckets().send().await;
    assert_eq!(refusal(buckets), denied, "the account's buckets");
}

#[tokio::test(flavor = "multi_thread")]
async fn anothers_s3_keeps_what_a_bucket_of_ours_is_to_be() {
    let moto = Moto::start();
    let site = Site::open(&moto.sdk_config(), &region()).await.unwrap();
    let globex = tenant("globex");
    let key = ensure_key(&site, &globex).await.unwrap();
    // Twice: what is there already is no trouble.
    for _ in 0..2 {
        ensure_bucket(&site, &globex, &key, WritesTo::Open)
            .await
            .unwrap();
    }
    let s3 = aws_sdk_s3::Client::new(site.config());
    let versioning = s3
        .get_bucket_versioning()
        .bucket(BUCKET)
        .send()
        .await
        .unwrap();
    assert_eq!(versioning.status.unwrap().as_str(), "Enabled");
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
