use std::collections::HashMap;

use foldhash::fast::RandomState;
use rusqlite::{CachedStatement, Connection, OptionalExtension, ToSql};
use tallyport_ledger::Dimensions;

use crate::bulk::{Bulk, Cell};
use crate::number::folded_key;
use crate::{StoreError, Writes};

/// The numbers under which the texts of a load are stored, in the load's order.
#[derive(Debug, Default)]
pub(crate) struct Interned {
    pub sub_accounts: Vec<i64>,
    pub services: Vec<i64>,
    pub regions: Vec<i64>,
    pub skus: Vec<i64>,
    pub resources: Vec<i64>,
    pub tag_sets: Vec<i64>,
    pub units: Vec<i64>,
    pub invoices: Vec<i64>,
}

impl Writes<'_> {
    /// Numbers the texts of a load; new ones are added. A name that a source gives replaces the one
    /// that was known.
    pub(crate) fn intern(&mut self, texts: &Dimensions) -> Result<Interned, StoreError> {
        let prepare = |sql| self.connection.prepare_cached(sql);
        let mut interned = Interned::default();

        let mut find = prepare("SELECT id FROM sub_account WHERE key = ?1")?;
        let mut add = prepare("INSERT INTO sub_account (key) VALUES (?1) RETURNING id")?;
        let mut name =
            prepare("UPDATE sub_account SET name = ?2 WHERE id = ?1 AND name IS NOT ?2")?;
        for (key, known_as) in &texts.sub_accounts {
            let id = number(&mut find, &mut add, &[&key.as_str()])?;
            if let Some(known_as) = known_as {
                name.execute((id, known_as))?;
            }
            interned.sub_accounts.push(id);
        }

        let mut find =
            prepare("SELECT id FROM service WHERE provider = ?1 AND name = ?2 AND category = ?3")?;
        let mut add = prepare(
            "INSERT INTO service (provider, name, category) VALUES (?1, ?2, ?3) RETURNING id",
        )?;
        for service in &texts.services {
            let key: [&dyn ToSql; 3] = [&service.provider, &service.name, &service.category];
            interned.services.push(number(&mut find, &mut add, &key)?);
        }

        let mut find = prepare("SELECT id FROM region WHERE key = ?1")?;
        let mut add = prepare("INSERT INTO region (key) VALUES (?1) RETURNING id")?;
        for region in &texts.regions {
            interned
                .regions
                .push(number(&mut find, &mut add, &[region])?);
        }

        // These two are many: new ones are written many at a time.
        let mut find = prepare("SELECT id FROM sku WHERE key = ?1 AND description = ?2")?;
        let mut new = New::of(
            self.connection,
            "SELECT max(id) FROM sku",
            "INSERT OR FAIL INTO sku (id, key, description) VALUES",
        )?;
        for sku in &texts.skus {
            let known = new.find(&mut find, &[&sku.id, &sku.description])?;
            let id = match known {
                Some(id) => id,
                None => new.add((&sku.id, &sku.description), Some(&sku.description))?,
            };
            interned.skus.push(id);
        }
        new.bulk.finish()?;

        let mut find = prepare("SELECT id FROM resource WHERE key = ?1")?;
        let mut name = prepare("UPDATE resource SET name = ?2 WHERE id = ?1 AND name IS NOT ?2")?;
        let mut new = New::of(
            self.connection,
            "SELECT max(id) FROM resource",
            "INSERT OR FAIL INTO resource (id, key, name) VALUES",
        )?;
        for (key, known_as) in &texts.resources {
            let id = match new.find(&mut find, &[&key.as_str()])? {
                Some(id) => {
                    if let Some(known_as) = known_as {
                        name.execute((id, known_as))?;
                    }
                    id
                }
                None => new.add((key.as_str(), ""), known_as.as_deref())?,
            };
            interned.resources.push(id);
        }
        new.bulk.finish()?;

        let mut find = prepare("SELECT id FROM unit WHERE key = ?1")?;
        let mut add = prepare("INSERT INTO unit (key) VALUES (?1) RETURNING id")?;
        for unit in &texts.units {
            interned.units.push(number(&mut find, &mut add, &[unit])?);
        }

        let mut find = prepare("SELECT id FROM provider_invoice WHERE key = ?1")?;
        let mut add = prepare("INSERT INTO provider_invoice (key) VALUES (?1) RETURNING id")?;
        for invoice in &texts.invoices {
            interned
                .invoices
                .push(number(&mut find, &mut add, &[invoice])?);
        }

        let mut find = prepare("SELECT id FROM tag_set WHERE tags = ?1")?;
        let mut add = prepare("INSERT INTO tag_set (tags) VALUES (?1) RETURNING id")?;
        // Keys come sorted, so the first to arrive is the one that counts.
        let mut tag = prepare(
            "INSERT OR IGNORE INTO tag (tag_set_id, folded_key, key, value) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for tags in &texts.tag_sets {
            let text =
                serde_json::to_string(tags).map_err(|_| StoreError::unreadable("a tag set"))?;
            let known = find.query_row([&text], |row| row.get(0)).optional()?;
            let id = match known {
                Some(id) => id,
                None => {
                    let id: i64 = add.query_row([&text], |row| row.get(0))?;
                    for (key, value) in tags {
                        tag.execute((id, folded_key(key), key, value))?;
                    }
                    id
                }
            };
            interned.tag_sets.push(id);
        }
        Ok(interned)
    }
}

/// New rows of a table, written many at a time: number, key and one thing more.
struct New<'c, 't> {
    /// The last number that is taken; none in an empty table.
    last: Option<i64>,
    was_empty: bool,
    bulk: Bulk<'c>,
    /// What was added just now.
    added: HashMap<(&'t str, &'t str), i64, RandomState>,
}

impl<'c, 't> New<'c, 't> {
    fn of(
        connection: &'c Connection,
        last: &'static str,
        insert: &'static str,
    ) -> Result<Self, StoreError> {
        let last: Option<i64> = connection.query_row(last, [], |row| row.get(0))?;
        Ok(Self {
            last,
            was_empty: last.is_none(),
            bulk: Bulk::new(connection, insert, "(?, ?, ?)", ""),
            added: HashMap::default(),
        })
    }

    /// The number of a row that was there before.
    fn find(
        &self,
        find: &mut CachedStatement<'_>,
        key: &[&dyn ToSql],
    ) -> Result<Option<i64>, StoreError> {
        if self.was_empty {
            return Ok(None);
        }
        Ok(find.query_row(key, |row| row.get(0)).optional()?)
    }

    /// Adds a row that was not there; a load may name a thing twice.
    fn add(&mut self, key: (&'t str, &'t str), more: Option<&str>) -> Result<i64, StoreError> {
        if let Some(known) = self.added.get(&key) {
            return Ok(*known);
        }
        let id = self.last.unwrap_or(0) + 1;
        self.last = Some(id);
        let more = more.map_or(Cell::Null, Cell::from);
        self.bulk.row([id.into(), key.0.into(), more])?;
        self.added.insert(key, id);
        Ok(id)
    }
}

fn number(
    find: &mut CachedStatement<'_>,
    add: &mut CachedStatement<'_>,
    key: &[&dyn ToSql],
) -> Result<i64, StoreError> {
    if let Some(id) = find.query_row(key, |row| row.get(0)).optional()? {
        return Ok(id);
    }
    Ok(add.query_row(key, |row| row.get(0))?)
}
