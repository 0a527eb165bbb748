//! The program that lets a test drive the real window.

use std::path::PathBuf;

use anyhow::Result;

use crate::{house::House, step};

/// The stable line; 3.0 is a pre-release.
const VERSION: &str = "2.1.0";

/// Builds tauri-driver once and keeps it between runs and clones.
pub fn install(house: &House) -> Result<PathBuf> {
    let folder = house.cache("tools");
    let program = folder
        .join("bin")
        .join(format!("tauri-driver{}", std::env::consts::EXE_SUFFIX));
    if program.is_file() {
        return Ok(program);
    }
    let mut install = house.cargo(&[
        "install",
        "tauri-driver",
        "--version",
        VERSION,
        "--locked",
        "--root",
    ]);
    install.arg(&folder);
    step::run(install)?;
    Ok(program)
}
