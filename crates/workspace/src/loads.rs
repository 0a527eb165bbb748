//! Bills of this process are loaded one after the other, in the order in which they were asked for.
//!
//! Reading one takes all processors and the memory that is set for it: twelve at a time would take twelve times
//! the memory and be no sooner done.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::WorkspaceError;

/// How long somebody who waits may not notice that they were told to stop.
const LOOK_UP: Duration = Duration::from_millis(100);

/// The queue of those who load. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Loads(Arc<watch::Sender<VecDeque<u64>>>);

/// A place in the queue, from when it was taken until it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    queue: Loads,
    number: u64,
}

impl Loads {
    /// Takes the last place.
    pub(crate) fn queue_up(&self) -> Place {
        let mut number = 0;
        self.0.send_modify(|queue| {
            number = queue.back().map_or(0, |last| last + 1);
            queue.push_back(number);
        });
        let queue = self.clone();
        Place { queue, number }
    }

    /// Whether something is being loaded or waits for that.
    pub(crate) fn are_under_way(&self) -> bool {
        !self.0.borrow().is_empty()
    }
}

impl Place {
    /// Waits until all who came before are done. Meanwhile `waiting` is told what to say of that, and answers
    /// whether to go on.
    ///
    /// # Errors
    /// [`WorkspaceError::Cancelled`].
    pub async fn turn(
        &self,
        waiting: impl Fn(&str) -> ControlFlow<()>,
    ) -> Result<(), WorkspaceError> {
        let mut queue = self.queue.0.subscribe();
        let first = |queue: &VecDeque<u64>| queue.front() == Some(&self.number);
        while !first(&queue.borrow_and_update()) {
            if waiting("Waiting for the loads that were asked for before").is_break() {
                return Err(WorkspaceError::Cancelled);
            }
            // That time is up, and that the queue moved, is the same: one looks again.
            drop(tokio::time::timeout(LOOK_UP, queue.changed()).await);
        }
        Ok(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Self { queue, number } = self;
        queue
            .0
            .send_modify(|queue| queue.retain(|other| other != number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GO_ON: fn(&str) -> ControlFlow<()> = |_| ControlFlow::Continue(());
    const STOP: fn(&str) -> ControlFlow<()> = |_| ControlFlow::Break(());

    #[tokio::test]
    async fn who_stops_waiting_lets_nobody_go_before_their_time() {
        let loads = Loads::default();
        assert!(!loads.are_under_way());
        let [one, two, three] = [loads.queue_up(), loads.queue_up(), loads.queue_up()];
        one.turn(STOP).await.unwrap();
        two.turn(STOP).await.unwrap_err();
        drop(two);
        three.turn(STOP).await.unwrap_err();
        let four = loads.queue_up();
        let (later, ()) = tokio::join!(three.turn(GO_ON), async { drop(one) });
        later.unwrap();
        four.turn(STOP).await.unwrap_err();
        drop(three);
        four.turn(STOP).await.unwrap();
        drop(four);
        assert!(!loads.are_under_way());
    }
}
