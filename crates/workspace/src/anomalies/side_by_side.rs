//! Reading, judging and writing beside one another: one hand reads and writes, every processor judges.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::{Mutex, PoisonError, mpsc};
use std::{panic, thread};

use crate::WorkspaceError;

/// Pieces that may wait for a processor that is free.
const AHEAD: usize = 2;

/// Reads pieces until there is none, has each judged where a processor is free, and keeps what was made of
/// them in the order of reading. `hand` is what reading and keeping need and judging does not.
///
/// # Errors
/// The first that reading or keeping meets; nothing is read after it.
pub(super) fn side_by_side<H, P: Send, M: Send>(
    hand: &mut H,
    mut read: impl FnMut(&mut H) -> Result<Option<P>, WorkspaceError>,
    judge: impl Fn(&P) -> M + Sync,
    mut keep: impl FnMut(&mut H, P, M) -> Result<(), WorkspaceError>,
) -> Result<(), WorkspaceError> {
    let Some(first) = read(hand)? else {
        return Ok(());
    };
    let Some(second) = read(hand)? else {
        // What fits into one piece is judged sooner than another thread begins.
        let made = judge(&first);
        return keep(hand, first, made);
    };
    let mut begun = [first, second].into_iter();
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let (give, given) = mpsc::channel::<(usize, P)>();
    let (tell, told) = mpsc::channel();
    let (given, judge) = (&Mutex::new(given), &judge);
    thread::scope(|scope| {
        for _ in 0..processors {
            let tell = tell.clone();
            scope.spawn(move || {
                loop {
                    let next = given.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, piece)) = next else { return };
                    let made = panic::catch_unwind(panic::AssertUnwindSafe(|| judge(&piece)));
                    if tell.send((number, piece, made)).is_err() {
                        return;
                    }
                }
            });
        }
        // When this hand lets go of it, by an error or at the end, the threads end.
        let give = give;
        let (mut read_to, mut kept_to, mut all_read) = (0, 0, false);
        let mut made = BTreeMap::new();
        loop {
            while !all_read && read_to < kept_to + AHEAD * processors {
                let next = match begun.next() {
                    Some(piece) => Some(piece),
                    None => read(hand)?,
                };
                match next {
                    Some(piece) => {
                        let _ = give.send((read_to, piece));
                        read_to += 1;
                    }
                    None => all_read = true,
                }
            }
            if kept_to == read_to {
                return Ok(());
            }
            if let Ok((number, piece, judged)) = told.recv() {
                let judged = judged.unwrap_or_else(|cause| panic::resume_unwind(cause));
                made.insert(number, (piece, judged));
            }
            while let Some((piece, judged)) = made.remove(&kept_to) {
                keep(hand, piece, judged)?;
                kept_to += 1;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Reads up to `to`, doubles, and keeps; says what was kept.
    fn doubled(to: u64, refused: Option<u64>) -> (Vec<u64>, Result<(), WorkspaceError>) {
        let mut hand = (0, Vec::new());
        let done = side_by_side(
            &mut hand,
            |(next, _)| {
                *next += 1;
                Ok((*next <= to).then_some(*next))
            },
            |piece| {
                // Later ones are often done first.
                thread::sleep(Duration::from_micros(piece * 7919 % 300));
                piece * 2
            },
            |(_, kept), piece, made| {
                assert_eq!(made, piece * 2);
                if refused == Some(piece) {
                    return Err(WorkspaceError::Fault("full".to_owned()));
                }
                kept.push(made);
                Ok(())
            },
        );
        (hand.1, done)
    }

    #[test]
    fn all_are_kept_in_the_order_in_which_they_were_read() {
        for to in [0, 1, 2, 3, 200] {
            let (kept, done) = doubled(to, None);
            done.unwrap();
            assert_eq!(kept, (1..=to).map(|piece| piece * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_cannot_be_kept_ends_it() {
        for refused in [1, 2, 57] {
            let (kept, done) = doubled(200, Some(refused));
            assert!(matches!(done, Err(WorkspaceError::Fault(why)) if why == "full"));
            assert_eq!(kept.len() as u64, refused - 1);
        }
    }

    #[test]
    #[should_panic(expected = "thirteen")]
    fn a_panic_in_judging_is_not_lost() {
        let mut next = 0;
        let _ = side_by_side(
            &mut next,
            |next| {
                *next += 1;
                Ok((*next < 40).then_some(*next))
            },
            |piece| assert!(*piece != 13, "thirteen"),
            |_, _, ()| Ok(()),
        );
    }
}
