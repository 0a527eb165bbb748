//! How long the question "what did each person cost" takes on a ledger of a million rows.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::{
    import::{self, PASSPHRASE},
    process::middle_and_tail,
    release_programs,
};
use crate::{house::House, step};

const QUESTIONS: &[(&str, &str)] = &[
    (
        "by person, one month",
        "/api/v1/costs?month=2024-09&by=person",
    ),
    (
        "by person, by day",
        "/api/v1/costs?month=2024-09&by=person&interval=day",
    ),
    (
        "by service, one month",
        "/api/v1/costs?month=2024-09&by=service",
    ),
];
const TIMES: usize = 100;

/// Fills a workspace, gives people resources, and asks over HTTP as the browser does.
pub fn bench(house: &House) -> Result<()> {
    release_programs(house)?;
    let bill = import::bill(house)?;
    let workspace = import::fresh_workspace(house, "costs")?;
    let tally = |arguments: &[&str]| {
        let mut command = house.command(house.released("tally"));
        command.args(arguments).arg("--workspace").arg(&workspace);
        command
            .env("TALLY_PASSPHRASE", PASSPHRASE)
            .env_remove("DBUS_SESSION_BUS_ADDRESS");
        command
    };
    for (name, tag) in [
        ("Ada Byron", "environment=prod"),
        ("Grace Hopper", "environment=dev"),
    ] {
        step::run(tally(&["people", "add", name]))?;
        step::run(tally(&[
            "rules",
            "add",
            "--owner",
            &format!("person:{name}"),
            "--tag",
            tag,
        ]))?;
    }
    let mut fill = tally(&["import"]);
    fill.arg(&bill);
    step::run(fill)?;

    let mut serve = tally(&["serve", "--port", "0"]);
    let mut server = Server(serve.stdout(Stdio::piped()).spawn()?);
    let (host, token) = server.address()?;
    for (what, question) in QUESTIONS {
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let started = Instant::now();
            ask(&host, &token, question)?;
            times.push(started.elapsed());
        }
        let (middle, tail) = middle_and_tail(times);
        println!(
            "{what}: {} (95th: {}), {TIMES} times over HTTP",
            shown(middle),
            shown(tail)
        );
    }
    Ok(())
}

/// The server is ended whatever happens.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Server {
    /// The printed address carries the start-up token: `http://127.0.0.1:PORT/enter?token=…`.
    fn address(&mut self) -> Result<(String, String)> {
        let output = self.0.stdout.take().context("its output is piped")?;
        for line in BufReader::new(output).lines() {
            let line = line?;
            let Some((_, rest)) = line.split_once("http://") else {
                continue;
            };
            let address = rest.split_whitespace().next().unwrap_or_default();
            let (host, path) = address.split_once('/').context("the address has a path")?;
            let (_, token) = path
                .split_once("token=")
                .context("the address has a token")?;
            return Ok((host.to_owned(), token.to_owned()));
        }
        bail!("`tally serve` ended without naming its address")
    }
}

fn ask(host: &str, token: &str, question: &str) -> Result<()> {
    let mut stream = TcpStream::connect(host)?;
    write!(
        stream,
        "GET {question} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    if !answer.starts_with("HTTP/1.1 200") {
        bail!(
            "{question} was answered with: {}",
            answer.lines().next().unwrap_or_default()
        );
    }
    Ok(())
}

fn shown(time: Duration) -> String {
    format!(
        "{}.{:02} ms",
        time.as_millis(),
        time.as_micros() % 1000 / 10
    )
}
