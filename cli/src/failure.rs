//! What went wrong, for a person and for a script.

use std::process::ExitCode;

use serde_json::{Value, json};
use tallyport_api::Problem;

/// The kinds of failure, as exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something inside failed.
    Internal = 1,
    /// The command line is wrong.
    Usage = 2,
    /// Not there.
    NotFound = 3,
    /// The input was refused.
    Refused = 4,
    /// In conflict with what is there.
    Conflict = 5,
    /// Not allowed, or no key.
    NotAllowed = 6,
    /// AWS or the network.
    Network = 7,
    /// The person stopped it.
    Cancelled = 130,
}

/// A failure that ends the program.
#[derive(Debug)]
pub struct Failure {
    kind: Kind,
    problem: Value,
    /// Whether standard output already has its one JSON value.
    answered: bool,
}

impl Failure {
    fn plain(kind: Kind, code: &str, sentence: String) -> Self {
        Self {
            kind,
            problem: json!({ "code": code, "detail": sentence, "hint": null, "details": null }),
            answered: false,
        }
    }

    /// Something inside failed.
    pub fn internal(sentence: String) -> Self {
        Self::plain(Kind::Internal, "internal", sentence)
    }

    /// The command line is wrong.
    pub fn usage(sentence: String) -> Self {
        Self::plain(Kind::Usage, "usage", sentence)
    }

    /// A file of this machine cannot be read or written.
    pub fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        let kind = match error.kind() {
            std::io::ErrorKind::NotFound => Kind::NotFound,
            std::io::ErrorKind::PermissionDenied => Kind::NotAllowed,
            std::io::ErrorKind::AlreadyExists => Kind::Conflict,
            _ => Kind::Internal,
        };
        Self::plain(kind, "file", format!("{}: {error}.", path.display()))
    }

    /// There is no such thing.
    pub fn not_found(sentence: String) -> Self {
        Self::plain(Kind::NotFound, "not_found", sentence)
    }

    /// It stands against what is there.
    pub fn conflict(sentence: String) -> Self {
        Self::plain(Kind::Conflict, "conflict", sentence)
    }

    /// A check of the workspace failed; the checks were printed.
    pub fn damaged() -> Self {
        Self::plain(
            Kind::Internal,
            "workspace.damaged",
            "The workspace is not well: see the checks above.".to_owned(),
        )
        .hint("Restore the newest good backup with `tally restore FILE`.")
    }

    /// A channel could not be sent on.
    pub fn undelivered(sentence: String) -> Self {
        Self::plain(Kind::Network, "channel.failed", sentence)
            .hint("`tally channels log` shows every attempt.")
    }

    /// The person stopped it.
    pub fn cancelled() -> Self {
        Self::plain(
            Kind::Cancelled,
            "cancelled",
            "Cancelled; nothing was changed.".to_owned(),
        )
    }

    /// The person stopped it after so many bills.
    pub fn cancelled_after(bills: usize) -> Self {
        let stay = match bills {
            1 => "the bill that was imported stays".to_owned(),
            several => format!("the {several} bills that were imported stay"),
        };
        Self::plain(Kind::Cancelled, "cancelled", format!("Cancelled; {stay}."))
    }

    /// What the door, or a job, answered.
    pub fn from_problem(problem: Value) -> Self {
        let code = problem["code"].as_str().unwrap_or_default();
        let kind = match problem["status"].as_u64().unwrap_or(500) {
            _ if code.ends_with("cancelled") => Kind::Cancelled,
            404 | 410 => Kind::NotFound,
            400 | 405 | 411 | 413..=415 | 422 => Kind::Refused,
            409 | 412 | 423 => Kind::Conflict,
            401 | 403 => Kind::NotAllowed,
            429 | 502..=504 => Kind::Network,
            _ => Kind::Internal,
        };
        Self {
            kind,
            problem,
            answered: false,
        }
    }

    /// What went wrong, as the door says it.
    pub const fn problem(&self) -> &Value {
        &self.problem
    }

    /// Whether the person stopped it.
    pub fn is_cancelled(&self) -> bool {
        self.kind == Kind::Cancelled
    }

    /// Whether something that was asked for is not there.
    pub fn is_not_found(&self) -> bool {
        self.kind == Kind::NotFound
    }

    /// The same with a hint.
    pub fn hint(mut self, hint: &str) -> Self {
        self.problem["hint"] = hint.into();
        self
    }

    /// The same, where the answer itself was printed and says it.
    pub fn answered(mut self) -> Self {
        self.answered = true;
        self
    }

    /// Says it on standard error and, for scripts, as JSON on standard output.
    pub fn say(&self, json: bool) -> ExitCode {
        if json && !self.answered {
            crate::say::answer(&json!({ "error": self.problem }));
        }
        let text = |name: &str| self.problem[name].as_str();
        crate::say::note(text("detail").unwrap_or("It failed."));
        self.say_rows();
        if let Some(hint) = text("hint") {
            crate::say::note(hint);
        }
        ExitCode::from(self.kind as u8)
    }

    /// The bad rows of a file, as `file:line: column: reason`.
    fn say_rows(&self) {
        let details = &self.problem["details"];
        let Some(rows) = details["rows"].as_array() else {
            return;
        };
        let file = details["file"].as_str().unwrap_or("file");
        for row in rows.iter().take(20) {
            let column = match row["column"].as_str() {
                Some(column) => format!("{column}: "),
                None => String::new(),
            };
            let reason = row["reason"].as_str().unwrap_or_default();
            crate::say::note(&format!("  {file}:{}: {column}{reason}", row["line"]));
        }
        if rows.len() > 20 {
            let count = details["count"].as_u64().unwrap_or(rows.len() as u64);
            crate::say::note(&format!("  … and {} more", count.saturating_sub(20)));
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::from_problem(serde_json::to_value(problem).unwrap_or_default())
    }
}
