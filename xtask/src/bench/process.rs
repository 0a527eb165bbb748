//! How long a program took and how much memory it had at its highest.

use std::{
    fs,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::step;

/// What one run of a program took.
pub struct Measured {
    /// From its start to its end.
    pub took: Duration,
    /// Its peak of resident memory.
    pub peak_mib: u64,
    /// What it printed.
    pub output: String,
}

impl Measured {
    /// Of two runs the quicker, with the most memory that either took.
    pub fn or_better(self, other: Self) -> Self {
        let peak_mib = self.peak_mib.max(other.peak_mib);
        let better = if other.took < self.took { other } else { self };
        Self { peak_mib, ..better }
    }
}

/// Runs a program to its end. The kernel keeps the peak itself (`VmHWM`); it is read until the
/// process has gone, so at most the last few milliseconds are missed.
pub fn measure(mut command: Command) -> Result<Measured> {
    let text = step::shown(&command);
    println!("$ {text}");
    let started = Instant::now();
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{text}`"))?;
    let output = child.stdout.take().context("its output is piped")?;
    let reader = thread::spawn(move || std::io::read_to_string(output));
    let (succeeded, peak) = wait(&mut child)?;
    let took = started.elapsed();
    if !succeeded {
        bail!("`{text}` failed");
    }
    let output = reader.join().ok().and_then(Result::ok).unwrap_or_default();
    Ok(Measured {
        took,
        peak_mib: peak / 1024,
        output,
    })
}

/// Whether it succeeded, and its peak in KiB.
fn wait(child: &mut Child) -> Result<(bool, u64)> {
    let mut peak = 0;
    loop {
        peak = peak.max(memory_of(child.id(), "VmHWM"));
        if let Some(status) = child.try_wait()? {
            return Ok((status.success(), peak));
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// A line of `/proc/PID/status`, in KiB; nothing where there is no such file.
fn memory_of(process: u32, key: &str) -> u64 {
    field(&format!("/proc/{process}/status"), key)
}

/// The resident and the proportional memory, in MiB, of a process and all that it started.
pub fn family_memory(process: u32) -> (u64, u64) {
    let mut family = vec![process];
    let mut seen = 0;
    while let Some(parent) = family.get(seen).copied() {
        seen += 1;
        family.extend(children_of(parent));
    }
    let sum =
        |of: &dyn Fn(u32) -> u64| family.iter().map(|process| of(*process)).sum::<u64>() / 1024;
    (
        sum(&|process| memory_of(process, "VmRSS")),
        sum(&|process| field(&format!("/proc/{process}/smaps_rollup"), "Pss")),
    )
}

fn children_of(process: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{process}/task"))
        .into_iter()
        .flatten()
        .flatten();
    tasks
        .filter_map(|task| fs::read_to_string(task.path().join("children")).ok())
        .flat_map(|text| {
            text.split_whitespace()
                .filter_map(|id| id.parse().ok())
                .collect::<Vec<u32>>()
        })
        .collect()
}

fn field(file: &str, key: &str) -> u64 {
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| *name == key)
        .and_then(|(_, value)| value.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

/// The middle and the 95th of a hundred, of times that were taken.
pub fn middle_and_tail(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort();
    let at = |share: usize| {
        times
            .get((times.len() * share / 100).min(times.len().saturating_sub(1)))
            .copied()
    };
    (at(50).unwrap_or_default(), at(95).unwrap_or_default())
}
