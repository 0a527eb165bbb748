//! The days of rows. Bills repeat a few hundred hours in millions of rows, so what was worked out
//! is looked up by what was written.

use tallyport_ledger::{DaysId, LoadError, RollUp};

use crate::fields::{Fault, Moment, RowError, days};
use crate::plan::Plan;

/// Places in the table: more than the hours of a month.
const PLACES: usize = 4_096;

/// Days by what rows write for their two moments.
pub(crate) struct Days<T> {
    known: Vec<Option<(T, T, DaysId)>>,
}

impl<T: Copy + PartialEq> Days<T> {
    pub(crate) fn new() -> Self {
        Self {
            known: vec![None; PLACES],
        }
    }

    /// The days that are known for what is written, whose hash is `hash`.
    pub(crate) fn get(&self, hash: u64, from: T, to: T) -> Option<DaysId> {
        match &self.known[place(hash)] {
            Some((known_from, known_to, days)) if *known_from == from && *known_to == to => {
                Some(*days)
            }
            _ => None,
        }
    }

    pub(crate) fn keep(&mut self, hash: u64, from: T, to: T, days: DaysId) {
        self.known[place(hash)] = Some((from, to, days));
    }
}

fn place(hash: u64) -> usize {
    ((hash ^ (hash >> 32)) as usize) % PLACES
}

/// The days from one moment to just before another, numbered.
pub(crate) fn number(
    plan: &Plan,
    from: Option<Moment>,
    to: Option<Moment>,
    roll_up: &mut RollUp,
) -> Result<DaysId, RowError> {
    let Some(start) = from else {
        return Err(RowError::Bad(Fault {
            column: Some(plan.from()),
            reason: "it is empty, and a date is needed".to_owned(),
        }));
    };
    let (day, last_day) = days(start, plan.to().zip(to))?;
    plan.check_day(day)?;
    roll_up
        .days(day, last_day)
        .map_err(|error: LoadError| RowError::Full(error))
}
