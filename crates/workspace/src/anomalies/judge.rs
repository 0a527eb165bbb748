//! What people say of what is unusual.

use std::collections::BTreeSet;

use serde_json::json;
use tallyport_insight::anomaly::Verdict;
use tallyport_ledger::{DayRange, SetBudgets};
use tallyport_store::{AnomalyId, Writes};

use super::gathered::{Group, groups, verdict_number};
use super::watch::look_again;
use super::{Unusual, around};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// A note, at most.
const NOTE: usize = 1_000;

/// Notes what somebody says of it, for each of its leaves, and looks at these again by that: the like of what
/// is expected is not told again, and a leaf with something unexpected is watched more closely. `None` takes
/// back what was said.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; a note that is too long.
pub async fn judge(
    cx: &Context,
    by: &Grant<SetBudgets>,
    id: AnomalyId,
    verdict: Option<Verdict>,
    note: &str,
) -> Result<Unusual, WorkspaceError> {
    let note = note.trim().to_owned();
    if note.chars().count() > NOTE {
        return Err(WorkspaceError::invalid(
            "note",
            format!("a note has at most {NOTE} letters"),
        ));
    }
    super::watch(cx).await?;
    let (trail, now) = (Trail::of(cx, by), cx.now());
    cx.store
        .write(move |w| {
            let Some(group) = group_of(w, id)? else {
                return Err(WorkspaceError::NotFound {
                    what: "anomaly",
                    name: id.to_string(),
                });
            };
            let account = group.lead.leaf.billing_account.0;
            let leaves: BTreeSet<_> = group.leaves().collect();
            let members: Vec<AnomalyId> = group.members().map(|member| member.id).collect();
            for member in &members {
                w.judge_anomaly(*member, verdict.map(verdict_number), &note)?;
            }
            look_again(w, account, &leaves, now)?;
            let details = json!({
                "anomalies": members.iter().map(|id| id.0).collect::<Vec<_>>(),
                "from": group.days.from().to_string(),
                "to": group.days.to().to_string(),
                "verdict": verdict.map(Verdict::word),
                "note": note,
            });
            let before = group.into_unusual();
            trail.keep(w, "anomaly.judged", &before.label, &details)?;
            // What was found only since its leaf was watched more closely is found no more when that is
            // taken back.
            let after = group_of(w, id)?.map(Group::into_unusual);
            Ok(after.unwrap_or(Unusual {
                feedback: verdict,
                note,
                ..before
            }))
        })
        .await
}

/// The event that an anomaly is part of, if it is found.
fn group_of(w: &Writes<'_>, id: AnomalyId) -> Result<Option<Group>, WorkspaceError> {
    let Some(record) = w.anomaly(id)? else {
        return Ok(None);
    };
    let days = DayRange::new(record.found.from, record.found.to)
        .map_err(|error| WorkspaceError::Fault(error.to_string()))?;
    let mut groups = groups(w.anomalies(around(days))?).into_iter();
    Ok(groups.find(|group| group.members().any(|member| member.id == id)))
}
