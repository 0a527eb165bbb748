//! `cargo xtask soak`: the fault tests of the suite with their full counts.

mod window;

use std::process::Command;

use anyhow::{Result, bail};

use crate::{fuzz, house::House, interface, oracle, stages, step, system};

/// A fault run: which tests, and which counts turn their short form into the full one.
struct Soak {
    name: &'static str,
    counts: &'static [(&'static str, &'static str)],
    tests: &'static [&'static str],
    program: Program,
}

/// The program that a fault run starts.
#[derive(Clone, Copy)]
enum Program {
    /// None, or the one that was built with the tests.
    OfTheTests,
    /// `tally` in the release profile, since the bills are too long for the other.
    Tally,
    /// The uploader in the release profile.
    Sender,
}

impl Program {
    /// Builds it and tells the tests where it is.
    fn ready(self, house: &House, command: &mut Command) -> Result<()> {
        match self {
            Self::OfTheTests => {}
            Self::Tally => {
                step::run(house.cargo(&["build", "--release", "--locked", "--package", "tally"]))?;
                command.env("TALLY_BIN", house.released("tally"));
            }
            Self::Sender => {
                let sender = ["--package", "tallyport-transfer", "--example", "send"];
                let mut build = house.cargo(&["build", "--release", "--locked"]);
                build.args(sender);
                step::run(build)?;
                command.env("TALLYPORT_SEND", house.released_example("send"));
                // The store that is uploaded to runs within the tests.
                command.arg("--release");
            }
        }
        Ok(())
    }
}

const SOAKS: &[Soak] = &[
    Soak {
        name: "kill",
        counts: &[("TALLY_KILLS", "200")],
        tests: &["--package", "tally", "--test", "journeys", "kills"],
        program: Program::Tally,
    },
    Soak {
        name: "corrupt",
        counts: &[
            ("TALLYPORT_DAMAGED_PLACES", "200"),
            ("TALLYPORT_CROWDS", "100"),
            ("TALLYPORT_AUDIT_LINES", "10000"),
            ("TALLYPORT_AUDIT_MANIPULATIONS", "1000"),
        ],
        tests: &[
            "--package",
            "tallyport-store",
            "--test",
            "damage",
            "--test",
            "audit",
        ],
        program: Program::OfTheTests,
    },
    Soak {
        name: "ledger",
        counts: &[("TALLYPORT_PARALLEL_INVOICES", "200")],
        tests: &["--package", "tallyport-workspace", "--test", "invoicing"],
        program: Program::OfTheTests,
    },
    Soak {
        name: "io",
        counts: &[("TALLY_IO_FAULTS", "100")],
        tests: &["--package", "tally", "--test", "journeys", "harms_nothing"],
        program: Program::OfTheTests,
    },
    Soak {
        name: "disk",
        counts: &[("TALLY_FULL_DISKS", "20")],
        tests: &["--package", "tally", "--test", "journeys", "full_disk"],
        program: Program::Tally,
    },
    Soak {
        name: "locked",
        counts: &[("TALLYPORT_CROWD_SECONDS", "60")],
        tests: &["--package", "tallyport-store", "--test", "locked"],
        program: Program::OfTheTests,
    },
    Soak {
        name: "schedules",
        counts: &[("TALLYPORT_SCHEDULE_ROUNDS", "200")],
        tests: &["--package", "tallyport-workspace", "--test", "schedules"],
        program: Program::OfTheTests,
    },
    Soak {
        name: "throttling",
        counts: &[("TALLY_THROTTLED_PAGES", "10000")],
        tests: &["--package", "tallyport-aws", "--test", "throttling"],
        program: Program::OfTheTests,
    },
    Soak {
        name: "backup",
        counts: &[
            ("TALLYPORT_BACKUPS", "50"),
            ("TALLYPORT_DAMAGED_BACKUPS", "200"),
        ],
        tests: &["--package", "tallyport-store", "--test", "backup"],
        program: Program::OfTheTests,
    },
    Soak {
        name: "transfer-kill",
        counts: &[
            ("TALLYPORT_TRANSFER_KILLS", "all"),
            ("TALLYPORT_KILL_POINTS", "50"),
        ],
        tests: &[
            "--package",
            "tallyport-transfer",
            "--test",
            "faults",
            "kills",
        ],
        program: Program::Sender,
    },
    Soak {
        name: "transfer-cut",
        counts: &[("TALLYPORT_CUTS", "100"), ("TALLYPORT_CUT_MIB", "1024")],
        tests: &[
            "--package",
            "tallyport-transfer",
            "--test",
            "faults",
            "cuts",
        ],
        program: Program::Sender,
    },
    Soak {
        name: "transfer-many",
        counts: &[("TALLYPORT_MANY_FILES", "1000000")],
        tests: &[
            "--package",
            "tallyport-transfer",
            "--test",
            "faults",
            "many",
        ],
        program: Program::Sender,
    },
    Soak {
        name: "transfer-throttle",
        counts: &[("TALLYPORT_SLOWED_FILES", "2000")],
        tests: &[
            "--package",
            "tallyport-transfer",
            "--test",
            "faults",
            "slowed",
        ],
        program: Program::Sender,
    },
];

/// How often each fault of the keychain is tried in the real window.
const KEYCHAIN_ROUNDS: &str = "10";

/// Fault runs that are no Rust tests: in the real window, in the browser, by libFuzzer.
const OTHERS: [&str; 6] = [
    "keychain", "scripts", "formulas", "fuzz", "coverage", "window",
];

/// Runs the named soaks, or all of them.
pub fn soak(house: &House, names: &[String]) -> Result<()> {
    let mut names = names.to_vec();
    let minutes = fuzz::minutes(&mut names)?;
    for name in &names {
        if !OTHERS.contains(&name.as_str()) && !SOAKS.iter().any(|soak| soak.name == name) {
            let known: Vec<&str> = SOAKS.iter().map(|soak| soak.name).collect();
            bail!(
                "there is no soak called {name}; there are: {} {}",
                known.join(" "),
                OTHERS.join(" ")
            );
        }
    }
    let wanted = |name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
    system::ensure(&system::TESTS)?;
    for soak in SOAKS.iter().filter(|soak| wanted(soak.name)) {
        println!("\n== soak {} ==", soak.name);
        let mut command = house.cargo(&["test", "--locked"]);
        soak.program.ready(house, &mut command)?;
        command.args(soak.tests).args(["--", "--nocapture"]);
        for (name, count) in soak.counts {
            // A count that somebody chose for this run comes before the full one.
            let count = std::env::var(name).unwrap_or_else(|_| (*count).to_owned());
            println!("{name}={count}");
            command.env(name, count);
        }
        step::run(command)?;
    }
    if wanted("fuzz") {
        println!("\n== soak fuzz ==");
        fuzz::fuzz(house, minutes)?;
    }
    if names.iter().any(|name| name == "coverage") {
        println!("\n== soak coverage ==");
        fuzz::coverage(house)?;
    }
    if wanted("keychain") {
        println!("\n== soak keychain ==");
        interface::build(house)?;
        stages::build_programs(house)?;
        let mut journeys = stages::window(house, "journeys", "keychain")?;
        journeys.env("TALLYPORT_SOAK_KEYCHAIN", KEYCHAIN_ROUNDS);
        step::run(journeys)?;
    }
    if wanted("scripts") {
        println!("\n== soak scripts ==");
        interface::build(house)?;
        stages::build_programs(house)?;
        let mut browser = house.npm(&["run", "e2e", "--", "hostile"]);
        browser
            .env("TALLY_BIN", house.built("tally"))
            .env("TALLY_PAYLOADS", "all");
        step::run(browser)?;
    }
    if wanted("formulas") {
        println!("\n== soak formulas ==");
        system::ensure(&system::SPREADSHEETS)?;
        oracle::ensure(house)?;
        let mut opened = house.cargo(&["test", "--locked", "--package", "tallyport-api"]);
        opened
            .args(["--test", "door", "formula", "--", "--nocapture"])
            .env("TALLY_FORMULAS", "all")
            .env("TALLY_SOFFICE", "soffice");
        step::run(opened)?;
    }
    if wanted("window") {
        println!("\n== soak window ==");
        window::soak(house)?;
    }
    Ok(())
}
