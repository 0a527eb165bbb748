//! Forecasts of public daily series and of bill-like ones, beside statsforecast on the same series in the same
//! run: error, coverage of the bands, time.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::release;
use crate::{house::House, step};

const REQUIREMENTS: &str = include_str!("forecast/requirements.txt");
const BILLS: &str = include_str!("forecast/bills.py");
const COLLECT: &str = include_str!("forecast/collect.py");
const COMPARE: &str = include_str!("forecast/compare.py");

/// Collects the series, forecasts them and holds them against what followed.
pub fn bench(house: &House) -> Result<()> {
    release(
        house,
        &[
            "--package",
            "tallyport-insight",
            "--example",
            "measure_forecasts",
        ],
    )?;
    let python = peer(house)?;
    let folder = house.cache("bench").join("forecast");
    fs::create_dir_all(&folder)?;
    written(&folder, "bills.py", BILLS)?;
    let collect = written(&folder, "collect.py", COLLECT)?;
    let compare = written(&folder, "compare.py", COMPARE)?;
    let series = folder.join("series.csv");
    let mut making = house.command(&python);
    making.args(["-W", "ignore"]).arg(&collect).arg(&series);
    step::run(making)?;
    let program = house.released_example("measure_forecasts");
    // What parameters were chosen on, and what they were not.
    for (window, alone) in [("tuning", true), ("report", false), ("judged", true)] {
        println!("-- {window}");
        let mut comparing = house.command(&python);
        comparing.args(["-W", "ignore"]).arg(&compare);
        comparing.arg(&series).arg(window).arg(&program);
        if alone {
            comparing.arg("--alone");
        }
        step::run(comparing)?;
    }
    Ok(())
}

/// The environment of what is compared with, made if it is not there or not the one wanted.
fn peer(house: &House) -> Result<PathBuf> {
    let environment = house.cache("forecast-peer");
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
    // Greykite is there for its series only: what it would install beside them is not needed.
    let (alone, whole): (Vec<&str>, Vec<&str>) = REQUIREMENTS
        .lines()
        .filter(|line| line.contains("=="))
        .partition(|line| line.starts_with("greykite"));
    for (packages, flag) in [(whole, None), (alone, Some("--no-deps"))] {
        let mut install = house.command(&python);
        install.args(["-m", "pip", "install", "--quiet"]);
        install.arg("--disable-pip-version-check").args(flag);
        install.args(packages);
        step::run(install)?;
    }
    fs::write(&made_of, REQUIREMENTS).context("cannot note what the environment is made of")?;
    Ok(python)
}

fn written(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    fs::write(&path, text)?;
    Ok(path)
}
