//! Node and the interface's packages.

use std::{fs, process::Command};

use anyhow::{Context, Result, bail};

use crate::{house::House, step};

/// The oldest Node that the interface's tools run on.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Makes sure of Node and of the packages in the lock file; does nothing when the lock file has
/// not changed since.
pub fn install(house: &House) -> Result<()> {
    check_node()?;
    let lock = fs::read(house.interface().join("package-lock.json"))
        .context("ui/package-lock.json cannot be read")?;
    let stamp = house.interface().join("node_modules/.installed-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step::run(house.npm(&["ci", "--no-progress"]))?;
    fs::write(&stamp, lock).context("the stamp in ui/node_modules cannot be written")
}

/// Installs and builds the interface, so that window and `tally serve` show this one.
pub fn build(house: &House) -> Result<()> {
    install(house)?;
    step::run(house.npm(&["run", "build"]))
}

fn check_node() -> Result<()> {
    let mut node = Command::new("node");
    node.arg("--version");
    let version = step::answer(node);
    if version
        .as_deref()
        .and_then(parse)
        .is_some_and(|version| version >= OLDEST_NODE)
    {
        return Ok(());
    }
    let (major, minor) = OLDEST_NODE;
    let found = match version {
        Some(version) => format!("found {}", version.trim()),
        None => "found none".to_owned(),
    };
    bail!(
        "The interface needs Node {major}.{minor} or newer ({found}). Install it from \
         https://nodejs.org or with your version manager, for example:\n\n  nvm install {major}"
    )
}

fn parse(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_node_compare_by_number() {
        assert!(parse("v20.19.0\n") >= Some(OLDEST_NODE));
        assert!(parse("v22.1.0") > Some(OLDEST_NODE));
        assert!(parse("v20.9.0") < Some(OLDEST_NODE));
        assert_eq!(parse("20"), None);
    }
}
