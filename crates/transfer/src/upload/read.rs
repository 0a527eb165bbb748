//! Reading and hashing, off the async threads.

use std::cell::LazyCell;
use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::mpsc::{Receiver, Sender};

use super::flight::Flight;
use crate::Problem;
use crate::buffers::{Buffers, Kept, PIECE, Piece};
use crate::digest::{Beside, Digests, HashingBeside, digests};
use crate::plan::{Plan, Span, WHOLE};
use crate::progress::Counters;
use crate::run::Run;
use crate::source::Source;

/// Something to send, or to say.
pub(super) enum Work {
    /// A file that goes in one request.
    Whole(Whole),
    /// A part of a file.
    Part {
        flight: Arc<Flight>,
        span: Span,
        crc64nvme: u64,
        kept: Kept,
    },
    /// A file in parts was read to its end, or as far as made sense.
    Read {
        flight: Arc<Flight>,
        digests: Option<Digests>,
    },
    /// A file that cannot be sent.
    Unreadable {
        flight: Arc<Flight>,
        problem: Problem,
    },
}

/// A file that goes in one request.
pub(super) struct Whole {
    pub flight: Arc<Flight>,
    pub source: Arc<Source>,
    pub bytes: u64,
    pub digests: Digests,
    pub held: InMemory,
}

/// What of a file is in memory when it is sent.
pub(super) enum InMemory {
    /// All of it: it is small.
    All(Bytes),
    /// What there was room for.
    Some(Kept),
}

impl InMemory {
    /// What is kept of a file that is read again.
    pub fn kept(&self) -> Kept {
        match self {
            Self::All(_) => Kept::default(),
            Self::Some(kept) => kept.clone(),
        }
    }
}

/// Nobody takes work any more, or nobody hashes.
struct Gone;

enum Failed {
    Problem(Problem),
    Gone,
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Gone> for Failed {
    fn from(_: Gone) -> Self {
        Self::Gone
    }
}

/// Reads files as they come, until there are none or nobody wants them any more.
pub(super) fn read_files(run: &Run, mut files: Receiver<Arc<Flight>>, work: &Sender<Work>) {
    // Small files do without.
    let mut beside = LazyCell::new(Beside::start as fn() -> Beside);
    while let Some(flight) = files.blocking_recv() {
        if run.is_halted() {
            return;
        }
        run.is_at(&flight.row.path);
        let sent = match read_file(run, &flight, &mut beside, work) {
            Ok(()) => Ok(()),
            Err(Failed::Problem(problem)) => send(work, Work::Unreadable { flight, problem }),
            Err(Failed::Gone) => Err(Gone),
        };
        if sent.is_err() {
            return;
        }
    }
}

fn send(work: &Sender<Work>, next: Work) -> Result<(), Gone> {
    work.blocking_send(next).map_err(|_| Gone)
}

fn read_file(
    run: &Run,
    flight: &Arc<Flight>,
    beside: &mut LazyCell<Beside>,
    work: &Sender<Work>,
) -> Result<(), Failed> {
    let source = Arc::new(Source::open(&flight.path)?);
    let identity = source.identity();
    flight.noted().compared(identity)?;
    flight.opened(Arc::clone(&source));
    let bytes = identity.bytes;
    if flight.row.part_bytes.is_some() || bytes > WHOLE {
        let plan = match flight.row.part_bytes {
            Some(part_bytes) => Some(Plan::begun(bytes, part_bytes)),
            None => Plan::of(bytes),
        };
        let plan = plan.ok_or_else(too_large)?;
        return read_parts(run, flight, &source, plan, beside.begin(), work);
    }
    let (digests, held) = if bytes <= PIECE as u64 {
        let (digests, held) = hold(run, &source, bytes)?;
        (digests, InMemory::All(held))
    } else {
        let mut hashing = beside.begin();
        let kept = hash(run, &source, 0, bytes, &mut hashing)?;
        (hashing.end().ok_or(Gone)?, InMemory::Some(kept))
    };
    let whole = Whole {
        flight: Arc::clone(flight),
        source,
        bytes,
        digests,
        held,
    };
    Ok(send(work, Work::Whole(whole))?)
}

fn too_large() -> Problem {
    Problem::new(
        "transfer.too_large",
        "it is larger than what S3 keeps as one object (48.8 TiB)",
    )
}

/// Reads a small file whole.
fn hold(run: &Run, source: &Source, bytes: u64) -> Result<(Digests, Bytes), Problem> {
    let mut piece = run.buffers.piece_ahead();
    let room = piece.room(usize::try_from(bytes).unwrap_or(PIECE));
    source.read(0, room).map_err(|error| source.why(&error))?;
    source.check()?;
    let digests = digests(piece.as_ref());
    Counters::add(&run.counters.read, bytes);
    Ok((digests, piece.into_bytes()))
}

/// Hashes a stretch of a file, and keeps what there is room for.
fn hash(
    run: &Run,
    source: &Source,
    at: u64,
    bytes: u64,
    hashing: &mut HashingBeside<'_>,
) -> Result<Kept, Problem> {
    let kept = Kept::default();
    let mut next = at;
    pieces(run, source, Buffers::piece_to_keep, at, bytes, |piece| {
        let (may_be_kept, bytes) = (piece.may_be_kept(), piece.into_bytes());
        if may_be_kept {
            kept.put(next, bytes.clone());
        }
        next += bytes.len() as u64;
        hashing.take(bytes);
    })?;
    // What is kept is not read again, by which a change would show.
    source.check()?;
    Ok(kept)
}

/// Reads a stretch of a file, a piece at a time.
pub(super) fn pieces(
    run: &Run,
    source: &Source,
    piece: fn(&Buffers) -> Piece,
    at: u64,
    bytes: u64,
    mut take: impl FnMut(Piece),
) -> Result<(), Problem> {
    let end = at + bytes;
    let mut at = at;
    while at < end {
        let mut piece = piece(&run.buffers);
        let room = piece.room(usize::try_from(end - at).unwrap_or(PIECE));
        let length = room.len() as u64;
        source.read(at, room).map_err(|error| source.why(&error))?;
        take(piece);
        Counters::add(&run.counters.read, length);
        at += length;
    }
    Ok(())
}

/// Hashes a file part by part and hands out those that have not arrived. What has arrived is hashed as well:
/// it has to be what the source still is.
fn read_parts(
    run: &Run,
    flight: &Arc<Flight>,
    source: &Source,
    plan: Plan,
    mut hashing: HashingBeside<'_>,
    work: &Sender<Work>,
) -> Result<(), Failed> {
    for span in plan.parts() {
        if flight.is_given_up() || run.is_halted() {
            let flight = Arc::clone(flight);
            return Ok(send(
                work,
                Work::Read {
                    flight,
                    digests: None,
                },
            )?);
        }
        let kept = hash(run, source, span.at, span.bytes, &mut hashing)?;
        let crc64nvme = hashing.end_part();
        match flight.has(span.number) {
            Some(sent) if sent == crc64nvme => {
                run.arrived_before(span.bytes);
                flight.count(span.bytes);
            }
            Some(_) => return Err(Problem::changed("its beginning was written to").into()),
            None => {
                flight.hand_out();
                let flight = Arc::clone(flight);
                send(
                    work,
                    Work::Part {
                        flight,
                        span,
                        crc64nvme,
                        kept,
                    },
                )?;
            }
        }
    }
    let (flight, digests) = (Arc::clone(flight), Some(hashing.end().ok_or(Gone)?));
    Ok(send(work, Work::Read { flight, digests })?)
}
