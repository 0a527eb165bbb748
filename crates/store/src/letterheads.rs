use rusqlite::OptionalExtension;

use crate::{Reads, StoreError, Writes};

/// How the workspace's documents look, as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letterhead {
    /// The language of their own words, by its code.
    pub language: String,
    /// The size of the sheet.
    pub paper: String,
    /// The colour, as `#174069`; the house's without one.
    pub brand: Option<String>,
    /// The SHA-256 of the logo.
    pub logo: Option<String>,
}

impl Reads<'_> {
    /// How documents look; English on A4 until somebody says otherwise.
    ///
    /// # Errors
    /// The file's.
    pub fn letterhead(&self) -> Result<Letterhead, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT language, paper, brand, logo FROM letterhead")?
            .query_row([], |row| {
                Ok(Letterhead {
                    language: row.get(0)?,
                    paper: row.get(1)?,
                    brand: row.get(2)?,
                    logo: row.get(3)?,
                })
            })
            .optional()?;
        Ok(found.unwrap_or_else(|| Letterhead {
            language: "en".to_owned(),
            paper: "a4".to_owned(),
            brand: None,
            logo: None,
        }))
    }

    /// The logo of this SHA-256: every one that was ever set is kept, as documents were issued with it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the file's.
    pub fn logo(&self, sha256: &str) -> Result<Vec<u8>, StoreError> {
        self.connection
            .prepare_cached("SELECT bytes FROM logo WHERE sha256 = ?1")?
            .query_row([sha256], |row| row.get(0))
            .optional()?
            .ok_or_else(|| StoreError::NotFound {
                what: "logo",
                name: sha256.to_owned(),
            })
    }
}

impl Writes<'_> {
    /// Sets how documents look from now on.
    ///
    /// # Errors
    /// The disk's.
    pub fn set_letterhead(&mut self, letterhead: &Letterhead) -> Result<(), StoreError> {
        let Letterhead {
            language,
            paper,
            brand,
            logo,
        } = letterhead;
        self.connection.execute(
            "INSERT OR REPLACE INTO letterhead (one, language, paper, brand, logo) VALUES (1, ?1, ?2, ?3, ?4)",
            (language, paper, brand, logo),
        )?;
        Ok(())
    }

    /// Keeps a logo by its SHA-256.
    ///
    /// # Errors
    /// The disk's.
    pub fn keep_logo(&mut self, sha256: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR IGNORE INTO logo (sha256, bytes) VALUES (?1, ?2)",
            (sha256, bytes),
        )?;
        Ok(())
    }
}
