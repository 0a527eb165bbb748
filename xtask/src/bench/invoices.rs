//! How many two-page invoices are drawn in a second, beside reportlab and typst in the same run, and
//! how much memory a long batch needs; what ten thousand documents of a workspace take to be drafted, issued, listed and
//! proven.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{process::measure, release};
use crate::{house::House, step};

const REQUIREMENTS: &str = include_str!("invoices/requirements.txt");
const PEERS: &str = include_str!("invoices/peers.py");
/// How many the peers draw: they are slower, and their rate is the same after the first few.
const OF_PEERS: &str = "200";

/// Draws a thousand and ten thousand, lets the peers draw theirs, then fills a workspace.
pub fn bench(house: &House) -> Result<()> {
    release(
        house,
        &[
            "--package",
            "tallyport-documents",
            "--example",
            "render_invoices",
        ],
    )?;
    for count in ["1000", "10000"] {
        let mut render = house.command(house.released_example("render_invoices"));
        render.arg(count);
        let measured = measure(render)?;
        print!("{}", measured.output);
        println!(
            "the whole run: {} ms, peak {} MiB",
            measured.took.as_millis(),
            measured.peak_mib
        );
    }
    let python = peer(house)?;
    let folder = house.cache("bench").join("invoices");
    fs::create_dir_all(&folder)?;
    let script = folder.join("peers.py");
    fs::write(&script, PEERS)?;
    let mut draw = house.command(&python);
    draw.arg(&script)
        .arg(house.root().join("crates/documents/fonts"))
        .arg(OF_PEERS);
    step::run(draw)?;
    closing(house)
}

/// Runs `measure_invoices` of the workspace in a fresh folder; it prints its figures itself.
fn closing(house: &House) -> Result<()> {
    let example = [
        "--package",
        "tallyport-workspace",
        "--example",
        "measure_invoices",
    ];
    release(house, &example)?;
    let folder = house.cache("bench").join("closing");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut close = house.command(house.released_example("measure_invoices"));
    close.arg(&folder);
    let measured = measure(close)?;
    print!("{}", measured.output);
    println!("peak memory: {} MiB", measured.peak_mib);
    fs::remove_dir_all(&folder)?;
    Ok(())
}

/// The environment of what is compared with, made if it is not there or not the one wanted.
fn peer(house: &House) -> Result<PathBuf> {
    let environment = house.cache("invoices-peer");
    let python = environment.join("bin/python");
    let made_of = environment.join("made-of.txt");
    if fs::read_to_string(&made_of).is_ok_and(|made| made == REQUIREMENTS) {
        return Ok(python);
    }
    if environment.exists() {
        fs::remove_dir_all(&environment).context("cannot remove the old environment")?;
    }
    let mut make = house.command("python3");
    make.args(["-m", "venv"]).arg(&environment);
    step::run(make)?;
    let mut install = house.command(&python);
    install.args(["-m", "pip", "install", "--quiet"]);
    install.arg("--disable-pip-version-check");
    install.args(REQUIREMENTS.lines().filter(|line| line.contains("==")));
    step::run(install)?;
    fs::write(&made_of, REQUIREMENTS).context("cannot note what the environment is made of")?;
    Ok(python)
}
