//! What a command answers when it cannot: the same shape as the door's problems.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tallyport_workspace::WorkspaceError;

/// A problem, as the interface shows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Refusal(Box<Said>);

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Said {
    /// For programs.
    code: String,
    /// One line.
    title: String,
    /// What happened, for people.
    detail: String,
    /// What to do about it.
    #[serde(default)]
    hint: Option<String>,
    /// The HTTP status that the door would give.
    status: u16,
    /// For programs: which row, which field.
    #[serde(default)]
    details: Value,
}

impl Refusal {
    /// A refusal of the window itself.
    pub fn new(code: &str, detail: impl Into<String>) -> Self {
        Self(Box::new(Said {
            code: code.to_owned(),
            title: "The window could not do that".to_owned(),
            detail: detail.into(),
            hint: None,
            status: 400,
            details: Value::Null,
        }))
    }

    /// What the door said, passed on.
    pub fn from_problem(problem: Value) -> Self {
        serde_json::from_value(problem).unwrap_or_else(|error| Self::broken(&error))
    }

    /// With a way out.
    pub fn hint(mut self, hint: &str) -> Self {
        self.0.hint = Some(hint.to_owned());
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
        Self(Box::new(Said {
            code: error.code().to_owned(),
            title: "That did not work".to_owned(),
            detail: error.to_string(),
            hint: error.hint(),
            status: 409,
            details: error.details(),
        }))
    }
}
