//! Before a large file is read: what the journal and the store know of it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tallyport_ledger::transfer::FileState;
use tallyport_store::{Beginning, FileNote, Part};

use super::clash::{Verdict, judge};
use super::clear::insist;
use super::flight::Flight;
use super::read::pieces;
use super::{clear, large, whole};
use crate::Problem;
use crate::buffers::Buffers;
use crate::digest::{Digests, Hashing};
use crate::run::{Run, Stopped};
use crate::source::Source;
use crate::wire::{Kind, Object};

/// Clocks differ: an upload that was begun so much before our note of it may still be ours.
const SKEW: Duration = Duration::from_secs(120);

/// Looks at a large file, or at one that was begun before; whether it is to be read and sent.
pub(super) async fn begin(run: &Arc<Run>, flight: &Flight) -> Result<bool, Stopped> {
    match (flight.row.state, &flight.row.upload_id) {
        (FileState::Completing, _) => completing(run, flight).await,
        (_, Some(upload_id)) => underway(run, flight, upload_id.clone()).await,
        (_, None) if flight.row.creating_at.is_some() => nameless(run, flight).await,
        _ => fresh(run, flight).await,
    }
}

/// All parts had arrived; whether they were put together is not known.
async fn completing(run: &Arc<Run>, flight: &Flight) -> Result<bool, Stopped> {
    let (Some(crc64nvme), Some(sha256)) = (flight.row.crc64nvme, flight.row.sha256) else {
        run.anew(flight.row.id).await?;
        return Ok(false);
    };
    let digests = Digests { crc64nvme, sha256 };
    let there = look(run, flight).await?;
    if let Some(object) = there
        && object.token.as_deref() == Some(flight.token())
        && object.holds(flight.row.bytes, crc64nvme)
    {
        run.confirmed(flight.row.bytes);
        whole::arrived(
            run,
            flight,
            flight.row.bytes,
            digests,
            object.stored(),
            None,
        )
        .await?;
        return Ok(false);
    }
    let Some(upload_id) = flight.row.upload_id.clone() else {
        run.anew(flight.row.id).await?;
        return Ok(false);
    };
    let parts = journaled(run, flight).await?;
    run.arrived_before(flight.row.bytes);
    flight.count(flight.row.bytes);
    flight.goes_on(parts.clone());
    // Nobody else sets it: this flight has just been made.
    drop(flight.upload.set(upload_id));
    large::complete(run, flight, digests, parts).await?;
    Ok(false)
}

/// Some parts may have arrived: the journal says which, the store says more.
async fn underway(run: &Arc<Run>, flight: &Flight, upload_id: String) -> Result<bool, Stopped> {
    let key = flight.key();
    let stored = match run.ask(|| run.wire.parts(&key, &upload_id)).await {
        Ok(stored) => stored,
        Err(Stopped::Fault(fault)) if fault.kind == Kind::NoUpload => {
            // Ended by a rule of the bucket, or by somebody. Nothing of it was put together: that would
            // have been noted before.
            run.anew(flight.row.id).await?;
            return Ok(false);
        }
        // Who may not list parts goes by the journal alone.
        Err(Stopped::Fault(fault)) if fault.kind == Kind::Denied => journaled(run, flight).await?,
        Err(other) => return Err(other),
    };
    // What the journal says holds where the store has that very part; a part that arrived without being
    // noted is taken by its checksum, which reading compares with the file.
    let mut parts: BTreeMap<u32, Part> = BTreeMap::new();
    for part in stored {
        parts.insert(part.number, part);
    }
    for noted in journaled(run, flight).await? {
        if parts
            .get(&noted.number)
            .is_some_and(|part| part.crc64nvme != noted.crc64nvme)
        {
            parts.remove(&noted.number);
        }
    }
    flight.goes_on(parts.into_values());
    drop(flight.upload.set(upload_id));
    Ok(true)
}

/// An upload was about to be begun when the program ended: there may be one that the journal has no name
/// for. It has no parts, because none is sent before its name is noted.
async fn nameless(run: &Arc<Run>, flight: &Flight) -> Result<bool, Stopped> {
    let key = flight.key();
    abort_nameless(run, &key, flight.row.creating_at, None).await;
    run.anew(flight.row.id).await?;
    Ok(false)
}

/// Ends empty uploads of a key that were begun since then and look like ours, but for the one that has a
/// name.
pub(super) async fn abort_nameless(
    run: &Run,
    key: &str,
    since: Option<Timestamp>,
    named: Option<&str>,
) {
    let pending = match insist(|| run.wire.uploads(key)).await {
        Ok(pending) => pending,
        Err(fault) => {
            tracing::warn!(
                key,
                said = fault.said,
                "whether an empty upload was left cannot be seen"
            );
            return;
        }
    };
    let earliest = since.and_then(|since| since.checked_sub(SKEW).ok());
    for upload in pending {
        let is_of_then = match (upload.begun_at, earliest) {
            (Some(begun), Some(earliest)) => begun >= earliest,
            _ => false,
        };
        if !is_of_then || !upload.is_like_ours || named == Some(upload.id.as_str()) {
            continue;
        }
        let is_empty = insist(|| run.wire.parts(key, &upload.id))
            .await
            .is_ok_and(|parts| parts.is_empty());
        if is_empty {
            clear::abort(run, key, &upload.id).await;
        }
    }
}

/// A large file that nothing is known of: better to learn now that something is in its way than after all
/// of it has been sent.
async fn fresh(run: &Arc<Run>, flight: &Flight) -> Result<bool, Stopped> {
    loop {
        let Some(object) = look(run, flight).await? else {
            return Ok(true);
        };
        if flight.condition().is(&object.etag) {
            return Ok(true);
        }
        // Only a file of the same size can be the same.
        let sent = if object.bytes == flight.row.bytes && object.crc64nvme.is_some() {
            match hashed(run, flight).await {
                Ok(digests) => Some((flight.row.bytes, digests)),
                Err(problem) => {
                    run.ended(flight.row.id, FileState::Failed, problem).await?;
                    return Ok(false);
                }
            }
        } else {
            None
        };
        let replaced = object.etag.clone();
        match judge(run, flight, object, sent).await? {
            Verdict::There(stored, remark) => {
                if let Some((bytes, digests)) = sent {
                    run.confirmed(bytes);
                    whole::arrived(run, flight, bytes, digests, stored, remark).await?;
                }
                return Ok(false);
            }
            Verdict::Ended => return Ok(false),
            Verdict::TryAgain if flight.condition().is(&replaced) => return Ok(true),
            Verdict::TryAgain => {}
        }
    }
}

/// What is there; nothing where it cannot be seen: then the condition of the upload sees to it.
pub(super) async fn look(run: &Run, flight: &Flight) -> Result<Option<Object>, Stopped> {
    let key = flight.key();
    match run.ask(|| run.wire.look(&key, None)).await {
        Err(Stopped::Fault(fault)) if fault.kind == Kind::Denied => Ok(None),
        other => other,
    }
}

async fn journaled(run: &Run, flight: &Flight) -> Result<Vec<Part>, Stopped> {
    let file = flight.row.id;
    let parts = run.store.read(move |ledger| ledger.transfer_parts(file));
    parts.await.map_err(|error| run.journal_failed(&error))
}

async fn hashed(run: &Arc<Run>, flight: &Flight) -> Result<Digests, Problem> {
    let (run, path, noted) = (Arc::clone(run), flight.path.clone(), flight.noted());
    let work = move || {
        let source = Source::open(&path)?;
        noted.compared(source.identity())?;
        let mut hashing = Hashing::new();
        pieces(
            &run,
            &source,
            Buffers::piece,
            0,
            source.identity().bytes,
            |piece| {
                hashing.update(piece.as_ref());
            },
        )?;
        source.check()?;
        Ok(hashing.end())
    };
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(Problem::new("transfer.unreadable", "it could not be read")))
}

/// Notes what is about to be begun, begins it, and notes its name: in this order.
pub(super) async fn create(
    run: &Run,
    flight: &Flight,
    begins: Beginning,
) -> Result<String, Stopped> {
    let (file, since) = (flight.row.id, begins.at);
    run.journal.keep(file, FileNote::Beginning(begins)).await?;
    let label = flight.label();
    let asked = AtomicU32::new(0);
    let create = || {
        asked.fetch_add(1, Ordering::Relaxed);
        run.wire.create(&label)
    };
    let upload_id = run.ask_to_the_end(create).await?;
    let note = FileNote::Began {
        upload_id: upload_id.clone(),
    };
    run.journal.keep(file, note).await?;
    if asked.into_inner() > 1 {
        // The answer that was lost may have named another one.
        abort_nameless(run, &label.key, Some(since), Some(&upload_id)).await;
    }
    Ok(upload_id)
}
