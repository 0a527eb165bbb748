//! How far this computer's clock is from AWS's. The SDK signs again with AWS's time where a request
//! is refused for it; here it is measured, so that a person learns of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::SystemTime;

use aws_sdk_costexplorer::config::interceptors::BeforeDeserializationInterceptorContextRef;
use aws_sdk_costexplorer::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_costexplorer::error::BoxError;
use jiff::Timestamp;

/// A skew from which AWS refuses requests.
const REFUSED_FROM: i64 = 4 * 60;

/// Looks at the date of every answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct ClockWatch {
    ahead: Arc<AtomicI64>,
}

impl ClockWatch {
    /// By how many seconds AWS's clock was ahead of ours at the latest answer, where that is so
    /// much that it matters.
    pub fn skew(&self) -> Option<i64> {
        let ahead = self.ahead.load(Ordering::Relaxed);
        (ahead.abs() >= REFUSED_FROM).then_some(ahead)
    }
}

impl Intercept for ClockWatch {
    fn name(&self) -> &'static str {
        "ClockWatch"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let theirs = context.response().headers().get("date").and_then(moment);
        let ours = components.time_source().map(|time| seconds(time.now()));
        if let (Some(theirs), Some(ours)) = (theirs, ours) {
            self.ahead.store(theirs - ours, Ordering::Relaxed);
        }
        Ok(())
    }
}

fn moment(date: &str) -> Option<i64> {
    let zoned = jiff::fmt::rfc2822::parse(date).ok()?;
    Some(zoned.timestamp().as_second())
}

fn seconds(time: SystemTime) -> i64 {
    Timestamp::try_from(time).map_or(0, Timestamp::as_second)
}

/// Whether an error says that the time of a request is not to be believed.
pub(crate) fn is_skew(code: &str, said: &str) -> bool {
    match code {
        "RequestTimeTooSkewed" | "RequestExpired" | "RequestInTheFuture" => true,
        "InvalidSignatureException" | "SignatureDoesNotMatch" => {
            said.contains("Signature expired") || said.contains("Signature not yet current")
        }
        _ => false,
    }
}

/// The skew that a refusal itself names: "… 20261121T080000Z is now earlier than
/// 20261122T090000Z …".
pub(crate) fn said(text: &str) -> Option<i64> {
    let mut moments = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter_map(|word| {
            let moment = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", word).ok()?;
            let zoned = moment.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
            Some(zoned.timestamp().as_second())
        });
    let ours = moments.next()?;
    // The last one is AWS's own time; the one between is the bound that was passed.
    let theirs = moments.next_back()?;
    Some(theirs - ours)
}

/// A skew in words: "25 h 3 min behind".
pub(crate) fn off(ahead: Option<i64>) -> String {
    let Some(ahead) = ahead else {
        return "not that of AWS".to_owned();
    };
    let minutes = ahead.unsigned_abs() / 60;
    let size = match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    // AWS ahead of us is us behind.
    let side = if ahead > 0 { "behind" } else { "ahead of" };
    format!("{size} {side} that of AWS")
}
