//! An AWS inside the program: one seeded model of a company, behind the SDK's `HttpClient`.
//!
//! A real SDK client is given [`Sandbox::sdk_config`] and talks to this room exactly as it would
//! to AWS: it signs, retries, pages and parses. Nothing else in the program knows the difference.
//!
//! ```no_run
//! # fn example() -> Result<(), tallyport_sandbox::SandboxError> {
//! use tallyport_sandbox::{Sandbox, SandboxOptions};
//! let sandbox = Sandbox::open(SandboxOptions {
//!     folder: "demo.sandbox".into(),
//!     today: jiff::civil::date(2026, 11, 21),
//!     seed: 7,
//! })?;
//! let config = sandbox.sdk_config(); // hand this to any aws-sdk client
//! # let _ = config;
//! # Ok(())
//! # }
//! ```
//!
//! Invariants
//! - It opens no socket, and holds no code that could: a request ends here or fails here.
//! - One model: the bill, its exports, its invoices, its tags, the instances, the buckets and the
//!   tenants agree, unless they are told to disagree ([`Disagreement`]).
//! - Same folder history, seed and day: same bytes. No clock, no environment, no random numbers;
//!   the time of an answer is the time that its request was signed with.
//! - Money is an integer of nano-dollars, quantities an integer of nano-units.
//! - What it does not have, it says (`NotImplementedInSandbox`); it never answers with an
//!   invented nothing.
//! - All of it is demo data: [`Sandbox::MARK`].

mod activity;
mod budgets;
mod call;
mod clock;
mod company;
mod connector;
mod cost_explorer;
mod disagreement;
mod dispatch;
mod ec2;
mod error;
mod exports;
mod faults;
mod iam;
mod identity;
mod invoices;
mod kms;
mod lock;
mod logs;
mod metrics;
mod outgoing;
mod permission;
mod policy;
mod refusal;
mod requests;
mod s3;
mod sandbox;
mod shelf;
mod sts;
mod transfer;
mod written;
mod xml;

pub use company::{Account, Company, Login, Person, TagValue, Team, Tenant};
pub use disagreement::Disagreement;
pub use error::SandboxError;
pub use faults::{Fault, Faults};
pub use identity::Role;
pub use outgoing::{SentMail, SentText};
pub use requests::Requests;
pub use sandbox::{Sandbox, SandboxOptions};
pub use transfer::{SftpRefusal, SftpSession};
