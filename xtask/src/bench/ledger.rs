//! A year of daily charges: loading, questions, a changed rule, a re-sync, and what it all takes on disk.

use std::fs;

use anyhow::Result;

use super::{process::measure, release};
use crate::house::House;

/// Runs `measure_ledger` of the store in a fresh folder; it prints its figures itself.
pub fn bench(house: &House) -> Result<()> {
    release(
        house,
        &[
            "--package",
            "tallyport-store",
            "--example",
            "measure_ledger",
        ],
    )?;
    let folder = house.cache("bench").join("ledger");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut ledger = house.command(house.released_example("measure_ledger"));
    ledger.arg(&folder);
    let measured = measure(ledger)?;
    print!("{}", measured.output);
    println!("peak memory: {} MiB", measured.peak_mib);
    fs::remove_dir_all(&folder)?;
    Ok(())
}
