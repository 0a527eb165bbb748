use jiff::Timestamp;
use tallyport_ledger::pricing::PriceBook;
use tallyport_ledger::{Name, OwnerId};

use super::{PriceBookId, StoredBook};
use crate::number::folded;
use crate::people::taken;
use crate::{StoreError, Writes};

/// What a price book is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookDraft {
    /// Its name.
    pub name: Name,
    /// Why it is as it is.
    pub note: Option<String>,
    /// Whose book it is; `None` among them is everybody.
    pub used_for: Vec<Option<OwnerId>>,
    /// What it says.
    pub book: PriceBook,
    /// When.
    pub made_at: Timestamp,
    /// By whom.
    pub made_by: String,
}

impl Writes<'_> {
    /// Adds a price book.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`].
    pub fn add_price_book(&mut self, draft: &BookDraft) -> Result<StoredBook, StoreError> {
        let added = self.connection.execute(
            "INSERT INTO price_book (name, folded_name) VALUES (?1, ?2)",
            (draft.name.as_str(), folded(draft.name.as_str())),
        );
        taken("price book", &draft.name, added)?;
        let id = PriceBookId(self.connection.last_insert_rowid());
        self.keep_price_version(id, 1, draft)?;
        self.use_price_book(id, draft)?;
        self.price_book(id)
    }

    /// Changes a price book. What it says becomes a new version, unless it says what it said.
    ///
    /// # Errors
    /// As [`Writes::add_price_book`]; [`StoreError::NotFound`].
    pub fn change_price_book(
        &mut self,
        id: PriceBookId,
        draft: &BookDraft,
    ) -> Result<StoredBook, StoreError> {
        let before = self.price_book(id)?;
        let changed = self.connection.execute(
            "UPDATE price_book SET name = ?2, folded_name = ?3 WHERE id = ?1",
            (id.0, draft.name.as_str(), folded(draft.name.as_str())),
        );
        taken("price book", &draft.name, changed)?;
        if before.book != draft.book || before.note != draft.note {
            self.keep_price_version(id, before.version + 1, draft)?;
        }
        self.use_price_book(id, draft)?;
        self.price_book(id)
    }

    /// Removes a price book: it is nobody's any more. Its versions stay with what they priced.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn remove_price_book(&mut self, id: PriceBookId) -> Result<StoredBook, StoreError> {
        let book = self.price_book(id)?;
        self.connection
            .execute("DELETE FROM price_book_use WHERE book_id = ?1", [id.0])?;
        self.connection
            .execute("UPDATE price_book SET removed = 1 WHERE id = ?1", [id.0])?;
        Ok(book)
    }

    fn keep_price_version(
        &mut self,
        id: PriceBookId,
        version: u32,
        draft: &BookDraft,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO price_book_version (book_id, version, currency, note, made_at, made_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (
                id.0,
                version,
                draft.book.currency().map(|currency| currency.to_string()),
                &draft.note,
                draft.made_at.as_millisecond(),
                &draft.made_by,
            ),
        )?;
        for (ordinal, entry) in (1_i64..).zip(draft.book.entries()) {
            self.keep_price_entry((id, version, ordinal), entry)?;
        }
        Ok(())
    }

    /// Fails where another book is one of these owners': the caller has looked.
    fn use_price_book(&mut self, id: PriceBookId, draft: &BookDraft) -> Result<(), StoreError> {
        self.connection
            .execute("DELETE FROM price_book_use WHERE book_id = ?1", [id.0])?;
        let mut add = self.connection.prepare_cached(
            "INSERT INTO price_book_use (owner, owner_id, book_id) VALUES (?1, ?2, ?3)",
        )?;
        for owner in &draft.used_for {
            let owner = owner.map(|owner| owner.0);
            add.execute((owner.unwrap_or(0), owner, id.0))?;
        }
        Ok(())
    }
}
