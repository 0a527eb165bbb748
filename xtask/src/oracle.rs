//! The oracles of the tests: FOCUS's own validator, DuckDB, and a translator between dialects of
//! SQL, in an environment of their own with every version pinned.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{environment, house::House, step};

/// Every package, by version; the file in the environment says what it was made of.
const REQUIREMENTS: &str = include_str!("../../tests/oracle/requirements.txt");
/// The AWS that SFTP journeys sign in to: an environment of its own, whose SDK is another one.
const MINISTACK: &str = include_str!("../../tests/oracle/ministack.txt");
/// The AWS that reads what a tenant's policies say.
const MOTO: &str = include_str!("../../tests/oracle/moto.txt");
/// Debian 12's minor version of Python 3; the packages are built for it and later ones.
const LEAST: u32 = 11;
/// The latest that all packages have been built for.
const LATEST: u32 = 14;

/// Rewrites the one line of the validator that Python before 3.12 cannot parse, a quotation mark within
/// an f-string, in the words that every version understands.
const OLDER_PYTHON: &str = r#"
import importlib.util, pathlib, sys
if sys.version_info < (3, 12):
    package = pathlib.Path(importlib.util.find_spec("focus_validator").origin).parent
    file = package / "config_objects" / "focus_to_duckdb_converter.py"
    text = file.read_text(encoding="utf-8")
    newer = """f"'{k.replace('\\"', '\\"\\"')}'" for k"""
    older = """"'" + k.replace('"', '""') + "'" for k"""
    if text.count(newer) != 1:
        sys.exit("The validator has changed: see which line Python 3.11 refuses.")
    file.write_text(text.replace(newer, older), encoding="utf-8")
"#;

/// Makes the environment if it is not there, or not the one wanted.
pub fn ensure(house: &House) -> Result<PathBuf> {
    environment::programs(house, "ministack", MINISTACK)?;
    environment::programs(house, "moto", MOTO)?;
    let environment = house.cache("oracle");
    let python = environment.join("bin/python");
    let made_of = environment.join("made-of.txt");
    if python.exists() && fs::read_to_string(&made_of).is_ok_and(|made| made == REQUIREMENTS) {
        return Ok(python);
    }
    let Some(maker) = python_of(house) else {
        bail!(
            "The tests hold exports against FOCUS's own validator, which needs Python 3.{LEAST} or \
             later, and there is none on this machine. Install it (with its venv), such as\n\n  \
             sudo apt-get install python3 python3-venv\n\nor `pyenv install 3.13`, then start \
             again."
        );
    };
    if environment.exists() {
        fs::remove_dir_all(&environment).context("cannot remove the old oracles")?;
    }
    println!(
        "Making the oracles of the tests in {}",
        environment.display()
    );
    let mut make = house.command(maker);
    make.args(["-m", "venv"]).arg(&environment);
    step::run(make)?;
    let mut install = house.command(&python);
    install
        .args(["-m", "pip", "install", "--quiet", "--no-deps"])
        // The validator asks for 3.12 on account of the one line that `OLDER_PYTHON` rewrites.
        .args([
            "--ignore-requires-python",
            "--disable-pip-version-check",
            "--requirement",
        ])
        .arg(house.root().join("tests/oracle/requirements.txt"));
    step::run(install)?;
    let mut rewrite = house.command(&python);
    rewrite.args(["-c", OLDER_PYTHON]);
    step::run(rewrite)?;
    // Last, so that an installation that broke off is made again.
    fs::write(&made_of, REQUIREMENTS).context("cannot note what the oracles are made of")?;
    Ok(python)
}

/// A Python that is new enough: on the path by its names, else among those of pyenv.
fn python_of(house: &House) -> Option<PathBuf> {
    let named = (LEAST..=LATEST)
        .rev()
        .map(|minor| PathBuf::from(format!("python3.{minor}")))
        .chain([PathBuf::from("python3"), PathBuf::from("python")]);
    let pyenv = std::env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".pyenv")));
    let versions = pyenv
        .and_then(|root| fs::read_dir(root.join("versions")).ok())
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin/python3")));
    named
        .chain(versions)
        .find(|python| is_usable(house, python))
}

fn is_usable(house: &House, python: &Path) -> bool {
    let mut ask: Command = house.command(python);
    ask.args([
        "-c",
        &format!(
            "import ensurepip, sys; sys.exit(not (3, {LEAST}) <= sys.version_info[:2] <= (3, {LATEST}))"
        ),
    ]);
    step::answer(ask).is_some()
}
