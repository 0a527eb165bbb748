use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use tallyport_ledger::{Country, TaxCategory, TaxPeriod, TaxRate, TaxTable, Validity};

use crate::number::{day_number, day_of};
use crate::{Reads, StoreError, Writes};

/// A table of tax rates that a person changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTaxTable {
    /// The rates.
    pub table: TaxTable,
    /// Where they are from.
    pub source: String,
    /// When they were last changed.
    pub changed_on: Date,
}

impl Reads<'_> {
    /// The countries whose table a person changed.
    ///
    /// # Errors
    /// The file's.
    pub fn own_tax_tables(&self) -> Result<Vec<StoredTaxTable>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT country FROM tax_table ORDER BY country")?;
        let countries = query
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        let mut tables = Vec::new();
        for code in countries {
            let country = code.parse().map_err(|_| unreadable())?;
            tables.extend(self.own_tax_table(country)?);
        }
        Ok(tables)
    }

    /// The table of `country`, if a person changed it.
    ///
    /// # Errors
    /// The file's.
    pub fn own_tax_table(&self, country: Country) -> Result<Option<StoredTaxTable>, StoreError> {
        let head = self
            .connection
            .prepare_cached("SELECT source, changed_on FROM tax_table WHERE country = ?1")?
            .query_row([country.code()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((source, changed_on)) = head else {
            return Ok(None);
        };
        let mut query = self.connection.prepare_cached(
            "SELECT region, category, rate, from_day, to_day FROM tax_period
             WHERE country = ?1 ORDER BY ordinal",
        )?;
        let mut rows = query.query([country.code()])?;
        let mut periods = Vec::new();
        while let Some(row) = rows.next()? {
            let day = |at: usize| -> Result<Option<Date>, StoreError> {
                row.get::<_, Option<i64>>(at)?.map(day_of).transpose()
            };
            let category: String = row.get(1)?;
            periods.push(TaxPeriod {
                region: row.get(0)?,
                category: TaxCategory::from_word(&category).ok_or_else(unreadable)?,
                rate: TaxRate::from_parts_per_million(row.get(2)?).map_err(|_| unreadable())?,
                valid: Validity::new(day(3)?, day(4)?).map_err(|_| unreadable())?,
            });
        }
        Ok(Some(StoredTaxTable {
            table: TaxTable::new(country, periods).map_err(|_| unreadable())?,
            source,
            changed_on: day_of(changed_on)?,
        }))
    }
}

impl Writes<'_> {
    /// Keeps a country's table, in place of what was there.
    ///
    /// # Errors
    /// The disk's.
    pub fn put_tax_table(&mut self, stored: &StoredTaxTable) -> Result<(), StoreError> {
        let StoredTaxTable {
            table,
            source,
            changed_on,
        } = stored;
        let country = table.country();
        self.forget_tax_table(country)?;
        self.connection.execute(
            "INSERT INTO tax_table (country, source, changed_on) VALUES (?1, ?2, ?3)",
            params![country.code(), source, day_number(*changed_on)],
        )?;
        let mut query = self.connection.prepare_cached(
            "INSERT INTO tax_period (country, ordinal, region, category, rate, from_day, to_day)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for (ordinal, period) in (1_i64..).zip(table.periods()) {
            query.execute(params![
                country.code(),
                ordinal,
                period.region,
                period.category.word(),
                period.rate.parts_per_million(),
                period.valid.from().map(day_number),
                period.valid.to().map(day_number),
            ])?;
        }
        Ok(())
    }

    /// Forgets a country's own table; answers whether there was one.
    ///
    /// # Errors
    /// The disk's.
    pub fn forget_tax_table(&mut self, country: Country) -> Result<bool, StoreError> {
        self.connection.execute(
            "DELETE FROM tax_period WHERE country = ?1",
            [country.code()],
        )?;
        let gone = self
            .connection
            .execute("DELETE FROM tax_table WHERE country = ?1", [country.code()])?;
        Ok(gone > 0)
    }
}

fn unreadable() -> StoreError {
    StoreError::unreadable("a table of tax rates")
}
