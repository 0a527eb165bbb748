//! A sandbox, an account, and tenants that are set up in it.

use jiff::civil::{Date, date};
use tallyport_aws::tenants::{
    KeyArn, Premises, RoleArn, Server, Site, WritesTo, ensure_bucket, ensure_folder, ensure_key,
    ensure_role, ensure_server, ensure_user,
};
use tallyport_ledger::Name;
use tallyport_ledger::tenant::{
    BucketName, KeyPrefix, Place, Quota, Region, SshPublicKey, Tenant, TenantId, TenantKey,
    TenantRole, TenantSlug, TenantState, TenantUser, TenantUserName, UserState,
};
use tallyport_sandbox::{Sandbox, SandboxOptions};

pub const TODAY: Date = date(2026, 11, 21);
pub const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILPqtLrkepbEyeR2510Mt4A8ZIwfrkI2qb7ZV4MPdjzT acme";
pub const OTHER_KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID7sqva2UPAb0PGU+zhvnW7mTZ33TjYv9vfZ+MN0UWEz other";

pub struct Office {
    pub sandbox: Sandbox,
    pub site: Site,
    pub server: Server,
    _folder: tempfile::TempDir,
}

/// A tenant that was set up, with what came of it.
pub struct Made {
    pub tenant: Tenant,
    pub key: KeyArn,
    pub role: RoleArn,
}

pub async fn office() -> Office {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::open(SandboxOptions {
        folder: folder.path().join("sandbox"),
        today: TODAY,
        seed: 7,
    })
    .unwrap();
    let site = site(&sandbox, "us-east-1").await;
    let server = ensure_server(&site, None).await.unwrap();
    Office {
        sandbox,
        site,
        server,
        _folder: folder,
    }
}

/// A region of the account that the sandbox starts with. What fails is asked again at once.
pub async fn site(sandbox: &Sandbox, region: &str) -> Site {
    let config = sandbox.sdk_config();
    let retries = config.retry_config().unwrap().clone();
    let at_once = retries.with_initial_backoff(std::time::Duration::from_millis(2));
    let config = config.to_builder().retry_config(at_once).build();
    let region = Region::parse(region).unwrap();
    Site::open(&config, &region).await.unwrap()
}

pub fn tenant(slug: &str, bucket: &str, prefix: &str, key: TenantKey) -> Tenant {
    Tenant {
        id: TenantId(1),
        name: Name::parse(slug).unwrap(),
        slug: TenantSlug::parse(slug).unwrap(),
        region: Region::parse("us-east-1").unwrap(),
        place: Place {
            bucket: BucketName::parse(bucket).unwrap(),
            prefix: KeyPrefix::parse(prefix).unwrap(),
        },
        key,
        state: TenantState::Active,
        quota: Quota::default(),
    }
}

pub fn user(name: &str, role: TenantRole, keys: &[&str]) -> TenantUser {
    TenantUser {
        name: TenantUserName::parse(name).unwrap(),
        role,
        keys: keys
            .iter()
            .map(|key| SshPublicKey::parse(key).unwrap())
            .collect(),
        expires: None,
        state: UserState::Active,
    }
}

impl Office {
    /// Sets a tenant up, as the saga does.
    pub async fn make(&self, tenant: Tenant) -> Made {
        let key = ensure_key(&self.site, &tenant).await.unwrap();
        ensure_bucket(&self.site, &tenant, &key, WritesTo::Open)
            .await
            .unwrap();
        let role = ensure_role(&self.site, &tenant, &key, &self.server)
            .await
            .unwrap();
        ensure_folder(&self.site, &tenant).await.unwrap();
        Made { tenant, key, role }
    }

    /// Two tenants that share a bucket.
    pub async fn neighbours(&self) -> (Made, Made) {
        let of = |slug: &str| {
            tenant(
                slug,
                "northwind-tenants",
                &format!("{slug}/"),
                TenantKey::Shared,
            )
        };
        (self.make(of("acme")).await, self.make(of("acme-two")).await)
    }

    /// A user who signs in, of a tenant that may write.
    pub async fn admit(&self, made: &Made, user: &TenantUser) {
        self.put_user(made, user, WritesTo::Open, true).await;
    }

    pub async fn put_user(&self, made: &Made, user: &TenantUser, writes: WritesTo, signs_in: bool) {
        let premises = self.premises(made, writes);
        ensure_user(&self.site, &made.tenant, &premises, user, signs_in)
            .await
            .unwrap();
    }

    pub fn premises<'a>(&'a self, made: &'a Made, writes: WritesTo) -> Premises<'a> {
        Premises {
            server: &self.server.id,
            role: &made.role,
            key: &made.key,
            writes,
        }
    }

    pub fn sign_in(
        &self,
        user: &str,
        key: &str,
        at: Date,
    ) -> Result<tallyport_sandbox::SftpSession, tallyport_sandbox::SftpRefusal> {
        self.sandbox
            .sign_in(&self.server.id, user, key, "203.0.113.9", at.at(9, 0, 0, 0))
    }
}
