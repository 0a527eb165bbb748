//! What goes wrong, and when.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::stream::locked;

/// Something that goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Refused before its body is looked at; nothing was done.
    Refused(Refusal),
    /// Carried out, and answered with a refusal all the same.
    RefusedAfterwards(Refusal),
    /// Answered with status 200 and an error in the body, as S3 does when it has begun its answer
    /// before it knows how completing ends. Nothing was done.
    ErrorInside200,
    /// The same, but the work was done.
    ErrorInside200Afterwards,
    /// The connection is reset when so many bytes of the body have come; nothing was done.
    ResetAfter(u64),
    /// The server stops reading for so long when so many bytes have come, and then goes on.
    StalledAfter(u64, Duration),
    /// The server stops reading for good when so many bytes have come.
    SilentAfter(u64),
    /// Carried out, and the connection is reset before a byte of the answer.
    LostAnswer,
    /// Carried out, and nothing is ever answered.
    NoAnswer,
    /// Each byte of the answer, from its first line on, takes so long.
    SlowAnswer(Duration),
    /// One byte of the body changes on the way.
    CorruptedBody,
}

/// A refusal in S3's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// 503: slow down.
    SlowDown,
    /// 429, as some stores say it.
    TooManyRequests,
    /// 500.
    InternalError,
    /// 412: what the request asked for before it writes does not hold.
    PreconditionFailed,
    /// 409: something else wrote at the same moment.
    Conflict,
    /// 404: the upload is not known (any more).
    NoSuchUpload,
    /// 400: the session has ended.
    ExpiredToken,
    /// 403, as S3 says it where the role may not do it.
    AccessDenied,
    /// 403, as it is said where the role may use the bucket and not its key.
    KeyDenied,
}

impl Refusal {
    /// Status, code and message.
    pub(crate) fn said(self) -> (u16, &'static str, &'static str) {
        match self {
            Self::SlowDown => (503, "SlowDown", "Please reduce your request rate."),
            Self::TooManyRequests => (429, "TooManyRequests", "Too many requests."),
            Self::InternalError => (
                500,
                "InternalError",
                "We encountered an internal error. Please try again.",
            ),
            Self::PreconditionFailed => (
                412,
                "PreconditionFailed",
                "At least one of the pre-conditions you specified did not hold",
            ),
            Self::Conflict => (
                409,
                "ConditionalRequestConflict",
                "The conditional request cannot succeed due to a conflicting operation against this resource.",
            ),
            Self::NoSuchUpload => (
                404,
                "NoSuchUpload",
                "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
            ),
            Self::ExpiredToken => (400, "ExpiredToken", "The provided token has expired."),
            Self::AccessDenied => (403, "AccessDenied", "Access Denied"),
            Self::KeyDenied => (
                403,
                "AccessDenied",
                "User: arn:aws:sts::210000000001:assumed-role/tenant/tallyport is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action",
            ),
        }
    }
}

/// Which requests go wrong, and how. All clones are one.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    ordered: Arc<Mutex<Vec<Ordered>>>,
    rates: Arc<Mutex<Vec<Rate>>>,
}

#[derive(Debug)]
struct Ordered {
    operation: String,
    fault: Fault,
    passes: u32,
    left: u32,
}

#[derive(Debug)]
struct Rate {
    operation: String,
    fault: Fault,
    percent: u64,
    state: u64,
}

fn is_of(rule: &str, operation: &str) -> bool {
    rule == "*" || rule == operation
}

impl Plan {
    /// Makes the next `times` requests of `operation` (`UploadPart`, or `*` for any) go wrong.
    pub fn next(&self, operation: &str, fault: Fault, times: u32) {
        self.after(0, operation, fault, times);
    }

    /// Lets `passes` requests of `operation` pass and makes the `times` that follow go wrong.
    pub fn after(&self, passes: u32, operation: &str, fault: Fault, times: u32) {
        locked(&self.ordered).push(Ordered {
            operation: operation.to_owned(),
            fault,
            passes,
            left: times,
        });
    }

    /// Makes `percent` of a hundred requests of `operation` go wrong until [`Plan::clear`].
    pub fn rate(&self, operation: &str, fault: Fault, percent: u32, seed: u64) {
        locked(&self.rates).push(Rate {
            operation: operation.to_owned(),
            fault,
            percent: u64::from(percent),
            state: seed,
        });
    }

    /// Nothing goes wrong any more.
    pub fn clear(&self) {
        locked(&self.ordered).clear();
        locked(&self.rates).clear();
    }

    /// How many of the counted faults have not happened yet.
    pub fn left(&self) -> u32 {
        locked(&self.ordered)
            .iter()
            .map(|ordered| ordered.left)
            .fold(0, u32::saturating_add)
    }

    /// What happens to the request that has just come.
    pub(crate) fn take(&self, operation: &str) -> Option<Fault> {
        let mut ordered = locked(&self.ordered);
        for rule in ordered
            .iter_mut()
            .filter(|rule| rule.left > 0 && is_of(&rule.operation, operation))
        {
            if rule.passes > 0 {
                rule.passes -= 1;
                continue;
            }
            rule.left -= 1;
            return Some(rule.fault);
        }
        drop(ordered);
        locked(&self.rates)
            .iter_mut()
            .filter(|rate| is_of(&rate.operation, operation))
            .find_map(|rate| (drawn(&mut rate.state) % 100 < rate.percent).then_some(rate.fault))
    }
}

/// The next number of SplitMix64.
fn drawn(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_comes_first_and_chance_repeats_itself() {
        let run = || {
            let plan = Plan::default();
            plan.after(1, "UploadPart", Fault::LostAnswer, 2);
            plan.rate("*", Fault::Refused(Refusal::SlowDown), 30, 7);
            (0..1_000)
                .map(|_| plan.take("UploadPart"))
                .collect::<Vec<_>>()
        };
        let taken = run();
        assert_eq!(
            taken.get(1..3),
            Some([Some(Fault::LostAnswer); 2].as_slice())
        );
        let slowed = taken
            .iter()
            .filter(|fault| **fault == Some(Fault::Refused(Refusal::SlowDown)))
            .count();
        assert!(slowed.abs_diff(300) < 50, "{slowed} of a thousand");
        assert_eq!(taken, run());
    }
}
