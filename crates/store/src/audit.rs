use jiff::Timestamp;
use rusqlite::{ToSql, params};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{Reads, StoreError, Writes};

/// A line for the audit trail.
#[derive(Debug, Clone, Copy)]
pub struct AuditLine<'a> {
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: &'a str,
    /// What was done: a stable word such as `rule.added`.
    pub action: &'a str,
    /// To what.
    pub subject: &'a str,
    /// The rest, for whoever asks later.
    pub details: &'a Value,
}

/// A line of the audit trail, as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// Its place in the chain, from one.
    pub number: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
    /// The rest.
    pub details: Value,
}

/// Where the audit trail ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditHead {
    /// How many lines it has.
    pub number: i64,
    /// The hash of the last one, which all before it go into.
    pub hash: [u8; 32],
}

/// The first place at which the audit trail is not what was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuditBreak {
    /// The line is not the one that was written, or not in its place.
    #[error("line {0} of the audit trail was changed, moved, put in or follows one that was")]
    Changed(i64),
    /// A line is missing.
    #[error("line {0} of the audit trail is missing")]
    Missing(i64),
    /// Lines at the end are missing or were put in.
    #[error("the audit trail ends at line {found}, and {written} were written")]
    Tail {
        /// The last line found.
        found: i64,
        /// The last line written.
        written: i64,
    },
}

impl Writes<'_> {
    /// Appends a line to the audit trail, in the transaction that does what it says.
    ///
    /// # Errors
    /// The disk's.
    pub fn audit(&mut self, line: &AuditLine<'_>) -> Result<(), StoreError> {
        let head = self.audit_head()?;
        let number = head.number + 1;
        let at = line.at.as_microsecond();
        let details = line.details.to_string();
        let texts = [line.actor, line.action, line.subject, &details];
        let hash = link(&head.hash, number, at, texts);
        self.connection
            .prepare_cached(
                "INSERT INTO audit (number, at, actor, action, subject, details, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                number,
                at,
                line.actor,
                line.action,
                line.subject,
                details,
                hash
            ])?;
        self.connection
            .prepare_cached("UPDATE audit_head SET number = ?1, hash = ?2")?
            .execute(params![number, hash])?;
        Ok(())
    }
}

impl Reads<'_> {
    /// Where the audit trail ends.
    ///
    /// # Errors
    /// The disk's.
    pub fn audit_head(&self) -> Result<AuditHead, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT number, hash FROM audit_head")?;
        Ok(query.query_row([], |row| {
            Ok(AuditHead {
                number: row.get(0)?,
                hash: row.get(1)?,
            })
        })?)
    }

    /// The newest lines, newest first, those before line `before` where given.
    ///
    /// # Errors
    /// The disk's.
    pub fn audit_trail(
        &self,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<AuditRecord>, StoreError> {
        self.audit_where(
            "WHERE number < ?1 ORDER BY number DESC LIMIT ?2",
            params![before.unwrap_or(i64::MAX), limit],
        )
    }

    pub(crate) fn audit_where(
        &self,
        which: &'static str,
        asked: &[&dyn ToSql],
    ) -> Result<Vec<AuditRecord>, StoreError> {
        let sql = [
            "SELECT number, at, actor, action, subject, details FROM audit ",
            which,
        ]
        .concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query(asked)?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            let at = Timestamp::from_microsecond(row.get(1)?)
                .map_err(|_| StoreError::unreadable("a moment of the audit trail"))?;
            let details: String = row.get(5)?;
            records.push(AuditRecord {
                number: row.get(0)?,
                at,
                actor: row.get(2)?,
                action: row.get(3)?,
                subject: row.get(4)?,
                details: serde_json::from_str(&details)
                    .map_err(|_| StoreError::unreadable("a line of the audit trail"))?,
            });
        }
        Ok(records)
    }

    /// Walks the whole chain: the head if it holds, else its first break.
    ///
    /// # Errors
    /// The disk's.
    pub fn check_audit(&self) -> Result<Result<AuditHead, AuditBreak>, StoreError> {
        let written = self.audit_head()?;
        let mut query = self.connection.prepare(
            "SELECT number, at, actor, action, subject, details, hash FROM audit ORDER BY number",
        )?;
        let mut rows = query.query([])?;
        let mut found = AuditHead {
            number: 0,
            hash: [0; 32],
        };
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            if number != found.number + 1 {
                return Ok(Err(AuditBreak::Missing(found.number + 1)));
            }
            let text = |at| {
                row.get_ref(at)
                    .ok()
                    .and_then(|value| value.as_str().ok())
                    .unwrap_or_default()
            };
            let texts = [text(2), text(3), text(4), text(5)];
            let hash = link(&found.hash, number, row.get(1)?, texts);
            if hash != row.get::<_, [u8; 32]>(6)? {
                return Ok(Err(AuditBreak::Changed(number)));
            }
            found = AuditHead { number, hash };
        }
        Ok(if found == written {
            Ok(found)
        } else if found.number == written.number {
            Err(AuditBreak::Changed(found.number))
        } else {
            Err(AuditBreak::Tail {
                found: found.number,
                written: written.number,
            })
        })
    }
}

/// The hash of a line: over the hash before it and its own fields, each with its length, so that no
/// two lines write the same bytes.
fn link(previous: &[u8; 32], number: i64, at: i64, texts: [&str; 4]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(previous);
    hash.update(number.to_be_bytes());
    hash.update(at.to_be_bytes());
    for text in texts {
        hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(text);
    }
    hash.finalize().into()
}
