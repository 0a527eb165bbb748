use rusqlite::{Connection, TransactionBehavior};

use crate::connection::APPLICATION_ID;
use crate::{StoreError, Writes};

/// The steps from an empty file to today's format. Append only: a landed step never changes.
const STEPS: &[&str] = &[
    include_str!("../../../migrations/0001_ledger.sql"),
    include_str!("../../../migrations/0002_records.sql"),
    include_str!("../../../migrations/0003_tags_by_month.sql"),
    include_str!("../../../migrations/0004_leaving.sql"),
    include_str!("../../../migrations/0005_versions.sql"),
    include_str!("../../../migrations/0006_export_sources.sql"),
    include_str!("../../../migrations/0007_reconciliation.sql"),
    include_str!("../../../migrations/0008_athena.sql"),
    include_str!("../../../migrations/0009_provider_invoices.sql"),
    include_str!("../../../migrations/0010_budgets.sql"),
    include_str!("../../../migrations/0011_schedules.sql"),
    include_str!("../../../migrations/0012_channels.sql"),
    include_str!("../../../migrations/0013_anomalies.sql"),
    include_str!("../../../migrations/0014_axis_spend.sql"),
    include_str!("../../../migrations/0015_athena_consent.sql"),
    include_str!("../../../migrations/0016_sharing.sql"),
    include_str!("../../../migrations/0017_terms.sql"),
    include_str!("../../../migrations/0018_one_delivery_a_number.sql"),
    include_str!("../../../migrations/0019_life_of_an_invoice.sql"),
    include_str!("../../../migrations/0020_price_books.sql"),
    include_str!("../../../migrations/0021_letterhead.sql"),
    include_str!("../../../migrations/0022_file_hashes.sql"),
    include_str!("../../../migrations/0023_usage_months.sql"),
    include_str!("../../../migrations/0024_letters.sql"),
    include_str!("../../../migrations/0025_invoice_figures.sql"),
    include_str!("../../../migrations/0026_transfers.sql"),
    include_str!("../../../migrations/0027_tenants.sql"),
    include_str!("../../../migrations/0028_tax_rules.sql"),
    include_str!("../../../migrations/0029_invoices_on_time.sql"),
    include_str!("../../../migrations/0030_changed_sources.sql"),
    include_str!("../../../migrations/0031_transfer_limits.sql"),
    include_str!("../../../migrations/0032_cleared_transfers.sql"),
    include_str!("../../../migrations/0033_alerts_of_tenants.sql"),
    include_str!("../../../migrations/0034_charges_by_item.sql"),
    include_str!("../../../migrations/0035_runs_of_charges.sql"),
    include_str!("../../../migrations/0036_owner_months.sql"),
];

/// The format since which charges are kept by interval and owners by item: older files are filled anew.
const INTERVALS: i64 = 5;

/// The format since which what usage costs a day is kept: older files are filled.
const USAGE: i64 = 23;

/// The format since which what owners were charged lies by month: older files are filled.
const OWNER_MONTHS: i64 = 36;

/// The format that this version writes.
pub(crate) const NEWEST: i64 = STEPS.len() as i64;

/// Brings the file to today's format, step by step in one transaction; refuses a newer one.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    if version(connection)? == NEWEST {
        return Ok(());
    }
    // Another process may be migrating too: look again once the write lock is ours.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    let pending = usize::try_from(found)
        .ok()
        .and_then(|done| STEPS.get(done..))
        .ok_or(StoreError::Newer {
            found,
            known: NEWEST,
        })?;
    for step in pending {
        transaction.execute_batch(step)?;
    }
    if found < INTERVALS {
        Writes::new(&transaction).allocate_everything()?;
    } else if found < USAGE {
        Writes::new(&transaction).roll_up_all_usage()?;
    }
    if found < OWNER_MONTHS {
        Writes::new(&transaction).pack_owner_spend()?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", NEWEST)?;
    transaction.commit()?;
    Ok(())
}

fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
