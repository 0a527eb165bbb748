//! A tenant's folder of a hundred thousand files, gone through in a browser from its first to its last.

use anyhow::Result;

use super::release_programs;
use crate::{house::House, interface, step, system};

const FILES: &str = "100000";

/// The journey of a folder of many files, with more of them and the programs as they are shipped.
pub fn bench(house: &House) -> Result<()> {
    system::ensure(&system::TESTS)?;
    interface::build(house)?;
    release_programs(house)?;
    let mut journey = house.npm(&["run", "e2e", "--", "e2e/folder.spec.ts"]);
    journey
        .env("TALLY_BIN", house.released("tally"))
        .env("TALLYPORT_FILES", FILES);
    step::run(journey)
}
