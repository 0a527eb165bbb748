use std::collections::HashMap;

use tallyport_ledger::{
    Matcher, OwnerId, OwnershipRule, Pattern, ResourceId, RuleId, RuleSet, SubAccountId, Validity,
};

use crate::number::{day_number, day_of};
use crate::{Reads, StoreError, Writes};

/// An ownership rule as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRule {
    /// Owner, matchers and validity.
    pub rule: OwnershipRule,
    /// Its place in the order, counted from one.
    pub position: i64,
    /// Why it is there.
    pub note: Option<String>,
}

/// A rule to be, or what a rule is to become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDraft {
    /// Who owns what it matches.
    pub owner: OwnerId,
    /// What it matches: all of these.
    pub matchers: Vec<Matcher>,
    /// When it holds.
    pub validity: Validity,
    /// Why it is there.
    pub note: Option<String>,
    /// Its place in the order; without one, a rule that names a resource goes first and any other
    /// last.
    pub position: Option<i64>,
}

impl Reads<'_> {
    /// The live rules in their order.
    ///
    /// # Errors
    /// The file's.
    pub fn rules(&self) -> Result<Vec<StoredRule>, StoreError> {
        self.rules_where(
            "SELECT id, owner_id, from_day, to_day, note, position FROM rule
             WHERE deleted = 0 AND id = ifnull(?1, id) ORDER BY position, id",
            None,
        )
    }

    /// One live rule.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn rule(&self, id: RuleId) -> Result<StoredRule, StoreError> {
        let found = self.rules_where(
            "SELECT id, owner_id, from_day, to_day, note, position FROM rule
             WHERE deleted = 0 AND id = ?1",
            Some(id),
        )?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| StoreError::NotFound {
                what: "rule",
                name: id.0.to_string(),
            })
    }

    /// The live rules, ready to allocate.
    ///
    /// # Errors
    /// The file's.
    pub fn rule_set(&self) -> Result<RuleSet, StoreError> {
        Ok(RuleSet::new(
            self.rules()?
                .into_iter()
                .map(|stored| stored.rule)
                .collect(),
        ))
    }

    fn rules_where(
        &self,
        sql: &'static str,
        id: Option<RuleId>,
    ) -> Result<Vec<StoredRule>, StoreError> {
        let mut matchers = self.matchers(id)?;
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([id.map(|id| id.0)])?;
        let mut rules = Vec::new();
        while let Some(row) = rows.next()? {
            let id = RuleId(row.get(0)?);
            let day = |at| -> Result<_, StoreError> {
                row.get::<_, Option<i64>>(at)?.map(day_of).transpose()
            };
            let validity = Validity::new(day(2)?, day(3)?)
                .map_err(|_| StoreError::unreadable("a rule's validity"))?;
            let matchers = matchers.remove(&id).unwrap_or_default();
            let rule = OwnershipRule::new(id, OwnerId(row.get(1)?), matchers, validity)
                .map_err(|_| StoreError::unreadable("a rule"))?;
            rules.push(StoredRule {
                rule,
                note: row.get(4)?,
                position: row.get(5)?,
            });
        }
        Ok(rules)
    }

    fn matchers(&self, rule: Option<RuleId>) -> Result<HashMap<RuleId, Vec<Matcher>>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT rule_id, kind, key, value FROM rule_matcher
             WHERE rule_id = ifnull(?1, rule_id) ORDER BY rule_id, ordinal",
        )?;
        let mut rows = statement.query([rule.map(|id| id.0)])?;
        let mut matchers: HashMap<RuleId, Vec<Matcher>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let value: String = row.get(3)?;
            let matcher = matcher(row.get(1)?, row.get(2)?, value)
                .ok_or_else(|| StoreError::unreadable("what a rule matches"))?;
            matchers
                .entry(RuleId(row.get(0)?))
                .or_default()
                .push(matcher);
        }
        Ok(matchers)
    }
}

fn matcher(kind: i64, key: Option<String>, value: String) -> Option<Matcher> {
    Some(match kind {
        1 => Matcher::Resource(ResourceId::parse(&value).ok()?),
        2 => Matcher::Tag {
            key: key?,
            value: Pattern::parse(&value).ok()?,
        },
        3 => Matcher::Account(SubAccountId::parse(&value).ok()?),
        4 => Matcher::Service(Pattern::parse(&value).ok()?),
        5 => Matcher::Region(value),
        _ => return None,
    })
}

fn stored(matcher: &Matcher) -> (i64, Option<&str>, &str) {
    match matcher {
        Matcher::Resource(id) => (1, None, id.as_str()),
        Matcher::Tag { key, value } => (2, Some(key), value.as_str()),
        Matcher::Account(id) => (3, None, id.as_str()),
        Matcher::Service(pattern) => (4, None, pattern.as_str()),
        Matcher::Region(region) => (5, None, region),
    }
}

impl Writes<'_> {
    /// Adds a rule; charges are not touched yet.
    pub(crate) fn insert_rule(&mut self, draft: &RuleDraft) -> Result<RuleId, StoreError> {
        let position = match draft.position {
            Some(position) => position,
            None if names_resource(&draft.matchers) => 1,
            None => i64::MAX,
        };
        let id: i64 = self.connection.query_row(
            "INSERT INTO rule (position, owner_id, from_day, to_day, note)
             VALUES (0, ?1, ?2, ?3, ?4) RETURNING id",
            (
                draft.owner.0,
                draft.validity.from().map(day_number),
                draft.validity.to().map(day_number),
                &draft.note,
            ),
            |row| row.get(0),
        )?;
        self.write_matchers(RuleId(id), &draft.matchers)?;
        self.place(RuleId(id), position)?;
        Ok(RuleId(id))
    }

    /// Changes a rule; charges are not touched yet.
    pub(crate) fn update_rule(&mut self, id: RuleId, draft: &RuleDraft) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE rule SET owner_id = ?2, from_day = ?3, to_day = ?4, note = ?5 WHERE id = ?1",
            (
                id.0,
                draft.owner.0,
                draft.validity.from().map(day_number),
                draft.validity.to().map(day_number),
                &draft.note,
            ),
        )?;
        self.connection
            .execute("DELETE FROM rule_matcher WHERE rule_id = ?1", [id.0])?;
        self.write_matchers(id, &draft.matchers)?;
        match draft.position {
            Some(position) => self.place(id, position),
            None => Ok(()),
        }
    }

    /// Takes a rule out of the order; it stays readable.
    pub(crate) fn retire_rule(&mut self, id: RuleId) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE rule SET deleted = 1, position = 0 WHERE id = ?1",
            [id.0],
        )?;
        self.renumber(None, i64::MAX)
    }

    fn write_matchers(&mut self, id: RuleId, matchers: &[Matcher]) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO rule_matcher (rule_id, ordinal, kind, key, value)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (ordinal, matcher) in (1_i64..).zip(matchers) {
            let (kind, key, value) = stored(matcher);
            statement.execute((id.0, ordinal, kind, key, value))?;
        }
        Ok(())
    }

    /// Puts a rule at `position`, as near as there are places.
    fn place(&mut self, id: RuleId, position: i64) -> Result<(), StoreError> {
        self.renumber(Some(id), position)
    }

    /// Numbers the live rules from one, `moved` at `position` among them.
    fn renumber(&mut self, moved: Option<RuleId>, position: i64) -> Result<(), StoreError> {
        let mut order: Vec<i64> = self
            .connection
            .prepare_cached("SELECT id FROM rule WHERE deleted = 0 ORDER BY position, id")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        if let Some(RuleId(id)) = moved {
            order.retain(|other| *other != id);
            let at = usize::try_from(position.saturating_sub(1)).unwrap_or(0);
            order.insert(at.min(order.len()), id);
        }
        let mut statement = self
            .connection
            .prepare_cached("UPDATE rule SET position = ?2 WHERE id = ?1 AND position <> ?2")?;
        for (position, id) in (1_i64..).zip(order) {
            statement.execute((id, position))?;
        }
        Ok(())
    }
}

fn names_resource(matchers: &[Matcher]) -> bool {
    matchers.iter().any(|m| matches!(m, Matcher::Resource(_)))
}
