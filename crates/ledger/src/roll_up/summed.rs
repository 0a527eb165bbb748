//! What was added up for each charge, found by its place.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::{Sums, next};
use crate::LoadError;

/// Sums in the order in which their charges came. There are half a million in a large month, for each thread that
/// reads: the table holds their numbers alone, and what they are numbers of is looked up where it lies.
#[derive(Debug, Default)]
pub(super) struct Summed {
    table: HashTable<u32>,
    hasher: RandomState,
    places: Vec<u64>,
    sums: Vec<Sums>,
}

impl Summed {
    /// How many charges there are.
    pub fn len(&self) -> usize {
        self.sums.len()
    }

    /// The number of the charge at `place`, which has no line yet if it is new.
    #[inline]
    pub fn at(&mut self, place: u64) -> Result<u32, LoadError> {
        let hash = self.hasher.hash_one(place);
        let is_there = |at: &u32| self.places.get(*at as usize) == Some(&place);
        if let Some(at) = self.table.find(hash, is_there) {
            return Ok(*at);
        }
        let at = next(self.sums.len())?;
        self.put(place, Sums::NONE);
        let Self {
            table,
            hasher,
            places,
            ..
        } = self;
        let hash_of = |at: &u32| hasher.hash_one(places.get(*at as usize).copied().unwrap_or(0));
        table.insert_unique(hash, at, hash_of);
        Ok(at)
    }

    /// The sums of a charge by its number.
    #[inline]
    pub fn sums(&mut self, at: u32) -> &mut Sums {
        &mut self.sums[at as usize]
    }

    /// Adds what others of the charge at `place` add up to.
    pub fn take_in(&mut self, place: u64, sums: &Sums) -> Result<(), LoadError> {
        let at = self.at(place)?;
        self.sums(at).take_in(sums)
    }

    /// Puts a charge where no table leads: it must be the only one at `place`, and is found no more.
    pub fn put(&mut self, place: u64, sums: Sums) {
        self.places.push(place);
        self.sums.push(sums);
    }

    /// Every place with its sums, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &Sums)> {
        self.places.iter().copied().zip(&self.sums)
    }

    /// The places, and the sums in the same order.
    pub fn into_parts(self) -> (Vec<u64>, Vec<Sums>) {
        (self.places, self.sums)
    }
}
