//! What is made from the code and committed: the API document and the interface's client.

use anyhow::{Context, Result};

use crate::{house::House, interface, step};

/// Writes `docs/openapi.json` from the router, then the TypeScript client from it. Tests fail
/// when either is stale.
pub fn generate(house: &House) -> Result<()> {
    step::run(house.cargo(&["build", "--package", "tally"]))?;
    let mut ask = house.command(house.built("tally"));
    ask.arg("openapi");
    let document = step::answer(ask).context("`tally openapi` failed")?;
    std::fs::write(house.root().join("docs/openapi.json"), document)?;
    interface::install(house)?;
    step::run(house.npm(&["run", "generate"]))
}
