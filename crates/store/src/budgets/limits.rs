use std::collections::HashMap;

use tallyport_ledger::budget::{BudgetId, Limit};
use tallyport_ledger::{Currency, Money};

use super::Which;
use crate::number::{joined, parted};
use crate::sql::Sql;
use crate::{Reads, StoreError, Writes};

/// The limits of budgets: month (0: every period) and nano-units, in order.
pub(super) struct Limits(HashMap<BudgetId, Vec<(i64, i128)>>);

impl Limits {
    /// The limit of `id`.
    pub fn remove(&mut self, id: BudgetId, currency: Currency) -> Result<Limit, StoreError> {
        let unreadable = |_| StoreError::unreadable("a budget's limit");
        let months = self.0.remove(&id).unwrap_or_default();
        let money = |nanos| Money::from_nanos(nanos, currency);
        match months.as_slice() {
            [(0, nanos)] => Limit::same(money(*nanos)).map_err(unreadable),
            plan => {
                let months = plan.iter().map(|(_, nanos)| money(*nanos)).collect();
                Limit::plan(months, currency).map_err(unreadable)
            }
        }
    }
}

impl Reads<'_> {
    pub(super) fn limits(&self, which: Which) -> Result<Limits, StoreError> {
        let mut sql = Sql::new(
            "SELECT l.budget_id, l.month, l.units, l.rest
             FROM budget_limit l JOIN budget b ON b.id = l.budget_id",
        );
        which.narrow(&mut sql);
        sql.push("ORDER BY l.budget_id, l.month");
        let mut found: HashMap<BudgetId, Vec<(i64, i128)>> = HashMap::new();
        sql.rows(self.connection, |row| {
            let of = found.entry(BudgetId(row.get(0)?)).or_default();
            of.push((row.get(1)?, joined(row.get(2)?, row.get(3)?)));
            Ok::<(), StoreError>(())
        })?;
        Ok(Limits(found))
    }
}

impl Writes<'_> {
    pub(super) fn keep_limit(&mut self, id: BudgetId, limit: &Limit) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM budget_limit WHERE budget_id = ?1")?
            .execute([id.0])?;
        let months: Vec<(i64, Money)> = match limit {
            Limit::Same(amount) => vec![(0, *amount)],
            Limit::Plan(months) => (1..).zip(months.iter().copied()).collect(),
        };
        let mut keep = self.connection.prepare_cached(
            "INSERT INTO budget_limit (budget_id, month, units, rest) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for (month, amount) in months {
            let (units, rest) = parted(amount.nanos())?;
            keep.execute((id.0, month, units, rest))?;
        }
        Ok(())
    }
}
