//! Budgets as they are kept.

mod limits;
mod scope;
mod write;

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::Row;
use tallyport_ledger::budget::{
    At, BudgetId, BudgetPeriod, Counting, Limit, Measure, Threshold, ThresholdId,
};
use tallyport_ledger::{Metric, Money, Name};

pub use scope::Scope;

use self::limits::Limits;
use self::scope::scope_at;
use crate::number::{currency_of, day_of, folded, joined};
use crate::sql::Sql;
use crate::{ChannelId, Reads, ScopeId, StoreError};

/// What is spent, how much may be, and where somebody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// Its identity.
    pub id: BudgetId,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub scope: Scope,
    /// The same, as budgets share it.
    pub scope_id: ScopeId,
    /// The same in words.
    pub scope_label: String,
    /// For how long a limit holds.
    pub period: BudgetPeriod,
    /// How much may be spent.
    pub limit: Limit,
    /// What counts.
    pub counting: Counting,
    /// The budget it is a part of.
    pub parent: Option<BudgetId>,
    /// Where somebody is told.
    pub thresholds: Vec<Threshold>,
    /// Where its alerts go besides the inbox and the desktop.
    pub channels: Vec<ChannelId>,
    /// What it is for.
    pub note: String,
    /// Whether it is kept for history only.
    pub archived: bool,
    /// Until when its alerts go to the inbox only.
    pub muted_until: Option<Timestamp>,
    /// How often what it measures was changed.
    pub terms: i64,
    /// Whether it is to be evaluated though no sum changed.
    pub is_due: bool,
}

/// A budget to be, or what one is to become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetDraft {
    /// Its name.
    pub name: Name,
    /// What it is about.
    pub scope: Scope,
    /// For how long a limit holds.
    pub period: BudgetPeriod,
    /// How much may be spent.
    pub limit: Limit,
    /// What counts.
    pub counting: Counting,
    /// The budget it is a part of.
    pub parent: Option<BudgetId>,
    /// Where somebody is told.
    pub thresholds: Vec<(At, Measure)>,
    /// Where its alerts go besides the inbox and the desktop.
    pub channels: Vec<ChannelId>,
    /// What it is for.
    pub note: String,
}

/// Which budgets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those that are not archived.
    Live,
    /// All.
    All,
    /// One.
    One(BudgetId),
}

const COLUMNS: &str =
    "SELECT b.id, b.name, b.period, b.currency, b.starts, b.metric, b.credits, b.tax,
        b.parent_id, b.note, b.archived, b.muted_until, b.terms, b.is_due, b.scope_id,
        s.kind, s.number, s.key, s.value, coalesce(p.name, t.name, c.name, n.name)
     FROM budget b
     JOIN budget_scope s ON s.id = b.scope_id
     LEFT JOIN person p ON s.kind = 2 AND p.id = s.number
     LEFT JOIN team t ON s.kind = 3 AND t.id = s.number
     LEFT JOIN client c ON s.kind = 4 AND c.id = s.number
     LEFT JOIN tenant n ON s.kind = 5 AND n.id = s.number";

impl Which {
    pub fn narrow(self, sql: &mut Sql) {
        match self {
            Self::Live => sql.push("WHERE b.archived = 0"),
            Self::All => sql.push("WHERE 1"),
            Self::One(id) => sql.bind("WHERE b.id = ?", id.0),
        };
    }
}

impl Reads<'_> {
    /// Budgets by name; archived ones only if asked for.
    ///
    /// # Errors
    /// The file's.
    pub fn budgets(&self, archived: bool) -> Result<Vec<Budget>, StoreError> {
        self.budgets_of(if archived { Which::All } else { Which::Live })
    }

    /// One budget.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn budget(&self, id: BudgetId) -> Result<Budget, StoreError> {
        let found = self.budgets_of(Which::One(id))?.into_iter().next();
        found.ok_or_else(|| StoreError::NotFound {
            what: "budget",
            name: id.0.to_string(),
        })
    }

    /// The budget that `text` names: a name without regard to case, or a number; one that is not
    /// archived goes first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn budget_named(&self, text: &str) -> Result<BudgetId, StoreError> {
        let mut sql = Sql::new("SELECT id FROM budget");
        sql.bind("WHERE folded_name = ?", folded(text))
            .push("ORDER BY archived, id DESC LIMIT 1");
        let by_name = sql.rows(self.connection, |row| {
            Ok::<_, StoreError>(BudgetId(row.get(0)?))
        })?;
        if let Some(id) = by_name.first() {
            return Ok(*id);
        }
        let not_found = || StoreError::NotFound {
            what: "budget",
            name: text.chars().take(80).collect(),
        };
        let number = text.trim().parse().map_err(|_| not_found())?;
        self.budget(BudgetId(number))
            .map(|budget| budget.id)
            .map_err(|_| not_found())
    }

    pub(crate) fn budgets_of(&self, which: Which) -> Result<Vec<Budget>, StoreError> {
        let mut limits = self.limits(which)?;
        let mut thresholds = self.thresholds(which)?;
        let mut channels = self.channels_of_budgets(which)?;
        let mut sql = Sql::new(COLUMNS);
        which.narrow(&mut sql);
        sql.push("ORDER BY b.archived, b.folded_name, b.id");
        sql.rows(self.connection, |row| {
            let mut budget = budget(row, &mut limits)?;
            budget.thresholds = thresholds.remove(&budget.id).unwrap_or_default();
            budget.channels = channels.remove(&budget.id).unwrap_or_default();
            Ok(budget)
        })
    }

    fn thresholds(&self, which: Which) -> Result<HashMap<BudgetId, Vec<Threshold>>, StoreError> {
        let mut sql = Sql::new(
            "SELECT h.budget_id, h.id, h.measure, h.percent, h.units, h.rest, b.currency
             FROM budget_threshold h JOIN budget b ON b.id = h.budget_id",
        );
        which.narrow(&mut sql);
        sql.push("AND h.removed = 0 ORDER BY h.id");
        let mut found: HashMap<BudgetId, Vec<Threshold>> = HashMap::new();
        sql.rows(self.connection, |row| {
            let of = found.entry(BudgetId(row.get(0)?)).or_default();
            of.push(threshold(row)?);
            Ok::<(), StoreError>(())
        })?;
        Ok(found)
    }

    fn channels_of_budgets(
        &self,
        which: Which,
    ) -> Result<HashMap<BudgetId, Vec<ChannelId>>, StoreError> {
        let mut sql = Sql::new(
            "SELECT h.budget_id, h.channel_id
             FROM budget_channel h JOIN budget b ON b.id = h.budget_id",
        );
        which.narrow(&mut sql);
        sql.push("ORDER BY h.channel_id");
        let mut found: HashMap<BudgetId, Vec<ChannelId>> = HashMap::new();
        sql.rows(self.connection, |row| {
            let of = found.entry(BudgetId(row.get(0)?)).or_default();
            of.push(ChannelId(row.get(1)?));
            Ok::<(), StoreError>(())
        })?;
        Ok(found)
    }
}

/// A threshold from the columns 1 to 6.
fn threshold(row: &Row<'_>) -> Result<Threshold, StoreError> {
    let unreadable = || StoreError::unreadable("a threshold");
    let percent: Option<i64> = row.get(3)?;
    let at = match percent {
        Some(percent) => At::Percent(u16::try_from(percent).map_err(|_| unreadable())?),
        None => {
            let currency = currency_of(row.get_ref(6)?.as_str().map_err(rusqlite::Error::from)?)?;
            let nanos = joined(row.get(4)?, row.get(5)?);
            At::Amount(Money::from_nanos(nanos, currency))
        }
    };
    Ok(Threshold {
        id: ThresholdId(row.get(1)?),
        at,
        on: Measure::from_number(row.get(2)?).ok_or_else(unreadable)?,
    })
}

fn budget(row: &Row<'_>, limits: &mut Limits) -> Result<Budget, StoreError> {
    let unreadable = || StoreError::unreadable("a budget");
    let id = BudgetId(row.get(0)?);
    let currency = currency_of(row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?)?;
    let muted_until: Option<i64> = row.get(11)?;
    let (scope, scope_label) = scope_at(row, 15)?;
    Ok(Budget {
        id,
        name: row.get(1)?,
        scope,
        scope_id: ScopeId(row.get(14)?),
        scope_label,
        period: BudgetPeriod::from_number(row.get(2)?).ok_or_else(unreadable)?,
        limit: limits.remove(id, currency)?,
        counting: Counting {
            currency,
            starts: day_of(row.get(4)?)?,
            metric: Metric::from_number(row.get(5)?).ok_or_else(unreadable)?,
            credits: row.get(6)?,
            tax: row.get(7)?,
        },
        parent: row.get::<_, Option<i64>>(8)?.map(BudgetId),
        thresholds: Vec::new(),
        channels: Vec::new(),
        note: row.get(9)?,
        archived: row.get(10)?,
        muted_until: muted_until
            .map(|at| Timestamp::from_millisecond(at).map_err(|_| unreadable()))
            .transpose()?,
        terms: row.get(12)?,
        is_due: row.get(13)?,
    })
}
