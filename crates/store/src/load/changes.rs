//! What a load changes: the live charges of a stream beside those that come.

use std::ops::Range;
use std::sync::Arc;

use rusqlite::Row;
use tallyport_ledger::PeriodLoad;

use super::rows::{Content, Rows, is_stored};
use crate::item::Item;
use crate::ownership::Stretch;
use crate::rollups::{Commitments, Followed, RollUps};
use crate::{StoreError, Writes};

/// What a load changes in one stream.
pub(super) struct Changes {
    /// Live charges that are so no longer.
    pub closed: Vec<i64>,
    /// Places in [`Rows::charges`] of charges that are new or different, in order, each with the place of
    /// its item.
    pub added: Vec<(u32, u32)>,
    /// What that does to the roll-ups.
    pub roll_ups: RollUps,
}

impl Changes {
    /// Everything comes, to where nothing is. What that does to the roll-ups is found apart, by
    /// [`roll_ups_of`].
    pub fn all_of(rows: &Rows) -> Self {
        Self {
            closed: Vec::new(),
            added: added(0..rows.items.len(), rows).collect(),
            roll_ups: RollUps::default(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.closed.is_empty() && self.added.is_empty()
    }
}

/// The roll-ups of all charges that come.
pub(super) fn roll_ups_of(rows: &Rows, period: &PeriodLoad, commitments: &Commitments) -> RollUps {
    let mut roll_ups = RollUps::new(Arc::clone(commitments));
    note(0..rows.items.len(), rows, period, &mut roll_ups);
    roll_ups
}

/// A live charge.
struct Live {
    id: i64,
    content: Content,
    quantity: rusqlite::types::Value,
}

/// One item on both sides.
struct Side<'a> {
    item: Item,
    stretches: &'a [Stretch],
    place: u32,
    coming: &'a [u32],
}

impl Writes<'_> {
    /// Compares the live charges of `stream` with `rows`.
    pub(super) fn changes(
        &self,
        stream: i64,
        rows: &Rows,
        period: &PeriodLoad,
        commitments: &Commitments,
    ) -> Result<Changes, StoreError> {
        let mut changes = Changes {
            closed: Vec::new(),
            added: Vec::new(),
            roll_ups: RollUps::new(Arc::clone(commitments)),
        };
        let mut next = 0;
        let mut statement = self.connection.prepare_cached(
            "SELECT item_id, id, day, first_day, last_day, billed, effective, list, contracted, quantity,
                    invoice_id
             FROM charge
             WHERE stream = ?1 AND until_version IS NULL ORDER BY item_id",
        )?;
        let mut found = statement.query([stream])?;
        let mut of: Option<i64> = None;
        let mut live: Vec<Live> = Vec::new();
        loop {
            let row = found.next()?;
            let item: Option<i64> = row.map(|row| row.get(0)).transpose()?;
            if item != of {
                if let Some(item) = of {
                    self.compare(item, &mut live, &mut next, rows, period, &mut changes)?;
                }
                live.clear();
                of = item;
            }
            let Some(row) = row else { break };
            live.push(live_at(row)?);
        }
        comes(next..rows.items.len(), rows, period, &mut changes);
        Ok(changes)
    }

    /// Compares one item that is there with the same one that comes, if it does; those before it come anew.
    fn compare(
        &self,
        item: i64,
        live: &mut [Live],
        next: &mut usize,
        rows: &Rows,
        period: &PeriodLoad,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let begin = *next;
        while rows.items.get(*next).is_some_and(|coming| coming.id < item) {
            *next += 1;
        }
        comes(begin..*next, rows, period, changes);
        live.sort_unstable_by_key(|charge| charge.content.when());
        match rows.items.get(*next) {
            Some(coming) if coming.id == item => {
                let side = Side {
                    item: coming.item,
                    stretches: &coming.stretches,
                    place: place(*next),
                    coming: &rows.charges[coming.charges.clone()],
                };
                *next += 1;
                paired(&side, live, rows, coming.charges.start, period, changes);
            }
            _ => {
                let stretches: Arc<[Stretch]> = self.stretches_of(item)?.into();
                let mut followed = Followed::new(self.item(item)?, &stretches);
                for charge in live.iter() {
                    goes(&mut followed, charge, changes);
                }
            }
        }
        Ok(())
    }
}

/// Items come anew, with all their charges.
fn comes(items: Range<usize>, rows: &Rows, period: &PeriodLoad, changes: &mut Changes) {
    changes.added.extend(added(items.clone(), rows));
    note(items, rows, period, &mut changes.roll_ups);
}

/// The charges of items, each with the place of its item.
fn added(items: Range<usize>, rows: &Rows) -> impl Iterator<Item = (u32, u32)> {
    items.flat_map(|at| {
        let charges = rows.items[at].charges.clone();
        charges.map(move |charge| (place(charge), place(at)))
    })
}

/// Notes the charges of items in roll-ups.
fn note(items: Range<usize>, rows: &Rows, period: &PeriodLoad, roll_ups: &mut RollUps) {
    for coming in &rows.items[items] {
        let mut followed = Followed::new(coming.item, &coming.stretches);
        for charge in coming.charges.clone() {
            let content = content(rows, charge, period);
            let spot = followed.spot(roll_ups, content.day);
            roll_ups.note(spot, content.day, 1, content.billed, content.effective);
        }
    }
}

/// Pairs the charges of one item by day: equal ones stay, others go and come.
fn paired(
    side: &Side<'_>,
    live: &[Live],
    rows: &Rows,
    start: usize,
    period: &PeriodLoad,
    changes: &mut Changes,
) {
    let mut followed = Followed::new(side.item, side.stretches);
    let mut stays = vec![false; live.len()];
    for (offset, at) in side.coming.iter().enumerate() {
        let charge = &period.charges[*at as usize];
        let content = content(rows, start + offset, period);
        let first = live.partition_point(|old| old.content.when() < content.when());
        let same = (first..live.len())
            .take_while(|old| live[*old].content.when() == content.when())
            .find(|old| {
                !stays[*old]
                    && live[*old].content == content
                    && is_stored((&live[*old].quantity).into(), charge.quantity)
            });
        match same {
            Some(old) => stays[old] = true,
            None => arrives(
                &mut followed,
                place(start + offset),
                side.place,
                &content,
                changes,
            ),
        }
    }
    for (old, _) in live.iter().zip(&stays).filter(|(_, stays)| !**stays) {
        goes(&mut followed, old, changes);
    }
}

fn content(rows: &Rows, at: usize, period: &PeriodLoad) -> Content {
    let charge = &period.charges[rows.charges[at] as usize];
    Content::of(charge, period.period, &rows.invoices)
}

fn arrives(
    followed: &mut Followed<'_>,
    charge: u32,
    item: u32,
    content: &Content,
    changes: &mut Changes,
) {
    let spot = followed.spot(&mut changes.roll_ups, content.day);
    let (billed, effective) = (content.billed, content.effective);
    changes
        .roll_ups
        .note(spot, content.day, 1, billed, effective);
    changes.added.push((charge, item));
}

fn goes(followed: &mut Followed<'_>, charge: &Live, changes: &mut Changes) {
    let content = &charge.content;
    let spot = followed.spot(&mut changes.roll_ups, content.day);
    let (billed, effective) = (content.billed, content.effective);
    changes
        .roll_ups
        .note(spot, content.day, -1, billed, effective);
    changes.closed.push(charge.id);
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn live_at(row: &Row<'_>) -> Result<Live, StoreError> {
    Ok(Live {
        id: row.get(1)?,
        content: Content {
            day: row.get(2)?,
            first_day: row.get(3)?,
            last_day: row.get(4)?,
            billed: row.get(5)?,
            effective: row.get(6)?,
            list: row.get(7)?,
            contracted: row.get(8)?,
            invoice: row.get(10)?,
        },
        quantity: row.get(9)?,
    })
}
