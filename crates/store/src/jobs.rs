use std::fmt;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};
use serde_json::Value;

use crate::{Reads, StoreError, Writes};

/// Identifies a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JobId(pub i64);

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobState {
    /// Waiting for its turn.
    Queued,
    /// At work.
    Running,
    /// Did what it was asked for.
    Done,
    /// Could not.
    Failed,
    /// Was told to stop, and changed nothing.
    Cancelled,
    /// The program ended before it did; what it had not finished was not kept.
    Interrupted,
}

impl JobState {
    /// All of them, in the order of their numbers.
    const ALL: [Self; 6] = [
        Self::Queued,
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::Cancelled,
        Self::Interrupted,
    ];

    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Interrupted => "interrupted",
        }
    }

    /// Whether it may still change.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }

    fn number(self) -> i64 {
        self as i64
    }
}

/// Long work: an import, a sync, a backup.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its identity.
    pub id: JobId,
    /// What kind of work: a stable word such as `import`.
    pub kind: String,
    /// What it does, in words.
    pub title: String,
    /// How far it is.
    pub state: JobState,
    /// How much is done, in `unit`.
    pub done: u64,
    /// How much there is; nothing where that is not known.
    pub total: u64,
    /// What is counted: `bytes`, `requests`.
    pub unit: String,
    /// What it is doing now.
    pub message: String,
    /// Who started it.
    pub started_by: String,
    /// When.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What came of it.
    pub result: Option<Value>,
    /// Why it failed.
    pub problem: Option<Value>,
    /// The process that does it.
    pub process: String,
}

const COLUMNS_FROM_JOB: &str =
    "SELECT id, kind, title, state, done, total, unit, message, started_by,
    started_at, ended_at, result, problem, process FROM job";

impl Reads<'_> {
    /// The newest jobs, newest first.
    ///
    /// # Errors
    /// The file's.
    pub fn jobs(&self, limit: u32) -> Result<Vec<Job>, StoreError> {
        let sql = [COLUMNS_FROM_JOB, " ORDER BY id DESC LIMIT ?1"].concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_and_then([limit], job)?;
        rows.collect()
    }

    /// The jobs that have not ended.
    ///
    /// # Errors
    /// The file's.
    pub fn open_jobs(&self) -> Result<Vec<Job>, StoreError> {
        let sql = [COLUMNS_FROM_JOB, " WHERE state < 2 ORDER BY id"].concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_and_then([], job)?;
        rows.collect()
    }

    /// One job.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn job(&self, id: JobId) -> Result<Job, StoreError> {
        let sql = [COLUMNS_FROM_JOB, " WHERE id = ?1"].concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([id.0])?;
        match rows.next()? {
            Some(row) => job(row),
            None => Err(not_found(id)),
        }
    }
}

impl Writes<'_> {
    /// Notes a job that starts; its `id` is not looked at.
    ///
    /// # Errors
    /// The disk's.
    pub fn add_job(&mut self, job: &Job) -> Result<JobId, StoreError> {
        self.connection.execute(
            "INSERT INTO job (kind, title, state, done, total, unit, message, started_by, started_at,
                 process)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                job.kind,
                job.title,
                job.state.number(),
                stored(job.done),
                stored(job.total),
                job.unit,
                job.message,
                job.started_by,
                job.started_at.as_millisecond(),
                job.process,
            ],
        )?;
        Ok(JobId(self.connection.last_insert_rowid()))
    }

    /// Notes how far an open job is, and answers whether somebody asked to cancel it.
    ///
    /// # Errors
    /// The disk's.
    pub fn note_job(&mut self, job: &Job) -> Result<bool, StoreError> {
        let asked = self
            .connection
            .prepare_cached(
                "UPDATE job SET state = ?2, done = ?3, total = ?4, unit = ?5, message = ?6
                 WHERE id = ?1 AND state < 2 RETURNING cancel_asked",
            )?
            .query_row(
                params![
                    job.id.0,
                    job.state.number(),
                    stored(job.done),
                    stored(job.total),
                    job.unit,
                    job.message
                ],
                |row| row.get(0),
            )
            .optional()?;
        Ok(asked.unwrap_or(false))
    }

    /// Notes how an open job ended. A job ends once.
    ///
    /// # Errors
    /// The disk's.
    pub fn end_job(&mut self, job: &Job) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE job SET state = ?2, done = ?3, total = ?4, message = ?5, ended_at = ?6,
                 result = ?7, problem = ?8
             WHERE id = ?1 AND state < 2",
            params![
                job.id.0,
                job.state.number(),
                stored(job.done),
                stored(job.total),
                job.message,
                job.ended_at.map(Timestamp::as_millisecond),
                job.result.as_ref().map(Value::to_string),
                job.problem.as_ref().map(Value::to_string),
            ],
        )?;
        Ok(())
    }

    /// Asks the process that does an open job to stop it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn ask_to_cancel(&mut self, id: JobId) -> Result<(), StoreError> {
        let changed = self
            .connection
            .execute("UPDATE job SET cancel_asked = 1 WHERE id = ?1", [id.0])?;
        if changed == 1 {
            Ok(())
        } else {
            Err(not_found(id))
        }
    }
}

fn not_found(id: JobId) -> StoreError {
    StoreError::NotFound {
        what: "job",
        name: id.to_string(),
    }
}

fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn job(row: &Row<'_>) -> Result<Job, StoreError> {
    let count = |at| row.get::<_, i64>(at).map(|n| u64::try_from(n).unwrap_or(0));
    let moment = |number| {
        Timestamp::from_millisecond(number).map_err(|_| StoreError::unreadable("a moment of a job"))
    };
    let json = |at| -> Result<Option<Value>, StoreError> {
        let text: Option<String> = row.get(at)?;
        text.map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|_| StoreError::unreadable("what came of a job"))
    };
    let state: i64 = row.get(3)?;
    Ok(Job {
        id: JobId(row.get(0)?),
        kind: row.get(1)?,
        title: row.get(2)?,
        state: JobState::ALL
            .into_iter()
            .find(|known| known.number() == state)
            .ok_or_else(|| StoreError::unreadable("the state of a job"))?,
        done: count(4)?,
        total: count(5)?,
        unit: row.get(6)?,
        message: row.get(7)?,
        started_by: row.get(8)?,
        started_at: moment(row.get(9)?)?,
        ended_at: row.get::<_, Option<i64>>(10)?.map(moment).transpose()?,
        result: json(11)?,
        problem: json(12)?,
        process: row.get(13)?,
    })
}
