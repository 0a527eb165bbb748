use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::ViewCosts;
use tallyport_store::Job;

use super::column::{Of, column, id, maybe, off_paper, text, yes};
use super::costs::slug;
use super::facts::Facts;
use super::{Table, listed};
use crate::schedules::{self, Run, Schedule};
use crate::{Context, Grant, WorkspaceError, jobs};

pub(super) const SCHEDULES: &[Of<Schedule>] = &[
    text("What", |one| Cell::text(&one.label)),
    text("When", |one| Cell::text(&one.words)),
    off_paper(text("Cron", |one| Cell::text(&one.cron))),
    off_paper(text("Zone", |one| Cell::text(&one.zone))),
    text("On", |one| yes(one.enabled)),
    column("Next run", Kind::Moment, |one| {
        Cell::maybe(one.next_run, Cell::Moment)
    }),
    column("Last run", Kind::Moment, |one| {
        Cell::maybe(one.last_run.as_ref(), |run| Cell::Moment(run.started_at))
    }),
    text("How it ended", |one| {
        maybe(one.last_run.as_ref().map(|run| run.state.word()))
    }),
    off_paper(text("Id", |one| Cell::text(&one.id))),
];

/// What is done by itself, and when.
///
/// # Errors
/// The workspace file's.
pub async fn schedules(cx: &Context, by: &Grant<ViewCosts>) -> Result<Table, WorkspaceError> {
    let rows = schedules::list(cx, by).await?;
    Ok(Table::kept(
        &listed::SCHEDULES,
        "",
        Facts::default(),
        SCHEDULES,
        rows,
    ))
}

pub(super) const RUNS: &[Of<Run>] = &[
    column("Planned at", Kind::Moment, |run| {
        Cell::Moment(run.planned_at)
    }),
    column("Attempt", Kind::Count, |run| {
        Cell::Count(run.attempt.into())
    }),
    text("State", |run| Cell::text(run.state.word())),
    column("Started at", Kind::Moment, |run| {
        Cell::Moment(run.started_at)
    }),
    column("Ended at", Kind::Moment, |run| {
        Cell::maybe(run.ended_at, Cell::Moment)
    }),
    off_paper(column("Tried again at", Kind::Moment, |run| {
        Cell::maybe(run.retry_at, Cell::Moment)
    })),
    text("What came of it", |run| maybe(run.text.as_deref())),
    off_paper(column("Job", Kind::Count, |run| {
        Cell::maybe(run.job, |job| id(job.0))
    })),
];

/// The newest runs of a schedule.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn runs(
    cx: &Context,
    by: &Grant<ViewCosts>,
    schedule: &str,
) -> Result<Table, WorkspaceError> {
    let rows = schedules::runs(cx, by, schedule).await?;
    let facts = Facts::default().with("Schedule", schedule);
    Ok(Table::kept(
        &listed::RUNS,
        slug(schedule),
        facts,
        RUNS,
        rows,
    ))
}

pub(super) const JOBS: &[Of<Job>] = &[
    column("Started at", Kind::Moment, |job| {
        Cell::Moment(job.started_at)
    }),
    column("Ended at", Kind::Moment, |job| {
        Cell::maybe(job.ended_at, Cell::Moment)
    }),
    off_paper(text("Kind", |job| Cell::text(&job.kind))),
    text("What", |job| Cell::text(&job.title)),
    text("State", |job| Cell::text(job.state.word())),
    off_paper(text("Message", |job| Cell::text(&job.message))),
    text("Started by", |job| Cell::text(&job.started_by)),
    column("Id", Kind::Count, |job| id(job.id.0)),
];

/// The newest long work.
///
/// # Errors
/// The workspace file's.
pub async fn jobs(cx: &Context, by: &Grant<ViewCosts>) -> Result<Table, WorkspaceError> {
    let rows = jobs::list(cx, by).await?;
    Ok(Table::kept(&listed::JOBS, "", Facts::default(), JOBS, rows))
}
