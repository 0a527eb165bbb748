//! How many two-page invoices are drawn in a second.

use anyhow::Result;

use super::{process::measure, release};
use crate::house::House;

/// Draws a thousand and lets the example say its rate.
pub fn bench(house: &House) -> Result<()> {
    release(
        house,
        &[
            "--package",
            "tallyport-documents",
            "--example",
            "render_invoices",
        ],
    )?;
    let mut render = house.command(house.released_example("render_invoices"));
    render.arg("1000");
    let measured = measure(render)?;
    print!("{}", measured.output);
    println!(
        "the whole run: {} ms, peak {} MiB",
        measured.took.as_millis(),
        measured.peak_mib
    );
    Ok(())
}
