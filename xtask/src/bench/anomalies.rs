//! How well unusual costs are told: made series with known events, the rates of false and missed alarms, how
//! soon, and how fast.

use anyhow::Result;

use super::{process::measure, release};
use crate::house::House;

/// Runs the suite on the seed that is reported; thresholds were chosen on others.
pub fn bench(house: &House) -> Result<()> {
    release(
        house,
        &[
            "--package",
            "tallyport-insight",
            "--example",
            "anomaly_suite",
        ],
    )?;
    let measured = measure(house.command(house.released_example("anomaly_suite")))?;
    print!("{}", measured.output);
    Ok(())
}
