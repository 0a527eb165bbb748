//! Faults on demand, beneath the SDK, where real ones happen.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::call::Protocol;
use crate::company::Seed;
use crate::lock::locked;

/// Something that goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Too many requests, in the words of the service (`ThrottlingException`, `SlowDown`, …).
    Throttling,
    /// `LimitExceededException`, which is how Cost Explorer throttles.
    LimitExceeded,
    /// `DataUnavailableException`: Cost Explorer has not gathered its data yet.
    DataUnavailable,
    /// An internal error, HTTP 500.
    InternalError,
    /// The service is not available, HTTP 503.
    Unavailable,
    /// The caller may not do this.
    AccessDenied,
    /// The role that is named was made a moment ago, and is not known here yet.
    RoleUnknown,
    /// The connection breaks before the request arrives: nothing was done.
    ConnectionReset,
    /// The request is carried out, and the connection breaks before its answer arrives.
    LostAnswer,
    /// One byte of a body that is uploaded to S3 changes on the way.
    CorruptedBody,
    /// The answer takes this long.
    Slow(Duration),
}

/// Arms faults; cheap to clone, all clones are one.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    armed: Arc<Mutex<Vec<Armed>>>,
    rates: Arc<Mutex<Vec<Rate>>>,
}

/// A share of an operation's requests that fail.
#[derive(Debug)]
struct Rate {
    operation: String,
    fault: Fault,
    percent: u32,
    seed: Seed,
    asked: i32,
}

#[derive(Debug)]
struct Armed {
    operation: String,
    fault: Fault,
    left: u32,
}

impl Faults {
    /// Makes the next `times` requests of `operation` (`ce:GetCostAndUsage`, or `*` for any) fail
    /// with `fault`. Faults of one operation happen in the order in which they were armed.
    pub fn next(&self, operation: &str, fault: Fault, times: u32) {
        locked(&self.armed).push(Armed {
            operation: operation.into(),
            fault,
            left: times,
        });
    }

    /// Makes `percent` of a hundred requests of `operation` (or of any, with `*`) fail with `fault`,
    /// until [`Faults::clear`]. Which ones they are follows from `seed` and the number of the
    /// request; a fault of [`Faults::next`] comes first and is not counted.
    pub fn rate(&self, operation: &str, fault: Fault, percent: u32, seed: u64) {
        locked(&self.rates).push(Rate {
            operation: operation.into(),
            fault,
            percent,
            seed: Seed(seed),
            asked: 0,
        });
    }

    /// Disarms everything.
    pub fn clear(&self) {
        locked(&self.armed).clear();
        locked(&self.rates).clear();
    }

    /// Faults that are armed and have not happened yet.
    pub fn left(&self) -> u32 {
        locked(&self.armed)
            .iter()
            .map(|armed| armed.left)
            .fold(0, u32::saturating_add)
    }

    pub(crate) fn take(&self, operation: &str) -> Option<Fault> {
        self.take_next(operation)
            .or_else(|| self.take_rated(operation))
    }

    fn take_rated(&self, operation: &str) -> Option<Fault> {
        let mut rates = locked(&self.rates);
        let rate = rates
            .iter_mut()
            .find(|rate| rate.operation == "*" || rate.operation == operation)?;
        rate.asked = rate.asked.wrapping_add(1);
        let drawn = rate.seed.draw(&rate.operation, rate.asked) % 100;
        (drawn < u64::from(rate.percent)).then_some(rate.fault)
    }

    fn take_next(&self, operation: &str) -> Option<Fault> {
        let mut armed = locked(&self.armed);
        armed.retain(|armed| armed.left > 0);
        let hit = armed
            .iter_mut()
            .find(|armed| armed.operation == "*" || armed.operation == operation)?;
        hit.left -= 1;
        Some(hit.fault)
    }
}

/// The status, code and message with which `fault` is answered, if it is an answer at all.
pub(crate) fn answer_of(
    fault: Fault,
    protocol: Protocol,
) -> Option<(u16, &'static str, &'static str)> {
    Some(match fault {
        Fault::Throttling => match protocol {
            Protocol::RestXml => (503, "SlowDown", "Please reduce your request rate."),
            Protocol::Ec2 => (503, "RequestLimitExceeded", "Request limit exceeded."),
            Protocol::Query => (400, "Throttling", "Rate exceeded"),
            Protocol::Json | Protocol::RestJson | Protocol::Cbor => {
                (400, "ThrottlingException", "Rate exceeded")
            }
        },
        Fault::LimitExceeded => (
            400,
            "LimitExceededException",
            "Rate limit exceeded for this account.",
        ),
        Fault::DataUnavailable => (
            400,
            "DataUnavailableException",
            "Data is not available. Please try to adjust the time period.",
        ),
        Fault::InternalError => match protocol {
            Protocol::RestXml | Protocol::Ec2 => {
                (500, "InternalError", "An internal error occurred.")
            }
            _ => (500, "InternalFailure", "An internal error occurred."),
        },
        Fault::Unavailable => (
            503,
            "ServiceUnavailable",
            "The service is not available, try again later.",
        ),
        Fault::AccessDenied => match protocol {
            Protocol::RestXml => (403, "AccessDenied", "Access Denied"),
            Protocol::Ec2 => (
                403,
                "UnauthorizedOperation",
                "You are not authorized to perform this operation.",
            ),
            Protocol::Query => (
                403,
                "AccessDenied",
                "The caller is not authorized to perform this operation.",
            ),
            _ => (
                400,
                "AccessDeniedException",
                "The caller is not authorized to perform this operation.",
            ),
        },
        Fault::RoleUnknown => (
            400,
            "InvalidRequestException",
            "Unable to assume role. Reason: Access denied when calling sts:AssumeRole",
        ),
        Fault::ConnectionReset | Fault::LostAnswer | Fault::CorruptedBody | Fault::Slow(_) => {
            return None;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_met_by_its_seed_and_a_single_fault_comes_before_it() {
        for percent in [0, 10, 30, 60, 100] {
            let run = || {
                let faults = Faults::default();
                faults.rate("ce:GetCostAndUsage", Fault::Throttling, percent, 4);
                let mut asked = (0..10_000).map(|_| faults.take("ce:GetCostAndUsage").is_some());
                asked.by_ref().collect::<Vec<bool>>()
            };
            let failed = run().into_iter().filter(|failed| *failed).count();
            let expected = percent as usize * 100;
            assert!(failed.abs_diff(expected) <= 200, "{failed} of {expected}");
            assert_eq!(run(), run());
        }
        let faults = Faults::default();
        faults.rate("*", Fault::Throttling, 100, 1);
        faults.next("s3:GetObject", Fault::InternalError, 1);
        assert_eq!(faults.take("s3:GetObject"), Some(Fault::InternalError));
        assert_eq!(faults.take("s3:GetObject"), Some(Fault::Throttling));
        faults.clear();
        assert_eq!(faults.take("s3:GetObject"), None);
    }
}
