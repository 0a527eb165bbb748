use std::collections::HashMap;

use tallyport_ledger::{ResourceId, SubAccountId, TagSet};

use crate::charges::tags_of;
use crate::ownership::{FactKey, FactTexts};
use crate::{Reads, StoreError};

/// The texts behind the numbers, each read once.
#[derive(Default)]
pub(crate) struct Texts {
    sub_accounts: HashMap<i64, SubAccountId>,
    services: HashMap<i64, String>,
    regions: HashMap<i64, String>,
    resources: HashMap<i64, ResourceId>,
    tag_sets: HashMap<i64, TagSet>,
}

impl Texts {
    pub fn of(&mut self, reads: &Reads<'_>, key: FactKey) -> Result<FactTexts<'_>, StoreError> {
        let unreadable = |_| StoreError::unreadable("an identifier");
        read(
            reads,
            &mut self.sub_accounts,
            key.sub_account,
            "SELECT key FROM sub_account WHERE id = ?1",
            |text| SubAccountId::parse(&text).map_err(unreadable),
        )?;
        read(
            reads,
            &mut self.services,
            key.service,
            "SELECT name FROM service WHERE id = ?1",
            Ok,
        )?;
        read(
            reads,
            &mut self.regions,
            key.region,
            "SELECT key FROM region WHERE id = ?1",
            Ok,
        )?;
        read(
            reads,
            &mut self.resources,
            key.resource,
            "SELECT key FROM resource WHERE id = ?1",
            |text| ResourceId::parse(&text).map_err(unreadable),
        )?;
        read(
            reads,
            &mut self.tag_sets,
            key.tag_set,
            "SELECT tags FROM tag_set WHERE id = ?1",
            |text| tags_of(&text),
        )?;
        let missing = || StoreError::unreadable("a charge's text");
        Ok(FactTexts {
            sub_account: self.sub_accounts.get(&key.sub_account),
            service: self.services.get(&key.service).ok_or_else(missing)?,
            region: self.regions.get(&key.region).map(String::as_str),
            resource: self.resources.get(&key.resource),
            tags: self.tag_sets.get(&key.tag_set).ok_or_else(missing)?,
        })
    }
}

/// Reads the text of `id` unless it is known; 0 has none.
fn read<T>(
    reads: &Reads<'_>,
    known: &mut HashMap<i64, T>,
    id: i64,
    sql: &'static str,
    parse: impl FnOnce(String) -> Result<T, StoreError>,
) -> Result<(), StoreError> {
    if id != 0 && !known.contains_key(&id) {
        let text = reads
            .connection
            .prepare_cached(sql)?
            .query_row([id], |row| row.get(0))?;
        known.insert(id, parse(text)?);
    }
    Ok(())
}
