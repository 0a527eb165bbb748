//! A month of realistic cardinality in, as Parquet and as CSV, beside DuckDB doing the same
//! grouping of the same file in the same run.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use super::{
    import::{self, PASSPHRASE},
    process::{Measured, measure},
    release_programs,
};
use crate::{house::House, step};

const GENERATE: &str = include_str!("lake/generate.py");
const GROUPING: &str = include_str!("lake/grouping.py");
const PYARROW: &str = "pyarrow==26.0.1";
/// Lines of a month; more of them are more months.
const A_MONTH: u64 = 10_000_000;
/// Runs of each, in turn.
const TURNS: u32 = 3;
/// A file above this size is made anew for the next run.
const KEPT: u64 = 2 << 30;

/// Imports bills of `--lines N` (10 million if nothing is said) and groups them with DuckDB.
pub fn bench(house: &House) -> Result<()> {
    let lines = asked()?.unwrap_or(A_MONTH);
    release_programs(house)?;
    let python = python(house)?;
    let folder = house.cache("bench").join("lake").join(lines.to_string());
    let months = lines.div_ceil(A_MONTH);
    println!("{lines} lines in {months} months of hourly lines; 24 of them make most charges");
    compare(house, &python, &folder, lines, "parquet")?;
    if months == 1 {
        compare(house, &python, &folder, lines, "csv")?;
    }
    Ok(())
}

/// The number behind `--lines`.
fn asked() -> Result<Option<u64>> {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--lines");
    if arguments.next().is_none() {
        return Ok(None);
    }
    let lines = arguments.next().context("--lines wants a number")?;
    Ok(Some(lines.replace('_', "").parse()?))
}

/// One kind of file: ours, theirs, and how they compare.
fn compare(house: &House, python: &Path, folder: &Path, lines: u64, kind: &str) -> Result<()> {
    let bills = bills(house, python, folder, lines, kind)?;
    let mut bytes = 0;
    for bill in &bills {
        bytes += fs::metadata(bill)?.len();
    }
    println!("{kind}: {} files, {} MiB", bills.len(), bytes / 1_048_576);
    let grouping = || -> Result<Measured> {
        let mut group = house.command(python);
        let script = written(folder, "grouping.py", GROUPING)?;
        group.arg(script).arg(folder.join(format!("*.{kind}")));
        measure(group)
    };
    let import = |bills: &[PathBuf]| -> Result<Measured> {
        let workspace = import::fresh_workspace(house, "lake-workspace")?;
        let mut command = house.command(house.released("tally"));
        command.arg("import").args(bills);
        command.arg("--workspace").arg(&workspace);
        command
            .env("TALLY_PASSPHRASE", PASSPHRASE)
            .env_remove("DBUS_SESSION_BUS_ADDRESS");
        measure(command)
    };
    // Once through the files before anyone is measured: none pays for a cold cache. Then both take turns,
    // and of each the best run counts, and the most memory.
    grouping()?;
    // The first month has no past in which anything could be unusual; those that follow have.
    let fewer = 1..bills.len().min(3);
    let turn = || -> Result<(Measured, Measured, Vec<Measured>)> {
        let some = fewer.clone().map(|months| import(&bills[..months]));
        Ok((import(&bills)?, grouping()?, some.collect::<Result<_>>()?))
    };
    let (mut ours, mut theirs, mut some) = turn()?;
    for _ in 1..TURNS {
        let again = turn()?;
        ours = ours.or_better(again.0);
        theirs = theirs.or_better(again.1);
        some = some
            .into_iter()
            .zip(again.2)
            .map(|(one, other)| one.or_better(other))
            .collect();
    }
    print!("{}", theirs.output);
    let ratio = ours.took.as_millis() * 100 / theirs.took.as_millis().max(1);
    println!(
        "tallyport, {kind} into the encrypted workspace: {} ms, {} lines/s, peak {} MiB",
        ours.took.as_millis(),
        u128::from(lines) * 1000 / ours.took.as_millis().max(1),
        ours.peak_mib
    );
    println!(
        "DuckDB, {kind} into a table: {} ms, peak {} MiB",
        theirs.took.as_millis(),
        theirs.peak_mib
    );
    println!(
        "{kind}: {}.{:02} of DuckDB's time",
        ratio / 100,
        ratio % 100
    );
    for (months, some) in fewer.zip(some) {
        let times = ours.took.as_millis() * 100 / some.took.as_millis().max(1);
        println!(
            "{kind}: {months} of {} months: {} ms; all of them: {}.{:02} times as long",
            bills.len(),
            some.took.as_millis(),
            times / 100,
            times % 100
        );
    }
    if bytes > KEPT {
        for bill in &bills {
            fs::remove_file(bill)?;
        }
    }
    Ok(())
}

/// The bills, made where they are not there yet.
fn bills(
    house: &House,
    python: &Path,
    folder: &Path,
    lines: u64,
    kind: &str,
) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let script = written(folder, "generate.py", GENERATE)?;
    let mut bills = Vec::new();
    let (mut left, mut month) = (lines, 1);
    while left > 0 {
        if month > 12 {
            bail!("a year has twelve months of {A_MONTH} lines");
        }
        let name = format!("2026-{month:02}");
        let bill = folder.join(format!("{name}.{kind}"));
        if !bill.is_file() {
            let unfinished = folder.join("unfinished");
            let mut generate = house.command(python);
            generate.arg(&script).arg(left.min(A_MONTH).to_string());
            if kind == "parquet" {
                generate.arg(&unfinished).arg("-");
            } else {
                generate.arg("-").arg(&unfinished);
            }
            generate.arg(&name);
            step::run(generate)?;
            fs::rename(&unfinished, &bill)?;
        }
        bills.push(bill);
        left = left.saturating_sub(A_MONTH);
        month += 1;
    }
    Ok(bills)
}

fn written(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    fs::write(&path, text)?;
    Ok(path)
}

/// DuckDB's environment, with what writes Parquet beside it.
fn python(house: &House) -> Result<PathBuf> {
    let python = import::python(house)?;
    let mut present = Command::new(&python);
    present.args(["-c", "import pyarrow"]);
    if step::answer(present).is_none() {
        let mut install = house.command(&python);
        install.args(["-m", "pip", "install", "--quiet", PYARROW]);
        step::run(install)?;
    }
    Ok(python)
}
