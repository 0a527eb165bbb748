//! What somebody can be billed for a month: what they own, or what is on a client's bills, less what
//! invoices have billed of it.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use rusqlite::params;
use tallyport_ledger::{BillingPeriod, Currency, Metric, Money, MoneyError, OwnerId};

use crate::claims::{Cell, cell_at};
use crate::number::{currency_of, day_of, nanos_at};
use crate::{ClientId, Reads, StoreError};

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
    pub(crate) cells: Vec<BillableCell>,
}

/// What is due of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BillableCell {
    pub cell: Cell,
    /// The line it is a part of; none where that adds up to nothing.
    pub line: Option<u32>,
    pub due: i64,
}

impl Billable {
    /// Nothing that is owned, for a month in which only fees are charged.
    #[must_use]
    pub const fn nothing(month: BillingPeriod, currency: Currency) -> Self {
        Self {
            month,
            currency,
            lines: Vec::new(),
            total: Money::zero(currency),
            billed_to_others: Money::zero(currency),
            billed_before: Money::zero(currency),
            cells: Vec::new(),
        }
    }

    /// What is due by line and day: each line's days add up to it.
    ///
    /// # Errors
    /// The file's.
    pub fn daily(&self) -> Result<Vec<(usize, Date, Money)>, StoreError> {
        let mut days: BTreeMap<(u32, i64), i128> = BTreeMap::new();
        for cell in &self.cells {
            if let Some(line) = cell.line {
                *days.entry((line, cell.cell.day)).or_default() += i128::from(cell.due);
            }
        }
        days.into_iter()
            .map(|((line, day), due)| {
                let due = Money::from_nanos(due, self.currency);
                Ok((line as usize, day_of(day)?, due))
            })
            .collect()
    }
}

/// What there is of a cell, and what was claimed of it.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Amounts {
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

    pub(crate) fn due(self) -> i128 {
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
        let by_currency = self.amounts_by_cell(owner, month, metric)?;
        by_currency
            .into_iter()
            .map(|(code, cells)| self.billed_lines(month, currency_of(&code)?, cells))
            .collect()
    }

    /// What `owner` has in `month`, one answer a currency, whatever was billed of it: what could be billed if
    /// nothing were.
    ///
    /// # Errors
    /// As [`Reads::billable`].
    pub fn whole_month(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
        metric: Metric,
    ) -> Result<Vec<Billable>, StoreError> {
        let by_currency = self.cells_of(owner, month, metric)?;
        by_currency
            .into_iter()
            .map(|(code, cells)| self.billed_lines(month, currency_of(&code)?, cells))
            .collect()
    }

    fn cells_of(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
        metric: Metric,
    ) -> Result<BTreeMap<String, BTreeMap<Cell, Amounts>>, StoreError> {
        match self.billed_client(owner)? {
            Some(client) => self.cells_of_bills(client, month, metric),
            None => self.owned_cells(owner, month, metric),
        }
    }

    /// What `owner` has in `month` and what was claimed of it, by currency.
    pub(crate) fn amounts_by_cell(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
        metric: Metric,
    ) -> Result<BTreeMap<String, BTreeMap<Cell, Amounts>>, StoreError> {
        let mut by_currency = self.cells_of(owner, month, metric)?;
        self.own_claims(owner, month, &mut by_currency)?;
        self.claims_of_others(owner, month, &mut by_currency)?;
        Ok(by_currency)
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
        cells_in(query.query(params![owner.0, month.number(), metric.number()])?)
    }

    /// A charge belongs to the client of its billing account, whoever owns it.
    fn cells_of_bills(
        &self,
        client: ClientId,
        month: BillingPeriod,
        metric: Metric,
    ) -> Result<BTreeMap<String, BTreeMap<Cell, Amounts>>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT v.billing_account_id, c.day, i.service_id, i.sub_account_id, i.region_id, i.resource_id,
                    i.tag_set_id, i.currency, CASE ?3 WHEN 0 THEN c.billed ELSE c.effective END
             FROM period_version v
             JOIN billing_account b ON b.id = v.billing_account_id AND b.client_id = ?1
             JOIN charge c ON c.stream = v.stream AND c.until_version IS NULL
             JOIN item i ON i.id = c.item_id
             WHERE v.counts = 1 AND v.period = ?2",
        )?;
        cells_in(query.query(params![client.0, month.number(), metric.number()])?)
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
    ) -> Result<Billable, StoreError> {
        let (mut others, mut before, mut total) = (0, 0, 0);
        let mut names = HashMap::new();
        let mut services: BTreeMap<String, BTreeMap<i64, i128>> = BTreeMap::new();
        let mut due_cells = Vec::new();
        for (cell, amounts) in cells {
            others += amounts.others();
            before += amounts.claimed;
            let due = amounts.due();
            if due == 0 {
                continue;
            }
            total += due;
            let service = self.named_once(&mut names, cell.service)?;
            *services
                .entry(service)
                .or_default()
                .entry(cell.resource)
                .or_default() += due;
            let due = i64::try_from(due).map_err(|_| StoreError::Money(MoneyError::TooLarge))?;
            due_cells.push((cell, due));
        }
        let mut ordered: Vec<_> = services.into_iter().collect();
        // Stable: equal sums stay in the order of their names.
        ordered.sort_by_key(|(_, resources)| std::cmp::Reverse(resources.values().sum::<i128>()));
        let mut lines = Vec::new();
        let mut places: HashMap<(String, i64), u32> = HashMap::new();
        for (service, resources) in ordered {
            let mut named = Vec::new();
            for (resource, exact) in resources.into_iter().filter(|(_, exact)| *exact != 0) {
                named.push((exact, self.resource_label(resource)?, resource));
            }
            named.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            for (exact, label, resource) in named {
                let place = u32::try_from(lines.len()).unwrap_or(u32::MAX);
                places.insert((service.clone(), resource), place);
                lines.push(BillableLine {
                    service: service.clone(),
                    resource: label,
                    exact: Money::from_nanos(exact, currency),
                });
            }
        }
        let mut cells = Vec::new();
        for (cell, due) in due_cells {
            let service = self.named_once(&mut names, cell.service)?;
            let line = places.get(&(service, cell.resource)).copied();
            cells.push(BillableCell { cell, line, due });
        }
        Ok(Billable {
            month,
            currency,
            lines,
            total: Money::from_nanos(total, currency),
            billed_to_others: Money::from_nanos(others, currency),
            billed_before: Money::from_nanos(before, currency),
            cells,
        })
    }

    fn named_once(
        &self,
        names: &mut HashMap<i64, String>,
        service: i64,
    ) -> Result<String, StoreError> {
        if let Some(name) = names.get(&service) {
            return Ok(name.clone());
        }
        let name = self.service_label(service)?;
        names.insert(service, name.clone());
        Ok(name)
    }
}

fn cells_in(
    mut rows: rusqlite::Rows<'_>,
) -> Result<BTreeMap<String, BTreeMap<Cell, Amounts>>, StoreError> {
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
