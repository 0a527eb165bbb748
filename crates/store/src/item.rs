//! Items: charges without their days and amounts.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use rusqlite::{OptionalExtension, Row};
use tallyport_ledger::{ChargeCategory, ChargeClass, Currency};

use crate::bulk::Bulk;
use crate::number::currency_of;
use crate::{Reads, StoreError, Writes};

/// What is charged, in numbers; 0 where it has no such thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Item {
    pub resource: i64,
    pub service: i64,
    pub sku: i64,
    pub tag_set: i64,
    pub sub_account: i64,
    pub region: i64,
    pub unit: i64,
    pub category: ChargeCategory,
    pub class: ChargeClass,
    pub currency: Currency,
}

/// The columns of [`item_at`], of an item `i`.
pub(crate) const ITEM: &str =
    "i.id, i.resource_id, i.service_id, i.sku_id, i.tag_set_id, i.sub_account_id,
    i.region_id, i.unit_id, i.category, i.class, i.currency";

/// An item and its number from the columns [`ITEM`].
pub(crate) fn item_at(row: &Row<'_>) -> Result<(i64, Item), StoreError> {
    let currency = row.get_ref(10)?.as_str().map_err(rusqlite::Error::from)?;
    let item = Item {
        resource: row.get(1)?,
        service: row.get(2)?,
        sku: row.get(3)?,
        tag_set: row.get(4)?,
        sub_account: row.get(5)?,
        region: row.get(6)?,
        unit: row.get(7)?,
        category: ChargeCategory::from_number(row.get(8)?)
            .ok_or_else(|| StoreError::unreadable("a charge category"))?,
        class: ChargeClass::from_number(row.get(9)?)
            .ok_or_else(|| StoreError::unreadable("a charge class"))?,
        currency: currency_of(currency)?,
    };
    Ok((row.get(0)?, item))
}

impl Reads<'_> {
    /// The item numbered `id`.
    pub(crate) fn item(&self, id: i64) -> Result<Item, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT i.id, i.resource_id, i.service_id, i.sku_id, i.tag_set_id, i.sub_account_id,
                    i.region_id, i.unit_id, i.category, i.class, i.currency
             FROM item i WHERE i.id = ?1",
        )?;
        let mut rows = statement.query([id])?;
        let row = rows
            .next()?
            .ok_or_else(|| StoreError::unreadable("an item"))?;
        Ok(item_at(row)?.1)
    }
}

/// The numbers of items, looked up once each.
pub(crate) struct Items {
    known: HashMap<Item, i64, RandomState>,
    /// The last number that is taken.
    last: i64,
    /// Nothing was there before: what is not known is new.
    all_new: bool,
    /// New ones that are not in the file yet.
    pending: Vec<(i64, Item)>,
}

impl Items {
    pub fn new(reads: &Reads<'_>) -> Result<Self, StoreError> {
        let last: Option<i64> =
            reads
                .connection
                .query_row("SELECT max(id) FROM item", [], |row| row.get(0))?;
        Ok(Self {
            known: HashMap::default(),
            last: last.unwrap_or(0),
            all_new: last.is_none(),
            pending: Vec::new(),
        })
    }

    /// The number of an item, and whether it is new. New ones are in the file after [`Items::keep`].
    pub fn number(&mut self, writes: &Writes<'_>, item: &Item) -> Result<(i64, bool), StoreError> {
        if let Some(id) = self.known.get(item) {
            return Ok((*id, false));
        }
        let found = if self.all_new {
            None
        } else {
            writes.find_item(item)?
        };
        let (id, new) = match found {
            Some(id) => (id, false),
            None => {
                self.last += 1;
                self.pending.push((self.last, *item));
                (self.last, true)
            }
        };
        self.known.insert(*item, id);
        Ok((id, new))
    }

    /// Writes new items into the file.
    pub fn keep(&mut self, writes: &mut Writes<'_>) -> Result<(), StoreError> {
        let mut bulk = Bulk::new(
            writes.connection,
            "INSERT OR FAIL INTO item (id, resource_id, service_id, sku_id, tag_set_id, sub_account_id, region_id, unit_id,
                               category, class, currency) VALUES",
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            "",
        );
        for (id, item) in self.pending.drain(..) {
            bulk.row([
                id.into(),
                item.resource.into(),
                item.service.into(),
                item.sku.into(),
                item.tag_set.into(),
                item.sub_account.into(),
                item.region.into(),
                item.unit.into(),
                item.category.number().into(),
                item.class.number().into(),
                item.currency.into(),
            ])?;
        }
        bulk.finish()
    }
}

impl Writes<'_> {
    fn find_item(&self, item: &Item) -> Result<Option<i64>, StoreError> {
        let mut find = self.connection.prepare_cached(
            "SELECT id FROM item WHERE resource_id = ?1 AND service_id = ?2 AND sku_id = ?3
                AND tag_set_id = ?4 AND sub_account_id = ?5 AND region_id = ?6 AND unit_id = ?7
                AND category = ?8 AND class = ?9 AND currency = ?10",
        )?;
        let id = find.query_row(values(item), |row| row.get(0)).optional()?;
        Ok(id)
    }
}

fn values(item: &Item) -> impl rusqlite::Params + '_ {
    (
        item.resource,
        item.service,
        item.sku,
        item.tag_set,
        item.sub_account,
        item.region,
        item.unit,
        item.category.number(),
        item.class.number(),
        item.currency.code(),
    )
}
