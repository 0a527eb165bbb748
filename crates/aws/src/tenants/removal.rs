//! What removing a tenant would remove, told before it is done.

use tallyport_ledger::tenant::{Tenant, TenantKey};

use super::{Site, files, key, role, stem, user};
use crate::AwsError;

/// What is there of a tenant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removal {
    /// What lies in its place.
    pub files: files::Measured,
    /// The names of its users, whoever made them.
    pub users: Vec<String>,
    /// Its role.
    pub role: String,
    /// Its own key, if it has one: what was encrypted with it cannot be read once it is gone.
    pub key: Option<String>,
}

/// Looks what removing the tenant would remove.
///
/// # Errors
/// [`AwsError`].
pub async fn removal(site: &Site, tenant: &Tenant, server: &str) -> Result<Removal, AwsError> {
    let role = role::arn(site, tenant);
    let key = match tenant.key {
        TenantKey::Shared => None,
        TenantKey::Own => key::find(site, &key::alias(tenant)).await?,
    };
    Ok(Removal {
        files: files::measure(site, &tenant.place).await?,
        users: user::with_role(site, server, &role).await?,
        role: stem(tenant),
        key: key.map(|(key, _)| key.0),
    })
}
