//! The sandbox's own clock, where it has one: requests that were signed far from it are refused.

use http::HeaderValue;
use http::header::DATE;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan as _};

use crate::call::{self, Protocol, Reply};

/// S3 lets a request be a quarter of an hour off, everybody else five minutes.
fn allowed(protocol: Protocol) -> i64 {
    if protocol == Protocol::RestXml { 15 } else { 5 }
}

/// A moment in UTC as seconds since 1970.
pub(crate) fn seconds(at: DateTime) -> i64 {
    at.to_zoned(TimeZone::UTC)
        .map_or(0, |at| at.timestamp().as_second())
}

/// The refusal of a request that was signed at `signed`, if that is too far from `now`.
pub(crate) fn refusal(protocol: Protocol, signed: DateTime, now: DateTime) -> Option<Reply> {
    let minutes = allowed(protocol);
    let off = signed.duration_since(now);
    if off.abs() <= SignedDuration::from_mins(minutes) {
        return None;
    }
    let written = |moment: DateTime| moment.strftime("%Y%m%dT%H%M%SZ").to_string();
    let (signed_at, now_at) = (written(signed), written(now));
    let message = if off.is_negative() {
        let edge = written(now.saturating_sub(minutes.minutes()));
        format!(
            "Signature expired: {signed_at} is now earlier than {edge} ({now_at} - {minutes} min.)"
        )
    } else {
        let edge = written(now.saturating_add(minutes.minutes()));
        format!(
            "Signature not yet current: {signed_at} is still later than {edge} ({now_at} + {minutes} min.)"
        )
    };
    let mut reply = match protocol {
        Protocol::RestXml => call::error(
            protocol,
            403,
            "RequestTimeTooSkewed",
            "The difference between the request time and the current time is too large.",
        ),
        Protocol::Ec2 => call::error(protocol, 400, "RequestExpired", "Request has expired."),
        Protocol::Query => call::error(protocol, 403, "SignatureDoesNotMatch", &message),
        Protocol::Json | Protocol::RestJson | Protocol::Cbor => {
            call::error(protocol, 403, "InvalidSignatureException", &message)
        }
    };
    let date = now
        .to_zoned(TimeZone::UTC)
        .ok()
        .and_then(|now| {
            DateTimePrinter::new()
                .timestamp_to_rfc9110_string(&now.timestamp())
                .ok()
        })
        .and_then(|text| HeaderValue::from_str(&text).ok());
    if let Some(date) = date {
        reply.headers_mut().insert(DATE, date);
    }
    Some(reply)
}
