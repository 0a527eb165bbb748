//! Trials by the series that they were made from: the costly part of a forecast, which is the same for as long as
//! the days that are known are.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tallyport_insight::{Series, Trial, try_methods};

/// Trials that are kept, those asked for last: a question by row and what the overview asks.
const MOST: usize = 64;

/// Series and their trials, the last asked for first.
type Last = VecDeque<(Series, Arc<Trial>)>;

/// The last trials.
#[derive(Clone, Default)]
pub struct Tried(Arc<Mutex<Last>>);

impl Tried {
    /// The trial of `usage`, made if this is not one of the last series that were asked for.
    pub fn of(&self, usage: &Series) -> Arc<Trial> {
        if let Some(known) = self.known(usage) {
            return known;
        }
        let trial = Arc::new(try_methods(usage));
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.push_front((usage.clone(), Arc::clone(&trial)));
        last.truncate(MOST);
        trial
    }

    fn known(&self, usage: &Series) -> Option<Arc<Trial>> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = last.iter().position(|(series, _)| series == usage)?;
        let found = last.remove(at)?;
        let trial = Arc::clone(&found.1);
        last.push_front(found);
        Some(trial)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use tallyport_ledger::{Currency, Money};

    use super::*;

    fn series(cents: i128) -> Series {
        let amounts =
            (0..40).map(|day| Money::from_nanos((cents + day) * 10_000_000, Currency::USD));
        Series::new(date(2026, 1, 1), amounts.collect()).expect("a series")
    }

    #[test]
    fn a_series_is_tried_once_until_others_have_pushed_it_out() {
        let tried = Tried::default();
        let first = tried.of(&series(100));
        assert!(Arc::ptr_eq(&first, &tried.of(&series(100))));
        assert!(!Arc::ptr_eq(&first, &tried.of(&series(101))));
        for other in 0..MOST as i128 {
            tried.of(&series(1_000 + other));
        }
        assert!(!Arc::ptr_eq(&first, &tried.of(&series(100))));
    }
}
