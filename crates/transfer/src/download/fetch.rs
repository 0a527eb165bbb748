use std::fs::File;
use std::io;
use std::sync::Arc;

use futures::stream::{self, StreamExt, TryStreamExt};
use tallyport_ledger::transfer::{FileState, OnClash};
use tallyport_store::{Arrived, Beginning, FileNote, Part, TransferFile};

use super::land::{Landed, Place};
use crate::Problem;
use crate::body::Watch;
use crate::digest::{Checksum, Digests, Hashing};
use crate::plan::{Plan, Span};
use crate::progress::Counters;
use crate::run::{Run, Stopped};
use crate::wire::{Fault, Kind, Object};

/// Parts of one file that may be under way at the same time, if the lanes allow it.
const PARTS: usize = 8;
/// What is written to the disk at once.
const PIECE: usize = 256 << 10;
/// How often an object is fetched anew because what lies here has another checksum.
const ANEW: u32 = 2;

/// Why a file does not arrive.
pub(super) enum Failed {
    Stopped(Stopped),
    Problem(Problem),
}

impl From<Stopped> for Failed {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

impl From<crate::journal::Closed> for Failed {
    fn from(closed: crate::journal::Closed) -> Self {
        Self::Stopped(closed.into())
    }
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// Fetches one object and notes that it arrived, or what became of it.
pub(super) async fn fetch(run: &Arc<Run>, row: TransferFile) -> Result<(), Failed> {
    let key = row.key.clone().unwrap_or_default();
    let object = run.ask(|| run.wire.look(&key, None)).await?;
    let object = object
        .ok_or_else(|| Problem::new("transfer.missing", "it was deleted before it was fetched"))?;
    let place = Place::of(run, &row)?;
    if let Some(problem) = place.occupied() {
        let (state, code) = match place.on_clash {
            OnClash::Skip => (FileState::Skipped, "transfer.exists"),
            _ => (FileState::Clash, "transfer.clash"),
        };
        return Ok(run
            .ended(row.id, state, Problem::new(code, problem))
            .await?);
    }
    let outcome = arrive(run, &row, &key, &object, &place).await;
    let is_small = Plan::of(object.bytes).is_some_and(|plan| object.bytes <= plan.part_bytes);
    match &outcome {
        Ok(()) => {}
        // What is half there is worth keeping only if it is more than a part, and may still be gone on with.
        Err(Failed::Stopped(_)) if !is_small => {}
        Err(_) => place.discard(),
    }
    outcome
}

async fn arrive(
    run: &Arc<Run>,
    row: &TransferFile,
    key: &str,
    object: &Object,
    place: &Place,
) -> Result<(), Failed> {
    for _ in 0..ANEW {
        let file = Arc::new(open(place, object.bytes)?);
        let digests = whole(run, row, key, object, &file).await?;
        if object
            .crc64nvme
            .is_none_or(|kept| kept == digests.crc64nvme)
        {
            return land(run, row, object, place, &file, digests).await;
        }
        // Something between the store and this disk changed a byte: once more, from the beginning.
        run.journal.keep(row.id, FileNote::Anew).await?;
        Counters::take(&run.counters.confirmed, object.bytes);
    }
    Err(Problem::new(
        "transfer.checksum",
        "what came had another checksum than the store keeps, twice; nothing of it was kept",
    )
    .into())
}

/// Opens the file beside the place, with the size that it is to have.
fn open(place: &Place, bytes: u64) -> Result<File, Problem> {
    place.make_folders()?;
    let open = || {
        let file = place.open()?;
        file.set_len(bytes)?;
        Ok(file)
    };
    open().map_err(|error| place.why(&error))
}

/// Brings all of an object into its file and answers what lies there, read back from the disk.
async fn whole(
    run: &Arc<Run>,
    row: &TransferFile,
    key: &str,
    object: &Object,
    file: &Arc<File>,
) -> Result<Digests, Failed> {
    let plan = Plan::of(object.bytes).ok_or_else(|| {
        Problem::new(
            "transfer.too_large",
            "it is larger than what is known to fit",
        )
    })?;
    let here = arrived_before(run, row, object, file, plan).await?;
    for span in here.iter() {
        run.arrived_before(span.bytes);
    }
    if here.is_empty() && object.bytes > plan.part_bytes {
        let begins = Beginning {
            bytes: object.bytes,
            part_bytes: plan.part_bytes,
            at: (run.clock)(),
        };
        let note = FileNote::Replacing {
            expected: object.etag.clone(),
        };
        run.journal.note(row.id, note).await?;
        run.journal
            .keep(row.id, FileNote::Beginning(begins))
            .await?;
    }
    let missing: Vec<Span> = plan.parts().filter(|span| !here.contains(span)).collect();
    let many = object.bytes > plan.part_bytes;
    stream::iter(missing.into_iter().map(|span| async move {
        let crc64nvme = run.ask(|| part(run, key, &object.etag, span, file)).await?;
        run.confirmed(span.bytes);
        if many {
            let part = Part {
                number: span.number,
                crc64nvme,
                etag: object.etag.clone(),
            };
            run.journal.note(row.id, FileNote::Part(part)).await?;
        }
        Ok::<(), Failed>(())
    }))
    .buffer_unordered(PARTS)
    .try_collect::<()>()
    .await
    .map_err(unless_replaced)?;
    read_back(run, file, object.bytes).await
}

/// An object that was written anew while it was fetched.
fn unless_replaced(failed: Failed) -> Failed {
    match failed {
        Failed::Stopped(Stopped::Fault(fault))
            if matches!(fault.kind, Kind::Occupied | Kind::Missing) =>
        {
            Failed::Problem(Problem::new(
                "transfer.changed",
                "it was written anew or deleted while it was being fetched; fetch it again",
            ))
        }
        other => other,
    }
}

/// The parts that lie here from an earlier run and still are what came.
async fn arrived_before(
    run: &Arc<Run>,
    row: &TransferFile,
    object: &Object,
    file: &Arc<File>,
    plan: Plan,
) -> Result<Vec<Span>, Failed> {
    if row.state != FileState::Underway
        || row.expected.as_deref() != Some(object.etag.as_str())
        || row.part_bytes != Some(plan.part_bytes)
    {
        return Ok(Vec::new());
    }
    let id = row.id;
    let noted = run
        .store
        .read(move |ledger| ledger.transfer_parts(id))
        .await;
    let noted = noted.map_err(|error| run.journal_failed(&error))?;
    let (run, file) = (Arc::clone(run), Arc::clone(file));
    blocking(move || {
        let mut here = Vec::new();
        for span in plan.parts() {
            let part = noted.iter().find(|part| part.number == span.number);
            let Some(part) = part else { continue };
            let mut hashing = Hashing::new();
            if hash(&run, &file, span, &mut hashing).is_ok() && hashing.end_part() == part.crc64nvme
            {
                here.push(span);
            }
        }
        Ok(here)
    })
    .await
}

/// Fetches one part, writes it where it belongs and answers its checksum.
async fn part(
    run: &Run,
    key: &str,
    etag: &str,
    span: Span,
    file: &Arc<File>,
) -> Result<u64, Fault> {
    let watch = Watch::new();
    let fetching = async {
        let mut body = run.wire.get(key, etag, span.at, span.bytes).await?;
        let mut checksum = Checksum::new();
        let mut at = span.at;
        let mut held = Vec::with_capacity(PIECE);
        while let Some(bytes) = body.next().await? {
            run.gates.pass(bytes.len() as u64).await;
            Counters::add(&run.counters.sent, bytes.len() as u64);
            watch.moved(
                bytes.len() as u64,
                tokio::time::Instant::now(),
                crate::body::STALL,
            );
            held.extend_from_slice(&bytes);
            if held.len() >= PIECE {
                at = write(file, at, std::mem::take(&mut held), &mut checksum).await?;
                held.reserve(PIECE);
            }
        }
        at = write(file, at, held, &mut checksum).await?;
        if at != span.at + span.bytes {
            return Err(Fault::unusable("s3:GetObject", "the answer ended early"));
        }
        Ok(checksum.end())
    };
    let outcome = watch.over(fetching, "s3:GetObject").await;
    if outcome.is_err() {
        Counters::take(&run.counters.sent, watch.gone());
    }
    outcome
}

async fn write(
    file: &Arc<File>,
    at: u64,
    bytes: Vec<u8>,
    checksum: &mut Checksum,
) -> Result<u64, Fault> {
    checksum.update(&bytes);
    let end = at + bytes.len() as u64;
    let file = Arc::clone(file);
    let written = tokio::task::spawn_blocking(move || write_at(&file, at, &bytes)).await;
    let failed = |error: io::Error| Fault::of_disk("s3:GetObject", &error);
    written
        .unwrap_or_else(|error| Err(io::Error::other(error)))
        .map_err(failed)?;
    Ok(end)
}

/// What lies in the file, read from its beginning to its end.
async fn read_back(run: &Arc<Run>, file: &Arc<File>, bytes: u64) -> Result<Digests, Failed> {
    let (run, file) = (Arc::clone(run), Arc::clone(file));
    blocking(move || {
        let mut hashing = Hashing::new();
        let all = Span {
            number: 1,
            at: 0,
            bytes,
        };
        hash(&run, &file, all, &mut hashing)?;
        file.sync_all()?;
        Ok(hashing.end())
    })
    .await
}

fn hash(run: &Run, file: &File, span: Span, hashing: &mut Hashing) -> io::Result<()> {
    let mut piece = run.buffers.piece();
    let (mut at, end) = (span.at, span.at + span.bytes);
    while at < end {
        let room = piece.room(usize::try_from(end - at).unwrap_or(PIECE));
        crate::source::read_exactly_at(file, at, room)?;
        at += room.len() as u64;
        hashing.update(piece.as_ref());
    }
    Ok(())
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Failed> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(io::Error::other(error)))
        .map_err(|error| disk(&error).into())
}

fn disk(error: &io::Error) -> Problem {
    Problem::new("transfer.disk", format!("the disk says: {error}"))
}

/// Gives the file its name and notes that it arrived.
async fn land(
    run: &Run,
    row: &TransferFile,
    object: &Object,
    place: &Place,
    file: &Arc<File>,
    digests: Digests,
) -> Result<(), Failed> {
    let (place, file) = (place.clone(), Arc::clone(file));
    let landed = tokio::task::spawn_blocking(move || place.land(&file)).await;
    let landed = landed.unwrap_or_else(|error| Err(disk(&io::Error::other(error))))?;
    let named = match landed {
        Landed::At(name) => name,
        Landed::Occupied(said) => {
            let problem = Problem::new("transfer.clash", said);
            return Ok(run.ended(row.id, FileState::Clash, problem).await?);
        }
    };
    let unproven = object.crc64nvme.is_none().then(|| {
        "the store keeps no checksum of the whole to compare with; its size is right".to_owned()
    });
    let remark = match (named, unproven) {
        (Some(name), None) => Some(format!("kept as {name}")),
        (Some(name), Some(unproven)) => Some(format!("kept as {name}; {unproven}")),
        (None, unproven) => unproven,
    };
    Counters::add(&run.counters.read, object.bytes);
    let note = FileNote::Arrived(Arrived {
        bytes: object.bytes,
        crc64nvme: digests.crc64nvme,
        sha256: digests.sha256,
        etag: object.etag.clone(),
        version: object.version.clone(),
        at: (run.clock)(),
        remark,
    });
    Ok(run.journal.note(row.id, note).await?)
}

#[cfg(unix)]
fn write_at(file: &File, at: u64, bytes: &[u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(windows)]
fn write_at(file: &File, mut at: u64, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        bytes = &bytes[written..];
        at += written as u64;
    }
    Ok(())
}
