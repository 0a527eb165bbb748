//! Price books as they are kept: versions that never change, and whose they are.

mod entries;
mod write;

pub use write::BookDraft;

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row};
use tallyport_ledger::pricing::{PriceBook, PriceScope, Recipient};
use tallyport_ledger::{OwnerId, Validity};

use crate::number::{currency_of, day_of};
use crate::{OwnerKey, Reads, StoreError};

/// Identifies a price book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PriceBookId(pub i64);

impl fmt::Display for PriceBookId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A version of a price book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBook {
    /// Whose version.
    pub id: PriceBookId,
    /// The book's name now.
    pub name: String,
    /// Which version, from 1.
    pub version: u32,
    /// Why it is as it is.
    pub note: Option<String>,
    /// When this version was made.
    pub made_at: Timestamp,
    /// By whom.
    pub made_by: String,
    /// Whose book it is now; `None` among them is everybody.
    pub used_for: Vec<Option<OwnerId>>,
    /// What it says.
    pub book: PriceBook,
}

const VERSIONS: &str = "SELECT b.id, b.name, v.version, v.note, v.made_at, v.made_by, v.currency
     FROM price_book b JOIN price_book_version v ON v.book_id = b.id";

impl Reads<'_> {
    /// The books there are, by name, each as it is now.
    ///
    /// # Errors
    /// The file's.
    pub fn price_books(&self) -> Result<Vec<StoredBook>, StoreError> {
        let sql = [
            VERSIONS,
            " WHERE b.removed = 0
                 AND v.version = (SELECT max(version) FROM price_book_version WHERE book_id = b.id)
             ORDER BY b.folded_name",
        ]
        .concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([])?;
        let mut books = Vec::new();
        while let Some(row) = rows.next()? {
            books.push(self.stored_book(row)?);
        }
        Ok(books)
    }

    /// A book as it is now.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also for one that was removed.
    pub fn price_book(&self, id: PriceBookId) -> Result<StoredBook, StoreError> {
        let sql = [
            VERSIONS,
            " WHERE b.id = ?1 AND b.removed = 0 ORDER BY v.version DESC LIMIT 1",
        ]
        .concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([id.0])?;
        match rows.next()? {
            Some(row) => self.stored_book(row),
            None => Err(unknown(id)),
        }
    }

    /// One version of a book, also of one that was removed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn price_book_at(&self, id: PriceBookId, version: u32) -> Result<StoredBook, StoreError> {
        let versions = self.price_book_versions(id)?.into_iter();
        let mut versions = versions.filter(|stored| stored.version == version);
        versions.next().ok_or_else(|| unknown(id))
    }

    /// The versions of a book, the newest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn price_book_versions(&self, id: PriceBookId) -> Result<Vec<StoredBook>, StoreError> {
        let sql = [VERSIONS, " WHERE b.id = ?1 ORDER BY v.version DESC"].concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([id.0])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            versions.push(self.stored_book(row)?);
        }
        if versions.is_empty() {
            return Err(unknown(id));
        }
        Ok(versions)
    }

    /// The book that `name` names, whatever the case.
    ///
    /// # Errors
    /// The file's.
    pub fn price_book_named(&self, name: &str) -> Result<Option<PriceBookId>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT id FROM price_book WHERE folded_name = ?1 AND removed = 0")?;
        let found = query.query_row([crate::number::folded(name)], |row| row.get(0));
        Ok(found.optional()?.map(PriceBookId))
    }

    /// Which book is whose; `None` is everybody else's.
    ///
    /// # Errors
    /// The file's.
    pub fn price_book_uses(&self) -> Result<BTreeMap<Option<OwnerId>, PriceBookId>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT owner_id, book_id FROM price_book_use")?;
        let rows = query.query_map([], |row| {
            let owner: Option<i64> = row.get(0)?;
            Ok((owner.map(OwnerId), PriceBookId(row.get(1)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Somebody as price books see them: with the teams and clients they belonged to, and when. Of several
    /// teams on one day the one that counts comes first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn priced_recipient(&self, key: OwnerKey) -> Result<Recipient, StoreError> {
        let mut groups = Vec::new();
        let sql = match key {
            OwnerKey::Client(_) => None,
            OwnerKey::Tenant(_) => Some(
                "SELECT NULL, c.id, 0, 99999999
                 FROM tenant n JOIN owner c ON c.client_id = n.client_id WHERE n.id = ?1",
            ),
            OwnerKey::Team(_) => Some(
                "SELECT NULL, c.id, 0, 99999999
                 FROM team t JOIN owner c ON c.client_id = t.client_id WHERE t.id = ?1",
            ),
            OwnerKey::Person(_) => Some(
                "SELECT o.id, c.id, m.from_day, m.to_day FROM membership m
                 JOIN team t ON t.id = m.team_id
                 JOIN owner o ON o.team_id = t.id
                 LEFT JOIN owner c ON c.client_id = t.client_id
                 WHERE m.person_id = ?1 ORDER BY m.id",
            ),
        };
        if let Some(sql) = sql {
            let mut query = self.connection.prepare_cached(sql)?;
            let mut rows = query.query([key.number()])?;
            while let Some(row) = rows.next()? {
                let days = open_days(row, 2)?;
                let group = |at| row.get::<_, Option<i64>>(at).map(|id| id.map(OwnerId));
                let (team, client) = (group(0)?, group(1)?);
                groups.extend(team.map(|id| (PriceScope::Team(id), days)));
                groups.extend(client.map(|id| (PriceScope::Client(id), days)));
            }
        }
        Ok(Recipient::new(
            price_scope(key, self.owner_of(key)?),
            groups,
        ))
    }

    fn stored_book(&self, row: &Row<'_>) -> Result<StoredBook, StoreError> {
        let (id, version) = (PriceBookId(row.get(0)?), row.get(2)?);
        let currency: Option<String> = row.get(6)?;
        let currency = currency.as_deref().map(currency_of).transpose()?;
        let entries = self.price_entries(id, version, currency)?;
        Ok(StoredBook {
            id,
            name: row.get(1)?,
            version,
            note: row.get(3)?,
            made_at: Timestamp::from_millisecond(row.get(4)?).map_err(|_| unreadable())?,
            made_by: row.get(5)?,
            used_for: self.used_for(id)?,
            book: PriceBook::new(currency, entries).map_err(|_| unreadable())?,
        })
    }

    fn used_for(&self, id: PriceBookId) -> Result<Vec<Option<OwnerId>>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT owner_id FROM price_book_use WHERE book_id = ?1 ORDER BY owner",
        )?;
        let rows = query.query_map([id.0], |row| row.get::<_, Option<i64>>(0))?;
        let owners = rows.map(|owner| owner.map(|owner| owner.map(OwnerId)));
        Ok(owners.collect::<Result<_, _>>()?)
    }
}

/// A person, team or client as an entry names it.
#[must_use]
pub const fn price_scope(key: OwnerKey, id: OwnerId) -> PriceScope {
    match key {
        OwnerKey::Person(_) => PriceScope::Person(id),
        OwnerKey::Team(_) => PriceScope::Team(id),
        OwnerKey::Client(_) => PriceScope::Client(id),
        OwnerKey::Tenant(_) => PriceScope::Tenant(id),
    }
}

/// Days that memberships write with bounds for "since ever" and "for ever".
fn open_days(row: &Row<'_>, at: usize) -> Result<Validity, StoreError> {
    let day = |at, open: i64| -> Result<Option<Date>, StoreError> {
        let number: i64 = row.get(at)?;
        (number != open).then(|| day_of(number)).transpose()
    };
    Validity::new(day(at, 0)?, day(at + 1, 99_999_999)?).map_err(|_| unreadable())
}

fn unknown(id: PriceBookId) -> StoreError {
    StoreError::NotFound {
        what: "price book",
        name: id.to_string(),
    }
}

fn unreadable() -> StoreError {
    StoreError::unreadable("a price book")
}
