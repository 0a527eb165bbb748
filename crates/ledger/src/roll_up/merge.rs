//! Two roll-ups of different lines become one.

use super::key::{Key, Names, ShapeKey, number};
use super::{Renumbered, RollUp, of_place, place};
use crate::texts::NO_TEXT;
use crate::{LoadError, Texts};

impl RollUp {
    /// Takes in what another rolled up of other lines of the same source; says which numbers the
    /// other's charges have here.
    ///
    /// # Errors
    /// Amounts that do not fit.
    pub fn merge(&mut self, other: Self) -> Result<Renumbered, LoadError> {
        let keys = self.take_keys(&other)?;
        let names = take_texts(&mut self.texts.names, &other.texts.names)?;
        for shape in &other.shapes {
            let number = self.shape_number(ShapeKey {
                key: keys[shape.key as usize],
                names: Names {
                    billing_account: names[shape.names.billing_account as usize],
                    sub_account: names[shape.names.sub_account as usize],
                    resource: names[shape.names.resource as usize],
                },
                invoiced: shape.invoiced,
                estimated: shape.estimated,
            })?;
            let mine = &mut self.shapes[number.0 as usize];
            mine.lines += shape.lines;
            mine.first_line = mine.first_line.min(shape.first_line);
        }
        let mut days = Vec::with_capacity(other.days.len());
        for (day, last_day) in &other.days {
            days.push(self.days(*day, *last_day)?);
        }
        for (at, sums) in other.charges.iter() {
            let (key, span) = of_place(at);
            let at = place(keys[key as usize], days[span as usize]);
            self.charges.take_in(at, sums)?;
        }
        Ok(Renumbered { keys, days })
    }

    /// The numbers that another's keys have here.
    fn take_keys(&mut self, other: &Self) -> Result<Vec<u32>, LoadError> {
        let (mine, theirs) = (&mut self.texts, &other.texts);
        let accounts = take_texts(&mut mine.billing_accounts, &theirs.billing_accounts)?;
        let mut groups = Vec::with_capacity(theirs.groups.len());
        for (account, period) in &theirs.groups {
            groups.push(mine.group_number((accounts[*account as usize], *period))?);
        }
        let sub_accounts = take_texts(&mut mine.sub_accounts, &theirs.sub_accounts)?;
        let services = take_texts(&mut mine.services, &theirs.services)?;
        let regions = take_texts(&mut mine.regions, &theirs.regions)?;
        let skus = take_texts(&mut mine.skus, &theirs.skus)?;
        let resources = take_texts(&mut mine.resources, &theirs.resources)?;
        let tag_sets = take_texts(&mut mine.tag_sets, &theirs.tag_sets)?;
        let units = take_texts(&mut mine.units, &theirs.units)?;
        let invoices = take_texts(&mut mine.invoices, &theirs.invoices)?;
        let here = |numbers: &[u32], number: u32| {
            if number == NO_TEXT {
                NO_TEXT
            } else {
                numbers[number as usize]
            }
        };
        let mut keys = Vec::with_capacity(other.keys.len());
        for key in &other.keys {
            keys.push(self.key_number(Key {
                group: groups[key.group as usize],
                sub_account: here(&sub_accounts, key.sub_account),
                service: services[key.service as usize],
                region: here(&regions, key.region),
                sku: skus[key.sku as usize],
                resource: here(&resources, key.resource),
                tags: tag_sets[key.tags as usize],
                unit: units[key.unit as usize],
                invoice: here(&invoices, key.invoice),
                ..*key
            })?);
        }
        Ok(keys)
    }
}

/// The numbers that another's texts have here.
fn take_texts(mine: &mut Texts, theirs: &Texts) -> Result<Vec<u32>, LoadError> {
    let count = u32::try_from(theirs.len()).map_err(|_| LoadError::TooMany)?;
    (0..count).map(|at| number(mine, theirs.get(at))).collect()
}
