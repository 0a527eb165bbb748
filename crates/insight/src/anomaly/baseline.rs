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

/// The habits of a series.
#[derive(Debug, Clone)]
pub(super) struct Habits {
    /// Each weekday's part of the level, Monday first.
    pub weekday: [f64; WEEK],
    /// Noise of a day, as a part of the level.
    pub noise: f64,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            weekday: [1.0; WEEK],
            noise: LEAST_NOISE,
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
            let mut count = 0;
            for lesson in recent {
                let part = parts[lesson.weekday];
                off[count] = ((lesson.ratio - part) / part.max(SLIGHT)).abs();
                count += 1;
            }
            let off = &mut off[..count];
            (MAD * median(off)).max(quantile(off, 90) / NINETIETH)
        };
        let (plain, told_apart) = (spread(&[1.0; WEEK]), spread(&weekday));
        // Weekdays count only where they explain something: learning them costs certainty.
        let (weekday, spread) = if weeks >= 2 && told_apart < 0.85 * plain {
            (weekday, told_apart)
        } else {
            ([1.0; WEEK], plain)
        };
        let mut surprises: Vec<f64> = surprises.iter().map(|off| off.abs()).collect();
        let surprised = MAD * median(&mut surprises);
        let weeks = to_float(weeks.max(2));
        let unsure = 1.0 + 1.5 / (weeks * weeks);
        Self {
            weekday,
            noise: (1.15 * spread).max(surprised).max(LEAST_NOISE) * unsure,
        }
    }

    /// A weekday's part of the level.
    pub fn part(&self, weekday: usize) -> f64 {
        self.weekday[weekday]
    }
}

/// Each weekday's part, and how many weeks that rests on.
fn weekdays(lessons: &[Lesson]) -> ([f64; WEEK], usize) {
    let mut ratios = [Last::<8>::default(), Last::default(), Last::default(), Last::default(),
        Last::default(), Last::default(), Last::default()];
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
