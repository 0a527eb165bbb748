//! A stretch of a file as the body of a request: read piece by piece, one piece ahead, never held whole.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use futures::Future;
use http_body::{Frame, SizeHint};
use tokio::task::JoinHandle;
use tokio::time::{Instant, Sleep};

use crate::buffers::{Buffers, Kept, PIECE};
use crate::limits::Gates;
use crate::plan::Span;
use crate::source::Source;
use crate::wire::{Fault, Kind};

/// A request during which nothing moves for so long is given up.
pub(crate) const STALL: Duration = Duration::from_secs(30);
/// After its last byte, a request has so long to be answered.
const ANSWER: Duration = Duration::from_secs(60);
/// Where a limit holds, pieces are small, so that it holds within a second too.
const SMALL: usize = 32 << 10;
/// After a request that broke off unanswered, the body of the next waits so long behind its head, and twice as
/// long after each further one, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// When the body of one request last moved, and how many bytes of it have gone.
#[derive(Debug)]
pub(crate) struct Watch {
    began: Instant,
    /// Milliseconds after the beginning until which it is no stall that nothing moves.
    patience: AtomicU64,
    gone: AtomicU64,
}

impl Watch {
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            began: Instant::now(),
            patience: AtomicU64::new(millis(ANSWER)),
            gone: AtomicU64::new(0),
        })
    }

    pub fn moved(&self, bytes: u64, wait_until: Instant, by: Duration) {
        self.gone.fetch_add(bytes, Ordering::Relaxed);
        let until = wait_until.saturating_duration_since(self.began) + by;
        self.patience.fetch_max(millis(until), Ordering::Relaxed);
    }

    pub fn gone(&self) -> u64 {
        self.gone.load(Ordering::Relaxed)
    }

    /// The answer of a request, unless nothing moves for too long.
    pub async fn over<T>(
        &self,
        request: impl Future<Output = Result<T, Fault>>,
        action: &'static str,
    ) -> Result<T, Fault> {
        tokio::select! {
            answer = request => answer,
            () = self.stall() => Err(Fault::stalled(action)),
        }
    }

    /// Comes back when nothing has moved for too long.
    async fn stall(&self) {
        loop {
            let patience = Duration::from_millis(self.patience.load(Ordering::Relaxed));
            let until = self.began + patience;
            if until <= Instant::now() {
                return;
            }
            tokio::time::sleep_until(until).await;
        }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// How often requests with the same body broke off before there was an answer.
///
/// A store that refuses a request for its head may answer and close before it has read the body. Whoever is
/// still writing then learns of a broken connection and not of the answer. So the head goes ahead, and what is
/// said to it can be heard.
#[derive(Debug, Default)]
pub(crate) struct Breaks(AtomicU32);

impl Breaks {
    /// Takes notice of how a request ended.
    pub fn note(&self, fault: &Fault) {
        if fault.kind == Kind::Passing && !fault.answered {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How long a body is held back behind its head, if at all.
    pub fn pause(&self) -> Option<Duration> {
        let times = self.0.load(Ordering::Relaxed).checked_sub(1)?;
        let pause = FIRST_PAUSE.saturating_mul(1 << times.min(10));
        Some(pause.min(LONGEST_PAUSE))
    }
}

/// What a body is read from, and what it tells on the way.
#[derive(Clone)]
pub(crate) struct Stretch {
    pub source: Arc<Source>,
    pub span: Span,
    pub buffers: Buffers,
    /// What need not be read again.
    pub kept: Kept,
    pub gates: Gates,
    /// Bytes handed to the connection, of all requests.
    pub sent: Arc<AtomicU64>,
}

impl Stretch {
    /// The body of one request, held back behind its head for as long as is said.
    pub fn body(&self, watch: &Arc<Watch>, pause: Option<Duration>) -> SdkBody {
        SdkBody::from_body_1_x(FileBody {
            from: self.clone(),
            watch: Arc::clone(watch),
            at: self.span.at,
            pause: pause.map(|pause| Box::pin(tokio::time::sleep(pause))),
            next: None,
            waiting: None,
        })
    }

    fn end(&self) -> u64 {
        self.span.at + self.span.bytes
    }

    /// Reads one piece, off the async threads.
    fn read(&self, at: u64) -> JoinHandle<io::Result<Bytes>> {
        let mut piece = self.buffers.piece();
        let bytes = usize::try_from(self.end() - at).unwrap_or(PIECE).min(PIECE);
        let source = Arc::clone(&self.source);
        tokio::task::spawn_blocking(move || {
            source.read(at, piece.room(bytes))?;
            Ok(piece.into_bytes())
        })
    }
}

struct FileBody {
    from: Stretch,
    watch: Arc<Watch>,
    /// Where the next piece begins.
    at: u64,
    pause: Option<Pin<Box<Sleep>>>,
    next: Option<Next>,
    /// What is left of a piece, and when it may go.
    waiting: Option<(Pin<Box<Sleep>>, Bytes)>,
}

/// The piece after those that have gone.
enum Next {
    Kept(Bytes),
    Reading(JoinHandle<io::Result<Bytes>>),
}

impl FileBody {
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if self.next.is_none() {
            self.look_ahead();
        }
        let Some(next) = &mut self.next else {
            return Poll::Ready(None);
        };
        let read = match next {
            Next::Kept(bytes) => Ok(std::mem::take(bytes)),
            Next::Reading(reading) => match ready!(Pin::new(reading).poll(context)) {
                Ok(read) => read,
                Err(error) => Err(io::Error::other(error)),
            },
        };
        self.next = None;
        if let Ok(bytes) = &read {
            self.at += bytes.len() as u64;
            self.look_ahead();
        }
        Poll::Ready(Some(read))
    }

    /// Has the next piece ready, or begins to read it.
    fn look_ahead(&mut self) {
        if self.at < self.from.end() {
            self.next = Some(match self.from.kept.take(self.at) {
                Some(bytes) => Next::Kept(bytes),
                None => Next::Reading(self.from.read(self.at)),
            });
        }
    }

    fn is_all_gone(&self) -> bool {
        self.at == self.from.end() && self.next.is_none() && self.waiting.is_none()
    }

    /// Hands bytes on; the next may have to wait until then.
    fn send(&mut self, bytes: Bytes, next: Instant) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let length = bytes.len() as u64;
        self.from.sent.fetch_add(length, Ordering::Relaxed);
        let patience = if self.is_all_gone() { ANSWER } else { STALL };
        self.watch.moved(length, next, patience);
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }
}

impl http_body::Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        if let Some(pause) = &mut this.pause {
            ready!(pause.as_mut().poll(context));
            this.pause = None;
        }
        loop {
            if let Some((sleep, bytes)) = &mut this.waiting {
                ready!(sleep.as_mut().poll(context));
                let small = bytes.split_to(SMALL.min(bytes.len()));
                let mut until = Instant::now();
                if bytes.is_empty() {
                    this.waiting = None;
                } else {
                    let next = this.from.gates.take(SMALL.min(bytes.len()) as u64);
                    until = next.unwrap_or_else(Instant::now);
                    sleep.as_mut().reset(until);
                }
                return this.send(small, until);
            }
            let bytes = match ready!(this.poll_piece(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(bytes)) => bytes,
            };
            if !this.from.gates.hold() {
                return this.send(bytes, Instant::now());
            }
            let first = this.from.gates.take(SMALL.min(bytes.len()) as u64);
            let until = first.unwrap_or_else(Instant::now);
            this.watch.moved(0, until, STALL);
            this.waiting = Some((Box::pin(tokio::time::sleep_until(until)), bytes));
        }
    }

    fn is_end_stream(&self) -> bool {
        self.is_all_gone()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.from.span.bytes)
    }
}
