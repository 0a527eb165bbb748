use std::collections::BTreeMap;

use super::{Case, Happens, Label, Pattern};
use tallyport_insight::anomaly::Anomaly;

/// How well it was told.
#[derive(Debug, Default, Clone)]
pub struct Score {
    pub cases: u32,
    pub labels: u32,
    pub missed: u32,
    pub told: u32,
    /// Told, and nothing of the kind happened.
    pub false_alarms: u32,
    /// Told again of what was told.
    pub repeats: u32,
    /// Days that were looked at, after the five weeks of learning.
    pub days: usize,
    pub missed_of: BTreeMap<Happens, (u32, u32)>,
    pub false_of: BTreeMap<Pattern, (u32, u32)>,
}

impl Score {
    /// In thousandths: of what was told, the part that happened.
    pub fn precision(&self) -> u32 {
        (self.told - self.false_alarms) * 1000 / self.told.max(1)
    }

    /// In thousandths: of what happened, the part that was told.
    pub fn recall(&self) -> u32 {
        (self.labels - self.missed) * 1000 / self.labels.max(1)
    }
}

/// Days by which what is told may miss what happened; of a drift nobody can say when it ended.
fn slack(label: &Label) -> usize {
    match label.what {
        Happens::Drift => 14,
        _ => 1,
    }
}

/// Whether this is that.
pub fn is(case: &Case, anomaly: &Anomaly, label: &Label) -> bool {
    let from = label.from.saturating_sub(slack(label));
    let to = (label.to + slack(label)).min(case.days.len() - 1);
    anomaly.is_rise() == label.rise && anomaly.overlaps(case.days.date(from), case.days.date(to))
}

/// Lays what is found in each case beside what is in it; `each` is told of what was missed or false.
pub fn score(cases: &[Case], mut each: impl FnMut(&Case, &str, String)) -> Score {
    let mut score = Score::default();
    for case in cases {
        let found = case.found();
        score.cases += 1;
        score.days += case.known.iter().filter(|known| **known).count() - 35;
        let false_of = score.false_of.entry(case.pattern).or_default();
        false_of.1 += 1;
        for anomaly in &found {
            score.told += 1;
            if !case.labels.iter().any(|label| is(case, anomaly, label)) {
                score.false_alarms += 1;
                false_of.0 += 1;
                let percent = anomaly.percent();
                each(
                    case,
                    "false",
                    format!(
                        "{:?} {}..{} {percent:?} %, noise {}",
                        anomaly.kind, anomaly.from, anomaly.to, case.noise
                    ),
                );
            }
        }
        for label in &case.labels {
            score.labels += 1;
            let told = found
                .iter()
                .filter(|anomaly| is(case, anomaly, label))
                .count();
            let missed_of = score.missed_of.entry(label.what).or_default();
            missed_of.1 += 1;
            if told == 0 {
                score.missed += 1;
                missed_of.0 += 1;
                each(
                    case,
                    "missed",
                    format!(
                        "{:?} of {} % on {}",
                        label.what,
                        label.percent,
                        case.days.date(label.from)
                    ),
                );
            } else {
                score.repeats += u32::try_from(told - 1).unwrap();
            }
        }
    }
    score
}
