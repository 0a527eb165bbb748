//! The shapes of rows: what a combination of texts means is asked once, and rows are then added by
//! number.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use tallyport_ledger::{
    DaysId, Exact, ExactError, Figures, LoadError, RollUp, ShapeId, TagSetId, Texts,
};

use super::combinations::{Codes, Combinations};
use super::layout::Layout;
use super::tuples::Tuples;
use crate::cut::LONGEST_FIELD;
use crate::fields::{Fault, RowError};
use crate::row::Row;
use crate::shape::{Scratch, Terms, Unreadable};
use crate::watch::{Marks, Tally};

/// A sum of figures, by their slots.
#[derive(Debug, PartialEq, Eq)]
enum Sum {
    Nothing,
    One(u8),
    Several(Terms),
}

impl Sum {
    fn of(terms: Terms) -> Self {
        match terms[..] {
            [] => Self::Nothing,
            [(slot, false)] => Self::One(slot),
            _ => Self::Several(terms),
        }
    }

    fn of_row(&self, figure: &impl Fn(u8) -> Exact) -> Result<Exact, ExactError> {
        match self {
            Self::Nothing => Ok(Exact::ZERO),
            Self::One(slot) => Ok(figure(*slot)),
            Self::Several(terms) => terms.iter().try_fold(Exact::ZERO, |sum, (slot, minus)| {
                let figure = figure(*slot);
                sum.plus(if *minus { figure.negated() } else { figure })
            }),
        }
    }
}

/// How a row's figures come from its columns: billed, effective, list and contracted cost, and the
/// quantity.
#[derive(Debug, PartialEq, Eq)]
enum Formula {
    /// Each from one column, or from none: [`NO_SLOT`].
    Plain([u8; 5]),
    Sums([Sum; 5]),
}

/// A slot in which no figure is.
const NO_SLOT: u8 = u8::MAX;

impl Formula {
    fn of(sums: [Sum; 5]) -> Self {
        let slot = |sum: &Sum| match sum {
            Sum::Nothing => Some(NO_SLOT),
            Sum::One(slot) => Some(*slot),
            Sum::Several(_) => None,
        };
        match sums.each_ref().map(slot) {
            [Some(a), Some(b), Some(c), Some(d), Some(e)] => Self::Plain([a, b, c, d, e]),
            _ => Self::Sums(sums),
        }
    }

    /// The figures of a row, whose columns `figure` knows; of [`NO_SLOT`] it answers nothing.
    #[inline]
    fn of_row(&self, figure: &impl Fn(u8) -> Exact) -> Result<Figures, ExactError> {
        let [billed, effective, list, contracted, quantity] = match self {
            Self::Plain(slots) => slots.map(figure),
            Self::Sums(sums) => {
                let mut figures = [Exact::ZERO; 5];
                for (sum, into) in sums.iter().zip(&mut figures) {
                    *into = sum.of_row(figure)?;
                }
                figures
            }
        };
        Ok(Figures {
            billed,
            effective,
            list,
            contracted,
            quantity,
        })
    }
}

/// What is known of a shape.
enum Known {
    Sound {
        shape: ShapeId,
        formula: u32,
        watch: u32,
    },
    /// Rows of this shape are refused.
    Bad(Fault),
}

/// What rows are watched for, and what they add up to.
pub(crate) struct Watched {
    pub(crate) marks: Marks,
    pub(crate) tally: Tally,
}

impl PartialEq for Watched {
    fn eq(&self, other: &Self) -> bool {
        self.marks == other.marks
    }
}

/// The shapes of one layout's rows.
pub(crate) struct Shapes {
    pub(crate) layout: Arc<Layout>,
    /// The texts of each column of [`crate::plan::Plan::texts`].
    pub(crate) texts: Vec<Texts>,
    tuples: Tuples,
    combinations: Combinations,
    known: Vec<Known>,
    formulas: Vec<Formula>,
    pub(crate) watched: Vec<Watched>,
    tagged: Tagged,
    scratch: Scratch,
}

/// Tags by the numbers of the texts that they were read from: many shapes have the same.
struct Tagged {
    /// Which of the columns of texts hold tags.
    places: Vec<usize>,
    known: HashMap<Box<[u32]>, (TagSetId, Option<Unreadable>), RandomState>,
}

impl Tagged {
    fn new(layout: &Layout) -> Self {
        let texts = layout.plan.texts();
        let columns = layout.plan.tag_columns();
        Self {
            places: columns
                .filter_map(|column| texts.iter().position(|text| *text == column))
                .collect(),
            known: HashMap::default(),
        }
    }

    /// The tags of a row, whose texts have these numbers.
    fn find(
        &mut self,
        codes: &[u32],
        layout: &Layout,
        row: &Row<'_>,
        to: &mut RollUp,
    ) -> Result<(TagSetId, Option<Unreadable>), RowError> {
        let codes: Box<[u32]> = self.places.iter().map(|place| codes[*place]).collect();
        if let Some(known) = self.known.get(&codes) {
            return Ok(known.clone());
        }
        let (tags, unreadable) = layout.plan.tags(row)?;
        let found = (to.tag_set(&tags)?, unreadable);
        self.known.insert(codes, found.clone());
        Ok(found)
    }
}

impl Shapes {
    pub(crate) fn new(layout: Arc<Layout>) -> Self {
        let columns = layout.plan.texts().len();
        Self {
            texts: (0..columns).map(|_| Texts::new()).collect(),
            tuples: Tuples::new(columns + 1),
            combinations: Combinations::new(columns + 1),
            tagged: Tagged::new(&layout),
            layout,
            known: Vec::new(),
            formulas: Vec::new(),
            watched: Vec::new(),
            scratch: Scratch::default(),
        }
    }

    /// The shape of a row: the numbers of its texts, and last the slots that are filled.
    pub(crate) fn find(&mut self, codes: &[u32], to: &mut RollUp) -> Result<u32, LoadError> {
        let (number, new) = self.tuples.number(codes);
        if new {
            self.learn(codes, to)?;
        }
        u32::try_from(number).map_err(|_| LoadError::TooMany)
    }

    /// The shapes of many rows: the numbers of their texts by column, and last the slots that are
    /// filled. A layout's rows are either found so or one by one.
    pub(crate) fn find_all(
        &mut self,
        codes: &[Codes],
        rows: usize,
        found: &mut Vec<u32>,
        to: &mut RollUp,
    ) -> Result<(), LoadError> {
        self.combinations.number(codes, rows, found);
        if self.combinations.count() == self.known.len() {
            return Ok(());
        }
        for (row, number) in found.iter().enumerate() {
            if *number as usize == self.known.len() {
                let codes: Vec<u32> = codes.iter().map(|column| column.of(row)).collect();
                self.learn(&codes, to)?;
            }
        }
        match u32::try_from(self.known.len()) {
            Ok(_) => Ok(()),
            Err(_) => Err(LoadError::TooMany),
        }
    }

    /// Learns what the next shape is.
    fn learn(&mut self, codes: &[u32], to: &mut RollUp) -> Result<(), LoadError> {
        let known = match self.ask(codes, to) {
            Ok(known) => known,
            Err(RowError::Bad(fault)) => Known::Bad(fault),
            Err(RowError::Full(error)) => return Err(error),
        };
        self.known.push(known);
        Ok(())
    }

    /// Asks the plan what rows of these texts are.
    fn ask(&mut self, codes: &[u32], to: &mut RollUp) -> Result<Known, RowError> {
        let layout = &self.layout;
        let mut fields = vec![""; layout.names.len()];
        for ((column, texts), code) in layout.plan.texts().iter().zip(&self.texts).zip(codes) {
            let text = texts.get(*code);
            if text.len() > LONGEST_FIELD {
                return Err(RowError::Bad(Fault {
                    column: Some(*column),
                    reason: "it is longer than 1 MB".to_owned(),
                }));
            }
            fields[*column] = text;
        }
        let row = Row::new(&fields);
        let filled = codes.last().copied().unwrap_or(0);
        let mut shaped = layout.plan.shape(&row, filled, &mut self.scratch)?;
        let (tags, unreadable) = self.tagged.find(codes, layout, &row, to)?;
        shaped.line.tags = tags;
        shaped.marks.unreadable_tags = unreadable;
        let shape = to.shape(&shaped.line)?;
        let formula = Formula::of([
            Sum::of(shaped.billed),
            Sum::of(shaped.effective),
            Sum::of(shaped.list),
            Sum::of(shaped.contracted),
            Sum::of(shaped.quantity),
        ]);
        let formula = place_of(&mut self.formulas, formula)?;
        let watch = place_of(
            &mut self.watched,
            Watched {
                marks: shaped.marks,
                tally: Tally::default(),
            },
        )?;
        Ok(Known::Sound {
            shape,
            formula,
            watch,
        })
    }

    /// Adds line `number`, a row of a shape that was found here; `figure` answers what its columns
    /// have, and nothing where there is no such slot. What is wrong with its texts is
    /// said before what is wrong with its days.
    #[inline]
    pub(crate) fn add(
        &mut self,
        shape: u32,
        days: Result<DaysId, RowError>,
        figure: impl Fn(u8) -> Exact,
        number: u64,
        to: &mut RollUp,
    ) -> Result<(), RowError> {
        let (shape, formula, watch) = match &self.known[shape as usize] {
            Known::Sound {
                shape,
                formula,
                watch,
            } => (*shape, *formula, *watch),
            Known::Bad(fault) => return Err(RowError::Bad(fault.clone())),
        };
        let formula = &self.formulas[formula as usize];
        let figures = formula.of_row(&figure).map_err(LoadError::from)?;
        to.add_to(shape, days?, &figures, number)?;
        let Watched { marks, tally } = &mut self.watched[watch as usize];
        let amounts = [figures.billed, figures.effective, figures.list];
        tally.add(marks, number, amounts).map_err(LoadError::from)?;
        Ok(())
    }
}

/// The place of a thing in a short list; it is put there where it is not.
fn place_of<T: PartialEq>(list: &mut Vec<T>, thing: T) -> Result<u32, LoadError> {
    let at = list.iter().position(|known| *known == thing);
    let at = at.unwrap_or_else(|| {
        list.push(thing);
        list.len() - 1
    });
    u32::try_from(at).map_err(|_| LoadError::TooMany)
}
