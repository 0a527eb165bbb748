//! Ten thousand budgets over a year of charges, evaluated after a sync that touched one day.

use std::fs;

use anyhow::Result;

use super::{process::measure, release};
use crate::house::House;

/// Runs `measure_budgets` of the workspace in a fresh folder; it prints its figures itself.
pub fn bench(house: &House) -> Result<()> {
    let example = [
        "--package",
        "tallyport-workspace",
        "--example",
        "measure_budgets",
    ];
    release(house, &example)?;
    let folder = house.cache("bench").join("budgets");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut budgets = house.command(house.released_example("measure_budgets"));
    budgets.arg(&folder);
    let measured = measure(budgets)?;
    print!("{}", measured.output);
    println!("peak memory: {} MiB", measured.peak_mib);
    fs::remove_dir_all(&folder)?;
    Ok(())
}
