//! From process start to the first paint, and the memory of the window at rest.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::{
    process::{family_memory, middle_and_tail},
    release_programs,
};
use crate::{house::House, interface, step, system};

const TIMES: usize = 7;
const REST: Duration = Duration::from_secs(10);

/// Opens the window on the sandbox workspace, again and again, on a screen of its own.
pub fn bench(house: &House) -> Result<()> {
    system::ensure(&system::TESTS)?;
    interface::build(house)?;
    release_programs(house)?;
    let folder = house.cache("bench").join("window");
    std::fs::create_dir_all(&folder)?;
    let workspace = folder.join("sandbox.tally");
    if !workspace.is_file() {
        for words in [["init", "--sandbox"].as_slice(), ["sync"].as_slice()] {
            let mut prepare = house.command(house.released("tally"));
            prepare.args(words).arg("--workspace").arg(&workspace);
            step::run(prepare)?;
        }
    }
    let display = ":98";
    let _screen = Ended(
        Command::new("Xvfb")
            .args([display, "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
            .stderr(Stdio::null())
            .spawn()?,
    );
    thread::sleep(Duration::from_secs(1));
    let mut times = Vec::new();
    for time in 0..TIMES {
        let mut open = house.command(house.released("tallyport"));
        open.arg("--workspace").arg(&workspace);
        open.env("DISPLAY", display)
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .env("XDG_DATA_HOME", folder.join("data"))
            .env("TALLYPORT_REPORT_PAINT", "1")
            .env_remove("WAYLAND_DISPLAY")
            .stderr(Stdio::null())
            .stdout(Stdio::piped());
        let started = Instant::now();
        let mut window = Ended(open.spawn()?);
        wait_for_paint(&mut window.0)?;
        times.push(started.elapsed());
        if time + 1 == TIMES {
            thread::sleep(REST);
            let (resident, proportional) = family_memory(window.0.id());
            println!(
                "at rest, {} s after the paint: {resident} MiB resident in all processes, \
                 {proportional} MiB with shared pages counted once",
                REST.as_secs()
            );
        }
    }
    let first = times.first().copied().unwrap_or_default();
    let (middle, tail) = middle_and_tail(times);
    println!(
        "process start to first paint: {} ms in the middle of {TIMES} (first {} ms, worst {} ms)",
        middle.as_millis(),
        first.as_millis(),
        tail.as_millis()
    );
    Ok(())
}

fn wait_for_paint(window: &mut Child) -> Result<()> {
    let output = window.stdout.take().context("its output is piped")?;
    for line in BufReader::new(output).lines() {
        if line? == "painted" {
            return Ok(());
        }
    }
    bail!("the window closed before it painted")
}

/// A process that is ended when it is no longer needed.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
