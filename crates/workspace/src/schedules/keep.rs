use std::time::Duration;

use jiff::SignedDuration;
use tokio::task::JoinSet;

use super::tick;
use crate::{Context, WorkspaceError, delivery, evaluate, jobs, tenants};

/// Opening comes first: nothing is run while the first page is drawn.
const FIRST: Duration = Duration::from_secs(3);
/// How often is looked. A machine that slept looks this long after it woke.
const EVERY: Duration = Duration::from_secs(30);
/// How long is spent at a time on forecasts that are out of date.
const FORECASTS: SignedDuration = SignedDuration::from_secs(2);

/// Looks at the clock, until it is dropped. What has begun then goes on to its end, if the program does.
#[derive(Debug)]
#[must_use = "it ends when it is dropped"]
pub struct Keeper {
    _tasks: JoinSet<()>,
}

/// Does what is planned for this workspace from now on, looks at budgets when something changed, and sends
/// what is to be sent. To be called in the program's runtime.
pub fn keep(cx: Context) -> Keeper {
    let mut tasks = JoinSet::new();
    tasks.spawn(plans(cx.clone()));
    // On its own: a mail server that does not answer keeps no bill from coming.
    tasks.spawn(notices(cx));
    Keeper { _tasks: tasks }
}

async fn plans(cx: Context) {
    tokio::time::sleep(FIRST).await;
    loop {
        told("what is planned could not be done", tick(&cx).await);
        told("no transfer went on", tenants::go_on(&cx).await);
        told("no usage was measured", tenants::measure_due(&cx).await);
        told("tenants were not looked at", tenants::watch(&cx).await);
        tokio::time::sleep(EVERY).await;
    }
}

async fn notices(cx: Context) {
    let mut ends = cx.jobs.events();
    tokio::time::sleep(FIRST).await;
    loop {
        told("budgets were not looked at", evaluate::evaluate(&cx).await);
        told(
            "no forecast was renewed",
            evaluate::forecasts(&cx, FORECASTS).await,
        );
        told("nothing was sent", delivery::deliver_due(&cx).await);
        jobs::ended(&mut ends, EVERY).await;
    }
}

/// What could not be done now is done the next time.
fn told<T>(what: &str, outcome: Result<T, WorkspaceError>) {
    if let Err(error) = outcome {
        tracing::warn!(%error, "{what}");
    }
}
