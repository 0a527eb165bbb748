//! Who can be billed for a month, and what their months rest on.

use rusqlite::{OptionalExtension, params};
use tallyport_ledger::{BillingPeriod, Metric, Money, OwnerId};

use crate::number::{currency_of, nanos_at};
use crate::{ClientId, OwnerKey, Reads, StoreError};

/// Whom a month is billed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecipientKind {
    /// Every person.
    People,
    /// Every team, for what it owns itself.
    Teams,
    /// Every client, for what is on its bills.
    Clients,
    /// Every tenant, for what it owns and what it uses.
    Tenants,
}

/// Whose a month is billed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipients {
    /// Everybody of a kind.
    Everybody(RecipientKind),
    /// Only these.
    Only(Vec<OwnerKey>),
}

impl RecipientKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::People, Self::Teams, Self::Clients, Self::Tenants];

    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Teams => "teams",
            Self::Clients => "clients",
            Self::Tenants => "tenants",
        }
    }

    /// The kind that a word is for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The kind that somebody is of.
    #[must_use]
    pub const fn of(key: OwnerKey) -> Self {
        match key {
            OwnerKey::Person(_) => Self::People,
            OwnerKey::Team(_) => Self::Teams,
            OwnerKey::Client(_) => Self::Clients,
            OwnerKey::Tenant(_) => Self::Tenants,
        }
    }
}

impl Reads<'_> {
    /// How many billing periods behind what `owner` has in `month` may still change.
    ///
    /// # Errors
    /// The file's.
    pub fn estimated_periods(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
    ) -> Result<u32, StoreError> {
        let client = self.billed_client(owner)?;
        let sql = match client {
            None => {
                "SELECT count(DISTINCT v.id) FROM spend s
                 JOIN period_version v ON v.stream = s.stream
                     AND v.counts = 1 AND v.status = 0 AND v.period = ?2
                 WHERE s.owner_id = ?1"
            }
            Some(_) => {
                "SELECT count(*) FROM period_version v
                 JOIN billing_account b ON b.id = v.billing_account_id AND b.client_id = ?1
                 WHERE v.counts = 1 AND v.status = 0 AND v.period = ?2"
            }
        };
        let mut query = self.connection.prepare_cached(sql)?;
        let whose = client.map_or(owner.0, |client| client.0);
        Ok(query.query_row(params![whose, month.number()], |row| row.get(0))?)
    }

    /// The versions of billing periods behind what `owner` has in `month`.
    ///
    /// # Errors
    /// The file's.
    pub fn versions_behind(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
    ) -> Result<Vec<i64>, StoreError> {
        let client = self.billed_client(owner)?;
        let sql = match client {
            None => {
                "SELECT v.id FROM period_version v WHERE v.counts = 1 AND v.period = ?2
                     AND EXISTS (SELECT 1 FROM resource_spend s WHERE s.owner_id = ?1 AND s.stream = v.stream)
                 ORDER BY v.id"
            }
            Some(_) => {
                "SELECT v.id FROM period_version v
                 JOIN billing_account b ON b.id = v.billing_account_id AND b.client_id = ?1
                 WHERE v.counts = 1 AND v.period = ?2 ORDER BY v.id"
            }
        };
        let mut query = self.connection.prepare_cached(sql)?;
        let whose = client.map_or(owner.0, |client| client.0);
        let rows = query.query_map(params![whose, month.number()], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Those of a kind who have costs in `month` or were billed for it, by name.
    ///
    /// # Errors
    /// The file's.
    pub fn with_costs(
        &self,
        kind: RecipientKind,
        month: BillingPeriod,
    ) -> Result<Vec<OwnerId>, StoreError> {
        let sql = match kind {
            RecipientKind::People => {
                "SELECT o.id FROM owner o JOIN person p ON p.id = o.person_id
                 WHERE o.id IN (
                         SELECT s.owner_id FROM spend s
                         JOIN period_version v ON v.stream = s.stream AND v.counts = 1 AND v.period = ?1
                     ) OR o.id IN (SELECT owner_id FROM invoice WHERE period = ?1)
                 ORDER BY p.folded_name, p.id"
            }
            RecipientKind::Teams => {
                "SELECT o.id FROM owner o JOIN team t ON t.id = o.team_id
                 WHERE o.id IN (
                         SELECT s.owner_id FROM spend s
                         JOIN period_version v ON v.stream = s.stream AND v.counts = 1 AND v.period = ?1
                     ) OR o.id IN (SELECT owner_id FROM invoice WHERE period = ?1)
                 ORDER BY t.folded_name, t.id"
            }
            RecipientKind::Tenants => {
                "SELECT o.id FROM owner o JOIN tenant n ON n.id = o.tenant_id
                 WHERE o.id IN (
                         SELECT s.owner_id FROM spend s
                         JOIN period_version v ON v.stream = s.stream AND v.counts = 1 AND v.period = ?1
                     ) OR o.id IN (SELECT owner_id FROM invoice WHERE period = ?1)
                     OR n.id IN (SELECT tenant_id FROM tenant_usage WHERE day / 100 = ?1)
                 ORDER BY n.folded_name, n.id"
            }
            RecipientKind::Clients => {
                "SELECT o.id FROM owner o JOIN client c ON c.id = o.client_id
                 WHERE c.id IN (
                         SELECT b.client_id FROM billing_account b
                         JOIN period_version v ON v.billing_account_id = b.id AND v.counts = 1
                             AND v.period = ?1
                     ) OR o.id IN (SELECT owner_id FROM invoice WHERE period = ?1)
                 ORDER BY c.folded_name, c.id"
            }
        };
        let mut query = self.connection.prepare_cached(sql)?;
        let rows = query.query_map([month.number()], |row| row.get(0).map(OwnerId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What `owner` had in `month`, one sum a currency.
    ///
    /// # Errors
    /// The file's.
    pub fn owned_total(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
        metric: Metric,
    ) -> Result<Vec<Money>, StoreError> {
        let client = self.billed_client(owner)?;
        let sql = match client {
            None => {
                "SELECT s.currency,
                        sum(CASE ?3 WHEN 0 THEN s.billed_units ELSE s.effective_units END),
                        sum(CASE ?3 WHEN 0 THEN s.billed_rest ELSE s.effective_rest END)
                 FROM spend s
                 JOIN period_version v ON v.stream = s.stream AND v.counts = 1 AND v.period = ?2
                 WHERE s.owner_id = ?1
                 GROUP BY s.currency ORDER BY s.currency"
            }
            Some(_) => {
                "SELECT t.currency,
                        sum(CASE ?3 WHEN 0 THEN t.billed_units ELSE t.effective_units END),
                        sum(CASE ?3 WHEN 0 THEN t.billed_rest ELSE t.effective_rest END)
                 FROM period_version v
                 JOIN billing_account b ON b.id = v.billing_account_id AND b.client_id = ?1
                 JOIN version_total t ON t.version_id = v.id
                 WHERE v.counts = 1 AND v.period = ?2
                 GROUP BY t.currency ORDER BY t.currency"
            }
        };
        let mut query = self.connection.prepare_cached(sql)?;
        let whose = client.map_or(owner.0, |client| client.0);
        let mut rows = query.query(params![whose, month.number(), metric.number()])?;
        let mut totals = Vec::new();
        while let Some(row) = rows.next()? {
            let currency = currency_of(&row.get::<_, String>(0)?)?;
            totals.push(Money::from_nanos(nanos_at(row, 1)?, currency));
        }
        Ok(totals)
    }

    /// The client that is billed, if it is one: by what is on its bills, not by what it owns.
    pub(crate) fn billed_client(&self, owner: OwnerId) -> Result<Option<ClientId>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT client_id FROM owner WHERE id = ?1")?;
        let client: Option<Option<i64>> =
            query.query_row([owner.0], |row| row.get(0)).optional()?;
        Ok(client.flatten().map(ClientId))
    }
}
