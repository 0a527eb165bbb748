//! What budgets' running periods are expected to come to, as it was last computed.

use std::collections::HashMap;

use jiff::civil::Date;
use rusqlite::{Row, params};
use tallyport_ledger::Money;
use tallyport_ledger::budget::BudgetId;

use crate::number::{currency_of, day_number, day_of, money_at, parted};
use crate::sql::Sql;
use crate::{Reads, StoreError, Writes};

/// What a budget's period is expected to come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptForecast {
    /// The first day of the period.
    pub from: Date,
    /// The last day that was known when it was made.
    pub made_on: Date,
    /// The method, or `none` where there was too little to go by.
    pub method: String,
    /// What the whole period is expected to come to.
    pub expected: Money,
    /// Where it ends in 80 of 100 cases.
    pub band80: (Money, Money),
    /// Where it ends in 95 of 100 cases.
    pub band95: (Money, Money),
    /// How likely it is, per mille, that it ends above the limit.
    pub chance: u16,
    /// Whether sums have changed since.
    pub stale: bool,
}

impl Reads<'_> {
    /// The forecasts that are kept, of live budgets.
    ///
    /// # Errors
    /// The file's.
    pub fn budget_forecasts(&self) -> Result<HashMap<BudgetId, KeptForecast>, StoreError> {
        let sql = Sql::new(
            "SELECT f.budget_id, b.currency, f.from_day, f.made_on, f.method, f.expected_units,
                    f.expected_rest, f.low80_units, f.low80_rest, f.high80_units, f.high80_rest,
                    f.low95_units, f.low95_rest, f.high95_units, f.high95_rest, f.chance, f.is_stale
             FROM budget_forecast f JOIN budget b ON b.id = f.budget_id WHERE b.archived = 0",
        );
        Ok(sql.rows(self.connection, kept)?.into_iter().collect())
    }
}

impl Writes<'_> {
    /// Keeps a forecast in place of the one before.
    ///
    /// # Errors
    /// The disk's.
    pub fn keep_budget_forecast(
        &mut self,
        id: BudgetId,
        forecast: &KeptForecast,
    ) -> Result<(), StoreError> {
        let part = |amount: Money| parted(amount.nanos());
        let (low80, high80) = (part(forecast.band80.0)?, part(forecast.band80.1)?);
        let (low95, high95) = (part(forecast.band95.0)?, part(forecast.band95.1)?);
        let expected = part(forecast.expected)?;
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO budget_forecast (budget_id, from_day, made_on, method,
                     expected_units, expected_rest, low80_units, low80_rest, high80_units,
                     high80_rest, low95_units, low95_rest, high95_units, high95_rest, chance, is_stale)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
            )?
            .execute(params![
                id.0,
                day_number(forecast.from),
                day_number(forecast.made_on),
                forecast.method,
                expected.0,
                expected.1,
                low80.0,
                low80.1,
                high80.0,
                high80.1,
                low95.0,
                low95.1,
                high95.0,
                high95.1,
                forecast.chance,
                forecast.stale,
            ])?;
        Ok(())
    }

    /// Notes that the sums of these budgets changed.
    ///
    /// # Errors
    /// The disk's.
    pub fn forecasts_are_stale(&mut self, budgets: &[BudgetId]) -> Result<(), StoreError> {
        let ids: Vec<String> = budgets.iter().map(|budget| budget.0.to_string()).collect();
        self.connection
            .prepare_cached(
                "UPDATE budget_forecast SET is_stale = 1
                 WHERE is_stale = 0 AND budget_id IN (SELECT value FROM json_each(?1))",
            )?
            .execute([format!("[{}]", ids.join(","))])?;
        Ok(())
    }
}

fn kept(row: &Row<'_>) -> Result<(BudgetId, KeptForecast), StoreError> {
    let currency = currency_of(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
    let forecast = KeptForecast {
        from: day_of(row.get(2)?)?,
        made_on: day_of(row.get(3)?)?,
        method: row.get(4)?,
        expected: money_at(row, 5, currency)?,
        band80: (money_at(row, 7, currency)?, money_at(row, 9, currency)?),
        band95: (money_at(row, 11, currency)?, money_at(row, 13, currency)?),
        chance: row.get(15)?,
        stale: row.get(16)?,
    };
    Ok((BudgetId(row.get(0)?), forecast))
}
