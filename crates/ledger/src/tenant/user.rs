use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{SshPublicKey, TenantUserName};
use crate::charge::words;

words!(
    /// What somebody who signs in by SFTP may do with their tenant's files.
    TenantRole, "a role of a tenant's user (read-only, upload-only or admin)" {
        /// List and fetch.
        ReadOnly = 1 "read-only",
        /// Send, and see what is there by name.
        UploadOnly = 2 "upload-only",
        /// Send, fetch, rename and delete.
        Admin = 3 "admin",
    }
);

words!(
    /// Whether a user can sign in.
    UserState, "a state of a tenant's user (active or suspended)" {
        /// Can sign in, unless expired.
        Active = 1 "active",
        /// Cannot: their keys are kept here and not at AWS.
        Suspended = 2 "suspended",
    }
);

/// Somebody, or some program, that signs in by SFTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantUser {
    /// What they sign in as; one name a server.
    pub name: TenantUserName,
    /// What they may do.
    pub role: TenantRole,
    /// The keys that they can sign in with.
    pub keys: Vec<SshPublicKey>,
    /// The last day, in UTC, on which they may do anything.
    pub expires: Option<Date>,
    /// Whether they can sign in.
    pub state: UserState,
}

impl TenantUser {
    /// The moment from which AWS itself refuses them everything, whether or not a program of ours runs.
    #[must_use]
    pub fn ends_at(&self) -> Option<Timestamp> {
        let next = self.expires?.tomorrow().ok()?;
        let midnight = next.to_zoned(TimeZone::UTC).ok()?;
        Some(midnight.timestamp())
    }

    /// Whether their last day is over.
    #[must_use]
    pub fn is_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|last| last < today)
    }
}
