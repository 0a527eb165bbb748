use std::collections::BTreeMap;

use tallyport_ledger::{Currency, Money, MoneyError};

use super::{Cell, Column};

/// The exact sums of the columns that add up, one a currency.
#[derive(Debug, Default)]
pub(super) struct Totals {
    columns: Vec<usize>,
    sums: BTreeMap<Currency, Vec<Money>>,
}

impl Totals {
    pub(super) fn of(columns: &[Column]) -> Self {
        Self {
            columns: columns
                .iter()
                .enumerate()
                .filter_map(|(at, column)| column.adds_up.then_some(at))
                .collect(),
            sums: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, row: &[Cell<'_>]) -> Result<(), MoneyError> {
        for (place, column) in self.columns.iter().enumerate() {
            if let Some(Cell::Money(money)) = row.get(*column) {
                let sums = self
                    .sums
                    .entry(money.currency())
                    .or_insert_with(|| vec![Money::zero(money.currency()); self.columns.len()]);
                sums[place] = sums[place].plus(*money)?;
            }
        }
        Ok(())
    }

    /// By currency: which column, and its sum.
    pub(super) fn each(&self) -> impl Iterator<Item = (Currency, Vec<(usize, Money)>)> {
        self.sums.iter().map(|(currency, sums)| {
            let sums = self.columns.iter().copied().zip(sums.iter().copied());
            (*currency, sums.collect())
        })
    }
}
