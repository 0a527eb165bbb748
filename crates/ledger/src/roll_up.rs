//! The roll-up: the lines of a source become the daily charges of billing periods.
//!
//! Its meaning, for every source: lines that agree in all of [`Line`] but the hour and the amounts
//! are one charge; a line longer than a day is kept once, on its first day; amounts are summed
//! exactly and rounded once a period, so that the charges of a period add up to its rounded total.
//!
//! What a line says besides its days and figures is its *shape*. A reader that knows its shapes
//! numbers them once and then adds line by line with numbers only; several roll-ups, each of some
//! of a source's lines, can be merged. Whatever the order and however many they were, the charges
//! and their numbering are the same: everything is numbered by the first line in which it occurs.

mod finish;
mod key;
mod merge;
mod parcel;
mod summed;

use std::collections::HashMap;

use foldhash::fast::RandomState;
use jiff::civil::Date;

use crate::{Exact, Figures, Line, Load, LoadError, TagSet, TagSetId};
use key::{Dictionaries, Key, Names, ShapeKey};
pub use parcel::{Parcel, Renumbered};
use summed::Summed;

/// A shape in a [`RollUp`]: what a line says besides its days and figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShapeId(u32);

/// The days of a line in a [`RollUp`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DaysId(u32);

/// What was added up for a charge. It is packed so that it takes no room for being aligned.
#[derive(Debug, Clone, Copy)]
#[repr(Rust, packed(8))]
pub(crate) struct Sums {
    figures: Figures,
    first_line: u64,
    last_line: u64,
    lines: u32,
}

#[derive(Debug)]
struct Shape {
    key: u32,
    names: Names,
    invoiced: bool,
    estimated: bool,
    first_line: u64,
    lines: u64,
    /// The days of its last line, and where they are summed.
    last: Option<(DaysId, u32)>,
}

/// Rolls lines up as they are read; memory grows with the charges, not with the lines.
#[derive(Debug)]
pub struct RollUp {
    texts: Dictionaries,
    keys: Vec<Key>,
    key_numbers: HashMap<Key, u32, RandomState>,
    shapes: Vec<Shape>,
    shape_numbers: HashMap<ShapeKey, u32, RandomState>,
    days: Vec<(Date, Option<Date>)>,
    day_numbers: HashMap<(Date, Option<Date>), u32, RandomState>,
    /// The sums of keys and their days.
    charges: Summed,
}

impl Default for RollUp {
    fn default() -> Self {
        Self::new()
    }
}

/// Bytes that a charge takes until it is finished: its sums, its place, its part of the table.
const CHARGE_MEMORY: usize = size_of::<Sums>() + 8 + 6;
/// Bytes that a shape takes with its key and their parts of the tables.
const SHAPE_MEMORY: usize =
    size_of::<Shape>() + 2 * size_of::<Key>() + 2 * size_of::<ShapeKey>() + 16;

impl RollUp {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            texts: Dictionaries::new(),
            keys: Vec::new(),
            key_numbers: HashMap::default(),
            shapes: Vec::new(),
            shape_numbers: HashMap::default(),
            days: Vec::new(),
            day_numbers: HashMap::default(),
            charges: Summed::default(),
        }
    }

    /// Numbers a tag set by the text that the source writes for it; `parse` is called once for
    /// each different text.
    ///
    /// # Errors
    /// What `parse` says, or too many of them.
    pub fn tags<E: From<LoadError>>(
        &mut self,
        text: &str,
        parse: impl FnOnce(&str) -> Result<TagSet, E>,
    ) -> Result<TagSetId, E> {
        if let Some(known) = self.texts.tag_set_of(text) {
            return Ok(known);
        }
        let parsed = parse(text)?;
        let number = self.tag_set(&parsed)?;
        Ok(self.texts.remember_tag_set(text, number)?)
    }

    /// Numbers a tag set.
    ///
    /// # Errors
    /// Too many of them.
    pub fn tag_set(&mut self, tags: &TagSet) -> Result<TagSetId, LoadError> {
        self.texts.tag_set(tags)
    }

    /// Numbers the days of a line: the first, and the last where it is later.
    ///
    /// # Errors
    /// Too many of them.
    pub fn days(&mut self, day: Date, last_day: Option<Date>) -> Result<DaysId, LoadError> {
        let days = (day, last_day);
        if let Some(number) = self.day_numbers.get(&days) {
            return Ok(DaysId(*number));
        }
        let number = next(self.days.len())?;
        self.days.push(days);
        self.day_numbers.insert(days, number);
        Ok(DaysId(number))
    }

    /// Numbers what a line says besides its days, figures and number.
    ///
    /// # Errors
    /// [`LoadError`]; no charge is changed.
    pub fn shape(&mut self, line: &Line<'_>) -> Result<ShapeId, LoadError> {
        let key = self.texts.key(line)?;
        let names = self.texts.names(line)?;
        let key = self.key_number(key)?;
        self.shape_number(ShapeKey {
            key,
            names,
            invoiced: line.invoiced,
            estimated: line.estimated,
        })
    }

    fn key_number(&mut self, key: Key) -> Result<u32, LoadError> {
        if let Some(number) = self.key_numbers.get(&key) {
            return Ok(*number);
        }
        let number = next(self.keys.len())?;
        self.keys.push(key);
        self.key_numbers.insert(key, number);
        Ok(number)
    }

    fn shape_number(&mut self, shape: ShapeKey) -> Result<ShapeId, LoadError> {
        if let Some(number) = self.shape_numbers.get(&shape) {
            return Ok(ShapeId(*number));
        }
        let number = next(self.shapes.len())?;
        self.shapes.push(Shape {
            key: shape.key,
            names: shape.names,
            invoiced: shape.invoiced,
            estimated: shape.estimated,
            first_line: u64::MAX,
            lines: 0,
            last: None,
        });
        self.shape_numbers.insert(shape, number);
        Ok(ShapeId(number))
    }

    /// Adds a line.
    ///
    /// # Errors
    /// [`LoadError`]; the charges are as they were before.
    pub fn add(&mut self, line: &Line<'_>) -> Result<(), LoadError> {
        let shape = self.shape(line)?;
        let days = self.days(line.day, line.last_day)?;
        self.add_to(shape, days, &line.figures(), line.number)
    }

    /// Adds line `number` of a shape that was numbered here.
    ///
    /// # Errors
    /// Amounts that do not fit; the charges are as they were before.
    #[inline]
    pub fn add_to(
        &mut self,
        shape: ShapeId,
        days: DaysId,
        figures: &Figures,
        number: u64,
    ) -> Result<(), LoadError> {
        let shape = &mut self.shapes[shape.0 as usize];
        // A bill's lines come more or less in the order of time.
        let at = match shape.last {
            Some((last, at)) if last == days => at,
            _ => {
                let at = self.charges.at(place(shape.key, days))?;
                shape.last = Some((days, at));
                at
            }
        };
        shape.lines += 1;
        shape.first_line = shape.first_line.min(number);
        self.charges.sums(at).add(figures, number)
    }

    /// How many daily charges there are so far.
    #[must_use]
    pub fn charges(&self) -> usize {
        self.charges.len()
    }

    /// About how many bytes of memory it takes.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.charges.len() * CHARGE_MEMORY + self.shapes.len() * SHAPE_MEMORY + self.texts.memory()
    }

    /// The charges, rounded once a period so that they add up.
    ///
    /// # Errors
    /// Amounts that do not fit.
    pub fn finish(self) -> Result<Load, LoadError> {
        finish::finish(self)
    }
}

impl Sums {
    /// Of no line yet.
    const NONE: Self = Self {
        figures: Figures {
            billed: Exact::ZERO,
            effective: Exact::ZERO,
            list: Exact::ZERO,
            contracted: Exact::ZERO,
            quantity: Exact::ZERO,
        },
        first_line: u64::MAX,
        last_line: 0,
        lines: 0,
    };

    /// Adds a line.
    fn add(&mut self, figures: &Figures, number: u64) -> Result<(), LoadError> {
        let figures = { self.figures }.plus(figures)?;
        self.figures = figures;
        self.first_line = self.first_line.min(number);
        self.last_line = self.last_line.max(number);
        self.lines = self.lines.saturating_add(1);
        Ok(())
    }

    /// Adds what others of the same charge add up to.
    fn take_in(&mut self, other: &Self) -> Result<(), LoadError> {
        let figures = { self.figures }.plus(&{ other.figures })?;
        self.figures = figures;
        self.first_line = self.first_line.min(other.first_line);
        self.last_line = self.last_line.max(other.last_line);
        self.lines = self.lines.saturating_add(other.lines);
        Ok(())
    }
}

/// The number of the next of so many things.
fn next(count: usize) -> Result<u32, LoadError> {
    match u32::try_from(count) {
        Ok(number) if number < u32::MAX - 1 => Ok(number),
        _ => Err(LoadError::TooMany),
    }
}

/// A key and its days in one number.
fn place(key: u32, days: DaysId) -> u64 {
    u64::from(key) << 32 | u64::from(days.0)
}

/// The key and the days of a place.
fn of_place(place: u64) -> (u32, u32) {
    ((place >> 32) as u32, place as u32)
}
