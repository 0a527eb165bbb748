//! A body on its way in: counted, and stopped where the plan says.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::sync::Notify;
use tokio::time::{Sleep, sleep};

/// What happens to a body when so many of its bytes have come.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stop {
    Break(u64),
    Stall(u64, Duration),
    Silence(u64),
}

impl Stop {
    fn at(self) -> u64 {
        match self {
            Self::Break(at) | Self::Stall(at, _) | Self::Silence(at) => at,
        }
    }
}

pub(crate) struct Watched {
    body: Incoming,
    came: Arc<AtomicU64>,
    of_all: Arc<AtomicU64>,
    stop: Option<Stop>,
    is_corrupted: bool,
    pause: Option<Pin<Box<Sleep>>>,
    /// Told when the body was broken off on purpose.
    broken: Arc<Notify>,
}

impl Watched {
    /// `of_all` counts the bytes of all bodies.
    pub fn new(
        body: Incoming,
        stop: Option<Stop>,
        is_corrupted: bool,
        of_all: Arc<AtomicU64>,
    ) -> Self {
        Self {
            body,
            came: Arc::default(),
            of_all,
            stop,
            is_corrupted,
            pause: None,
            broken: Arc::default(),
        }
    }

    /// How many bytes have come, also later.
    pub fn counter(&self) -> Arc<AtomicU64> {
        self.came.clone()
    }

    /// Told when the body is broken off on purpose.
    pub fn broken(&self) -> Arc<Notify> {
        self.broken.clone()
    }
}

impl Body for Watched {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(pause) = self.pause.as_mut() {
            std::task::ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        let came = self.came.load(Ordering::Acquire);
        match self.stop.filter(|stop| came >= stop.at()) {
            Some(Stop::Break(_)) => {
                self.broken.notify_one();
                return Poll::Ready(Some(Err(io::Error::new(
                    io::ErrorKind::ConnectionReset,
                    "the connection was reset (a fault on demand)",
                ))));
            }
            // Nobody will wake this again: the client must give up by itself.
            Some(Stop::Silence(_)) => return Poll::Pending,
            Some(Stop::Stall(_, time)) => {
                self.stop = None;
                self.pause = Some(Box::pin(sleep(time)));
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            None => {}
        }
        let frame = std::task::ready!(Pin::new(&mut self.body).poll_frame(context));
        Poll::Ready(frame.map(|frame| {
            let frame = frame.map_err(io::Error::other)?;
            Ok(frame.map_data(|data| {
                for counter in [&self.came, &self.of_all] {
                    counter.fetch_add(data.len() as u64, Ordering::AcqRel);
                }
                if std::mem::take(&mut self.is_corrupted) {
                    corrupted(&data)
                } else {
                    data
                }
            }))
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.stop.is_none() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The bytes with one bit turned, in the middle, where no header or trailer of a chunk stands.
fn corrupted(data: &Bytes) -> Bytes {
    let mut bytes = data.to_vec();
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 1;
    }
    Bytes::from(bytes)
}
