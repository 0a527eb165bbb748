//! `cargo xtask bench`: the figures of docs/benchmarks.md, each made by one command.
//!
//! Everything measured is the release build, started as a person would start it.

mod anomalies;
mod budgets;
mod costs;
mod folder;
mod forecast;
mod import;
mod invoices;
mod lake;
mod ledger;
mod process;
mod tables;
mod transfer;
mod window;

pub use process::family_memory;

use std::fs;

use anyhow::{Result, bail};

use crate::{house::House, step, system};

/// A measurement.
type Bench = fn(&House) -> Result<()>;

/// The measurements by name, in the order in which they build on one another.
const BENCHES: &[(&str, Bench)] = &[
    ("import", import::bench),
    ("lake", lake::bench),
    ("costs", costs::bench),
    ("ledger", ledger::bench),
    ("budgets", budgets::bench),
    ("anomalies", anomalies::bench),
    ("forecast", forecast::bench),
    ("invoices", invoices::bench),
    ("tables", tables::bench),
    ("transfer", transfer::bench),
    ("folder", folder::bench),
    ("window", window::bench),
];

/// Runs the named measurements, or all of them; `--lines N` is the lake's own.
pub fn bench(house: &House, names: &[String]) -> Result<()> {
    let names = names
        .split(|name| name == "--lines")
        .next()
        .unwrap_or(names);
    if let Some(unknown) = names
        .iter()
        .find(|name| !BENCHES.iter().any(|(known, _)| known == name))
    {
        let known: Vec<&str> = BENCHES.iter().map(|(name, _)| *name).collect();
        bail!(
            "there is no bench called {unknown}; there are: {}",
            known.join(" ")
        );
    }
    describe_machine();
    for (name, run) in BENCHES {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            println!("\n== bench {name} ==");
            run(house)?;
        }
    }
    Ok(())
}

/// A figure means nothing without the machine it was taken on.
fn describe_machine() {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let model = fs::read_to_string("/proc/cpuinfo")
        .ok()
        .and_then(|text| {
            let line = text
                .lines()
                .find(|line| line.starts_with("model name"))?
                .to_owned();
            Some(line.split_once(':')?.1.trim().to_owned())
        })
        .unwrap_or_else(|| "unknown processor".to_owned());
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown").to_owned();
    println!("{model}, {cores} cores, load before the run {load}");
}

/// Builds a package's programs in the release profile.
fn release(house: &House, arguments: &[&str]) -> Result<()> {
    let mut build = house.cargo(&["build", "--release", "--locked"]);
    build.args(arguments);
    step::run(build)
}

/// Builds the programs as they are shipped, and installs what that takes. Always both: asked for alone, each
/// would have its dependencies built once more with other features.
pub fn release_programs(house: &House) -> Result<()> {
    system::ensure(&system::WINDOW)?;
    release(house, &["--package", "tallyport", "--package", "tally"])
}
