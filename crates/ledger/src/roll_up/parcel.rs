//! Sums that are kept elsewhere for the time, while the roll-up goes on.
//!
//! What is given out holds numbers only: which texts they are about, the roll-up alone knows.

use super::{DaysId, Figures, RollUp, Sums, of_place, place};
use crate::{Exact, LoadError};

/// What was added up for a charge, to be kept outside of its roll-up.
#[derive(Debug, Clone, Copy)]
pub struct Parcel {
    place: u64,
    sums: Sums,
}

/// The numbers that another roll-up's charges have in the one that took it in.
#[derive(Debug)]
pub struct Renumbered {
    pub(super) keys: Vec<u32>,
    pub(super) days: Vec<DaysId>,
}

impl Renumbered {
    /// A parcel of the other roll-up as one of this.
    #[must_use]
    pub fn parcel(&self, parcel: &Parcel) -> Option<Parcel> {
        let (key, days) = of_place(parcel.place);
        let (key, days) = (
            *self.keys.get(key as usize)?,
            *self.days.get(days as usize)?,
        );
        Some(Parcel {
            place: place(key, days),
            sums: parcel.sums,
        })
    }
}

impl Parcel {
    /// How many bytes one takes.
    pub const SIZE: usize = 108;

    /// What tells it from the parcels of other charges; parcels are given out in its order.
    #[must_use]
    pub const fn order(&self) -> u64 {
        self.place
    }

    /// Its bytes.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; Self::SIZE] {
        let figures = self.sums.figures;
        let mut bytes = [0; Self::SIZE];
        let (numbers, exact) = bytes.split_at_mut(28);
        numbers[..8].copy_from_slice(&self.place.to_le_bytes());
        numbers[8..16].copy_from_slice(&self.sums.first_line.to_le_bytes());
        numbers[16..24].copy_from_slice(&self.sums.last_line.to_le_bytes());
        numbers[24..].copy_from_slice(&self.sums.lines.to_le_bytes());
        let all = [
            figures.billed,
            figures.effective,
            figures.list,
            figures.contracted,
            figures.quantity,
        ];
        for (into, figure) in exact.chunks_exact_mut(16).zip(all) {
            into.copy_from_slice(&figure.to_bytes());
        }
        bytes
    }

    /// What [`Parcel::to_bytes`] wrote.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; Self::SIZE]) -> Self {
        fn part<const N: usize>(bytes: &[u8; Parcel::SIZE], at: usize) -> [u8; N] {
            std::array::from_fn(|n| bytes[at + n])
        }
        let exact = |at: usize| Exact::from_bytes(part(bytes, 28 + 16 * at));
        Self {
            place: u64::from_le_bytes(part(bytes, 0)),
            sums: Sums {
                first_line: u64::from_le_bytes(part(bytes, 8)),
                last_line: u64::from_le_bytes(part(bytes, 16)),
                lines: u32::from_le_bytes(part(bytes, 24)),
                figures: Figures {
                    billed: exact(0),
                    effective: exact(1),
                    list: exact(2),
                    contracted: exact(3),
                    quantity: exact(4),
                },
            },
        }
    }

    /// Adds what another of the same charge adds up to.
    ///
    /// # Errors
    /// Amounts that do not fit.
    pub fn take_in(&mut self, other: &Self) -> Result<(), LoadError> {
        self.sums.take_in(&other.sums)
    }
}

impl RollUp {
    /// Gives out all that was added up, in the order of [`Parcel::order`], and forgets it. Shapes
    /// and days keep their numbers.
    pub fn give_out(&mut self) -> Vec<Parcel> {
        for shape in &mut self.shapes {
            shape.last = None;
        }
        let (places, sums) = std::mem::take(&mut self.charges).into_parts();
        let mut parcels: Vec<Parcel> = places
            .into_iter()
            .zip(sums)
            .map(|(place, sums)| Parcel { place, sums })
            .collect();
        parcels.sort_unstable_by_key(|parcel| parcel.place);
        parcels
    }

    /// Takes back a parcel that it gave out.
    ///
    /// # Errors
    /// Amounts that do not fit.
    pub fn take_back(&mut self, parcel: &Parcel) -> Result<(), LoadError> {
        self.charges.take_in(parcel.place, &parcel.sums)
    }

    /// Takes back the only parcel of a charge, after which nothing but [`RollUp::finish`] follows:
    /// it is put where no table leads.
    pub fn take_back_last(&mut self, parcel: &Parcel) {
        self.charges.put(parcel.place, parcel.sums);
    }
}
