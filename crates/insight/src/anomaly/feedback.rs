//! What people said of earlier anomalies of the same series.

use super::{Anomaly, Kind};

/// What a person says of an anomaly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is all right: the like of it is not to be told again.
    Expected,
    /// It is not: the series is to be watched more closely.
    Unexpected,
}

/// An anomaly of which somebody said what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// The anomaly, as it was.
    pub anomaly: Anomaly,
    /// What was said.
    pub verdict: Verdict,
}

impl Verdict {
    /// Its name on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Unexpected => "unexpected",
        }
    }
}

/// How much larger than one that was expected another may be, in halves.
const LARGER_HALVES: i128 = 3;

/// Whether the series is watched more closely.
pub(super) fn is_keen(judged: &[Judged]) -> bool {
    judged
        .iter()
        .any(|judged| judged.verdict == Verdict::Unexpected)
}

/// Leaves out what is like one that was expected; that one itself stays.
pub(super) fn unlike_expected(mut found: Vec<Anomaly>, judged: &[Judged]) -> Vec<Anomaly> {
    found.retain(|anomaly| {
        let itself = |known: &Anomaly| anomaly.overlaps(known.from, known.to);
        let expected = || {
            judged
                .iter()
                .filter(|judged| judged.verdict == Verdict::Expected)
                .map(|judged| &judged.anomaly)
        };
        expected().any(itself) || !expected().any(|known| alike(anomaly, known))
    });
    found
}

/// Whether it goes the same way in the same manner, and not much further a day.
fn alike(anomaly: &Anomaly, known: &Anomaly) -> bool {
    let manner = |kind| match kind {
        Kind::Spike | Kind::OneOff => 0,
        Kind::Drop => 1,
        Kind::Level | Kind::New => 2,
        Kind::Drift => 3,
    };
    let a_day = |anomaly: &Anomaly| {
        let days = anomaly
            .from
            .until(anomaly.to)
            .map_or(0, |span| span.get_days())
            + 1;
        anomaly.impact().nanos() / i128::from(days)
    };
    let (now, then) = (a_day(anomaly), a_day(known));
    manner(anomaly.kind) == manner(known.kind)
        && (now > 0) == (then > 0)
        && 2 * now.abs() <= LARGER_HALVES * then.abs()
}
