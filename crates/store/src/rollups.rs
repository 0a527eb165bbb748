//! The kept roll-ups that screens ask: what is known now, by stream. They change by what changes.

mod axes;
mod conserved;
mod daily;
pub(crate) mod days;
mod owners;
mod usage;

use std::collections::HashMap;
use std::ops::AddAssign;

use foldhash::fast::RandomState;
use tallyport_ledger::{ChargeCategory, Currency};

use crate::bulk::{Bulk, Cell};
use crate::item::Item;
use crate::number::parted;
use crate::ownership::{Stretch, owner_on};
use crate::{StoreError, Writes};

pub(crate) use axes::Axis;
use daily::Daily;
pub(crate) use owners::owners_know;
use usage::Usage;
pub(crate) use usage::{COMMITMENTS, Commitments};

/// What the roll-ups by day tell apart, without the day. Numbers are 0 where a charge has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Group {
    owner: i64,
    service: i64,
    sub_account: i64,
    region: i64,
    category: ChargeCategory,
    currency: Currency,
}

/// How many charges and how much, in nano-units; negative where charges go away.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    charges: i64,
    billed: i128,
    effective: i128,
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Self) {
        self.charges += other.charges;
        self.billed += other.billed;
        self.effective += other.effective;
    }
}

impl Sum {
    fn is_nothing(&self) -> bool {
        self.charges == 0 && self.billed == 0 && self.effective == 0
    }

    /// Its five columns.
    fn values(&self) -> Result<[Cell; 5], StoreError> {
        let (billed, effective) = (parted(self.billed)?, parted(self.effective)?);
        Ok([self.charges, billed.0, billed.1, effective.0, effective.1].map(Cell::Integer))
    }
}

/// Where a charge of an item and an owner is summed, apart from its day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    group: u32,
    resource: u32,
    tag: u32,
    usage: Option<u32>,
}

/// Changes to the roll-ups of one stream.
#[derive(Debug, Default)]
pub(crate) struct RollUps {
    groups: Daily<Group, Sum>,
    resources: Vec<((u32, i64, i64), Sum)>,
    resource_numbers: HashMap<(u32, i64, i64), u32, RandomState>,
    tags: Daily<(i64, Currency), Sum>,
    commitments: Commitments,
    usage: Usage,
}

/// An item on its way through its days: knows where its charges are summed.
pub(crate) struct Followed<'a> {
    item: Item,
    stretches: &'a [Stretch],
    last: Option<(i64, Spot)>,
}

impl<'a> Followed<'a> {
    pub fn new(item: Item, stretches: &'a [Stretch]) -> Self {
        Self {
            item,
            stretches,
            last: None,
        }
    }

    /// Where a charge of `day` is summed.
    pub fn spot(&mut self, roll_ups: &mut RollUps, day: i64) -> Spot {
        let owner = owner_on(self.stretches, day);
        match self.last {
            Some((known, spot)) if known == owner => spot,
            _ => {
                let spot = roll_ups.spot(&self.item, owner);
                self.last = Some((owner, spot));
                spot
            }
        }
    }
}

impl RollUps {
    /// No changes yet. Without `commitments`, what charges are of must not change.
    pub fn new(commitments: Commitments) -> Self {
        Self {
            commitments,
            ..Self::default()
        }
    }

    /// Where a charge of `item` is summed while `owner` has it.
    pub fn spot(&mut self, item: &Item, owner: i64) -> Spot {
        let group = self.groups.number(Group {
            owner,
            service: item.service,
            sub_account: item.sub_account,
            region: item.region,
            category: item.category,
            currency: item.currency,
        });
        let resource = (group, item.resource, item.tag_set);
        let resources = &mut self.resources;
        let resource = *self.resource_numbers.entry(resource).or_insert_with(|| {
            resources.push((resource, Sum::default()));
            u32::try_from(resources.len() - 1).unwrap_or(u32::MAX)
        });
        Spot {
            group,
            resource,
            tag: self.tags.number((item.tag_set, item.currency)),
            usage: self.usage.row(item, &self.commitments),
        }
    }

    /// Notes that `charges` (1 or −1) come or go there on `day`.
    pub fn note(&mut self, at: Spot, day: i64, charges: i64, billed: i64, effective: i64) {
        let sign = i128::from(charges);
        let sum = Sum {
            charges,
            billed: sign * i128::from(billed),
            effective: sign * i128::from(effective),
        };
        let day = u32::try_from(day).unwrap_or(u32::MAX);
        self.groups.add(at.group, day, sum);
        self.tags.add(at.tag, day, sum);
        if let Some((_, there)) = self.resources.get_mut(at.resource as usize) {
            *there += sum;
        }
        if let Some(row) = at.usage {
            self.usage.add(row, day, sum.effective);
        }
    }

    /// Notes usage alone.
    pub fn note_usage(&mut self, item: &Item, day: i64, effective: i64) {
        if let Some(row) = self.usage.row(item, &self.commitments) {
            let day = u32::try_from(day).unwrap_or(u32::MAX);
            self.usage.add(row, day, i128::from(effective));
        }
    }
}

/// What follows the rows where there may be such a row already.
const ADDED: &str = "ON CONFLICT DO UPDATE SET charges = charges + excluded.charges,
    billed_units = billed_units + excluded.billed_units, billed_rest = billed_rest + excluded.billed_rest,
    effective_units = effective_units + excluded.effective_units,
    effective_rest = effective_rest + excluded.effective_rest";

impl Writes<'_> {
    /// Adds changes to the kept roll-ups of `stream`; rows that stand for no charge any more go. `fresh`
    /// says that it has no rows yet.
    pub(crate) fn roll_up(
        &mut self,
        stream: i64,
        changes: &RollUps,
        fresh: bool,
    ) -> Result<(), StoreError> {
        self.note_due(stream)?;
        let tail = if fresh { "" } else { ADDED };
        self.roll_up_days(stream, changes, tail)?;
        self.roll_up_resources(stream, changes, tail)?;
        self.roll_up_owners(stream, changes, fresh)?;
        self.roll_up_usage(stream, changes, fresh)?;
        if fresh {
            return Ok(());
        }
        // A row without charges that still holds an amount stays: the check must find it.
        for sql in [
            "DELETE FROM spend WHERE stream = ?1 AND charges = 0
             AND billed_units * 1000000000 + billed_rest = 0
             AND effective_units * 1000000000 + effective_rest = 0",
            "DELETE FROM resource_spend WHERE stream = ?1 AND charges = 0
             AND billed_units * 1000000000 + billed_rest = 0
             AND effective_units * 1000000000 + effective_rest = 0",
            "DELETE FROM axis_spend WHERE stream = ?1 AND charges = 0
             AND billed_units * 1000000000 + billed_rest = 0
             AND effective_units * 1000000000 + effective_rest = 0",
        ] {
            self.connection.prepare_cached(sql)?.execute([stream])?;
        }
        Ok(())
    }

    fn roll_up_days(
        &mut self,
        stream: i64,
        changes: &RollUps,
        tail: &'static str,
    ) -> Result<(), StoreError> {
        // In the order of the tables' keys, so that pages are written once.
        self.roll_up_axes(stream, changes, tail)?;
        let mut by_day = Bulk::new(
            self.connection,
            "INSERT OR FAIL INTO spend (stream, day, owner_id, service_id, sub_account_id, region_id, category, currency,
                                charges, billed_units, billed_rest, effective_units, effective_rest) VALUES",
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            tail,
        );
        changes.groups.by_day(|day, group, sum| {
            if sum.is_nothing() {
                return Ok(());
            }
            let [a, b, c, d, e] = sum.values()?;
            by_day.row([
                stream.into(),
                day.into(),
                group.owner.into(),
                group.service.into(),
                group.sub_account.into(),
                group.region.into(),
                group.category.number().into(),
                group.currency.into(),
                a,
                b,
                c,
                d,
                e,
            ])
        })?;
        by_day.finish()
    }

    fn roll_up_resources(
        &mut self,
        stream: i64,
        changes: &RollUps,
        tail: &'static str,
    ) -> Result<(), StoreError> {
        let mut resources: Vec<_> = changes.resources.iter().collect();
        resources.sort_unstable_by_key(|((group, resource, tag_set), _)| {
            let group = changes.groups.key(*group);
            (group.owner, group.service, *resource, *tag_set, group)
        });
        let mut by_resource = Bulk::new(
            self.connection,
            "INSERT OR FAIL INTO resource_spend (stream, owner_id, service_id, resource_id, tag_set_id, sub_account_id,
                                         region_id, category, currency, charges, billed_units, billed_rest,
                                         effective_units, effective_rest) VALUES",
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            tail,
        );
        for ((group, resource, tag_set), sum) in resources {
            if sum.is_nothing() {
                continue;
            }
            let group = changes.groups.key(*group);
            let [a, b, c, d, e] = sum.values()?;
            by_resource.row([
                stream.into(),
                group.owner.into(),
                group.service.into(),
                (*resource).into(),
                (*tag_set).into(),
                group.sub_account.into(),
                group.region.into(),
                group.category.number().into(),
                group.currency.into(),
                a,
                b,
                c,
                d,
                e,
            ])?;
        }
        by_resource.finish()
    }

    /// Lets go of the roll-ups of a stream of which nothing is known any more.
    pub(crate) fn forget_roll_ups(&mut self, stream: i64) -> Result<(), StoreError> {
        for sql in [
            "DELETE FROM spend WHERE stream = ?1",
            "DELETE FROM resource_spend WHERE stream = ?1",
            "DELETE FROM owner_month WHERE stream = ?1",
            "DELETE FROM axis_spend WHERE stream = ?1",
            "DELETE FROM usage_month WHERE stream = ?1",
        ] {
            self.connection.prepare_cached(sql)?.execute([stream])?;
        }
        Ok(())
    }
}
