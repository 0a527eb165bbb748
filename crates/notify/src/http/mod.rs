//! What goes out over HTTP: one POST to an address that was checked first.

mod chat;
mod post;
mod slack;
mod target;
mod teams;
mod webhook;

pub use slack::Slack;
pub use target::host_of;
pub use teams::Teams;
pub use webhook::Webhook;
