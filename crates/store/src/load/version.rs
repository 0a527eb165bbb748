//! Versions of billing periods: which are there, and a new one.

use rusqlite::OptionalExtension;
use tallyport_ledger::{BillingPeriod, Money, PeriodLoad, PeriodStatus, SourceKind};

use super::invoices::Invoices;
use super::{LoadedPeriod, Outcome, Source};
use crate::number::{currency_of, nanos_at};
use crate::versions::VersionTotal;
use crate::{ClientId, StoreError, VersionId, Writes};

/// A current version of the same kind of source.
pub(super) struct Current {
    pub id: VersionId,
    pub stream: i64,
    number: u32,
    part: i64,
    status: PeriodStatus,
    loaded_at: i64,
    charges: i64,
    invoice: Option<i64>,
    /// Hashes of its file and of what it holds.
    file: Option<Vec<u8>>,
    content: Vec<u8>,
}

impl Current {
    /// Whether there is nothing to do: it holds the same, or it is newer than what Cost Explorer was
    /// asked for by a sync that took its time.
    pub fn is_there(&self, source: &Source, content: &[u8; 32]) -> bool {
        let late = source.kind == SourceKind::CostExplorer
            && source.loaded_at.as_millisecond() < self.loaded_at;
        let file = source.hash.as_ref().map(<[u8; 32]>::as_slice);
        let same_file = file.is_some() && self.file.as_deref() == file;
        same_file || self.content == content || late
    }

    /// Whether it may hold the same as `period`, as far as can be told without its charges.
    pub fn may_equal(&self, period: &PeriodLoad, invoices: &Invoices) -> bool {
        let corrected =
            self.status == PeriodStatus::Corrected && period.status == PeriodStatus::Final;
        (self.status == period.status || corrected)
            && usize::try_from(self.charges) == Ok(period.charges.len())
            && self.invoice == invoices.most()
    }
}

impl Writes<'_> {
    /// The current versions of this account and month of the same kind of source: files are one kind.
    pub(super) fn current(
        &self,
        account: i64,
        period: BillingPeriod,
        source: &Source,
    ) -> Result<Vec<Current>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, stream, number, part, status, loaded_at, charges, invoice_id, blake3, content_hash
             FROM period_version
             WHERE billing_account_id = ?1 AND period = ?2 AND is_current = 1 AND (source = 3) = ?3
             ORDER BY part",
        )?;
        let api = source.kind == SourceKind::CostExplorer;
        let mut rows = statement.query((account, period.number(), api))?;
        let mut current = Vec::new();
        while let Some(row) = rows.next()? {
            current.push(Current {
                id: VersionId(row.get(0)?),
                stream: row.get(1)?,
                number: row.get(2)?,
                part: row.get(3)?,
                status: PeriodStatus::from_number(row.get(4)?)
                    .ok_or_else(|| StoreError::unreadable("a period's status"))?,
                loaded_at: row.get(5)?,
                charges: row.get(6)?,
                invoice: row.get(7)?,
                file: row.get(8)?,
                content: row.get(9)?,
            });
        }
        Ok(current)
    }

    /// A new version of `period` and its stream: in place of the current ones, or beside them.
    pub(super) fn new_version(
        &mut self,
        account: i64,
        period: &PeriodLoad,
        source: &Source,
        content: &[u8; 32],
        (adds, changed): (bool, bool),
        current: &[Current],
    ) -> Result<(VersionId, i64, Outcome), StoreError> {
        let was_final = current.iter().any(|version| {
            matches!(
                version.status,
                PeriodStatus::Final | PeriodStatus::Corrected
            )
        });
        let corrected = current
            .iter()
            .any(|version| version.status == PeriodStatus::Corrected);
        // A final month whose invoice only gets a number is no other month.
        let again = was_final && period.status == PeriodStatus::Final && (changed || corrected);
        let status = if again && !adds {
            PeriodStatus::Corrected
        } else {
            period.status
        };
        let part = match (adds, current) {
            (true, [.., last]) => last.part + 1,
            (false, [first, ..]) => first.part,
            (_, []) => 1,
        };
        let id = self.insert_version(account, period, source, content, status, part)?;
        let stream = self.stream_of(id)?;
        if !adds {
            self.replace(current, id, stream)?;
        }
        self.choose_source(account, period.period)?;
        let outcome = match current.iter().map(|version| version.number).max() {
            _ if adds => Outcome::Added,
            Some(number) => Outcome::Replaced(number),
            None => Outcome::New,
        };
        Ok((VersionId(id), stream, outcome))
    }

    fn insert_version(
        &mut self,
        account: i64,
        period: &PeriodLoad,
        source: &Source,
        content: &[u8; 32],
        status: PeriodStatus,
        part: i64,
    ) -> Result<i64, StoreError> {
        let json = |outcome: Result<String, _>| {
            outcome.map_err(|_: serde_json::Error| StoreError::unreadable("a note"))
        };
        let id = self.connection.query_row(
            "INSERT INTO period_version (billing_account_id, period, number, source, part, status, format,
                file_name, blake3, content_hash, loaded_at, lines, charges, notes, skipped_rows,
                skipped_count, files, is_current, counts)
             VALUES (?1, ?2,
                (SELECT ifnull(max(number), 0) + 1 FROM period_version
                 WHERE billing_account_id = ?1 AND period = ?2),
                ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, 1, 0) RETURNING id",
            rusqlite::params![
                account,
                period.period.number(),
                source.kind.number(),
                part,
                status.number(),
                source.format,
                source.file_name,
                source.hash,
                content,
                source.loaded_at.as_millisecond(),
                i64::try_from(period.lines).unwrap_or(i64::MAX),
                i64::try_from(period.charges.len()).unwrap_or(i64::MAX),
                json(serde_json::to_string(&source.notes))?,
                json(serde_json::to_string(&source.skipped_rows))?,
                i64::try_from(source.skipped_count).unwrap_or(i64::MAX),
                json(serde_json::to_string(&source.files))?,
            ],
            |row| row.get(0),
        )?;
        Ok(id)
    }

    /// Puts a version into its stream: that of the versions of the same part before it, or its own.
    fn stream_of(&mut self, id: i64) -> Result<i64, StoreError> {
        let stream = self.connection.query_row(
            "UPDATE period_version SET stream = (
                SELECT min(f.id) FROM period_version f
                WHERE f.billing_account_id = period_version.billing_account_id
                    AND f.period = period_version.period AND f.part = period_version.part
                    AND (f.source = 3) = (period_version.source = 3))
             WHERE id = ?1 RETURNING stream",
            [id],
            |row| row.get(0),
        )?;
        Ok(stream)
    }

    /// Ends the current versions, and what other streams than `stream` hold of them.
    fn replace(&mut self, current: &[Current], by: i64, stream: i64) -> Result<(), StoreError> {
        let mut replace = self.connection.prepare_cached(
            "UPDATE period_version SET is_current = 0, counts = 0, replaced_by = ?2 WHERE id = ?1",
        )?;
        let mut end = self.connection.prepare_cached(
            "UPDATE charge_row SET until_version = ?2 WHERE until_version IS NULL
             AND id IN (SELECT id FROM charge WHERE stream = ?1)",
        )?;
        for version in current {
            replace.execute((version.id.0, by))?;
            if version.stream != stream {
                end.execute((version.stream, by))?;
            }
        }
        for version in current.iter().filter(|version| version.stream != stream) {
            self.forget_roll_ups(version.stream)?;
        }
        Ok(())
    }

    pub(super) fn loaded(
        &self,
        client: ClientId,
        period: &PeriodLoad,
        id: VersionId,
        outcome: Outcome,
    ) -> Result<LoadedPeriod, StoreError> {
        let (version, counts, charges): (u32, bool, i64) = self
            .connection
            .prepare_cached("SELECT number, counts, charges FROM period_version WHERE id = ?1")?
            .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?
            .ok_or_else(|| StoreError::unreadable("a version"))?;
        let mut statement = self.connection.prepare_cached(
            "SELECT currency, billed_units, billed_rest, effective_units, effective_rest
             FROM version_total WHERE version_id = ?1 ORDER BY currency",
        )?;
        let mut rows = statement.query([id.0])?;
        let mut totals = Vec::new();
        while let Some(row) = rows.next()? {
            let code: String = row.get(0)?;
            let currency = currency_of(&code)?;
            totals.push(VersionTotal {
                billed: Money::from_nanos(nanos_at(row, 1)?, currency),
                effective: Money::from_nanos(nanos_at(row, 3)?, currency),
            });
        }
        Ok(LoadedPeriod {
            id,
            client,
            billing_account: period.billing_account.clone(),
            period: period.period,
            outcome,
            version,
            counts,
            charges: u64::try_from(charges).unwrap_or(0),
            totals,
        })
    }
}
