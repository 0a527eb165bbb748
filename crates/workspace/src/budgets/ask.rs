//! A budget as it is asked for, and what of it can be.

use jiff::civil::Date;
use tallyport_ledger::budget::{At, BudgetPeriod, Counting, Limit, LimitError, Measure, ScopeKind};
use tallyport_ledger::{Currency, Metric, Money, Name};
use tallyport_store::{BudgetDraft, ChannelId, Reads, Scope};

use crate::WorkspaceError;

/// A budget as it is asked for.
#[derive(Debug, Clone)]
pub struct BudgetAsk {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub scope: ScopeAsk,
    /// For how long its limit holds.
    pub period: BudgetPeriod,
    /// The currency.
    pub currency: Currency,
    /// How much may be spent.
    pub limit: LimitAsk,
    /// The first day; that of the running period if absent.
    pub starts: Option<Date>,
    /// Billed or effective cost.
    pub metric: Metric,
    /// Whether credits count.
    pub credits: bool,
    /// Whether tax counts.
    pub tax: bool,
    /// What it is a part of: a budget's name or number.
    pub parent: Option<String>,
    /// Where somebody is told.
    pub thresholds: Vec<ThresholdAsk>,
    /// Where its alerts go besides the inbox and the desktop.
    pub channels: Vec<i64>,
    /// What it is for.
    pub note: String,
}

/// What a budget is about, as it is asked for.
#[derive(Debug, Clone)]
pub struct ScopeAsk {
    /// What kind.
    pub kind: ScopeKind,
    /// The person, team or client: name or number.
    pub id: Option<String>,
    /// The tag's key.
    pub key: Option<String>,
    /// The tag's value, or the service's name.
    pub value: Option<String>,
}

/// How much may be spent, as decimal texts.
#[derive(Debug, Clone)]
pub enum LimitAsk {
    /// The same in every period.
    Same(String),
    /// For each month from January.
    Plan(Vec<String>),
}

/// A point at which somebody is told: a percentage or an amount.
#[derive(Debug, Clone)]
pub struct ThresholdAsk {
    /// At so many percent of the limit.
    pub percent: Option<u16>,
    /// At this amount.
    pub amount: Option<String>,
    /// What it is held against.
    pub on: Measure,
}

/// Thresholds that a budget has at most.
const THRESHOLDS: usize = 10;
/// The highest percentage: ten times the limit.
const HIGHEST: u16 = 1_000;

impl BudgetAsk {
    pub(super) fn draft(&self, r: &Reads<'_>, today: Date) -> Result<BudgetDraft, WorkspaceError> {
        let parent = self.parent.as_deref().map(|text| r.budget_named(text));
        let parent = parent.transpose()?;
        if let Some(parent) = parent {
            let parent = r.budget(parent)?;
            if parent.counting.currency != self.currency {
                return Err(WorkspaceError::invalid(
                    "parent",
                    format!(
                        "\"{}\" is in {}: a part has the currency of the whole",
                        parent.name, parent.counting.currency
                    ),
                ));
            }
        }
        let mut channels: Vec<ChannelId> = self.channels.iter().copied().map(ChannelId).collect();
        channels.sort_unstable();
        channels.dedup();
        Ok(BudgetDraft {
            name: Name::parse(&self.name)?,
            scope: self.scope.resolve(r)?,
            period: self.period,
            limit: self.limit.read(self.currency)?,
            counting: Counting {
                currency: self.currency,
                metric: self.metric,
                credits: self.credits,
                tax: self.tax,
                starts: self.starts.unwrap_or_else(|| self.period.of(today).from()),
            },
            parent,
            thresholds: self.thresholds()?,
            channels,
            note: note(&self.note)?,
        })
    }

    fn thresholds(&self) -> Result<Vec<(At, Measure)>, WorkspaceError> {
        let refused = |why: String| WorkspaceError::invalid("thresholds", why);
        if self.thresholds.len() > THRESHOLDS {
            return Err(refused(format!(
                "a budget has at most {THRESHOLDS} thresholds"
            )));
        }
        let mut found = Vec::new();
        for ask in &self.thresholds {
            let at = match (ask.percent, &ask.amount) {
                (Some(percent), None) if (1..=HIGHEST).contains(&percent) => At::Percent(percent),
                (Some(_), None) => {
                    return Err(refused(format!("between 1 and {HIGHEST} percent")));
                }
                (None, Some(amount)) => {
                    let amount = Money::parse(amount, self.currency)
                        .map_err(|error| refused(error.to_string()))?;
                    if amount.nanos() <= 0 {
                        return Err(refused("an amount above zero".to_owned()));
                    }
                    At::Amount(amount)
                }
                _ => {
                    return Err(refused(
                        "a threshold is a percentage or an amount, one of both".to_owned(),
                    ));
                }
            };
            if ask.on == Measure::Forecast && self.period == BudgetPeriod::Day {
                return Err(refused(
                    "a day is over before its forecast could help: set the threshold on actual"
                        .to_owned(),
                ));
            }
            if !found.contains(&(at, ask.on)) {
                found.push((at, ask.on));
            }
        }
        Ok(found)
    }
}

impl LimitAsk {
    fn read(&self, currency: Currency) -> Result<Limit, WorkspaceError> {
        let money = |field: &'static str, text: &String| {
            Money::parse(text, currency).map_err(|error| WorkspaceError::invalid(field, error))
        };
        match self {
            Self::Same(amount) => Limit::same(money("amount", amount)?)
                .map_err(|error| WorkspaceError::invalid("amount", error)),
            Self::Plan(months) => {
                let months = months
                    .iter()
                    .map(|month| money("plan", month))
                    .collect::<Result<Vec<_>, _>>()?;
                Limit::plan(months, currency)
                    .map_err(|error: LimitError| WorkspaceError::invalid("plan", error))
            }
        }
    }
}

impl ScopeAsk {
    pub(super) fn resolve(&self, r: &Reads<'_>) -> Result<Scope, WorkspaceError> {
        let missing = |why: &str| WorkspaceError::invalid("scope", why);
        let id = || {
            self.id
                .as_deref()
                .ok_or_else(|| missing("whose: name the person, team, client or tenant"))
        };
        let text = |text: &Option<String>, why: &str| match text.as_deref().map(str::trim) {
            Some(text) if !text.is_empty() && text.len() <= 1_024 => Ok(text.to_owned()),
            _ => Err(missing(why)),
        };
        Ok(match self.kind {
            ScopeKind::All => Scope::All,
            ScopeKind::Person => Scope::Person(r.person_named(id()?)?),
            ScopeKind::Team => Scope::Team(r.team_named(id()?)?),
            ScopeKind::Client => Scope::Client(r.client_named(id()?)?),
            ScopeKind::Tenant => Scope::Tenant(r.tenant_named(id()?)?),
            ScopeKind::Tag => Scope::Tag {
                key: text(&self.key, "which tag: its key and its value")?,
                value: text(&self.value, "which tag: its key and its value")?,
            },
            ScopeKind::Service => Scope::Service(text(&self.value, "which service: its name")?),
        })
    }
}

fn note(text: &str) -> Result<String, WorkspaceError> {
    let text = text.trim();
    if text.len() > 2_000 {
        return Err(WorkspaceError::invalid("note", "at most 2,000 bytes"));
    }
    Ok(text.to_owned())
}
