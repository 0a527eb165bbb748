//! What chats have in common: an address that is the secret, and the same words around the notice.

use reqwest::header::HeaderMap;
use serde_json::Value;
use tallyport_ledger::alert::NoticeLine;

use crate::http::post::post;
use crate::scrub::Scrub;
use crate::{Parcel, Secret, SendError, text};

/// Lines shown at most: Slack takes ten fields a section, two a line, and fifty sections; a message of
/// Teams may have 28 KB.
const LINES: usize = 20;

/// Posts a message to a chat's webhook.
pub(super) async fn tell(
    address: &Secret,
    allow_private: bool,
    message: &Value,
) -> Result<(), SendError> {
    let scrub = Scrub::of_address(address);
    let body = message.to_string().into_bytes();
    post(address, allow_private, scrub, HeaderMap::new(), body).await
}

/// The lines that are shown.
pub(super) fn lines(parcel: &Parcel) -> &[NoticeLine] {
    let lines = &parcel.notice.lines;
    lines.get(..LINES).unwrap_or(lines)
}

/// What stands below a notice: where it comes from, how urgent it is, how many lines are left out.
pub(super) fn below(parcel: &Parcel) -> String {
    let workspace = text::line(&parcel.workspace, 80);
    let severity = parcel.notice.severity.word();
    let more = match parcel.notice.lines.len().saturating_sub(LINES) {
        0 => String::new(),
        more => format!(" · and {more} more"),
    };
    format!("Tallyport · {workspace} · {severity}{more}")
}
