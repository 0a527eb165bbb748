use rusqlite::OptionalExtension;
use tallyport_ledger::{OwnerId, Pot, ShareMethod, SharingRule};

use crate::{Reads, StoreError, Writes};

/// A sharing rule with its identity. Pots are owners: [`Pot`] holds the number of an [`OwnerId`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSharing {
    /// Its identity.
    pub id: i64,
    /// The rule.
    pub rule: SharingRule,
    /// Why it is there.
    pub note: Option<String>,
}

impl Reads<'_> {
    /// All sharing rules, in the order in which they were made.
    ///
    /// # Errors
    /// The file's.
    pub fn sharing_rules(&self) -> Result<Vec<StoredSharing>, StoreError> {
        let mut takers = self.connection.prepare_cached(
            "SELECT owner_id, share, onward FROM sharing_taker WHERE rule_id = ?1 ORDER BY ordinal",
        )?;
        let mut rules = self
            .connection
            .prepare_cached("SELECT id, pot_id, method, note FROM sharing_rule ORDER BY id")?;
        let mut rows = rules.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let (mut owners, mut onward, mut shares) = (Vec::new(), None, Vec::new());
            let mut takers = takers.query([id])?;
            while let Some(taker) = takers.next()? {
                let owner: i64 = taker.get(0)?;
                shares.extend(taker.get::<_, Option<u32>>(1)?);
                if taker.get(2)? {
                    onward = Some(Pot(owner));
                } else {
                    owners.push(OwnerId(owner));
                }
            }
            let method = match row.get(2)? {
                1 => ShareMethod::Even,
                2 => ShareMethod::Proportional,
                3 => ShareMethod::Fixed(shares),
                _ => return Err(StoreError::unreadable("a sharing rule")),
            };
            found.push(StoredSharing {
                id,
                rule: SharingRule {
                    pot: Pot(row.get(1)?),
                    owners,
                    onward,
                    method,
                },
                note: row.get(3)?,
            });
        }
        Ok(found)
    }
}

impl Writes<'_> {
    /// Adds a sharing rule, which the ledger has found to be sound beside the others.
    ///
    /// # Errors
    /// The file's.
    pub fn add_sharing_rule(
        &mut self,
        rule: &SharingRule,
        note: Option<&str>,
    ) -> Result<i64, StoreError> {
        let (method, shares) = method_of(rule);
        let id: i64 = self
            .connection
            .prepare_cached(
                "INSERT INTO sharing_rule (pot_id, method, note) VALUES (?1, ?2, ?3) RETURNING id",
            )?
            .query_row((rule.pot.0, method, note), |row| row.get(0))?;
        self.add_takers(id, rule, shares)?;
        Ok(id)
    }

    /// Changes a sharing rule to one that the ledger has found to be sound beside the others.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn change_sharing_rule(
        &mut self,
        id: i64,
        rule: &SharingRule,
        note: Option<&str>,
    ) -> Result<(), StoreError> {
        let (method, shares) = method_of(rule);
        let changed = self
            .connection
            .prepare_cached(
                "UPDATE sharing_rule SET pot_id = ?2, method = ?3, note = ?4 WHERE id = ?1",
            )?
            .execute((id, rule.pot.0, method, note))?;
        if changed == 0 {
            return Err(not_found(id));
        }
        self.connection
            .execute("DELETE FROM sharing_taker WHERE rule_id = ?1", [id])?;
        self.add_takers(id, rule, shares)
    }

    fn add_takers(
        &mut self,
        id: i64,
        rule: &SharingRule,
        shares: &[u32],
    ) -> Result<(), StoreError> {
        let mut add = self.connection.prepare_cached(
            "INSERT INTO sharing_taker (rule_id, ordinal, owner_id, share, onward)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let owners = rule.owners.iter().map(|owner| (owner.0, false));
        let onward = rule.onward.map(|pot| (pot.0, true));
        for (at, (owner, onward)) in owners.chain(onward).enumerate() {
            let ordinal = i64::try_from(at).unwrap_or(i64::MAX);
            add.execute((id, ordinal, owner, shares.get(at), onward))?;
        }
        Ok(())
    }

    /// Deletes a sharing rule and says whose pot it emptied.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn delete_sharing_rule(&mut self, id: i64) -> Result<OwnerId, StoreError> {
        self.connection
            .execute("DELETE FROM sharing_taker WHERE rule_id = ?1", [id])?;
        self.connection
            .prepare_cached("DELETE FROM sharing_rule WHERE id = ?1 RETURNING pot_id")?
            .query_row([id], |row| row.get(0).map(OwnerId))
            .optional()?
            .ok_or_else(|| not_found(id))
    }
}

/// A method as it is kept, and the shares that it has.
fn method_of(rule: &SharingRule) -> (i64, &[u32]) {
    match &rule.method {
        ShareMethod::Even => (1, &[]),
        ShareMethod::Proportional => (2, &[]),
        ShareMethod::Fixed(shares) => (3, shares),
    }
}

fn not_found(id: i64) -> StoreError {
    StoreError::NotFound {
        what: "sharing rule",
        name: id.to_string(),
    }
}
