//! Alerts: raised once under their key, answered by people, cleared when what they tell is so no longer.

mod answer;
mod raise;

use jiff::Timestamp;
use rusqlite::Row;
use tallyport_ledger::alert::{AlertId, AlertKind, AlertState, Severity};
use tallyport_ledger::budget::{At, BudgetId, Measure, Threshold, ThresholdId};
use tallyport_ledger::{DayRange, Money};

pub use self::raise::{About, AlertKey, KnownAlert, KnownSubject, NewAlert};

use crate::number::{currency_of, day_of, joined, money_at};
use crate::sql::Sql;
use crate::{Reads, StoreError};

/// What somebody was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Its identity.
    pub id: AlertId,
    /// What it is about.
    pub kind: AlertKind,
    /// The budget and its name.
    pub budget: Option<(BudgetId, String)>,
    /// The threshold that was reached.
    pub threshold: Option<Threshold>,
    /// The days it is about.
    pub span: DayRange,
    /// When it was raised, last.
    pub raised_at: Timestamp,
    /// How often it was.
    pub times: u32,
    /// How urgent it is.
    pub severity: Severity,
    /// One line.
    pub title: String,
    /// A sentence or two.
    pub text: String,
    /// What it is about in money, if it is about money.
    pub figures: Option<AlertFigures>,
    /// What became of it.
    pub state: AlertState,
    /// Who has seen to it, and when.
    pub acknowledged: Option<(String, Timestamp)>,
    /// Until when somebody does not want to hear of it.
    pub snoozed_until: Option<Timestamp>,
    /// Where in the window it leads.
    pub place: String,
}

/// An alert's money, in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlertFigures {
    /// The limit when it was raised, or what was expected.
    pub limit: Money,
    /// The amount that reached it.
    pub amount: Money,
}

/// Which alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AlertQuery {
    /// Only those that nobody has answered, snoozed ones included.
    pub unanswered: bool,
    /// Only those of this budget.
    pub budget: Option<BudgetId>,
    /// How many to leave out, the newest first.
    pub skip: u32,
    /// How many at most.
    pub limit: u32,
}

const COLUMNS: &str =
    "SELECT a.id, a.kind, a.budget_id, b.name, a.threshold_id, h.measure, h.percent,
        h.units, h.rest, a.from_day, a.to_day, a.raised_at, a.times, a.severity, a.title, a.text,
        a.currency, a.limit_units, a.limit_rest, a.amount_units, a.amount_rest, a.state,
        a.acknowledged_by, a.acknowledged_at, a.snoozed_until, a.place, b.currency
     FROM alert a
     LEFT JOIN budget b ON b.id = a.budget_id
     LEFT JOIN budget_threshold h ON h.id = a.threshold_id WHERE 1";

impl Reads<'_> {
    /// Alerts, the newest first.
    ///
    /// # Errors
    /// The file's.
    pub fn alerts(&self, query: AlertQuery) -> Result<Vec<Alert>, StoreError> {
        let mut sql = Sql::new(COLUMNS);
        if query.unanswered {
            sql.push("AND a.state IN (1, 3)");
        }
        if let Some(budget) = query.budget {
            sql.bind("AND a.budget_id = ?", budget.0);
        }
        sql.bind(
            "ORDER BY a.raised_at DESC, a.id DESC LIMIT ?",
            i64::from(query.limit),
        )
        .bind("OFFSET ?", i64::from(query.skip));
        sql.rows(self.connection, alert)
    }

    /// One alert.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn alert(&self, id: AlertId) -> Result<Alert, StoreError> {
        let mut sql = Sql::new(COLUMNS);
        sql.bind("AND a.id = ?", id.0);
        let found = sql.rows(self.connection, alert)?.into_iter().next();
        found.ok_or_else(|| StoreError::NotFound {
            what: "alert",
            name: id.0.to_string(),
        })
    }

    /// How many alerts nobody has answered; snoozed ones are answered for now.
    ///
    /// # Errors
    /// The file's.
    pub fn open_alerts(&self) -> Result<u32, StoreError> {
        Sql::new("SELECT count(*) FROM alert WHERE state = 1")
            .one(self.connection, |row| row.get(0))
    }
}

fn alert(row: &Row<'_>) -> Result<Alert, StoreError> {
    let unreadable = || StoreError::unreadable("an alert");
    let moment = |number| Timestamp::from_millisecond(number).map_err(|_| unreadable());
    let optional = |at| -> Result<Option<Timestamp>, StoreError> {
        row.get::<_, Option<i64>>(at)?.map(moment).transpose()
    };
    let currency = row.get::<_, Option<String>>(16)?;
    let currency = currency.map(|code| currency_of(&code)).transpose()?;
    let figures = |currency| -> Result<_, StoreError> {
        Ok(AlertFigures {
            limit: money_at(row, 17, currency)?,
            amount: money_at(row, 19, currency)?,
        })
    };
    let acknowledged = match (row.get(22)?, optional(23)?) {
        (Some(by), Some(at)) => Some((by, at)),
        _ => None,
    };
    let threshold = match row.get::<_, Option<i64>>(4)? {
        None => None,
        Some(id) => {
            let percent: Option<i64> = row.get(6)?;
            let at = match percent {
                Some(percent) => At::Percent(u16::try_from(percent).map_err(|_| unreadable())?),
                None => {
                    let currency = currency_of(&row.get::<_, String>(26)?)?;
                    let nanos = joined(row.get(7)?, row.get(8)?);
                    At::Amount(Money::from_nanos(nanos, currency))
                }
            };
            Some(Threshold {
                id: ThresholdId(id),
                at,
                on: Measure::from_number(row.get(5)?).ok_or_else(unreadable)?,
            })
        }
    };
    let budget = match (row.get::<_, Option<i64>>(2)?, row.get(3)?) {
        (Some(id), Some(name)) => Some((BudgetId(id), name)),
        _ => None,
    };
    Ok(Alert {
        id: AlertId(row.get(0)?),
        kind: AlertKind::from_number(row.get(1)?).ok_or_else(unreadable)?,
        budget,
        threshold,
        span: DayRange::new(day_of(row.get(9)?)?, day_of(row.get(10)?)?)
            .map_err(|_| unreadable())?,
        raised_at: moment(row.get(11)?)?,
        times: row.get(12)?,
        severity: Severity::from_number(row.get(13)?).ok_or_else(unreadable)?,
        title: row.get(14)?,
        text: row.get(15)?,
        figures: currency.map(figures).transpose()?,
        state: AlertState::from_number(row.get(21)?).ok_or_else(unreadable)?,
        acknowledged,
        snoozed_until: optional(24)?,
        place: row.get(25)?,
    })
}
