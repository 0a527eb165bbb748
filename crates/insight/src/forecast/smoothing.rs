//! Exponential smoothing with a damped trend: ETS(A,Ad,N), its parameters those of the smallest squared
//! error a day ahead.

/// How much of a day's surprise the level takes.
const LEVEL: [f64; 7] = [0.03, 0.06, 0.12, 0.2, 0.35, 0.55, 0.8];
/// How much of that the trend takes.
const TREND: [f64; 3] = [0.02, 0.06, 0.15];
/// How much of the trend is left after a day.
const DAMPED: [f64; 3] = [0.85, 0.93, 0.98];

/// A level and its trend.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    level: f64,
    trend: f64,
    damped: f64,
}

/// Smooths `values` by the best parameters.
pub(super) fn damped_trend(values: &[f64]) -> State {
    let mut best = (f64::INFINITY, simple(values, LEVEL[3]).1);
    for alpha in LEVEL {
        let (error, state) = simple(values, alpha);
        if error < best.0 {
            best = (error, state);
        }
        for share in TREND {
            for damped in DAMPED {
                let (error, state) = smoothed(values, alpha, alpha * share, damped);
                // Two more parameters must be worth something.
                if error * 1.01 < best.0 {
                    best = (error * 1.01, state);
                }
            }
        }
    }
    best.1
}

/// Smooths `values` to a level without a trend by the best parameter.
pub(super) fn level(values: &[f64]) -> (f64, f64) {
    let mut best = (f64::INFINITY, 0.0, 0.0);
    for alpha in [
        0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.55, 0.7, 0.85, 1.0,
    ] {
        let (error, state) = simple(values, alpha);
        if error < best.0 {
            best = (error, state.level, alpha);
        }
    }
    (best.1, best.2)
}

/// Days that a lasting level is to be right for.
const MONTH: usize = 28;

/// Smooths `values` to the level that was closest to the mean of the next four weeks: the day ahead alone
/// would follow each mood.
pub(super) fn lasting_level(values: &[f64]) -> (f64, f64) {
    if values.len() < 2 * MONTH {
        return level(values);
    }
    let mut sums = Vec::with_capacity(values.len() + 1);
    sums.push(0.0);
    for value in values {
        sums.push(sums[sums.len() - 1] + value);
    }
    let mut best = (f64::INFINITY, 0.0, 0.0);
    for alpha in [0.03, 0.045, 0.07, 0.1, 0.15, 0.22, 0.33, 0.5, 0.75] {
        let mut level = start(values);
        let mut far = 0.0;
        for (at, value) in values.iter().enumerate() {
            level += alpha * (value - level);
            if at >= MONTH / 2
                && let Some(sum) = sums.get(at + 1 + MONTH)
            {
                far += ((sum - sums[at + 1]) / MONTH as f64 - level).abs();
            }
        }
        if far < best.0 {
            best = (far, level, alpha);
        }
    }
    (best.1, best.2)
}

impl State {
    /// The level so many days ahead.
    pub fn predict(self, horizon: usize) -> Vec<f64> {
        let mut power = 1.0;
        let mut level = self.level;
        (0..horizon)
            .map(|_| {
                power *= self.damped;
                level += self.trend * power;
                level
            })
            .collect()
    }
}

fn start(values: &[f64]) -> f64 {
    let first = &values[..values.len().min(7)];
    crate::statistics::mean(first)
}

fn simple(values: &[f64], alpha: f64) -> (f64, State) {
    let mut level = start(values);
    let mut squared = 0.0;
    for value in values {
        let error = value - level;
        squared += error * error;
        level += alpha * error;
    }
    let state = State {
        level,
        trend: 0.0,
        damped: 0.0,
    };
    (squared, state)
}

fn smoothed(values: &[f64], alpha: f64, beta: f64, damped: f64) -> (f64, State) {
    let (mut level, mut trend) = (start(values), 0.0);
    let mut squared = 0.0;
    for value in values {
        let expected = level + damped * trend;
        let error = value - expected;
        squared += error * error;
        level = expected + alpha * error;
        trend = damped * trend + beta * error;
    }
    let state = State {
        level,
        trend,
        damped,
    };
    (squared, state)
}
