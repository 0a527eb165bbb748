use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::Value;
use tallyport_ledger::tenant::TenantId;

use crate::sql::Sql;
use crate::{Reads, StoreError, Writes};

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Begun; whether it was done, nobody knows until it is done again.
    Begun,
    /// Done.
    Done,
    /// Refused, or broken off with an error.
    Failed,
    /// Being undone.
    Undoing,
    /// Undone.
    Undone,
}

/// One step of setting up a tenant.
#[derive(Debug, Clone, PartialEq)]
pub struct TenantStep {
    /// Its place in the order.
    pub position: u32,
    /// What it does: a stable word.
    pub step: String,
    /// How far it is.
    pub state: StepState,
    /// What it made.
    pub made: Option<Value>,
    /// Why it, or its undoing, failed last.
    pub error: Option<String>,
    /// When that was written.
    pub at: Timestamp,
}

impl StepState {
    const ALL: [Self; 5] = [
        Self::Begun,
        Self::Done,
        Self::Failed,
        Self::Undoing,
        Self::Undone,
    ];

    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    const fn number(self) -> i64 {
        self as i64 + 1
    }
}

impl Reads<'_> {
    /// The steps of a tenant that were ever begun, in order.
    ///
    /// # Errors
    /// The file's.
    pub fn tenant_steps(&self, id: TenantId) -> Result<Vec<TenantStep>, StoreError> {
        let steps = self.steps(Some(id))?.into_iter();
        Ok(steps.map(|(_, step)| step).collect())
    }

    /// As [`Reads::tenant_steps`], of every tenant.
    ///
    /// # Errors
    /// The file's.
    pub fn all_tenant_steps(&self) -> Result<Vec<(TenantId, TenantStep)>, StoreError> {
        self.steps(None)
    }

    fn steps(&self, of: Option<TenantId>) -> Result<Vec<(TenantId, TenantStep)>, StoreError> {
        let mut sql = Sql::new(
            "SELECT position, step, state, made, error, at, tenant_id FROM tenant_step WHERE 1",
        );
        if let Some(of) = of {
            sql.bind("AND tenant_id = ?", of.0);
        }
        sql.push("ORDER BY tenant_id, position");
        sql.rows(self.connection, |row| {
            Ok((TenantId(row.get(6)?), step_at(row)?))
        })
    }
}

fn step_at(row: &Row<'_>) -> Result<TenantStep, StoreError> {
    let unreadable = || StoreError::unreadable("a step of a tenant");
    let (state, at): (i64, i64) = (row.get(2)?, row.get(5)?);
    let made: Option<String> = row.get(3)?;
    let made = made.map(|text| serde_json::from_str(&text)).transpose();
    Ok(TenantStep {
        position: row.get(0)?,
        step: row.get(1)?,
        state: StepState::ALL
            .into_iter()
            .find(|known| known.number() == state)
            .ok_or_else(unreadable)?,
        made: made.map_err(|_| unreadable())?,
        error: row.get(4)?,
        at: Timestamp::from_millisecond(at).map_err(|_| unreadable())?,
    })
}

impl Writes<'_> {
    /// Writes down how far a step is.
    ///
    /// # Errors
    /// The disk's.
    pub fn keep_tenant_step(&mut self, id: TenantId, step: &TenantStep) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO tenant_step (tenant_id, position, step, state, made, error, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                id.0,
                step.position,
                step.step,
                step.state.number(),
                step.made.as_ref().map(Value::to_string),
                step.error,
                step.at.as_millisecond(),
            ],
        )?;
        Ok(())
    }
}
