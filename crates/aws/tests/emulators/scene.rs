use tallyport_ledger::Name;
use tallyport_ledger::tenant::{
    BucketName, KeyPrefix, Place, Quota, Region, SshPublicKey, Tenant, TenantId, TenantKey,
    TenantRole, TenantSlug, TenantState, TenantUser, TenantUserName, UserState,
};

pub const BUCKET: &str = "northwind-tenants";

pub fn region() -> Region {
    Region::parse("us-east-1").unwrap()
}

/// A tenant with a prefix of the shared bucket.
pub fn tenant(slug: &str) -> Tenant {
    Tenant {
        id: TenantId(1),
        name: Name::parse(slug).unwrap(),
        slug: TenantSlug::parse(slug).unwrap(),
        region: region(),
        place: Place {
            bucket: BucketName::parse(BUCKET).unwrap(),
            prefix: KeyPrefix::parse(&format!("{slug}/")).unwrap(),
        },
        key: TenantKey::Shared,
        state: TenantState::Active,
        quota: Quota::default(),
    }
}

/// Somebody who may do everything in a tenant, with one key.
pub fn user(name: &str, public_key: &str) -> TenantUser {
    TenantUser {
        name: TenantUserName::parse(name).unwrap(),
        role: TenantRole::Admin,
        keys: vec![SshPublicKey::parse(public_key).unwrap()],
        expires: None,
        state: UserState::Active,
    }
}
