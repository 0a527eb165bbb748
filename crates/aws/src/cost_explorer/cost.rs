use std::collections::BTreeMap;

use tallyport_ledger::{
    BillingPeriod, ChargeClass, Currency, Exact, Line, LoadError, Metric, RollUp, TagSet, TagSetId,
};

use super::ask::Cell;
use super::record_type::RecordType;
use crate::AwsError;

/// Sums by currency, to compare the parts with the control call.
#[derive(Debug, Default)]
pub(super) struct Totals {
    sums: BTreeMap<Currency, (Exact, Exact)>,
    cells: i128,
}

impl Totals {
    pub fn add(&mut self, cell: &Cell) -> Result<(), LoadError> {
        let (billed, effective) = self.sums.entry(cell.currency).or_default();
        *billed = billed.plus(cell.billed)?;
        *effective = effective.plus(cell.effective)?;
        self.cells += 1;
        Ok(())
    }

    /// Whether both add up to the same. Cost Explorer rounds each group it shows, so that a
    /// difference of up to a nano for each group is rounding.
    pub fn agree(&self, control: &Self) -> Result<(), AwsError> {
        let tolerance = Exact::from_nanos(self.cells + control.cells).map_err(LoadError::from)?;
        let currencies = self.sums.keys().chain(control.sums.keys());
        for currency in currencies {
            let ours = self.sums.get(currency).copied().unwrap_or_default();
            let theirs = control.sums.get(currency).copied().unwrap_or_default();
            for (metric, parts, control) in [
                (Metric::Billed, ours.0, theirs.0),
                (Metric::Effective, ours.1, theirs.1),
            ] {
                let difference = parts.plus(control.negated()).map_err(LoadError::from)?;
                if difference > tolerance || difference.negated() > tolerance {
                    let currency = *currency;
                    return Err(AwsError::NotReconciled {
                        metric,
                        currency,
                        parts,
                        control,
                    });
                }
            }
        }
        Ok(())
    }
}

/// Turns cells into lines of the roll-up.
pub(super) struct Writer<'a> {
    pub roll_up: RollUp,
    pub parts: Totals,
    pub billing_account: &'a str,
    pub accounts: &'a BTreeMap<String, String>,
    number: u64,
}

impl<'a> Writer<'a> {
    pub fn new(billing_account: &'a str, accounts: &'a BTreeMap<String, String>) -> Self {
        let (roll_up, parts) = (RollUp::new(), Totals::default());
        Self {
            roll_up,
            parts,
            billing_account,
            accounts,
            number: 0,
        }
    }

    /// A tag value as Cost Explorer groups it: `key$value`, `key$` where the tag is missing.
    pub fn tags(&mut self, grouped: &str) -> Result<TagSetId, LoadError> {
        match grouped.split_once('$') {
            Some((key, value)) if !value.is_empty() => self.roll_up.tags(grouped, |_| {
                Ok::<_, LoadError>(TagSet::from([(key.to_owned(), value.to_owned())]))
            }),
            _ => Ok(TagSetId::default()),
        }
    }

    pub fn write(
        &mut self,
        cell: &Cell,
        (account, service, description): (&str, &str, &str),
        record_type: &RecordType,
        tags: TagSetId,
    ) -> Result<(), AwsError> {
        self.parts.add(cell)?;
        self.number += 1;
        if cell.billed.is_zero() && cell.effective.is_zero() {
            return Ok(());
        }
        let period =
            BillingPeriod::of(cell.day).map_err(|error| AwsError::BadAnswer(error.to_string()))?;
        let name = |id: &str| self.accounts.get(id).map_or("", String::as_str);
        self.roll_up.add(&Line {
            period,
            billing_account: self.billing_account,
            billing_account_name: name(self.billing_account),
            sub_account: account,
            sub_account_name: name(account),
            provider: "AWS",
            service,
            service_category: "",
            region: "",
            sku: "",
            description,
            resource: "",
            resource_name: "",
            tags,
            category: record_type.category,
            class: ChargeClass::Regular,
            day: cell.day,
            last_day: None,
            currency: cell.currency,
            billed: cell.billed,
            effective: cell.effective,
            // Cost Explorer knows no list prices, and its quantities mix units.
            list: Exact::ZERO,
            contracted: Exact::ZERO,
            quantity: Exact::ZERO,
            unit: "",
            number: self.number,
            invoice: "",
            invoiced: !cell.estimated,
            estimated: cell.estimated,
        })?;
        Ok(())
    }
}
