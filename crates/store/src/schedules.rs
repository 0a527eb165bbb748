use std::fmt;

use jiff::Timestamp;
use rusqlite::{Row, params};

use tallyport_ledger::tenant::TenantId;

use crate::{
    ClientId, ConnectionId, JobId, OwnerKey, PersonId, Reads, RecipientKind, Recipients,
    StoreError, TeamId, Writes,
};

/// So many runs of a schedule are kept.
const KEPT: i64 = 500;

/// Identifies a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RunId(pub i64);

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// When something is done by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Its word: `budgets`, `sync-3`.
    pub id: String,
    /// The connection that is synced, if one is.
    pub connection: Option<ConnectionId>,
    /// Five fields: minute, hour, day of the month, month, day of the week.
    pub cron: String,
    /// The zone of the times; the workspace's if nothing is said.
    pub zone: Option<String>,
    /// Whether it is done at all.
    pub enabled: bool,
    /// What was planned before is not made up for.
    pub since: Timestamp,
    /// Whom it is about, if it is about somebody.
    pub recipients: Option<Recipients>,
}

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunState {
    /// At work.
    Running,
    /// Did what it is for.
    Done,
    /// Could not.
    Failed,
    /// Nobody was there when it was planned.
    Missed,
    /// What it needs is not there yet: it looks again.
    Waiting,
}

impl RunState {
    const ALL: [Self; 5] = [
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::Missed,
        Self::Waiting,
    ];

    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Missed => "missed",
            Self::Waiting => "waiting",
        }
    }

    const fn number(self) -> i64 {
        self as i64
    }
}

/// A run of a schedule. Of one planned moment there is each attempt once, whichever process makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its identity; not looked at in a run that is added.
    pub id: RunId,
    /// Whose.
    pub schedule: String,
    /// When it was to be.
    pub planned_at: Timestamp,
    /// The first is 1.
    pub attempt: u32,
    /// How it stands.
    pub state: RunState,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// When it is tried again.
    pub retry_at: Option<Timestamp>,
    /// What came of it, in words.
    pub text: Option<String>,
    /// The long work that it began.
    pub job: Option<JobId>,
    /// The process that does it.
    pub process: String,
}

const COLUMNS_FROM_RUN: &str =
    "SELECT id, schedule_id, planned_at, attempt, state, started_at, ended_at, retry_at, text, job_id,
    process FROM schedule_run";

impl Reads<'_> {
    /// The schedules that somebody set or that were begun, by their words.
    ///
    /// # Errors
    /// The file's.
    pub fn schedules(&self) -> Result<Vec<Schedule>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT id, connection_id, cron, zone, enabled, since, recipients FROM schedule ORDER BY id",
        )?;
        let rows = query.query_and_then([], |row| {
            Ok(Schedule {
                id: row.get(0)?,
                connection: row.get::<_, Option<i64>>(1)?.map(ConnectionId),
                cron: row.get(2)?,
                zone: row.get(3)?,
                enabled: row.get(4)?,
                since: moment(row.get(5)?)?,
                recipients: row
                    .get::<_, Option<String>>(6)?
                    .map(|text| recipients_of(&text))
                    .transpose()?,
            })
        })?;
        rows.collect()
    }

    /// The last moment that a schedule did what was planned for.
    ///
    /// # Errors
    /// The file's.
    pub fn last_done(&self, schedule: &str) -> Result<Option<Timestamp>, StoreError> {
        let done = self
            .connection
            .prepare_cached(
                "SELECT max(planned_at) FROM schedule_run WHERE schedule_id = ?1 AND state = ?2",
            )?
            .query_row(params![schedule, RunState::Done.number()], |row| {
                row.get::<_, Option<i64>>(0)
            })?;
        done.map(moment).transpose()
    }

    /// The newest runs of a schedule, newest first.
    ///
    /// # Errors
    /// The file's.
    pub fn runs(&self, schedule: &str, limit: u32) -> Result<Vec<Run>, StoreError> {
        let sql = [
            COLUMNS_FROM_RUN,
            " WHERE schedule_id = ?1 ORDER BY id DESC LIMIT ?2",
        ]
        .concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_and_then(params![schedule, limit], run)?;
        rows.collect()
    }

    /// One run.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn run(&self, id: RunId) -> Result<Run, StoreError> {
        let sql = [COLUMNS_FROM_RUN, " WHERE id = ?1"].concat();
        self.first_run(&sql, params![id.0])?
            .ok_or_else(|| StoreError::NotFound {
                what: "run",
                name: id.to_string(),
            })
    }

    /// The runs that have not ended, of all schedules.
    ///
    /// # Errors
    /// The file's.
    pub fn open_runs(&self) -> Result<Vec<Run>, StoreError> {
        let sql = [COLUMNS_FROM_RUN, " WHERE state = 0 ORDER BY id"].concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_and_then([], run)?;
        rows.collect()
    }

    /// The last attempt at what was planned for this moment.
    ///
    /// # Errors
    /// The file's.
    pub fn last_attempt(
        &self,
        schedule: &str,
        planned_at: Timestamp,
    ) -> Result<Option<Run>, StoreError> {
        let sql = [
            COLUMNS_FROM_RUN,
            " WHERE schedule_id = ?1 AND planned_at = ?2 ORDER BY attempt DESC LIMIT 1",
        ]
        .concat();
        self.first_run(&sql, params![schedule, planned_at.as_millisecond()])
    }

    /// The moment of the last run that was planned before this one.
    ///
    /// # Errors
    /// The file's.
    pub fn planned_before(
        &self,
        schedule: &str,
        planned_at: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let before = self
            .connection
            .prepare_cached(
                "SELECT max(planned_at) FROM schedule_run WHERE schedule_id = ?1 AND planned_at < ?2",
            )?
            .query_row(params![schedule, planned_at.as_millisecond()], |row| {
                row.get::<_, Option<i64>>(0)
            })?;
        before.map(moment).transpose()
    }

    fn first_run(
        &self,
        sql: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Option<Run>, StoreError> {
        let mut query = self.connection.prepare_cached(sql)?;
        let mut rows = query.query(values)?;
        rows.next()?.map(run).transpose()
    }
}

impl Writes<'_> {
    /// Sets a schedule, or adds it.
    ///
    /// # Errors
    /// There is no such connection.
    pub fn set_schedule(&mut self, schedule: &Schedule) -> Result<(), StoreError> {
        let Schedule {
            id,
            connection,
            cron,
            zone,
            enabled,
            since,
            recipients,
        } = schedule;
        if let Some(connection) = connection {
            self.connection(*connection)?;
        }
        self.connection.execute(
            "INSERT INTO schedule (id, connection_id, cron, zone, enabled, since, recipients)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (id) DO UPDATE SET cron = excluded.cron, zone = excluded.zone,
                 enabled = excluded.enabled, since = excluded.since, recipients = excluded.recipients",
            params![
                id,
                connection.map(|id| id.0),
                cron,
                zone,
                enabled,
                since.as_millisecond(),
                recipients.as_ref().map(recipients_text),
            ],
        )?;
        Ok(())
    }

    /// Notes a run; its number is given, and of the oldest runs those beyond what is kept go.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`] where this attempt was made already.
    pub fn add_run(&mut self, run: &Run) -> Result<RunId, StoreError> {
        let Run {
            id: _,
            schedule,
            planned_at,
            attempt,
            state,
            started_at,
            ended_at,
            retry_at,
            text,
            job,
            process,
        } = run;
        let before = self.last_attempt(schedule, *planned_at)?;
        if before.is_some_and(|before| before.attempt >= *attempt) {
            return Err(StoreError::NameTaken {
                what: "run",
                name: schedule.clone(),
            });
        }
        self.connection.execute(
            "INSERT INTO schedule_run (schedule_id, planned_at, attempt, state, started_at, ended_at,
                 retry_at, text, job_id, process)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                schedule,
                planned_at.as_millisecond(),
                attempt,
                state.number(),
                started_at.as_millisecond(),
                ended_at.map(Timestamp::as_millisecond),
                retry_at.map(Timestamp::as_millisecond),
                text,
                job.map(|job| job.0),
                process,
            ],
        )?;
        let id = RunId(self.connection.last_insert_rowid());
        self.connection.execute(
            "DELETE FROM schedule_run WHERE schedule_id = ?1 AND state <> 0 AND id <= (
                 SELECT id FROM schedule_run WHERE schedule_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
            params![schedule, KEPT],
        )?;
        Ok(id)
    }

    /// Notes the long work that a run began.
    ///
    /// # Errors
    /// The disk's.
    pub fn note_job_of_run(&mut self, id: RunId, job: JobId) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE schedule_run SET job_id = ?2 WHERE id = ?1",
            params![id.0, job.0],
        )?;
        Ok(())
    }

    /// Notes how a run ended; one that had ended stays as it is.
    ///
    /// # Errors
    /// The disk's.
    pub fn end_run(
        &mut self,
        id: RunId,
        state: RunState,
        at: Timestamp,
        retry_at: Option<Timestamp>,
        text: &str,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE schedule_run SET state = ?2, ended_at = ?3, retry_at = ?4, text = ?5
             WHERE id = ?1 AND state = 0",
            params![
                id.0,
                state.number(),
                at.as_millisecond(),
                retry_at.map(Timestamp::as_millisecond),
                text,
            ],
        )?;
        Ok(())
    }
}

/// Such as `people`, or `person:3 team:4`.
fn recipients_text(recipients: &Recipients) -> String {
    match recipients {
        Recipients::Everybody(kind) => kind.word().to_owned(),
        Recipients::Only(keys) => {
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            keys.join(" ")
        }
    }
}

fn recipients_of(text: &str) -> Result<Recipients, StoreError> {
    if let Some(kind) = RecipientKind::from_word(text) {
        return Ok(Recipients::Everybody(kind));
    }
    let keys = text.split(' ').map(key_of);
    let keys: Option<Vec<OwnerKey>> = keys.collect();
    keys.map(Recipients::Only)
        .ok_or_else(|| StoreError::unreadable("whom a schedule is about"))
}

fn key_of(text: &str) -> Option<OwnerKey> {
    let (kind, number) = text.split_once(':')?;
    let number = number.parse().ok()?;
    match kind {
        "person" => Some(OwnerKey::Person(PersonId(number))),
        "team" => Some(OwnerKey::Team(TeamId(number))),
        "client" => Some(OwnerKey::Client(ClientId(number))),
        "tenant" => Some(OwnerKey::Tenant(TenantId(number))),
        _ => None,
    }
}

fn moment(number: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(number)
        .map_err(|_| StoreError::unreadable("a moment of a schedule"))
}

fn run(row: &Row<'_>) -> Result<Run, StoreError> {
    let state: i64 = row.get(4)?;
    Ok(Run {
        id: RunId(row.get(0)?),
        schedule: row.get(1)?,
        planned_at: moment(row.get(2)?)?,
        attempt: row.get(3)?,
        state: RunState::ALL
            .into_iter()
            .find(|known| known.number() == state)
            .ok_or_else(|| StoreError::unreadable("the state of a run"))?,
        started_at: moment(row.get(5)?)?,
        ended_at: row.get::<_, Option<i64>>(6)?.map(moment).transpose()?,
        retry_at: row.get::<_, Option<i64>>(7)?.map(moment).transpose()?,
        text: row.get(8)?,
        job: row.get::<_, Option<i64>>(9)?.map(JobId),
        process: row.get(10)?,
    })
}
