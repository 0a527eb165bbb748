use rusqlite::OptionalExtension;
use tallyport_ledger::Name;

use crate::number::folded;
use crate::{OwnerKey, PersonId, Reads, StoreError, TeamId, Writes};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their identity.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their mail address.
    pub email: Option<String>,
    /// Whether they are gone; their past costs stay.
    pub archived: bool,
    /// Their teams, whenever they belong to them.
    pub teams: Vec<TeamId>,
}

impl Reads<'_> {
    /// People by name; archived ones only if asked for.
    ///
    /// # Errors
    /// The file's.
    pub fn people(&self, archived: bool) -> Result<Vec<Person>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, name, email, archived FROM person
             WHERE archived <= ?1 ORDER BY folded_name, id",
        )?;
        let mut people = statement
            .query_map([archived], |row| {
                Ok(Person {
                    id: PersonId(row.get(0)?),
                    name: row.get(1)?,
                    email: row.get(2)?,
                    archived: row.get(3)?,
                    teams: Vec::new(),
                })
            })?
            .collect::<Result<Vec<_>, _>>()?;
        for person in &mut people {
            person.teams = self.teams_of(person.id)?;
        }
        Ok(people)
    }

    /// One person.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn person(&self, id: PersonId) -> Result<Person, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT name, email, archived FROM person WHERE id = ?1")?
            .query_row([id.0], |row| {
                Ok(Person {
                    id,
                    name: row.get(0)?,
                    email: row.get(1)?,
                    archived: row.get(2)?,
                    teams: Vec::new(),
                })
            })
            .optional()?;
        let person = found.ok_or_else(|| StoreError::NotFound {
            what: "person",
            name: id.to_string(),
        })?;
        Ok(Person {
            teams: self.teams_of(id)?,
            ..person
        })
    }

    fn teams_of(&self, person: PersonId) -> Result<Vec<TeamId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT team_id FROM membership WHERE person_id = ?1 GROUP BY team_id ORDER BY min(id)",
        )?;
        let teams = statement.query_map([person.0], |row| row.get(0).map(TeamId))?;
        Ok(teams.collect::<Result<_, _>>()?)
    }
}

impl Writes<'_> {
    /// Adds a person.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`].
    pub fn add_person(&mut self, name: &Name, email: Option<&str>) -> Result<PersonId, StoreError> {
        let added = self.connection.execute(
            "INSERT INTO person (name, folded_name, email) VALUES (?1, ?2, ?3)",
            (name.as_str(), folded(name.as_str()), email),
        );
        taken("person", name, added)?;
        let id = PersonId(self.connection.last_insert_rowid());
        self.new_owner(OwnerKey::Person(id))?;
        Ok(id)
    }

    /// Changes name and address.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`], [`StoreError::NotFound`].
    pub fn change_person(
        &mut self,
        id: PersonId,
        name: &Name,
        email: Option<&str>,
        archived: bool,
    ) -> Result<(), StoreError> {
        let before = self.person(id)?;
        if archived && !before.archived {
            self.without_rules(OwnerKey::Person(id), &before.name)?;
        }
        let changed = self.connection.execute(
            "UPDATE person SET name = ?2, folded_name = ?3, email = ?4, archived = ?5 WHERE id = ?1",
            (id.0, name.as_str(), folded(name.as_str()), email, archived),
        );
        taken("person", name, changed)
    }

    /// Deletes a person whom nothing names.
    ///
    /// # Errors
    /// [`StoreError::InUse`] if rules, charges or invoices do.
    pub fn delete_person(&mut self, id: PersonId) -> Result<(), StoreError> {
        let name = self.person(id)?.name;
        self.without_rules(OwnerKey::Person(id), &name)?;
        self.connection
            .execute("DELETE FROM membership WHERE person_id = ?1", [id.0])?;
        self.delete_unnamed(
            OwnerKey::Person(id),
            &name,
            [
                "DELETE FROM owner WHERE person_id = ?1",
                "DELETE FROM person WHERE id = ?1",
            ],
        )
    }
}

/// Turns the unique index's refusal into words.
pub(crate) fn taken(
    what: &'static str,
    name: &Name,
    outcome: rusqlite::Result<usize>,
) -> Result<(), StoreError> {
    match outcome {
        Ok(_) => Ok(()),
        Err(error)
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) =>
        {
            Err(StoreError::NameTaken {
                what,
                name: name.to_string(),
            })
        }
        Err(error) => Err(error.into()),
    }
}
