//! What a series usually does: its weekdays, its noise, and the level of its last days.

use super::statistics::{Last, median, quantile};

/// Days of a week.
pub(super) const WEEK: usize = 7;
/// Days back that weekdays and noise are learnt from.
const LEARNT: usize = 56;
/// What noise is taken to be at least: two percent.
const LEAST_NOISE: f64 = 0.02;
/// A weekday that is less than this part of the others says little about the level.
pub(super) const SLIGHT: f64 = 0.3;
/// A median of absolute deviations is this part of a standard deviation, where noise is normal.
const MAD: f64 = 1.4826;
/// The ninetieth part of absolute deviations lies here, in standard deviations.
const NINETIETH: f64 = 1.645;
/// And ninety-eight of a hundred.
const NEARLY_ALL: f64 = 2.326;

/// The habits of a series.
#[derive(Debug, Clone)]
pub(super) struct Habits {
    /// Each weekday's part of the level, Monday first.
    pub weekday: [f64; WEEK],
    /// Noise of a day, as a part of the level.
    pub noise: f64,
    /// The same by the days that were furthest off: single days stand out in some series.
    pub outliers: f64,
    /// How much noisier the mean of several days is than if each day were noisy by itself.
    pub remembers: f64,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            weekday: [1.0; WEEK],
            noise: LEAST_NOISE,
            outliers: LEAST_NOISE,
            remembers: 1.0,
        }
    }
}

/// A day that habits are learnt from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lesson {
    pub weekday: usize,
    /// What it cost, as a part of the middle day of the seven around it: free of level and growth, and
    /// since those seven have each weekday once, free of weekdays too.
    pub ratio: f64,
}

impl Habits {
    /// Learns from the last eight weeks of `lessons`; `surprises` are how far off one was day by day.
    pub fn learn(lessons: &[Lesson], surprises: &[f64]) -> Self {
        let recent = &lessons[lessons.len().saturating_sub(LEARNT)..];
        let (weekday, weeks) = weekdays(recent);
        let spread = |parts: &[f64; WEEK]| {
            let mut off = [0.0; LEARNT];
            for (off, lesson) in off.iter_mut().zip(recent) {
                let part = parts[lesson.weekday];
                *off = ((lesson.ratio - part) / part.max(SLIGHT)).abs();
            }
            let off = &mut off[..recent.len()];
            let far = quantile(off, 90) / NINETIETH;
            (MAD * median(off)).max(far)
        };
        let plain = spread(&[1.0; WEEK]);
        // Weekdays count only where they explain something: learning them costs certainty.
        let differ = weekday.iter().any(|part| (part - 1.0).abs() > 0.5 * plain);
        let (weekday, spread) = match (weeks >= 2 && differ).then(|| spread(&weekday)) {
            Some(told_apart) if told_apart < 0.85 * plain => (weekday, told_apart),
            _ => ([1.0; WEEK], plain),
        };
        let remembers = memory(surprises);
        let mut surprises: Vec<f64> = surprises.iter().map(|off| off.abs()).collect();
        let outliers = quantile(&mut surprises, 98) / NEARLY_ALL;
        let surprised = MAD * median(&mut surprises);
        let weeks = to_float(weeks.max(2));
        let unsure = 1.0 + 1.5 / (weeks * weeks);
        let noise = (1.1 * spread).max(surprised).max(LEAST_NOISE) * unsure;
        Self {
            weekday,
            noise,
            outliers: outliers.max(noise),
            remembers,
        }
    }

    /// A weekday's part of the level.
    pub fn part(&self, weekday: usize) -> f64 {
        self.weekday[weekday]
    }
}

/// How much one day's surprise has of the day before's, as what that does to the noise of a mean.
fn memory(surprises: &[f64]) -> f64 {
    let (mut together, mut alone) = (0.0, 0.0);
    for pair in surprises.windows(2) {
        // Outliers would speak louder than all others.
        let (one, other) = (pair[0].clamp(-0.5, 0.5), pair[1].clamp(-0.5, 0.5));
        together += one * other;
        alone += one * one;
    }
    if alone <= 0.0 || surprises.len() < 20 {
        return 1.0;
    }
    let part: f64 = (together / alone).clamp(0.0, 0.8);
    ((1.0 + part) / (1.0 - part)).sqrt()
}

/// Each weekday's part, and how many weeks that rests on.
fn weekdays(lessons: &[Lesson]) -> ([f64; WEEK], usize) {
    let mut ratios = [
        Last::<8>::default(),
        Last::default(),
        Last::default(),
        Last::default(),
        Last::default(),
        Last::default(),
        Last::default(),
    ];
    for lesson in lessons {
        ratios[lesson.weekday].push(lesson.ratio);
    }
    let weeks = ratios.iter().map(Last::len).min().unwrap_or(0);
    let mut parts = [1.0; WEEK];
    for (part, ratios) in parts.iter_mut().zip(&ratios) {
        if ratios.len() > 0 {
            *part = ratios.median().max(0.0);
        }
    }
    (parts, weeks)
}

/// A small count as a float.
pub(super) fn to_float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
