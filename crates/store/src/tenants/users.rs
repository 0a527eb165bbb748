use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Row, params};
use tallyport_ledger::tenant::{
    SshPublicKey, TenantId, TenantRole, TenantUser, TenantUserName, UserState,
};

use crate::number::{day_number, day_of};
use crate::sql::Sql;
use crate::{Reads, StoreError, Writes};

/// A tenant's user as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTenantUser {
    /// Whose user.
    pub tenant: TenantId,
    /// What they are.
    pub user: TenantUser,
    /// Their keys, the oldest first.
    pub keys: Vec<StoredKey>,
    /// Whether AWS was told all of it.
    pub applied: bool,
    /// Since when they are there.
    pub created_at: Timestamp,
}

/// A key, and since when it is theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredKey {
    /// The key.
    pub key: SshPublicKey,
    /// Since when.
    pub added_at: Timestamp,
}

impl Reads<'_> {
    /// A tenant's users by name, or those of every tenant.
    ///
    /// # Errors
    /// The file's.
    pub fn tenant_users(&self, of: Option<TenantId>) -> Result<Vec<StoredTenantUser>, StoreError> {
        self.users(of, None)
    }

    /// How many users a tenant has, or every tenant; one without any is left out.
    ///
    /// # Errors
    /// The file's.
    pub fn tenant_user_counts(
        &self,
        of: Option<TenantId>,
    ) -> Result<HashMap<TenantId, u32>, StoreError> {
        let mut sql = Sql::new("SELECT tenant_id, count(*) FROM tenant_user WHERE 1");
        if let Some(of) = of {
            sql.bind("AND tenant_id = ?", of.0);
        }
        sql.push("GROUP BY tenant_id");
        let counts = sql.rows(self.connection, |row| -> Result<_, StoreError> {
            Ok((TenantId(row.get(0)?), row.get(1)?))
        })?;
        Ok(counts.into_iter().collect())
    }

    /// One user of a tenant.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn tenant_user(
        &self,
        id: TenantId,
        name: &TenantUserName,
    ) -> Result<StoredTenantUser, StoreError> {
        let found = self.users(Some(id), Some(name))?.pop();
        found.ok_or_else(|| StoreError::NotFound {
            what: "user of this tenant",
            name: name.to_string(),
        })
    }

    /// Users with their keys, in two questions however many there are.
    fn users(
        &self,
        of: Option<TenantId>,
        name: Option<&TenantUserName>,
    ) -> Result<Vec<StoredTenantUser>, StoreError> {
        let narrowed = |sql: &mut Sql| {
            if let Some(of) = of {
                sql.bind("AND u.tenant_id = ?", of.0);
            }
            if let Some(name) = name {
                sql.bind("AND u.name = ?", name.as_str().to_owned());
            }
        };
        let mut keys = Sql::new(
            "SELECT k.user_id, k.text, k.added_at FROM tenant_user u JOIN tenant_key k ON k.user_id = u.id WHERE 1",
        );
        narrowed(&mut keys);
        keys.push("ORDER BY k.added_at, k.fingerprint");
        let mut of_users: HashMap<i64, Vec<StoredKey>> = HashMap::new();
        let keys = keys.rows(self.connection, |row| -> Result<_, StoreError> {
            Ok((row.get(0)?, key_at(row, 1)?))
        })?;
        for (user, key) in keys {
            of_users.entry(user).or_default().push(key);
        }
        let mut users = Sql::new(
            "SELECT u.id, u.tenant_id, u.name, u.role, u.expires_day, u.state, u.applied, u.created_at
             FROM tenant_user u WHERE 1",
        );
        narrowed(&mut users);
        users.push("ORDER BY u.tenant_id, u.name");
        users.rows(self.connection, |row| {
            user_at(row, of_users.remove(&row.get(0)?).unwrap_or_default())
        })
    }

    /// Whose user is called `name`, if anybody's is.
    ///
    /// # Errors
    /// The file's.
    pub fn tenant_with_user(&self, name: &TenantUserName) -> Result<Option<TenantId>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT tenant_id FROM tenant_user WHERE name = ?1")?;
        let mut rows = query.query([name.as_str()])?;
        Ok(rows
            .next()?
            .map(|row| row.get(0).map(TenantId))
            .transpose()?)
    }
}

fn user_at(row: &Row<'_>, keys: Vec<StoredKey>) -> Result<StoredTenantUser, StoreError> {
    let unreadable = || StoreError::unreadable("a tenant's user");
    let name: String = row.get(2)?;
    let expires: Option<i64> = row.get(4)?;
    Ok(StoredTenantUser {
        tenant: TenantId(row.get(1)?),
        user: TenantUser {
            name: TenantUserName::parse(&name).map_err(|_| unreadable())?,
            role: TenantRole::from_number(row.get(3)?).ok_or_else(unreadable)?,
            keys: keys.iter().map(|kept| kept.key.clone()).collect(),
            expires: expires.map(day_of).transpose()?,
            state: UserState::from_number(row.get(5)?).ok_or_else(unreadable)?,
        },
        keys,
        applied: row.get(6)?,
        created_at: moment(row.get(7)?)?,
    })
}

/// A key, whose text stands in column `first` and its moment in the next.
fn key_at(row: &Row<'_>, first: usize) -> Result<StoredKey, StoreError> {
    let text: String = row.get(first)?;
    Ok(StoredKey {
        key: SshPublicKey::parse(&text).map_err(|_| StoreError::unreadable("a tenant's key"))?,
        added_at: moment(row.get(first + 1)?)?,
    })
}

fn moment(at: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(at).map_err(|_| StoreError::unreadable("a moment of a tenant's"))
}

impl Writes<'_> {
    /// Makes a tenant's user what `user` says, whether they were there or not. Keys that they had keep the day
    /// since which they had them. AWS is to be told.
    ///
    /// # Errors
    /// [`StoreError::InUse`] if another tenant's user has the name.
    pub fn set_tenant_user(
        &mut self,
        id: TenantId,
        user: &TenantUser,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        if self
            .tenant_with_user(&user.name)?
            .is_some_and(|tenant| tenant != id)
        {
            return Err(StoreError::InUse {
                what: format!("the name {}", user.name),
                why: "a user of another tenant has it, and one server knows a name once".to_owned(),
            });
        }
        self.connection.execute(
            "INSERT INTO tenant_user (tenant_id, name, role, expires_day, state, applied, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)
             ON CONFLICT (name) DO UPDATE SET role = ?3, expires_day = ?4, state = ?5, applied = 0",
            params![
                id.0,
                user.name.as_str(),
                user.role.number(),
                user.expires.map(day_number),
                user.state.number(),
                at.as_millisecond(),
            ],
        )?;
        let number: i64 = self.connection.query_row(
            "SELECT id FROM tenant_user WHERE name = ?1",
            [user.name.as_str()],
            |row| row.get(0),
        )?;
        for kept in self.tenant_user(id, &user.name)?.keys {
            if !user.keys.contains(&kept.key) {
                self.connection.execute(
                    "DELETE FROM tenant_key WHERE user_id = ?1 AND fingerprint = ?2",
                    params![number, kept.key.fingerprint()],
                )?;
            }
        }
        for key in &user.keys {
            self.connection.execute(
                "INSERT INTO tenant_key (user_id, fingerprint, text, added_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET text = ?3",
                params![number, key.fingerprint(), key.text(), at.as_millisecond()],
            )?;
        }
        Ok(())
    }

    /// Says that AWS was told all of a user.
    ///
    /// # Errors
    /// The disk's.
    pub fn tenant_user_applied(&mut self, name: &TenantUserName) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE tenant_user SET applied = 1 WHERE name = ?1",
            [name.as_str()],
        )?;
        Ok(())
    }

    /// Says that AWS is to be told of all users of a tenant.
    ///
    /// # Errors
    /// The disk's.
    pub fn tenant_users_to_be_told(&mut self, id: TenantId) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE tenant_user SET applied = 0 WHERE tenant_id = ?1",
            [id.0],
        )?;
        Ok(())
    }

    /// Forgets a tenant's user and their keys.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn remove_tenant_user(
        &mut self,
        id: TenantId,
        name: &TenantUserName,
    ) -> Result<(), StoreError> {
        self.tenant_user(id, name)?;
        self.connection.execute(
            "DELETE FROM tenant_user WHERE tenant_id = ?1 AND name = ?2",
            (id.0, name.as_str()),
        )?;
        Ok(())
    }
}
