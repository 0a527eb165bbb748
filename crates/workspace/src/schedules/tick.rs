use jiff::{SignedDuration, Timestamp};
use tallyport_ledger::SetBudgets;
use tallyport_store::{Reads, Run, RunId, RunState, Schedule, Writes};

use super::due::{Due, again_at, due};
use super::work::{self, Ending, Outcome};
use super::{Known, known, one, timetable};
use crate::jobs::{HeldRun, Jobs};
use crate::{Context, Grant, SignedIn, WorkspaceError};

/// When is looked again for what was not there yet.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_hours(24);
/// Who does what is planned.
const ACTOR: &str = "schedule";

/// A run that this process has taken on.
struct Taken {
    run: Run,
    schedule: Schedule,
    by: SignedIn,
    _held: HeldRun,
}

/// What is to be seen to before anything is run.
struct Seen {
    /// Was never thought of: what is planned from now on counts.
    new: Vec<Known>,
    /// Begun by a clock that was ahead.
    ahead: Vec<Known>,
    /// Runs whose process has died.
    dead: Vec<Run>,
    /// What is to be done first.
    first: Option<(Known, Due)>,
}

/// Does what is due, one after another, and answers what was done. Another process that looks at the same
/// moment finds it taken.
///
/// # Errors
/// The workspace file's. That a run failed is no error: it is written down.
pub async fn tick(cx: &Context) -> Result<Vec<Run>, WorkspaceError> {
    let mut done = Vec::new();
    while let Some(taken) = take_next(cx).await? {
        done.push(perform(cx, taken).await?);
    }
    Ok(done)
}

/// Begins a run at once, whatever was planned, and answers it; it goes on by itself.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; a conflict where it runs already.
pub async fn run_now(
    cx: &Context,
    by: &Grant<SetBudgets>,
    id: &str,
) -> Result<Run, WorkspaceError> {
    cx.jobs.show()?;
    let (id, now, jobs) = (id.to_owned(), cx.now(), cx.jobs.clone());
    let by = SignedIn::new(by.name(), work::ROLE);
    let taken = cx
        .store
        .write(move |w| {
            let known = one(w, &id, now)?;
            if w.open_runs()?
                .iter()
                .any(|run| run.schedule == id && jobs.is_at(run.id, &run.process))
            {
                return Err(WorkspaceError::Conflict {
                    code: "schedule.running",
                    reason: format!("\"{}\" runs already", known.label),
                    hint: None,
                });
            }
            if !known.begun {
                w.set_schedule(&known.stored)?;
            }
            let due = Due {
                planned_at: now,
                attempt: 1,
                missed: None,
            };
            take(w, &jobs, &known, &due, now, by)
        })
        .await?;
    let run = taken.run.clone();
    let cx = cx.clone();
    tokio::spawn(async move {
        if let Err(error) = perform(&cx, taken).await {
            tracing::error!(%error, "the end of a run could not be written down");
        }
    });
    Ok(run)
}

/// Takes on the first run that is due. Nothing is written where nothing is.
async fn take_next(cx: &Context) -> Result<Option<Taken>, WorkspaceError> {
    let (now, jobs) = (cx.now(), cx.jobs.clone());
    let seen = cx.store.read(move |r| see(r, &jobs, now)).await?;
    let Seen {
        new,
        ahead,
        dead,
        first,
    } = &seen;
    if new.is_empty() && ahead.is_empty() && dead.is_empty() && first.is_none() {
        return Ok(None);
    }
    cx.jobs.show()?;
    let jobs = cx.jobs.clone();
    cx.store
        .write(move |w| {
            // Another process may have been quicker: look again, now that nobody else writes.
            let Seen {
                new, ahead, dead, ..
            } = see(w, &jobs, now)?;
            for mut known in new.into_iter().chain(ahead) {
                known.stored.since = now;
                w.set_schedule(&known.stored)?;
            }
            for run in dead {
                let said = "The program ended before this was done.";
                // At once, not later: what ended it was most likely no fault of the work.
                let again = again_at(&run, now).map(|_| now);
                w.end_run(run.id, RunState::Failed, now, again, said)?;
            }
            match see(w, &jobs, now)?.first {
                Some((known, due)) => {
                    let by = SignedIn::new(ACTOR, work::ROLE);
                    take(w, &jobs, &known, &due, now, by).map(Some)
                }
                None => Ok(None),
            }
        })
        .await
}

fn see(r: &Reads<'_>, jobs: &Jobs, now: Timestamp) -> Result<Seen, WorkspaceError> {
    let zone = r.settings()?.zone;
    let (mut new, mut ahead) = (Vec::new(), Vec::new());
    let (alive, dead): (Vec<Run>, Vec<Run>) = r
        .open_runs()?
        .into_iter()
        .partition(|run| jobs.is_at(run.id, &run.process));
    let mut first = None;
    for known in known(r, now)? {
        if !known.begun {
            new.push(known);
            continue;
        }
        if known.stored.since > now {
            ahead.push(known);
            continue;
        }
        if first.is_some() || alive.iter().any(|run| run.schedule == known.stored.id) {
            continue;
        }
        match timetable(&known.stored, &zone, now) {
            Ok(timetable) => {
                first = due(r, &known.stored, &timetable, now)?.map(|due| (known, due));
            }
            Err(error) => {
                // A zone that this machine no longer knows stops one schedule, not all.
                tracing::warn!(schedule = %known.stored.id, %error, "a schedule cannot be read");
            }
        }
    }
    Ok(Seen {
        new,
        ahead,
        dead,
        first,
    })
}

fn take(
    w: &mut Writes<'_>,
    jobs: &Jobs,
    known: &Known,
    due: &Due,
    now: Timestamp,
    by: SignedIn,
) -> Result<Taken, WorkspaceError> {
    let mut run = Run {
        id: RunId(0),
        schedule: known.stored.id.clone(),
        planned_at: due.planned_at,
        attempt: due.attempt,
        state: RunState::Running,
        started_at: now,
        ended_at: None,
        retry_at: None,
        text: None,
        job: None,
        process: jobs.process().to_owned(),
    };
    if let Some((first, last, count)) = due.missed {
        let text = match count {
            1 => "The program did not run then; the next time was made up for.".to_owned(),
            _ => format!(
                "The program did not run at {count} times, the last at {last}; the one after that was made up for."
            ),
        };
        w.add_run(&Run {
            planned_at: first,
            attempt: 1,
            state: RunState::Missed,
            ended_at: Some(now),
            text: Some(text),
            ..run.clone()
        })?;
    }
    run.id = w.add_run(&run)?;
    Ok(Taken {
        schedule: known.stored.clone(),
        by,
        _held: jobs.hold(run.id),
        run,
    })
}

/// Makes a run and writes down how it ended.
async fn perform(cx: &Context, taken: Taken) -> Result<Run, WorkspaceError> {
    let Taken {
        run,
        schedule,
        by,
        _held,
    } = taken;
    let id = run.id;
    let work = work::work(cx.clone(), run.clone(), schedule, by);
    // A task of its own: if it panics, the run still ends.
    let outcome = match tokio::spawn(work).await {
        Ok(outcome) => outcome,
        Err(error) => {
            tracing::error!(%error, "a run panicked");
            Outcome::failed("The work stopped half way.")
        }
    };
    let now = cx.now();
    let (state, again) = match outcome.ending {
        Ending::Done => (RunState::Done, None),
        Ending::Failed { may_pass: true } => (RunState::Failed, again_at(&run, now)),
        Ending::Failed { may_pass: false } => (RunState::Failed, None),
        Ending::Waits => (RunState::Waiting, now.checked_add(LOOK_AGAIN).ok()),
    };
    cx.store
        .write(move |w| {
            w.end_run(id, state, now, again, &outcome.text)?;
            Ok(w.run(id)?)
        })
        .await
}
