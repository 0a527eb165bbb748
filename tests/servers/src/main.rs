//! The servers as programs, for measuring: `servers sink`, `servers line URL BITS_PER_SECOND DELAY_MS`,
//! `servers s3 FOLDER`. Prints where it listens, and stops when its standard input ends; the sink
//! then says what it took.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of tests"
)]

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use tallyport_servers::{FaultyS3, Line, LineOptions, Sink};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> io::Result<()> {
    match words {
        ["sink"] => {
            let sink = Sink::start()?;
            stay(&sink.url())?;
            let (objects, bytes) = sink.written();
            println!("{objects} objects, {bytes} bytes");
            Ok(())
        }
        ["line", url, rate, delay] => {
            let number = |text: &str| text.parse::<u64>().map_err(io::Error::other);
            let options = LineOptions {
                bits_per_second: Some(number(rate)?).filter(|rate| *rate > 0),
                delay: Duration::from_millis(number(delay)?),
            };
            stay(&Line::before(url, options)?.url())
        }
        ["s3", folder] => stay(&FaultyS3::start(Path::new(folder))?.url()),
        _ => Err(io::Error::other(
            "servers sink | line URL BITS_PER_SECOND DELAY_MS | s3 FOLDER",
        )),
    }
}

/// Says where it is and stays until nobody holds its standard input any more.
fn stay(url: &str) -> io::Result<()> {
    println!("{url}");
    io::stdout().flush()?;
    io::copy(&mut io::stdin(), &mut io::sink())?;
    Ok(())
}
