use serde_json::{Value, json};
use tallyport_aws::AwsError;
use tallyport_documents::DocumentError;
use tallyport_lake::{BadRow, LakeError};
use tallyport_ledger::{CurrencyError, IdError, InvoiceError, MoneyError, PeriodError, RuleError};
use tallyport_store::StoreError;
use tallyport_store::keys::KeyError;

use crate::Refused;

/// The code of terms on which somebody cannot be billed: with others in one go they are left out.
pub(crate) const TERMS: &str = "invoice.terms";

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
    /// Of several bills one could not be loaded; the others are.
    #[error("{reason}")]
    Partly {
        /// Which one, why, and what is loaded.
        reason: String,
        /// Why it could not.
        first: Box<WorkspaceError>,
    },
    /// The work was cancelled; nothing was changed.
    #[error("cancelled: nothing was changed")]
    Cancelled,
    /// The workspace file.
    #[error(transparent)]
    Store(StoreError),
    /// A cost file.
    #[error(transparent)]
    File(LakeError),
    /// AWS.
    #[error(transparent)]
    Aws(AwsError),
    /// The key of the workspace.
    #[error(transparent)]
    Keys(KeyError),
    /// Paper that cannot be printed.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A fault of the program.
    #[error("a fault of the program: {0}")]
    Fault(String),
}

impl ErrorKind {
    /// Its word, in what is written down.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::NotFound => "not found",
            Self::Invalid => "invalid",
            Self::Conflict => "conflict",
            Self::Keys => "keys",
            Self::Aws => "aws",
            Self::Cancelled => "cancelled",
            Self::Internal => "internal",
        }
    }
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
    /// A field that cannot be.
    pub(crate) fn invalid(field: &'static str, reason: impl ToString) -> Self {
        Self::Invalid {
            field,
            reason: reason.to_string(),
        }
    }

    /// A stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "access.refused",
            Self::NotFound { .. } | Self::Store(StoreError::NotFound { .. }) => "request.not-found",
            Self::Invalid { .. } => "request.invalid",
            Self::Conflict { code, .. } => code,
            Self::Partly { first, .. } => first.code(),
            Self::Cancelled | Self::Store(StoreError::Cancelled) => "job.cancelled",
            Self::Store(error) => store_code(error),
            Self::File(error) => file_code(error),
            Self::Aws(error) => aws_code(error),
            Self::Keys(error) => error.code(),
            Self::Document(_) => "document.refused",
            Self::Fault(_) => "program.fault",
        }
    }

    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Refused(_) => ErrorKind::Refused,
            Self::NotFound { .. } => ErrorKind::NotFound,
            Self::Invalid { .. } => ErrorKind::Invalid,
            Self::Conflict { .. } => ErrorKind::Conflict,
            Self::Partly { first, .. } => first.kind(),
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
            Self::File(LakeError::Cancelled) => ErrorKind::Cancelled,
            Self::File(LakeError::NoRoom { .. }) => ErrorKind::Internal,
            Self::File(_) => ErrorKind::Invalid,
            Self::Aws(_) => ErrorKind::Aws,
            Self::Keys(_) => ErrorKind::Keys,
            Self::Document(_) => ErrorKind::Invalid,
            Self::Fault(_) => ErrorKind::Internal,
        }
    }

    /// What to do about it, if there is something.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Conflict { hint, .. } => return hint.clone(),
            Self::Partly { first, .. } => return first.hint(),
            Self::Keys(error) => error.hint(),
            Self::Document(DocumentError::NotElectronic(_)) => {
                "Enter what is missing (`tally buyers set`, Settings → Seller) and draft again; what is issued already takes a credit note and a replacement."
            }
            Self::Document(_) => {
                "Change the name or the address that holds this character, and draft again."
            }
            Self::Store(StoreError::BadBackup { .. }) => {
                "Take another copy of this backup, or an older backup."
            }
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
            Self::File(LakeError::BadRows { .. }) => {
                "Have the file exported again, or import the rest without these rows (--skip-bad-rows); that is recorded."
            }
            Self::File(LakeError::Gzip { .. }) => "Fetch the file again: it did not arrive whole.",
            Self::Aws(AwsError::Denied { .. }) => {
                "Add the permission to the role or user of this connection: Settings → Clients → Copy policy."
            }
            Self::Aws(AwsError::Credentials(_)) => {
                "Sign in again (`aws sso login`), or check the profile, role and external id of the connection."
            }
            Self::Aws(AwsError::Unreachable(_)) => {
                "Check the network and the proxy, and try again."
            }
            Self::Store(StoreError::Busy) => "Wait until the other program is done and try again.",
            Self::Store(StoreError::Disk(_)) | Self::File(LakeError::NoRoom { .. }) => {
                "Check free space and permissions of the folder."
            }
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
            Self::Partly { first, .. } => first.details(),
            Self::Store(StoreError::OtherClient {
                billing_account,
                client,
            }) => json!({ "billing_account": billing_account, "client": client }),
            Self::File(LakeError::BadRows { file, rows, count }) => json!({
                "file": file, "count": count,
                "rows": rows.iter().take(DETAILED).map(bad_row).collect::<Vec<_>>(),
            }),
            Self::File(LakeError::MissingColumns { file, columns, .. }) => {
                json!({ "file": file, "columns": columns })
            }
            Self::Aws(AwsError::Denied { action, said }) => {
                json!({ "action": action, "said": said })
            }
            _ => Value::Null,
        }
    }
}

/// The text with a capital letter in front and a full stop behind it. The name of a file or a field stays as
/// it is written.
#[must_use]
pub fn sentence(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_name = first
        .trim_end_matches(['.', ',', ':', '?', '!'])
        .contains(['.', '_', '/', '\\']);
    let mut letters = text.chars();
    let first: String = match letters.next() {
        Some(letter) if is_name => letter.into(),
        Some(letter) => letter.to_uppercase().collect(),
        None => String::new(),
    };
    let stop = if text.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    format!("{first}{}{stop}", letters.as_str())
}

/// The same, and what to do about it after it.
pub(crate) fn with_hint(text: &str, hint: Option<&str>) -> String {
    let mut said = sentence(text);
    if let Some(hint) = hint {
        said.push(' ');
        said.push_str(hint);
    }
    said
}

/// Bad rows that an error carries; the first thousand are kept with an import.
const DETAILED: usize = 100;

fn bad_row(row: &BadRow) -> Value {
    json!({ "line": row.line, "column": row.column, "reason": row.reason })
}

const fn file_code(error: &LakeError) -> &'static str {
    match error {
        LakeError::NotACostFile { .. } => "import.not-a-cost-file",
        LakeError::MissingColumns { .. } => "import.missing-columns",
        LakeError::BadRows { .. } => "import.bad-rows",
        LakeError::NoRows { .. } => "import.no-rows",
        LakeError::Set(_) => "import.incomplete",
        LakeError::NoRoom { .. } => "workspace.disk",
        LakeError::TooLarge { .. } => "amount.too-large",
        LakeError::Cancelled => "job.cancelled",
        _ => "import.unreadable",
    }
}

const fn aws_code(error: &AwsError) -> &'static str {
    match error {
        AwsError::Denied { .. } => "aws.denied",
        AwsError::Credentials(_) => "aws.credentials",
        AwsError::Throttled(_) => "aws.throttled",
        AwsError::Unreachable(_) => "aws.unreachable",
        AwsError::NotReconciled { .. } => "aws.not-reconciled",
        AwsError::ClockSkew { .. } => "aws.clock",
        AwsError::UnknownValue { .. } => "aws.unknown-value",
        AwsError::Missing(_) => "import.incomplete",
        _ => "aws.refused",
    }
}

const fn store_code(error: &StoreError) -> &'static str {
    match error {
        StoreError::Exists(_) => "workspace.exists",
        StoreError::Missing(_) => "workspace.missing",
        StoreError::Newer { .. } => "workspace.newer",
        StoreError::WrongKey => "workspace.wrong-key",
        StoreError::Damaged(_) => "workspace.damaged",
        StoreError::BadBackup { .. } => "backup.damaged",
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
            StoreError::Keys(error) => Self::Keys(error),
            other => Self::Store(other),
        }
    }
}

impl From<LakeError> for WorkspaceError {
    fn from(error: LakeError) -> Self {
        match error {
            LakeError::Cancelled => Self::Cancelled,
            other => Self::File(other),
        }
    }
}

impl From<AwsError> for WorkspaceError {
    fn from(error: AwsError) -> Self {
        match error {
            AwsError::Cancelled => Self::Cancelled,
            other => Self::Aws(other),
        }
    }
}

impl From<KeyError> for WorkspaceError {
    fn from(error: KeyError) -> Self {
        Self::Keys(error)
    }
}

impl From<MoneyError> for WorkspaceError {
    fn from(error: MoneyError) -> Self {
        Self::Store(StoreError::Money(error))
    }
}

impl From<InvoiceError> for WorkspaceError {
    fn from(error: InvoiceError) -> Self {
        Self::invalid("invoice", error)
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
