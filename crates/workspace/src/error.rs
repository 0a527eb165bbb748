use serde_json::{Value, json};
use tallyport_ledger::{CurrencyError, IdError, PeriodError, RuleError};
use tallyport_store::StoreError;

use crate::Refused;

/// Why a use case could not be done.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceError {
    /// The role lacks the permission.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Something named in the request does not exist.
    #[error("there is no {what} \"{name}\"")]
    NotFound {
        /// Person, team, client, rule, …
        what: &'static str,
        /// As it was asked for.
        name: String,
    },
    /// A field of the request cannot be.
    #[error("{reason}")]
    Invalid {
        /// Which field.
        field: &'static str,
        /// A sentence.
        reason: String,
    },
    /// The request contradicts what is there.
    #[error("{reason}")]
    Conflict {
        /// A stable code.
        code: &'static str,
        /// A sentence.
        reason: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// The work was cancelled; nothing was changed.
    #[error("cancelled: nothing was changed")]
    Cancelled,
    /// The workspace file.
    #[error(transparent)]
    Store(StoreError),
    /// A fault of the program.
    #[error("a fault of the program: {0}")]
    Fault(String),
}

/// What kind of error it is: the command line's exit code and the status of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// Not permitted.
    Refused,
    /// Not there.
    NotFound,
    /// Cannot be: refused input.
    Invalid,
    /// Contradicts what is there.
    Conflict,
    /// Keys, passphrases, keychain.
    Keys,
    /// AWS or the network.
    Aws,
    /// Cancelled.
    Cancelled,
    /// The workspace file or the program.
    Internal,
}

impl WorkspaceError {
    /// A missing thing.
    pub(crate) fn not_found(what: &'static str, name: impl ToString) -> Self {
        Self::NotFound {
            what,
            name: name.to_string().chars().take(80).collect(),
        }
    }

    /// A field that cannot be.
    pub(crate) fn invalid(field: &'static str, reason: impl ToString) -> Self {
        Self::Invalid {
            field,
            reason: reason.to_string(),
        }
    }

    /// A stable code for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "access.refused",
            Self::NotFound { .. } | Self::Store(StoreError::NotFound { .. }) => "request.not-found",
            Self::Invalid { .. } => "request.invalid",
            Self::Conflict { code, .. } => code,
            Self::Cancelled | Self::Store(StoreError::Cancelled) => "job.cancelled",
            Self::Store(error) => store_code(error),
            Self::Fault(_) => "program.fault",
        }
    }

    /// What kind of error it is.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::Refused(_) => ErrorKind::Refused,
            Self::NotFound { .. } => ErrorKind::NotFound,
            Self::Invalid { .. } => ErrorKind::Invalid,
            Self::Conflict { .. } => ErrorKind::Conflict,
            Self::Cancelled => ErrorKind::Cancelled,
            Self::Store(error) => match error {
                StoreError::NotFound { .. } | StoreError::Missing(_) => ErrorKind::NotFound,
                StoreError::NameTaken { .. }
                | StoreError::InUse { .. }
                | StoreError::OtherClient { .. }
                | StoreError::Exists(_) => ErrorKind::Conflict,
                StoreError::WrongKey => ErrorKind::Keys,
                StoreError::Cancelled => ErrorKind::Cancelled,
                StoreError::Money(_) => ErrorKind::Invalid,
                _ => ErrorKind::Internal,
            },
            Self::Fault(_) => ErrorKind::Internal,
        }
    }

    /// What to do about it, if there is something.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Conflict { hint, .. } => return hint.clone(),
            Self::Refused(_) => "Ask a super admin for another role.",
            Self::NotFound { what: "person", .. } => "List them with `tally people list`.",
            Self::NotFound { what: "team", .. } => "List them with `tally teams list`.",
            Self::NotFound { what: "client", .. } => "List them with `tally clients list`.",
            Self::Store(StoreError::OtherClient { .. }) => {
                "Import it for that client, or leave the client out."
            }
            Self::Store(StoreError::Newer { .. }) => "Install the newer version to open it.",
            Self::Store(StoreError::Damaged(_)) => {
                "Restore the newest backup: `tally restore FILE`. The damaged file is left as it is."
            }
            Self::Store(StoreError::WrongKey) => {
                "If this computer's keychain or passphrase is the right one, restore a backup; the recovery key opens it too."
            }
            Self::Store(StoreError::Busy) => "Wait until the other program is done and try again.",
            Self::Store(StoreError::Disk(_)) => "Check free space and permissions of the folder.",
            _ => return None,
        };
        Some(hint.to_owned())
    }

    /// Details for programs.
    #[must_use]
    pub fn details(&self) -> Value {
        match self {
            Self::Refused(refused) => json!({
                "role": refused.role.word(), "permission": refused.permission.word(),
            }),
            Self::NotFound { what, name } => json!({ "what": what, "name": name }),
            Self::Invalid { field, .. } => json!({ "field": field }),
            Self::Store(StoreError::OtherClient {
                billing_account,
                client,
            }) => json!({ "billing_account": billing_account, "client": client }),
            _ => Value::Null,
        }
    }
}

const fn store_code(error: &StoreError) -> &'static str {
    match error {
        StoreError::Exists(_) => "workspace.exists",
        StoreError::Missing(_) => "workspace.missing",
        StoreError::Newer { .. } => "workspace.newer",
        StoreError::WrongKey => "workspace.wrong-key",
        StoreError::Damaged(_) => "workspace.damaged",
        StoreError::Busy => "workspace.busy",
        StoreError::Disk(_) => "workspace.disk",
        StoreError::Closed => "workspace.closed",
        StoreError::OtherClient { .. } => "import.other-client",
        StoreError::NameTaken { .. } => "request.name-taken",
        StoreError::InUse { .. } => "request.in-use",
        StoreError::NotConserved { .. } => "allocation.not-conserved",
        StoreError::Money(_) => "amount.too-large",
        _ => "workspace.failed",
    }
}

impl From<StoreError> for WorkspaceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { what, name } => Self::NotFound { what, name },
            StoreError::Cancelled => Self::Cancelled,
            other => Self::Store(other),
        }
    }
}

impl From<PeriodError> for WorkspaceError {
    fn from(error: PeriodError) -> Self {
        Self::invalid("days", error)
    }
}

impl From<IdError> for WorkspaceError {
    fn from(error: IdError) -> Self {
        Self::invalid("name", error)
    }
}

impl From<RuleError> for WorkspaceError {
    fn from(error: RuleError) -> Self {
        Self::invalid("rule", error)
    }
}

impl From<CurrencyError> for WorkspaceError {
    fn from(error: CurrencyError) -> Self {
        Self::invalid("currency", error)
    }
}
