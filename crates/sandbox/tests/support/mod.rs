//! What the tests of the sandbox share.
#![allow(dead_code, reason = "each test target uses its own part")]

use jiff::civil::{Date, date};
use tallyport_sandbox::{Sandbox, SandboxOptions};

pub const TODAY: Date = date(2026, 11, 21);

pub struct Opened {
    pub sandbox: Sandbox,
    pub folder: tempfile::TempDir,
}

pub fn open() -> Opened {
    open_on(TODAY)
}

pub fn open_on(today: Date) -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = reopen(&folder, today);
    Opened { sandbox, folder }
}

pub fn reopen(folder: &tempfile::TempDir, today: Date) -> Sandbox {
    Sandbox::open(SandboxOptions {
        folder: folder.path().join("sandbox"),
        today,
        seed: 7,
    })
    .unwrap()
}

/// Nano-units of a decimal, exactly.
pub fn nano(text: &str) -> i128 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    assert!(fraction.len() <= 9, "{text} has more than nine decimals");
    let fraction = format!("{fraction:0<9}");
    sign * (whole.parse::<i128>().unwrap() * 1_000_000_000 + fraction.parse::<i128>().unwrap())
}
