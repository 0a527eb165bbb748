//! What an owner can be billed for a month: what they own, less what invoices have billed of it.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Row, params};
use tallyport_ledger::{BillingPeriod, Currency, Metric, Money, MoneyError, OwnerId};

use crate::number::{currency_of, nanos_at};
use crate::{InvoiceId, Reads, StoreError, Writes};

/// One line of what can be billed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillableLine {
    /// The service.
    pub service: String,
    /// The resource, by its name or else its id.
    pub resource: Option<String>,
    /// The exact amount.
    pub exact: Money,
}

/// What an owner can be billed for a month in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Billable {
    /// The month.
    pub month: BillingPeriod,
    /// The currency.
    pub currency: Currency,
    /// By service, the dearest first, and resource; lines of nothing are left out.
    pub lines: Vec<BillableLine>,
    /// The sum of the lines.
    pub total: Money,
    /// What others were billed of what this owner has now; it is left out.
    pub billed_to_others: Money,
    /// What earlier invoices billed this owner for the month; it is left out too.
    pub billed_before: Money,
    cells: Vec<(Cell, i64)>,
}

/// The grain of claims: the facts that ownership rules may match, so that a cell has one owner.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    billing_account: i64,
    day: i64,
    service: i64,
    sub_account: i64,
    region: i64,
    resource: i64,
    tag_set: i64,
}

#[derive(Debug, Default, Clone, Copy)]
struct Amounts {
    now: i128,
    claimed: i128,
    claimed_by_others: i128,
}

impl Amounts {
    /// Others' claims count as far as there is something to claim: what they were billed too much
    /// is theirs to get back.
    fn others(self) -> i128 {
        self.claimed_by_others
            .clamp(self.now.min(0), self.now.max(0))
    }

    fn due(self) -> i128 {
        self.now - self.others() - self.claimed
    }
}

impl Reads<'_> {
    /// What `owner` can be billed for `month`, one answer a currency.
    ///
    /// # Errors
    /// The file's; [`StoreError::Money`].
    pub fn billable(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
        metric: Metric,
    ) -> Result<Vec<Billable>, StoreError> {
        let mut by_currency = self.owned_cells(owner, month, metric)?;
        self.own_claims(owner, month, &mut by_currency)?;
        self.claims_of_others(owner, month, &mut by_currency)?;
        let mut names = Names::default();
        by_currency
            .into_iter()
            .map(|(code, cells)| self.billed_lines(month, currency_of(&code)?, cells, &mut names))
            .collect()
    }

    /// How many billing periods behind what `owner` has in `month` may still change.
    ///
    /// # Errors
    /// The file's.
    pub fn estimated_periods(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
    ) -> Result<u32, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT count(DISTINCT v.id) FROM spend s
             JOIN period_version v ON v.stream = s.stream
                 AND v.counts = 1 AND v.status = 0 AND v.period = ?2
             WHERE s.owner_id = ?1",
        )?;
        Ok(query.query_row(params![owner.0, month.number()], |row| row.get(0))?)
    }

    /// The versions of billing periods behind what `owner` has in `month`.
    ///
    /// # Errors
    /// The file's.
    pub fn versions_behind(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
    ) -> Result<Vec<i64>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT v.id FROM period_version v WHERE v.counts = 1 AND v.period = ?2
                 AND EXISTS (SELECT 1 FROM resource_spend s WHERE s.owner_id = ?1 AND s.stream = v.stream)
             ORDER BY v.id",
        )?;
        let rows = query.query_map(params![owner.0, month.number()], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The people who have costs in `month` or were billed for it, by name.
    ///
    /// # Errors
    /// The file's.
    pub fn people_with_costs(&self, month: BillingPeriod) -> Result<Vec<OwnerId>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT o.id FROM owner o JOIN person p ON p.id = o.person_id
             WHERE o.id IN (
                     SELECT s.owner_id FROM spend s
                     JOIN period_version v ON v.stream = s.stream AND v.counts = 1 AND v.period = ?1
                 ) OR o.id IN (SELECT owner_id FROM invoice WHERE period = ?1)
             ORDER BY p.folded_name, p.id",
        )?;
        let rows = query.query_map([month.number()], |row| row.get(0).map(OwnerId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What `owner` had in `month`, one sum a currency.
    ///
    /// # Errors
    /// The file's.
    pub fn owned_total(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
        metric: Metric,
    ) -> Result<Vec<Money>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT s.currency,
                    sum(CASE ?3 WHEN 0 THEN s.billed_units ELSE s.effective_units END),
                    sum(CASE ?3 WHEN 0 THEN s.billed_rest ELSE s.effective_rest END)
             FROM spend s
             JOIN period_version v ON v.stream = s.stream AND v.counts = 1 AND v.period = ?2
             WHERE s.owner_id = ?1
             GROUP BY s.currency ORDER BY s.currency",
        )?;
        let mut rows = query.query(params![owner.0, month.number(), metric.number()])?;
        let mut totals = Vec::new();
        while let Some(row) = rows.next()? {
            let currency = currency_of(&row.get::<_, String>(0)?)?;
            totals.push(Money::from_nanos(nanos_at(row, 1)?, currency));
        }
        Ok(totals)
    }

    fn owned_cells(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
        metric: Metric,
    ) -> Result<BTreeMap<String, BTreeMap<Cell, Amounts>>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT v.billing_account_id, c.day, i.service_id, i.sub_account_id, i.region_id, i.resource_id,
                    i.tag_set_id, i.currency, CASE ?3 WHEN 0 THEN c.billed ELSE c.effective END
             FROM ownership o
             CROSS JOIN item i ON i.id = o.item_id
             CROSS JOIN period_version v ON v.counts = 1 AND v.period = ?2
             CROSS JOIN charge c ON c.stream = v.stream AND c.item_id = o.item_id
                 AND c.day BETWEEN o.from_day AND o.to_day AND c.until_version IS NULL
             WHERE o.owner_id = ?1",
        )?;
        let mut rows = query.query(params![owner.0, month.number(), metric.number()])?;
        let mut cells: BTreeMap<String, BTreeMap<Cell, Amounts>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let currency = row.get_ref(7)?.as_str().map_err(rusqlite::Error::from)?;
            if !cells.contains_key(currency) {
                cells.insert(currency.to_owned(), BTreeMap::new());
            }
            if let Some(cells) = cells.get_mut(currency) {
                let amount: i64 = row.get(8)?;
                cells.entry(cell_at(row)?).or_default().now += i128::from(amount);
            }
        }
        Ok(cells)
    }

    fn own_claims(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
        cells: &mut BTreeMap<String, BTreeMap<Cell, Amounts>>,
    ) -> Result<(), StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT c.billing_account_id, c.day, c.service_id, c.sub_account_id, c.region_id,
                    c.resource_id, c.tag_set_id, c.currency, c.amount
             FROM invoice i JOIN invoice_claim c ON c.invoice_id = i.id
             WHERE i.owner_id = ?1 AND i.period = ?2",
        )?;
        let mut rows = query.query(params![owner.0, month.number()])?;
        while let Some(row) = rows.next()? {
            let amount: i64 = row.get(8)?;
            let cells = cells.entry(row.get(7)?).or_default();
            cells.entry(cell_at(row)?).or_default().claimed += i128::from(amount);
        }
        Ok(())
    }

    fn claims_of_others(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
        cells: &mut BTreeMap<String, BTreeMap<Cell, Amounts>>,
    ) -> Result<(), StoreError> {
        let any: bool = self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM invoice
                 WHERE period = ?1 AND owner_id <> ?2 AND number IS NOT NULL)",
            )?
            .query_row(params![month.number(), owner.0], |row| row.get(0))?;
        if !any {
            return Ok(());
        }
        let mut query = self.connection.prepare_cached(
            "SELECT sum(c.amount / 1000000000), sum(c.amount % 1000000000)
             FROM invoice_claim c JOIN invoice i ON i.id = c.invoice_id AND i.owner_id <> ?10
             WHERE c.period = ?1 AND c.currency = ?2 AND c.billing_account_id = ?3 AND c.day = ?4
                 AND c.service_id = ?5 AND c.sub_account_id = ?6 AND c.region_id = ?7
                 AND c.resource_id = ?8 AND c.tag_set_id = ?9",
        )?;
        for (currency, cells) in cells {
            for (cell, amounts) in cells.iter_mut().filter(|(_, amounts)| amounts.now != 0) {
                let claimed = params![
                    month.number(),
                    currency,
                    cell.billing_account,
                    cell.day,
                    cell.service,
                    cell.sub_account,
                    cell.region,
                    cell.resource,
                    cell.tag_set,
                    owner.0
                ];
                amounts.claimed_by_others = query.query_row(claimed, |row| nanos_at(row, 0))?;
            }
        }
        Ok(())
    }

    fn billed_lines(
        &self,
        month: BillingPeriod,
        currency: Currency,
        cells: BTreeMap<Cell, Amounts>,
        names: &mut Names,
    ) -> Result<Billable, StoreError> {
        let (mut others, mut before, mut total) = (0, 0, 0);
        let mut services: BTreeMap<String, BTreeMap<i64, i128>> = BTreeMap::new();
        let mut claims = Vec::new();
        for (cell, amounts) in cells {
            others += amounts.others();
            before += amounts.claimed;
            let due = amounts.due();
            if due == 0 {
                continue;
            }
            total += due;
            let service = names.service(self, cell.service)?;
            let resources = services.entry(service).or_default();
            *resources.entry(cell.resource).or_default() += due;
            let due = i64::try_from(due).map_err(|_| StoreError::Money(MoneyError::TooLarge))?;
            claims.push((cell, due));
        }
        let mut ordered: Vec<_> = services.into_iter().collect();
        // Stable: equal sums stay in the order of their names.
        ordered.sort_by_key(|(_, resources)| std::cmp::Reverse(resources.values().sum::<i128>()));
        let mut lines = Vec::new();
        for (service, resources) in ordered {
            let mut named = Vec::new();
            for (resource, exact) in resources.into_iter().filter(|(_, exact)| *exact != 0) {
                named.push((exact, self.resource_label(resource)?));
            }
            named.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            lines.extend(named.into_iter().map(|(exact, resource)| BillableLine {
                service: service.clone(),
                resource,
                exact: Money::from_nanos(exact, currency),
            }));
        }
        Ok(Billable {
            month,
            currency,
            lines,
            total: Money::from_nanos(total, currency),
            billed_to_others: Money::from_nanos(others, currency),
            billed_before: Money::from_nanos(before, currency),
            cells: claims,
        })
    }

    fn resource_label(&self, id: i64) -> Result<Option<String>, StoreError> {
        if id == 0 {
            return Ok(None);
        }
        let mut query = self
            .connection
            .prepare_cached("SELECT coalesce(nullif(name, ''), key) FROM resource WHERE id = ?1")?;
        Ok(Some(query.query_row([id], |row| row.get(0))?))
    }
}

impl Writes<'_> {
    /// Notes that `invoice` bills everything in `billable`.
    pub(crate) fn claim(
        &mut self,
        invoice: InvoiceId,
        billable: &Billable,
    ) -> Result<(), StoreError> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO invoice_claim (invoice_id, period, billing_account_id, day, sub_account_id,
                 service_id, region_id, resource_id, tag_set_id, currency, amount)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        for (cell, amount) in &billable.cells {
            insert.execute(params![
                invoice.0,
                billable.month.number(),
                cell.billing_account,
                cell.day,
                cell.sub_account,
                cell.service,
                cell.region,
                cell.resource,
                cell.tag_set,
                billable.currency.code(),
                amount
            ])?;
        }
        Ok(())
    }
}

/// Names that were looked up already.
#[derive(Default)]
struct Names {
    services: HashMap<i64, String>,
}

impl Names {
    fn service(&mut self, reads: &Reads<'_>, id: i64) -> Result<String, StoreError> {
        if let Some(name) = self.services.get(&id) {
            return Ok(name.clone());
        }
        let name: String = reads
            .connection
            .prepare_cached("SELECT name FROM service WHERE id = ?1")?
            .query_row([id], |row| row.get(0))?;
        self.services.insert(id, name.clone());
        Ok(name)
    }
}

fn cell_at(row: &Row<'_>) -> rusqlite::Result<Cell> {
    Ok(Cell {
        billing_account: row.get(0)?,
        day: row.get(1)?,
        service: row.get(2)?,
        sub_account: row.get(3)?,
        region: row.get(4)?,
        resource: row.get(5)?,
        tag_set: row.get(6)?,
    })
}
