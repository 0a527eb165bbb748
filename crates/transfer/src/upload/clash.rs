//! Something is where a file is to go: is it the file itself, and if not, what did the person say?

use tallyport_ledger::transfer::{FileState, OnClash};
use tallyport_store::FileNote;

use super::flight::Flight;
use crate::Problem;
use crate::digest::Digests;
use crate::names;
use crate::run::{Run, Stopped};
use crate::wire::{Object, Stored};

/// What is to be done about what is there.
pub(super) enum Verdict {
    /// The file is there.
    There(Stored, Option<String>),
    /// It may be sent now: under another name, or in place of what is there.
    TryAgain,
    /// What became of the file has been noted.
    Ended,
}

/// Judges what is under the key of a file whose size and checksums are known, if they are.
pub(super) async fn judge(
    run: &Run,
    flight: &Flight,
    object: Object,
    sent: Option<(u64, Digests)>,
) -> Result<Verdict, Stopped> {
    let is_ours = object.token.as_deref() == Some(flight.token());
    if sent.is_some_and(|(bytes, digests)| object.holds(bytes, digests.crc64nvme)) {
        // An answer was lost on its way, or the same bytes have been there all along.
        let remark = (!is_ours).then(|| "the same bytes were there already".to_owned());
        return Ok(Verdict::There(object.stored(), remark));
    }
    if is_ours {
        // What this very file was, before somebody said that it is to be sent as it is now.
        return replace(run, flight, object.etag).await;
    }
    let file = flight.row.id;
    let seen = flight.was_asked_about();
    match flight.on_clash {
        // What a person agreed to replace is no longer there: something newer is.
        OnClash::Replace if seen.is_some_and(|seen| seen != object.etag) => {
            ask(run, flight, object).await
        }
        OnClash::Replace => replace(run, flight, object.etag).await,
        OnClash::KeepBoth => {
            rename(run, flight).await?;
            Ok(Verdict::TryAgain)
        }
        OnClash::Skip => {
            let problem = Problem::new("transfer.exists", "something else is there, and it stays");
            run.ended(file, FileState::Skipped, problem).await?;
            Ok(Verdict::Ended)
        }
        OnClash::Ask => ask(run, flight, object).await,
    }
}

/// Lets the file take the place of what was seen there, and of nothing newer.
async fn replace(run: &Run, flight: &Flight, expected: String) -> Result<Verdict, Stopped> {
    let note = FileNote::Replacing {
        expected: expected.clone(),
    };
    run.journal.keep(flight.row.id, note).await?;
    flight.replaces(Some(expected));
    Ok(Verdict::TryAgain)
}

/// The problem of a file that arrived before it was changed, without a receipt.
pub(super) fn sent_before() -> Problem {
    Problem::new(
        "transfer.changed",
        "it was changed or taken away after it had been sent; what is in the bucket is the file as it was, whole",
    )
}

/// Leaves it to a person, who is asked about what is there now and nothing newer.
async fn ask(run: &Run, flight: &Flight, object: Object) -> Result<Verdict, Stopped> {
    let file = flight.row.id;
    let said = format!(
        "something else of {} bytes is there: skip, replace, or keep both?",
        object.bytes
    );
    let expected = object.etag;
    run.journal
        .note(file, FileNote::Replacing { expected })
        .await?;
    let problem = Problem::new("transfer.clash", said);
    run.ended(file, FileState::Clash, problem).await?;
    Ok(Verdict::Ended)
}

/// Gives a file the next key that no other file of its transfer has.
pub(super) async fn rename(run: &Run, flight: &Flight) -> Result<(), Stopped> {
    let file = flight.row.id;
    let mut key = flight.key();
    loop {
        key = names::beside(&key);
        let next = key.clone();
        let taken = run
            .store
            .write(move |ledger| ledger.rename_transfer_file(file, &next))
            .await;
        match taken {
            Ok(true) => {
                flight.rename(key);
                return Ok(());
            }
            Ok(false) => {}
            Err(error) => return Err(run.journal_failed(&error)),
        }
    }
}
