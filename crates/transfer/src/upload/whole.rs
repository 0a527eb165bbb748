//! Files that go in one request.

use std::sync::Arc;

use aws_smithy_types::body::SdkBody;
use tallyport_ledger::transfer::FileState;
use tallyport_store::{Arrived, FileNote};

use super::clash::{Verdict, judge};
use super::flight::Flight;
use super::read::{InMemory, Whole};
use crate::body::{Breaks, Stretch, Watch};
use crate::digest::Digests;
use crate::plan::Span;
use crate::progress::Counters;
use crate::run::{Run, Stopped, Unanswered};
use crate::wire::{Condition, Fault, Kind, Stored};

/// How often one file is sent again because what was in its way is gone again.
const CLASHES: u32 = 8;

/// Sends a file and notes what became of it.
pub(super) async fn send(run: &Arc<Run>, whole: Whole) -> Result<(), Stopped> {
    let flight = &whole.flight;
    let file = flight.row.id;
    let breaks = Breaks::default();
    for _ in 0..CLASHES {
        let key = flight.key();
        let sent = Unanswered {
            key: key.clone(),
            bytes: whole.bytes,
            digests: whole.digests,
        };
        run.expect_answer(file, sent);
        let condition = flight.condition();
        let answer = run.ask(|| put(run, &whole, &condition, &breaks)).await;
        if !matches!(answer, Err(Stopped::Halted)) {
            run.answered(file);
        }
        let fault = match answer {
            Ok(stored) => {
                run.confirmed(whole.bytes);
                return arrived(run, flight, whole.bytes, whole.digests, stored, None).await;
            }
            Err(Stopped::Fault(fault)) => fault,
            Err(Stopped::Halted) => return Err(Stopped::Halted),
        };
        match fault.kind {
            Kind::Occupied => {}
            // What was to be replaced is gone: there is nothing to lose any more.
            Kind::Missing if condition != Condition::Absent => {
                flight.replaces(None);
                continue;
            }
            Kind::Changed => return changed(run, flight).await,
            _ => return run.refused(file, &fault).await,
        }
        let there = run.ask(|| run.wire.look(&key, None)).await;
        let object = match there {
            Ok(Some(object)) => object,
            Ok(None) => continue,
            Err(Stopped::Fault(fault)) => return run.refused(file, &fault).await,
            Err(Stopped::Halted) => return Err(Stopped::Halted),
        };
        match judge(run, flight, object, Some((whole.bytes, whole.digests))).await? {
            Verdict::There(stored, remark) => {
                run.confirmed(whole.bytes);
                return arrived(run, flight, whole.bytes, whole.digests, stored, remark).await;
            }
            Verdict::TryAgain => {}
            Verdict::Ended => return Ok(()),
        }
    }
    let problem = Fault::taken_again_and_again("s3:PutObject").problem();
    run.ended(file, FileState::Failed, problem).await
}

async fn put(
    run: &Run,
    whole: &Whole,
    condition: &Condition,
    breaks: &Breaks,
) -> Result<Stored, Fault> {
    let label = whole.flight.label();
    let crc64nvme = whole.digests.crc64nvme;
    let watch = Watch::new();
    let pause = breaks.pause();
    let body = match &whole.held {
        InMemory::All(bytes) if pause.is_none() => {
            run.gates.pass(whole.bytes).await;
            Counters::add(&run.counters.sent, whole.bytes);
            watch.moved(
                whole.bytes,
                tokio::time::Instant::now(),
                std::time::Duration::ZERO,
            );
            SdkBody::from(bytes.clone())
        }
        held => Stretch {
            source: Arc::clone(&whole.source),
            span: Span {
                number: 1,
                at: 0,
                bytes: whole.bytes,
            },
            buffers: run.buffers.clone(),
            kept: held.kept(),
            gates: run.gates.clone(),
            sent: Arc::clone(&run.counters.sent),
        }
        .body(&watch, pause),
    };
    let request = run
        .wire
        .put(&label, condition, whole.bytes, crc64nvme, body);
    let answer = watch.over(request, "s3:PutObject").await;
    answer.map_err(|fault| {
        Counters::take(&run.counters.sent, watch.gone());
        breaks.note(&fault);
        fault.unless_changed(&whole.source)
    })
}

/// Notes that a file arrived.
pub(super) async fn arrived(
    run: &Run,
    flight: &Flight,
    bytes: u64,
    digests: Digests,
    stored: Stored,
    remark: Option<String>,
) -> Result<(), Stopped> {
    let note = FileNote::Arrived(Arrived {
        bytes,
        crc64nvme: digests.crc64nvme,
        sha256: digests.sha256,
        etag: stored.etag,
        version: stored.version,
        at: (run.clock)(),
        remark,
    });
    Ok(run.journal.note(flight.row.id, note).await?)
}

/// Notes that the source is no longer what was read.
async fn changed(run: &Run, flight: &Flight) -> Result<(), Stopped> {
    let problem = match flight.source().map(|source| source.check()) {
        Some(Err(problem)) => problem,
        _ => crate::Problem::changed("it was written to"),
    };
    run.ended(flight.row.id, FileState::Failed, problem).await
}
