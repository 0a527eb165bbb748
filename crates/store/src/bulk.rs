//! Many rows with few statements.

use rusqlite::{CachedStatement, Connection};
use tallyport_ledger::Currency;

use crate::StoreError;

/// Rows that one statement writes.
const ROWS: usize = 64;

/// An INSERT of many rows; each value is bound. With `OR FAIL`, a row that is refused ends the whole
/// transaction anyway, and SQLite need not keep every page as it was before the statement.
pub(crate) struct Bulk<'c> {
    connection: &'c Connection,
    columns: usize,
    /// The texts of the two statements.
    many: String,
    one: String,
    /// The statement of many rows, once there were as many.
    writing: Option<Bound<'c>>,
    cells: Vec<Cell>,
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    /// NULL.
    Null,
    /// An integer.
    Integer(i64),
    /// A currency's code.
    Currency(Currency),
    /// A text.
    Text(Box<str>),
    /// Bytes.
    Blob(Box<[u8]>),
}

/// A statement, and what its parameters are: one that stays as it is need not be bound again.
struct Bound<'c> {
    statement: CachedStatement<'c>,
    cells: Vec<Cell>,
}

impl<'c> Bulk<'c> {
    /// `head` is `INSERT INTO table (columns) VALUES`, `row` one bracketed row of `?`, `tail` what
    /// follows the rows.
    pub fn new(
        connection: &'c Connection,
        head: &'static str,
        row: &'static str,
        tail: &'static str,
    ) -> Self {
        let text = |rows: usize| {
            let mut text = head.to_owned();
            for at in 0..rows {
                text.push_str(if at == 0 { " " } else { ", " });
                text.push_str(row);
            }
            text.push(' ');
            text.push_str(tail);
            text
        };
        let columns = row.matches('?').count();
        Self {
            connection,
            columns,
            many: text(ROWS),
            one: text(1),
            writing: None,
            cells: Vec::with_capacity(ROWS * columns),
        }
    }

    /// Adds a row; it is written with others.
    pub fn row<const N: usize>(&mut self, cells: [Cell; N]) -> Result<(), StoreError> {
        self.cells.extend(cells);
        if self.cells.len() < ROWS * self.columns {
            return Ok(());
        }
        let writing = match &mut self.writing {
            Some(writing) => writing,
            none => none.insert(Bound::new(self.connection, &self.many, self.cells.len())?),
        };
        writing.write(self.cells.drain(..))
    }

    /// Writes what is left.
    pub fn finish(mut self) -> Result<(), StoreError> {
        if self.cells.is_empty() {
            return Ok(());
        }
        let mut writing = Bound::new(self.connection, &self.one, self.columns)?;
        while !self.cells.is_empty() {
            writing.write(self.cells.drain(..self.columns))?;
        }
        Ok(())
    }
}

impl<'c> Bound<'c> {
    fn new(connection: &'c Connection, text: &str, parameters: usize) -> Result<Self, StoreError> {
        let mut statement = connection.prepare_cached(text)?;
        statement.clear_bindings();
        Ok(Self {
            statement,
            cells: vec![Cell::Null; parameters],
        })
    }

    fn write(&mut self, cells: impl Iterator<Item = Cell>) -> Result<(), StoreError> {
        let statement = &mut self.statement;
        for ((at, bound), cell) in (1..).zip(&mut self.cells).zip(cells) {
            if *bound == cell {
                continue;
            }
            match &cell {
                Cell::Null => statement.raw_bind_parameter(at, rusqlite::types::Null)?,
                Cell::Integer(number) => statement.raw_bind_parameter(at, number)?,
                Cell::Currency(currency) => statement.raw_bind_parameter(at, currency.code())?,
                Cell::Text(text) => statement.raw_bind_parameter(at, text)?,
                Cell::Blob(bytes) => statement.raw_bind_parameter(at, &bytes[..])?,
            }
            *bound = cell;
        }
        statement.raw_execute()?;
        Ok(())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<Option<i64>> for Cell {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Null, Self::Integer)
    }
}

impl From<Currency> for Cell {
    fn from(currency: Currency) -> Self {
        Self::Currency(currency)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Vec<u8>> for Cell {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Blob(bytes.into())
    }
}
