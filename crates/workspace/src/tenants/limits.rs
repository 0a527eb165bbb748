//! How fast all transfers of the workspace together may be, by the time of the week.

use jiff::tz::TimeZone;
use serde_json::{Value, json};
use tallyport_ledger::ManageTenants;
use tallyport_ledger::transfer::{LimitWindow, Limits};
pub use tallyport_store::TransferLimits;

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// So many windows a timetable has at most: three for each day of the week.
const WINDOWS: usize = 21;

/// How fast all transfers together may be.
///
/// # Errors
/// The workspace file's.
pub async fn transfer_limits(
    cx: &Context,
    _by: &Grant<ManageTenants>,
) -> Result<TransferLimits, WorkspaceError> {
    cx.store
        .read(|r| match r.transfer_limits()? {
            Some(kept) => Ok(kept),
            None => Ok(TransferLimits {
                limits: Limits::default(),
                zone: r.settings()?.zone,
            }),
        })
        .await
}

/// Sets how fast all transfers together may be: from now on, also of those under way.
///
/// # Errors
/// [`WorkspaceError::Invalid`] names the field.
pub async fn set_transfer_limits(
    cx: &Context,
    by: &Grant<ManageTenants>,
    ask: TransferLimits,
) -> Result<TransferLimits, WorkspaceError> {
    check(&ask)?;
    let trail = Trail::of(cx, by);
    let kept = cx
        .store
        .write(move |w| {
            let before = w.transfer_limits()?;
            if before.as_ref() != Some(&ask) {
                w.set_transfer_limits(&ask)?;
                let details = json!({ "before": before.as_ref().map(told), "after": told(&ask) });
                trail.keep(w, "transfer.limits-changed", "all transfers", &details)?;
            }
            Ok::<_, WorkspaceError>(ask)
        })
        .await?;
    follow(cx).await?;
    Ok(kept)
}

/// Holds the transfers of this process to what is set, whichever process set it.
pub(super) async fn follow(cx: &Context) -> Result<(), WorkspaceError> {
    let kept = cx
        .store
        .read(|r| Ok::<_, WorkspaceError>(r.transfer_limits()?));
    if let Some(TransferLimits { limits, zone }) = kept.await? {
        cx.transfers.engine.set_limits(limits, zone_of(&zone)?);
    }
    Ok(())
}

/// Refuses a limit so low that a line would look as if it were dead.
pub(super) fn check_limit(limit: Option<u64>) -> Result<(), WorkspaceError> {
    match limit {
        Some(limit) if limit < Limits::SLOWEST => Err(WorkspaceError::invalid(
            "limit",
            format!(
                "a limit of {limit} bytes a second is too low: {} is the least",
                Limits::SLOWEST
            ),
        )),
        _ => Ok(()),
    }
}

fn check(ask: &TransferLimits) -> Result<(), WorkspaceError> {
    zone_of(&ask.zone)?;
    let Limits { usual, windows } = &ask.limits;
    check_limit(*usual)?;
    if windows.len() > WINDOWS {
        return Err(WorkspaceError::invalid(
            "windows",
            format!("at most {WINDOWS} windows are expected"),
        ));
    }
    windows
        .iter()
        .try_for_each(|window| check_limit(window.bytes_per_second))
}

fn zone_of(name: &str) -> Result<TimeZone, WorkspaceError> {
    TimeZone::get(name).map_err(|_| {
        WorkspaceError::invalid(
            "zone",
            "this zone is not known: a name such as Europe/Berlin or UTC is expected",
        )
    })
}

fn told(set: &TransferLimits) -> Value {
    let window = |window: &LimitWindow| {
        let LimitWindow {
            days,
            from,
            to,
            bytes_per_second,
        } = window;
        let days: Vec<i8> = days.iter().map(|day| day.to_monday_one_offset()).collect();
        json!({
            "days": days, "from": from.to_string(), "to": to.to_string(),
            "bytes_per_second": bytes_per_second,
        })
    };
    let windows: Vec<Value> = set.limits.windows.iter().map(window).collect();
    json!({ "usual": set.limits.usual, "zone": set.zone, "windows": windows })
}
