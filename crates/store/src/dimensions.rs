use rusqlite::{CachedStatement, OptionalExtension, ToSql};
use tallyport_ledger::Dimensions;

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

        let mut find = prepare("SELECT id FROM sku WHERE key = ?1 AND description = ?2")?;
        let mut add = prepare("INSERT INTO sku (key, description) VALUES (?1, ?2) RETURNING id")?;
        for sku in &texts.skus {
            let key: [&dyn ToSql; 2] = [&sku.id, &sku.description];
            interned.skus.push(number(&mut find, &mut add, &key)?);
        }

        let mut find = prepare("SELECT id FROM resource WHERE key = ?1")?;
        let mut add = prepare("INSERT INTO resource (key) VALUES (?1) RETURNING id")?;
        let mut name = prepare("UPDATE resource SET name = ?2 WHERE id = ?1 AND name IS NOT ?2")?;
        for (key, known_as) in &texts.resources {
            let id = number(&mut find, &mut add, &[&key.as_str()])?;
            if let Some(known_as) = known_as {
                name.execute((id, known_as))?;
            }
            interned.resources.push(id);
        }

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
