//! Ten thousand budgets over a year of charges, evaluated after a sync that touched one day.

use std::fs;

use anyhow::Result;

use super::{process::measure, release};
use crate::house::House;

/// Runs `measure_budgets` of the workspace in a fresh folder, once with scopes that many budgets share and once
/// with ten thousand different ones; it prints its figures itself.
pub fn bench(house: &House) -> Result<()> {
    let example = [
        "--package",
        "tallyport-workspace",
        "--example",
        "measure_budgets",
    ];
    release(house, &example)?;
    let folder = house.cache("bench").join("budgets");
    for scopes in ["shared", "distinct"] {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let mut budgets = house.command(house.released_example("measure_budgets"));
        budgets.arg(&folder).arg(scopes);
        let measured = measure(budgets)?;
        println!("{scopes} scopes");
        print!("{}", measured.output);
        println!("peak memory: {} MiB\n", measured.peak_mib);
        fs::remove_dir_all(&folder)?;
    }
    Ok(())
}
