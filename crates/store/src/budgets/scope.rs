use rusqlite::{OptionalExtension, Row};
use tallyport_ledger::budget::ScopeKind;
use tallyport_ledger::tenant::TenantId;

use crate::number::folded_key;
use crate::{ClientId, PersonId, Reads, ScopeId, StoreError, TeamId, Writes};

/// What a budget is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everything.
    All,
    /// What a person owns.
    Person(PersonId),
    /// What a team owns, and what its members own on the day.
    Team(TeamId),
    /// What is on a client's bills.
    Client(ClientId),
    /// What a tenant owns.
    Tenant(TenantId),
    /// What carries a tag: its key without regard to case, its value to the letter.
    Tag {
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
    /// What services of this name cost.
    Service(String),
}

impl Scope {
    /// What kind it is.
    #[must_use]
    pub const fn kind(&self) -> ScopeKind {
        match self {
            Self::All => ScopeKind::All,
            Self::Person(_) => ScopeKind::Person,
            Self::Team(_) => ScopeKind::Team,
            Self::Client(_) => ScopeKind::Client,
            Self::Tenant(_) => ScopeKind::Tenant,
            Self::Tag { .. } => ScopeKind::Tag,
            Self::Service(_) => ScopeKind::Service,
        }
    }

    /// The number of the person, team, client or tenant.
    #[must_use]
    pub const fn number(&self) -> Option<i64> {
        match self {
            Self::Person(PersonId(id))
            | Self::Team(TeamId(id))
            | Self::Client(ClientId(id))
            | Self::Tenant(TenantId(id)) => Some(*id),
            Self::All | Self::Tag { .. } | Self::Service(_) => None,
        }
    }

    /// The tag's key.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Tag { key, .. } => Some(key),
            _ => None,
        }
    }

    /// The tag's value or the service's name.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::Tag { value, .. } | Self::Service(value) => Some(value),
            _ => None,
        }
    }
}

/// The scope in the columns kind, number, key, value and name from `at` on, and its label.
pub(super) fn scope_at(row: &Row<'_>, at: usize) -> Result<(Scope, String), StoreError> {
    let unreadable = || StoreError::unreadable("a budget's scope");
    let kind = ScopeKind::from_number(row.get(at)?).ok_or_else(unreadable)?;
    let number: i64 = row.get(at + 1)?;
    let name = || -> Result<String, StoreError> {
        Ok(row
            .get::<_, Option<String>>(at + 4)?
            .unwrap_or_else(|| number.to_string()))
    };
    Ok(match kind {
        ScopeKind::All => (Scope::All, "Everything".to_owned()),
        ScopeKind::Person => (Scope::Person(PersonId(number)), name()?),
        ScopeKind::Team => (Scope::Team(TeamId(number)), name()?),
        ScopeKind::Client => (Scope::Client(ClientId(number)), name()?),
        ScopeKind::Tenant => (Scope::Tenant(TenantId(number)), name()?),
        ScopeKind::Tag => {
            let (key, value): (String, String) = (row.get(at + 2)?, row.get(at + 3)?);
            let label = format!("{key} = {value}");
            (Scope::Tag { key, value }, label)
        }
        ScopeKind::Service => {
            let value: String = row.get(at + 3)?;
            (Scope::Service(value.clone()), value)
        }
    })
}

impl Reads<'_> {
    /// Whether a bill that was ever loaded names the tag or the service; what is no name is always there.
    ///
    /// # Errors
    /// The file's.
    pub fn is_charged(&self, scope: &Scope) -> Result<bool, StoreError> {
        Ok(match scope {
            Scope::Tag { key, value } => self
                .connection
                .prepare_cached("SELECT 1 FROM tag WHERE folded_key = ?1 AND value = ?2 LIMIT 1")?
                .exists((folded_key(key), value))?,
            Scope::Service(name) => self
                .connection
                .prepare_cached("SELECT 1 FROM service WHERE name = ?1 LIMIT 1")?
                .exists([name])?,
            Scope::All
            | Scope::Person(_)
            | Scope::Team(_)
            | Scope::Client(_)
            | Scope::Tenant(_) => true,
        })
    }
}

impl Writes<'_> {
    /// The identity that budgets about `scope` share.
    pub(super) fn scope_of(&mut self, scope: &Scope) -> Result<ScopeId, StoreError> {
        let (kind, number) = (scope.kind().number(), scope.number().unwrap_or(0));
        let key = scope.key().unwrap_or_default();
        let value = scope.value().unwrap_or_default();
        let folded = folded_key(key);
        let found = self
            .connection
            .prepare_cached(
                "SELECT id FROM budget_scope
                 WHERE kind = ?1 AND number = ?2 AND folded_key = ?3 AND value = ?4",
            )?
            .query_row((kind, number, &folded, value), |row| row.get(0))
            .optional()?;
        if let Some(id) = found {
            return Ok(ScopeId(id));
        }
        self.connection.execute(
            "INSERT INTO budget_scope (kind, number, folded_key, key, value)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            (kind, number, folded, key, value),
        )?;
        Ok(ScopeId(self.connection.last_insert_rowid()))
    }
}
