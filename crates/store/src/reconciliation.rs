use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use tallyport_ledger::{
    BillingAccountId, BillingPeriod, ChargeCategory, Currency, DifferenceClass, Metric, Money,
    MonthDetail, Suspect, SuspectKind,
};

use crate::grain::Grain;
use crate::number::{currency_of, day_number, day_of, nanos_at};
use crate::sql::Sql;
use crate::{ClientId, Reads, StoreError, Writes};

/// Who else says what a month cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObservedSource {
    /// Cost Explorer's totals.
    CostExplorer,
    /// The provider's invoices.
    Invoices,
}

/// What a source said about a month, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservedMonth {
    /// The total.
    pub total: Money,
    /// Whether it no longer changes.
    pub settled: bool,
    /// What of it is tax, support, credit or refund, as far as the source tells.
    pub told_apart: BTreeMap<DifferenceClass, Money>,
    /// By account and day, and by record type, where the source tells.
    pub detail: MonthDetail,
    /// The numbers of the invoices.
    pub invoices: Vec<String>,
    /// The day the last of them was issued, where the source tells.
    pub issued_on: Option<Date>,
}

/// What a source said about a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// Which source.
    pub source: ObservedSource,
    /// When it was asked.
    pub observed_at: Timestamp,
    /// One a currency; none where it has nothing.
    pub found: Vec<ObservedMonth>,
}

/// A month of a billing account that the ledger counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerAccount {
    /// The client.
    pub client: (ClientId, String),
    /// The payer.
    pub billing_account: BillingAccountId,
}

/// A month in the ledger, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerMonth {
    /// Billed, what counts.
    pub total: Money,
    /// What of it is tax, support, credit or refund.
    pub told_apart: BTreeMap<DifferenceClass, Money>,
    /// How many accounts and services share it, each of which an invoice rounds.
    pub rounded_lines: u32,
}

impl ObservedSource {
    const fn number(self) -> i64 {
        match self {
            Self::CostExplorer => 1,
            Self::Invoices => 2,
        }
    }
}

impl Reads<'_> {
    /// What sources said about a month when they were last asked.
    ///
    /// # Errors
    /// The file's.
    pub fn observations(
        &self,
        account: &BillingAccountId,
        period: BillingPeriod,
    ) -> Result<Vec<Observation>, StoreError> {
        let mut sql = Sql::new(
            "SELECT o.source, o.observed_at, o.found FROM observation o
             JOIN billing_account b ON b.id = o.billing_account_id",
        );
        sql.bind("WHERE b.key = ?", account.as_str().to_owned())
            .bind("AND o.period = ?", i64::from(period.number()))
            .push("ORDER BY o.source");
        sql.rows(self.connection, |row| {
            let source: i64 = row.get(0)?;
            let found: String = row.get(2)?;
            let kept: Vec<Kept> =
                serde_json::from_str(&found).map_err(|_| StoreError::unreadable(WHAT))?;
            Ok(Observation {
                source: match source {
                    1 => ObservedSource::CostExplorer,
                    _ => ObservedSource::Invoices,
                },
                observed_at: Timestamp::from_millisecond(row.get(1)?)
                    .map_err(|_| StoreError::unreadable(WHAT))?,
                found: kept.into_iter().map(opened).collect::<Result<_, _>>()?,
            })
        })
    }

    /// The billing accounts that have a month in the ledger, or of whose month others spoke.
    ///
    /// # Errors
    /// The file's.
    pub fn accounts_of(
        &self,
        period: BillingPeriod,
        client: Option<ClientId>,
    ) -> Result<Vec<LedgerAccount>, StoreError> {
        let month = i64::from(period.number());
        let mut sql = Sql::new(
            "SELECT b.client_id, c.name, b.key FROM billing_account b
             JOIN client c ON c.id = b.client_id
             WHERE (EXISTS (SELECT 1 FROM period_version v
                            WHERE v.billing_account_id = b.id AND v.is_current = 1",
        );
        sql.bind("AND v.period = ?)", month)
            .push("OR EXISTS (SELECT 1 FROM observation o WHERE o.billing_account_id = b.id")
            .bind("AND o.period = ?))", month);
        if let Some(client) = client {
            sql.bind("AND b.client_id = ?", client.0);
        }
        sql.push("ORDER BY c.name, b.key");
        sql.rows(self.connection, |row| {
            let key: String = row.get(2)?;
            Ok(LedgerAccount {
                client: (ClientId(row.get(0)?), row.get(1)?),
                billing_account: BillingAccountId::parse(&key)
                    .map_err(|_| StoreError::unreadable("a billing account"))?,
            })
        })
    }

    /// A month of a billing account as the ledger counts it, one a currency.
    ///
    /// # Errors
    /// The file's; amounts that do not fit.
    pub fn ledger_month(
        &self,
        account: &BillingAccountId,
        period: BillingPeriod,
    ) -> Result<Vec<LedgerMonth>, StoreError> {
        let mut sql = Sql::new("SELECT s.currency, s.category, e.name, s.sub_account_id");
        sql.push(Grain::Day.sums(Metric::Billed))
            .push(Grain::Day.table())
            .push("JOIN service e ON e.id = s.service_id");
        Grain::Day.counted(&mut sql, period.days());
        of_account(&mut sql, account);
        sql.push("GROUP BY 1, 2, 3, 4");
        let mut months: BTreeMap<Currency, Building> = BTreeMap::new();
        sql.rows(self.connection, |row| {
            let currency = currency_of(&row.get::<_, String>(0)?)?;
            let category = category_of(row.get(1)?)?;
            let service: String = row.get(2)?;
            let nanos = nanos_at(row, 4)?;
            let month = months.entry(currency).or_default();
            month.total += nanos;
            month.lines += 1;
            if let Some(class) = class_of(category, &service) {
                *month.told_apart.entry(class).or_default() += nanos;
            }
            Ok::<(), StoreError>(())
        })?;
        Ok(months
            .into_iter()
            .map(|(currency, building)| building.finish(currency))
            .collect())
    }

    /// A month of a billing account by account and day, as the ledger counts it.
    ///
    /// # Errors
    /// The file's.
    pub fn ledger_detail(
        &self,
        account: &BillingAccountId,
        period: BillingPeriod,
        currency: Currency,
    ) -> Result<MonthDetail, StoreError> {
        let mut sql = Sql::new("SELECT ifnull(a.key, ''), s.day");
        sql.push(Grain::Day.sums(Metric::Billed))
            .push(Grain::Day.table())
            .push("LEFT JOIN sub_account a ON a.id = s.sub_account_id");
        Grain::Day.counted(&mut sql, period.days());
        of_account(&mut sql, account);
        sql.bind("AND s.currency = ?", currency.code().to_owned())
            .push("GROUP BY 1, 2");
        let mut detail = MonthDetail::default();
        sql.rows(self.connection, |row| {
            let cell = (row.get(0)?, day_of(row.get(1)?)?);
            *detail.cells.entry(cell).or_default() += nanos_at(row, 2)?;
            Ok::<(), StoreError>(())
        })?;
        detail.cells.retain(|_, nanos| *nanos != 0);
        Ok(detail)
    }

    /// Charges of a month that are known to be counted twice by mistake: split cost and discounts.
    /// Looks at every charge of the month.
    ///
    /// # Errors
    /// The file's.
    pub fn suspects(
        &self,
        account: &BillingAccountId,
        period: BillingPeriod,
        currency: Currency,
    ) -> Result<Vec<Suspect>, StoreError> {
        // A pod's or task's row names it; its usage type may be that of its instance.
        let mut sql = Sql::new(
            "SELECT e.name, k.key, k.description,
                 ifnull(r.key LIKE 'arn:aws%:eks:%:pod/%' OR r.key LIKE 'arn:aws%:ecs:%:task/%', 0)
                 OR k.key LIKE '%EKS-EC2-%' OR k.key LIKE '%ECS-EC2-%' AS split",
        );
        sql.push(Grain::Charge.sums(Metric::Billed))
            .push(Grain::Charge.table())
            .push(
                "JOIN service e ON e.id = s.service_id JOIN sku k ON k.id = s.sku_id
                 LEFT JOIN resource r ON r.id = s.resource_id",
            );
        Grain::Charge.counted(&mut sql, period.days());
        of_account(&mut sql, account);
        sql.bind("AND s.currency = ?", currency.code().to_owned())
            .push("AND (s.billed < 0 OR split)")
            .push("GROUP BY 1, 2, 3, 4");
        let lines = sql.rows(self.connection, |row| {
            let texts: [String; 3] = [row.get(0)?, row.get(1)?, row.get(2)?];
            Ok::<_, StoreError>((texts, row.get(3)?, nanos_at(row, 4)?))
        })?;
        Ok(suspects(&lines))
    }
}

impl Writes<'_> {
    /// Keeps what a source says about a month, in place of what it said before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an account that no client has.
    pub fn observe(
        &mut self,
        account: &BillingAccountId,
        period: BillingPeriod,
        observation: &Observation,
    ) -> Result<(), StoreError> {
        let id: Option<i64> = self
            .connection
            .prepare_cached("SELECT id FROM billing_account WHERE key = ?1")?
            .query_row([account.as_str()], |row| row.get(0))
            .optional()?;
        let id = id.ok_or_else(|| StoreError::NotFound {
            what: "billing account",
            name: account.to_string(),
        })?;
        let kept: Vec<Kept> = observation.found.iter().map(closed).collect();
        let found = serde_json::to_string(&kept).map_err(|_| StoreError::unreadable(WHAT))?;
        self.connection.execute(
            "INSERT INTO observation (billing_account_id, period, source, observed_at, found)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (billing_account_id, period, source) DO UPDATE SET
                 observed_at = excluded.observed_at, found = excluded.found",
            params![
                id,
                period.number(),
                observation.source.number(),
                observation.observed_at.as_millisecond(),
                found
            ],
        )?;
        Ok(())
    }
}

const WHAT: &str = "what a source said about a month";

fn of_account(sql: &mut Sql, account: &BillingAccountId) {
    sql.bind("AND b.key = ?", account.as_str().to_owned());
}

/// What a charge is that totals tell apart: its category says it, and of support its service.
fn class_of(category: ChargeCategory, service: &str) -> Option<DifferenceClass> {
    match category {
        ChargeCategory::Tax => Some(DifferenceClass::Tax),
        ChargeCategory::Credit => Some(DifferenceClass::Credit),
        ChargeCategory::Adjustment => Some(DifferenceClass::Refund),
        ChargeCategory::Usage | ChargeCategory::Purchase => service
            .to_ascii_lowercase()
            .contains("support")
            .then_some(DifferenceClass::Support),
    }
}

/// A month on its way.
#[derive(Default)]
struct Building {
    total: i128,
    told_apart: BTreeMap<DifferenceClass, i128>,
    lines: u32,
}

impl Building {
    fn finish(mut self, currency: Currency) -> LedgerMonth {
        // The ledger tells every class: what it does not have is nothing.
        for class in DifferenceClass::TOLD_APART {
            self.told_apart.entry(class).or_default();
        }
        let money = |nanos| Money::from_nanos(nanos, currency);
        let told_apart = self.told_apart.into_iter();
        LedgerMonth {
            total: money(self.total),
            told_apart: told_apart
                .map(|(class, nanos)| (class, money(nanos)))
                .collect(),
            rounded_lines: self.lines,
        }
    }
}

/// Split cost as a whole and by service, and discounts as a whole and each by itself.
fn suspects(lines: &[([String; 3], bool, i128)]) -> Vec<Suspect> {
    let mut sums: BTreeMap<(SuspectKind, String), i128> = BTreeMap::new();
    for ([service, sku, description], split, nanos) in lines {
        let words = [sku, description].map(|text| text.to_ascii_lowercase());
        if *split {
            let kind = SuspectKind::SplitCost;
            *sums.entry((kind, "split cost".to_owned())).or_default() += nanos;
            *sums
                .entry((kind, format!("split cost of {service}")))
                .or_default() += nanos;
        } else if *nanos < 0 && !words.iter().any(|text| text.contains("negation")) {
            let kind = SuspectKind::Discount;
            let label = [description, sku].into_iter().find(|text| !text.is_empty());
            let label = label.unwrap_or(service).clone();
            if words.iter().any(|text| text.contains("discount")) {
                *sums.entry((kind, "all discounts".to_owned())).or_default() += nanos;
            }
            *sums.entry((kind, label)).or_default() += nanos;
        }
    }
    sums.into_iter()
        .map(|((kind, label), amount)| Suspect {
            kind,
            label,
            amount,
        })
        .collect()
}

fn category_of(number: i64) -> Result<ChargeCategory, StoreError> {
    ChargeCategory::from_number(number).ok_or_else(|| StoreError::unreadable("a charge category"))
}

/// An observed month as it is written: amounts are nano-units as text.
#[derive(Serialize, Deserialize)]
struct Kept {
    currency: String,
    total: String,
    settled: bool,
    told_apart: BTreeMap<String, String>,
    cells: Vec<(String, i64, String)>,
    record_types: BTreeMap<String, String>,
    invoices: Vec<String>,
    #[serde(default)]
    issued_on: Option<i64>,
}

fn closed(month: &ObservedMonth) -> Kept {
    let told_apart = month.told_apart.iter();
    Kept {
        currency: month.total.currency().code().to_owned(),
        total: month.total.nanos().to_string(),
        settled: month.settled,
        told_apart: told_apart
            .map(|(class, money)| (class.word().to_owned(), money.nanos().to_string()))
            .collect(),
        cells: month
            .detail
            .cells
            .iter()
            .map(|((account, day), nanos)| (account.clone(), day_number(*day), nanos.to_string()))
            .collect(),
        record_types: month
            .detail
            .record_types
            .iter()
            .map(|(name, nanos)| (name.clone(), nanos.to_string()))
            .collect(),
        invoices: month.invoices.clone(),
        issued_on: month.issued_on.map(day_number),
    }
}

fn opened(kept: Kept) -> Result<ObservedMonth, StoreError> {
    let currency = currency_of(&kept.currency)?;
    let nanos = |text: &str| -> Result<i128, StoreError> {
        text.parse().map_err(|_| StoreError::unreadable(WHAT))
    };
    let money = |text: &str| nanos(text).map(|nanos| Money::from_nanos(nanos, currency));
    let mut told_apart = BTreeMap::new();
    for class in DifferenceClass::TOLD_APART {
        if let Some(text) = kept.told_apart.get(class.word()) {
            told_apart.insert(class, money(text)?);
        }
    }
    let mut detail = MonthDetail::default();
    for (account, day, text) in kept.cells {
        let day: Date = day_of(day)?;
        detail.cells.insert((account, day), nanos(&text)?);
    }
    for (name, text) in kept.record_types {
        detail.record_types.insert(name, nanos(&text)?);
    }
    Ok(ObservedMonth {
        total: money(&kept.total)?,
        settled: kept.settled,
        told_apart,
        detail,
        invoices: kept.invoices,
        issued_on: kept.issued_on.map(day_of).transpose()?,
    })
}
