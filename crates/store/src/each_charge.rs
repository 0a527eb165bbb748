use tallyport_ledger::{DayRange, OwnerId};

use crate::charges::{CHOSEN, COLUMNS, OF_CHOSEN, TEXTS, charge};
use crate::grain::Grain;
use crate::sql::Sql;
use crate::{ChargeRow, Filter, Reads, StoreError, VersionId};

/// A charge as it is handed on: with what its bill says of the account and the service.
#[derive(Debug, Clone, PartialEq)]
pub struct CountedCharge {
    /// The charge.
    pub row: ChargeRow,
    /// The payer's name.
    pub billing_account_name: Option<String>,
    /// The service's FOCUS category; may be empty.
    pub service_category: String,
    /// The version it counts in; [`ChargeRow::version`] is the one that brought it.
    pub counted_in: VersionId,
}

impl Reads<'_> {
    /// Hands out every counted charge of `days`, one after another and without keeping them, bill by
    /// bill in the order in which they are stored. What `each` says ends it.
    ///
    /// # Errors
    /// The file's, or what `each` says.
    pub fn each_charge<E: From<StoreError>>(
        &self,
        days: DayRange,
        filter: &Filter,
        mut each: impl FnMut(CountedCharge) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut sql = Sql::new(COLUMNS);
        sql.push(", b.name, e.category, counted_in")
            .push(CHOSEN)
            .push(", v.id AS counted_in")
            .push(Grain::Charge.table());
        Grain::Charge.counted_in(&mut sql, days, filter);
        filter.narrow(&mut sql);
        sql.push(OF_CHOSEN).push(TEXTS);
        let owners = self.owners()?;
        sql.rows(self.connection, |row| {
            let sqlite = |error: rusqlite::Error| E::from(error.into());
            let mut charge = charge(row)?;
            let owner = OwnerId(row.get(30).map_err(sqlite)?);
            charge.owner = owners.get(&owner).cloned();
            each(CountedCharge {
                row: charge,
                billing_account_name: row.get(33).map_err(sqlite)?,
                service_category: row.get(34).map_err(sqlite)?,
                counted_in: VersionId(row.get(35).map_err(sqlite)?),
            })
        })?;
        Ok(())
    }
}
