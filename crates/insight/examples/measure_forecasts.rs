//! Forecasts series from standard input, one a line (`name,first day,values`), so many days ahead, and says
//! how long it took: for `cargo xtask bench forecast`.
//!
//! `cargo run --release -p tallyport-insight --example measure_forecasts -- DAYS < SERIES`

#![expect(clippy::print_stdout, reason = "its answer is what it prints")]
#![expect(clippy::disallowed_methods, reason = "a measurement needs the clock")]

use std::error::Error;
use std::time::Instant;

use jiff::ToSpan;
use jiff::civil::Date;
use tallyport_insight::{Series, try_methods};
use tallyport_ledger::{Currency, Money};

fn main() -> Result<(), Box<dyn Error>> {
    let ahead: i32 = std::env::args().nth(1).ok_or("how many days?")?.parse()?;
    let currency: Currency = "USD".parse()?;
    for line in std::io::stdin().lines() {
        let line = line?;
        let mut parts = line.split(',');
        let mut part = || parts.next().ok_or("name,first day,values");
        let name = part()?.to_owned();
        let first: Date = part()?.parse()?;
        let amounts = part()?
            .split(' ')
            .map(|value| Money::parse(value, currency))
            .collect::<Result<Vec<_>, _>>()?;
        let series = Series::new(first, amounts)?;
        let last = series.last_day().checked_add(ahead.days())?;
        let started = Instant::now();
        let trial = try_methods(&series);
        let tried = started.elapsed().as_micros();
        let started = Instant::now();
        let forecast = trial.forecast(&series, last);
        let once = started.elapsed().as_micros();
        let milliseconds = |micros: u128| format!("{}.{:03}", micros / 1000, micros % 1000);
        print!(
            "{name},{},{},{}",
            forecast.method,
            milliseconds(tried),
            milliseconds(once)
        );
        let total = forecast.total(series.last_day(), last).ok_or("no total")?;
        print!(
            ",{} {}",
            total.low80.to_decimal(0),
            total.high80.to_decimal(0)
        );
        for day in &forecast.days {
            let band = day.band;
            let ends = [
                band.expected,
                band.low80,
                band.high80,
                band.low95,
                band.high95,
            ];
            print!(",{}", ends.map(|end| end.to_decimal(0)).join(" "));
        }
        println!();
    }
    Ok(())
}
