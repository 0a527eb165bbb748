//! Files in parts: each part when it is its turn, and at the end the question to put them together.

use std::sync::Arc;

use tallyport_ledger::transfer::FileState;
use tallyport_store::{Beginning, FileNote, Part};

use super::clash::{Verdict, judge, sent_before};
use super::flight::{Fate, Flight, Settled};
use super::{begin, clear, whole};
use crate::Problem;
use crate::body::{Breaks, Stretch, Watch};
use crate::buffers::Kept;
use crate::digest::Digests;
use crate::plan::{Plan, Span};
use crate::progress::Counters;
use crate::run::{Run, Stopped};
use crate::wire::{Condition, Fault, Kind, Stored};

/// How often parts are put together again because what was in the way is gone again.
const CLASHES: u32 = 8;

/// Sends one part.
pub(super) async fn send_part(
    run: &Arc<Run>,
    flight: &Flight,
    span: Span,
    crc64nvme: u64,
    kept: Kept,
) -> Result<(), Stopped> {
    if flight.is_given_up() {
        flight.came_back(None);
        return settle(run, flight).await;
    }
    match part(run, flight, span, crc64nvme, kept).await {
        Ok(etag) => {
            let part = Part {
                number: span.number,
                crc64nvme,
                etag,
            };
            run.confirmed(span.bytes);
            flight.count(span.bytes);
            run.journal
                .note(flight.row.id, FileNote::Part(part.clone()))
                .await?;
            flight.came_back(Some(part));
        }
        Err(Stopped::Halted) => return Err(Stopped::Halted),
        Err(Stopped::Fault(fault)) => {
            flight.give_up(fate_of(flight, fault));
            flight.came_back(None);
        }
    }
    settle(run, flight).await
}

fn fate_of(flight: &Flight, fault: Fault) -> Fate {
    match fault.kind {
        Kind::NoUpload => Fate::Anew,
        Kind::Changed => Fate::Failed(
            flight
                .source()
                .and_then(|source| source.check().err())
                .unwrap_or_else(|| Problem::changed("it was written to")),
        ),
        _ => Fate::Refused(fault),
    }
}

async fn part(
    run: &Arc<Run>,
    flight: &Flight,
    span: Span,
    crc64nvme: u64,
    kept: Kept,
) -> Result<String, Stopped> {
    let Some(source) = flight.source() else {
        return Err(Stopped::Halted);
    };
    let upload_id = flight
        .upload
        .get_or_try_init(|| async {
            let bytes = source.identity().bytes;
            let begins = Beginning {
                bytes,
                part_bytes: Plan::of(bytes).map_or(span.bytes, |plan| plan.part_bytes),
                at: (run.clock)(),
            };
            begin::create(run, flight, begins).await
        })
        .await?;
    let key = flight.key();
    let stretch = Stretch {
        source: Arc::clone(&source),
        span,
        buffers: run.buffers.clone(),
        kept,
        gates: run.gates.clone(),
        sent: Arc::clone(&run.counters.sent),
    };
    let breaks = Breaks::default();
    let attempt = || async {
        let watch = Watch::new();
        let body = stretch.body(&watch, breaks.pause());
        let request = run
            .wire
            .part(&key, upload_id, span.number, span.bytes, crc64nvme, body);
        let answer = watch.over(request, "s3:PutObject (UploadPart)").await;
        answer.map_err(|fault| {
            Counters::take(&run.counters.sent, watch.gone());
            breaks.note(&fault);
            fault.unless_changed(&source)
        })
    };
    run.ask(attempt).await
}

/// A file that cannot be read any further.
pub(super) async fn unreadable(
    run: &Arc<Run>,
    flight: &Flight,
    problem: Problem,
) -> Result<(), Stopped> {
    let there = match flight.row.part_bytes {
        Some(_) => None,
        None => begin::look(run, flight).await?,
    };
    let problem = match there {
        // It went in one request, whose answer did not come before the program ended.
        Some(object) if object.token.as_deref() == Some(flight.token()) => sent_before(),
        _ => problem,
    };
    flight.give_up(Fate::Failed(problem));
    flight.read(None);
    settle(run, flight).await
}

/// Once no part is under way: puts them together, or clears them away.
pub(super) async fn settle(run: &Arc<Run>, flight: &Flight) -> Result<(), Stopped> {
    match flight.settle() {
        None => Ok(()),
        Some(Settled::Complete(digests, parts)) => complete(run, flight, digests, parts).await,
        // A file that was only not read on: the run halts, and goes on from here another time.
        Some(Settled::GiveUp(_)) if run.is_halted() => Err(Stopped::Halted),
        Some(Settled::GiveUp(fate)) => give_up(run, flight, fate).await,
    }
}

/// Clears away what arrived of a file, then says what becomes of it.
async fn give_up(run: &Arc<Run>, flight: &Flight, fate: Fate) -> Result<(), Stopped> {
    let file = flight.row.id;
    if let Fate::Refused(fault) = &fate
        && run.concerns_all(fault)
    {
        // Nothing is wrong with the file: what arrived of it is kept.
        return run.refused(file, fault).await;
    }
    abandon(run, flight).await?;
    match fate {
        Fate::Anew => anew(run, flight).await,
        Fate::Failed(problem) => run.ended(file, FileState::Failed, problem).await,
        Fate::Refused(fault) => run.refused(file, &fault).await,
    }
}

/// Ends the upload in parts, if there is one, and takes back what was counted of it.
async fn abandon(run: &Run, flight: &Flight) -> Result<(), Stopped> {
    let upload_id = flight.upload.get().or(flight.row.upload_id.as_ref());
    if let Some(upload_id) = upload_id
        && clear::abort(run, &flight.key(), upload_id).await
    {
        run.journal.keep(flight.row.id, FileNote::Abandoned).await?;
    }
    Counters::take(&run.counters.confirmed, flight.take_count());
    Ok(())
}

async fn anew(run: &Run, flight: &Flight) -> Result<(), Stopped> {
    if run.anew(flight.row.id).await? {
        return Ok(());
    }
    let problem = Fault::taken_again_and_again("s3:PutObject (CompleteMultipartUpload)").problem();
    run.ended(flight.row.id, FileState::Failed, problem).await
}

/// Has the parts put together, and finds out what came of it whatever became of the answer.
pub(super) async fn complete(
    run: &Arc<Run>,
    flight: &Flight,
    digests: Digests,
    parts: Vec<Part>,
) -> Result<(), Stopped> {
    // A file that goes on from a complete journal is not opened again: its parts are what it was.
    if let Some(source) = flight.source()
        && let Err(problem) = source.check()
    {
        return give_up(run, flight, Fate::Failed(problem)).await;
    }
    let bytes = flight
        .source()
        .map_or(flight.row.bytes, |source| source.identity().bytes);
    let note = FileNote::Completing {
        crc64nvme: digests.crc64nvme,
        sha256: digests.sha256,
    };
    run.journal.keep(flight.row.id, note).await?;
    let Some(upload_id) = flight.upload.get().cloned() else {
        return anew(run, flight).await;
    };
    for _ in 0..CLASHES {
        let condition = flight.condition();
        let key = flight.key();
        let asked = run.ask(|| async {
            let answer = run.wire.complete(
                &key,
                &upload_id,
                &condition,
                &parts,
                bytes,
                digests.crc64nvme,
            );
            answer.await.map_err(|fault| match fault.kind {
                // After a conflict an upload has to be begun anew.
                Kind::Conflict => fault.treated_as(Kind::NoUpload),
                _ => fault,
            })
        });
        let fault = match asked.await {
            Ok(stored) => return put_together(run, flight, bytes, digests, stored).await,
            Err(Stopped::Fault(fault)) => fault,
            Err(Stopped::Halted) => return Err(Stopped::Halted),
        };
        match fault.kind {
            Kind::NoUpload | Kind::Occupied => {}
            Kind::Missing if condition != Condition::Absent => {
                flight.replaces(None);
                continue;
            }
            Kind::Corrupt | Kind::Refused => return give_up(run, flight, Fate::Anew).await,
            _ => return give_up(run, flight, Fate::Refused(fault)).await,
        }
        let object = match run.ask(|| run.wire.look(&key, None)).await {
            Ok(object) => object,
            Err(Stopped::Fault(fault)) => {
                return give_up(run, flight, Fate::Refused(fault)).await;
            }
            Err(Stopped::Halted) => return Err(Stopped::Halted),
        };
        // An answer was lost on its way: the upload is gone because it became this object.
        let object = match object {
            Some(object)
                if object.token.as_deref() == Some(flight.token())
                    && object.holds(bytes, digests.crc64nvme) =>
            {
                let stored = object.stored();
                return whole::arrived(run, flight, bytes, digests, stored, None).await;
            }
            other => other,
        };
        if fault.kind == Kind::NoUpload {
            return give_up(run, flight, Fate::Anew).await;
        }
        let Some(object) = object else {
            continue;
        };
        let key_before = flight.key();
        match judge(run, flight, object, Some((bytes, digests))).await? {
            Verdict::There(stored, remark) => {
                clear::abort(run, &key_before, &upload_id).await;
                return whole::arrived(run, flight, bytes, digests, stored, remark).await;
            }
            // Under another key all of it has to be sent again.
            Verdict::TryAgain if flight.key() != key_before => {
                clear::abort(run, &key_before, &upload_id).await;
                Counters::take(&run.counters.confirmed, flight.take_count());
                return anew(run, flight).await;
            }
            Verdict::TryAgain => {}
            Verdict::Ended => {
                if clear::abort(run, &key_before, &upload_id).await {
                    run.journal.keep(flight.row.id, FileNote::Abandoned).await?;
                }
                Counters::take(&run.counters.confirmed, flight.take_count());
                return Ok(());
            }
        }
    }
    let fault = Fault::taken_again_and_again("s3:PutObject (CompleteMultipartUpload)");
    give_up(run, flight, Fate::Failed(fault.problem())).await
}

async fn put_together(
    run: &Arc<Run>,
    flight: &Flight,
    bytes: u64,
    digests: Digests,
    stored: Stored,
) -> Result<(), Stopped> {
    let stored = match stored.crc64nvme {
        Some(told) if told == digests.crc64nvme => stored,
        // An answer that does not say what it put together is not believed.
        _ => {
            let key = flight.key();
            match run.ask(|| run.wire.look(&key, None)).await? {
                Some(object) if object.holds(bytes, digests.crc64nvme) => object.stored(),
                _ => {
                    let problem =
                        Fault::corrupt("s3:PutObject (CompleteMultipartUpload)").problem();
                    return run.ended(flight.row.id, FileState::Failed, problem).await;
                }
            }
        }
    };
    whole::arrived(run, flight, bytes, digests, stored, None).await
}
