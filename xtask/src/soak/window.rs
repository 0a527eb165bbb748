//! `cargo xtask soak window`: the open window, synced by its own clock every minute, and its memory.

use std::{
    fs::File,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{bench::family_memory, house::House, interface, stages::build_programs, step, system};

/// How long the window is open, in minutes, unless `TALLYPORT_SOAK_MINUTES` says otherwise.
const MINUTES: u64 = 45;
/// The program settles first: caches fill, the first pages are drawn.
const SETTLING: u64 = 5;
/// Memory after the settling may not grow by more than this part of it, in percent.
const GROWTH: u64 = 5;

/// Opens the window on a sandbox workspace whose connection is synced every minute, and takes its memory at
/// the end of each. In the development build: whether memory grows is the same in both, and this one checks
/// what it adds up.
pub fn soak(house: &House) -> Result<()> {
    system::ensure(&system::TESTS)?;
    interface::build(house)?;
    build_programs(house)?;
    let folder = house.cache("soak").join("window");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(folder.join("data"))?;
    let workspace = folder.join("sandbox.tally");
    let tally = |words: &[&str]| {
        let mut command = house.command(house.built("tally"));
        command.args(words).arg("--workspace").arg(&workspace);
        command
    };
    step::run(tally(&["init", "--sandbox"]))?;
    step::run(tally(&["sync"]))?;
    step::run(tally(&[
        "schedules",
        "set",
        "sync-1",
        "--cron",
        "* * * * *",
    ]))?;
    let minutes = std::env::var("TALLYPORT_SOAK_MINUTES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(MINUTES);
    let display = ":97";
    let _screen = Ended(
        Command::new("Xvfb")
            .args([display, "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
            .stderr(Stdio::null())
            .spawn()?,
    );
    thread::sleep(Duration::from_secs(1));
    let mut open = house.command(house.built("tallyport"));
    open.arg("--workspace").arg(&workspace);
    open.env("DISPLAY", display)
        .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
        .env("XDG_DATA_HOME", folder.join("data"))
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .stderr(File::create(folder.join("said.txt"))?);
    let mut window = Ended(open.spawn()?);
    let started = Instant::now();
    let mut taken = Vec::new();
    println!("minute  resident MiB  proportional MiB");
    for minute in 1..=minutes {
        while started.elapsed() < Duration::from_secs(60 * minute) {
            thread::sleep(Duration::from_secs(1));
            if window.0.try_wait()?.is_some() {
                bail!("the window closed by itself in minute {minute}");
            }
        }
        let (resident, proportional) = family_memory(window.0.id());
        println!("{minute:>6}  {resident:>12}  {proportional:>16}");
        taken.push(proportional);
    }
    drop(window);
    let mut runs = tally(&["schedules", "runs", "sync-1", "--json"]);
    runs.stderr(Stdio::null());
    let runs = step::answer(runs).context("the runs cannot be read")?;
    let done = runs.matches("\"done\"").count();
    judge(&taken, minutes, done)
}

/// Flat is: what the second half of the settled minutes takes is not more than what the first half took, but
/// for a few percent.
fn judge(taken: &[u64], minutes: u64, done: usize) -> Result<()> {
    // The list of runs that is asked for has at most a hundred.
    let wanted = usize::try_from(minutes.saturating_sub(2).min(100))?;
    println!("{done} syncs were done in {minutes} minutes");
    if done < wanted {
        bail!("a sync every minute was planned, and {wanted} at least were expected");
    }
    let settled = taken
        .get(usize::try_from(SETTLING)?..)
        .filter(|settled| settled.len() >= 4)
        .context("too short to tell whether memory grows")?;
    let (first, second) = settled.split_at(settled.len() / 2);
    let middle = |part: &[u64]| {
        let mut part = part.to_vec();
        part.sort_unstable();
        part.get(part.len() / 2).copied().unwrap_or(0)
    };
    let (before, after) = (middle(first), middle(second));
    println!(
        "after the first {SETTLING} minutes: {before} MiB in the middle of the first half, {after} MiB of the second \
         (highest {} MiB)",
        settled.iter().max().unwrap_or(&0)
    );
    if after > before + (before * GROWTH).div_ceil(100) {
        bail!("memory grows: by more than {GROWTH} %");
    }
    Ok(())
}

/// A process that is ended when it is no longer needed.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_that_stays_is_flat_and_memory_that_grows_is_not() {
        let flat: Vec<u64> = (0..45).map(|minute| 180 + minute % 3).collect();
        assert!(judge(&flat, 45, 44).is_ok());
        let growing: Vec<u64> = (0..45).map(|minute| 180 + minute).collect();
        assert!(judge(&growing, 45, 44).is_err());
        assert!(
            judge(&flat, 45, 20).is_err(),
            "a window that does not sync proves nothing"
        );
        assert!(judge(&flat[..6], 6, 6).is_err(), "nor does a short look");
    }
}
