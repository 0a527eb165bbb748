//! Notices: from an alert to a popup, a mail, a chat, a webhook or an SMS.
//!
//! Invariants: knows no workspace and no SQL; secrets are never printed. Uses `ledger` only.
