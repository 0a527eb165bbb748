use rusqlite::params;
use tallyport_ledger::tax::{TaxOverride, TaxRule, TaxedLines};
use tallyport_ledger::{Pattern, TaxCategory};

use crate::{Reads, StoreError, Writes};

impl Reads<'_> {
    /// The exceptions from the usual rate, in the order in which they are asked.
    ///
    /// # Errors
    /// The file's.
    pub fn tax_rules(&self) -> Result<Vec<TaxRule>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT service, kind, category, reason FROM tax_rule ORDER BY ordinal",
        )?;
        let rows = query.query_and_then([], |row| {
            let service: Option<String> = row.get(0)?;
            let lines = match service {
                Some(pattern) => {
                    TaxedLines::Service(Pattern::parse(&pattern).map_err(|_| unreadable())?)
                }
                None => {
                    let kind: String = row.get(1)?;
                    TaxedLines::Kind(kind.parse().map_err(|_| unreadable())?)
                }
            };
            let category: String = row.get(2)?;
            let said = TaxOverride {
                category: TaxCategory::from_word(&category).ok_or_else(unreadable)?,
                reason: row.get(3)?,
            };
            TaxRule::new(lines, said).map_err(|_| unreadable())
        })?;
        rows.collect()
    }
}

impl Writes<'_> {
    /// Keeps the exceptions from the usual rate, in place of those before.
    ///
    /// # Errors
    /// The disk's.
    pub fn put_tax_rules(&mut self, rules: &[TaxRule]) -> Result<(), StoreError> {
        self.connection.execute("DELETE FROM tax_rule", [])?;
        let mut query = self.connection.prepare_cached(
            "INSERT INTO tax_rule (ordinal, service, kind, category, reason)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (ordinal, rule) in (1_i64..).zip(rules) {
            let (service, kind) = match rule.lines() {
                TaxedLines::Service(pattern) => (Some(pattern.as_str()), None),
                TaxedLines::Kind(kind) => (None, Some(kind.word())),
            };
            let TaxOverride { category, reason } = rule.said();
            query.execute(params![ordinal, service, kind, category.word(), reason])?;
        }
        Ok(())
    }
}

fn unreadable() -> StoreError {
    StoreError::unreadable("a rule of how lines are taxed")
}
