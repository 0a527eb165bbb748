//! Which team an owner counts for on a day, where too many are asked for to ask the file for each.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::sql::Sql;
use crate::{Reads, StoreError};

/// The teams of owners with their days, which are YYYYMMDD: as [`crate::filter::TEAM_OF`] has it.
#[derive(Debug, Default)]
pub(crate) struct TeamsOf(HashMap<i64, Vec<(i64, i64, i64)>, RandomState>);

impl TeamsOf {
    /// Those of all owners.
    pub fn read(reads: &Reads<'_>) -> Result<Self, StoreError> {
        let mut teams = Self::default();
        let mut owner_of: HashMap<i64, i64, RandomState> = HashMap::default();
        Sql::new("SELECT id, person_id, team_id FROM owner").rows(reads.connection, |row| {
            let id: i64 = row.get(0)?;
            if let Some(person) = row.get::<_, Option<i64>>(1)? {
                owner_of.insert(person, id);
            }
            if let Some(team) = row.get::<_, Option<i64>>(2)? {
                teams.0.insert(id, vec![(0, i64::MAX, team)]);
            }
            Ok::<(), StoreError>(())
        })?;
        Sql::new("SELECT person_id, from_day, to_day, team_id FROM membership ORDER BY id").rows(
            reads.connection,
            |row| {
                if let Some(owner) = owner_of.get(&row.get(0)?) {
                    let of = teams.0.entry(*owner).or_default();
                    of.push((row.get(1)?, row.get(2)?, row.get(3)?));
                }
                Ok::<(), StoreError>(())
            },
        )?;
        Ok(teams)
    }

    /// The owner itself, or the first team that its person belongs to on `day`.
    pub fn on(&self, owner: i64, day: i64) -> Option<i64> {
        let of = self.0.get(&owner)?;
        let found = of.iter().find(|(from, to, _)| *from <= day && day <= *to);
        found.map(|(_, _, team)| *team)
    }
}
