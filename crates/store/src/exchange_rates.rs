use jiff::civil::Date;
use rusqlite::params;
use tallyport_ledger::{Currency, DayRange, Quote};

use crate::number::{currency_of, day_number, day_of};
use crate::{Reads, StoreError, Writes};

/// How many rates were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QuotesKept {
    /// New ones.
    pub added: u64,
    /// Those that were different before.
    pub changed: u64,
    /// Those that were there already.
    pub unchanged: u64,
}

impl Reads<'_> {
    /// What sources said within `days`, of one currency or of all; the latest day first, and of a day those
    /// that a person entered before those of files.
    ///
    /// # Errors
    /// The file's.
    pub fn exchange_quotes(
        &self,
        days: DayRange,
        currency: Option<Currency>,
    ) -> Result<Vec<Quote>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT base, quoted, day, source, nanos FROM exchange_quote
             WHERE day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR base = ?3 OR quoted = ?3)
             ORDER BY day DESC, source = 'ECB', source, base, quoted",
        )?;
        let code = currency.map(|currency| currency.code().to_owned());
        let mut rows = query.query(params![
            day_number(days.from()),
            day_number(days.to()),
            code
        ])?;
        let mut quotes = Vec::new();
        while let Some(row) = rows.next()? {
            let text = |at: usize| row.get::<_, String>(at);
            let pair = (currency_of(&text(0)?)?, currency_of(&text(1)?)?);
            let quote = Quote::from_nanos(pair, row.get(4)?, day_of(row.get(2)?)?, text(3)?);
            quotes.push(quote.ok_or_else(|| StoreError::unreadable("an exchange rate"))?);
        }
        Ok(quotes)
    }
}

impl Writes<'_> {
    /// Keeps what sources said. A source that says something else of the same day is believed anew.
    ///
    /// # Errors
    /// The disk's.
    pub fn put_exchange_quotes(&mut self, quotes: &[Quote]) -> Result<QuotesKept, StoreError> {
        let mut known = self.connection.prepare_cached(
            "SELECT nanos FROM exchange_quote WHERE day = ?1 AND base = ?2 AND quoted = ?3 AND source = ?4",
        )?;
        let mut keep = self.connection.prepare_cached(
            "INSERT OR REPLACE INTO exchange_quote (day, base, quoted, source, nanos)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let mut kept = QuotesKept::default();
        for quote in quotes {
            let day = day_number(quote.day());
            let (base, quoted) = (quote.base(), quote.quoted());
            let key = params![day, base.code(), quoted.code(), quote.source()];
            let mut rows = known.query(key)?;
            match rows.next()?.map(|row| row.get::<_, i64>(0)).transpose()? {
                Some(nanos) if nanos == quote.nanos() => {
                    kept.unchanged += 1;
                    continue;
                }
                Some(_) => kept.changed += 1,
                None => kept.added += 1,
            }
            keep.execute(params![
                day,
                base.code(),
                quoted.code(),
                quote.source(),
                quote.nanos()
            ])?;
        }
        Ok(kept)
    }

    /// Forgets what a source said of a pair on a day.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn delete_exchange_quote(
        &mut self,
        (base, quoted): (Currency, Currency),
        day: Date,
        source: &str,
    ) -> Result<(), StoreError> {
        let gone = self.connection.execute(
            "DELETE FROM exchange_quote WHERE day = ?1 AND base = ?2 AND quoted = ?3 AND source = ?4",
            params![day_number(day), base.code(), quoted.code(), source],
        )?;
        if gone == 0 {
            return Err(StoreError::NotFound {
                what: "exchange rate",
                name: format!("{base}/{quoted} of {day} by {source}"),
            });
        }
        Ok(())
    }
}
