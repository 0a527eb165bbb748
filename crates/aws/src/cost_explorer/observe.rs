use std::collections::BTreeMap;
use std::ops::ControlFlow;

use aws_config::SdkConfig;
use tallyport_ledger::{Currency, DayRange, DifferenceClass, Exact, LoadError, Money, MonthDetail};

use super::ask::{Cell, Conversation, by_dimension};
use super::fetch::Step;
use super::plan::price;
use super::record_type::told_apart_as;
use crate::AwsError;

/// What Cost Explorer says some days cost.
#[derive(Debug, Clone)]
pub struct Observed {
    /// One a currency.
    pub totals: Vec<ObservedCost>,
    /// Paid requests, every page counted.
    pub requests: u32,
    /// Their price.
    pub price: Money,
}

/// What they cost in one currency, unblended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservedCost {
    /// All of it.
    pub total: Money,
    /// Whether it may still change.
    pub estimated: bool,
    /// What of it is tax, support, credit or refund.
    pub told_apart: BTreeMap<DifferenceClass, Money>,
    /// By account and day, and by record type.
    pub detail: MonthDetail,
}

/// A total on its way.
#[derive(Default)]
struct Building {
    total: Exact,
    estimated: bool,
    told_apart: BTreeMap<DifferenceClass, Exact>,
    cells: BTreeMap<(String, jiff::civil::Date), Exact>,
    record_types: BTreeMap<String, Exact>,
}

/// Asks what `days` cost, by account, day and record type: one call, as many paid requests as it
/// has pages. `announced` is how many the progress begins with.
///
/// # Errors
/// [`AwsError`]; [`AwsError::Cancelled`] when `on_step` breaks off.
pub async fn observe(
    config: &SdkConfig,
    billing_account: &str,
    days: DayRange,
    announced: u32,
    on_step: &mut (dyn FnMut(Step) -> ControlFlow<()> + Send),
) -> Result<Observed, AwsError> {
    let mut conversation = Conversation::new(config, billing_account, days, announced, on_step);
    let groupings = [by_dimension("LINKED_ACCOUNT"), by_dimension("RECORD_TYPE")];
    let cells = conversation
        .cost("Reading the control total", None, groupings)
        .await?;
    let requests = conversation.requests;
    let mut currencies: BTreeMap<Currency, Building> = BTreeMap::new();
    for cell in cells {
        let building = currencies.entry(cell.currency).or_default();
        building.add(cell)?;
    }
    Ok(Observed {
        totals: currencies
            .into_iter()
            .map(|(currency, building)| building.finish(currency))
            .collect(),
        requests,
        price: price(requests),
    })
}

impl Building {
    fn add(&mut self, cell: Cell) -> Result<(), LoadError> {
        let Cell {
            day,
            estimated,
            keys: [account, record_type],
            billed,
            ..
        } = cell;
        self.total = self.total.plus(billed)?;
        self.estimated |= estimated;
        if let Some(class) = told_apart_as(&record_type) {
            let sum = self.told_apart.entry(class).or_default();
            *sum = sum.plus(billed)?;
        }
        let sum = self.cells.entry((account, day)).or_default();
        *sum = sum.plus(billed)?;
        let sum = self.record_types.entry(record_type).or_default();
        *sum = sum.plus(billed)?;
        Ok(())
    }

    fn finish(self, currency: Currency) -> ObservedCost {
        let money = |exact: Exact| Money::from_nanos(exact.rounded_to_nanos(), currency);
        let of = |class| self.told_apart.get(&class).copied().unwrap_or_default();
        let told_apart = DifferenceClass::TOLD_APART
            .into_iter()
            .map(|class| (class, money(of(class))));
        let told_apart = told_apart.collect();
        let cells = self.cells.into_iter();
        ObservedCost {
            total: money(self.total),
            estimated: self.estimated,
            told_apart,
            detail: MonthDetail {
                cells: cells
                    .map(|(key, exact)| (key, exact.rounded_to_nanos()))
                    .filter(|(_, nanos)| *nanos != 0)
                    .collect(),
                record_types: self
                    .record_types
                    .into_iter()
                    .map(|(name, exact)| (name, exact.rounded_to_nanos()))
                    .collect(),
            },
        }
    }
}
