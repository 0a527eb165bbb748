//! Renders invoices of sixty lines over two pages and says how fast.
//!
//! `cargo run --release -p tallyport-documents --example render_invoices -- [COUNT] [DIRECTORY]`
#![expect(clippy::print_stdout, reason = "an example that reports")]
#![expect(
    clippy::disallowed_methods,
    reason = "it measures: the clock is its own"
)]

#[path = "../tests/sixty/mod.rs"]
mod sixty;

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use sixty::{Layout, invoice, render};

/// Draws the invoices `from..to` one after another; says how many bytes they have.
fn draw(from: u32, to: u32, layout: Layout) -> Result<usize, Box<dyn Error>> {
    let mut bytes = 0;
    for number in from..to {
        bytes += render(&invoice(number, 60)?, layout)?.len();
    }
    Ok(bytes)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: u32 = arguments.next().map_or(Ok(1_000), |text| text.parse())?;
    if let Some(directory) = arguments.next().map(PathBuf::from) {
        std::fs::create_dir_all(&directory)?;
        for number in 1..=count {
            let one = invoice(number, 60)?;
            let name = format!("{}.pdf", one.number());
            std::fs::write(directory.join(name), render(&one, Layout::Second)?)?;
        }
    }
    let cores = u32::try_from(std::thread::available_parallelism()?.get())?;
    for (layout, threads) in [
        (Layout::First, 1),
        (Layout::Second, 1),
        (Layout::Second, cores),
    ] {
        let start = Instant::now();
        let share = count.div_ceil(threads).max(1);
        let bytes: usize = std::thread::scope(|scope| {
            let work = (0..threads).map(|thread| {
                let from = 1 + thread * share;
                let to = (from + share).min(count + 1);
                scope.spawn(move || draw(from, to, layout).unwrap_or(0))
            });
            let work: Vec<_> = work.collect();
            work.into_iter()
                .map(|thread| thread.join().unwrap_or(0))
                .sum()
        });
        let milliseconds = start.elapsed().as_millis().max(1);
        println!(
            "{layout:?} layout, {threads} threads: {count} invoices in {milliseconds} ms, {} a second, {} bytes each",
            u128::from(count) * 1_000 / milliseconds,
            bytes / usize::try_from(count)?.max(1),
        );
    }
    Ok(())
}
