//! `cargo xtask run`: from a fresh clone to the program.

use anyhow::Result;

use crate::{house::House, interface, stages, step, system};

/// Opens the window on the sandbox workspace; with no screen does the same work headless.
pub fn run(house: &House) -> Result<()> {
    if system::has_display() {
        window(house)
    } else {
        headless(house)
    }
}

fn window(house: &House) -> Result<()> {
    system::ensure(&system::WINDOW)?;
    interface::build(house)?;
    stages::build_programs(house)?;
    println!("\nOpening the window on the sandbox workspace: made-up data, marked as such.");
    let mut open = house.command(house.built("tallyport"));
    open.arg("--sandbox");
    step::run(open)
}

fn headless(house: &House) -> Result<()> {
    println!("There is no display: doing the same work on the command line.");
    system::ensure(&system::COMMAND_LINE)?;
    step::run(house.cargo(&["build", "--locked", "--package", "tally"]))?;
    let mut demo = house.command(house.built("tally"));
    demo.args(["demo", "--out", "target/demo"]);
    step::run(demo)
}
