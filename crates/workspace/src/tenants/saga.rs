//! Setting up and taking down, step by step. Each step is written down before it is tried and after; one that
//! was begun and not ended is simply done again, since each can be. A failure undoes what was done, in reverse;
//! a program that dies in between leaves rows to go on from.

use serde_json::{Value, json};
use tallyport_aws::tenants::{Site, files, remove_user};
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::{TenantId, TenantState};
use tallyport_store::{Job, StepState, TenantStep};

use super::setup::{self, Step};
use super::{Target, target};
use crate::jobs::JobHandle;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// The kind of jobs that set tenants up and take them down.
const JOB: &str = "tenants";

/// Which way a saga goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Sets up.
    Up,
    /// Takes down.
    Down,
}

/// Begins a saga, or goes on with it from the first step that is not done.
pub(super) async fn begin(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    way: Way,
) -> Result<Job, WorkspaceError> {
    let target = target(cx, id).await?;
    let title = match way {
        Way::Up => format!("Set up tenant {}", target.tenant().slug),
        Way::Down => format!("Remove tenant {}", target.tenant().slug),
    };
    alone(cx, &target).await?;
    let trail = Trail::of(cx, by);
    let (jobs, cx) = (cx.jobs.clone(), cx.clone());
    jobs.start(by.name(), JOB, title, "steps", move |job| async move {
        match way {
            Way::Up => set_up(&cx, &trail, target, &job).await,
            Way::Down => take_down(&cx, &trail, target, &job).await,
        }
    })
    .await
}

/// Two sagas on one tenant would undo each other's steps.
async fn alone(cx: &Context, target: &Target) -> Result<(), WorkspaceError> {
    let name = format!(" tenant {}", target.tenant().slug);
    let jobs = cx.jobs.list(50).await?;
    let busy = |job: &Job| job.kind == JOB && job.state.is_open() && job.title.ends_with(&name);
    match jobs.iter().find(|job| busy(job)) {
        None => Ok(()),
        Some(job) => Err(WorkspaceError::Conflict {
            code: "tenant.busy",
            reason: format!(
                "something is being done with this tenant already: {}",
                job.title
            ),
            hint: Some("Wait until that job has ended.".to_owned()),
        }),
    }
}

async fn set_up(
    cx: &Context,
    trail: &Trail,
    mut target: Target,
    job: &JobHandle,
) -> Result<Value, WorkspaceError> {
    let id = target.tenant().id;
    let site = target.site(cx).await?;
    for (position, step) in (0_u32..).zip(Step::ALL) {
        if job
            .progress(position.into(), Step::COUNT, step.title())
            .is_break()
        {
            undo(cx, &site, &mut target, position).await?;
            return Err(WorkspaceError::Cancelled);
        }
        if target.made.has(step) {
            continue;
        }
        note(cx, id, position, step, StepState::Begun, None, None).await?;
        match setup::make(&site, &target, step).await {
            Ok(made) => {
                let kept = made.to_json();
                note(cx, id, position, step, StepState::Done, Some(kept), None).await?;
                target.made.take_in(made);
            }
            Err(error) => {
                let said = Some(error.to_string());
                note(cx, id, position, step, StepState::Failed, None, said).await?;
                // What the step did before it failed is undone with the others.
                undo(cx, &site, &mut target, position + 1).await?;
                return Err(error.into());
            }
        }
    }
    let trail = trail.clone();
    let made = json!({ "id": id.0 });
    let result = made.clone();
    cx.store
        .write(move |w| {
            let stored = w.tenant(id)?;
            w.set_tenant_state(id, TenantState::Active)?;
            trail.keep(w, "tenant.set-up", stored.tenant.name.as_str(), &made)
        })
        .await?;
    Ok(json!({ "tenant": result["id"] }))
}

/// Takes down what was set up, users first. Nothing is left at AWS but what the retention says.
async fn take_down(
    cx: &Context,
    trail: &Trail,
    mut target: Target,
    job: &JobHandle,
) -> Result<Value, WorkspaceError> {
    let id = target.tenant().id;
    let site = target.site(cx).await?;
    if let Some(server) = &target.made.server {
        for kept in &target.users {
            let _ = job.progress(0, Step::COUNT, "Users");
            remove_user(&site, target.tenant(), &server.id, &kept.user.name).await?;
            let name = kept.user.name.clone();
            cx.store
                .write(move |w| w.remove_tenant_user(id, &name))
                .await?;
        }
    }
    if !target.stored.keeps_files && target.made.bucket.is_some() {
        let _ = job.progress(1, Step::COUNT, "Files");
        files::erase(&site, &target.tenant().place).await?;
    }
    let _ = job.progress(2, Step::COUNT, "What was set up");
    let steps = u32::try_from(Step::ALL.len()).unwrap_or(u32::MAX);
    undo(cx, &site, &mut target, steps).await?;
    let trail = trail.clone();
    cx.store
        .write(move |w| {
            let stored = w.tenant(id)?;
            w.set_tenant_state(id, TenantState::Deleted)?;
            let details = json!({ "id": id.0, "slug": stored.tenant.slug.as_str() });
            trail.keep(w, "tenant.removed", stored.tenant.name.as_str(), &details)
        })
        .await?;
    Ok(json!({ "tenant": id.0, "removed": true }))
}

/// Undoes the first `count` steps, the last first. One that cannot be undone is told, the others are undone
/// all the same: the less is left, the better.
async fn undo(
    cx: &Context,
    site: &Site,
    target: &mut Target,
    count: u32,
) -> Result<(), WorkspaceError> {
    let id = target.tenant().id;
    let known = cx.store.read(move |r| r.tenant_steps(id)).await?;
    let mut first = None;
    for (position, step) in (0..count)
        .zip(Step::ALL)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
    {
        let before = known.iter().find(|row| row.position == position);
        let Some(before) = before.filter(|row| row.state != StepState::Undone) else {
            continue;
        };
        let (made, error) = (before.made.clone(), before.error.clone());
        note(
            cx,
            id,
            position,
            step,
            StepState::Undoing,
            made.clone(),
            error.clone(),
        )
        .await?;
        match setup::unmake(site, target, step).await {
            Ok(()) => {
                note(cx, id, position, step, StepState::Undone, None, error).await?;
                target.made.forget(step);
            }
            Err(failed) => {
                let said = Some(failed.to_string());
                note(cx, id, position, step, StepState::Undoing, made, said).await?;
                first.get_or_insert(failed);
            }
        }
    }
    first.map_or(Ok(()), |failed| Err(failed.into()))
}

async fn note(
    cx: &Context,
    id: TenantId,
    position: u32,
    step: Step,
    state: StepState,
    made: Option<Value>,
    error: Option<String>,
) -> Result<(), WorkspaceError> {
    let row = TenantStep {
        position,
        step: step.word().to_owned(),
        state,
        made,
        error,
        at: cx.now(),
    };
    cx.store
        .write(move |w| Ok(w.keep_tenant_step(id, &row)?))
        .await
}
