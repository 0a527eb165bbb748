//! What a command answers when it cannot: the same shape as the door's problems.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tallyport_workspace::WorkspaceError;

/// A problem, as the interface shows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Refusal {
    /// For programs.
    pub code: String,
    /// One line.
    pub title: String,
    /// What happened, for people.
    pub detail: String,
    /// What to do about it.
    #[serde(default)]
    pub hint: Option<String>,
    /// The HTTP status that the door would give.
    pub status: u16,
    /// For programs: which row, which field.
    #[serde(default)]
    pub details: Value,
}

impl Refusal {
    /// A refusal of the window itself.
    pub fn new(code: &str, detail: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            title: "The window could not do that".to_owned(),
            detail: detail.into(),
            hint: None,
            status: 400,
            details: Value::Null,
        }
    }

    /// What the door said, passed on.
    pub fn from_problem(problem: Value) -> Self {
        serde_json::from_value(problem).unwrap_or_else(|error| Self::broken(&error))
    }

    /// With a way out.
    pub fn hint(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }

    /// There is no open workspace to ask.
    pub fn not_open() -> Self {
        Self::new("workspace.not_open", "No workspace is open.")
            .hint("Open or create a workspace first.")
    }

    /// A part of the program ended unexpectedly.
    pub fn broken(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "a command broke");
        Self::new("window.broken", "Something inside the window broke.")
            .hint("Close the window and open it again; nothing that was saved is lost.")
    }
}

impl From<WorkspaceError> for Refusal {
    fn from(error: WorkspaceError) -> Self {
        Self {
            code: error.code().to_owned(),
            title: "That did not work".to_owned(),
            detail: error.to_string(),
            hint: error.hint().map(|hint| hint.to_string()),
            status: 409,
            details: error.details(),
        }
    }
}
