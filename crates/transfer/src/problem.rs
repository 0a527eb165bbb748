use tallyport_store::StoreError;

/// Why a file, or a whole transfer, is where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A stable word for programs.
    pub code: &'static str,
    /// A sentence for people, with what to do where there is something.
    pub said: String,
}

impl Problem {
    pub(crate) fn new(code: &'static str, said: impl Into<String>) -> Self {
        Self {
            code,
            said: said.into(),
        }
    }

    pub(crate) fn changed(what: &str) -> Self {
        Self::new(
            "transfer.changed",
            format!(
                "{what} after it was chosen, so that nothing of it was kept; tried again, it goes as it is then"
            ),
        )
    }
}

/// What a transfer cannot do at all. What happens to single files stands in the journal.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The journal.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was asked for makes no sense.
    #[error("{}", .0.said)]
    Asked(Problem),
}
