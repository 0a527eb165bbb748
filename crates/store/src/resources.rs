use tallyport_ledger::{BillingPeriod, Metric, Money, OwnerId, TagSet};

use crate::charges::tags_of;
use crate::grain::Grain;
use crate::number::{currency_of, nanos_at};
use crate::sql::Sql;
use crate::values::containing;
use crate::{Filter, NamedOwner, Page, Reads, StoreError};

/// A resource in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceRow {
    /// As the bill names it.
    pub resource: String,
    /// Its name.
    pub name: Option<String>,
    /// The service that cost the most of it.
    pub service: String,
    /// The account: id and name.
    pub account: Option<(String, Option<String>)>,
    /// The region.
    pub region: Option<String>,
    /// Its newest tags.
    pub tags: TagSet,
    /// What it cost in the month.
    pub amount: Money,
    /// Who owns its newest charge.
    pub owner: Option<NamedOwner>,
}

/// What one owner's resource cost: a line of a statement or of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedLine {
    /// The owner; `None` for nobody.
    pub owner: Option<OwnerId>,
    /// Who provides the service.
    pub provider: String,
    /// The service.
    pub service: String,
    /// The resource's id and name, where the bill names one.
    pub resource: Option<(String, Option<String>)>,
    /// The exact amount.
    pub amount: Money,
}

impl Reads<'_> {
    /// One page of the resources of `period`, the dearest first, and how many there are. `search`
    /// looks in id and name.
    ///
    /// # Errors
    /// The file's.
    pub fn resources(
        &self,
        period: BillingPeriod,
        metric: Metric,
        search: &str,
        filter: &Filter,
        page: Page,
    ) -> Result<(u64, Vec<ResourceRow>), StoreError> {
        let found = self.found_resources(period, metric, search, filter);
        let mut count = Sql::new("SELECT count(*) FROM (");
        count.join(found).push(")");
        let total: i64 = count.one(self.connection, |row| row.get(0))?;
        let mut sql =
            Sql::new("SELECT f.resource_id, f.currency, f.units, f.rest, r.key, r.name FROM (");
        sql.join(self.found_resources(period, metric, search, filter))
            .push(") f JOIN resource r ON r.id = f.resource_id")
            .push("ORDER BY f.units + f.rest / 1000000000 DESC, f.rest % 1000000000 DESC, r.key, f.currency")
            .bind("LIMIT ?", i64::try_from(page.limit).unwrap_or(i64::MAX))
            .bind("OFFSET ?", i64::try_from(page.offset).unwrap_or(i64::MAX));
        let owners = self.owners()?;
        let rows = sql.rows(self.connection, |row| {
            let id: i64 = row.get(0)?;
            let code: String = row.get(1)?;
            let amount = Money::from_nanos(nanos_at(row, 2)?, currency_of(&code)?);
            let mut found = ResourceRow {
                resource: row.get(4)?,
                name: row.get(5)?,
                service: String::new(),
                account: None,
                region: None,
                tags: TagSet::new(),
                amount,
                owner: None,
            };
            let owner = self.newest_charge(id, period, filter, &mut found)?;
            found.owner = owner.and_then(|id| owners.get(&id).cloned());
            Ok::<_, StoreError>(found)
        })?;
        Ok((u64::try_from(total).unwrap_or(0), rows))
    }

    fn found_resources(
        &self,
        period: BillingPeriod,
        metric: Metric,
        search: &str,
        filter: &Filter,
    ) -> Sql {
        let mut sql = Sql::new("SELECT s.resource_id, s.currency");
        let grain = if filter.needs_days() || filter.versions.is_some() {
            Grain::Charge
        } else {
            Grain::Month
        };
        sql.push(grain.sums(metric)).push(grain.table());
        grain.counted_in(&mut sql, period.days(), filter);
        sql.push("AND s.resource_id <> 0");
        filter.narrow(&mut sql);
        if !search.trim().is_empty() {
            let pattern = containing(search.trim());
            sql.bind(
                "AND s.resource_id IN (SELECT id FROM resource WHERE key LIKE ? ESCAPE '\\'",
                pattern.clone(),
            )
            .bind("OR name LIKE ? ESCAPE '\\')", pattern);
        }
        sql.push("GROUP BY s.resource_id, s.currency");
        sql
    }

    /// Fills in what the newest charge of a resource says of it; answers who owns it.
    fn newest_charge(
        &self,
        resource: i64,
        period: BillingPeriod,
        filter: &Filter,
        found: &mut ResourceRow,
    ) -> Result<Option<OwnerId>, StoreError> {
        // The items of the resource first: a month has few of them and very many charges.
        let mut sql = Sql::new(
            "SELECT e.name, a.key, a.name, g.key, t.tags, ifnull(o.owner_id, 0)
             FROM item i
             CROSS JOIN period_version v
             CROSS JOIN charge s ON s.stream = v.stream AND s.item_id = i.id
             JOIN service e ON e.id = i.service_id
             JOIN tag_set t ON t.id = i.tag_set_id
             LEFT JOIN sub_account a ON a.id = i.sub_account_id
             LEFT JOIN region g ON g.id = i.region_id
             LEFT JOIN ownership o ON o.item_id = i.id AND s.day BETWEEN o.from_day AND o.to_day",
        );
        match &filter.versions {
            None => sql.push("WHERE v.counts = 1 AND s.until_version IS NULL"),
            Some(versions) => sql
                .list("WHERE v.id IN", versions.iter().map(|version| version.0))
                .push("AND s.from_version <= v.id AND ifnull(s.until_version > v.id, 1)"),
        };
        sql.bind("AND v.period <= ?", period.number())
            .bind("AND i.resource_id = ?", resource)
            .push("ORDER BY s.day DESC, abs(s.billed) DESC, s.id LIMIT 1");
        let newest = sql.rows(self.connection, |row| {
            found.service = row.get(0)?;
            found.account = match row.get::<_, Option<String>>(1)? {
                Some(key) => Some((key, row.get(2)?)),
                None => None,
            };
            found.region = row.get(3)?;
            found.tags = tags_of(&row.get::<_, String>(4)?)?;
            Ok::<i64, StoreError>(row.get(5)?)
        })?;
        Ok(newest.first().map(|owner| OwnerId(*owner)))
    }

    /// What each resource of `period` cost its owners, by owner, provider, service and resource.
    ///
    /// # Errors
    /// The file's.
    pub fn owned_lines(
        &self,
        period: BillingPeriod,
        metric: Metric,
        filter: &Filter,
    ) -> Result<Vec<OwnedLine>, StoreError> {
        let grain = if filter.versions.is_some() {
            Grain::Charge
        } else {
            Grain::Month
        };
        let mut sql = Sql::new(
            "SELECT f.owner_id, e.provider, e.name, r.key, r.name, f.currency, f.units, f.rest
             FROM (SELECT s.owner_id, s.service_id, s.resource_id, s.currency",
        );
        sql.push(grain.sums(metric)).push(grain.table());
        grain.counted_in(&mut sql, period.days(), filter);
        filter.narrow(&mut sql);
        sql.push(
            "GROUP BY 1, 2, 3, 4) f
             JOIN service e ON e.id = f.service_id
             LEFT JOIN resource r ON r.id = f.resource_id
             ORDER BY f.owner_id, e.name, e.provider, e.id, r.key, f.currency",
        );
        sql.rows(self.connection, |row| {
            let id: i64 = row.get(0)?;
            let code: String = row.get(5)?;
            Ok(OwnedLine {
                owner: (id != 0).then_some(OwnerId(id)),
                provider: row.get(1)?,
                service: row.get(2)?,
                resource: match row.get::<_, Option<String>>(3)? {
                    Some(key) => Some((key, row.get(4)?)),
                    None => None,
                },
                amount: Money::from_nanos(nanos_at(row, 6)?, currency_of(&code)?),
            })
        })
    }
}
