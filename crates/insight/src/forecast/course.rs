//! The level as a course with steps: a filter that weighs, day by day, whether a day that lies elsewhere is a
//! spike, a new level, or noise that remembers the day before.
//!
//! A local level with a slope that dies away (Harvey 1989), its noise autoregressive; when the level last
//! stepped is one of several hypotheses that are weighed by what they expected of each day (Adams & MacKay
//! 2007). How restless level and slope are is not chosen: the answers of a grid are averaged by how likely each
//! made the days that are known.

use super::drift;
use crate::statistics::{mean, median, running_median, spread};

/// Days that are followed.
const DAYS: usize = 240;
/// How much of a day's noise is left on the next.
const REMEMBERED: [f64; 3] = [0.0, 0.35, 0.7];
/// How far the level wanders in a day, in parts of the noise.
const WANDERS: [f64; 3] = [0.0, 0.06, 0.2];
/// How far slopes of a day lie from nothing, in parts of the level.
const SLOPES: [f64; 2] = [0.0, 0.0006];
/// How much of the slope is left after a day.
const KEPT: f64 = 0.99;
/// How likely a day is to begin a new level.
const STEP: f64 = 1.0 / 300.0;
/// How far new levels lie, in parts of the old one.
const STEP_SIZE: f64 = 0.15;
/// How likely a day is to be a spike.
const SPIKE: f64 = 0.02;
/// How far spikes lie, in parts of the noise.
const SPIKE_SIZE: f64 = 10.0;
/// After so many days half of all new levels are gone again: holidays, a test under load.
const PASSING: f64 = 2.5;
/// Weeks that say how the level goes in the long run, and the fewest days that do.
const LONG_RUN: usize = 56;
const LEAST_DAYS: usize = 182;
/// How much of the long run is believed: its steps are in it, and not all growth goes on.
const BELIEVED: f64 = 0.5;
/// Hypotheses that are kept.
const KEEP: usize = 8;

/// What one way of going on is made of.
#[derive(Debug, Clone, Copy)]
struct Model {
    remembered: f64,
    noise: f64,
    level: f64,
    slope: f64,
    step: f64,
    spike: f64,
}

/// One hypothesis of when the level last stepped: level, slope and noise, and their covariance.
#[derive(Debug, Clone, Copy)]
struct State {
    weight: f64,
    level: f64,
    slope: f64,
    noise: f64,
    /// The level before it stepped.
    before: f64,
    /// Days since.
    age: f64,
    /// Level with level, slope, noise; slope with slope, noise; noise with noise.
    far: [f64; 6],
}

/// The days after `values`, which are freed of weekdays and month days but not of spikes. Slopes die away to that
/// of the long run.
pub(super) fn predict(values: &[f64], horizon: usize) -> Vec<f64> {
    let long_run = if values.len() < LEAST_DAYS {
        0.0
    } else {
        BELIEVED * drift::slope(values, LONG_RUN).unwrap_or(0.0)
    };
    let values = &values[values.len().saturating_sub(DAYS)..];
    let left = (0..values.len()).rev();
    let flat: Vec<f64> = values
        .iter()
        .zip(left)
        .map(|(value, left)| value + long_run * left as f64)
        .collect();
    let mut days = followed(&flat, horizon);
    for (ahead, day) in (1..).zip(&mut days) {
        *day += long_run * f64::from(ahead);
    }
    days
}

/// The days after `values`, which go nowhere in the long run.
fn followed(values: &[f64], horizon: usize) -> Vec<f64> {
    let sizes: Vec<f64> = values.iter().map(|value| value.abs()).collect();
    let typical = mean(&sizes);
    let middle = running_median(values, 15);
    let rests: Vec<f64> = values.iter().zip(&middle).map(|(v, m)| v - m).collect();
    let distances: Vec<f64> = rests.iter().map(|rest| rest.abs()).collect();
    // Where most days are nothing, the middle distance is, too.
    let sigma = spread(&rests, 0.0)
        .max(mean(&distances) / 2.0)
        .max(typical * 1e-3);
    if sigma <= 0.0 {
        return vec![mean(&values[values.len().saturating_sub(7)..]); horizon];
    }
    let mut found = Vec::with_capacity(REMEMBERED.len() * WANDERS.len() * SLOPES.len());
    for remembered in REMEMBERED {
        for wanders in WANDERS {
            for slope in SLOPES {
                let model = Model {
                    remembered,
                    noise: (sigma * sigma) * (1.0 - remembered * remembered),
                    level: (wanders * sigma).powi(2),
                    slope: (slope * typical).powi(2),
                    step: (STEP_SIZE * typical).max(3.0 * sigma).powi(2),
                    spike: (SPIKE_SIZE * sigma).powi(2),
                };
                found.push((model, model.follow(values, sigma)));
            }
        }
    }
    let likeliest = found.iter().map(|(_, (likely, _))| *likely);
    let likeliest = likeliest.fold(f64::NEG_INFINITY, f64::max);
    let mut days = vec![0.0; horizon];
    let mut all = 0.0;
    for (model, (likely, state)) in &found {
        let weight = (likely - likeliest).exp();
        all += weight;
        let (mut level, mut slope, mut noise) = (state.level, state.slope, state.noise);
        for day in &mut days {
            level += slope;
            slope *= KEPT;
            noise *= model.remembered;
            *day += weight * (level + noise);
        }
    }
    for day in &mut days {
        *day /= all;
    }
    days
}

impl Model {
    /// Follows `values`; the logarithm of how likely they were, and where they ended.
    fn follow(&self, values: &[f64], sigma: f64) -> (f64, State) {
        let begin = State {
            weight: 1.0,
            level: median(&mut values[..values.len().min(7)].to_vec()),
            slope: 0.0,
            noise: 0.0,
            before: 0.0,
            age: f64::INFINITY,
            far: [sigma * sigma, 0.0, 0.0, self.slope, 0.0, sigma * sigma],
        };
        let mut states = vec![begin];
        let mut likely = 0.0;
        for value in values {
            for state in &mut states {
                state.go_on(self);
            }
            let mut stepped = together(&states);
            stepped.far[0] += self.step;
            stepped.weight = STEP;
            stepped.before = stepped.level;
            stepped.age = 0.0;
            for state in &mut states {
                state.weight *= 1.0 - STEP;
            }
            states.push(stepped);
            for state in &mut states {
                state.see(*value, self.spike);
            }
            states.sort_unstable_by(|one, other| other.weight.total_cmp(&one.weight));
            states.truncate(KEEP);
            let sum: f64 = states.iter().map(|state| state.weight).sum();
            likely += sum.max(f64::MIN_POSITIVE).ln();
            for state in &mut states {
                state.weight /= sum.max(f64::MIN_POSITIVE);
            }
        }
        for state in &mut states {
            state.level += (state.before - state.level) * (1.0 - state.lasts());
        }
        (likely, together(&states))
    }
}

impl State {
    /// A day later.
    fn go_on(&mut self, model: &Model) {
        let [ll, ls, ln, ss, sn, nn] = self.far;
        self.far = [
            ll + 2.0 * ls + ss + model.level,
            KEPT * (ls + ss),
            model.remembered * (ln + sn),
            KEPT * KEPT * ss + (1.0 - KEPT * KEPT) * model.slope,
            KEPT * model.remembered * sn,
            model.remembered * model.remembered * nn + model.noise,
        ];
        self.level += self.slope;
        self.slope *= KEPT;
        self.noise *= model.remembered;
        self.age += 1.0;
    }

    /// How likely the level that it stepped to is to stay.
    fn lasts(&self) -> f64 {
        1.0 - 0.5_f64.powf((self.age + 1.0) / PASSING)
    }

    /// Learns what the day cost, as far as it is no spike.
    fn see(&mut self, value: f64, spike: f64) {
        let [ll, ls, ln, ss, sn, nn] = self.far;
        let width = ll + 2.0 * ln + nn;
        let surprise = value - self.level - self.noise;
        let density = |width: f64| (-0.5 * surprise * surprise / width).exp() / width.sqrt();
        let (usual, spiked) = (
            (1.0 - SPIKE) * density(width),
            SPIKE * density(width + spike),
        );
        let sum = usual + spiked;
        self.weight *= sum;
        if sum <= 0.0 {
            return;
        }
        let kept = usual / sum;
        let gain = [ll + ln, ls + sn, ln + nn];
        let part = kept * surprise / width;
        self.level += gain[0] * part;
        self.slope += gain[1] * part;
        self.noise += gain[2] * part;
        let less = kept / width;
        self.far = [
            ll - less * gain[0] * gain[0],
            ls - less * gain[0] * gain[1],
            ln - less * gain[0] * gain[2],
            ss - less * gain[1] * gain[1],
            sn - less * gain[1] * gain[2],
            nn - less * gain[2] * gain[2],
        ];
    }
}

/// All hypotheses as one: their mean, and how far they lie from it.
fn together(states: &[State]) -> State {
    let of = |part: fn(&State) -> f64| states.iter().map(|s| s.weight * part(s)).sum::<f64>();
    let (level, slope, noise) = (of(|s| s.level), of(|s| s.slope), of(|s| s.noise));
    let mut far = [0.0; 6];
    for state in states {
        let (l, s, n) = (
            state.level - level,
            state.slope - slope,
            state.noise - noise,
        );
        let apart = [l * l, l * s, l * n, s * s, s * n, n * n];
        for ((far, own), apart) in far.iter_mut().zip(state.far).zip(apart) {
            *far += state.weight * (own + apart);
        }
    }
    State {
        weight: 1.0,
        level,
        slope,
        noise,
        before: level,
        age: f64::INFINITY,
        far,
    }
}
