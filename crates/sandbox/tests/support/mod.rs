//! What the tests of the sandbox share.

use jiff::civil::{Date, date};
use tallyport_sandbox::{Sandbox, SandboxOptions};

pub const TODAY: Date = date(2026, 11, 21);

pub struct Opened {
    pub sandbox: Sandbox,
    pub folder: tempfile::TempDir,
}

pub fn open() -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = reopen(&folder, TODAY);
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
