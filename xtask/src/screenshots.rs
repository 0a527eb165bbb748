//! `cargo xtask screenshots`: the pictures in the documentation, from the real window.

use anyhow::Result;

use crate::{house::House, interface, stages, step, system};

/// Draws every place of the sandbox workspace, light and dark, into `docs/screenshots`.
pub fn screenshots(house: &House) -> Result<()> {
    system::ensure(&system::TESTS)?;
    interface::build(house)?;
    stages::build_programs(house)?;
    let mut draw = stages::window(house, "screenshots", "")?;
    draw.env(
        "TALLYPORT_SCREENSHOTS",
        house.root().join("docs/screenshots"),
    );
    step::run(draw)?;
    // Popups are pictured where a sync raises them.
    let mut popups = stages::window(house, "journeys", "budgets")?;
    popups.env(
        "TALLYPORT_SCREENSHOTS",
        house.root().join("docs/screenshots"),
    );
    step::run(popups)
}
