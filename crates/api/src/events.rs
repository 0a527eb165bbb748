//! The stream of what happens: the progress of long work, as it is made.

use std::convert::Infallible;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures::{Stream, StreamExt, stream};
use tallyport_ledger::ViewCosts;
use tallyport_workspace::{Context, jobs};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::jobs::Job;
use crate::problem::Problem;

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(events))
}

/// Server-sent events: `job` carries a Job whenever it changes; those under way come first, so
/// that a reader who lost the line misses nothing.
#[utoipa::path(
    get, path = "/events", tag = "jobs",
    responses((status = 200, body = Job, content_type = "text/event-stream"), Problem)
)]
async fn events(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    // Listen first, list second: a change in between is told twice, not missed.
    let changes = jobs::events(&context, &by.grant);
    let open = jobs::list(&context, &by.grant)
        .await?
        .into_iter()
        .filter(|job| job.state.is_open());
    let told = stream::iter(open)
        .chain(changed(changes))
        .map(move |job| Job::seen_by(job, &by.signed_in))
        .map(|job| Ok(event(&job)));
    Ok(Sse::new(told).keep_alive(KeepAlive::default()))
}

fn changed(
    changes: Receiver<tallyport_workspace::Job>,
) -> impl Stream<Item = tallyport_workspace::Job> {
    stream::unfold(changes, |mut changes| async move {
        loop {
            match changes.recv().await {
                Ok(job) => return Some((job, changes)),
                // A slow reader skips what is out of date.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    })
}

fn event(job: &Job) -> Event {
    Event::default()
        .event("job")
        .json_data(job)
        .unwrap_or_default()
}
