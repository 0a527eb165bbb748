//! Rows that cannot be taken.

use std::sync::Arc;

use crate::BadRow;
use crate::fields::Fault;

/// Bad rows that are remembered one by one.
const MOST_BAD_ROWS: usize = 1_000;

/// A bad row and where it stands.
struct Bad {
    /// Its line, the file's number above it.
    number: u64,
    column: Option<Arc<str>>,
    reason: String,
    place: Option<String>,
}

/// The first of the bad rows, and how many there are.
#[derive(Default)]
pub(crate) struct BadRows {
    rows: Vec<Bad>,
    pub(crate) count: u64,
}

impl BadRows {
    /// Notes a bad row; `place` tells where it stands, besides its line.
    pub(crate) fn note(
        &mut self,
        number: u64,
        names: &[Arc<str>],
        fault: Fault,
        place: Option<String>,
    ) {
        self.count += 1;
        self.rows.push(Bad {
            number,
            column: fault.column.and_then(|at| names.get(at)).cloned(),
            reason: fault.reason,
            place,
        });
        if self.rows.len() >= MOST_BAD_ROWS * 4 {
            self.keep_first();
        }
    }

    /// Takes in those of another.
    pub(crate) fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.rows.extend(other.rows);
        self.keep_first();
    }

    fn keep_first(&mut self) {
        self.rows.sort_by_key(|row| row.number);
        self.rows.truncate(MOST_BAD_ROWS);
    }

    /// The first of them, in their order.
    pub(crate) fn into_rows(mut self, line: impl Fn(u64) -> (u64, Option<String>)) -> Vec<BadRow> {
        self.keep_first();
        self.rows
            .into_iter()
            .map(|row| {
                let (line, file) = line(row.number);
                let place: Vec<String> = row.place.into_iter().chain(file).collect();
                let reason = if place.is_empty() {
                    row.reason
                } else {
                    format!("{} ({})", row.reason, place.join(" of "))
                };
                BadRow {
                    line,
                    column: row.column.map(|name| name.to_string()),
                    reason,
                }
            })
            .collect()
    }
}
