use std::time::Duration;

use tokio::task::JoinHandle;

use super::tick;
use crate::Context;

/// Opening comes first: nothing is run while the first page is drawn.
const FIRST: Duration = Duration::from_secs(3);
/// How often is looked. A machine that slept looks this long after it woke.
const EVERY: Duration = Duration::from_secs(30);

/// Looks at the clock, until it is dropped. What has begun then goes on to its end, if the program does.
#[derive(Debug)]
#[must_use]
pub struct Keeper(JoinHandle<()>);

/// Does what is planned for this workspace from now on. To be called in the program's runtime.
pub fn keep(cx: Context) -> Keeper {
    Keeper(tokio::spawn(async move {
        tokio::time::sleep(FIRST).await;
        loop {
            if let Err(error) = tick(&cx).await {
                tracing::warn!(%error, "what is planned could not be looked at");
            }
            tokio::time::sleep(EVERY).await;
        }
    }))
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.0.abort();
    }
}
