use jiff::civil::Date;
use rusqlite::OptionalExtension;
use tallyport_ledger::{Name, Validity};

use crate::number::{day_number, day_of, folded};
use crate::people::taken;
use crate::{ClientId, OwnerKey, PersonId, Reads, StoreError, TeamId, Writes};

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its identity.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// The client it belongs to, if it does.
    pub client: Option<ClientId>,
    /// Whether it is gone; its past costs stay.
    pub archived: bool,
    /// Who belongs to it, and when.
    pub members: Vec<Member>,
}

/// Somebody's time in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// When.
    pub validity: Validity,
}

/// Stored for "since ever" and "for ever".
const OPEN: (i64, i64) = (0, 99_999_999);

impl Reads<'_> {
    /// Teams by name; archived ones only if asked for.
    ///
    /// # Errors
    /// The file's.
    pub fn teams(&self, archived: bool) -> Result<Vec<Team>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM team WHERE archived <= ?1 ORDER BY folded_name, id")?;
        let ids = statement
            .query_map([archived], |row| row.get(0).map(TeamId))?
            .collect::<Result<Vec<_>, _>>()?;
        ids.into_iter().map(|id| self.team(id)).collect()
    }

    /// One team.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn team(&self, id: TeamId) -> Result<Team, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT name, client_id, archived FROM team WHERE id = ?1")?
            .query_row([id.0], |row| {
                Ok(Team {
                    id,
                    name: row.get(0)?,
                    client: row.get::<_, Option<i64>>(1)?.map(ClientId),
                    archived: row.get(2)?,
                    members: Vec::new(),
                })
            })
            .optional()?;
        let team = found.ok_or_else(|| StoreError::NotFound {
            what: "team",
            name: id.to_string(),
        })?;
        Ok(Team {
            members: self.members(id)?,
            ..team
        })
    }

    fn members(&self, team: TeamId) -> Result<Vec<Member>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT m.person_id, p.name, m.from_day, m.to_day
             FROM membership m JOIN person p ON p.id = m.person_id
             WHERE m.team_id = ?1 ORDER BY p.folded_name, m.id",
        )?;
        let mut rows = statement.query([team.0])?;
        let mut members = Vec::new();
        while let Some(row) = rows.next()? {
            let day = |at, open| -> Result<Option<Date>, StoreError> {
                let number: i64 = row.get(at)?;
                (number != open).then(|| day_of(number)).transpose()
            };
            let validity = Validity::new(day(2, OPEN.0)?, day(3, OPEN.1)?)
                .map_err(|_| StoreError::unreadable("a membership"))?;
            members.push(Member {
                person: PersonId(row.get(0)?),
                name: row.get(1)?,
                validity,
            });
        }
        Ok(members)
    }
}

impl Writes<'_> {
    /// Adds a team.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`].
    pub fn add_team(
        &mut self,
        name: &Name,
        client: Option<ClientId>,
    ) -> Result<TeamId, StoreError> {
        if let Some(client) = client {
            self.client(client)?;
        }
        let added = self.connection.execute(
            "INSERT INTO team (name, folded_name, client_id) VALUES (?1, ?2, ?3)",
            (name.as_str(), folded(name.as_str()), client.map(|c| c.0)),
        );
        taken("team", name, added)?;
        let id = TeamId(self.connection.last_insert_rowid());
        self.new_owner(OwnerKey::Team(id))?;
        Ok(id)
    }

    /// Changes name and client, archives it or brings it back.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`], [`StoreError::NotFound`], [`StoreError::InUse`].
    pub fn change_team(
        &mut self,
        id: TeamId,
        name: &Name,
        client: Option<ClientId>,
        archived: bool,
    ) -> Result<(), StoreError> {
        let before = self.team(id)?;
        if archived && !before.archived {
            self.without_rules(OwnerKey::Team(id), &before.name)?;
        }
        if let Some(client) = client {
            self.client(client)?;
        }
        let changed = self.connection.execute(
            "UPDATE team SET name = ?2, folded_name = ?3, client_id = ?4, archived = ?5
             WHERE id = ?1",
            (
                id.0,
                name.as_str(),
                folded(name.as_str()),
                client.map(|c| c.0),
                archived,
            ),
        );
        taken("team", name, changed)
    }

    /// Deletes a team that nothing names.
    ///
    /// # Errors
    /// [`StoreError::InUse`] if rules, charges or invoices do.
    pub fn delete_team(&mut self, id: TeamId) -> Result<(), StoreError> {
        let name = self.team(id)?.name;
        self.without_rules(OwnerKey::Team(id), &name)?;
        self.connection
            .execute("DELETE FROM membership WHERE team_id = ?1", [id.0])?;
        self.delete_unnamed(
            OwnerKey::Team(id),
            &name,
            [
                "DELETE FROM owner WHERE team_id = ?1",
                "DELETE FROM team WHERE id = ?1",
            ],
        )
    }

    /// Says when `person` belongs to `team`, in place of what was said before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn set_member(
        &mut self,
        team: TeamId,
        person: PersonId,
        validity: Validity,
    ) -> Result<(), StoreError> {
        self.team(team)?;
        self.person(person)?;
        let days = (
            validity.from().map_or(OPEN.0, day_number),
            validity.to().map_or(OPEN.1, day_number),
        );
        let first: Option<i64> = self.connection.query_row(
            "SELECT min(id) FROM membership WHERE team_id = ?1 AND person_id = ?2",
            (team.0, person.0),
            |row| row.get(0),
        )?;
        // The row keeps its number: which of several teams counts does not change.
        self.connection.execute(
            "INSERT INTO membership (id, team_id, person_id, from_day, to_day)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE SET from_day = excluded.from_day, to_day = excluded.to_day",
            (first, team.0, person.0, days.0, days.1),
        )?;
        Ok(())
    }

    /// Takes `person` out of `team`, as if they had never belonged to it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn remove_member(&mut self, team: TeamId, person: PersonId) -> Result<(), StoreError> {
        let removed = self.connection.execute(
            "DELETE FROM membership WHERE team_id = ?1 AND person_id = ?2",
            (team.0, person.0),
        )?;
        if removed == 0 {
            return Err(StoreError::NotFound {
                what: "member",
                name: person.to_string(),
            });
        }
        Ok(())
    }
}
