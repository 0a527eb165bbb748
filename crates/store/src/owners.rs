use std::collections::HashMap;
use std::fmt;

use rusqlite::OptionalExtension;
use tallyport_ledger::OwnerId;
use tallyport_ledger::tenant::TenantId;

use crate::number::folded;
use crate::{ClientId, PersonId, Reads, StoreError, TeamId, Writes};

/// What kind of owner it is, and which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OwnerKey {
    /// A person.
    Person(PersonId),
    /// A team.
    Team(TeamId),
    /// A client.
    Client(ClientId),
    /// A tenant.
    Tenant(TenantId),
}

/// An owner with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedOwner {
    /// Its identity in rules and charges.
    pub id: OwnerId,
    /// Which person, team, client or tenant.
    pub key: OwnerKey,
    /// The name.
    pub name: String,
}

impl OwnerKey {
    /// `person`, `team`, `client` or `tenant`.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Team(_) => "team",
            Self::Client(_) => "client",
            Self::Tenant(_) => "tenant",
        }
    }

    /// The number of the person, team, client or tenant.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Person(PersonId(id))
            | Self::Team(TeamId(id))
            | Self::Client(ClientId(id))
            | Self::Tenant(TenantId(id)) => id,
        }
    }
}

impl fmt::Display for OwnerKey {
    /// Such as `person:3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.number())
    }
}

impl Reads<'_> {
    /// All owners by their identity, archived ones included.
    ///
    /// # Errors
    /// The file's.
    pub fn owners(&self) -> Result<HashMap<OwnerId, NamedOwner>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT o.id, o.kind, coalesce(o.person_id, o.team_id, o.client_id, o.tenant_id),
                    coalesce(p.name, t.name, c.name, n.name)
             FROM owner o
             LEFT JOIN person p ON p.id = o.person_id
             LEFT JOIN team t ON t.id = o.team_id
             LEFT JOIN client c ON c.id = o.client_id
             LEFT JOIN tenant n ON n.id = o.tenant_id",
        )?;
        let mut rows = statement.query([])?;
        let mut owners = HashMap::new();
        while let Some(row) = rows.next()? {
            let id = OwnerId(row.get(0)?);
            let number: i64 = row.get(2)?;
            let key = match row.get(1)? {
                1 => OwnerKey::Person(PersonId(number)),
                2 => OwnerKey::Team(TeamId(number)),
                3 => OwnerKey::Client(ClientId(number)),
                4 => OwnerKey::Tenant(TenantId(number)),
                _ => return Err(StoreError::unreadable("an owner")),
            };
            let name = row.get(3)?;
            owners.insert(id, NamedOwner { id, key, name });
        }
        Ok(owners)
    }

    /// The identity under which a person, team, client or tenant owns charges.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn owner_of(&self, key: OwnerKey) -> Result<OwnerId, StoreError> {
        let sql = match key {
            OwnerKey::Person(_) => "SELECT id FROM owner WHERE person_id = ?1",
            OwnerKey::Team(_) => "SELECT id FROM owner WHERE team_id = ?1",
            OwnerKey::Client(_) => "SELECT id FROM owner WHERE client_id = ?1",
            OwnerKey::Tenant(_) => "SELECT id FROM owner WHERE tenant_id = ?1",
        };
        self.connection
            .prepare_cached(sql)?
            .query_row([key.number()], |row| row.get(0).map(OwnerId))
            .optional()?
            .ok_or_else(|| StoreError::NotFound {
                what: key.kind(),
                name: key.number().to_string(),
            })
    }

    /// The person that `text` names: a name without regard to case, or an id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn person_named(&self, text: &str) -> Result<PersonId, StoreError> {
        self.named(
            "person",
            "SELECT id FROM person WHERE folded_name = ?1 ORDER BY archived, id DESC LIMIT 1",
            "SELECT id FROM person WHERE id = ?1",
            text,
        )
        .map(PersonId)
    }

    /// The team that `text` names: a name without regard to case, or an id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn team_named(&self, text: &str) -> Result<TeamId, StoreError> {
        self.named(
            "team",
            "SELECT id FROM team WHERE folded_name = ?1 ORDER BY archived, id DESC LIMIT 1",
            "SELECT id FROM team WHERE id = ?1",
            text,
        )
        .map(TeamId)
    }

    /// The client that `text` names: a name without regard to case, or an id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn client_named(&self, text: &str) -> Result<ClientId, StoreError> {
        self.named(
            "client",
            "SELECT id FROM client WHERE folded_name = ?1 ORDER BY archived, id DESC LIMIT 1",
            "SELECT id FROM client WHERE id = ?1",
            text,
        )
        .map(ClientId)
    }

    /// The owner that `text` names: `person:NAME`, `team:NAME`, `client:NAME` or `tenant:NAME`, an id in
    /// place of the name allowed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn owner_named(&self, text: &str) -> Result<OwnerKey, StoreError> {
        let (kind, name) = text.split_once(':').unwrap_or(("", text));
        match kind {
            "person" => self.person_named(name).map(OwnerKey::Person),
            "team" => self.team_named(name).map(OwnerKey::Team),
            "client" => self.client_named(name).map(OwnerKey::Client),
            "tenant" => self.tenant_named(name).map(OwnerKey::Tenant),
            _ => Err(StoreError::NotFound {
                what: "owner (person:NAME, team:NAME, client:NAME or tenant:NAME is expected)",
                name: text.to_owned(),
            }),
        }
    }

    fn named(
        &self,
        what: &'static str,
        by_name: &'static str,
        by_id: &'static str,
        text: &str,
    ) -> Result<i64, StoreError> {
        let found = self
            .connection
            .prepare_cached(by_name)?
            .query_row([folded(text)], |row| row.get(0))
            .optional()?;
        if let Some(id) = found {
            return Ok(id);
        }
        let by_number = match text.trim().parse::<i64>() {
            Ok(id) => self
                .connection
                .prepare_cached(by_id)?
                .query_row([id], |row| row.get(0))
                .optional()?,
            Err(_) => None,
        };
        by_number.ok_or_else(|| StoreError::NotFound {
            what,
            name: text.chars().take(80).collect(),
        })
    }
}

impl Writes<'_> {
    /// Makes the owner of a new person, team, client or tenant.
    pub(crate) fn new_owner(&mut self, key: OwnerKey) -> Result<(), StoreError> {
        let sql = match key {
            OwnerKey::Person(_) => "INSERT INTO owner (kind, person_id) VALUES (1, ?1)",
            OwnerKey::Team(_) => "INSERT INTO owner (kind, team_id) VALUES (2, ?1)",
            OwnerKey::Client(_) => "INSERT INTO owner (kind, client_id) VALUES (3, ?1)",
            OwnerKey::Tenant(_) => "INSERT INTO owner (kind, tenant_id) VALUES (4, ?1)",
        };
        self.connection.execute(sql, [key.number()])?;
        Ok(())
    }

    /// Deletes an owner by `steps`, unless the file's own references refuse.
    pub(crate) fn delete_unnamed(
        &mut self,
        key: OwnerKey,
        name: &str,
        steps: [&'static str; 2],
    ) -> Result<(), StoreError> {
        for step in steps {
            match self.connection.execute(step, [key.number()]) {
                Ok(_) => {}
                Err(error)
                    if error.sqlite_error_code()
                        == Some(rusqlite::ErrorCode::ConstraintViolation) =>
                {
                    return Err(StoreError::InUse {
                        what: format!("{} \"{name}\"", key.kind()),
                        why: "past charges, teams or invoices name it; archive it instead"
                            .to_owned(),
                    });
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Refuses to let go of somebody that a live rule names.
    pub(crate) fn without_rules(&self, key: OwnerKey, name: &str) -> Result<(), StoreError> {
        let owner = self.owner_of(key)?;
        let rules: i64 = self.connection.query_row(
            "SELECT count(*) FROM rule WHERE owner_id = ?1 AND deleted = 0",
            [owner.0],
            |row| row.get(0),
        )?;
        if rules == 0 {
            return Ok(());
        }
        let noun = if rules == 1 {
            "rule names"
        } else {
            "rules name"
        };
        Err(StoreError::InUse {
            what: format!("{} \"{name}\"", key.kind()),
            why: format!("{rules} ownership {noun} it; delete or change them first"),
        })
    }
}
