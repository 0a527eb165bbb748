use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use crate::StoreError;

/// A query put together from fixed pieces and bound values. Pieces are `'static`, so that no text of
/// a caller can become part of the statement.
#[derive(Debug)]
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    pub fn new(piece: &'static str) -> Self {
        Self {
            text: piece.to_owned(),
            values: Vec::new(),
        }
    }

    /// Appends a piece that binds nothing.
    pub fn push(&mut self, piece: &'static str) -> &mut Self {
        self.text.push(' ');
        self.text.push_str(piece);
        self
    }

    /// Appends a piece with one `?`.
    pub fn bind(&mut self, piece: &'static str, value: impl Into<Value>) -> &mut Self {
        self.push(piece);
        self.values.push(value.into());
        self
    }

    /// Appends `piece` and a bracketed list: `(?, ?, …)`; an empty list matches nothing.
    pub fn list<V: Into<Value>>(
        &mut self,
        piece: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> &mut Self {
        self.push(piece);
        self.text.push_str(" (");
        let mut first = true;
        for value in values {
            self.text.push_str(if first { "?" } else { ", ?" });
            first = false;
            self.values.push(value.into());
        }
        self.text.push(')');
        self
    }

    /// Appends another query.
    pub fn join(&mut self, other: Self) -> &mut Self {
        self.text.push(' ');
        self.text.push_str(&other.text);
        self.values.extend(other.values);
        self
    }

    /// The rows, read by `row`.
    pub fn rows<T, E: From<StoreError>>(
        &self,
        connection: &Connection,
        mut row: impl FnMut(&Row<'_>) -> Result<T, E>,
    ) -> Result<Vec<T>, E> {
        let sqlite = |error: rusqlite::Error| E::from(error.into());
        let mut statement = connection.prepare_cached(&self.text).map_err(sqlite)?;
        let mut rows = statement
            .query(params_from_iter(&self.values))
            .map_err(sqlite)?;
        let mut answer = Vec::new();
        while let Some(next) = rows.next().map_err(sqlite)? {
            answer.push(row(next)?);
        }
        Ok(answer)
    }

    /// Changes rows and answers how many.
    pub fn run(&self, connection: &Connection) -> Result<usize, StoreError> {
        let mut statement = connection.prepare_cached(&self.text)?;
        Ok(statement.execute(params_from_iter(&self.values))?)
    }

    /// The one row.
    pub fn one<T>(
        &self,
        connection: &Connection,
        row: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let mut statement = connection.prepare_cached(&self.text)?;
        Ok(statement.query_row(params_from_iter(&self.values), row)?)
    }
}
