//! What changed is written behind what is there, as one run an item.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use tallyport_ledger::{Currency, PeriodLoad};

use super::changes::Changes;
use super::rows::{Content, Rows, stored};
use crate::bulk::{Bulk, Cell};
use crate::number::parted;
use crate::{StoreError, VersionId, Writes};

/// How many charges are written between two reports of progress.
const STEP: u64 = 4_096;

impl Writes<'_> {
    /// Ends the charges that `version` no longer has and writes those it alone has.
    pub(super) fn write_changes(
        &mut self,
        (version, stream): (VersionId, i64),
        changes: &Changes,
        rows: &Rows,
        period: &PeriodLoad,
        written: &mut u64,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut step = || {
            *written += 1;
            if (*written).is_multiple_of(STEP) && progress(*written).is_break() {
                return Err(StoreError::Cancelled);
            }
            Ok(())
        };
        let mut end = self
            .connection
            .prepare_cached("UPDATE charge_row SET until_version = ?2 WHERE id = ?1")?;
        for charge in &changes.closed {
            step()?;
            end.execute((charge, version.0))?;
        }
        let last: i64 =
            self.connection
                .query_row("SELECT ifnull(max(id), 0) FROM charge_row", [], |row| {
                    row.get(0)
                })?;
        let mut next = last + 1;
        let mut charges = Bulk::new(
            self.connection,
            "INSERT OR FAIL INTO charge_row (id, day, first_day, last_day, billed, effective, list, contracted, quantity,
                                     first_line, last_line, lines, invoice_id) VALUES",
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            "",
        );
        let mut runs = Bulk::new(
            self.connection,
            "INSERT OR FAIL INTO charge_run (stream, item_id, first_charge, last_charge, from_version) VALUES",
            "(?, ?, ?, ?, ?)",
            "",
        );
        let line = |number: u64| Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX));
        for run in changes.added.chunk_by(|one, other| one.1 == other.1) {
            let first = next;
            for (at, _) in run {
                step()?;
                let charge = &period.charges[rows.charges[*at as usize] as usize];
                let content = Content::of(charge, period.period, &rows.invoices);
                charges.row([
                    next.into(),
                    content.day.into(),
                    content.first_day.into(),
                    content.last_day.into(),
                    content.billed.into(),
                    content.effective.into(),
                    content.list.into(),
                    content.contracted.into(),
                    stored(charge.quantity),
                    line(charge.first_line),
                    line(charge.last_line),
                    charge.lines.into(),
                    content.invoice.into(),
                ])?;
                next += 1;
            }
            let item = &rows.items[run[0].1 as usize];
            runs.row([
                stream.into(),
                item.id.into(),
                first.into(),
                (next - 1).into(),
                version.0.into(),
            ])?;
        }
        charges.finish()?;
        runs.finish()?;
        self.connection.execute(
            "UPDATE period_version SET stored_charges = ?2, invoice_id = ?3 WHERE id = ?1",
            (
                version.0,
                i64::try_from(changes.added.len()).unwrap_or(i64::MAX),
                rows.invoices.most(),
            ),
        )?;
        Ok(())
    }

    /// Keeps what the charges of a version add up to as they came, for everything else to be compared with.
    pub(super) fn keep_totals(
        &mut self,
        version: VersionId,
        period: &PeriodLoad,
    ) -> Result<(), StoreError> {
        let mut totals: BTreeMap<Currency, (i64, i128, i128)> = BTreeMap::new();
        for charge in &period.charges {
            let total = totals.entry(charge.currency).or_default();
            total.0 += 1;
            total.1 += i128::from(charge.amounts.billed);
            total.2 += i128::from(charge.amounts.effective);
        }
        let mut keep = self.connection.prepare_cached(
            "INSERT INTO version_total (version_id, currency, charges, billed_units, billed_rest,
                                        effective_units, effective_rest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for (currency, (charges, billed, effective)) in totals {
            let (billed, effective) = (parted(billed)?, parted(effective)?);
            keep.execute((
                version.0,
                currency.code(),
                charges,
                billed.0,
                billed.1,
                effective.0,
                effective.1,
            ))?;
        }
        Ok(())
    }
}
