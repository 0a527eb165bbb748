//! Notices out: to a popup on the desktop, to mail, chat, a webhook or a phone.
//!
//! One trait, [`Sender`]; one file a channel. What a channel shows is made from the same
//! [`Notice`](tallyport_ledger::alert::Notice), cut to what the channel can hold, and no name in it
//! becomes markup, a mention or a link there. The popup is not a sender: it belongs to whoever sits at
//! the screen, and answers. A [`Letter`] goes from somebody to somebody outside, with files: whatever can
//! send mail is a [`Mailer`] too.
//!
//! Invariants: knows no workspace and no SQL; keeps nothing, repeats nothing: whoever sends again sends
//! the same [`Parcel`], whose id lets a receiver drop the second. A secret is never printed, and no
//! answer of a server is passed on before every form of it is taken out. No clock, no randomness.

mod aws;
mod error;
mod http;
mod mail;
pub mod popup;
mod scrub;
mod secret;
mod sender;
mod sms;
mod text;

pub use error::SendError;
pub use http::{Slack, Teams, Webhook, host_of};
pub use mail::{Enclosed, Letter, Mail, Mailer, Protection, Ses, is_mail_address};
pub use secret::Secret;
pub use sender::{Parcel, Sender};
pub use sms::Sms;
pub use text::figure;
