//! `cargo xtask soak`: the fault tests of the suite with their full counts.

mod window;

use anyhow::{Result, bail};

use crate::{fuzz, house::House, interface, oracle, stages, step, system};

/// A fault run: which tests, and which counts turn their short form into the full one.
struct Soak {
    name: &'static str,
    counts: &'static [(&'static str, &'static str)],
    tests: &'static [&'static str],
    /// Whether the program is the release build, since its bills are too long for the other.
    released: bool,
}

const SOAKS: &[Soak] = &[
    Soak {
        name: "kill",
        counts: &[("TALLY_KILLS", "200")],
        tests: &["--package", "tally", "--test", "journeys", "kills"],
        released: true,
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
        released: false,
    },
    Soak {
        name: "ledger",
        counts: &[("TALLYPORT_PARALLEL_INVOICES", "200")],
        tests: &["--package", "tallyport-workspace", "--test", "invoicing"],
        released: false,
    },
    Soak {
        name: "io",
        counts: &[("TALLY_IO_FAULTS", "100")],
        tests: &["--package", "tally", "--test", "journeys", "harms_nothing"],
        released: false,
    },
    Soak {
        name: "disk",
        counts: &[("TALLY_FULL_DISKS", "20")],
        tests: &["--package", "tally", "--test", "journeys", "full_disk"],
        released: true,
    },
    Soak {
        name: "locked",
        counts: &[("TALLYPORT_CROWD_SECONDS", "60")],
        tests: &["--package", "tallyport-store", "--test", "locked"],
        released: false,
    },
    Soak {
        name: "schedules",
        counts: &[("TALLYPORT_SCHEDULE_ROUNDS", "200")],
        tests: &["--package", "tallyport-workspace", "--test", "schedules"],
        released: false,
    },
    Soak {
        name: "throttling",
        counts: &[("TALLY_THROTTLED_PAGES", "10000")],
        tests: &["--package", "tallyport-aws", "--test", "throttling"],
        released: false,
    },
    Soak {
        name: "backup",
        counts: &[
            ("TALLYPORT_BACKUPS", "50"),
            ("TALLYPORT_DAMAGED_BACKUPS", "200"),
        ],
        tests: &["--package", "tallyport-store", "--test", "backup"],
        released: false,
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
        if soak.released {
            step::run(house.cargo(&["build", "--release", "--locked", "--package", "tally"]))?;
            command.env("TALLY_BIN", house.released("tally"));
        }
        command
            .args(soak.tests)
            .args(["--", "--nocapture"])
            .envs(soak.counts.iter().copied());
        for (name, count) in soak.counts {
            println!("{name}={count}");
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
