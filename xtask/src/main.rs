//! The habits of the house: `cargo xtask run`, `test`, `check`, `bench`, `soak`, `screenshots`.
//!
//! Invariants: it must build within seconds on a machine that has nothing but Rust, so it uses
//! the standard library and `anyhow` only; it never builds a room into itself but starts the
//! programs a person would start; and it can be run with no terminal and no standard input.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a developer's tool talks to the terminal, reads the environment and takes times"
)]

mod bench;
mod closing;
mod demo;
mod driver;
mod environment;
mod fuzz;
mod generate;
mod house;
mod interface;
mod oracle;
mod screenshots;
mod soak;
mod stages;
mod step;
mod system;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::house::House;

const USAGE: &str = "\
The habits of the house.

  cargo xtask run                    set up, build, and open the window on the sandbox workspace
                                     (with no display: the same work on the command line)
  cargo xtask test [--only STAGE]    set up and run everything: lints, Rust, interface, browser, window
  cargo xtask check                  format, lints and types only: what to run before a commit
  cargo xtask generate               write docs/openapi.json and the interface's client again
  cargo xtask bench NAME...          measure: import lake costs ledger budgets anomalies forecast invoices tables transfer folder window (no NAME: all of them)
  cargo xtask soak NAME...           the long fault runs: kill io disk locked corrupt backup ledger keychain scripts formulas schedules
                                     window (45 minutes open, synced every minute)
                                     fuzz [--minutes N] (libFuzzer on the readers, 10 minutes each)
  cargo xtask screenshots            draw docs/screenshots again from the real window
  cargo xtask setup [run|test|oracle]  install what is missing, and nothing else
";

fn main() -> ExitCode {
    match dispatch(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: Vec<String>) -> Result<()> {
    let house = House::find()?;
    let (habit, rest) = match arguments.split_first() {
        Some((habit, rest)) => (habit.as_str(), rest),
        None => ("help", [].as_slice()),
    };
    match (habit, rest) {
        ("run", []) => demo::run(&house),
        ("test", []) => stages::test(&house, None),
        ("test", [only, stage]) if only == "--only" => stages::test(&house, Some(stage)),
        ("check", []) => stages::check(&house),
        ("generate", []) => generate::generate(&house),
        ("bench", names) => bench::bench(&house, names),
        ("soak", names) => soak::soak(&house, names),
        ("screenshots", []) => screenshots::screenshots(&house),
        ("setup", []) => system::ensure(&system::TESTS),
        ("setup", [purpose]) if purpose == "run" => system::ensure(&system::WINDOW),
        ("setup", [purpose]) if purpose == "oracle" => oracle::ensure(&house).map(drop),
        ("setup", [purpose]) if purpose == "test" => system::ensure(&system::TESTS),
        ("help" | "--help" | "-h", _) => {
            print!("{USAGE}");
            Ok(())
        }
        _ => bail!(
            "cargo xtask {} is not a habit of this house.\n\n{USAGE}",
            arguments.join(" ")
        ),
    }
}
