use serde_json::Value;
use tallyport_ledger::Role;
use tallyport_store::{ConnectionId, Job, JobState, Run, RunId, Schedule};

use super::invoices;
use crate::error::with_hint;
use crate::{Context, SignedIn, WorkspaceError, evaluate, sync};

/// What the clock may do: load bills, look at budgets and draft invoices.
pub(super) const ROLE: Role = Role::BillingManager;

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    pub ending: Ending,
    pub text: String,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Done,
    Failed {
        /// Whether it may go better later.
        may_pass: bool,
    },
    /// What it needs is not there yet.
    Waits,
}

impl Outcome {
    pub fn failed(text: impl Into<String>) -> Self {
        Self::ended(Ending::Failed { may_pass: false }, text)
    }

    pub fn done(text: impl Into<String>) -> Self {
        Self::ended(Ending::Done, text)
    }

    pub fn waits(text: impl Into<String>) -> Self {
        Self::ended(Ending::Waits, text)
    }

    fn ended(ending: Ending, text: impl Into<String>) -> Self {
        Self {
            ending,
            text: text.into(),
        }
    }

    fn of(error: &WorkspaceError) -> Self {
        let may_pass = may_pass(error.code());
        let text = with_hint(&error.to_string(), error.hint().as_deref());
        Self::ended(Ending::Failed { may_pass }, text)
    }
}

/// Does what a schedule is for.
pub(super) async fn work(cx: Context, run: Run, schedule: Schedule, by: SignedIn) -> Outcome {
    let done = match (schedule.connection, &schedule.recipients) {
        (Some(connection), _) => sync_one(&cx, run.id, connection, &by).await,
        (None, Some(recipients)) => invoices::draft(&cx, &run, (&schedule, recipients), &by).await,
        (None, None) => budgets(&cx, &by).await,
    };
    done.unwrap_or_else(|error| Outcome::of(&error))
}

async fn budgets(cx: &Context, by: &SignedIn) -> Result<Outcome, WorkspaceError> {
    Ok(Outcome::done(evaluate::on_clock(cx, &by.grant()?).await?))
}

async fn sync_one(
    cx: &Context,
    run: RunId,
    connection: ConnectionId,
    by: &SignedIn,
) -> Result<Outcome, WorkspaceError> {
    let job = sync::connection(cx, &by.grant()?, connection).await?;
    followed(cx, run, job, synced).await
}

/// Waits for the long work that a run began; `told` says what came of it.
pub(super) async fn followed(
    cx: &Context,
    run: RunId,
    job: Job,
    told: fn(&Value) -> String,
) -> Result<Outcome, WorkspaceError> {
    let id = job.id;
    cx.store.write(move |w| w.note_job_of_run(run, id)).await?;
    let Job {
        state,
        result,
        problem,
        ..
    } = cx.jobs.wait(id).await?;
    Ok(match state {
        JobState::Done => Outcome::done(told(&result.unwrap_or_default())),
        JobState::Cancelled => Outcome::failed("Somebody cancelled it."),
        _ => {
            let problem = problem.unwrap_or_default();
            let detail = problem["detail"].as_str().unwrap_or("it stopped half way");
            let may_pass = may_pass(problem["code"].as_str().unwrap_or_default());
            let text = with_hint(detail, problem["hint"].as_str());
            Outcome::ended(Ending::Failed { may_pass }, text)
        }
    })
}

/// Whether a failure of this code may be over after a while. What a person has to mend first is not tried
/// again before the next planned time.
fn may_pass(code: &str) -> bool {
    matches!(
        code,
        "aws.unreachable"
            | "aws.throttled"
            | "aws.clock"
            | "import.incomplete"
            | "workspace.busy"
            | "workspace.disk"
    )
}

/// What a sync brought, in words.
fn synced(result: &Value) -> String {
    let all = result["connections"].as_array();
    let periods: Vec<&Value> = all
        .into_iter()
        .flatten()
        .filter_map(|one| one["periods"].as_array())
        .flatten()
        .collect();
    let changed = periods
        .iter()
        .filter(|period| period["outcome"] != "unchanged")
        .count();
    let brought = match (changed, periods.len()) {
        (0, 0) => "Nothing was delivered since the last time.".to_owned(),
        (0, 1) => "One month was read; it has not changed.".to_owned(),
        (0, read) => format!("{read} months were read; none has changed."),
        (1, _) => "One month is new or has changed.".to_owned(),
        (changed, _) => format!("{changed} months are new or have changed."),
    };
    match result["requests"].as_u64() {
        None | Some(0) => brought,
        Some(1) => format!("{brought} One paid request."),
        Some(requests) => format!("{brought} {requests} paid requests."),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_sync_brought_is_told_in_words() {
        let result = |outcomes: &[&str], requests: u64| {
            let periods: Vec<Value> = outcomes
                .iter()
                .map(|outcome| json!({ "outcome": outcome }))
                .collect();
            synced(&json!({ "connections": [{ "periods": periods }], "requests": requests }))
        };
        assert_eq!(result(&[], 0), "Nothing was delivered since the last time.");
        assert_eq!(
            result(&["unchanged", "replaced", "new"], 3),
            "2 months are new or have changed. 3 paid requests."
        );
        assert_eq!(
            result(&["unchanged"], 1),
            "One month was read; it has not changed. One paid request."
        );
    }

    #[test]
    fn only_what_may_pass_by_itself_is_tried_again() {
        assert!(may_pass("aws.unreachable") && may_pass("workspace.busy"));
        assert!(!may_pass("aws.denied") && !may_pass("reconcile.cap") && !may_pass(""));
    }
}
