use jiff::Timestamp;
use rusqlite::OptionalExtension;
use tallyport_ledger::BillingPeriod;

use crate::number::period_of;
use crate::{ConnectionId, Reads, StoreError, Writes};

/// A file of an export, as it was when it was loaded.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ExportFile {
    /// Its key in the bucket.
    pub key: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its entity tag.
    pub etag: String,
}

/// A version that a manifest became.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ExportedVersion {
    /// The payer.
    pub billing_account: String,
    /// The month, as YYYYMM.
    pub period: i32,
    /// The version's number in that account and month.
    pub number: u32,
}

/// The manifest that a month of a connection was loaded from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportPeriod {
    /// The month.
    pub period: BillingPeriod,
    /// The export, by its ARN.
    pub export: String,
    /// The manifest's key in the bucket.
    pub manifest: String,
    /// The manifest's entity tag.
    pub etag: String,
    /// What the manifest calls this delivery.
    pub assembly: Option<String>,
    /// The files it named.
    pub files: Vec<ExportFile>,
    /// What became of them.
    pub versions: Vec<ExportedVersion>,
    /// When it was loaded.
    pub loaded_at: Timestamp,
}

impl Reads<'_> {
    /// The manifests that the months of a connection were loaded from, the oldest month first.
    ///
    /// # Errors
    /// The file's.
    pub fn export_periods(&self, id: ConnectionId) -> Result<Vec<ExportPeriod>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT period, export, manifest, etag, assembly, files, versions, loaded_at
             FROM export_period WHERE connection_id = ?1 ORDER BY period",
        )?;
        let mut rows = statement.query([id.0])?;
        let unreadable = |_| StoreError::unreadable("an export's manifest");
        let mut periods = Vec::new();
        while let Some(row) = rows.next()? {
            let (files, versions): (String, String) = (row.get(5)?, row.get(6)?);
            periods.push(ExportPeriod {
                period: period_of(row.get(0)?)?,
                export: row.get(1)?,
                manifest: row.get(2)?,
                etag: row.get(3)?,
                assembly: row.get(4)?,
                files: serde_json::from_str(&files).map_err(unreadable)?,
                versions: serde_json::from_str(&versions).map_err(unreadable)?,
                loaded_at: Timestamp::from_millisecond(row.get(7)?)
                    .map_err(|_| StoreError::unreadable("a moment"))?,
            });
        }
        Ok(periods)
    }

    /// Paid requests of a connection in a month.
    ///
    /// # Errors
    /// The file's.
    pub fn requests_in(&self, id: ConnectionId, month: BillingPeriod) -> Result<u64, StoreError> {
        let count: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT requests FROM request_count WHERE connection_id = ?1 AND month = ?2",
            )?
            .query_row((id.0, month.number()), |row| row.get(0))
            .optional()?;
        Ok(count.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
    }
}

impl Writes<'_> {
    /// Makes a connection load an export (as JSON), or ask Cost Explorer again. What was loaded stays;
    /// which of it counts is chosen anew.
    ///
    /// # Errors
    /// [`StoreError::InUse`] if another connection loads an export of the same account.
    pub fn use_export(&mut self, id: ConnectionId, source: Option<&str>) -> Result<(), StoreError> {
        let this = self.connection(id)?;
        if source.is_some() {
            let other = self.connections(None)?.into_iter().find(|other| {
                other.id != id
                    && other.source.is_some()
                    && other.billing_account == this.billing_account
            });
            if let Some(other) = other {
                return Err(StoreError::InUse {
                    what: ["the bill of account ", &this.billing_account].concat(),
                    why: [
                        "connection \"",
                        &other.name,
                        "\" loads an export of it already",
                    ]
                    .concat(),
                });
            }
        }
        self.connection.execute(
            "UPDATE connection SET source = ?2 WHERE id = ?1",
            (id.0, source),
        )?;
        self.choose_sources(id)
    }

    /// Gives a connection a name and a cap on its paid requests a month.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn change_connection(
        &mut self,
        id: ConnectionId,
        name: &tallyport_ledger::Name,
        monthly_request_cap: Option<u32>,
    ) -> Result<(), StoreError> {
        self.connection(id)?;
        self.connection.execute(
            "UPDATE connection SET name = ?2, monthly_request_cap = ?3 WHERE id = ?1",
            (id.0, name.as_str(), monthly_request_cap),
        )?;
        Ok(())
    }

    /// Remembers the manifest that a month was loaded from.
    ///
    /// # Errors
    /// The disk's.
    pub fn loaded_export(
        &mut self,
        id: ConnectionId,
        from: &ExportPeriod,
    ) -> Result<(), StoreError> {
        let json = |outcome: Result<String, _>| {
            outcome.map_err(|_: serde_json::Error| StoreError::unreadable("an export's manifest"))
        };
        self.connection.execute(
            "INSERT OR REPLACE INTO export_period
                 (connection_id, period, export, manifest, etag, assembly, files, versions, loaded_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            rusqlite::params![
                id.0,
                from.period.number(),
                from.export,
                from.manifest,
                from.etag,
                from.assembly,
                json(serde_json::to_string(&from.files))?,
                json(serde_json::to_string(&from.versions))?,
                from.loaded_at.as_millisecond(),
            ],
        )?;
        Ok(())
    }

    /// Counts paid requests of a connection.
    ///
    /// # Errors
    /// The disk's.
    pub fn count_requests(
        &mut self,
        id: ConnectionId,
        month: BillingPeriod,
        requests: u64,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO request_count (connection_id, month, requests) VALUES (?1, ?2, ?3)
             ON CONFLICT (connection_id, month) DO UPDATE SET requests = requests + excluded.requests",
            (
                id.0,
                month.number(),
                i64::try_from(requests).unwrap_or(i64::MAX),
            ),
        )?;
        Ok(())
    }
}
