//! Combinations of the texts of rows, numbered many rows at a time from columns of numbers.

use super::tuples::Tuples;

/// Rows that are put side by side in one step.
const STEP: usize = 64;

/// The numbers of the texts that some rows have in one column.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    /// One for each row; none where all have the same.
    pub(crate) each: Vec<u32>,
    pub(crate) same: Option<u32>,
}

impl Codes {
    /// The number of a row.
    pub(crate) fn of(&self, row: usize) -> u32 {
        self.same
            .unwrap_or_else(|| self.each.get(row).copied().unwrap_or_default())
    }
}

/// What a column was so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    Nothing,
    /// All rows have this one.
    Same(u32),
    /// It differs.
    Differs,
}

/// Different combinations, each kept once. Only columns that differ are compared: half of a bill's
/// columns say one thing all along.
#[derive(Debug)]
pub(crate) struct Combinations {
    seen: Vec<Seen>,
    /// The columns that differ, in the order in which they began to.
    differing: Vec<usize>,
    tuples: Tuples,
    rows: Vec<u32>,
}

impl Combinations {
    /// Combinations of so many columns.
    pub(crate) fn new(columns: usize) -> Self {
        Self {
            seen: vec![Seen::Nothing; columns],
            differing: Vec::new(),
            tuples: Tuples::new(0),
            rows: Vec::new(),
        }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.tuples.count()
    }

    /// Numbers the combinations of rows of these columns.
    pub(crate) fn number(&mut self, columns: &[Codes], rows: usize, numbers: &mut Vec<u32>) {
        numbers.clear();
        if rows == 0 {
            return;
        }
        self.look_at(columns);
        let width = self.differing.len();
        self.rows.resize(STEP * width, 0);
        for start in (0..rows).step_by(STEP) {
            let count = STEP.min(rows - start);
            for (place, column) in self.differing.iter().enumerate() {
                let codes = &columns[*column];
                let into = self.rows[place..].iter_mut().step_by(width);
                match codes.same {
                    Some(code) => into.take(count).for_each(|into| *into = code),
                    None => into
                        .zip(&codes.each[start..start + count])
                        .for_each(|(into, code)| *into = *code),
                }
            }
            if width == 0 {
                let (number, _) = self.tuples.number(&[]);
                numbers.extend(std::iter::repeat_n(number as u32, count));
                continue;
            }
            for row in self.rows.chunks_exact(width).take(count) {
                let (number, _) = self.tuples.number(row);
                numbers.push(number as u32);
            }
        }
    }

    /// Finds the columns that differ from now on.
    fn look_at(&mut self, columns: &[Codes]) {
        for (column, codes) in columns.iter().enumerate() {
            let first = codes.of(0);
            let same = match self.seen[column] {
                Seen::Differs => continue,
                Seen::Nothing => first,
                Seen::Same(known) => known,
            };
            let is_same = match codes.same {
                Some(code) => code == same,
                None => codes.each.iter().all(|code| *code == same),
            };
            if is_same {
                self.seen[column] = Seen::Same(same);
            } else {
                self.seen[column] = Seen::Differs;
                self.differing.push(column);
                self.tuples.widen(same);
            }
        }
    }
}
