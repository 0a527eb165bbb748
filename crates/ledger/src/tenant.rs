//! Tenants: customers who send and fetch files by SFTP. What a tenant, its place, its users and their keys
//! can be; what they use. What AWS is told of them is made from these in `aws::tenants`.

mod key;
mod name;
mod place;
mod quota;
mod usage;
mod user;

use std::fmt;

use crate::charge::words;

pub use key::{KeyAlgorithm, KeyError, SshPublicKey};
pub use name::{TenantNameError, TenantSlug, TenantUserName};
pub use place::{BucketName, KeyPrefix, Place, PlaceError, Region};
pub use quota::{Quota, QuotaError, QuotaStanding};
pub use usage::{UsageDay, usage_of};
pub use user::{TenantRole, TenantUser, UserState};

/// Identifies a tenant in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TenantId(pub i64);

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// What is set up at AWS for one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// Its identity.
    pub id: TenantId,
    /// Its name, as people write it.
    pub name: crate::Name,
    /// Its name in what AWS is told.
    pub slug: TenantSlug,
    /// Where it lies.
    pub region: Region,
    /// What is its own in S3.
    pub place: Place,
    /// What its files are encrypted with.
    pub key: TenantKey,
    /// How far it is.
    pub state: TenantState,
    /// How much it may use.
    pub quota: Quota,
}

words!(
    /// What a tenant's files are encrypted with.
    TenantKey, "a tenant's key (own or shared)" {
        /// A key that is made for it alone.
        Own = 1 "own",
        /// The key that all tenants of the region share.
        Shared = 2 "shared",
    }
);

words!(
    /// How far a tenant is.
    TenantState, "a state of a tenant (creating, active, suspended, deleting or deleted)" {
        /// Being set up, or left half set up.
        Creating = 1 "creating",
        /// Its users can sign in.
        Active = 2 "active",
        /// Nobody can sign in; everything else is kept.
        Suspended = 3 "suspended",
        /// Being removed, or left half removed.
        Deleting = 4 "deleting",
        /// Gone from AWS; what it used stays in the books.
        Deleted = 5 "deleted",
    }
);

impl TenantState {
    /// Whether everything of it is there, be it that nobody can sign in.
    #[must_use]
    pub const fn is_set_up(self) -> bool {
        matches!(self, Self::Active | Self::Suspended)
    }
}
