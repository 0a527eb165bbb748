//! `cargo xtask test` and `check`: every stage, one after another, and one line at the end.

use std::{process::Command, time::Instant};

use anyhow::{Result, bail};

use crate::{
    closing::{self, Count, Runner},
    driver,
    house::House,
    interface, oracle, step, system,
};

/// One thing that can hold or fail.
struct Stage {
    name: &'static str,
    /// What counts its tests; a stage without is itself one check.
    runner: Option<Runner>,
    command: Command,
}

/// Runs everything; every stage runs even when one before it failed, so that one run tells all.
pub fn test(house: &House, only: Option<&str>) -> Result<()> {
    let needs = |stages: &[&str]| only.is_none_or(|name| stages.contains(&name));
    system::ensure(&system::TESTS)?;
    interface::install(house)?;
    if needs(&["rust", "window"]) {
        oracle::ensure(house)?;
    }
    let mut stages = Vec::new();
    stages.push(gate("build-interface", house.npm(&["run", "build"])));
    stages.extend(checks(house));
    // Builds both programs too: packages with tests of the whole program have them built first.
    stages.push(counted(
        "rust",
        Runner::Cargo,
        house.cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]),
    ));
    stages.push(counted(
        "interface",
        Runner::Vitest,
        house.npm(&["run", "test"]),
    ));
    stages.push(counted("browser", Runner::Playwright, {
        let mut browser = house.npm(&["run", "e2e"]);
        browser.env("TALLY_BIN", house.built("tally"));
        browser
    }));
    if cfg!(target_os = "linux") && needs(&["window"]) {
        stages.push(counted(
            "window",
            Runner::Node,
            window(house, "journeys", "")?,
        ));
    } else if needs(&["window"]) {
        println!("The window journeys need Linux and are left out here.");
    }
    if let Some(only) = only {
        stages.retain(|stage| stage.name == only);
        if stages.is_empty() {
            bail!("there is no stage called {only}");
        }
    }
    conclude(stages)
}

/// Formats, lints and types: quick enough before every commit.
pub fn check(house: &House) -> Result<()> {
    system::ensure(&system::WINDOW)?;
    interface::install(house)?;
    conclude(checks(house))
}

fn checks(house: &House) -> Vec<Stage> {
    vec![
        gate("format", house.cargo(&["fmt", "--all", "--check"])),
        gate(
            "lint",
            house.cargo(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--locked",
                "--",
                "-D",
                "warnings",
            ]),
        ),
        // A package by itself, whose lock nothing else looks at: out of date, nobody can fuzz.
        gate(
            "fuzz-lock",
            house.cargo(&[
                "tree",
                "--locked",
                "--depth",
                "0",
                "--manifest-path",
                "fuzz/Cargo.toml",
            ]),
        ),
        gate("check-interface", house.npm(&["run", "check"])),
    ]
}

/// Builds the window and the command line in the development profile.
pub fn build_programs(house: &House) -> Result<()> {
    step::run(house.cargo(&[
        "build",
        "--locked",
        "--package",
        "tallyport",
        "--package",
        "tally",
    ]))
}

/// Tests in the real window: node's own test runner over the files of a folder of `tests/window`
/// whose names begin so.
pub fn window(house: &House, folder: &str, beginning: &str) -> Result<Command> {
    let driver = driver::install(house)?;
    let python = oracle::ensure(house)?;
    let folder = house.root().join("tests/window").join(folder);
    let mut files: Vec<String> = std::fs::read_dir(&folder)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with(beginning) && name.ends_with(".test.mjs"))
        .collect();
    files.sort();
    let mut command = house.command("node");
    command
        .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .args(files.iter().map(|name| folder.join(name)))
        .env("TALLYPORT_BIN", house.built("tallyport"))
        .env("TALLY_BIN", house.built("tally"))
        .env("TAURI_DRIVER", driver)
        .env("TALLYPORT_ORACLE", python)
        .env("TALLYPORT_OUTPUT", house.output("window"));
    Ok(command)
}

fn gate(name: &'static str, command: Command) -> Stage {
    Stage {
        name,
        runner: None,
        command,
    }
}

fn counted(name: &'static str, runner: Runner, command: Command) -> Stage {
    Stage {
        name,
        runner: Some(runner),
        command,
    }
}

fn conclude(stages: Vec<Stage>) -> Result<()> {
    let mut total = Count::default();
    let mut lines = Vec::new();
    for stage in stages {
        println!("\n== {} ==", stage.name);
        let (name, started) = (stage.name, Instant::now());
        let count = perform(stage)?;
        lines.push(format!(
            "{:<16} {:>6} passed {:>4} failed {:>4} skipped {:>6} s",
            name,
            count.passed,
            count.failed,
            count.skipped,
            started.elapsed().as_secs()
        ));
        total.add(count);
    }
    println!("\n{}", lines.join("\n"));
    println!();
    // The plain closing line, alone on its line, is what programs read.
    match total.skipped {
        0 => println!("{} passed, {} failed", total.passed, total.failed),
        skipped => println!(
            "{} passed, {} failed, {skipped} skipped",
            total.passed, total.failed
        ),
    }
    if total.failed > 0 {
        bail!("not everything holds");
    }
    Ok(())
}

/// A stage whose program failed counts at least one failure, whatever its lines said; and a
/// runner that ran no test has failed too.
fn perform(stage: Stage) -> Result<Count> {
    let mut count = Count::default();
    let Some(runner) = stage.runner else {
        match step::run(stage.command) {
            Ok(()) => count.passed = 1,
            Err(error) => {
                println!("{error:#}");
                count.failed = 1;
            }
        }
        return Ok(count);
    };
    let succeeded = step::watch(stage.command, |line| {
        if let Some(closing) = closing::read(runner, line) {
            count.add(closing);
        }
    })?;
    if (!succeeded || count.passed == 0) && count.failed == 0 {
        println!("{} ended badly or ran no test", stage.name);
        count.failed = 1;
    }
    Ok(count)
}
