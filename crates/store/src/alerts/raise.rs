//! Raising and clearing, by whoever evaluates.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use tallyport_ledger::alert::{AlertId, AlertKind, AlertState, Raised, Severity};
use tallyport_ledger::budget::{BudgetId, ThresholdId};
use tallyport_ledger::{Currency, DayRange};

use super::AlertFigures;
use crate::number::{day_number, day_of, parted};
use crate::sql::Sql;
use crate::{Reads, StoreError, Writes};

/// Under which key an alert of a budget is raised once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AlertKey {
    /// The budget.
    pub budget: BudgetId,
    /// The threshold.
    pub threshold: ThresholdId,
    /// The first day of the period.
    pub from: Date,
    /// What it is about.
    pub kind: AlertKind,
}

/// What is known under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownAlert {
    /// The alert.
    pub id: AlertId,
    /// Whether it holds, and whether it is to be told again.
    pub raised: Raised,
    /// How often the budget had been changed when it was raised.
    pub terms: i64,
}

/// What is known of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownSubject {
    /// The alert.
    pub id: AlertId,
    /// Whether it holds, and whether it is to be told again.
    pub raised: Raised,
    /// How urgent it was when it was told last.
    pub severity: Severity,
}

/// What an alert is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A threshold of a budget.
    Budget {
        /// The budget.
        budget: BudgetId,
        /// The threshold.
        threshold: ThresholdId,
        /// How often the budget was changed.
        terms: i64,
    },
    /// Anything else, by a text that names it: it is raised once.
    Subject(String),
}

/// An alert to be raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAlert {
    /// What kind.
    pub kind: AlertKind,
    /// What it is about.
    pub about: About,
    /// The days it is about.
    pub span: DayRange,
    /// How urgent it is.
    pub severity: Severity,
    /// One line.
    pub title: String,
    /// A sentence or two.
    pub text: String,
    /// What it is about in money, if it is about money.
    pub figures: Option<AlertFigures>,
    /// Where in the window it leads.
    pub place: String,
    /// When it is raised.
    pub at: Timestamp,
}

impl Reads<'_> {
    /// What is known of alerts of budgets whose periods begin on `firsts`.
    ///
    /// # Errors
    /// The file's.
    pub fn known_alerts(
        &self,
        firsts: &BTreeSet<Date>,
    ) -> Result<HashMap<AlertKey, KnownAlert>, StoreError> {
        let mut sql = Sql::new(
            "SELECT id, budget_id, threshold_id, from_day, kind, state, armed, terms FROM alert
             WHERE budget_id IS NOT NULL",
        );
        sql.list("AND from_day IN", firsts.iter().map(|day| day_number(*day)));
        let found = sql.rows(self.connection, |row| {
            let key = AlertKey {
                budget: BudgetId(row.get(1)?),
                threshold: ThresholdId(row.get(2)?),
                from: day_of(row.get(3)?)?,
                kind: AlertKind::from_number(row.get(4)?)
                    .ok_or_else(|| StoreError::unreadable("an alert"))?,
            };
            let known = KnownAlert {
                id: AlertId(row.get(0)?),
                raised: Raised {
                    live: row.get::<_, i64>(5)? != AlertState::Cleared.number(),
                    armed: row.get(6)?,
                },
                terms: row.get(7)?,
            };
            Ok::<_, StoreError>((key, known))
        })?;
        Ok(found.into_iter().collect())
    }

    /// What is known of alerts of a kind that are about no budget, by what they are about.
    ///
    /// # Errors
    /// The file's.
    pub fn known_subjects(
        &self,
        kind: AlertKind,
    ) -> Result<HashMap<String, KnownSubject>, StoreError> {
        let mut sql = Sql::new("SELECT id, subject, state, armed, severity FROM alert");
        sql.bind("WHERE subject IS NOT NULL AND kind = ?", kind.number());
        let found = sql.rows(self.connection, |row| {
            let severity = Severity::from_number(row.get(4)?);
            let known = KnownSubject {
                id: AlertId(row.get(0)?),
                raised: Raised {
                    live: row.get::<_, i64>(2)? != AlertState::Cleared.number(),
                    armed: row.get(3)?,
                },
                severity: severity.ok_or_else(|| StoreError::unreadable("an alert"))?,
            };
            Ok::<_, StoreError>((row.get(1)?, known))
        })?;
        Ok(found.into_iter().collect())
    }
}

/// Figures as the file keeps them: the currency, and each amount in two parts.
type KeptFigures = (Option<Currency>, [Option<i64>; 4]);

fn kept(figures: Option<AlertFigures>) -> Result<KeptFigures, StoreError> {
    let Some(AlertFigures { limit, amount }) = figures else {
        return Ok((None, [None; 4]));
    };
    let currency = amount.currency();
    let (limit, amount) = (parted(limit.nanos())?, parted(amount.nanos())?);
    let parts = [limit.0, limit.1, amount.0, amount.1];
    Ok((Some(currency), parts.map(Some)))
}

impl Writes<'_> {
    /// Raises an alert; `None` where one was raised about the same subject before.
    ///
    /// # Errors
    /// The disk's.
    pub fn raise_alert(&mut self, new: &NewAlert) -> Result<Option<AlertId>, StoreError> {
        let (budget, threshold, terms, subject) = match &new.about {
            About::Budget {
                budget,
                threshold,
                terms,
            } => (Some(budget.0), Some(threshold.0), *terms, None),
            About::Subject(subject) => (None, None, 0, Some(subject)),
        };
        let (currency, [limit, limit_rest, amount, amount_rest]) = kept(new.figures)?;
        let id = self
            .connection
            .prepare_cached(
                "INSERT INTO alert (kind, budget_id, threshold_id, subject, from_day, to_day, raised_at,
                     terms, severity, title, text, currency, limit_units, limit_rest, amount_units,
                     amount_rest, place)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
                 ON CONFLICT DO NOTHING RETURNING id",
            )?
            .query_row(
                params![
                    new.kind.number(),
                    budget,
                    threshold,
                    subject,
                    day_number(new.span.from()),
                    day_number(new.span.to()),
                    new.at.as_millisecond(),
                    terms,
                    new.severity.number(),
                    new.title,
                    new.text,
                    currency.as_ref().map(Currency::code),
                    limit,
                    limit_rest,
                    amount,
                    amount_rest,
                    new.place,
                ],
                |row| row.get(0),
            )
            .optional()?;
        Ok(id.map(AlertId))
    }

    /// Raises an alert again that was cleared, with what it says now.
    ///
    /// # Errors
    /// The disk's.
    pub fn raise_alert_again(&mut self, id: AlertId, new: &NewAlert) -> Result<(), StoreError> {
        let terms = match &new.about {
            About::Budget { terms, .. } => *terms,
            About::Subject(_) => 0,
        };
        let (currency, [limit, limit_rest, amount, amount_rest]) = kept(new.figures)?;
        self.connection
            .prepare_cached(
                "UPDATE alert SET raised_at = ?2, times = times + 1, terms = ?3, armed = 0,
                     severity = ?4, title = ?5, text = ?6, limit_units = ?7, limit_rest = ?8,
                     amount_units = ?9, amount_rest = ?10, to_day = ?11, currency = ?12, state = 1,
                     acknowledged_by = NULL, acknowledged_at = NULL, snoozed_until = NULL,
                     cleared_at = NULL
                 WHERE id = ?1",
            )?
            .execute(params![
                id.0,
                new.at.as_millisecond(),
                terms,
                new.severity.number(),
                new.title,
                new.text,
                limit,
                limit_rest,
                amount,
                amount_rest,
                day_number(new.span.to()),
                currency.as_ref().map(Currency::code),
            ])?;
        Ok(())
    }

    /// Shows an alert again that was cleared, and tells nobody.
    ///
    /// # Errors
    /// The disk's.
    pub fn show_alert_again(&mut self, id: AlertId) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE alert SET state = iif(acknowledged_by IS NULL, 1, 2), cleared_at = NULL
                 WHERE id = ?1",
            )?
            .execute([id.0])?;
        Ok(())
    }

    /// Clears an alert: what it tells is so no longer. `armed`: if it is so again, it is told again.
    ///
    /// # Errors
    /// The disk's.
    pub fn clear_alert(
        &mut self,
        id: AlertId,
        at: Timestamp,
        armed: bool,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE alert SET state = 4, cleared_at = ?2, armed = ?3, snoozed_until = NULL
                 WHERE id = ?1",
            )?
            .execute((id.0, at.as_millisecond(), armed))?;
        Ok(())
    }

    /// Clears alerts of thresholds and budgets that are no more, and answers which.
    ///
    /// # Errors
    /// The disk's.
    pub fn clear_orphaned_alerts(&mut self, at: Timestamp) -> Result<Vec<AlertId>, StoreError> {
        let mut sql = Sql::new("UPDATE alert SET state = 4, snoozed_until = NULL,");
        sql.bind("cleared_at = ?", at.as_millisecond()).push(
            "WHERE state <> 4 AND (threshold_id IN (SELECT id FROM budget_threshold WHERE removed = 1)
                 OR budget_id IN (SELECT id FROM budget WHERE archived = 1)) RETURNING id",
        );
        sql.rows(self.connection, |row| Ok(AlertId(row.get(0)?)))
    }
}
