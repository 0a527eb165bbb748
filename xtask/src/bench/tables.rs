//! A million rows as CSV and as a workbook, beside xlsxwriter, Polars and DuckDB in the same run.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::{import, process::measure, release};
use crate::{house::House, step};

const PEERS: &str = include_str!("tables/peers.py");
const PACKAGES: [&str; 4] = [
    "xlsxwriter==3.2.9",
    "polars==2.1.0",
    "polars-runtime-32==2.1.0",
    "pyarrow==26.0.1",
];
const ROWS: &str = "1000000";

/// Who writes what. Polars writes workbooks with xlsxwriter; DuckDB does with an extension that is fetched.
const RUNS: [(&str, &[&str]); 2] = [
    ("csv", &["polars", "duckdb"]),
    ("xlsx", &["xlsxwriter", "polars", "duckdb"]),
];

/// Writes the same rows with each, one after another. Peers have theirs in memory before they are timed; of ours,
/// which are made one by one, the time to make them is taken off.
pub fn bench(house: &House) -> Result<()> {
    release(
        house,
        &[
            "--package",
            "tallyport-documents",
            "--example",
            "write_tables",
        ],
    )?;
    let folder = house.cache("bench").join("tables");
    fs::create_dir_all(&folder)?;
    let script = folder.join("peers.py");
    fs::write(&script, PEERS)?;
    let python = python(house)?;
    let ours = |kind: &str, file: &Path| {
        let mut write = house.command(house.released_example("write_tables"));
        write.args([kind, ROWS]).arg(file);
        measure(write)
    };
    let file = folder.join("ours");
    let making = ours("rows", &file)?.took.as_millis();
    println!("tallyport, making the rows: {making} ms");
    for (kind, peers) in RUNS {
        let measured = ours(kind, &file)?;
        let took = measured.took.as_millis();
        println!(
            "tallyport, {kind}: {} ms, {took} ms with making the rows, peak {} MiB, {} MiB",
            took.saturating_sub(making),
            measured.peak_mib,
            size(&file)?
        );
        for peer in peers {
            let file = folder.join(format!("{peer}.{kind}"));
            let mut theirs = house.command(&python);
            theirs.arg(&script).args([peer, kind, ROWS]).arg(&file);
            match measure(theirs) {
                Ok(measured) => println!(
                    "{peer}, {kind}: {} ms, peak {} MiB, {} MiB",
                    measured.output.trim(),
                    measured.peak_mib,
                    size(&file)?
                ),
                // DuckDB's extension has to be fetched from a place of its own.
                Err(error) => println!("{peer}, {kind}: not to be had here: {error}"),
            }
        }
    }
    Ok(())
}

/// DuckDB's environment, with the others beside it.
fn python(house: &House) -> Result<PathBuf> {
    let python = import::python(house)?;
    let mut present = house.command(&python);
    present.args(["-c", "import polars, pyarrow, xlsxwriter"]);
    if step::answer(present).is_none() {
        let mut install = house.command(&python);
        install
            .args(["-m", "pip", "install", "--quiet"])
            .args(PACKAGES);
        step::run(install)?;
    }
    Ok(python)
}

fn size(file: &Path) -> Result<u64> {
    let bytes = fs::metadata(file)
        .context("the table was not written")?
        .len();
    fs::remove_file(file)?;
    Ok(bytes / 1_048_576)
}
