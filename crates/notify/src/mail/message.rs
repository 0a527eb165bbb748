use std::time::SystemTime;

use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder, MultiPart, SinglePart};
use sha2::{Digest, Sha256};

use crate::mail::html;
use crate::text;
use crate::{Parcel, SendError, figure};

/// Lines shown at most: more is a report.
pub(crate) const LINES: usize = 100;

/// A mail with the figures as text and as HTML. The same parcel gives the same bytes, and the same
/// Message-ID, by which a mailbox drops the second of two.
pub(crate) fn message(parcel: &Parcel, from: &str, to: &[String]) -> Result<Message, SendError> {
    let builder = begun(from, &parcel.id, to)?
        .date(SystemTime::from(parcel.sent_at))
        .subject(text::line(&parcel.notice.title, 150))
        // Holiday replies to these help nobody (RFC 3834).
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        .raw_header(raw("X-Tallyport-Notice", &parcel.id));
    let part = |kind: ContentType, body: String| SinglePart::builder().header(kind).body(body);
    let parts = MultiPart::alternative()
        .boundary(boundary(&parcel.id))
        .singlepart(part(ContentType::TEXT_PLAIN, plain(parcel)))
        .singlepart(part(ContentType::TEXT_HTML, html::page(parcel)));
    builder
        .multipart(parts)
        .map_err(|error| SendError::Unusable(format!("this mail cannot be: {error}")))
}

/// A mail that says whom it is from and to, and by which id a mailbox knows it.
pub(super) fn begun(from: &str, id: &str, to: &[String]) -> Result<MessageBuilder, SendError> {
    let from = mailbox(from, "sender")?;
    if to.is_empty() {
        return Err(SendError::Unusable(
            "the mail channel names nobody to write to".to_owned(),
        ));
    }
    let id = format!("<{id}@{}>", from.email.domain());
    let mut builder = Message::builder().from(from).message_id(Some(id));
    for address in to {
        builder = builder.to(mailbox(address, "recipient")?);
    }
    Ok(builder)
}

/// What stands between the parts of a mail: the same for the same id.
pub(super) fn boundary(id: &str) -> String {
    let digest = Sha256::digest(id.as_bytes());
    let digits: String = digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    ["tallyport-", &digits].concat()
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Whether a text is a mail address, with or without a name before it.
#[must_use]
pub fn is_mail_address(text: &str) -> bool {
    mailbox(text, "").is_ok() && !text.chars().any(char::is_control)
}

pub(super) fn mailbox(address: &str, who: &str) -> Result<Mailbox, SendError> {
    address.parse().map_err(|_| {
        SendError::Unusable(format!(
            "\"{}\" is not a mail address ({who})",
            text::line(address, 60)
        ))
    })
}

/// What stands at the end of every mail.
pub(crate) fn footer(parcel: &Parcel) -> String {
    format!(
        "Sent by Tallyport for the workspace \"{}\" on {} UTC. Reference {}.",
        text::line(&parcel.workspace, 120),
        parcel.sent_at.strftime("%Y-%m-%d %H:%M"),
        parcel.id
    )
}

fn plain(parcel: &Parcel) -> String {
    let notice = &parcel.notice;
    let mut page = vec![text::line(&notice.title, 300), String::new()];
    page.extend(text::lines(&notice.text, 10_000).lines().map(str::to_owned));
    let shown: Vec<(String, String)> = notice
        .lines
        .iter()
        .take(LINES)
        .map(|line| (text::line(&line.label, 60), figure(line.amount)))
        .collect();
    let widest = |of: fn(&(String, String)) -> &String| {
        shown
            .iter()
            .map(|row| of(row).chars().count())
            .max()
            .unwrap_or(0)
    };
    let (labels, figures) = (widest(|row| &row.0), widest(|row| &row.1));
    if !shown.is_empty() {
        page.push(String::new());
    }
    for (label, amount) in &shown {
        page.push(format!("  {label:<labels$}  {amount:>figures$}"));
    }
    if notice.lines.len() > LINES {
        page.push(format!("  … and {} more", notice.lines.len() - LINES));
    }
    page.extend([
        String::new(),
        "-- ".to_owned(),
        footer(parcel),
        String::new(),
    ]);
    page.join("\r\n")
}
