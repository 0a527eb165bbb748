//! Mail: one rendering, two ways out.

mod html;
mod message;
mod ses;
mod smtp;

pub use ses::Ses;
pub use smtp::{Mail, Protection};
