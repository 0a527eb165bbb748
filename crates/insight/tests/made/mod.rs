//! Bills made for tests, in whole numbers.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use tallyport_insight::Series;
use tallyport_ledger::{Currency, Money};

/// A bill of 100 on working days and 60 at weekends.
pub struct Bill {
    pub days: usize,
    /// So much more on the first of each month.
    pub monthly: i128,
    /// So much more on the last day from Monday to Friday.
    pub last_working: i128,
    /// Days differ by up to so many thousandths.
    pub noise: i128,
}

impl Bill {
    pub fn plain(days: usize) -> Self {
        Self {
            days,
            monthly: 0,
            last_working: 0,
            noise: 10,
        }
    }

    pub fn noisy(days: usize) -> Self {
        Self {
            noise: 80,
            ..Self::plain(days)
        }
    }

    pub fn series(&self, first: Date) -> Series {
        let mut chance = 12_345_u64;
        let amounts = first.series(1.day()).take(self.days).map(|day| {
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            let usual = if weekend { 60_000 } else { 100_000 };
            // Knuth's generator; its upper bits are even enough.
            chance = chance
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let lot = i128::from(chance >> 33) % (2 * self.noise + 1) - self.noise;
            let mut thousandths = usual + usual * lot / 1000;
            if day.day() == 1 {
                thousandths += self.monthly * 1000;
            }
            let left = day.days_in_month() - day.day();
            let friday = day.weekday() == Weekday::Friday;
            if !weekend && (left == 0 || (friday && left <= 2)) {
                thousandths += self.last_working * 1000;
            }
            Money::from_nanos(thousandths * 1_000_000, dollars())
        });
        Series::new(first, amounts.collect()).expect("a series")
    }
}

pub fn dollars() -> Currency {
    "USD".parse().expect("a currency")
}

pub fn amount(text: &str) -> Money {
    Money::parse(text, dollars()).expect("an amount")
}

/// Its amounts, all of which are known.
pub fn known(series: &Series) -> Vec<Money> {
    series.amounts().iter().flatten().copied().collect()
}
