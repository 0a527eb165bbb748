//! Many rows with few statements.

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::StoreError;

/// Rows that one statement writes.
const ROWS: usize = 64;

/// An INSERT of many rows; each value is bound. With `OR FAIL`, a row that is refused ends the whole
/// transaction anyway, and SQLite need not keep every page as it was before the statement.
pub(crate) struct Bulk<'c> {
    connection: &'c Connection,
    columns: usize,
    many: String,
    one: String,
    values: Vec<Value>,
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
            values: Vec::with_capacity(ROWS * columns),
        }
    }

    /// Adds a row; it is written with others.
    pub fn row<const N: usize>(&mut self, values: [Value; N]) -> Result<(), StoreError> {
        self.values.extend(values);
        if self.values.len() == ROWS * self.columns {
            write(self.connection, &self.many, &self.values)?;
            self.values.clear();
        }
        Ok(())
    }

    /// Writes what is left.
    pub fn finish(self) -> Result<(), StoreError> {
        for row in self.values.chunks(self.columns) {
            write(self.connection, &self.one, row)?;
        }
        Ok(())
    }
}

fn write(connection: &Connection, text: &str, values: &[Value]) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(text)?;
    for (at, value) in (1..).zip(values) {
        match value {
            Value::Integer(number) => statement.raw_bind_parameter(at, number)?,
            other => statement.raw_bind_parameter(at, other)?,
        }
    }
    statement.raw_execute()?;
    Ok(())
}
