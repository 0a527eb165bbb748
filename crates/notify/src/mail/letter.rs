//! A letter: a mail that somebody writes to somebody else, with files.

use std::time::SystemTime;

use async_trait::async_trait;
use jiff::Timestamp;
use lettre::Message;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, MultiPart, SinglePart};

use super::message::{begun, boundary, mailbox};
use crate::{SendError, Sender, text};

/// A mail to somebody outside, with files.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The same at every attempt, and no other letter's.
    pub id: String,
    /// When it is sent.
    pub sent_at: Timestamp,
    /// To whom.
    pub to: Vec<String>,
    /// Who gets a copy that the others do not see.
    pub copy_to: Vec<String>,
    /// Where an answer goes, if not to the sender.
    pub reply_to: Option<String>,
    /// Its subject, in one line.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// What goes with it.
    pub files: Vec<Enclosed>,
}

/// A file that goes with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// Its name.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A way on which letters go out besides notices.
#[async_trait]
pub trait Mailer: Sender {
    /// Sends it, to all or to nobody. An answer of `Ok` means that the server took it.
    ///
    /// # Errors
    /// [`SendError`] says whether sending again can help.
    async fn post(&self, letter: &Letter) -> Result<(), SendError>;
}

/// The mail, the same bytes for the same letter.
pub(crate) fn letter(letter: &Letter, from: &str) -> Result<Message, SendError> {
    let mut builder = begun(from, &letter.id, &letter.to)?
        .date(SystemTime::from(letter.sent_at))
        .subject(text::line(&letter.subject, 200));
    if let Some(reply_to) = &letter.reply_to {
        builder = builder.reply_to(mailbox(reply_to, "reply to")?);
    }
    for address in &letter.copy_to {
        builder = builder.bcc(mailbox(address, "copy")?);
    }
    let words = SinglePart::builder()
        .header(ContentType::TEXT_PLAIN)
        .body(text::lines(&letter.text, 10_000).replace('\n', "\r\n"));
    let mut parts = MultiPart::mixed()
        .boundary(boundary(&letter.id))
        .singlepart(words);
    for file in &letter.files {
        let kind = ContentType::parse(&file.media_type).map_err(|_| {
            SendError::Unusable(format!("\"{}\" is no kind of file", file.media_type))
        })?;
        parts = parts.singlepart(Attachment::new(file.name.clone()).body(file.bytes.clone(), kind));
    }
    builder
        .multipart(parts)
        .map_err(|error| SendError::Unusable(format!("this mail cannot be: {error}")))
}
