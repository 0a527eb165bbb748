//! Rows of a file become ledger lines by the plan of its columns.

use tallyport_ledger::{Exact, ExactError, Line, LoadError, RollUp};

use crate::Note;
use crate::fields::RowError;
use crate::plan::Plan;
use crate::records::Record;
use crate::shape::{Scratch, Shaped, Terms, bit};
use crate::watch::{Marks, Tally};

/// Reads rows by a plan.
pub(crate) struct Rows {
    plan: Plan,
    watched: Vec<(Marks, Tally)>,
    scratch: Scratch,
    tag_text: String,
}

impl Rows {
    pub(crate) fn new(plan: Plan) -> Self {
        Self {
            plan,
            watched: Vec::new(),
            scratch: Scratch::default(),
            tag_text: String::new(),
        }
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, row: &Record<'_>, to: &mut RollUp) -> Result<(), RowError> {
        let plan = &self.plan;
        let mut filled = 0;
        let mut figures = Vec::with_capacity(plan.figures().len());
        for (slot, at) in plan.figures().iter().enumerate() {
            let is_quantity = plan
                .quantity
                .iter()
                .any(|(known, _)| usize::from(*known) == slot);
            let figure = if is_quantity {
                row.quantity(Some(*at))?
            } else {
                row.amount(*at)?
            };
            if figure.is_some() {
                filled |= u8::try_from(slot).map_or(0, bit);
            }
            figures.push(figure.unwrap_or_default());
        }
        let shaped = plan.shape(row, filled, &mut self.scratch)?;
        let (day, last_day) = row.days(plan.from(), plan.to())?;
        plan.check_day(day)?;
        let Shaped { line, marks, .. } = &shaped;
        self.tag_text.clear();
        for (key, value) in &shaped.tag_set {
            for part in [key, "\u{1f}", value, "\u{1e}"] {
                self.tag_text.push_str(part);
            }
        }
        let tags = to.tags(&self.tag_text, |_| {
            Ok::<_, LoadError>(shaped.tag_set.clone())
        })?;
        let sum = |terms: &Terms| sum(terms, &figures).map_err(LoadError::from);
        let line = Line {
            tags,
            day,
            last_day,
            billed: sum(&shaped.billed)?,
            effective: sum(&shaped.effective)?,
            list: sum(&shaped.list)?,
            contracted: sum(&shaped.contracted)?,
            quantity: sum(&shaped.quantity)?,
            number: row.line,
            ..*line
        };
        to.add(&line)?;
        let known = self.watched.iter().position(|(known, _)| known == marks);
        let at = known.unwrap_or_else(|| {
            self.watched.push((marks.clone(), Tally::default()));
            self.watched.len() - 1
        });
        let (marks, tally) = &mut self.watched[at];
        tally
            .add(marks, row.line, [line.billed, line.effective, line.list])
            .map_err(LoadError::from)?;
        Ok(())
    }

    /// What was noticed on the way.
    pub(crate) fn notes(self) -> Vec<Note> {
        self.plan.notes(&self.watched)
    }
}

fn sum(terms: &Terms, figures: &[Exact]) -> Result<Exact, ExactError> {
    terms.iter().try_fold(Exact::ZERO, |sum, (slot, minus)| {
        let figure = figures.get(usize::from(*slot)).copied().unwrap_or_default();
        sum.plus(if *minus { figure.negated() } else { figure })
    })
}
