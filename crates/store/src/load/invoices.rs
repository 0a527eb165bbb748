//! The provider's invoices that the charges of a period stand on.

use std::collections::HashMap;

use tallyport_ledger::{Dimensions, PeriodLoad};

use crate::dimensions::Interned;

/// The invoices of a period. Nearly all charges of a month stand on one, whose number comes when the
/// month is over: the version keeps that one, so that no charge is written anew for it.
#[derive(Debug, Default)]
pub(super) struct Invoices {
    most: Option<u32>,
    /// The numbers under which the texts of the load are stored.
    numbers: Vec<i64>,
}

impl Invoices {
    pub fn of(period: &PeriodLoad, texts: &Dimensions, numbers: &Interned) -> Self {
        let mut counts: HashMap<Option<u32>, u64> = HashMap::new();
        for charge in &period.charges {
            *counts.entry(charge.invoice).or_default() += 1;
        }
        let text = |at: Option<u32>| at.map(|at| texts.invoices[at as usize].as_str());
        let most = counts
            .into_iter()
            .max_by(|(a, some), (b, others)| some.cmp(others).then(text(*b).cmp(&text(*a))))
            .and_then(|(invoice, _)| invoice);
        Self {
            most,
            numbers: numbers.invoices.clone(),
        }
    }

    /// The one that most charges stand on.
    pub fn most(&self) -> Option<i64> {
        self.most.map(|at| self.numbers[at as usize])
    }

    /// What is kept with a charge: nothing where it stands on the same one as most, 0 where on none.
    pub fn kept(&self, invoice: Option<u32>) -> Option<i64> {
        if invoice == self.most {
            return None;
        }
        Some(invoice.map_or(0, |at| self.numbers[at as usize]))
    }
}
