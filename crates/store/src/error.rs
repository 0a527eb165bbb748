use std::path::PathBuf;

use tallyport_ledger::{AllocationError, BillingPeriod, MoneyError};

/// What can go wrong with a workspace file.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is a file already.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// There is no such file.
    #[error("there is no workspace at {}", .0.display())]
    Missing(PathBuf),
    /// Written by a newer version of the program.
    #[error(
        "this workspace was written by a newer version of Tallyport (format {found}, this version knows {known})"
    )]
    Newer {
        /// The file's format.
        found: i64,
        /// The newest format this version knows.
        known: i64,
    },
    /// The key does not fit, or the first page of the file is damaged: the cipher cannot tell.
    #[error("the key does not open this workspace file, or the file is damaged")]
    WrongKey,
    /// Pages that do not authenticate, or contents that cannot be.
    #[error("the workspace file is damaged ({0}); restore it from a backup")]
    Damaged(String),
    /// A backup that is not whole.
    #[error("{} is not a whole backup: {why}", .path.display())]
    BadBackup {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The keys of the workspace.
    #[error(transparent)]
    Keys(#[from] crate::keys::KeyError),
    /// Another process kept the file locked.
    #[error("the workspace is busy: another program is writing to it")]
    Busy,
    /// The disk is full or cannot be written.
    #[error("the workspace file cannot be written: {0}")]
    Disk(String),
    /// The threads of the store are gone.
    #[error("the workspace is closed")]
    Closed,
    /// The file of a bill belongs to somebody else.
    #[error("billing account {billing_account} belongs to client \"{client}\"")]
    OtherClient {
        /// The billing account.
        billing_account: String,
        /// Whose it is.
        client: String,
    },
    /// A name that is taken.
    #[error("there is a {what} named \"{name}\" already")]
    NameTaken {
        /// Person, team or client.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// Something that is not there.
    #[error("there is no {what} \"{name}\"")]
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// As it was asked for.
        name: String,
    },
    /// Something that is still referred to.
    #[error("{what} cannot be deleted: {why}")]
    InUse {
        /// What was to go.
        what: String,
        /// What refers to it.
        why: String,
    },
    /// Allocated and charged differ: nothing was written.
    #[error("the allocation of {period} does not add up and was not kept: {source}")]
    NotConserved {
        /// The billing period.
        period: BillingPeriod,
        /// The two sums.
        source: AllocationError,
    },
    /// An amount too large.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The caller's progress function asked to stop: nothing was written.
    #[error("cancelled")]
    Cancelled,
    /// Anything else that SQLite says.
    #[error("the workspace file answered: {0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged(error.to_string()),
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::DiskFull | Code::SystemIoFailure | Code::ReadOnly | Code::CannotOpen) => {
                Self::Disk(error.to_string())
            }
            _ => match error {
                // What SQLCipher says of a page that does not authenticate. A query of ours that
                // SQLite cannot make sense of is told apart: it has a text of its own.
                rusqlite::Error::SqliteFailure(failure, Some(text))
                    if failure.extended_code == 1 && text == "SQL logic error" =>
                {
                    Self::Damaged("a page of it is not what was written".to_owned())
                }
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..) => Self::Damaged(error.to_string()),
                other => Self::Sqlite(other),
            },
        }
    }
}

impl StoreError {
    /// A stored value that this version cannot make sense of.
    pub(crate) fn unreadable(what: &'static str) -> Self {
        Self::Damaged(format!("{what} cannot be read"))
    }
}
