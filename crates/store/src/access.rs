use std::ops::Deref;

use rusqlite::Connection;

/// Reads one consistent state of the workspace. Nothing here can change it.
pub struct Reads<'a> {
    pub(crate) connection: &'a Connection,
}

/// One transaction: reads and changes, all kept or none.
pub struct Writes<'a> {
    reads: Reads<'a>,
}

impl<'a> Writes<'a> {
    pub(crate) const fn new(connection: &'a Connection) -> Self {
        Self {
            reads: Reads { connection },
        }
    }
}

impl<'a> Deref for Writes<'a> {
    type Target = Reads<'a>;

    fn deref(&self) -> &Reads<'a> {
        &self.reads
    }
}
