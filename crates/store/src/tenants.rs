//! Tenants, and how far each is set up.

mod steps;
mod usage;
mod users;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};
use serde_json::Value;
use tallyport_ledger::Name;
use tallyport_ledger::tenant::{
    BucketName, KeyPrefix, Place, Quota, Region, Tenant, TenantId, TenantKey, TenantSlug,
    TenantState,
};

use crate::number::folded;
use crate::people::taken;
use crate::{ClientId, ConnectionId, OwnerKey, Reads, StoreError, Writes};

pub use steps::{StepState, TenantStep};
pub use usage::BilledTransfer;
pub use users::{StoredKey, StoredTenantUser};

/// A tenant as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTenant {
    /// What it is.
    pub tenant: Tenant,
    /// Whose credentials set it up.
    pub connection: ConnectionId,
    /// The role by which they reach the account that it lies in, if that is another.
    pub assume_role: Option<String>,
    /// The server it moves in with; the one that the program keeps if none is named.
    pub server: Option<String>,
    /// The client it belongs to.
    pub client: Option<ClientId>,
    /// Whether a limit has stopped writing.
    pub stopped: bool,
    /// After how many days a key is overdue.
    pub rotate_days: Option<u32>,
    /// What came of trying to leave its place, and when.
    pub isolation: Option<(Timestamp, Value)>,
    /// Whether its removal leaves its files where they are.
    pub keeps_files: bool,
    /// When it was asked for.
    pub created_at: Timestamp,
}

/// A tenant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantDraft {
    /// Its name.
    pub name: Name,
    /// Its name in what AWS is told.
    pub slug: TenantSlug,
    /// Whose credentials set it up.
    pub connection: ConnectionId,
    /// The role by which they reach the account that it lies in, if that is another.
    pub assume_role: Option<String>,
    /// The server it moves in with; the one that the program keeps if none is named.
    pub server: Option<String>,
    /// The client it belongs to.
    pub client: Option<ClientId>,
    /// Where it lies.
    pub region: Region,
    /// What is its own in S3.
    pub place: Place,
    /// What its files are encrypted with.
    pub key: TenantKey,
    /// How much it may use.
    pub quota: Quota,
    /// After how many days a key is overdue.
    pub rotate_days: Option<u32>,
}

const TENANTS: &str =
    "SELECT id, connection_id, client_id, name, slug, region, bucket, prefix, key_kind, state,
    stored_limit, moved_limit, warn_percent, stop, stopped, rotate_days, isolation, isolation_at, created_at,
    keeps_files, assume_role, server FROM tenant";

impl Reads<'_> {
    /// The tenants by name, without those that are gone.
    ///
    /// # Errors
    /// The file's.
    pub fn tenants(&self) -> Result<Vec<StoredTenant>, StoreError> {
        let sql = [TENANTS, " WHERE state <> 5 ORDER BY folded_name, id"].concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_and_then([], tenant)?;
        rows.collect()
    }

    /// One tenant, also one that is gone.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn tenant(&self, id: TenantId) -> Result<StoredTenant, StoreError> {
        let sql = [TENANTS, " WHERE id = ?1"].concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([id.0])?;
        match rows.next()? {
            Some(row) => tenant(row),
            None => Err(not_found(&id.to_string())),
        }
    }

    /// The tenant that `text` names: its name or short name without regard to case, or an id. One that is
    /// gone gives way to one that is there.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn tenant_named(&self, text: &str) -> Result<TenantId, StoreError> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT id FROM tenant WHERE folded_name = ?1 OR slug = ?1
                 ORDER BY state = 5, id DESC LIMIT 1",
            )?
            .query_row([folded(text)], |row| row.get(0))
            .optional()?;
        match (found, text.trim().parse()) {
            (Some(id), _) => Ok(TenantId(id)),
            (None, Ok(id)) => Ok(self.tenant(TenantId(id))?.tenant.id),
            (None, Err(_)) => Err(not_found(text)),
        }
    }
}

impl Writes<'_> {
    /// Writes down a tenant that is to be set up.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`].
    pub fn add_tenant(
        &mut self,
        draft: &TenantDraft,
        at: Timestamp,
    ) -> Result<TenantId, StoreError> {
        let added = self.connection.execute(
            "INSERT INTO tenant (connection_id, client_id, name, folded_name, slug, region, bucket, prefix, key_kind,
                 state, stored_limit, moved_limit, warn_percent, stop, rotate_days, created_at, assume_role, server)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
            params![
                draft.connection.0,
                draft.client.map(|client| client.0),
                draft.name.as_str(),
                folded(draft.name.as_str()),
                draft.slug.as_str(),
                draft.region.as_str(),
                draft.place.bucket.as_str(),
                draft.place.prefix.as_str(),
                draft.key.number(),
                TenantState::Creating.number(),
                limit(draft.quota.stored_bytes()),
                limit(draft.quota.moved_bytes()),
                draft.quota.warn_percent(),
                draft.quota.stop(),
                draft.rotate_days,
                at.as_millisecond(),
                draft.assume_role,
                draft.server,
            ],
        );
        taken("tenant", &draft.name, added)?;
        let id = TenantId(self.connection.last_insert_rowid());
        self.new_owner(OwnerKey::Tenant(id))?;
        Ok(id)
    }

    /// Gives a tenant another name, client and age of keys.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`].
    pub fn change_tenant(
        &mut self,
        id: TenantId,
        name: &Name,
        client: Option<ClientId>,
        rotate_days: Option<u32>,
    ) -> Result<(), StoreError> {
        let changed = self.connection.execute(
            "UPDATE tenant SET name = ?2, folded_name = ?3, client_id = ?4, rotate_days = ?5 WHERE id = ?1",
            params![
                id.0,
                name.as_str(),
                folded(name.as_str()),
                client.map(|client| client.0),
                rotate_days,
            ],
        );
        taken("tenant", name, changed)
    }

    /// Says how far a tenant is.
    ///
    /// # Errors
    /// The disk's.
    pub fn set_tenant_state(&mut self, id: TenantId, state: TenantState) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE tenant SET state = ?2 WHERE id = ?1",
            (id.0, state.number()),
        )?;
        Ok(())
    }

    /// Says that a tenant is to be removed, and whether its files are to stay.
    ///
    /// # Errors
    /// The disk's.
    pub fn tenant_is_going(&mut self, id: TenantId, keeps_files: bool) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE tenant SET state = ?2, keeps_files = ?3 WHERE id = ?1",
            (id.0, TenantState::Deleting.number(), keeps_files),
        )?;
        Ok(())
    }

    /// Sets how much a tenant may use.
    ///
    /// # Errors
    /// The disk's.
    pub fn set_tenant_quota(&mut self, id: TenantId, quota: &Quota) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE tenant SET stored_limit = ?2, moved_limit = ?3, warn_percent = ?4, stop = ?5
             WHERE id = ?1",
            params![
                id.0,
                limit(quota.stored_bytes()),
                limit(quota.moved_bytes()),
                quota.warn_percent(),
                quota.stop(),
            ],
        )?;
        Ok(())
    }

    /// Says whether a limit has stopped writing.
    ///
    /// # Errors
    /// The disk's.
    pub fn set_tenant_stopped(&mut self, id: TenantId, stopped: bool) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE tenant SET stopped = ?2 WHERE id = ?1",
            (id.0, stopped),
        )?;
        Ok(())
    }

    /// Keeps what came of trying to leave a tenant's place.
    ///
    /// # Errors
    /// The disk's.
    pub fn keep_isolation(
        &mut self,
        id: TenantId,
        at: Timestamp,
        found: &Value,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE tenant SET isolation = ?2, isolation_at = ?3 WHERE id = ?1",
            params![id.0, found.to_string(), at.as_millisecond()],
        )?;
        Ok(())
    }
}

/// A limit as the file keeps it: what does not fit is no limit that anything could reach.
fn limit(bytes: Option<u64>) -> Option<i64> {
    bytes.map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX))
}

fn not_found(name: &str) -> StoreError {
    StoreError::NotFound {
        what: "tenant",
        name: name.chars().take(80).collect(),
    }
}

fn tenant(row: &Row<'_>) -> Result<StoredTenant, StoreError> {
    read(row)?.ok_or_else(|| StoreError::unreadable("a tenant"))
}

/// `None` where the row holds what no tenant can be.
fn read(row: &Row<'_>) -> Result<Option<StoredTenant>, StoreError> {
    let text = |at| row.get::<_, String>(at);
    let (name, slug, region) = (text(3)?, text(4)?, text(5)?);
    let (bucket, prefix) = (text(6)?, text(7)?);
    let (key, state): (i64, i64) = (row.get(8)?, row.get(9)?);
    let bytes = |at| -> rusqlite::Result<Option<u64>> {
        let kept: Option<i64> = row.get(at)?;
        Ok(kept.and_then(|bytes| u64::try_from(bytes).ok()))
    };
    let (stored, moved, warn, stop) = (bytes(10)?, bytes(11)?, row.get(12)?, row.get(13)?);
    let isolation: Option<String> = row.get(16)?;
    let isolation_at: Option<i64> = row.get(17)?;
    let moment = |at: i64| Timestamp::from_millisecond(at).ok();
    let created_at: i64 = row.get(18)?;
    let rest = (row.get(0)?, row.get(1)?, row.get::<_, Option<i64>>(2)?);
    let (stopped, rotate_days) = (row.get(14)?, row.get(15)?);
    let (keeps_files, assume_role, server) = (row.get(19)?, row.get(20)?, row.get(21)?);
    Ok((|| {
        Some(StoredTenant {
            tenant: Tenant {
                id: TenantId(rest.0),
                name: Name::parse(&name).ok()?,
                slug: TenantSlug::parse(&slug).ok()?,
                region: Region::parse(&region).ok()?,
                place: Place {
                    bucket: BucketName::parse(&bucket).ok()?,
                    prefix: KeyPrefix::parse(&prefix).ok()?,
                },
                key: TenantKey::from_number(key)?,
                state: TenantState::from_number(state)?,
                quota: Quota::new(stored, moved, warn, stop).ok()?,
            },
            connection: ConnectionId(rest.1),
            assume_role,
            server,
            client: rest.2.map(ClientId),
            stopped,
            rotate_days,
            isolation: match (isolation, isolation_at) {
                (Some(found), Some(at)) => Some((moment(at)?, serde_json::from_str(&found).ok()?)),
                _ => None,
            },
            keeps_files,
            created_at: moment(created_at)?,
        })
    })())
}
