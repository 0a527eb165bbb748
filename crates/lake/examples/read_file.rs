//! Reads a cost file and says what it holds and how fast it was read.
//!
//! `cargo run --release -p tallyport-lake --example read_file -- FILE`

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

use tallyport_lake::{Options, read_file};
use tallyport_ledger::Money;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: read_file FILE")?;
    let started = Instant::now();
    let file = read_file(Path::new(&path), &Options::default(), &mut |_| {
        ControlFlow::Continue(())
    })?;
    let took = started.elapsed();
    let rate = u128::from(file.lines) * 1_000_000 / took.as_micros().max(1);
    let charges: usize = file.load.periods.iter().map(|p| p.charges.len()).sum();
    println!(
        "{}: {} rows, {charges} charges, {} ms, {rate} rows/s",
        file.format,
        file.lines,
        took.as_millis()
    );
    let mut totals = BTreeMap::new();
    for period in &file.load.periods {
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
    for note in &file.notes {
        println!("{note}");
    }
    Ok(())
}
