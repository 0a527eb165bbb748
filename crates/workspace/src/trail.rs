use jiff::Timestamp;
use serde_json::Value;
use tallyport_store::{AuditLine, StoreError, Writes};

use crate::{Context, Grant};

/// Who does something, and when: what each line of the audit trail begins with.
#[derive(Debug, Clone)]
pub(crate) struct Trail {
    at: Timestamp,
    actor: String,
}

impl Trail {
    pub fn of<P>(cx: &Context, by: &Grant<P>) -> Self {
        Self {
            at: cx.now(),
            actor: by.name().to_owned(),
        }
    }

    /// Of somebody who asked for it before.
    pub const fn by(at: Timestamp, actor: String) -> Self {
        Self { at, actor }
    }

    /// Writes the line in the transaction that does what it says.
    pub fn keep(
        &self,
        w: &mut Writes<'_>,
        action: &str,
        subject: &str,
        details: &Value,
    ) -> Result<(), StoreError> {
        w.audit(&AuditLine {
            at: self.at,
            actor: &self.actor,
            action,
            subject,
            details,
        })
    }
}
