//! A tenant at an AWS that others have written, ministack, with a server for SFTP behind it: OpenSSH signs in
//! with the key that was handed in, keeps to its place, and is refused when the keys are taken away.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, waits by the clock and starts programs"
)]

#[path = "../../../tests/oracle/python.rs"]
mod environment;

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use aws_config::{BehaviorVersion, Region as SdkRegion, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use tallyport_aws::tenants::{
    Premises, Site, WritesTo, ensure_bucket, ensure_folder, ensure_key, ensure_role, ensure_server,
    ensure_user, files,
};
use tallyport_ledger::Name;
use tallyport_ledger::tenant::{
    BucketName, KeyPrefix, Place, Quota, Region, SshPublicKey, Tenant, TenantId, TenantKey,
    TenantRole, TenantSlug, TenantState, TenantUser, TenantUserName, UserState,
};
use tempfile::TempDir;

const USER: &str = "globex-ops";

/// The emulator, on this machine's own address only, and a folder for keys and files.
struct Ministack {
    program: Child,
    port: u16,
    sftp: u16,
    folder: TempDir,
}

impl Ministack {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Beside the environment of the oracles.
        let python = environment::python();
        let ministack = python.ancestors().nth(3).unwrap();
        let (port, sftp) = (free_port(), free_port());
        let program = Command::new(ministack.join("ministack/bin/ministack"))
            .current_dir(folder.path())
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .env("HOME", folder.path())
            .env("GATEWAY_PORT", port.to_string())
            .env("SFTP_PORT", sftp.to_string())
            // It listens everywhere unless it is told not to, in three places.
            .env("BIND_HOST", "127.0.0.1")
            .env("SFTP_HOST", "127.0.0.1")
            .env("IOT_MTLS_ENABLED", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let started = Self {
            program,
            port,
            sftp,
            folder,
        };
        wait_for(port);
        started
    }

    fn sdk_config(&self) -> SdkConfig {
        let credentials = Credentials::new("test", "test", None, None, "ministack");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(SdkRegion::from_static("us-east-1"))
            .endpoint_url(format!("http://127.0.0.1:{}", self.port))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .build()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A pair of keys by OpenSSH; answers the private one.
    fn key_pair(&self, name: &str) -> PathBuf {
        let key = self.path(name);
        let mut make = Command::new("ssh-keygen");
        make.args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"]);
        assert!(make.arg(&key).status().unwrap().success());
        key
    }

    /// OpenSSH's `sftp`, given these lines.
    fn sftp(&self, key: &Path, lines: &str) -> Output {
        let batch = self.path("batch");
        std::fs::write(&batch, lines).unwrap();
        let mut sftp = Command::new("sftp");
        sftp.current_dir(self.folder.path()).arg("-q");
        sftp.arg("-b").arg(&batch).arg("-i").arg(key);
        sftp.args(["-P", &self.sftp.to_string(), "-F", "/dev/null"]);
        for option in [
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "IdentitiesOnly=yes",
            "BatchMode=yes",
        ] {
            sftp.args(["-o", option]);
        }
        sftp.arg(format!("{USER}@127.0.0.1")).stdin(Stdio::null());
        sftp.output().unwrap()
    }
}

impl Drop for Ministack {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

fn wait_for(port: u16) {
    let begun = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        let waited = begun.elapsed();
        assert!(waited < Duration::from_secs(60), "nobody listens on {port}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn tenant(slug: &str) -> Tenant {
    Tenant {
        id: TenantId(1),
        name: Name::parse(slug).unwrap(),
        slug: TenantSlug::parse(slug).unwrap(),
        region: Region::parse("us-east-1").unwrap(),
        place: Place {
            bucket: BucketName::parse("northwind-tenants").unwrap(),
            prefix: KeyPrefix::parse(&format!("{slug}/")).unwrap(),
        },
        key: TenantKey::Shared,
        state: TenantState::Active,
        quota: Quota::default(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn openssh_moves_files_at_a_tenant_of_ours_and_is_refused_without_its_keys() {
    let ministack = Ministack::start();
    let region = Region::parse("us-east-1").unwrap();
    let site = Site::open(&ministack.sdk_config(), &region).await.unwrap();
    let server = ensure_server(&site, None).await.unwrap();
    let (globex, initech) = (tenant("globex"), tenant("initech"));
    let key = ensure_key(&site, &globex).await.unwrap();
    for tenant in [&globex, &initech] {
        let open = WritesTo::Open;
        ensure_bucket(&site, tenant, &key, open).await.unwrap();
        ensure_folder(&site, tenant).await.unwrap();
    }
    let role = ensure_role(&site, &globex, &key, &server).await.unwrap();
    let private = ministack.key_pair("globex-key");
    let public = std::fs::read_to_string(private.with_extension("pub")).unwrap();
    let user = TenantUser {
        name: TenantUserName::parse(USER).unwrap(),
        role: TenantRole::Admin,
        keys: vec![SshPublicKey::parse(&public).unwrap()],
        expires: None,
        state: UserState::Active,
    };
    let premises = Premises {
        server: &server.id,
        role: &role,
        key: &key,
        writes: WritesTo::Open,
    };
    let signs_in = async |signs_in| ensure_user(&site, &globex, &premises, &user, signs_in).await;
    signs_in(true).await.unwrap();
    wait_for(ministack.sftp);

    std::fs::write(ministack.path("up.txt"), "from outside").unwrap();
    let lines = "put up.txt\nmkdir inner\nput up.txt inner/again.txt\nget up.txt down.txt\nls\n";
    let moved = ministack.sftp(&private, lines);
    assert!(moved.status.success(), "{moved:?}");
    let came_back = std::fs::read_to_string(ministack.path("down.txt")).unwrap();
    assert_eq!(came_back, "from outside");
    let listed = files::list(&site, &globex.place, "", None).await.unwrap();
    assert!(format!("{listed:?}").contains("up.txt"), "{listed:?}");

    // What lies beside its home is not there for it.
    let others = aws_sdk_s3::Client::new(site.config());
    let other = others.put_object().bucket("northwind-tenants");
    let other = other
        .key("initech/secret.txt")
        .body(b"theirs".to_vec().into());
    other.send().await.unwrap();
    for outside in [
        "../initech/secret.txt",
        "/initech/secret.txt",
        "../../initech/secret.txt",
    ] {
        let left = ministack.sftp(&private, &format!("get {outside} stolen\n"));
        assert!(!left.status.success(), "{outside}: {left:?}");
        assert!(!ministack.path("stolen").exists(), "{outside}");
    }
    let stranger = ministack.key_pair("another-key");
    let refused = ministack.sftp(&stranger, "ls\n");
    assert!(!refused.status.success(), "{refused:?}");

    // It keeps no session policy, so that ours would be set anew, which it has no action for. By then the
    // keys are gone: nothing that fails later lets anybody in.
    let said = format!("{:?}", signs_in(false).await.unwrap_err());
    assert!(said.contains("UpdateUser"), "{said}");
    let refused = ministack.sftp(&private, "ls\n");
    assert!(
        !refused.status.success(),
        "suspended, and let in: {refused:?}"
    );
}
