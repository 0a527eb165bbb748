use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

use crate::StoreError;

/// What a workspace file holds, in short: two files with the same one hold the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// Rows by table.
    pub tables: Vec<(String, u64)>,
    /// A hash of every value of every row.
    pub content: [u8; 32],
}

impl Fingerprint {
    /// All rows.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|(_, rows)| rows).sum()
    }
}

/// Reads everything that `connection` sees.
pub(crate) fn fingerprint(connection: &Connection) -> Result<Fingerprint, StoreError> {
    let mut names = connection.prepare(
        "SELECT name FROM sqlite_schema
         WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )?;
    let names = names
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut hash = Sha256::new();
    let mut tables = Vec::new();
    for name in names {
        // A name of our own schema, which cannot be bound: quoted, so that it is a name whatever it holds.
        let sql = ["SELECT * FROM \"", &name.replace('"', "\"\""), "\""].concat();
        let mut statement = connection.prepare(&sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        let mut count = 0_u64;
        add(&mut hash, b'n', name.as_bytes());
        while let Some(row) = rows.next()? {
            count += 1;
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Null => add(&mut hash, b'0', &[]),
                    ValueRef::Integer(value) => add(&mut hash, b'i', &value.to_be_bytes()),
                    ValueRef::Real(value) => add(&mut hash, b'r', &value.to_be_bytes()),
                    ValueRef::Text(value) => add(&mut hash, b't', value),
                    ValueRef::Blob(value) => add(&mut hash, b'b', value),
                }
            }
        }
        add(&mut hash, b'c', &count.to_be_bytes());
        tables.push((name, count));
    }
    Ok(Fingerprint {
        tables,
        content: hash.finalize().into(),
    })
}

/// Kind and length before the bytes, so that no two contents write the same.
fn add(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    let mut head = [0; 9];
    head[0] = kind;
    head[1..].copy_from_slice(&u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
    hash.update(head);
    hash.update(bytes);
}
