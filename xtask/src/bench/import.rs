//! A million rows in, beside DuckDB doing the same grouping in the same run.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{process::measure, release, release_programs};
use crate::{house::House, step};

/// Rows in the generated bill.
pub const ROWS: u64 = 1_000_000;
const DUCKDB: &str = "duckdb==1.4.1";
const GROUPING: &str = include_str!("duckdb_grouping.py");

/// Generates the bill, imports it, and groups it with DuckDB.
pub fn bench(house: &House) -> Result<()> {
    release_programs(house)?;
    release(
        house,
        &["--package", "tallyport-lake", "--example", "read_file"],
    )?;
    let bill = bill(house)?;
    let bytes = fs::metadata(&bill)?.len();
    println!("{ROWS} rows, {} MiB", bytes / 1_048_576);

    // Once through the file before anyone is measured: none pays for a cold cache.
    let compared = measure(grouping(house, &bill)?)?;

    let mut reading = house.command(house.released_example("read_file"));
    reading.arg(&bill);
    report(
        "tallyport, reading and rolling up",
        measure(reading)?.took.as_millis(),
        None,
    );

    let workspace = fresh_workspace(house, "import")?;
    let mut import = house.command(house.released("tally"));
    import
        .arg("import")
        .arg(&bill)
        .arg("--workspace")
        .arg(&workspace);
    import
        .env("TALLY_PASSPHRASE", PASSPHRASE)
        .env_remove("DBUS_SESSION_BUS_ADDRESS");
    let imported = measure(import)?;
    report(
        "tallyport, import into the workspace",
        imported.took.as_millis(),
        Some(imported.peak_mib),
    );

    let compared_again = measure(grouping(house, &bill)?)?;
    print!("{}", compared_again.output);
    let best = compared.took.min(compared_again.took).as_millis();
    report(
        "DuckDB, grouping",
        best,
        Some(compared.peak_mib.max(compared_again.peak_mib)),
    );
    Ok(())
}

/// A passphrase for files that hold a generated bill: nothing to keep secret.
pub const PASSPHRASE: &str = "a generated bill";

/// The generated bill, made once and kept.
pub fn bill(house: &House) -> Result<PathBuf> {
    let folder = house.cache("bench");
    fs::create_dir_all(&folder)?;
    let bill = folder.join(format!("focus-{ROWS}.csv"));
    if !bill.is_file() {
        release(
            house,
            &["--package", "tallyport-lake", "--example", "generate_focus"],
        )?;
        let half = folder.join("focus-unfinished.csv");
        let mut generate = house.command(house.released_example("generate_focus"));
        let sample = house
            .root()
            .join("tests/data/focus-sample/focus_sample.csv");
        generate.arg(sample).arg(ROWS.to_string()).arg(&half);
        step::run(generate)?;
        fs::rename(&half, &bill)?;
    }
    Ok(bill)
}

/// An empty workspace for one measurement.
pub fn fresh_workspace(house: &House, name: &str) -> Result<PathBuf> {
    let folder = house.cache("bench").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let workspace = folder.join("bench.tally");
    let mut init = house.command(house.released("tally"));
    init.arg("init").arg("--workspace").arg(&workspace);
    init.env("TALLY_PASSPHRASE", PASSPHRASE)
        .env_remove("DBUS_SESSION_BUS_ADDRESS");
    step::answer(init).context("`tally init` failed")?;
    Ok(workspace)
}

/// DuckDB, told to do what an import does.
fn grouping(house: &House, bill: &Path) -> Result<Command> {
    let script = house.cache("bench").join("duckdb_grouping.py");
    fs::write(&script, GROUPING)?;
    let mut command = house.command(python(house)?);
    command.arg(script).arg(bill);
    Ok(command)
}

/// The Python that has DuckDB.
pub fn python(house: &House) -> Result<PathBuf> {
    let environment = house.cache("bench").join("venv");
    let python = environment.join("bin/python");
    let mut present = Command::new(&python);
    present.args(["-c", "import duckdb"]);
    if step::answer(present).is_none() {
        let mut make = house.command("python3");
        make.args(["-m", "venv"]).arg(&environment);
        step::run(make)?;
        let mut install = house.command(&python);
        install.args(["-m", "pip", "install", "--quiet", DUCKDB]);
        step::run(install)?;
    }
    Ok(python)
}

fn report(what: &str, milliseconds: u128, peak_mib: Option<u64>) {
    let rate = u128::from(ROWS) * 1000 / milliseconds.max(1);
    let memory = peak_mib.map_or_else(String::new, |peak| format!(", peak {peak} MiB"));
    println!("{what}: {milliseconds} ms, {rate} rows/s{memory}");
}
