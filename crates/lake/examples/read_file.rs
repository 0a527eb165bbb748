//! Reads the bills at a path and says what they hold and how fast they were read.
//!
//! `cargo run --release -p tallyport-lake --example read_file -- PATH [THREADS [MEMORY-MIB]]`

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "this measures, and prints what it measured"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use tallyport_lake::{Options, read_set, sets};
use tallyport_ledger::Money;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments
        .next()
        .ok_or("usage: read_file PATH [THREADS [MEMORY-MIB]]")?;
    let mut options = Options::default();
    if let Some(threads) = arguments.next() {
        options.threads = threads.parse()?;
    }
    if let Some(memory) = arguments.next() {
        options.memory = memory.parse::<u64>()? << 20;
        options.spill_folder = Some(std::env::temp_dir());
    }
    for set in sets(Path::new(&path))? {
        let started = Instant::now();
        let bill = read_set(&set, &options, &mut |_| ControlFlow::Continue(()))?;
        let took = started.elapsed();
        let rate = u128::from(bill.lines) * 1_000_000 / took.as_micros().max(1);
        let charges: usize = bill.load.periods.iter().map(|p| p.charges.len()).sum();
        println!(
            "{}: {} rows, {charges} charges, {} ms, {rate} rows/s",
            bill.format,
            bill.lines,
            took.as_millis()
        );
        let mut totals = BTreeMap::new();
        for period in &bill.load.periods {
            for charge in &period.charges {
                let key = (period.period, charge.currency.to_string());
                let total = totals.entry(key).or_insert(Money::zero(charge.currency));
                let billed = i128::from(charge.amounts.billed);
                *total = total.plus(Money::from_nanos(billed, charge.currency))?;
            }
        }
        for ((period, _), total) in totals {
            println!("{period} billed {total}");
        }
        for note in &bill.notes {
            println!("{note}");
        }
    }
    Ok(())
}
