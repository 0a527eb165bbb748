//! A tenant at an AWS that others have written, as independent judges of what we ask of the real one.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, waits by the clock and starts programs"
)]

#[path = "../../../../tests/oracle/python.rs"]
mod environment;
mod ministack;
mod moto;
mod program;
mod scene;
