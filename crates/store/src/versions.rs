use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Row, params};
use tallyport_ledger::{
    BillingAccountId, BillingPeriod, DayRange, Money, PeriodStatus, SourceKind,
};

use crate::number::{currency_of, money_at, period_of};
use crate::sql::Sql;
use crate::{ClientId, Reads, SourceFile, StoreError, VersionId};

/// A note on a source: a stable word and a sentence.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SourceNote {
    /// For programs.
    pub code: String,
    /// For people.
    pub text: String,
}

/// A row of a source that was left out because a person said so.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SkippedRow {
    /// Its line.
    pub line: u64,
    /// The column at fault.
    pub column: Option<String>,
    /// What is wrong with it.
    pub reason: String,
}

/// A version of a billing period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodVersion {
    /// Its identity.
    pub id: VersionId,
    /// The client.
    pub client: (ClientId, String),
    /// The payer: id and name.
    pub billing_account: (String, Option<String>),
    /// The month.
    pub period: BillingPeriod,
    /// Its number among the versions of this account and month, counted from one.
    pub number: u32,
    /// Where it comes from.
    pub source: SourceKind,
    /// Such as "FOCUS 1.0".
    pub format: String,
    /// Which part it is of a bill that comes in parts.
    pub part: u32,
    /// How settled it is.
    pub status: PeriodStatus,
    /// The file's name.
    pub file_name: Option<String>,
    /// The file's hash: `blake3:` and hexadecimal digits; `sha256:` where an older program has read it.
    pub hash: Option<String>,
    /// When it was loaded.
    pub loaded_at: Timestamp,
    /// How many lines it is made of.
    pub lines: u64,
    /// How many charges it has.
    pub charges: u64,
    /// How many of them were written for it; the others it shares with the versions before it.
    pub stored_charges: u64,
    /// The files it was read from, in order.
    pub files: Vec<SourceFile>,
    /// What is to be known of its source.
    pub notes: Vec<SourceNote>,
    /// Rows left out, the first of them.
    pub skipped_rows: Vec<SkippedRow>,
    /// How many rows were left out.
    pub skipped_count: u64,
    /// The version that replaced it.
    pub replaced_by: Option<u32>,
    /// The version it replaced.
    pub replaces: Option<u32>,
    /// Whether nothing has replaced it.
    pub current: bool,
    /// Whether it is summed: current, and of the authoritative source.
    pub counts: bool,
    /// Billed and effective, one a currency.
    pub totals: Vec<VersionTotal>,
}

/// What a version adds up to in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VersionTotal {
    /// FOCUS BilledCost.
    pub billed: Money,
    /// FOCUS EffectiveCost.
    pub effective: Money,
}

/// Which versions to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VersionQuery {
    /// Of this client only.
    pub client: Option<ClientId>,
    /// Of the months these days lie in.
    pub days: Option<DayRange>,
    /// Only those that are summed.
    pub counting_only: bool,
}

impl Reads<'_> {
    /// How many billing periods of a month count, and whose bills among them are not out yet: by their clients,
    /// each once.
    ///
    /// # Errors
    /// The file's.
    pub fn unsettled(&self, month: BillingPeriod) -> Result<(u32, Vec<String>), StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT c.name, max(v.status < ?2), count(*) FROM period_version v
             JOIN billing_account b ON b.id = v.billing_account_id
             JOIN client c ON c.id = b.client_id
             WHERE v.counts = 1 AND v.period = ?1
             GROUP BY c.id ORDER BY c.folded_name",
        )?;
        let mut rows = query.query(params![month.number(), PeriodStatus::Final.number()])?;
        let (mut count, mut unsettled) = (0, Vec::new());
        while let Some(row) = rows.next()? {
            count += row.get::<_, u32>(2)?;
            if row.get(1)? {
                unsettled.push(row.get(0)?);
            }
        }
        Ok((count, unsettled))
    }

    /// Versions of billing periods, the newest month first.
    ///
    /// # Errors
    /// The file's.
    pub fn versions(&self, query: VersionQuery) -> Result<Vec<PeriodVersion>, StoreError> {
        let mut sql = Sql::new("WHERE 1");
        if let Some(client) = query.client {
            sql.bind("AND b.client_id = ?", client.0);
        }
        if let Some(days) = query.days {
            between(&mut sql, days);
        }
        if query.counting_only {
            sql.push("AND v.counts = 1");
        }
        self.versions_where(sql)
    }

    /// These versions of billing periods, the newest month first; those of the months of `days` only if
    /// asked for.
    ///
    /// # Errors
    /// The file's.
    pub fn versions_of(
        &self,
        versions: &[VersionId],
        days: Option<DayRange>,
    ) -> Result<Vec<PeriodVersion>, StoreError> {
        let mut sql = Sql::new("WHERE 1");
        sql.list("AND v.id IN", versions.iter().map(|version| version.0));
        if let Some(days) = days {
            between(&mut sql, days);
        }
        self.versions_where(sql)
    }

    fn versions_where(&self, conditions: Sql) -> Result<Vec<PeriodVersion>, StoreError> {
        let mut sql = Sql::new(
            "SELECT v.id, b.client_id, c.name, b.key, b.name, v.period, v.number, v.source, v.format,
                    v.part, v.status, v.file_name,
                    ifnull('blake3:' || lower(hex(v.blake3)), 'sha256:' || lower(hex(v.sha256))),
                    v.loaded_at, v.lines, v.charges, v.notes,
                    v.skipped_rows, v.skipped_count, n.number, v.is_current, v.counts,
                    (SELECT max(p.number) FROM period_version p WHERE p.replaced_by = v.id),
                    v.files, v.stored_charges
             FROM period_version v
             JOIN billing_account b ON b.id = v.billing_account_id
             JOIN client c ON c.id = b.client_id
             LEFT JOIN period_version n ON n.id = v.replaced_by",
        );
        sql.join(conditions)
            .push("ORDER BY v.period DESC, b.key, v.is_current DESC, v.number DESC");
        let mut totals = self.version_totals()?;
        sql.rows(self.connection, |row| {
            let mut version = version(row)?;
            version.totals = totals.remove(&version.id).unwrap_or_default();
            Ok(version)
        })
    }

    /// The billing periods of an account that Cost Explorer has given, with how settled they are.
    ///
    /// # Errors
    /// The file's.
    pub fn known_periods(
        &self,
        account: &BillingAccountId,
        source: SourceKind,
    ) -> Result<Vec<(BillingPeriod, PeriodStatus)>, StoreError> {
        let mut sql = Sql::new(
            "SELECT v.period, v.status FROM period_version v
             JOIN billing_account b ON b.id = v.billing_account_id WHERE v.is_current = 1",
        );
        sql.bind("AND b.key = ?", account.as_str().to_owned())
            .bind("AND v.source = ?", source.number())
            .push("ORDER BY v.period");
        sql.rows(self.connection, |row| {
            Ok((period_of(row.get(0)?)?, status(row.get(1)?)?))
        })
    }

    /// The months that have counted charges, the latest first.
    ///
    /// # Errors
    /// The file's.
    pub fn months(&self) -> Result<Vec<BillingPeriod>, StoreError> {
        self.months_of(None)
    }

    fn version_totals(&self) -> Result<HashMap<VersionId, Vec<VersionTotal>>, StoreError> {
        let sql = Sql::new(
            "SELECT version_id, currency, billed_units, billed_rest, effective_units, effective_rest
             FROM version_total ORDER BY version_id, currency",
        );
        let mut totals: HashMap<VersionId, Vec<VersionTotal>> = HashMap::new();
        sql.rows(self.connection, |row| {
            let code: String = row.get(1)?;
            let currency = currency_of(&code)?;
            totals
                .entry(VersionId(row.get(0)?))
                .or_default()
                .push(VersionTotal {
                    billed: money_at(row, 2, currency)?,
                    effective: money_at(row, 4, currency)?,
                });
            Ok::<(), StoreError>(())
        })?;
        Ok(totals)
    }
}

fn between(sql: &mut Sql, days: DayRange) {
    let month = |day: jiff::civil::Date| i64::from(day.year()) * 100 + i64::from(day.month());
    sql.bind("AND v.period BETWEEN ?", month(days.from()))
        .bind("AND ?", month(days.to()));
}

fn version(row: &Row<'_>) -> Result<PeriodVersion, StoreError> {
    let count = |at| -> Result<u64, StoreError> {
        let number: i64 = row.get(at)?;
        Ok(u64::try_from(number).unwrap_or(0))
    };
    let notes: String = row.get(16)?;
    let skipped: String = row.get(17)?;
    let unreadable = |_| StoreError::unreadable("a version's notes");
    Ok(PeriodVersion {
        id: VersionId(row.get(0)?),
        client: (ClientId(row.get(1)?), row.get(2)?),
        billing_account: (row.get(3)?, row.get(4)?),
        period: period_of(row.get(5)?)?,
        number: row.get(6)?,
        source: SourceKind::from_number(row.get(7)?)
            .ok_or_else(|| StoreError::unreadable("a source"))?,
        format: row.get(8)?,
        part: row.get(9)?,
        status: status(row.get(10)?)?,
        file_name: row.get(11)?,
        hash: row.get(12)?,
        loaded_at: Timestamp::from_millisecond(row.get(13)?)
            .map_err(|_| StoreError::unreadable("a moment"))?,
        lines: count(14)?,
        charges: count(15)?,
        notes: serde_json::from_str(&notes).map_err(unreadable)?,
        skipped_rows: serde_json::from_str(&skipped).map_err(unreadable)?,
        skipped_count: count(18)?,
        replaced_by: row.get(19)?,
        current: row.get(20)?,
        counts: row.get(21)?,
        replaces: row.get(22)?,
        files: serde_json::from_str(&row.get::<_, String>(23)?).map_err(unreadable)?,
        stored_charges: count(24)?,
        totals: Vec::new(),
    })
}

fn status(number: i64) -> Result<PeriodStatus, StoreError> {
    PeriodStatus::from_number(number).ok_or_else(|| StoreError::unreadable("a period's status"))
}
