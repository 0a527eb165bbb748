//! The charges of current versions that belong to some items, found the cheaper of two ways.

use std::collections::HashSet;

use foldhash::fast::RandomState;
use rusqlite::Row;
use tallyport_ledger::BillingPeriod;

use crate::number::period_of;
use crate::sql::Sql;
use crate::{Reads, StoreError, VersionId};

/// A stream, its current version and its month.
#[derive(Debug, Clone, Copy)]
pub(super) struct LiveStream {
    pub stream: i64,
    pub version: VersionId,
    pub period: BillingPeriod,
}

/// A charge of a current version.
pub(super) struct LiveCharge {
    pub item: i64,
    pub day: i64,
    pub billed: i64,
    pub effective: i64,
}

/// The streams of months in which something may change.
pub(super) struct Streams {
    streams: Vec<LiveStream>,
    days: (i64, i64),
    charges: usize,
}

/// Finding one item in one stream costs as much as reading this many charges.
const SEEK: usize = 3;

impl Streams {
    /// The streams with days in `days`, of counted versions only if `counted`.
    pub fn of(reads: &Reads<'_>, days: (i64, i64), counted: bool) -> Result<Self, StoreError> {
        let mut sql =
            Sql::new("SELECT stream, id, period, charges FROM period_version WHERE is_current = 1");
        if counted {
            sql.push("AND counts = 1");
        }
        sql.bind("AND period BETWEEN ?", days.0 / 100)
            .bind("AND ? ORDER BY stream", days.1 / 100);
        let mut charges = 0;
        let streams = sql.rows(reads.connection, |row| {
            charges += usize::try_from(row.get::<_, i64>(3)?).unwrap_or(0);
            Ok::<_, StoreError>(LiveStream {
                stream: row.get(0)?,
                version: VersionId(row.get(1)?),
                period: period_of(row.get(2)?)?,
            })
        })?;
        Ok(Self {
            streams,
            days,
            charges,
        })
    }

    /// Shows `each` every live charge of `items` on the days.
    pub fn charges(
        &self,
        reads: &Reads<'_>,
        items: HashSet<i64, RandomState>,
        mut each: impl FnMut(&LiveStream, &LiveCharge),
    ) -> Result<(), StoreError> {
        if items.is_empty() {
            return Ok(());
        }
        let by_item = items.len() * self.streams.len() * SEEK < self.charges;
        let mut statement = reads.connection.prepare_cached(if by_item {
            "SELECT item_id, day, billed, effective FROM charge
             WHERE stream = ?1 AND item_id = ?4 AND until_version IS NULL AND day BETWEEN ?2 AND ?3"
        } else {
            "SELECT item_id, day, billed, effective FROM charge
             WHERE stream = ?1 AND until_version IS NULL AND day BETWEEN ?2 AND ?3 AND ?4 = 0"
        })?;
        for stream in &self.streams {
            let mut show = |item: i64, all: bool| -> Result<(), StoreError> {
                let mut rows = statement.query((stream.stream, self.days.0, self.days.1, item))?;
                while let Some(row) = rows.next()? {
                    let charge = charge(row)?;
                    if !all || items.contains(&charge.item) {
                        each(stream, &charge);
                    }
                }
                Ok(())
            };
            if by_item {
                for item in &items {
                    show(*item, false)?;
                }
            } else {
                show(0, true)?;
            }
        }
        Ok(())
    }
}

fn charge(row: &Row<'_>) -> Result<LiveCharge, StoreError> {
    Ok(LiveCharge {
        item: row.get(0)?,
        day: row.get(1)?,
        billed: row.get(2)?,
        effective: row.get(3)?,
    })
}
