use jiff::civil::{Time, Weekday};
use rusqlite::{OptionalExtension, params};
use tallyport_ledger::transfer::{LimitWindow, Limits};

use super::{signed, unsigned};
use crate::sql::Sql;
use crate::{Reads, StoreError, Writes};

/// How fast transfers may be, and where the clock hangs by which that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferLimits {
    /// How fast, and when.
    pub limits: Limits,
    /// The zone of the times, by its IANA name.
    pub zone: String,
}

impl Reads<'_> {
    /// How fast transfers may be; nothing until somebody says so.
    ///
    /// # Errors
    /// The file's.
    pub fn transfer_limits(&self) -> Result<Option<TransferLimits>, StoreError> {
        let kept: Option<(Option<i64>, String)> = self
            .connection
            .prepare_cached("SELECT usual, zone FROM transfer_limit")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((usual, zone)) = kept else {
            return Ok(None);
        };
        let windows = Sql::new(
            "SELECT days, from_minute, to_minute, bytes_per_second FROM transfer_window ORDER BY ordinal",
        )
        .rows(self.connection, |row| {
            let limit: Option<i64> = row.get(3)?;
            Ok::<_, StoreError>(LimitWindow {
                days: days(row.get(0)?),
                from: time(row.get(1)?)?,
                to: time(row.get(2)?)?,
                bytes_per_second: limit.map(|_| unsigned(row, 3)).transpose()?,
            })
        })?;
        let usual = usual.and_then(|usual| u64::try_from(usual).ok());
        Ok(Some(TransferLimits {
            limits: Limits { usual, windows },
            zone,
        }))
    }
}

impl Writes<'_> {
    /// Sets how fast transfers may be.
    ///
    /// # Errors
    /// The disk's.
    pub fn set_transfer_limits(&mut self, set: &TransferLimits) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO transfer_limit (one, usual, zone) VALUES (1, ?1, ?2)",
            params![set.limits.usual.map(signed), set.zone],
        )?;
        self.connection.execute("DELETE FROM transfer_window", [])?;
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO transfer_window (ordinal, days, from_minute, to_minute, bytes_per_second)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (ordinal, window) in (1_i64..).zip(&set.limits.windows) {
            insert.execute(params![
                ordinal,
                bits(&window.days),
                minute(window.from),
                minute(window.to),
                window.bytes_per_second.map(signed),
            ])?;
        }
        Ok(())
    }
}

fn bits(days: &[Weekday]) -> i64 {
    let bit = |day: &Weekday| 1 << day.to_monday_zero_offset();
    days.iter().map(bit).fold(0, |bits, bit: i64| bits | bit)
}

fn days(bits: i64) -> Vec<Weekday> {
    let all = (0..7).filter(|day| bits & (1 << day) != 0);
    all.filter_map(|day| Weekday::from_monday_zero_offset(day).ok())
        .collect()
}

fn minute(time: Time) -> i64 {
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

fn time(minute: i64) -> Result<Time, StoreError> {
    let part = |part: i64| i8::try_from(part).unwrap_or(-1);
    Time::new(part(minute / 60), part(minute % 60), 0, 0)
        .map_err(|_| StoreError::unreadable("the time of a limit of transfers"))
}
