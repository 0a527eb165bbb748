//! Made series with known events: what a bill's usage looks like, with noise, weekdays, growth, months, gaps
//! and days that are not told whole yet, and what is to be found in it. The same seed makes the same cases.
#![expect(
    clippy::float_arithmetic,
    reason = "cases are drawn; what is judged is money"
)]
mod draw;
pub mod score;

use jiff::civil::Date;
use tallyport_insight::anomaly::{Anomaly, Days, Watched, anomalies};
use tallyport_ledger::{Currency, Money};

pub use draw::Draw;

/// What a series usually does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// The same every day.
    Steady,
    /// Less at weekends.
    Traffic,
    /// Nothing at weekends.
    OfficeHours,
    /// Less at weekends, and more every month.
    Growth,
    /// Less every month.
    Shrinking,
    /// A charge of many days on the first of each month.
    MonthFirst,
    /// Five times as much on the first three days of each month.
    MonthStart,
    /// Kept by the month: a day of February costs more than one of March.
    Stored,
    /// A batch every week or two and nothing between.
    Batches,
    /// Noise with outliers of its own.
    HeavyTails,
    /// Noise that remembers the day before.
    Remembering,
    /// Some days or weeks of the bill are missing.
    Gap,
}

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happens {
    Spike,
    Drop,
    Level,
    Off,
    Drift,
    New,
    OneOff,
}

/// An event that is to be found.
#[derive(Debug, Clone, Copy)]
pub struct Label {
    pub what: Happens,
    pub from: usize,
    pub to: usize,
    pub rise: bool,
    /// How much of a day's cost it is, in percent.
    pub percent: u32,
}

/// A series and what is in it.
#[derive(Debug)]
pub struct Case {
    pub number: u64,
    pub pattern: Pattern,
    /// Noise in thousandths.
    pub noise: u32,
    pub days: Days,
    pub amounts: Vec<Money>,
    pub known: Vec<bool>,
    pub finished: usize,
    pub labels: Vec<Label>,
}

const PATTERNS: [Pattern; 12] = [
    Pattern::Steady,
    Pattern::Traffic,
    Pattern::OfficeHours,
    Pattern::Growth,
    Pattern::Shrinking,
    Pattern::MonthFirst,
    Pattern::MonthStart,
    Pattern::Stored,
    Pattern::Batches,
    Pattern::HeavyTails,
    Pattern::Remembering,
    Pattern::Gap,
];

/// Days at the end that are not told whole: the part of each that is there already.
const UNFINISHED: [f64; 3] = [0.99, 0.95, 0.36];

impl Case {
    /// The case of this number; the pattern goes round with it.
    pub fn draw(seed: u64, number: u64) -> Self {
        let mut draw = Draw::new(seed, number);
        let pattern = PATTERNS[usize::try_from(number).unwrap() % PATTERNS.len()];
        let count = draw.between(200, 400);
        let first = Date::constant(
            i16::try_from(draw.between(2023, 2025)).unwrap(),
            i8::try_from(draw.between(1, 12)).unwrap(),
            1,
        );
        let days = Days::new(first, count);
        // Half a percent to fifteen, small ones as often as large ones.
        let noise = draw.spread(0.005, 0.15);
        let mut values = series(&mut draw, pattern, &days, count, noise);
        let labels = events(&mut draw, pattern, &mut values);
        let mut known = vec![true; count];
        if pattern == Pattern::Gap {
            let from = draw.between(50, count - 40);
            let length = draw.between(3, 35);
            known[from..(from + length).min(count - 10)].fill(false);
        }
        let level = draw.spread(2.0, 2000.0);
        for (value, part) in values.iter_mut().rev().zip(UNFINISHED.iter().rev()) {
            *value *= part;
        }
        let amounts = values.iter().map(|value| money(value * level)).collect();
        Self {
            number,
            pattern,
            noise: whole(noise * 1000.0),
            days,
            amounts,
            finished: count - UNFINISHED.len(),
            labels: labels
                .into_iter()
                .filter(|label| {
                    known[label.from..=label.to].iter().filter(|k| **k).count() * 2
                        > label.to - label.from
                })
                .collect(),
            known,
        }
    }

    pub fn watched(&self) -> Watched<'_> {
        Watched {
            days: &self.days,
            amounts: &self.amounts,
            known: &self.known,
            finished: self.finished,
            least: money(0.01),
            judged: &[],
        }
    }

    pub fn found(&self) -> Vec<Anomaly> {
        anomalies(&self.watched())
    }
}

/// The usual part: about one a day.
fn series(draw: &mut Draw, pattern: Pattern, days: &Days, count: usize, noise: f64) -> Vec<f64> {
    let weekend = match pattern {
        Pattern::Traffic | Pattern::Growth | Pattern::Remembering => draw.part(0.3, 0.9),
        Pattern::OfficeHours => 0.0,
        _ => 1.0,
    };
    let monthly = match pattern {
        Pattern::Growth => draw.part(0.01, 0.08),
        Pattern::Shrinking => -draw.part(0.01, 0.05),
        Pattern::Stored => draw.part(0.0, 0.05),
        _ => 0.0,
    };
    let lump = draw.spread(2.0, 20.0);
    let every = draw.between(7, 14);
    let mut remembered = 0.0;
    (0..count)
        .map(|at| {
            let date = days.date(at);
            let is_weekend = date.weekday().to_monday_zero_offset() >= 5;
            let mut value = if is_weekend { weekend } else { 1.0 };
            value *= (1.0_f64 + monthly).powf(number(at) / 30.0);
            match pattern {
                Pattern::MonthFirst if date.day() == 1 => value += lump,
                Pattern::MonthStart if date.day() <= 3 => value *= 5.0,
                Pattern::Stored => value *= 30.0 / f64::from(date.days_in_month()),
                Pattern::Batches if !at.is_multiple_of(every) => value = 0.0,
                _ => {}
            }
            let shock = match pattern {
                Pattern::HeavyTails => draw.heavy(),
                _ => draw.normal(),
            };
            remembered = if pattern == Pattern::Remembering {
                0.6 * remembered + 0.8 * shock
            } else {
                shock
            };
            (value * (1.0 + noise * remembered)).max(0.0)
        })
        .collect()
}

/// What happens in it; the series is changed by it.
fn events(draw: &mut Draw, pattern: Pattern, values: &mut [f64]) -> Vec<Label> {
    let count = values.len();
    let mut labels = Vec::new();
    if draw.chance(35) {
        return labels;
    }
    if pattern == Pattern::Batches {
        // Between batches only single charges stand out.
        let at = draw.between(120, count - 20);
        let size = draw.spread(2.0, 8.0);
        values[at] += size;
        labels.push(Label {
            what: Happens::OneOff,
            from: at,
            to: at,
            rise: true,
            percent: whole(size * 100.0),
        });
        return labels;
    }
    if pattern == Pattern::Steady && draw.chance(40) {
        let at = draw.between(60, count - 20);
        values[..at].fill(0.0);
        let what = if draw.chance(50) {
            values[at + 1..].fill(0.0);
            Happens::OneOff
        } else {
            Happens::New
        };
        labels.push(Label {
            what,
            from: at,
            to: at + if what == Happens::New { 6 } else { 0 },
            rise: true,
            percent: 100,
        });
        return labels;
    }
    let mut at = draw.between(60, 110);
    while at + 70 < count && labels.len() < 2 {
        let label = happen(draw, values, at);
        at = label.to + draw.between(45, 90);
        let lasts = label.to + 1 >= count;
        labels.push(label);
        if lasts || draw.chance(50) {
            break;
        }
    }
    labels
}

fn happen(draw: &mut Draw, values: &mut [f64], from: usize) -> Label {
    let count = values.len();
    let what = [
        Happens::Spike,
        Happens::Drop,
        Happens::Level,
        Happens::Level,
        Happens::Off,
        Happens::Drift,
    ][draw.between(0, 5)];
    let (days, change) = match what {
        Happens::Spike => (draw.between(1, 5), draw.spread(0.2, 4.0)),
        Happens::Drop => (draw.between(1, 5), -draw.part(0.2, 1.0)),
        Happens::Off => (count - from, -1.0),
        Happens::Drift => (draw.between(21, 49), draw.spread(0.25, 1.0)),
        _ => {
            let days = if draw.chance(50) {
                draw.between(10, 25)
            } else {
                count - from
            };
            let change = if draw.chance(65) {
                draw.spread(0.2, 3.0)
            } else {
                -draw.part(0.2, 0.9)
            };
            (days, change)
        }
    };
    let to = (from + days - 1).min(count - 1);
    for (place, value) in values[from..].iter_mut().enumerate() {
        let part = match what {
            Happens::Drift => change * (number(place + 1) / number(days)).min(1.0),
            _ if place < days => change,
            _ => 0.0,
        };
        *value *= 1.0 + part;
    }
    Label {
        what,
        from,
        to,
        rise: change > 0.0,
        percent: whole(change.abs() * 100.0),
    }
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small and positive"
)]
fn whole(value: f64) -> u32 {
    value.round() as u32
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "an amount of some thousands"
)]
fn money(units: f64) -> Money {
    Money::from_nanos((units * 1e9).round() as i128, Currency::USD)
}
