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

/// The readers: what lies here is looked at for branches that no input takes.
const READERS: [&str; 20] = [
    "columns.rs",
    "csv",
    "csv.rs",
    "cut.rs",
    "fields.rs",
    "format.rs",
    "hashing.rs",
    "header.rs",
    "manifest.rs",
    "parquet",
    "parquet.rs",
    "pass",
    "pass.rs",
    "plan",
    "plan.rs",
    "read",
    "read.rs",
    "row.rs",
    "shape.rs",
    "source.rs",
];

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

/// Prints which branches of the readers the kept inputs and those that have grown take.
pub fn coverage(house: &House) -> Result<()> {
    let llvm = said_by_rustc(house, "LLVM version: ")?;
    let major = llvm.split('.').next().unwrap_or_default();
    let [profdata, cov] = [
        tool(house, "llvm-profdata", major)?,
        tool(house, "llvm-cov", major)?,
    ];
    let (package, built) = (house.root().join("fuzz"), house.cache("coverage"));
    let host = host(house)?;
    let mut build = house.cargo(&["build", "--release", "--locked", "--target", &host]);
    build
        .current_dir(&package)
        .env("CARGO_TARGET_DIR", &built)
        // Branches are counted by an option that has no stable name yet.
        .env("RUSTC_BOOTSTRAP", "1")
        .env(
            "RUSTFLAGS",
            "-Cinstrument-coverage -Zcoverage-options=branch --cfg fuzzing",
        );
    step::run(build)?;
    let profiles = house.output("coverage");
    fs::create_dir_all(&profiles)?;
    let merged = profiles.join("all.profdata");
    let mut merge = house.command(&profdata);
    merge.args(["merge", "-sparse", "-o"]).arg(&merged);
    let mut report = house.command(&cov);
    report.arg("report");
    for (at, target) in TARGETS.into_iter().enumerate() {
        let program = built.join(&host).join("release").join(target);
        let profile = profiles.join(format!("{target}.profraw"));
        let mut run = house.command(&program);
        run.arg(package.join("corpus").join(target));
        let grown = house.cache("fuzz-corpus").join(target);
        if grown.is_dir() {
            run.arg(grown);
        }
        run.args(["-runs=0", "-timeout=20", "-verbosity=0"])
            .env("LLVM_PROFILE_FILE", &profile)
            .env("TMPDIR", memory());
        step::run(run)?;
        merge.arg(&profile);
        if at > 0 {
            report.arg("-object");
        }
        report.arg(program);
    }
    step::run(merge)?;
    report
        .arg(format!("-instr-profile={}", merged.display()))
        .args(["-show-branch-summary", "-show-functions=0", "-sources"]);
    let lake = house.root().join("crates/lake/src");
    report.args(READERS.map(|reader| lake.join(reader)));
    step::run(report)
}

/// A tool of LLVM that reads what this compiler writes.
fn tool(house: &House, name: &str, major: &str) -> Result<String> {
    let names = [format!("{name}-{major}"), name.to_owned()];
    let found = names.into_iter().find(|name| {
        let mut ask = house.command(name);
        ask.arg("--version");
        step::answer(ask).is_some_and(|said| said.contains(&format!("version {major}.")))
    });
    found.with_context(|| {
        format!(
            "counting branches needs {name} of LLVM {major}, such as from the package llvm-{major}"
        )
    })
}

/// The platform of the compiler, as it calls it.
fn host(house: &House) -> Result<String> {
    said_by_rustc(house, "host: ")
}

/// What the compiler says of itself on the line that starts so.
fn said_by_rustc(house: &House, start: &str) -> Result<String> {
    let mut rustc = house.command(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.arg("-vV");
    step::answer(rustc)
        .and_then(|said| {
            said.lines()
                .find_map(|line| line.strip_prefix(start))
                .map(str::to_owned)
        })
        .with_context(|| format!("rustc does not say its {start}"))
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
