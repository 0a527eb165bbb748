//! Which scopes a charge belongs to, found without asking for each of them.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use tallyport_ledger::budget::ScopeKind;

use crate::sql::Sql;
use crate::teams_of::TeamsOf;
use crate::{Reads, StoreError};

type Map<V> = HashMap<i64, V, RandomState>;

/// Which scopes.
pub(super) enum Of<'a> {
    /// Those that a live budget is about.
    Live,
    /// The same, as far as they were never summed.
    Unsummed,
    /// The same, as far as they were.
    Summed,
    /// These.
    These(&'a HashSet<i64, RandomState>),
}

/// Scopes by what a charge has.
#[derive(Default)]
pub(super) struct Index {
    scopes: HashSet<i64, RandomState>,
    all: Option<i64>,
    owners: Map<i64>,
    teams_of: TeamsOf,
    teams: Map<i64>,
    clients: Map<i64>,
    services: Map<i64>,
    tag_sets: Map<Vec<i64>>,
}

/// What of a charge says which scopes it belongs to.
pub(super) struct Fact {
    pub client: i64,
    pub owner: i64,
    pub service: i64,
    pub day: i64,
}

impl Index {
    pub fn of(reads: &Reads<'_>, of: &Of<'_>) -> Result<Self, StoreError> {
        let mut sql =
            Sql::new("SELECT s.id, s.kind, s.number, s.folded_key, s.value FROM budget_scope s");
        if !matches!(of, Of::These(_)) {
            sql.push(
                "WHERE EXISTS (SELECT 1 FROM budget b WHERE b.scope_id = s.id AND b.archived = 0)",
            );
        }
        match of {
            Of::Unsummed => _ = sql.push("AND s.is_summed = 0"),
            Of::Summed => _ = sql.push("AND s.is_summed = 1"),
            Of::Live | Of::These(_) => {}
        }
        let mut index = Self::default();
        let (mut people, mut tenants, mut tags) = (Map::default(), Map::default(), Vec::new());
        let mut services: HashMap<String, i64, RandomState> = HashMap::default();
        sql.rows(reads.connection, |row| {
            let id: i64 = row.get(0)?;
            if let Of::These(these) = of
                && !these.contains(&id)
            {
                return Ok(());
            }
            let number: i64 = row.get(2)?;
            index.scopes.insert(id);
            match ScopeKind::from_number(row.get(1)?) {
                Some(ScopeKind::All) => index.all = Some(id),
                Some(ScopeKind::Person) => drop(people.insert(number, id)),
                Some(ScopeKind::Team) => drop(index.teams.insert(number, id)),
                Some(ScopeKind::Client) => drop(index.clients.insert(number, id)),
                Some(ScopeKind::Service) => drop(services.insert(row.get(4)?, id)),
                Some(ScopeKind::Tag) => tags.push((row.get(3)?, row.get(4)?, id)),
                Some(ScopeKind::Tenant) => drop(tenants.insert(number, id)),
                None => return Err(StoreError::unreadable("a budget's scope")),
            }
            Ok(())
        })?;
        index.find_owners(reads, &people, &tenants)?;
        index.find_services(reads, &services)?;
        index.find_tag_sets(reads, &tags)?;
        Ok(index)
    }

    pub fn is_empty(&self) -> bool {
        self.scopes.is_empty()
    }

    pub fn contains(&self, scope: i64) -> bool {
        self.scopes.contains(&scope)
    }

    /// Whether some are told by tags.
    pub fn has_tags(&self) -> bool {
        !self.tag_sets.is_empty()
    }

    /// The sets of tags that some are told by.
    pub fn tag_sets(&self) -> impl Iterator<Item = i64> + '_ {
        self.tag_sets.keys().copied()
    }

    /// Whether some are told by anything but tags.
    pub fn has_others(&self) -> bool {
        self.all.is_some()
            || !(self.owners.is_empty()
                && self.teams.is_empty()
                && self.clients.is_empty()
                && self.services.is_empty())
    }

    /// The scopes of a charge that are not told by tags.
    pub fn each(&self, fact: &Fact, mut of: impl FnMut(i64)) {
        self.all.into_iter().for_each(&mut of);
        for found in [
            self.owners.get(&fact.owner),
            self.clients.get(&fact.client),
            self.services.get(&fact.service),
        ]
        .into_iter()
        .flatten()
        {
            of(*found);
        }
        let team = self.teams_of.on(fact.owner, fact.day);
        if let Some(scope) = team.and_then(|team| self.teams.get(&team)) {
            of(*scope);
        }
    }

    /// The scopes of a charge that are told by its tags.
    pub fn each_tagged(&self, tag_set: i64) -> &[i64] {
        self.tag_sets.get(&tag_set).map_or(&[], Vec::as_slice)
    }

    fn find_owners(
        &mut self,
        reads: &Reads<'_>,
        people: &Map<i64>,
        tenants: &Map<i64>,
    ) -> Result<(), StoreError> {
        if !self.teams.is_empty() {
            self.teams_of = TeamsOf::read(reads)?;
        }
        if people.is_empty() && tenants.is_empty() {
            return Ok(());
        }
        Sql::new("SELECT id, person_id, tenant_id FROM owner").rows(reads.connection, |row| {
            let id: i64 = row.get(0)?;
            for (numbers, at) in [(people, 1), (tenants, 2)] {
                let number = row.get::<_, Option<i64>>(at)?;
                if let Some(scope) = number.and_then(|number| numbers.get(&number)) {
                    self.owners.insert(id, *scope);
                }
            }
            Ok::<(), StoreError>(())
        })?;
        Ok(())
    }

    fn find_services(
        &mut self,
        reads: &Reads<'_>,
        services: &HashMap<String, i64, RandomState>,
    ) -> Result<(), StoreError> {
        if services.is_empty() {
            return Ok(());
        }
        Sql::new("SELECT id, name FROM service").rows(reads.connection, |row| {
            let name = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            if let Some(scope) = services.get(name) {
                self.services.insert(row.get(0)?, *scope);
            }
            Ok::<(), StoreError>(())
        })?;
        Ok(())
    }

    fn find_tag_sets(
        &mut self,
        reads: &Reads<'_>,
        tags: &[(String, String, i64)],
    ) -> Result<(), StoreError> {
        let mut query = reads
            .connection
            .prepare_cached("SELECT tag_set_id FROM tag WHERE folded_key = ?1 AND value = ?2")?;
        for (key, value, scope) in tags {
            let mut rows = query.query((key, value))?;
            while let Some(row) = rows.next()? {
                self.tag_sets.entry(row.get(0)?).or_default().push(*scope);
            }
        }
        Ok(())
    }
}
