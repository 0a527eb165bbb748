//! Sums by day of what a key tells apart. Charges come item by item and each item's by day, the tables want
//! them by day and then by key.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::AddAssign;

use foldhash::fast::RandomState;

/// What each day adds up to, in the order of days; only days that have anything take room.
#[derive(Debug)]
pub(super) struct Days<V> {
    days: Vec<u32>,
    sums: Vec<V>,
}

impl<V: Copy + AddAssign> Days<V> {
    const fn new() -> Self {
        Self {
            days: Vec::new(),
            sums: Vec::new(),
        }
    }

    fn add(&mut self, day: u32, more: V) {
        let place = match self.days.last() {
            Some(last) if day <= *last => self.days.binary_search(&day),
            _ => Err(self.days.len()),
        };
        match place {
            Ok(at) => self.sums[at] += more,
            Err(at) => {
                self.days.insert(at, day);
                self.sums.insert(at, more);
            }
        }
    }

    /// Each day, as YYYYMMDD, and its sum.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, V)> + '_ {
        self.days.iter().copied().zip(self.sums.iter().copied())
    }
}

/// Sums by key and day.
#[derive(Debug)]
pub(super) struct Daily<K, V> {
    keys: Vec<K>,
    numbers: HashMap<K, u32, RandomState>,
    days: Vec<Days<V>>,
}

impl<K, V> Default for Daily<K, V> {
    fn default() -> Self {
        Self {
            keys: Vec::new(),
            numbers: HashMap::default(),
            days: Vec::new(),
        }
    }
}

impl<K: Copy + Ord + Hash, V: Copy + AddAssign> Daily<K, V> {
    /// The number of a key.
    pub(super) fn number(&mut self, key: K) -> u32 {
        *self.numbers.entry(key).or_insert_with(|| {
            self.keys.push(key);
            self.days.push(Days::new());
            u32::try_from(self.keys.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// The key of a number that was given here.
    pub(super) fn key(&self, number: u32) -> &K {
        &self.keys[number as usize]
    }

    /// Adds to a day of the key of this number.
    pub(super) fn add(&mut self, number: u32, day: u32, more: V) {
        self.days[number as usize].add(day, more);
    }

    /// Adds all days of another sum to those of a key.
    pub(super) fn take_in(&mut self, key: K, days: &Days<V>) {
        let number = self.number(key);
        for (day, more) in days.iter() {
            self.add(number, day, more);
        }
    }

    /// Each key and its days, as they came.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &Days<V>)> {
        self.keys.iter().zip(&self.days)
    }

    /// Each key and its days, in the order of keys.
    pub(super) fn by_key(&self) -> impl Iterator<Item = (&K, &Days<V>)> {
        let mut order: Vec<usize> = (0..self.keys.len()).collect();
        order.sort_unstable_by_key(|at| &self.keys[*at]);
        order.into_iter().map(|at| (&self.keys[at], &self.days[at]))
    }

    /// Shows `each` sum, day by day and on each day in the order of keys.
    pub(super) fn by_day<E>(
        &self,
        mut each: impl FnMut(u32, &K, V) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut left: Vec<_> = self
            .by_key()
            .map(|(key, days)| (key, days.iter().peekable()))
            .collect();
        loop {
            let next = left.iter_mut().filter_map(|(_, days)| days.peek());
            let Some(day) = next.map(|(day, _)| *day).min() else {
                return Ok(());
            };
            for (key, days) in &mut left {
                if let Some((_, sum)) = days.next_if(|(next, _)| *next == day) {
                    each(day, key, sum)?;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sums_come_by_day_and_then_by_key_however_they_were_added(
            parts in prop::collection::vec((0_u8..6, 20_260_101_u32..20_260_132, -9_i128..9), 0..200),
        ) {
            let mut daily = Daily::default();
            let mut meant: BTreeMap<(u32, u8), i128> = BTreeMap::new();
            for (key, day, more) in &parts {
                let number = daily.number(*key);
                daily.add(number, *day, *more);
                *meant.entry((*day, *key)).or_default() += more;
            }
            let mut found = Vec::new();
            daily.by_day(|day, key, sum| {
                found.push(((day, *key), sum));
                Ok::<_, ()>(())
            }).unwrap();
            prop_assert_eq!(found, meant.into_iter().collect::<Vec<_>>());
            let mut whole = Daily::default();
            for (_, days) in daily.by_key() {
                whole.take_in(0_u8, days);
            }
            let all: i128 = whole.iter().flat_map(|(_, days)| days.iter()).map(|(_, sum)| sum).sum();
            prop_assert_eq!(all, parts.iter().map(|(_, _, more)| more).sum::<i128>());
        }
    }
}
