use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row};
use tallyport_ledger::{BillingAccountId, Name};

use crate::number::folded;
use crate::people::taken;
use crate::sql::Sql;
use crate::{ClientId, ConnectionId, OwnerKey, Reads, StoreError, Writes};

/// A client: a customer or business unit whose cloud is looked after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Its identity.
    pub id: ClientId,
    /// Its name.
    pub name: String,
    /// Whether it is gone; its past costs stay.
    pub archived: bool,
    /// Its billing accounts, with their names.
    pub billing_accounts: Vec<(String, Option<String>)>,
    /// How its bills are reached.
    pub connections: Vec<Connection>,
}

/// How a bill is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Its identity.
    pub id: ConnectionId,
    /// Whose bill.
    pub client: ClientId,
    /// Its name.
    pub name: String,
    /// The payer.
    pub billing_account: String,
    /// The way in, as JSON; never a secret.
    pub access: String,
    /// The region to talk to.
    pub region: Option<String>,
    /// The tag by which the bill is cut.
    pub allocation_tag: Option<String>,
    /// When it was last synced.
    pub last_sync: Option<Timestamp>,
    /// The export it loads, as JSON; without one it asks Cost Explorer.
    pub source: Option<String>,
    /// How many paid requests it may make in a month.
    pub monthly_request_cap: Option<u32>,
}

/// A connection to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewConnection {
    /// Its name.
    pub name: Name,
    /// The payer.
    pub billing_account: BillingAccountId,
    /// The way in, as JSON; never a secret.
    pub access: String,
    /// The region to talk to.
    pub region: Option<String>,
    /// The tag by which the bill is cut.
    pub allocation_tag: Option<String>,
}

fn connection(row: &Row<'_>) -> rusqlite::Result<Connection> {
    Ok(Connection {
        id: ConnectionId(row.get(0)?),
        client: ClientId(row.get(1)?),
        name: row.get(2)?,
        billing_account: row.get(3)?,
        access: row.get(4)?,
        region: row.get(5)?,
        allocation_tag: row.get(6)?,
        last_sync: row
            .get::<_, Option<i64>>(7)?
            .and_then(|at| Timestamp::from_millisecond(at).ok()),
        source: row.get(8)?,
        monthly_request_cap: row.get(9)?,
    })
}

impl Reads<'_> {
    /// Clients by name; archived ones only if asked for.
    ///
    /// # Errors
    /// The file's.
    pub fn clients(&self, archived: bool) -> Result<Vec<Client>, StoreError> {
        let mut sql = Sql::new("SELECT id, name, archived FROM client WHERE");
        sql.bind("archived <= ?", archived)
            .push("ORDER BY folded_name, id");
        self.clients_of(&sql, None)
    }

    /// One client.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn client(&self, id: ClientId) -> Result<Client, StoreError> {
        let mut sql = Sql::new("SELECT id, name, archived FROM client WHERE");
        sql.bind("id = ?", id.0);
        let found = self.clients_of(&sql, Some(id))?.pop();
        found.ok_or_else(|| StoreError::NotFound {
            what: "client",
            name: id.to_string(),
        })
    }

    /// Clients with what is theirs, in three questions however many there are.
    fn clients_of(&self, clients: &Sql, only: Option<ClientId>) -> Result<Vec<Client>, StoreError> {
        let mut accounts = Sql::new("SELECT client_id, key, name FROM billing_account");
        if let Some(only) = only {
            accounts.bind("WHERE client_id = ?", only.0);
        }
        accounts.push("ORDER BY key");
        let mut accounts_of: HashMap<ClientId, Vec<(String, Option<String>)>> = HashMap::new();
        let accounts = accounts.rows(self.connection, |row| -> Result<_, StoreError> {
            Ok((ClientId(row.get(0)?), (row.get(1)?, row.get(2)?)))
        })?;
        for (client, account) in accounts {
            accounts_of.entry(client).or_default().push(account);
        }
        let mut connections_of: HashMap<ClientId, Vec<Connection>> = HashMap::new();
        for connection in self.connections(only)? {
            let of_client = connections_of.entry(connection.client).or_default();
            of_client.push(connection);
        }
        clients.rows(self.connection, |row| {
            let id = ClientId(row.get(0)?);
            Ok(Client {
                id,
                name: row.get(1)?,
                archived: row.get(2)?,
                billing_accounts: accounts_of.remove(&id).unwrap_or_default(),
                connections: connections_of.remove(&id).unwrap_or_default(),
            })
        })
    }

    /// The connections of one client or of all.
    ///
    /// # Errors
    /// The file's.
    pub fn connections(&self, client: Option<ClientId>) -> Result<Vec<Connection>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, client_id, name, billing_account, access, region, allocation_tag, last_sync,
                    source, monthly_request_cap
             FROM connection WHERE archived = 0 AND client_id = ifnull(?1, client_id) ORDER BY id",
        )?;
        let rows = statement.query_map([client.map(|c| c.0)], connection)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One connection.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn connection(&self, id: ConnectionId) -> Result<Connection, StoreError> {
        self.connections(None)?
            .into_iter()
            .find(|connection| connection.id == id)
            .ok_or_else(|| StoreError::NotFound {
                what: "connection",
                name: id.to_string(),
            })
    }

    /// Whose bill a billing account is, if it is known.
    ///
    /// # Errors
    /// The file's.
    pub fn client_of_account(
        &self,
        account: &BillingAccountId,
    ) -> Result<Option<ClientId>, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT client_id FROM billing_account WHERE key = ?1")?
            .query_row([account.as_str()], |row| row.get(0).map(ClientId))
            .optional()?)
    }
}

impl Writes<'_> {
    /// Adds a client.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`].
    pub fn add_client(&mut self, name: &Name) -> Result<ClientId, StoreError> {
        let added = self.connection.execute(
            "INSERT INTO client (name, folded_name) VALUES (?1, ?2)",
            (name.as_str(), folded(name.as_str())),
        );
        taken("client", name, added)?;
        let id = ClientId(self.connection.last_insert_rowid());
        self.new_owner(OwnerKey::Client(id))?;
        Ok(id)
    }

    /// Changes the name, archives it or brings it back.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`], [`StoreError::NotFound`], [`StoreError::InUse`].
    pub fn change_client(
        &mut self,
        id: ClientId,
        name: &Name,
        archived: bool,
    ) -> Result<(), StoreError> {
        let before = self.client(id)?;
        if archived && !before.archived {
            self.without_rules(OwnerKey::Client(id), &before.name)?;
        }
        let changed = self.connection.execute(
            "UPDATE client SET name = ?2, folded_name = ?3, archived = ?4 WHERE id = ?1",
            (id.0, name.as_str(), folded(name.as_str()), archived),
        );
        taken("client", name, changed)
    }

    /// Deletes a client without bills.
    ///
    /// # Errors
    /// [`StoreError::InUse`] if there are bills, or rules, teams or invoices name it.
    pub fn delete_client(&mut self, id: ClientId) -> Result<(), StoreError> {
        let name = self.client(id)?.name;
        self.without_rules(OwnerKey::Client(id), &name)?;
        let bills: i64 = self.connection.query_row(
            "SELECT count(*) FROM period_version v JOIN billing_account b
             ON b.id = v.billing_account_id WHERE b.client_id = ?1",
            [id.0],
            |row| row.get(0),
        )?;
        if bills > 0 {
            return Err(StoreError::InUse {
                what: "client \"".to_owned() + &name + "\"",
                why: "there are bills of it".to_owned(),
            });
        }
        for told in [
            "DELETE FROM export_period WHERE connection_id IN (SELECT id FROM connection WHERE client_id = ?1)",
            "DELETE FROM request_count WHERE connection_id IN (SELECT id FROM connection WHERE client_id = ?1)",
            "DELETE FROM connection WHERE client_id = ?1",
        ] {
            self.connection.execute(told, [id.0])?;
        }
        self.connection
            .execute("DELETE FROM billing_account WHERE client_id = ?1", [id.0])?;
        self.delete_unnamed(
            OwnerKey::Client(id),
            &name,
            [
                "DELETE FROM owner WHERE client_id = ?1",
                "DELETE FROM client WHERE id = ?1",
            ],
        )
    }

    /// Adds a connection to a client's bill.
    ///
    /// # Errors
    /// [`StoreError::OtherClient`] if the billing account is another client's.
    pub fn add_connection(
        &mut self,
        client: ClientId,
        new: &NewConnection,
    ) -> Result<ConnectionId, StoreError> {
        self.client(client)?;
        self.account_of(client, &new.billing_account, None)?;
        self.connection.execute(
            "INSERT INTO connection (client_id, name, billing_account, access, region, allocation_tag)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (
                client.0,
                new.name.as_str(),
                new.billing_account.as_str(),
                &new.access,
                &new.region,
                &new.allocation_tag,
            ),
        )?;
        Ok(ConnectionId(self.connection.last_insert_rowid()))
    }

    /// Removes a connection; what was loaded through it stays.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn remove_connection(&mut self, id: ConnectionId) -> Result<(), StoreError> {
        self.connection(id)?;
        self.connection
            .execute("UPDATE connection SET archived = 1 WHERE id = ?1", [id.0])?;
        Ok(())
    }

    /// Notes that a connection was synced.
    ///
    /// # Errors
    /// The file's.
    pub fn synced(&mut self, id: ConnectionId, at: Timestamp) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE connection SET last_sync = ?2 WHERE id = ?1",
            (id.0, at.as_millisecond()),
        )?;
        Ok(())
    }

    /// The number of a billing account, which becomes `client`'s if it is new.
    pub(crate) fn account_of(
        &mut self,
        client: ClientId,
        account: &BillingAccountId,
        name: Option<&str>,
    ) -> Result<i64, StoreError> {
        if let Some(owner) = self.client_of_account(account)? {
            if owner != client {
                return Err(StoreError::OtherClient {
                    billing_account: account.to_string(),
                    client: self.client(owner)?.name,
                });
            }
        } else {
            self.connection.execute(
                "INSERT INTO billing_account (client_id, key) VALUES (?1, ?2)",
                (client.0, account.as_str()),
            )?;
        }
        Ok(self.connection.query_row(
            "UPDATE billing_account SET name = ifnull(?2, name) WHERE key = ?1 RETURNING id",
            (account.as_str(), name),
            |row| row.get(0),
        )?)
    }
}
