//! Environments of Python, each with what one purpose needs and every version pinned.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::{house::House, step};

/// The folder of programs of the environment `name`, which is made if it is not there or holds
/// something else than `requirements`.
pub fn programs(house: &House, name: &str, requirements: &str) -> Result<PathBuf> {
    let environment = house.cache(name);
    let programs = environment.join("bin");
    let made_of = environment.join("made-of.txt");
    if fs::read_to_string(&made_of).is_ok_and(|made| made == requirements) {
        return Ok(programs);
    }
    if environment.exists() {
        fs::remove_dir_all(&environment).context("cannot remove the old environment")?;
    }
    println!("Making {}", environment.display());
    let mut make = house.command("python3");
    make.args(["-m", "venv"]).arg(&environment);
    step::run(make)?;
    let list = environment.join("requirements.txt");
    fs::write(&list, requirements)?;
    let mut install = house.command(programs.join("python"));
    install.args(["-m", "pip", "install", "--quiet", "--no-deps"]);
    install.args(["--disable-pip-version-check", "--requirement"]);
    install.arg(list);
    step::run(install)?;
    // Last, so that an installation that broke off is made again.
    fs::write(&made_of, requirements).context("cannot note what the environment is made of")?;
    Ok(programs)
}
