//! Mail: one rendering, two ways out.

mod html;
mod letter;
mod message;
mod ses;
mod smtp;

pub use letter::{Enclosed, Letter, Mailer};
pub use message::is_mail_address;
pub use ses::Ses;
pub use smtp::{Mail, Protection};
