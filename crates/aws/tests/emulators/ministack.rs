//! A server for SFTP behind it: OpenSSH signs in with the key that was handed in, keeps to its place, and is
//! refused when the keys are taken away.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use aws_config::SdkConfig;
use tallyport_aws::tenants::{
    Premises, Site, WritesTo, ensure_bucket, ensure_folder, ensure_key, ensure_role, ensure_server,
    ensure_user, files,
};

use crate::program::{Emulator, free_port, wait_for};
use crate::scene::{region, tenant, user};

const USER: &str = "globex-ops";

/// The emulator, on this machine's own address only, and a folder for keys and files.
struct Ministack {
    emulator: Emulator,
    sftp: u16,
}

impl Ministack {
    fn start() -> Self {
        let sftp = free_port();
        let emulator = Emulator::start("ministack/bin/ministack", |program, port| {
            program
                .env("GATEWAY_PORT", port.to_string())
                .env("SFTP_PORT", sftp.to_string())
                // It listens everywhere unless it is told not to, in three places.
                .env("BIND_HOST", "127.0.0.1")
                .env("SFTP_HOST", "127.0.0.1")
                .env("IOT_MTLS_ENABLED", "0");
        });
        Self { emulator, sftp }
    }

    fn sdk_config(&self) -> SdkConfig {
        self.emulator.sdk_config("test", "test", None)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.emulator.folder.path().join(name)
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
        sftp.current_dir(self.emulator.folder.path()).arg("-q");
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

#[tokio::test(flavor = "multi_thread")]
async fn openssh_moves_files_at_a_tenant_of_ours_and_is_refused_without_its_keys() {
    let ministack = Ministack::start();
    let site = Site::open(&ministack.sdk_config(), &region())
        .await
        .unwrap();
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
    let user = user(USER, &public);
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
