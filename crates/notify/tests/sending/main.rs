//! Every channel against a server that is not ours: a mail server and a receiver of webhooks in Python, and
//! the sandbox's SES and SNS.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, and it stands at the top of its program"
)]

mod aws;
mod canaries;
#[path = "../../../../tests/oracle/python.rs"]
mod environment;
mod mail;
mod notices;
mod post;
mod server;
