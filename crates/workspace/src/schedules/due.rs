use jiff::{SignedDuration, Timestamp};
use tallyport_store::{Reads, Run, RunState, Schedule};

use super::timetable::Timetable;
use crate::WorkspaceError;

/// After how many minutes a run that failed is tried again; after the last one no more.
const AGAIN_AFTER: [i64; 5] = [1, 5, 15, 60, 180];
/// Times that were missed are counted so many days back.
const COUNTED_DAYS: i64 = 40;

/// A run that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Due {
    pub planned_at: Timestamp,
    pub attempt: u32,
    /// The first and the last of the times before it at which nobody was there, and how many they were.
    pub missed: Option<(Timestamp, Timestamp, usize)>,
}

/// What of a schedule is to be made now: the last planned moment, if it was not made yet. Earlier ones are
/// not made up for.
pub(super) fn due(
    r: &Reads<'_>,
    schedule: &Schedule,
    timetable: &Timetable,
    now: Timestamp,
) -> Result<Option<Due>, WorkspaceError> {
    if !schedule.enabled {
        return Ok(None);
    }
    let Some(planned_at) = timetable.latest(schedule.since, now) else {
        return Ok(None);
    };
    if let Some(before) = r.last_attempt(&schedule.id, planned_at)? {
        let may_again = matches!(before.state, RunState::Failed | RunState::Waiting);
        let again = may_again && before.retry_at.is_some_and(|at| at <= now);
        return Ok(again.then_some(Due {
            planned_at,
            attempt: before.attempt + 1,
            missed: None,
        }));
    }
    let counted = planned_at
        .saturating_sub(SignedDuration::from_hours(24 * COUNTED_DAYS))
        .unwrap_or(schedule.since)
        .max(schedule.since);
    let from = r
        .planned_before(&schedule.id, planned_at)?
        .map_or(counted, |made| made.max(counted));
    let mut missed = timetable.within(from, planned_at);
    missed.retain(|at| *at < planned_at);
    Ok(Some(Due {
        planned_at,
        attempt: 1,
        missed: match (missed.first(), missed.last()) {
            (Some(first), Some(last)) => Some((*first, *last, missed.len())),
            _ => None,
        },
    }))
}

/// When a run that failed for a reason that may pass is tried again.
pub(super) fn again_at(run: &Run, now: Timestamp) -> Option<Timestamp> {
    let at = usize::try_from(run.attempt).ok()?.checked_sub(1)?;
    let minutes = AGAIN_AFTER.get(at)?;
    now.checked_add(SignedDuration::from_mins(*minutes)).ok()
}
