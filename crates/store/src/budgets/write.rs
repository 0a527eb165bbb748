use jiff::Timestamp;
use rusqlite::params;
use tallyport_ledger::budget::{At, BudgetId, Measure};

use super::{Budget, BudgetDraft};
use crate::number::{day_number, folded, parted};
use crate::people::taken;
use crate::{ScopeId, StoreError, Writes};

impl Writes<'_> {
    /// Adds a budget. It is evaluated next time, and its sums are made then.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`]; [`StoreError::NotFound`] for its parent.
    pub fn add_budget(&mut self, draft: &BudgetDraft) -> Result<BudgetId, StoreError> {
        let scope = self.scope_of(&draft.scope)?;
        if let Some(parent) = draft.parent {
            self.budget(parent)?;
        }
        let added = self.connection.execute(
            "INSERT INTO budget (name, folded_name, scope_id, period, currency, starts, metric, credits,
                                 tax, parent_id, note)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                draft.name.as_str(),
                folded(draft.name.as_str()),
                scope.0,
                draft.period.number(),
                draft.counting.currency.code(),
                day_number(draft.counting.starts),
                draft.counting.metric.number(),
                draft.counting.credits,
                draft.counting.tax,
                draft.parent.map(|parent| parent.0),
                draft.note,
            ],
        );
        taken("budget", &draft.name, added)?;
        let id = BudgetId(self.connection.last_insert_rowid());
        self.keep_limit(id, &draft.limit)?;
        for (at, on) in &draft.thresholds {
            self.add_threshold(id, *at, *on)?;
        }
        self.keep_channels(id, draft)?;
        Ok(id)
    }

    /// Changes a budget. Thresholds that stay where they are keep their identity, and with it what was
    /// told. Whether it measures something else now, it notes.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`], [`StoreError::NotFound`].
    pub fn change_budget(&mut self, id: BudgetId, draft: &BudgetDraft) -> Result<(), StoreError> {
        let before = self.budget(id)?;
        let scope = self.scope_of(&draft.scope)?;
        let other_terms = before.scope_id != scope
            || before.period != draft.period
            || before.limit != draft.limit
            || before.counting != draft.counting;
        let changed = self.connection.execute(
            "UPDATE budget SET name = ?2, folded_name = ?3, scope_id = ?4, period = ?5, currency = ?6,
                 starts = ?7, metric = ?8, credits = ?9, tax = ?10, parent_id = ?11, note = ?12,
                 terms = terms + ?13, is_due = 1
             WHERE id = ?1",
            params![
                id.0,
                draft.name.as_str(),
                folded(draft.name.as_str()),
                scope.0,
                draft.period.number(),
                draft.counting.currency.code(),
                day_number(draft.counting.starts),
                draft.counting.metric.number(),
                draft.counting.credits,
                draft.counting.tax,
                draft.parent.map(|parent| parent.0),
                draft.note,
                other_terms,
            ],
        );
        taken("budget", &draft.name, changed)?;
        if before.limit != draft.limit {
            self.keep_limit(id, &draft.limit)?;
        }
        self.keep_thresholds(&before, &draft.thresholds)?;
        self.keep_channels(id, draft)?;
        if other_terms {
            self.connection
                .prepare_cached("DELETE FROM budget_forecast WHERE budget_id = ?1")?
                .execute([id.0])?;
        }
        self.let_go_of_scope(before.scope_id)
    }

    /// Archives a budget or brings it back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::NameTaken`] if another has its name by now.
    pub fn archive_budget(&mut self, id: BudgetId, archived: bool) -> Result<(), StoreError> {
        let before = self.budget(id)?;
        let name = tallyport_ledger::Name::parse(&before.name)
            .map_err(|_| StoreError::unreadable("a budget's name"))?;
        let changed = self.connection.execute(
            "UPDATE budget SET archived = ?2, is_due = 1 WHERE id = ?1",
            (id.0, archived),
        );
        taken("budget", &name, changed)?;
        self.let_go_of_scope(before.scope_id)
    }

    /// Lets a budget's alerts go to the inbox only, until then; `None`: no longer.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn mute_budget(
        &mut self,
        id: BudgetId,
        until: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        self.budget(id)?;
        self.connection.execute(
            "UPDATE budget SET muted_until = ?2 WHERE id = ?1",
            (id.0, until.map(Timestamp::as_millisecond)),
        )?;
        Ok(())
    }

    fn add_threshold(&mut self, id: BudgetId, at: At, on: Measure) -> Result<(), StoreError> {
        let (percent, amount) = match at {
            At::Percent(percent) => (Some(percent), None),
            At::Amount(amount) => (None, Some(parted(amount.nanos())?)),
        };
        self.connection
            .prepare_cached(
                "INSERT INTO budget_threshold (budget_id, measure, percent, units, rest)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((
                id.0,
                on.number(),
                percent,
                amount.map(|(units, _)| units),
                amount.map(|(_, rest)| rest),
            ))?;
        Ok(())
    }

    fn keep_thresholds(
        &mut self,
        before: &Budget,
        wanted: &[(At, Measure)],
    ) -> Result<(), StoreError> {
        for threshold in &before.thresholds {
            if !wanted.contains(&(threshold.at, threshold.on)) {
                self.connection
                    .prepare_cached("UPDATE budget_threshold SET removed = 1 WHERE id = ?1")?
                    .execute([threshold.id.0])?;
            }
        }
        for (at, on) in wanted {
            let there = before.thresholds.iter();
            if !there.into_iter().any(|t| (t.at, t.on) == (*at, *on)) {
                self.add_threshold(before.id, *at, *on)?;
            }
        }
        Ok(())
    }

    fn keep_channels(&mut self, id: BudgetId, draft: &BudgetDraft) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM budget_channel WHERE budget_id = ?1")?
            .execute([id.0])?;
        let mut keep = self.connection.prepare_cached(
            "INSERT OR IGNORE INTO budget_channel (budget_id, channel_id) VALUES (?1, ?2)",
        )?;
        for channel in &draft.channels {
            keep.execute((id.0, channel.0))?;
        }
        Ok(())
    }

    /// Sums of a scope that no live budget is about are not kept: they are made anew when one is.
    fn let_go_of_scope(&mut self, scope: ScopeId) -> Result<(), StoreError> {
        let unused: bool = self.connection.query_row(
            "SELECT NOT EXISTS (SELECT 1 FROM budget WHERE scope_id = ?1 AND archived = 0)",
            [scope.0],
            |row| row.get(0),
        )?;
        if unused {
            self.connection.execute(
                "UPDATE budget_scope SET is_summed = 0 WHERE id = ?1",
                [scope.0],
            )?;
            self.connection
                .execute("DELETE FROM scope_month WHERE scope_id = ?1", [scope.0])?;
        }
        Ok(())
    }
}
