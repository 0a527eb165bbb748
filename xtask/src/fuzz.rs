//! `cargo xtask soak fuzz`: libFuzzer on the readers of bills.
//!
//! The package `fuzz/` is built with LLVM's coverage and run as plain programs, so neither a nightly
//! compiler nor cargo-fuzz is needed, only a C++ compiler for libFuzzer itself. What it finds worth
//! keeping grows in the cache; what is kept for everybody lies in `fuzz/corpus`.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::{house::House, step};

/// What is fuzzed.
const TARGETS: [&str; 5] = ["report", "focus", "gzip", "parquet", "manifest"];

/// Minutes for each target, unless told otherwise.
const MINUTES: u64 = 10;

/// The coverage that libFuzzer steers by.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
    --cfg fuzzing -Ccodegen-units=1";

/// Takes `--minutes N` out of the names of soaks.
pub fn minutes(names: &mut Vec<String>) -> Result<u64> {
    let Some(at) = names.iter().position(|name| name == "--minutes") else {
        return Ok(MINUTES);
    };
    let said = names.get(at + 1).context("--minutes needs a number")?;
    let minutes = said
        .parse()
        .with_context(|| format!("{said} is no number of minutes"))?;
    names.drain(at..=at + 1);
    Ok(minutes)
}

/// Fuzzes every target for so many minutes.
pub fn fuzz(house: &House, minutes: u64) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("fuzzing is set up for Linux only; the tests run its corpus everywhere");
    }
    let (package, built) = (house.root().join("fuzz"), house.cache("fuzz"));
    let host = host(house)?;
    let mut build = house.cargo(&["build", "--release", "--locked", "--target", &host]);
    build
        .current_dir(&package)
        .env("CARGO_TARGET_DIR", &built)
        .env("RUSTFLAGS", FLAGS);
    step::run(build)?;
    let found = house.output("fuzz");
    fs::create_dir_all(&found)?;
    for target in TARGETS {
        println!("\n== fuzz {target} ==");
        let grown = house.cache("fuzz-corpus").join(target);
        fs::create_dir_all(&grown)?;
        let mut run = house.command(built.join(&host).join("release").join(target));
        run.arg(&grown)
            .arg(package.join("corpus").join(target))
            .arg(format!("-max_total_time={}", minutes * 60))
            .arg(format!("-artifact_prefix={}/{target}-", found.display()))
            .arg(format!("-dict={}", package.join("columns.dict").display()))
            .args(["-timeout=5", "-rss_limit_mb=512", "-max_len=65536"])
            .args(["-print_final_stats=1", "-verbosity=0"])
            .env("TMPDIR", memory());
        step::run(run).with_context(|| {
            format!(
                "{target} found a fault; its input lies in {}",
                found.display()
            )
        })?;
    }
    Ok(())
}

/// The platform of the compiler, as it calls it.
fn host(house: &House) -> Result<String> {
    let mut rustc = house.command(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.arg("-vV");
    step::answer(rustc)
        .and_then(|said| {
            said.lines()
                .find_map(|line| line.strip_prefix("host: "))
                .map(str::to_owned)
        })
        .context("rustc does not say what it compiles for")
}

/// Where a file that lives for an instant costs nothing, if the machine has such a place.
fn memory() -> PathBuf {
    let shared = PathBuf::from("/dev/shm");
    if shared.is_dir() {
        shared
    } else {
        env::temp_dir()
    }
}
