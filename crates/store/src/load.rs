mod content;
mod row;

use std::ops::ControlFlow;

use jiff::Timestamp;
use rusqlite::OptionalExtension;
use tallyport_ledger::{
    BillingAccountId, BillingPeriod, Charge, Load, Money, PeriodLoad, PeriodStatus, SourceKind,
};

use self::content::content_hash;
use self::row::Row;
use crate::facts::Allocator;
use crate::number::{currency_of, day_number, nanos_at};
use crate::rollups::RollUps;
use crate::versions::VersionTotal;
use crate::{ClientId, SkippedRow, SourceNote, StoreError, VersionId, Writes};

/// Where a load comes from.
#[derive(Debug, Clone)]
pub struct Source {
    /// FOCUS, CUR or Cost Explorer.
    pub kind: SourceKind,
    /// Such as "FOCUS 1.0".
    pub format: String,
    /// The file's name.
    pub file_name: Option<String>,
    /// The file's hash.
    pub sha256: Option<[u8; 32]>,
    /// When it is loaded.
    pub loaded_at: Timestamp,
    /// What is to be known of it.
    pub notes: Vec<SourceNote>,
    /// Rows left out because a person said so, the first of them.
    pub skipped_rows: Vec<SkippedRow>,
    /// How many rows were left out.
    pub skipped_count: u64,
}

/// What becomes of what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The load takes the place of the current version.
    Replace,
    /// The load joins it: a bill that comes in parts.
    Add,
}

/// What became of one billing period of a load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There was none before.
    New,
    /// It replaced this version.
    Replaced(u32),
    /// It joined what is there as a further part.
    Added,
    /// It is there already, in this version: nothing was written.
    Unchanged,
}

/// One billing period of a load, after loading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedPeriod {
    /// Whose bill.
    pub client: ClientId,
    /// The payer.
    pub billing_account: BillingAccountId,
    /// The month.
    pub period: BillingPeriod,
    /// What became of it.
    pub outcome: Outcome,
    /// The version it is in now.
    pub version: u32,
    /// Whether it is summed; Cost Explorer is not where an export is there.
    pub counts: bool,
    /// How many charges it has.
    pub charges: u64,
    /// What it adds up to.
    pub totals: Vec<VersionTotal>,
}

/// A current version of the same kind of source.
struct Current {
    id: VersionId,
    number: u32,
    part: i64,
    status: PeriodStatus,
    same: bool,
}

/// How many charges are written between two reports of progress.
const STEP: usize = 4_096;

impl Writes<'_> {
    /// Loads the periods of a source for `client`, whole: each becomes a version, unless it is there
    /// already. `progress` is told how many charges are written and may stop it all.
    ///
    /// # Errors
    /// [`StoreError::OtherClient`], [`StoreError::Cancelled`], [`StoreError::NotConserved`].
    pub fn load(
        &mut self,
        client_of: &dyn Fn(&BillingAccountId) -> Option<ClientId>,
        load: &Load,
        source: &Source,
        mode: Mode,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Vec<LoadedPeriod>, StoreError> {
        let mut interned = None;
        let rules = self.rule_set()?;
        let mut allocator = Allocator::new(&rules);
        let mut written = 0;
        let mut loaded = Vec::new();
        for period in &load.periods {
            let account = &period.billing_account;
            let client = client_of(account).ok_or_else(|| StoreError::NotFound {
                what: "client of billing account",
                name: account.to_string(),
            })?;
            let name = period
                .billing_account_name
                .as_ref()
                .map(|name| name.as_str());
            let account_number = self.account_of(client, account, name)?;
            let content = content_hash(period, &load.dimensions);
            let current = self.current(account_number, period.period, source, &content)?;
            let (id, outcome) = match current.iter().find(|version| version.same) {
                Some(same) => (same.id, Outcome::Unchanged),
                None => {
                    if interned.is_none() {
                        interned = Some(self.intern(&load.dimensions)?);
                    }
                    let Some(numbers) = &interned else { continue };
                    let (id, outcome) =
                        self.new_version(account_number, period, source, &content, mode, &current)?;
                    let mut roll_ups = RollUps::default();
                    for (at, charge) in period.charges.iter().enumerate() {
                        if at % STEP == 0 && progress(written).is_break() {
                            return Err(StoreError::Cancelled);
                        }
                        written += 1;
                        let row = Row::of(
                            charge,
                            period.period,
                            &load.dimensions,
                            numbers,
                            &mut allocator,
                        );
                        self.write_charge(id, charge, &row)?;
                        let amounts = charge.amounts;
                        roll_ups.note(row.rolled_up, 1, amounts.billed, amounts.effective);
                    }
                    self.sum_charges(id)?;
                    self.roll_up(id, roll_ups)?;
                    self.conserved(id, period.period)?;
                    (id, outcome)
                }
            };
            loaded.push(self.loaded(client, period, id, outcome)?);
        }
        Ok(loaded)
    }

    /// The current versions of this account and month of the same kind of source: files are one kind.
    fn current(
        &self,
        account: i64,
        period: BillingPeriod,
        source: &Source,
        content: &[u8; 32],
    ) -> Result<Vec<Current>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, number, part, status, ifnull(sha256 = ?4, 0) OR content_sha256 = ?5
             FROM period_version
             WHERE billing_account_id = ?1 AND period = ?2 AND is_current = 1 AND (source = 3) = ?3
             ORDER BY part",
        )?;
        let api = source.kind == SourceKind::CostExplorer;
        let mut rows = statement.query(rusqlite::params![
            account,
            period.number(),
            api,
            source.sha256,
            content
        ])?;
        let mut current = Vec::new();
        while let Some(row) = rows.next()? {
            current.push(Current {
                id: VersionId(row.get(0)?),
                number: row.get(1)?,
                part: row.get(2)?,
                status: PeriodStatus::from_number(row.get(3)?)
                    .ok_or(StoreError::unreadable("a period's status"))?,
                same: row.get(4)?,
            });
        }
        Ok(current)
    }

    fn new_version(
        &mut self,
        account: i64,
        period: &PeriodLoad,
        source: &Source,
        content: &[u8; 32],
        mode: Mode,
        current: &[Current],
    ) -> Result<(VersionId, Outcome), StoreError> {
        let adds = mode == Mode::Add && !current.is_empty();
        let was_final = current.iter().any(|version| {
            matches!(
                version.status,
                PeriodStatus::Final | PeriodStatus::Corrected
            )
        });
        let status = if !adds && was_final && period.status == PeriodStatus::Final {
            PeriodStatus::Corrected
        } else {
            period.status
        };
        let part = if adds {
            current
                .iter()
                .map(|version| version.part)
                .max()
                .unwrap_or(0)
                + 1
        } else {
            1
        };
        let json = |outcome: Result<String, _>| {
            outcome.map_err(|_: serde_json::Error| StoreError::unreadable("a note"))
        };
        let id: i64 = self.connection.query_row(
            "INSERT INTO period_version (billing_account_id, period, number, source, part, status, format,
                file_name, sha256, content_sha256, loaded_at, lines, charges, notes, skipped_rows,
                skipped_count, is_current, counts)
             VALUES (?1, ?2,
                (SELECT ifnull(max(number), 0) + 1 FROM period_version
                 WHERE billing_account_id = ?1 AND period = ?2),
                ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 1, 0) RETURNING id",
            rusqlite::params![
                account,
                period.period.number(),
                source.kind.number(),
                part,
                status.number(),
                source.format,
                source.file_name,
                source.sha256,
                content,
                source.loaded_at.as_millisecond(),
                i64::try_from(period.lines).unwrap_or(i64::MAX),
                i64::try_from(period.charges.len()).unwrap_or(i64::MAX),
                json(serde_json::to_string(&source.notes))?,
                json(serde_json::to_string(&source.skipped_rows))?,
                i64::try_from(source.skipped_count).unwrap_or(i64::MAX),
            ],
            |row| row.get(0),
        )?;
        if !adds {
            let mut replace = self.connection.prepare_cached(
                "UPDATE period_version SET is_current = 0, counts = 0, replaced_by = ?2 WHERE id = ?1",
            )?;
            for version in current {
                replace.execute((version.id.0, id))?;
            }
        }
        // One source counts: files before Cost Explorer.
        self.connection.execute(
            "UPDATE period_version SET counts = is_current AND (source <> 3 OR NOT EXISTS (
                SELECT 1 FROM period_version f WHERE f.billing_account_id = ?1 AND f.period = ?2
                AND f.is_current = 1 AND f.source <> 3))
             WHERE billing_account_id = ?1 AND period = ?2 AND is_current = 1",
            (account, period.period.number()),
        )?;
        let outcome = match current.iter().map(|version| version.number).max() {
            _ if adds => Outcome::Added,
            Some(number) => Outcome::Replaced(number),
            None => Outcome::New,
        };
        Ok((VersionId(id), outcome))
    }

    fn write_charge(
        &mut self,
        version: VersionId,
        charge: &Charge,
        row: &Row,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO charge (version_id, day, first_day, last_day, sub_account_id, service_id, region_id,
                sku_id, resource_id, tag_set_id, unit_id, category, class, currency, billed, effective,
                list, contracted, quantity, first_line, last_line, lines, rule_id, owner_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
                     ?20, ?21, ?22, ?23, ?24)",
        )?;
        let at = &row.rolled_up;
        let some = |number: i64| (number != 0).then_some(number);
        let line = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        statement.execute(rusqlite::params![
            version.0,
            at.day,
            row.first_day,
            charge.last_day.map(day_number),
            some(at.sub_account),
            at.service,
            some(at.region),
            row.sku,
            some(at.resource),
            at.tag_set,
            row.unit,
            charge.category.number(),
            charge.class.number(),
            charge.currency.code(),
            charge.amounts.billed,
            charge.amounts.effective,
            charge.amounts.list,
            charge.amounts.contracted,
            charge.quantity.to_string(),
            line(charge.first_line),
            line(charge.last_line),
            charge.lines,
            row.rule,
            some(at.owner),
        ])?;
        Ok(())
    }

    fn loaded(
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
            .ok_or(StoreError::unreadable("a version"))?;
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
