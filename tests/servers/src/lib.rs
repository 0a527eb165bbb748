//! Servers for tests, on loopback: what an upload meets out there, on demand.
//!
//! - [`FaultyS3`] is the sandbox's S3 behind a real socket. It keeps every promise that the sandbox
//!   keeps (checksums, conditions, part rules), and breaks those of the network as it is told:
//!   by operation, count, byte position, or by chance with a seed. What it holds can be asked.
//! - [`Sink`] reads bodies as quickly as it can and believes every checksum it is told. It is for
//!   speed and proves nothing about bytes.
//! - [`Line`] stands before either and is a line of so many bits a second, with a delay, that
//!   breaks, stalls or resets at byte positions.
//!
//! Invariants: it listens on 127.0.0.1 only; each server stops when it is dropped; what happens by
//! chance happens the same for the same seed; no rule of S3 is said here a second time.

mod line;
mod listen;
mod s3;
mod sink;
mod stream;

pub use line::{Break, Line, LineOptions};
pub use s3::{Fault, FaultyS3, Held, HeldObject, HeldUpload, Plan, Refusal, Seen};
pub use sink::Sink;
