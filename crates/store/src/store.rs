use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use crate::closing::Found;
use crate::threads::Threads;
use crate::{DataKey, Reads, StoreError, Writes, closing, connection, migrations};

/// A new workspace, as it is created.
#[derive(Debug, Clone)]
pub struct NewWorkspace {
    /// Its identity, from the caller's source of randomness.
    pub id: [u8; 16],
    /// Its name.
    pub name: String,
    /// Whether everything in it is demo data.
    pub demo: bool,
    /// When it is created.
    pub created_at: Timestamp,
}

/// An open workspace file. Clones share it.
#[derive(Clone)]
pub struct Store {
    threads: Arc<Threads>,
    path: Arc<Path>,
    key: DataKey,
}

impl Store {
    /// Creates the file at `path`, which must not exist.
    ///
    /// # Errors
    /// [`StoreError::Exists`], or the disk's.
    pub fn create(path: &Path, new: &NewWorkspace, key: &DataKey) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        let mut connection = connection::connect(path, key, true)?;
        migrations::migrate(&mut connection)?;
        connection.execute(
            "INSERT INTO workspace (one, id, name, demo, created_at) VALUES (1, ?1, ?2, ?3, ?4)",
            rusqlite::params![new.id, new.name, new.demo, new.created_at.as_millisecond()],
        )?;
        drop(connection);
        Self::open(path, key)
    }

    /// Opens the file at `path` and brings it to today's format.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::WrongKey`], [`StoreError::Newer`],
    /// [`StoreError::Damaged`].
    pub fn open(path: &Path, key: &DataKey) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let turn = closing::Turn::take(path)?;
        let log = closing::has_log(path);
        let (mut writer, log_mode) = connection::connect_as_found(path, key, false)?;
        // A program that died while it closed may have given up the log and not yet noted so.
        let complete = log || !log_mode;
        let found =
            migrations::migrate(&mut writer).and_then(|()| closing::found(&writer, complete));
        let (whole, ready) = match found {
            Ok(found) => (found != Found::WithoutLog, closing::open(&writer, found)),
            Err(error) => (log, Err(error)),
        };
        if let Err(error) = ready {
            drop(turn);
            if whole {
                // Letting go of it takes what the log has into the file, and is to be noted there.
                closing::close(writer);
            }
            return Err(error);
        }
        drop(turn);
        let open = || connection::connect(path, key, false);
        Ok(Self {
            threads: Arc::new(Threads::start(writer, open)?),
            path: path.into(),
            key: key.clone(),
        })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.path.to_path_buf()
    }

    /// The key it is open with, for backups.
    #[must_use]
    pub const fn key(&self) -> &DataKey {
        &self.key
    }

    /// Reads one consistent state, off the async threads.
    ///
    /// # Errors
    /// What `read` says, or [`StoreError::Closed`].
    pub async fn read<T, E>(
        &self,
        read: impl FnOnce(&Reads<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let answer = self.threads.read(read);
        answer
            .await
            .unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Changes the workspace in one transaction, off the async threads: kept whole if `write`
    /// answers `Ok`, else not at all. Writers wait for each other, other processes included.
    ///
    /// # Errors
    /// What `write` says, [`StoreError::Busy`] or [`StoreError::Closed`].
    pub async fn write<T, E>(
        &self,
        write: impl FnOnce(&mut Writes<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let answer = self.threads.write(write);
        answer
            .await
            .unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish()
    }
}
