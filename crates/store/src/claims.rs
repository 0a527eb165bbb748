//! What documents claim of a month, so that an amount is billed once: an invoice claims what it bills,
//! a credit note frees what it takes back.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rusqlite::{Row, params};
use tallyport_ledger::{BillingPeriod, Currency, Metric, Money, MoneyError, OwnerId};

use crate::number::{currency_of, nanos_at};
use crate::{Billable, InvoiceId, Reads, StoreError, Writes};

/// The grain of claims: the facts that ownership rules may match, so that a cell has one owner.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cell {
    pub billing_account: i64,
    pub day: i64,
    pub service: i64,
    pub sub_account: i64,
    pub region: i64,
    pub resource: i64,
    pub tag_set: i64,
}

/// What a document claims; below nothing where it frees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The month.
    pub month: BillingPeriod,
    /// The sum.
    pub total: Money,
    cells: Vec<Claim>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Claim {
    cell: Cell,
    /// Which cost line of the document, where that is known.
    line: Option<u32>,
    amount: i128,
}

type Cells = BTreeMap<Cell, Claim>;

/// What an invoice billed too much of a month, as the month is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overbilled {
    /// The invoice.
    pub invoice: InvoiceId,
    /// By service and resource, in their order; amounts above nothing.
    pub lines: Vec<OverbilledLine>,
    /// What a credit note over all of it frees.
    pub freed: Claims,
}

/// A line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverbilledLine {
    /// The service.
    pub service: String,
    /// The resource, by its name or else its id.
    pub resource: Option<String>,
    /// Which cost line of the invoice, where that is known.
    pub line: Option<u32>,
    /// So much too much.
    pub cost: Money,
}

impl Billable {
    /// What an invoice over all of it claims.
    #[must_use]
    pub fn claims(&self) -> Claims {
        let cells = self.cells.iter().map(|cell| Claim {
            cell: cell.cell.clone(),
            line: cell.line,
            amount: i128::from(cell.due),
        });
        Claims {
            month: self.month,
            total: self.total,
            cells: cells.collect(),
        }
    }
}

impl Claims {
    fn of(month: BillingPeriod, currency: Currency, cells: Vec<Claim>) -> Self {
        let total = cells.iter().map(|claim| claim.amount).sum();
        Self {
            month,
            total: Money::from_nanos(total, currency),
            cells,
        }
    }

    /// What is claimed for a cost line of the document; `None` for what is of no line that is known.
    #[must_use]
    pub fn of_line(&self, line: Option<u32>) -> Money {
        let of_line = self.cells.iter().filter(|claim| claim.line == line);
        let sum = of_line.map(|claim| claim.amount).sum();
        Money::from_nanos(sum, self.total.currency())
    }

    /// What a credit note frees that takes `share` of each line back: numerator and denominator. To
    /// the nano, towards nothing; the one that takes the rest takes what is left by that.
    ///
    /// # Errors
    /// Amounts too large.
    pub fn freed(&self, share: impl Fn(Option<u32>) -> (i128, i128)) -> Result<Self, MoneyError> {
        let mut freed = Vec::new();
        for claim in &self.cells {
            let (part, whole) = share(claim.line);
            let amount = claim
                .amount
                .checked_mul(part)
                .and_then(|product| product.checked_div(whole))
                .ok_or(MoneyError::TooLarge)?;
            if amount != 0 {
                freed.push(Claim {
                    amount: -amount,
                    ..claim.clone()
                });
            }
        }
        Ok(Self::of(self.month, self.total.currency(), freed))
    }
}

impl Reads<'_> {
    /// What an invoice claims now: what it billed, less what its credit notes freed. Claims of older
    /// invoices are found to be of the line that `named` says, by service and resource.
    ///
    /// # Errors
    /// The file's.
    pub fn claims(
        &self,
        invoice: InvoiceId,
        named: impl Fn(&str, Option<&str>) -> Option<u32>,
    ) -> Result<Claims, StoreError> {
        let record = self.invoice(invoice)?;
        let known: bool = self
            .connection
            .prepare_cached("SELECT count(line) > 0 FROM invoice_claim WHERE invoice_id = ?1")?
            .query_row([invoice.0], |row| row.get(0))?;
        let mut query = self.connection.prepare_cached(
            "SELECT billing_account_id, day, service_id, sub_account_id, region_id, resource_id,
                    tag_set_id, max(line), sum(amount / 1000000000), sum(amount % 1000000000)
             FROM invoice_claim
             WHERE invoice_id = ?1 OR invoice_id IN (SELECT id FROM invoice WHERE credits_id = ?1)
             GROUP BY 1, 2, 3, 4, 5, 6, 7",
        )?;
        let mut rows = query.query([invoice.0])?;
        let mut cells = Vec::new();
        while let Some(row) = rows.next()? {
            let cell = cell_at(row)?;
            let line = if known {
                row.get(7)?
            } else {
                let service = self.service_label(cell.service)?;
                named(&service, self.resource_label(cell.resource)?.as_deref())
            };
            cells.push(Claim {
                cell,
                line,
                amount: nanos_at(row, 8)?,
            });
        }
        Ok(Claims::of(record.month, record.currency, cells))
    }

    /// What invoices billed `owner` too much for `month`, by invoice, the newest first: what the month
    /// no longer has, or what is somebody else's now. The newest invoice gives back first.
    ///
    /// # Errors
    /// The file's; amounts too large.
    pub fn overbilled(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
        metric: Metric,
    ) -> Result<Vec<Overbilled>, StoreError> {
        let claimed = self.claimed_by_invoice(owner, month)?;
        let mut found: BTreeMap<(Reverse<InvoiceId>, Currency), Cells> = BTreeMap::new();
        for (code, cells) in self.amounts_by_cell(owner, month, metric)? {
            let currency = currency_of(&code)?;
            let Some(invoices) = claimed.get(&code) else {
                continue;
            };
            for (cell, amounts) in cells {
                let mut too_much = -amounts.due();
                for (invoice, claims) in invoices.iter().rev() {
                    let claim = claims.get(&cell).filter(|claim| claim.amount > 0);
                    let Some(claim) = claim.filter(|_| too_much > 0) else {
                        continue;
                    };
                    let amount = too_much.min(claim.amount);
                    too_much -= amount;
                    let key = (Reverse(*invoice), currency);
                    let freed = found.entry(key).or_default();
                    freed.insert(
                        cell.clone(),
                        Claim {
                            amount: -amount,
                            ..claim.clone()
                        },
                    );
                }
                // What nobody claimed, such as a late credit, the newest one gives.
                if let Some((newest, _)) = invoices.last_key_value().filter(|_| too_much > 0) {
                    let freed = found.entry((Reverse(*newest), currency)).or_default();
                    let line = None;
                    let rest = Claim {
                        cell: cell.clone(),
                        line,
                        amount: 0,
                    };
                    freed.entry(cell).or_insert(rest).amount -= too_much;
                }
            }
        }
        found
            .into_iter()
            .map(|((Reverse(invoice), currency), cells)| {
                let cells: Vec<Claim> = cells.into_values().collect();
                Ok(Overbilled {
                    invoice,
                    lines: self.named_lines(&cells, currency)?,
                    freed: Claims::of(month, currency, cells),
                })
            })
            .collect()
    }

    fn named_lines(
        &self,
        cells: &[Claim],
        currency: Currency,
    ) -> Result<Vec<OverbilledLine>, StoreError> {
        let mut lines: BTreeMap<(String, Option<String>), (Option<u32>, i128)> = BTreeMap::new();
        for claim in cells {
            let service = self.service_label(claim.cell.service)?;
            let resource = self.resource_label(claim.cell.resource)?;
            let line = lines.entry((service, resource)).or_default();
            line.0 = line.0.or(claim.line);
            line.1 -= claim.amount;
        }
        let line = |((service, resource), (line, cost))| OverbilledLine {
            service,
            resource,
            line,
            cost: Money::from_nanos(cost, currency),
        };
        Ok(lines.into_iter().map(line).collect())
    }

    /// What `owner`'s invoices claim of `month`, credit notes counted with the invoice they are of.
    fn claimed_by_invoice(
        &self,
        owner: OwnerId,
        month: BillingPeriod,
    ) -> Result<BTreeMap<String, BTreeMap<InvoiceId, Cells>>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT c.billing_account_id, c.day, c.service_id, c.sub_account_id, c.region_id,
                    c.resource_id, c.tag_set_id, c.currency, ifnull(i.credits_id, i.id), c.line, c.amount
             FROM invoice i JOIN invoice_claim c ON c.invoice_id = i.id
             WHERE i.owner_id = ?1 AND i.period = ?2",
        )?;
        let mut rows = query.query(params![owner.0, month.number()])?;
        let mut claimed: BTreeMap<String, BTreeMap<InvoiceId, Cells>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let cell = cell_at(row)?;
            let invoices = claimed.entry(row.get(7)?).or_default();
            let cells = invoices.entry(InvoiceId(row.get(8)?)).or_default();
            let nothing = Claim {
                cell: cell.clone(),
                line: None,
                amount: 0,
            };
            let claim = cells.entry(cell).or_insert(nothing);
            claim.line = claim.line.or(row.get(9)?);
            claim.amount += i128::from(row.get::<_, i64>(10)?);
        }
        Ok(claimed)
    }

    pub(crate) fn service_label(&self, id: i64) -> Result<String, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT name FROM service WHERE id = ?1")?;
        Ok(query.query_row([id], |row| row.get(0))?)
    }

    pub(crate) fn resource_label(&self, id: i64) -> Result<Option<String>, StoreError> {
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
    /// Notes what a document claims.
    pub(crate) fn claim(&mut self, invoice: InvoiceId, claims: &Claims) -> Result<(), StoreError> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO invoice_claim (invoice_id, period, billing_account_id, day, sub_account_id,
                 service_id, region_id, resource_id, tag_set_id, currency, amount, line)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?;
        for Claim { cell, line, amount } in &claims.cells {
            let amount =
                i64::try_from(*amount).map_err(|_| StoreError::Money(MoneyError::TooLarge))?;
            insert.execute(params![
                invoice.0,
                claims.month.number(),
                cell.billing_account,
                cell.day,
                cell.sub_account,
                cell.service,
                cell.region,
                cell.resource,
                cell.tag_set,
                claims.total.currency().code(),
                amount,
                line
            ])?;
        }
        Ok(())
    }
}

pub(crate) fn cell_at(row: &Row<'_>) -> rusqlite::Result<Cell> {
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
